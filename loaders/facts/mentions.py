"""Other inspections that a document speaks of, each once, with when, framework, authority and grades as far as said.

sentences -> references in them -> those that mean one inspection together -> mentions, in the order of the document
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from loaders.facts import inspected
from loaders.facts.dates import moments
from loaders.facts.inspection_references import Reference, may_refer, references
from loaders.facts.names import authorities_in
from loaders.facts.titles import title_of
from loaders.records import Judgement, Mention
from loaders.statements.phrases import Phrases, longest, once_a_vocabulary
from loaders.statements.sections import Role, Section, area_of
from loaders.statements.sentences import sentences as sentences_of
from loaders.text import Block, Span, Text
from ontology import Vocabulary

_NEVER: frozenset[Role] = frozenset({"contents", "boilerplate", "inspectors"})
_OF_AUTHORITY = re.compile(r"\b(?:inspections?|visits?|inspected)\b[^.;]{0,60}?\b(?:of|to|in|at)\s+$", re.IGNORECASE)
_GRADED = (
    re.compile(r"\b(?:judged|graded|rated)\b[^.;]*", re.IGNORECASE),
    re.compile(r"\b(?:found\b|judge?ments?\b|outcome\b)[^.;]*", re.IGNORECASE),
)
_GOES_ON = re.compile(
    r"^(?:at\s+that\s+(?:time|inspection)|(?:the|this|it|its|they|services?|inspectors?|ofsted|overall)\b[^.]{0,80}\b(?:was|were|judged|rated|graded|found)\b)",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"^\W*(?:overall\s+)?(?:for|in|in\s+relation\s+to|in\s+respect\s+of)\s+(?P<area>[^.;,]+?)"
    r"(?=\s+and\s+(?:\w+\s+){0,3}(?:for|in)\b|[.;,]|$)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[:–-]\s*$")


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


@dataclass(frozen=True, slots=True)
class _Said:
    """One reference in its sentence."""

    reference: Reference
    sentence: Span
    words: str
    authorities: tuple[str, ...]
    judgements: tuple[Judgement, ...]


def mentions(
    sections: Iterable[Section], text: Text, vocabulary: Vocabulary, authorities: Sequence[str]
) -> tuple[Mention, ...]:
    """Every inspection spoken of but the document's own, in the order in which the document first speaks of it."""
    own = _own_days(text, vocabulary)
    said = [one for one in _said(sections, text, vocabulary, tuple(authorities)) if not _is_own(one.reference, own)]
    groups: list[_Group] = []
    for one in sorted(said, key=lambda s: (s.reference.when is None, s.sentence.start)):
        _add(one, groups)
    found = [_mention(group) for group in groups]
    return tuple(sorted(found, key=lambda mention: mention.spans[0]))


def _own_days(text: Text, vocabulary: Vocabulary) -> tuple[date, date] | None:
    """The days of the document's own inspection, where it reports one."""
    title = title_of(text, vocabulary)
    days = inspected.period(text, title, None) if title is not None else ()
    return (date.fromisoformat(days[0].value), date.fromisoformat(days[-1].value)) if days else None


def _is_own(reference: Reference, own: tuple[date, date] | None) -> bool:
    """Whether a date lies in the days of the document's own inspection, or names no more than their year or month."""
    if own is None or reference.when is None:
        return False
    first, last = own[0].isoformat(), own[1].isoformat()
    if len(reference.when) == 10:
        return first <= reference.when <= last
    return not reference.last and reference.when in (first[: len(reference.when)], last[: len(reference.when)])


# --- what is said, sentence by sentence


def _said(
    sections: Iterable[Section], text: Text, vocabulary: Vocabulary, authorities: tuple[str, ...]
) -> Iterator[_Said]:
    for section in sections:
        if section.role in _NEVER:
            continue
        listing: _Said | None = None
        for block in section.blocks:
            if block.kind == "heading":
                continue
            if listing is not None and block.kind == "bullet" and (grades := _line_of_grades(block, text, vocabulary)):
                yield replace(listing, sentence=block.span, judgements=grades)
                continue
            found = list(_of_block(block, text, vocabulary, authorities))
            yield from found
            listing = found[-1] if found and text.words(block).rstrip().endswith(":") else None


def _of_block(block: Block, text: Text, vocabulary: Vocabulary, authorities: tuple[str, ...]) -> Iterator[_Said]:
    """What a block says; a sentence that goes on with the grades of the inspection before it belongs to that one."""
    before: _Said | None = None
    if not may_refer(text.words(block)):
        return
    for sentence in sentences_of(text, block.span):
        words = " ".join(text.words(sentence).split())
        found = references(words, vocabulary)
        if not found:
            grades = _grades(words, sentence, vocabulary, _subject(before, vocabulary)) if before else ()
            if before and grades and _GOES_ON.match(words):
                yield replace(before, sentence=sentence, judgements=grades)
            continue
        for reference in found:
            named = _named(words, reference, vocabulary) or authorities
            before = _Said(reference, sentence, words, named, _grades(words, sentence, vocabulary))
            yield before


