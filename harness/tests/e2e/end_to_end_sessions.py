#!/usr/bin/env python3
"""Sessions of users, by the whole program against a service that knows whom it gave which token.

    end_to_end_sessions.py TWOFOLD REFERENCE_SERVER
"""

import collections
import http.server
import json
import threading
from pathlib import Path

from tree import SCENARIO, Tree, expect, run_tests

WITH_TOKEN = {"Authorization": "Bearer {token}"}
SHOP = {
    "schema": 1,
    "name": "tiny",
    "why": "users of a shop, for tests",
    "sessions": [
        {"name": "shopper", "weight": 3, "values": {"user": {"uniform": [1, 1000]}}, "steps": [
            {"request": "login", "capture": {"token": "/access/token"}},
            {"request": "list", "think": {"exponential": "100ms"}},
            {"request": "more", "chance": "30%"},
        ]},
        {"name": "buyer", "values": {"buyer": {"words": 1}}, "steps": [
            {"request": "enter", "capture": {"token": "/access/token"}},
            {"request": "buy", "think": "20ms", "capture": {"order": "header:location"}},
            {"request": "show"},
        ]},
    ],
    "requests": [
        {"name": "login", "method": "POST", "path": "/sign-in", "json": {"user": "{user}"}},
        {"name": "enter", "method": "POST", "path": "/sign-in", "json": {"user": "{buyer}"}},
        {"name": "list", "path": "/list/{user}", "headers": WITH_TOKEN},
        {"name": "more", "path": "/more/{user}", "headers": WITH_TOKEN},
        {"name": "buy", "method": "POST", "path": "/buy", "headers": WITH_TOKEN, "json": {"for": "{buyer}"},
         "expect": {"status": 201}},
        {"name": "show", "path": "{order}", "headers": WITH_TOKEN, "expect": {"json": {"order": "{order}"}}},
    ],
    "double": {"what": "sessions", "from": 80, "steps": 2},
    "step": SCENARIO["step"],
    "deadline": "1s",
    "limits": {"p90": "900ms", "errors": "90%"},
}
# What a user may have done when the run ends.
WALKS = {("login",), ("login", "list"), ("login", "list", "more"), ("login", "buy"), ("login", "buy", "show")}


def add_service(tree, *more):
    here = Path(__file__).parent
    files = {file: (here / file).read_text() for file in ("session_service.py", "beside_reference.py")}
    return tree.add("shop", ["python3", "session_service.py", *more], files)


def report_of(tree):
    (backend,) = json.loads(tree.run("report", "--format", "json")[1])["backends"]
    return backend


def walks_of(folder):
    """What was seen of each session, in the order of time, by its token."""
    walks = collections.defaultdict(list)
    for line in (folder / "seen.jsonl").read_text().splitlines():
        seen = json.loads(line)
        walks[seen["token"]].append(seen)
    for token in walks:
        walks[token].sort(key=lambda seen: seen["began"])
    return walks


