#!/usr/bin/env python3
"""Services that do not start, or die where no load broke them, and runs that lack one of those that were asked for:
what the run file, the report and the exit status say of them.

    end_to_end_reliability.py TWOFOLD REFERENCE_SERVER
"""

import json
import time
from pathlib import Path

from tree import ONE_STEP, SCENARIO, Skipped, Tree, expect, is_fine, run_tests

# Every second start fails; the first is that of verify.
EVERY_SECOND = """
n=$(($(cat count 2>/dev/null || echo 0) + 1))
echo $n > count
[ $((n % 2)) = 0 ] && { echo 'no luck today' >&2; exit 4; }
exec "$1"
"""

# The second start, that of the first trial, finds its port taken.
TAKEN_ONCE = """
n=$(($(cat count 2>/dev/null || echo 0) + 1))
echo $n > count
[ $n = 2 ] && { echo "bind: Address already in use ($PORT)" >&2; exit 1; }
echo $PORT >> ports
exec "$1"
"""

NEVER = """
n=$(($(cat count 2>/dev/null || echo 0) + 1))
echo $n > count
[ $n = 1 ] || { echo 'gone for good' >&2; exit 5; }
exec "$1"
"""


def words(out):
    return " ".join(out.split())


def report_of(tree):
    return json.loads(tree.run("report", "--format", "json")[1])


def a_service_that_starts_every_second_time_is_counted_with_its_failures():
    with Tree(ONE_STEP) as tree:
        tree.add("flaky", ["sh", "flaky.sh", "./server"], {"flaky.sh": EVERY_SECOND})
        status, out, err = tree.run("bench", "tiny", "--quick", "--trials", "4")
        ends = {record["trial"]: record["failed"] for record in tree.log() if record["record"] == "trial"}
        expect(sorted(ends) == [0, 1, 2, 3], ends, err)
        expect([n for n, failed in sorted(ends.items()) if failed] == [0, 2], "also the first", ends)
        expect("status 4" in ends[0] and "no luck today" in ends[0], ends)
        backends = [record for record in tree.log() if record["record"] == "backend"]
        expect([b["cold_start_ns"] > 0 for b in backends] == [False, True], "once more when it had started", backends)
        expect({record["trial"] for record in tree.log() if record["record"] == "step"} == {1, 3}, err)
        expect("(of those of flaky, 2 did not start)" in tree.details(), out)
        expect("Of the 4 trials of flaky, 2 did not start." in words(out), out)
        expect("Its 2 trials held" not in tree.details(), out)
        expect("flaky did not start in 2 of its 4 trials; in trial 1:" in words(out), out)
        expect(status == 3 and "not valid" in err, status, err)
        report = report_of(tree)
        (flaky,) = report["backends"]
        expect(flaky["trials"] == 2 and flaky["trials_failed"] == 2 and not report["valid"], flaky)
        expect({each["fault"] for each in flaky["failed_trials"]} == {"service"}, flaky["failed_trials"])
        expect(flaky["cold_start_ns"] and flaky["idle_rss_bytes"], "as known as of any other", flaky)
        csv = tree.run("report", "--format", "csv")[1]
        expect(csv.count(",did not start,") == 2, csv)
        (file,) = tree.files()
        page = tree.run("report", "--format", "html")[1]
        expect("did not start" in page or "<html" not in page, "the page was not built, or says it", page[:200])
        expect("2 did not start" in tree.run("report", str(file), str(file))[1], "the overview")


def a_start_whose_port_was_taken_is_tried_once_more():
    with Tree(ONE_STEP) as tree:
        folder = tree.add("late", ["sh", "late.sh", "./server"], {"late.sh": TAKEN_ONCE})
        status, out, err = tree.run("bench", "tiny", "--quick")
        expect(is_fine(tree, status), status, out, err)
        expect((folder / "count").read_text().strip() == "3", "verify, the port that was taken, another one")
        (end,) = [record for record in tree.log() if record["record"] == "trial"]
        expect(end["failed"] is None and "did not start" not in out, end)


def a_service_that_never_starts_again_costs_the_others_nothing():
    with Tree(ONE_STEP) as tree:
        tree.add("good", ["./server"])
        tree.add("never", ["sh", "never.sh", "./server"], {"never.sh": NEVER})
        status, out, err = tree.run("bench", "tiny", "--quick", "--trials", "2")
        expect(status == 3, status, out, err)
        said = "Nothing is known of never, which did not start in any of its 2 trials." in words(out)
        expect(said and "gone for good" in words(out), out)
        found = {backend["name"]: backend for backend in report_of(tree)["backends"]}
        expect(found["good"]["trials"] == 2 and found["never"]["trials_failed"] == 2, found)
    with Tree(ONE_STEP) as tree:
        tree.add("never", ["sh", "never.sh", "./server"], {"never.sh": NEVER})
        status, out, err = tree.run("bench", "tiny", "--quick")
        expect(status == 1 and "no service could be measured" in err, "nothing at all was measured", status, err)
        status, out, err = tree.run("report")
        why = "Nothing is known of never, which did not start." in words(out) and "gone for good" in words(out)
        expect(status == 0 and why, "and the file says why", status, out, err)


