#!/usr/bin/env python3
"""Services that give right responses without doing what they claim: they pass verify, and the audit finds them out.

    end_to_end_audit.py TWOFOLD REFERENCE_SERVER
"""

import ctypes.util
import json
import shutil
from pathlib import Path

import faults
from runs import run_files
from tree import SCENARIO, Skipped, Tree, expect, run_tests


# Closed load: a quick step of it takes a second, however slow the service is.
FEW = {
    "double": {"what": "connections", "from": 2, "steps": 1},
    "limits": {"p90": "400ms", "errors": "5%"},
}


def add(tree, name, service, arguments, operations):
    """A service of the tests that serves `operations` itself."""
    files = {file: (Path(__file__).parent / file).read_text() for file in (service, "beside_reference.py")}
    folder = tree.add(name, ["python3", service, *arguments], files)
    told = json.loads((folder / "backend.json").read_text())
    (folder / "backend.json").write_text(json.dumps({**told, "contract": [*told["contract"], *operations]}))


def a_service_that_answers_without_asking_its_upstream_has_no_figures():
    scenario = {
        **SCENARIO,
        "requests": [{"name": "fan out", "path": "/fanout?key={id}&calls=2", "expect": {"status": 200}}],
        "values": {"id": {"uniform": [1, "level"]}},
        "double": {"what": "id", "from": 2, "steps": 2, "rate": 60, "variable": "IDS"},
        "needs": {"upstream": {"delay": "1ms"}},
    }
    with Tree(scenario) as tree:
        for name, more in (("asking", []), ("keeping", ["keep"])):
            add(tree, name, "fanout_service.py", more, ["fanOut"])
        status, out, err = tree.run("bench", "tiny", "--quick")
        audits = {record["backend"]: record for record in tree.log() if record["record"] == "audit"}
        expect(sorted(audits) == ["asking", "keeping"], audits, err)
        for audit in audits.values():
            (count,) = audit["requests"]
            expect(count["good"] > 0, "it passed verify, and its responses were taken as right", audit)
            expect(count["sent"] == sum(count[end] for end in ("good", "late", "wrong", "lost")), audit)
            steps = [record for record in tree.log() if record.get("backend") == audit["backend"] and "load" in record]
            sent = sum(step["load"]["requests"][0]["sent"] for step in steps)
            expect(len(steps) > 1 and count["sent"] == sent, "all processes count, one for each level", audit, sent)
        expect(audits["keeping"]["upstream"]["calls"] < 100 < audits["asking"]["upstream"]["calls"], audits)
        report = json.loads(tree.run("report", "--format", "json")[1])
        found = {backend["name"]: backend for backend in report["backends"]}
        expect(found["asking"]["distrusted"] is None and found["asking"]["capacity_rps"] is not None, found["asking"])
        expect("calls to the upstream" in found["keeping"]["distrusted"], found["keeping"])
        expect(found["keeping"]["capacity_rps"] is None, found["keeping"])
        expect("RESPONSES OF keeping DO NOT ADD UP" in tree.details(), out)
        expect("ITS RESPONSES DO NOT ADD UP" in " ".join(out.split()), "nor does the first table trust it", out)
        expect(status == 3, "responses that do not add up are no valid measurement", status, err)


# Leaves a second after it was asked to.
SLOW_TO_LEAVE = """
python3 fanout_service.py & child=$!
trap 'sleep 1; kill $child; wait $child; exit 0' TERM
wait $child
"""


def kinds(tree):
    return {record["record"] for file in tree.files() for record in run_files.records_of(file)}


