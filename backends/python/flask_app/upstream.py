"""The upstream service, called from an event loop that has a thread of its own."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from anyio.from_thread import BlockingPortal, start_blocking_portal

from app.errors import UnavailableError

if TYPE_CHECKING:
    from app import upstream
    from app.models import FanOut


class Upstream:
    """A client of the upstream, or of none where the service was given no URL.

    Many small calls at once are what an event loop is for; a thread for each would be
    thousands of threads.
    """

    def __init__(self, url: str | None, processes: int) -> None:
        """Keep connections for one of so many processes."""
        self._opened = ExitStack()
        self._calls: tuple[BlockingPortal, upstream.Upstream] | None = None
        if url is not None:
            # Its library is imported where there is an upstream, and not elsewhere.
            from app.upstream import open_upstream  # noqa: PLC0415

            portal = self._opened.enter_context(start_blocking_portal())
            client = portal.wrap_async_context_manager(open_upstream(url, processes))
            self._calls = portal, self._opened.enter_context(client)

    def close(self) -> None:
        """Let go of the connections."""
        self._opened.close()

    def fan_out(self, key: int, calls: int) -> FanOut:
        """Make all the calls at once and merge what they bring."""
        if self._calls is None:
            msg = "This service was given no upstream."
            raise UnavailableError(msg)
        portal, client = self._calls
        return portal.call(client.fan_out, key, calls)
