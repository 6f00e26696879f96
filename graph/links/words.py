"""The words of a statement that tell what it is about."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z]+")
_COMMON_WORDS = """
    about above after again against all also always and any are because been before being below between both but
    can could did does during each ensure ensured ensures ensuring few for from further had has have having her here
    him his how however include included includes including into its itself just made make makes many may more most
    must need needs not now off once only other our out over own same she should since some such than that the their
    them then there these they this those through too under until very was well were what when where which while who
    whom why will with within without would you your authority child children council local people service services
    young"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that say little of a matter, in any text or in those of this field."""


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without the endings that change between sentences on the same matter.

    >>> stem("tracking"), stem("tracked"), stem("trackers"), stem("policies")
    ('track', 'track', 'tracker', 'policy')
    """
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 4 else word


def stems(words: str) -> list[str]:
    """The stems of the words that could tell something, in their order."""
    return [stem(word) for word in _WORD.findall(words.lower()) if len(word) > 2 and word not in _COMMON]


def terms(words: str) -> frozenset[str]:
    return frozenset(stems(words))
