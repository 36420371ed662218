#!/usr/bin/env python3
"""The memory that reading a run log takes grows with the file, and not with what it holds laid out:
report_memory.py TWOFOLD FOLDER [--sanitized]

A log of 12 MB, made from a shared one, is read by commands that read logs. Each may take so many times the file; a
sanitizer's own memory comes on top. Laid out, the histograms alone take forty times the file. Also: the report of many
services has a length that a person can read."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "harness/tests/bench"))

from bench_report import commands, cost, make  # pylint: disable=wrong-import-position

MOST = {False: 4, True: 12}  # times the file, without and with sanitizers
COMMANDS = ("report", "report json", "report html", "compare", "resume")  # the others are made of the same parts
SERVICES = 30
LINES_PER_SERVICE = 40
"""In six tables, a list of sentences, and three rows of pairs: about 30. With all pairs there are 76."""


def check_memory(twofold, folder, most):
    log, made = folder / "large.jsonl", folder / "made"
    make(ROOT / "harness/tests/runs/catalog-epyc-2cores.jsonl.gz", log, 4, 6)
    made.mkdir()
    size = log.stat().st_size
    wrong = 0
    for name, command in commands(twofold, log, made).items():
        if name not in COMMANDS:
            continue
        _, resident, status = cost(command)
        times = resident / size  # compare reads two such files, and has one of them in memory at a time
        print(f"{name}: {resident / 1e6:.0f} MB, {times:.1f} times the file, status {status}")
        if status != (2 if name == "resume" else 0) or times > most:
            print(f"    expected at most {most} times")
            wrong += 1
    return wrong


def check_length(twofold, folder):
    log = folder / "many.jsonl"
    make(ROOT / "harness/tests/runs/catalog-epyc-2cores-quiet.jsonl.gz", log, SERVICES, 2)
    lines = subprocess.run([twofold, "report", log], check=True, capture_output=True).stdout.count(b"\n")
    print(f"{SERVICES} services: {lines} lines")
    return lines > SERVICES * LINES_PER_SERVICE


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("twofold")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sanitized", action="store_true")
    given = parser.parse_args()
    if given.sanitized:  # what was freed is held back, so that its use is noticed; here little of it
        os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=4"
    subprocess.run(["rm", "-rf", given.folder], check=True)
    given.folder.mkdir(parents=True)
    wrong = check_memory(given.twofold, given.folder, MOST[given.sanitized])
    wrong += check_length(given.twofold, given.folder)
    subprocess.run(["rm", "-rf", given.folder], check=True)
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
