"""What statements are about, laid out so that all of one document can be compared with all of another at once."""

from __future__ import annotations

import math
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from graph.links.meaning import Meanings, Numbers, meanings
from graph.links.outline import Statement
from graph.links.words import stems

_PAIR = 0.25
"""How much two words together count beside the sum of both."""
_FIRST, _BEGINNING = 4, 6
"""Stems and letters."""
_NEXT = 1_000_003
_THOUSAND = 1000.0
_LOOKS_BACK = re.compile(
    r"\b(?:last|previous|earlier)\s+(?:full\s+)?inspection|\bsince\s+the\s+inspection|\binspection\s+in\s+(?:\w+\s+)?20\d\d",
    re.IGNORECASE,
)

Places = npt.NDArray[np.int64]
_NONE: Places = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Matter:
    """One statement: its terms with their weights, and the rows of its known stems."""

    statement: Statement
    stems: frozenset[str]
    heads: frozenset[str]
    """How the first few begin: what it speaks of is mostly named first."""
    terms: Places
    """Numbers that stand for its stems and for pairs of them, each once, rising."""
    shares: Numbers
    """What each term weighs of a vector of length 1, in whole thousandths."""
    rows: Places
    weights: Numbers
    """Of the rows: how rare each is, a whole number."""


@dataclass(frozen=True, slots=True)
class Page:
    """Statements of one document side by side, in its order; weights are whole numbers, whose sums are exact."""

    matters: tuple[Matter, ...]
    terms: Places
    shares: Numbers
    owners: Places
    """The terms of all, what each weighs, and in which statement it stands."""
    rows: Places
    """The known stems of all, each once."""
    weights: Numbers
    """Of each statement and stem: how rare the stem is, nought where it does not stand there."""
    total: Numbers
    """Of each statement: the sum of its weights."""
    said: Places
    """The known stems of one statement after the other, as places in `rows`."""
    starts: Places
    filled: Places
    """Where in `said` each statement that has known stems begins, and the places of these statements."""
    sums: Numbers
    lengths: Numbers
    """The weighted sum of each statement's vectors, and its length."""
    themes: Mapping[str, Places]
    of_themes: Numbers
    """What the themes of each statement weigh together."""
    cohorts: Mapping[str, Places]
    headings: tuple[frozenset[str], ...]
    """Of the parts: the stems of each one's heading."""
    part: Places
    """In which of the parts each statement stands."""
    run: Places
    """How many statements of the same part stand directly before each."""
    looks_back: Numbers


def matter(statement: Statement, known: Meanings | None = None) -> Matter:
    """What a statement is about."""
    known = known or meanings()
    said = stems(statement.told)
    single = frozenset(said)
    rows = np.array(sorted(known.places[stem] for stem in single if stem in known.places), dtype=np.int64)
    terms, shares = _terms(said, known)
    heads = frozenset(one[:_BEGINNING] for one in said[:_FIRST])
    return Matter(statement, single, heads, terms, shares, rows, known.rarity[rows])


def _terms(said: Sequence[str], known: Meanings) -> tuple[Places, Numbers]:
    """The stems and pairs of neighbours as numbers, and their shares."""
    numbered = [(_number(stem), known.weight(stem)) for stem in said]
    weighed: dict[int, float] = {}
    for number, weight in numbered:
        weighed.setdefault(number, weight)
    for (number, weight), (following, other) in pairwise(numbered):
        weighed.setdefault(_NEXT * number + following, _PAIR * (weight + other))
    every = sorted(weighed)
    length = math.sqrt(sum(weighed[number] ** 2 for number in every)) or 1.0
    shares = [round(weighed[number] * (_THOUSAND / length)) for number in every]
    return np.array(every, dtype=np.int64), np.array(shares, dtype=np.float64)


@lru_cache(maxsize=1 << 16)
def _number(stem: str) -> int:
    return zlib.crc32(stem.encode())


def page(matters: Sequence[Matter], known: Meanings | None = None) -> Page:
    """The statements side by side."""
    known = known or meanings()
    filled = [place for place, one in enumerate(matters) if len(one.rows)]
    said = np.concatenate([_NONE, *(matters[place].rows for place in filled)])
    rows, places = np.unique(said, return_inverse=True)
    weights = np.zeros((len(matters), len(rows)))
    counts = [len(one.rows) for one in matters]
    weights[np.repeat(np.arange(len(matters)), counts), places] = known.rarity[said]
    sums = weights @ known.vectors[rows]
    headings = sorted({one.statement.section or "" for one in matters})
    parts = {heading: place for place, heading in enumerate(headings)}
    return Page(
        matters=tuple(matters),
        terms=np.concatenate([_NONE, *(one.terms for one in matters)]),
        shares=np.concatenate([np.zeros(0), *(one.shares for one in matters)]),
        owners=np.repeat(np.arange(len(matters)), [len(one.terms) for one in matters]),
        rows=rows,
        weights=weights,
        total=np.maximum(weights.sum(1), 1),
        said=places.astype(np.int64),
        starts=np.cumsum([0, *(counts[place] for place in filled)])[:-1].astype(np.int64),
        filled=np.array(filled, dtype=np.int64),
        sums=sums,
        lengths=np.sqrt(np.maximum((sums**2).sum(1), 1)),
        themes=_places(one.statement.themes for one in matters),
        of_themes=np.array([sum(map(known.theme_weight, one.statement.themes)) or 1.0 for one in matters]),
        cohorts=_places(one.statement.cohort for one in matters),
        headings=tuple(frozenset(stems(heading)) for heading in headings),
        part=np.array([parts[one.statement.section or ""] for one in matters], dtype=np.int64),
        run=_runs([one.statement for one in matters]),
        looks_back=np.array([_looks_back(one.statement.words) for one in matters], dtype=np.float64),
    )


def _looks_back(words: str) -> bool:
    return "nspection" in words and bool(_LOOKS_BACK.search(words))


def _places(labels: Iterable[tuple[str, ...]]) -> dict[str, Places]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, ids in enumerate(labels):
        for one in sorted(set(ids)):
            found[one].append(place)
    return {one: np.array(places, dtype=np.int64) for one, places in found.items()}


def _runs(statements: Sequence[Statement]) -> Places:
    run = [0] * len(statements)
    for place, (before, here) in enumerate(pairwise(statements), 1):
        if (before.section, before.kind) == (here.section, here.kind):
            run[place] = run[place - 1] + 1
    return np.array(run, dtype=np.int64)
