"""Logging in, and reading with a token, over HTTP."""

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, HTTPException, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.json_body import JSONRoute
from app.models import Item, Login, Token
from app.parameters import AccountsDep, CatalogDep, ComputeTurnDep, ItemId

router = APIRouter(route_class=JSONRoute)

_Credentials = Annotated[
    HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))
]


async def _member(accounts: AccountsDep, credentials: _Credentials) -> str:
    return accounts.name_of(credentials.credentials if credentials else None)


@router.post("/login")
async def log_in(login: Login, accounts: AccountsDep, turn: ComputeTurnDep) -> Token:
    """Give a token for a name and its password."""
    token = await to_thread.run_sync(
        accounts.log_in, login.name, login.password, limiter=turn
    )
    return Token(token=token)


@router.get("/members/items/{item_id}", dependencies=[Depends(_member)])
async def get_member_item(item_id: ItemId, catalog: CatalogDep) -> Item:
    """Return one item to a member."""
    item = catalog.get(item_id)
    if item is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"There is no item {item_id}.")
    return item
