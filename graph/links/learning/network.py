"""A small network that tells whether a reader would draw a link, and how it learns: by slopes, with Adam's steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from graph.links.learning.regression import as_chances
from graph.links.matter import Places
from graph.links.verdict import CLOSENESS, PRODUCT

Floats = npt.NDArray[Any]
"""Of four bytes while learning, of eight where slopes are checked."""

HIDDEN = 48
_BATCH, _ROUNDS = 256, 4
_PACES, _DECAYS = (3e-3, 3e-3, *[2e-3] * 5), (0.0, 0.0, *[0.02] * 5)
"""How far each part of the network moves at a step, and which share of itself, times that, it loses."""
_WARM = 50
"""Steps until the full pace, from which it falls to `_SLOWEST` of it."""
_SLOWEST = 0.02
_DROPPED = 0.3
_PULL, _PULL_OF_SHARES = 0.2, 0.001
"""How strongly the vectors and the shares of stems are drawn to where they began."""
_SHORTEST = 1e-12
_SLOWLY, _SLOWER, _TINY = 0.9, 0.999, 1e-8
"""How long Adam remembers slopes and their squares, and what it adds to the roots of these."""


class Network(NamedTuple):
    """What it has learnt; the same shape holds slopes."""

    table: Floats
    """The vector of each stem."""
    shares: Floats
    """The logarithm of what each stem weighs."""
    straight: Floats
    bias: Floats
    hidden: Floats
    hidden_bias: Floats
    out: Floats

    def with_each(self, change: Callable[..., Any], *others: Network) -> Network:
        """What becomes of each part together with the same part of others."""
        return Network(*(change(*parts) for parts in zip(self, *others, strict=True)))


@dataclass(frozen=True, slots=True)
class Examples:
    """Pairs of statements with what was said of each."""

    told: Floats
    """What is known of each pair, its columns brought to one spread."""
    earlier: Places
    later: Places
    """Places in `stems`."""
    stems: Sequence[Places]
    """The rows of the known stems of each statement, each once."""
    said: Floats
    """From 0 to 1."""
    counts: Floats

    def some(self, which: Places) -> Examples:
        held = {name: getattr(self, name)[which] for name in ("told", "earlier", "later", "said", "counts")}
        return replace(self, **held)


class Read(NamedTuple):
    """What the network makes of some pairs on its way to an answer."""

    weighed: Floats
    """What each stem weighs in all earlier statements, then in all later ones."""
    lengths: Floats
    units: Floats
    """Their vectors, of length 1."""
    inputs: Floats
    inner: Floats


def fresh(columns: int, table: Floats, shares: Floats, chance: np.random.Generator) -> Network:
    """A network that knows only the stems as they are given."""
    inputs = columns + table.shape[1] + 1
    reach = inputs**-0.5
    parts = (
        np.zeros(inputs),
        np.zeros(()),
        chance.uniform(-reach, reach, (inputs, HIDDEN)),
        chance.uniform(-reach, reach, HIDDEN),
        np.zeros(HIDDEN),
    )
    return Network(table, shares, *(part.astype(table.dtype) for part in parts))


def read(network: Network, pairs: Examples) -> Read:
    number = len(pairs.said)
    stems = [pairs.stems[place] for place in (*pairs.earlier, *pairs.later)]
    weighed = np.zeros((len(stems), len(network.table)), dtype=network.table.dtype)
    rows, owners = np.concatenate(stems), np.repeat(np.arange(len(stems)), [len(one) for one in stems])
    weighed[owners, rows] = np.exp(network.shares)[rows]
    sums = weighed @ network.table
    lengths = np.maximum(np.sqrt((sums**2).sum(1, keepdims=True)), _SHORTEST)
    units = sums / lengths
    products = units[:number] * units[number:]
    inputs = np.concatenate([pairs.told, PRODUCT * products, CLOSENESS * products.sum(1, keepdims=True)], axis=1)
    return Read(weighed, lengths, units, inputs, np.tanh(inputs @ network.hidden + network.hidden_bias))


def answers(network: Network, seen: Read, kept: Floats | float = 1.0) -> Floats:
    """The log-odds of each pair."""
    found: Floats = seen.inputs @ network.straight + (seen.inner * kept) @ network.out + network.bias
    return found


def slopes(network: Network, pairs: Examples, start: Network, kept: Floats | float = 1.0) -> Network:
    """How what is to become small grows with each part; `kept` is what of the inner layer is not dropped.

    That is how wrong the answers are (the mean of their cross-entropy), and how far the stems are from their start.
    """
    seen, number = read(network, pairs), len(pairs.said)
    wrong = pairs.counts * (as_chances(answers(network, seen, kept)) - pairs.said) / number
    inner = wrong[:, None] * network.out * kept * (1 - seen.inner**2)
    inputs = wrong[:, None] * network.straight + inner @ network.hidden.T
    products = PRODUCT * inputs[:, -1 - seen.units.shape[1] : -1] + CLOSENESS * inputs[:, -1:]
    units = np.concatenate([products * seen.units[number:], products * seen.units[:number]])
    sums = (units - seen.units * (units * seen.units).sum(1, keepdims=True)) / seen.lengths
    table = seen.weighed.T @ sums
    moved, stems = network.table - start.table, len(network.table)
    return Network(
        table=table + 2 * _PULL / stems * moved,
        shares=(table * network.table).sum(1) + 2 * _PULL_OF_SHARES / stems * (network.shares - start.shares),
        straight=seen.inputs.T @ wrong,
        bias=wrong.sum(),
        hidden=seen.inputs.T @ inner,
        hidden_bias=inner.sum(0),
        out=(seen.inner * kept).T @ wrong,
    )


def learnt(start: Network, pairs: Examples, chance: np.random.Generator, rounds: int = _ROUNDS) -> Network:
    """What becomes of a network that sees all pairs so many times."""
    kind = start.table.dtype
    network, nought = start, start.with_each(np.zeros_like)
    slope, square = nought, nought
    for step, pace, which in _steps(len(pairs.said), rounds, chance):
        kept = ((chance.random((len(which), HIDDEN)) >= _DROPPED) / (1 - _DROPPED)).astype(kind)
        now = slopes(network, pairs.some(which), start, kept)
        slope = slope.with_each(lambda old, new: _SLOWLY * old + (1 - _SLOWLY) * new, now)
        square = square.with_each(lambda old, new: _SLOWER * old + (1 - _SLOWER) * new**2, now)
        network = _moved(network, slope, square, step, pace)
    return network.with_each(lambda part: np.asarray(part, dtype=kind))


def _steps(number: int, rounds: int, chance: np.random.Generator) -> Iterator[tuple[int, float, Places]]:
    """The number of each step from 1, which share of its pace it has, and which pairs it sees."""
    every, step = rounds * -(-number // _BATCH), 0
    for _ in range(rounds):
        order = chance.permutation(number)
        for begin in range(0, number, _BATCH):
            step += 1
            yield step, min(1.0, step / _WARM) * max(_SLOWEST, 1 - step / every), order[begin : begin + _BATCH]


def _moved(network: Network, slope: Network, square: Network, step: int, pace: float) -> Network:
    """The network after one step."""
    old, older = 1 - _SLOWLY**step, 1 - _SLOWER**step
    moves = slope.with_each(lambda mean, root: mean / old / (np.sqrt(root / older) + _TINY), square)
    parts = zip(network, moves, _PACES, _DECAYS, strict=True)
    return Network(*(part - of * pace * (move + decay * part) for part, move, of, decay in parts))
