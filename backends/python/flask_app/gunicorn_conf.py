"""How gunicorn runs the service."""

import gc
import os
from typing import Any

from app.settings import Settings

settings = Settings()

# There is a process a core, so that numpy's threads would only get in each other's
# way. Its BLAS reads this when it is loaded, in the workers.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

bind = f"{settings.host}:{settings.port}"
backlog = 4096
workers = settings.cores
worker_class = "flask_app.worker.PatientWorker"
threads = 32
worker_connections = 20_000
keepalive = 75
graceful_timeout = 3
loglevel = "warning"
control_socket_disable = True


def post_worker_init(_worker: Any) -> None:  # noqa: ANN401
    """Keep what lives as long as the process from the collector's eyes."""
    gc.collect()
    gc.freeze()


def worker_exit(_server: Any, worker: Any) -> None:  # noqa: ANN401
    """Let go of connections and of the upstream's thread, which would else stay."""
    if worker.wsgi is not None:
        worker.wsgi.extensions["opened"].close()
