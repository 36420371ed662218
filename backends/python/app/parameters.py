"""Path and query parameters, and what a handler is given besides them."""

import re
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Path, Query, Request
from pydantic import BeforeValidator

from app.accounts import Accounts
from app.catalog import Catalog
from app.inference import Model
from app.models import MAX_SAFE_INTEGER
from app.orders import Orders
from app.table import Table
from app.upstream import Upstream

_DIGITS = re.compile(r"[0-9]+")


def _require_digits(value: object) -> object:
    """Refuse what pydantic takes for an integer besides digits, such as 1_000."""
    if isinstance(value, str) and not _DIGITS.fullmatch(value):
        msg = "input should be a decimal integer"
        raise ValueError(msg)
    return value


_Decimal = Annotated[int, BeforeValidator(_require_digits)]

ItemId = Annotated[_Decimal, Path(ge=1, le=MAX_SAFE_INTEGER)]
OrderId = Annotated[_Decimal, Path(ge=1, le=MAX_SAFE_INTEGER)]
Limit = Annotated[_Decimal, Query(ge=1, le=1000)]
After = Annotated[_Decimal, Query(ge=0, le=MAX_SAFE_INTEGER)]
SearchText = Annotated[str, Query(alias="q", min_length=1, max_length=64)]
Key = Annotated[_Decimal, Query(ge=0, le=MAX_SAFE_INTEGER)]
Calls = Annotated[_Decimal, Query(ge=1, le=64)]
Rows = Annotated[_Decimal, Query(ge=1000)]


# Async only so that FastAPI calls these here and not on a thread of its pool.
async def _get_catalog(request: Request) -> Catalog:
    catalog: Catalog = request.state.catalog
    return catalog


async def _get_search_turn(request: Request) -> CapacityLimiter:
    search_turn: CapacityLimiter = request.state.search_turn
    return search_turn


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


CatalogDep = Annotated[Catalog, Depends(_get_catalog)]
SearchTurnDep = Annotated[CapacityLimiter, Depends(_get_search_turn)]
UpstreamDep = Annotated[Upstream, Depends(_get_upstream)]
OrdersDep = Annotated[Orders, Depends(_get_orders)]
ModelDep = Annotated[Model, Depends(_get_model)]
TableDep = Annotated[Table, Depends(_get_table)]
AccountsDep = Annotated[Accounts, Depends(_get_accounts)]
