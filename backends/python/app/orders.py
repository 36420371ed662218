"""Orders in PostgreSQL, by asyncpg."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TypeAlias

import asyncpg

from app.errors import UnavailableError
from app.models import NewOrder, Order
from app.order_sql import (
    CONNECTION_TIMEOUT_S,
    CONNECTIONS,
    LOCK_ITEMS,
    READ_ORDER,
    STATEMENT_TIMEOUT_S,
    STORE_ORDER,
    Draft,
    order_of,
)

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Connection: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"

CLOSE_TIMEOUT_S = 0.25


class _Connection(asyncpg.Connection):
    """A connection that no request leaves changed."""

    def get_reset_query(self) -> str:
        """Send nothing between two requests: there is nothing to reset."""
        return ""


class Orders:
    """The orders of one database, or of none where the service was given no URL."""

    def __init__(self, pool: Pool | None) -> None:
        """Work on connections of this pool."""
        self._pool = pool

    async def place(self, new: NewOrder) -> Order:
        """Store the order and take its stock, or change nothing and raise."""
        async with self._connection() as connection, connection.transaction():
            wanted = [line.item_id for line in new.lines]
            draft = Draft(new, await connection.fetch(LOCK_ITEMS, wanted))
            order_id: int = await connection.fetchval(STORE_ORDER, *draft.parameters())
        return draft.placed(order_id)

    async def get(self, order_id: int) -> Order | None:
        """Return the order, or None where there is none."""
        async with self._connection() as connection:
            return order_of(order_id, await connection.fetch(READ_ORDER, order_id))

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Connection]:
        """Lend a connection; whatever is wrong with the database is one error."""
        if self._pool is None:
            msg = "This service was given no database."
            raise UnavailableError(msg)
        try:
            async with self._pool.acquire(timeout=CONNECTION_TIMEOUT_S) as connection:
                yield connection
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            detail = f"The database did not serve this request: {type(error).__name__}."
            raise UnavailableError(detail) from error


@asynccontextmanager
async def open_orders(url: str | None) -> AsyncIterator[Orders]:
    """Keep a pool that connects when it has to, so that a start needs no database."""
    if url is None:
        yield Orders(None)
        return
    pool = await asyncpg.create_pool(
        url,
        min_size=0,
        max_size=CONNECTIONS,
        timeout=CONNECTION_TIMEOUT_S,
        command_timeout=STATEMENT_TIMEOUT_S,
        connection_class=_Connection,
    )
    try:
        yield Orders(pool)
    finally:
        with suppress(Exception):  # close() cuts the connections before it raises
            await asyncio.wait_for(pool.close(), CLOSE_TIMEOUT_S)
