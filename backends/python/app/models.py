"""The service's data as it appears in requests and responses."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, FailFast, Field

MAX_SAFE_INTEGER = 2**53 - 1
MAX_MAGNITUDE = 1e9

# Of queries.
MAX_LIMIT = 1000
MAX_TEXT = 64
MAX_CALLS = 64
MIN_ROWS = 1000

Tag = Annotated[str, Field(min_length=1, max_length=32)]


class _Model(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class NewItem(_Model):
    """An item as a client sends it."""

    name: str = Field(min_length=1, max_length=200)
    price_cents: int = Field(ge=0, le=100_000_000)
    stock: int = Field(default=0, ge=0, le=1_000_000)
    tags: list[Tag] = Field(default_factory=list, max_length=8)


class Item(NewItem):
    """An item as the catalog holds it."""

    id: int = Field(ge=1, le=MAX_SAFE_INTEGER)


class Page(_Model):
    """Some items in ascending id, and the id after which the next page starts."""

    items: list[Item]
    next_after: int | None


class Match(_Model):
    """An item whose name is near to what was searched."""

    id: int
    name: str
    distance: int


class Matches(_Model):
    """The items nearest to what was searched, the nearest first."""

    items: list[Match]


_Value = Annotated[float, Field(ge=-MAX_MAGNITUDE, le=MAX_MAGNITUDE)]


class Series(_Model):
    """Numbers to summarise."""

    values: Annotated[list[_Value], Field(min_length=1, max_length=200_000), FailFast()]


class Summary(_Model):
    """A series in a few numbers."""

    count: int
    mean: float
    stdev: float
    min: float
    max: float
    p50: float
    p95: float
    p99: float
    histogram: list[int]


FEATURES = 16
MAX_ROWS = 8192
MAX_FEATURE = 1e6

_Feature = Annotated[float, Field(ge=-MAX_FEATURE, le=MAX_FEATURE)]


def _require_whole_rows(features: list[float]) -> list[float]:
    if len(features) % FEATURES != 0:
        msg = f"a row has {FEATURES} numbers"
        raise ValueError(msg)
    return features


class Features(_Model):
    """Rows to score, one after another."""

    features: Annotated[
        list[_Feature],
        Field(min_length=FEATURES, max_length=FEATURES * MAX_ROWS),
        FailFast(),
        AfterValidator(_require_whole_rows),
    ]


class Scores(_Model):
    """A score for each row."""

    scores: list[float]


class Region(_Model):
    """The amounts of one region."""

    region: int
    count: int
    total_cents: int
    mean_cents: float
    most_cents: int


class Report(_Model):
    """Amounts by region, and what explains them."""

    rows: int
    groups: list[Region]
    coefficients: list[float]


class Login(_Model):
    """Who wants a token."""

    name: str = Field(min_length=1, max_length=100)
    password: str = Field(min_length=1, max_length=200)


class Token(_Model):
    """What opens what members may read."""

    token: str


class CallResult(_Model):
    """What one call of the upstream brought: null where it failed."""

    call: int
    value: int | None


class FanOut(_Model):
    """The answers of several calls of the upstream, in the order of the calls."""

    key: int
    partial: bool
    sum: int
    results: list[CallResult]


class NewLine(_Model):
    """A line of an order as a client sends it."""

    item_id: int = Field(ge=1, le=MAX_SAFE_INTEGER)
    quantity: int = Field(ge=1, le=100)


def _refuse_nul(text: str) -> str:
    if "\0" in text:
        msg = "the character U+0000 cannot be stored"  # in PostgreSQL's text
        raise ValueError(msg)
    return text


def _refuse_repeated_items(lines: list[NewLine]) -> list[NewLine]:
    if len({line.item_id for line in lines}) < len(lines):
        msg = "an item can be in one line only"
        raise ValueError(msg)
    return lines


class NewOrder(_Model):
    """An order as a client sends it."""

    customer: Annotated[
        str, Field(min_length=1, max_length=100), AfterValidator(_refuse_nul)
    ]
    lines: Annotated[
        list[NewLine],
        Field(min_length=1, max_length=20),
        AfterValidator(_refuse_repeated_items),
    ]


class OrderLine(_Model):
    """A line of an order, with the item's price when it was placed."""

    item_id: int
    quantity: int
    price_cents: int


class Order(_Model):
    """An order as the database holds it, its lines in the order given."""

    id: int
    customer: str
    total_cents: int
    lines: list[OrderLine]


class Health(_Model):
    """The answer of a service that is ready."""

    status: Literal["ok"] = "ok"
