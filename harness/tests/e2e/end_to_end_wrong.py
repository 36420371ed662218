#!/usr/bin/env python3
"""Runs that must not look better than they are: services that answer wrongly, a port that is closed, and work of
others beside a service that holds: what is said while it runs, what the report says, and how `load` ends.

    end_to_end_wrong.py TWOFOLD REFERENCE_SERVER
"""

import http.server
import json
import os
import resource
import socket
import subprocess
import sys
import threading

from tree import ONE_STEP, SCENARIO, Skipped, Tree, expect, run_tests

NOBODY = {
    **SCENARIO,
    "requests": [{"name": "ask", "path": "/nobody/{id}", "expect": {"status": 200}}],
    "double": {"what": "rate", "from": 100, "steps": 3},
    "limits": {"p90": "400ms"},
}


class Answering:
    """A service of this test's own that answers every request alike."""

    def __init__(self, status, body):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):  # the name is the library's
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}/somewhere"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def load(tree, url, *more):
    return tree.run("load", url, "--rate", "50", "--duration", "400ms", "--warmup", "50ms", *more)


def a_service_that_answers_404_to_everything_holds_nothing():
    with Tree(NOBODY) as tree:
        tree.add("lost", ["./server"])
        _, out, err = tree.run("bench", "tiny", "--quick")
        expect(err.count('the first wrong response to "ask"\n   request   GET /nobody/{id}\n   expected  status 200\n'
                         "   came      status 404") == 1, "once for service, request class and phase", err)
        (backend,) = json.loads(tree.run("report", "--format", "json")[1])["backends"]
        first = backend["steps"][0]
        expect(backend["capacity_rps"] is None, "it held nothing", backend["capacity_rps"])
        expect(first["verdict"] in ("break", "invalid") and first["good"] == 0, first["verdict"])
        expect({step["level"] for step in backend["steps"]} == {100}, "the trial ends with it", backend["steps"])
        expect("lost: not one of its responses is right" in err, err)
        expect(backend["wrong_from_start"] == {"nothing_right": True, "share": 1}, backend["wrong_from_start"])
        wrong = first["first_wrong"]
        expect(wrong["request"] == "ask" and wrong["status"] == 404 and wrong["expected_status"] == 200, wrong)
        expect(0 < len(wrong["body"]) <= wrong["body_bytes"], wrong)
        answer = " ".join(out.split("The answer\n")[1].split("What to do about it\n")[0].split())
        expect("lost answered every request at its lowest load, 100/s, wrongly (status 404 instead of" in answer
               and "nothing of it was measured" in answer and "holds" not in answer, answer)
        expect("at most 1 % failed (default)" in tree.details(), out)


def it_does_not_hold_either_where_everything_may_fail():
    with Tree({**NOBODY, "limits": {"p90": "400ms", "errors": "100%"}}) as tree:
        tree.add("lost", ["./server"])
        _, out, _ = tree.run("bench", "tiny", "--quick")
        (backend,) = json.loads(tree.run("report", "--format", "json")[1])["backends"]
        expect(backend["capacity_rps"] is None and backend["wrong_from_start"]["nothing_right"], backend)
        expect("holds" not in out.split("The answer\n")[1].split("What to do about it\n")[0], out)


def a_right_service_has_no_wrong_response():
    with Tree(ONE_STEP) as tree:
        tree.add("right", ["./server"])
        _, _, err = tree.run("bench", "tiny", "--quick")
        (backend,) = json.loads(tree.run("report", "--format", "json")[1])["backends"]
        expect(all(step["first_wrong"] is None for step in backend["steps"]), backend["steps"])
        expect("wrong response" not in err, err)


# Serves verify as the reference service; after that it responds to each request after 200 ms, without any CPU.
SLOW = """
import asyncio, os, re, signal
async def serve(reader, writer):
    try:
        while True:
            item = re.match(rb"GET /items/([0-9]+)", await reader.readuntil(b"\\r\\n\\r\\n"))
            body = b'{"id":%d}' % int(item[1]) if item else b'{"status":"ok"}'
            await asyncio.sleep(0.2 if item else 0)
            head = b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: "
            writer.write(head + b"%d\\r\\n\\r\\n" % len(body) + body)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
async def main():
    await asyncio.start_server(serve, os.environ["HOST"], int(os.environ["PORT"]), backlog=4096)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()
asyncio.run(main())
"""


