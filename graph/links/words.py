"""What statements are about, as weighted terms: what is rare among the documents tells most."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from graph.links.outline import Statement

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

_PAIR, _THEME, _COHORT = 0.3, 1.5, 0.5
"""How much two words together, a theme and a cohort count beside one word that is as rare."""


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


def features(statement: Statement) -> dict[str, float]:
    """The terms of a statement, its pairs of words, themes and cohorts, each with how much its kind counts."""
    said = stems(statement.words)
    pairs = {f"{one} {other}": _PAIR for one, other in pairwise(said)}
    themes = {f"theme {theme}": _THEME for theme in statement.themes}
    cohorts = {f"cohort {cohort}": _COHORT for cohort in statement.cohort}
    return dict.fromkeys(said, 1.0) | pairs | themes | cohorts


def vectors(statements: Iterable[Statement]) -> dict[str, dict[str, float]]:
    """For each statement its features, weighted by their rarity, as a vector of length 1, the heaviest first."""
    held = {statement.iri: features(statement) for statement in statements}
    found: Counter[str] = Counter()
    for one in held.values():
        found.update(one.keys())
    rarity = {term: math.log((len(held) + 1) / n) for term, n in found.items()}
    return {iri: _unit({term: kind * rarity[term] for term, kind in one.items()}) for iri, one in held.items()}


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values())) or 1.0
    ordered = sorted(vector.items(), key=lambda item: (-item[1], item[0]))
    return {term: weight / length for term, weight in ordered}


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of two vectors of length 1 (0-1), the same to the last digit whichever comes first."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return math.fsum(weight * many[term] for term, weight in few.items() if term in many)
