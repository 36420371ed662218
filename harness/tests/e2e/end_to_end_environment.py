#!/usr/bin/env python3
"""What surrounds a service: what it is given of the shell's environment, what is quoted of its words, what it leaves
behind, where it listens, and how its end is told.

    end_to_end_environment.py TWOFOLD REFERENCE_SERVER
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

from tree import ONE_STEP, TWOFOLD, Skipped, Tree, expect, run_tests

SHELL = {
    **os.environ,
    "GOGC": "12345",
    "NODE_OPTIONS": "--max-old-space-size=16",
    "SHOP_TOKEN": "token-of-the-shell",
    "AWS_SECRET_ACCESS_KEY": "key-of-the-shell",
}

# A service whose first process is this script: it listens on all addresses, whatever HOST says.
EVERYWHERE = """
import http.server, os
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *_):
        pass
http.server.ThreadingHTTPServer(("", int(os.environ["PORT"])), Handler).serve_forever()
"""


# A service that says with what it was started, and does not start with 8.
TELLING = """
import http.server, json, os, time
SIZE = int(os.environ["SIZE"])
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        body = json.dumps({"size": SIZE, "asked": int(self.path[1:])}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass
class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 100
if SIZE == 8:
    raise SystemExit("too large for me")
Server((os.environ["HOST"], int(os.environ["PORT"])), Handler).serve_forever()
"""


# One that ends with each POST.
ENDING = """
import http.server, os
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def do_POST(self):
        assert os.environ["FAULTS"] == "1"
        os._exit(3)
    def log_message(self, *_):
        pass
class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 100
Server((os.environ["HOST"], int(os.environ["PORT"])), Handler).serve_forever()
"""


def processes_in(folder):
    """Processes that work below the folder."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.readlink(f"/proc/{pid}/cwd").startswith(str(folder.resolve())):
                found.append(int(pid))
        except OSError:
            pass
    return found


def nobody_is_left_in(folder):
    for _ in range(200):
        left = processes_in(folder)
        if not left:
            return True
        time.sleep(0.05)
    return False


def a_service_gets_of_the_shell_only_what_its_manifest_names():
    run = ["sh", "-c", "env > given; exec ./server"]
    build = [["sh", "-c", "env > given-to-the-build"]]
    with Tree(ONE_STEP) as tree:
        folder = tree.add("told", run, build=build, environment=["GOGC", "SHOP_TOKEN", "COLOUR=blue"])
        status, out, err = tree.run("bench", "tiny", "--quick", env=SHELL)
        given = (folder / "given").read_text().splitlines()
        built = (folder / "given-to-the-build").read_text().splitlines()
        for names in (given, built):
            expect("GOGC=12345" in names and "COLOUR=blue" in names, status, out, err, names)
            expect(not any(name.startswith(("NODE_OPTIONS=", "AWS_")) for name in names), names)
        expect(any(name.startswith("PORT=") for name in given), given)
        (backend,) = [record for record in tree.log() if record["record"] == "backend"]
        expect(backend["environment"] == "GOGC=12345; SHOP_TOKEN=(cut); COLOUR=blue", backend)
        report = json.loads(tree.run("report", "--format", "json")[1])
        expect(report["backends"][0]["environment"] == backend["environment"], report["backends"][0])


def the_last_words_of_a_service_hold_no_secret():
    said = "echo at postgresql://shop:hunter2secret@db/shop with $SHOP_TOKEN and SMTP_PASSWORD=verysecret >&2; exit 3"
    with Tree(ONE_STEP) as tree:
        tree.add("leak", ["sh", "-c", said], environment=["SHOP_TOKEN"])
        tree.add("build", ["./server"], build=[["sh", "-c", said.replace("exit 3", "exit 4")]])
        tree.add("fine", ["./server"])
        _, out, err = tree.run("bench", "tiny", "--quick", env=SHELL)
        text = out + err + json.dumps([record for record in tree.log() if record["record"] != "step"])
        for secret in ("hunter2secret", "token-of-the-shell", "verysecret"):
            expect(secret not in text, secret, text)
        expect("postgresql://shop:(cut)@db/shop with" in text and "exited with status 3" in text, text)


def each_level_has_a_process_of_its_own_that_was_started_with_it():
    scenario = {
        **ONE_STEP,
        "requests": [{"name": "ask", "path": "/{size}", "expect": {"status": 200, "json": {"size": "{size}"}}}],
        "values": {"size": {"level": True}},
        "double": {"what": "size", "from": 2, "steps": 3, "rate": 50, "variable": "SIZE"},
    }
    with Tree(scenario) as tree:
        folder = tree.add("telling", ["python3", "telling.py"], files={"telling.py": TELLING})
        manifest = json.loads((folder / "backend.json").read_text())
        del manifest["contract"]
        (folder / "backend.json").write_text(json.dumps({**manifest, "ready": "/1"}))
        status, out, err = tree.run("bench", "tiny", "--quick")
        steps = [record for record in tree.log() if record["record"] == "step"]
        levels = {step["level"]: step["load"]["tally"]["good"] for step in steps}
        expect(set(levels) == {2, 4} and all(levels.values()), status, out, err, levels)
        expect("a fresh process with SIZE=4" in err and "a fresh process with SIZE=8" in err, err)
        (trial,) = [record for record in tree.log() if record["record"] == "trial"]
        expect("too large for me" in trial["ended_early"], trial)
        expect(not [record for record in tree.log() if record["record"] == "recovery"], tree.log())
        status, out, err = tree.run("bench", "tiny", "--target", "http://127.0.0.1:9")
        expect(status == 2 and "starts each service anew with SIZE" in err, status, out, err)


def a_service_that_a_request_ends_is_started_again_and_what_the_others_lost_is_told():
    scenario = {
        **ONE_STEP,
        "requests": [
            {"name": "read", "weight": 199, "path": "/"},
            {"name": "end", "weight": 1, "method": "POST", "path": "/", "fault": True},
        ],
        "values": {},
        "restart": True,
        "double": {"what": "rate", "from": 400, "steps": 1},
        "limits": {"errors": "90%"},
    }
    with Tree(scenario) as tree:
        folder = tree.add("ending", ["python3", "ending.py"], files={"ending.py": ENDING})
        manifest = json.loads((folder / "backend.json").read_text())
        del manifest["contract"]
        (folder / "backend.json").write_text(json.dumps({**manifest, "ready": "/"}))
        status, out, err = tree.run("bench", "tiny", "--quick")
        steps = [record for record in tree.log() if record["record"] == "step"]
        expect(steps and not any(step["death"]["died"] for step in steps), status, out, err)
        faults = sum(step["load"]["requests"][1]["tally"]["sent"] for step in steps)
        lost = sum(sum(step["load"]["tally"]["failures"].values()) for step in steps)
        expect(faults > 0 and lost > faults, faults, lost, out, err)
        figures = json.loads(tree.run("report", "--format", "json")[1])["backends"][0]
        told = sum(level["faults"] for level in figures["faults"])
        expect(0 < told <= faults or figures["all_invalid"], figures["faults"], out)
        expect("What faults cost the others" in tree.details(), out)
        expect(nobody_is_left_in(tree.path), processes_in(tree.path))
        without = json.loads((tree.path / "scenarios/tiny.json").read_text())
        del without["restart"]
        (tree.path / "scenarios/tiny.json").write_text(json.dumps(without))
        tree.run("bench", "tiny", "--quick", "--out", "results/without.jsonl")
        log = [json.loads(line) for line in (tree.path / "results/without.jsonl").read_text().splitlines()]
        expect(any(r["record"] == "step" and r["death"]["died"] for r in log), log)


def a_service_that_goes_into_the_background_leaves_nothing_behind():
    run = ["sh", "-c", "setsid ./server </dev/null >/dev/null 2>&1 & exit 0"]
    server = "env -i HOST=$HOST PORT=$PORT CORES=1 ./server"
    clean = ["sh", "-c", f"setsid {server} </dev/null >/dev/null 2>&1 & exec sleep 60"]
    with Tree(ONE_STEP) as tree:
        tree.add("daemon", run)
        tree.add("stray", clean)
        tree.run("bench", "tiny", "--quick")
        expect(nobody_is_left_in(tree.path), processes_in(tree.path))


def a_harness_that_is_killed_leaves_nothing_behind():
    run = ["sh", "-c", "setsid sleep 300 & exec ./server"]
    for way in (signal.SIGKILL, signal.SIGHUP):
        with Tree({**ONE_STEP, "step": {"warmup": "200ms", "measure": "20s"}}) as tree:
            tree.add("daemon", run)
            program = tree.start("bench", "tiny")
            for _ in range(1200):
                if len(processes_in(tree.path / "backends")) >= 2 or program.poll() is not None:
                    break
                time.sleep(0.05)
            there = processes_in(tree.path / "backends")
            expect(len(there) >= 2, way, there, program.poll() is not None and program.communicate())
            program.send_signal(way)
            program.communicate(timeout=30)
            expect(nobody_is_left_in(tree.path), way, processes_in(tree.path))


def a_service_that_dies_while_it_is_verified_is_told_with_its_last_words():
    run = ["sh", "-c", "./server & p=$!; sleep 0.4; kill -9 $p; echo 'KeyError: stock' >&2; exit 3"]
    with Tree(ONE_STEP) as tree:
        tree.add("crash", run)
        _, out, err = tree.run("bench", "tiny", "--quick")
        expect("KeyError: stock" in out + err and "exited with status 3" in out + err, out, err)
        status, out, err = tree.run("verify", "crash")
        expect(status == 1 and "KeyError: stock" in out and "exited with status 3" in out, status, out, err)


def a_service_that_listens_on_all_addresses_is_not_verified():
    with Tree(ONE_STEP) as tree:
        tree.add("open", ["python3", "open.py"], files={"open.py": EVERYWHERE})
        status, out, err = tree.run("verify", "open")
        expect(status == 1 and "of all addresses of this machine" in out and "HOST only" in out, status, out, err)


def localhost_is_tried_at_all_its_addresses():
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        raise Skipped("needs root and unshare")
    listener = socket.create_server(("127.0.0.1", 0))
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    def serve(connection):
        while connection.recv(65536):
            connection.sendall(answer)

    def accept():
        while True:
            threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    with tempfile.NamedTemporaryFile("w") as hosts:
        hosts.write("::1 localhost\n127.0.0.1 localhost\n")
        hosts.flush()
        command = ["unshare", "-m", "sh", "-c", f'mount --bind {hosts.name} /etc/hosts && exec "$@"', "sh", TWOFOLD]
        url = f"http://localhost:{listener.getsockname()[1]}/"
        command += ["load", url, "--rate", "50", "--duration", "400ms", "--warmup", "50ms", "--json"]
        made = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if "mount" in made.stderr:
        raise Skipped(made.stderr)
    figures = json.loads(made.stdout)
    expect(figures["good"] == figures["offered"] > 0, made.stdout, made.stderr)


def the_upstream_is_called_by_its_name():
    """As a run starts it: by a path that says nothing."""
    with Tree() as tree:
        program = tree.path / "exe"
        program.symlink_to(TWOFOLD)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        upstream = subprocess.Popen([program, "upstream", "--port", str(port)])
        try:
            for _ in range(200):
                name = open(f"/proc/{upstream.pid}/comm", encoding="utf-8").read().strip()
                if name == "upstream":
                    return
                time.sleep(0.05)
            expect(False, name)
        finally:
            upstream.kill()
            upstream.wait()


run_tests(
    [
        the_upstream_is_called_by_its_name,
        a_service_gets_of_the_shell_only_what_its_manifest_names,
        the_last_words_of_a_service_hold_no_secret,
        each_level_has_a_process_of_its_own_that_was_started_with_it,
        a_service_that_a_request_ends_is_started_again_and_what_the_others_lost_is_told,
        a_service_that_goes_into_the_background_leaves_nothing_behind,
        a_harness_that_is_killed_leaves_nothing_behind,
        a_service_that_dies_while_it_is_verified_is_told_with_its_last_words,
        a_service_that_listens_on_all_addresses_is_not_verified,
        localhost_is_tried_at_all_its_addresses,
    ]
)
