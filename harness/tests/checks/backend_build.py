#!/usr/bin/env python3
"""Builds one backend where it stands, as its manifest says: backend_build.py NAME"""

import subprocess
import sys

import manifest


def main():
    name = sys.argv[1]
    missing = manifest.missing_tool(name)
    if missing is not None:
        print(f"{name}: skipped: {missing}")
        return manifest.SKIPPED
    for argv in manifest.read(name)["build"]:
        print("+", *argv, flush=True)
        if subprocess.run(argv, cwd=manifest.folder(name), check=False).returncode != 0:
            print(f"{name}: does not build")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
