"""The store: items in memory, by id and in the order of their ids.

It has no lock because it needs none: handlers run on one event loop, and no
method here awaits, so each is a single step to every other request.
"""

from collections.abc import Iterable
from itertools import islice

from sortedcontainers import SortedDict

from app.models import Item, NewItem, Page


def _item(item_id: int, new: NewItem) -> Item:
    """Return the item; its fields were validated when they came."""
    return Item.model_construct(id=item_id, **new.__dict__)


class Catalog:
    """Items by id; ids count up and are never used twice."""

    def __init__(self, items: Iterable[Item]) -> None:
        """Hold the given items; the next id follows the highest of them."""
        self._items: SortedDict[int, Item] = SortedDict(
            (item.id, item) for item in items
        )
        self._last_id = self._items.peekitem(-1)[0] if self._items else 0

    def get(self, item_id: int) -> Item | None:
        """Return the item, or None where there is none."""
        return self._items.get(item_id)

    def page(self, after: int, limit: int) -> Page:
        """Return at most ``limit`` items with an id above ``after``, ascending."""
        ids = self._items.irange(minimum=after, inclusive=(False, True))
        items = [self._items[item_id] for item_id in islice(ids, limit)]
        more = next(ids, None) is not None
        return Page(items=items, next_after=items[-1].id if more else None)

    def all(self) -> list[Item]:
        """Return the items as they stand; what changes later changes no answer."""
        return list(self._items.values())

    def create(self, new: NewItem) -> Item:
        """Store the item under the next id and return it."""
        self._last_id += 1
        item = _item(self._last_id, new)
        self._items[item.id] = item
        return item

    def replace(self, item_id: int, new: NewItem) -> Item | None:
        """Replace the item and return it, or None where there is none."""
        if item_id not in self._items:
            return None
        item = _item(item_id, new)
        self._items[item_id] = item
        return item

    def delete(self, item_id: int) -> bool:
        """Delete the item; return False where there is none."""
        return self._items.pop(item_id, None) is not None
