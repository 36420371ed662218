#!/usr/bin/env python3
"""A service of streams of events, with one fault.

    event_stream.py FAULT [MILLISECONDS]

Prints its port, serves until its standard input ends, and then prints what it counted: `streams` that were asked for,
`most` of them at a time. Whatever is wrong is so at every second that three divides, but for what holds for all. Where
PORT is in its environment it is a backend: it listens there, and serves until SIGTERM, or for ever where its fault is
that it waits for streams to end.
"""

import asyncio
import os
import signal
import sys
import time

FAULT = sys.argv[1]
LATE = int(sys.argv[2]) / 1000 if len(sys.argv) > 2 else 0
HEADS = {
    "status": "HTTP/1.1 404 Not Found\r\nContent-Type: application/problem+json",
    "text": "HTTP/1.1 200 OK\r\nContent-Type: text/plain",
}
GOOD_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store"
# How a stream ends at every second that three divides: how much of its event comes, what behind it, and whether its
# connection ends.
ENDS = {
    "end": (1, b"", True),
    "over": (1, b"0\r\n\r\n", False),
    "half": (0.5, b"", False),
    "half_end": (0.5, b"", True),
}
streams = {}
counts = {"streams": 0, "most": 0}


def event(second):
    """In one legal way or another."""
    ways = (f"id: {second}\ndata: {{\"second\":{second}}}\n\n",
            f": a comment\r\nid:{second}\r\ndata:{{ \"second\": {second} }}\r\n\r\n",
            f"retry: 100\rdata: {{\"second\":\rid: {second}\rdata: {second}}}\r\r")
    return ways[second % len(ways)]


def said(second):
    if second % 3 != 0:
        return event(second)
    return {
        "skip": "",
        "twice": event(second) * 2,
        "backwards": event(second) + event(second - 1),
        "data": f"id: {second}\ndata: {{\"second\":{second + 1}}}\n\n",
        "no_id": f"data: {{\"second\":{second}}}\n\n",
        "typed": f"event: tick\n{event(second)}",
        "long": f"id: {second}\ndata: {{\"second\":{second}}}{' ' * 5000}\n\n",
    }.get(FAULT, event(second))


def chunk(text):
    data = text.encode()
    return f"{len(data):x}\r\n".encode() + data + b"\r\n" if data else b""


def publish_to(writer, second):
    """In two pieces."""
    data = chunk(said(second))
    share, behind, closes = ENDS.get(FAULT, (1, b"", False)) if second % 3 == 0 else (1, b"", False)
    data = data[:int(share * len(data))] + behind
    writer.write(data[:20])
    writer.write(data[20:])
    if FAULT in ENDS and second % 3 == 0:
        streams.pop(writer)
        if closes:
            writer.close()


async def publish():
    """Each second, to those who asked before it began."""
    second = int(time.time())
    while True:
        second += 1
        early = 0.5 if FAULT == "early" else 0
        while (left := second - early + LATE - time.time()) > 0:
            await asyncio.sleep(left)
        for writer, since in list(streams.items()):
            if since < second and FAULT != "silent" and not writer.is_closing():
                publish_to(writer, second)


async def healthy(reader, writer, head):
    """All that a backend has besides: /healthz, and 404 elsewhere."""
    found = {True: ("200 OK", "application/json", '{"status":"ok"}'),
             False: ("404 Not Found", "application/problem+json",
                     '{"type":"about:blank","title":"Not Found","status":404,"detail":"There is nothing here."}')}
    while head:
        status, kind, body = found[head.startswith(b"GET /healthz ")]
        writer.write(f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, OSError):
            head = b""
    writer.close()


async def on_client(reader, writer):
    head = await reader.readuntil(b"\r\n\r\n")
    if b"/events" not in head.split(b"\r\n", 1)[0]:
        await healthy(reader, writer, head)
        return
    counts["streams"] += 1
    if FAULT == "mute":
        await reader.read()
        return
    if FAULT == "garbage":
        writer.write(b"220 ready\r\n")
        await reader.read()
        return
    writer.write((HEADS.get(FAULT, GOOD_HEAD) + "\r\nTransfer-Encoding: chunked\r\n\r\n").encode())
    if FAULT == "brief":
        writer.write(b"0\r\n\r\n")
        await reader.read()
        return
    streams[writer] = time.time()
    counts["most"] = max(counts["most"], len(streams))
    try:
        await reader.read()
    except OSError:
        pass
    if FAULT == "deaf":  # to who leaves: it goes on writing
        return
    streams.pop(writer, None)
    writer.close()


def on_terminate():
    if FAULT == "half_stop":
        for writer in streams:
            writer.write(chunk(event(int(time.time()) + 1))[:20])
    if FAULT != "waits" or not streams:
        os._exit(0)


async def serve():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, _context: None)
    port = int(os.environ.get("PORT", "0"))
    server = await asyncio.start_server(on_client, "127.0.0.1", port, backlog=1024)
    publisher = asyncio.ensure_future(publish())
    if port:
        loop.add_signal_handler(signal.SIGTERM, on_terminate)
        await publisher
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    publisher.cancel()
    for name, count in counts.items():
        print(name, count, flush=True)


if __name__ == "__main__":
    asyncio.run(serve())
