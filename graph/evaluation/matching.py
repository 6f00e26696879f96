"""Which finding of the graph says what a labelled sentence says, and why none does."""

from __future__ import annotations

from collections.abc import Sequence

from graph.evaluation.label_files import sentence_key
from graph.evaluation.told import Stated, Told

_LONG_ENOUGH = 30
_HEAD = 50
_AS_LONG = 0.6

NOT_IN_TEXT = "its words do not stand in the text that was read"
NOT_TAKEN = "read, but not taken for a finding"
CUT = "cut otherwise: findings hold a part of it, or more than it"


class Match:
    """The findings of one document, to look sentences up in."""

    def __init__(self, findings: Sequence[Told]) -> None:
        self._findings = sorted(findings, key=lambda one: one.iri)
        self._exact: dict[str, Told] = {}
        for one in self._findings:
            self._exact.setdefault(one.key, one)

    def find(self, words: str) -> Told | None:
        """The finding with the same letters and digits, or else the nearest to them.

        That is one inside the other, the nearest in length; or one with the same beginning and nearly as long.
        """
        key = sentence_key(words)
        if key in self._exact:
            return self._exact[key]
        inside = [
            (abs(len(one.key) - len(key)), one.iri, one)
            for one in self._findings
            if len(one.key) > _LONG_ENOUGH and (key in one.key or one.key in key)
        ]
        if inside:
            return min(inside, key=lambda found: found[:2])[2]
        return next((one for one in self._findings if _nearly(one.key, key)), None)


def _nearly(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    return one[:_HEAD] == other[:_HEAD] and shorter > _AS_LONG * longer


class Letters:
    """A text by its letters and digits, each with its place."""

    def __init__(self, text: str) -> None:
        kept = [(place, letter) for place, letter in enumerate(text.lower()[: len(text)]) if _kept(letter)]
        self._key = "".join(letter for _, letter in kept)
        self._places = [place for place, _ in kept]

    def place(self, words: str) -> tuple[int, int] | None:
        """Where words stand, whatever their spaces and marks."""
        key = sentence_key(words)
        at = self._key.find(key) if key else -1
        return (self._places[at], self._places[at + len(key) - 1] + 1) if at >= 0 else None


def _kept(letter: str) -> bool:
    return "a" <= letter <= "z" or "0" <= letter <= "9"


def why_none(words: str, letters: Letters, stated: Sequence[Stated]) -> str:
    """Why no finding of the document says the sentence."""
    place = letters.place(words)
    if place is None:
        return NOT_IN_TEXT
    kinds = {one.kind for one in stated if one.start < place[1] and one.end > place[0]}
    if "Finding" in kinds:
        return CUT
    return f"taken for {', '.join(sorted(kinds))}" if kinds else NOT_TAKEN
