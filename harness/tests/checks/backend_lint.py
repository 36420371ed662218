#!/usr/bin/env python3
"""A backend's own formatter, linter and tests: backend_lint.py NAME folder-for-copies

They run on a copy, so that development tools never come near what the backend's build installs, and nothing that they
leave behind is in the tree. What was installed for them stays in the copy, until the lock file changes.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import manifest

# What builds and tools leave in a folder: never copied, and kept in the copy.
LEFT_BEHIND = ("bin", "build", "target", "node_modules", ".venv*", "__pycache__", ".*_cache", ".installed-*")


class Failed(Exception):
    pass


class Skipped(Exception):
    pass


def clear(folder):
    """Removes the files below a folder but for what is left behind, at whatever depth."""
    for path in folder.iterdir():
        if any(path.match(pattern) for pattern in LEFT_BEHIND):
            continue
        if path.is_dir() and not path.is_symlink():
            clear(path)
        else:
            path.unlink()


def copy_of(name, copies):
    folder = manifest.folder(name)
    copy = copies / folder.name
    copy.mkdir(parents=True, exist_ok=True)
    clear(copy)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(*LEFT_BEHIND), dirs_exist_ok=True)
    return copy


def run(folder, *argv):
    print("+", *argv, flush=True)
    if subprocess.run(argv, cwd=folder, check=False).returncode != 0:
        raise Failed(" ".join(argv))


def need(folder, *argv):
    if manifest.output_of(argv, folder) is None:
        raise Skipped(f"{' '.join(argv)} does not run")


def install_once(folder, lock, *commands):
    """Runs the commands in the folder unless they went through for this very lock file."""
    stamp = folder / (".installed-" + hashlib.sha256((folder / lock).read_bytes()).hexdigest()[:16])
    if not stamp.exists():
        for argv in commands:
            run(folder, *argv)
        stamp.touch()


def lint_go(folder):
    unformatted = manifest.output_of(["gofmt", "-l", "."], folder)
    if unformatted is None or unformatted:
        raise Failed(f"gofmt -l . names:\n{unformatted}")
    run(folder, "go", "vet", "./...")
    run(folder, "go", "test", "./...")


def check_apart(folder, package, other):
    """What is compiled for one service is nothing that only another of the folder needs: their builds are compared."""
    tree = manifest.output_of(["cargo", "tree", "--locked", "-p", package, "-e", "normal", "--prefix", "none"], folder)
    if tree is None or any(line.startswith(f"{other} ") for line in tree.splitlines()):
        raise Failed(f"cargo tree -p {package} does not run, or names {other}")


def lint_rust(folder):
    os.environ.update(CARGO_PROFILE_DEV_DEBUG="0", CARGO_INCREMENTAL="0")  # built once, never debugged: a quarter less
    need(folder, "cargo", "fmt", "--version")
    need(folder, "cargo", "clippy", "--version")
    run(folder, "cargo", "fmt", "--all", "--check")
    run(folder, "cargo", "clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings")
    run(folder, "cargo", "test", "--workspace", "--locked")
    check_apart(folder, "twofold-catalog", "actix-web")
    check_apart(folder, "twofold-actix", "axum")


def lint_node(folder):
    """One linter for all; each HTTP layer that has packages has a lock of its own beside its sources."""
    locks = [folder / "package-lock.json", *sorted(folder.glob("src/*/package-lock.json"))]
    for lock in locks:
        install_once(lock.parent, lock.name,
                     ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"])
    run(folder, "npm", "run", "--silent", "lint")
    run(folder, "npm", "test", "--silent")


def lint_python(folder):
    install_once(folder, "requirements-dev.lock", ["python3", "-m", "venv", "--clear", ".venv"],
                 [".venv/bin/pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "-r",
                  "requirements-dev.lock"])
    run(folder, ".venv/bin/ruff", "check", ".")
    run(folder, ".venv/bin/ruff", "format", "--check", ".")
    if (folder / ".venv/bin/mypy").exists():
        run(folder, ".venv/bin/mypy")
    run(folder, ".venv/bin/python", "-m", "pytest", "-q")


def lint_java(folder):
    """Compiles with warnings as errors, looks for what PMD finds, runs the tests."""
    run(folder, "mvn", "-B", "-q", "-ntp", "verify", "-Plint")


LINTERS = {"go.mod": lint_go, "Cargo.toml": lint_rust, "package.json": lint_node, "pyproject.toml": lint_python,
           "pom.xml": lint_java}


def main():
    name, copies = sys.argv[1], Path(sys.argv[2])
    os.environ["CONTRACT_FOLDER"] = str(manifest.BACKENDS / "contract")  # beside the folder, and not beside the copy
    missing = manifest.missing_tool(name)
    linters = [lint for marker, lint in LINTERS.items() if (manifest.folder(name) / marker).exists()]
    if missing is None and not linters:
        missing = f"none of {', '.join(LINTERS)} is in its folder, so no linter is known"
    try:
        if missing is not None:
            raise Skipped(missing)
        copy = copy_of(name, copies)
        for lint in linters:
            lint(copy)
    except Skipped as why:
        print(f"{name}: skipped: {why}")
        return manifest.SKIPPED
    except Failed as what:
        print(f"{name}: failed: {what}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
