#!/usr/bin/env python3
"""Files as people have them: what is read and written by name, and what stands in the way of the others.

    end_to_end_files.py TWOFOLD REFERENCE_SERVER
"""

import http.server
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

from tree import TWOFOLD, Tree, expect, is_fine, run_tests

SHARED = Path(__file__).resolve().parents[3] / "harness/tests/runs/search-epyc-2cores.jsonl"


def shell(line, *words):
    """Runs a line of bash with $0 twofold and $1, $2 … the words."""
    command = ["bash", "-c", line, TWOFOLD, *map(str, words)]
    process = subprocess.run(command, capture_output=True, text=True, timeout=120)
    return process.returncode, process.stdout, process.stderr


def said(out):
    """A report without the name of its file, which stands in the command that shows more of it."""
    return re.sub(r"report \S+ --details", "report RUN --details", out)


def whole_report():
    status, out, err = shell('"$0" report "$1"', SHARED)
    expect(status == 0 and len(out) > 1000, status, err)
    return said(out)


def a_report_goes_to_devices_and_pipes_and_never_over_a_file():
    report = whole_report()
    for line in (
        '"$0" report "$1" --out - | cat',
        '"$0" report "$1" --out /dev/stdout | cat',
        '"$0" report "$1" --out >(cat) | cat',
    ):
        status, out, err = shell(line, SHARED)
        expect(said(out) == report, line, len(out), err)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.txt")
        status, _, err = shell('"$0" report "$1" --out /dev/stdout > "$2"', SHARED, file)
        expect(status == 0 and said(file.read_text()) == report, status, err)
        status, _, err = shell('"$0" report "$1" --out "$2"', SHARED, file)
        expect(status == 2 and "--out" in err and "File exists" in err, status, err)
        expect(said(file.read_text()) == report, "the file is as it was")


def output_that_is_lost_is_told_and_a_reader_that_left_is_not():
    for line in ('"$0" --help', '"$0" load --help', '"$0" --version', '"$0" report "$1"'):
        status, _, err = shell(f"{line} > /dev/full", SHARED)
        expect(status == 1 and "standard output: cannot be written: No space left" in err, line, status, err)
        status, out, err = shell(f"{line} | {{ exec <&-; sleep 0.5; }}; echo ${{PIPESTATUS[0]}}", SHARED)
        expect(out == "0\n" and err == "", line, out, err)
        status, _, err = shell(f"{line} >&-", SHARED)
        expect(status == 1 and "standard output: cannot be written" in err, line, status, err)


def a_run_log_is_read_however_an_editor_left_it():
    report = whole_report()
    whole = SHARED.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, SHARED.name)
        for how, data in (
            ("without its last newline", whole.rstrip(b"\n")),
            ("with a byte order mark", b"\xef\xbb\xbf" + whole),
            ("with blank lines", b"\n" + whole.replace(b"\n", b"\n\n") + b"  \n"),
            ("with line ends of Windows", whole.replace(b"\n", b"\r\n")),
        ):
            file.write_bytes(data)
            status, out, err = shell('"$0" report "$1"', file)
            expect(status == 0 and said(out) == report, how, status, err, "cut short" in out)
        status, out, err = shell('"$0" report <(cat "$1")', SHARED)
        expect(status == 0 and said(out) == report, "from a pipe", status, err)


def what_never_ends_is_no_run_log():
    for device in ("/dev/zero", "/dev/full", "/dev/null"):
        status, _, err = shell('ulimit -t 20; "$0" report "$1"', device)
        expect(status == 2 and f"{device}: is a device" in err, device, status, err)


def spoiled_results(tree):
    """A folder of results: one that can be read, and whatever else may lie there, all of it newer."""
    folder = tree.path / "results"
    folder.mkdir()
    (folder / "good.jsonl").write_bytes(SHARED.read_bytes())
    os.utime(folder / "good.jsonl", (1, 1))
    (folder / "empty.jsonl").write_text("")
    (folder / "dangling.jsonl").symlink_to("/nowhere/at/all")
    (folder / "folder.jsonl").mkdir()
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "notes.txt").write_text("mine\n")
    return folder


def what_cannot_be_read_is_named_and_stops_no_report():
    with Tree() as tree:
        folder = spoiled_results(tree)
        status, out, err = tree.run("report")
        expect(status == 0 and said(out) == whole_report(), status, err)
        expect(all(name in err for name in ("dangling.jsonl", "folder.jsonl", "pipe.jsonl")), err)
        expect("empty.jsonl" not in err and "good.jsonl" not in err, err)
        (folder / "foreign.jsonl").write_text('{"schema":99}\n')
        status, out, err = tree.run("report")
        expect(status == 2 and "foreign.jsonl" in err and said(out) == whole_report(), status, err)
        status, _, err = tree.run("report", "--format", "xml")
        expect(status == 2 and "xml" in err and "foreign" not in err, status, err)


