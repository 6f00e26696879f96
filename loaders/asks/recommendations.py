"""What an inspection asks for, each with its kind, its order in its list and its timescale."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain

from loaders.asks.asked import AskedList, Item, is_timescale, lists
from loaders.records import Label, Recommendation
from loaders.statements.labels import about
from loaders.statements.sections import Section
from loaders.text import Span, Text
from ontology import Vocabulary

# Two sentences of which the first does not say what anybody should do.
_TELLS = re.compile(
    r"^(?!ensure|improve|develop|strengthen|review|continue|leaders)(?:(?!\b(?:should|must|needs?\s+to)\b)[^.])+\.\s+[A-Z]",
    re.IGNORECASE,
)
_MOST_THEMES = 4


def recommendations(sections: Iterable[Section], text: Text, vocabulary: Vocabulary) -> tuple[Recommendation, ...]:
    """Every recommendation in the order of the document, numbered anew in each list; what is repeated stands once."""
    found: dict[str, Recommendation] = {}
    for listed in lists(sections, text, vocabulary):
        for number, item in enumerate(listed.items, 1):
            one = _recommendation(item, number, listed, (text, vocabulary))
            key = re.sub(r"[\W_]+", "", one.statement.lower())
            if key:
                found.setdefault(key, one)
    return tuple(found.values())


def blocks_of_recommendations(sections: Iterable[Section], text: Text, vocabulary: Vocabulary) -> frozenset[Span]:
    """The spans of the blocks that only ask, lead-ins and headings within the lists included.

    Joint inspections of 2016 to 2020 describe at length what is wrong under "Areas for improvement": those sentences
    are findings too, and their blocks are left out here.
    """
    taken: set[Span] = set()
    for listed in lists(sections, text, vocabulary):
        if not _describes(listed, text):
            taken.update(listed.other)
            taken.update(span for item in listed.items for span in item.spans)
    starts = sorted(span.start for span in taken)
    return frozenset(block.span for block in text.blocks if _holds(block.span, starts))


def _describes(listed: AskedList, text: Text) -> bool:
    """Whether most items of a list tell in several sentences what is, rather than ask for something."""
    told = [item for item in listed.items if _TELLS.search(text.words(item.spans[0]))]
    return listed.kind != "recommendation" and 2 * len(told) > len(listed.items)


def _holds(span: Span, starts: list[int]) -> bool:
    """Whether one of the offsets, which are in order, lies in the span."""
    at = bisect_left(starts, span.start)
    return at < len(starts) and starts[at] < max(span.end, span.start + 1)


def _recommendation(item: Item, number: int, listed: AskedList, read: tuple[Text, Vocabulary]) -> Recommendation:
    text, vocabulary = read
    spans = tuple(_joined(item.spans, text))
    heading = item.section.heading
    if heading is None or is_timescale(heading):
        heading = listed.heading
    parts = [about(text.words(span), heading, vocabulary, span.start) for span in spans]
    return Recommendation(
        statement=" ".join(" ".join(text.words(span).split()) for span in spans),
        spans=spans,
        kind=listed.kind,
        number=number,
        timescale=item.timescale,
        section=heading,
        paragraph=item.number,
        area=item.section.area or listed.area,
        addressees=item.addressees,
        themes=_surest(part.themes for part in parts)[:_MOST_THEMES],
        cohort=_surest(part.cohort for part in parts),
    )


def _surest(parts: Iterable[tuple[Label, ...]]) -> tuple[Label, ...]:
    """The labels of all parts of an item, each concept once, the surest first."""
    found: dict[str, Label] = {}
    for label in chain.from_iterable(parts):
        if label.concept not in found or found[label.concept].confidence < label.confidence:
            found[label.concept] = label
    return tuple(sorted(found.values(), key=lambda label: (-label.confidence, label.concept)))


def _joined(spans: Iterable[Span], text: Text) -> Iterator[Span]:
    """Spans with nothing but white space between them as one."""
    held: Span | None = None
    for span in spans:
        if held is not None and not text.content[held.end : span.start].strip():
            held = Span(held.start, span.end)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held
