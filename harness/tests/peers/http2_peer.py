#!/usr/bin/env python3
"""An HTTP/2 server on loopback with one fault, over the package h2.

    http2_peer.py CERTIFICATE FAULT EVERY STREAMS
        CERTIFICATE: a file, or "-" for HTTP/2 without TLS
        FAULT: what happens to every EVERY-th request, counted over all connections; "none"
        STREAMS: how many requests may share a connection

Answers with 200 and {"id":N,"length":L,"method":M}: N is the number at the end of the path, L the length of the body.
Prints its own port, and serves until its standard input ends; then prints what it saw, as lines "name number".
"""

import asyncio
import re
import ssl
import struct
import sys
from collections import Counter

from h2.config import H2Configuration  # pylint: disable=import-error
from h2.connection import H2Connection  # pylint: disable=import-error
from h2.errors import ErrorCodes  # pylint: disable=import-error
from h2.events import (  # pylint: disable=import-error
    ConnectionTerminated, DataReceived, RequestReceived, StreamEnded, StreamReset)
from h2.exceptions import ProtocolError  # pylint: disable=import-error
from h2.settings import SettingCodes  # pylint: disable=import-error

SLOW_SECONDS = 0.15
LATE_SECONDS = 1.0

seen = Counter()
fault, every, streams_most = "none", 1, 100


