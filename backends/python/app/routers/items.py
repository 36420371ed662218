"""The catalog over HTTP.

The handlers are ``async def`` because all but one never wait: what they do in memory
takes microseconds, and a plain ``def`` would send each request through a thread pool.
"""

from anyio import to_thread
from fastapi import APIRouter, HTTPException, Response, status

from app.json_body import JSONRoute
from app.models import Item, Matches, NewItem, Page
from app.native_search import nearest as nearest_native
from app.parameters import (
    After,
    CatalogDep,
    ComputeTurnDep,
    ItemId,
    Limit,
    SearchText,
)
from app.search import nearest

router = APIRouter(prefix="/items", tags=["items"], route_class=JSONRoute)


@router.get("")
async def list_items(catalog: CatalogDep, limit: Limit = 20, after: After = 0) -> Page:
    """Return a page of items in ascending id."""
    return catalog.page(after, limit)


@router.post("", status_code=status.HTTP_201_CREATED)
async def create_item(new: NewItem, catalog: CatalogDep, response: Response) -> Item:
    """Create an item."""
    item = catalog.create(new)
    response.headers["Location"] = f"/items/{item.id}"
    return item


@router.get("/search")
async def search_items(
    text: SearchText, catalog: CatalogDep, turn: ComputeTurnDep
) -> Matches:
    """Return the ten items whose names are nearest to a text.

    A search computes for a long time, so it runs on a thread, and one at a time: more
    would only share what the interpreter gives to one.
    """
    async with turn:
        items = catalog.all()
        return Matches(items=await to_thread.run_sync(nearest, text, items))


@router.get("/search-native")
async def search_items_native(
    text: SearchText, catalog: CatalogDep, turn: ComputeTurnDep
) -> Matches:
    """Return what the search returns, found by a library."""
    async with turn:
        items = catalog.all()
        return Matches(items=await to_thread.run_sync(nearest_native, text, items))


@router.get("/{item_id}")
async def get_item(item_id: ItemId, catalog: CatalogDep) -> Item:
    """Return one item."""
    item = catalog.get(item_id)
    if item is None:
        raise _not_found(item_id)
    return item


@router.put("/{item_id}")
async def replace_item(item_id: ItemId, new: NewItem, catalog: CatalogDep) -> Item:
    """Replace an item."""
    item = catalog.replace(item_id, new)
    if item is None:
        raise _not_found(item_id)
    return item


@router.delete(
    "/{item_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    response_class=Response,  # JSON, the default, would name a type for no body
)
async def delete_item(item_id: ItemId, catalog: CatalogDep) -> None:
    """Delete an item."""
    if not catalog.delete(item_id):
        raise _not_found(item_id)


def _not_found(item_id: int) -> HTTPException:
    return HTTPException(status.HTTP_404_NOT_FOUND, f"There is no item {item_id}.")
