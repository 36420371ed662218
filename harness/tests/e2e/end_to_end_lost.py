#!/usr/bin/env python3
"""What happens to the file of a run while it is written, and what a run that is cut short says of it.

    end_to_end_lost.py TWOFOLD REFERENCE_SERVER
"""

import json
import re
import resource
import shlex
import signal
import subprocess
import time

from runs.run_files import records_of
from tree import ONE_STEP, Tree, expect, is_fine, run_tests


def wait_for_steps(tree, count):
    """The file of the run under way, as soon as it has that many steps."""
    for _ in range(2400):
        for file in tree.files():
            if sum(record["record"] == "step" for record in records_of(file)) >= count:
                return file
        time.sleep(0.05)
    raise AssertionError("the run never came to that")


def begin(tree, *arguments, **more):
    """A run of two trials that has measured a step, and its file."""
    process = tree.start("bench", "tiny", "--trials", "2", "--quick", *arguments, **more)
    return process, wait_for_steps(tree, 1)


def is_whole(file):
    """Whether both trials are in the file, and the run came to its end."""
    kinds = [record["record"] for record in records_of(file)]
    return kinds[0] == "run" and kinds.count("trial") == 2 and kinds[-1] == "end"


def check_goes_on(tree, file, err):
    """The commands that a run which was cut short names go on with it."""
    name = str(file.relative_to(tree.path))
    expect(f"make bench RESUME={name}" in err, err)
    (command,) = re.findall(r"^or, without make: (.*)$", err, re.M)
    words = shlex.split(command)
    expect(words[1:] == ["bench", "--resume", name], words)
    done = subprocess.run(words, cwd=tree.path, capture_output=True, text=True, timeout=120)
    expect(is_fine(tree, done.returncode) and is_whole(file), done.returncode, done.stdout, done.stderr)


def check_cut_short(how, status):
    with Tree(ONE_STEP) as tree:
        tree.add("good", ["./server"])
        process, file = begin(tree)
        process.send_signal(how)
        out, err = process.communicate(timeout=60)
        expect(process.returncode == status, how, process.returncode, out, err)
        expect("good" in out and "cut short" in out, "the report of what was measured", out, err)
        check_goes_on(tree, file, err)


def a_run_that_is_interrupted_reports_what_it_measured_and_says_how_to_go_on():
    check_cut_short(signal.SIGINT, 130)


def a_run_that_is_terminated_reports_what_it_measured_and_says_how_to_go_on():
    check_cut_short(signal.SIGTERM, 130)


def a_run_whose_terminal_is_gone_reports_what_it_measured_and_says_how_to_go_on():
    check_cut_short(signal.SIGHUP, 130)


