"""What must add up in a document, whatever it says: numbers that run on, days in order, grades that agree.

Each check gives one expectation, and a problem with place and words for everything that does not hold; one that has
nothing to count gives none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from loaders.figures.numerals import ANY, value_of
from loaders.records import Action, ActionPlan, Expectation, Inspection, Judgement, Problem, Report
from loaders.text import Block, Span, Text
from ontology import Vocabulary

_INTEGER = re.compile(r"\d{1,3}")
_REFERENCE = re.compile(r"(\d{1,2})\.(\d{1,2})")
_COUNTED = re.compile(
    rf"\b(?P<number>{ANY})\s+(?:key\s+|priority\s+|main\s+)?recommendations\b(?!\s+(?:were\s+|are\s+)?(?:fully\s+)?met)",
    re.IGNORECASE,
)
_LONGEST = 110
"""Days that an inspection in two stages has taken at most."""
_PUBLISHED_WITHIN = 400
_LIMITING = ("help-and-protection", "children-looked-after", "leadership")
"""Of the single inspection framework: the areas of which one that is inadequate makes the whole inadequate."""


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation with the problems that stand for it where it is not met."""

    expectation: Expectation
    problems: tuple[Problem, ...] = ()


def held(what: str, found: str, problems: Iterable[Problem]) -> Check:
    """A check that is met where there is no problem."""
    told = tuple(problems)
    return Check(Expectation(what, found, not told), told)


def arithmetic(report: Report, vocabulary: Vocabulary) -> Iterator[Check]:
    """Every check that applies to the document."""
    inspection = report.inspection
    yield from _pages(report.text)
    if report.kind in ("inspection-report", "inspection-letter"):
        yield from _paragraphs(report.text)
        yield from _sentences(report)
    if inspection is not None and inspection.start and inspection.end:
        yield _days(report, inspection, inspection.start, inspection.end)
        yield from _mentions(report, inspection.end)
    if report.judgements:
        yield _readings(report.judgements)
        yield from _overall(report, vocabulary)
    for plan in report.plans:
        yield from _references(plan)
    yield from _counted(report)


# --- the whole document


def _pages(text: Text) -> Iterator[Check]:
    """Every page but the last has words; one without is a picture, which cannot be read."""
    if len(text.page_starts) > 1:
        bounds = pairwise((*text.page_starts, len(text.content)))
        empty = [page for page, (start, end) in enumerate(bounds, 1) if not text.content[start:end].strip()]
        problems = [
            Problem("page-without-words", f"page {page} holds no words: it may be a picture, and need OCR")
            for page in empty
            if page < len(text.page_starts)
        ]
        yield held("every page has words", f"{len(text.page_starts) - len(empty)} of {len(text.page_starts)}", problems)


# --- numbers that run on


def _paragraphs(text: Text) -> Iterator[Check]:
    """Printed numbers of paragraphs run on from 1; a list of its own begins with 1 again."""
    numbered = [
        (int(block.number), block)
        for block in text.blocks
        if block.number and block.kind in ("paragraph", "row") and _INTEGER.fullmatch(block.number)
    ]
    if len(numbered) < 3:
        return
    first, *_ = numbered
    gaps = [] if first[0] == 1 else [_gap(0, *first)]
    pairs = pairwise(numbered)
    gaps += [_gap(before, number, block) for (before, _), (number, block) in pairs if number not in (before + 1, 1)]
    runs = sum(1 for number, _ in numbered if number == 1)
    found = f"{len(numbered)} numbered paragraphs in {runs} run{'s' if runs != 1 else ''}"
    yield held("numbers of paragraphs run on", found, gaps)


def _gap(before: int, number: int, block: Block) -> Problem:
    after = f"follows {before}" if before else "is the first"
    return Problem("paragraphs-do-not-run-on", f"paragraph {number} {after}", block.span)


def _references(plan: ActionPlan) -> Iterator[Check]:
    """References of a plan run on within each recommendation, and recommendations run on."""
    known = [(_pair(action), action) for action in plan.actions]
    told = [(pair, action) for pair, action in known if pair is not None]
    if len(told) < 2:
        return
    broken = [
        Problem(
            "references-do-not-run-on",
            f"action {action.reference} follows {before[0]}.{before[1]}",
            action.spans[0] if action.spans else None,
        )
        for (before, _), (pair, action) in pairwise(told)
        if pair not in ((before[0], before[1] + 1), (before[0] + 1, 1))
    ]
    yield held("references of the plan run on", f"{len(told)} of {len(known)} actions with a reference", broken)


def _pair(action: Action) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(action.reference or "")
    return (int(match[1]), int(match[2])) if match else None


def _counted(report: Report) -> Iterator[Check]:
    """Where a plan says how many recommendations it answers, it holds as many."""
    for number, plan in enumerate(report.plans):
        answered = [one for one in report.recommendations if one.plan == number]
        said = next(_said(plan, report.text), None)
        if not answered or said is None:
            continue
        count, span = said
        differs = f"{count} recommendations are said, {len(answered)} were found"
        problems = [Problem("count-differs", differs, span)] if count != len(answered) else []
        yield held(f"{count} recommendations, as the plan says", f"{len(answered)} recommendations", problems)


