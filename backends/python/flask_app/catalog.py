"""The store, as threads share it."""

from collections.abc import Iterable
from threading import Lock

from app.catalog import Catalog
from app.models import Item, NewItem, Page


class SharedCatalog:
    """A catalog of which each operation is one step to every thread."""

    def __init__(self, items: Iterable[Item]) -> None:
        """Hold the given items."""
        self._catalog = Catalog(items)
        self._lock = Lock()

    def get(self, item_id: int) -> Item | None:
        """Return the item, or None where there is none: one look into a dict."""
        return self._catalog.get(item_id)

    def page(self, after: int, limit: int) -> Page:
        """Return a page of items."""
        with self._lock:
            return self._catalog.page(after, limit)

    def all(self) -> list[Item]:
        """Return the items as they stand."""
        with self._lock:
            return self._catalog.all()

    def create(self, new: NewItem) -> Item:
        """Store the item under the next id."""
        with self._lock:
            return self._catalog.create(new)

    def replace(self, item_id: int, new: NewItem) -> Item | None:
        """Replace the item."""
        with self._lock:
            return self._catalog.replace(item_id, new)

    def delete(self, item_id: int) -> bool:
        """Delete the item."""
        with self._lock:
            return self._catalog.delete(item_id)
