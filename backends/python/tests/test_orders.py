import asyncio
import json
import random
from contextlib import suppress
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.errors import OutOfStockError
from app.models import NewLine, NewOrder
from app.orders import Orders, open_orders
from tests.postgres import Cluster
from tests.problem import assert_problem

JSON = {"content-type": "application/json"}
LINES = [{"item_id": 7, "quantity": 2}, {"item_id": 3, "quantity": 1}]
GOOD = {"customer": "Zoë 🫖", "lines": LINES}


def stock(database: Cluster, item_id: int) -> int:
    return int(database.run(f"select stock from items where id = {item_id}"))  # noqa: S608


def test_an_order_is_placed_and_read_back(
    database: Cluster, client: TestClient
) -> None:
    placed = client.post("/orders", json=GOOD)
    assert placed.status_code == 201
    order = placed.json()
    assert order == {
        "id": order["id"],
        "customer": "Zoë 🫖",
        "total_cents": 170,
        "lines": [
            {"item_id": 7, "quantity": 2, "price_cents": 70},
            {"item_id": 3, "quantity": 1, "price_cents": 30},
        ],
    }
    path = placed.headers["location"]
    assert path == f"/orders/{order['id']}"
    assert (stock(database, 7), stock(database, 3)) == (998, 999)

    database.run("update items set price_cents = 1")
    read = client.get(path)
    assert read.status_code == 200
    assert read.json() == order


def test_an_order_of_more_than_there_is_changes_nothing(
    database: Cluster, client: TestClient
) -> None:
    database.run("update items set stock = 1 where id = 7")
    assert_problem(client.post("/orders", json=GOOD), 409)
    assert (stock(database, 7), stock(database, 3)) == (1, 1000)
    assert database.run("select count(*) from orders") == "0"
    assert_problem(client.get("/orders/1"), 404)


def test_an_order_of_an_item_that_is_not_there_is_refused(
    database: Cluster, client: TestClient
) -> None:
    lines = [*LINES, {"item_id": 10, "quantity": 1}]
    assert_problem(client.post("/orders", json={**GOOD, "lines": lines}), 422)
    assert stock(database, 7) == 1000


def test_orders_that_share_items_all_get_through_and_add_up(database: Cluster) -> None:
    draw = random.Random(1)
    orders = [
        NewOrder(
            customer="a",
            lines=[
                NewLine(item_id=item_id, quantity=draw.randint(1, 9))
                for item_id in draw.sample(range(1, 10), 5)
            ],
        )
        for _ in range(200)
    ]

    async def client(store: Orders) -> int:
        stored = 0
        while orders:
            with suppress(OutOfStockError):
                await store.place(orders.pop())
                stored += 1
        return stored

    async def place_all() -> int:
        async with open_orders(database.url) as store:
            return sum(await asyncio.gather(*(client(store) for _ in range(16))))

    stored = asyncio.run(place_all())
    assert stored > 0
    assert database.run("select count(*) from orders") == str(stored)
    assert database.run("select count(*) from order_lines") == str(5 * stored)
    gone = "select coalesce(sum(quantity), 0) from order_lines where item_id = items.id"
    wrong = f"select id from items where stock <> 1000 - ({gone})"  # noqa: S608
    assert database.run(wrong) == ""
    totals = "select sum(quantity * price_cents) from order_lines"
    assert database.run(totals) == database.run("select sum(total_cents) from orders")


def test_a_database_that_comes_back_is_used_again(
    database: Cluster, client: TestClient
) -> None:
    assert client.post("/orders", json=GOOD).status_code == 201
    database.stop()
    try:
        assert_problem(client.post("/orders", json=GOOD), 503)
        assert_problem(client.get("/orders/1"), 503)
        assert_problem(client.post("/orders", json={}), 422)
        assert client.get("/items/1").status_code == 200
    finally:
        database.start()
    assert client.post("/orders", json=GOOD).status_code == 201


@pytest.mark.parametrize(
    "change",
    [
        {"customer": ""},
        {"customer": "🫖" * 101},
        {"customer": None},
        {"customer": "a\0b"},
        {"lines": []},
        {"lines": None},
        {"lines": [{"item_id": i, "quantity": 1} for i in range(1, 22)]},
        {"lines": [*LINES, {"item_id": 7, "quantity": 1}]},
        {"lines": [{"item_id": 0, "quantity": 1}]},
        {"lines": [{"item_id": 2**53, "quantity": 1}]},
        {"lines": [{"item_id": "1", "quantity": 1}]},
        {"lines": [{"item_id": 1, "quantity": 0}]},
        {"lines": [{"item_id": 1, "quantity": 101}]},
        {"lines": [{"item_id": 1, "quantity": 1.5}]},
        {"lines": [{"item_id": True, "quantity": 1}]},
        {"lines": [{"item_id": 1}]},
        {"lines": [{"item_id": 1, "quantity": 1, "price_cents": 1}]},
        {"id": 1},
    ],
)
def test_what_is_not_an_order_is_refused(
    client: TestClient, change: dict[str, Any]
) -> None:
    content = json.dumps({**GOOD, **change})
    assert_problem(client.post("/orders", content=content, headers=JSON), 422)


def test_content_type_then_json_are_checked(client: TestClient) -> None:
    assert_problem(client.post("/orders", content="{"), 415)
    assert_problem(client.post("/orders", content="{", headers=JSON), 400)


@pytest.mark.parametrize("order_id", ["0", "-1", "a", "9007199254740992", "1.0"])
def test_an_id_out_of_range_is_refused(client: TestClient, order_id: str) -> None:
    assert_problem(client.get(f"/orders/{order_id}"), 422)


def test_without_a_database_orders_are_unavailable(client: TestClient) -> None:
    assert_problem(client.post("/orders", json=GOOD), 503)
    assert_problem(client.get("/orders/1"), 503)
    assert client.get("/items/1").status_code == 200
