#!/usr/bin/env python3
"""What README.md and docs/ show is what the program prints, and README.md stays short: readme.py TWOFOLD

Each block between ``` is held against the program's own report of the shared runs: its parts between blank lines must
stand there, in this order. Links within the tree must lead somewhere.
"""

import re
import subprocess
import sys
from pathlib import Path

LINES_MOST = 150
CATALOG = "results/shared/catalog-epyc-zen4-2cores.jsonl.gz"
CALLED = "build/twofold"
# The page, and the command whose output its blocks are from, one after another.
SHOWN = {
    "README.md": [["report", CATALOG]],
    "docs/examples.md": [["report", CATALOG, "--details"], ["report", "ALL"],
                         ["compare", f"{CATALOG}:go", f"{CATALOG}:java-spring"]],
}


def output_of(twofold, words):
    if words == ["report", "ALL"]:
        words = ["report", *(str(file) for file in sorted(Path("results/shared").glob("*-zen4-*")))]
    # By the name that the pages call it by, for it is in the commands that a report shows.
    return subprocess.run([CALLED, *words], executable=twofold, capture_output=True, text=True, check=True).stdout


def missing_part(block, output):
    """The first part of the block that the output does not go on with; None if all are there."""
    at = 0
    for part in re.split(r"\n\n+", block.strip("\n")):
        found = output.find(part, at)
        if found < 0:
            return part
        at = found + len(part)
    return None


def broken_links(page):
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    return [target for target in targets if not (page.parent / target).exists()]


def complaints(twofold):
    for name, commands in SHOWN.items():
        blocks = re.findall(r"^```\n(.*?)^```", Path(name).read_text(encoding="utf-8"), re.S | re.M)
        if len(blocks) != len(commands):
            yield f"{name} has {len(blocks)} blocks, and {len(commands)} commands are known whose output they are"
        for block, command in zip(blocks, commands):
            part = missing_part(block, output_of(twofold, command))
            if part is not None:
                yield f"{name}: twofold {' '.join(command)} does not print this, or not there:\n{part}"
    lines = Path("README.md").read_text(encoding="utf-8").count("\n")
    if lines > LINES_MOST:
        yield f"README.md has {lines} lines, at most {LINES_MOST}"
    pages = [page for folder in (".", "docs", "scenarios", "results", "backends", "backends/contract")
             for page in sorted(Path(folder).glob("*.md"))]
    for page in pages:
        for target in broken_links(page):
            yield f"{page}: nothing is at {target}"


def main():
    found = list(complaints(sys.argv[1]))
    for complaint in found:
        print(complaint)
    print(f"readme: {len(found)} with something wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
