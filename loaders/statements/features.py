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

from loaders.statements.cues import Found
from loaders.statements.phrases import plain
from loaders.statements.said import Said
from loaders.statements.sections import ROLES

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float32]

BUCKETS = 1 << 15
LONGEST = 64
"""Words of a sentence that are looked at; the few longer sentences are cut."""
RUNS = 1 << 16
_HEADING = 24
_BEGIN, _END = np.uint64(1), np.uint64(2)
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
    """Three hashes a word: its bucket, the bucket of its beginning, and the whole hash: shape (words, 3)."""
    lengths: Integers
    """How many words each sentence has, one at the least."""
    heading: Integers
    """Which of the headings each stands under."""
    heading_words: Integers
    heading_lengths: Integers
    place: Numbers
    phrases: Numbers
    """Counts of the phrases of each concept, at most 2: shape (n, concepts of all schemes)."""
    heading_phrases: Numbers
    """The same of themes in the headings."""


def features(said: Sequence[Said], found: Sequence[Found], themes: Sequence[str], others: Sequence[str]) -> Features:
    """The numbers of the sentences, with the phrases already `found` in them, counted for the concepts named."""
    hashed = [_hashes(one.words, LONGEST) for one in said]
    number = {pair: place for place, pair in enumerate(dict.fromkeys((one.above, one.heading) for one in said))}
    headings = [_heading(*pair) for pair in number]
    return Features(
        words=np.concatenate(hashed) if hashed else np.zeros((0, 3), np.int64),
        lengths=np.fromiter((len(rows) for rows in hashed), np.int64, len(hashed)),
        heading=np.fromiter((number[one.above, one.heading] for one in said), np.int64, len(said)),
        heading_words=np.concatenate(headings) if headings else np.zeros((0, 3), np.int64),
        heading_lengths=np.fromiter((len(rows) for rows in headings), np.int64, len(headings)),
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


def token_places(words: str) -> list[tuple[int, int]]:
    """Where each of them begins and ends."""
    return [match.span() for match in _TOKEN.finditer(plain(words))]


def _figure(token: str) -> str:
    if token.endswith("%"):
        return "#%"
    return "#y" if _YEAR.fullmatch(token) else f"#{min(3, len(token))}"


@lru_cache(maxsize=1024)
def _heading(above: str, heading: str) -> Integers:
    return _hashes(f"{above} {heading}", _HEADING)


def _hashes(words: str, longest: int) -> Integers:
    rows = [buckets(token) for token in tokens(words)[:longest]] or [(0, 0, 0)]
    return np.array(rows, np.int64)


@lru_cache(maxsize=1 << 16)
def buckets(token: str) -> tuple[int, int, int]:
    """The bucket of a word, that of its beginning, and its whole hash; from 1 up, as 0 stands for no word."""
    whole, beginning = zlib.crc32(token.encode()), zlib.crc32(b"~" + token[:5].encode())
    return 1 + whole % (BUCKETS - 1), 1 + beginning % (BUCKETS - 1), whole


def runs(words: Integers, lengths: Integers) -> tuple[Integers, Integers]:
    """The hashed runs of one to three words of each sentence, sentence by sentence, and how many each has."""
    count = len(lengths)
    sentence = np.repeat(np.arange(count), lengths + 2)
    row = np.full(len(sentence), _BEGIN, np.uint64)
    inner = np.arange(len(words)) + 2 * np.repeat(np.arange(count), lengths) + 1
    row[inner] = words[:, 2].astype(np.uint64) + np.uint64(3)
    row[np.cumsum(lengths + 2) - 1] = _END
    one = _mixed(row)
    two = _mixed(one[:-1] * np.uint64(31) + one[1:])
    three = _mixed(two[:-1] * np.uint64(31) + one[2:])
    of = (sentence, sentence[1:], sentence[2:])
    inside = (np.ones(len(one), bool), sentence[:-1] == sentence[1:], sentence[:-2] == sentence[2:])
    found = np.concatenate([part[keep] for part, keep in zip((one, two, three), inside, strict=True)])
    whose = np.concatenate([part[keep] for part, keep in zip(of, inside, strict=True)])
    order = np.argsort(whose, kind="stable")
    return (found[order] % np.uint64(RUNS)).astype(np.int64), np.bincount(whose, minlength=count)


def _mixed(row: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Hashes spread evenly; arithmetic of 64 bits that wraps."""
    return (row * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(20)


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
