#!/usr/bin/env python3
"""What a fleet costs by itself: bench_fleet.py TWOFOLD [RATE [SECONDS]]

The same load is sent to one service by one, two and four ranks, each on a host of its own (network namespaces of this
machine, which share its cores: tests/e2e/fleet/namespaces.py). A line for each, out of its steps:

    cpu_us_per_request   of all generators
    cpu_share            of a core, of one generator in the mean: what its share of the load costs it
    send_lag_p99_us      of the generator that lagged most, the middle of the steps
    late_us              after the agreed start, the latest generator of all steps
    clock_error_us       the worst clock of all steps, at most
    round_trip_us        of the bare network, the farthest generator
    gather_ms            from a generator's last response until the leader had its record: the middle, and the most
    shared_cores         that more than one rank, or a rank and the service, had to share: with any, the figures are of
                         that as well. Each rank has one core of its own as far as there are cores, then the service.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "e2e/fleet"))
from namespaces import CLOCKS, Hosts, Unavailable, launcher  # noqa: E402  pylint: disable=wrong-import-position

TWOFOLD = str(Path(sys.argv[1]).resolve())
RATE = sys.argv[2] if len(sys.argv) > 2 else "2000"
SECONDS = sys.argv[3] if len(sys.argv) > 3 else "5"
NAMES = ("gen1", "gen2", "gen3", "gen4", "svc")
SERVICE = Path(__file__).parent.parent / "e2e/fleet/receiving_service.py"


def middle(values):
    return sorted(values)[len(values) // 2]


def p99(stored):
    """Of a histogram of three digits, as HdrHistogram encodes it (V2, compressed)."""
    packed = base64.b64decode(stored["counts"])
    data = zlib.decompress(packed[8:])[40:]
    values, index, at = [], 0, 0
    while at < len(data):
        number, shift = 0, 0
        while True:  # ZigZag LEB128
            byte = data[at]
            number |= (byte & 0x7F) << shift
            at, shift = at + 1, shift + 7
            if byte < 0x80:
                break
        number = number >> 1 ^ -(number & 1)
        if number > 0:
            exponent = max(index // 1024 - 1, 0)
            values.append(((index - exponent * 1024) << exponent, number))
        index += -number if number < 0 else 1
    rank, seen = 0.99 * sum(count for _, count in values), 0
    for value, count in values:
        seen += count
        if seen >= rank:
            return value
    return 0


def figures(count, steps):
    loads = [step["load"] for step in steps]
    generators = [one for step in steps for one in step.get("generators", [])]
    if generators:
        lags = [max(one["send_lag_p99_ns"] for one in step["generators"]) for step in steps]
    else:
        lags = [p99(load["release_lag"]) for load in loads]

    def most(key, of=generators):
        return max((one[key] for one in of), default=0)

    gathered = [one["gather_ns"] for one in generators if one["gather_ns"] > 0]
    return {
        "ranks": count,
        "cpu_us_per_request": round(middle([load["cpu_ns"] / load["tally"]["completed"] for load in loads]) / 1e3, 1),
        "cpu_share": round(middle([load["cpu_ns"] / load["measured_ns"] for load in loads]) / count, 3),
        "send_lag_p99_us": round(middle(lags) / 1e3, 1),
        "late_us": round(most("late_ns") / 1e3),
        "clock_error_us": round(most("clock_error_ns") / 1e3, 1),
        "round_trip_us": round(most("round_trip_ns") / 1e3, 1),
        "gather_ms": [round(middle(gathered) / 1e6, 1), round(max(gathered) / 1e6, 1)] if gathered else None,
        "shared_cores": max(count + 1 - os.cpu_count(), 0),
    }


def measure(hosts, kind, path, count, folder):
    service = hosts.start_on("svc", [sys.executable, str(SERVICE), hosts.address["svc"], f"{folder}/{count}.txt"],
                             stdout=subprocess.PIPE, text=True)
    url = f"http://{hosts.address['svc']}:{int(service.stdout.readline())}/"
    log = Path(folder) / f"{count}.jsonl"
    words = [TWOFOLD, "bench", "--target", url, "--allow-remote", "--watch", "none", "--from", RATE, "--steps", "1",
             "--measure", f"{SECONDS}s", "--limit", "p99=900ms", "--quick", "--trials", "3", "--out", str(log)]
    process = hosts.fleet(kind, path, NAMES[:count], words, folder)
    _, err = process.communicate(timeout=300)
    if not log.exists():
        sys.exit(err)
    steps = [record for record in map(json.loads, log.read_text().splitlines()) if record["record"] == "step"]
    for pid in hosts.processes("svc"):
        subprocess.run(["kill", str(pid)], check=False)
    return figures(count, steps)


def main():
    CLOCKS.update({"gen3": 31, "gen4": 99})
    try:
        kind, path = next(launcher())
        cores = {name: str(i % os.cpu_count()) for i, name in enumerate(NAMES)}
        with Hosts(NAMES, cores) as hosts, tempfile.TemporaryDirectory() as folder:
            for count in (1, 2, 4):
                print(json.dumps(measure(hosts, kind, path, count, folder)), flush=True)
    except (Unavailable, StopIteration) as why:
        print(f"bench_fleet: skipped: {why or 'no launcher of MPI'}", file=sys.stderr)
        sys.exit(77)


main()
