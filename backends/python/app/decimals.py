"""Integers as they stand in paths and queries."""

import re
from typing import Annotated

from pydantic import BeforeValidator

_DIGITS = re.compile(r"[0-9]+")


def _require_digits(value: object) -> object:
    """Refuse what pydantic takes for an integer besides digits, such as 1_000."""
    if isinstance(value, str) and not _DIGITS.fullmatch(value):
        msg = "input should be a decimal integer"
        raise ValueError(msg)
    return value


Decimal = Annotated[int, BeforeValidator(_require_digits)]
