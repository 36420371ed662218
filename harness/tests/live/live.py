#!/usr/bin/env python3
"""What is seen of a run while it goes on: the panel of a terminal, plain lines elsewhere, and the page that --serve
shows.

    live.py TWOFOLD REFERENCE_SERVER
"""

import contextlib
import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as xml
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "e2e"))
from tree import SERVER, TWOFOLD, Tree, expect, run_tests  # noqa: E402  pylint: disable=wrong-import-position

SHORT = ("--quick", "--from", "200", "--steps", "2", "--warmup", "200ms", "--measure", "1s", "--limit", "p90=400ms")
BARS = "▁▂▃▄▅▆▇█"
MEASURED = (0, 3)  # 3: others took the machine, so that no step is valid


@contextlib.contextmanager
def serving(port):
    with subprocess.Popen([SERVER], env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "CORES": "1"}) as server:
        try:
            yield f"http://127.0.0.1:{port}/items/7"
        finally:
            server.kill()


def on_a_terminal(tree, url, columns, **environ):
    """Everything that the terminal got, and the status."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(tree.path)
        fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.environ.update({"TERM": "xterm", **environ})
        os.execv(TWOFOLD, [TWOFOLD, "bench", url, *SHORT])
    shown, until = b"", time.monotonic() + 60
    while time.monotonic() < until:
        if select.select([terminal], [], [], 1)[0]:
            try:
                piece = os.read(terminal, 65536)
            except OSError:  # its other end is closed
                break
            if not piece:
                break
            shown += piece
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(terminal)
    return status, shown.decode("utf-8", "replace")


def a_terminal_shows_a_panel():
    with Tree() as tree, serving(8391) as url:
        status, shown = on_a_terminal(tree, url, 100)
        expect(status in MEASURED, status, shown[-2000:])
        expect(re.search(r"\x1b\[\d+A\x1b\[J", shown), "it is drawn anew in its place")
        for name in ("good/s", "p50", "p99", "cores", "memory"):
            lines = re.findall(rf"^  {name} +\S+.*$", shown, re.M)
            expect(lines and any(set(line.strip()) & set(BARS) for line in lines), name, lines[-3:])
        expect(re.search(r"at 200, \d+ % done, \d+ in flight; at most \d+:\d\d left", shown), shown[:2000])
        row = r"127\.0\.0\.1\S* +(?:\x1b\[\d+m[●✖·◐]\x1b\[0m)+  ([\d,]+) (?:holds|breaks|undecided|invalid)"
        marks = re.findall(row, shown)
        expect(marks and marks[-1] in ("200", "400"), marks, shown[-3000:])
        expect("at most 0:" not in shown.split("The answer")[-1], "the step that ran is gone when the report comes")


def without_colour_where_that_is_asked_for_and_as_narrow_as_the_terminal():
    with Tree() as tree, serving(8392) as url:
        status, shown = on_a_terminal(tree, url, 50, NO_COLOR="1")
        expect(status in MEASURED and re.search("[●✖·◐]", shown) and "\x1b[32m" not in shown, status)
        drawn = re.findall(r"^(?:  (?:good/s|p50|p99|cores|memory) .*|.* % done.*)$", shown, re.M)
        widest = max(len(re.sub(r"\x1b\[\d*[A-Z]", "", line).rstrip("\r")) for line in drawn)
        expect(40 < widest < 50, widest)


def elsewhere_a_step_is_a_plain_line_and_a_gate_is_asked_in_the_end():
    with Tree() as tree, serving(8393) as url:
        status, _, err = tree.run("bench", url, *SHORT, "--fail-if", "capacity>1", "--junit", "junit.xml")
        held = "--fail-if capacity>1 holds" in err
        expect((status == 4) == held and (held or status == 3), status, err)
        expect("\x1b" not in err and not set(err) & set(BARS + "●✖◐"), status, err)
        expect(len(re.findall(r"good/s  p99 .* at most \d+:\d\d left", err)) >= 2, err)
        cases = [case.get("name") for case in xml.parse(tree.path / "junit.xml").getroot().iter("testcase")]
        expect("latency" in cases and cases[-1] == "--fail-if capacity>1", cases)
        (first,) = (tree.path / "results").glob("*.jsonl*")
        status, _, err = tree.run("bench", url, *SHORT)
        told = "(?:no difference seen|too few trials to tell a difference)"
        against = re.search(rf"^capacity \S+ %, {told}, against (\S+)$", err, re.M)
        if held and status == 0:
            expect(against and against[1] == f"results/{first.name}", "the newest run that is like it", err)


def fetched(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def the_page_is_served_while_the_run_goes_on():
    with Tree() as tree, serving(8394) as url:
        process = tree.start("bench", url, *SHORT, "--trials", "2", "--serve")
        line = next(line for line in process.stderr if "the page of this run" in line)
        page = re.search(r"http://127\.0\.0\.1:\d+/", line)[0]
        frame = fetched(page)
        expect("<iframe" in frame and "/state" in frame, frame)
        expect("No step is over yet" in fetched(page + "page"), "before the first")
        for wrong, status in (("nowhere", 404), ("../etc/passwd", 404)):
            try:
                expect(False, fetched(page + wrong))
            except urllib.error.HTTPError as refused:
                expect(refused.code == status, wrong, refused.code)
        seen, last = set(), ""
        while True:
            try:
                state = json.loads(fetched(page + "state"))
                if state["pages"] not in seen and state["pages"] > 0:
                    last = fetched(page + "page")
                seen.add(state["pages"])
            except OSError:
                break
            if state["final"]:
                break
            time.sleep(0.3)
        out, err = process.communicate(timeout=60)
        expect(process.returncode in MEASURED, process.returncode, err)
        if "built without the page" in tree.run("report", "--format", "html", "--out", "page.html")[2]:
            return
        expect(len(seen) >= 3 and state["final"], "a page a step, and the last one", seen, state)
        whole = (tree.path / "page.html").read_text(encoding="utf-8")
        expect("twofold-log" in last and abs(len(last) - len(whole)) < 0.02 * len(whole), len(last), len(whole), out)


if __name__ == "__main__":
    run_tests([
        a_terminal_shows_a_panel,
        without_colour_where_that_is_asked_for_and_as_narrow_as_the_terminal,
        elsewhere_a_step_is_a_plain_line_and_a_gate_is_asked_in_the_end,
        the_page_is_served_while_the_run_goes_on,
    ])
