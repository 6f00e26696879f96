"""What statements are about, laid out so that one can be compared with all of a later document at once."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from graph.links.meaning import Meanings, Numbers, meanings
from graph.links.outline import Statement
from graph.links.words import stems

_WHOLE = 100.0
"""What makes weights whole numbers, whose sums are exact."""
_PAIR = 0.25
"""How much two words together count beside the sum of both."""
_LOOKS_BACK = re.compile(
    r"\b(?:last|previous|earlier)\s+(?:full\s+)?inspection|\bsince\s+the\s+inspection|\binspection\s+in\s+(?:\w+\s+)?20\d\d",
    re.IGNORECASE,
)
_TELLING = 8
"""Of a statement, so many of the stems that tell most lead to candidates."""
NOWHERE = np.zeros(0, dtype=np.int64)

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Matter:
    """One statement: its terms with their weights, and the rows of its known stems."""

    statement: Statement
    terms: Mapping[str, float]
    """Stems and pairs of them, as a vector of length 1; the heaviest first."""
    stems: frozenset[str]
    rows: Places
    weights: Numbers
    """Of the rows: how rare each is."""
    sum: Numbers
    """The weighted sum of its stems' vectors, and beside it its length."""
    length: float


@dataclass(frozen=True, slots=True)
class Page:
    """The statements of one document side by side; `rows` holds the stems of all, one statement after the other."""

    matters: tuple[Matter, ...]
    index: Mapping[str, tuple[tuple[int, float], ...]]
    """In which statements a term stands, and how much it weighs there."""
    rows: Places
    weights: Numbers
    starts: Places
    total: Numbers
    """Of each statement: the sum of its weights."""
    filled: Places
    """The places of the statements that have known stems at all."""
    sums: Numbers
    lengths: Numbers
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
    asked: Numbers
    looks_back: Numbers


def matter(statement: Statement, known: Meanings | None = None) -> Matter:
    """What a statement is about."""
    known = known or meanings()
    said = stems(statement.words)
    weights = {stem: known.weight(stem) for stem in said}
    pairs = {f"{one} {other}": _PAIR * (weights[one] + weights[other]) for one, other in pairwise(said)}
    rows = np.array(sorted(known.places[stem] for stem in weights if stem in known.places), dtype=np.int64)
    of_rows = known.rarity[rows]
    summed = (known.vectors[rows] * np.rint(of_rows * _WHOLE)[:, None]).sum(0)
    length = math.sqrt(float((summed**2).sum())) or 1.0
    return Matter(statement, _unit(weights | pairs), frozenset(weights), rows, of_rows, summed, length)


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
    ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return {term: weight / length for term, weight in ordered}


def page(matters: Sequence[Matter], known: Meanings | None = None) -> Page:
    """The statements of one document, in its order."""
    known = known or meanings()
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, one in enumerate(matters):
        for term, weight in one.terms.items():
            index[term].append((place, weight))
    filled = [place for place, one in enumerate(matters) if len(one.rows)]
    counts = [len(matters[place].rows) for place in filled]
    headings = sorted({one.statement.section or "" for one in matters})
    parts = {heading: place for place, heading in enumerate(headings)}
    return Page(
        matters=tuple(matters),
        index={term: tuple(found) for term, found in index.items()},
        rows=np.concatenate([matters[place].rows for place in filled]) if filled else np.zeros(0, np.int64),
        weights=np.concatenate([matters[place].weights for place in filled]) if filled else np.zeros(0),
        starts=np.cumsum([0, *counts[:-1]]).astype(np.int64) if filled else np.zeros(0, np.int64),
        total=np.array([math.fsum(one.weights) or 1.0 for one in matters]),
        filled=np.array(filled, dtype=np.int64),
        sums=np.array([one.sum for one in matters]),
        lengths=np.array([one.length for one in matters]),
        themes=_places(one.statement.themes for one in matters),
        of_themes=np.array([math.fsum(map(known.theme_weight, one.statement.themes)) or 1.0 for one in matters]),
        cohorts=_places(one.statement.cohort for one in matters),
        headings=tuple(frozenset(stems(heading)) for heading in headings),
        part=np.array([parts[one.statement.section or ""] for one in matters], dtype=np.int64),
        run=_runs([one.statement for one in matters]),
        asked=np.array([one.statement.kind != "finding" for one in matters], dtype=np.float64),
        looks_back=np.array([bool(_LOOKS_BACK.search(one.statement.words)) for one in matters], dtype=np.float64),
    )


def _places(labels: Iterable[tuple[str, ...]]) -> dict[str, Places]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, ids in enumerate(labels):
        for one in ids:
            found[one].append(place)
    return {one: np.array(places, dtype=np.int64) for one, places in found.items()}


def _runs(statements: Sequence[Statement]) -> Places:
    run = [0] * len(statements)
    for place, (before, here) in enumerate(pairwise(statements), 1):
        if (before.section, before.kind) == (here.section, here.kind):
            run[place] = run[place - 1] + 1
    return np.array(run, dtype=np.int64)


def candidates(earlier: Matter, later: Page, known: Meanings | None = None) -> Places:
    """The places of later statements that share a theme, or a telling stem or one near to it, and what follows those.

    What follows is looked at because "this leads to delay" names its matter in the sentence before.
    """
    known = known or meanings()
    found = np.zeros(len(later.matters) + 1, dtype=np.bool_)
    for theme in earlier.statement.themes:
        found[:-1][later.themes.get(theme, NOWHERE)] = True
    telling = [term for term in earlier.terms if " " not in term][:_TELLING]
    rows = [known.places[term] for term in telling if term in known.places]
    near = {known.stems[row] for one in rows for row in known.neighbours[one]}
    for term in near.union(telling):
        for place, _ in later.index.get(term, ()):
            found[place] = True
    found[1:-1] |= found[:-2] & (later.run[1:] > 0)
    return np.flatnonzero(found[:-1])
