"""Fuzzy search: the items whose names are nearest by edit distance.

All of it is plain Python on purpose: how fast the language itself computes is what
the contract asks here. A service that may choose would take rapidfuzz.
"""

from collections.abc import Iterable
from heapq import nsmallest

from app.models import Item, Match

BEST = 10


def nearest(query: str, items: Iterable[Item]) -> list[Match]:
    """Return the ten items nearest to the query, by distance and then by id."""
    ranked = ((edit_distance(query, item.name), item.id, item.name) for item in items)
    return [
        Match(id=item_id, name=name, distance=distance)
        for distance, item_id, name in nsmallest(BEST, ranked)
    ]


def edit_distance(source: str, target: str) -> int:
    """Return how many code points to insert, delete or replace (Levenshtein)."""
    above = list(range(1, len(target) + 1))  # the row above, without its first column
    left = len(target)
    for row, char in enumerate(source, 1):
        least, left = row - 1, row  # least starts as what is diagonally above
        current = []
        for other, up in zip(target, above, strict=False):
            if char != other:
                # Written out: a call of min() would cost more than all the rest.
                if left < least:  # noqa: PLR1730
                    least = left
                if up < least:  # noqa: PLR1730
                    least = up
                least += 1
            current.append(least)
            left, least = least, up
        above = current
    return left
