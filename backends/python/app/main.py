"""The FastAPI application: state, routers and error handlers put together."""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypedDict

from anyio import CapacityLimiter
from fastapi import FastAPI

from app.accounts import Accounts
from app.catalog import Catalog
from app.inference import Model
from app.orders import Orders, open_orders
from app.problems import EXCEPTION_HANDLERS
from app.routers import (
    events,
    fanout,
    faults,
    health,
    inference,
    items,
    members,
    orders,
    pages,
    report,
    series,
)
from app.seconds import Seconds
from app.seed import seed_items
from app.settings import Settings
from app.shedding import Shedding, SheddingMiddleware
from app.table import Table
from app.upstream import Upstream, open_upstream


class State(TypedDict):
    """What every request of this process is given."""

    catalog: Catalog
    seconds: Seconds
    shedding: Shedding | None
    compute_turn: CapacityLimiter
    upstream: Upstream
    orders: Orders
    model: Model
    table: Table
    accounts: Accounts


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[State]:
    """Seed a catalog, and keep the connections to what the service depends on."""
    settings = Settings()
    async with (
        Seconds.running() as seconds,
        Shedding.watched(settings.shed) as shedding,
        open_upstream(settings.upstream_url, settings.cores) as upstream,
        open_orders(settings.database_url) as database_orders,
    ):
        catalog = Catalog(seed_items(settings.items))
        model = Model(settings.model_file)
        table = Table(settings.table_rows)
        accounts = Accounts(settings.accounts_file, settings.token_key)
        # What lives as long as the process is not looked through by the collector
        # again: that would stop the loop for longer than p99 allows.
        gc.collect()
        gc.freeze()
        yield {
            "catalog": catalog,
            "seconds": seconds,
            "shedding": shedding,
            "compute_turn": CapacityLimiter(1),
            "upstream": upstream,
            "orders": database_orders,
            "model": model,
            "table": table,
            "accounts": accounts,
        }


app = FastAPI(
    title="twofold catalog",
    lifespan=lifespan,
    exception_handlers=EXCEPTION_HANDLERS,
    openapi_url=None,  # the contract is published beside the service, not by it
    redirect_slashes=False,
)
app.include_router(health.router)
app.include_router(items.router)
app.include_router(series.router)
app.include_router(fanout.router)
app.include_router(orders.router)
app.include_router(inference.router)
app.include_router(report.router)
app.include_router(members.router)
app.include_router(pages.router)
app.include_router(events.router)
if os.environ.get("FAULTS") == "1":  # else it is an unknown path
    app.include_router(faults.router)
if os.environ.get("SHED"):  # the standard service has no such middleware
    app.add_middleware(SheddingMiddleware)