def what_cannot_be_read_is_named_and_stops_neither_results_nor_list():
    with Tree() as tree:
        folder = spoiled_results(tree)
        (folder / "foreign.jsonl").write_text('{"schema":99}\n')
        status, out, err = tree.run("results", "results", "--out", "page")
        expect(status == 2 and out == "page/index.html\n", status, out, err)
        expect(all(f"{name}.jsonl" in err for name in ("dangling", "folder", "pipe", "foreign")), err)
        expect({p.name for p in (tree.path / "page").iterdir()} == {"index.html", "good.html"}, "pages")
        (tree.path / "backends/broken").mkdir()
        (tree.path / "backends/broken/backend.json").write_text("{")
        (tree.path / "backends/dangling").symlink_to("/nowhere/at/all")
        tree.add("good", ["./server"])
        status, out, err = tree.run("list")
        expect(status == 0 and "  good  " in out and "good.jsonl" in out and "tiny" in out, status, out, err)
        expect("backends/broken/backend.json" in err and "foreign.jsonl  cannot be used" in out, out, err)
        (folder / "good.jsonl").unlink()
        status, _, err = tree.run("report")
        expect(status == 2 and "holds no run" in err, status, err)


def a_folder_without_runs_is_named_with_what_was_expected():
    with Tree() as tree:
        (tree.path / "empty").mkdir()
        for said, words in (("results/shared: cannot be listed", []), ("empty holds no run", ["empty"])):
            status, out, err = tree.run("results", *words)
            expect(status == 2 and out == "", status, out, err)
            expect(said in err and "expected a folder of run logs" in err and "twofold results results" in err, err)
            expect(not (tree.path / "results").exists(), "nothing was made")
        (tree.path / "mine").mkdir()
        (tree.path / "mine/good.jsonl").write_bytes(SHARED.read_bytes())
        status, out, err = tree.run("results", "mine")
        expect(status == 0 and out == "results/page/index.html\n", status, out, err)


def a_broken_backend_stops_no_bench_of_the_others():
    with Tree() as tree:
        tree.add("good", ["./server"])
        (tree.path / "backends/broken").mkdir()
        (tree.path / "backends/broken/backend.json").write_text("{")
        status, out, err = tree.run("bench", "tiny", "--quick")
        expect(is_fine(tree, status) and "good" in out and "broken is left out" in err, status, out, err)
        status, out, err = tree.run("bench", "tiny", "--quick", "--backends", "broken,good")
        expect(status == 3 and "good" in out and "broken is left out: backends/broken/backend.json" in err, status, err)
        status, _, err = tree.run("bench", "tiny", "--quick", "--backends", "broken")
        expect(status == 2 and "backends/broken/backend.json" in err, status, err)


class Server:
    """Counts the requests that it is sent."""

    def __enter__(self):
        counter = self
        self.requests = 0

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                counter.requests += 1
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        return self

    def __exit__(self, *_):
        self.server.shutdown()


def an_output_that_cannot_be_written_is_known_before_the_load():
    with Server() as server, tempfile.NamedTemporaryFile(suffix=".hlog") as taken:
        for file in (taken.name, "/nowhere/at/all.hlog"):
            status, _, err = shell('"$0" load "$1" --rate 20 --duration 300ms --hlog "$2"', server.url, file)
            expect(status == 2 and f"--hlog {file}" in err, status, err)
        expect(server.requests == 0, server.requests, "requests were sent")


def the_three_first_descriptors_may_be_closed():
    line = '"$0" load "$1" --rate 20 --duration 300ms --warmup 50ms --json'
    with Server() as server:
        for closed in ("<&-", "2>&-", "<&- 2>&-"):
            status, out, err = shell(f"{line} {closed}", server.url)
            expect(status in (0, 3) and json.loads(out)["good"] > 0, closed, status, out, err)
        status, _, err = shell(f"{line} >&-", server.url)
        expect(status == 1 and "standard output" in err, status, err)
    with Tree() as tree:  # what it says must not get into its run log
        tree.add("good", ["./server"])
        status, _, _ = shell('cd "$1" && "$0" bench tiny --quick <&- 2>&-', tree.path)
        expect(is_fine(tree, status) and tree.log()[-1]["record"] == "end", status)


def a_byte_order_mark_is_no_part_of_a_value():
    with Tree() as tree:
        (tree.path / "scenarios/words.txt").write_bytes(b"\xef\xbb\xbfone\r\n\r\ntwo")
        scenario = {"schema": 1, "name": "tiny", "why": "a test", "requests": [{"name": "r", "path": "/q?w={w}"}]}
        scenario.update(values={"w": {"file": "words.txt"}}, double={"what": "rate", "from": 10, "steps": 1})
        (tree.path / "scenarios/tiny.json").write_text("\ufeff" + json.dumps(scenario))
        with Server() as server:
            seen = set()
            plain = server.server.RequestHandlerClass.do_GET

            def note(handler):
                seen.add(handler.path)
                plain(handler)

            server.server.RequestHandlerClass.do_GET = note
            status, _, err = tree.run(
                "load", server.url, "--rate", "50", "--duration", "500ms", "--scenario", "scenarios/tiny.json"
            )
        expect(status in (0, 3) and seen == {"/q?w=one", "/q?w=two"}, status, seen, err)


run_tests(
    [
        a_report_goes_to_devices_and_pipes_and_never_over_a_file,
        output_that_is_lost_is_told_and_a_reader_that_left_is_not,
        a_run_log_is_read_however_an_editor_left_it,
        what_never_ends_is_no_run_log,
        what_cannot_be_read_is_named_and_stops_no_report,
        what_cannot_be_read_is_named_and_stops_neither_results_nor_list,
        a_folder_without_runs_is_named_with_what_was_expected,
        a_broken_backend_stops_no_bench_of_the_others,
        an_output_that_cannot_be_written_is_known_before_the_load,
        the_three_first_descriptors_may_be_closed,
        a_byte_order_mark_is_no_part_of_a_value,
    ]
)
