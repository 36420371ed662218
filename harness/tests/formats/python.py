#!/usr/bin/env python3
"""Makes the Python that `make formats-test` runs the examples of docs/formats.md in: python.py FOLDER"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "peers"))
from histogram_peer import SKIPPED, environment  # noqa: E402  pylint: disable=wrong-import-position

if __name__ == "__main__":
    sys.exit(0 if environment(Path(sys.argv[1]).resolve(), Path(__file__).with_name("analysis.lock")) else SKIPPED)
