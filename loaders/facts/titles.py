"""The title of a document about one inspection: which framework its words name, wherever they name it as a title.

A framework's names are labels in the ontology. The name of the place may stand inside them: "Inspection of Anytown
local authority children's services" is "Inspection of local authority children's services".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from loaders.text import Block, Span, Text
from ontology import Vocabulary

_FIRST_BLOCKS = 45
_FIRST_WORDS = 6000
"""Of a source without pages: how far its first page reaches at most, in characters."""
_LONGEST = 320
_GAP = r"(?:\s+(?:St\.|[^.:;\s]+)){0,12}?\s+"
_LEADING = re.compile(r"[\W\d]*(?:subject\s*:\s*|re\s*:\s*|report\s+(?:on|of)\s+(?:the\s+|an\s+)?)?", re.IGNORECASE)
_SMALL_WORDS = frozenset({"and", "of", "the", "upon", "on", "with", "&"})
_DEAR = re.compile(r"\s*Dear\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """Words that name a document's framework: their block, and the offsets of the framework's name in the text."""

    framework: str
    block: Block
    span: Span
    salutation: bool
    """The document greets somebody, as letters do."""


def first_page(text: Text) -> tuple[Block, ...]:
    """The blocks of the cover: those of the first page that has words enough, or the first ones."""
    end = text.page_starts[1] if len(text.page_starts) > 1 else _FIRST_WORDS
    blocks = tuple(block for block in text.blocks[:_FIRST_BLOCKS] if block.span.start < end)
    return blocks if len(blocks) > 2 else text.blocks[:12]


def title_of(text: Text, vocabulary: Vocabulary) -> Title | None:
    """The first title on the first page that names a framework, by its longest name; None where there is none."""
    cover = first_page(text)
    greets = any(_DEAR.match(text.words(block)) for block in cover)
    for at, block in enumerate(cover):
        best = max(_named(text, block, vocabulary), key=_length, default=None)
        for following in cover[at + 1 : at + 3] if best is None else ():
            best = best or max(_across(text, block, following, vocabulary), key=_length, default=None)
        if best is not None:
            return Title(best[0], block, best[1], greets)
    return None


def _length(found: tuple[str, Span]) -> int:
    return found[1].end - found[1].start


def _named(text: Text, block: Block, vocabulary: Vocabulary) -> Iterator[tuple[str, Span]]:
    words = text.words(block)
    if block.kind in ("bullet", "footnote", "row") or len(words) > _LONGEST:
        return
    if block.kind != "heading" and words.rstrip().endswith("."):
        return
    for framework, pattern in _patterns(vocabulary):
        match = pattern.search(words)
        if match and _starts_title(words, match.start()):
            yield framework, Span(block.span.start + match.start(), block.span.start + match.end())


def _across(text: Text, block: Block, following: Block, vocabulary: Vocabulary) -> Iterator[tuple[str, Span]]:
    """Names that run over two or three blocks, as titles of so many lines do."""
    if following.span.end - block.span.start > _LONGEST or "row" in (block.kind, following.kind):
        return
    words = text.content[block.span.start : following.span.end]
    for framework, pattern in _patterns(vocabulary):
        match = pattern.search(words)
        if match and match.end() > len(text.words(block)) > match.start() and _starts_title(words, match.start()):
            yield framework, Span(block.span.start + match.start(), block.span.start + match.end())


def _starts_title(words: str, start: int) -> bool:
    """Whether a title begins here: nothing stands before it but a name in capitals, a number or "Subject:"."""
    before = words[:start]
    if _LEADING.fullmatch(before):
        return True
    return all(part[0].isupper() or part in _SMALL_WORDS for part in before.split())


@lru_cache(maxsize=4)
def _patterns(vocabulary: Vocabulary) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every name of a framework, the longest first: of two that take the same words it leaves no gap for a place."""
    named = [
        (concept.id, label)
        for concept in vocabulary.concepts["framework"].values()
        for label in (concept.label, *concept.alt, *concept.hidden)
        if len(label.split()) > 1
    ]
    named.sort(key=lambda pair: -len(pair[1]))
    return tuple((id, re.compile(_pattern(label), re.IGNORECASE)) for id, label in named)


def _pattern(label: str) -> str:
    """A label as a pattern: any quotes and spaces, and room for the name of a place after its first "of" or "to"."""
    begin, link, end = re.match(r"(.*?)(?:\s(of|to)\s(.*))?$", label).groups()  # type: ignore[union-attr]
    if link is None:
        return rf"\b{_spaced(label)}\b"
    return rf"\b{_spaced(begin)}\s+{link}(?:{_GAP}|\s+){_spaced(end)}\b"


def _spaced(words: str) -> str:
    return re.escape(words).replace("\\ ", r"\s+").replace("'", "['’‘´ʼ`]?").replace("\\-", "[-‐‑]?")
