"""Sentences as numbers: hashed words, the vocabulary's phrases found in them, and where they stand.

Words are known by a hash alone, so that no list of words can be read back from what is learnt on them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from loaders.statements.cues import Found
from loaders.statements.phrases import plain
from loaders.statements.said import Said
from loaders.statements.sections import ROLES

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float32]
Runs = tuple[Integers, Integers]
"""The hashed runs of words of sentences in one row, and how many each sentence has."""

BUCKETS = 1 << 15
LONGEST = 64
"""Words of a sentence that are looked at; the few longer sentences are cut."""
RUNS = 1 << 16
_HEADING = 24
_FEWEST = 6
_BEGIN, _END = np.uint64(1), np.uint64(2)
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d[\d,.]*%?|[,;:()\"]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SAME = dict.fromkeys(("seldom", "scarcely", "hardly", "infrequently"), "rarely")
"""Words that are too rare to be learnt by themselves, and the common one that says the same."""
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
    """Counts of the phrases of each concept, at most 2: shape (n, concepts)."""
    paragraph: Numbers
    """Half of those of the other sentences of its paragraph, at most 2."""
    heading_phrases: Numbers
    """Of each heading: counts in its own words, in a sentence of its section and in one of the document, the last two
    as means of sentences times four, at most 2; shape (headings, 3 times concepts)."""


def features(said: Sequence[Said], found: Sequence[Found], concepts: Sequence[str]) -> Features:
    """The numbers of the sentences, with the phrases already `found` in them, counted for the concepts named."""
    number = {pair: place for place, pair in enumerate(dict.fromkeys((one.above, one.heading) for one in said))}
    heading = np.fromiter((number[one.above, one.heading] for one in said), np.int64, len(said))
    phrases = _counts([one.counts for one in found], concepts)
    of_headings = dict(zip(heading.tolist(), (one.heading_counts for one in found), strict=True))
    own = _counts([of_headings[place] for place in range(len(number))], concepts)
    words, lengths = _hashed([_TOKEN.findall(plain(one.words))[:LONGEST] for one in said])
    heading_words, heading_lengths = _hashed([_heading(*pair) for pair in number])
    return Features(
        words=words,
        lengths=lengths,
        heading=heading,
        heading_words=heading_words,
        heading_lengths=heading_lengths,
        place=_places(said),
        phrases=phrases,
        paragraph=_in_paragraph(said, phrases),
        heading_phrases=np.concatenate([own, *_means(phrases, heading, len(number))], axis=1),
    )


def _in_paragraph(said: Sequence[Said], phrases: Numbers) -> Numbers:
    number = np.cumsum([one.position == 0 for one in said], dtype=np.int64)
    sums = np.zeros((int(number[-1]) + 1 if len(said) else 0, phrases.shape[1]), np.float32)
    np.add.at(sums, number, phrases)
    others: Numbers = np.minimum((sums[number] - phrases) / 2, 2).astype(np.float32)
    return others


def _means(phrases: Numbers, heading: Integers, count: int) -> tuple[Numbers, Numbers]:
    """Of each heading's section and of the document; nothing of so few sentences that they tell of no surroundings."""
    sums = np.zeros((count, phrases.shape[1]), np.float32)
    if len(heading) < _FEWEST:
        return sums, sums
    np.add.at(sums, heading, phrases)
    many = np.maximum(np.bincount(heading, minlength=count), 1)[:, None]
    whole = np.repeat(sums.sum(0, keepdims=True) / len(heading), count, axis=0)
    section, document = (np.rint(np.minimum(4 * part, 2) * 256) / 256 for part in (sums / many, whole))
    return section.astype(np.float32), document.astype(np.float32)


def tokens(words: str) -> list[str]:
    """The words and marks that are told apart; figures by their kind only.

    >>> tokens("35% of plans weren’t good in 2014")
    ['#%', 'of', 'plans', "weren't", 'good', 'in', '#y']
    """
    return [_told(token) for token in _TOKEN.findall(plain(words))]


def token_places(words: str) -> list[tuple[int, int]]:
    """Where each of them begins and ends."""
    return [match.span() for match in _TOKEN.finditer(plain(words))]


def _told(token: str) -> str:
    """What is told apart of a word or mark."""
    if not token[:1].isdigit():
        return _SAME.get(token, token)
    if token.endswith("%"):
        return "#%"
    return "#y" if _YEAR.fullmatch(token) else f"#{min(3, len(token))}"


@lru_cache(maxsize=1024)
def _heading(above: str, heading: str) -> list[str]:
    return _TOKEN.findall(plain(f"{above} {heading}"))[:_HEADING]


def _hashed(sentences: Sequence[list[str]]) -> tuple[Integers, Integers]:
    """The hashes of the words of all sentences in one row, and how many each has; "" where one has none."""
    words = list(chain.from_iterable(one or [""] for one in sentences))
    number = {word: place for place, word in enumerate(dict.fromkeys(words))}
    rows = np.array([buckets(word) for word in number], np.int64).reshape(len(number), 3)
    places = np.fromiter(map(number.__getitem__, words), np.int64, len(words))
    return rows[places], np.array([len(one) or 1 for one in sentences], np.int64)


@lru_cache(maxsize=1 << 16)
def buckets(token: str) -> tuple[int, int, int]:
    """The bucket of a word, that of its beginning, and its whole hash; from 1 up, as 0 stands for no word."""
    if not token:
        return 0, 0, 0
    told = _told(token)
    whole, beginning = zlib.crc32(told.encode()), zlib.crc32(b"~" + told[:5].encode())
    return 1 + whole % (BUCKETS - 1), 1 + beginning % (BUCKETS - 1), whole


def runs(words: Integers, lengths: Integers) -> Runs:
    """The hashed runs of one to three words of each sentence: single words with its edges, pairs, threes."""
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


def _places(said: Sequence[Said]) -> Numbers:
    result = np.zeros((len(said), PLACE), np.float32)
    result[np.arange(len(said)), [_ROLE[one.role] for one in said]] = 1
    areas = [(row, _AREA[one.area]) for row, one in enumerate(said) if one.area in _AREA]
    result[tuple(np.array(areas, np.int64).reshape(len(areas), 2).T)] = 1
    words = [one.words.rstrip() for one in said]
    told = (
        [one.bullet for one in said],
        [one.position == 0 for one in said],
        [min(one.position, 5) / 5 for one in said],
        [one.last for one in said],
        [word[:1].islower() for word in words],
        [word.endswith(".") for word in words],
        [word.endswith((":", ";", ",")) for word in words],
        [min(len(word), 400) / 400 for word in words],
        [not one.heading for one in said],
        [word[:1].isdigit() for word in words],
    )
    result[:, -len(told) :] = np.array(told, np.float32).T
    return result


def _counts(found: Sequence[Mapping[str, int]], names: Sequence[str]) -> Numbers:
    column = {name: index for index, name in enumerate(names)}
    result = np.zeros((len(found), len(names)), np.float32)
    for row, one in enumerate(found):
        for name, count in one.items():
            if name in column:
                result[row, column[name]] = min(count, 2)
    return result