def _subject(said: _Said, vocabulary: Vocabulary) -> str:
    """The area that an inspection of one service was about ("the last inspection of the adoption service")."""
    of = re.search(r"\binspections?\s+of\b(?P<what>[^.;]{3,120}?)\b(?:was|took|were)\b", said.words, re.IGNORECASE)
    if of is None or said.reference.framework is not None:
        return "overall"
    return area_of(of["what"], vocabulary) or "overall"


def _named(words: str, reference: Reference, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The authority whose inspection is meant, where the sentence names one for it."""
    return tuple(
        dict.fromkeys(
            one.gss
            for one in authorities_in(words, vocabulary)
            if _OF_AUTHORITY.search(words[max(0, reference.start - 20) : one.start])
        )
    )


# --- grades that are said of it


@once_a_vocabulary
def _grade_phrases(vocabulary: Vocabulary) -> Phrases[str]:
    scheme = vocabulary.concepts["grade"].values()
    named = [(label, c.id) for c in scheme for label in (c.label, *c.alt, *c.hidden) if len(label) > 3]
    # "services were judged to require improvement"
    return Phrases([*named, *((re.sub(r"(?i)^requires", "require", label), id) for label, id in named)])


def _grades(words: str, span: Span, vocabulary: Vocabulary, whole: str = "overall") -> tuple[Judgement, ...]:
    """Grades after "judged", "rated" and the like, each for the area that "for ..." names, else for the `whole`."""
    told = next((match for pattern in _GRADED if (match := pattern.search(words))), None)
    if told is None:
        return ()
    found: dict[str, Judgement] = {}
    for phrase in longest(_grade_phrases(vocabulary).find(told.group())):
        named = _FOR.match(told.group()[phrase.end :])
        area_text = named["area"] if named and not moments(named["area"]) else ""
        area = area_of(area_text, vocabulary) if area_text else whole
        if area is not None and area not in found:
            grade_text = told.group()[phrase.start : phrase.end]
            found[area] = Judgement(area, phrase.value, area_text or whole, grade_text, (span,))
    return tuple(found.values())


def _line_of_grades(block: Block, text: Text, vocabulary: Vocabulary) -> tuple[Judgement, ...]:
    """A line of a list such as "Adoption performance: good"."""
    words = " ".join(text.words(block).split())
    matches = longest(_grade_phrases(vocabulary).find(words))
    if len(matches) != 1 or not _TAIL.search(words[: matches[0].start]):
        return ()
    area_text = _TAIL.sub("", words[: matches[0].start]).strip()
    area = area_of(area_text, vocabulary)
    grade_text = words[matches[0].start : matches[0].end]
    return (Judgement(area, matches[0].value, area_text, grade_text, (block.span,)),) if area else ()


# --- which references mean the same inspection


def _add(one: _Said, groups: list[_Group]) -> None:
    """Put a reference with the inspection that it means, or begin a new one."""
    reference = one.reference
    group = _same(one, groups)
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


def _same(one: _Said, groups: list[_Group]) -> _Group | None:
    """The group that a reference belongs to: by its date, or without one the last inspection of its kind."""
    reference = one.reference
    fitting = [group for group in groups if _agrees(one, group)]
    if reference.when is not None:
        dated = [group for group in fitting if group.when and _overlap(group.when, reference.when)]
        return dated[0] if len(dated) == 1 else next((g for g in dated if g.when == reference.when), None)
    called = [group for group in fitting if group.last and group.when] or [g for g in fitting if g.when]
    if called:
        return max(called, key=lambda group: group.when or "")
    return next((group for group in fitting if group.when is None), None)


def _agrees(one: _Said, group: _Group) -> bool:
    reference = one.reference
    frameworks = None in (reference.framework, group.framework) or reference.framework == group.framework
    kinds = reference.visit == group.visit or (reference.when is not None and frameworks)
    return (
        frameworks and kinds and reference.service == group.service and set(one.authorities) == set(group.authorities)
    )


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _mention(group: _Group) -> Mention:
    return Mention(
        statement=group.statement,
        spans=tuple(sorted(group.spans)),
        when=group.when,
        framework=group.framework or _framework_of_visit(group),
        authorities=group.authorities,
        judgements=tuple(group.judgements),
    )


def _framework_of_visit(group: _Group) -> str | None:
    """A visit that the words only call focused or monitoring is of that framework."""
    words = group.statement.lower()
    if group.visit and "focused visit" in words:
        return "ilacs-focused-visit"
    return "ilacs-monitoring-visit" if group.visit and "monitoring visit" in words else None