def fill_the_disk():
    """In the child: no file may become longer than a few records."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (12000, resource.RLIM_INFINITY))


def a_full_disk_reports_what_was_measured_and_says_how_to_go_on():
    with Tree(ONE_STEP) as tree:
        tree.add("good", ["./server"])
        process = tree.start("bench", "tiny", "--trials", "2", "--quick", preexec_fn=fill_the_disk)
        out, err = process.communicate(timeout=120)
        (file,) = tree.files()
        expect(process.returncode == 1 and "cannot be written" in err, process.returncode, err)
        expect("good" in out and "cut short" in out, out, err)
        check_goes_on(tree, file, err)


def a_run_that_is_killed_before_it_measures_leaves_no_file():
    with Tree(ONE_STEP) as tree:
        tree.add("good", ["./server"], build=[["sh", "-c", "echo > built; exec sleep 60"]])
        process = tree.start("bench", "tiny", "--quick")
        for _ in range(600):
            if (tree.path / "backends/good/built").exists():
                break
            time.sleep(0.05)
        process.kill()
        process.communicate(timeout=60)
        expect(not list((tree.path / "results").glob("*")), list((tree.path / "results").glob("*")))


def a_run_that_is_still_going_on_is_not_resumed():
    with Tree(ONE_STEP) as tree:
        tree.add("good", ["./server"])
        process, file = begin(tree)
        before = file.read_bytes()
        status, _, err = tree.run("bench", "--resume", str(file))
        expect(status == 2 and "still going on" in err, status, err)
        expect(file.read_bytes().startswith(before), "the file is as it was")
        out, err = process.communicate(timeout=120)
        expect(is_fine(tree, process.returncode) and is_whole(file), process.returncode, out, err)
        expect(all(record["record"] != "resume" for record in records_of(file)), "no resume")


def a_run_is_not_resumed_with_another_service():
    with Tree(ONE_STEP) as tree:
        folder = tree.add("good", ["./server"], files={"part": "one"})
        manifest = json.loads((folder / "backend.json").read_text())
        (folder / "backend.json").write_text(json.dumps(dict(manifest, artifacts=["part", "server"])))
        process, file = begin(tree)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        before = file.read_bytes()
        changes = (
            ("artifact_hash", lambda: (folder / "part").write_text("two")),
            ("versions", lambda: (folder / "backend.json").write_text(json.dumps(
                dict(manifest, artifacts=["part", "server"],
                     tools=[{"name": "sh", "version": ["sh", "-c", "echo 2.0"], "least": "1.0"}])))),
        )
        for key, change in changes:
            kept = {name: (folder / name).read_text() for name in ("part", "backend.json")}
            change()
            status, _, err = tree.run("bench", "--resume", str(file))
            expect(status == 2 and f'"{key}"' in err and "good is another service" in err, key, status, err)
            expect(file.read_bytes() == before, "a refusal leaves the file alone")
            for name, text in kept.items():
                (folder / name).write_text(text)
        status, out, err = tree.run("bench", "--resume", str(file))
        expect(is_fine(tree, status) and is_whole(file), status, out, err)


def a_run_whose_file_is_taken_away_loses_nothing():
    with Tree(ONE_STEP) as tree:
        tree.add("good", ["./server"])
        process, file = begin(tree)
        file.unlink()
        file.parent.rmdir()
        out, err = process.communicate(timeout=120)
        expect(is_fine(tree, process.returncode) and is_whole(file), process.returncode, out, err)
        expect("The answer" in out, "a report", out)
        expect("was removed or replaced while it was written" in err, err)
        expect(f"The run is in {file.relative_to(tree.path)}" in err, err)


def runs_of_one_second_get_a_file_each():
    with Tree(ONE_STEP) as tree:
        tree.add("good", ["./server"])
        processes = [tree.start("bench", "tiny", "--quick") for _ in range(2)]
        said = []
        for process in processes:
            out, err = process.communicate(timeout=120)
            expect(process.returncode in (0, 3), process.returncode, err)
            said.append("another run of twofold is under way here" in err)
            file = err.rsplit("The run is in ", 1)[1].splitlines()[0]
            details = " ".join(tree.run("report", file, "--details")[1].split())
            expect(said[-1] == ("another run of twofold was under way" in details), details, err)
        expect(any(said), "whoever came second knows of the first", said)
        files = tree.files()
        expect(len(files) == 2 and all(records_of(file)[-1]["record"] == "end" for file in files), files)


run_tests(
    [
        a_run_that_is_interrupted_reports_what_it_measured_and_says_how_to_go_on,
        a_run_that_is_terminated_reports_what_it_measured_and_says_how_to_go_on,
        a_run_whose_terminal_is_gone_reports_what_it_measured_and_says_how_to_go_on,
        a_full_disk_reports_what_was_measured_and_says_how_to_go_on,
        a_run_that_is_killed_before_it_measures_leaves_no_file,
        a_run_that_is_still_going_on_is_not_resumed,
        a_run_is_not_resumed_with_another_service,
        a_run_whose_file_is_taken_away_loses_nothing,
        runs_of_one_second_get_a_file_each,
    ],
    at_once=2,
)
