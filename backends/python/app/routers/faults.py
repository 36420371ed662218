"""The routes that make the service fail, where FAULTS says that it may be asked to."""

import asyncio
import os
from http import HTTPStatus
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

TIMER_S = 0.01
FAULTY_BYTES = 2 << 30

router = APIRouter()


class Fault(BaseModel):
    """What was asked for."""

    kind: str


@router.post("/fault")
async def fail(
    kind: Literal["panic", "timer", "stack", "memory", "abort"], response: Response
) -> Fault:
    """Fail as asked; nothing is caught here that would not be elsewhere."""
    match kind:
        case "panic":
            _raise()
        case "timer":
            asyncio.get_running_loop().call_later(TIMER_S, _raise)
            response.status_code = HTTPStatus.ACCEPTED
        case "stack":
            _descend(1)
        case "memory":
            b"\1" * FAULTY_BYTES
        case "abort":
            os.abort()
    return Fault(kind=kind)


def _raise() -> None:
    msg = "asked to fail"
    raise RuntimeError(msg)


def _descend(depth: int) -> int:
    return _descend(depth + 1) + depth
