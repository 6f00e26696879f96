"""What of a later document is near enough to a statement of an earlier one to be read beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from graph.links.aspects import Sides, sides
from graph.links.likeness import Columns, chances, grounded, likenesses, shared, weights
from graph.links.matter import Page, Places, matter, page
from graph.links.meaning import Numbers
from graph.links.moments import Moment
from graph.links.outline import Statement
from graph.links.verdict import EARLIER, LATER, Pairs, directions, network, told, verdicts

_NEAR, _NEAR_BLAME, _NEAR_PRAISE = 0.45, 0.55, 0.75
"""Likeness in meaning without which a finding is not compared any further with what comes later: a weakness with
anything, a strength with a weakness, and a strength with anything."""
_BUT = re.compile(r"\bbut\b", re.IGNORECASE)
_WEAK = ("weakness", "mixed")
_READ = {"recommendation": 24, "action": 16, "weakness": 7, "mixed": 7, "praise": 5}
_LEAST = {"recommendation": -3.0, "action": -4.0, "weakness": -1.6, "mixed": -1.6, "praise": 0.0}
"""Of each earlier statement: so many later ones are read beside it, and how likely they must be on its matter."""


@dataclass(frozen=True, slots=True)
class Side:
    """A moment laid out for comparing."""

    moment: Moment
    page: Page
    sides: Sides
    directions: Numbers
    """Of each statement, as `verdict.directions` has it."""
    before: Places
    after: Places
    """Of each statement: what it is as an earlier and as a later one, by place in `EARLIER` and `LATER`."""
    asked: Places
    grounds: Numbers
    """Of each recommendation and statement: how surely the former rests on the latter."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs to be read, with what is known of each and how likely a reader would draw a link."""

    pairs: Pairs
    told: Columns
    odds: Numbers


def side(moment: Moment) -> Side:
    laid = page([matter(statement) for statement in moment.statements])
    asked = np.array([n for n, one in enumerate(moment.statements) if one.kind == "recommendation"], dtype=np.int64)
    weak = np.array([n for n, one in enumerate(moment.statements) if as_earlier(one) in _WEAK], dtype=np.int64)
    grounds = np.zeros((len(asked), len(moment.statements)))
    if len(asked) and len(weak):
        own = shared(page([laid.matters[place] for place in asked]), laid)
        grounds = chances(likenesses(own, weights()[0]), weak)
    before = np.array([EARLIER.index(as_earlier(one)) for one in moment.statements], dtype=np.int64)
    after = np.array([LATER.index(as_later(one)) for one in moment.statements], dtype=np.int64)
    return Side(moment, laid, sides(moment.statements), directions(laid, network()), before, after, asked, grounds)


def as_earlier(said: Statement) -> str:
    """What a statement is when something later is compared with it: one of `EARLIER`."""
    if said.kind != "finding":
        return said.kind
    if said.polarity == "strength":
        return "mixed" if _BUT.search(said.words) else "praise"
    return said.polarity if said.polarity in ("weakness", "mixed") else "praise"


def as_later(said: Statement) -> str:
    """What a statement is when it is compared with something earlier: one of `LATER`."""
    return said.kind if said.kind != "finding" else "weakness" if said.polarity == "weakness" else "other"


def candidates(before: Side, after: Side, less: float) -> Candidates | None:
    """The pairs of two moments that are worth reading; `less` is taken away from how near each is."""
    rows = _worth_comparing(before, after)
    if not len(rows):
        return None
    columns = shared(page([before.page.matters[row] for row in rows]), after.page)
    odds = _odds(before, rows, columns) - less
    pairs = _nearest(odds, before.before[rows])
    if not len(pairs):
        return None
    held = {name: column[pairs.rows, pairs.places] for name, column in columns.items()}
    whole = Pairs(rows[pairs.rows], pairs.places, pairs.odds)
    of = before.sides, after.sides
    kinds = before.before, after.after
    known = told(whole, (before.page, after.page), of, kinds, held)
    ways = before.directions[whole.rows], after.directions[whole.places]
    return Candidates(whole, known, verdicts(known, *ways, network()))


def _nearest(odds: Numbers, kinds: Places) -> Pairs:
    """Of each row the likeliest few places, row by row."""
    least = np.array([_LEAST[kind] for kind in EARLIER])[kinds]
    rows, places = np.nonzero(odds >= least[:, None])
    of = odds[rows, places]
    order = np.lexsort((places, -of, rows))
    rows, places, of = rows[order], places[order], of[order]
    rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
    few = rank < np.array([_READ[kind] for kind in EARLIER])[kinds[rows]]
    return Pairs(rows[few], places[few], of[few])


def _odds(before: Side, rows: Places, columns: Columns) -> Numbers:
    """The log-odds of all pairs, by row and place; what was asked for is looked for with its grounds."""
    alone, with_grounds = weights()
    odds = likenesses(columns, alone)
    resting = np.flatnonzero(before.grounds.any(axis=1))
    if len(resting):
        asked = np.searchsorted(rows, before.asked[resting])
        odds[asked] = likenesses(grounded(columns, asked, before.grounds[np.ix_(resting, rows)]), with_grounds)
    return odds


def _worth_comparing(before: Side, after: Side) -> Places:
    """All that was asked for or promised and its grounds, and the findings that are near to some later statement."""
    earlier, later = before.page, after.page
    near = earlier.sums @ later.sums.T / (earlier.lengths[:, None] * later.lengths[None, :])
    is_blame = after.after == LATER.index("weakness")
    praised = before.before == EARLIER.index("praise")
    found = before.before >= EARLIER.index("weakness")
    to_any, to_blame = near.max(1, initial=0.0), near[:, is_blame].max(1, initial=0.0)
    declined = (to_blame >= _NEAR_BLAME) | (to_any >= _NEAR_PRAISE)
    worth = ~found | np.where(praised, declined, to_any >= _NEAR) | before.grounds.any(axis=0)
    return np.flatnonzero(worth)
