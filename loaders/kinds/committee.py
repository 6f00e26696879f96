"""A committee's pack: the agenda of a meeting, minutes of the one before, and papers, an action plan among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from loaders.asks.duties import duties
from loaders.facts.dates import dates, moments
from loaders.facts.mentions import mentions
from loaders.figures.statistics import statistics
from loaders.kinds.action_plan import authority_of
from loaders.packs.meetings import ReadMeeting, meetings
from loaders.packs.packs import PackPart, is_agenda, minutes_line, pack_parts
from loaders.packs.plan_inspection import answered, answered_by, same_time
from loaders.packs.plans import Place, ReadPlan, read_plan
from loaders.packs.prose import outside, prose, quotations
from loaders.records import Fact, Meeting, Mention, Recognition, Report, Source
from loaders.statements.findings import findings
from loaders.statements.sections import Section
from loaders.text import Span, Text
from ontology import Vocabulary

KIND = "committee-pack"
_SIGNS = {
    "an agenda": re.compile(r"^agenda\W*$", re.IGNORECASE | re.MULTILINE),
    "resolutions": re.compile(r"\bRESOLVED\b"),
    "apologies": re.compile(r"\bapologies\b", re.IGNORECASE),
    "interests": re.compile(r"\b(?:declarations?\s+of|disclosable|pecuniary)\s+(?:\w+\s+)?interests?\b", re.IGNORECASE),
    "items": re.compile(r"^agenda\s+item\b", re.IGNORECASE | re.MULTILINE),
    "members": re.compile(r"\b(?:councillors?|cllrs?)\b", re.IGNORECASE),
    "a public question time": re.compile(r"\bpublic\s+question", re.IGNORECASE),
}
_DATED = re.compile(r"\s*date\s*:\s*", re.IGNORECASE)
_PLAN = re.compile(r"\b(?:action|improvement)\s+plan\b", re.IGNORECASE)
_INSPECTED = re.compile(r"\b(?:ofsted|inspection|inspectors)\b", re.IGNORECASE)
_RECEIVED = re.compile(r"\b(?:report|inspection|findings|letter|outcome)\b", re.IGNORECASE)
_FRONT = 30


@dataclass(frozen=True, slots=True)
class _Papers:
    """What the pack's pages hold besides meetings: plans, what is quoted of inspectors, and the remaining prose."""

    plans: tuple[ReadPlan, ...]
    stand_in: tuple[Span, ...]
    """For each plan the stretch of its paper."""
    quoted: tuple[Section, ...]
    told: tuple[Section, ...]


def recognise(text: Text, vocabulary: Vocabulary) -> Recognition:  # noqa: ARG001 - all kinds are asked alike
    """A document with an agenda or minutes, and the usual business of a committee."""
    blocks = text.blocks
    called = any(is_agenda(block, text) for block in blocks[:120])
    if not called and not any(minutes_line(blocks, at, text) for at in range(len(blocks))):
        return Recognition(KIND, 0.0, "neither agenda nor minutes of a meeting")
    signs = [name for name, pattern in _SIGNS.items() if pattern.search(text.content)]
    if len(signs) < 2:
        return Recognition(KIND, 0.0, "an agenda or minutes without the business of a committee")
    return Recognition(KIND, min(0.97, 0.6 + 0.08 * len(signs)), f"it holds {', '.join(signs)}")


def read(source: Source, text: Text, vocabulary: Vocabulary) -> Report:
    """The meetings with what they resolved, the plans, and what all of it says of inspections."""
    gss = authority_of(text, vocabulary)
    body = gss or source.key
    parts = pack_parts(text.blocks, text)
    held, doubts = meetings(parts, text, gss, body)
    resolved = [span for one in held for resolution in one.meeting.resolutions for span in resolution.spans]
    papers = _papers(parts, resolved, text, vocabulary, Place(gss, body))
    spoken = mentions((*papers.told, *papers.quoted), text, vocabulary, (gss,) if gss else ())
    written = max((one.meeting.date.isoformat() for one in held), default=None)
    index = answered(spoken, written)
    answers = _answers(papers, spoken, written, index)
    found, not_found = findings(papers.quoted, text, vocabulary, frozenset())
    issued = _issued(parts, held, text)
    return Report(
        source,
        text,
        KIND,
        recognise(text, vocabulary).why,
        _title(held),
        issued=date.fromisoformat(issued.value) if issued else None,
        facts=(issued,) if issued else (),
        findings=tuple(replace(one, mention=_quoting(one.spans[0], papers, answers, index)) for one in found),
        not_findings=not_found,
        recommendations=tuple(one for plan in papers.plans for one in plan.recommendations),
        statistics=statistics((*papers.told, *papers.quoted), text),
        duties=duties(papers.told, text, vocabulary),
        mentions=spoken,
        plans=tuple(replace(plan.plan, responds_to=to) for plan, to in zip(papers.plans, answers, strict=True)),
        meetings=tuple(_considering(one, answers, spoken, index) for one in held),
        problems=(*doubts, *(problem for plan in papers.plans for problem in plan.problems)),
    )


