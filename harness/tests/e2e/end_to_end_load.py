#!/usr/bin/env python3
"""`twofold load` and the odd things that people and servers do: URLs with a user, a path or a blank, bounds, gates that
cannot be judged, replies at the edge of HTTP, TLS that ends without a word, a generator that was stopped or has no file
descriptors left; and the live line of a bench on a narrow terminal.

    end_to_end_load.py TWOFOLD REFERENCE_SERVER
"""

import contextlib
import gzip
import json
import os
import pty
import re
import resource
import signal
import socket
import ssl
import struct
import subprocess
import termios
import threading
import time
from fcntl import ioctl

from tree import SCENARIO, TWOFOLD, Skipped, Tree, expect, run_tests

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """Answers each request with answer(its head): bytes, or (bytes,) to close the connection behind them."""

    def __init__(self, answer=lambda head: OK, context=None):
        self.answer, self.context, self.heads = answer, context, []
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self.socket.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self.serve, args=self.socket.accept()[:1], daemon=True).start()

    def serve(self, connection):
        with contextlib.suppress(OSError), connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.speak(connection)

    def speak(self, connection):
        stream = self.context.wrap_socket(connection, server_side=True) if self.context else connection
        came = b""
        while more := stream.recv(65536):
            came += more
            while b"\r\n\r\n" in came:
                head, came = came.split(b"\r\n\r\n", 1)
                self.heads.append(head)
                said = self.answer(head)
                stream.sendall(said[0] if isinstance(said, tuple) else said)
                if isinstance(said, tuple):
                    return


def load(tree, url, *more, **kinds):
    arguments = {"--rate": "50", "--duration": "300ms", "--warmup": "50ms"}
    if "--connections" in more:
        del arguments["--rate"]
    flat = [word for name, value in arguments.items() if name not in more for word in (name, value)]
    status, out, err = tree.run("load", url, *flat, *more, "--json", **kinds)
    return status, json.loads(out) if out else None, err


def all_good(figures):
    return figures is not None and figures["good"] == figures["offered"] > 0


def a_user_in_the_url_becomes_credentials():
    def answer(head):
        right = b"\r\nAuthorization: Basic dXNlcjpwQHNz\r\n" in head + b"\r\n"
        return OK if right else b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"

    with Tree() as tree, Server(answer) as server:
        _, figures, err = load(tree, f"http://user:p%40ss@127.0.0.1:{server.port}/")
        expect(all_good(figures), figures, err)
        status, _, _ = load(tree, f"http://127.0.0.1:{server.port}/")
        expect(status == 3, "without them the service refuses", status)


def the_address_of_all_interfaces_is_this_machine():
    with Tree() as tree, Server() as server:
        _, figures, err = load(tree, f"http://0.0.0.0:{server.port}/")
        expect(all_good(figures), figures, err)
        status, _, err = load(tree, "http://192.0.2.1/")
        expect(status == 2 and "another machine" in err, status, err)


def characters_that_a_request_line_cannot_hold_are_encoded():
    with Tree() as tree, Server() as server:
        _, figures, err = load(tree, f"http://127.0.0.1:{server.port}/a b/\u00e9?q={{x}}&r=%20")
        expect(all_good(figures), figures, err)
        paths = {head.split(b" ")[1] for head in server.heads}
        expect(paths == {b"/a%20b/%C3%A9?q=%7Bx%7D&r=%20"}, paths)


