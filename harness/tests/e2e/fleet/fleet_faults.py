"""What happens to a fleet while it measures: a rank that is killed, stands still or is cut off. The run ends within
seconds with the host's name, leaves no process, and can be resumed."""

import json
import os
import signal
import time

from fleet import CATALOG, LONG, SCENARIO, Fleet, steps_of
from tree import expect

LONGER = {**SCENARIO, "double": {"what": "rate", "from": 300, "steps": 3}, "step": {"warmup": "500ms", "measure": "8s"}}

# Long enough for a fault in its second step.
SHORTER = {**LONGER, "step": {"warmup": "500ms", "measure": "3s"}}

ENDS_WITHIN_S = 10


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


def disturbed(fleet, disturb, log="cut.jsonl"):
    """A run that is disturbed in its second step. Returns how long it went on, its status and what it said."""
    url = fleet.serve("cut.txt")
    process = fleet.start(["gen1", "gen2"], "bench", "tiny", "--target", url, "--allow-remote", "--quick", "--watch",
                          "none", "--out", log)
    wait_for(fleet.tree.path / log, "step")
    wait_for_traffic(fleet.tree.path / "cut.txt")
    return end_of(process, disturb)


def end_of(process, disturb):
    began = time.monotonic()
    disturb()
    out, err = process.communicate(timeout=60)
    return time.monotonic() - began, process.returncode, out + err


def nothing_is_left(fleet, hosts=("gen1", "gen2")):
    """No process of ours on any host, a second later."""
    time.sleep(1.5)
    left = [(name, pid) for name in hosts for word in ("twofold", "server") for pid in fleet.hosts.named(name, word)]
    expect(not left, "processes are left", left)


def ended_in_time(fleet, name, took, status, said):
    """Within ten seconds, with the host's name, the run log whole up to the last step."""
    expect(took < ENDS_WITHIN_S and status != 0, f"ended after {took:.1f} s", status, said)
    expect(name in said or fleet.hosts.address[name] in said, f"{name} is named", said)
    log = [json.loads(line) for line in (fleet.tree.path / "cut.jsonl").read_text().splitlines()]
    expect(steps_of(log), "the first step is in the run log", log[-1])


def goes_on(fleet, names, *more):
    """--resume brings the run to its end."""
    status, out, err = fleet.run(names, "bench", "--resume", "cut.jsonl", "--allow-remote", *more)
    expect(status in (0, 3), status, out, err)
    log = [json.loads(line) for line in (fleet.tree.path / "cut.jsonl").read_text().splitlines()]
    expect(any(record["record"] == "resume" for record in log), [record["record"] for record in log])
    expect(log[-1]["record"] == "end" and not log[-1]["interrupted"], log[-1])


def kill_on(fleet, name):
    for pid in fleet.hosts.named(name, "twofold"):
        os.kill(pid, signal.SIGKILL)


def a_killed_rank_ends_the_run_which_can_be_resumed(name):
    with Fleet(SHORTER) as fleet:
        took, status, said = disturbed(fleet, lambda: kill_on(fleet, name))
        ended_in_time(fleet, name, took, status, said)
        nothing_is_left(fleet)
        goes_on(fleet, ["gen1", "gen2"])


def a_killed_generator_ends_the_run_which_can_be_resumed():
    a_killed_rank_ends_the_run_which_can_be_resumed("gen2")


def a_killed_rank_0_ends_the_run_which_can_be_resumed():
    a_killed_rank_ends_the_run_which_can_be_resumed("gen1")


def a_service_ends_with_its_rank(name):
    """Of three ranks, one has the service: that one is killed, or the one that it hears of the launcher from."""
    with Fleet({**CATALOG, "double": SHORTER["double"], "step": SHORTER["step"]}) as fleet:
        fleet.tree.add("own", ["./server"])
        names, log = ["gen1", "gen2", "svc"], fleet.tree.path / "cut.jsonl"
        process = fleet.start(names, "bench", "tiny", "--backends", "own", "--quick", "--service-on", "svc", "--out",
                              "cut.jsonl")
        wait_for(log, "step")
        expect(fleet.hosts.named("svc", "server"), "the service runs on svc")
        time.sleep(1)
        took, status, said = end_of(process, lambda: kill_on(fleet, name))
        ended_in_time(fleet, name, took, status, said)
        nothing_is_left(fleet, names)
        if LONG:
            goes_on(fleet, names, "--service-on", "svc", "--backends", "own")
            nothing_is_left(fleet, names)


def a_killed_service_rank_takes_its_service_along():
    a_service_ends_with_its_rank("svc")


def a_service_rank_that_loses_rank_0_stops_its_service():
    a_service_ends_with_its_rank("gen1")


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
        _, status, said = disturbed(fleet, stop_for_a_while)
        expect(status in (0, 3), status, said)
        report = json.loads(fleet.tree.run("report", "cut.jsonl", "--format", "json")[1])
        invalid = [step for backend in report["backends"] for step in backend["steps"] if step["verdict"] == "invalid"]
        expect(any("send_lag" in step["invalid_because"] for step in invalid), said)
        expect("gen2" in fleet.tree.details("cut.jsonl"), "the host is named")


def a_generator_that_stands_for_good_ends_the_run():
    with Fleet(LONGER) as fleet:
        pids = []

        def stop_for_good():
            pids.extend(fleet.hosts.named("gen2", "twofold"))
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)

        took, status, said = disturbed(fleet, stop_for_good)
        ended_in_time(fleet, "gen2", took, status, said)
        nothing_is_left(fleet)


def wait_until_ended(fleet, names, seconds):
    until = time.monotonic() + seconds
    while any(fleet.hosts.named(name, "twofold") for name in names):
        expect(time.monotonic() < until, "processes are left", names)
        time.sleep(0.1)


def a_host_that_is_gone_ends_the_run():
    with Fleet(LONGER) as fleet:
        took, status, said = disturbed(fleet, lambda: fleet.hosts.cut("gen2"))
        ended_in_time(fleet, "gen2", took, status, said)
        wait_until_ended(fleet, ["gen1", "gen2"], 15)  # the lost host hears of nobody, and ends by itself
