#!/usr/bin/env python3
"""Gates on finished runs: `report --fail-if` and `compare --fail-if`, their exit statuses and what they are worth;
JUnit XML, OpenMetrics, and what a workflow of GitHub is told. Nothing is measured here.

    gates.py TWOFOLD REFERENCE_SERVER
"""

import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "e2e"))
from tree import TWOFOLD, expect, run_tests  # noqa: E402  pylint: disable=wrong-import-position

SHARED = Path(__file__).resolve().parents[3] / "harness/tests/runs"


def shared(scenario):
    """The shared run of that name, compressed or not."""
    (found,) = [file for file in SHARED.glob(f"{scenario}.*") if ".jsonl" in file.name]
    return str(found)


QUIET, BUSY = shared("catalog-epyc-2cores-quiet"), shared("catalog-epyc-2cores-busy")


def twofold(*words, **environ):
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    ended = subprocess.run([TWOFOLD, *words], capture_output=True, text=True, check=False, env={**plain, **environ})
    return ended.returncode, ended.stdout, ended.stderr


def a_condition_on_one_run_gives_the_status():
    for condition, status, said in [
            ("capacity<1000", 0, "does not hold:\npython: capacity 2,100/s (2,000 to 2,181); of one trial"),
            ("capacity<5000", 4, "holds:\npython: capacity 2,100/s"),
            ("python:capacity<2150", 4, "the bound lies within its interval, so that another run may say otherwise"),
            ("go:capacity<20000", 3, "cannot be judged:\ngo: capacity between 16,000/s and 32,000/s"),
            ("first!=latency", 0, "does not hold:\ngo: breaks first on latency, queue and errors (not told apart)"),
            ("first!=queue", 4, "holds:\npython: breaks first on latency"),
            ("cause!=cpu", 0, "does not hold:\nrust: cause: cpu"),
            ("memory>1GiB", 0, "does not hold:\n"),
            ("java:capacity<1", 3, 'no service of the run is called "java"'),
            ("capacity<10%", 2, "expected capacity<5000")]:
        found, out, err = twofold("report", QUIET, "--fail-if", condition)
        expect(found == status and said in err, condition, found, err)
        expect((out == "") == (status == 2), condition, out)


def the_worst_of_several_conditions_counts():
    status, _, err = twofold("report", QUIET, "--fail-if", "java:capacity<1", "--fail-if", "capacity<5000")
    expect(status == 4 and "java" in err and "python" in err, status, err)


def a_gate_is_asked_of_one_run_and_no_page():
    for words in ((QUIET, BUSY), (QUIET, "--format", "html", "--out", "/tmp/never-written.html")):
        status, out, err = twofold("report", *words, "--fail-if", "capacity<1")
        expect(status == 2 and not out and "of one run" in err, words, status, err)


def a_condition_is_read_before_anything_is_measured():
    status, _, err = twofold("bench", "http://127.0.0.1:1/", "--fail-if", "capacity<10%")
    expect(status == 2 and "--fail-if" in err and "capacity<10%" in err, status, err)


def where_junit_goes_is_looked_at_before_anything_is_measured():
    for file, why in ((QUIET, "File exists"), ("/nowhere/junit.xml", "No such file or directory")):
        status, _, err = twofold("bench", "http://127.0.0.1:1/", "--junit", file)
        expect(status in (1, 2) and "--junit" in err and why in err, file, status, err)
    status, _, err = twofold("bench", "all", "--junit", "junit.xml")
    expect(status == 2 and "--junit and --resume take one scenario" in err, status, err)


def two_runs_are_held_against_each_other_and_the_worth_is_said():
    status, _, err = twofold("compare", QUIET, BUSY, "--fail-if", "capacity<-90%")
    expect(status == 0 and "does not hold:" in err and "may be missed: one run a side" in err, status, err)
    status, _, err = twofold("compare", BUSY, QUIET, "--fail-if", "p99<-1%", "--fail-if", "capacity<-90%")
    expect("one run a side" in err, status, err)
    for condition in ("capacity<10%", "capacity<+10%", "cpu>-5%"):
        status, out, err = twofold("compare", QUIET, BUSY, "--fail-if", condition)
        expect(status == 2 and not out and "would hold where nothing changed" in err, condition, status, err)


def cases_of(*words):
    status, out, err = twofold("report", QUIET, "--format", "junit", *words)
    suites = xml.fromstring(out)
    expect(suites.tag == "testsuites", suites.tag)
    return status, suites, err


def junit_has_a_case_for_each_limit():
    status, suites, _ = cases_of()
    names = [suite.get("name") for suite in suites]
    expect(status == 0 and sorted(names) == ["go", "node", "python", "rust"], status, names)
    for suite in suites:
        cases = suite.findall("testcase")
        expect(int(suite.get("tests")) == len(cases) >= 5, suite.get("name"), len(cases))
        expect({"latency", "errors", "throughput"} <= {case.get("name") for case in cases}, suite.get("name"))
        expect(suite.get("failures") == "0" and not suite.findall(".//failure"), "that a limit breaks fails nothing")
        expect(all(case.get("classname") == f"catalog.{suite.get('name')}" for case in cases), suite.get("name"))


