"""The manifests of the backends (backends/NAME/backend.json), as far as the checks need them."""

import json
import re
import subprocess
from pathlib import Path

BACKENDS = Path(__file__).resolve().parents[3] / "backends"
SKIPPED = 77


def read(name):
    """A variant is the service that it is one of, but for what its own file says."""
    manifest = json.loads((BACKENDS / name / "backend.json").read_text())
    return {**read(manifest["variant_of"]), **manifest} if "variant_of" in manifest else manifest


def folder(name):
    """Where it is built and run."""
    return BACKENDS / read(name).get("variant_of", name)


def is_default(name):
    """Whether it is measured where no service is named."""
    own = json.loads((BACKENDS / name / "backend.json").read_text())
    return own.get("default", "variant_of" not in own)


def settings(name):
    """What its manifest adds to the environment; a variable that is passed on is there already."""
    return dict(each.split("=", 1) for each in read(name).get("environment", []) if "=" in each)


def numbers(version):
    return tuple(int(part) for part in version.split("."))


def output_of(argv, folder):
    """What a command prints, or None where it cannot be run."""
    try:
        done = subprocess.run(argv, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    except OSError:
        return None
    return done.stdout + done.stderr if done.returncode == 0 else None


def missing_tool(name):
    """Why the toolchain that a backend needs is not here, or None if it is."""
    for tool in read(name)["tools"]:
        said = output_of(tool["version"], folder(name))
        if said is None:
            return f"{tool['name']} is not installed"
        found = re.search(r"\d+(\.\d+)*", said)
        if found is None or numbers(found.group(0)) < numbers(tool["least"]):
            return f"{tool['name']} {tool['least']} or later is needed, {found.group(0) if found else '?'} is here"
    return None


def main():
    """Says which backends the tests will leave out: ctest itself only counts what was skipped."""
    for manifest in sorted(BACKENDS.glob("*/backend.json")):
        missing = missing_tool(manifest.parent.name)
        if missing is not None:
            print(f"the tests of the {manifest.parent.name} backend are skipped: {missing}")


if __name__ == "__main__":
    main()
