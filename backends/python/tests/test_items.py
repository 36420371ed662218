from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.problem import assert_problem

GOOD = {"name": "kettle 🫖\u0000é", "price_cents": 2500}


def test_an_item_is_created_read_replaced_and_deleted(client: TestClient) -> None:
    created = client.post("/items", json=GOOD)
    assert created.status_code == 201
    path = created.headers["location"]
    assert created.json() == {"id": 10_001, "stock": 0, "tags": [], **GOOD}
    assert client.get(path).json() == created.json()

    change = {"name": "pot", "price_cents": 0, "stock": 1, "tags": ["new"]}
    replaced = client.put(path, json=change)
    assert replaced.status_code == 200
    assert replaced.json() == {"id": 10_001, **change}

    assert client.delete(path).status_code == 204
    assert_problem(client.get(path), 404)
    assert_problem(client.delete(path), 404)


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "🫖" * 201},
        {"name": None},
        {"price_cents": -1},
        {"price_cents": "12"},
        {"price_cents": True},
        {"price_cents": 1.5},
        {"price_cents": 1e30},
        {"stock": 1_000_001},
        {"tags": ["a"] * 9},
        {"tags": [""]},
        {"id": 1},
    ],
)
def test_what_is_not_an_item_is_refused(
    client: TestClient, change: dict[str, Any]
) -> None:
    assert_problem(client.post("/items", json={**GOOD, **change}), 422)


@pytest.mark.parametrize(
    ("path", "content_type", "body", "status"),
    [
        ("/items/0", "text/plain", "{", 422),
        ("/items/9999999", "text/plain", "{", 415),
        ("/items/9999999", "application/merge-patch+json", "{", 415),
        ("/items/9999999", "application/json", "{", 400),
        ("/items/9999999", "application/json", "", 400),
        ("/items/9999999", "application/json", '{"name": NaN}', 400),
        ("/items/9999999", "application/json", "null", 422),
        ("/items/9999999", "application/json", "{}", 422),
        (
            "/items/9999999",
            "Application/JSON; charset=utf-8",
            '{"name": "a", "price_cents": 1}',
            404,
        ),
    ],
)
def test_path_then_content_type_then_json_then_fields_are_checked(
    client: TestClient, path: str, content_type: str, body: str, status: int
) -> None:
    headers = {"content-type": content_type}
    assert_problem(client.put(path, content=body, headers=headers), status)


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "after=-1", "limit=1_0"])
def test_a_page_refuses_parameters_out_of_range(client: TestClient, query: str) -> None:
    assert_problem(client.get(f"/items?{query}"), 422)


def test_an_unknown_path_is_a_problem(client: TestClient) -> None:
    assert_problem(client.get("/nothing"), 404)
    assert_problem(client.get("/items/"), 404)
