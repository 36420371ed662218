#!/usr/bin/env python3
"""What somebody sees first: the program's name alone, --help, a slip, a report on a terminal. Nothing is measured.

    end_to_end_front.py TWOFOLD REFERENCE_SERVER
"""

import gzip
import json
import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from tree import TWOFOLD, Tree, expect, run_tests

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT / "harness/tests/runs/search-epyc-2cores.jsonl"
QUIET = ROOT / "harness/tests/runs/catalog-epyc-2cores-quiet.jsonl.gz"
IMPORTED = {"access.log": "apache-common/input.log", "openapi.json": "openapi-json/input.json"}
MEASURE_OR_STAY = {"bench", "load", "sample", "verify", "keep", "upstream"}
SHELL = {"|", ">", "<"}


def commands_of(text):
    return re.findall(r"^  twofold (\S+) +\S", text, re.M)


def examples_of(help_text):
    return re.findall(r"^  twofold (.*)$", help_text.split("\nexamples:\n")[1].split("\n\n")[0], re.M)


def each_command_has_two_examples_that_use_its_own_options():
    with Tree() as tree:
        commands = commands_of(tree.run("--help")[1])
        expect(len(commands) > 10, commands)
        for command in commands:
            status, out, err = tree.run(command, "--help")
            expect(status == 0 and "\nexamples:\n" in out, command, out, err)
            examples = examples_of(out)
            expect(len(examples) >= 2, command, out)
            known = set(re.findall(r"^  (--?[a-zA-Z0-9-]+)", out.split("\nexamples:\n")[0], re.M))
            for example in examples:
                words = shlex.split(example)
                words = words[: next((i for i, word in enumerate(words) if word in SHELL), len(words))]
                expect(words[0] == command, f"an example of {command} is of {words[0]}")
                used = {word.split("=")[0] for word in words if re.match(r"--?[a-zA-Z]", word)}
                expect(used <= known, f"{example}: {used - known} are no options of {command}")


def lay_out(folder):
    """What the examples name, as somebody has it who follows them."""
    for name in ("results/shared", "my-runs", "backends", "share/bash-completion/completions", "bin"):
        (folder / name).mkdir(parents=True)
    (folder / "bin/twofold").symlink_to(TWOFOLD)
    for name in ("go", "rust"):
        (folder / "backends" / name).symlink_to(ROOT / "backends" / name)
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    run = gzip.decompress(QUIET.read_bytes())
    for name in ("results/run", "results/old", "results/new", "results/shared/run", "my-runs/run"):
        (folder / f"{name}.jsonl").write_bytes(run)
    (folder / "results/half.jsonl").write_bytes(run[: len(run) // 2])
    for name, case in IMPORTED.items():
        shutil.copy(ROOT / "harness/tests/cases/import/valid" / case, folder / name)


def shell(folder, command):
    path = f"{folder}/bin:{os.environ['PATH']}"
    return subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, check=False, timeout=120,
                          env={**os.environ, "PATH": path})


def the_examples_that_measure_nothing_work_as_they_are_written():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "checkout")
        lay_out(folder)
        commands = [each for each in commands_of(shell(folder, "twofold --help").stdout) if each not in MEASURE_OR_STAY]
        for command in sorted(commands, reverse=True):  # "scenario" makes what "plan" reads
            for example in examples_of(shell(folder, f"twofold {command} --help").stdout):
                done = shell(folder, f"twofold {example}")
                # This machine may have nothing to mend.
                expect(done.returncode == 0 or command == "doctor", example, done.stdout, done.stderr)
        expect((folder / "report.html").exists() and (folder / "my-page/index.html").exists(), os.listdir(folder))


def a_misspelt_command_is_told_the_nearest():
    with Tree() as tree:
        for slip, meant in (("resport", "report"), ("compaer", "compare"), ("lst", "list")):
            status, out, err = tree.run(slip)
            expect(status == 2 and out == "" and f'did you mean "{meant}"?' in err, slip, out, err)
        status, out, err = tree.run("nonsense-altogether")
        expect(status == 2 and "did you mean" not in err and "--help" in err, err)


def an_option_of_another_program_is_told_what_it_is_called_here():
    with Tree() as tree:
        for words, here in (
            (["report", "--html"], "--format html"),
            (["report", "-o", "x"], "--out"),
            (["bench", "--duration", "5s"], "--measure"),
            (["load", "http://127.0.0.1:1/", "--header", "a: b"], "-H"),
            (["load", "http://127.0.0.1:1/", "--vus", "5"], "--connections"),
            (["load", "http://127.0.0.1:1/", "-c", "5"], "--connections"),
        ):
            status, out, err = tree.run(*words)
            expect(status == 2 and f"here it is {here}\n" in err, words, out, err)
        status, out, err = tree.run("report", "--limit", "latency=100ms", str(SHARED))
        expect(status == 2 and "p99=100ms" in err, err)
        status, out, err = tree.run("report", "--limit", "p99=100", str(SHARED))
        expect(status == 2 and "such as 100ms, or the word none" in err, err)


def what_is_in_the_wrong_place_is_told_apart():
    with Tree() as tree:
        plan = tree.run("plan", "all")
        expect(plan[0] == 0 and "tiny: a short climb" in plan[1], plan)
        expect("all of them, one after another: at most" in plan[1], plan)
        laid_out = tree.path / "laid-out.json"
        laid_out.write_text(json.dumps({"schema": 1}, indent=2))
        told = tree.run("report", "laid-out.json")
        expect(told[0] == 2 and "a JSON document of several lines, as a scenario" in told[2], told)
        told = tree.run("bench", "tiny", "--backends", "good,,other")
        expect(told[0] == 2 and "a comma without a name before it" in told[2], told)
        shutil.rmtree(tree.path / "scenarios")
        told = tree.run("plan", "tiny")
        expect(told[0] == 2 and "no folder scenarios/ here" in told[2] and "the path of a scenario" in told[2], told)
        shutil.rmtree(tree.path / "backends")
        told = tree.run("bench", "tiny")
        expect(told[0] == 2 and "no folder backends/ here" in told[2] and "in a checkout" in told[2], told)