def a_path_beside_a_scenario_is_refused():
    with Tree() as tree, Server(lambda head: b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as server:
        base = f"http://127.0.0.1:{server.port}"
        for path in ("/api/v2", "/?key=1"):
            status, _, err = load(tree, base + path, "--scenario", "scenarios/tiny.json")
            expect(status == 2 and path in err and not server.heads, status, err, server.heads)
        load(tree, base, "--scenario", "scenarios/tiny.json")
        expect(server.heads, "nothing was sent")


def what_is_out_of_bounds_is_refused_before_a_request():
    with Tree() as tree, Server() as server:
        url = f"http://127.0.0.1:{server.port}/"
        (tree.path / "empty.pem").write_text("no certificate\n")
        for name, value in [("--duration", "1ns"), ("--duration", "19ns"), ("--duration", "100h"), ("--rate", "0"),
                            ("--rate", "1000000000000"), ("--rate", "1/0s"), ("--rate", "ten"),
                            ("--arrivals", "every"), ("--connections", "1000000"), ("--fail-if", "p98>1ms"),
                            ("--warmup", "100h")]:
            status, _, err = load(tree, url, name, value)
            expect(status == 2 and name in err, name, value, status, err)
        status, _, err = load(tree, f"https://127.0.0.1:{server.port}/", "--cacert", "empty.pem")
        expect(status == 2 and "empty.pem" in err and "certificate" in err, status, err)
        expect(not server.heads, "requests were sent", server.heads)


def rates_may_be_below_one_a_second_and_seeds_zero():
    with Tree() as tree, Server() as server:
        url = f"http://127.0.0.1:{server.port}/"
        for rate, offered in [("4/2s", 2), ("120/m", 2), ("2.5", 2), ("3", 3)]:
            _, figures, err = load(tree, url, "--rate", rate, "--arrivals", "even", "--duration", "1s",
                                   "--warmup", "1ns", "--seed", "0")
            expect(figures is not None and figures["offered"] == offered, rate, figures, err)


def a_gate_on_what_nobody_answered_does_not_pass():
    with Tree() as tree, socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # and it does not listen
        for condition in ("p99>50ms", "mean>50ms", "max>50ms"):
            status, _, _ = load(tree, f"http://127.0.0.1:{bound.getsockname()[1]}/", "--fail-if", condition)
            expect(status in (1, 3, 4), condition, status)
    with Tree() as tree, Server() as server:
        status, _, err = load(tree, f"http://127.0.0.1:{server.port}/", "--fail-if", "p999>1h")
        expect(status == 3 and "p999>1h cannot be judged" in err, status, err)


def replies_at_the_edge_of_http_are_right():
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    replies = {
        "two extensions": chunked + b'2;sig=abc;seq="1"\r\nok\r\n0;last\r\nX-Trailer: 1\r\n\r\n',
        "100 with close": (b"HTTP/1.1 100 Continue\r\nConnection: close\r\n\r\n" + OK,),
        "103": b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" + OK,
        "one length twice": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
        "obs-fold": b"HTTP/1.1 200 OK\r\nX-A: one\r\n two\r\nContent-Length: 2\r\n\r\nok",
        "no reason": b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
        "until the end": (b"HTTP/1.1 200 OK\r\n\r\nok",),
        "1.0": (b"HTTP/1.0 200 OK\r\n\r\nok",),
        "204 with a body": b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
        "two at once": OK + OK,
        "an upgrade offered": b"HTTP/1.1 200 OK\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\nok",
    }
    with Tree() as tree:
        for name, reply in replies.items():
            with Server(lambda head, reply=reply: reply) as server:
                _, figures, err = load(tree, f"http://127.0.0.1:{server.port}/", "--duration", "200ms")
                expect(all_good(figures), name, figures and figures["failures"], err)


def a_reply_that_is_not_http_is_told_by_its_byte():
    with Tree() as tree, Server(lambda head: b"HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\nok") as server:
        _, figures, _ = load(tree, f"http://127.0.0.1:{server.port}/")
        wrong = figures["first_wrong"]
        expect(figures["failures"]["protocol"] == figures["offered"] and wrong["status"] is None, figures)
        expect(wrong["unreadable"].startswith("byte 34 (0x78, x): "), wrong)


SEARCHING = {**SCENARIO, "requests": [{"name": "ask", "path": "/", "expect": {"json": {"ok": 1}}}], "values": {}}


def a_member_behind_nine_megabytes_is_found_in_any_form():
    body = b'{"pad":"' + b"x" * 9_000_000 + b'","ok":1.0}'
    reply = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    with Tree(SEARCHING) as tree, Server(lambda head: reply) as server:
        _, figures, err = load(tree, f"http://127.0.0.1:{server.port}/", "--rate", "4", "--duration", "1s",
                               "--arrivals", "even", "--deadline", "5s", "--scenario", "scenarios/tiny.json")
        expect(all_good(figures), figures and figures["failures"], err)


def a_body_that_comes_encoded_is_refused_or_said():
    asking = dict(SEARCHING["requests"][0], headers={"Accept-Encoding": "gzip"})
    body = gzip.compress(b'{"ok":1}')
    reply = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    with Tree({**SEARCHING, "requests": [asking]}) as tree:
        status, _, err = tree.run("plan", "tiny")
        expect(status == 2 and "Accept-Encoding" in err and "not decoded" in err, status, err)
    with Tree(SEARCHING) as tree, Server(lambda head: reply) as server:
        _, figures, err = load(tree, f"http://127.0.0.1:{server.port}/", "--scenario", "scenarios/tiny.json")
        expect("gzip" in figures["first_wrong"]["unreadable"] and "gzip" in err, figures["first_wrong"], err)


def certificate(tree):
    """The path of a self-signed certificate for localhost, and a server's context for it."""
    pem = str(tree.path / "localhost.pem")
    try:
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                        "-nodes", "-keyout", pem + ".key", "-out", pem, "-days", "3", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
    except FileNotFoundError as missing:
        raise Skipped("no openssl") from missing
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, pem + ".key")
    return pem, context


