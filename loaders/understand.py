"""From a `Text` to its `Report`: the kind that recognises the text most surely reads it."""

from __future__ import annotations

from loaders.checks.expectations import checked
from loaders.kinds import (
    Kind,
    action_plan,
    committee,
    ilacs,
    joint,
    looked_after_2013,
    lscb,
    news,
    protection_2012,
    safeguarding_2009,
    send,
    send_letter,
    sif,
    visit_letter,
)
from loaders.records import Problem, Recognition, Report, Source
from loaders.statements.lost_headings import with_headings
from loaders.text import Span, Text
from ontology import Vocabulary

KINDS: tuple[Kind, ...] = (
    sif,
    ilacs,
    visit_letter,
    joint,
    send,
    send_letter,
    lscb,
    protection_2012,
    looked_after_2013,
    safeguarding_2009,
    committee,
    action_plan,
    news,
)
"""Of two that recognise a text equally surely the earlier one reads it."""
_WITH_FONTS = "application/pdf"
"""Of a document of this type its fonts have told what is a heading."""
SUREST = 0.5
"""A text that no kind recognises at least so surely is of no known kind."""


def understand(source: Source, text: Text, vocabulary: Vocabulary) -> Report:
    """The report of a document of any kind, checked; of an unknown one its text alone, with a problem that says so."""
    if source.media_type != _WITH_FONTS:
        text = with_headings(text, vocabulary)
    recognitions = recognise(text, vocabulary)
    kind, recognition = max(recognitions, key=lambda pair: pair[1].score)
    if recognition.score >= SUREST:
        return checked(kind.read(source, text, vocabulary), vocabulary)
    return _unknown(source, text, recognition)


def recognise(text: Text, vocabulary: Vocabulary) -> list[tuple[Kind, Recognition]]:
    """How surely the text is of each kind."""
    return [(kind, kind.recognise(text, vocabulary)) for kind in KINDS]


def _unknown(source: Source, text: Text, nearest: Recognition) -> Report:
    nearly = f"nearest is {nearest.kind} ({nearest.score:.2f}): {nearest.why}"
    why = nearly if nearest.score else "no kind knows its words"
    first = text.blocks[0].span if text.blocks else Span(0, 0)
    problem = Problem("unknown-kind", f"this is no kind of document that is known; {why}", first)
    return Report(source, text, "unknown", why, _first_words(text), problems=(problem,))


def _first_words(text: Text) -> str:
    heading = next((block for block in text.blocks if block.kind == "heading"), next(iter(text.blocks), None))
    return " ".join(text.words(heading).split())[:200] if heading else ""
