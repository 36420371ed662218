"""Orders in PostgreSQL: the statements, and what is made of their rows.

The tables are there already: whoever runs the service has made them.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from app.errors import OutOfStockError, UnknownItemError
from app.models import NewLine, NewOrder, Order, OrderLine

# The rule is 8 for each core by the whole service; it runs one process a core.
CONNECTIONS = 8
CONNECTION_TIMEOUT_S = 5
STATEMENT_TIMEOUT_S = 10

# In the order of the ids, whatever the order of the lines: two orders that share
# items then wait for each other, and never in a circle.
LOCK_ITEMS = """
    select id, price_cents, stock from items where id = any($1::bigint[])
    order by id for no key update
"""
# The order, the stock that it takes, its lines. The result is the order's id and
# how many items had the stock.
STORE_ORDER = """
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
READ_ORDER = """
    select orders.customer, orders.total_cents,
           line.item_id, line.quantity, line.price_cents
    from orders join order_lines as line on line.order_id = orders.id
    where orders.id = $1 order by line.line_number
"""


class Row(Protocol):
    """A row of either driver: its columns by name."""

    def __getitem__(self, name: str, /) -> Any:  # noqa: ANN401
        """Return the column."""


class Draft:
    """An order that is being placed: its lines with the prices of the locked items."""

    def __init__(self, new: NewOrder, locked: Iterable[Row]) -> None:
        """Price the lines; the items must be there, and have the stock."""
        prices = _prices(new.lines, locked)
        self._customer = new.customer
        self._lines = [
            OrderLine(price_cents=prices[line.item_id], **line.model_dump())
            for line in new.lines
        ]
        self._total_cents = sum(
            line.quantity * line.price_cents for line in self._lines
        )

    def parameters(self) -> tuple[str, int, list[int], list[int], list[int]]:
        """Return the parameters of STORE_ORDER."""
        return (
            self._customer,
            self._total_cents,
            [line.item_id for line in self._lines],
            [line.quantity for line in self._lines],
            [line.price_cents for line in self._lines],
        )

    def placed(self, order_id: int) -> Order:
        """Return the order that was stored under this id."""
        return Order(
            id=order_id,
            customer=self._customer,
            total_cents=self._total_cents,
            lines=self._lines,
        )


def _prices(lines: list[NewLine], locked: Iterable[Row]) -> dict[int, int]:
    items = {row["id"]: row for row in locked}
    for line in lines:
        if line.item_id not in items:
            msg = f"There is no item {line.item_id}."
            raise UnknownItemError(msg)
    for line in lines:
        if items[line.item_id]["stock"] < line.quantity:
            msg = f"There is not enough of item {line.item_id} in stock."
            raise OutOfStockError(msg)
    return {item_id: row["price_cents"] for item_id, row in items.items()}


def order_of(order_id: int, rows: Sequence[Row]) -> Order | None:
    """Return the order of the rows of READ_ORDER, or None where there are none."""
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
