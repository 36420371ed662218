"""The catalog's data as it appears in requests and responses."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MAX_SAFE_INTEGER = 2**53 - 1

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


class Health(_Model):
    """The answer of a service that is ready."""

    status: Literal["ok"] = "ok"