def the_name_alone_says_what_to_do_next_in_this_folder():
    with Tree() as tree:
        status, out, err = tree.run()
        expect(status == 0 and err == "", status, out, err)
        expect("There is no run in results/ yet" in out and "bench http://127.0.0.1:8080/" in out, out)
        expect(commands_of(out) == commands_of(tree.run("--help")[1]), "all commands follow", out)

        (tree.path / "results").mkdir()
        run = tree.path / "results/search.jsonl"
        run.write_bytes(SHARED.read_bytes())
        out = tree.run()[1]
        expect("The newest run is results/search.jsonl" in out and "report results/search.jsonl" in out, out)
        expect("resume" not in out, out)

        lines = run.read_bytes().splitlines(keepends=True)
        run.write_bytes(b"".join(lines[: len(lines) // 2]))
        out = tree.run()[1]
        expect("was cut short" in out and "bench --resume results/search.jsonl" in out, out)


def services_are_listed_whether_they_are_measured_unnamed_or_not():
    with Tree() as tree:
        tree.add("usual", ["./server"])
        tree.add("other", ["./server"], default=False)
        listed = {line.split()[0]: line for line in tree.run("list")[1].splitlines() if line.startswith("  ")}
        expect("where it is named" in listed["other"] and "where it is named" not in listed["usual"], listed)


def a_run_that_was_cut_short_is_listed_as_that():
    with Tree() as tree:
        (tree.path / "results").mkdir()
        lines = SHARED.read_bytes().splitlines(keepends=True)
        (tree.path / "results/whole.jsonl").write_bytes(b"".join(lines))
        (tree.path / "results/half.jsonl").write_bytes(b"".join(lines[: len(lines) // 2]))
        listed = {line.split()[0]: line for line in tree.run("list")[1].splitlines() if "jsonl" in line}
        expect(listed["results/half.jsonl"].endswith(", cut short"), listed)
        expect("cut short" not in listed["results/whole.jsonl"], listed)


def on_terminal(words, environment):
    """What the program writes when its output is a terminal."""
    master, slave = pty.openpty()
    settings = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    process = subprocess.Popen(
        [TWOFOLD, *words], stdout=slave, stderr=subprocess.DEVNULL, env={**settings, **environment}
    )
    os.close(slave)
    written = b""
    while select.select([master], [], [], 60)[0]:
        try:
            part = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        written += part
    os.close(master)
    expect(process.wait(timeout=60) == 0, words)
    return written.decode().replace("\r\n", "\n")


def a_report_is_in_colour_on_a_terminal_alone():
    for words in (["report", str(SHARED)], ["report", str(SHARED), str(SHARED)], ["compare", str(SHARED), str(SHARED)]):
        coloured_on_a_terminal_alone(words)


def coloured_on_a_terminal_alone(words):
    plain = subprocess.run([TWOFOLD, *words], capture_output=True, text=True, check=True).stdout
    expect("\x1b" not in plain, "a pipe is no terminal")
    coloured = on_terminal(words, {"TERM": "xterm-256color"})
    expect("\x1b[" in coloured, coloured)
    for environment in ({"TERM": "xterm-256color", "NO_COLOR": "1"}, {"TERM": "dumb"}, {}):
        expect("\x1b" not in on_terminal(words, environment), environment)
    expect("\x1b[" in on_terminal(words, {"TERM": "xterm", "NO_COLOR": ""}), "an empty NO_COLOR forbids nothing")
    for launcher in ("OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_RANK"):
        written = on_terminal(words, {"TERM": "xterm", launcher: "2"})
        expect("\x1b" not in written, "the terminal is the launcher's, and passed on to no terminal", launcher)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.txt")
        on_terminal([*words, "--out", str(file)], {"TERM": "xterm-256color"})
        expect(file.read_text() == plain, "a file is no terminal")


def a_report_says_more_to_those_who_ask():
    def report(*options):
        words = [TWOFOLD, "report", str(SHARED), *options]
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout

    short = report()
    expect(short.index("The answer") < short.index("What to do about it"), short)
    expect(f"report {SHARED} --details" in short, "it says how", short)
    expect("The columns:" not in short and len(short.splitlines()) <= 45, short)
    details = report("--details")
    for part in ("What was run", "What that costs", "Scores", "Service by service", "Warnings"):
        expect(part in details and part not in short, part)
    expect("The columns:" not in details and "The columns:" in report("--details", "--explain"), "legends on request")
    expect("Step by step" in report("--steps") and "Step by step" not in details, "every step on request")


run_tests(
    [
        each_command_has_two_examples_that_use_its_own_options,
        the_examples_that_measure_nothing_work_as_they_are_written,
        a_misspelt_command_is_told_the_nearest,
        an_option_of_another_program_is_told_what_it_is_called_here,
        what_is_in_the_wrong_place_is_told_apart,
        the_name_alone_says_what_to_do_next_in_this_folder,
        services_are_listed_whether_they_are_measured_unnamed_or_not,
        a_run_that_was_cut_short_is_listed_as_that,
        a_report_is_in_colour_on_a_terminal_alone,
        a_report_says_more_to_those_who_ask,
    ]
)
