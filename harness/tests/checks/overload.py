#!/usr/bin/env python3
"""What services do with more than they can serve: overload.py TWOFOLD NAME…

Standard services let every request wait. Variants that shed answer 503, with Retry-After, to what is above SHED x CORES
and go on answering /healthz. Both refuse a body of more than 1 MiB, or 8 MiB of a series, and take one of just that
size.
"""

import collections
import contextlib
import http.client
import json
import socket
import subprocess
import sys
import time
import urllib.parse

import manifest
import service

CORES = 2
AT_ONCE = 384  # three times what is under way at most where SHED is 64
DELAY = "1s"  # of the upstream: so long is a request under way
PATIENCE_SECONDS = 60
MIB = 1024 * 1024
ITEM = b'{"name":"large","price_cents":1}'
SERIES = b'{"values":[1,2,3]}'


@contextlib.contextmanager
def upstream(twofold):
    port = service.free_port()
    process = subprocess.Popen([twofold, "upstream", "--port", str(port), "--delay", DELAY], stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit("the upstream did not start")
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def connect(url):
    parts = urllib.parse.urlsplit(url)
    return socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE_SECONDS)


def response_on(connection):
    """The status, the headers and the body of the first response that comes."""
    with connection, http.client.HTTPResponse(connection) as response:
        response.begin()
        return response.status, response.headers, response.read()


def ask(url, method, path, body=b""):
    connection = connect(url)
    head = (f"{method} {path} HTTP/1.1\r\nHost: a\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n")
    # A service may answer, and close, before it has read all of a body that is too large.
    with contextlib.suppress(ConnectionError):
        connection.sendall(head.encode() + body)
    return response_on(connection)


def faults_of_burst(url, sheds):
    """Many requests on as many connections, each of which takes a second of waiting and next to no CPU."""
    connections = [connect(url) for _ in range(AT_ONCE)]
    for connection in connections:
        connection.sendall(b"GET /fanout?key=1&calls=1 HTTP/1.1\r\nHost: a\r\n\r\n")
    if sheds and ask(url, "GET", "/healthz")[0] != 200:
        yield "/healthz was refused"
    responses = [response_on(connection) for connection in connections]
    counts = collections.Counter(status for status, _, _ in responses)
    if set(counts) != ({200, 503} if sheds else {200}):
        yield f"of {AT_ONCE} requests at once: {dict(counts)}, expected {'200 and 503' if sheds else '200 alone'}"
    for status, headers, _ in responses:
        if status == 503 and (headers["Retry-After"] != "1" or "problem+json" not in headers["Content-Type"]):
            yield f"a 503 has the headers {dict(headers)}"
            break
    until = time.monotonic() + PATIENCE_SECONDS
    while ask(url, "GET", "/items/1")[0] != 200:
        if time.monotonic() > until:
            yield "what comes after the burst is refused as well"
            break
        time.sleep(0.05)


def faults_of_bodies(url):
    for path, body, most, taken in ("/items", ITEM, MIB, 201), ("/series/summary", SERIES, 8 * MIB, 200):
        for size, expected in (most, taken), (most + 1, 413):
            status, headers, said = ask(url, "POST", path, body.ljust(size))
            if status != expected:
                yield f"POST {path} of {size} bytes: {status}, expected {expected}"
            elif status == 413 and ("problem+json" not in headers["Content-Type"] or json.loads(said)["status"] != 413):
                yield f"POST {path} of {size} bytes: 413, but not as a problem: {said[:200]}"


def faults_of(name, upstream_url):
    with service.running(name, CORES, told={"UPSTREAM_URL": upstream_url}) as url:
        if "fanOut" in manifest.read(name)["contract"]:  # what is in a burst
            yield from faults_of_burst(url, "SHED" in manifest.settings(name))
        yield from faults_of_bodies(url)


def main():
    twofold, *named = sys.argv[1:]
    names = [name for name in named if manifest.missing_tool(name) is None]
    if not names:
        print("overload: no backend's toolchain is here; skipped")
        return manifest.SKIPPED
    with upstream(twofold) as upstream_url:
        faults = [f"{name}: {fault}" for name in names for fault in faults_of(name, upstream_url)]
    print("\n".join(faults) or f"{', '.join(names)}: only what sheds refuses, and bodies have one limit")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
