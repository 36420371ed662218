"""What a service of the tests is that serves a few paths itself and leaves all others to the reference service beside
it.

Its handler has a method `serve`, which responds, or calls `pass_on`; `run` serves with it until SIGTERM.
"""

import http.client
import http.server
import json
import os
import signal
import socket
import subprocess
import threading
import time

HOST = os.environ["HOST"]
TITLES = {
    400: "Bad Request",
    404: "Not Found",
    409: "Conflict",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    503: "Service Unavailable",
}
here = threading.local()


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


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def respond(self, status, body, **headers):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if status < 300 else "application/problem+json")
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def refuse(self, status, detail):
        self.respond(status, {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail})

    def pass_on(self):
        line = line_to("reference", f"{HOST}:{REFERENCE_PORT}")
        line.request(self.command, self.path, self.body() or None, dict(self.headers))
        response = line.getresponse()
        data = response.read()
        self.send_response(response.status, response.reason)
        for name, value in response.getheaders():
            if name.lower() not in ("connection", "content-length", "date"):
                self.send_header(name, value)
        self.send_header("Content-Length", response.getheader("Content-Length", str(len(data))))
        self.end_headers()
        self.wfile.write(data)

    def do(self):
        self.serve()

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 100


def run(handler):
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
    Server((HOST, int(os.environ["PORT"])), handler).serve_forever()
