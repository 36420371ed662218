"""Orders in PostgreSQL, by psycopg."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from select import select
from typing import Any, TypeAlias

from psycopg import Connection, Error, OperationalError, RawCursor
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool

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

CLOSE_TIMEOUT_S = 0.25
# The pool tries at longer and longer intervals; after so long the next request is the
# one that makes it try, so that a database that is back is found at once.
RECONNECT_S = 1

Connected: TypeAlias = "Connection[DictRow]"

_SETTINGS: dict[str, Any] = {
    "autocommit": True,  # a read is one statement; an order has a transaction
    "cursor_factory": RawCursor,  # parameters as PostgreSQL has them: $1
    "row_factory": dict_row,
    "prepare_threshold": 0,  # at the first use
    "connect_timeout": CONNECTION_TIMEOUT_S,
    "options": f"-c statement_timeout={STATEMENT_TIMEOUT_S}s",
}


class Orders:
    """The orders of one database, or of none where the service was given no URL."""

    def __init__(self, url: str | None) -> None:
        """Keep a pool that connects when it has to: a start needs no database."""
        self._pool: ConnectionPool[Connected] | None = None
        if url is not None:
            self._pool = ConnectionPool(
                url,
                kwargs=_SETTINGS,
                min_size=0,
                max_size=CONNECTIONS,
                timeout=CONNECTION_TIMEOUT_S,
                reconnect_timeout=RECONNECT_S,
                check=_check_open,
                open=True,
            )

    def close(self) -> None:
        """Let go of the connections."""
        if self._pool is not None:
            self._pool.close(CLOSE_TIMEOUT_S)

    def place(self, new: NewOrder) -> Order:
        """Store the order and take its stock, or change nothing and raise."""
        wanted = [line.item_id for line in new.lines]
        with self._connection() as connection, connection.transaction():
            draft = Draft(new, connection.execute(LOCK_ITEMS, [wanted]))
            stored = connection.execute(STORE_ORDER, draft.parameters()).fetchone()
        if stored is None:
            msg = "The database said nothing of the order."
            raise UnavailableError(msg)
        return draft.placed(stored["id"])

    def get(self, order_id: int) -> Order | None:
        """Return the order, or None where there is none."""
        with self._connection() as connection:
            rows = connection.execute(READ_ORDER, [order_id]).fetchall()
        return order_of(order_id, rows)

    @contextmanager
    def _connection(self) -> Iterator[Connected]:
        """Lend a connection; whatever is wrong with the database is one error."""
        if self._pool is None:
            msg = "This service was given no database."
            raise UnavailableError(msg)
        try:
            with self._pool.connection() as connection:
                yield connection
        except Error as error:
            detail = f"The database did not serve this request: {type(error).__name__}."
            raise UnavailableError(detail) from error


def _check_open(connection: Connected) -> None:
    """Refuse a connection that the server has closed, without asking the server.

    What can be read from a connection that nobody uses is the end of it.
    """
    readable, _, _ = select([connection.fileno()], [], [], 0)
    if readable:
        connection.close()
        msg = "the server has closed the connection"
        raise OperationalError(msg)
