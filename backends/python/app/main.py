"""The FastAPI application: catalog, routers and error handlers put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.catalog import Catalog
from app.problems import EXCEPTION_HANDLERS
from app.routers import health, items
from app.seed import seed_items


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[dict[str, Catalog]]:
    """Give every request of this process the same freshly seeded catalog."""
    yield {"catalog": Catalog(seed_items())}


app = FastAPI(
    title="twofold catalog",
    lifespan=lifespan,
    exception_handlers=EXCEPTION_HANDLERS,
    openapi_url=None,  # the contract is published beside the service, not by it
    redirect_slashes=False,
)
app.include_router(health.router)
app.include_router(items.router)
