"""The routes that make the service fail, where FAULTS says that it may be asked to."""

import os
import threading
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request

from app.errors import UnprocessableError

TIMER_S = 0.01
FAULTY_BYTES = 2 << 30


def faults() -> Blueprint:
    """Fail as asked; nothing is caught here that would not be elsewhere."""
    routes = Blueprint("faults", __name__)

    @routes.post("/fault")
    def fail() -> tuple[Response, HTTPStatus]:
        kind = request.args.get("kind", "")
        status = HTTPStatus.OK
        match kind:
            case "panic":
                _raise()
            case "timer":
                threading.Timer(TIMER_S, _raise).start()
                status = HTTPStatus.ACCEPTED
            case "stack":
                _descend(1)
            case "memory":
                b"\1" * FAULTY_BYTES
            case "abort":
                os.abort()
            case _:
                msg = f"kind: there is no {kind!r}."
                raise UnprocessableError(msg)
        return jsonify(kind=kind), status

    return routes


def _raise() -> None:
    msg = "asked to fail"
    raise RuntimeError(msg)


def _descend(depth: int) -> int:
    return _descend(depth + 1) + depth
