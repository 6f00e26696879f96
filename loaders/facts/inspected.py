"""What a document says of its own inspection: which authority, on which days, and when it was published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from loaders.facts.dates import Stretch, stretches
from loaders.facts.names import NamedAuthority, authorities_in, most_named
from loaders.facts.titles import Title, first_page
from loaders.records import Fact
from loaders.statements.sentences import sentences
from loaders.text import Block, Span, Text
from ontology import Vocabulary

_DATES = re.compile(
    r"\b(?<!previous )(?<!last )(?:re-?)?(?:inspection|visit|review|fieldwork)\s+(?:dates?\b|took\s+place\b)"
    r"|^\W*dates?\s+of\s+(?:the\s+|this\s+)?(?:inspection|visit|review)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\s*(?:[-–—]|to|until)\s*", re.IGNORECASE)
_EARLIER = re.compile(r"\b(?:previous(?:ly)?|last|since|earlier|prior|former)\b", re.IGNORECASE)
_OWN_VISIT = re.compile(
    r"\b(?:(?:re-?)?visit(?:ed)?|inspection|inspected|inspectors|review(?:ed)?|undertook|carried\s+out|this\s+letter)\b",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"\b(?:(?:report\s+)?published(?:\s+on)?|(?:publication|issue)\s+date|date\s+(?:of\s+publication|published))\s*:?\s*",
    re.IGNORECASE,
)
_DEAR = re.compile(r"\s*Dear\b", re.IGNORECASE)
_LETTER_BLOCKS = 14


def authorities(
    text: Text, title: Title | None, vocabulary: Vocabulary, *, joint: bool, on: date | None
) -> tuple[Fact, ...]:
    """The authority that was inspected, several of a joint inspection, by the title or what stands next to it.

    Failing that it is the one that the document names far more often than any other.
    """
    for words in _places(text, title):
        named = authorities_in(text.words(words), vocabulary, on)
        if named:
            return tuple(_inspects(one, words) for one in _distinct(named if joint else named[:1]))
    often = most_named(text.content, vocabulary, on)
    if often is None:
        return ()
    first = next(one for one in authorities_in(text.content, vocabulary, on) if one.gss == often)
    return (_inspects(first, Span(0, 0)),)


def _places(text: Text, title: Title | None) -> Iterator[Span]:
    """Where the inspected authority's name is looked for, the surest place first."""
    cover = first_page(text)
    if title is None:
        return
    yield Span(title.block.span.start, max(title.block.span.end, title.span.end))
    at = cover.index(title.block)
    yield from (block.span for block in reversed(cover[:at]) if block.span.end - block.span.start < 120)
    yield from (block.span for block in cover[at + 1 : at + 12])


def _distinct(named: Iterable[NamedAuthority]) -> Iterable[NamedAuthority]:
    return {one.gss: one for one in reversed(tuple(named))}.values()


def _inspects(named: NamedAuthority, place: Span) -> Fact:
    return Fact("inspects", named.gss, Span(place.start + named.start, place.start + named.end))


def period(text: Text, title: Title | None, issued: date | None) -> tuple[Fact, ...]:
    """The first and the last day on site, from the line "Inspection dates" or a letter's opening sentences."""
    found = _printed_dates(text) or _told_dates(text, title, None)
    if found is None and issued is not None:
        found = _told_dates(text, title, issued.year)
    if found is None:
        return ()
    stretch, offset = found
    whole = Span(offset + stretch.start, offset + stretch.end)
    return Fact("startDate", stretch.first.isoformat(), whole), Fact("endDate", stretch.last.isoformat(), whole)


def _printed_dates(text: Text) -> tuple[Stretch, int] | None:
    cover = first_page(text)
    for at, block in enumerate(cover):
        cue = _DATES.search(text.words(block))
        if cue is None or _EARLIER.search(text.words(block)[: cue.start()]) or len(text.words(block)) > 300:
            continue
        start = block.span.start + cue.end()
        end = cover[at + 1].span.end if at + 1 < len(cover) else block.span.end
        found = _with_earlier_end(text.content[start:end])
        said = text.content[start : block.span.end].strip(" \t:–-")
        # What stands on the next line is said of something else where this line says something of its own.
        if found and (not said or start + found.start < block.span.end):
            return found, start
    return None


def _with_earlier_end(words: str) -> Stretch | None:
    """The first stretch; where it is said to end before it begins, as a misprint has it, with that end all the same."""
    found = stretches(words)
    if len(found) > 1 and _UNTIL.fullmatch(words, found[0].end, found[1].start) and found[1].first < found[0].last:
        return Stretch((*found[0].days, *found[1].days), found[0].start, found[1].end)
    return found[0] if found else None


def _told_dates(text: Text, title: Title | None, year: int | None) -> tuple[Stretch, int] | None:
    """The days in the first sentence after the salutation or title that speaks of this visit."""
    blocks = list(first_page(text))
    greeting = next((k for k, block in enumerate(blocks) if _DEAR.match(text.words(block))), None)
    begin = greeting if greeting is not None else blocks.index(title.block) if title else 0
    for block in blocks[begin : begin + _LETTER_BLOCKS]:
        for span in sentences(text, block.span):
            words = text.words(span)
            found = _first(words, year)
            if found and _OWN_VISIT.search(words) and not _EARLIER.search(words[: found.start]):
                return found, span.start
    return None


def _first(words: str, year: int | None = None) -> Stretch | None:
    return next(iter(stretches(words, year)), None)


def issued(text: Text) -> Fact | None:
    """The day of publication that the cover prints, or the date of a letter; None where neither is said."""
    cover = first_page(text)
    for block in cover:
        words = text.words(block)
        cue = _ISSUED.search(words) if len(words) < 300 else None
        found = _first(words[cue.end() :]) if cue else None
        if cue and found and found.start < 12:
            return _issued(found, block.span.start + cue.end())
    return _letter_date(text, cover)


def _letter_date(text: Text, cover: Sequence[Block]) -> Fact | None:
    for block in cover:
        words = text.words(block)
        if _DEAR.match(words):
            return None
        found = _first(words)
        alone = found is not None and (found.start <= 8 or found.end >= len(words.rstrip()))
        if found and alone and found.first == found.last and any(_DEAR.match(text.words(later)) for later in cover):
            return _issued(found, block.span.start)
    return None


def _issued(found: Stretch, offset: int) -> Fact:
    return Fact("issued", found.first.isoformat(), Span(offset + found.start, offset + found.days[0].end))
