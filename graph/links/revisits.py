"""What a later inspection or plan says of what an earlier one found, asked for or promised, in the same authority."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graph.links.became import became, reason
from graph.links.likeness import chances, grounded, likenesses, shared, weights
from graph.links.matter import Matter, Page, Places, matter, page
from graph.links.meaning import Numbers, meanings
from graph.links.moments import Moment
from graph.links.outline import Statement

MOST = 8
"""Links of one later statement at the most, those to repetitions counted."""
_MOST_OF_EARLIER = {"recommendation": 8, "action": 6, "finding": 2}
"""Links of one earlier statement to one later document, the likeliest."""
_BETWEEN = 0.03
"""What each inspection that lies between takes away."""
_FIRST = {"recommendation": 0.5, "action": 0.5, "finding": 0.0}
"""How much what was asked for or promised comes before what was only found, where a later statement has too many."""
_NEAR, _NEAR_PRAISE = 0.4, 0.6
"""Likeness in meaning without which a finding is not compared any further with what comes later."""
_BUT = re.compile(r"\bbut\b", re.IGNORECASE)
_WEAK = ("weakness", "mixed")
_NEVER = math.inf
_LEAST = {
    "recommendation": {"recommendation": -0.25, "weakness": -0.25, "other": -0.25, "action": 1.0},
    "action": {"recommendation": 0.3, "weakness": 0.3, "other": 0.3, "action": 0.8},
    "weakness": {"recommendation": 1.1, "weakness": 1.1, "other": 1.8, "action": -0.6},
    "mixed": {"recommendation": 1.0, "weakness": 1.0, "other": 1.4, "action": -0.6},
    "praise": {"recommendation": _NEVER, "weakness": 2.4, "other": _NEVER, "action": _NEVER},
}
"""Log-odds from which a link is drawn, by what was said before and what is said later: what asks for nothing is seldom
returned to, so it takes more, and praise is returned to where it holds no longer."""
_FURTHER = {"recommendation": 0.15, "action": 0.05, "finding": 0.3}
"""How much more each further link of an earlier statement to one document takes."""
_HALF_SAID = 0.7
"""How much more a link of a finding takes to what leaves its matter to the sentence before."""
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
    later: Matter
    earlier: Matter
    beside: tuple[Statement, ...]


def of_authority(held: Sequence[Moment]) -> list[Revisit]:
    """The links of one authority's moments: what each statement finds in each later one, and of that the likeliest.

    They depend on nothing but the moments, the code and the meanings of words, so that they can be kept by these.
    """
    return list(_of_authority(held))


def _of_authority(held: Sequence[Moment]) -> Iterator[Revisit]:
    sides = [_side(moment) for moment in held]
    found: dict[str, list[_Found]] = defaultdict(list)
    for before in sides:
        for after in sides:
            if before.moment.last < after.moment.first:
                between = sum(_lies_between(moment, before.moment, after.moment) for moment in held)
                for one in _on_the_matter(before, after, _BETWEEN * between):
                    found[one.later.statement.iri].append(one)
    known = meanings()
    for iri in sorted(found):
        for one in sorted(found[iri], key=_first)[:MOST]:
            kind, outcome = became(one.later.statement, one.beside)
            confidence = min(_SUREST, 1 / (1 + math.exp(-one.odds)))
            why = reason(one.earlier, one.later, known)
            yield Revisit(iri, one.earlier.statement.iri, kind, outcome, confidence, why)


def _lies_between(moment: Moment, before: Moment, after: Moment) -> bool:
    return moment.full and before.last < moment.first and moment.last < after.first


def _first(found: _Found) -> tuple[float, str]:
    """The order in which the links of one later statement are drawn."""
    return -found.odds - _FIRST[found.earlier.statement.kind], found.earlier.statement.iri


@dataclass(frozen=True, slots=True)
class _Side:
    """A moment laid out for comparing."""

    moment: Moment
    page: Page
    before: tuple[str, ...]
    after: tuple[str, ...]
    """Of each statement: what it is as an earlier and as a later one."""
    asked: Places
    grounds: Numbers
    """Of each recommendation and statement: how surely the former rests on the latter."""


def _side(moment: Moment) -> _Side:
    laid = page([matter(statement) for statement in moment.statements])
    asked = np.array([n for n, one in enumerate(moment.statements) if one.kind == "recommendation"], dtype=np.int64)
    weak = np.array([n for n, one in enumerate(moment.statements) if _as_earlier(one) in _WEAK], dtype=np.int64)
    grounds = np.zeros((len(asked), len(moment.statements)))
    if len(asked) and len(weak):
        own = shared(page([laid.matters[place] for place in asked]), laid)
        grounds = chances(likenesses(own, weights()[0]), weak)
    return _Side(
        moment,
        laid,
        tuple(map(_as_earlier, moment.statements)),
        tuple(map(_as_later, moment.statements)),
        asked,
        grounds,
    )


def _as_earlier(said: Statement) -> str:
    if said.kind != "finding":
        return said.kind
    if said.polarity == "strength":
        return "mixed" if _BUT.search(said.words) else "praise"
    return said.polarity if said.polarity in ("weakness", "mixed") else "praise"


def _as_later(said: Statement) -> str:
    return said.kind if said.kind != "finding" else "weakness" if said.polarity == "weakness" else "other"


def _on_the_matter(before: _Side, after: _Side, less: float) -> Iterator[_Found]:
    """What of the later document is most surely on the matter of each statement of the earlier one."""
    rows = _worth_comparing(before, after)
    if not len(rows):
        return
    odds = _odds(before, after, rows) - less
    least = np.array([[_LEAST[one][other] for other in after.after] for one in before.before])[rows]
    for row, of, enough in zip(rows, odds, odds - least, strict=True):
        earlier = before.page.matters[row]
        best = _best(enough, after.page, earlier.statement.kind)
        beside = tuple(after.page.matters[place].statement for place in best)
        for place in best:
            yield _Found(float(of[place]), after.page.matters[place], earlier, beside)


def _best(above: Numbers, later: Page, kind: str) -> Places:
    """The places of the statements to link, the likeliest first, by how far each is above what is enough."""
    if kind == "finding":
        above = above - _HALF_SAID * later.half_said
    likeliest = np.argsort(-above, kind="stable")[: _MOST_OF_EARLIER[kind]]
    found: Places = likeliest[above[likeliest] >= _FURTHER[kind] * np.arange(len(likeliest))]
    return found


def _odds(before: _Side, after: _Side, rows: Places) -> Numbers:
    """The log-odds of all pairs, by row and place; what was asked for is looked for with its grounds."""
    alone, with_grounds = weights()
    columns = shared(page([before.page.matters[row] for row in rows]), after.page)
    odds = likenesses(columns, alone)
    resting = np.flatnonzero(before.grounds.any(axis=1))
    if len(resting):
        asked = np.searchsorted(rows, before.asked[resting])
        odds[asked] = likenesses(grounded(columns, asked, before.grounds[np.ix_(resting, rows)]), with_grounds)
    return odds


def _worth_comparing(before: _Side, after: _Side) -> Places:
    """All that was asked for or promised and its grounds, and the findings that are near to some later statement."""
    earlier, later = before.page, after.page
    near = earlier.sums @ later.sums.T / (earlier.lengths[:, None] * later.lengths[None, :])
    is_blame = np.array([one == "weakness" for one in after.after])
    praised = np.array([one == "praise" for one in before.before])
    found = np.array([one in (*_WEAK, "praise") for one in before.before])
    to_any, to_blame = near.max(1, initial=0.0) >= _NEAR, near[:, is_blame].max(1, initial=0.0) >= _NEAR_PRAISE
    worth = ~found | np.where(praised, to_blame, to_any) | before.grounds.any(axis=0)
    return np.flatnonzero(worth)
