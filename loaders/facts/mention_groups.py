"""Which of the references to inspections in a document mean the same one, by date, framework, service and authority."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from loaders.facts.inspection_references import Reference
from loaders.facts.titles import Title
from loaders.records import Judgement, Mention
from loaders.text import Span
from ontology import Vocabulary

# "Dates of previous inspection: …", at the head of a report
_HEAD_LINE = re.compile(r"^\W*dates?\s+of\s+(?:the\s+)?(?:previous|last)\s+inspection\b", re.IGNORECASE)
# Focused visits began with the framework that they belong to; joint and SEND inspections gave no grades at first.
_GRADED_AS = {"ilacs-focused-visit": "ilacs"}
_OF_AUTHORITIES = "social-care"
_VISITS = frozenset({"ilacs-focused-visit", "ilacs-monitoring-visit"})


@dataclass(frozen=True, slots=True)
class Said:
    """One reference in its sentence."""

    reference: Reference
    sentence: Span
    words: str
    authorities: tuple[str, ...]
    judgements: tuple[Judgement, ...]


@dataclass(slots=True)
class _Group:
    """References that mean one inspection, as they are gathered."""

    statement: str
    authorities: tuple[str, ...]
    when: str | None
    framework: str | None
    visit: bool
    service: str
    last: bool = False
    spans: list[Span] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)


def grouped(said: Iterable[Said], title: Title | None, vocabulary: Vocabulary) -> tuple[Mention, ...]:
    """Each inspection that is spoken of once, in the order in which the document first speaks of it."""
    groups: list[_Group] = []
    for one in sorted(said, key=lambda s: (s.reference.when is None, s.sentence.start)):
        _add(_timely(one, vocabulary), groups, vocabulary)
    return tuple(sorted((_mention(group, title) for group in groups), key=lambda mention: mention.spans[0]))


def _timely(one: Said, vocabulary: Vocabulary) -> Said:
    """A reference without a framework that there was not yet or no longer, or that is a visit's where it is none."""
    named = one.reference.framework
    fits = named is None or (
        _in_force(named, one.reference.when, vocabulary) and (one.reference.visit or named not in _VISITS)
    )
    return one if fits else replace(one, reference=replace(one.reference, framework=None))


def _in_force(framework: str, when: str | None, vocabulary: Vocabulary) -> bool:
    scales = vocabulary.frameworks[_GRADED_AS.get(framework, framework)].scales
    if when is None or not scales or vocabulary.frameworks[framework].remit != _OF_AUTHORITIES:
        return True
    first, last = min(scale.from_year or 0 for scale in scales), max(scale.until_year or 9999 for scale in scales)
    return first <= int(when[:4]) <= last


def _add(one: Said, groups: list[_Group], vocabulary: Vocabulary) -> None:
    """Put a reference with the inspection that it means, or begin a new one."""
    reference = one.reference
    group = _same(one, groups, vocabulary)
    if group is None:
        kind = (reference.framework, reference.visit, reference.service)
        group = _Group(one.words, one.authorities, reference.when, *kind)
        groups.append(group)
    if reference.when and (group.when is None or len(reference.when) > len(group.when)):
        group.when = reference.when
    group.framework = group.framework or reference.framework
    group.last = group.last or reference.last
    if one.sentence not in group.spans:
        group.spans.append(one.sentence)
    known = {judgement.area for judgement in group.judgements}
    group.judgements += [judgement for judgement in one.judgements if judgement.area not in known]


def _same(one: Said, groups: list[_Group], vocabulary: Vocabulary) -> _Group | None:
    """The group that a reference belongs to: by its date, or without one the last inspection of its kind."""
    reference = one.reference
    fitting = [group for group in groups if _agrees(one, group, vocabulary)]
    if reference.when is not None:
        dated = [group for group in fitting if group.when and _overlap(group.when, reference.when)]
        return dated[0] if len(dated) == 1 else next((g for g in dated if g.when == reference.when), None)
    called = [group for group in fitting if group.last and group.when] or [g for g in fitting if g.when]
    if called:
        return max(called, key=lambda group: group.when or "")
    return next((group for group in fitting if group.when is None), None)


def _agrees(one: Said, group: _Group, vocabulary: Vocabulary) -> bool:
    reference = one.reference
    frameworks = None in (reference.framework, group.framework) or reference.framework == group.framework
    named, when = reference.framework or group.framework, reference.when or group.when
    if named is not None and not _in_force(named, when, vocabulary):
        return False
    kinds = reference.visit == group.visit or (reference.when is not None and frameworks)
    return (
        frameworks and kinds and reference.service == group.service and set(one.authorities) == set(group.authorities)
    )


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _mention(group: _Group, title: Title | None) -> Mention:
    headed = title.framework if title and _HEAD_LINE.match(group.statement) else None
    return Mention(
        statement=group.statement,
        spans=tuple(sorted(group.spans)),
        when=group.when,
        framework=group.framework or _framework_of_visit(group) or headed,
        authorities=group.authorities,
        judgements=tuple(group.judgements),
    )


def _framework_of_visit(group: _Group) -> str | None:
    """A visit that the words only call focused or monitoring is of that framework."""
    words = group.statement.lower()
    if group.visit and "focused visit" in words:
        return "ilacs-focused-visit"
    return "ilacs-monitoring-visit" if group.visit and "monitoring visit" in words else None
