#!/usr/bin/env python3
"""A service that answers every request at once and keeps what it received: receiving_service.py ADDRESS FILE

Prints its port. Each request is a line in FILE: when it came, by the clock of this host, its method, path and body.
"""

import asyncio
import sys
import time

ADDRESS, FILE = sys.argv[1:3]
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
received = open(FILE, "w", buffering=1 << 20)


async def serve(reader, writer):
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = next((int(line.split(":")[1]) for line in head.split("\r\n")
                           if line.lower().startswith("content-length:")), 0)
            body = (await reader.readexactly(length)).decode() if length else ""
            received.write(f"{time.monotonic_ns()} {head.split(' HTTP', 1)[0]} {body}\n")
            writer.write(RESPONSE)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def flush():
    while True:
        await asyncio.sleep(0.2)
        received.flush()


async def main():
    server = await asyncio.start_server(serve, ADDRESS, 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    asyncio.get_running_loop().create_task(flush())
    await server.serve_forever()


asyncio.run(main())
