#!/usr/bin/env python3
"""The workflow of docs/ci.md, its steps run by hand as a runner of GitHub would: those with `run`, one after another,
in a folder where the program is built already.

    workflow.py TWOFOLD REFERENCE_SERVER
"""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "e2e"))
from tree import TWOFOLD, expect, run_tests  # noqa: E402  pylint: disable=wrong-import-position

try:
    import yaml
except ImportError:
    if sys.executable != "/usr/bin/python3" and os.access("/usr/bin/python3", os.X_OK):
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    print("workflow: Python's yaml is not installed (setup/system.sh --tests gets it); skipped")
    sys.exit(77)

ROOT = Path(__file__).resolve().parents[3]
KNOWN_ACTIONS = {"actions/checkout", "actions/cache", "actions/upload-artifact"}


def workflow():
    (text,) = re.findall(r"^```yaml\n(.*?)^```", (ROOT / "docs/ci.md").read_text(encoding="utf-8"), re.S | re.M)
    return yaml.safe_load(text)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def steps():
    (job,) = workflow()["jobs"].values()
    return job["steps"]


def start(folder, step, port):
    """A step's script as GitHub's runner starts it; make is not run: the program is there."""
    script = step["run"].replace("${{ github.sha }}", "0a1b2c").replace("8080", port)
    expect("${{" not in script, "an expression that the test does not know", script)
    script = re.sub(r"^make .*", "true", script, flags=re.M)
    return subprocess.Popen(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script], cwd=folder,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
                            env={**os.environ, "GITHUB_STEP_SUMMARY": str(folder / "summary.md")})


def its_actions_are_known_and_its_build_is_a_target_of_make():
    for step in steps():
        expect(("run" in step) != ("uses" in step), step)
        expect("uses" not in step or step["uses"].split("@")[0] in KNOWN_ACTIONS, step)
    (build,) = [step["run"] for step in steps() if step.get("run", "").startswith("make ")]
    dry = subprocess.run(["make", "-n", *build.split()[3:]], cwd=ROOT, capture_output=True, text=True, check=False,
                         env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")})
    expect(build.split()[:3] == ["make", "-C", "twofold"] and dry.returncode == 0, build, dry.stderr)


def its_steps_do_what_they_say():
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        (folder / "twofold/build").mkdir(parents=True)
        (folder / "twofold/build/twofold").symlink_to(TWOFOLD)
        (folder / "results").mkdir()
        begun = []
        try:
            for step in steps():
                if "run" in step:
                    begun.append(start(folder, step, port))
                    said = begun[-1].communicate(timeout=120)[0]
                    # 3: others took the machine, so that none of the steps is valid, or a bound is in an interval
                    expect(begun[-1].returncode in (0, 3), step.get("name"), begun[-1].returncode, said)
        finally:
            for step in begun:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(step.pid, signal.SIGKILL)  # the service goes on behind its step
        expect((folder / "results/0a1b2c.jsonl").exists() and (folder / "results/main.jsonl").exists(), "the baseline")
        suites = xml.parse(folder / "junit.xml").getroot()
        expect([case.get("name") for case in suites.iter("testcase")][-1] == "--fail-if memory>300MiB", "JUnit")
        expect("twofold" in (folder / "summary.md").read_text(encoding="utf-8"), "the summary")


if __name__ == "__main__":
    run_tests([its_actions_are_known_and_its_build_is_a_target_of_make, its_steps_do_what_they_say])
