#!/usr/bin/env python3
"""What ran at the break: a run log with stacks in it, reported in every format; and `bench --profile-break` for real,
with perf and without.

    profile_break.py TWOFOLD REFERENCE_SERVER
"""

import contextlib
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
sys.path.append(str(HERE / "e2e"))
from tree import TWOFOLD, Skipped, Tree, expect, run_tests  # noqa: E402  pylint: disable=wrong-import-position

SHARED = next((HERE / "runs").glob("catalog-epyc-2cores-quiet.jsonl*"))
HELD = "main;serve;parse 80\nmain;serve;sort 5\nmain;0x7f00aa 15\n"
BROKE = "main;serve;sort 110\nmain;serve;parse 60\nmain;0x7f00aa 30\n"


def profiled_log(tree):
    """The shared run as if Python had been profiled, and Rust had not been to be."""
    text = gzip.open(SHARED, "rt").read() if SHARED.suffix == ".gz" else SHARED.read_text(encoding="utf-8")
    lines = text.splitlines()
    records = [{"record": "profile", "backend": "python", "trial": 0, "level": 2000, "broke": False, "samples": 100,
                "stacks": HELD},
               {"record": "profile", "backend": "python", "trial": 0, "level": 4000, "broke": True, "samples": 200,
                "stacks": BROKE},
               {"record": "profile", "backend": "go", "trial": 0, "level": 32000, "broke": True, "samples": 0,
                "missing": "there is no perf here"}]
    (end,) = [i for i, line in enumerate(lines) if '"record":"end"' in line]
    lines[end:end] = [json.dumps(record) for record in records]
    file = tree.path / "profiled.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(file)


def report(tree, *words):
    status, out, err = tree.run("report", *words)
    expect(status == 0, status, err)
    return out


def the_report_names_what_ran_and_what_grew():
    with Tree() as tree:
        flat = " ".join(report(tree, profiled_log(tree)).split())
        expect("python: at 4,000/s, which broke, its threads ran sort 55 % and parse 30 %; since 2,000/s, which held, "
               "most grew sort, from 5.0 % to 55 %; 15 % was in code without symbols (200 samples, in a run of that "
               "load that is not judged)" in flat, flat[flat.find("What ran"):][:900])
        expect("go: at 32,000/s, which broke, not profiled: there is no perf here" in flat, "what is missing is said")
        expect("What ran at the break" not in report(tree, str(SHARED)), "no run without profiles has the section")


def json_has_it_and_no_verdict_changes():
    with Tree() as tree:
        found, plain = (json.loads(report(tree, run, "--format", "json")) for run in (profiled_log(tree), str(SHARED)))
        profiles = {backend["name"]: backend.pop("profile", None) for backend in found["backends"]}
        expect(found == plain, "what is profiled is not judged")
        python = profiles["python"]
        expect([each["function"] for each in python["functions"]] == ["sort", "parse"], python["functions"])
        expect(abs(python["functions"][0]["share_before"] - 0.05) < 1e-9 and python["held"]["stacks"] == HELD, python)
        expect(abs(python["unresolved_share"] - 0.15) < 1e-9 and profiles["rust"] is None, python["unresolved_share"])
        expect(profiles["go"]["broke"]["missing"] and profiles["go"]["held"] is None, profiles["go"])


def the_page_draws_a_frame_for_each_function():
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise Skipped("no Chromium (setup/system.sh --tests gets it)")
    with Tree() as tree:
        status, _, err = tree.run("report", profiled_log(tree), "--format", "html", "--out", "page.html")
        if "built without the page" in err:
            raise Skipped("this build has no page")
        expect(status == 0, err)
        dom = subprocess.run([chromium, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=8000",
                              f"--user-data-dir={tree.path}/browser", "--dump-dom", f"file://{tree.path}/page.html"],
                             capture_output=True, text=True, check=True, timeout=120).stdout
        frames = re.findall(r"<title>(\w+): (\d+) samples</title>", dom)
        for frame in (("sort", "110"), ("parse", "60"), ("serve", "170"), ("all", "200"), ("sort", "5")):
            expect(frame in frames, frame, frames)
        expect("15 % of the samples at the break: code without symbols" in dom.replace("\u00a0", " "), "unresolved")


@contextlib.contextmanager
def shedding(most):
    """A service in Python that answers so many requests a second; the rest get 503."""
    words = (sys.executable, str(HERE / "e2e/attached_service.py"), "--most", str(most))
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as service:
        try:
            yield int(service.stdout.readline())
        finally:
            service.stdin.close()
            service.kill()


def measured(tree, port, **more):
    status, out, err = tree.run("bench", f"http://127.0.0.1:{port}/x", "--quick", "--from", "100", "--steps", "3",
                                "--warmup", "200ms", "--measure", "1s", "--limit", "p90=2s", "--deadline", "3s",
                                "--profile-break", **more)
    expect(status in (0, 3), status, err)
    if "nothing broke, so nothing is profiled" in err:
        raise Skipped("others took the machine, so that no step broke")
    return out, err


def the_two_loads_are_run_again_under_perf():
    if shutil.which("perf") is None:
        raise Skipped("no perf (apt-get install linux-perf)")
    with Tree() as tree, shedding(150) as port:
        out, err = measured(tree, port)
        records = [record for record in tree.log() if record["record"] == "profile"]
        if any("perf record does not run here" in record.get("missing", "") for record in records):
            raise Skipped(records[0]["missing"])
        steps = [record["level"] for record in tree.log() if record["record"] == "step"]
        expect([record["broke"] for record in records][-1] is True and records[-1]["level"] in steps, records, steps)
        expect(records[-1]["samples"] > 0 and re.search(r"^\S.* \d+$", records[-1]["stacks"], re.M), records[-1])
        files = sorted(file.name for file in (tree.path / "results").iterdir())
        expect(sum(name.endswith(".folded") for name in files) == len(records), files)
        expect(not any(name.endswith((".perf", ".report", ".old")) for name in files), files)
        expect("What ran at the break" in out and "once more under perf" in err, out[-2000:])


def without_perf_a_sentence_says_so_and_the_run_is_whole():
    with Tree() as tree, shedding(150) as port:
        bare = tree.path / "bin"
        bare.mkdir()
        for tool in ("sh", "cp"):
            (bare / tool).symlink_to(shutil.which(tool))
        out, err = measured(tree, port, env={**os.environ, "PATH": str(bare)})
        expect("not profiled: there is no perf here (Debian: apt-get install linux-perf)" in err, err)
        expect(json.loads(report(tree, "--format", "json"))["complete"] and "not profiled: there is no perf" in
               " ".join(out.split()), out)


if __name__ == "__main__":
    expect(TWOFOLD, "a program")
    run_tests([
        the_report_names_what_ran_and_what_grew,
        json_has_it_and_no_verdict_changes,
        the_page_draws_a_frame_for_each_function,
        the_two_loads_are_run_again_under_perf,
        without_perf_a_sentence_says_so_and_the_run_is_whole,
    ])
