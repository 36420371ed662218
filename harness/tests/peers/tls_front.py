#!/usr/bin/env python3
"""Stands before a server on loopback and speaks TLS for it; what it closes or resets is closed or reset behind TLS too.

    tls_front.py CERTIFICATE PORT

Prints its own port, and serves until its standard input ends.
"""

import asyncio
import ssl
import sys


async def pump(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()


async def carry(client, port):
    reader, writer = client
    try:
        from_server, to_server = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        writer.transport.abort()
        return
    there = asyncio.ensure_future(pump(reader, to_server))
    back = asyncio.ensure_future(pump(from_server, writer))
    done, _ = await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
    if back in done and back.exception() is not None:
        writer.transport.abort()
    elif there in done and there.exception() is not None:
        to_server.transport.abort()
    for task in (there, back):
        task.cancel()
    await asyncio.gather(there, back, return_exceptions=True)
    to_server.close()
    writer.close()


async def serve(certificate, port):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, _context: None)  # clients that break off are what the tests are about

    async def on_client(reader, writer):
        await carry((reader, writer), port)

    server = await asyncio.start_server(on_client, "127.0.0.1", 0, ssl=context, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
