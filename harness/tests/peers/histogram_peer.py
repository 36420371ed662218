#!/usr/bin/env python3
"""Reads what this harness encodes with HdrHistogram_py, and compares every count.

    histogram_peer.py DUMP FOLDER LOCK
        DUMP: the program histogram_dump; FOLDER: where the virtual environment is made; LOCK: its packages with hashes
"""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

SKIPPED = 77


def environment(folder, lock):
    """The Python of an environment that holds what the lock file says. None: pip cannot run here."""
    python = folder / "bin" / "python"
    stamp = folder / "lock.sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted and python.exists():
        return python
    try:
        venv.create(folder, clear=True, with_pip=True)
    except (ImportError, OSError, subprocess.CalledProcessError) as why:
        print(f"histogram_peer: skipped: no virtual environment with pip can be made: {why}")
        return None
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", lock],
                   check=True)
    stamp.write_text(wanted)
    return python


def compare(lines):
    """Runs inside the environment."""
    from hdrh.histogram import HdrHistogram  # pylint: disable=import-outside-toplevel,import-error

    seen = 0
    for head, encoded, counts in zip(lines[0::3], lines[1::3], lines[2::3], strict=True):
        digits, total = (int(word) for word in head.split())
        expected = {int(index): int(count) for index, count in (pair.split(":") for pair in counts.split())}
        histogram = HdrHistogram.decode(encoded)
        counts = ((i, histogram.get_count_at_index(i)) for i in range(histogram.counts_len))
        found = {i: count for i, count in counts if count}
        assert found == expected, f"counts differ: {set(found.items()) ^ set(expected.items())}"
        assert histogram.get_total_count() == total, (histogram.get_total_count(), total)
        assert histogram.significant_figures == digits
        assert histogram.highest_trackable_value == 3600 * 10**9
        seen += 1
    assert seen > 10, f"only {seen} histograms were compared"
    print(f"{seen} histograms: every count is the same")


def main():
    if sys.argv[1] == "--compare":
        compare(sys.stdin.read().split("\n")[:-1])
        return 0
    dump, folder, lock = (Path(argument).resolve() for argument in sys.argv[1:])
    python = environment(folder, lock)
    if python is None:
        return SKIPPED
    printed = subprocess.run([dump], stdout=subprocess.PIPE, check=True).stdout
    return subprocess.run([python, __file__, "--compare"], input=printed, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
