#!/usr/bin/env python3
"""A run of several generators, for real: three hosts on this machine (namespaces.py), started by MPI's own launcher.

    end_to_end_fleet.py TWOFOLD REFERENCE_SERVER [--long]
"""

import json
import subprocess
import time
from pathlib import Path

import fleet_faults
from fleet import CATALOG, HERE, LONG, SCENARIO, Fleet, run_files, steps_of
from tree import TWOFOLD, Skipped, expect, run_tests


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


def another_version_on_a_rank_is_refused_with_both():
    with Fleet() as fleet:
        own = subprocess.run([TWOFOLD, "version"], capture_output=True, text=True, check=True).stdout.split()[1]
        other = "9" + own[1:]
        program = fleet.tree.path / "twofold"
        program.write_bytes(Path(TWOFOLD).read_bytes().replace(own.encode() + b"\0", other.encode() + b"\0"))
        program.chmod(0o755)
        url = fleet.serve("refused.txt")
        words = f"bench tiny --target {url} --allow-remote --watch none --quick"
        which = f"case $(hostname) in gen2) exec {program} {words};; *) exec {TWOFOLD} {words};; esac"
        process = fleet.hosts.fleet(fleet.kind, fleet.path, ["gen1", "gen2"], ["sh", "-c", which], fleet.tree.path)
        _, err = process.communicate(timeout=60)
        expect(process.returncode == 2, process.returncode, err)
        expect(f"rank 1 on gen2 is twofold {other}" in err and f"rank 0 on gen1 is twofold {own}" in err, err)


def a_backend_that_is_not_built_on_the_service_s_host_is_left_out_with_the_host_s_name():
    with Fleet(CATALOG) as fleet:
        fleet.tree.add("own", ["./server"])
        fleet.tree.add("broken", ["./server"], build=[["sh", "-c", "echo no compiler here; exit 7"]])
        status, out, err = fleet.run(["gen1", "svc"], "bench", "tiny", "--backends", "own,broken", "--quick",
                                     "--service-on", "svc", "--out", "on.jsonl")
        expect(status == 3, status, out, err)
        (record,) = [r for r in run_files.records_of(fleet.tree.path / "on.jsonl")
                     if r["record"] == "backend" and r["name"] == "broken"]
        expect(record["skipped"].startswith("on svc: its build failed") and "no compiler here" in record["skipped"],
               record)
        expect("on svc: its build failed" in out, out)
        expect("\x1b[" not in out, "mpirun's terminal is none of the reader's", out)


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
        for name in ("gen1", "gen2"):
            fleet.hosts.limit(name, "10mbit")
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
        first = backend["breaks"][0]
        if first["cause"] == "foreign-work":
            raise Skipped("others worked on the service's cores")
        expect(first["cause"] == "network", backend["breaks"], resent)
        # What the host sent is counted before it is lost: more than the two links of 10 Mbit carry.
        carried = [step["samples"]["link_sent_bytes"][-1] - step["samples"]["link_sent_bytes"][0]
                   for step in steps_of(log)]
        expect(all(carried), "the bytes of the link are in the run log", carried)
        evidence = first["evidence"]
        expect(evidence["link_bytes_per_s"] > 1.5e6 and evidence["tcp_retransmits"] > 50, evidence)
        words = fleet.tree.details("link.jsonl")
        expect("the network lost what it sent" in words and "its link carried" in words, words)


# The others take some minutes: `make fleet` runs them as well.
tests = [the_service_gets_the_same_requests_from_one_two_and_three_processes, what_cannot_be_one_run_is_refused,
         another_version_on_a_rank_is_refused_with_both, a_service_is_started_on_its_host_and_sampled_there,
         fleet_faults.a_killed_service_rank_takes_its_service_along]
if LONG:
    tests += [a_backend_that_is_not_built_on_the_service_s_host_is_left_out_with_the_host_s_name,
              fleet_faults.a_generator_that_stands_still_makes_its_step_invalid_and_is_named,
              fleet_faults.a_killed_generator_ends_the_run_which_can_be_resumed,
              fleet_faults.a_killed_rank_0_ends_the_run_which_can_be_resumed,
              fleet_faults.a_service_rank_that_loses_rank_0_stops_its_service,
              fleet_faults.a_generator_that_stands_for_good_ends_the_run,
              fleet_faults.a_host_that_is_gone_ends_the_run, a_link_that_is_full_is_named]
run_tests(tests)
