"""HTTP/1.1 as uvicorn speaks it, with an end to patience.

uvicorn closes a connection that is idle between two requests. It waits without end
for the first request of a connection, and for the rest of any that has begun.
"""

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

REQUEST_S = 10

_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n"


class PatientProtocol(HttpToolsProtocol):
    """Closes a connection on which nothing, or half of a request, comes."""

    _incoming = False
    _timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Let it be idle for as long as between two requests."""
        super().connection_made(transport)
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stop_timer()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Begin to count when a request has come in part. Most come at once."""
        super().data_received(data)
        if self._incoming and self._timer is None:
            self._timer = self.loop.call_later(REQUEST_S, self._give_up)

    def on_message_begin(self) -> None:
        """Note the first byte of a request."""
        super().on_message_begin()
        self._incoming = True

    def on_message_complete(self) -> None:
        """Note that it is whole."""
        super().on_message_complete()
        self._incoming = False
        self._stop_timer()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        transport = self.transport
        if not transport.is_closing():
            if self.cycle is None or not self.cycle.response_started:
                transport.write(_TOO_SLOW)
            transport.close()
