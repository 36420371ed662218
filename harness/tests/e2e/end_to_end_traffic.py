#!/usr/bin/env python3
"""What requests carry, as the service sees it: rows of a CSV file that stay together, headers with places, secrets of
the environment, which nothing that is left behind shows, the request of `load -X -H -d`, and limits of single requests.

    end_to_end_traffic.py TWOFOLD REFERENCE_SERVER
"""

import base64
import contextlib
import csv
import http.server
import io
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path

from tree import SCENARIO, Tree, expect, run_tests

SECRET = 'k9/x "Zq" \u00e9-42%7E&<t0ken>'
USERS = {"ann": "31", 'b"ob': "32", "c, d": "33", "\u00e9ve": "34", "": "35"}
CARRIED = {
    **SCENARIO,
    "requests": [
        {
            "name": "order",
            "method": "POST",
            "path": "/users/{user}?key={token}",
            "headers": {"Authorization": "Bearer {token}", "X-User": "{mail}"},
            "json": {"user": "{user}", "age": "{age}", "token": "{token}", "n": "{n}"},
            "expect": {"status": 200, "json": {"user": "{mail}"}},
        }
    ],
    "values": {
        "user": {"csv": ["users.csv", "user"]},
        "age": {"csv": ["users.csv", "age"], "number": True},
        "mail": {"csv": ["users.csv", "mail"]},
        "token": {"env": "SHOP_KEY"},
        "n": {"sequence": [1, 1000000]},
    },
    "double": {"what": "rate", "from": 200, "steps": 1},
}


def write_users(tree):
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    rows.writerow(["user", "age", "mail"])
    rows.writerows([user, age, f"{age}@example.org"] for user, age in USERS.items())
    (tree.path / "scenarios/users.csv").write_text("\ufeff" + text.getvalue(), newline="")


def add(tree, name, *kind):
    here = Path(__file__).parent
    files = {file: (here / file).read_text() for file in ("noting_service.py", "beside_reference.py")}
    return tree.add(name, ["python3", "noting_service.py", *kind], files)


def with_secret(**more):
    return {**os.environ, "SHOP_KEY": SECRET, **more}


def spellings(secret):
    plain = secret.encode()
    return {
        plain,
        urllib.parse.quote(secret, safe="").encode(),
        json.dumps(secret)[1:-1].encode(),
        json.dumps(secret, ensure_ascii=False)[1:-1].encode(),
        base64.b64encode(plain),
        *(plain[at : at + 12] for at in range(0, len(plain) - 11)),
        *(json.dumps(secret)[1:-1].encode()[at : at + 14] for at in range(0, len(json.dumps(secret)) - 16)),
    }


def check_secret_nowhere(tree, *said):
    for spelling in spellings(SECRET):
        for file in (tree.path / "results").rglob("*"):
            expect(not file.is_file() or spelling not in file.read_bytes(), "in", file, spelling)
        for text in said:
            at = text.encode().find(spelling)
            expect(at < 0, "said", spelling, text[max(0, at - 200) : at + 100])


