"""Grades: from tables of areas and grades, and from headings and sentences that say the same in words.

rows, or an area with its grade beneath it -> sentences of the cover -> headings -> first sentences of paragraphs

The first place that grades an area counts; later ones confirm it or stand as differing readings. The names of areas
and grades are labels in the ontology, which grades a framework gives is its scale there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from loaders.facts.names import authorities_in
from loaders.records import Judgement, Reading
from loaders.statements.sections import Section
from loaders.statements.sentences import sentences
from loaders.text import Block, Span, Text
from ontology import Concept, Vocabulary

_BEGINNING = 140
"""Characters within which a sentence that is a judgement has come to its area."""
_SILENT = frozenset({"information", "recommendations", "method", "boilerplate", "contents", "inspectors"})
_LONGEST = 260
"""Characters of the longest heading or sentence that can be a judgement."""
_LONGEST_GRADE = 60

_MARKS = " \t:.*–-0123456789"
_BEGINS = (
    r"\W*(?:in\s+summary,?\s+)?(?:(?:the|our)\s+)?"
    r"(?:(?:graded\s+)?judge?ment\s+(?:for|about|on|of)\s+)?(?:the\s+)?(?:effectiveness\s+of\s+)?(?:the\s+)?"
)
_BETWEEN = (
    r"(?:\s+(?:services?|area|council))?(?:\s*\([^)]{{1,40}}\))?"
    r"(?:\s+(?:in|for|of|at)\s+(?:(?!\b{grade}\b)[^.:;]){{2,70}}?)?"
)
_COPULA = (
    r"\s*[:–-]?\s*(?:(?:is|are)\b\s*:?\s*)?(?:that\s+(?:it|they)\s+)?(?:(?:is|are)\s+)?"
    r"(?:(?:judged|graded|found)\s+(?:to\s+be\s+|as\s+)?)?[*_\s]*"
)
_ENDS = r"[*_\s]*(?:,?\s+(?:and\s+(?:is|are)\s+not\s+yet\s+good\s+)?because\b)?\W*"

_OVERALL = re.compile(r"^(?:the\s+)?overall\s+effectiveness\s+of\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    """One place that gives a grade to an area; `order` is lower the more the place can be relied on."""

    order: int
    area: str
    grade: str
    area_spans: tuple[Span, ...]
    grade_spans: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(sorted({*self.area_spans, *self.grade_spans}))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The words of one framework's areas and grades, ready to be looked for."""

    area: re.Pattern[str]
    """An area as tables name it."""
    spoken: re.Pattern[str]
    """An area as sentences name it."""
    grade: re.Pattern[str]
    statement: re.Pattern[str]
    begun: re.Pattern[str]
    """A statement up to its grade."""
    alone: re.Pattern[str]
    """A grade and nothing else."""
    areas: dict[str, str]
    grades: dict[str, str]


def judgements(
    sections: Sequence[Section], text: Text, framework: str, vocabulary: Vocabulary
) -> tuple[Judgement, ...]:
    """What the document's own inspection judges, in the order of the framework's areas in the document."""
    patterns = _patterns(framework, vocabulary)
    if patterns is None:
        return ()
    found = sorted(
        chain(
            _in_tables(text, patterns),
            _under_headings(text, patterns),
            _in_words(sections, text, patterns, vocabulary),
        ),
        key=lambda one: one.order,
    )
    return _combined(found, text)


def outcome(sections: Sequence[Section], text: Text, framework: str, vocabulary: Vocabulary) -> tuple[Judgement, ...]:
    """The one outcome that a section under the area's name gives in a sentence, as area SEND reports do."""
    patterns = _patterns(framework, vocabulary)
    if patterns is None:
        return ()
    for section in sections:
        heading = section.blocks[0] if section.heading and section.blocks[0].kind == "heading" else None
        area = patterns.area.fullmatch(text.words(heading).strip(_MARKS)) if heading else None
        if heading is None or area is None:
            continue
        for block in section.body:
            match = patterns.grade.search(text.words(block))
            if match:
                ids = patterns.areas[_key(area[0])], patterns.grades[_key(match[0])]
                return _combined([_Found(0, *ids, (heading.span,), (_span(block, match, 0),))], text)
    return ()


