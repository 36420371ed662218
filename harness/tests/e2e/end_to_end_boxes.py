#!/usr/bin/env python3
"""Services in boxes: what limits them there is named, what a larger box buys is told, and runs in other boxes are
neither compared nor resumed as if they were the same.

    end_to_end_boxes.py TWOFOLD REFERENCE_SERVER TOY
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from tree import SCENARIO, TWOFOLD, Skipped, Tree, expect, run_tests

TOY = Path(sys.argv[3]).resolve()

# What the toys do, they do for requests with this header: not while they are verified.
LOADED = [{**SCENARIO["requests"][0], "headers": {"X-Load": "1"}}]
# 400 us of CPU a request: a quarter of a core serves 625 of them a second, half a core 1,250.
CLIMB = {
    **SCENARIO,
    "requests": LOADED,
    "double": {"what": "rate", "from": 400, "steps": 2},
    "limits": {"p90": "150ms", "errors": "5%"},
}
SHORT = {**SCENARIO, "double": {"what": "rate", "from": 1000, "steps": 1}}

FAKE = """#!/bin/sh
echo "$@" >>"$HOME/asked"
while [ "$1" != -- ]; do shift; done
shift
exec "$@"
"""


def words(out):
    return " ".join(out.split())


def add_toy(tree, name, *fault):
    folder = tree.add(name, ["./toy", *fault])
    shutil.copy(TOY, folder)


def groups_of(pid):
    """The control groups that the run of that number has made for its services and not removed yet."""
    return sorted(str(folder) for folder in Path("/sys/fs/cgroup").glob(f"**/twofold-service-{pid}-*"))


def wait_until(holds):
    for _ in range(400):
        if holds():
            return True
        time.sleep(0.05)
    return False


def bench(tree, *arguments):
    process = tree.start("bench", "tiny", "--quick", *arguments)
    out, err = process.communicate(timeout=120)
    if "no box can be made here" in err:
        raise Skipped(err.strip().splitlines()[-1])
    expect(groups_of(process.pid) == [], "nothing is left", groups_of(process.pid))
    return process.returncode, words(out), err


def report_of(tree, file):
    return json.loads(tree.run("report", file, "--format", "json")[1])


def what_a_larger_box_buys_is_told():
    with Tree(CLIMB) as tree:
        add_toy(tree, "cpu", "cpu", "400")
        status, out, err = bench(tree, "--boxes", "cpus=0.25,0.5", "--out", "two.jsonl")
        expect(status == 0, status, out, err)
        report = report_of(tree, "two.jsonl")
        found = {backend["name"]: backend for backend in report["backends"]}
        expect(sorted(found) == ["cpu@0.25cpu", "cpu@0.5cpu"], list(found))
        expect(all(backend["workers"] == 1 for backend in found.values()), "CORES, rounded up", found)
        small, large = report["boxes"]
        expect((small["cpus"], large["cpus"], large["times_the_box"]) == (0.25, 0.5, 2), report["boxes"])
        expect("What a larger box buys" in out, out)
        expect("in boxes of 0.25 cpus and 0.5 cpus" in tree.details("two.jsonl"), out)
        check_other_boxes(tree)
        if any(backend["all_invalid"] for backend in found.values()):
            raise Skipped("others work on this machine: no step is valid")
        breaks = found["cpu@0.25cpu"]["breaks"]
        if not breaks and any(step["verdict"] == "invalid" for step in found["cpu@0.25cpu"]["steps"]):
            raise Skipped("others work on this machine: the step that would break is not valid")
        expect(breaks and breaks[0]["cause"] == "quota", breaks, out)
        expect(large["capacity_high"] is None or large["capacity_high"] > small["capacity_low"], report["boxes"])


def check_other_boxes(tree):
    log = (tree.path / "two.jsonl").read_text()
    (tree.path / "other.jsonl").write_text(log.replace("cpus=0.25", "cpus=0.3"))
    status, out, err = tree.run("compare", "two.jsonl", "other.jsonl")
    expect(status == 2 and '"box"' in err and "cpu@0.25cpu in cpus=0.25" in err, "not comparable", status, err)
    status, out, err = tree.run("compare", "two.jsonl", "other.jsonl", "--force")
    expect(status == 0 and "--force was given" in words(out), status, out, err)
    lines = log.splitlines(keepends=True)
    cut = "".join(lines[: next(i for i, line in enumerate(lines) if json.loads(line)["record"] == "trial")])
    (tree.path / "cut.jsonl").write_text(cut)
    status, out, err = tree.run("bench", "tiny", "--resume", "cut.jsonl", "--box", "cpus=0.5")
    expect(status == 2 and 'its "box" is "cpus=0.25,0.5", here and now it is "cpus=0.5"' in err, status, err)
    expect((tree.path / "cut.jsonl").read_text() == cut, "the file stays as it is")


def a_service_that_outgrows_its_box_is_a_crash_for_want_of_memory():
    with Tree({**CLIMB, "limits": {"p90": "400ms"}, "double": {"what": "rate", "from": 800, "steps": 1}}) as tree:
        add_toy(tree, "leak", "leak", "64")
        status, out, err = bench(tree, "--box", "memory=64MiB", "--out", "leak.jsonl")
        expect(status == 0, "a crash is a result", status, out, err)
        report = report_of(tree, "leak.jsonl")
        expect(report["cores"]["box"] == "memory=64MiB" and report["boxes"] == [], report["cores"])
        (leak,) = report["backends"]
        expect([death["death"]["signal"] for death in leak["deaths"]][:1] == [signal.SIGKILL], leak["deaths"], out)
        crash = [b for b in leak["breaks"] if b["limit"] == "crash"]
        expect(leak["limits"][0]["limit"] == "crash" and crash and crash[0]["cause"] == "memory", leak["breaks"], out)
        expect(leak["deaths"][0]["for_memory"], leak["deaths"])
        expect(crash[0]["evidence"]["group_oom_kills"] >= 1, crash)
        details = tree.details("leak.jsonl")
        expect("killed by signal 9 (SIGKILL), because memory ran out" in details, details)
        expect("each service in a box of 64 MiB" in details, details)


def a_box_that_is_too_small_to_start_in_is_named():
    with Tree(SHORT) as tree:
        tree.add("large", ["python3", "-c", "data = bytearray(64 << 20)"])
        status, out, err = bench(tree, "--box", "memory=4MiB")
        expect(status == 1, status, out, err)
        expect("large is left out" in err, err)
        expect("killed by SIGKILL in its box (memory=4MiB), whose memory ran out" in words(err), err)


def what_is_no_box_is_refused():
    with Tree(SHORT) as tree:
        add_toy(tree, "toy", "cpu", "10")
        for arguments, said in (
            (["--box", "cpus=0"], "bench: --box: cpus: expected a number of cores"),
            (["--box", "cpu=1"], "did you mean cpus"),
            (["--box", "cpus=1,cpus=1"], "cpus stands there twice"),
            (["--box", "cpus=0.25,0.5"], "expected one box"),
            (["--boxes", "cpus=0.5,0.25"], "bench: --boxes: cpus: expected each value to be larger"),
            (["--box", "cpus=1", "--boxes", "cpus=1"], "--box and --boxes"),
            (["--box", "cpus=1000"], "a box of 1000 cpus would not be what limits a service"),
        ):
            status, out, err = tree.run("bench", "tiny", "--quick", *arguments)
            expect(status == 2 and said in err and not out, arguments, status, err)


def runs_that_are_killed_leave_nothing():
    with Tree(SHORT) as tree:
        add_toy(tree, "toy", "cpu", "10")
        for how in (signal.SIGINT, signal.SIGKILL):  # after which its guard cleans up, or else the next run
            process = tree.start("bench", "tiny")
            some = wait_until(lambda: groups_of(process.pid) != [] or process.poll() is not None)
            process.send_signal(how)
            _, err = process.communicate(timeout=60)
            if not some:
                raise Skipped("no control group can be made here")
            if how == signal.SIGKILL:
                expect(tree.run("bench", "tiny", "--box", "cpus=1000")[0] == 2)
            expect(wait_until(lambda: groups_of(process.pid) == []), how, groups_of(process.pid), err)


def where_only_systemd_makes_groups_it_is_asked():
    """As a user without root, with something on PATH that looks like systemd-run."""
    if os.geteuid() != 0:
        raise Skipped("only root can become another user")
    with Tree(SHORT) as tree:
        add_toy(tree, "toy", "cpu", "10")
        fake = tree.path / "bin" / "systemd-run"
        fake.parent.mkdir()
        twofold = shutil.copy(TWOFOLD, tree.path)  # where nobody may run it
        fake.write_text(FAKE)
        fake.chmod(0o755)
        os.chmod(tree.path, 0o777)
        subprocess.run(["chown", "-R", "nobody", tree.path], check=True)
        nobody = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        path = {"HOME": str(tree.path), "PATH": "/usr/sbin:/sbin"}

        def run(box):
            command = [twofold, "bench", "tiny", "--quick", "--box", box]
            ran = subprocess.run(
                command, cwd=tree.path, env=path, capture_output=True, text=True, timeout=120, check=False, **nobody
            )
            return ran.returncode, ran.stdout + ran.stderr

        status, said = run("cpus=0.5")
        expect(status == 1 and "no box can be made here, which takes root or `systemd-run" in said, status, said)
        path["PATH"] = f"{fake.parent}:/usr/bin:/bin"
        status, said = run("cpus=0.5,memory=64MiB")
        expect(status == 0, status, said)
        asked = (tree.path / "asked").read_text()
        expect(
            "--user --scope --quiet --collect --property=CPUQuota=50% --property=MemoryMax=67108864 "
            "--property=MemorySwapMax=0 -- ./toy cpu 10" in asked,
            asked,
        )


run_tests(
    [
        what_a_larger_box_buys_is_told,
        a_service_that_outgrows_its_box_is_a_crash_for_want_of_memory,
        a_box_that_is_too_small_to_start_in_is_named,
        what_is_no_box_is_refused,
        runs_that_are_killed_leave_nothing,
        where_only_systemd_makes_groups_it_is_asked,
    ]
)
