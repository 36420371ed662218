#!/usr/bin/env python3
"""The schemas for editors beside the cases that the C readers are held to: schemas.py [root]

Of scenarios (scenarios/scenario.schema.json) and of backends (backends/backend.schema.json): every valid case and
every file of the tree is valid by the schema; every invalid case is not, but for those that only the reader can see to
be wrong (cases/…/beyond-schema). Text that is not JSON is as good as invalid.
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
    print("schemas: Python's jsonschema is not installed (setup/system.sh --tests gets it); skipped")
    sys.exit(77)

# Schema, files of the tree, cases, where the file of a case lies in its folder; then folders of cases, whether the
# schema accepts them, and how many there are at least.
KINDS = (
    ("scenarios/scenario.schema.json", "scenarios/*.json", "scenario", "case.json",
     (("valid", True, 8), ("invalid", False, 100), ("beyond-schema", True, 20))),
    ("backends/backend.schema.json", "backends/*/backend.json", "manifest", "backend/backend.json",
     (("valid", True, 8), ("invalid", False, 40), ("beyond-schema", True, 1))),
)


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
    """What is wrong with a file by the schema, in words; None: nothing is."""
    try:
        value = read(path)
    except (ValueError, RecursionError) as fault:
        return str(fault)
    fault = next(validator.iter_errors(value), None)
    return None if fault is None else f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}"


def check_cases(validator, root, cases_of, accepted, least):
    cases = sorted((root / "harness/tests/cases").glob(cases_of))
    if len(cases) < least:
        yield f"cases/{cases_of}: {len(cases)} cases, at least {least} expected"
    for case in cases:
        fault = first_fault(validator, case)
        if accepted and fault is not None:
            yield f"{case.relative_to(root)}: the schema refuses it: {fault}"
        if not accepted and fault is None:
            yield f"{case.relative_to(root)}: the schema accepts it; should it be in beyond-schema?"


def check(root, kind):
    where, files, cases, file, folders = kind
    schema = read(root / where)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for folder, accepted, least in folders:
        yield from check_cases(validator, root, f"{cases}/{folder}/*/{file}", accepted, least)
    for path in sorted(set(root.glob(files)) - {root / where}):
        fault = first_fault(validator, path)
        if fault is not None:
            yield f"{path.relative_to(root)}: {fault}"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[3]).resolve()
    found = [fault for kind in KINDS for fault in check(root, kind)]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
