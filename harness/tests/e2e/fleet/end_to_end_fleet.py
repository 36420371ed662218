#!/usr/bin/env python3
"""A run of several generators, for real: three hosts on this machine (namespaces.py), started by MPI's own launcher.

    end_to_end_fleet.py TWOFOLD REFERENCE_SERVER [--long]
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))
from runs import run_files  # noqa: E402  pylint: disable=wrong-import-position
from namespaces import Hosts, Unavailable, launcher  # noqa: E402  pylint: disable=wrong-import-position
from tree import TWOFOLD, Skipped, Tree, expect, run_tests  # noqa: E402  pylint: disable=wrong-import-position

LONG = "--long" in sys.argv

# Requests of several kinds with values of every sort, under limits that nothing on a busy machine breaks.
SCENARIO = {
    "schema": 1,
    "name": "tiny",
    "why": "a short climb for tests",
    "requests": [
        {"name": "read", "weight": 5, "path": "/items/{id}"},
        {"name": "write", "weight": 2, "method": "POST", "path": "/orders", "json": {"n": "{n}", "text": "{text}"}},
        {"name": "list", "path": "/items"},
    ],
    "values": {"id": {"zipf": [1, 10000]}, "n": {"sequence": [1, 5000]}, "text": {"words": 2}},
    "double": {"what": "rate", "from": 300, "steps": 2},
    "step": {"warmup": "200ms", "measure": "1s"},
    "deadline": "8s",
    "limits": {"p90": "8s", "errors": "50%", "throughput": "10%"},
}


def mpi():
    """The launcher for this build."""
    version = subprocess.run([TWOFOLD, "version"], capture_output=True, text=True, check=True).stdout
    for kind, path in launcher():
        if {"openmpi": "Open MPI", "mpich": "MPICH"}[kind] in version:
            return kind, path
    raise Skipped(f"no launcher for {version.splitlines()[-1]}")


class Fleet:
    """Three hosts, a service on the last, and a tree that all of them see."""

    def __init__(self, scenario=None):
        self.kind, self.path = mpi()
        self.hosts = Hosts()
        self.tree = Tree(scenario or SCENARIO)

    def __enter__(self):
        self.tree.__enter__()
        try:
            self.hosts.__enter__()
        except Unavailable as why:
            self.tree.__exit__()
            raise Skipped(str(why)) from why
        return self

    def __exit__(self, *_):
        self.hosts.__exit__()
        self.tree.__exit__()

    def serve(self, file):
        service = self.hosts.start_on("svc", [sys.executable, str(HERE / "receiving_service.py"),
                                              self.hosts.address["svc"], str(self.tree.path / file)],
                                      stdout=subprocess.PIPE, text=True)
        return f"http://{self.hosts.address['svc']}:{int(service.stdout.readline())}"

    def start(self, names, *words):
        return self.hosts.fleet(self.kind, self.path, names, [TWOFOLD, *words], self.tree.path)

    def run(self, names, *words):
        process = self.start(names, *words)
        out, err = process.communicate(timeout=90)
        return process.returncode, out, err

    def bench(self, names, url, log, *more):
        status, out, err = self.run(names, "bench", "tiny", "--target", url, "--allow-remote", "--quick", "--watch",
                                    "none", "--out", log, *more)
        expect(status in (0, 3), status, out, err)
        return run_files.records_of(self.tree.path / log)


def steps_of(log):
    return [record for record in log if record["record"] in ("step", "recovery")]


def received(path):
    """What came, without the moments, in any order."""
    return sorted(line.split(" ", 1)[1] for line in path.read_text().splitlines())


def the_service_gets_the_same_requests_from_one_two_and_three_processes():
    with Fleet() as fleet:
        seen = {}
        for names in (["gen1"], ["gen1", "gen2"], ["gen1", "gen2", "svc"]):
            url = fleet.serve(f"{len(names)}.txt")
            log = fleet.bench(names, url, f"{len(names)}.jsonl")
            time.sleep(0.5)
            steps = steps_of(log)
            order = [(step["level"], step["attempt"], step["seed"]) for step in steps]
            seen[len(names)] = order, received(fleet.tree.path / f"{len(names)}.txt")
            generators = [record for record in log if record["record"] == "generator"]
            if len(names) == 1:
                expect(not generators and "generators" not in steps[0], "one process is no fleet", generators)
                continue
            expect([g["host"] for g in generators] == names, [g["host"] for g in generators])
            check_sums(steps, names)
            words = fleet.tree.details(f"{len(names)}.jsonl")
            expect("Generators" in words and all(name in words for name in names), words)
        for count in (2, 3):
            if seen[count][0] == seen[1][0]:
                expect(seen[count][1] == seen[1][1], f"{count} processes sent other requests than one",
                       len(seen[count][1]), len(seen[1][1]))
        expect(seen[2][0] == seen[1][0] or seen[3][0] == seen[1][0], "the runs took other steps", seen)


def check_sums(steps, names):
    """What each did adds up to the whole, on one clock."""
    for step in steps:
        each = step["generators"]
        expect([g["host"] for g in each] == names, each)
        for key in ("offered", "sent", "completed"):
            expect(sum(g[key] for g in each) == step["load"]["tally"][key], key, step["load"]["tally"], each)
        expect(sum(g["connections"] for g in each) == step["load"]["connections"], each)
        expect(step["load"]["response"]["total"] == sum(g["p99_samples"] for g in each), each)
        expect(step["load"]["threads"] == len(names), step["load"]["threads"])
        expect(each[0]["clock_error_ns"] == 0 and all(0 < g["clock_error_ns"] < 50e6 for g in each[1:]), each)
        shares = [g["offered"] for g in each]
        expect(max(shares) - min(shares) <= 0.1 * sum(shares) + 10, "dealt out in turn", shares)


def wait_for(log, kinds, seconds=30):
    """Until the run log has so many records of a kind."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        lines = log.read_text().splitlines() if log.exists() else []
        if sum(json.loads(line)["record"] == kinds for line in lines) > 0:
            return
        time.sleep(0.05)
    raise AssertionError(f"no {kinds} in {log} after {seconds} s")