def _said(plan: ActionPlan, text: Text) -> Iterator[tuple[int, Span]]:
    start = min((span.start for span in plan.spans), default=0)
    for match in _COUNTED.finditer(text.content, max(0, start - 200), start + 6000):
        number = int(value_of(match["number"]))
        if number > 1:
            yield number, Span(*match.span())


# --- days in order


def _days(report: Report, inspection: Inspection, start: date, end: date) -> Check:
    """The inspection begins on a working day, does not end before it began, and is published after it ended."""
    place = {fact.property: fact.span for fact in (*report.facts, *inspection.facts)}
    problems = list(_disorder(report, start, end, place))
    told = f"{start} to {end}" + (f", published {report.issued}" if report.issued else "")
    return held("days in order", told, problems)


def _disorder(report: Report, start: date, end: date, place: dict[str, Span]) -> Iterator[Problem]:
    days = place.get("startDate")
    if end < start:
        yield Problem("dates-out-of-order", f"the inspection ends on {end}, before it begins on {start}", days)
    elif (end - start).days > _LONGEST:
        yield Problem("unusual-dates", f"the inspection takes {(end - start).days} days, from {start} to {end}", days)
    for day in dict.fromkeys((start, end)):
        if day.weekday() > 4:
            yield Problem("unusual-dates", f"{day} is a {day:%A}", days)
    if report.issued and report.issued < end:
        yield Problem(
            "dates-out-of-order", f"published on {report.issued}, before the end on {end}", place.get("issued")
        )
    elif report.issued and (report.issued - end).days > _PUBLISHED_WITHIN:
        late = f"published on {report.issued}, {(report.issued - end).days} days after the end"
        yield Problem("unusual-dates", late, place.get("issued"))


def _mentions(report: Report, end: date) -> Iterator[Check]:
    """Inspections that a report speaks of as past were before it."""
    dated = [mention for mention in report.mentions if mention.when]
    if dated:
        later = [one for one in dated if one.when and one.when > end.isoformat()]
        problems = [
            Problem(
                "mention-is-later", f"an inspection of {one.when} is spoken of, after the end on {end}", one.spans[0]
            )
            for one in later
        ]
        yield held("inspections spoken of were earlier", f"{len(dated)} with a date", problems)


# --- grades that agree


def _readings(judgements: Sequence[Judgement]) -> Check:
    """Where a report gives the grade of an area more than once, it gives the same."""
    twice = [one for one in judgements if len(one.spans) > 2 or one.other_readings]
    problems = [
        Problem(
            "judgements-differ",
            f"{one.area} is “{one.grade_text}” in one place and “{other.grade_text}” in another",
            other.spans[0],
        )
        for one in judgements
        for other in one.other_readings
    ]
    return held("grades given twice agree", f"{len(twice)} of {len(judgements)} are given more than once", problems)


def _overall(report: Report, vocabulary: Vocabulary) -> Iterator[Check]:
    """The whole is neither better nor worse than all its parts, and as bad as an area that limits it."""
    grades = {one.area: one for one in report.judgements}
    whole = grades.get("overall")
    ranks = {id: concept.rank for id, concept in vocabulary.concepts["grade"].items()}
    parts = {area: ranks.get(one.grade) for area, one in grades.items() if area not in ("overall", "lscb")}
    known = [rank for rank in parts.values() if rank is not None]
    rank = ranks.get(whole.grade) if whole else None
    if whole is None or rank is None or not known:
        return
    problems = []
    if not min(known) <= rank <= max(known):
        told = f"the whole is {whole.grade}, and every part is {'better' if rank < min(known) else 'worse'}"
        problems.append(Problem("unlikely-grade", told, whole.spans[0]))
    framework = report.inspection.framework if report.inspection else ""
    limiting = [area for area in _LIMITING if framework.startswith("sif") and parts.get(area) == 1]
    if limiting and rank > 1:
        told = f"the whole is {whole.grade}, though {', '.join(limiting)} is inadequate and limits it"
        problems.append(Problem("unlikely-grade", told, whole.spans[0]))
    yield held("the grade of the whole fits those of its parts", f"{whole.grade} over {len(known)}", problems)


# --- sentences that are whole


def _sentences(report: Report) -> Iterator[Check]:
    """A finding in running text does not begin in the midst of a sentence."""
    bullets = {block.span.start for block in report.text.blocks if block.kind == "bullet"}
    cut = [
        one
        for one in report.findings
        if one.statement[:2].isalpha() and one.statement[:2].islower() and one.spans[0].start not in bullets
    ]
    if report.findings:
        told = f"{len(cut)} of the findings begin{'s' if len(cut) == 1 else ''} in the midst of a sentence"
        problems = [Problem("cut-sentences", told, one.spans[0]) for one in cut[:1]]
        yield held("findings are whole sentences", f"{len(report.findings)} findings", problems)
