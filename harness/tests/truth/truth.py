#!/usr/bin/env python3
"""Toys whose truth is known, measured as any service is.

    truth.py TWOFOLD TOY [--suite] [--profile NAME] [--only NAME,…] [--keep FOLDER [--again]]

Runs `twofold bench` on each toy of truth.json in a tree of its own and compares what is reported with the truth: which
limit broke first, why, and between which loads, where that is known. Prints a line a toy and a table of confusion. A
toy is void when the machine let too few steps be valid; it is then run once more.

Without --suite all toys are run, in the standard profile unless another one is named, and the exit status is 1 when the
first limit is right in less than 95 %, the cause in less than 90 %, or more than 10 % are void. With it those marked so
are run, in the quick profile: each that is not void must be right, and 77 is returned when most are void. The run logs
stay in the folder of --keep; --again judges those that are there and measures nothing.
"""

import argparse
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "e2e/fleet"))
from namespaces import Hosts, Unavailable  # noqa: E402  pylint: disable=wrong-import-position

FIRST_LEAST, CAUSE_LEAST, VOID_MOST = 0.95, 0.90, 0.10
SKIPPED = 77
PATIENCE_S = 580
SUITE_S = 240  # after so long the suite begins no other toy
SUITE_LADDER = {"double": {"what": "rate", "from": 400, "steps": 5}}


class Absent(Exception):
    """What a toy needs is not on this machine."""


class Group:
    """A control group with a limit, in which a toy runs; version 1 or 2, whichever holds the controller."""

    def __init__(self, limits):
        self.folders = []
        try:
            if "cpu_share" in limits:
                period = 100000
                quota = int(limits["cpu_share"] * period)
                self.make("cpu", {"cpu.cfs_period_us": period, "cpu.cfs_quota_us": quota},
                          {"cpu.max": f"{quota} {period}"})
            if "memory_bytes" in limits:
                most = limits["memory_bytes"]
                self.make("memory", {"memory.limit_in_bytes": most}, {"memory.max": most})
        except OSError as problem:
            self.remove()
            raise Absent(f"no control group could be made: {problem}") from problem

    def make(self, controller, first, second):
        root = Path("/sys/fs/cgroup")
        old = (root / controller).is_dir()
        folder = (root / controller if old else root) / f"twofold-truth-{os.getpid()}"
        folder.mkdir()
        self.folders.append(folder)
        for file, value in (first if old else second).items():
            (folder / file).write_text(str(value))

    def wrap(self, argv):
        enter = " && ".join(f"echo $$ >{folder}/cgroup.procs" for folder in self.folders)
        return ["sh", "-c", f'{enter} && exec "$@"', "sh", *argv]

    def remove(self):
        for folder in self.folders:
            folder.rmdir()


class Neighbour:
    """Another program that is at work while a toy is measured, on the last core ("{last}"): none of the toy's own."""

    def __init__(self, argv):
        argv = [word.replace("{last}", str(max(os.sched_getaffinity(0)))) for word in argv]
        self.process = subprocess.Popen(argv)

    def remove(self):
        self.process.kill()
        self.process.wait()


def lay_out(tree, toy, run, program, scenario):
    folder = tree / "backends" / toy["name"]
    folder.mkdir(parents=True)
    (tree / "scenarios").mkdir()
    shutil.copy(program, folder / "toy")
    for file in toy.get("files", []):
        shutil.copy(HERE / file, folder)
    (tree / "scenarios/truth.json").write_text(json.dumps({**scenario, **toy.get("scenario", {})}))
    (folder / "backend.json").write_text(json.dumps({
        "schema": 1, "name": toy["name"], "language": "C", "framework": "toy", "class": "tuned", "why": toy["why"],
        "contract": ["health", "getItem"], "tools": [{"name": "sh", "version": ["echo", "1.0"], "least": "1.0"}],
        "build": [["true"]], "run": run, "artifacts": ["toy"], "lock": None, "sources": ["backend.json"],
    }))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(folder, run):
    """A toy that runs already: its URL."""
    port = free_port()
    toy = subprocess.Popen(run, cwd=folder, env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "CORES": "1"},
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(1000):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
    finally:
        toy.kill()
        toy.wait()


def bench(options, tree, log, *services, enter=None):
    words = [str(options.twofold), "bench", "truth", "--profile", options.profile, "--out", str(log), *services]
    return subprocess.run(enter(words) if enter else words, cwd=tree, capture_output=True, text=True,
                          timeout=PATIENCE_S, check=False)