class Service(asyncio.Protocol):
    def __init__(self):
        self.transport = None
        self.wire = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self.requests = {}
        self.last = None  # the stream that our GOAWAY named

    # --- connection

    def connection_made(self, transport):
        self.transport = transport
        seen["connections"] += 1
        seen["open"] += 1
        seen["most_open"] = max(seen["most_open"], seen["open"])
        self.wire.initiate_connection()
        self.wire.update_settings({SettingCodes.MAX_CONCURRENT_STREAMS: streams_most})
        self.flush()

    def connection_lost(self, exc):
        seen["open"] -= 1

    def flush(self):
        self.transport.write(self.wire.data_to_send())

    def data_received(self, data):
        try:
            events = self.wire.receive_data(data)
        except ProtocolError:
            seen["protocol_errors"] += 1
            self.transport.close()
            return
        # A request may come together with its cancellation, after which h2 lets nothing be sent for it.
        cancelled = {event.stream_id for event in events if isinstance(event, StreamReset)}
        for event in events:
            self.on_event(event, cancelled)
        self.flush()

    def on_event(self, event, cancelled):
        if isinstance(event, RequestReceived):
            self.requests[event.stream_id] = {"headers": dict(event.headers), "length": 0}
            seen["most_streams"] = max(seen["most_streams"], len(self.requests))
        elif isinstance(event, DataReceived) and event.stream_id in self.requests:
            self.requests[event.stream_id]["length"] += len(event.data)
            self.wire.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, StreamEnded):
            if event.stream_id not in cancelled:
                self.on_request(event.stream_id)
        elif isinstance(event, StreamReset):
            seen["cancelled"] += 1
            self.requests.pop(event.stream_id, None)
        elif isinstance(event, ConnectionTerminated):
            self.transport.close()

    # --- requests

    def on_request(self, stream):
        if self.last is not None and stream > self.last:
            seen["passed_over"] += 1
            return
        seen["requests"] += 1
        headers = self.requests[stream]["headers"]
        seen["authority_named"] += headers[":authority"].startswith("localhost:")
        seen["marked"] += headers.get("x-mark") == "yes"
        if "x-id" in headers:
            right = headers[":path"].endswith("/" + headers["x-id"]) and headers["x-sum"] == "<" + headers["x-id"] + ">"
            seen["matched"] += right
            seen["mismatched"] += not right
        seen["typed"] += headers.get("content-type") == "application/json"
        seen["own_headers"] += any(name in headers for name in ("accept", "user-agent", "expect"))
        if fault != "none" and seen["requests"] % every == 0:
            seen["faults"] += 1
            getattr(self, "fault_" + fault)(stream)
        else:
            self.answer(stream)

    def body(self, stream, number=None):
        request = self.requests[stream]
        found = re.search(r"(\d+)$", request["headers"][":path"])
        number = (int(found.group(1)) if found else 0) if number is None else number
        return f'{{"id":{number},"length":{request["length"]},"method":"{request["headers"][":method"]}"}}'.encode()

    def answer(self, stream, status="200", number=None, headers=()):
        if stream not in self.requests:
            return  # cancelled meanwhile
        body = self.body(stream, number)
        head = self.requests.pop(stream)["headers"][":method"] == "HEAD"
        length = [] if status == "204" else [("content-length", str(len(body)))]
        self.wire.send_headers(stream, [(":status", status), *length, *headers], end_stream=head)
        if not head:
            self.wire.send_data(stream, body, end_stream=True)
        seen["answers"] += 1
        self.flush()

    def half(self, stream):
        self.wire.send_headers(stream, [(":status", "200"), ("content-length", "100")])
        self.wire.send_data(stream, b'{"id":')
        self.flush()

    # --- faults

    def fault_status(self, stream):
        self.answer(stream, status="500")

    def fault_body(self, stream):
        self.answer(stream, number=-1)

    def fault_silent(self, stream):
        pass

    def fault_slow(self, stream):
        asyncio.get_running_loop().call_later(SLOW_SECONDS, self.answer, stream)

    def fault_late(self, stream):
        asyncio.get_running_loop().call_later(LATE_SECONDS, self.answer, stream)

    def fault_headers(self, stream):
        self.answer(stream, headers=[(f"x-{i}", "x" * 1000) for i in range(80)])

    def fault_large(self, stream):
        """A body of 200,000 bytes, as fast as the client's window lets it go."""
        self.requests.pop(stream)
        self.wire.send_headers(stream, [(":status", "200")])
        self.send_large(stream, 200000)

    def send_large(self, stream, left):
        while left > 0 and (room := self.wire.local_flow_control_window(stream)) > 0:
            length = min(left, room, self.wire.max_outbound_frame_size)
            self.wire.send_data(stream, b"x" * length, end_stream=length == left)
            left -= length
        self.flush()
        if left > 0:
            asyncio.get_running_loop().call_later(0.001, self.send_large, stream, left)

    def fault_interim(self, stream):
        self.wire.send_headers(stream, [(":status", "103"), ("link", "</x>")])
        self.answer(stream)

    def fault_reset(self, stream):
        self.half(stream)
        self.wire.reset_stream(stream, ErrorCodes.INTERNAL_ERROR)

    def fault_refuse(self, stream):
        self.wire.reset_stream(stream, ErrorCodes.REFUSED_STREAM)

    def fault_cut(self, stream):
        self.half(stream)
        self.transport.close()

    def fault_abort(self, stream):
        self.half(stream)
        self.transport.abort()

    def fault_close(self, stream):
        self.answer(stream)
        self.wire.close_connection()
        self.flush()
        self.transport.close()

    def fault_goaway(self, stream):
        """This stream is the last: it is answered, later ones are not looked at, and then the connection ends. The
        frame is written by hand, since h2 lets nothing be sent after its own."""
        self.last = stream
        self.flush()
        self.transport.write(b"\x00\x00\x08\x07\x00\x00\x00\x00\x00" + struct.pack(">II", stream, 0))
        asyncio.get_running_loop().call_later(SLOW_SECONDS / 10, self.finish, stream)

    def finish(self, stream):
        self.answer(stream)
        self.transport.close()

    def fault_garbage(self, _stream):
        self.transport.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n" * 20)


class Old(asyncio.Protocol):
    """HTTP/1.1, where HTTP/2 was wanted."""

    def __init__(self):
        self.transport = None

    def connection_made(self, transport):
        self.transport = transport
        seen["connections"] += 1

    def data_received(self, data):
        seen["requests"] += data.count(b"\r\n\r\n")
        self.transport.write(b'HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n{"id":7}' * data.count(b"\r\n\r\n"))


async def serve(certificate):
    protocol = Old if fault == "old" else Service
    context = None
    if certificate != "-":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        context.set_alpn_protocols(["http/1.1"] if fault == "old" else ["h2"])
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, _context: None)  # clients that break off are what the tests are about
    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=context, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()
    for name, count in seen.items():
        print(name, count)


if __name__ == "__main__":
    fault, every, streams_most = sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    asyncio.run(serve(sys.argv[1]))
