"""Each second of the wall clock, as it begins, for all who subscribe."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Seconds:
    """The one clock of a process."""

    def __init__(self) -> None:
        """Have no subscriber."""
        self._queues: set[asyncio.Queue[tuple[int, bytes] | None]] = set()
        self._ended = False

    def publish(self, second: int) -> None:
        """Give a second to every subscriber. It is encoded once."""
        event = b'id: %d\ndata: {"second":%d}\n\n' % (second, second)
        for queue in self._queues:
            queue.put_nowait((second, event))

    def end(self) -> None:
        """End all streams."""
        self._ended = True
        for queue in self._queues:
            queue.put_nowait(None)

    def stream(self) -> AsyncIterator[bytes]:
        """Return each second that begins from now on, as text/event-stream has it.

        What waits for a subscriber has no bound here: PatientProtocol closes the
        connection of one that does not read, before that is much.
        """
        return self._stream(int(time.time()))

    async def _stream(self, since: int) -> AsyncIterator[bytes]:
        if self._ended:
            return
        queue: asyncio.Queue[tuple[int, bytes] | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            while published := await queue.get():
                second, event = published
                if second > since:
                    yield event
        finally:
            self._queues.discard(queue)

    async def _run(self) -> None:
        second = int(time.time()) + 1
        while True:
            # A loop's timers may be early by a part of a millisecond. A process that
            # was kept from running publishes what it has missed.
            wait = second - time.time()
            if wait > 0:
                await asyncio.sleep(wait)
            else:
                self.publish(second)
                second += 1

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator[Seconds]:
        """Publish each second as it begins, never before."""
        seconds = cls()
        run = asyncio.create_task(seconds._run())
        try:
            yield seconds
        finally:
            run.cancel()
            seconds.end()
