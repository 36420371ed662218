import random

import pytest
from fastapi.testclient import TestClient

from app.models import Item
from app.native_search import nearest
from app.search import nearest as nearest_by_hand
from tests.problem import assert_problem


def items_named(names: list[str]) -> list[Item]:
    return [
        Item(id=number, name=name, price_cents=0)
        for number, name in enumerate(names, 1)
    ]


@pytest.mark.parametrize("alphabet", ["ab", "abcdefgh ", "a\u00e9\U0001f98a\0"])
def test_it_finds_what_the_textbook_finds(alphabet: str) -> None:
    draw = random.Random(alphabet)
    items = items_named(
        ["".join(draw.choices(alphabet, k=draw.randint(1, 12))) for _ in range(300)]
    )
    for _ in range(20):
        query = "".join(draw.choices(alphabet, k=draw.randint(1, 12)))
        assert nearest(query, items) == nearest_by_hand(query, items)


def test_the_nearest_items_are_answered(client: TestClient) -> None:
    answer = client.get("/items/search-native", params={"q": "kodi difese"})
    assert answer.status_code == 200
    matches = answer.json()["items"]
    assert len(matches) == 10
    assert matches[0] == {"id": 1, "name": "kodi difece", "distance": 1}


@pytest.mark.parametrize("query", [None, "", "x" * 65])
def test_a_query_of_another_length_is_refused(
    client: TestClient, query: str | None
) -> None:
    assert_problem(client.get("/items/search-native", params={"q": query}), 422)
