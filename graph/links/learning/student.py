"""Teaches the network behind linking's verdict, from what readers said and from what a larger model makes of more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from graph.links.learning.network import Examples, Floats, Network, fresh, learnt
from graph.links.learning.regression import Fitted, as_chances, fitted
from graph.links.learning.verdicts import OTHER_READER, Lessons
from graph.links.matter import Places
from graph.links.meaning import Meanings, Numbers

_DRAWN_TO_NOUGHT = 40.0
_OF_READER = 0.6
"""What the log-odds of the larger model count beside those by what is known of a pair."""
_READERS = 2.0
"""How much more than the larger model readers count."""
_STEPS, _HUNDREDTHS, _NEVER = 200.0, 100.0, 1e9
"""Whole numbers in one of a vector and in one of a share; the spread of a column that is the same everywhere."""

Rows = Mapping[str, Places]
"""Of each statement, by its IRI: the rows of its known stems."""


def simple(lessons: Lessons) -> Fitted:
    """The log-odds of a pair by what is known of it."""
    return fitted(_table(lessons.told, sorted(lessons.told)), lessons.said, lessons.counts, _DRAWN_TO_NOUGHT)


def simple_odds(by: Fitted, told: Mapping[str, Numbers]) -> Numbers:
    """What `simple` makes of other pairs, were they read by the reader of `verdicts.tsv`."""
    nobody = np.zeros(len(told["odds"]))
    known = {**told, OTHER_READER: nobody}
    return by.odds(_table(known, sorted(known)))


def guessed(lessons: Lessons, by: Fitted, judged: Numbers) -> Lessons:
    """What a reader would make of pairs that none saw: `judged` are the larger model's log-odds."""
    said = as_chances(simple_odds(by, lessons.told) + _OF_READER * judged)
    return lessons._replace(said=said, counts=np.ones(len(said)))


def teach(own: Lessons, more: Lessons, rows: Rows, known: Meanings, seed: int = 1) -> dict[str, Any]:
    """The arrays of `verdict.npz`: `own` is what readers said, `more` what a larger model makes of other pairs."""
    names = sorted(name for name in own.told if name != OTHER_READER)
    middle, spread = _middle_and_spread(_table(own.told, names))
    every = Lessons(
        (*own.pairs, *more.pairs),
        {name: np.concatenate([own.told[name], more.told[name]]) for name in names},
        np.concatenate([own.said, more.said]),
        np.concatenate([_READERS * own.counts, more.counts]),
    )
    chance = np.random.default_rng(seed)
    table, shares = known.vectors / _STEPS, np.log(known.rarity / _HUNDREDTHS)
    start = fresh(len(names), _small(table), _small(shares), chance)
    found = learnt(start, _examples(every, (_table(every.told, names) - middle) / spread, rows), chance)
    return _arrays(names, middle, spread, found)


def untaught(known: Meanings) -> dict[str, Any]:
    """A network that takes how near two statements are for a verdict."""
    table, shares = known.vectors / _STEPS, np.log(known.rarity / _HUNDREDTHS)
    start = fresh(1, _small(table), _small(shares), np.random.default_rng(0))
    start.straight[0] = 1
    return _arrays(["odds"], np.zeros(1), np.ones(1), start)


def _middle_and_spread(table: Numbers) -> tuple[Numbers, Numbers]:
    spread = table.std(0)
    return table.mean(0), np.where(spread < 1e-6, _NEVER, spread)


def _examples(lessons: Lessons, told: Numbers, rows: Rows) -> Examples:
    statements = sorted({iri for pair in lessons.pairs for iri in pair})
    places = {iri: place for place, iri in enumerate(statements)}
    later, earlier = (np.array([places[pair[side]] for pair in lessons.pairs], dtype=np.int64) for side in (0, 1))
    stems = [rows[iri] for iri in statements]
    return Examples(_small(told), earlier, later, stems, _small(lessons.said), _small(lessons.counts))


def _arrays(names: Sequence[str], middle: Numbers, spread: Numbers, network: Network) -> dict[str, Any]:
    """Vectors and shares as whole numbers, all else as it was learnt."""
    held = network._asdict()
    vectors, shares = held.pop("table") * _STEPS, np.exp(held.pop("shares")) * _HUNDREDTHS
    return {
        "names": np.array("\n".join(names)),
        "middle": _small(middle),
        "spread": _small(spread),
        **held,
        "vectors": np.rint(vectors).clip(-127, 127).astype(np.int8),
        "shares": np.rint(shares).clip(0, np.iinfo(np.int16).max).astype(np.int16),
    }


def _table(told: Mapping[str, Numbers], names: Sequence[str]) -> Numbers:
    return np.column_stack([told[name] for name in names])


def _small(numbers: Numbers) -> Floats:
    return numbers.astype(np.float32)
