"""The variant of the service that sheds load.

It refuses at once what could only be answered late: a request above the most that may
be under way, and any while the event loop is behind. The standard service has no such
middleware: every request waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from starlette.types import ASGIApp, Receive, Scope, Send

from app.problems import problem

LOOK_EVERY_S = 0.020
LATE_AFTER_S = 0.025
LATE_LOOKS = 5


class Shedding:
    """Counts the requests of a process, and whether its loop is late."""

    def __init__(self, most: int) -> None:
        """Allow so many requests under way."""
        self._most = most
        self.under_way = 0
        self._late_looks = 0

    @property
    def is_full(self) -> bool:
        """Whether one more request is one too many."""
        return self.under_way >= self._most or self._late_looks >= LATE_LOOKS

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LOOK_EVERY_S
            await asyncio.sleep(LOOK_EVERY_S)
            late = loop.time() - due > LATE_AFTER_S
            self._late_looks = self._late_looks + 1 if late else 0

    @classmethod
    @asynccontextmanager
    async def watched(cls, most: int | None) -> AsyncIterator[Shedding | None]:
        """Watch the loop; nothing is watched where nothing is to be shed."""
        if most is None:
            yield None
            return
        shedding = cls(most)
        watch = asyncio.create_task(shedding._watch())
        try:
            yield shedding
        finally:
            watch.cancel()


class SheddingMiddleware:
    """Answers 503 to a request that is one too many."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or refuse it."""
        shedding = scope["state"].get("shedding") if scope["type"] == "http" else None
        # A stream has no end to wait for: it is not a request under way.
        if shedding is None or scope["path"] == "/events":
            await self._app(scope, receive, send)
        elif shedding.is_full and scope["path"] != "/healthz":
            refusal = problem(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "The service has more to do than it can.",
                {"Retry-After": "1"},
            )
            await refusal(scope, receive, send)
        else:
            shedding.under_way += 1
            try:
                await self._app(scope, receive, send)
            finally:
                shedding.under_way -= 1
