"""The telling words of statements, and how much each tells: what is rare among the documents tells most."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

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


def terms(words: str) -> frozenset[str]:
    """The stems of the words that could tell something."""
    return frozenset(stem(word) for word in _WORD.findall(words.lower()) if len(word) > 2 and word not in _COMMON)


def weights(statements: Iterable[frozenset[str]]) -> Mapping[str, float]:
    """How much each term tells: the logarithm of how many statements there are for each that holds it."""
    found: Counter[str] = Counter()
    total = 0
    for held in statements:
        found.update(held)
        total += 1
    return {term: math.log((total + 1) / n) for term, n in found.items()}


def length(held: frozenset[str], weight: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight.get(term, 0.0) ** 2 for term in sorted(held))) or 1.0