def wait_for_traffic(file, requests=200, seconds=30):
    """Until the service has received so many requests more: a step is under way."""
    until, before = time.monotonic() + seconds, file.read_text().count("\n")
    while file.read_text().count("\n") < before + requests:
        expect(time.monotonic() < until, "no traffic")
        time.sleep(0.05)


LONGER = {**SCENARIO, "double": {"what": "rate", "from": 300, "steps": 3}, "step": {"warmup": "500ms", "measure": "8s"}}


def disturbed(fleet, disturb, log="cut.jsonl"):
    """A run that is disturbed in its second step. Returns how long it went on, its status and what it said."""
    url = fleet.serve("cut.txt")
    process = fleet.start(["gen1", "gen2"], "bench", "tiny", "--target", url, "--allow-remote", "--quick", "--watch",
                          "none", "--out", log)
    wait_for(fleet.tree.path / log, "step")
    wait_for_traffic(fleet.tree.path / "cut.txt")
    began = time.monotonic()
    disturb()
    out, err = process.communicate(timeout=60)
    return time.monotonic() - began, process.returncode, out + err, url


def nothing_is_left(fleet):
    """No process of ours on any host, a second later."""
    time.sleep(1.5)
    left = [(name, pid) for name in ("gen1", "gen2") for pid in fleet.hosts.named(name, "twofold")]
    expect(not left, "processes are left", left)


def a_killed_generator_ends_the_run_which_can_be_resumed():
    with Fleet(LONGER) as fleet:
        hosts = fleet.hosts
        took, status, said, url = disturbed(fleet, lambda: [os.kill(pid, signal.SIGKILL)
                                                           for pid in hosts.named("gen2", "twofold")])
        expect(took < 10 and status != 0, took, status, said)
        expect("gen2" in said or hosts.address["gen2"] in said, "the host is named", said)
        nothing_is_left(fleet)
        log = [json.loads(line) for line in (fleet.tree.path / "cut.jsonl").read_text().splitlines()]
        before = len(steps_of(log))
        expect(before >= 1, log[-1])
        status, out, err = fleet.run(["gen1", "gen2"], "bench", "--resume", "cut.jsonl", "--allow-remote")
        expect(status in (0, 3), status, out, err)
        log = [json.loads(line) for line in (fleet.tree.path / "cut.jsonl").read_text().splitlines()]
        expect(any(record["record"] == "resume" for record in log), [record["record"] for record in log])
        expect(log[-1]["record"] == "end" and not log[-1]["interrupted"], log[-1])


def a_generator_that_stands_still_makes_its_step_invalid_and_is_named():
    with Fleet(LONGER) as fleet:
        hosts = fleet.hosts

        def stop_for_a_while():
            pids = hosts.named("gen2", "twofold")
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            time.sleep(1.5)
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

        # 8 s are allowed, so that a tenth of it is less than the time for which it stands.
        _, status, said, _ = disturbed(fleet, stop_for_a_while)
        expect(status in (0, 3), status, said)
        report = json.loads(fleet.tree.run("report", "cut.jsonl", "--format", "json")[1])
        invalid = [step for backend in report["backends"] for step in backend["steps"] if step["verdict"] == "invalid"]
        expect(any("send_lag" in step["invalid_because"] for step in invalid), said)
        expect("gen2" in fleet.tree.details("cut.jsonl"), "the host is named")


def a_host_that_is_gone_ends_the_run():
    with Fleet(LONGER) as fleet:
        took, status, said, _ = disturbed(
            fleet, lambda: subprocess.run(["ip", "-n", fleet.hosts.space("gen2"), "link", "set", "eth0", "down"],
                                          check=True))
        expect(took < 15 and status != 0, took, status, said)
        expect("gen2" in said or fleet.hosts.address["gen2"] in said, "the host is named", said)
        lines = (fleet.tree.path / "cut.jsonl").read_text().splitlines()
        expect(all(json.loads(line) for line in lines), "the run log is whole")


