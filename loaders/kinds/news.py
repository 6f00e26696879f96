"""A news article on an inspection: it tells in the third person what inspectors found and asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from loaders.asks.recommendations import blocks_of_recommendations, recommendations
from loaders.facts.dates import moments, stretches
from loaders.facts.mentions import mentions
from loaders.facts.names import authorities_in
from loaders.figures.statistics import statistics
from loaders.records import Fact, Inspection, Mention, Problem, Recognition, Report, Source
from loaders.statements.findings import findings
from loaders.statements.phrases import Phrases, longest, once_a_vocabulary
from loaders.statements.sections import Role, Section
from loaders.statements.sentences import sentences
from loaders.text import Block, Span, Text
from ontology import Vocabulary

KIND = "news-article"
_SIGNS = (
    re.compile(
        r"\b(?:Ofsted|[Ii]nspectors|watchdog|regulator)\b[^.]{0,40}\b(?:has|have|had)?\s*(?:said|wrote|found|warned|praised|told)\b"
    ),
    re.compile(
        r"\b(?:Ofsted|[Ii]nspectors|watchdog|regulator)\b[^.]{0,120}\b(?:has|have)\s+(?:\w+ed|said|found|told)\b"
    ),
    re.compile(
        r"\b(?:[Ii]nspectors|the\s+(?:report|letter|watchdog|regulator))\s+(?:say|says|warn|warns|praise|praises)\b"
    ),
    re.compile(
        r"\b(?:said|says|wrote|according\s+to)\s+(?:the\s+)?(?:report|inspectors|watchdog|Ofsted|regulator|letter)\b"
    ),
    re.compile(r"\b(?:the\s+report|inspectors)\s+(?:said|says|added|wrote|stated|concluded)\b", re.IGNORECASE),
    re.compile(r"\b(?:spokes(?:man|woman|person)|cabinet\s+member|Cllr|Councillor|council\s+leader)\b"),
    re.compile(r"^\W*(?:read\s+more|share\s+this|related|sign\s+up|image|picture|advertisement)\b", re.I | re.M),
)
_NOT_NEWS = re.compile(
    r"^\s*Dear\b|^\W*(?:lead\s+inspector|inspection\s+dates?|agenda|unique\s+reference)\b|\bRESOLVED\b|\bI\s+am\s+writing\b"
    r"|\b(?:your|you)\s+(?:local\s+authority|staff|social\s+workers|services)\b",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST = 15_000
_LONGEST_FURNITURE = 200
_HEAD = 6
_FIRST_SIF, _FIRST_ILACS = 2013, 2018
# What stands around an article on its page.
_FURNITURE = re.compile(
    r"©|\bcopyright\b|\bwebsite\s+(?:design|by)\b|\s\|\s|\bcookies?\b|\bsign\s+up\b|\bsubscribe\b|\bread\s+more\b|\bshare\s+this\b"
    r"|\bfollow\s+us\b|\bnewsletter\b|\ball\s+rights\s+reserved\b|^\W*(?:image|picture|photo|credit|related|tags?|advertisement)\b"
    r"|^\W*by\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){1,2}\W*$",
    re.IGNORECASE,
)
# The council's own voice is no finding, and its quotation goes on over paragraphs that open with quotation marks.
_COUNCIL = re.compile(
    r"\b(?:spokes(?:man|woman|person)|cabinet\s+member|Cllr|Councillor|council\s+leader|leader\s+of\s+the\s+council|chief\s+executive"
    r"|portfolio\s+holder|lead\s+member|director\s+of\s+children[’']?s\s+services|MP)\b[^.]*?\b(?:said|says|added|welcomed|told|commented)\b"
    r"|\b(?:said|says|added)\s+(?:(?:a|the)\s+)?(?:\w+\s+){0,3}(?:spokes(?:man|woman|person)|Cllr|Councillor|cabinet\s+member)\b",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"\s*[\"“]")
_ASKS = re.compile(
    r"\b(?:should|must|needs?\s+to|ha[sd]\s+to|required\s+to|asked\s+to|told\s+to|ordered\s+to|urged\s+to|areas?\s+for\s+improvement"
    r"|recommend\w*|to\s+improve)\b[^.]*:\s*$",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:last|previous|earlier|former|since|before|prior)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_VISIT = re.compile(r"\b(?:visit(?:ed)?|inspection|inspected|inspectors|report)\b", re.IGNORECASE)
_VISITED = re.compile(
    r"\b(?:visit(?:ed)?|inspection|inspected|inspectors\s+(?:made|carried|spent|went))\b", re.IGNORECASE
)
_PUBLISHED = re.compile(r"\W*(?:published|posted|updated|date)\b", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|last|previous|after)\b", re.IGNORECASE)
_GRADED = re.compile(
    r"\b(?:rated|judged|graded|branded|rating\s+of|declared|deemed)\b[^.]{0,60}\b(?:outstanding|good|inadequate|adequate|improvement)\b",
    re.IGNORECASE,
)


def recognise(text: Text, vocabulary: Vocabulary) -> Recognition:  # noqa: ARG001 - all kinds are asked alike
    """A short text without table, greeting or cover that speaks of inspectors and of what was said."""
    words = text.content
    if len(words) > _LONGEST or any(block.kind == "row" for block in text.blocks) or _NOT_NEWS.search(words):
        return Recognition(KIND, 0.0, "not in the manner of a news article")
    signs = [match[0] for sign in _SIGNS if (match := sign.search(words))]
    if not signs or not _VISIT.search(words):
        return Recognition(KIND, 0.0, "nobody is said to have said what inspectors found")
    printed = " ".join(signs[0].split())
    return Recognition(KIND, min(0.85, 0.5 + 0.12 * len(signs)), f"it reports in the third person (“{printed}”)")


def read(source: Source, text: Text, vocabulary: Vocabulary) -> Report:
    """What the article says of the inspection that it reports."""
    parts = _parts(text)
    own = _inspection(text, vocabulary)
    asked = tuple(replace(one, section=None) for one in recommendations(parts, text, vocabulary))
    taken = blocks_of_recommendations(parts, text, vocabulary)
    found, not_found = findings(parts, text, vocabulary, taken)
    issued = _issued(text)
    return Report(
        source,
        text,
        KIND,
        recognise(text, vocabulary).why,
        _title(text),
        issued=date.fromisoformat(issued.value) if issued else None,
        facts=(issued,) if issued else (),
        inspection=own,
        findings=found,
        not_findings=not_found,
        recommendations=asked,
        statistics=statistics(parts, text),
        mentions=tuple(_others(mentions(parts, text, vocabulary, own.authorities if own else ()), own)),
        problems=tuple(_problems(own, text)),
    )


# --- what the article's paragraphs are


def _parts(text: Text) -> tuple[Section, ...]:
    """Runs of paragraphs that tell findings, that ask for something, or that are not the inspectors' words."""
    found: list[Section] = []
    for role, heading, block in _told(text):
        last = found[-1] if found else None
        if last is not None and (last.role, last.heading) == (role, heading):
            found[-1] = replace(last, blocks=(*last.blocks, block))
        else:
            found.append(Section(heading, (), None, role, (block,)))
    return tuple(found)


