"""What a later inspection or plan says of what an earlier one found, asked for or promised, in the same authority."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graph.links.became import When, became, reason
from graph.links.candidates import Candidates, Side, candidates, side
from graph.links.matter import Matter, Places
from graph.links.meaning import Numbers, meanings
from graph.links.moments import Moment
from graph.links.outline import Statement
from graph.links.verdict import EARLIER, LATER

MOST = 8
"""Links of one later statement at the most, those to repetitions counted."""
_MOST_OF_EARLIER = {"recommendation": 14, "action": 10, "finding": 3}
"""Links of one earlier statement to one later document, the likeliest."""
_BETWEEN = 0.03
"""What each inspection that lies between takes away."""
_FIRST = {"recommendation": 0.5, "action": 0.5, "finding": 0.0}
"""How much what was asked for or promised comes before what was only found, where a later statement has too many."""
_LEAST = {"recommendation": -0.3, "action": -0.7, "weakness": 0.9, "mixed": 1.15, "praise": 0.95}
"""Log-odds of a reader's yes from which a link is drawn, by what was said before."""
_PRAISED_AGAIN = 1.2
"""How much more it takes where a strength is found to be one still: that tells least."""
_HALF_SAID = 0.5
"""How much more it takes for each of the two that leaves its matter to the sentence before."""
_OTHER_THEMES = 0.6
"""How much more it takes where both have themes and none in common: contact with parents is not a contact received."""
_FURTHER = {"recommendation": 0.12, "action": 0.12, "finding": 0.15}
"""How much more each further link of an earlier statement to one document takes."""
_ANOTHER, _SAME_MOMENT = 0.1, 0.15
"""How much more each further link of a later statement takes, and each further one of a kind to what was
said at one time."""
_SUREST = 0.95


@dataclass(frozen=True, slots=True)
class Revisit:
    """A later statement that speaks of the matter of an earlier one of the same authority."""

    later: str
    earlier: str
    kind: str
    outcome: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A later statement on the matter of an earlier one: how surely, and what else its document says of that."""

    odds: float
    least: float
    """How likely it must be to be drawn."""
    later: Matter
    earlier: Matter
    at: When
    then: When
    """When the earlier and the later statement were made."""
    beside: tuple[Statement, ...]


def of_authority(held: Sequence[Moment]) -> list[Revisit]:
    """The links of one authority's moments: what each statement finds in each later one, and of that the likeliest.

    They depend on nothing but the moments, the code and the meanings of words, so that they can be kept by these.
    """
    return list(_of_authority(held))


def _of_authority(held: Sequence[Moment]) -> Iterator[Revisit]:
    sides = [side(moment) for moment in held]
    found: dict[str, list[_Found]] = defaultdict(list)
    for before in sides:
        for after in sides:
            if before.moment.last < after.moment.first:
                for one in _on_the_matter(before, after, less_between(held, before.moment, after.moment)):
                    found[one.later.statement.iri].append(one)
    known = meanings()
    for iri in sorted(found):
        for one in _few(sorted(found[iri], key=_first)):
            kind, outcome = became(one.earlier.statement, one.later.statement, one.beside)
            confidence = min(_SUREST, 1 / (1 + math.exp(-one.odds)))
            why = reason(one.earlier, one.later, one.at, one.then, known)
            yield Revisit(iri, one.earlier.statement.iri, kind, outcome, confidence, why)


def _few(found: Sequence[_Found]) -> Iterator[_Found]:
    """Those of one later statement that are drawn: each further one takes more, above all of one kind and moment."""
    drawn: Counter[tuple[str, ...]] = Counter()
    for one in found:
        alike = (*one.at, one.earlier.statement.kind)
        if drawn.total() < MOST and one.odds >= one.least + _ANOTHER * drawn.total() + _SAME_MOMENT * drawn[alike]:
            drawn[alike] += 1
            yield one


def less_between(held: Sequence[Moment], before: Moment, after: Moment) -> float:
    """What the inspections between two moments of an authority take away from how near their statements are."""
    return _BETWEEN * sum(_lies_between(moment, before, after) for moment in held)


def _lies_between(moment: Moment, before: Moment, after: Moment) -> bool:
    return moment.full and before.last < moment.first and moment.last < after.first


def _first(found: _Found) -> tuple[float, str]:
    """The order in which the links of one later statement are drawn."""
    return -found.odds - _FIRST[found.earlier.statement.kind], found.earlier.statement.iri


def _on_the_matter(before: Side, after: Side, less: float) -> Iterator[_Found]:
    """What of the later document a reader would most surely link to each statement of the earlier one."""
    read = candidates(before, after, less)
    if read is None:
        return
    at, then = ((side.moment.first, side.moment.last) for side in (before, after))
    needed = _needed(before, after, read)
    starts = np.flatnonzero(np.diff(read.pairs.rows, prepend=-1))
    for some in np.split(np.arange(len(read.pairs)), starts[1:]):
        earlier = before.page.matters[int(read.pairs.rows[some[0]])]
        best = some[_best(read.odds[some], needed[some], earlier.statement.kind)]
        beside = tuple(after.page.matters[place].statement for place in read.pairs.places[best])
        for place, odds, least in zip(read.pairs.places[best], read.odds[best], needed[best], strict=True):
            yield _Found(float(odds), float(least), after.page.matters[place], earlier, at, then, beside)


def _needed(before: Side, after: Side, read: Candidates) -> Numbers:
    """How likely each link must be, by the kinds of both statements, their themes and how much they say themselves."""
    rows, places = read.pairs.rows, read.pairs.places
    said, then = before.before[rows], after.after[places]
    again = (said == EARLIER.index("praise")) & (then == LATER.index("other"))
    half = before.sides.half_said[rows] + after.sides.half_said[places]
    more = _PRAISED_AGAIN * again + _HALF_SAID * half + _OTHER_THEMES * read.told["other themes"]
    found: Numbers = np.array([_LEAST[kind] for kind in EARLIER])[said] + more
    return found


def _best(odds: Numbers, needed: Numbers, kind: str) -> Places:
    """The places of the links to draw, the likeliest first."""
    likeliest = np.argsort(-odds, kind="stable")[: _MOST_OF_EARLIER[kind]]
    further = _FURTHER[kind] * np.arange(len(likeliest))
    found: Places = likeliest[odds[likeliest] >= needed[likeliest] + further]
    return found
