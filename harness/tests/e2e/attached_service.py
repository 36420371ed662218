#!/usr/bin/env python3
"""A service that runs already, for the tests of attached services: a process that nobody starts but the test.

    attached_service.py [--most N] [--requests N] [--status N] [--credentials TEXT] [--certificate FILE] [--core N]
        --most         requests a second that it serves; the rest get 503
        --requests     how many it answers before it ends without a word
        --status       what it answers with, instead of 200
        --credentials  the header Authorization that it wants, else 401
        --certificate  PEM: it speaks TLS
        --core         the only core that it runs on

Prints its port, then serves until it is ended.
"""

import argparse
import asyncio
import os
import ssl
import sys

BODY = b'{"id":7}'


class Budget:
    """So many requests a second: they come back as time passes, and a tenth of a second of them is saved up."""

    def __init__(self, most):
        self.most, self.left, self.at = most, most / 10, 0.0

    def take(self, now):
        if not self.most:
            return True
        self.left = min(self.most / 10, self.left + (now - self.at) * self.most)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


class Service(asyncio.Protocol):
    options = budget = None
    answered = 0

    def __init__(self):
        self.came, self.transport = b"", None

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.came += data
        while b"\r\n\r\n" in self.came:
            head, self.came = self.came.split(b"\r\n\r\n", 1)
            self.answer(head)

    def answer(self, head):
        options = Service.options
        Service.answered += 1
        if options.requests and Service.answered > options.requests:
            os._exit(3)
        status = options.status
        if not Service.budget.take(asyncio.get_running_loop().time()):
            status = 503
        if options.credentials and f"\r\nAuthorization: {options.credentials}" not in head.decode():
            status = 401
        self.transport.write(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s" % (status, len(BODY), BODY))


async def serve(options):
    context = None
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Service, "127.0.0.1", 0, ssl=context, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=float, default=0)
    parser.add_argument("--requests", type=int, default=0)
    parser.add_argument("--status", type=int, default=200)
    parser.add_argument("--credentials")
    parser.add_argument("--certificate")
    parser.add_argument("--core", type=int)
    Service.options = parser.parse_args()
    if Service.options.core is not None:
        os.sched_setaffinity(0, {Service.options.core})
    Service.budget = Budget(Service.options.most)
    asyncio.run(serve(Service.options))
