#!/usr/bin/env python3
"""A backend that answers every request at once, with 4 KB: what a link carries is its limit."""

import asyncio
import os

BODY = b"x" * 4096
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)


async def serve(reader, writer):
    try:
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(RESPONSE)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main():
    server = await asyncio.start_server(serve, os.environ["HOST"], int(os.environ["PORT"]), backlog=4096)
    await server.serve_forever()


asyncio.run(main())
