"""How far two statements are the same words."""

from __future__ import annotations

from difflib import SequenceMatcher


def alike(one: str, other: str) -> float:
    """How much of two statements is the same words in the same order (0-1)."""
    first, second = (words.casefold().split() for words in (one, other))
    return SequenceMatcher(None, [w.strip(".,;:") for w in first], [w.strip(".,;:") for w in second], False).ratio()
