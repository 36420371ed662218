#!/usr/bin/env python3
"""`twofold scenario --from`: what people have becomes a scenario that `plan` reads and that can be run at once; where
it is written, and what is refused.

    end_to_end_scenario.py TWOFOLD REFERENCE_SERVER
"""

import json
import os
import socket
import subprocess
import time

from tree import SERVER, Tree, expect, run_tests

LOG = "".join(
    f'127.0.0.1 - - [29/Nov/2026:16:53:{second:02} +0000] "GET {path} HTTP/1.1" {status} 27 "-" "curl/8.11.0"\n'
    for second, (path, status) in enumerate([
        ("/items/1", 200), ("/items/2", 200), ("/items/3", 304), ("/items/2", 200), ("/items/99999999", 404),
        ("/healthz", 200), ("/items/3", 503),
    ])) + "no line of a log\n"


class Reference:
    """The reference service, which knows /items/{id} and /healthz. Gives its URL."""

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.process = subprocess.Popen([SERVER], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "CORES": "1"})
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return f"http://127.0.0.1:{port}"
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the reference service does not listen")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def a_log_becomes_a_scenario_that_is_planned_and_run():
    with Tree() as tree, Reference() as url:
        (tree.path / "access.log").write_text(LOG)
        status, out, err = tree.run("scenario", "--from", "access.log")
        expect(status == 0 and out == "scenarios/access.json\n", status, out, err)
        expect("left out: lines that do not parse: 1, line 8: \"no line of a log\"" in err, err)
        expect("requests that failed (408, 429, 499 or 5xx): 1, line 7: \"GET /items/3\"" in err, err)
        scenario = json.loads((tree.path / out.strip()).read_text())
        names = {request["name"]: request for request in scenario["requests"]}
        expect(names["GET /items/{item_id}"]["weight"] == 4 and names["GET /healthz"], names)
        expect(scenario["values"]["item_id"] == {"uniform": [1, 3]}, scenario["values"])
        status, out, err = tree.run("plan", "access")
        expect(status == 0 and "made from access.log: 6 requests" in out, status, out, err)
        status, out, err = tree.run("load", url, "--scenario", "scenarios/access.json", "--rate", "200", "--duration",
                                    "1s", "--warmup", "50ms", "--json")
        figures = json.loads(out)
        expect(figures["good"] > 0, figures, err)
        status, out, err = tree.run("bench", "access", "--target", f"web={url}", "--quick", "--from", "200", "--steps",
                                    "1", "--warmup", "200ms", "--measure", "1s")
        expect(status in (0, 3) and "GET /items/{item_id}" in tree.details(), status, out, err)


def no_file_is_overwritten():
    with Tree() as tree:
        (tree.path / "urls.txt").write_text("/users/4a800646-417a-4105-bc31-99944567ceb1\n"
                                            "/users/9f86d081-884c-4d65-9a2f-eaa0c55ad015\n")
        status, out, err = tree.run("scenario", "--from", "urls.txt", "--out", "mine.json")
        expect(status == 0 and out == "mine.json\nmine-user_id.txt\n", status, out, err)
        before = (tree.path / "mine.json").read_text()
        status, out, err = tree.run("scenario", "--from", "urls.txt", "--out", "mine.json")
        expect(status == 2 and "mine.json: cannot be created: File exists" in err and not out, status, out, err)
        (tree.path / "mine.json").rename(tree.path / "other.json")
        status, out, err = tree.run("scenario", "--from", "urls.txt", "--out", "mine.json")
        expect(status == 2 and "mine-user_id.txt: cannot be created" in err, status, err)
        expect(not (tree.path / "mine.json").exists() and (tree.path / "other.json").read_text() == before,
               list(tree.path.iterdir()))


def it_is_read_from_a_pipe_and_written_to_one():
    with Tree() as tree:
        process = tree.start("scenario", "--from", "-", "--out", "-", "--name", "piped", stdin=subprocess.PIPE)
        out, err = process.communicate("curl http://127.0.0.1/ -H 'X-Auth-Token: s3cr3t-of-mine'\n", timeout=60)
        expect(process.returncode == 0, process.returncode, err)
        scenario = json.loads(out)
        expect(scenario["name"] == "piped" and "standard input" in scenario["why"], scenario)
        expect(scenario["values"] == {"x_auth_token": {"env": "X_AUTH_TOKEN"}}, scenario)
        expect("set X_AUTH_TOKEN in the environment" in err and "s3cr3t" not in out + err, err)
        expect(not (tree.path / "scenarios/piped.json").exists(), "a file was written too")


def what_cannot_be_done_is_said_in_one_line():
    with Tree() as tree:
        (tree.path / "empty.txt").write_text("")
        (tree.path / "ids.txt").write_text("/a?x=1f\n/a?x=2f\n")
        for words, said in [
            ([], "usage: twofold scenario --from FILE"),
            (["--from", "nowhere.har"], "nowhere.har: cannot be opened"),
            (["--from", "empty.txt"], "empty.txt: is empty"),
            (["--from", "ids.txt", "--format", "xml"], "expected har, openapi, log, urls or curl"),
            (["--from", "ids.txt", "--name", "No"], "--name: expected a name"),
            (["--from", "ids.txt", "--out", "a.json", "--name", "b"], "must be called b.json"),
            (["--from", "ids.txt", "--out", "missing/a.json"], "missing/a.json: cannot be created"),
            (["--from", "ids.txt", "--out", "-"], "needs files beside it"),
        ]:
            status, out, err = tree.run("scenario", *words)
            expect(status == 2 and said in err and not out, words, status, out, err)
        expect(not list(tree.path.glob("scenarios/[!t]*")), "a file was left")


if __name__ == "__main__":
    run_tests([
        a_log_becomes_a_scenario_that_is_planned_and_run,
        no_file_is_overwritten,
        it_is_read_from_a_pipe_and_written_to_one,
        what_cannot_be_done_is_said_in_one_line,
    ])
