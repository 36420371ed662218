"""A minimal service, to be replaced by yours: the standard library alone, one process, a thread a connection.

twofold starts it with HOST, PORT and CORES in its environment, waits until GET /healthz is answered with a 2xx, sends
the load of a scenario (hello.json), and ends it with SIGTERM. What it writes is shown where something goes wrong.
"""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Service(ThreadingHTTPServer):
    request_queue_size = 1024  # connections that wait until they are accepted
    daemon_threads = True  # an idle connection does not hold up the end


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one piece

    def do_GET(self):
        name = self.path.rpartition("/hello/")[2]
        if self.path == "/healthz":
            self.answer(200, {"status": "ok"})
        elif self.path == f"/hello/{name}" and name.isdecimal():
            self.answer(200, {"hello": int(name)})
        else:
            self.answer(404, {"error": "no such path"})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """A line for each request would be most of the work."""


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    address = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8080"))
    with Service(address, Handler) as service:
        service.serve_forever()


if __name__ == "__main__":
    main()
