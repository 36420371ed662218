#!/usr/bin/env python3
"""The built program is hardened: hardened.py PROGRAM [OPTIMISED-PROGRAM]

PROGRAM is position independent, its stack is guarded and not executable, and what the linker has filled in cannot be
written to afterwards (full RELRO). The second one, which is built without sanitizers, is also fortified. It is left out
where it has not been built.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

SKIPPED = 77


def read_elf(program, *options):
    return subprocess.run(["readelf", "--wide", *options, program], capture_output=True, text=True, check=True).stdout


def faults_of(program, fortified):
    head, segments = read_elf(program, "--file-header"), read_elf(program, "--program-headers")
    dynamic, names = read_elf(program, "--dynamic"), read_elf(program, "--dyn-syms")
    stack = re.search(r"GNU_STACK.*", segments)
    checks = {
        "position independent": re.search(r"Type:\s+DYN", head) and "(FLAGS_1)" in dynamic and "PIE" in dynamic,
        "its stack guarded": "__stack_chk_fail" in names,
        "its stack not executable": stack and not re.search(r"\bRWE\b", stack[0]),
        "full RELRO": "GNU_RELRO" in segments and re.search(r"BIND_NOW|FLAGS.*\bNOW\b", dynamic),
    }
    if fortified:
        checks["fortified"] = re.search(r"__\w+_chk\b", names.replace("__stack_chk_fail", ""))
    return [f"{program} is not as it should be: {name}" for name, holds in checks.items() if not holds]


def main():
    program, optimised = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    if shutil.which("readelf") is None:
        print("skipped: readelf is not installed")
        return SKIPPED
    faults = faults_of(program, False)
    if optimised is not None and Path(optimised).exists():
        faults += faults_of(optimised, True)
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
