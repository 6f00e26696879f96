"""Reports on safeguarding and looked after children services, 2009 to 2012.

They judge two services, each as a whole and for its capacity to improve: under the headings of its chapter and again
in the record of main findings. What the record grades below that is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.assembly import Shape, assembled, recognised
from loaders.records import Judgement, Reading, Recognition, Report, Source
from loaders.statements.sections import Section
from loaders.text import Span, Text
from ontology import Vocabulary

KIND = "inspection-report"

_SERVICES = (
    ("safeguarding", re.compile(r"(?:the\s+inspection\s+outcomes:?\s+)?safeguarding\s+services\W*", re.IGNORECASE)),
    (
        "looked-after",
        re.compile(
            r"(?:the\s+inspection\s+outcomes:?\s+)?services\s+for\s+looked[\s-]after\s+children\W*", re.IGNORECASE
        ),
    ),
)
_AREAS = {"safeguarding": "safeguarding", "looked-after": "looked-after-services"}
_ASPECT = re.compile(
    r"\W*(?:(?P<whole>overall\s+effectiveness)|capacity\s+(?:for\s+improvement|to\s+improve))\b", re.IGNORECASE
)
_NEAR = 3
"""Blocks within which the grade follows its heading."""


def _judged(sections: Sequence[Section], text: Text, framework: str, vocabulary: Vocabulary) -> tuple[Judgement, ...]:
    """The grades of both services; a second place that gives one confirms it or stands as a differing reading."""
    del sections
    kept: dict[str, Judgement] = {}
    for one in _given(text, _grades(framework, vocabulary)):
        held = kept.get(one.area)
        if held is None:
            kept[one.area] = one
        elif held.grade == one.grade:
            kept[one.area] = replace(held, spans=tuple(dict.fromkeys((*held.spans, *one.spans))))
        else:
            reading = Reading(one.grade, one.grade_text, one.spans)
            kept[one.area] = replace(held, other_readings=(*held.other_readings, reading))
    return tuple(kept.values())


def _grades(framework: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    ids = {grade for scale in vocabulary.frameworks[framework].scales for grade in scale.grades}
    return re.compile(rf"(?:grade\s+\d\W+)?\b(?P<grade>{'|'.join(sorted(ids))})\W*$", re.IGNORECASE)


def _given(text: Text, grades: re.Pattern[str]) -> Iterator[Judgement]:
    """Each place at which a service's aspect and its grade stand in one block, or in blocks close together."""
    service: str | None = None
    waiting: tuple[str, Span, int] | None = None
    for at, block in enumerate(text.blocks):
        words = text.words(block)
        service = next((id for id, pattern in _SERVICES if pattern.fullmatch(words)), service)
        aspect = _ASPECT.match(words) if service and len(words) < 90 else None
        if aspect and service:
            area = _AREAS[service] if aspect["whole"] else f"{service}-capacity"
            waiting = (area, Span(block.span.start + aspect.start(), block.span.start + aspect.end()), at)
        grade = grades.search(words) if waiting and len(words) < 90 else None
        if waiting and grade and at - waiting[2] < _NEAR:
            place = Span(block.span.start + grade.start("grade"), block.span.start + grade.end("grade"))
            area, named, _ = waiting
            yield Judgement(area, grade["grade"].lower(), text.words(named).strip(), grade["grade"], (named, place))
            waiting = None


SHAPE = Shape(KIND, ("safeguarding-looked-after-2009",), judging=_judged)


def recognise(text: Text, vocabulary: Vocabulary) -> Recognition:
    """Whether the title is of this kind."""
    return recognised(text, vocabulary, SHAPE)


def read(source: Source, text: Text, vocabulary: Vocabulary) -> Report:
    """All that the document states."""
    return assembled(source, text, vocabulary, SHAPE)
