"""Letters on visits that give no grade: focused visits and monitoring visits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from loaders.assembly import Shape, assembled, recognised
from loaders.facts.titles import Title, first_page
from loaders.records import Fact, Recognition, Report, Source
from loaders.statements.sentences import sentences
from loaders.text import Block, Span, Text
from ontology import Vocabulary

_LOOKED_AT = re.compile(
    r"\b(?:inspectors|we|the\s+(?:focused\s+|monitoring\s+)?visit|this\s+visit)\s+(?:looked\s+at|focus(?:s)?ed\s+on|considered"
    r"|evaluated|reviewed(?:\s+the\s+progress\s+made\s+in)?)\s+(?:(?:the\s+local\s+authority|the\s+council|its)(?:['’]s)?\s+)?"
    r"(?:arrangements\s+for\s+)?(?P<focus>[^.:]{6,400})",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(
    r"\b(?:inspectors|we)\s+(?:looked\s+at|focus(?:s)?ed\s+on|considered|evaluated|reviewed)\b[^.]*:\s*$", re.IGNORECASE
)
_NO_FOCUS = re.compile(
    r"\b(?:range\s+of\s+evidence|case\s+(?:files|records|discussions)|performance\s+management)\b", re.IGNORECASE
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_SERIES = re.compile(
    rf"\b(?:the|its|their|our|authority['’]s)\s+({'|'.join(_ORDINALS)})(?:\s+and\s+final)?\s+(?:quarterly\s+)?monitoring\s+visit\b",
    re.IGNORECASE,
)


def focus(text: Text, title: Title | None) -> Fact | None:
    """What the visit looked at, in the letter's own words, without the methods by which it did."""
    del title  # that of a visit names no focus
    cover = first_page(text)
    for at, block in enumerate(cover):
        listed = _listed(cover[at + 1 :], text) if _LEADS_IN.search(text.words(block)) else None
        if listed:
            return listed
        for span in sentences(text, block.span):
            match = _LOOKED_AT.search(text.words(span))
            if match and not _NO_FOCUS.search(match["focus"]):
                words = match["focus"].rstrip()
                start = span.start + match.start("focus")
                return Fact("focus", " ".join(words.split()), Span(start, start + len(words)))
    return None


def _listed(following: Sequence[Block], text: Text) -> Fact | None:
    """The bullets that a sentence on what was looked at leads into, as one."""
    bullets = list(takewhile(lambda block: block.kind == "bullet", following))
    if not bullets:
        return None
    items = (" ".join(text.words(block).split()).rstrip(" .;,") for block in bullets)
    return Fact("focus", "; ".join(items), Span(bullets[0].span.start, bullets[-1].span.end))


def visit(text: Text) -> int | None:
    """Which monitoring visit of its series it is, where the letter counts them."""
    for block in first_page(text):
        match = _SERIES.search(text.words(block))
        if match:
            return _ORDINALS.index(match[1].lower()) + 1
    return None


KIND = "inspection-letter"
SHAPE = Shape(KIND, ("ilacs-focused-visit", "ilacs-monitoring-visit"), letter=True, focus=focus, visit=visit)


def recognise(text: Text, vocabulary: Vocabulary) -> Recognition:
    """Whether the title is of this kind."""
    return recognised(text, vocabulary, SHAPE)


def read(source: Source, text: Text, vocabulary: Vocabulary) -> Report:
    """All that the letter states."""
    return assembled(source, text, vocabulary, SHAPE)