def responses_that_could_not_be_checked_are_no_passed_audit():
    scenario = {
        **SCENARIO,
        **FEW,
        "requests": [{"name": "fan out", "path": "/fanout?key={id}&calls=2", "expect": {"status": 200}}],
        "values": {"id": {"uniform": [1, 5]}},
        "needs": {"upstream": {"delay": "1ms"}},
    }
    with Tree(scenario) as tree:
        add(tree, "asking", "fanout_service.py", [], ["fanOut"])
        manifest = tree.path / "backends/asking/backend.json"
        told = json.loads(manifest.read_text())
        manifest.write_text(json.dumps({**told, "run": ["sh", "slow.sh"]}))
        (manifest.parent / "slow.sh").write_text(SLOW_TO_LEAVE)
        process = tree.start("bench", "tiny", "--quick")
        faults.wait_until(lambda: "recovery" in kinds(tree), 100, "the last step")
        faults.inject("kill", "upstream", process.pid)
        out, err = process.communicate(timeout=120)
        words = tree.details()
        expect(process.returncode == 3 and "not valid" in err, process.returncode, out, err)
        said = "whether the responses of asking in trial 1 add up with what its dependencies hold is not known"
        expect(said in words, out, err)
        for form in ("json", "markdown"):
            expect(said in " ".join(tree.run("report", "--details", "--format", form)[1].split()), form)
        report = json.loads(tree.run("report", "--format", "json")[1])
        expect([gap["trial"] for gap in report["backends"][0]["audit_gaps"]] == [1] and not report["valid"], report)
        expect(report["backends"][0]["audit_gaps"][0]["reason"], report["backends"][0]["audit_gaps"])
        header, first = [line.split(",") for line in tree.run("report", "--format", "csv")[1].splitlines()[:2]]
        expect(first[header.index("audited")] == "no", header, first)


def initdb():
    return shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def a_service_that_answers_orders_and_does_not_store_them_has_no_figures():
    lines = [{"item_id": "{one}", "quantity": 2}, {"item_id": "{other}", "quantity": 1}]
    order = {"method": "POST", "path": "/orders", "json": {"customer": "Ada", "lines": lines}}
    scenario = {
        **SCENARIO,
        **FEW,
        "requests": [{"name": "place", **order, "expect": {"status": 201}}],
        "values": {"one": {"uniform": [1, 5000]}, "other": {"uniform": [5001, 9900]}},
        "needs": {"database": "postgresql"},
    }
    if ctypes.util.find_library("pq") is None or not initdb():
        raise Skipped("PostgreSQL is not here")
    with Tree(scenario) as tree:
        for how in ("forget", "skip", "store"):
            add(tree, how, "orders_service.py", [how], ["placeOrder", "getOrder"])
        status, out, err = tree.run("bench", "tiny", "--quick")
        audits = {record["backend"]: record for record in tree.log() if record["record"] == "audit"}
        expect(sorted(audits) == ["forget", "skip", "store"], audits, err)
        for audit in audits.values():
            expect(audit["requests"][0]["good"] > 0, "it passed verify, and its responses were taken as right", audit)
        stored = {name: audit["database"] for name, audit in audits.items()}
        expect(stored["forget"]["orders"] == 0, stored)
        expect(stored["skip"]["orders"] > 0 and stored["skip"]["stock_taken"] == 0, stored)
        expect(stored["store"]["stock_taken"] == 3 * stored["store"]["orders"] > 0, stored)
        report = json.loads(tree.run("report", "--format", "json")[1])
        found = {backend["name"]: backend for backend in report["backends"]}
        expect(found["store"]["distrusted"] is None and found["store"]["capacity_rps"] is not None, found["store"])
        expect("and 0 are stored" in found["forget"]["distrusted"], found["forget"])
        expect("and 0 taken from stock" in found["skip"]["distrusted"], found["skip"])
        for name in ("forget", "skip"):
            expect(found[name]["capacity_rps"] is None, found[name])
            expect(f"RESPONSES OF {name} DO NOT ADD UP" in tree.details(), out)
        expect(status == 3, "responses that do not add up are no valid measurement", status, err)



run_tests(
    [
        responses_that_could_not_be_checked_are_no_passed_audit,
        a_service_that_answers_without_asking_its_upstream_has_no_figures,
        a_service_that_answers_orders_and_does_not_store_them_has_no_figures,
    ]
)