def a_service_that_is_left_out_is_said_by_the_exit_status():
    no_tool = [{"name": "no-such-tool", "version": ["no-such-tool"], "least": "1"}]
    with Tree(ONE_STEP) as tree:
        tree.add("good", ["./server"])
        tree.add("toolless", ["./server"], tools=no_tool)
        status, out, err = tree.run("bench", "tiny", "--quick")
        fine = is_fine(tree, status, aside=("skipped",))
        expect(fine and "toolless took no part" in words(out), "it is not installed here", status, out, err)
        status, out, err = tree.run("bench", "tiny", "--quick", "--backends", "good,toolless", "--out", "named.jsonl")
        expect(status == 3 and "not valid" in err, "it was asked for by name", status, err)
        tree.add("unbuilt", ["./server"], build=[["sh", "-c", "echo broken source >&2; exit 1"]])
        status, out, err = tree.run("bench", "tiny", "--quick", "--out", "unbuilt.jsonl")
        expect(status == 3 and "unbuilt took no part: its build failed" in words(out), status, out, err)


def die_when(tree, said, serves, *arguments):
    """Runs the bench of a service that serves so many requests a second, and lets it die when the bench says that."""
    here = Path(__file__).parent
    files = {file: (here / file).read_text() for file in ("dying_service.py", "beside_reference.py")}
    folder = tree.add("frail", ["python3", "dying_service.py", str(serves)], files)
    process = tree.start("bench", "tiny", *arguments)
    for line in process.stderr:
        if said in line:
            time.sleep(0.3)
            (folder / "now").touch()
            break
    out, err = process.communicate(timeout=120)
    if not (folder / "now").exists():
        raise Skipped(f"others work on this machine: the run never came to {said!r}")
    return process.returncode, words(out), err


def check_death(tree, part, died):
    """What is true of each of them. `died`: what bench returned."""
    status, out, err = died
    (frail,) = report_of(tree)["backends"]
    expect(status == 0, "a crash is a result", status, out, err)
    expect([death["part"] for death in frail["deaths"]] == [part], frail["deaths"], out, err)
    expect(frail["deaths"][0]["death"]["signal"] == 11, frail["deaths"])
    answer = out.split("The answer ==========")[1].split("What to do about it")[0]
    expect("Nothing was seen to break" not in out, out)
    return answer


# Closed load: a quick step of it takes a second, however slow the service is.
HOLDS = {
    **SCENARIO,
    "double": {"what": "connections", "from": 1, "steps": 2},
    "limits": {"p90": "400ms", "errors": "5%"},
}
SOAKS = {**HOLDS, "soak": {"share": "50%", "warmup": "200ms", "measure": "8s"}}
BREAKS = {**SCENARIO, "double": {"what": "rate", "from": 100, "steps": 3}}


def a_death_in_the_recovery_is_the_headline():
    with Tree(HOLDS) as tree:
        answer = check_death(tree, "recovery", die_when(tree, "to see it recover", 10**9, "--quick"))
        expect("frail died in its recovery after" in answer and "SIGSEGV" in answer, answer)


def a_death_in_the_soak_is_the_headline():
    with Tree(SOAKS) as tree:
        answer = check_death(tree, "soak", die_when(tree, "to see whether its memory grows", 10**9, "--quick"))
        expect("frail died in its soak" in answer and "SIGSEGV" in answer, answer)


def a_death_in_the_search_is_a_crash():
    with Tree(BREAKS) as tree:
        answer = check_death(tree, "search", die_when(tree, "searching between", 150))
        expect("frail breaks first, by a crash at " in answer, answer)


run_tests(
    [
        a_death_in_the_search_is_a_crash,  # takes longest
        a_service_that_starts_every_second_time_is_counted_with_its_failures,
        a_start_whose_port_was_taken_is_tried_once_more,
        a_service_that_never_starts_again_costs_the_others_nothing,
        a_service_that_is_left_out_is_said_by_the_exit_status,
        a_death_in_the_recovery_is_the_headline,
        a_death_in_the_soak_is_the_headline,
    ],
    at_once=2,
)
