"""Orders in PostgreSQL.

The tables are there already: whoever runs the service has made them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TypeAlias

import asyncpg

from app.models import NewLine, NewOrder, Order, OrderLine
from app.problems import UnavailableError

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Connection: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"

# The rule is 8 for each core by the whole service; it runs one process a core.
CONNECTIONS = 8
CONNECTION_TIMEOUT_S = 5
STATEMENT_TIMEOUT_S = 10
CLOSE_TIMEOUT_S = 0.25

# In the order of the ids, whatever the order of the lines: two orders that share
# items then wait for each other, and never in a circle.
_LOCK_ITEMS = """
    select id, price_cents, stock from items where id = any($1::bigint[])
    order by id for no key update
"""
# The order, the stock that it takes, its lines. The result is the order's id and
# how many items had the stock.
_STORE_ORDER = """
    with wanted as (
        select * from unnest($3::bigint[], $4::integer[], $5::integer[])
            with ordinality as line (item_id, quantity, price_cents, line_number)
    ), placed as (
        insert into orders (customer, total_cents) values ($1, $2) returning id
    ), taken as (
        update items set stock = stock - quantity from wanted
        where items.id = item_id and stock >= quantity returning items.id
    ), lines as (
        insert into order_lines (order_id, line_number, item_id, quantity, price_cents)
        select placed.id, line_number, item_id, quantity, price_cents
        from placed, wanted
    )
    select placed.id, (select count(*) from taken) as taken from placed
"""
_READ_ORDER = """
    select orders.customer, orders.total_cents,
           line.item_id, line.quantity, line.price_cents
    from orders join order_lines as line on line.order_id = orders.id
    where orders.id = $1 order by line.line_number
"""


class UnknownItemError(Exception):
    """The order names an item that does not exist."""


class OutOfStockError(Exception):
    """There is less of an item than the order wants."""


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
            prices = await self._lock(connection, new.lines)
            lines = [
                OrderLine(price_cents=prices[line.item_id], **line.model_dump())
                for line in new.lines
            ]
            total_cents = sum(line.quantity * line.price_cents for line in lines)
            order_id: int = await connection.fetchval(
                _STORE_ORDER,
                new.customer,
                total_cents,
                [line.item_id for line in lines],
                [line.quantity for line in lines],
                [line.price_cents for line in lines],
            )
        return Order(
            id=order_id, customer=new.customer, total_cents=total_cents, lines=lines
        )

    async def get(self, order_id: int) -> Order | None:
        """Return the order, or None where there is none."""
        async with self._connection() as connection:
            rows = await connection.fetch(_READ_ORDER, order_id)
        if not rows:
            return None
        return Order(
            id=order_id,
            customer=rows[0]["customer"],
            total_cents=rows[0]["total_cents"],
            lines=[
                OrderLine(
                    item_id=row["item_id"],
                    quantity=row["quantity"],
                    price_cents=row["price_cents"],
                )
                for row in rows
            ],
        )

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Connection]:
        """Lend a connection; whatever is wrong with the database is one error."""
        if self._pool is None:
            raise UnavailableError("This service was given no database.")
        try:
            async with self._pool.acquire(timeout=CONNECTION_TIMEOUT_S) as connection:
                yield connection
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            detail = f"The database did not serve this request: {type(error).__name__}."
            raise UnavailableError(detail) from error

    @staticmethod
    async def _lock(connection: Connection, lines: list[NewLine]) -> dict[int, int]:
        """Lock the items, which must have the stock, and return their prices."""
        rows = await connection.fetch(_LOCK_ITEMS, [line.item_id for line in lines])
        items = {row["id"]: row for row in rows}
        for line in lines:
            if line.item_id not in items:
                raise UnknownItemError(f"There is no item {line.item_id}.")
        for line in lines:
            if items[line.item_id]["stock"] < line.quantity:
                raise OutOfStockError(
                    f"There is not enough of item {line.item_id} in stock."
                )
        return {item_id: row["price_cents"] for item_id, row in items.items()}


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
