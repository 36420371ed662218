#!/usr/bin/env python3
"""What a fleet costs by itself: bench_fleet.py TWOFOLD [RATE]

The same load is sent to one service by one, two and four ranks, each on a host of its own (network namespaces of this
machine, which share its cores: tests/e2e/fleet/namespaces.py). Printed for each, over the steps of a run: CPU a
request and send lag of the generators, and how late the ranks began and how well their clocks were known.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "e2e/fleet"))
from namespaces import CLOCKS, Hosts, Unavailable, launcher  # noqa: E402  pylint: disable=wrong-import-position

TWOFOLD = str(Path(sys.argv[1]).resolve())
RATE = sys.argv[2] if len(sys.argv) > 2 else "2000"
NAMES = ("gen1", "gen2", "gen3", "gen4", "svc")
SERVICE = Path(__file__).parent.parent / "e2e/fleet/receiving_service.py"


def middle(values):
    return sorted(values)[len(values) // 2]


def measure(hosts, kind, path, count, folder):
    service = hosts.start_on("svc", [sys.executable, str(SERVICE), hosts.address["svc"], f"{folder}/{count}.txt"],
                             stdout=subprocess.PIPE, text=True)
    url = f"http://{hosts.address['svc']}:{int(service.stdout.readline())}/"
    words = [TWOFOLD, "bench", "--target", url, "--allow-remote", "--watch", "none", "--from", RATE, "--steps", "1",
             "--measure", "5s", "--limit", "p99=900ms", "--out", f"{folder}/{count}.jsonl"]
    process = hosts.fleet(kind, path, NAMES[:count], words, folder)
    _, err = process.communicate(timeout=300)
    log = Path(folder) / f"{count}.jsonl"
    if not log.exists():
        sys.exit(err)
    steps = [record for record in map(json.loads, log.read_text().splitlines())
             if record["record"] in ("step", "recovery")]
    service.kill()
    loads = [step["load"] for step in steps]
    generators = [one for step in steps for one in step.get("generators", [])]
    return {
        "ranks": count,
        "cpu_us_per_request": round(middle([load["cpu_ns"] / load["tally"]["completed"] for load in loads]) / 1e3, 1),
        "send_lag_p99_us": round(max([one["send_lag_p99_ns"] for one in generators], default=0) / 1e3) or "-",
        "late_us": round(max([one["late_ns"] for one in generators], default=0) / 1e3),
        "clock_error_us": round(max([one["clock_error_ns"] for one in generators], default=0) / 1e3, 1),
    }


def main():
    CLOCKS.update({"gen3": 31, "gen4": 99})
    try:
        kind, path = next(launcher())
        with Hosts(NAMES) as hosts, tempfile.TemporaryDirectory() as folder:
            for count in (1, 2, 4):
                print(json.dumps(measure(hosts, kind, path, count, folder)), flush=True)
    except (Unavailable, StopIteration) as why:
        print(f"bench_fleet: skipped: {why or 'no launcher of MPI'}", file=sys.stderr)
        sys.exit(77)


main()