def a_limit_that_breaks_below_the_capacity_asked_for_is_a_failed_case():
    status, suites, _ = cases_of("--fail-if", "capacity<2500")
    python = next(suite for suite in suites if suite.get("name") == "python")
    failed = {case.get("name") for case in python.iter("testcase") if case.find("failure") is not None}
    expect(status == 4 and failed == {"latency", "--fail-if capacity<2500"}, status, failed)
    expect(int(python.get("failures")) == 2, python.attrib)
    others = [suite for suite in suites if suite is not python]
    expect(not any(suite.findall(".//failure") for suite in others), "the others hold more")
    status, suites, _ = cases_of("--fail-if", "java:capacity<2500")
    expect(status == 3 and suites[-1].get("errors") == "1", status, xml.tostring(suites[-1]))


SAMPLE = re.compile(r'^(twofold_\w+)\{(\w+="(?:[^"\\\n]|\\.)*"(?:,\w+="(?:[^"\\\n]|\\.)*")*)\} (-?[\d.e+-]+)$')


def samples_of(text):
    """Metric, labels and value of each sample; the form of OpenMetrics is held on the way."""
    lines, announced, found = text.split("\n"), [], []
    expect(lines[-2:] == ["# EOF", ""], lines[-2:])
    for line in lines[:-2]:
        if line.startswith("# TYPE "):
            announced.append(line.split()[2])
        elif line.startswith("#"):
            expect(line.split()[2] == announced[-1], line)
        else:
            match = SAMPLE.match(line)
            expect(match and match[1] == announced[-1], "a sample of the family that was announced", line)
            found.append((match[1], dict(re.findall(r'(\w+)="([^"]*)"', match[2])), float(match[3])))
    expect(len(set(announced)) == len(announced), announced)
    return found


def open_metrics_have_the_figures_of_the_report():
    status, out, _ = twofold("report", QUIET, "--format", "openmetrics")
    samples = samples_of(out)
    expect(status == 0 and all(labels["scenario"] == "catalog" for _, labels, _ in samples), status)

    def value(metric, service):
        return [number for name, labels, number in samples if name == metric and labels.get("service") == service]

    (capacity,), (low,), (high,) = (value(f"twofold_capacity{end}", "python") for end in ("", "_low", "_high"))
    expect((low, high) == (2000, 2181) and low < capacity < high, low, capacity, high)
    expect(value("twofold_capacity", "go") == [] and value("twofold_capacity_low", "go") == [16000], "no estimate")
    expect([labels["limit"] for name, labels, _ in samples if name == "twofold_first_break_info"].count("latency") >= 2,
           samples)
    expect(0.0001 < value("twofold_response_seconds", "python")[1] < 0.05, value("twofold_response_seconds", "python"))
    expect(value("twofold_resident_memory_bytes", "rust")[0] > 1e6, "memory")


def a_workflow_of_github_gets_a_summary_and_annotations():
    with tempfile.TemporaryDirectory() as folder:
        summary = Path(folder) / "summary.md"
        summary.write_text("before\n", encoding="utf-8")
        status, _, err = twofold("report", QUIET, "--fail-if", "capacity<5000", GITHUB_STEP_SUMMARY=str(summary))
        text = summary.read_text(encoding="utf-8")
        expect(status == 4 and text.startswith("before\n") and "# twofold" in text and "| rust |" in text, text[:500])
        expect("\n::error title=--fail-if capacity<5000 holds::python: capacity 2,100/s" in err, err)
        status, _, err = twofold("report", QUIET, "--fail-if", "java:capacity<1", GITHUB_STEP_SUMMARY=str(summary))
        expect("::warning title=--fail-if java%3Acapacity<1 cannot be judged::no service" in err, err)
        length = summary.stat().st_size
        twofold("report", QUIET, "--format", "json", GITHUB_STEP_SUMMARY=str(summary))
        expect(summary.stat().st_size == length, "what is for programs is no summary")
        twofold("compare", QUIET, BUSY, GITHUB_STEP_SUMMARY=str(summary))
        expect(summary.stat().st_size > length, "a comparison is")
        _, _, err = twofold("report", QUIET, "--fail-if", "capacity<5000")
        expect("::" not in err, "nothing of it elsewhere", err)
        status, _, err = twofold("report", QUIET, GITHUB_STEP_SUMMARY="/nowhere/summary.md")
        expect(status == 0 and "/nowhere/summary.md: cannot be written" in err, status, err)


if __name__ == "__main__":
    run_tests([
        a_condition_on_one_run_gives_the_status,
        the_worst_of_several_conditions_counts,
        a_gate_is_asked_of_one_run_and_no_page,
        a_condition_is_read_before_anything_is_measured,
        where_junit_goes_is_looked_at_before_anything_is_measured,
        two_runs_are_held_against_each_other_and_the_worth_is_said,
        junit_has_a_case_for_each_limit,
        a_limit_that_breaks_below_the_capacity_asked_for_is_a_failed_case,
        open_metrics_have_the_figures_of_the_report,
        a_workflow_of_github_gets_a_summary_and_annotations,
    ])
