"""Teaches whether a reader would draw a link between two statements that are near, from what readers said of such."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from graph.links.candidates import Candidates, Side, candidates, side
from graph.links.identity import identify
from graph.links.learning.weights import asked_of, marked
from graph.links.likeness import Columns, Weights
from graph.links.meaning import Numbers
from graph.links.moments import Moment, moments
from graph.links.outline import Outline
from graph.links.restates import restate
from graph.links.revisits import less_between
from ontology import ID, Vocabulary

READ = Path(__file__).parent / "verdicts.tsv"
"""A later and an earlier statement, by the ends of their IRIs, and what a reader said: 1, 0, or 0.5 where one could."""
_ALSO = 0.8
"""What a sentence counts that a reader of `revisits.jsonl` took to be defensible."""
_OTHER_READER = "other reader"
_WEIGHT = 0.5
_OF_ODDS = 0.5
"""What likeness counts before anything was learnt, and how strongly all else is drawn towards nought."""
_DRAWN_TO_NOUGHT = 80.0
_ROUNDS = 40

Verdicts = dict[tuple[str, str], float]
"""What a reader said, by the IRIs of the later and the earlier statement."""


class Taught(NamedTuple):
    """What is known of some pairs, and what was said of each."""

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


def verdict(labels: Path, outlines: Mapping[str, Outline], vocabulary: Vocabulary) -> Weights:
    """The weights of a verdict; those of likeness must be taught before."""
    every = sorted(outlines.values(), key=lambda one: one.iri)
    identified = {one.subject: one.object for one in identify(every, vocabulary)}
    restated = {one.subject: one.object for one in restate(every, identified)}
    held = moments(every, frozenset(restated), identified)
    own = own_verdicts()
    other = {
        (later, restated.get(earlier, earlier)): said
        for (later, earlier), said in other_verdicts(labels, outlines).items()
    }
    taught = [
        *(_taught(read, sides, own, 0.0) for read, sides in _read(held, own)),
        *(_taught(read, sides, other, 1.0) for read, sides in _read(held, other)),
    ]
    return _regression(taught)


def _read(held: Mapping[str, Sequence[Moment]], said: Verdicts) -> Iterator[tuple[Candidates, tuple[Side, Side]]]:
    """All pairs of moments of which a reader said something."""
    later = {iri for iri, _ in said}
    for of in held.values():
        sides = [side(moment) for moment in of if len(of) > 1]
        for before in sides:
            for after in sides:
                told = any(one.iri in later for one in after.moment.statements)
                if told and before.moment.last < after.moment.first:
                    read = candidates(before, after, less_between(of, before.moment, after.moment))
                    if read is not None:
                        yield read, (before, after)


def _taught(read: Candidates, sides: tuple[Side, Side], said: Verdicts, other: float) -> Taught:
    """The pairs of which something was said."""
    earlier, later = (side.moment.statements for side in sides)
    pairs = zip(read.pairs.places, read.pairs.rows, strict=True)
    told = [said.get((later[place].iri, earlier[row].iri), -1.0) for place, row in pairs]
    known = np.flatnonzero(np.array(told) >= 0)
    columns = {name: column[known] for name, column in read.told.items()}
    columns[_OTHER_READER] = np.full(len(known), other)
    return Taught(columns, np.array(told)[known], np.full(len(known), _WEIGHT if other else 1.0))


def _regression(taught: Sequence[Taught]) -> Weights:
    """Logistic regression; how near the two are counts beforehand, and all else is drawn towards nought."""
    names = sorted(taught[0].told)
    table = np.concatenate([np.column_stack([one.told[name] for name in names]) for one in taught])
    said, counts = (np.concatenate([getattr(one, name) for one in taught]) for name in ("said", "counts"))
    before = _OF_ODDS * table[:, names.index("odds")]
    middle, spread = table.mean(0), table.std(0)
    spread = np.where(spread > 0, spread, np.inf)
    scaled = np.column_stack([(table - middle) / spread, np.ones(len(table))])
    pull = np.append(np.full(len(names), _DRAWN_TO_NOUGHT), 1e-9)
    found = np.zeros(len(names) + 1)
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-before - scaled @ found))
        slope = scaled.T @ (counts * (said - chance)) - pull * found
        curve = (scaled * (counts * chance * (1 - chance))[:, None]).T @ scaled + np.diag(pull)
        found += np.linalg.solve(curve, slope)
    of: dict[str, Any] = dict(zip(names, map(float, found[:-1] / spread), strict=True))
    bias = float(found[-1] - (found[:-1] / spread) @ middle)
    of["odds"] += _OF_ODDS
    del of[_OTHER_READER]
    return Weights(round(bias, 3), {name: round(weight, 3) for name, weight in of.items() if round(weight, 3)})
