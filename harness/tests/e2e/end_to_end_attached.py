#!/usr/bin/env python3
"""`twofold bench` against services that run already: by their URL alone, with a scenario, beside backends, over TLS and
HTTP/2, wrong ones, ones that go away, on another machine; what the command line sets of a scenario; and a run of them
that is resumed.

    end_to_end_attached.py TWOFOLD REFERENCE_SERVER
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from runs import run_files
from tree import SCENARIO, TWOFOLD, Skipped, Tree, expect, run_tests

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "peers"))
from histogram_peer import environment  # noqa: E402  pylint: disable=wrong-import-position
from with_peers import make_certificate  # noqa: E402  pylint: disable=wrong-import-position

# How a run ends that has steps: 3 where others took the machine, so that none of them is valid.
MEASURED = (0, 3)

# A quick step at such a rate takes about a second.
SHORT = ("--quick", "--from", "1000", "--steps", "2", "--warmup", "200ms", "--measure", "1s")


@contextlib.contextmanager
def serving(*words, program=(sys.executable, str(HERE / "attached_service.py"))):
    """Its port, for as long as it is needed."""
    with subprocess.Popen([*program, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as service:
        try:
            yield int(service.stdout.readline())
        finally:
            service.stdin.close()
            service.kill()


def report(tree, *more):
    status, out, err = tree.run("report", "--format", "json", *more)
    expect(status == 0, status, err)
    return json.loads(out)


def one(tree):
    (backend,) = report(tree)["backends"]
    return backend


def a_url_is_enough():
    with Tree() as tree, serving("--most", "1500") as port:
        status, out, err = tree.run("bench", f"http://127.0.0.1:{port}/some?where={{x}}", "--quick", "--from", "500",
                                    "--steps", "4", "--warmup", "200ms", "--measure", "1s", "--limit", "p95=400ms")
        expect(status in MEASURED, status, out, err)
        run = tree.log()[0]
        expect(run["scenario_name"] == "get" and run["targets"] == f"http://127.0.0.1:{port}/some?where=%7Bx%7D", run)
        scenario = json.loads(run["scenario_text"])
        expect(scenario["requests"] == [{"name": "get", "path": "/some?where=%7Bx%7D"}], scenario)
        expect(scenario["double"] == {"what": "rate", "from": 500, "steps": 4}, scenario)
        expect(scenario["limits"] == {"errors": "1%", "throughput": "95%", "p95": "400ms"}, scenario)
        expect(run["overridden"] == "double.from=500 double.steps=4 step.warmup=200ms step.measure=1s limits.p95=400ms",
               run["overridden"])
        backend = one(tree)
        for step in backend["steps"]:
            expect(step["verdict"] == "invalid" or (step["verdict"] == "break") == (step["level"] > 1500), step)
            expect(step["level"] < 4000 or step["good"] < 0.5 * step["offered"], step)
        if backend["breaks"]:
            expect(backend["breaks"][0]["limit"] in ("errors", "throughput"), backend["breaks"])
        expect(backend["attached"].startswith(f"http://127.0.0.1:{port}/some"), backend["attached"])
        expect("python" in backend["watched"] and backend["not_watched"] is None, backend)
        expect(backend["steps"][0]["service_cores_used"] > 0, "its process is read", backend["steps"][0])
        expect(report(tree)["cores"]["shared"], "it may run where the generator does", report(tree)["cores"])
        flat = tree.details()
        expect("its process was not fresh" in flat and "plain HTTP/1.1)" in flat, out)
        expect("set on the command line: double.from=500" in flat, out)


def without_a_scenario_it_climbs_from_50_in_14_doublings():
    with Tree() as tree:
        status, out, err = tree.run("plan", "http://127.0.0.1:1/items/1", "--limit", "p99=90ms")
        lines = out.splitlines()
        expect(status == 0 and "a GET of /items/1" in lines[0], out, err)
        expect("must hold at every step: p99 90.0 ms" in out, out)
        steps = [line.split()[1] for line in lines if line.split()[:1] and line.split()[0].isdigit()]
        expect(len(steps) >= 15 and steps[0] == "50" and steps[14] == "819,200", steps)


def what_a_scenario_may_not_say_no_option_may():
    with Tree() as tree:
        for command in (("plan", "tiny"), ("bench", "tiny", "--target", "http://127.0.0.1:1")):
            for option, value, said in [("--from", "0", "double.from: expected"), ("--steps", "x", "double.steps"),
                                        ("--measure", "5", "step.measure"), ("--deadline", "2h", "deadline: expected"),
                                        ("--limit", "p98=1ms", "limits.p98: unknown key"),
                                        ("--limit", "p99", "expected NAME=VALUE"),
                                        ("--connections", "0", "connections: expected")]:
                status, _, err = tree.run(*command, option, value)
                expect(status == 2 and option in err and said in err, command, option, value, status, err)
        status, out, _ = tree.run("plan", "tiny", "--from", "7", "--steps", "1")
        expect(status == 0 and "\n   1             7 " in out and "\n   2 " not in out, out)


def a_service_that_answers_wrongly_gets_no_numbers():
    with Tree() as tree, serving("--status", "403") as port:
        status, out, err = tree.run("bench", "tiny", "--target", f"web=http://127.0.0.1:{port}")
        expect(status == 1 and not out, status, out)
        for line in ('web is left out: its first response to "read" is not as expected', "request: GET /items/{id}",
                     "expected: status 200", 'came: status 403, body "{"id":7}"',
                     "no service could be measured"):
            expect(line in err, line, err)
        expect(not list((tree.path / "results").glob("*")), "a run log was left")


def what_cannot_be_measured_is_refused_in_one_sentence():
    needing = {**SCENARIO, "name": "needing", "needs": {"upstream": {"delay": "1ms"}}}
    with Tree() as tree:
        (tree.path / "scenarios/needing.json").write_text(json.dumps(needing))
        for words, said in [
            (["127.0.0.1:8080"], "has no scheme; expected a URL such as http://127.0.0.1:8080"),
            (["--target", "web=localhost:8080/x"], "has no scheme"),
            (["--target", "Web=http://127.0.0.1"], "expected NAME=URL"),
            (["http://192.0.2.1/"], "is another machine"),
            (["tiny", "http://127.0.0.1:1/api"], '"/api" would not be sent'),
            (["--target", "http://127.0.0.1:1/a", "--target", "http://127.0.0.1:2/b"], 'the paths "/a" and "/b"'),
            (["--target", "a=http://127.0.0.1:1", "--target", "a=http://127.0.0.1:2"], 'two services are called "a"'),
            (["needing", "http://127.0.0.1:1"], "the scenario needing needs an upstream"),
            (["http://127.0.0.1:1", "--insecure"], "https:// only"),
        ]:
            status, out, err = tree.run("bench", *words)
            expect(status == 2 and said in err and not out, words, status, err)
        status, _, err = tree.run("bench", "http://127.0.0.1:1/")
        expect(status == 1 and "no connection: connection refused" in err, status, err)


def another_machine_is_told_of_before_the_first_request():
    with Tree() as tree:
        process = tree.start("bench", "http://192.0.2.1/", "--allow-remote", "--from", "10", "--steps", "3")
        said = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        expect(said == "twofold: load goes to another machine: http://192.0.2.1/ (192.0.2.1), up to 40 requests/s\n",
               said)


def targets_are_measured_beside_backends():
    with Tree() as tree, serving() as port:
        tree.add("built", ["./server"])
        (tree.path / "scenarios/seven.json").write_text(json.dumps({
            **SCENARIO, "name": "seven", "values": {},
            "requests": [{"name": "read", "path": "/items/7", "expect": {"status": 200, "json": {"id": 7}}}]}))
        status, out, err = tree.run("bench", "seven", "--backends", "built", "--target", f"web=http://127.0.0.1:{port}",
                                    "--quick", "--steps", "1")
        expect(status in MEASURED, status, out, err)
        backends = {backend["name"]: backend for backend in report(tree)["backends"]}
        expect(set(backends) == {"built", "web"}, backends)
        expect(backends["built"]["attached"] is None and backends["web"]["attached"], backends)
        expect(all(backend["steps"] for backend in backends.values()), backends)
        expect(backends["web"]["process_cores"], backends["web"])
        if len(os.sched_getaffinity(0)) > 1:
            expect("web may run on the cores" in tree.details(), "it is told where they meet", out)


def credentials_reach_the_service_and_nothing_else():
    with Tree() as tree, serving("--credentials", "Basic dXNlcjpwQHNzLXdvcmQ=") as port:
        status, out, err = tree.run("bench", f"http://user:p%40ss-word@127.0.0.1:{port}/", *SHORT, "--steps", "1")
        expect(status in MEASURED, status, err)
        log = run_files.text_of(tree.files()[0])
        for text in (out, err, log):
            expect("dXNlcjpw" not in text and "ss-word" not in text, text[:2000])


def certificate(tree):
    """The path of one for this machine, with its key."""
    pem = tree.path / "own.pem"
    try:
        make_certificate(pem, "localhost", "IP:127.0.0.1,DNS:localhost")
    except FileNotFoundError as missing:
        raise Skipped("no openssl") from missing
    return str(pem)


def tls_is_spoken_where_the_url_says_so():
    with Tree() as tree:
        pem = certificate(tree)
        with serving("--certificate", pem) as port:
            url = f"https://127.0.0.1:{port}/"
            status, _, err = tree.run("bench", url)
            expect(status == 1 and "certificate" in err, status, err)
            status, _, err = tree.run("bench", url, "--cacert", pem, *SHORT, "--steps", "1")
            expect(status in MEASURED, status, err)
            backend = one(tree)
            expect(backend["protocol"].endswith("HTTP/1.1 over TLS") and backend["steps"][0]["good"] > 0, backend)


def http2_is_spoken_where_the_line_says_so():
    lock = HERE.parent / "peers/h2.lock"
    python = environment(Path(TWOFOLD).parent / "harness/tests/http2_transport/python", lock)
    if python is None:
        raise Skipped("no package h2")
    program = (str(python), str(HERE.parent / "peers/http2_peer.py"))
    with Tree() as tree, serving(certificate(tree), "none", "1", "100", program=program) as port:
        status, _, err = tree.run("bench", f"https://127.0.0.1:{port}/items/7", "--http2", "--insecure", *SHORT,
                                  "--steps", "1")
        expect(status in MEASURED, status, err)
        backend = one(tree)
        expect(backend["protocol"].endswith("HTTP/2 over TLS") and backend["steps"][0]["good"] > 0, backend)


def a_service_that_goes_away_ends_its_trial_and_not_the_run():
    with Tree() as tree, serving("--requests", "2500") as port:
        status, out, err = tree.run("bench", "--target", f"web=http://127.0.0.1:{port}/", "--trials", "2", *SHORT,
                                    "--steps", "4")
        expect(status in MEASURED, status, err)
        found = report(tree)
        (backend,) = found["backends"]
        expect(found["complete"] and len(backend["deaths"]) == 1, backend["deaths"])
        expect(backend["breaks"][0]["limit"] == "crash" and backend["trials"] == 1, backend["breaks"])
        expect("no connection: Connection refused" in backend["failed_trials"][0]["reason"], backend["failed_trials"])
        expect("how only the process that started it knows" in tree.details(), out)


def a_run_that_was_cut_short_goes_on():
    with Tree() as tree, serving() as port:
        process = tree.start("bench", f"http://127.0.0.1:{port}/x", "--trials", "2", *SHORT, "--limit", "errors=2%")
        results = tree.path / "results"
        until = time.monotonic() + 60
        while not any('"record":"trial"' in run_files.text_of(file) for file in tree.files()):
            expect(time.monotonic() < until and process.poll() is None, "no trial came to its end", process.poll())
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        (file,) = tree.files()
        status, out, err = tree.run("bench", "--resume", str(file))
        expect(status in MEASURED, status, err)
        found = report(tree, str(file))
        expect(found["complete"] and found["backends"][0]["trials"] == 2, found["backends"][0]["trials"])
        expect("limits.errors=2%" in found["overridden"], found["overridden"])
        status, _, err = tree.run("bench", "--resume", str(file), "--from", "10")
        expect(status == 2, status, err)


def cores_of(tree, file):
    cores = report(tree, file)["cores"]
    return cores["service"], cores["shared"]


def where_it_runs_is_read_and_runs_of_other_overrides_are_not_compared():
    last = max(os.sched_getaffinity(0))
    with Tree() as tree, serving("--core", str(last)) as port:
        files = []
        for limit in ("p99=300ms", "p99=400ms"):
            file = str(tree.path / f"{len(files)}.jsonl")
            status, _, err = tree.run("bench", f"http://127.0.0.1:{port}/", *SHORT, "--steps", "1", "--limit", limit,
                                      "--out", file)
            expect(status in MEASURED, status, err)
            files.append(file)
        expect(cores_of(tree, files[0]) == (str(last), len(os.sched_getaffinity(0)) == 1), cores_of(tree, files[0]))
        status, out, err = tree.run("compare", *files)
        expect(status != 0 and "overridden" in out + err and "p99=400ms" in out + err, status, out, err)


if __name__ == "__main__":
    run_tests([
        a_url_is_enough,
        without_a_scenario_it_climbs_from_50_in_14_doublings,
        what_a_scenario_may_not_say_no_option_may,
        a_service_that_answers_wrongly_gets_no_numbers,
        what_cannot_be_measured_is_refused_in_one_sentence,
        another_machine_is_told_of_before_the_first_request,
        targets_are_measured_beside_backends,
        credentials_reach_the_service_and_nothing_else,
        tls_is_spoken_where_the_url_says_so,
        http2_is_spoken_where_the_line_says_so,
        a_service_that_goes_away_ends_its_trial_and_not_the_run,
        a_run_that_was_cut_short_goes_on,
        where_it_runs_is_read_and_runs_of_other_overrides_are_not_compared,
    ])
