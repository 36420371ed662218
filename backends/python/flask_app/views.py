"""The contract over HTTP: a blueprint for each part of the domain."""

import threading
from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, request

from app.accounts import Accounts
from app.errors import NotFoundError, UnprocessableError
from app.inference import Model
from app.models import (
    MAX_CALLS,
    MAX_LIMIT,
    MAX_TEXT,
    MIN_ROWS,
    Features,
    Health,
    Item,
    Login,
    Match,
    Matches,
    NewItem,
    NewOrder,
    Series,
    Token,
)
from app.native_search import nearest as nearest_native
from app.search import nearest
from app.summary import summarize
from app.table import Table
from flask_app.catalog import SharedCatalog
from flask_app.orders import Orders
from flask_app.requests import MIB, Whole, answer, read_body
from flask_app.upstream import Upstream

ITEM_ID = Whole("id", 1)
LIMIT = Whole("limit", 1, MAX_LIMIT)
AFTER = Whole("after", 0)
KEY = Whole("key", 0)
CALLS = Whole("calls", 1, MAX_CALLS)
ROWS = Whole("rows", MIN_ROWS)

# What computes for long does so one at a time: there is a process a core, and the
# other threads go on meanwhile.
_compute_turn = threading.Lock()


def health() -> Blueprint:
    """Say that the service is ready."""
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def get_health() -> Response:
        return answer(Health())

    return routes


def items(catalog: SharedCatalog) -> Blueprint:
    """Serve the catalog."""
    routes = Blueprint("items", __name__, url_prefix="/items")

    @routes.get("")
    def list_items() -> Response:
        limit, after = LIMIT.in_query(20), AFTER.in_query(0)
        return answer(catalog.page(after, limit))

    @routes.post("")
    def create_item() -> Response:
        item = catalog.create(read_body(NewItem))
        location = {"Location": f"/items/{item.id}"}
        return answer(item, HTTPStatus.CREATED, location)

    @routes.get("/search")
    def search_items() -> Response:
        return answer(_found(nearest, catalog))

    @routes.get("/search-native")
    def search_items_native() -> Response:
        return answer(_found(nearest_native, catalog))

    @routes.get("/<item_id>")
    def get_item(item_id: str) -> Response:
        number = ITEM_ID.of(item_id)
        return answer(_there(catalog.get(number), number))

    @routes.put("/<item_id>")
    def replace_item(item_id: str) -> Response:
        number = ITEM_ID.of(item_id)
        return answer(_there(catalog.replace(number, read_body(NewItem)), number))

    @routes.delete("/<item_id>")
    def delete_item(item_id: str) -> Response:
        number = ITEM_ID.of(item_id)
        if not catalog.delete(number):
            _there(None, number)
        deleted = Response(status=HTTPStatus.NO_CONTENT)
        del deleted.headers["Content-Type"]  # of no body
        return deleted

    return routes


def _there(item: Item | None, item_id: int) -> Item:
    if item is None:
        msg = f"There is no item {item_id}."
        raise NotFoundError(msg)
    return item


def _found(
    search: Callable[[str, list[Item]], list[Match]], catalog: SharedCatalog
) -> Matches:
    text = request.args.get("q", "")
    if not 1 <= len(text) <= MAX_TEXT:
        msg = f"q: 1 to {MAX_TEXT} characters are needed."
        raise UnprocessableError(msg)
    with _compute_turn:
        return Matches(items=search(text, catalog.all()))


def series() -> Blueprint:
    """Summarise numbers."""
    routes = Blueprint("series", __name__)

    @routes.post("/series/summary")
    def summarize_series() -> Response:
        return answer(summarize(read_body(Series, 8 * MIB).values))

    return routes


def fan_out(upstream: Upstream) -> Blueprint:
    """Call the upstream several times at once and merge its answers."""
    routes = Blueprint("fan_out", __name__)

    @routes.get("/fanout")
    def fan_out_calls() -> Response:
        key, calls = KEY.in_query(), CALLS.in_query(8)
        return answer(upstream.fan_out(key, calls))

    return routes


def orders(store: Orders) -> Blueprint:
    """Place orders and read them."""
    routes = Blueprint("orders", __name__, url_prefix="/orders")

    @routes.post("")
    def place_order() -> Response:
        order = store.place(read_body(NewOrder))
        location = {"Location": f"/orders/{order.id}"}
        return answer(order, HTTPStatus.CREATED, location)

    @routes.get("/<order_id>")
    def get_order(order_id: str) -> Response:
        number = ITEM_ID.of(order_id)
        order = store.get(number)
        if order is None:
            msg = f"There is no order {number}."
            raise NotFoundError(msg)
        return answer(order)

    return routes


def inference(model: Model) -> Blueprint:
    """Score rows of features."""
    routes = Blueprint("inference", __name__)

    @routes.post("/inference")
    def score_rows() -> Response:
        features = read_body(Features).features
        with _compute_turn:
            return answer(model.score(features))

    return routes


def report(table: Table) -> Blueprint:
    """Report on the first rows of the table."""
    routes = Blueprint("report", __name__)

    @routes.get("/report")
    def make_report() -> Response:
        rows = ROWS.in_query()
        with _compute_turn:
            return answer(table.report(rows))

    return routes


def members(accounts: Accounts, catalog: SharedCatalog) -> Blueprint:
    """Let members log in, and read with their tokens."""
    routes = Blueprint("members", __name__)

    @routes.post("/login")
    def log_in() -> Response:
        login = read_body(Login)
        with _compute_turn:
            token = accounts.log_in(login.name, login.password)
        return answer(Token(token=token))

    @routes.get("/members/items/<item_id>")
    def get_member_item(item_id: str) -> Response:
        shown = request.authorization
        accounts.name_of(shown.token if shown and shown.type == "bearer" else None)
        number = ITEM_ID.of(item_id)
        return answer(_there(catalog.get(number), number))

    return routes
