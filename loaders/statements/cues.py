"""The vocabulary's phrases in a sentence and its heading, by scheme and concept."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from loaders.statements.phrases import Match, Phrases, once_a_vocabulary, plain
from loaders.statements.said import Said
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


class Cues:
    """The phrases of all schemes that statements are labelled from, ready to be looked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        concepts = [c for scheme in SCHEMES for c in vocabulary.concepts[scheme].values()]
        self._named = [(name, c) for c in concepts for name in names(c)]
        self._phrases = Phrases(self._named)
        self._keys = {concept.iri: key(concept) for concept in concepts}
        self._headings: dict[str, dict[str, int]] = {}
        self._added: dict[frozenset[int], Phrases[Concept] | None] = {}

    def added_since(self, hashes: frozenset[int]) -> Phrases[Concept] | None:
        """The phrases that were given to their concept when its hashes were not among these; None where all were."""
        if hashes not in self._added:
            new = [(name, concept) for name, concept in self._named if hash_of_phrase(key(concept), name) not in hashes]
            self._added[hashes] = Phrases(new) if new else None
        return self._added[hashes]

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
        """By concept; they come in order of place, longer ones first, so that the last kept is all to compare with."""
        found: dict[str, list[Match[Concept]]] = {}
        last: dict[str, tuple[int, int]] = {}
        phrases = self._phrases
        for start, stop, index in phrases.places(words):
            place = (start, -stop)
            for concept in phrases.meanings(index):
                kept = last.get(concept.scheme)
                if kept is None or -stop > kept[1] or place == kept:
                    last[concept.scheme] = place
                    match = Match(start, -stop, phrases.phrase(index), concept)
                    found.setdefault(self._keys[concept.iri], []).append(match)
        return found


@once_a_vocabulary
def cues(vocabulary: Vocabulary) -> Cues:
    """The phrases of this vocabulary."""
    return Cues(vocabulary)


def names(concept: Concept) -> tuple[str, ...]:
    """The words by which a concept is recognised."""
    own = () if concept.scheme in _NAMELESS else (concept.label,)
    return (*own, *concept.alt, *concept.hidden, *concept.cues)


def hash_of_phrase(of: str, phrase: str) -> int:
    """By which the learnt part knows the phrases that a concept had when it was taught."""
    return zlib.crc32(f"{of} {' '.join(plain(phrase).split())}".encode())


def key(concept: Concept) -> str:
    """Its scheme and id, by which it is counted."""
    return f"{concept.scheme}/{concept.id}"
