import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from typing import TypedDict

import pytest
import uvicorn
from fastapi import FastAPI

from app import protocol
from app.protocol import PatientProtocol
from app.routers import events
from app.seconds import Seconds

SHORT_S = 0.3


def event(second: int) -> bytes:
    return b'id: %d\ndata: {"second":%d}\n\n' % (second, second)


def next_second() -> int:
    return int(time.time()) + 1


class State(TypedDict):
    seconds: Seconds


class Served:
    """The routes of the events behind uvicorn, and a clock that the test moves."""

    def __init__(self) -> None:
        self.seconds = Seconds()
        app = FastAPI(lifespan=self._lifespan)
        app.include_router(events.router)
        config = uvicorn.Config(
            app, http=PatientProtocol, log_level="warning", timeout_graceful_shutdown=3
        )
        self.server = uvicorn.Server(config)
        self._socket = socket.create_server(("127.0.0.1", 0))
        # so that little is kept by the kernel
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        self.port = self._socket.getsockname()[1]
        self.thread = threading.Thread(target=self.server.run, args=([self._socket],))
        self._ready = threading.Event()

    @asynccontextmanager
    async def _lifespan(self, _app: FastAPI) -> AsyncIterator[State]:
        self._loop = asyncio.get_running_loop()
        self._ready.set()
        yield {"seconds": self.seconds}

    def start(self) -> None:
        self.thread.start()
        self._ready.wait()

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join()

    def publish(self, second: int) -> None:
        self._loop.call_soon_threadsafe(self.seconds.publish, second)

    def subscribe(self) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", events.PATH)
        response = connection.getresponse()
        assert response.status == HTTPStatus.OK
        content_type = response.headers["content-type"]
        assert content_type.partition(";")[0] == "text/event-stream"
        assert response.headers["cache-control"] == "no-store"
        return response


@pytest.fixture
def served() -> Iterator[Served]:
    served = Served()
    served.start()
    yield served
    served.stop()


def test_every_stream_has_every_second_in_order(served: Served) -> None:
    streams = [served.subscribe(), served.subscribe()]
    first = next_second()
    for second in range(first, first + 100):
        served.publish(second)
        for stream in streams:
            assert stream.read(len(event(second))) == event(second)


def test_who_does_not_read_is_closed_and_nobody_else(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "SEND_S", SHORT_S)
    reading = served.subscribe()
    with socket.socket() as silent:
        silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        silent.connect(("127.0.0.1", served.port))
        silent.sendall(b"GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
        assert silent.recv(12) == b"HTTP/1.1 200"
        second = next_second()
        most = second + 100_000
        # until it is forgotten, which only the end of its connection brings about
        while len(served.server.server_state.connections) > 1:
            assert second < most
            for _ in range(100):
                served.publish(second)
                assert reading.read(len(event(second))) == event(second)
                second += 1
        kept = b""
        while part := _received(silent):
            kept += part
    assert kept
    assert not kept.endswith(b"\r\n0\r\n\r\n")
    assert len(served.seconds._queues) == 1


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except ConnectionResetError:
        return b""


def test_who_goes_away_is_forgotten(served: Served) -> None:
    served.subscribe().close()
    for _ in range(1000):
        if not served.seconds._queues and not served.server.server_state.connections:
            return
        time.sleep(0.01)
    pytest.fail("it is not forgotten")


def test_streams_end_when_the_service_stops(served: Served) -> None:
    stream = served.subscribe()
    served.stop()
    assert stream.read() == b""  # where it is cut, it is an IncompleteRead


def test_a_second_is_published_when_it_has_begun_and_none_is_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sleep = asyncio.sleep

    async def too_short(wait: float) -> None:
        await sleep(0.9 * wait)

    async def run() -> None:
        async with Seconds.running() as seconds:
            stream = seconds.stream()
            first = next_second()
            for second in range(first, first + 4):
                assert await anext(stream) == event(second)
                assert time.time() >= second
                if second == first:
                    time.sleep(2.1)  # noqa: ASYNC251
        with pytest.raises(StopAsyncIteration):
            await anext(stream)

    monkeypatch.setattr(asyncio, "sleep", too_short)
    asyncio.run(run())


def test_a_second_that_had_begun_is_not_for_a_late_subscriber() -> None:
    async def run() -> None:
        seconds = Seconds()
        stream = seconds.stream()
        taken = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)
        following = next_second()
        for second in range(following - 2, following + 1):
            seconds.publish(second)
        assert await taken in (event(following), event(following - 1))
        seconds.end()

    asyncio.run(run())
