"""The seed: the items a fresh process holds, by the contract's rule."""

from collections.abc import Iterator

from app.models import Item

_WORD = 0xFFFF_FFFF
_CONSONANTS = "bcdfghjklmnprstv"
_VOWELS = "aeio"
_TAGS = ("new", "sale", "eco", "gift", "bulk")


def seed_items(count: int) -> Iterator[Item]:
    """Yield the first items of the seed, in ascending id."""
    return (_seed_item(item_id) for item_id in range(1, count + 1))


def _seed_item(item_id: int) -> Item:
    tag_bits = _mix(item_id + 3_000_000)
    return Item(
        id=item_id,
        name=_name(_mix(item_id)),
        price_cents=100 + _mix(item_id + 1_000_000) % 99_901,
        stock=_mix(item_id + 2_000_000) % 1_000,
        tags=[tag for bit, tag in enumerate(_TAGS) if tag_bits >> bit & 1],
    )


def _mix(h: int) -> int:
    h ^= h >> 16
    h = h * 0x85EB_CA6B & _WORD
    h ^= h >> 13
    h = h * 0xC2B2_AE35 & _WORD
    return h ^ h >> 16


def _name(h: int) -> str:
    syllables = [_syllable(h >> shift) for shift in range(0, 30, 6)]
    return f"{''.join(syllables[:2])} {''.join(syllables[2:])}"


def _syllable(h: int) -> str:
    return _CONSONANTS[h & 15] + _VOWELS[h >> 4 & 3]
