"""How surely later statements are on the matter of earlier ones, by what the two have in common.

The weights in `likeness.json` were learnt from what readers found to have become of the recommendations of four
authorities, each authority measured with what the other three taught (`graph/links/learning`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from graph.links.matter import Page, Places
from graph.links.meaning import STEPS, Meanings, Numbers, meanings

WEIGHTS = Path(__file__).parent / "likeness.json"

GROUNDS = 4
"""So many weaknesses of its own report are taken for what a recommendation rests on."""
_DOUBT = 0.5
"""How much weight speaks for there being no grounds at all."""
_SURE_GROUND = 1.5
OTHER_THEMES = 2.0
"""What it takes away that both have themes and none in common: contact in family time is not that at the front door."""
_TOGETHER = 300.0
_THOUSAND = 1000.0
_MILLION = 1e6

_KEPT = ("alone", "grounded")

Columns = dict[str, Numbers]
"""By name: what each earlier statement (row) and each later one (column) have in common."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much, by the name of the column."""

    bias: float
    of: dict[str, float]


@lru_cache(maxsize=1)
def weights() -> tuple[Weights, Weights]:
    """Those for any two statements, and those for what was asked for together with its grounds."""
    held = json.loads(WEIGHTS.read_text(encoding="utf8"))
    alone, grounded = (Weights(held[name]["bias"], held[name]["weights"]) for name in _KEPT)
    return alone, grounded


def likenesses(columns: Columns, by: Weights) -> Numbers:
    """The log-odds that the later statement is on the matter of the earlier one, to four places."""
    odds = by.bias - OTHER_THEMES * columns["other themes"]
    for name, weight in by.of.items():
        odds += weight * columns[name]
    rounded: Numbers = np.round(odds, 4)
    return rounded


def shared(earlier: Page, later: Page, known: Meanings | None = None) -> Columns:
    """What all pairs of an earlier and a later statement have in common."""
    known = known or meanings()
    meaning = earlier.sums @ later.sums.T / (earlier.lengths[:, None] * later.lengths[None, :])
    themes, weighed = _themes(earlier, later, known)
    again, back = _covered(earlier, later, known), _covered(later, earlier, known).T
    same, other, added = _cohorts(earlier, later)
    of_earlier = weighed / earlier.of_themes[:, None]
    return {
        "meaning": meaning,
        "said again": again,
        "says again": back,
        "words": _words(earlier, later),
        "same cohort": same,
        "other cohort": other,
        "cohort added": added,
        "themes": weighed / _TOGETHER,
        "themes of earlier": of_earlier,
        "themes of later": weighed / later.of_themes[None, :],
        "other themes": (themes == 0) * _have(earlier)[:, None] * _have(later)[None, :],
        "meaning before": _before(meaning, later.run),
        "themes before": _before(themes, later.run),
        "meaning after": _after(meaning, later.run),
        "said again after": _after(again, later.run),
        "says again after": _after(back, later.run),
        "themes after": _after(of_earlier, later.run),
        "heading": _headings(earlier, later, known),
        "looks back": np.broadcast_to(later.looks_back, meaning.shape),
    }


_OF_GROUNDS = ("meaning", "said again", "words", "themes of later")


def grounded(columns: Columns, asked: Places, grounds: Numbers) -> Columns:
    """The rows of what was asked for, and beside them what the later statements have in common with its grounds.

    `grounds` says for each row asked and each earlier statement how surely the former rests on the latter.
    """
    found = {name: column[asked] for name, column in columns.items()}
    for name in _OF_GROUNDS:
        mean, most = np.zeros(found[name].shape), np.zeros(found[name].shape)
        for row, chances in enumerate(grounds):
            places = np.flatnonzero(chances)
            of = columns[name][places]
            chance = chances[places][:, None]
            mean[row] = _summed(of * chance) / (_summed(chance) + _DOUBT)
            most[row] = (of * np.minimum(1.0, _SURE_GROUND * chance)).max(0, initial=0.0)
        found[f"{name}, grounds"], found[f"{name}, any ground"] = mean, most
    return found


