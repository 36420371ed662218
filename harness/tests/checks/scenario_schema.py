#!/usr/bin/env python3
"""scenarios/scenario.schema.json beside the cases that the C reader is held to: scenario_schema.py [root]

Every valid case and every scenario of the tree is valid by the schema; every invalid case is not, but for those
that only the reader can see to be wrong (cases/scenario/beyond-schema). Text that is not JSON is as good as
invalid.
"""

import json
import os
import sys
from pathlib import Path

DEBIANS_PYTHON = "/usr/bin/python3"  # which has apt's python3-jsonschema, whatever python3 comes first on PATH

try:
    from jsonschema import Draft202012Validator
except ImportError:
    if sys.executable != DEBIANS_PYTHON and os.access(DEBIANS_PYTHON, os.X_OK):
        os.execv(DEBIANS_PYTHON, [DEBIANS_PYTHON, *sys.argv])
    print("scenario_schema: Python's jsonschema is not installed (setup/system.sh --tests gets it); skipped")
    sys.exit(77)

# Folder of cases, whether the schema accepts them, and how many there are at least.
FOLDERS = (("valid", True, 8), ("invalid", False, 100), ("beyond-schema", True, 20))


def without_duplicates(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"a key twice in {keys}")
    return dict(pairs)


def refuse_constant(word):
    raise ValueError(f"{word} is not JSON")


def read(path):
    """The JSON value of a file without its byte order mark; ValueError for what is no JSON, NUL included."""
    text = path.read_bytes().decode("utf-8-sig")
    return json.loads(text, object_pairs_hook=without_duplicates, parse_constant=refuse_constant)


def first_fault(validator, path):
    """What is wrong with a scenario by the schema, in words; None: nothing is."""
    try:
        scenario = read(path)
    except (ValueError, RecursionError) as fault:
        return str(fault)
    fault = next(validator.iter_errors(scenario), None)
    return None if fault is None else f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}"


def check(root):
    scenarios = root / "scenarios"
    schema = read(scenarios / "scenario.schema.json")
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for folder, accepted, least in FOLDERS:
        cases = sorted((root / "harness/tests/cases/scenario" / folder).glob("*/case.json"))
        if len(cases) < least:
            yield f"cases/scenario/{folder}: {len(cases)} cases, at least {least} expected"
        for case in cases:
            fault = first_fault(validator, case)
            if accepted and fault is not None:
                yield f"{case.relative_to(root)}: the schema refuses it: {fault}"
            if not accepted and fault is None:
                yield f"{case.relative_to(root)}: the schema accepts it; should it be in beyond-schema?"
    for path in sorted(set(scenarios.glob("*.json")) - {scenarios / "scenario.schema.json"}):
        fault = first_fault(validator, path)
        if fault is not None:
            yield f"{path.relative_to(root)}: {fault}"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[3]).resolve()
    found = list(check(root))
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
