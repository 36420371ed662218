#!/usr/bin/env python3
"""A backend that notes what each request of a user carried, a line of JSON each, in notes.jsonl beside it, and writes
the token it came with to its standard error, as careless services do. The reference service serves the rest.

    noting_service.py [slow | dies]

A request with X-Slow takes 250 ms. With "slow" one in three of those with X-Pay gets a 500. With "dies" it refuses
every fifth, quoting the token, and ends by itself after a while.
"""

import json
import os
import sys
import threading
import time
import urllib.parse

import beside_reference

KIND = sys.argv[1] if len(sys.argv) > 1 else ""
DIES_AFTER = 400
lock = threading.Lock()
notes = open("notes.jsonl", "a")
came = 0


def count(note):
    global came
    with lock:
        came += 1
        notes.write(json.dumps(note) + "\n")
        notes.flush()
        return came


class Handler(beside_reference.Handler):
    def tell(self, number, token):
        print(f"request {number} had Authorization {token}", file=sys.stderr, flush=True)
        if KIND == "dies" and number >= DIES_AFTER:
            print(f"no more: {token} {urllib.parse.quote(token)}", file=sys.stderr, flush=True)
            os._exit(3)

    def serve(self):
        if "X-User" not in self.headers:
            self.pass_on()
            return
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length).decode()
        headers = {name: value.encode("latin-1").decode() for name, value in self.headers.items()}
        number = count({"method": self.command, "path": self.path, "headers": headers, "body": body})
        token = headers.get("Authorization", "")
        self.tell(number, token)
        if "X-Slow" in headers:
            time.sleep(0.25)
        if KIND == "slow" and "X-Pay" in headers and number % 3 == 0:
            self.respond(500, {"message": "no"})
        elif KIND == "dies" and number % 5 == 0:
            self.respond(403, {"message": f"not with {token}", "path": self.path, "ascii": urllib.parse.quote(token)})
        else:
            self.respond(200, {"user": headers["X-User"]})


beside_reference.run(Handler)
