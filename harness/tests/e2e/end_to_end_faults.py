#!/usr/bin/env python3
"""What a service needs fails while it is prepared or measured: killed, stopped, or cut off. It is never told as the
service's doing, the step is run again, and nothing waits without an end.

    end_to_end_faults.py TWOFOLD REFERENCE_SERVER
"""

import json
import os
import signal
import time
from pathlib import Path

import faults
from needing import fan_out_tree, orders_tree, records, steps
from tree import expect, run_tests


def fault_of(step):
    return next((load["fault"] for load in step["dependencies"] if "fault" in load), None)


def run_once(tree, fault, victim):
    """A run in which that is done while the second step is under way: exit status, out, err, steps, report (JSON)."""
    process = tree.start("bench", "tiny", "--quick")
    faults.wait_until(lambda: steps(tree) or process.poll() is not None, 150, "a first step")
    time.sleep(0.4)  # into the step's measured part, where the machine keeps time
    hurt = faults.inject(fault, victim, process.pid)
    out, err = process.communicate(timeout=100)
    still = [pid for pid in hurt if faults.state(pid) not in ("", "Z")]
    expect(not still, "what was hurt outlives the run", still)
    report = json.loads(tree.run("report", "--format", "json")[1])
    return process.returncode, out, err, steps(tree), report


def run_with_fault(make_tree, fault, victim):
    """The same; again where the fault came between two steps, whose dependencies are mended without the loss of one."""
    for _ in range(3):
        with make_tree() as tree:
            seen = run_once(tree, fault, victim)
        if any(fault_of(step) is not None for step in seen[3]):
            return seen
        expect("made to work again" in seen[2], "between two steps it is mended, and the console says so", seen[2])
    raise AssertionError("three faults, and none of them hit a step")


def check_told(seen, words, faults_named):
    """The step is invalid for that reason and run again, and the run comes to its end."""
    status, out, err, ran, report = seen
    lost = [step for step in ran if fault_of(step) is not None]
    expect(all(fault_of(step) in faults_named for step in lost), [fault_of(step) for step in lost], err)
    for step in lost:
        again = [other for other in ran if other["record"] == step["record"] and other["index"] == step["index"]]
        expect(fault_of(again[-1]) is None, "it is run again", err)
    (backend,) = report["backends"]
    invalid = [step for step in backend["steps"] if "dependency" in step["invalid_because"]]
    expect(all(step["verdict"] == "invalid" for step in invalid), "nothing of it is booked on the service", invalid)
    ladder = [step for step in lost if step["record"] == "step"]
    expect(len(invalid) == len(ladder), "JSON says so of each", invalid, [fault_of(step) for step in ladder])
    expect(report["complete"], "the run came to its end", err)
    if ladder:
        expect(words in out, f"the report says {words!r}", out)
    expect(status in (0, 3), status, err)
    expect("dependency" in err, "the console says so, too", err)


def a_postgresql_that_was_killed_is_started_again_and_the_step_run_again():
    check_told(run_with_fault(orders_tree, "kill", "postgresql"), "its PostgreSQL was gone", {"ended", "cut"})


def a_postgresql_that_was_frozen_is_continued_and_the_step_run_again():
    check_told(run_with_fault(orders_tree, "freeze", "cluster"), "its PostgreSQL was stopped", {"stopped"})


def a_session_that_was_killed_is_made_anew_and_the_step_run_again():
    check_told(run_with_fault(orders_tree, "kill", "session"), "the connection to its PostgreSQL was cut", {"cut"})


def an_upstream_that_was_killed_is_started_again_and_the_step_run_again():
    check_told(run_with_fault(fan_out_tree, "kill", "upstream"), "its upstream was gone", {"ended"})


def an_upstream_that_was_frozen_is_continued_and_the_step_run_again():
    check_told(run_with_fault(fan_out_tree, "freeze", "upstream"), "its upstream was stopped", {"stopped"})


