#!/usr/bin/env python3
"""A service that gives a thread to each connection and reads its request there: slow_service.py THREADS [SECONDS].

It answers any request with {"id":7} and closes the connection. With SECONDS it waits for so long for a head to come
whole, and says 408 then; without, it waits for ever. While all threads wait for slow clients, nobody else is served.
"""

import os
import signal
import socket
import sys
import threading
import time

THREADS = int(sys.argv[1])
PATIENCE = float(sys.argv[2]) if len(sys.argv) > 2 else None
BODY = b'{"id":7}'
RIGHT = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b"
LATE = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


def serve(connection):
    """Reads one head, however slowly it comes, and responds."""
    until = time.monotonic() + PATIENCE if PATIENCE else None
    head = b""
    try:
        while b"\r\n\r\n" not in head:
            if until:
                connection.settimeout(max(until - time.monotonic(), 0.001))
            part = connection.recv(65536)
            if not part:
                return
            head += part
        connection.sendall(RIGHT % (len(BODY), BODY))
    except TimeoutError:
        connection.sendall(LATE)


def work(listener):
    while True:
        connection, _ = listener.accept()
        with connection:
            try:
                serve(connection)
            except OSError:
                pass


def main():
    listener = socket.create_server((os.environ["HOST"], int(os.environ["PORT"])), backlog=512)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    for _ in range(THREADS):
        threading.Thread(target=work, args=(listener,), daemon=True).start()
    while True:
        signal.pause()


if __name__ == "__main__":
    main()
