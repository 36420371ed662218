"""Runs the service: ``python -m app``."""

import os
import signal
import sys
from types import FrameType

import uvicorn

from app.protocol import PatientProtocol
from app.settings import Settings


def exit_cleanly(_signal: int, _frame: FrameType | None) -> None:
    """End with status 0: uvicorn raises SIGTERM once more after its graceful stop."""
    sys.exit(0)


def main() -> None:
    """Serve until SIGTERM, with one process a core."""
    signal.signal(signal.SIGTERM, exit_cleanly)
    # There is a process a core, so that numpy's threads would only get in each other's
    # way. Its BLAS reads this when it is loaded, here and in the workers.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    settings = Settings()
    uvicorn.run(
        "app.main:app",
        host=settings.host,
        port=settings.port,
        workers=settings.cores,
        backlog=4096,
        loop="uvloop",
        http=PatientProtocol,
        lifespan="on",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=3,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )


if __name__ == "__main__":
    main()