def a_postgresql_that_fails_while_a_service_is_verified_is_not_the_service_s_fault():
    for fault, words in (("kill", "PostgreSQL had ended"), ("freeze", "PostgreSQL was stopped")):
        with orders_tree() as tree:
            process = tree.start("verify", "store")
            faults.wait_until(lambda: faults.harness_session(process.pid), 100, "a connection to PostgreSQL")
            faults.wait_until(lambda: serves(tree), 100, "a service under verification")
            faults.inject(fault, "postgresql", process.pid)
            out, err = process.communicate(timeout=100)
            expect(words in err, "the console names the dependency", err)
            expect(process.returncode == 0 and "no difference" in out, out, err)


def serves(tree):
    """A service of the tree's runs and has a connection to PostgreSQL."""
    return [
        pid
        for pid in faults.everybody()
        if (faults.data_folder(pid) or "").startswith(str(tree.path)) and "orders_service.py" in faults.words(pid)
    ]


def shared_memory():
    return {file.name for file in Path("/dev/shm").glob("PostgreSQL.*")}


def an_interrupt_ends_it_at_once_while_postgresql_is_frozen():
    with orders_tree() as tree:
        process = tree.start("bench", "tiny", "--quick")
        faults.wait_until(lambda: steps(tree), 150, "a first step")
        folder = faults.data_folder(faults.postmaster(process.pid))
        faults.inject("freeze", "cluster", process.pid)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        expect(process.returncode == 130, process.returncode, err)
        expect(not faults.working_in(folder) and not os.path.exists(folder), "nothing is left of the server")
        expect(records(tree)[-1].get("interrupted") is True, records(tree)[-1])


def a_harness_that_is_killed_leaves_nothing_of_a_frozen_postgresql():
    with orders_tree() as tree:
        process = tree.start("bench", "tiny", "--quick")
        faults.wait_until(lambda: steps(tree), 150, "a first step")
        folder = faults.data_folder(faults.postmaster(process.pid))
        faults.inject("freeze", "cluster", process.pid)
        process.kill()
        process.communicate(timeout=20)
        faults.wait_until(lambda: not faults.working_in(folder) and not os.path.exists(folder), 30, "the server's end")


def an_initdb_that_is_cut_short_leaves_no_shared_memory():
    before = shared_memory()
    for how in (signal.SIGINT, signal.SIGKILL):
        with orders_tree() as tree:
            process = tree.start("verify", "store")
            faults.wait_until(lambda: shared_memory() - before, 30, "shared memory of initdb's own server")
            process.send_signal(how)
            process.communicate(timeout=20)
            faults.wait_until(lambda: not shared_memory() - before, 20, "the end of its shared memory")


def an_environment_for_other_servers_does_not_reach_the_run_s_own():
    variables = {"PGSSLMODE": "require", "PGSERVICE": "nowhere", "PGOPTIONS": "-c nonsense=1", "PGHOST": "192.0.2.1"}
    with orders_tree() as tree:
        status, out, err = tree.run("verify", "store", env={**os.environ, **variables})
        expect(status == 0 and "orders are not tried" not in err, out, err)


def a_database_on_another_machine_wants_to_be_allowed():
    with orders_tree() as tree:
        where = {**os.environ, "DATABASE_URL": "postgresql://user:password@192.0.2.1/database"}
        for command in (["verify", "store"], ["bench", "tiny"]):
            status, out, err = tree.run(*command, env=where)
            expect(status == 2 and "--allow-remote" in err and "password" not in err, status, err)


run_tests(
    [
        a_postgresql_that_was_killed_is_started_again_and_the_step_run_again,
        a_postgresql_that_was_frozen_is_continued_and_the_step_run_again,
        a_session_that_was_killed_is_made_anew_and_the_step_run_again,
        an_upstream_that_was_killed_is_started_again_and_the_step_run_again,
        an_upstream_that_was_frozen_is_continued_and_the_step_run_again,
        a_postgresql_that_fails_while_a_service_is_verified_is_not_the_service_s_fault,
        an_interrupt_ends_it_at_once_while_postgresql_is_frozen,
        a_harness_that_is_killed_leaves_nothing_of_a_frozen_postgresql,
        an_initdb_that_is_cut_short_leaves_no_shared_memory,
        an_environment_for_other_servers_does_not_reach_the_run_s_own,
        a_database_on_another_machine_wants_to_be_allowed,
    ]
)
