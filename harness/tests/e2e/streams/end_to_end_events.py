#!/usr/bin/env python3
"""Subscribers to streams of events, by the whole program: against the reference service, and against one that leaves a
second out or publishes late.

    end_to_end_events.py TWOFOLD REFERENCE_SERVER
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))
from tree import Tree, expect, is_fine, run_tests  # noqa: E402  pylint: disable=wrong-import-position

EVENTS = {
    "schema": 1,
    "name": "tiny",
    "why": "subscribers, for tests",
    "requests": [{"name": "subscribe", "path": "/events"}],
    "double": {"what": "subscribers", "from": 300, "steps": 2},
    "step": {"warmup": "1s", "measure": "4s"},
    "limits": {"p99": "200ms", "errors": "1%", "throughput": "95%"},
}
ONE_STEP = {**EVENTS, "double": {"what": "subscribers", "from": 200, "steps": 1}}
CONTRACT = ["health", "streamEvents"]


def add_wrong(tree, *fault):
    text = (HERE.parents[1] / "peers" / "event_stream.py").read_text()
    tree.add("stream", ["python3", "event_stream.py", *fault], {"event_stream.py": text}, contract=CONTRACT)


def backend_of(tree):
    (backend,) = json.loads(tree.run("report", "--format", "json")[1])["backends"]
    return backend


def every_message_to_every_subscriber_is_counted():
    with Tree(EVENTS) as tree:
        tree.add("yard", ["./server"], contract=[*CONTRACT, "getItem"])
        status, out, err = tree.run("bench", "tiny", "--quick")
        expect(is_fine(tree, status), status, out, err)
        steps = [step for step in backend_of(tree)["steps"] if step["phase"] == "ladder"]
        expect({step["level"] for step in steps} == {300, 600}, steps)
        records = [record for record in tree.log() if record["record"] == "step"]
        for step, record in zip(steps, records):
            seconds = record["load"]["measured_ns"] / 1e9
            expect(seconds == int(seconds) >= 1, "a step is measured for whole seconds", seconds)
            expect(step["offered"] == step["level"] * seconds, "subscribers x seconds", step["offered"], step["level"])
            expect(step["good"] == step["offered"], "the reference service leaves nothing out", step["failures"])
            expect(step["level_unit"] == "subscribers", step["level_unit"])
        report = tree.details()
        expect("600 subscribers" in report, report)
        expect("memory a service" in report and "a 100 MB subscriber" in report, "memory a subscriber", report)
        expect("a message is due to each at every whole second of the wall clock" in report, report)


def a_service_that_leaves_a_second_out_gets_no_numbers():
    with Tree(ONE_STEP) as tree:
        add_wrong(tree, "skip")
        status, out, err = tree.run("bench", "tiny", "--quick")
        said = " ".join((out + err).split())
        expect(status != 0 and "GET /events: at each whole second" in said, status, out, err)
        expect("expected: the event of second " in said and "came: the event of second " in said, said)


def a_service_that_publishes_late_breaks_the_limit_on_latency():
    with Tree(ONE_STEP) as tree:
        add_wrong(tree, "none", "300")
        status, out, err = tree.run("bench", "tiny", "--quick")
        expect(is_fine(tree, status), status, out, err)
        step = backend_of(tree)["steps"][0]
        expect(step["p50_ns"] >= 299e6, "it is late by its own 300 ms", step["p50_ns"])
        expect(step["good"] == step["offered"], "late by less than the deadline is no failure", step["failures"])
        if step["verdict"] != "invalid":
            expect(step["verdict"] == "break", step["verdict"])
            expect([each["limit"] for each in step["breaks"]] == ["latency"], step["breaks"])


def what_one_machine_cannot_measure_is_refused():
    with Tree(ONE_STEP) as tree:
        status, out, err = tree.run("bench", "tiny", "--target", "http://192.0.2.1:81", "--allow-remote")
        expect(status == 2 and "wall clock" in err and "http://192.0.2.1:81" in err, status, out, err)
        status, out, err = tree.run("bench", "tiny", "--target", "http://127.0.0.1:81", "--http2")
        expect(status == 2 and "plain HTTP/1.1 only" in err, status, out, err)


def a_plan_says_how_many_messages_are_due():
    with Tree(EVENTS) as tree:
        status, out, err = tree.run("plan", "tiny")
        expect(status == 0, err)
        expect("the subscribers double, to each of whom a message is due at every second" in out, out)
        expect("subscribers" in out.split("\nstep")[1].split("\n")[0], out)


if __name__ == "__main__":
    run_tests([
        every_message_to_every_subscriber_is_counted,
        a_service_that_leaves_a_second_out_gets_no_numbers,
        a_service_that_publishes_late_breaks_the_limit_on_latency,
        what_one_machine_cannot_measure_is_refused,
        a_plan_says_how_many_messages_are_due,
    ])
