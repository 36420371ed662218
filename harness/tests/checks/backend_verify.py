#!/usr/bin/env python3
"""Holds one backend to the contract: backend_verify.py NAME path-of-twofold"""

import subprocess
import sys

import manifest


def main():
    name, twofold = sys.argv[1:]
    missing = manifest.missing_tool(name)
    if missing is not None:
        print(f"{name}: skipped: {missing}")
        return manifest.SKIPPED
    return subprocess.run([twofold, "verify", name], cwd=manifest.BACKENDS.parent, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
