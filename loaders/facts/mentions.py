"""Other inspections that a document speaks of, each once, with when, framework, authority and grades as far as said.

sentences -> references in them -> those that mean one inspection together -> mentions, in the order of the document
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from loaders.facts import inspected
from loaders.facts.dates import moments
from loaders.facts.inspection_references import Reference, may_refer, references
from loaders.facts.mention_groups import Said, grouped
from loaders.facts.names import authorities_in
from loaders.facts.titles import Title, title_of
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
# Of a sentence that goes on: the area that was graded, before the words that grade it.
_WAS_GRADED = re.compile(
    r"^(?P<area>[^.;]{4,160}?)\s+(?:was|were)\s+(?:that\s|judged|graded|rated|found)", re.IGNORECASE
)
_AT_PRESENT = re.compile(r"\b(?:this\s+inspection|inspectors\s+(?:now|saw)|now|currently|has\s+been)\b", re.IGNORECASE)
# "not of a good enough standard" gives no grade.
_NO_GRADE_BEFORE, _NO_GRADE = re.compile(r"\bnot\s+(?:\w+\s+){0,3}$"), re.compile(r"\s+enough\b")
_CLAUSE = re.compile(r"[,;:]|\b(?:when|where|which|that|but)\b", re.IGNORECASE)
_LOOKED_AFTER = re.compile(r"\blooked[\s-]after\s+children(?:\s+and\s+young\s+people)?\b", re.IGNORECASE)
_LISTED = re.compile(r",|\band\b")
_FOR = re.compile(
    r"^\W*(?:overall\s+)?(?:for|in|in\s+relation\s+to|in\s+respect\s+of)\s+(?P<area>[^.;,]+?)"
    r"(?=\s+and\s+(?:\w+\s+){0,3}(?:for|in)\b|[.;,]|$)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[:–-]\s*$")


def mentions(
    sections: Iterable[Section], text: Text, vocabulary: Vocabulary, authorities: Sequence[str]
) -> tuple[Mention, ...]:
    """Every inspection spoken of but the document's own, in the order in which the document first speaks of it."""
    title = title_of(text, vocabulary)
    own = _own_days(text, title)
    said = [one for one in _said(sections, text, vocabulary, tuple(authorities)) if not _is_own(one.reference, own)]
    return grouped(said, title, vocabulary)


def _own_days(text: Text, title: Title | None) -> tuple[date, date] | None:
    """The days of the document's own inspection, where it reports one."""
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
) -> Iterator[Said]:
    for section in sections:
        if section.role in _NEVER:
            continue
        listing: Said | None = None
        for block in section.blocks:
            if block.kind == "heading":
                continue
            if listing is not None and block.kind == "bullet" and (grades := _line_of_grades(block, text, vocabulary)):
                yield replace(listing, sentence=block.span, judgements=grades)
                continue
            found = list(_of_block(block, text, vocabulary, authorities))
            yield from found
            listing = found[-1] if found and text.words(block).rstrip().endswith(":") else None


def _of_block(block: Block, text: Text, vocabulary: Vocabulary, authorities: tuple[str, ...]) -> Iterator[Said]:
    """What a block says; a sentence that goes on with the grades of the inspection before it belongs to that one."""
    before: Said | None = None
    if not may_refer(text.words(block)):
        return
    for sentence in sentences_of(text, block.span):
        words = " ".join(text.words(sentence).split())
        found = references(words, vocabulary)
        if not found:
            area = _area_graded(words, vocabulary)
            whole = area or (_subject(before, vocabulary) if before else "overall")
            grades = _grades(words, sentence, vocabulary, whole) if before else ()
            if (
                before
                and grades
                and (area or _GOES_ON.match(words))
                and not _AT_PRESENT.search(words[: _start_of_grade(words)])
            ):
                yield replace(before, sentence=sentence, judgements=_of_whole(grades, before.reference))
            continue
        for reference in found:
            named = _named(words, reference, vocabulary) or authorities
            clause = _CLAUSE.split(words[: _start_of_grade(words)])[-1]
            whole = area_of(clause, vocabulary) or "overall"
            graded = _of_whole(_grades(words, sentence, vocabulary, whole), reference)
            before = Said(reference, sentence, words, named, graded)
            yield before


def _of_whole(grades: tuple[Judgement, ...], reference: Reference) -> tuple[Judgement, ...]:
    """The grades without an overall one where a single service was inspected, such as fostering."""
    return tuple(one for one in grades if one.area != "overall" or not reference.service)


def _area_graded(words: str, vocabulary: Vocabulary) -> str | None:
    """The area that a sentence grades by its first words ("Leadership was judged to be good")."""
    graded = _WAS_GRADED.match(words)
    return area_of(graded["area"], vocabulary) if graded else None


def _start_of_grade(words: str) -> int:
    told = next((match for pattern in _GRADED if (match := pattern.search(words))), None)
    return told.start() if told else 0


def _subject(said: Said, vocabulary: Vocabulary) -> str:
    """The area that an inspection of one service was about ("the last inspection of the adoption service")."""
    of = re.search(r"\binspections?\s+of\b(?P<what>[^.;]{3,120}?)\b(?:was|took|were)\b", said.words, re.IGNORECASE)
    if of is None or said.reference.framework is not None:
        return "overall"
    what = _LOOKED_AFTER.sub("children looked after", of["what"])
    areas = {area for part in _LISTED.split(what) if (area := area_of(part, vocabulary))}
    if "safeguarding" in what.lower():
        areas.add("overall")
    return areas.pop() if len(areas) == 1 else "overall"


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
    # "services were judged to require improvement", "that they required improvement"
    verbs = ((re.sub(r"(?i)^requires", verb, label), id) for label, id in named for verb in ("require", "required"))
    return Phrases([*named, *verbs])


def _grades(words: str, span: Span, vocabulary: Vocabulary, whole: str = "overall") -> tuple[Judgement, ...]:
    """Grades after "judged", "rated" and the like, each for the area that "for ..." names, else for the `whole`."""
    told = next((match for pattern in _GRADED if (match := pattern.search(words))), None)
    if told is None:
        return ()
    found: dict[str, Judgement] = {}
    for phrase in longest(_grade_phrases(vocabulary).find(told.group())):
        if _NO_GRADE_BEFORE.search(told.group()[: phrase.start]) or _NO_GRADE.match(told.group(), phrase.end):
            continue
        named = _FOR.match(told.group()[phrase.end :])
        area_text = named["area"] if named and not moments(named["area"]) else ""
        if found and not area_text:
            continue  # where one grade names its area, another that names none is not of the whole
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
