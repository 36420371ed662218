#!/usr/bin/env python3
"""The reference service where `twofold verify` does not look: the bytes of HTTP and the life of the process.

    reference_service.py path-of-reference-server
"""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest

READY_SECONDS = 30
STOP_SECONDS = 20


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def start(port, **environment):
    return subprocess.Popen([PROGRAM], env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port), **environment},
                            stderr=subprocess.PIPE, text=True)


def request(path, method="GET", headers=""):
    return f"{method} {path} HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode()


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.received = b""

    def send(self, data):
        with contextlib.suppress(OSError):  # the service may have had enough of it
            self.socket.sendall(data)

    def more(self):
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            data = b""
        self.received += data
        return data

    def response(self, head_only=False):
        """(status, headers, body), or None where the connection ends instead."""
        while b"\r\n\r\n" not in self.received:
            if not self.more():
                return None
        head, self.received = self.received.split(b"\r\n\r\n", 1)
        first, *lines = head.decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines)
        length = 0 if head_only else int(headers["content-length"])
        while len(self.received) < length:
            if not self.more():
                return None
        body, self.received = self.received[:length], self.received[length:]
        return int(first.split()[1]), headers, json.loads(body or "null")


class Served(unittest.TestCase):
    cores = 1

    def setUp(self):
        self.port = free_port()
        self.process = start(self.port, CORES=str(self.cores))
        until = time.monotonic() + READY_SECONDS
        while True:
            try:
                self.connect()
                return
            except OSError:
                self.assertIsNone(self.process.poll(), "it ended before it was ready")
                self.assertLess(time.monotonic(), until, "it is not ready")
                time.sleep(0.01)

    def connect(self):
        connection = Connection(self.port)
        self.addCleanup(connection.socket.close)
        return connection

    def tearDown(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        _, complaints = self.process.communicate(timeout=STOP_SECONDS)
        self.assertEqual((self.process.returncode, complaints), (0, ""))

    def id_of(self, response):
        self.assertIsNotNone(response, "the connection was closed")
        self.assertEqual(response[0], 200)
        return response[2]["id"]

    def test_pipelined_requests_are_answered_in_order(self):
        connection = self.connect()
        requests = b"".join(request(f"/items/{i}") for i in range(1, 5001))
        sender = threading.Thread(target=connection.send, args=(requests,))
        sender.start()
        self.assertEqual([self.id_of(connection.response()) for _ in range(5000)], list(range(1, 5001)))
        sender.join()

    def test_a_request_may_come_byte_by_byte(self):
        connection = self.connect()
        for byte in request("/items/77?x=1", headers="X-Long: value\r\n"):
            connection.send(bytes([byte]))
        self.assertEqual(self.id_of(connection.response()), 77)

    def test_a_body_is_read_and_thrown_away(self):
        connection = self.connect()
        connection.send(request("/items/1", "POST", "Content-Length: 5\r\n") + b"GET /")
        connection.send(request("/items/1", "PUT", "Transfer-Encoding: chunked\r\n") + b"3\r\nGET\r\n0\r\n\r\n")
        connection.send(request("/items/2", headers="Content-Length: 3\r\n") + b"abc")
        self.assertEqual([connection.response()[0], connection.response()[0]], [405, 405])
        self.assertEqual(self.id_of(connection.response()), 2)

    def test_head_is_answered_without_a_body(self):
        connection = self.connect()
        connection.send(request("/items/1", "HEAD") + request("/items/2"))
        status, headers, _ = connection.response(head_only=True)
        self.assertEqual(status, 200)
        self.assertGreater(int(headers["content-length"]), 50)
        self.assertEqual(self.id_of(connection.response()), 2)

    def test_close_and_upgrade_and_http_1_0_are_understood(self):
        connection = self.connect()
        connection.send(request("/items/1", headers="Connection: Upgrade\r\nUpgrade: h2c\r\n"))
        self.assertEqual(self.id_of(connection.response()), 1)
        connection.send(b"GET /items/2 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        self.assertEqual(connection.response()[1]["connection"], "keep-alive")
        connection.send(request("/items/3", headers="Connection: close\r\n") + request("/items/4"))
        self.assertEqual(connection.response()[1]["connection"], "close")
        self.assertIsNone(connection.response())

    def test_what_is_no_http_or_too_long_is_refused_and_closed(self):
        cases = [(400, b"\x16\x03\x01\x00\xee\r\n\r\n"), (400, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                 (400, b"GET / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"),
                 (400, b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
                 (414, request("/items/" + "1" * 3000)),
                 (431, request("/healthz", headers="X: " + "a" * 20000 + "\r\n")),
                 (431, request("/healthz", headers="".join(f"X{i}: {i}\r\n" for i in range(9000))))]
        for status, data in cases:
            with self.subTest(status=status, data=data[:40]):
                connection = self.connect()
                connection.send(data)
                self.assertEqual(connection.response()[0], status)
                self.assertIsNone(connection.response())

    def test_random_damage_does_not_bring_it_down(self):
        numbers = random.Random(1)
        for _ in range(200):
            first = request("/items/1", headers="A: b\r\nContent-Length: 3\r\n")
            data = bytearray(first + b"abc" + request("/items/2"))
            for _ in range(numbers.randint(1, 6)):
                data[numbers.randrange(len(data))] = numbers.randrange(256)
            connection = self.connect()
            connection.send(data)
            connection.socket.shutdown(socket.SHUT_WR)
            while connection.more():
                pass

    def test_a_client_that_does_not_read_is_waited_for_and_then_served(self):
        connection = self.connect()
        sender = threading.Thread(target=connection.send, args=(request("/items/77") * 20000,))
        sender.start()
        time.sleep(0.5)
        self.assertEqual({self.id_of(connection.response()) for _ in range(20000)}, {77})
        sender.join()

    def test_many_connections_are_served_at_once(self):
        connections = [self.connect() for _ in range(200)]
        for number, connection in enumerate(connections, 1):
            connection.send(request(f"/items/{number}"))
        self.assertEqual([self.id_of(connection.response()) for connection in connections], list(range(1, 201)))

    def test_a_port_in_use_is_a_failure(self):
        for cores in ("1", "2"):
            other = start(self.port, CORES=cores)
            _, complaint = other.communicate(timeout=STOP_SECONDS)
            self.assertNotEqual(other.returncode, 0)
            self.assertIn("address already in use", complaint)

    def test_a_request_under_way_is_finished_on_sigterm(self):
        connection = self.connect()
        idle = self.connect()
        connection.send(b"GET /items/9 HTTP/1.1\r\nHo")
        idle.send(request("/healthz"))
        self.assertEqual(idle.response()[0], 200)
        self.process.send_signal(signal.SIGTERM)
        self.assertIsNone(idle.response())
        self.assertIsNone(self.process.poll())
        connection.send(b"st: x\r\n\r\n")
        status, headers, _ = connection.response()
        self.assertEqual((status, headers["connection"]), (200, "close"))

    def test_a_request_that_never_ends_does_not_hold_up_sigterm(self):
        connection = self.connect()
        connection.send(b"GET /items/9 HTTP/1.1\r\nHo")
        self.process.send_signal(signal.SIGTERM)
        self.assertIsNone(connection.response())


class ServedByTwo(Served):
    cores = 2


class NotServed(unittest.TestCase):
    def test_a_wrong_environment_is_refused(self):
        for wrong in ({"port": "x"}, {"port": "70000"}, {"CORES": "0"}, {"HOST": "nowhere"}):
            process = start(**{"port": free_port(), **wrong})
            _, complaint = process.communicate(timeout=STOP_SECONDS)
            self.assertNotEqual(process.returncode, 0)
            self.assertIn("reference-server: ", complaint)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