@contextlib.contextmanager
def served(folder):
    """The service of the folder, started by hand."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "CORES": "1"}
    command = [sys.executable, "noting_service.py"]
    process = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def notes_of(folder):
    return [json.loads(line) for line in (folder / "notes.jsonl").read_text().splitlines()]


def rows_headers_and_secrets_arrive_and_are_never_mixed():
    with Tree(CARRIED) as tree:
        write_users(tree)
        folder = add(tree, "shop")
        with served(folder) as url:
            arguments = ["--scenario", "scenarios/tiny.json", "--rate", "200", "--duration", "1s", "--threads", "2"]
            status, out, err = tree.run("load", url, *arguments, env=with_secret())
        expect(status in (0, 3), status, out, err)
        seen = set()
        for note in notes_of(folder):
            body = json.loads(note["body"])
            age = str(body["age"])
            expect(isinstance(body["age"], int) and USERS[body["user"]] == age, "one row", note)
            expect(note["headers"]["X-User"] == f"{age}@example.org", "one row in headers", note)
            expect(note["headers"]["Authorization"] == f"Bearer {SECRET}" and body["token"] == SECRET, note)
            user = urllib.parse.quote(body["user"], safe="")
            expect(note["path"] == f"/users/{user}?key={urllib.parse.quote(SECRET, safe='')}", note)
            seen.add(age)
        expect(seen == set(USERS.values()), "every row is used", seen)
        check_secret_nowhere(tree, out, err)


def a_secret_that_the_service_tells_is_cut_everywhere():
    with Tree(CARRIED) as tree:
        write_users(tree)
        add(tree, "teller", "dies")
        status, out, err = tree.run("bench", "tiny", "--quick", env=with_secret())
        expect(status in (0, 3), status, out, err)
        steps = [record for record in tree.log() if record["record"] == "step"]
        death = next(step["death"] for step in steps if step["death"].get("output"))
        expect("Authorization (cut)" in death["output"] or "Bearer (cut)" in death["output"], death)
        wrong = steps[0]["load"]["first_wrong"]
        expect(wrong["status"] == 403 and "(cut)" in wrong["body"], wrong)
        said = [out, err]
        for form in ("text", "json", "csv", "html"):
            said.extend(tree.run("report", "--format", form, env=with_secret())[1:])
        check_secret_nowhere(tree, *said)
        expect("(cut)" in err, "the wrong response was shown", err)


def a_variable_that_is_not_set_is_named_before_anything_is_sent():
    with Tree(CARRIED) as tree:
        write_users(tree)
        folder = add(tree, "shop")
        unset = {name: value for name, value in os.environ.items() if name != "SHOP_KEY"}
        status, out, err = tree.run("bench", "tiny", "--quick", env=unset)
        expect(status == 2 and "values.token.env: the environment variable SHOP_KEY is not set" in err, status, err)
        expect(not (folder / "notes.jsonl").exists() and not (tree.path / "results").exists(), "nothing was run")
        status, _, err = tree.run("load", "http://127.0.0.1:9", "--scenario", "scenarios/tiny.json", env=unset)
        expect(status == 2 and "SHOP_KEY is not set" in err, status, err)
        status, out, err = tree.run("plan", "tiny", env=unset)
        expect(status == 0 and "requests/s" in out, "a plan needs no secrets", status, err)
        status, _, err = tree.run("bench", "tiny", "--quick", env=with_secret(SHOP_KEY="two\nlines-of-it"))
        expect(status == 2 and "SHOP_KEY holds a control character" in err and "lines-of-it" not in err, status, err)


def a_ragged_file_is_refused_with_its_line():
    with Tree(CARRIED) as tree:
        (tree.path / "scenarios/users.csv").write_text("user,age,mail\nann,31,a@b\nbob,32\n")
        status, _, err = tree.run("plan", "tiny")
        expect(status == 2 and "scenarios/users.csv:3: expected 3 cells as in the first line, found 2" in err, err)


# ---- limits of single requests ----

SHOP = {
    **SCENARIO,
    "requests": [
        {"name": "browse", "weight": 4, "path": "/items/1", "headers": {"X-User": "b"}},
        {"name": "checkout", "weight": 3, "path": "/checkout", "headers": {"X-User": "c", "X-Slow": "yes"},
         "limits": {"p90": "150ms"}},
        {"name": "pay", "weight": 3, "path": "/pay", "headers": {"X-User": "p", "X-Pay": "yes"},
         "limits": {"p90": "450ms", "errors": "2%"}},
    ],
    "values": {},
    "double": {"what": "rate", "from": 100, "steps": 1},
    "step": {"warmup": "200ms", "measure": "1s"},
    "limits": {"p90": "450ms", "errors": "40%"},
}


def each_request_is_held_to_its_own_limits():
    with Tree(SHOP) as tree:
        add(tree, "shop", "slow")
        status, out, err = tree.run("bench", "tiny", "--quick")
        expect(status in (0, 3), status, out, err)
        report = json.loads(tree.run("report", "--format", "json")[1])
        expect([each["request"] for each in report["limits"]["requests"]] == ["checkout", "pay"], report["limits"])
        (backend,) = report["backends"]
        step = backend["steps"][0]
        states = {name: limit["state"] for name, limit in step["limits"].items()}
        expect(states["latency"] == "holds" and states["errors"] == "holds", "all of them keep the limits", states)
        expect(states["latency of checkout"] == "breaks" and states["errors of pay"] == "breaks", states)
        expect(states["latency of pay"] == "holds" and "errors of checkout" not in states, states)
        checkout = step["limits"]["latency of checkout"]
        expect(checkout["request"] == "checkout" and checkout["allowed"] == 150e6, checkout)
        expect(250e6 <= checkout["observed"], checkout)
        pay = step["limits"]["errors of pay"]
        expect(0.15 < pay["observed"] < 0.5 and pay["allowed"] == 0.02, pay)
        broke = {each["limit"]: each for each in step["breaks"]}
        expect(set(broke) == {"latency of checkout", "errors of pay"}, broke)
        expect(broke["errors of pay"]["request"] == "pay" and broke["errors of pay"]["at_ms"] > 0, broke)
        text = tree.details()
        expect("; checkout by itself" in text and "; pay by itself" in text, text)
        order = {each["limit"]: each for each in backend["limits"]}
        if order:  # else the machine was too busy for any step to say what the service holds
            expect(order["latency of checkout"]["breaks_at_level"] == 100, "it has a capacity of its own", order)
            expect(order["latency"]["holds_at_level"] == 100 and order["latency"]["breaks_at_level"] is None, order)
            expect("latency of checkout" in text and "errors of pay" in text, text)
        rows = list(csv.DictReader(io.StringIO(tree.run("report", "--format", "csv")[1])))
        expect("latency of checkout=" in rows[0]["breaches_at_ms"], rows[0])


def a_plan_names_them():
    with Tree(SHOP) as tree:
        add(tree, "shop", "slow")
        status, out, err = tree.run("plan", "tiny")
        expect(status == 0 and "checkout by itself: p90 150 ms" in out, out, err)
        expect("pay by itself: p90 450 ms, errors 2 %" in out, out)


# ---- load -X -H -d ----


class Noting:
    """A server that notes every request and echoes its Authorization in a 401 where it has one."""

    def __init__(self):
        notes = self.notes = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                notes.append((self.command, self.path, self.headers, body))
                said = self.headers.get("Authorization", "").encode("latin-1")
                self.send_response(401 if said else 200)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/{{x}}"
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def load(tree, noting, *more):
    noting.notes.clear()
    status, out, err = tree.run("load", noting.url, "--rate", "50", "--duration", "200ms", "--warmup", "20ms", *more)
    expect(status in (0, 3) and noting.notes, status, out, err)
    return noting.notes[0], out + err


def load_sends_the_request_that_x_h_and_d_describe():
    with Tree() as tree, Noting() as noting:
        given = ["-H", "X-One: 1", "-H", "x-two:  {place} ", "-H", "X-None;"]
        (method, path, headers, body), _ = load(tree, noting, *given)
        expect(method == "GET" and path == "/%7Bx%7D" and body == b"", method, path, body)
        expect(headers["X-One"] == "1" and headers["X-Two"] == "{place}" and headers["X-None"] == "", headers)
        (method, _, headers, body), _ = load(tree, noting, "-d", "a={b}", "-d", "c")
        expect(method == "POST" and body == b"a={b}&c", method, body)
        expect(headers["Content-Type"] == "application/x-www-form-urlencoded", headers)
        (method, _, headers, body), _ = load(tree, noting, "-XPUT", "-d", "{}", "-H", "content-type: application/json")
        expect(method == "PUT" and headers.get_all("Content-Type") == ["application/json"] and body == b"{}", headers)
        (method, _, _, body), _ = load(tree, noting, "-X", "PATCH")
        expect(method == "PATCH" and body == b"", method)
        sent = bytes(range(256)) * 200
        (tree.path / "body.bin").write_bytes(sent)
        (method, _, headers, body), _ = load(tree, noting, "-d", "@body.bin")
        expect(method == "POST" and body == sent and int(headers["Content-Length"]) == len(sent), len(body))


def a_secret_header_of_load_is_not_shown():
    with Tree() as tree, Noting() as noting:
        (_, _, headers, _), said = load(tree, noting, "-H", "Authorization: Bearer abcdef-12345")
        expect(headers["Authorization"] == "Bearer abcdef-12345", headers)
        expect("abcdef-12345" not in said and "(cut)" in said, said)


def load_refuses_what_it_cannot_send_by_name():
    cases = [
        (["-H", "no colon, s3cret"], '-H: header "no": expected "NAME: VALUE"'),
        (["-H", "Host: other"], '-H: header "Host": the generator sets this header itself'),
        (["-H", "X Y: 1"], '-H: header "X": a header\'s name holds only'),
        (["-H", "X: a\nb"], '-H: header "X": its value holds a control character'),
        (["-H", "X:"], '-H: header "X": expected "NAME: VALUE", or "NAME;" for an empty value'),
        (["-X", "get"], '-X: expected GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS, found "get"'),
        (["-X", "HEAD", "-d", "x"], "-d: a HEAD request has no body"),
        (["-d", "@nowhere"], "-d: nowhere: cannot be opened"),
        (["-d"], "-d needs a value"),
        (["-d", "x", "--scenario", "scenarios/tiny.json"], "-X, -H and -d are of the request of the URL"),
        (["-x"], "-x: unknown option"),
    ]
    with Tree() as tree:
        for words, said in cases:
            status, _, err = tree.run("load", "http://127.0.0.1:9/", *words)
            expect(status == 2 and said in err, words, status, err)


if __name__ == "__main__":
    run_tests([
        rows_headers_and_secrets_arrive_and_are_never_mixed,
        a_secret_that_the_service_tells_is_cut_everywhere,
        a_variable_that_is_not_set_is_named_before_anything_is_sent,
        a_ragged_file_is_refused_with_its_line,
        each_request_is_held_to_its_own_limits,
        a_plan_names_them,
        load_sends_the_request_that_x_h_and_d_describe,
        a_secret_header_of_load_is_not_shown,
        load_refuses_what_it_cannot_send_by_name,
    ])
