#!/usr/bin/env python3
"""clang-tidy over the C of the harness and of the reference service: tidy.py build-folder [root]

Nearly all of the time goes into the analyzer, which follows paths through the code: it is for what is shipped. The
tests, which their sanitizers watch while they run, are held to all other checks. Of each function the analyzer looks at
TIDY_NODES states (75,000, as in its own shallow mode, a third of what it takes by itself): `make tidy` lets it look at
225,000, three times as long.

A file that passed is left alone until it, a header it includes, its compile command, .clang-tidy or the tool changes.
"""

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SKIPPED = 77
NODES = os.environ.get("TIDY_NODES", "75000")
FOR_TESTS = ["--checks=-clang-analyzer-*"]  # beside those of .clang-tidy
FOR_SHIPPED = [f"--extra-arg={word}" for word in ("-Xclang", "-analyzer-config", "-Xclang", f"max-nodes={NODES}")]


def find_tool():
    """clang-tidy 14: later ones know more checks, and bugprone-* would mean something else with each."""
    for name in ("clang-tidy-14", "clang-tidy"):
        path = shutil.which(name)
        if path is not None:
            version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
            if re.search(r"version 14\.", version):
                return path, version
    return None, None


def words_of(entry):
    return entry["arguments"] if "arguments" in entry else shlex.split(entry["command"])


def headers_of(entry):
    """What the compiler reads for this file, system headers left out."""
    words, kept = words_of(entry), []
    skip = False
    for word in words:
        if skip or word in ("-c", "-MD", "-MMD"):
            skip = False
        elif word in ("-o", "-MF", "-MT", "-MQ"):
            skip = True
        else:
            kept.append(word)
    done = subprocess.run([*kept, "-MM"], cwd=entry["directory"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return None  # does not compile: let clang-tidy say so
    names = done.stdout.split(":", 1)[1].replace("\\\n", " ").split()
    return sorted({str(Path(entry["directory"], name).resolve()) for name in names})


def checks_of(entry, tests):
    return FOR_TESTS if tests in Path(entry["file"]).resolve().parents else FOR_SHIPPED


def key_of(entry, settings, checks):
    headers = headers_of(entry)
    if headers is None:
        return None
    key = hashlib.sha256(settings + " ".join(checks).encode())
    key.update("\0".join(words_of(entry)).encode())
    for header in headers:
        key.update(header.encode() + b"\0" + Path(header).read_bytes())
    return key.hexdigest()


def entries_of(build, ours):
    """One compile command a file: clang-tidy would go through all that a file has."""
    entries = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        if any(folder in Path(entry["file"]).resolve().parents for folder in ours):
            entries.setdefault(entry["file"], entry)
    return list(entries.values())


def examine(tool, stamps, settings, entry, checks):
    """What clang-tidy has to say about one file; nothing if it is clean, or was when last seen like this."""
    key = key_of(entry, settings, checks)
    if key is not None and (stamps / key).exists():
        return ""
    command = [tool, "-p", stamps, "--quiet", *checks, entry["file"]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        if key is not None:
            (stamps / key).touch()
        return ""
    return done.stdout + re.sub(r"^\d+ warnings?.*generated\.\n", "", done.stderr, flags=re.M)


def main():
    build = Path(sys.argv[1]).resolve()
    root = Path(sys.argv[2] if len(sys.argv) > 2 else Path(__file__).parents[3]).resolve()
    tool, version = find_tool()
    if tool is None:
        print("tidy: skipped: clang-tidy 14 is not here")
        return SKIPPED
    ours = (root / "harness", root / "backends/reference")
    entries = entries_of(build, ours)
    if not entries:
        print(f"tidy: {build}/compile_commands.json names no file of {root}")
        return 1
    settings = version.encode() + (root / ".clang-tidy").read_bytes()
    stamps = build / "tidy"
    stamps.mkdir(exist_ok=True)
    (stamps / "compile_commands.json").write_text(json.dumps(entries))
    with ThreadPoolExecutor(min(os.cpu_count() or 2, 8)) as pool:
        texts = pool.map(lambda each: examine(tool, stamps, settings, each, checks_of(each, root / "harness/tests")),
                         entries)
        said = [text for text in texts if text]
    print("".join(said), end="")
    print(f"tidy: {len(entries)} files, {len(said)} with findings")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