def _in_tables(text: Text, patterns: _Patterns) -> Iterator[_Found]:
    """Rows of which one cell is a grade and another an area, wherever lines of either have come apart."""
    for at, block in enumerate(text.blocks):
        cells = [cell for cell in block.cells if cell.end > cell.start]
        if len(cells) < 2:
            continue
        before = text.blocks[at - 1] if at else None
        after = text.blocks[at + 1] if at + 1 < len(text.blocks) else None
        grade = _matched(cells[-1], None, after, text, patterns.grade)
        area = _matched(Span(cells[0].start, cells[-2].end), before, after, text, patterns.area) if grade else None
        if grade and area:
            yield _Found(0, patterns.areas[area[0]], patterns.grades[grade[0]], area[1], grade[1])


def _matched(
    cell: Span, before: Block | None, after: Block | None, text: Text, pattern: re.Pattern[str]
) -> tuple[str, tuple[Span, ...]] | None:
    """The cell as a label, with the line before or after it where that belongs to it: the longest that is one."""
    above = () if before is None or before.cells else (before.span,)
    below = () if after is None or after.cells else (after.span,)
    tries = {(*above, cell, *below), (*above, cell), (cell, *below), (cell,)}
    for spans in sorted(tries, key=lambda spans: (-len(spans), spans)):
        match = pattern.fullmatch(" ".join(map(text.words, spans)).strip(_MARKS))
        if match:
            return _key(match[0]), spans
    return None


def _under_headings(text: Text, patterns: _Patterns) -> Iterator[_Found]:
    """A block that is an area's name, and beneath it one that is a grade ("Grade 3 (adequate)").

    Either may have come apart into two lines, as in a table whose cells are narrow.
    """
    blocks = text.blocks
    for at in range(len(blocks) - 1):
        grade = _whole(blocks[at + 1 : at + 3], text, patterns.alone, at_end=False)
        area = _whole(blocks[max(0, at - 1) : at + 1], text, patterns.begun, at_end=True) if grade else None
        if area and grade:
            ids = patterns.areas[_key(area[1]["area"])], patterns.grades[_key(grade[1]["grade"])]
            yield _Found(1, *ids, (_span(area[0], area[1], "area"),), (_span(grade[0], grade[1], "grade"),))


def _whole(
    blocks: Sequence[Block], text: Text, pattern: re.Pattern[str], *, at_end: bool
) -> tuple[Span, re.Match[str]] | None:
    """What matches as a whole: the last of two blocks (the first, where not `at_end`), else both together."""
    nearest = blocks[-1 if at_end else 0]
    for span in dict.fromkeys((nearest.span, Span(blocks[0].span.start, blocks[-1].span.end))):
        if span.end - span.start > (_LONGEST if at_end else _LONGEST_GRADE) or any(one.cells for one in blocks):
            return None
        match = pattern.fullmatch(text.words(span))
        if match:
            return span, match
    return None


def _span(block: Block | Span, match: re.Match[str], group: str | int) -> Span:
    start = block.span.start if isinstance(block, Block) else block.start
    return Span(start + match.start(group), start + match.end(group))


def _in_words(sections: Sequence[Section], text: Text, patterns: _Patterns, vocabulary: Vocabulary) -> Iterator[_Found]:
    for section in sections:
        cover = section.role in ("cover", "judgements")
        for block in section.blocks:
            if section.role in _SILENT and (block.kind != "heading" or section.role == "boilerplate"):
                continue
            order = 1 if cover else 2 if block.kind == "heading" else 3
            for span in _statements(block, cover, text, patterns):
                yield from _stated(span, order, text, patterns, vocabulary)


def _statements(block: Block, cover: bool, text: Text, patterns: _Patterns) -> Iterable[Span]:
    """What can be a judgement in words: a heading, a sentence of the cover, the first sentence of a paragraph."""
    if block.cells or block.kind == "footnote":
        return ()
    if block.kind == "heading":
        return (block.span,)
    content, start, end = text.content, block.span.start, block.span.end
    if cover:
        return sentences(text, block.span) if patterns.grade.search(content, start, end) else ()
    # Whole paragraphs are many, and few begin like a judgement: most are passed over without cutting sentences.
    reach = min(end, start + _LONGEST)
    if patterns.spoken.search(content, start, min(end, start + _BEGINNING)) is None:
        return ()
    return sentences(text, Span(start, reach))[:1] if patterns.grade.search(content, start, reach) else ()


