#!/usr/bin/env python3
"""Runs a command while one backend runs: backend_with.py NAME COMMAND...

The command finds the service's address in BASE_URL; its exit status is this one's.
"""

import os
import subprocess
import sys

import manifest
import service


def main():
    name, *command = sys.argv[1:]
    missing = manifest.missing_tool(name)
    if missing is not None:
        print(f"{name}: skipped: {missing}")
        return manifest.SKIPPED
    with service.running(name) as url:
        return subprocess.run(command, env={**os.environ, "BASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
