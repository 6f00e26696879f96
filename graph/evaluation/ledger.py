"""Counts kept by the unit that they come from, so that any figure made of them has an interval.

The units (documents, where there are enough) are drawn again with replacement, and the figure is made anew of each draw
(the percentile bootstrap of Efron, over clusters): sentences of one document are alike, and an interval over sentences
would be too narrow. Plain shares take Wilson's interval, which does not collapse where all are right.
"""

from __future__ import annotations

import math
from collections.abc import Hashable

import numpy as np
import numpy.typing as npt

from graph.evaluation.figures import Estimate

Rows = npt.NDArray[np.float64]
"""One figure: first as counted, then as drawn."""
_DRAWS = 1000
_Z = 1.959964
FEWEST_UNITS = 20
"""Below so many documents, sentences are drawn in place of documents."""


class Ledger:
    """Amounts by key and unit, to be added to and then read."""

    def __init__(self, seed: int = 1) -> None:
        self._seed = seed
        self._columns: dict[Hashable, int] = {}
        self._units: dict[Hashable, int] = {}
        self._entries: list[tuple[int, int, float]] = []
        self._totals: Rows | None = None

    def add(self, unit: Hashable, key: Hashable, amount: float = 1.0) -> None:
        """Add an amount that this unit brings."""
        column = self._columns.setdefault(key, len(self._columns))
        self._entries.append((self._units.setdefault(unit, len(self._units)), column, amount))

    def of(self, key: Hashable) -> Rows:
        """The sum of a key, counted and drawn."""
        if self._totals is None:
            self._totals = self._draw()
        column = self._columns.get(key)
        return self._totals[:, column] if column is not None else np.zeros(len(self._totals))

    def _draw(self) -> Rows:
        amounts = np.zeros((len(self._units), len(self._columns)))
        for unit, column, amount in self._entries:
            amounts[unit, column] += amount
        count = len(self._units)
        if not count:
            return np.zeros((1 + _DRAWS, 0))
        drawn = np.random.default_rng(self._seed).multinomial(count, np.full(count, 1 / max(1, count)), _DRAWS)
        return np.concatenate([amounts.sum(0)[None, :], drawn @ amounts])


def divided(above: Rows, below: Rows) -> Rows:
    """The quotients; not a number where there is nothing below."""
    result: Rows = np.full(len(above), np.nan)
    np.divide(above, below, out=result, where=below > 0)
    return result


def f1(tp: Rows, fp: Rows, fn: Rows) -> Rows:
    return divided(2 * tp, 2 * tp + fp + fn)


def drawn(rows: Rows, of: int, *, enough: bool = True) -> Estimate:
    """A figure with the interval of its draws; without one where it is of too few to draw from."""
    if math.isnan(rows[0]):
        return Estimate(None, None, None, of)
    if not enough:
        return Estimate(float(rows[0]), None, None, of)
    low, high = np.nanpercentile(rows[1:], [2.5, 97.5]) if not np.isnan(rows[1:]).all() else (rows[0], rows[0])
    return Estimate(float(rows[0]), float(low), float(high), of)


def share(right: float, all: float, of: int, effective: float = 1.0) -> Estimate:
    """A share with Wilson's interval; `effective` is the part of `of` that uneven weights leave (Kish)."""
    if not all or not of:
        return Estimate(None, None, None, of)
    p, n = right / all, of * effective
    middle, below = p + _Z * _Z / (2 * n), 1 + _Z * _Z / n
    half = _Z * math.sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n))
    return Estimate(p, max(0.0, (middle - half) / below), min(1.0, (middle + half) / below), of)
