import asyncio
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import app
from app.shedding import LATE_LOOKS, Shedding, SheddingMiddleware


@pytest.fixture
def shedding_client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("SHED", "1")
    return TestClient(SheddingMiddleware(app))


def test_requests_are_served_while_there_is_room(shedding_client: TestClient) -> None:
    with shedding_client as client:
        for _ in range(3):
            assert client.get("/items/1").status_code == HTTPStatus.OK


def _asked(
    middleware: SheddingMiddleware, shedding: Shedding, path: str
) -> Awaitable[list[dict[str, Any]]]:
    async def ask() -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = []

        async def send(message: Any) -> None:  # noqa: ANN401
            sent.append(message)

        async def receive() -> Any:  # noqa: ANN401
            return {"type": "http.request", "body": b"", "more_body": False}

        state = {"shedding": shedding}
        scope = {"type": "http", "path": path, "state": state, "headers": []}
        await middleware(scope, receive, send)
        return sent

    return ask()


def _slow(begun: asyncio.Event, end: asyncio.Event) -> Callable[..., Awaitable[None]]:
    async def serve(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
        begun.set()
        await end.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})

    return serve


def test_a_request_above_the_most_is_refused_and_health_is_not() -> None:
    async def run() -> None:
        begun, end, shedding = asyncio.Event(), asyncio.Event(), Shedding(1)
        middleware = SheddingMiddleware(_slow(begun, end))
        first = asyncio.ensure_future(_asked(middleware, shedding, "/items/1"))
        await begun.wait()
        refused = await _asked(middleware, shedding, "/items/1")
        assert refused[0]["status"] == HTTPStatus.SERVICE_UNAVAILABLE
        assert (b"retry-after", b"1") in refused[0]["headers"]
        stream = asyncio.ensure_future(_asked(middleware, shedding, "/events"))
        await asyncio.sleep(0)
        assert shedding.under_way == 1
        end.set()
        assert (await stream)[0]["status"] == HTTPStatus.OK
        healthy = await _asked(middleware, shedding, "/healthz")
        assert healthy[0]["status"] == HTTPStatus.OK
        assert (await first)[0]["status"] == HTTPStatus.OK
        served = await _asked(middleware, shedding, "/items/1")
        assert served[0]["status"] == HTTPStatus.OK

    asyncio.run(run())


def test_requests_are_refused_while_the_loop_is_late() -> None:
    async def run() -> None:
        async with Shedding.watched(10) as shedding:
            assert shedding is not None
            for _ in range(4 * LATE_LOOKS):
                time.sleep(0.08)  # noqa: ASYNC251
                await asyncio.sleep(0)
            assert shedding.is_full

    asyncio.run(run())
