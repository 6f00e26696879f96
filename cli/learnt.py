"""What the learnt part makes of a sentence's own words: how much each speaks for or against a label."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from loaders.statements.features import LONGEST, buckets, runs, token_places, tokens
from loaders.statements.model import Model, model

_LEAST = 0.05
"""In log-odds: a word that adds less is not worth a reader's time."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A word and what it adds to the log-odds of a label by the linear part, heading and neighbours aside."""

    word: str
    log_odds: float


def weights(sentence: str, scheme: str, id: str, *, most: int = 4) -> tuple[Weight, ...]:
    """The words that weigh most for a label or against it, the heaviest first; none where the label was not taught.

    What a run of two or three words adds is shared among them, so that the words together add what the runs do.
    """
    learnt = model()
    column = learnt.answers.column.get((scheme, id))
    words, places = tokens(sentence)[:LONGEST], token_places(sentence)[:LONGEST]
    if column is None or not words:
        return ()
    count = len(words)
    spans = [(k, size) for size in (1, 2, 3) for k in range(-1, count + 2 - size)]
    added: dict[str, float] = defaultdict(float)
    for value, (first, size) in zip(_log_odds(words, scheme, column, learnt), spans, strict=True):
        inside = [place for place in range(first, first + size) if 0 <= place < count]
        for place in inside:
            added[sentence[slice(*places[place])].lower()] += value / len(inside)
    heavy = [Weight(word, round(value, 2)) for word, value in added.items() if abs(value) >= _LEAST]
    return tuple(sorted(heavy, key=lambda one: (-abs(one.log_odds), one.word))[:most])


def _log_odds(words: list[str], scheme: str, column: int, learnt: Model) -> list[float]:
    """What each run adds, in the order in which they are counted: single words with both edges, then twos, threes."""
    hashed = np.array([buckets(word) for word in words], np.int64)
    columns, _ = runs(hashed, np.array([len(words)]))
    rarity = learnt.run_rarity[columns].astype(np.float64)
    length = np.sqrt(max(1.0, float((rarity * rarity).sum())))
    own = learnt.run_weights[columns, column].astype(np.float64) * float(learnt.run_scale[column]) / length
    return [float(value) * learnt.mix[scheme][1] for value in own]
