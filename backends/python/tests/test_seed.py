from app.seed import seed_items


def test_the_seed_adds_up_as_the_contract_says() -> None:
    items = list(seed_items())
    assert [item.id for item in items] == list(range(1, 10_001))
    assert sum(item.price_cents for item in items) == 495_328_830
    assert sum(item.stock for item in items) == 4_997_258
    assert sum(len(item.tags) for item in items) == 24_933


def test_the_last_item_is_the_one_the_contract_shows() -> None:
    *_, last = seed_items()
    assert last.model_dump() == {
        "id": 10_000,
        "name": "toje mepila",
        "price_cents": 6141,
        "stock": 884,
        "tags": ["gift"],
    }