def _told(text: Text) -> Iterator[tuple[Role, str | None, Block]]:
    """Each block with the part that it plays; bullets that ask for something get a heading that says so."""
    asking: str | None = None
    council = False
    for block in text.blocks:
        words = text.words(block)
        if block.kind == "bullet" and asking:
            yield "recommendations", asking, block
            continue
        asking = _asking(words) if block.kind != "bullet" else None
        council = bool(_COUNCIL.search(words)) or (council and _QUOTE.match(words) is not None)
        furniture = len(words) < _LONGEST_FURNITURE and _FURNITURE.search(words)
        aside = asking or council or block.kind == "heading" or furniture
        yield ("boilerplate" if aside else "findings"), None, block


def _asking(words: str) -> str | None:
    """The heading that a line deserves which leads into what should be done; None for other lines."""
    if not _ASKS.search(words):
        return None
    return "Recommendations" if "recommend" in words.lower() else "Areas for improvement"


# --- which inspection


def _inspection(text: Text, vocabulary: Vocabulary) -> Inspection | None:
    """The inspection that the article is about; None where it does not say of what kind that was."""
    named = _authority(text, vocabulary)
    kind = _framework(text, vocabulary)
    days = tuple(_days(text))
    when = next(_partly(text), None) if not days else None
    if kind is None:
        return None
    start, end = (date.fromisoformat(fact.value) for fact in days) if days else (None, None)
    return Inspection(
        framework=kind.value,
        authorities=(named.value,) if named else (),
        start=start,
        end=end,
        when=when.value if when else None,
        inspectorates=vocabulary.frameworks[kind.value].inspectorates or ("ofsted",),
        facts=(*((named,) if named else ()), kind, *days, *((when,) if when else ())),
    )


