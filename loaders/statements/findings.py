"""Findings: the sentences of a document that say how services perform, each with its place and what it says."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.records import Finding, Labels
from loaders.statements.bearing import Reason
from loaders.statements.labels import Judged, label
from loaders.statements.said import Said
from loaders.statements.sections import Section
from loaders.statements.sentences import marked_sentences
from loaders.text import Block, Span, Text, is_box_title
from ontology import Vocabulary

_TELLING = 0.8
"""How surely a sentence of a list of recommendations must be a finding to be one too."""

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence with what a Finding keeps of its place."""

    said: Said
    span: Span
    section: Section
    block: Block
    paragraph: str | None
    """The number printed before its paragraph, or before the one that its bullet stands under."""
    marked: bool


def findings(
    sections: Sequence[Section],
    text: Text,
    vocabulary: Vocabulary,
    taken: frozenset[Span] = frozenset(),
    inspectors: Sequence[Span] = (),
) -> tuple[tuple[Finding, ...], Counts]:
    """The findings in order, a sentence that is repeated once with several spans; and counts of others by reason.

    Blocks and sentences whose spans are in `taken` are something else (recommendations, tables, duties) and give none,
    but for blocks that tell at length what is wrong in place of asking for something. What names one of the
    `inspectors` says how the inspection was made.
    """
    placed = list(placed_sentences(sections, text))
    judged = label([one.said for one in placed], vocabulary)
    found: dict[str, Finding] = {}
    reasons: Counter[str] = Counter()
    for one, verdict in zip(placed, judged, strict=True):
        named = any(one.span.start <= name.start < one.span.end for name in inspectors)
        reason = "method" if named else verdict.against or _taken(one, verdict, taken)
        if reason or verdict.labels is None:
            reasons[reason or "background"] += 1
            continue
        key = _key(one.said.words)
        found[key] = _again(found[key], one) if key in found else _finding(one, verdict.labels)
    return tuple(found.values()), tuple(sorted(reasons.items()))


def placed_sentences(sections: Sequence[Section], text: Text) -> Iterator[Placed]:
    """The sentences of paragraphs and bullets in order."""
    for section in sections:
        paragraph: str | None = None
        for block in section.body:
            if block.kind in ("row", "footnote") or is_box_title(text.words(block)):
                continue
            paragraph = block.number or (paragraph if block.kind == "bullet" else None)
            inside = marked_sentences(text, block.span)
            for position, (span, marked) in enumerate(inside):
                said = Said(
                    words=text.words(span),
                    start=span.start,
                    heading=section.heading or "",
                    above=section.path[-1] if section.path else "",
                    area=section.area,
                    role=section.role,
                    bullet=block.kind == "bullet",
                    position=position,
                    last=position == len(inside) - 1,
                )
                yield Placed(said, span, section, block, paragraph, marked)


def _taken(one: Placed, verdict: Judged, taken: frozenset[Span]) -> Reason | None:
    """Why a sentence of a block that is something else is no finding; None where it is one all the same."""
    if one.span not in taken and one.block.span not in taken:
        return None
    telling = one.section.role == "recommendations" and verdict.finding >= _TELLING
    return None if telling else "recommendation"


def _finding(one: Placed, labels: Labels) -> Finding:
    return Finding(
        statement=one.said.words,
        spans=(one.span,),
        labels=labels,
        section=one.section.heading,
        paragraph=one.paragraph,
        area=one.section.area,
        marked=one.marked,
    )


def _again(finding: Finding, one: Placed) -> Finding:
    return replace(finding, spans=(*finding.spans, one.span), marked=finding.marked or one.marked)


def _key(words: str) -> str:
    """What makes two sentences the same: NFKC, lower case, letters and digits only, as in the keys of the graph."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", words).lower()))