def bench_over_link(options, toy, tree, log, run):
    """The toy on a host of its own, and the generator on another, with a slow link between them."""
    try:
        with Hosts(("gen1", "svc")) as hosts:
            hosts.limit("gen1", toy["link"])
            words = ["env", f"HOST={hosts.address['svc']}", "PORT=8080", "CORES=1", "taskset", "--cpu-list",
                     str(max(os.sched_getaffinity(0))), *run]
            hosts.start_on("svc", words, cwd=tree / "backends" / toy["name"])
            pids = wait_for(lambda: hosts.named("svc", "toy"))
            return bench(options, tree, log, "--target", f"{toy['name']}=http://{hosts.address['svc']}:8080",
                         "--allow-remote", "--watch", f"{toy['name']}=pid:{pids[0]}",
                         enter=lambda words: hosts.on("gen1", words))
    except Unavailable as reason:
        raise Absent(f"no hosts can be made here: {reason}") from reason


def wait_for(look):
    for _ in range(1000):
        found = look()
        if found:
            return found
        time.sleep(0.01)
    raise RuntimeError("the toy did not start")


def report_of(options, log, progress=""):
    report = subprocess.run([options.twofold, "report", log, "--format", "json"], capture_output=True, text=True,
                            check=False)
    if report.returncode != 0:
        raise RuntimeError(f"{log.stem} was not measured:\n{progress}{report.stderr}")
    if options.keep:
        log.with_suffix(".json").write_text(report.stdout)
    return json.loads(report.stdout)


def measure(options, toy, scenario):
    """The report of one run, as the program's JSON."""
    if options.again:
        log = options.keep / f"{toy['name']}.jsonl"
        if not log.exists():
            raise Absent("it was not measured")
        return report_of(options, log)
    if "tool" in toy and shutil.which(toy["tool"]) is None:
        raise Absent(f"{toy['tool']} is not on this machine")
    group = Group(toy["group"]) if "group" in toy else None
    neighbour = Neighbour(toy["beside"]) if "beside" in toy else None
    tree = Path(tempfile.mkdtemp(prefix="twofold-truth-"))
    log = Path(options.keep or tree) / f"{toy['name']}.jsonl"
    try:
        run = group.wrap(toy["run"]) if group else toy["run"]
        lay_out(tree, toy, run, options.toy, scenario)
        log.unlink(missing_ok=True)
        if "link" in toy:
            done = bench_over_link(options, toy, tree, log, run)
        elif toy.get("attached"):
            with running(tree / "backends" / toy["name"], run) as url:
                done = bench(options, tree, log, "--target", f"{toy['name']}={url}")
        else:
            done = bench(options, tree, log)
        return report_of(options, log, done.stderr)
    finally:
        shutil.rmtree(tree)
        if neighbour:
            neighbour.remove()
        if group:
            group.remove()


def first_limits(backend):
    """The limits of the lowest order; those that were not told apart from the first are among them."""
    return [limit["limit"] for limit in backend["limits"] if limit["order"] == 1 and limit["breaks_at_rps"]]


class Outcome:
    """What was reported of a toy, held against its truth: `first` and `cause` are right, wrong, missed or void."""

    def __init__(self, toy, overload, report):
        backend = self.backend = report["backends"][0]
        self.toy, self.problems = toy, []
        self.limits = first_limits(backend)
        self.named = backend["breaks"][0]["cause"] if backend["breaks"] else None
        self.invalid = [step["level"] for step in backend["steps"] if step["verdict"] == "invalid"]
        self.first, self.cause = "right", "right"
        if toy.get("nothing_right"):
            self.judge_refusal()
        elif not toy["first"]:
            self.judge_sound()
        elif not self.limits:
            kind = "void" if self.invalid else "missed"
            self.first, self.cause = kind, kind
        else:
            self.judge_broken(overload)
        if self.first != "void":
            self.judge_rest()

    def judge_refusal(self):
        wrong = self.backend.get("wrong_from_start")
        if not (wrong and wrong["nothing_right"]):
            self.first = self.cause = "missed"

    def judge_sound(self):
        if self.limits:
            self.first = self.cause = "wrong"
        elif self.backend["all_invalid"] or len(self.invalid) * 2 > len(self.backend["steps"]):
            self.first = self.cause = "void"

    def judge_broken(self, overload):
        wanted = set(self.toy["first"])
        tied = wanted | (set(overload) if wanted & {*overload, "crash"} else set())
        if not wanted & set(self.limits) or not set(self.limits) <= tied:
            self.first = "wrong"
        causes = self.toy["cause"]
        if os.cpu_count() <= 2:  # the service has one core of two
            causes = self.toy.get("cause_on_one_core", causes)
        if self.named == "foreign-work" and not {"foreign-work", "cpu"} & set(causes):
            self.first = self.cause = "void"  # others were at work on the machine
        elif self.named not in causes:
            self.cause = "missed" if self.named == "unknown" else "wrong"

    def judge_rest(self):
        backend, toy = self.backend, self.toy
        holds, breaks = backend["capacity_rps"] or 0, backend["breaks_at_rps"] or float("inf")
        if "capacity" in toy and not (holds <= toy["capacity"][1] and toy["capacity"][0] <= breaks):
            self.problems.append(f"capacity {holds:.0f} to {breaks:.0f}/s, not {toy['capacity']}")
        if toy.get("holds_nothing") and holds > 0:
            self.problems.append(f"holds {holds:.0f}/s, and should hold nothing")
        if holds < toy.get("holds_least", 0):
            self.problems.append(f"holds {holds:.0f}/s only, not {toy['holds_least']}")
        if toy.get("stalls") and not (backend["stalls"] or self.invalid):
            self.problems.append("its stall is not reported")
        words = " ".join([backend["sentence"] or "", *(b["cause_in_words"] or "" for b in backend["breaks"])])
        if toy.get("said", "") not in words:
            self.problems.append(f"{toy['said']} is not said")
        if "cpu_ns_per_request" in toy:
            low, high = toy["cpu_ns_per_request"]
            seen = [s["cpu_ns_per_request"] for s in backend["steps"] if s["verdict"] == "pass"]
            if not all(low <= (cpu or 0) <= high for cpu in seen):
                self.problems.append(f"CPU a request {seen}, not {low} to {high} ns")

    def forgive_machine(self):
        """The fault is the machine's: nothing said, or foreign work named, or no valid step."""
        if self.named in (None, "foreign-work") or self.first == "void":
            self.first = self.cause = "right"

    def line(self):
        breaks = ", ".join(f"{b['limit']} at {b['load_rps']:.0f}/s ({b['cause']})" for b in self.backend["breaks"][:1])
        text = f"{self.toy['name']:<20} first {self.first:<7} cause {self.cause:<7} "
        text += f"holds {self.backend['capacity_rps'] or 0:.0f}/s; {breaks or 'nothing breaks'}"
        if self.invalid:
            text += f"; invalid {self.invalid}"
        return "; ".join([text, *self.problems])


