from app.catalog import Catalog
from app.models import Item, NewItem

NEW = NewItem(name="kettle", price_cents=2500)


def catalog_of(*ids: int) -> Catalog:
    return Catalog(Item(id=i, name=f"item {i}", price_cents=i) for i in ids)


def test_a_page_skips_deleted_items_and_says_whether_more_follow() -> None:
    catalog = catalog_of(1, 2, 3, 4)
    assert catalog.delete(2)
    page = catalog.page(after=0, limit=2)
    assert [item.id for item in page.items] == [1, 3]
    assert page.next_after == 3
    page = catalog.page(after=3, limit=1)
    assert [item.id for item in page.items] == [4]
    assert page.next_after is None


def test_a_page_past_the_end_is_empty() -> None:
    page = catalog_of(1, 2).page(after=2, limit=20)
    assert page.items == []
    assert page.next_after is None


def test_an_id_is_never_used_twice() -> None:
    catalog = catalog_of(1)
    first = catalog.create(NEW)
    assert catalog.delete(first.id)
    assert catalog.create(NEW).id == first.id + 1


def test_replacing_or_deleting_a_missing_item_changes_nothing() -> None:
    catalog = catalog_of(1)
    assert catalog.replace(2, NEW) is None
    assert not catalog.delete(2)
    assert len(catalog.page(after=0, limit=20).items) == 1