def a_bench_without_file_descriptors_has_no_result_and_is_not_valid():
    """At 200/s forty connections are needed, and the harness may open forty-five files."""
    if os.geteuid() != 0:
        raise Skipped("needs root: the service may open more files than the harness")
    double, limits = {"what": "rate", "from": 200, "steps": 2}, {"p90": "600ms", "errors": "5%", "throughput": "80%"}

    def few():
        resource.setrlimit(resource.RLIMIT_NOFILE, (45, 45))

    with Tree({**SCENARIO, "double": double, "deadline": "1s", "limits": limits}) as tree:
        run = "ulimit -n 4096; [ -e seen ] && exec python3 slow.py; touch seen; exec ./server"
        tree.add("slow", ["sh", "-c", run], {"slow.py": SLOW})
        status, out, err = tree.run("bench", "tiny", "--quick", preexec_fn=few)
        (backend,) = json.loads(tree.run("report", "--format", "json")[1])["backends"]
        expect(backend["all_invalid"] and not backend["breaks"], backend["steps"], err)
        expect(any("denied" in step["invalid_because"] for step in backend["steps"]), backend["steps"])
        expect("slow has no result: none of its" in tree.details(), out)
        expect(status == 3 and "none of its steps is valid" in err, status, err)


def the_plan_of_a_request_that_nobody_serves_has_a_hint():
    with Tree(NOBODY) as tree:
        tree.add("lost", ["./server"])
        status, out, err = tree.run("plan", "tiny")
        expect(status == 0 and "hint: no operation of the contract" in out and "GET /nobody/{id}" in out, out, err)
        expect("errors 1 % (default" in out, out)


def a_load_of_wrong_responses_only_is_not_valid():
    with Tree() as tree, Answering(401, b"who\nare you?") as url:
        status, out, err = load(tree, url)
        expect(status == 3, status, err)
        expect('status 401 instead of any 2xx, body "who are you?"' in out and "NOT VALID" in out, out)
        expect("came      status 401" in err, err)
        figures = json.loads(load(tree, url, "--json")[1])
        expect("nothing_right" in figures["invalid_because"] and figures["first_wrong"]["status"] == 401, figures)


def a_load_against_a_closed_port_fails():
    with Tree() as tree, socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # and it does not listen
        status, out, err = load(tree, f"http://127.0.0.1:{bound.getsockname()[1]}/", "--json")
        expect(status == 1 and "no connection could be made" in err and "refused" in err, status, err)
        expect(json.loads(out)["response_ns"]["p99"] is None, "a percentile of nothing", out)


class Working:
    """A program that never rests on each core but the first, which is the generator's."""

    def __enter__(self):
        cores = sorted(os.sched_getaffinity(0))[1:]
        if not cores:
            raise Skipped("one core: generator and service share it")
        code = "import os, sys\nos.sched_setaffinity(0, {int(sys.argv[1])})\nwhile True: pass"
        self.programs = [subprocess.Popen([sys.executable, "-c", code, str(core)]) for core in cores]

    def __exit__(self, *_):
        for program in self.programs:
            program.kill()
            program.wait()


def work_of_others_beside_a_service_that_holds_is_said():
    double = {"what": "rate", "from": 1000, "steps": 2}
    limits = {"p99": "500ms", "errors": "50%"}
    with Tree({**SCENARIO, "double": double, "limits": limits}) as tree:
        tree.add("beside", ["./server"])
        with Working():
            _, out, err = tree.run("bench", "tiny")
        report = json.loads(tree.run("report", "--format", "json")[1])
        (backend,) = report["backends"]
        ladder = [step for step in backend["steps"] if step["phase"] == "ladder"]
        expect(ladder and all("foreign" in step["disturbed"] for step in ladder), backend["steps"])
        said = [warning["text"] for warning in report["warnings"]]
        held = any(step["verdict"] == "pass" for step in ladder)
        expect(not held or any("while beside held" in text for text in said), said, out, err)


run_tests(
    [
        a_service_that_answers_404_to_everything_holds_nothing,
        it_does_not_hold_either_where_everything_may_fail,
        a_right_service_has_no_wrong_response,
        a_bench_without_file_descriptors_has_no_result_and_is_not_valid,
        the_plan_of_a_request_that_nobody_serves_has_a_hint,
        a_load_of_wrong_responses_only_is_not_valid,
        a_load_against_a_closed_port_fails,
        work_of_others_beside_a_service_that_holds_is_said,
    ]
)
