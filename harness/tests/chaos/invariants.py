"""What must be true of a run, whatever was done to it. Each is a function of the run and of the faults that were done;
its name is what it holds the program to.
"""

import gzip
import os
import re
import tempfile
import time

import faults
from bench_run import listening, started_at
from runs.run_files import records_of
from table import DEPENDENCIES
from tree import expect

LEFT_WITHIN_S = 10
NEIGHBOURS = f"{tempfile.gettempdir()}/twofold-"
MEASURED = re.compile(r"^\S+ +[\d,.]+ +[\d,.]+ good/s ", re.M)
INTERRUPTS = ("INT", "TERM", "HUP")


def was_done(done, *victims):
    return [fault for fault in done if fault.victim in victims]


def last_of_harness(done):
    """What ended the harness, or would have: kill, INT, TERM or HUP; None."""
    return next((f.what for f in was_done(done, "harness") if f.what != "stop"), None)


def disk_was_full(done):
    return any(fault.what == "small disk" for fault in done)


def steps_of(records):
    return [record for record in records if record["record"] == "step"]


def has_ended(records):
    return records[-1]["record"] == "end" and not records[-1]["interrupted"]


def the_file_is_absent_or_every_line_of_it_is_whole(run, _):
    files = run.files()
    expect(len(files) <= 1, "one run, one file", files)
    for file in files:
        text = gzip.decompress(file.read_bytes()).decode() if file.suffix == ".gz" else file.read_text()
        expect(text.endswith("\n"), "no empty file, and no torn last line", len(text), text[-80:])
        expect(records_of(file)[0]["record"] == "run", "the run comes first", text[:80])


def nothing_that_was_said_to_be_measured_is_missing(run, done):
    """But for the one step that is said before it is written: where it met the full disk, or the kill."""
    said = MEASURED.findall(run.err)
    lost = (disk_was_full(done) and "cannot be written" in run.err) or last_of_harness(done) == "kill"
    if said:
        expect(run.files(), "a file", said)
        written = steps_of(records_of(run.files()[0]))
        expect(len(written) >= len(said) - lost, "steps in the file, steps on the console", len(written), said)


def the_exit_status_is_the_one_documented(run, done):
    ended = last_of_harness(done)
    allowed = {0, 3}
    if ended == "kill":
        allowed = {-9}
    elif ended is not None:
        allowed = {130}
    elif disk_was_full(done):
        allowed = {1}
    elif was_done(done, "service", *DEPENDENCIES):
        allowed = {0, 1, 3}
    expect(run.status in allowed, "exit status", run.status, allowed)
    if run.status == 0:
        expect(run.files() and has_ended(records_of(run.files()[0])), "fine is a run that came to its end")


def the_report_claims_no_more_than_the_records(run, _):
    for file in run.files():
        records = records_of(file)
        status, report, err = run.report(file)
        expect(status == 0, "report", status, err)
        expect(report["complete"] == has_ended(records), "complete", report["complete"], records[-1]["record"])
        told = [step for backend in report["backends"] for step in backend["steps"]]
        expect(len(told) <= len(steps_of(records)), "steps reported, steps recorded", len(told))
        levels = {step["level"] for step in steps_of(records)}
        for backend in report["backends"]:
            held = backend["capacity_level"]
            expect(held is None or held <= max(levels, default=0), "held, recorded", held, levels)
        status, text, err = run.command("report", str(file))
        expect(status == 0 and text, "the report in words", status, err)
        expect(report["complete"] or "cut short" in text, "what was cut short is said to be", text)


def a_step_in_which_the_service_died_never_holds(run, _):
    for file in run.files():
        died = {(step["trial"] + 1, step["level"]) for step in steps_of(records_of(file)) if step["death"]["died"]}
        for backend in run.report(file)[1]["backends"]:
            for step in backend["steps"]:
                if step["death"] is not None:
                    expect(step["verdict"] != "pass", "a step that killed the service passes", step["level"])
            told = {(step["trial"], step["level"]) for step in backend["steps"] if step["death"] is not None}
            expect(told == died, "deaths in the report, deaths in the file", told, died)


def a_service_that_was_ended_is_told(run, done):
    """As a crash, as a trial that failed, as left out, or the run says that none could be measured."""
    ended = [fault for fault in was_done(done, "service") if fault.what != "stop"]
    if not ended or last_of_harness(done) or disk_was_full(done):
        return
    if not run.files():
        expect(run.status in (1, 3) and "good" in run.err, "nothing measured, and it is said", run.status)
        return
    told = []
    for backend in run.report(run.files()[0])[1]["backends"]:
        told += [step["level"] for step in backend["steps"] if step["death"] is not None]
        told += backend["deaths"] + backend["failed_trials"]
        told += [backend["skipped"]] if backend["skipped"] else []
        told += ["recovery"] if backend["recovery"] and backend["recovery"]["died"] else []
    expect(told, "the service's end is told")


