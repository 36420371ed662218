"""The model: a file in ONNX, run by onnxruntime.

The library is imported with the model and not with the module: it takes tens of MiB
and of milliseconds, which a service that scores nothing should not pay for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.errors import UnavailableError
from app.models import FEATURES, Scores

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


class Model:
    """The model of one file, or of none where the service was given no MODEL_FILE."""

    def __init__(self, path: str | None) -> None:
        """Load the model."""
        self._session = None if path is None else _open(path)

    def score(self, features: list[float]) -> Scores:
        """Return a score for each row.

        It takes long, and onnxruntime leaves the interpreter to others meanwhile.
        """
        if self._session is None:
            msg = "This service was given no model."
            raise UnavailableError(msg)
        rows = np.array(features, np.float32).reshape(-1, FEATURES)
        (probabilities,) = self._session.run(["probabilities"], {"features": rows})
        return Scores(scores=probabilities[:, 1].tolist())


def _open(path: str) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return InferenceSession(path, options, providers=["CPUExecutionProvider"])
