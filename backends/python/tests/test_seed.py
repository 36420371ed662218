import pytest
from fastapi.testclient import TestClient

from app.main import app
from app.seed import seed_items


def test_the_seed_adds_up_as_the_contract_says() -> None:
    items = list(seed_items(10_000))
    assert [item.id for item in items] == list(range(1, 10_001))
    assert sum(item.price_cents for item in items) == 495_328_830
    assert sum(item.stock for item in items) == 4_997_258
    assert sum(len(item.tags) for item in items) == 24_933


def test_the_last_item_is_the_one_the_contract_shows() -> None:
    *_, last = seed_items(10_000)
    assert last.model_dump() == {
        "id": 10_000,
        "name": "toje mepila",
        "price_cents": 6141,
        "stock": 884,
        "tags": ["gift"],
    }


def test_the_catalog_starts_with_as_many_items_as_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ITEMS", "20")
    with TestClient(app) as client:
        assert client.get("/items/20").status_code == 200
        assert client.get("/items/21").status_code == 404
        created = client.post("/items", json={"name": "n", "price_cents": 1})
        assert created.json()["id"] == 21
