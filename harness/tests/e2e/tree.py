"""A tree of scenarios and backends as a user has one, for tests that run the whole program in it, and what runs such
tests.

A file of such tests is given the paths of twofold and of the reference server. Each test is a function; its name is
what it holds the program to.
"""

import json
import multiprocessing
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from runs import run_files

TWOFOLD, SERVER = (str(Path(argument).resolve()) for argument in sys.argv[1:3])

# At such rates a step of the standard profile takes 5 s, then 2.5 s, and a quick one about a second.
SCENARIO = {
    "schema": 1,
    "name": "tiny",
    "why": "a short climb for tests",
    "requests": [{"name": "read", "path": "/items/{id}", "expect": {"status": 200, "json": {"id": "{id}"}}}],
    "values": {"id": {"uniform": [1, 10000]}},
    "double": {"what": "rate", "from": 1000, "steps": 2},
    "step": {"warmup": "200ms", "measure": "1s"},
    "deadline": "500ms",
    "limits": {"p90": "400ms", "errors": "5%", "throughput": "80%"},
}
ONE_STEP = {**SCENARIO, "double": {"what": "rate", "from": 1000, "steps": 1}}


def manifest(name, run, build=None, tools=None, **more):
    return {
        "schema": 1,
        "name": name,
        "language": "C",
        "framework": "libuv",
        "class": "tuned",
        "why": "for a test",
        "tools": tools or [{"name": "sh", "version": ["sh", "-c", "echo 1.0"], "least": "1.0"}],
        "build": build or [["true"]],
        "run": run,
        "artifacts": ["backend.json"],
        "lock": None,
        "sources": ["backend.json"],
        "contract": ["health", "getItem"],
        **more,
    }


class Tree:
    """A folder with scenarios/ and backends/, as a user has one."""

    def __init__(self, scenario=None):
        self.path = Path(tempfile.mkdtemp(prefix="twofold-test-"))
        (self.path / "scenarios").mkdir()
        (self.path / "backends").mkdir()
        (self.path / "scenarios/tiny.json").write_text(json.dumps(scenario or SCENARIO))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def add(self, name, run, files=None, **more):
        folder = self.path / "backends" / name
        folder.mkdir()
        shutil.copy(SERVER, folder / "server")
        for file, text in (files or {}).items():
            (folder / file).write_text(text)
        (folder / "backend.json").write_text(json.dumps(manifest(name, run, **more)))
        return folder

    def start(self, *arguments, **more):
        # Under nohup SIGHUP is ignored, and what is ignored is so in every child; what is caught is not.
        if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
            signal.signal(signal.SIGHUP, lambda *_: None)
        return subprocess.Popen(
            [TWOFOLD, *arguments], cwd=self.path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more
        )

    def run(self, *arguments, **more):
        process = self.start(*arguments, **more)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def details(self, *run):
        """All that the report says of the newest run, or of this one, in one line of words."""
        status, out, err = self.run("report", *run, "--details")
        expect(status == 0, status, err)
        return " ".join(out.split())

    def log(self):
        (file,) = self.files()
        return run_files.records_of(file)

    def files(self):
        return run_files.files_of(self.path / "results")


class Skipped(Exception):
    """What the test needs is not on this machine."""


def expect(holds, *said):
    if not holds:
        raise AssertionError("\n".join(str(s) for s in said))


def is_fine(tree, status, aside=()):
    """Of a bench, the last of its tree: 0, or 3 only because not one step of a service was valid, which is what the
    work of others on this machine can do to any run. `aside`: what else of a service may make it 3."""
    if status != 3:
        return status == 0
    backends = json.loads(tree.run("report", "--format", "json")[1])["backends"]
    others = ("skipped", "distrusted", "failed_trials", "trials_ended_early", "audit_gaps")
    wrong = [key for each in backends for key in others if each[key] and key not in aside]
    return any(each["all_invalid"] for each in backends) and not wrong


def outcome_of(test):
    """How it went: "ok", "skipped" or "FAILED", and the line to print. Called in a process of its own."""
    began = time.monotonic()
    try:
        test()
        return "ok", f"ok      {test.__name__} ({time.monotonic() - began:.0f} s)"
    except Skipped as reason:
        return "skipped", f"skipped {test.__name__}: {reason}"
    except Exception as problem:
        return "FAILED", f"FAILED  {test.__name__}: {type(problem).__name__}: {problem}"


def outcomes_of(tests, at_once):
    if at_once == 1:
        yield from map(outcome_of, tests)
        return
    with ProcessPoolExecutor(at_once, mp_context=multiprocessing.get_context("fork")) as pool:
        yield from pool.map(outcome_of, tests)


def run_tests(tests, measured=(), at_once=1):
    """Runs them all and ends the program: exit status 1 when one failed. A file that gives `measured`, tests of what a
    quiet machine measures, can be asked for "measured" or "others" alone, by its third argument. `at_once`: so many
    run beside each other, each in a process of its own; for tests whose runs mostly wait, and that hold nothing to what
    was measured: those of `measured` run one after the other."""
    if measured:
        asked = (sys.argv[3:] or ["all"])[0]
        at_once = at_once if asked == "others" else 1
        tests = {"all": [*tests, *measured], "measured": measured, "others": tests}[asked]
    words = []
    for word, line in outcomes_of(tests, at_once):
        words.append(word)
        print(line, flush=True)
    print(f"{words.count('ok')} passed, {words.count('FAILED')} failed, {words.count('skipped')} skipped")
    sys.exit(1 if "FAILED" in words else 0)