def _stated(span: Span, order: int, text: Text, patterns: _Patterns, vocabulary: Vocabulary) -> Iterator[_Found]:
    words = text.words(span)
    if len(words) > _LONGEST or patterns.grade.search(words) is None:
        return
    match = patterns.statement.fullmatch(_without_names(words, vocabulary))
    if match is None:
        return
    area, grade = patterns.areas[_key(match["area"])], patterns.grades[_key(match["grade"])]
    yield _Found(order, area, grade, (_span(span, match, "area"),), (_span(span, match, "grade"),))


def _without_names(words: str, vocabulary: Vocabulary) -> str:
    """The words with spaces for names of authorities, so that "the Anytown Safeguarding Children Board" is a label."""
    for named in authorities_in(words, vocabulary):
        words = words[: named.start] + " " * (named.end - named.start) + words[named.end :]
    return words


def _combined(found: Iterable[_Found], text: Text) -> tuple[Judgement, ...]:
    """One judgement an area, from its first place; further ones as spans where they agree, as readings where not."""
    kept: dict[str, Judgement] = {}
    for one in found:
        held = kept.get(one.area)
        if held is None:
            printed = _printed(one.area_spans, text), _printed(one.grade_spans, text)
            kept[one.area] = Judgement(one.area, one.grade, *printed, one.spans)
        elif held.grade == one.grade:
            kept[one.area] = replace(held, spans=tuple(dict.fromkeys((*held.spans, *one.spans))))
        else:
            reading = Reading(one.grade, _printed(one.grade_spans, text), one.spans)
            kept[one.area] = replace(held, other_readings=(*held.other_readings, reading))
    return tuple(sorted(kept.values(), key=lambda judgement: judgement.spans[0].start))


def _printed(spans: Iterable[Span], text: Text) -> str:
    return " ".join(" ".join(map(text.words, spans)).split())


@lru_cache(maxsize=64)
def _patterns(framework: str, vocabulary: Vocabulary) -> _Patterns | None:
    known = vocabulary.frameworks[framework]
    areas = [vocabulary.concepts["area"][id] for id in known.grades_areas]
    ids = {grade for scale in known.scales for grade in scale.grades}
    grades = [vocabulary.concepts["grade"][id] for id in sorted(ids)]
    if not areas or not grades:
        return None
    named, graded = _alternatives(_words(areas)), _alternatives(_words(grades))
    spoken = _alternatives([label for area in areas for label in _spoken(area)])
    begun = rf"{_BEGINS}(?P<area>{spoken}){_BETWEEN.format(grade=graded)}{_COPULA}"
    return _Patterns(
        area=re.compile(rf"(?:the\s+)?{named}", re.IGNORECASE),
        spoken=re.compile(spoken, re.IGNORECASE),
        grade=re.compile(graded, re.IGNORECASE),
        statement=re.compile(rf"{begun}(?P<grade>{graded}){_ENDS}", re.IGNORECASE),
        begun=re.compile(begun, re.IGNORECASE),
        alone=re.compile(rf"\W*(?:grade\s+\d\W+)?(?P<grade>{graded})\W*", re.IGNORECASE),
        areas={_key(label): area.id for area in areas for label in _spoken(area)},
        grades={_key(label): grade.id for grade in grades for label in _words([grade])},
    )


def _words(concepts: Iterable[Concept]) -> list[str]:
    return [label for concept in concepts for label in (concept.label, *concept.alt, *concept.hidden)]


def _spoken(area: Concept) -> list[str]:
    """How sentences name an area: "taken as a whole, services" speaks of the overall effectiveness of services."""
    named = [*area.cues, *_words([area])]
    return [*named, *(_OVERALL.sub("taken as a whole, ", name) for name in named if _OVERALL.match(name))]


def _key(words: str) -> str:
    """A label as printed in the form by which it is looked up: only its letters count, and no leading article."""
    return re.sub(r"[\W_]", "", re.sub(r"^\W*the\b", "", words.lower()).replace("&", "and"))


def _alternatives(labels: Iterable[str]) -> str:
    """A pattern that matches any of the labels, the longest first, however it is spaced, quoted and punctuated."""
    ordered = sorted(set(labels), key=lambda label: (-len(label), label))
    return "(?:" + "|".join(map(_loosely, ordered)) + ")"


def _loosely(label: str) -> str:
    words = re.sub(r"^the\s+", "", label.lower()).replace("'", "\0").split()
    loose = (re.escape(word.strip(",")).replace("\0", "['’‘´ʼ`]?") for word in words)
    return r",?\s+".join("(?:and|&)" if word == "and" else word for word in loose)
