"""Putting together the `Report` of a document about one inspection; each kind says only what is peculiar to it.

title -> publication -> days -> authorities -> people -> judgements -> recommendations -> findings -> the rest
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from loaders.asks.duties import duties
from loaders.asks.grounds import grounded
from loaders.asks.recommendations import blocks_of_recommendations, recommendations
from loaders.facts import inspected, team
from loaders.facts.judgements import judgements
from loaders.facts.mentions import mentions
from loaders.facts.titles import Title, title_of
from loaders.figures.statistics import statistics
from loaders.records import Fact, Inspection, Judgement, Recognition, Report, Source
from loaders.statements.findings import findings
from loaders.statements.sections import Section, sections
from loaders.text import Span, Text
from ontology import Scale, Vocabulary

Judging = Callable[[Sequence[Section], Text, str, Vocabulary], tuple[Judgement, ...]]


@dataclass(frozen=True, slots=True)
class Shape:
    """What is peculiar to one kind of document about one inspection."""

    kind: str
    """Its id in the scheme document-kind."""
    frameworks: tuple[str, ...]
    """The frameworks that its title may name."""
    letter: bool = False
    """It greets somebody, and its date is the day of its publication."""
    joint: bool = False
    """Several authorities and inspectorates may be named."""
    judging: Judging = judgements
    optional: tuple[str, ...] = ()
    """Areas that such a document need not judge."""
    focus: Callable[[Text, Title | None], Fact | None] | None = None
    visit: Callable[[Text], int | None] | None = None


def recognised(text: Text, vocabulary: Vocabulary, shape: Shape) -> Recognition:
    """How surely the text is of this shape: by its title, and less where a letter greets nobody or has no days."""
    title = title_of(text, vocabulary)
    if title is None or title.framework not in shape.frameworks:
        return Recognition(shape.kind, 0.0, "no title of this kind")
    printed = " ".join(text.words(title.span).split())
    score = 0.9 if title.salutation or not shape.letter else 0.6
    if not inspected.period(text, title, None):
        score -= 0.25
    return Recognition(shape.kind, score, f"its title says “{printed}”")


def assembled(source: Source, text: Text, vocabulary: Vocabulary, shape: Shape) -> Report:
    """All that a document of this shape states; what it does not say is left out."""
    opened = _opened(text, vocabulary, shape)
    inspection = _inspection(opened)
    parts, issued = opened.parts, opened.issued
    judged = shape.judging(parts, text, opened.framework, vocabulary)
    ungraded = unjudged(opened.framework, inspection.start or _day(issued), judged, vocabulary, shape.optional)
    asking = blocks_of_recommendations(parts, text, vocabulary)
    named = [fact.span for fact in inspection.facts if fact.property in ("inspector", "leadInspector")]
    asked = duties(parts, text, vocabulary)
    laid = frozenset(span for duty in asked for span in duty.spans)
    found, not_found = findings(parts, text, vocabulary, asking | laid | _rows_of(judged, text), named)
    body = inspection.authorities[0] if inspection.authorities else "ofsted"
    addressees, addressed = team.addressees(text, body, vocabulary) if shape.letter else ((), ())
    return Report(
        source=source,
        text=text,
        kind=shape.kind,
        why=recognised(text, vocabulary, shape).why,
        title=_printed_title(opened, inspection),
        issued=_day(issued),
        facts=(*((issued,) if issued else ()), *addressed),
        addressees=addressees,
        inspection=inspection,
        judgements=judged,
        not_graded=ungraded.not_graded,
        not_judged=ungraded.not_judged,
        not_found=ungraded.not_found,
        findings=found,
        not_findings=not_found,
        recommendations=grounded(recommendations(parts, text, vocabulary), found),
        statistics=statistics(parts, text, asking),
        duties=asked,
        mentions=mentions(parts, text, vocabulary, inspection.authorities),
    )


@dataclass(frozen=True, slots=True)
class _Opened:
    """A document with what all stages need of it."""

    text: Text
    vocabulary: Vocabulary
    shape: Shape
    title: Title | None
    framework: str
    parts: tuple[Section, ...]
    issued: Fact | None


def _opened(text: Text, vocabulary: Vocabulary, shape: Shape) -> _Opened:
    title = title_of(text, vocabulary)
    framework = title.framework if title and title.framework in shape.frameworks else shape.frameworks[0]
    parts = sections(text, vocabulary)
    return _Opened(text, vocabulary, shape, title, framework, parts, inspected.issued(text))


def _day(fact: Fact | None) -> date | None:
    return date.fromisoformat(fact.value) if fact else None


def _inspection(opened: _Opened) -> Inspection:
    text, shape, title, framework = opened.text, opened.shape, opened.title, opened.framework
    published = _day(opened.issued)
    days = inspected.period(text, title, published)
    start, end = (_day(days[0]), _day(days[-1])) if days else (None, None)
    bodies = inspected.authorities(text, title, opened.vocabulary, joint=shape.joint, on=start or published)
    people = team.team(opened.parts, text)
    focus = shape.focus(text, title) if shape.focus else None
    named = (Fact("framework", framework, title.span),) if title else ()
    return Inspection(
        framework=framework,
        authorities=tuple(fact.value for fact in bodies),
        start=start,
        end=end,
        inspectorates=_inspectorates(text, framework, opened.vocabulary),
        lead=people.lead,
        inspectors=people.inspectors,
        focus=focus.value if focus else None,
        visit=shape.visit(text) if shape.visit else None,
        facts=(*named, *bodies, *days, *people.facts, *((focus,) if focus else ())),
    )


def _inspectorates(text: Text, framework: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Those of the framework that the document names; a framework of one alone is always that one's."""
    usual = vocabulary.frameworks[framework].inspectorates
    if len(usual) < 2:
        return usual or ("ofsted",)
    known = vocabulary.concepts.get("inspectorate", {})
    words = text.content.replace("’", "'")
    names = {id: (known[id].label, *known[id].alt) for id in usual if id in known}
    return tuple(id for id in usual if any(name in words for name in names.get(id, ()))) or usual


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Areas without a grade, by the reason: the framework gives none, this visit gave none, or none was found."""

    not_graded: tuple[str, ...] = ()
    not_judged: tuple[str, ...] = ()
    not_found: tuple[str, ...] = ()


def unjudged(
    framework: str,
    start: date | None,
    judged: Sequence[Judgement],
    vocabulary: Vocabulary,
    optional: tuple[str, ...] = (),
) -> Unjudged:
    """Why each area has no grade; `optional` areas that are missing were not judged."""
    known = vocabulary.frameworks[framework]
    found = {judgement.area for judgement in judged}
    if not known.grades_areas:
        return Unjudged(not_judged=_judged_in_full(known.remit, start, vocabulary))
    scale = _scale(known.scales, start, found)
    graded = scale.areas if scale else ()
    missing = [area for area in graded if area not in found]
    return Unjudged(
        not_graded=tuple(area for area in known.grades_areas if area not in graded and area not in found),
        not_judged=tuple(area for area in missing if area in optional),
        not_found=tuple(area for area in missing if area not in optional),
    )


def _scale(scales: Sequence[Scale], start: date | None, found: set[str]) -> Scale | None:
    """The scale of the year that has most of the areas found, where periods meet in one year or none is known."""
    current = [scale for scale in scales if start is None or _in_period(scale, start.year)]
    fitting = [scale for scale in scales if found and found <= set(scale.areas)]
    candidates = [scale for scale in current if scale in fitting] or current or fitting
    return max(candidates, key=lambda scale: (len(found & set(scale.areas)), -len(scale.areas)), default=None)


def _in_period(scale: Scale, year: int) -> bool:
    return (scale.from_year or 0) <= year <= (scale.until_year or 9999)


def _judged_in_full(remit: str, start: date | None, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The areas that a full inspection of the same remit would have judged in that year; none where it is not known."""
    scales = [s for f in vocabulary.frameworks.values() if f.remit == remit for s in f.scales]
    fitting = [scale for scale in scales if start is not None and _in_period(scale, start.year)]
    latest = max(fitting, key=lambda scale: (scale.from_year or 0, len(scale.areas)), default=None)
    return latest.areas if latest else ()


def _rows_of(judged: Sequence[Judgement], text: Text) -> frozenset[Span]:
    """The blocks that are nothing but judgements."""
    spans = sorted(span for judgement in judged for span in judgement.spans)
    return frozenset(
        block.span
        for block in text.blocks
        if block.kind in ("row", "heading") and any(block.span.start <= s.start < block.span.end for s in spans)
    )


def _printed_title(opened: _Opened, inspection: Inspection) -> str:
    """The title as printed, after the authority's name where it does not hold that itself."""
    title = opened.title
    if title is None:
        return ""
    end = max(title.block.span.end, title.span.end)
    printed = " ".join(opened.text.content[title.block.span.start : end].split())
    name = next((fact for fact in inspection.facts if fact.property == "inspects"), None)
    if name is None or title.block.span.start <= name.span.start < end:
        return printed
    return f"{opened.vocabulary.authorities[name.value].name}: {printed}"
