"""Logistic regression whose weights are drawn towards nought."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graph.links.meaning import Numbers

_ROUNDS = 40
_HARDLY = 1e-9
"""How strongly the bias is drawn towards nought, and what a column must vary by to count."""


class Fitted(NamedTuple):
    """What each column weighs, and what is added."""

    weights: Numbers
    bias: float

    def odds(self, table: Numbers) -> Numbers:
        """The log-odds of each row."""
        found: Numbers = table @ self.weights + self.bias
        return found


def fitted(table: Numbers, said: Numbers, counts: Numbers, strength: float, before: Numbers | float = 0.0) -> Fitted:
    """The weights of the columns of `table`, of which `strength` draws each to nought.

    `said` are the answers from 0 to 1 and `counts` how much each counts; `before` is added to the log-odds as it is.
    """
    middle, spread = table.mean(0), table.std(0)
    spread = np.where(spread > _HARDLY, spread, np.inf)
    scaled = np.column_stack([(table - middle) / spread, np.ones(len(table))])
    pull = np.append(np.full(table.shape[1], strength), _HARDLY)
    found = np.zeros(table.shape[1] + 1)
    for _ in range(_ROUNDS):
        chance = as_chances(before + scaled @ found)
        slope = scaled.T @ (counts * (said - chance)) - pull * found
        curve = (scaled * (counts * chance * (1 - chance))[:, None]).T @ scaled + np.diag(pull)
        found += np.linalg.solve(curve, slope)
    weights = found[:-1] / spread
    return Fitted(weights, float(found[-1] - weights @ middle))


def as_chances(odds: Numbers) -> Numbers:
    """The chance of each log-odds; nothing is too large for it."""
    found: Numbers = 0.5 + 0.5 * np.tanh(odds / 2)
    return found