def what_cannot_be_one_run_is_refused():
    with Fleet() as fleet:
        url = fleet.serve("refused.txt")
        target = ("--target", url, "--allow-remote", "--watch", "none", "--quick")
        status, _, err = fleet.run(["gen1", "gen2"], "bench", "tiny", *target, "--service-on", "nowhere")
        expect(status == 2 and "no rank of the fleet is there" in err and "gen2" in err, status, err)
        status, _, err = fleet.run(["gen1", "gen1"], "bench", "tiny", *target)
        expect(status == 2 and "would both send from core" in err, status, err)
        status, out, err = fleet.run(["gen1", "gen2"], "doctor")
        expect(status == 0 and all(any(line.startswith(f"{host}: ") for line in out.splitlines())
                                   for host in ("gen1", "gen2")), status, out, err)
        status, _, err = fleet.tree.run("bench", "tiny", "--service-on", "svc", *target[:3])
        expect(status == 2 and "there is no fleet" in err, status, err)


# What the reference service serves.
CATALOG = {**SCENARIO, "requests": [{"name": "read", "path": "/items/{id}", "expect": {"json": {"id": "{id}"}}}],
           "values": {"id": {"uniform": [1, 10000]}}}


def a_service_is_started_on_its_host_and_sampled_there():
    with Fleet(CATALOG) as fleet:
        fleet.tree.add("own", ["./server"])
        status, out, err = fleet.run(["gen1", "gen2", "svc"], "bench", "tiny", "--backends", "own", "--quick",
                                     "--service-on", "svc", "--out", "on.jsonl")
        expect(status in (0, 3), status, out, err)
        log = run_files.records_of(fleet.tree.path / "on.jsonl")
        expect([g["host"] for g in log if g["record"] == "generator"] == ["gen1", "gen2"], "svc sends nothing", log[1])
        steps = steps_of(log)
        expect(len(steps) >= 3 and log[-1]["record"] == "end" and not log[-1]["interrupted"], log[-1])
        for step in steps:
            expect([g["host"] for g in step["generators"]] == ["gen1", "gen2"], step["generators"])
            cpu = step["samples"]["cpu_ns"]
            expect(cpu[-1] > cpu[0], "the service's CPU was read on its host")
            start = step["load"]["started_ns"]
            expect(step["samples"]["at_ns"][0] < start < step["samples"]["at_ns"][-1], "on one clock")
        words = fleet.tree.details("on.jsonl")
        expect("Generators" in words and "gen2" in words, words)
        time.sleep(1)
        left = [(name, word) for name in ("gen1", "gen2", "svc") for word in ("twofold", "server")
                if fleet.hosts.named(name, word)]
        expect(not left, "processes are left", left)


# Responses of some kilobytes, which fill a link of 10 Mbit from about 300 a second on.
LARGE = {**SCENARIO, "requests": [{"name": "large", "path": "/"}], "values": {},
         "double": {"what": "rate", "from": 50, "steps": 6}, "deadline": "1s",
         "limits": {"p90": "300ms", "errors": "50%"}}


def a_link_that_is_full_is_named():
    with Fleet(LARGE) as fleet:
        folder = fleet.tree.add("own", ["python3", str(HERE / "large_service.py")])
        manifest = json.loads((folder / "backend.json").read_text())
        del manifest["contract"]  # it is not one of the samples
        (folder / "backend.json").write_text(json.dumps(manifest))
        for port in (0, 1):  # of the bridge, towards gen1 and gen2: what a host drops itself, TCP does not count
            subprocess.run(["tc", "qdisc", "add", "dev", f"{fleet.hosts.mark}v{port}", "root", "tbf", "rate", "10mbit",
                            "burst", "16kb", "latency", "30ms"], check=True)
        status, out, err = fleet.run(["gen1", "gen2", "svc"], "bench", "tiny", "--backends", "own", "--service-on",
                                     "svc", "--quick", "--out", "link.jsonl")
        expect(status in (0, 3), status, out, err)
        log = run_files.records_of(fleet.tree.path / "link.jsonl")
        resent = {step["level"]: (step["samples"]["retransmits"][-1] - step["samples"]["retransmits"][0],
                                  step["load"]["tally"]["completed"]) for step in steps_of(log)}
        expect(any(again > 50 and again > 0.02 * answered for again, answered in resent.values()), resent)
        (backend,) = json.loads(fleet.tree.run("report", "link.jsonl", "--format", "json")[1])["backends"]
        if not backend["breaks"]:
            raise Skipped("others took the machine: no step that broke is valid")
        expect(backend["breaks"][0]["cause"] == "network", backend["breaks"], resent)


# The other three take half a minute: `make fleet` runs them as well.
tests = [the_service_gets_the_same_requests_from_one_two_and_three_processes, what_cannot_be_one_run_is_refused,
         a_service_is_started_on_its_host_and_sampled_there,
         a_generator_that_stands_still_makes_its_step_invalid_and_is_named]
if LONG:
    tests += [a_killed_generator_ends_the_run_which_can_be_resumed, a_host_that_is_gone_ends_the_run,
              a_link_that_is_full_is_named]
run_tests(tests)
