"""The table that reports are made of, in numpy's arrays."""

import numpy as np
import numpy.typing as npt

from app.errors import UnavailableError, UnprocessableError
from app.models import Region, Report

REGIONS = 24
TERMS = 16
_APART = 0x9E3779B9

UInts = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]


class Table:
    """Rows by the contract's rule; none where the service was given no TABLE_ROWS."""

    def __init__(self, rows: int | None) -> None:
        """Make so many rows."""
        self.rows = rows or 0
        ids = np.arange(1, self.rows + 1, dtype=np.uint32)
        self._regions = (_mix(ids) % REGIONS).astype(np.intp)
        self._terms: Floats = np.ones((self.rows, TERMS))
        self._cents: Floats = 5000 + (_hash(ids, TERMS) % 2000).astype(np.float64)
        for term in range(1, TERMS):
            self._terms[:, term] = _hash(ids, term) % 1000
            self._cents += term * self._terms[:, term]

    def report(self, rows: int) -> Report:
        """Report on the first rows, which takes long."""
        if self.rows == 0:
            msg = "This service was given no table."
            raise UnavailableError(msg)
        if rows > self.rows:
            msg = f"query.rows: there are {self.rows} rows."
            raise UnprocessableError(msg)
        terms, cents = self._terms[:rows], self._cents[:rows]
        # The normal equations: the terms are few, and far from depending on each other.
        coefficients = np.linalg.solve(terms.T @ terms, terms.T @ cents)
        return Report(
            rows=rows,
            groups=_groups(self._regions[:rows], cents),
            coefficients=coefficients.tolist(),
        )


def _groups(regions: npt.NDArray[np.intp], cents: Floats) -> list[Region]:
    """Return a group a region; sums of whole numbers below 2^53 are exact."""
    counts = np.bincount(regions, minlength=REGIONS)
    totals = np.bincount(regions, weights=cents, minlength=REGIONS)
    most = np.zeros(REGIONS)
    np.maximum.at(most, regions, cents)
    return [
        Region(
            region=region,
            count=int(counts[region]),
            total_cents=int(totals[region]),
            mean_cents=float(totals[region] / counts[region]),
            most_cents=int(most[region]),
        )
        for region in range(REGIONS)
        if counts[region] > 0
    ]


def _hash(ids: UInts, column: int) -> UInts:
    return _mix(ids + np.uint32(column * _APART & 0xFFFFFFFF))


def _mix(values: UInts) -> UInts:
    """Mix the bits of each number as the contract's rule does."""
    mixed = values ^ (values >> np.uint32(16))
    mixed *= np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed
