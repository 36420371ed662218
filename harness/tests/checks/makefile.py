#!/usr/bin/env python3
"""The Makefile refuses what it does not know and builds the sources beside it: makefile.py

Both spellings of one variable; the toolchains of a run to be shared; a variable with a slip in its name; a checkout
that was copied with its builds, here one whose CMakeLists.txt only writes a file; the sources without the rest.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

MAKEFILE = Path(__file__).resolve().parents[3] / "Makefile"
PROJECT = """cmake_minimum_required(VERSION 3.20)
project(copied NONE)
add_custom_target(twofold COMMAND ${CMAKE_COMMAND} -E echo NAME > ${CMAKE_SOURCE_DIR}/said)
"""


def make(folder, *arguments):
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "BACKEND"))}
    return subprocess.run(["make", "-C", folder, "--no-print-directory", *arguments], env=plain, capture_output=True,
                          text=True, check=False)


def need(holds, what, made):
    if not holds:
        sys.exit(f"{what}: exit {made.returncode}\n{made.stdout}{made.stderr}")


def variables(folder):
    for command in ("bench", "verify"):
        for spelling in ("BACKEND", "BACKENDS"):
            made = make(folder, "-n", command, f"{spelling}=go")
            need(made.returncode == 0 and " go" in made.stdout.replace("'", " "), f"{command} {spelling}=go", made)
    for slip in ("SCENARO=shop", "TRIAL=3", "backends=go"):
        made = make(folder, "-n", "bench", slip)
        named = slip.split("=", maxsplit=1)[0]
        need(made.returncode != 0 and f"unknown: {named}" in made.stderr and "SCENARIO" in made.stderr, slip, made)
    for named, given in (("go rust", "'go,rust'"), ("go, ./my shop", "'go, ./my shop'"), ("./shop", "'./shop'")):
        made = make(folder, "-n", "bench", f"BACKENDS={named}")
        need(made.returncode == 0 and f"--backends {given}" in made.stdout, f"BACKENDS={named}", made)
    made = make(folder, "-n", "bench", "BACKEND=go", "BACKENDS=rust")
    need(made.returncode != 0, "two names of one thing", made)
    for words, wanted in ((("compare", "A=my runs/a.jsonl", "B=b.jsonl,c.jsonl"),
                           "compare 'my runs/a.jsonl' 'b.jsonl,c.jsonl' --fail-if"),
                          (("compare", "FORCE=1"), "compare 'A' 'B' --force --fail-if"),
                          (("bench", "SCENARIO=catalog", "BACKENDS=go rust", "QUICK=1"),
                           "bench 'catalog' --backends 'go,rust' --quick --fail-if"),
                          (("report", "RUN=a.jsonl", "FORMAT=junit"), "report 'a.jsonl' --format 'junit' --fail-if")):
        made = make(folder, "-n", *words, "FAIL_IF=capacity<-10%")
        need(made.returncode != 0 and f"build/twofold {wanted} 'capacity<-10%'" in made.stderr,
             "a gate, whose status make would lose, is sent to the program with what was asked", made)
    for given, wanted in ((("SHARE=1",), "pinned"), (("SHARE=1", "TOOLCHAINS=missing"), "missing"), ((), "missing")):
        made = make(folder, "-n", "bench", *given)
        holds = f"toolchains.sh '{wanted}'" in made.stdout and ("--share" in made.stdout) == ("SHARE=1" in given)
        need(made.returncode == 0 and holds, f"the toolchains of {given}", made)
    made = make(folder, "-n", "bench", "CC=gcc", "QUICK=1", "SCENARIO=a b")
    need(made.returncode == 0 and "--quick" in made.stdout, "what is known, and what CMake knows", made)


def lay_out(folder, name):
    (folder / "CMakeLists.txt").write_text(PROJECT.replace("NAME", name), encoding="utf-8")


def copied(folder):
    first, second = folder / "first", folder / "second"
    (first / "setup").mkdir(parents=True)
    shutil.copy(MAKEFILE, first)
    for script in ("system.sh", "toolchains.sh"):
        (first / "setup" / script).write_text("exit 0\n", encoding="utf-8")
    lay_out(first, "first")
    made = make(first, "build")
    need(made.returncode == 0 and (first / "said").read_text(encoding="utf-8") == "first\n", "a checkout", made)
    shutil.copytree(first, second)
    lay_out(second, "second")
    made = make(second, "build")
    said = (second / "said").read_text(encoding="utf-8"), (first / "said").read_text(encoding="utf-8")
    need(made.returncode == 0 and said == ("second\n", "first\n"), f"its copy: {said}", made)
    need("made anew" in made.stderr, "the copy says so", made)
    made = make(second, "build")
    need(made.returncode == 0 and "made anew" not in made.stderr, "the copy, once made", made)


def sources_alone(folder):
    """What the program is built from is enough to configure: licence, documents and scenarios may be elsewhere."""
    for name in ("harness", "setup", "backends/reference", "CMakeLists.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).symlink_to(MAKEFILE.parent / name)
    made = subprocess.run(["cmake", "-S", folder, "-B", folder / "build"], capture_output=True, text=True, check=False)
    need(made.returncode == 0, "a checkout without its licence", made)


def main():
    if shutil.which("cmake") is None:
        print("cmake is missing")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        variables(MAKEFILE.parent)
        copied(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        sources_alone(Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
