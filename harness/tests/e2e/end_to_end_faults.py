#!/usr/bin/env python3
"""What a service needs fails while it is prepared or measured: killed, stopped, or cut off. It is never told as the
service's doing, the step is run again, and nothing waits without an end.

    end_to_end_faults.py TWOFOLD REFERENCE_SERVER
"""

import json
import os
import signal
import tempfile
import time

import faults
from needing import FAN_OUT, ORDERS, fan_out_tree, orders_tree, records, steps
from tree import expect, run_tests

# Closed load: a quick step of it takes a second, however slow the service is. Nothing breaks, so that the ladder has a
# step for each fault on a busy machine, too.
MANY = {
    "double": {"what": "connections", "from": 1, "steps": 8},
    "step": {"warmup": "500ms", "measure": "1s"},
    "limits": {"p90": "10s", "errors": "100%"},
}
ELSEWHERE = {"PGSSLMODE": "require", "PGSERVICE": "nowhere", "PGOPTIONS": "-c nonsense=1", "PGHOST": "192.0.2.1"}


def fault_of(step, key="fault"):
    return next((load[key] for load in step["dependencies"] if key in load), None)


def do_faults(tree, process, wanted):
    """Does them, each to a step of its own behind one that went well. Returns, of each, what it was done to and the
    number of the step; one that came between two steps is done again."""
    done, seen = [], 0
    for fault, victim in wanted:
        for _ in range(4):
            seen = wait_for_step(tree, process, seen, lambda step: fault_of(step) is None)
            time.sleep(0.7)  # into the step's measured part, where the machine keeps time
            hurt = faults.inject(fault, victim, process.pid)
            number = wait_for_step(tree, process, seen, lambda _: True)
            if fault_of(steps(tree)[number - 1]) is not None:
                done.append((hurt, number - 1))
                seen = number
                break
        else:
            raise AssertionError(f"to {fault} {victim} four times never hit a step")
    return done


def wait_for_step(tree, process, seen, holds):
    """Waits for one more step of which that holds. Returns how many there are up to it."""
    until = time.monotonic() + 100
    while time.monotonic() < until:
        ran = steps(tree)
        for number in range(seen, len(ran)):
            if holds(ran[number]):
                return number + 1
        expect(process.poll() is None, "the run is over too early", ran and ran[-1]["level"])
        time.sleep(0.05)
    raise AssertionError("the run did not come to that step")


def check_step(ran, number, hurt, faults_named):
    """The step is lost and run again, and the one behind it says what was mended."""
    lost, again = ran[number], ran[number + 1]
    expect(fault_of(lost) in faults_named, fault_of(lost), faults_named)
    expect(again["record"] == lost["record"] and again["index"] == lost["index"], "it is run again at once")
    expect(fault_of(again, "mended") == fault_of(lost), fault_of(again, "mended"))
    still = [pid for pid in hurt if faults.state(pid) not in ("", "Z")]
    expect(not still, "what was hurt outlives the run", still)


def check_run(make_tree, wanted, words, **more):
    """A run to which these faults are done: (fault, victim, what the step may say of it, the console's words). `words`
    are the report's for the first of them."""
    with make_tree() as tree:
        process = tree.start("bench", "tiny", "--quick", **more)
        done = do_faults(tree, process, [(fault, victim) for fault, victim, _, _ in wanted])
        out, err = process.communicate(timeout=100)
        ran, report = steps(tree), json.loads(tree.run("report", "--format", "json")[1])
        for (hurt, number), (_, _, named, said) in zip(done, wanted):
            check_step(ran, number, hurt, named)
            expect(said in err, "the console says so, too", said, err)
        (backend,) = report["backends"]
        invalid = [step for step in backend["steps"] if "dependency" in step["invalid_because"]]
        expect(all(step["verdict"] == "invalid" for step in invalid), "nothing of it is booked on the service", invalid)
        lost = [step for step in ran if step["record"] == "step" and fault_of(step)]
        expect(len(invalid) == len(lost) > 0, "JSON says so of each", invalid, [fault_of(step) for step in lost])
        expect(report["complete"], "the run came to its end", err)
        expect(words in tree.details(), f"the report says {words!r}", out)
        # The counts of the audit began anew with what was mended: that is no audit of the trial.
        (gap,) = backend["audit_gaps"]
        expect(words in gap["reason"] and "only what came after it was mended is counted" in gap["reason"], gap)
        expect(process.returncode == 3 and "not valid" in err, process.returncode, err)