def a_service_that_nothing_was_done_to_is_not_left_out(run, done):
    if not was_done(done, "service"):
        expect("is left out" not in run.err, "a fault of another, booked on the service")


def a_fault_of_another_is_never_the_service_s_break(run, done):
    """A step that a dependency spoiled is invalid by that name. Without a fault of the service it never died, and did
    not break, but for the items that the search asks for and that are not there."""
    for file in run.files():
        spoiled = [step for step in steps_of(records_of(file)) if any("fault" in d for d in step["dependencies"])]
        report = run.report(file)[1]
        steps = [step for backend in report["backends"] for step in backend["steps"]]
        named = [step for step in steps if "dependency" in step["invalid_because"]]
        expect(all(step["verdict"] == "invalid" for step in named), "spoiled is invalid")
        expect(len(named) == len(spoiled), "spoiled in the report, in the file", len(named), len(spoiled))
        if was_done(done, "service"):
            continue
        for step in steps:
            limits = {each["limit"] for each in step["breaks"]} if step["verdict"] == "break" else set()
            allowed = {"errors", "throughput"} if run.kind == "search" else set()
            expect(step["death"] is None and limits <= allowed, "booked on the service", step["level"], limits)
        for backend in report["backends"]:
            expect(not backend["deaths"], "it did not die", backend["deaths"])
            failed = [each for each in backend["failed_trials"] if each["fault"] == "service"]
            expect(not failed, "it did not fail to start", failed)


def a_removed_file_is_written_anew(run, done):
    if any(fault.what == "remove" for fault in done) and last_of_harness(done) != "kill":
        expect("was removed or replaced while it was written" in run.err, "the console says so")
        expect(run.files() or disk_was_full(done), "it is there again")


def a_run_under_way_is_not_resumed(_, done):
    for fault in done:
        if fault.what == "resume":
            status, err, kept = fault.seen
            expect(status == "2" and "still going on" in err, "the second is refused", status, err)
            expect(kept == "True", "the file is as it was")


def is_ours(run, pid):
    """It works in the run's folders, its program lies there, or the run was seen to start it."""
    if run.known.get(pid) is not None and run.known[pid] == started_at(pid) and faults.state(pid) != "Z":
        return True
    for name in ("cwd", "exe"):
        try:
            place = os.readlink(f"/proc/{pid}/{name}")
        except OSError:
            continue
        if place.startswith((str(run.tree.path), str(run.temporary))):
            return True
    return False


def ports_listening():
    with open("/proc/net/tcp", encoding="utf-8") as table:
        rows = [line.split() for line in table.readlines()[1:]]
    return {int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == "0A"}


def is_neighbour(run, pid):
    """It works in a folder of another run."""
    return (faults.data_folder(pid) or "").startswith(NEIGHBOURS) and not is_ours(run, pid)


def ports_left(run):
    """But for those that a neighbour has been given since."""
    left = run.ports & ports_listening()
    return left - set().union(*(listening(pid) for pid in faults.everybody() if left and is_neighbour(run, pid)))


def left_behind(run):
    before = run.shared_before | run.shared_by_others()
    return {
        "processes": [(pid, faults.words(pid)[:3]) for pid in faults.everybody() if is_ours(run, pid)],
        "ports": sorted(ports_left(run)),
        "folders": sorted(os.listdir(run.temporary)),
        "shared memory": sorted(faults.shared_memory_left(before, lambda pid: is_ours(run, pid))),
    }


def nothing_is_left_behind(run, _):
    until = time.monotonic() + LEFT_WITHIN_S
    while any(left_behind(run).values()) and time.monotonic() < until:
        time.sleep(0.1)
    left = left_behind(run)
    expect(not any(left.values()), "left behind", left)


def a_run_cut_short_is_resumed_to_its_end(run, done):
    """Of those that were drawn for it."""
    if not any(fault.checks_resume for fault in done) or not run.files():
        return
    (file,) = run.files()
    if has_ended(records_of(file)):
        return
    run.filler().unlink(missing_ok=True)
    status, _, err = run.command("bench", "--resume", str(file))
    expect(status in (0, 3), "resumed", status, err)
    expect(has_ended(records_of(file)), "it is whole", records_of(file)[-1])
    expect(run.report(file)[1]["complete"], "and its report says so")


INVARIANTS = [
    nothing_is_left_behind,
    the_file_is_absent_or_every_line_of_it_is_whole,
    nothing_that_was_said_to_be_measured_is_missing,
    the_exit_status_is_the_one_documented,
    the_report_claims_no_more_than_the_records,
    a_step_in_which_the_service_died_never_holds,
    a_service_that_was_ended_is_told,
    a_service_that_nothing_was_done_to_is_not_left_out,
    a_fault_of_another_is_never_the_service_s_break,
    a_removed_file_is_written_anew,
    a_run_under_way_is_not_resumed,
    a_run_cut_short_is_resumed_to_its_end,
    nothing_is_left_behind,
]