def _papers(
    parts: Sequence[PackPart], resolved: Sequence[Span], text: Text, vocabulary: Vocabulary, place: Place
) -> _Papers:
    """The plans and prose of the parts; what was `resolved` is neither."""
    plans: list[ReadPlan] = []
    stand_in: list[Span] = []
    quoted: list[Section] = []
    told: list[Section] = []
    for part in parts:
        asked = sum(len(plan.recommendations) for plan in plans)
        here = replace(place, plan=len(plans), recommendations=asked)
        plan = read_plan(part.blocks, text, vocabulary, here) if part.kind == "paper" else None
        taken = []
        if plan is not None:
            plans.append(plan)
            stand_in.append(Span(part.blocks[0].span.start, part.blocks[-1].span.end))
            quoted += plan.quoted
            taken.append(plan.extent)
        for block, inner in quotations(outside(part.blocks, taken), text):
            quoted.append(Section(None, (), None, "findings", (inner,)))
            taken.append(block.span)
        if part.kind != "agenda":
            told += prose(outside(part.blocks, [*taken, *resolved]), text)
    cited = tuple(sorted(quoted, key=lambda section: section.blocks[0].span))
    return _Papers(tuple(plans), tuple(stand_in), cited, tuple(told))


def _answers(
    papers: _Papers, spoken: Sequence[Mention], written: str | None, index: int | None
) -> tuple[int | None, ...]:
    """For each plan the inspection that it answers: of several plans each the one that it names itself."""
    if len(papers.plans) < 2:
        return tuple(index for _ in papers.plans)
    each = zip(papers.plans, papers.stand_in, strict=True)
    named = (answered_by(spoken, written, plan.plan.title, paper) for plan, paper in each)
    return tuple(index if one is None else one for one in named)


def _quoting(span: Span, papers: _Papers, answers: Sequence[int | None], index: int | None) -> int | None:
    """The inspection whose words are quoted at `span`: in a plan's paper the one that the plan answers."""
    each = zip(papers.stand_in, answers, strict=True)
    return next((to for paper, to in each if paper.start <= span.start < paper.end), index)


def _title(held: Sequence[ReadMeeting]) -> str:
    """The committee and day of the meeting that the pack is for: the latest."""
    if not held:
        return "Committee papers"
    latest = max((one.meeting for one in held), key=lambda meeting: meeting.date)
    return f"{latest.committee}, {latest.date.day} {latest.date:%B %Y}"


def _issued(parts: Sequence[PackPart], held: Sequence[ReadMeeting], text: Text) -> Fact | None:
    """The day of the summons: a date of its own on the agenda's first lines, before the day of the meeting."""
    days = {one.meeting.date for one in held}
    for block in parts[0].blocks[:_FRONT] if parts and parts[0].kind == "agenda" else ():
        words = text.words(block)
        label = _DATED.match(words)
        found = dates(words) if label else ()
        if found and found[0].day not in days and days and found[0].day < max(days):
            span = Span(block.span.start + found[0].start, block.span.start + found[0].end)
            return Fact("issued", found[0].day.isoformat(), span)
    return None


def _considering(
    read: ReadMeeting, answers: Sequence[int | None], spoken: Sequence[Mention], index: int | None
) -> Meeting:
    """The meeting with what its items and resolutions are about: the pack's plans, the inspection that they answer."""
    words = dict(read.words)
    inspected = {number for number, said in words.items() if _INSPECTED.search(said)}
    resolutions = tuple(
        replace(
            one,
            considers_plans=_plans_meant(f"{one.statement} {words[one.item]}", answers, spoken)
            if _PLAN.search(one.statement) and one.item in inspected
            else (),
            considers_mention=index if one.item in inspected and _RECEIVED.search(one.statement) else None,
        )
        for one in read.meeting.resolutions
    )
    titled = [words[item.number] for item in read.meeting.items if _PLAN.search(item.title)]
    # what the agenda calls to is in the pack; minutes are of a meeting that had papers of its own
    called = titled and not (read.meeting.resolutions or read.meeting.attendees)
    every = tuple(range(len(answers)))
    return replace(
        read.meeting,
        resolutions=resolutions,
        considers_plans=every if called else _plans_meant(" ".join(titled), answers, spoken) if titled else (),
        considers_mention=index if inspected and not titled else None,
    )


def _plans_meant(words: str, answers: Sequence[int | None], spoken: Sequence[Mention]) -> tuple[int, ...]:
    """Of the pack's plans those whose inspection the words date; the only plan whatever they say."""
    if len(answers) < 2:
        return tuple(range(len(answers)))
    days = [spoken[to].when if to is not None else None for to in answers]
    dated = [moment.when for moment in moments(words)]
    return tuple(k for k, day in enumerate(days) if day and any(same_time(day, when) for when in dated))