def a_postgresql_that_fails_is_mended_and_the_step_run_again():
    """In the environment of somebody who works with other servers, which does not reach the run's own."""
    check_run(
        lambda: orders_tree({**ORDERS, **MANY}),
        [
            ("kill", "postgresql", {"ended", "cut"}, "PostgreSQL had ended"),
            ("freeze", "cluster", {"stopped"}, "PostgreSQL was stopped"),
            ("kill", "session", {"cut"}, "PostgreSQL cut the harness's connection"),
        ],
        "its PostgreSQL",
        env={**os.environ, **ELSEWHERE},
    )


def an_upstream_that_fails_is_mended_and_the_step_run_again():
    check_run(
        lambda: fan_out_tree({**FAN_OUT, **MANY}),
        [
            ("freeze", "upstream", {"stopped"}, "the upstream was stopped"),
            ("kill", "upstream", {"ended"}, "the upstream had ended"),
        ],
        "its upstream was stopped",
    )


# The third start, that of the fresh process behind the fault, fails; the first two are verify's and the trial's.
NOT_AGAIN = """
n=$(($(cat count 2>/dev/null || echo 0) + 1))
echo $n > count
[ $n = 3 ] && { echo 'not again' >&2; exit 4; }
exec python3 fanout_service.py
"""


def a_service_that_does_not_start_again_behind_a_fault_ends_its_trial_only():
    with fan_out_tree({**FAN_OUT, **MANY}) as tree:
        folder = tree.path / "backends/asking"
        told = json.loads((folder / "backend.json").read_text())
        (folder / "backend.json").write_text(json.dumps({**told, "run": ["sh", "again.sh"]}))
        (folder / "again.sh").write_text(NOT_AGAIN)
        process = tree.start("bench", "tiny", "--quick", "--trials", "2")
        do_faults(tree, process, [("kill", "upstream")])
        out, err = process.communicate(timeout=100)
        ends = [record for record in records(tree) if record["record"] == "trial"]
        expect([end["trial"] for end in ends] == [0, 1], "the other trial is run", ends, err)
        expect(ends[0]["failed"] is None and "not again" in ends[0].get("ended_early", ""), ends[0])
        expect(ends[1]["failed"] is None and "ended_early" not in ends[1], ends[1])
        report = json.loads(tree.run("report", "--format", "json")[1])
        (backend,) = report["backends"]
        expect(report["complete"] and backend["trials"] == 2, report["complete"], backend["trials"])
        (early,) = backend["trials_ended_early"]
        expect(early["trial"] == 1 and early["fault"] == "service" and "not again" in early["reason"], early)
        expect([gap["trial"] for gap in backend["audit_gaps"]] == [1], backend["audit_gaps"])
        said = "trial 1 of asking has fewer steps than it wanted"
        expect(said in tree.details(), out)
        expect(process.returncode == 3 and "not valid" in err, process.returncode, err)


def serves(tree):
    """Services of the tree, each of which has a connection to PostgreSQL soon."""
    return [
        pid
        for pid in faults.everybody()
        if (faults.data_folder(pid) or "").startswith(str(tree.path)) and "orders_service.py" in faults.words(pid)
    ]