def chances(odds: Numbers, possible: Places) -> Numbers:
    """How surely each row rests on the few statements that are likeliest, of those that are possible; else nought."""
    found = np.zeros(odds.shape)
    for row, of in enumerate(odds):
        best = possible[np.argsort(-of[possible], kind="stable")[:GROUNDS]]
        found[row, best] = np.round(1 / (1 + np.exp(-of[best])), 4)
    return found


def _summed(rows: Numbers) -> Numbers:
    """The rows added one after the other, so that every machine adds them in one order."""
    total = np.zeros(rows.shape[1:])
    for row in rows:
        total = total + row
    return total


def _words(earlier: Page, later: Page) -> Numbers:
    """The cosine of their terms."""
    common = np.intersect1d(earlier.terms, later.terms)
    return _of_terms(earlier, common) @ _of_terms(later, common).T / _MILLION


def _of_terms(page: Page, terms: Places) -> Numbers:
    """How much each of the terms weighs in each statement."""
    held = np.isin(page.terms, terms)
    found = np.zeros((len(page.matters), len(terms)))
    found[page.owners[held], np.searchsorted(terms, page.terms[held])] = page.shares[held]
    return found


def _covered(one: Page, other: Page, known: Meanings) -> Numbers:
    """How much of the first ones' words the second ones have, a word that is near counting in part."""
    found = np.zeros((len(one.matters), len(other.matters)))
    if len(one.rows) and len(other.filled):
        near = known.near[other.rows[:, None], one.rows[None, :]]
        best = np.maximum.reduceat(near[other.said], other.starts, axis=0).astype(np.float32)
        # the sums stay below 2 to the power of 24: whole numbers that are exact with half the digits, too
        found[:, other.filled] = one.weights.astype(np.float32) @ best.T
    return found / (STEPS * one.total[:, None])


def _themes(earlier: Page, later: Page, known: Meanings) -> tuple[Numbers, Numbers]:
    """How many themes they share, and what these weigh."""
    shared, weighed = (np.zeros((len(earlier.matters), len(later.matters))) for _ in range(2))
    for theme in sorted(earlier.themes.keys() & later.themes.keys()):
        where = np.ix_(earlier.themes[theme], later.themes[theme])
        shared[where] += 1
        weighed[where] += known.theme_weight(theme)
    return shared, weighed


def _have(page: Page) -> Numbers:
    return np.array([float(bool(one.statement.themes)) for one in page.matters])


def _cohorts(earlier: Page, later: Page) -> tuple[Numbers, Numbers, Numbers]:
    """Whether they are about the same people, about others, and whether only the later one says about whom."""
    same = np.zeros((len(earlier.matters), len(later.matters)))
    for cohort in earlier.cohorts.keys() & later.cohorts.keys():
        same[np.ix_(earlier.cohorts[cohort], later.cohorts[cohort])] = 1
    before, after = (np.array([float(bool(one.statement.cohort)) for one in of.matters]) for of in (earlier, later))
    return same, before[:, None] * after * (1 - same), (1 - before)[:, None] * after


def _before(columns: Numbers, run: Places) -> Numbers:
    """The most of the one or two statements of the same part that stand directly before each."""
    found = np.zeros(columns.shape)
    for back in (1, 2):
        moved = np.where(run[back:] >= back, columns[:, :-back], 0.0)
        found[:, back:] = np.maximum(found[:, back:], moved)
    return found


def _after(columns: Numbers, run: Places) -> Numbers:
    """What the statement has that directly follows in the same part."""
    found = np.zeros(columns.shape)
    found[:, :-1] = np.where(run[1:] >= 1, columns[:, 1:], 0.0)
    return found


def _headings(earlier: Page, later: Page, known: Meanings) -> Numbers:
    weighed = [
        [sum(map(known.weight, one.stems & heading)) / _THOUSAND for heading in later.headings]
        for one in earlier.matters
    ]
    return np.array(weighed)[:, later.part]
