"""The summary of a series, by numpy."""

import numpy as np
import numpy.typing as npt

from app.models import Summary

BINS = 20


def summarize(numbers: list[float]) -> Summary:
    """Return count, mean, spread, percentiles and histogram of at least one number."""
    values = np.fromiter(numbers, np.float64, len(numbers))
    p50, p95, p99 = np.percentile(values, (50, 95, 99))
    return Summary(
        count=values.size,
        mean=float(values.mean()),
        stdev=float(values.std()),
        min=float(values.min()),
        max=float(values.max()),
        p50=float(p50),
        p95=float(p95),
        p99=float(p99),
        histogram=_histogram(values),
    )


def _histogram(values: npt.NDArray[np.float64]) -> list[int]:
    """Count values in bins of equal width, by the contract's formula.

    np.histogram puts equal values into the middle, and refuses a range that is too
    narrow for its edges to differ.
    """
    low, high = values.min(), values.max()
    if low == high:
        return [values.size] + [0] * (BINS - 1)
    bins = ((values - low) / (high - low) * BINS).astype(np.intp)
    counts = np.bincount(np.minimum(bins, BINS - 1), minlength=BINS)
    return [int(count) for count in counts]
