"""The vocabulary's phrases in a sentence and its heading, by scheme and concept."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.statements.phrases import Match, Phrases, longest, once_a_vocabulary, plain
from loaders.statements.said import Said
from loaders.text import Span
from ontology import Concept, Vocabulary

SCHEMES = ("theme", "cohort", "polarity", "prevalence", "change")
# Concepts whose very name is no word that text would use for them.
_NAMELESS = frozenset({"polarity", "prevalence", "change"})


@dataclass(frozen=True, slots=True)
class Found:
    """The phrases found in one sentence, and how often those of each concept."""

    said: Said
    matches: dict[str, list[Match[Concept]]]
    """By scheme."""
    counts: dict[str, int]
    """By scheme and id, "theme/assessment"."""
    heading_counts: dict[str, int]
    """Of the themes in its heading."""

    def of(self, scheme: str, id: str | None = None) -> list[Match[Concept]]:
        """The matches in the sentence of one scheme or one concept of it, in order of place."""
        of_scheme = self.matches.get(scheme, [])
        return of_scheme if id is None else [match for match in of_scheme if match.value.id == id]

    def spans(self, matches: Sequence[Match[Concept]]) -> tuple[Span, ...]:
        """Where matches of the sentence stand in the document."""
        return tuple(sorted({Span(self.said.start + m.start, self.said.start + m.end) for m in matches}))


class Cues:
    """The phrases of all schemes that statements are labelled from, ready to be looked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        concepts = [c for scheme in SCHEMES for c in vocabulary.concepts[scheme].values()]
        self._phrases = Phrases((name, c) for c in concepts for name in names(c))
        self._headings: dict[str, dict[str, int]] = {}

    def find(self, said: Said) -> Found:
        """What is found in the sentence; phrases within longer ones of the same scheme are left out."""
        matches = self._matches(said.words)
        counts = Counter(key(match.value) for found in matches.values() for match in found)
        return Found(said, matches, counts, self._themes_of_heading(said.heading))

    def _themes_of_heading(self, heading: str) -> dict[str, int]:
        if heading not in self._headings:
            if len(self._headings) > 2000:
                self._headings.clear()
            self._headings[heading] = Counter(key(match.value) for match in self._matches(heading).get("theme", ()))
        return self._headings[heading]

    def _matches(self, words: str) -> dict[str, list[Match[Concept]]]:
        by_scheme: dict[str, list[Match[Concept]]] = {}
        for match in self._phrases.find(words):
            by_scheme.setdefault(match.value.scheme, []).append(match)
        return {scheme: longest(found) for scheme, found in by_scheme.items()}


@once_a_vocabulary
def cues(vocabulary: Vocabulary) -> Cues:
    """The phrases of this vocabulary."""
    return Cues(vocabulary)


def names(concept: Concept) -> tuple[str, ...]:
    """The words by which a concept is recognised."""
    own = () if concept.scheme in _NAMELESS else (concept.label,)
    return (*own, *concept.alt, *concept.hidden, *concept.cues)


@lru_cache(maxsize=1 << 13)
def hash_of_phrase(phrase: str) -> int:
    """By which the learnt part knows the phrases that there were when it was taught."""
    return zlib.crc32(" ".join(plain(phrase).split()).encode())


def key(concept: Concept) -> str:
    """Its scheme and id, by which it is counted."""
    return f"{concept.scheme}/{concept.id}"
