"""The model: a file in ONNX, run by onnxruntime.

The library is imported with the model and not with the module: it takes tens of MiB
and of milliseconds, which a service that scores nothing should not pay for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from anyio import CapacityLimiter, to_thread

from app.models import FEATURES, Scores
from app.problems import UnavailableError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


class Model:
    """The model of one file, or of none where the service was given no MODEL_FILE."""

    def __init__(self, path: str | None) -> None:
        """Load the model."""
        self._session = None if path is None else _open(path)
        self._turn = CapacityLimiter(1)

    async def score(self, features: list[float]) -> Scores:
        """Return a score for each row.

        On a thread, which onnxruntime leaves the interpreter to others on, and one
        batch at a time: there is a process a core.
        """
        if self._session is None:
            msg = "This service was given no model."
            raise UnavailableError(msg)
        rows = np.array(features, np.float32).reshape(-1, FEATURES)
        return await to_thread.run_sync(_score, self._session, rows, limiter=self._turn)


def _open(path: str) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _score(session: InferenceSession, rows: np.ndarray) -> Scores:
    (probabilities,) = session.run(["probabilities"], {"features": rows})
    return Scores(scores=probabilities[:, 1].tolist())
