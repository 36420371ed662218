"""A toy on a real event loop that each request blocks: blocked_loop.py [burn], with PORT in its environment.

A request with an X-Load header takes 2 ms in which the loop does nothing else: asleep, or of CPU time.
"""

import asyncio
import json
import os
import re
import signal
import sys
import time

BLOCKED_S = 0.002
TAGS = ("new", "sale", "eco", "gift", "bulk")


def scramble(n):
    n = ((n ^ n >> 16) * 0x85EBCA6B) & 0xFFFFFFFF
    n = ((n ^ n >> 13) * 0xC2B2AE35) & 0xFFFFFFFF
    return n ^ n >> 16


def name_of(bits):
    syllables = ["bcdfghjklmnprstv"[bits >> 6 * i & 15] + "aeio"[bits >> 6 * i + 4 & 3] for i in range(5)]
    return "".join(syllables[:2]) + " " + "".join(syllables[2:])


def item(number):
    tags = scramble(number + 3000000)
    return {
        "id": number,
        "name": name_of(scramble(number)),
        "price_cents": 100 + scramble(number + 1000000) % 99901,
        "stock": scramble(number + 2000000) % 1000,
        "tags": [tag for i, tag in enumerate(TAGS) if tags >> i & 1],
    }


def respond(status, body):
    kind = "application/json" if status == 200 else "application/problem+json"
    text = json.dumps(body)
    return f"HTTP/1.1 {status} Said\r\nContent-Type: {kind}\r\nContent-Length: {len(text)}\r\n\r\n{text}".encode()


def refuse(status):
    return respond(status, {"type": "about:blank", "title": "No", "status": status, "detail": "Not this."})


def block():
    if sys.argv[1:] == ["burn"]:
        end = time.thread_time() + BLOCKED_S
        while time.thread_time() < end:
            pass
    else:
        time.sleep(BLOCKED_S)


def answer(head):
    path = head.split(b" ", 2)[1].split(b"?")[0]
    if path == b"/healthz":
        return respond(200, {"status": "ok"})
    found = re.fullmatch(rb"/items/([^/]+)", path)
    if found is None:
        return refuse(404)
    if re.fullmatch(rb"[0-9]{1,16}", found[1]) is None or not 1 <= int(found[1]) < 2**53:
        return refuse(422)
    if int(found[1]) > 10000:
        return refuse(404)
    if b"\r\nX-Load:" in head:
        block()
    return respond(200, item(int(found[1])))


async def serve(reader, writer):
    try:
        while True:
            writer.write(answer(await reader.readuntil(b"\r\n\r\n")))
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(os.environ["PORT"]), backlog=4096)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, os._exit, 0)
    await server.serve_forever()


asyncio.run(main())
