#!/usr/bin/env python3
"""What a request costs the load generator itself: bench_generator.py build-folder

Drives the reference service over 64 connections as fast as it goes, generator and service on cores of their own where there
are two, and divides the generator's CPU time by its requests. wrk does the same beside it, where it is installed.
"""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "checks"))
import manifest  # noqa: E402
import service  # noqa: E402

CONNECTIONS, SECONDS, ROUNDS = 64, 5, 3


def measure(argv, count_requests):
    """CPU microseconds a request, and requests a second."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 3):
        raise SystemExit(f"{argv[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    requests = count_requests(done.stdout)
    cpu_seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return cpu_seconds * 1e6 / requests, requests / SECONDS


def wrk_requests(said):
    return int(re.search(r"(\d+) requests in", said).group(1))


def twofold_requests(said):
    return json.loads(said)["completed"]


def main():
    build = Path(sys.argv[1]).resolve()
    subprocess.run([sys.executable, Path(__file__).parent / "checks/backend_build.py", "reference"], check=True,
                   stdout=sys.stderr)
    cores = sorted(os.sched_getaffinity(0))
    with service.running("reference", 1, ("taskset", "-c", str(cores[-1]))) as url:
        pinned, target = ["taskset", "-c", str(cores[0])], url + "/items/7"
        generators = {"twofold": ([*pinned, build / "twofold", "load", target, "--connections", str(CONNECTIONS),
                                   "--settle", "0s", "--duration", f"{SECONDS}s", "--json"], twofold_requests)}
        if shutil.which("wrk"):
            generators["wrk"] = ([*pinned, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", target], wrk_requests)
        for turn in range(1, ROUNDS + 1):
            for name, (argv, count) in generators.items():
                cpu_us, rate = measure(argv, count)
                print(f"round {turn}  {name:8} {cpu_us:6.2f} us CPU/request  {rate:9.0f} requests/s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
