#!/usr/bin/env python3
"""Runs that are interrupted or killed: what they leave behind, and how they are gone on with.

    end_to_end_cut_short.py TWOFOLD REFERENCE_SERVER
"""

import os
import signal
import time
import zlib

from runs import run_files
from tree import ONE_STEP, Tree, expect, is_fine, run_tests


def an_interrupted_run_keeps_what_it_measured():
    with Tree(ONE_STEP) as tree:
        tree.add("good", ["./server"])
        process = tree.start("bench", "tiny", "--trials", "20", "--quick")
        for line in process.stderr:
            if " 1,000 " in line:
                process.send_signal(signal.SIGINT)
                break
        out, err = process.communicate(timeout=60)
        expect(process.returncode == 130, process.returncode, out, err)
        log = tree.log()
        expect(log[-1]["record"] == "end" and log[-1]["interrupted"], log[-1])
        status, out, err = tree.run("report")
        expect(status == 0 and "cut short" in out, out, err)


def services_of(tree):
    found = []
    cwds = []
    for pid in os.listdir("/proc"):
        if pid.isdigit():
            try:
                cwds += [pid] if os.readlink(f"/proc/{pid}/cwd").startswith(str(tree.path / "backends")) else []
            except OSError:
                pass
    return found + cwds


def a_killed_harness_leaves_a_readable_file_and_no_process():
    with Tree(ONE_STEP) as tree:
        tree.add("good", ["./server"])
        process = tree.start("bench", "tiny", "--trials", "20", "--quick")
        for line in process.stderr:
            if " 1,000 " in line:
                process.kill()
                break
        process.communicate(timeout=60)
        status, out, err = tree.run("report")
        expect(status == 0 and "cut short" in out, status, out, err)
        for _ in range(100):
            if not services_of(tree):
                break
            time.sleep(0.1)
        expect(not services_of(tree), "left running", services_of(tree))


def wait_for(tree, holds):
    """The records of a run under way, as soon as `holds` is true of them."""
    for _ in range(2400):
        for file in tree.files():
            records = run_files.records_of(file)
            if holds(records):
                return file, records
        time.sleep(0.05)
    raise AssertionError("the run never came to that")


def in_the_second_trial(records):
    types = [record["record"] for record in records]
    return "trial" in types and "step" in types[types.index("trial") :]


def cut(tree, how):
    """A run of two trials, cut short in the second. Its file and its records."""
    process = tree.start("bench", "tiny", "--trials", "2", "--quick")
    file, _ = wait_for(tree, in_the_second_trial)
    process.send_signal(how)
    process.communicate(timeout=60)
    return file, run_files.records_of(file)


def a_killed_run_is_resumed_with_its_finished_trials_kept():
    with Tree(ONE_STEP) as tree:
        tree.add("good", ["./server"])
        file, before = cut(tree, signal.SIGKILL)
        with file.open("ab") as torn:
            torn.write(zlib.compress(b'{"record":"step","trial":1,"load":{"tally":{"offered":17', wbits=31)[:30])
        status, out, err = tree.run("bench", "--resume", str(file))
        expect(is_fine(tree, status), status, out, err)
        after = tree.log()
        expect(after[: len(before)] == before, "what was there stays")
        expect(after[len(before)]["record"] == "resume", after[len(before)])
        expect(after[len(before)]["backend"] == "good" and after[len(before)]["trial"] == 1, after[len(before)])
        rest = after[len(before) + 1 :]
        expect({r["trial"] for r in rest if "trial" in r} == {1}, "only the trial that was cut")
        expect(rest[0]["record"] == "forecast" and rest[0]["index"] == 0, "from its beginning", rest[0])
        expect([r["record"] for r in rest[-2:]] == ["trial", "end"] and not rest[-1]["interrupted"], rest[-1])
        details = tree.details()
        expect("resumed at" in details and "trial 2 of good" in details and ", 2 trials a service" in details, details)
        status, out, err = tree.run("bench", "--resume", str(file))
        expect(status == 2 and "complete" in err, status, err)


def an_interrupted_run_is_resumed_and_a_different_one_refused_by_the_key():
    with Tree(ONE_STEP) as tree:
        tree.add("good", ["./server"])
        file, before = cut(tree, signal.SIGINT)
        expect(before[-1]["record"] == "end" and before[-1]["interrupted"], before[-1])
        scenario = tree.path / "scenarios/tiny.json"
        text = scenario.read_text()
        for arguments, key in (
            (["--trials", "3"], "trials"),
            (["--profile", "standard"], "profile"),
            (["--out", "other.jsonl"], "--out"),
        ):
            status, out, err = tree.run("bench", "--resume", str(file), *arguments)
            expect(status == 2 and key in err, arguments, status, err)
        scenario.write_text(text.replace("short climb", "other climb"))
        status, out, err = tree.run("bench", "--resume", str(file))
        expect(status == 2 and "scenario_hash" in err, status, err)
        scenario.write_text(text)
        tree.add("another", ["./server"])
        status, out, err = tree.run("bench", "--resume", str(file), "--backends", "good,another")
        expect(status == 2 and '"backends"' in err, status, err)
        other = tree.path / "other.jsonl"
        other.write_text(run_files.text_of(file).replace('"cores":', '"cores":1', 1))
        status, out, err = tree.run("bench", "--resume", str(other))
        expect(status == 2 and "machine.cores" in err, status, err)
        after = run_files.records_of(file)
        expect(after == before, "a refusal leaves the file alone")
        status, out, err = tree.run("bench", "--resume", str(file))
        expect(is_fine(tree, status), status, out, err)
        records = [record["record"] for record in run_files.records_of(file)]
        expect(records.count("end") == 2 and records.count("trial") == 2 and records[-1] == "end", records)
        expect("was run again" in tree.details(str(file)), out)


run_tests(
    [
        an_interrupted_run_keeps_what_it_measured,
        a_killed_harness_leaves_a_readable_file_and_no_process,
        a_killed_run_is_resumed_with_its_finished_trials_kept,
        an_interrupted_run_is_resumed_and_a_different_one_refused_by_the_key,
    ]
)