def users_walk_with_the_tokens_that_they_were_given():
    with Tree(SHOP) as tree:
        folder = add_service(tree)
        status, out, err = tree.run("bench", "tiny", "--quick")
        expect(status == 0, status, out, err)
        walks = walks_of(folder)
        orders = collections.Counter(tuple(seen["what"] for seen in walk) for walk in walks.values())
        expect(set(orders) <= WALKS, "every step comes after the one before it", orders)
        expect(None not in walks, "every login gave a token")
        listed = orders["login", "list"] + orders["login", "list", "more"]
        bought = orders["login", "buy"] + orders["login", "buy", "show"]
        expect(listed + bought > 200, orders)
        expect(0.18 < orders["login", "list", "more"] / listed < 0.42, "3 in 10 look for more", orders)
        expect(0.15 < bought / (listed + bought) < 0.37, "one in four buys", orders)
        thought = [walk[1]["began"] - walk[0]["ended"] for walk in walks.values()
                   if len(walk) > 1 and walk[1]["what"] == "list"]
        # Long times to think are cut off by the end of a step, and the service notes a response after it was read.
        expect(sum(thought) / len(thought) > 0.06, "they think 100 ms in the mean", sum(thought) / len(thought))

        backend = report_of(tree)
        ladder = [step for step in backend["steps"] if step["phase"] == "ladder" and step["attempt"] == 1]
        expect([step["level"] for step in ladder] == [80, 160], ladder)
        for step in ladder:
            sessions, failures = step["sessions"], step["failures"]
            expect(step["level_unit"] == "users/s", step)
            # 2.475 requests a user: 3/4 of 1 + 1 + 0.3, and 1/4 of 3
            expect(step["load_rps"] == round(step["level"] * 2.475), step["load_rps"])
            expect(failures["status"] == 0 and failures["body"] == 0, "the service refused nothing", failures)
            expect(sessions["begun"] > 0 and sessions["denied"] == 0, sessions)
            expect(sessions["finished"] + sessions["unfinished"] + sessions["abandoned"] >= sessions["begun"], sessions)
            logins = sum(each["offered"] for each in step["requests"] if each["name"] in ("login", "enter"))
            expect(logins == sessions["begun"], "each begins with a login", logins, sessions)
        report = tree.details()
        expect("160 users/s" in report and "Sessions" in report, report)
        expect("shopper (75 % of users): login; list after 100 ms (exponential); more (30 %)" in report, report)


def a_capture_that_is_missing_is_a_failure_and_ends_the_session():
    with Tree({**SHOP, "double": {"what": "sessions", "from": 80, "steps": 1}}) as tree:
        folder = add_service(tree, "forgetful")
        status, out, err = tree.run("bench", "tiny", "--quick")
        expect(status == 0, status, out, err)
        walks = walks_of(folder)
        expect({seen["what"] for seen in walks[None]} == {"login"}, "nothing more was sent of them", walks[None])
        step = report_of(tree)["steps"][0]
        sessions, wrong = step["sessions"], step["first_wrong"]
        expect(0.1 < step["failures"]["body"] / sessions["begun"] < 0.3, "one in five", step["failures"], sessions)
        expect(sessions["abandoned"] >= step["failures"]["body"], sessions, step["failures"])
        expect(step["failures"]["status"] == 0, step["failures"])
        expect(wrong["capture"] == "{token} from /access/token", wrong)
        expect(wrong["unreadable"] == "there is no such member" and wrong["status"] == 200, wrong)
        expect("{token} from /access/token to be captured" in " ".join(err.split()), err)


def a_plan_says_what_users_do():
    with Tree(SHOP) as tree:
        add_service(tree)
        status, out, err = tree.run("plan", "tiny")
        expect(status == 0, status, out, err)
        expect("the users per second double" in out and "users/s" in out, out)
        expect("a user sends 2.47 requests in the mean; at most 100,000 sessions are under way at once" in out, out)


class Welcoming(http.server.BaseHTTPRequestHandler):
    """Lets everyone in, and gives no token."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):  # the name is the library's
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


def a_service_that_runs_already_is_walked_once_before_it_is_loaded():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Welcoming)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with Tree(SHOP) as tree:
        status, out, err = tree.run("bench", "tiny", "--target", f"web=http://127.0.0.1:{server.server_address[1]}")
        said = " ".join((out + err).split())
        expect(status != 0 and 'its first response to "login" is not as expected' in said, status, out, err)
        expect("expected: {token} from /access/token to be captured" in said, out, err)
        expect("came: status 200 without it (there is no such member)" in said, out, err)
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    run_tests([
        users_walk_with_the_tokens_that_they_were_given,
        a_capture_that_is_missing_is_a_failure_and_ends_the_session,
        a_plan_says_what_users_do,
        a_service_that_runs_already_is_walked_once_before_it_is_loaded,
    ])
