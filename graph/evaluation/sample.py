"""Sentences drawn for hand labelling: more of rare themes and of doubt than there are, with the weight that undoes it.

Findings are put into cells (their rarest theme, how sure their least sure label is) and drawn by systematic sampling
with unequal probabilities (Madow, 1949) along the cells: each cell is drawn from in proportion to the square root of
its size, so that small ones are seen and large ones still count, and the more the more doubtful it is. The weight of
a finding is the inverse of its probability.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from graph import iris
from graph.errors import TooFewSentences
from graph.evaluation.told import Told, ToldGraph
from loaders.statements.sentences import sentences
from loaders.text import Span, Text

_BANDS = (0.6, 0.85)
_MORE = (3.0, 2.0, 1.0)
"""How much more of each band is drawn, the doubtful first."""
_AROUND = 300
_FEWEST_WORDS = 4
_LOWER = re.compile(r"[a-z]{2}")

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One sentence to be labelled, with its neighbourhood, and what the graph says of it (None: no finding)."""

    id: str
    document: str
    name: str
    page: int | None
    passage: str
    """The IRI of its passage; of a sentence that is no finding, the one that it would have."""
    before: str
    text: str
    after: str
    weight: float
    told: Told | None


@dataclass(frozen=True, slots=True)
class _Sentence:
    document: str
    start: int
    end: int
    words: str
    page: int | None
    told: Told | None

    @property
    def passage(self) -> str:
        return f"{iris.document(self.document)}/passage/{self.start}-{self.end}"


def draw(graph: ToldGraph, count: int, *, others: float = 0.2, seed: int = 1) -> tuple[Drawn, ...]:
    """About `count` sentences, the share `others` of them from what was not taken for a finding, in no telling order.

    The same graph, count and seed give the same sentences. TooFewSentences where the graph has no findings.
    """
    findings = [
        _Sentence(key, one.start, one.end, graph.text(key)[one.start : one.end], one.page, one)
        for key in graph.documents
        for one in graph.findings(key)
    ]
    if not findings:
        raise TooFewSentences(f"{graph.folder} holds no findings to draw from")
    rest = [one for key in graph.documents for one in _others(graph, key)] if others else []
    of_rest = min(len(rest), round(count * others))
    cells = _cells([one.told for one in findings if one.told])
    sizes = Counter(cells)
    order = sorted(range(len(findings)), key=lambda k: (cells[k], _shuffle(seed, findings[k].passage)))
    chosen = _systematic(
        [findings[k] for k in order],
        [_MORE[cells[k][1]] * sizes[cells[k]] ** -0.5 for k in order],
        count - of_rest,
        _start(seed, "finding"),
    )
    rest.sort(key=lambda one: _shuffle(seed, one.passage))
    chosen += _systematic(rest, [1.0] * len(rest), of_rest, _start(seed, "other"))
    chosen.sort(key=lambda pair: _shuffle(seed + 1, pair[0].passage))
    return tuple(_drawn(graph, number, *pair) for number, pair in enumerate(chosen, 1))


def _cells(findings: Sequence[Told]) -> list[tuple[str, int]]:
    """The rarest theme of each finding and its band of doubt."""
    often = Counter(id for one in findings for id in one.ids("theme"))
    return [
        (
            min(one.ids("theme"), key=lambda id: (often[id], id), default=""),
            sum(one.surety >= bound for bound in _BANDS),
        )
        for one in findings
    ]


def _systematic(items: Sequence[Item], sizes: Sequence[float], count: int, start: float) -> list[tuple[Item, float]]:
    """`count` items, each with a probability in proportion to its size, and the inverse of that probability."""
    count = min(count, len(items))
    if not count:
        return []
    chances = _chances(sizes, count)
    found: list[tuple[Item, float]] = []
    reached, mark = 0.0, start
    for item, chance in zip(items, chances, strict=True):
        reached += chance
        if reached > mark and len(found) < count:
            found.append((item, 1 / chance))
            mark += 1
    return found


def _chances(sizes: Sequence[float], count: int) -> list[float]:
    """Probabilities in proportion to the sizes whose sum is `count`, none above 1."""
    certain: set[int] = set()
    while True:
        free = sum(size for k, size in enumerate(sizes) if k not in certain)
        scale = (count - len(certain)) / free if free else 0.0
        over = {k for k, size in enumerate(sizes) if k not in certain and size * scale >= 1}
        if not over:
            return [1.0 if k in certain else size * scale for k, size in enumerate(sizes)]
        certain |= over


def _shuffle(seed: int, word: str) -> str:
    return hashlib.sha256(f"{seed} {word}".encode()).hexdigest()


def _start(seed: int, word: str) -> float:
    """Where systematic sampling begins, between 0 and 1."""
    return int(_shuffle(seed, word)[:8], 16) / 16**8


def _others(graph: ToldGraph, key: str) -> Iterator[_Sentence]:
    """The sentences of a document that no finding touches."""
    content = graph.text(key)
    text, start = Text(content, ()), 0
    stated = graph.stated(key)
    taken = [(one.start, one.end) for one in stated if one.kind == "Finding"]
    at = 0
    for line in content.split("\n"):
        for span in sentences(text, Span(start, start + len(line))):
            while at < len(taken) and taken[at][1] <= span.start:
                at += 1
            words = text.words(span)
            free = at >= len(taken) or taken[at][0] >= span.end
            if free and len(words.split()) >= _FEWEST_WORDS and _LOWER.search(words):
                yield _Sentence(key, span.start, span.end, words, graph.page(key, span.start), None)
        start += len(line) + 1


def _drawn(graph: ToldGraph, number: int, one: _Sentence, weight: float) -> Drawn:
    content = graph.text(one.document)
    before, after = content[max(0, one.start - _AROUND) : one.start], content[one.end : one.end + _AROUND]
    if one.start > _AROUND:
        before = "… " + before.partition(" ")[2]
    if one.end + _AROUND < len(content):
        after = after.rpartition(" ")[0] + " …"
    return Drawn(
        id=f"s{number:04}",
        document=one.document,
        name=graph.names.get(one.document, one.document),
        page=one.page,
        passage=one.passage,
        before=" ".join(before.split()),
        text=" ".join(one.words.split()),
        after=" ".join(after.split()),
        weight=round(weight, 3),
        told=one.told,
    )
