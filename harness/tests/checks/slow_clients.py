#!/usr/bin/env python3
"""What backends do with clients that are slow, or silent: slow_clients.py NAME…

The contract gives a request 10 s from its first byte to come whole, and an idle connection 75 s, whether or not
anything was sent on it before. All backends and all connections are tried at once, so that it takes as long as one.
"""

import concurrent.futures
import re
import socket
import sys
import time
import urllib.parse

import manifest
import service

SOON, LATE = 5, 40  # far from 10 s on both sides: the machine may be busy

GET = b"GET /items/1 HTTP/1.1\r\nHost: a\r\n\r\n"
HALF_HEAD = b"GET /items/1 HTTP/1.1\r\nHost: a\r\nX-Rest: "
HALF_BODY = (b"POST /items HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 30\r\n\r\n"
             b'{"name": "half')


def connect(address):
    return socket.create_connection(address, timeout=LATE)


def ask(connection):
    """The whole response, which may come in parts; what came of it where the connection ends."""
    connection.sendall(GET)
    said = b""
    while part := connection.recv(65536):
        said += part
        head, _, body = said.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        if length and len(body) >= int(length.group(1)):
            break
    return said


def fault_of_half(address, half, before, drip):
    """Sends half of a request, after a whole one with `before`, and then with `drip` a byte a second."""
    with connect(address) as connection:
        if before and not ask(connection).startswith(b"HTTP/1.1 200"):
            return "a good request was not answered"
        began = time.monotonic()
        connection.sendall(half)
        connection.settimeout(1)
        said = b""
        while time.monotonic() - began < LATE:
            try:
                part = connection.recv(65536)
                said += part
                if not part:
                    break
            except TimeoutError:
                try:
                    connection.sendall(b"x" if drip else b"")
                except OSError:
                    break
            except OSError:
                break
        else:
            return f"still open after {LATE} s"
    if time.monotonic() - began < SOON:
        return f"closed before {SOON} s"
    if said and not said.startswith(b"HTTP/1.1 408 "):
        return f"answered with {said.splitlines()[0]!r}, expected 408 or nothing"
    return None


def fault_of_idle(address, before):
    """Says nothing for longer than a request may take, and then asks."""
    with connect(address) as connection:
        if before and not ask(connection).startswith(b"HTTP/1.1 200"):
            return "a good request was not answered"
        time.sleep(14)
        try:
            said = ask(connection)
        except OSError as error:
            return f"cut: {error}"
    return None if said.startswith(b"HTTP/1.1 200") else "closed, and an idle connection is to be kept for 75 s"


TRIES = {
    "half a head": (fault_of_half, HALF_HEAD, False, False),
    "half a head after a request": (fault_of_half, HALF_HEAD, True, False),
    "a head of a byte a second": (fault_of_half, HALF_HEAD, False, True),
    "half a body": (fault_of_half, HALF_BODY, False, False),
    "a body of a byte a second": (fault_of_half, HALF_BODY[:-13], True, True),
    "a connection without a request": (fault_of_idle, False),
    "a connection after a request": (fault_of_idle, True),
}

# What a runtime does not let its service keep, as that one's README says. Once it does, it goes from here.
DIFFERS = {"bun": {"a connection without a request"}}


def try_backend(name):
    with service.running(name) as url, concurrent.futures.ThreadPoolExecutor(len(TRIES)) as pool:
        parts = urllib.parse.urlsplit(url)
        address = (parts.hostname, parts.port)
        running = {what: pool.submit(how, address, *rest) for what, (how, *rest) in TRIES.items()}
        faults = {what: future.result() for what, future in running.items()}
    for what in DIFFERS.get(name, set()):
        faults[what] = "as the contract has it, so DIFFERS is wrong" if faults[what] is None else None
    return [f"{name}: {what}: {fault}" for what, fault in faults.items() if fault is not None]


def main():
    names = [name for name in sys.argv[1:] if manifest.missing_tool(name) is None]
    if not names:
        print("slow_clients: no backend's toolchain is here; skipped")
        return manifest.SKIPPED
    with concurrent.futures.ThreadPoolExecutor(len(names)) as pool:
        faults = [fault for found in pool.map(try_backend, names) for fault in found]
    print("\n".join(faults) or f"{', '.join(names)}: slow clients are ended, idle ones kept")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
