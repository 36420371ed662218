#!/usr/bin/env python3
"""A backend with sessions of users, which leaves everything else to the reference service beside it.

    session_service.py [forgetful]

POST /sign-in gives a token for a user; GET /list/USER and /more/USER, POST /buy and GET /orders/N want it back, and the
user or the order that it belongs to; anything else is refused. What came is written to seen.jsonl: the token, what
was asked for, and when. A forgetful one leaves the token out of every fifth response to a login.
"""

import itertools
import json
import sys
import threading
import time

import beside_reference

FORGETFUL = sys.argv[1:] == ["forgetful"]
lock = threading.Lock()
numbers = itertools.count(1)
users, orders = {}, {}
seen = open("seen.jsonl", "a")


def note(token, what, began):
    with lock:
        seen.write(json.dumps({"token": token, "what": what, "began": began, "ended": time.monotonic()}) + "\n")
        seen.flush()


class Handler(beside_reference.Handler):
    def token(self):
        return self.headers.get("Authorization", "").removeprefix("Bearer ")

    def login(self, began):
        user = json.loads(self.body())["user"]
        number = next(numbers)
        token = f"token-{number}"
        with lock:
            users[token] = str(user)
        if FORGETFUL and number % 5 == 0:
            token = None
            self.respond(200, {"welcome": user})
        else:
            self.respond(200, {"welcome": user, "access": {"token": token}})
        note(token, "login", began)

    def buy(self, began):
        token, number = self.token(), next(numbers)
        self.body()
        if token not in users:
            self.refuse(422, "no such token")
            return
        with lock:
            orders[f"/orders/{number}"] = token
        self.respond(201, {"id": number}, Location=f"http://{self.headers['Host']}/orders/{number}")
        note(token, "buy", began)

    def show(self, began):
        token = self.token()
        if orders.get(self.path) != token:
            self.refuse(404, "no such order of this user")
            return
        self.respond(200, {"order": self.path})
        note(token, "show", began)

    def page(self, what, user, began):
        token = self.token()
        if users.get(token) != user:
            self.refuse(422, "another user's token")
            return
        self.respond(200, {"items": []})
        note(token, what, began)

    def serve(self):
        began = time.monotonic()
        parts = self.path.split("/")
        if self.path == "/sign-in":
            self.login(began)
        elif self.path == "/buy":
            self.buy(began)
        elif parts[1] == "orders":
            self.show(began)
        elif parts[1] in ("list", "more"):
            self.page(parts[1], parts[2], began)
        else:
            self.pass_on()


beside_reference.run(Handler)
