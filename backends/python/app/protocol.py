"""HTTP/1.1 as uvicorn speaks it, with an end to patience.

uvicorn closes a connection that is idle between two requests. It waits without end
for the first request of a connection, for the rest of any that has begun, and for a
client that reads nothing of its response. When it stops, it waits for streams.
"""

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

REQUEST_S = 10

# How long a response waits for a client once so much of it does, which is beside what
# the kernel holds. With the events of that time a stream has less than 64 KiB.
SEND_S = 60
UNSENT_BYTES = 48 * 1024

_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n"


class PatientProtocol(HttpToolsProtocol):
    """Closes a connection that does not go on, and ends streams when told to stop."""

    _incoming = False
    _timer: TimerHandle | None = None
    _send_timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Let it be idle for as long as between two requests."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=UNSENT_BYTES)
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stop_timer()
        self._stop_send_timer()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Begin to count when the client does not take what there is."""
        super().pause_writing()
        self._send_timer = self.loop.call_later(SEND_S, self.transport.abort)

    def resume_writing(self) -> None:
        """Note that it has taken most of it."""
        self._stop_send_timer()
        super().resume_writing()

    def shutdown(self) -> None:
        """Finish what is in flight; streams have no end of their own."""
        super().shutdown()
        self.app_state["seconds"].end()

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

    def _stop_send_timer(self) -> None:
        if self._send_timer is not None:
            self._send_timer.cancel()
            self._send_timer = None

    def _give_up(self) -> None:
        transport = self.transport
        if not transport.is_closing():
            if self.cycle is None or not self.cycle.response_started:
                transport.write(_TOO_SLOW)
            transport.close()
