"""GET /healthz."""

from fastapi import APIRouter

from app.models import Health

router = APIRouter()


@router.get("/healthz")
async def get_health() -> Health:
    """Say that the service is ready."""
    return Health()