def a_postgresql_that_fails_while_a_service_is_verified_is_not_the_service_s_fault():
    with orders_tree() as tree:
        process, before = tree.start("verify", "store"), []
        for fault in ("kill", "freeze"):
            faults.wait_until(lambda: faults.harness_session(process.pid), 100, "a connection to PostgreSQL")
            faults.wait_until(lambda: set(serves(tree)) - set(before), 100, "a service under verification")
            before = serves(tree)
            faults.inject(fault, "postgresql", process.pid)
            time.sleep(0.2)
        out, err = process.communicate(timeout=100)
        for words in ("PostgreSQL had ended", "PostgreSQL was stopped"):
            expect(words in err, "the console names the dependency", err)
        expect(process.returncode == 0 and "no difference" in out, out, err)


def an_interrupt_ends_it_at_once_while_postgresql_is_frozen():
    with orders_tree({**ORDERS, **MANY}) as tree:
        process = tree.start("bench", "tiny", "--quick")
        faults.wait_until(lambda: steps(tree), 150, "a first step")
        folder = faults.data_folder(faults.postmaster(process.pid))
        faults.inject("freeze", "cluster", process.pid)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        expect(process.returncode == 130, process.returncode, err)
        expect(not faults.working_in(folder) and not os.path.exists(folder), "nothing is left of the server")
        end = records(tree)[-1]
        expect(end.get("interrupted") is True and "Ctrl-C" in end.get("reason", ""), end)
        expect("the run was cut short: Ctrl-C" in tree.details(), out)


def a_harness_that_is_killed_leaves_nothing_of_a_frozen_postgresql():
    with orders_tree() as tree:
        process = tree.start("verify", "store")
        faults.wait_until(lambda: serves(tree), 100, "a service under verification")
        folder = faults.data_folder(faults.postmaster(process.pid))
        faults.inject("freeze", "cluster", process.pid)
        process.kill()
        process.communicate(timeout=20)
        faults.wait_until(lambda: not faults.working_in(folder) and not os.path.exists(folder), 30, "the server's end")


def an_initdb_that_is_cut_short_leaves_no_shared_memory():
    for how in (signal.SIGINT, signal.SIGKILL):
        with orders_tree() as tree, tempfile.TemporaryDirectory(prefix="twofold-initdb-") as temporary:
            os.chmod(temporary, 0o711)  # PostgreSQL has a user of its own
            before = faults.shared_memory()

            def is_ours(pid, temporary=temporary):
                return (faults.data_folder(pid) or "").startswith(temporary)

            process = tree.start("verify", "store", env={**os.environ, "TMPDIR": temporary})
            faults.wait_until(lambda: faults.shared_memory_of(filter(is_ours, faults.everybody())), 30,
                              "shared memory of initdb's own server")
            process.send_signal(how)
            process.communicate(timeout=20)
            faults.wait_until(lambda: not faults.shared_memory_left(before, is_ours), 20, "its shared memory's end")


def a_database_on_another_machine_wants_to_be_allowed():
    with orders_tree() as tree:
        where = {**os.environ, "DATABASE_URL": "postgresql://user:password@192.0.2.1/database"}
        for command in (["verify", "store"], ["bench", "tiny"]):
            status, out, err = tree.run(*command, env=where)
            expect(status == 2 and "--allow-remote" in err and "password" not in err, status, err)


run_tests(
    [
        a_postgresql_that_fails_is_mended_and_the_step_run_again,
        an_upstream_that_fails_is_mended_and_the_step_run_again,
        a_service_that_does_not_start_again_behind_a_fault_ends_its_trial_only,
        a_postgresql_that_fails_while_a_service_is_verified_is_not_the_service_s_fault,
        an_interrupt_ends_it_at_once_while_postgresql_is_frozen,
        a_harness_that_is_killed_leaves_nothing_of_a_frozen_postgresql,
        an_initdb_that_is_cut_short_leaves_no_shared_memory,
        a_database_on_another_machine_wants_to_be_allowed,
    ]
)
