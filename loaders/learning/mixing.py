"""How the two learnt parts are weighed against each other, so that their chances are true and their answers good."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.optimize

from loaders.statements.answers import EXCLUSIVE, Answers
from loaders.statements.model import Exact

STEADY = 10.0
"""How strongly an answer's own offset is held to zero, in sentences."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """For each group of answers the factors of the network and of the runs of words; an offset for each answer."""

    factors: dict[str, tuple[float, float]]
    offsets: Exact


def mix(network: Exact, runs: Exact, wanted: Exact, answers: Answers) -> Mixture:
    """The mixture that fits best; what no finding says is left out."""
    factors, offsets = {}, np.zeros(answers.width)
    finding = wanted[:, answers.columns["polarity"]][:, -1] < 0.5
    for name, where in answers.columns.items():
        rows = np.ones_like(finding) if name == "polarity" else finding
        of_network, of_runs, true = (whole[rows][:, where] for whole in (network, runs, wanted))
        factors[name], offsets[where] = mixture(of_network, of_runs, true, name)
    return Mixture(factors, offsets)


def sharpened(found: Mixture, network: Exact, runs: Exact, wanted: Exact, answers: Answers) -> Mixture:
    """The mixture made as sure, group by group, as it should be of sentences such as these.

    Those that a classifier was unsure of, from which it is found, are harder than what documents hold.
    """
    factors, offsets = dict(found.factors), found.offsets.copy()
    finding = wanted[:, answers.columns["polarity"]][:, -1] < 0.5
    for name, where in answers.columns.items():
        rows = np.ones_like(finding) if name == "polarity" else finding
        of_network, of_runs = found.factors[name]
        odds = (of_network * network + of_runs * runs + found.offsets)[rows][:, where]
        by = _sharpness(odds, wanted[rows][:, where], name)
        factors[name], offsets[where] = (of_network * by, of_runs * by), offsets[where] * by
    return Mixture(factors, offsets)


def _sharpness(odds: Exact, wanted: Exact, name: str) -> float:
    def loss(log_by: float) -> float:
        return _shares(odds * np.exp(log_by), wanted, name)[1] + STEADY * log_by**2

    return float(np.exp(scipy.optimize.minimize_scalar(loss, bounds=(-1, 1), method="bounded").x))


def mixed(found: Mixture, network: Exact, runs: Exact, answers: Answers) -> Exact:
    """The chances of a mixture."""
    chances = np.zeros_like(network)
    for name, where in answers.columns.items():
        of_network, of_runs = found.factors[name]
        odds = of_network * network[:, where] + of_runs * runs[:, where] + found.offsets[where]
        chances[:, where] = _shares(odds, np.zeros_like(odds), name)[0]
    return chances


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
    steps = [float(x) for x in np.round(np.arange(0.2, 0.81, 0.01), 2)]
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


def figures(
    chances: Exact, wanted: Exact, answers: Answers, cuts: dict[str, float], alternative: Exact | None = None
) -> dict[str, float]:
    """How good the chances and cuts are: the measures that the project reports; -1 where no polarity is as good."""
    where = answers.columns
    finding = wanted[:, where["polarity"]][:, -1] < 0.5
    given, want = chances[finding], wanted[finding]
    best = given[:, where["polarity"]][:, :-1]
    sure, said = best.max(1) / best.sum(1), best.argmax(1)
    right = said == want[:, where["polarity"]].argmax(1)
    if alternative is not None:
        right |= said == alternative[finding]
    themes, true_themes = given[:, where["theme"]], want[:, where["theme"]]
    chosen = chosen_themes(themes, cuts["theme"])
    known = true_themes.sum(0) >= 3
    result = {
        "sentences": float(len(chances)),
        "finding or not": ((chances[:, where["polarity"]][:, -1] < 0.5) == finding).mean(),
        "polarity": right.mean(),
        "calibration error of polarity": calibration_error(sure, right),
        "themes F1": f1(true_themes, chosen),
        "themes macro F1": np.mean([f1(true_themes[:, [i]], chosen[:, [i]]) for i in np.flatnonzero(known)]),
        "calibration error of themes": calibration_error(themes[chosen > 0], true_themes[chosen > 0] > 0.5),
        "cohort F1": f1(want[:, where["cohort"]], (given[:, where["cohort"]] >= cuts["cohort"]).astype(np.float64)),
    }
    for name in ("prevalence", "change"):
        result[f"{name} F1"] = f1(want[:, where[name]][:, 1:], chosen_one(given[:, where[name]], cuts[name]))
    return {name: round(float(value), 4) for name, value in result.items()}


def calibration_error(confidences: Exact, right: npt.NDArray[np.bool_]) -> float:
    """The expected calibration error over ten equal bins."""
    bins = np.minimum((confidences * 10).astype(int), 9)
    gaps = [abs(float(confidences[bins == i].sum() - right[bins == i].sum())) for i in range(10)]
    return sum(gaps) / max(1, len(confidences))
