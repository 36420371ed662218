#!/usr/bin/env python3
"""Every run in results/shared is one that the present program reads and reports: results.py TWOFOLD [folder]

Also what results/README.md asks of it: a name that begins with the scenario's, a size that a repository can carry, of
one and of all, and a run that came to its end. Names each file that is not so, with what the program says of it.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.jsonl(\.gz)?")
BYTES_MOST = 10_000_000
BYTES_OF_ALL_MOST = 60_000_000


def complaint(twofold, file):
    """What is wrong with the file; nothing if it is fine."""
    if not NAME.fullmatch(file.name):
        return "is not named SCENARIO-MACHINE.jsonl.gz (or .jsonl) in small letters, digits and single dashes"
    if (file.read_bytes()[:2] == b"\x1f\x8b") != (file.suffix == ".gz"):
        return "is gzip and not named so, or the other way round"
    if file.stat().st_size > BYTES_MOST:
        return f"has {file.stat().st_size} bytes, at most {BYTES_MOST}"
    reports = {}
    for form in ("text", "json"):
        made = subprocess.run([twofold, "report", file, "--format", form], capture_output=True, text=True, check=False)
        if made.returncode != 0:
            return f"cannot be reported: {made.stderr.strip()}"
        reports[form] = made.stdout
    report = json.loads(reports["json"])
    if not file.name.startswith(report["scenario"].replace("_", "-") + "-"):
        return f'does not begin with "{report["scenario"]}-", the scenario that was run'
    if not report["complete"]:
        return "was cut short: continue it with twofold bench --resume"
    if not any(backend["steps"] for backend in report["backends"]):
        return "has no step of any service"
    return None


def main():
    twofold = sys.argv[1]
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else "results/shared")
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    found = [(file, complaint(twofold, file)) for file in files]
    for file, what in found:
        if what is not None:
            print(f"{file}: {what}")
    wrong = sum(what is not None for _, what in found)
    size = sum(file.stat().st_size for file in files)
    if size > BYTES_OF_ALL_MOST:
        print(f"{folder}: all of it has {size} bytes, at most {BYTES_OF_ALL_MOST}")
        wrong += 1
    print(f"results: {len(files)} files, {wrong} with something wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