def judge(options, toy, truth):
    outcome = None
    for _ in range(1 if options.again else 2):  # once more, and only where the machine made it void
        outcome = Outcome(toy, truth["overload"], measure(options, toy, truth["scenario"]))
        if toy.get("machine"):
            outcome.forgive_machine()
        if outcome.first != "void":
            break
    return outcome


def share(count, of):
    return count / of if of > 0 else 0


def table(outcomes):
    print(f"\n{'':<14}{'right':>7}{'wrong':>7}{'missed':>7}{'void':>7}")
    for what in ("first", "cause"):
        kinds = [getattr(outcome, what) for outcome in outcomes]
        print(f"{what:<14}" + "".join(f"{kinds.count(kind):>7}" for kind in ("right", "wrong", "missed", "void")))


def verdict(options, outcomes):
    judged = [outcome for outcome in outcomes if outcome.first != "void"]
    void = share(len(outcomes) - len(judged), len(outcomes))
    first = share(sum(outcome.first == "right" for outcome in judged), len(judged))
    cause = share(sum(outcome.cause == "right" for outcome in judged), len(judged))
    other = sum(bool(outcome.problems) for outcome in judged)
    print(f"first limit right in {first:.0%}, cause in {cause:.0%}, void {void:.0%}; {other} with another fault")
    if options.suite:
        if first < 1 or cause < 1:
            return 1 if judged else SKIPPED
        return SKIPPED if void > 0.5 else 0
    return 1 if first < FIRST_LEAST or cause < CAUSE_LEAST or void > VOID_MOST else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("twofold", type=lambda path: Path(path).resolve())
    parser.add_argument("toy", type=lambda path: Path(path).resolve())
    parser.add_argument("--suite", action="store_true")
    parser.add_argument("--profile")
    parser.add_argument("--only", default="")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--keep", type=lambda path: Path(path).resolve())
    options = parser.parse_args()
    options.profile = options.profile or ("quick" if options.suite else "standard")
    truth = json.loads((HERE / "truth.json").read_text(encoding="utf-8"))
    only = set(filter(None, options.only.split(",")))
    unknown = only - {toy["name"] for toy in truth["toys"]}
    if unknown:
        sys.exit(f"truth.py: no toy is called {', '.join(sorted(unknown))}")
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    if options.suite:
        truth["scenario"].update(SUITE_LADDER)
    outcomes = []
    start_s = time.monotonic()
    for toy in truth["toys"]:
        if (only and toy["name"] not in only) or (options.suite and not toy.get("suite")):
            continue
        if options.suite and time.monotonic() - start_s > SUITE_S:
            print(f"{toy['name']:<20} not reached: the machine is too busy", flush=True)
            continue
        try:
            outcomes.append(judge(options, toy, truth))
            print(outcomes[-1].line(), flush=True)
        except Absent as reason:
            print(f"{toy['name']:<20} skipped: {reason}", flush=True)
    table(outcomes)
    sys.exit(verdict(options, outcomes))


if __name__ == "__main__":
    main()
