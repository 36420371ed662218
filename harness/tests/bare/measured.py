#!/usr/bin/env python3
"""Which services of backends/ a run measured: measured.py RUN-LOG BACKENDS

Fails unless all of them have steps, and of each of the four languages there is one.
"""

import gzip
import json
import sys
from pathlib import Path

LANGUAGES = {"Go", "JavaScript", "Python", "Rust"}


def records(path):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt") as lines:
        return [json.loads(line) for line in lines]


def expected(backends):
    """All but the reference service and those that are measured where they are named."""
    manifests = {path.parent.name: json.loads(path.read_text()) for path in backends.glob("*/backend.json")}
    return {name for name, manifest in manifests.items()
            if name != "reference" and manifest.get("default", "variant_of" not in manifest)}


def main():
    log, backends = Path(sys.argv[1]), Path(sys.argv[2])
    found = records(log)
    stepped = {record["backend"] for record in found if record["record"] == "step"}
    services = {record["name"]: record for record in found if record["record"] == "backend"}
    wanted = expected(backends)
    for name in sorted(wanted):
        record = services.get(name, {})
        outcome = "measured" if name in stepped else f"not measured: {record.get('skipped')}"
        print(f"{name}: {outcome}; {record.get('versions')}")
    languages = {services[name]["language"] for name in stepped if name in services}
    missing = (wanted - stepped) | (LANGUAGES - languages)
    if missing:
        print(f"not measured: {', '.join(sorted(missing))}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
