#!/usr/bin/env python3
"""Services in folders of their own, wherever they lie: how they are named, made ready, verified, measured, resumed and
compared; what is said of one that is wrong; and the skeleton that one begins with.

    own_services.py TWOFOLD REFERENCE_SERVER [measured | others]
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from tree import SERVER, Skipped, Tree, expect, is_fine, run_tests

SCENARIO = {
    "schema": 1,
    "name": "hello",
    "why": "a short climb for tests",
    "requests": [{"name": "hello", "path": "/hello/{id}", "expect": {"status": 200, "json": {"hello": "{id}"}}}],
    "values": {"id": {"uniform": [1, 1000000]}},
    "double": {"what": "rate", "from": 1000, "steps": 1},
    "step": {"warmup": "100ms", "measure": "1s"},
    "deadline": "500ms",
    "limits": {"p90": "400ms", "errors": "5%"},
}

# One process and one thread, on which each request takes so long.
SERVICE = """
import asyncio, os, signal, sys, time

WORK_S = {work}

def respond(path):
    end = time.process_time() + WORK_S
    while time.process_time() < end:
        pass
    return (200, b"up") if path == "/up" else {respond}

class Connection(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.got = transport, b""

    def data_received(self, data):
        self.got += data
        while b"\\r\\n\\r\\n" in self.got:
            head, self.got = self.got.split(b"\\r\\n\\r\\n", 1)
            status, body = respond(head.split(b" ", 2)[1].decode())
            self.transport.write(b"HTTP/1.1 %d X\\r\\nContent-Length: %d\\r\\n\\r\\n%s" % (status, len(body), body))

print("words of", sys.argv[0], flush=True)
loop = asyncio.new_event_loop()
loop.add_signal_handler(signal.SIGTERM, loop.stop)
loop.run_until_complete(loop.create_server(Connection, os.environ["HOST"], int(os.environ["PORT"])))
loop.run_forever()
"""
RIGHT = '(200, b\'{"hello": %s}\' % path[7:].encode())'
WRONG = '(404, b"who?")'


def write(folder, respond=RIGHT, work=0, **manifest):
    folder.mkdir(parents=True)
    (folder / "server.py").write_text(SERVICE.replace("{work}", str(work)).replace("{respond}", respond))
    told = {"schema": 1, "run": ["python3", "server.py"], "ready": "/up", **manifest}
    (folder / "backend.json").write_text(json.dumps(told))
    return folder


@contextlib.contextmanager
def place():
    """A tree with the scenario, and a folder that lies elsewhere."""
    elsewhere = Path(tempfile.mkdtemp(prefix="twofold-own "))
    try:
        with Tree() as tree:
            (tree.path / "scenarios/hello.json").write_text(json.dumps(SCENARIO))
            yield tree, elsewhere
    finally:
        shutil.rmtree(elsewhere)


def bench(tree, backends, *more):
    return tree.run("bench", "hello", "--backends", backends, "--quick", *more)


def records(tree, kind):
    return [record for record in tree.log() if record["record"] == kind]


def folders_anywhere_are_measured_beside_backends():
    with place() as (tree, elsewhere):
        write(elsewhere / "my service", verify=["sh", "-c", 'test "$HOST" = 127.0.0.1 && test "$PORT$CORES" -gt 0'])
        write(tree.path / "backends/named", name="named")
        write(elsewhere / "deep/shop")
        (elsewhere / "linked").symlink_to(elsewhere / "deep/shop")
        status, out, err = bench(tree, f"named, {elsewhere}/my service,{elsewhere}/linked/")
        expect(is_fine(tree, status), status, err)
        (run,) = records(tree, "run")
        expect(run["backends"] == "linked,my-service,named", run["backends"])
        expect(run["folders"] == [f"linked={elsewhere}/linked", f"my-service={elsewhere}/my service"], run["folders"])
        verified = {backend["name"]: backend["verified"] for backend in records(tree, "backend")}
        by_first = "first responses"
        expect(verified == {"linked": by_first, "my-service": "verifier", "named": by_first}, verified)
        expect("my-service" in out and "linked" in out, out)


def folders_of_one_name_are_told_apart():
    with place() as (tree, elsewhere):
        for parent in ("main", "next"):
            write(elsewhere / parent / "shop", name="shop")
        status, _, err = bench(tree, f"{elsewhere}/main/shop,{elsewhere}/next/shop")
        expect(is_fine(tree, status), status, err)
        (run,) = records(tree, "run")
        expect(run["backends"] == "main-shop,next-shop", run["backends"])


def what_is_wrong_with_one_folder_stops_no_other():
    with place() as (tree, elsewhere):
        write(elsewhere / "good")
        write(elsewhere / "typo", runs=["x"])
        write(elsewhere / "lost", respond=WRONG)
        write(elsewhere / "unproven", verify=["sh", "-c", "echo seven is not eight; exit 3"])
        write(elsewhere / "unready", ready="/never", run=["sh", "-c", "echo no port; exit 4"])
        names = ",".join(f"{elsewhere}/{name}" for name in ("good", "typo", "lost", "unproven", "unready"))
        status, out, err = bench(tree, names)
        expect(status == 3, "asked for, and left out", status, err)
        skipped = {backend["name"]: backend["skipped"] for backend in records(tree, "backend")}
        expect(skipped.pop("good") is None, skipped)
        expect('typo/backend.json:1: runs: unknown key; the nearest known key is "run"' in skipped["typo"], skipped)
        expect("GET /hello/" in skipped["lost"] and "404" in skipped["lost"], skipped["lost"])
        expect("exited with status 3" in skipped["unproven"] and "seven is not eight" in skipped["unproven"], skipped)
        expect("exited with status 4" in skipped["unready"] and "no port" in skipped["unready"], skipped)
        expect("seven is not eight" in out, "the report says why", out)
        (run,) = records(tree, "run")
        status, _, err = bench(tree, f"{elsewhere}/typo")
        expect(status == 2 and "typo/backend.json:1: runs: unknown key" in err, status, err)


def paths_that_lead_nowhere_are_refused_before_anything_runs():
    with place() as (tree, elsewhere):
        (elsewhere / "empty").mkdir()
        write(tree.path / "here")
        for words, said in (
            (f"{elsewhere}/nowhere", "no folder of a service: No such file or directory"),
            (f"{elsewhere}/empty", "there is no backend.json in it"),
            ("./here,./here/", "is it given twice?"),
            ("here", "a folder is named by its path: ./here"),
            ("nobody", 'no backend is called "nobody"'),
            (",", "a comma without a name before it"),
            (" ", "expected the name of a backend, or the path of a folder"),
        ):
            status, _, err = bench(tree, words)
            expect(status == 2 and said in err and "Traceback" not in err, words, status, err)
        expect(not list((tree.path / "results").glob("*")) if (tree.path / "results").exists() else True)


def verify_says_what_is_fine_and_shows_the_last_words():
    with place() as (tree, elsewhere):
        write(elsewhere / "good")
        write(elsewhere / "lost", respond=WRONG)
        write(elsewhere / "dies", respond="os._exit(5)")
        write(elsewhere / "silent", run=["sh", "-c", "exec sleep 0.1"])
        tree.add("reference", ["./server"])
        shutil.copy(SERVER, elsewhere / "good/server")
        write(elsewhere / "health", run=["../good/server"])
        status, out, err = tree.run("verify", f"{elsewhere}/good", "--scenario", "hello")
        expect(status == 0 and "good: no difference (first responses)" in out and "words of server.py" in out, out, err)
        status, out, err = tree.run("verify", f"{elsewhere}/good")
        expect(status == 0 and "good: it starts and is ready" in out and "--scenario" in out, out, err)
        status, out, err = tree.run("verify", f"{elsewhere}/lost", f"{elsewhere}/dies", "--scenario", "hello")
        expect(status == 1 and "not fine" in out and "404" in out, out, err)
        expect("The service exited with status 5 while it was verified." in out, out)
        expect(out.count("   output    words of server.py") == 2, out)
        status, out, err = tree.run("verify", f"{elsewhere}/silent")
        expect(status == 1 and "its last output: (none)" in out, out, err)
        status, out, err = tree.run("verify", "reference")
        expect(status == 0 and "   fine      health (" in out and "getItem (" in out, out, err)


def a_run_with_own_folders_is_resumed():
    with place() as (tree, elsewhere):
        write(elsewhere / "one, or two")
        process = tree.start("bench", "hello", "--backends", f"{elsewhere}/one, or two", "--quick", "--trials", "2")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not tree.files() or not records(
            tree, "step"
        ):
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        (log,) = tree.files()
        status, out, err = tree.run("bench", "--resume", str(log))
        expect(is_fine(tree, status), status, err)
        trials = [record["trial"] for record in records(tree, "trial")]
        expect(sorted(trials) == [0, 1], trials)
        shutil.rmtree(elsewhere / "one, or two")
        expect("one-or-two" in tree.run("report", str(log))[1], "the report needs the folder no more")


def the_skeleton_runs_at_once_and_overwrites_nothing():
    with place() as (tree, elsewhere):
        status, out, err = tree.run("new", "backend", "shop", "--in", str(elsewhere))
        expect(status == 0 and f"{elsewhere}/shop:" in out, out, err)
        (elsewhere / "shop/server.py").open("a").write("# mine\n")
        status, _, err = tree.run("new", "backend", "shop", "--in", str(elsewhere))
        expect(status == 2 and "is there already" in err, status, err)
        expect((elsewhere / "shop/server.py").read_text().endswith("# mine\n"))
        scenario = json.loads((elsewhere / "shop/hello.json").read_text())
        (elsewhere / "shop/hello.json").write_text(json.dumps({**scenario, "double": SCENARIO["double"]}))
        arguments = (f"{elsewhere}/shop/hello.json", "--backends", f"{elsewhere}/shop", "--quick")
        status, out, err = tree.run("bench", *arguments)
        expect(is_fine(tree, status) and "shop" in out, status, err)
        status, out, err = tree.run("new", "backend", "shop")
        expect(status == 0 and (tree.path / "backends/shop/backend.json").exists(), out, err)
        status, out, err = tree.run("verify", "shop", "--scenario", "backends/shop/hello.json")
        expect(status == 0 and "no difference (first responses)" in out, out, err)
        for wrong in (("backend",), ("service", "x"), ("backend", "A b"), ("backend", "x", "--in", "/nowhere/y")):
            status, _, err = tree.run("new", *wrong)
            expect(status == 2, wrong, status, err)


def two_services_of_a_run_of_six_trials_are_gated_by_its_own_pairs():
    log = Path(__file__).resolve().parents[3] / "harness/tests/runs/catalog-epyc-2cores.jsonl.gz"
    sides = (f"{log}:go", f"{log}:python")
    with Tree() as tree:
        status, out, err = tree.run("compare", *sides, "--fail-if", "cpu>+50%", "--fail-if", "p99<-10%")
        expect(status == 4 and "python against go: cpu" in err, status, err)
        expect("without any change" not in err and "p99<-10% does not hold" in err, err)
        plain = " ".join(out.split())
        for said in ("2 services compared", "compared block by block", "python against go"):
            expect(said in plain, said, out)
        status, _, err = tree.run("compare", *reversed(sides), "--fail-if", "cpu>+50%")
        expect(status == 0, "the other way round it is cheaper", status, err)
        compared = json.loads(tree.run("compare", *sides, "--format", "json")[1])
        services = [run["service"] for run in compared["runs"]]
        expect(compared["paired"] and services == ["go", "python"], services)
        figures = compared["backends"][0]["runs"][1]["figures"]
        pairs = json.loads(tree.run("report", str(log), "--format", "json")[1])["comparisons"]
        found = [pair for pair in pairs if {pair["first"], pair["second"]} == {"go", "python"}]
        expect(len(found) == 3, found)
        for pair in found:
            key = {"capacity": "capacity", "cpu": "cpu_ns_per_request", "p99": "p99_ns"}[pair["figure"]]
            change = figures[key]["change"]
            expect((change["difference"] == "seen") == (pair["difference"] == "seen"), change, pair)
            ratio = change["ratio"] if pair["first"] == "python" else 1 / change["ratio"]
            expect(abs(ratio / pair["ratio"] - 1) < 1e-6, change, pair)


def git(folder, *words):
    if shutil.which("git") is None:
        raise Skipped("git is not installed")
    plain = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    author = ("-c", "user.name=a", "-c", "user.email=a@b")
    subprocess.run(["git", *author, *words], cwd=folder, env=plain, check=True, capture_output=True)


def two_worktrees_of_one_service_are_compared_and_gated():
    """The worked example of backends/README.md: the change makes a request cost 0.2 ms more."""
    with place() as (tree, elsewhere):
        shop = write(elsewhere / "shop", name="shop", work=0)
        git(shop, "init", "-q", "-b", "main")
        git(shop, "add", ".")
        git(shop, "commit", "-q", "-m", "as it is")
        git(shop, "worktree", "add", "-q", "-b", "next", "../shop-next")
        changed = (elsewhere / "shop-next/server.py").read_text().replace("WORK_S = 0", "WORK_S = 0.0002")
        (elsewhere / "shop-next/server.py").write_text(changed)
        process = tree.start("bench", "hello", "--backends", f"{elsewhere}/shop,{elsewhere}/shop-next", "--quick",
                             "--trials", "6")
        _, err = process.communicate(timeout=400)
        expect(is_fine(tree, process.returncode), process.returncode, err)
        (log,) = tree.files()
        sides = (f"{log}:shop", f"{log}:shop-next")
        whole = [step for step in records(tree, "step") if step["backend"] == "shop-next"]
        expect(len({step["trial"] for step in whole}) >= 6, "six trials", whole)
        figures = json.loads(tree.run("compare", *sides, "--format", "json")[1])
        change = figures["backends"][0]["runs"][1]["figures"]["cpu_ns_per_request"]["change"]
        judged = json.loads(tree.run("report", "--format", "json")[1])["backends"]
        invalid = any(step["verdict"] == "invalid" for backend in judged for step in backend["steps"])
        if invalid and change["difference"] in ("not_known", "unproven"):
            raise Skipped("the machine was too busy for six blocks of valid steps")
        status, out, err = tree.run("compare", *sides, "--fail-if", "cpu>+20%")
        expect(status == 4, "a request costs much more CPU", status, out, err)
        expect("shop-next against shop: cpu" in err and "chance" not in err, err)
        expect("compared block by block" in " ".join(out.split()) and "without any change" not in err, out, err)
        status, _, err = tree.run("compare", *reversed(sides), "--fail-if", "cpu>+20%")
        expect(status == 0, "the other way round it is cheaper", status, err)
        expect(figures["paired"] and change["difference"] == "seen" and change["ratio"] > 1.2, change)
        for wrong, said in (((sides[0], str(log)), "A names a service and B does not"),
                            ((sides[0], f"{log}:cart"), 'has no service "cart"; it has: shop')):
            status, _, err = tree.run("compare", *wrong)
            expect(status == 2 and said in err, status, err)


run_tests(
    [
        folders_anywhere_are_measured_beside_backends,
        folders_of_one_name_are_told_apart,
        what_is_wrong_with_one_folder_stops_no_other,
        paths_that_lead_nowhere_are_refused_before_anything_runs,
        verify_says_what_is_fine_and_shows_the_last_words,
        a_run_with_own_folders_is_resumed,
        the_skeleton_runs_at_once_and_overwrites_nothing,
        two_services_of_a_run_of_six_trials_are_gated_by_its_own_pairs,
    ],
    measured=[two_worktrees_of_one_service_are_compared_and_gated],
)
