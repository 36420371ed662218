"""The upstream service: many small calls at once, over connections that are kept."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

import aiohttp
from pydantic import BaseModel

from app.errors import UnavailableError
from app.models import CallResult, FanOut

CALL_TIMEOUT_S = 2
KEEP_ALIVE_S = 75
MAX_CONNECTIONS = 4096
MIN_CONNECTIONS = 16


class _Answer(BaseModel, strict=True):
    value: int


class Upstream:
    """A client of the upstream, or of none where the service was given no URL."""

    def __init__(self, url: str | None, session: aiohttp.ClientSession) -> None:
        """Call what is at the URL, over connections of the session."""
        self._url = url.rstrip("/") if url else None
        self._session = session

    async def fan_out(self, key: int, calls: int) -> FanOut:
        """Make all the calls at once and merge what they bring."""
        if self._url is None:
            raise UnavailableError("This service was given no upstream.")
        values = await asyncio.gather(*(self._call(key, call) for call in range(calls)))
        came = [value for value in values if value is not None]
        return FanOut(
            key=key,
            partial=len(came) < calls,
            sum=sum(came),
            results=[CallResult(call=i, value=value) for i, value in enumerate(values)],
        )

    async def _call(self, key: int, call: int) -> int | None:
        """Return the value, or None where the upstream failed in whatever way."""
        url = f"{self._url}/values/{key}/{call}"
        try:
            async with self._session.get(url, allow_redirects=False) as response:
                if response.status != HTTPStatus.OK:
                    return None
                return _Answer.model_validate_json(await response.read()).value
        except (aiohttp.ClientError, OSError, ValueError):
            return None


@asynccontextmanager
async def open_upstream(url: str | None, processes: int) -> AsyncIterator[Upstream]:
    """Keep connections for one of the service's processes: its even share of them."""
    connector = aiohttp.TCPConnector(
        limit=max(MIN_CONNECTIONS, MAX_CONNECTIONS // processes),
        keepalive_timeout=KEEP_ALIVE_S,
    )
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=CALL_TIMEOUT_S),
    ) as session:
        yield Upstream(url, session)
