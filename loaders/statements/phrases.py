"""Finding the vocabulary's phrases in text: whole words, whatever their case, quotes and dashes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

import ahocorasick_rs

from ontology import Vocabulary

Value = TypeVar("Value")
Made = TypeVar("Made")

# One character for one, so that offsets stay true.
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "\t": " ", "\n": " "}
)


@lru_cache(maxsize=1 << 13)
def plain(words: str) -> str:
    """The words in lower case with straight quotes and plain dashes and spaces, as long as they were.

    >>> plain("Children’s plans – MASH")
    "children's plans - mash"
    """
    lower = words.lower()
    return (lower if len(lower) == len(words) else "".join(c.lower()[:1] or c for c in words)).translate(_PLAIN)


class Match(NamedTuple, Generic[Value]):
    """One phrase found: where, and what it stands for."""

    start: int
    end: int
    phrase: str
    value: Value


class Phrases(Generic[Value]):
    """A set of phrases, each with what it stands for, that finds all of them in one pass over the text."""

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        meanings: dict[str, list[Value]] = {}
        for phrase, value in entries:
            words = " ".join(plain(phrase).split())
            if words and value not in meanings.setdefault(words, []):
                meanings[words].append(value)
        self._phrases = sorted(meanings)
        self._meanings = [tuple(meanings[phrase]) for phrase in self._phrases]
        self._automaton = ahocorasick_rs.AhoCorasick(self._phrases, store_patterns=False)

    def places(self, words: str) -> list[tuple[int, int, int]]:
        """Where each phrase found begins, where it ends with the sign turned, and its number; overlapping ones too.

        In order of place, of those that begin together the longest first; an s of plural or genitive may follow.
        """
        text = plain(words)
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if start and text[start].isalnum() and text[start - 1].isalnum():
                continue
            stop = _end(text, end)
            if stop:
                found.append((start, -stop, index))
        found.sort()
        return found

    def phrase(self, index: int) -> str:
        """The phrase of a number."""
        return self._phrases[index]

    def meanings(self, index: int) -> tuple[Value, ...]:
        """What the phrase of a number stands for."""
        return self._meanings[index]

    def find(self, words: str) -> list[Match[Value]]:
        """All phrases in `words` as `places` finds them, each with all that it stands for."""
        return [
            Match(start, -stop, self._phrases[index], value)
            for start, stop, index in self.places(words)
            for value in self._meanings[index]
        ]


def longest(matches: Iterable[Match[Value]]) -> list[Match[Value]]:
    """Of matches in order of place, longer ones first, those that lie within no longer one."""
    kept: list[Match[Value]] = []
    reached = -1
    for match in matches:
        if match.end > reached or (kept and (match.start, match.end) == (kept[-1].start, kept[-1].end)):
            kept.append(match)
            reached = match.end
    return kept


def once_a_vocabulary(make: Callable[[Vocabulary], Made]) -> Callable[[Vocabulary], Made]:
    """`make`, done once for each of the last few vocabularies; they cannot be hashed, their digests tell them apart."""
    made: dict[str, Made] = {}

    def get(vocabulary: Vocabulary) -> Made:
        if vocabulary.digest not in made:
            if len(made) >= 4:
                made.pop(next(iter(made)))
            made[vocabulary.digest] = make(vocabulary)
        return made[vocabulary.digest]

    return get


def _end(text: str, end: int) -> int:
    """Where a phrase ends that is found up to `end`, a plural or genitive s included; 0 where it is part of a word."""
    if end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum()):
        return end
    for tail in ("s", "es"):
        stop = end + len(tail)
        if text.startswith(tail, end) and (stop == len(text) or not text[stop].isalnum()):
            return stop
    return 0
