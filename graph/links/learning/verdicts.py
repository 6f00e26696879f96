"""What readers said of pairs of statements, and what linking knows of these and of the pairs that no one read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from graph.links.candidates import Candidates, Side, candidates, side
from graph.links.identity import identify
from graph.links.learning.weights import asked_of, marked
from graph.links.likeness import Columns
from graph.links.meaning import Numbers
from graph.links.moments import Moment, moments
from graph.links.outline import Outline
from graph.links.restates import restate
from graph.links.revisits import less_between
from graph.links.verdict import EARLIER
from ontology import ID, Vocabulary

READ = Path(__file__).parent / "verdicts.tsv"
"""A later and an earlier statement, by the ends of their IRIs, and what a reader said: 1, 0, or 0.5 where one could."""
OTHER_READER = "other reader"
"""A column of what is known of a pair while learning: readers differ in how much they call a link."""
_ALSO = 0.8
"""What a sentence counts that a reader of `revisits.jsonl` took to be defensible."""
_OTHER = 0.5
"""What a verdict counts that is only implied."""
_PRAISE = 0.4
"""How many pairs that begin with praise are taken for each other one."""
_LIKELY = ((0.0, 0.9), (-1.0, 0.4), (-np.inf, 0.09))
"""Of pairs with at least such log-odds, which share is taken."""

Pair = tuple[str, str]
"""The IRIs of the later and the earlier statement."""
Verdicts = dict[Pair, float]
Moments = Mapping[str, Sequence[Moment]]
"""By authority, in the order of time."""


class Said(NamedTuple):
    """All that readers said; of a pair that both tell of, the first counts."""

    own: Verdicts
    implied: Verdicts

    def of(self, pair: Pair) -> float | None:
        return self.own.get(pair, self.implied.get(pair))


class Lessons(NamedTuple):
    """Pairs, what is known of each, what was said of it from 0 to 1, and how much that counts."""

    pairs: tuple[Pair, ...]
    told: Columns
    said: Numbers
    counts: Numbers


def own_verdicts() -> Verdicts:
    rows = (line.split("\t") for line in READ.read_text(encoding="utf8").splitlines())
    return {(f"{ID}document/{later}", f"{ID}document/{earlier}"): float(said) for later, earlier, said in rows}


def other_verdicts(labels: Path, outlines: Mapping[str, Outline]) -> Verdicts:
    """Those that `revisits.jsonl` implies."""
    found: Verdicts = {}
    for line in labels.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        asked = asked_of(row, outlines[row["earlier"]])
        after = [one for one in outlines[row["later"]].statements if one.kind != "action"]
        if asked is not None:
            said = np.maximum(marked(row["core"], after), _ALSO * marked(row["also"], after))
            found.update(((one.iri, asked.iri), float(value)) for one, value in zip(after, said, strict=True))
    return found


def read(labels: Path, outlines: Mapping[str, Outline], vocabulary: Vocabulary) -> tuple[Moments, Said]:
    """The moments of all authorities, and what readers said of statements of them."""
    every = sorted(outlines.values(), key=lambda one: one.iri)
    identified = {one.subject: one.object for one in identify(every, vocabulary)}
    restated = {one.subject: one.object for one in restate(every, identified)}
    implied = {
        (later, restated.get(earlier, earlier)): said
        for (later, earlier), said in other_verdicts(labels, outlines).items()
    }
    return moments(every, frozenset(restated), identified), Said(own_verdicts(), implied)


def lessons(held: Moments, said: Said) -> Lessons:
    """The candidates of which a reader said something."""
    later = {iri for of in said for iri, _ in of}
    return _joined([_of_readers(one, sides, said) for one, sides in _compared(held, later)])


def others(held: Moments, odds: Callable[[Columns], Numbers], seed: int = 5) -> Lessons:
    """Some of all candidates, the likelier by their `odds` the more of them; nothing is said of them yet."""
    chance = np.random.default_rng(seed)
    return _joined([_some(one, sides, odds, chance) for one, sides in _compared(held, None)])


def _compared(held: Moments, later: set[str] | None) -> Iterator[tuple[Candidates, tuple[Side, Side]]]:
    """All pairs of an earlier and a later moment, or those of which the later one has one of some statements."""
    for of in held.values():
        sides = [side(moment) for moment in of if len(of) > 1]
        for before in sides:
            for after in sides:
                wanted = later is None or any(one.iri in later for one in after.moment.statements)
                if wanted and before.moment.last < after.moment.first:
                    found = candidates(before, after, less_between(of, before.moment, after.moment))
                    if found is not None:
                        yield found, (before, after)


def _of_readers(found: Candidates, sides: tuple[Side, Side], said: Said) -> Lessons:
    pairs = _pairs(found, sides)
    known = [(place, verdict) for place, pair in enumerate(pairs) if (verdict := said.of(pair)) is not None]
    which = [place for place, _ in known]
    own = np.array([pairs[place] in said.own for place in which], dtype=bool)
    told = _of(found.told, which) | {OTHER_READER: (~own).astype(np.float64)}
    verdicts = np.array([verdict for _, verdict in known], dtype=np.float64)
    return Lessons(tuple(pairs[place] for place in which), told, verdicts, np.where(own, 1.0, _OTHER))


def _some(
    found: Candidates, sides: tuple[Side, Side], odds: Callable[[Columns], Numbers], chance: np.random.Generator
) -> Lessons:
    of = odds(found.told)
    share = np.select([of > least for least, _ in _LIKELY], [share for _, share in _LIKELY])
    praised = sides[0].before[found.pairs.rows] == EARLIER.index("praise")
    which = np.flatnonzero(chance.random(len(of)) < share * np.where(praised, _PRAISE, 1.0)).tolist()
    pairs, nothing = _pairs(found, sides), np.zeros(len(which))
    return Lessons(tuple(pairs[place] for place in which), _of(found.told, which), nothing, nothing)


def _pairs(found: Candidates, sides: tuple[Side, Side]) -> list[Pair]:
    earlier, later = (side.moment.statements for side in sides)
    places = zip(found.pairs.places, found.pairs.rows, strict=True)
    return [(later[place].iri, earlier[row].iri) for place, row in places]


def _of(told: Columns, which: Sequence[int]) -> Columns:
    places = np.array(which, dtype=np.int64)
    return {name: column[places] for name, column in told.items()}


def _joined(every: Sequence[Lessons]) -> Lessons:
    return Lessons(
        tuple(pair for one in every for pair in one.pairs),
        {name: np.concatenate([one.told[name] for one in every]) for name in every[0].told},
        np.concatenate([one.said for one in every]),
        np.concatenate([one.counts for one in every]),
    )
