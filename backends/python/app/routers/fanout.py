"""The fan-out over HTTP."""

from fastapi import APIRouter

from app.models import FanOut
from app.parameters import Calls, Key, UpstreamDep

router = APIRouter()


@router.get("/fanout")
async def fan_out(key: Key, upstream: UpstreamDep, calls: Calls = 8) -> FanOut:
    """Call the upstream several times at once and merge its answers."""
    return await upstream.fan_out(key, calls)