def _authority(text: Text, vocabulary: Vocabulary) -> Fact | None:
    """The authority that is named most often, the first of several."""
    named = authorities_in(text.content, vocabulary)
    counts = Counter(one.gss for one in named)
    best = max(named, key=lambda one: (counts[one.gss], -one.start), default=None)
    return Fact("inspects", best.gss, Span(best.start, best.end)) if best else None


@once_a_vocabulary
def _frameworks(vocabulary: Vocabulary) -> Phrases[str]:
    concepts = vocabulary.concepts["framework"].values()
    return Phrases((name, c.id) for c in concepts for name in (c.label, *c.alt, *c.hidden))


def _framework(text: Text, vocabulary: Vocabulary) -> Fact | None:
    """The first kind of inspection that is named and not said to be an earlier one; by grade and year failing that."""
    words = text.content
    for match in longest(_frameworks(vocabulary).find(words)):
        if not _EARLIER.search(words[max(0, match.start - 40) : match.start]):
            year = _year(words)
            found = "sif" if match.value == "ilacs" and year and year < _FIRST_ILACS else match.value
            return Fact("framework", found, Span(match.start, match.end))
    graded = _GRADED.search(words)
    year = _year(words)
    if graded is None or year is None or year < _FIRST_SIF:
        return None
    return Fact("framework", "ilacs" if year >= _FIRST_ILACS else "sif", Span(graded.start(), graded.end()))


def _year(words: str) -> int | None:
    """The latest year that the article names."""
    return max((int(moment.when[:4]) for moment in moments(words)), default=None)


def _days(text: Text) -> Iterator[Fact]:
    """The first and the last day on site, where a sentence on the visit names days."""
    for block in text.blocks:
        for span in sentences(text, block.span):
            words = text.words(span)
            named = next(iter(stretches(words)), None)
            if named is None or not _VISITED.search(words) or _SINCE.search(words[: named.start]):
                continue
            first, last = named.days[0], named.days[-1]
            yield Fact("startDate", first.day.isoformat(), Span(span.start + named.start, span.start + first.end))
            yield Fact("endDate", last.day.isoformat(), Span(span.start + last.start, span.start + named.end))
            return


def _partly(text: Text) -> Iterator[Fact]:
    """The month or year of the visit, where a sentence on it names no more."""
    for block in text.blocks:
        for span in sentences(text, block.span):
            words = text.words(span)
            for moment in moments(words):
                if _VISITED.search(words) and not _SINCE.search(words[: moment.start]) and len(moment.when) < 10:
                    yield Fact("when", moment.when, Span(span.start + moment.start, span.start + moment.end))


def _others(spoken: Sequence[Mention], own: Inspection | None) -> Iterator[Mention]:
    """The inspections spoken of but the article's own."""
    for one in spoken:
        same = own is not None and one.framework == own.framework and (one.when is None or one.when == own.when)
        if not same:
            yield one


# --- the article itself


def _issued(text: Text) -> Fact | None:
    """A date that stands by itself near the head, or after "Published"."""
    for block in text.blocks[:_HEAD]:
        words = text.words(block)
        cue = _PUBLISHED.match(words)
        named = next(iter(stretches(words)), None)
        if named and (cue or named.end - named.start > 0.6 * len(words.strip())) and len(words) < 80:
            start = block.span.start
            return Fact("issued", named.first.isoformat(), Span(start + named.start, start + named.end))
    return None


def _title(text: Text) -> str:
    """The headline, or the first sentence of an article without one."""
    head = next((block for block in text.blocks[:3] if block.kind == "heading"), None)
    if head is not None:
        return text.words(head)
    first = next((span for block in text.blocks for span in sentences(text, block.span)), None)
    return text.words(first) if first else "News article"


def _problems(own: Inspection | None, text: Text) -> Iterator[Problem]:
    where = text.blocks[0].span if text.blocks else None
    if own is None:
        yield Problem("unknown-framework", "the article does not say of what kind the inspection was", where)
    elif not own.authorities:
        yield Problem("unknown-authority", "no authority of the list is named", where)
    elif own.start is None:
        yield Problem("days-not-said", "the article does not say on which days inspectors came", where)
