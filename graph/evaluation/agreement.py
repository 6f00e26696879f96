"""How far two readers of the same sentences agree: what a program could reach at the best."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from graph.evaluation.figures import Estimate
from graph.evaluation.label_files import ONE_OF, SCHEMES, LabelFile, Labelled, sentence_key
from graph.evaluation.ledger import Ledger, Rows, divided, drawn, f1


@dataclass(frozen=True, slots=True)
class OfScheme:
    """Agreement on one scheme: the share of sentences with the same answer, Cohen's kappa, F1 of the labels.

    Kappa is what is left of the agreement once what chance alone would give is taken off (1 is full agreement); of
    schemes with several labels a sentence it is over the yes or no to each label that either reader gave anywhere.
    """

    scheme: str
    same: Estimate
    kappa: Estimate
    f1: Estimate


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two label files: how many sentences are in both, in only one of them, and how far they agree."""

    both: int
    only_first: int
    only_second: int
    schemes: tuple[OfScheme, ...]


def agreement(one: LabelFile, other: LabelFile, *, seed: int = 1) -> Agreement:
    """Compare two readers by document and words; of labels, only sentences that both hold for findings."""
    first, second = ({_identity(row): row for row in file.rows} for file in (one, other))
    pairs = [(first[key], second[key]) for key in first if key in second]
    return Agreement(
        len(pairs),
        len(first) - len(pairs),
        len(second) - len(pairs),
        tuple(_scheme(scheme, pairs, seed) for scheme in ("finding", *SCHEMES)),
    )


def _identity(row: Labelled) -> tuple[str, str]:
    return row.document.lower()[:16], sentence_key(row.text)


def _answers(row: Labelled, scheme: str) -> frozenset[str] | None:
    if scheme == "finding":
        return frozenset({"yes" if row.finding else "no"})
    return row.labels.get(scheme) if row.finding else None


def _scheme(scheme: str, pairs: list[tuple[Labelled, Labelled]], seed: int) -> OfScheme:
    ledger = Ledger(seed)
    answers = [(_answers(a, scheme), _answers(b, scheme)) for a, b in pairs]
    given = [(a, b) for a, b in answers if a is not None and b is not None]
    used = sorted(frozenset().union(*(a | b for a, b in given)))
    cells: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for unit, (a, b) in enumerate(given):
        ledger.add(unit, "all")
        ledger.add(unit, "same", float(a == b))
        for kind, count in (("tp", len(a & b)), ("fp", len(b - a)), ("fn", len(a - b))):
            ledger.add(unit, kind, count)
        # one question a sentence, or one for each label
        asked = (
            {"": (_one(a), _one(b))}
            if scheme in ONE_OF or scheme == "finding"
            else {id: (str(id in a), str(id in b)) for id in used}
        )
        for question, cell in asked.items():
            cells[question].add(cell)
            ledger.add(unit, (question, *cell))
    kappas = np.array([_kappa(ledger, question, among) for question, among in sorted(cells.items())])
    count = len(given)
    same = divided(ledger.of("same"), ledger.of("all")) if count else np.full(1, np.nan)
    of_labels = f1(ledger.of("tp"), ledger.of("fp"), ledger.of("fn")) if count else np.full(1, np.nan)
    return OfScheme(
        scheme,
        drawn(same, count),
        drawn(_mean(kappas), count),
        drawn(of_labels, count),
    )


def _one(ids: frozenset[str]) -> str:
    return " ".join(sorted(ids))


def _kappa(ledger: Ledger, question: str, cells: set[tuple[str, str]]) -> Rows:
    labels = sorted({label for cell in cells for label in cell})
    total = sum((ledger.of((question, *cell)) for cell in sorted(cells)), start=np.zeros(1))

    def share(which: int, label: str) -> Rows:
        mine = (ledger.of((question, *cell)) for cell in sorted(cells) if cell[which] == label)
        return divided(sum(mine, start=np.zeros(len(total))), total)

    seen = sum((divided(ledger.of((question, label, label)), total) for label in labels), start=np.zeros(1))
    by_chance = sum((share(0, label) * share(1, label) for label in labels), start=np.zeros(1))
    return divided(seen - by_chance, 1 - by_chance)


def _mean(kappas: Rows) -> Rows:
    """The mean over the questions that more than one answer was given to."""
    if not len(kappas):
        return np.full(1, np.nan)
    told = ~np.isnan(kappas)
    return divided(np.where(told, kappas, 0.0).sum(0), told.sum(0).astype(np.float64))
