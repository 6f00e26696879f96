"""How the two learnt parts are weighed against each other, so that their chances are true and their answers good."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import scipy.optimize

from loaders.answers import EXCLUSIVE, Answers
from loaders.model import Exact

STEADY = 10.0
"""How strongly an answer's own offset is held to zero, in sentences."""


def mixture(network: Exact, runs: Exact, wanted: Exact, name: str) -> tuple[tuple[float, float], Exact]:
    """The two factors and the offsets under which one group's chances fit best what was wanted."""
    width = wanted.shape[1]

    def loss(x: Exact) -> tuple[float, Exact]:
        odds = x[0] * network + x[1] * runs + x[2:]
        share, lost = _shares(odds, wanted, name)
        error = share - wanted
        slope = np.concatenate([[(error * network).sum(), (error * runs).sum()], error.sum(0) + STEADY * x[2:]])
        return lost + 0.5 * STEADY * float((x[2:] ** 2).sum()), slope

    start = np.concatenate([[1.0, 0.5], np.zeros(width)])
    best: Exact = scipy.optimize.minimize(loss, start, jac=True, method="L-BFGS-B").x
    return (float(best[0]), float(best[1])), best[2:]


def _shares(odds: Exact, wanted: Exact, name: str) -> tuple[Exact, float]:
    if name in EXCLUSIVE:
        shifted = odds - odds.max(1, keepdims=True)
        logs = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
        return np.exp(logs), -float((wanted * logs).sum())
    lost = np.maximum(odds, 0) - odds * wanted + np.log1p(np.exp(-np.abs(odds)))
    return 1 / (1 + np.exp(-odds)), float(lost.sum())


def best_cut(measure: Callable[[float], float], cuts: Iterable[float]) -> float:
    """The cut with the greatest measure."""
    return max(cuts, key=lambda cut: (measure(cut), -cut))


def f1(wanted: Exact, given: Exact) -> float:
    """The harmonic mean of precision and recall over all cells."""
    both = float(((wanted > 0.5) & (given > 0.5)).sum())
    return 2 * both / max(1.0, float((wanted > 0.5).sum() + (given > 0.5).sum()))


def chosen_themes(chances: Exact, cut: float, most: int = 4) -> Exact:
    """1 for the likeliest theme and up to three more that reach the cut."""
    place = (-chances).argsort(1, kind="stable").argsort(1, kind="stable")
    result: Exact = ((place == 0) | ((chances >= cut) & (place < most))).astype(np.float64)
    return result


def chosen_one(chances: Exact, cut: float) -> Exact:
    """1 for the likeliest of the answers after the first where the first, that there is none, is less than the cut."""
    result = np.zeros_like(chances)
    best = chances[:, 1:].argmax(1) + 1
    result[np.arange(len(chances)), best] = chances[:, 0] < cut
    return result[:, 1:]


def cuts_of(chances: Exact, wanted: Exact, answers: Answers) -> dict[str, float]:
    """For each group the cut that gives the best F1 (of sentences that are findings)."""
    where, finding = answers.columns, wanted[:, answers.columns["polarity"]][:, -1] < 0.5
    steps = [float(x) for x in np.round(np.arange(0.2, 0.71, 0.01), 2)]
    given, want = chances[finding], wanted[finding]

    def part(rows: Exact, name: str) -> Exact:
        return rows[:, where[name]]

    measures: dict[str, Callable[[float], float]] = {
        "theme": lambda cut: f1(part(want, "theme"), chosen_themes(part(given, "theme"), cut)),
        "cohort": lambda cut: f1(part(want, "cohort"), (part(given, "cohort") >= cut).astype(np.float64)),
        "prevalence": lambda cut: f1(part(want, "prevalence")[:, 1:], chosen_one(part(given, "prevalence"), cut)),
        "change": lambda cut: f1(part(want, "change")[:, 1:], chosen_one(part(given, "change"), cut)),
    }
    return {name: best_cut(measure, steps) for name, measure in measures.items()}
