"""Events over HTTP."""

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse

from app.parameters import SecondsDep

PATH = "/events"

router = APIRouter()


@router.get(PATH)
async def stream_events(seconds: SecondsDep) -> EventSourceResponse:
    """Send each second as it begins, without end."""
    return EventSourceResponse(seconds.stream(), headers={"Cache-Control": "no-store"})
