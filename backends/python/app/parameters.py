"""Path and query parameters, and what a handler is given besides them."""

from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Path, Query, Request

from app.accounts import Accounts
from app.catalog import Catalog
from app.decimals import Decimal
from app.inference import Model
from app.models import (
    MAX_CALLS,
    MAX_LIMIT,
    MAX_SAFE_INTEGER,
    MAX_TEXT,
    MIN_ROWS,
)
from app.orders import Orders
from app.seconds import Seconds
from app.table import Table
from app.upstream import Upstream

ItemId = Annotated[Decimal, Path(ge=1, le=MAX_SAFE_INTEGER)]
OrderId = Annotated[Decimal, Path(ge=1, le=MAX_SAFE_INTEGER)]
Limit = Annotated[Decimal, Query(ge=1, le=MAX_LIMIT)]
After = Annotated[Decimal, Query(ge=0, le=MAX_SAFE_INTEGER)]
SearchText = Annotated[str, Query(alias="q", min_length=1, max_length=MAX_TEXT)]
Key = Annotated[Decimal, Query(ge=0, le=MAX_SAFE_INTEGER)]
Calls = Annotated[Decimal, Query(ge=1, le=MAX_CALLS)]
Rows = Annotated[Decimal, Query(ge=MIN_ROWS)]


# Async only so that FastAPI calls these here and not on a thread of its pool.
async def _get_catalog(request: Request) -> Catalog:
    catalog: Catalog = request.state.catalog
    return catalog


async def _get_compute_turn(request: Request) -> CapacityLimiter:
    compute_turn: CapacityLimiter = request.state.compute_turn
    return compute_turn


async def _get_upstream(request: Request) -> Upstream:
    upstream: Upstream = request.state.upstream
    return upstream


async def _get_orders(request: Request) -> Orders:
    orders: Orders = request.state.orders
    return orders


async def _get_accounts(request: Request) -> Accounts:
    accounts: Accounts = request.state.accounts
    return accounts


async def _get_model(request: Request) -> Model:
    model: Model = request.state.model
    return model


async def _get_table(request: Request) -> Table:
    table: Table = request.state.table
    return table


async def _get_seconds(request: Request) -> Seconds:
    seconds: Seconds = request.state.seconds
    return seconds


CatalogDep = Annotated[Catalog, Depends(_get_catalog)]
ComputeTurnDep = Annotated[CapacityLimiter, Depends(_get_compute_turn)]
UpstreamDep = Annotated[Upstream, Depends(_get_upstream)]
OrdersDep = Annotated[Orders, Depends(_get_orders)]
ModelDep = Annotated[Model, Depends(_get_model)]
TableDep = Annotated[Table, Depends(_get_table)]
SecondsDep = Annotated[Seconds, Depends(_get_seconds)]
AccountsDep = Annotated[Accounts, Depends(_get_accounts)]
