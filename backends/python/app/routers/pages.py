"""The catalog as pages for people."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.parameters import After, CatalogDep, Limit

if TYPE_CHECKING:
    from fastapi.templating import Jinja2Templates

router = APIRouter()


@cache
def _templates() -> "Jinja2Templates":
    # Imported when it is needed: what shows no page does without Jinja.
    from fastapi.templating import Jinja2Templates  # noqa: PLC0415

    return Jinja2Templates(Path(__file__).parent.parent / "templates")


@router.get("/pages/items", response_class=HTMLResponse)
async def show_items(
    request: Request, catalog: CatalogDep, limit: Limit = 20, after: After = 0
) -> HTMLResponse:
    """Show a page of items in ascending id."""
    shown = {"page": catalog.page(after, limit), "limit": limit, "after": after}
    return _templates().TemplateResponse(request, "items.html", shown)
