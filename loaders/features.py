"""Sentences as numbers: hashed words, the vocabulary's phrases found in them, and where they stand.

Words are known by a hash alone, so that no list of words can be read back from what is learnt on them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from loaders.cues import Found
from loaders.phrases import plain
from loaders.said import Said
from loaders.sections import ROLES

Integers = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.float32]

BUCKETS = 1 << 14
LONGEST = 64
"""Words of a sentence that are looked at; the few longer sentences are cut."""
_HEADING = 24
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d[\d,.]*%?|[,;:()\"]")
_YEAR = re.compile(r"(?:19|20)\d\d")
AREAS = (
    "overall", "leadership", "help-and-protection", "children-looked-after", "adoption", "care-leavers",
    "children-in-care", "children-in-care-and-care-leavers", "quality-of-practice", "lscb", "send-outcome",
)  # fmt: skip
PLACE = len(ROLES) + len(AREAS) + 10
_ROLE = {role: index for index, role in enumerate(ROLES)}
_AREA = {area: len(ROLES) + index for index, area in enumerate(AREAS)}


@dataclass(frozen=True, slots=True)
class Features:
    """Of n sentences in the document's order: words (all in one row), headings, places, phrases."""

    words: Integers
    """Two hashes a word, of the word and of its beginning: shape (words, 2)."""
    lengths: Integers
    """How many words each sentence has."""
    headings: tuple[Integers, ...]
    place: Numbers
    phrases: Numbers
    """Counts of the phrases of each concept, at most 2: shape (n, concepts of all schemes)."""
    heading_phrases: Numbers
    """The same of themes in the headings."""


def features(said: Sequence[Said], found: Sequence[Found], themes: Sequence[str], others: Sequence[str]) -> Features:
    """The numbers of the sentences, with the phrases already `found` in them, counted for the concepts named."""
    tokens = [_hashes(one.words, LONGEST) for one in said]
    return Features(
        words=np.concatenate(tokens) if tokens else np.zeros((0, 2), np.int32),
        lengths=np.fromiter((len(token) for token in tokens), np.int32, len(tokens)),
        headings=tuple(_hashes(f"{one.above} {one.heading}", _HEADING) for one in said),
        place=np.array([_place(one) for one in said], np.float32).reshape(len(said), PLACE),
        phrases=_counts([one.counts for one in found], (*themes, *others)),
        heading_phrases=_counts([one.heading_counts for one in found], themes),
    )


def tokens(words: str) -> list[str]:
    """The words and marks that are told apart; figures by their kind only.

    >>> tokens("In 2014, 35% of plans weren’t good.")
    ['in', '#y', ',', '#%', 'of', 'plans', "weren't", 'good']
    """
    return [_figure(token) if token[0].isdigit() else token for token in _TOKEN.findall(plain(words))]


def _figure(token: str) -> str:
    if token.endswith("%"):
        return "#%"
    return "#y" if _YEAR.fullmatch(token) else f"#{min(3, len(token))}"


def _hashes(words: str, longest: int) -> Integers:
    pairs = [_hash(token) for token in tokens(words)[:longest]]
    return np.array(pairs, np.int32).reshape(len(pairs), 2)


@lru_cache(maxsize=1 << 16)
def _hash(token: str) -> tuple[int, int]:
    """Buckets from 1 up, as 0 stands for no word."""
    whole, beginning = zlib.crc32(token.encode()), zlib.crc32(b"~" + token[:5].encode())
    return 1 + whole % (BUCKETS - 1), 1 + beginning % (BUCKETS - 1)


def _place(said: Said) -> list[float]:
    row = [0.0] * PLACE
    row[_ROLE[said.role]] = 1.0
    if said.area in _AREA:
        row[_AREA[said.area]] = 1.0
    words = said.words.rstrip()
    row[-10:] = [
        float(said.bullet),
        float(said.position == 0),
        min(said.position, 5) / 5,
        float(said.last),
        float(words[:1].islower()),
        float(words.endswith(".")),
        float(words.endswith((":", ";", ","))),
        min(len(words), 400) / 400,
        float(not said.heading),
        float(words[:1].isdigit()),
    ]
    return row


def _counts(counts: Sequence[dict[str, int]], names: Sequence[str]) -> Numbers:
    column = {name: index for index, name in enumerate(names)}
    result = np.zeros((len(counts), len(names)), np.float32)
    for row, one in enumerate(counts):
        for name, count in one.items():
            if name in column:
                result[row, column[name]] = min(count, 2)
    return result
