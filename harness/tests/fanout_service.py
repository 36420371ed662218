#!/usr/bin/env python3
"""A backend that serves the fan-out as the contract has it, and leaves everything else to the reference service beside it.

    fanout_service.py [keep]

With "keep" it keeps what the upstream once said: right answers, and got without asking. It is what the end-to-end test
of the audit measures: nothing but the upstream's own count tells the two apart.
"""

import http.client
import http.server
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

HOST = os.environ["HOST"]
UPSTREAM = urllib.parse.urlsplit(os.environ.get("UPSTREAM_URL", "")).netloc
KEEPS = sys.argv[1:] == ["keep"]
kept, here = {}, threading.local()


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


REFERENCE_PORT = free_port()


def line_to(name, address):
    """The calling thread's own connection."""
    if not hasattr(here, name):
        setattr(here, name, http.client.HTTPConnection(address, timeout=2))
    return getattr(here, name)


def ask(key, number):
    """The value of one call, None where it fails."""
    line = line_to("upstream", UPSTREAM)
    try:
        line.request("GET", f"/values/{key}/{number}")
        answer = line.getresponse()
        said = answer.read()
        return json.loads(said)["value"] if answer.status == 200 else None
    except OSError:
        line.close()
        return None


def values_of(key, calls):
    values = kept.get((key, calls)) or [ask(key, number) for number in range(calls)]
    if KEEPS:
        kept[key, calls] = values
    return values


def number(query, name, least, most, default):
    text = query.get(name, [default])[0]
    return int(text) if text and re.fullmatch("0|[1-9][0-9]{0,15}", text) and least <= int(text) <= most else None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if status == 200 else "application/problem+json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def fan_out(self, query):
        asked = urllib.parse.parse_qs(query, keep_blank_values=True)
        key, calls = number(asked, "key", 0, 2**53 - 1, None), number(asked, "calls", 1, 64, "8")
        if key is None or calls is None:
            detail = "key: 0 to 2^53 - 1; calls: 1 to 64"
            self.answer(422, {"type": "about:blank", "title": "Unprocessable Content", "status": 422, "detail": detail})
            return
        values = values_of(key, calls)
        came = [value for value in values if value is not None]
        results = [{"call": call, "value": value} for call, value in enumerate(values)]
        self.answer(200, {"key": key, "partial": len(came) < calls, "sum": sum(came), "results": results})

    def pass_on(self):
        line = line_to("reference", f"{HOST}:{REFERENCE_PORT}")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        line.request(self.command, self.path, body or None, dict(self.headers))
        answer = line.getresponse()
        data = answer.read()
        self.send_response(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in ("connection", "content-length", "date"):
                self.send_header(name, value)
        self.send_header("Content-Length", answer.getheader("Content-Length", str(len(data))))
        self.end_headers()
        self.wfile.write(data)

    def serve(self):
        path, _, query = self.path.partition("?")
        if self.command == "GET" and path == "/fanout":
            self.fan_out(query)
        else:
            self.pass_on()

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = serve

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 100


def main():
    reference = subprocess.Popen(["./server"], env={**os.environ, "PORT": str(REFERENCE_PORT)})

    def leave(*_):
        reference.terminate()
        os._exit(0)

    signal.signal(signal.SIGTERM, leave)
    for _ in range(200):
        try:
            socket.create_connection((HOST, REFERENCE_PORT)).close()
            break
        except OSError:
            time.sleep(0.02)
    Server((HOST, int(os.environ["PORT"])), Handler).serve_forever()


main()
