"""A gunicorn worker of threads, with an end to patience.

gunicorn's own gives a thread to each new connection, which waits there for some
seconds, and lets a request that has begun take as long as the client likes; it advises
a proxy in front. Here a connection gets a thread when something has come on it, and
a request 10 s from then to be whole.
"""

import socket
import time
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.http import get_parser
from gunicorn.http.errors import NoMoreData
from gunicorn.workers.gthread import TConn, ThreadWorker

REQUEST_S = 10


class PatientSocket:
    """What the parser reads a connection by."""

    def __init__(self, client: socket.socket) -> None:
        """Read this socket."""
        self._client = client
        self._until = 0.0
        self._waits = False

    def begin(self) -> None:
        """Begin with a request, of which something is there already."""
        self._until = time.monotonic() + REQUEST_S
        self._waits = False

    def recv(self, size: int) -> bytes:
        """Read what comes, until the request has had its time."""
        if not self._waits:
            self._waits = True
            return self._client.recv(size)
        left = self._until - time.monotonic()
        if left <= 0:
            raise NoMoreData
        self._client.settimeout(left)
        try:
            return self._client.recv(size)
        except TimeoutError:
            raise NoMoreData from None
        finally:
            self._client.settimeout(None)


class PatientConnection(TConn):  # type: ignore[misc]
    """A connection whose requests have a time to come in."""

    def __init__(self, *place: Any) -> None:  # noqa: ANN401
        """Take a connection that was accepted."""
        super().__init__(*place)
        self.reader = PatientSocket(self.sock)
        self.parser = get_parser(self.cfg, self.reader, self.client)


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """Waits for the first byte of a connection without a thread."""

    def accept(self, listener: socket.socket) -> None:
        """Accept a connection, and wait for what it asks for as long as when idle."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):  # another process has it
            return
        self.nr_conns += 1
        conn = PatientConnection(self.cfg, client, address, listener.getsockname())
        conn.set_timeout()
        self.pending_conns.append(conn)
        readable = partial(self.on_pending_socket_readable, conn)
        self.poller.register(client, EVENT_READ, readable)

    def handle(self, conn: PatientConnection) -> Any:  # noqa: ANN401
        """Handle a request; called on a thread."""
        conn.reader.begin()
        return super().handle(conn)
