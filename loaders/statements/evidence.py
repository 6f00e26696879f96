"""Why a label was given, in words a reader can check: phrases of the vocabulary, and what was learnt of which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from loaders.statements.cues import Found
from loaders.statements.features import LONGEST, Features, runs, token_places
from loaders.statements.model import Model
from loaders.statements.phrases import Match
from loaders.text import Span
from ontology import Concept


@dataclass(frozen=True, slots=True)
class Reason:
    """Words for a person, and the stretches of text that they speak of."""

    words: str
    spans: tuple[Span, ...]


def of_phrases(found: Found, matches: Sequence[Match[Concept]]) -> Reason:
    """The phrases of one concept."""
    said = dict.fromkeys(found.said.words[m.start : m.end] for m in matches)
    named = ", ".join(f"“{words}”" for words in said)
    kind = "phrase" if len(said) == 1 else "phrases"
    return Reason(f"{kind} {named} of {matches[0].value.label}", found.spans(matches))


class LearntReasons:
    """Which words of each sentence spoke most for an answer, by the linear part of what was learnt."""

    def __init__(self, model: Model, features: Features) -> None:
        self._model = model
        self._columns, counts = runs(features.words, features.lengths)
        self._ends = np.cumsum(counts).tolist()
        self._lengths = features.lengths.tolist()
        self._places: dict[int, list[tuple[int, int]]] = {}

    def of(self, row: int, found: Found, answer: int) -> Reason:
        """The run of words that weighs most for the answer, where one weighs anything."""
        count = self._lengths[row] * 3 + 3
        columns = self._columns[self._ends[row] - count : self._ends[row]]
        weights: npt.NDArray[np.int16] = self._model.run_weights[columns, answer]
        best = int(weights.argmax())
        place = _place_of_run(best, self._lengths[row])
        if weights[best] <= 0 or place is None:
            return Reason("learnt from the sentence as a whole", ())
        if row not in self._places:
            self._places[row] = token_places(found.said.words)[:LONGEST]
        places = self._places[row]
        first, last = places[place[0]], places[place[1] - 1]
        words = found.said.words[first[0] : last[1]]
        start = found.said.start
        return Reason(f"learnt, most of all from “{words}”", (Span(start + first[0], start + last[1]),))


def _place_of_run(index: int, length: int) -> tuple[int, int] | None:
    """From which word up to which a run goes; None where it holds an edge of the sentence.

    Of a sentence of n words stand first n+2 single ones with its edges, then n+1 pairs, then n threes.
    """
    for size, count in ((1, length + 2), (2, length + 1), (3, length)):
        if index < count:
            first = index - 1
            return (first, first + size) if first >= 0 and first + size <= length else None
        index -= count
    return None
