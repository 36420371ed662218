#!/usr/bin/env python3
"""Slow connections beside a load, by the whole program: a service that gives them its threads, and one that does not.

    end_to_end_slow.py TWOFOLD REFERENCE_SERVER
"""

import json
import socket
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))
from tree import Tree, expect, is_fine, run_tests  # noqa: E402  pylint: disable=wrong-import-position

THREADS = 24
SLOW = {
    "schema": 1,
    "name": "tiny",
    "why": "slow clients beside a load, for tests",
    "requests": [{"name": "read", "path": "/items/7", "expect": {"status": 200, "json": {"id": 7}}}],
    "double": {"what": "slow_connections", "from": 8, "steps": 3, "rate": 300},
    "step": {"warmup": "400ms", "measure": "1s"},
    "deadline": "500ms",
    "limits": {"p90": "400ms", "errors": "20%"},
}


def add_threads(tree, *more):
    """The service of few threads, which is verified by the first response to the request."""
    files = {"slow_service.py": (HERE / "slow_service.py").read_text()}
    folder = tree.add("threads", ["python3", "slow_service.py", str(THREADS), *more], files)
    manifest = json.loads((folder / "backend.json").read_text())
    del manifest["contract"]
    (folder / "backend.json").write_text(json.dumps(manifest))


def reported(tree):
    backends = json.loads(tree.run("report", "--format", "json")[1])["backends"]
    return {backend["name"]: backend for backend in backends}


def ladder(backend):
    """The last run of each load: one that is invalid is run again."""
    return {step["level"]: step for step in backend["steps"] if step["phase"] == "ladder"}


def a_service_breaks_where_slow_connections_hold_all_its_threads():
    with Tree(SLOW) as tree:
        add_threads(tree)
        tree.add("quick", ["./server"])
        status, out, err = tree.run("bench", "tiny", "--quick")
        expect(is_fine(tree, status), status, out, err)
        backends = reported(tree)
        for name, backend in backends.items():
            for level, step in ladder(backend).items():
                slow = step["slow_connections"]
                expect(step["level_unit"] == "slow connections" and step["load_rps"] == 300, step)
                expect(slow["wanted"] == slow["open"] == slow["opened"] == level, name, level, slow)
                expect(slow["missing"] == slow["denied"] == slow["refused"] == 0, name, slow)
                expect(slow["life_most_ns"] is None, "nobody closes them within a step", slow)
        # Others' work may spoil a step, but not whether its requests are answered.
        served = {name: {level: step["good"] / step["offered"] for level, step in ladder(backend).items()}
                  for name, backend in backends.items()}
        expect(all(share > 0.5 for share in served["quick"].values()), served)
        expect(served["threads"][8] > 0.5 and served["threads"][16] > 0.5 and served["threads"][32] < 0.05, served)
        verdicts = {name: [step["verdict"] for step in ladder(backend).values()] for name, backend in backends.items()}
        expect(set(verdicts["quick"]) <= {"pass", "invalid", "undecided"}, verdicts)
        expect(verdicts["threads"][2] in ("break", "invalid"), verdicts)
        if verdicts["threads"] == ["pass", "pass", "break"]:
            first = backends["threads"]["limits"][0]
            expect(first["holds_at_level"] == 16 and first["breaks_at_level"] == 32, first)
        report = tree.details()
        expect("32 slow connections" in report and "not closed" in report, report)
        expect('each of which sends "read" at 1 byte a second' in report, report)


def slow_connections_that_a_service_ends_are_told():
    with Tree({**SLOW, "double": {**SLOW["double"], "steps": 1}}) as tree:
        add_threads(tree, "1")
        status, out, err = tree.run("bench", "tiny", "--quick")
        expect(is_fine(tree, status), status, out, err)
        (step,) = ladder(reported(tree)["threads"]).values()
        slow = step["slow_connections"]
        expect(slow["timed_out"] >= 8 and slow["closed"] == slow["rejected"] == slow["answered"] == 0, slow)
        expect(slow["opened"] == slow["open"] + slow["timed_out"], "each is open or was ended", slow)
        expect(0 < slow["life_least_ns"] <= slow["life_most_ns"], slow)
        load = [record["load"] for record in tree.log() if record.get("phase") == "ladder"][-1]
        expect({**load["slow_connections"], "life_least_ns": 0, "life_most_ns": 0}
               == {**slow, "life_least_ns": 0, "life_most_ns": 0}, "the run log has the same", load["slow_connections"])


def a_slow_body_is_that_of_the_first_request_with_one():
    requests = [*SLOW["requests"], {"name": "write", "method": "POST", "path": "/orders", "json": {"n": 1}}]
    double = {**SLOW["double"], "slow": {"part": "body", "bytes_per_s": 2}}
    with Tree({**SLOW, "requests": requests, "double": double}) as tree:
        tree.add("quick", ["./server"])
        status, out, err = tree.run("plan", "tiny")
        expect(status == 0, status, err)
        expect('each sends the body of "write" at 2 bytes a second' in " ".join(out.split()), out)


def slow_connections_are_refused_where_tls_or_http2_is_spoken():
    with Tree(SLOW) as tree, socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        for target in (["--target", f"https://127.0.0.1:{port}"],
                       ["--target", f"http://127.0.0.1:{port}", "--http2"]):
            status, out, err = tree.run("bench", "tiny", *target)
            expect(status == 2, status, out, err)
            expect("the slow connections of the scenario tiny speak plain HTTP/1.1" in " ".join(err.split()), err)


run_tests([
    a_service_breaks_where_slow_connections_hold_all_its_threads,
    slow_connections_that_a_service_ends_are_told,
    a_slow_body_is_that_of_the_first_request_with_one,
    slow_connections_are_refused_where_tls_or_http2_is_spoken,
])
