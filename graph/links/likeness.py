"""How surely later statements are on the matter of an earlier one, by what the two have in common.

The weights were learnt from what readers found to have become of the recommendations of four authorities, each
authority measured with what the other three taught, and drawn strongly towards nought, since those are few.
"""

from __future__ import annotations

import math

import numpy as np

from graph.links.matter import NOWHERE, Matter, Page
from graph.links.meaning import Meanings, Numbers, meanings

WEIGHTS = {
    "meaning": 1.564,
    "said again": 1.348,
    "most telling said again": 1.113,
    "says again": 1.605,
    "words": 1.207,
    "other cohort": -0.399,
    "cohort added": -0.206,
    "same cohort": 0.311,
    "meaning before": 0.878,
    "themes before": 0.425,
    "heading": 0.558,
    "looks back": 0.72,
    "asked again": 0.056,
    "themes": 0.564,
    "themes of earlier": 1.432,
    "themes of later": 1.192,
}
"""What counts how much, in the order of the columns."""
BIAS = -5.012
_MOST_TELLING = 3
_OTHER_THEMES = 2.0


def likenesses(earlier: Matter, later: Page, known: Meanings | None = None) -> Numbers:
    """For each statement of the page the log-odds that it is on the matter of the earlier one, to four places."""
    odds = np.full(len(later.matters), BIAS)
    for weight, column in zip(WEIGHTS.values(), columns(earlier, later, known or meanings()), strict=True):
        odds += weight * column
    return np.round(odds - _OTHER_THEMES * _on_other_themes(earlier, later), 4)


def _on_other_themes(earlier: Matter, later: Page) -> Numbers:
    """Whether both have themes and none in common: contact in family time is not contact at the front door."""
    other = np.zeros(len(later.matters))
    if earlier.statement.themes:
        for places in later.themes.values():
            other[places] = 1
        for theme in earlier.statement.themes:
            other[later.themes.get(theme, NOWHERE)] = 0
    return other


def columns(earlier: Matter, later: Page, known: Meanings) -> tuple[Numbers, ...]:
    """What the earlier statement and each of the later ones have in common, in the order of `WEIGHTS`."""
    meaning = (later.sums * earlier.sum).sum(1) / (later.lengths * earlier.length)
    again, most, back = _covered(earlier, later, known)
    shared, weighed, share, share_of_later = _themes(earlier, later, known)
    same, other, added = _cohorts(earlier, later)
    return (
        meaning,
        again,
        most,
        back,
        _words(earlier, later),
        other,
        added,
        same,
        _before(meaning, later),
        _before(shared, later),
        _headings(earlier, later, known),
        later.looks_back,
        later.asked,
        weighed,
        share,
        share_of_later,
    )


def _words(earlier: Matter, later: Page) -> Numbers:
    """The cosine of their terms."""
    found = np.zeros(len(later.matters))
    for term, weight in earlier.terms.items():
        for place, other in later.index.get(term, ()):
            found[place] += weight * other
    return found


def _covered(earlier: Matter, later: Page, known: Meanings) -> tuple[Numbers, Numbers, Numbers]:
    """How much of the earlier one's words, of the most telling of them, and of the later one's the other has."""
    again, most, back = (np.zeros(len(later.matters)) for _ in range(3))
    if not len(earlier.rows) or not len(later.filled):
        return again, most, back
    near = known.near[earlier.rows[:, None], later.rows[None, :]].astype(np.float64)
    best = np.maximum.reduceat(near, later.starts, axis=1) * earlier.weights[:, None]
    again[later.filled] = _summed(best) / _summed(earlier.weights)
    telling = np.sort(earlier.weights)[-_MOST_TELLING:]
    most[later.filled] = _summed(np.sort(best, axis=0)[-_MOST_TELLING:]) / _summed(telling)
    met = np.add.reduceat(near.max(0) * later.weights, later.starts)
    back[later.filled] = met / later.total[later.filled]
    return again, most, back


def _summed(rows: Numbers) -> Numbers:
    """The rows added one after the other, so that every machine adds them in one order."""
    total = np.zeros(rows.shape[1:])
    for row in rows:
        total = total + row
    return total


def _themes(earlier: Matter, later: Page, known: Meanings) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """How many themes they share, what these weigh, and what share that is of the earlier one's and the later one's."""
    shared, weighed = np.zeros(len(later.matters)), np.zeros(len(later.matters))
    own = 0.0
    for theme in sorted(set(earlier.statement.themes)):
        weight = known.theme_weight(theme)
        own += weight
        places = later.themes.get(theme)
        if places is not None:
            shared[places] += 1
            weighed[places] += weight
    return shared, weighed / 3, weighed / (own or 1.0), weighed / later.of_themes


def _cohorts(earlier: Matter, later: Page) -> tuple[Numbers, Numbers, Numbers]:
    """Whether they are about the same people, about others, and whether only the later one says about whom."""
    named, same = np.zeros(len(later.matters)), np.zeros(len(later.matters))
    own = set(earlier.statement.cohort)
    for cohort, places in later.cohorts.items():
        named[places] = 1
        if cohort in own:
            same[places] = 1
    other = named * (1 - same) if own else np.zeros(len(named))
    return same, other, named if not own else np.zeros(len(named))


def _before(column: Numbers, later: Page) -> Numbers:
    """The most of the one or two statements of the same part that stand directly before each."""
    found = np.zeros(len(column))
    for back in (1, 2):
        if len(column) > back:
            moved = np.zeros(len(column))
            moved[back:] = column[:-back]
            found = np.maximum(found, np.where(later.run >= back, moved, 0.0))
    return found


def _headings(earlier: Matter, later: Page, known: Meanings) -> Numbers:
    weighed = [math.fsum(map(known.weight, earlier.stems & heading)) / 10 for heading in later.headings]
    return np.array(weighed)[later.part]
