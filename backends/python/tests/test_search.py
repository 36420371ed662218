import random
from functools import cache

import pytest
from fastapi.testclient import TestClient

from app.search import edit_distance
from tests.problem import assert_problem


def distance_by_definition(source: str, target: str) -> int:
    @cache
    def of(i: int, j: int) -> int:
        if i == 0 or j == 0:
            return i + j
        replaced = of(i - 1, j - 1) + (source[i - 1] != target[j - 1])
        return min(replaced, of(i - 1, j) + 1, of(i, j - 1) + 1)

    return of(len(source), len(target))


def test_the_distance_is_the_one_of_the_definition() -> None:
    draw = random.Random(1)
    for _ in range(2000):
        source = "".join(draw.choices("abé🫖", k=draw.randrange(10)))
        target = "".join(draw.choices("abé🫖", k=draw.randrange(10)))
        assert edit_distance(source, target) == distance_by_definition(source, target)


def test_the_ten_nearest_come_by_distance_and_then_by_id(client: TestClient) -> None:
    items = client.get("/items/search", params={"q": "kodi difece"}).json()["items"]
    assert items[0] == {"id": 1, "name": "kodi difece", "distance": 0}
    assert len(items) == 10
    order = [(item["distance"], item["id"]) for item in items]
    assert order == sorted(order)
    for item in items:
        assert item["distance"] == edit_distance("kodi difece", item["name"])


def test_a_search_sees_what_was_created_replaced_and_deleted(
    client: TestClient,
) -> None:
    name = "日本 🫖 +&%"

    def best() -> tuple[int, str, int]:
        found = client.get("/items/search", params={"q": name}).json()["items"][0]
        return found["id"], found["name"], found["distance"]

    path = client.post("/items", json={"name": name, "price_cents": 1}).headers[
        "location"
    ]
    assert best() == (10_001, name, 0)
    client.put(path, json={"name": name + "!", "price_cents": 1})
    assert best() == (10_001, name + "!", 1)
    client.delete(path)
    assert best()[0] != 10_001


def test_the_text_is_measured_in_code_points(client: TestClient) -> None:
    answer = client.get("/items/search", params={"q": "🫖" * 64})
    assert answer.status_code == 200
    assert answer.json()["items"][0]["distance"] == 64
    assert_problem(client.get("/items/search", params={"q": "🫖" * 65}), 422)


@pytest.mark.parametrize("query", ["", "?q=", "?Q=a", f"?q={'a' * 65}"])
def test_a_search_needs_a_text_of_1_to_64(client: TestClient, query: str) -> None:
    assert_problem(client.get(f"/items/search{query}"), 422)
