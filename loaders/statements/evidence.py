"""Why a label was given, in words a reader can check: phrases of the vocabulary, and what was learnt of which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.statements.cues import Found
from loaders.statements.features import Integers, Runs, token_places
from loaders.statements.model import Model
from loaders.statements.phrases import Match
from loaders.text import Span
from ontology import Concept


@dataclass(frozen=True, slots=True)
class Reason:
    """Words for a person, and the stretches of text that they speak of."""

    words: str
    spans: tuple[Span, ...]


_AS_A_WHOLE = Reason("learnt from the sentence as a whole", ())


def of_phrases(found: Found, matches: Sequence[Match[Concept]]) -> Reason:
    """The phrases of one concept."""
    words, start, of = found.said.words, found.said.start, matches[0].value.label
    if len(matches) == 1:
        first, last = matches[0][:2]
        return Reason(f"phrase “{words[first:last]}” of {of}", (Span(start + first, start + last),))
    places = sorted({match[:2] for match in matches})
    said = dict.fromkeys([words[first:last] for first, last in places])
    kind = "phrase" if len(said) == 1 else "phrases"
    spans = tuple([Span(start + first, start + last) for first, last in places])
    return Reason(f"{kind} “{'”, “'.join(said)}” of {of}", spans)


class LearntReasons:
    """Which words of each sentence spoke most for an answer, by the linear part of what was learnt."""

    def __init__(self, model: Model, lengths: Integers, runs: Runs) -> None:
        columns, counts = runs
        self._weights, width = model.run_weights.ravel(), model.run_weights.shape[1]
        self._first = columns * width
        self._ends = counts.cumsum().tolist()
        self._lengths = lengths.tolist()
        self._places: dict[int, list[tuple[int, int]]] = {}

    def of(self, row: int, found: Found, answer: int) -> Reason:
        """The run of words that weighs most for the answer, where one weighs anything."""
        length, end = self._lengths[row], self._ends[row]
        weights = self._weights.take(self._first[end - length * 3 - 3 : end] + answer)
        best = int(weights.argmax())
        place = _place_of_run(best, length)
        if weights[best] <= 0 or place is None:
            return _AS_A_WHOLE
        if row not in self._places:
            self._places[row] = token_places(found.said.words)
        places = self._places[row]
        first, last = places[place[0]][0], places[place[1] - 1][1]
        start = found.said.start
        words = found.said.words[first:last]
        return Reason(f"learnt, most of all from “{words}”", (Span(start + first, start + last),))


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
