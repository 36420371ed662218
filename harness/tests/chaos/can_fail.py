#!/usr/bin/env python3
"""What the chaos test holds runs to can fail: a run to which nothing was done is spoiled in one way after another, and
the invariant of that way must say so. can_fail.py TWOFOLD REFERENCE_SERVER
"""

import json
import socket
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import invariants
from runs import run_files
from bench_run import BenchRun
from table import Fault

invariants.LEFT_WITHIN_S = 0.2


def fault(what, victim, seen=(), checks_resume=False):
    return Fault(what, victim, "measure", 0, checks_resume, True, seen=list(seen))


def fails(invariant, run, done=()):
    try:
        invariant(run, list(done))
    except AssertionError:
        return True
    print(f"FAILED  {invariant.__name__} holds of a run that hurts it: {[str(each) for each in done]}")
    return False


def changed(text, kind, change):
    """The file with one record of that kind, the last, changed."""
    records = [json.loads(line) for line in text.splitlines()]
    change([record for record in records if record["record"] == kind][-1])
    return "".join(json.dumps(record) + "\n" for record in records)


def without(text, kind):
    return "".join(line + "\n" for line in text.splitlines() if json.loads(line)["record"] != kind)


def spoiled_files(run):
    (file,) = run.files()
    text = run_files.text_of(file)
    died = {"at_ns": 1000, "died": True, "exit_code": 0, "output": "gone", "signal": 9}
    cases = (
        (invariants.the_file_is_absent_or_every_line_of_it_is_whole, text[:-20]),
        (invariants.the_file_is_absent_or_every_line_of_it_is_whole, ""),
        (invariants.nothing_that_was_said_to_be_measured_is_missing, without(text, "step")),
        (invariants.the_exit_status_is_the_one_documented, without(text, "end")),
        (invariants.the_report_claims_no_more_than_the_records, text.replace('"schema":3', '"schema":99', 1)),
        (invariants.a_fault_of_another_is_never_the_service_s_break,
         changed(text, "step", lambda step: step.update(death=died))),
    )
    for invariant, spoiled in cases:
        run_files.write(file, spoiled)
        yield fails(invariant, run)
    run_files.write(file, text)


def spoiled_stories(run):
    """Faults that the run says nothing of, as it had none."""
    yield fails(invariants.the_exit_status_is_the_one_documented, run, [fault("INT", "harness")])
    yield fails(invariants.the_exit_status_is_the_one_documented, run, [fault("small disk", "run file")])
    yield fails(invariants.a_service_that_was_ended_is_told, run, [fault("kill", "service")])
    yield fails(invariants.a_removed_file_is_written_anew, run, [fault("remove", "run file")])
    seen = ("0", "", "True")
    yield fails(invariants.a_run_under_way_is_not_resumed, run, [fault("resume", "run file", seen)])
    (file,) = run.files()
    text = run_files.text_of(file)
    run_files.write(file, text.replace('"seed":', '"seed":1', 1).replace('"record":"end"', '"record":"nothing"'))
    yield fails(invariants.a_run_cut_short_is_resumed_to_its_end, run, [fault("kill", "harness", (), True)])
    run_files.write(file, text)


def spoiled_machines(run):
    """What could be left, one after another."""
    invariant = invariants.nothing_is_left_behind
    with subprocess.Popen(["sleep", "60"], cwd=run.tree.path) as process:
        yield fails(invariant, run)
        process.kill()
    (run.temporary / "left").mkdir()
    yield fails(invariant, run)
    (run.temporary / "left").rmdir()
    with socket.create_server(("127.0.0.1", 0)) as server:
        run.ports.add(server.getsockname()[1])
        yield fails(invariant, run)
    left = Path("/dev/shm", run.temporary.name)
    left.touch()
    yield fails(invariant, run)
    left.unlink()


def main():
    with BenchRun("plain") as run:
        run.start()
        run.finish()
        for invariant in invariants.INVARIANTS:
            invariant(run, [])
        told = [*spoiled_files(run), *spoiled_stories(run), *spoiled_machines(run)]
    print(f"{sum(told)} of {len(told)} ways to spoil a run were seen")
    return 0 if all(told) else 1


if __name__ == "__main__":
    sys.exit(main())
