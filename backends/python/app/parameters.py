"""Path and query parameters, and what a handler is given besides them."""

import re
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from pydantic import BeforeValidator

from app.catalog import Catalog
from app.models import MAX_SAFE_INTEGER

_DIGITS = re.compile(r"[0-9]+")


def _require_digits(value: object) -> object:
    """Refuse what pydantic takes for an integer besides digits, such as 1_000."""
    if isinstance(value, str) and not _DIGITS.fullmatch(value):
        msg = "input should be a decimal integer"
        raise ValueError(msg)
    return value


_Decimal = Annotated[int, BeforeValidator(_require_digits)]

ItemId = Annotated[_Decimal, Path(ge=1, le=MAX_SAFE_INTEGER)]
Limit = Annotated[_Decimal, Query(ge=1, le=1000)]
After = Annotated[_Decimal, Query(ge=0, le=MAX_SAFE_INTEGER)]


async def _get_catalog(request: Request) -> Catalog:
    # Async only so that FastAPI calls it here and not on a thread of its pool.
    catalog: Catalog = request.state.catalog
    return catalog


CatalogDep = Annotated[Catalog, Depends(_get_catalog)]
