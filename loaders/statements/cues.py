"""The vocabulary's phrases in a sentence and its heading, by scheme and concept."""

from __future__ import annotations

import zlib
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
    """The phrases found in one sentence, by scheme and id of what they stand for: "theme/assessment"."""

    said: Said
    matches: dict[str, list[Match[Concept]]]
    heading_counts: dict[str, int]
    """How often those of each concept stand in its heading and the one above."""

    @property
    def counts(self) -> dict[str, int]:
        """How often those of each concept stand in it."""
        return {of: len(found) for of, found in self.matches.items()}

    def of(self, scheme: str, id: str) -> list[Match[Concept]]:
        """The matches in the sentence of one concept, in order of place."""
        return self.matches.get(f"{scheme}/{id}", [])

    def spans(self, matches: Sequence[Match[Concept]]) -> tuple[Span, ...]:
        """Where matches of the sentence stand in the document."""
        start = self.said.start
        places = sorted({(match.start, match.end) for match in matches})
        return tuple(Span(start + first, start + last) for first, last in places)


class Cues:
    """The phrases of all schemes that statements are labelled from, ready to be looked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        concepts = [c for scheme in SCHEMES for c in vocabulary.concepts[scheme].values()]
        self._phrases = Phrases((name, c) for c in concepts for name in names(c))
        self._names = sorted({(c.scheme, " ".join(plain(name).split())) for c in concepts for name in names(c)})
        self._headings: dict[str, dict[str, int]] = {}
        self._unknown: dict[frozenset[int], frozenset[str]] = {}

    def phrases_unknown_to(self, hashes: frozenset[int]) -> frozenset[str]:
        """The phrases of themes and cohorts whose hashes are not among these."""
        if hashes not in self._unknown:
            named = [phrase for scheme, phrase in self._names if scheme in ("theme", "cohort")]
            self._unknown[hashes] = frozenset(phrase for phrase in named if hash_of_phrase(phrase) not in hashes)
        return self._unknown[hashes]

    def find(self, said: Said) -> Found:
        """What is found in the sentence; phrases within longer ones of the same scheme are left out."""
        return Found(said, self._matches(said.words), self._of_heading(f"{said.above}. {said.heading}"))

    def _of_heading(self, heading: str) -> dict[str, int]:
        if heading not in self._headings:
            if len(self._headings) > 2000:
                self._headings.clear()
            self._headings[heading] = {of: len(found) for of, found in self._matches(heading).items()}
        return self._headings[heading]

    def _matches(self, words: str) -> dict[str, list[Match[Concept]]]:
        by_scheme: dict[str, list[Match[Concept]]] = {}
        for match in self._phrases.find(words):
            by_scheme.setdefault(match.value.scheme, []).append(match)
        by_concept: dict[str, list[Match[Concept]]] = {}
        for found in by_scheme.values():
            for match in longest(found):
                by_concept.setdefault(key(match.value), []).append(match)
        return by_concept


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