class Cutting(Server):
    """Ends the TCP connection, and not TLS, in the middle of a body that ends with the connection."""

    def speak(self, connection):
        stream = self.context.wrap_socket(connection, server_side=True)
        self.heads.append(stream.recv(65536))
        stream.sendall(b'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"half":')
        raw = socket.socket(fileno=os.dup(stream.fileno()))
        raw.shutdown(socket.SHUT_RDWR)
        raw.close()


class Closing(Cutting):
    """The same, and TLS ends too."""

    def speak(self, connection):
        stream = self.context.wrap_socket(connection, server_side=True)
        self.heads.append(stream.recv(65536))
        stream.sendall(b'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"half":1}')
        stream.unwrap()


def a_body_that_tls_did_not_end_is_not_whole():
    with Tree() as tree:
        pem, context = certificate(tree)
        for kind, whole in ((Cutting, False), (Closing, True)):
            with kind(context=context) as server:
                _, figures, err = load(tree, f"https://localhost:{server.port}/", "--cacert", pem)
                expect(figures["offered"] > 0, figures, err)
                expect(figures["good"] == (figures["offered"] if whole else 0), kind, figures, err)


def the_certificates_of_the_environment_are_trusted():
    with Tree() as tree:
        pem, context = certificate(tree)
        with Server(context=context) as server:
            url = f"https://localhost:{server.port}/"
            _, figures, err = load(tree, url, env=dict(os.environ, SSL_CERT_FILE=pem))
            expect(all_good(figures), figures and figures["failures"], err)
            _, figures, _ = load(tree, url)
            expect(figures["good"] == 0, "nobody else trusts it", figures)


def slowly(_head):
    time.sleep(0.01)
    return OK


def a_closed_load_that_was_stopped_is_not_valid():
    with Tree() as tree, Server(slowly) as server:
        process = tree.start("load", f"http://127.0.0.1:{server.port}/", "--connections", "2", "--duration", "3s",
                             "--warmup", "200ms", "--json")
        time.sleep(1.5)
        process.send_signal(signal.SIGSTOP)
        time.sleep(1)
        process.send_signal(signal.SIGCONT)
        out, err = process.communicate(timeout=30)
        figures = json.loads(out)
        expect(process.returncode == 3 and "stood_still" in figures["invalid_because"], process.returncode, out, err)
        expect(0.2 < figures["generator_stood_still"] < 0.5, figures["generator_stood_still"])


