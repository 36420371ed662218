#!/usr/bin/env python3
"""What reading run logs costs, in memory and time: bench_report.py BUILD-FOLDER [--only NAME]

Makes run logs of about 12, 60 and 238 MB from a shared one, and has each command that reads run logs read them.
Prints the highest resident memory and the time of each. The logs stay in BUILD-FOLDER/report-cost."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "harness/tests/runs/catalog-epyc-2cores.jsonl.gz"
SIZES = [(4, 6), (10, 12), (20, 24)]  # services, trials


def make(source, target, services, trials):
    """In a process of its own: what this one holds would count as its children's, who begin as copies of it."""
    tool = Path(__file__).with_name("big_log.py")
    counts = ["--services", str(services), "--trials", str(trials)]
    subprocess.run([sys.executable, tool, source, target, *counts], check=True)


def cost(command):
    """Seconds and highest resident bytes of the command, and its exit status."""
    begun = time.monotonic()
    child = os.posix_spawn(
        command[0],
        [str(word) for word in command],
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0),
        ],
    )
    _, status, usage = os.wait4(child, 0)
    return time.monotonic() - begun, usage.ru_maxrss * 1024, os.waitstatus_to_exitcode(status)


def commands(twofold, log, folder):
    page, site, alone = folder / "page.html", folder / "site", folder / "alone"
    alone.mkdir()
    os.link(log, alone / "run.jsonl")
    return {
        "report": [twofold, "report", log],
        "report --steps": [twofold, "report", log, "--steps"],
        "report json": [twofold, "report", log, "--format", "json"],
        "report csv": [twofold, "report", log, "--format", "csv"],
        "report html": [twofold, "report", log, "--format", "html", "--out", page],
        "compare": [twofold, "compare", log, log],
        "results": [twofold, "results", alone, "--out", site],
        # It is complete, which is found when it has been read.
        "resume": [twofold, "bench", "--resume", log],
    }


def measure(twofold, log, folder, only):
    size = log.stat().st_size
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, command in commands(twofold, log, folder).items():
        if only in (None, name):
            seconds, resident, status = cost(command)
            print(
                f"{size / 1e6:8.1f} MB  {name:15} {resident / 1e6:8.1f} MB  {resident / size:6.2f} of the file"
                f"  {seconds:7.2f} s  status {status}",
                flush=True,
            )
    shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("build", type=Path)
    parser.add_argument("--only", help="one command of the table")
    given = parser.parse_args()
    work = given.build.resolve() / "report-cost"
    work.mkdir(exist_ok=True)
    for services, trials in SIZES:
        log = work / f"{services}-{trials}.jsonl"
        if not log.exists():
            print(f"making {log} …", file=sys.stderr)
            make(SOURCE, log, services, trials)
        measure(given.build.resolve() / "twofold", log, work / "made", given.only)


if __name__ == "__main__":
    main()
