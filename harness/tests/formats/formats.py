#!/usr/bin/env python3
"""What `report --format json` and `--format csv` print, held to the schemas in docs/: the made-up runs of the unit
tests and shared runs; a key that no schema describes, or one that is missing, must fail. Then what docs/formats.md
shows.

    formats.py TWOFOLD FOLDER
        FOLDER: where `make formats-test` has made a Python with pandas, pyarrow and matplotlib
"""

import copy
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

DEBIANS_PYTHON = "/usr/bin/python3"  # which has apt's python3-jsonschema, whatever python3 comes first on PATH

try:
    from jsonschema import Draft202012Validator
except ImportError:
    if sys.executable != DEBIANS_PYTHON and os.access(DEBIANS_PYTHON, os.X_OK):
        os.execv(DEBIANS_PYTHON, [DEBIANS_PYTHON, *sys.argv])
    print("formats: Python's jsonschema is not installed (setup/system.sh --tests gets it); skipped")
    sys.exit(77)

sys.path.append(str(Path(__file__).resolve().parents[1] / "e2e"))
FOLDER = Path(sys.argv[2]).resolve()
sys.argv[2:] = [sys.argv[1]]
from tree import TWOFOLD, Skipped, expect, run_tests  # noqa: E402  pylint: disable=wrong-import-position

ROOT = Path(__file__).resolve().parents[3]
RUNS = [next(file for file in (ROOT / "harness/tests/runs").glob(f"{name}.*"))
        for name in ("catalog-epyc-2cores", "soak-epyc-2cores", "orders-epyc-2cores")]


def validator(name):
    schema = json.loads((ROOT / "docs" / name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


REPORT, STEPS = validator("report.schema.json"), validator("steps.schema.json")


def first_fault(schema, value):
    fault = next(schema.iter_errors(value), None)
    return None if fault is None else f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:300]}"


def printed(run, form):
    return subprocess.run([TWOFOLD, "report", str(run), "--format", form], capture_output=True, text=True,
                          check=True).stdout


def rows_of(text):
    """Each row as an object: what is empty is null, and a number where the schema has one."""
    columns = STEPS.schema["properties"]
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield {name: None if cell == "" else float(cell) if "number" in columns[name]["type"] else cell
               for name, cell in row.items()}


def cases(file):
    found = sorted((ROOT / "harness/tests/cases/report").glob(f"*/{file}"))
    expect(len(found) >= 10, found)
    return found


def each_json_is_as_its_schema_says():
    for case in cases("report.json"):
        fault = first_fault(REPORT, json.loads(case.read_text(encoding="utf-8")))
        expect(fault is None, case, fault)
    for run in RUNS:
        fault = first_fault(REPORT, json.loads(printed(run, "json")))
        expect(fault is None, run, fault)


def each_row_is_as_its_schema_says():
    for text in (*(case.read_text(encoding="utf-8") for case in cases("report.csv")), printed(RUNS[0], "csv")):
        header = next(csv.reader(io.StringIO(text)))
        expect(header == STEPS.schema["required"] == list(STEPS.schema["properties"]), header)
        for row in rows_of(text):
            fault = first_fault(STEPS, row)
            expect(fault is None, fault, row)


def rows_of_several_runs_stand_under_one_another():
    first, second = (printed(run, "csv").splitlines() for run in RUNS[:2])
    both = subprocess.run([TWOFOLD, "report", *map(str, RUNS[:2]), "--format", "csv"], capture_output=True, text=True,
                          check=True).stdout.splitlines()
    expect(both == first + second[1:], len(first), len(second), len(both))
    rows = list(csv.DictReader(both))
    expect(len({row["run_started"] for row in rows}) == 2 and all(row["machine_cpu"] for row in rows), rows[0])


def what_no_schema_describes_fails():
    report = json.loads(printed(RUNS[0], "json"))
    for place in (report, report["backends"][0], report["backends"][0]["steps"][0], report["machine"]):
        place["brand_new"] = 1
        expect("brand_new" in (first_fault(REPORT, report) or ""), "an unknown key")
        del place["brand_new"]
    lacking = copy.deepcopy(report)
    del lacking["backends"][0]["capacity_rps"]
    expect("capacity_rps" in (first_fault(REPORT, lacking) or ""), "a missing key")
    report["backends"][0]["steps"][0]["verdict"] = "fine"
    expect("fine" in (first_fault(REPORT, report) or ""), "an unknown verdict")


def python_with(*modules):
    """A Python that has the modules."""
    for python in (FOLDER / "bin/python", sys.executable, DEBIANS_PYTHON):
        found = subprocess.run([str(python), "-c", f"import {', '.join(modules)}"], capture_output=True,
                               check=False) if Path(python).exists() else None
        if found is not None and found.returncode == 0:
            return str(python)
    raise Skipped(f"no Python here has {' and '.join(modules)}: make formats-test")


def the_ten_lines_of_pandas_write_parquet():
    python = python_with("pandas", "pyarrow")
    (lines,) = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs/formats.md").read_text(encoding="utf-8"), re.S | re.M)
    lines = lines.replace('"build/twofold"', repr(TWOFOLD))
    with tempfile.TemporaryDirectory() as folder:
        parquet = str(Path(folder) / "steps.parquet")
        out = subprocess.run([python, "-c", lines, parquet, *map(str, RUNS[:2])], capture_output=True, text=True,
                             check=True).stdout
        expect("catalog" in out and "soak" in out and "python" in out, out)
        read = ("import sys, pandas; t = pandas.read_parquet(sys.argv[1]); "
                "print(len(t), t.p99_ns.dtype, t.service.nunique())")
        count, kind, services = subprocess.run([python, "-c", read, parquet], capture_output=True, text=True,
                                               check=True).stdout.split()
        rows = sum(printed(run, "csv").count("\n") - 1 for run in RUNS[:2])
        expect(int(count) == rows and kind in ("int64", "float64") and int(services) >= 4, count, rows, kind, services)


def the_script_draws_every_step():
    python = python_with("matplotlib")
    with tempfile.TemporaryDirectory() as folder:
        run, drawing = Path(folder) / "run.json", Path(folder) / "ladder.svg"
        run.write_text(printed(RUNS[0], "json"), encoding="utf-8")
        subprocess.run([python, str(ROOT / "docs/ladder.py"), str(run), str(drawing)], check=True, capture_output=True)
        text = drawing.read_text(encoding="utf-8")
        expect("<svg" in text and len(text) > 20000, len(text))
        count = ("import sys, json; sys.path.append(sys.argv[1]); import ladder; from matplotlib import pyplot; "
                 "print(ladder.draw(json.load(open(sys.argv[2])), pyplot.subplots()[1]))")
        drawn = subprocess.run([python, "-c", count, str(ROOT / "docs"), str(run)], check=True, capture_output=True,
                               text=True).stdout
        steps = sum(len(backend["steps"]) for backend in json.loads(run.read_text(encoding="utf-8"))["backends"])
        expect(int(drawn) == steps > 20, drawn, steps)


if __name__ == "__main__":
    run_tests([
        each_json_is_as_its_schema_says,
        each_row_is_as_its_schema_says,
        rows_of_several_runs_stand_under_one_another,
        what_no_schema_describes_fails,
        the_ten_lines_of_pandas_write_parquet,
        the_script_draws_every_step,
    ])
