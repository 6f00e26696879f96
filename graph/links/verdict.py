"""Whether a careful reader would draw a link between two statements that are near to each other.

The network in `verdict.npz` was taught by what readers said of such pairs (`graph/links/learning`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from graph.links.aspects import ASPECTS, NAMED, Sides
from graph.links.likeness import Columns
from graph.links.matter import Page, Places
from graph.links.meaning import Meanings, Numbers, meanings

NETWORK = Path(__file__).parent / "verdict.npz"
PRODUCT, CLOSENESS = 8.0, 3.0
"""By how much what the vectors of two statements have in common counts beside standardised columns."""
_WIDE = ("health services", "police", "youth justice", "systems")
"""What is named for too many reasons to tell that two statements are on one matter."""
_THEME = 300.0


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of an earlier and a later statement, by their places in two pages."""

    rows: Places
    places: Places
    odds: Numbers
    """How likely each later statement is on the matter of the earlier one."""

    def __len__(self) -> int:
        return len(self.rows)

    def some(self, which: Places) -> Pairs:
        return Pairs(self.rows[which], self.places[which], self.odds[which])


@dataclass(frozen=True, slots=True)
class Network:
    """What was learnt: `n` columns of `told`, vectors of `d` numbers, and a layer of `h` between them and a verdict."""

    names: tuple[str, ...]
    """The columns, in their order."""
    middle: Numbers
    spread: Numbers
    straight: Numbers
    """Of n + d + 1 inputs: what each counts by itself."""
    hidden: Numbers
    """n + d + 1 inputs by h."""
    hidden_bias: Numbers
    out: Numbers
    bias: float
    vectors: Numbers
    shares: Numbers
    """Of each known stem, by its row: a vector of d whole numbers, and how much it counts, a whole number."""


@lru_cache(maxsize=1)
def network() -> Network:
    """The network as it is installed."""
    with np.load(NETWORK) as kept:
        held = {name: kept[name].astype(np.float64) for name in kept.files if name != "names"}
        names = tuple(str(kept["names"]).split("\n"))
    return Network(names, bias=float(held.pop("bias")), **held)


def directions(page: Page, by: Network) -> Numbers:
    """Of each statement a vector of length 1, or of zeros where no stem is known; the sums in it are exact."""
    sums = ((page.weights > 0) * by.shares[page.rows]) @ by.vectors[page.rows]
    lengths = np.sqrt((sums**2).sum(1, keepdims=True))
    return sums / np.where(lengths > 0, lengths, 1.0)


def verdicts(told: Columns, earlier: Numbers, later: Numbers, by: Network) -> Numbers:
    """The log-odds that a reader would draw each link, to four places; two rows of directions belong to each pair."""
    columns = np.column_stack([told[name] for name in by.names])
    product = earlier * later
    inputs = np.hstack(
        [(columns - by.middle) / by.spread, PRODUCT * product, CLOSENESS * product.sum(1, keepdims=True)]
    )
    odds = inputs @ by.straight + np.tanh(inputs @ by.hidden + by.hidden_bias) @ by.out + by.bias
    rounded: Numbers = np.round(odds, 4)
    return rounded


def told(
    pairs: Pairs,
    pages: tuple[Page, Page],
    of: tuple[Sides, Sides],
    kinds: tuple[Places, Places],
    columns: Columns,
) -> Columns:
    """All that is known of some pairs of an earlier and a later page; `columns` holds what they have in common.

    `kinds` are places in `EARLIER` and `LATER`.
    """
    (earlier, later), (one, other) = pages, of
    aspects = one.aspects[pairs.rows] * other.aspects[pairs.places]
    found = {
        "odds": pairs.odds,
        **columns,
        **{f"both on {name}": aspects[:, place] for place, name in enumerate(ASPECTS)},
        "other aspects": _others(one.aspects[pairs.rows], other.aspects[pairs.places]),
        "other services": _others(one.services[pairs.rows], other.services[pairs.places]),
        "half said": other.half_said[pairs.places],
        "neutral": other.neutral[pairs.places],
        "narrated": one.narrates[pairs.rows],
        "long": one.long[pairs.rows],
        "then long": other.long[pairs.places],
        "then short": other.short[pairs.places],
        **_named(pairs, one, other),
        **_themes(pairs, earlier, later, meanings()),
    }
    return found | _kinds(kinds[0][pairs.rows], kinds[1][pairs.places])


EARLIER = ("recommendation", "action", "weakness", "mixed", "praise")
LATER = ("recommendation", "action", "weakness", "other")
"""What the statements of a document are, as earlier and as later ones."""
_FOLLOWED = ("recommendation", "weakness", "mixed", "praise")
"""Of too few actions it is known what is said later."""


def _kinds(earlier: Places, later: Places) -> Columns:
    """Which kinds of statements follow each other."""
    found = {}
    for place, kind in enumerate(EARLIER):
        found[kind] = (earlier == place).astype(np.float64)
    for place, kind in enumerate(LATER):
        found[f"then {kind}"] = (later == place).astype(np.float64)
    for kind in _FOLLOWED:
        for then in LATER:
            found[f"{kind}, then {then}"] = found[kind] * found[f"then {then}"]
    return found


def _others(one: Numbers, other: Numbers) -> Numbers:
    """Whether both have some and none in common."""
    apart = (one * other).sum(1) == 0
    found: Numbers = (apart & (one.sum(1) > 0) & (other.sum(1) > 0)).astype(np.float64)
    return found


def _named(pairs: Pairs, earlier: Sides, later: Sides) -> Columns:
    """What both name, and what only one does."""
    one, other = earlier.named[pairs.rows], later.named[pairs.places]
    both, alone = one * other, np.abs(one - other)
    found = {f"one names {name}": alone[:, place] for place, name in enumerate(NAMED)}
    return found | {f"both name {name}": both[:, place] for place, name in enumerate(NAMED) if name not in _WIDE}


def _themes(pairs: Pairs, earlier: Page, later: Page, known: Meanings) -> Columns:
    """How rare the rarest theme of both is, and whether they begin with the same theme, and with the same words."""
    rarest, matters = np.zeros(len(pairs)), (earlier.matters, later.matters)
    for theme in earlier.themes.keys() & later.themes.keys():
        has, have = np.zeros(len(earlier.matters)), np.zeros(len(later.matters))
        has[earlier.themes[theme]], have[later.themes[theme]] = 1, 1
        rarest = np.maximum(rarest, has[pairs.rows] * have[pairs.places] * known.theme_weight(theme) / _THEME)
    return {
        "rarest theme": rarest,
        "same first theme": _both(
            pairs, *([frozenset(one.statement.themes[:1]) for one in every] for every in matters)
        ),
        "same first words": _both(pairs, *([one.heads for one in every] for every in matters)),
    }


def _both(pairs: Pairs, earlier: Sequence[frozenset[str]], later: Sequence[frozenset[str]]) -> Numbers:
    """Whether the two of each pair have one in common."""
    common = [not earlier[row].isdisjoint(later[place]) for row, place in zip(pairs.rows, pairs.places, strict=True)]
    return np.array(common, dtype=np.float64)