def want_of_descriptors_is_not_the_service_s():
    def few():
        resource.setrlimit(resource.RLIMIT_NOFILE, (24, 24))

    with Tree() as tree, Server(slowly) as server:
        status, figures, err = load(tree, f"http://127.0.0.1:{server.port}/", "--connections", "50", preexec_fn=few)
        expect(status == 3 and figures["failures"]["connect"] == 0, status, figures, err)
        expect("denied" in figures["invalid_because"] and figures["connections_denied"] > 0, figures)
        expect("too many open files" in err, err)


def on_terminal(columns, tree, *arguments):
    """What the program shows on a terminal of that width."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(tree.path)
        time.sleep(0.3)  # until the width is set
        os.execvpe(TWOFOLD, [TWOFOLD, *arguments], dict(os.environ, TERM="xterm"))
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    said = b""
    with contextlib.suppress(OSError):
        while more := os.read(terminal, 65536):
            said += more
    os.close(terminal)
    os.waitpid(pid, 0)
    return said.decode(errors="replace")


def rows_shown(said, columns):
    """The rows of that terminal, those that have scrolled away included."""
    rows, row, column = [""], 0, 0
    for part in re.findall(r"\x1b\[\d*[A-Za-z]|\r|\n|.", said):
        if part == "\x1b[K":
            rows[row] = rows[row][:column]
        elif part == "\x1b[J":
            rows[row] = rows[row][:column]
            del rows[row + 1:]
        elif re.fullmatch(r"\x1b\[\d+A", part):
            row = max(0, row - int(part[2:-1]))
        elif part == "\r":
            column = 0
        if part == "\n" or (len(part) == 1 and part not in "\r\n" and column == columns):
            row, column = row + 1, 0
            rows += [""] * (row + 1 - len(rows))
        if len(part) == 1 and part not in "\r\n":
            rows[row] = rows[row][:column].ljust(column) + part + rows[row][column + 1:]
            column += 1
    return rows


def the_live_line_leaves_no_rows_on_a_narrow_terminal():
    double = {"what": "rate", "from": 100, "steps": 1}
    with Tree({**SCENARIO, "double": double, "limits": {"p90": "400ms"}}) as tree:
        tree.add("narrow-line", ["./server"])
        said = on_terminal(60, tree, "bench", "tiny", "--quick")
        live = re.compile(r"^narrow-line at [\d,]+, \d+ % done")
        expect(len(re.findall(r"narrow-line at [\d,]+, \d+ % done", said)) > 5, "nothing live was shown", said)
        left = [row for row in rows_shown(said, 60) if live.search(row)]
        expect(not left, "rows of it stay on the screen", left)


run_tests(
    [
        a_user_in_the_url_becomes_credentials,
        the_address_of_all_interfaces_is_this_machine,
        characters_that_a_request_line_cannot_hold_are_encoded,
        a_path_beside_a_scenario_is_refused,
        what_is_out_of_bounds_is_refused_before_a_request,
        rates_may_be_below_one_a_second_and_seeds_zero,
        a_gate_on_what_nobody_answered_does_not_pass,
        replies_at_the_edge_of_http_are_right,
        a_reply_that_is_not_http_is_told_by_its_byte,
        a_member_behind_nine_megabytes_is_found_in_any_form,
        a_body_that_comes_encoded_is_refused_or_said,
        a_body_that_tls_did_not_end_is_not_whole,
        the_certificates_of_the_environment_are_trusted,
        a_closed_load_that_was_stopped_is_not_valid,
        want_of_descriptors_is_not_the_service_s,
        the_live_line_leaves_no_rows_on_a_narrow_terminal,
    ]
)
