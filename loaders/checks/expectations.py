"""What the kind of a document leads one to expect of it, and whether it was found.

An expectation that is not met is a problem: nothing is missing from a graph in silence. How grave each is stands in
`severity`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from loaders.checks.arithmetic import Check, arithmetic
from loaders.records import Expectation, Inspection, Problem, Report
from loaders.text import Span
from ontology import Vocabulary

Expecting = Callable[[Report, Vocabulary], Iterator[Check]]

_WITHOUT_TEAM = frozenset({"jtai"})
"""Frameworks whose letters are signed by the inspectorates and name no inspector."""
_WITHOUT_LIST = frozenset({"ilacs-monitoring-visit", "area-send-revisit", "area-send-monitoring"})
"""Frameworks that follow up what was asked for before, and need not ask for more."""
_OF_ONE_MATTER = frozenset({"ilacs-focused-visit", "ilacs-monitoring-visit", "jtai"})
_WHOLE = frozenset({"overall", "send-outcome"})
"""Areas that no section is devoted to."""


def checked(report: Report, vocabulary: Vocabulary) -> Report:
    """The report with what was to be expected of it, and a problem for all that is missing or does not add up."""
    checks = [*_EXPECTED.get(report.kind, _nothing)(report, vocabulary), *arithmetic(report, vocabulary)]
    problems = tuple(problem for check in checks for problem in check.problems)
    expectations = tuple(check.expectation for check in checks)
    return replace(report, problems=(*report.problems, *problems), expectations=expectations)


def _nothing(report: Report, vocabulary: Vocabulary) -> Iterator[Check]:
    """Of a document of no known kind nothing is expected."""
    del report, vocabulary
    yield from ()


def _expected(report: Report, kind: str, what: str, found: str | int | None, missing: str) -> Check:
    """One expectation; where nothing was found it is not met, and `missing` says so at the document's beginning."""
    where = report.text.blocks[0].span if report.text.blocks else Span(0, 0)
    problems = () if found else (Problem(kind, missing, where),)
    return Check(Expectation(what, str(found) if found else "none", bool(found)), problems)


# --- documents about one inspection


def _of_inspection(report: Report, vocabulary: Vocabulary) -> Iterator[Check]:
    inspection = report.inspection
    if inspection is None:
        return
    yield from _facts(report, inspection, vocabulary)
    if report.judgements or report.not_found:
        yield _graded(report)
    yield from _parts(report, inspection, vocabulary)


def _facts(report: Report, inspection: Inspection, vocabulary: Vocabulary) -> Iterator[Check]:
    known = vocabulary.authorities
    names = ", ".join(known[gss].name for gss in inspection.authorities if gss in known)
    yield _expected(
        report, "unknown-authority", "the authority inspected", names,
        "no authority of the list is named as the one inspected",
    )  # fmt: skip
    days = f"{inspection.start} to {inspection.end}" if inspection.start else None
    yield _expected(report, "no-dates", "the days of the inspection", days, "the days of the inspection are not said")
    if inspection.framework not in _WITHOUT_TEAM:
        people = len(inspection.inspectors)
        yield _expected(report, "no-inspector", "who inspected", people, "no inspector is named")
    issued = report.issued.isoformat() if report.issued else None
    if issued or report.kind == "inspection-letter":  # many reports do not print it
        yield _expected(report, "no-date-of-publication", "the day of publication", issued, "its date is not said")
    if report.kind == "inspection-letter":
        to = ", ".join(person.name for person in report.addressees)
        yield _expected(report, "no-addressee", "to whom the letter goes", to, "nobody is addressed by name")
    if inspection.framework in _OF_ONE_MATTER:
        missing = "it is not said what was looked at"
        yield _expected(report, "no-focus", "what was looked at", inspection.focus, missing)
    if inspection.framework == "ilacs-monitoring-visit":
        visit, missing = inspection.visit, "it is not said which visit of the series it is"
        yield _expected(report, "no-visit-number", "which visit of the series", visit, missing)


def _graded(report: Report) -> Check:
    """A grade for each area that the framework grades."""
    missing = report.not_found
    expected = [*(one.area for one in report.judgements), *missing]
    found = f"{len(report.judgements)} of {len(expected)}"
    where = report.text.blocks[0].span
    problems = (Problem("judgement-not-found", f"no grade was found for: {', '.join(missing)}", where),)
    return Check(Expectation(f"grades for {', '.join(expected)}", found, not missing), problems if missing else ())


def _parts(report: Report, inspection: Inspection, vocabulary: Vocabulary) -> Iterator[Check]:
    yield _expected(report, "no-findings", "findings", len(report.findings), "no sentence was read as a finding")
    letter = report.kind == "inspection-letter"
    if inspection.framework not in _WITHOUT_LIST and not (letter and inspection.framework == "area-send"):
        asked = len(report.recommendations)
        yield _expected(report, "no-recommendations", "what is asked for", asked, "no recommendation was found")
    areas = [one.area for one in report.judgements if one.area not in _WHOLE]
    found = {one.area for one in report.findings}
    if len(areas) > 1:
        for area in areas:
            label = vocabulary.concepts["area"][area].label.lower()
            told = f"no finding stands under {label}, though it is judged"
            count = sum(1 for one in report.findings if one.area == area) if area in found else 0
            yield _expected(report, "no-findings-of-area", f"findings on {label}", count, told)


# --- documents of a committee, and of others


def _of_pack(report: Report, vocabulary: Vocabulary) -> Iterator[Check]:
    meetings = ", ".join(f"{one.committee}, {one.date}" for one in report.meetings)
    yield _expected(report, "no-meeting", "a meeting with its date", meetings, "no meeting was found")
    if any(meeting.resolutions for meeting in report.meetings):
        items = sum(len(meeting.items) for meeting in report.meetings)
        yield _expected(report, "no-items", "items of the agenda", items, "no item of an agenda was found")
    if report.plans:
        yield from _of_plan(report, vocabulary)


def _of_plan(report: Report, vocabulary: Vocabulary) -> Iterator[Check]:
    del vocabulary
    for plan in report.plans:
        actions = plan.actions
        if not actions:
            continue  # the reader of plans has said so already
        for kind, what, found in (
            ("actions-without-lead", "a lead for each action", sum(1 for one in actions if one.leads)),
            ("actions-without-date", "when each action is due", sum(1 for one in actions if one.due_text)),
            ("actions-without-answer", "what each action answers", sum(1 for one in actions if one.addresses)),
        ):
            short = len(actions) - found
            told = f"{short} of {len(actions)} actions have none: {what}"
            problems = (Problem(kind, told, plan.spans[0] if plan.spans else None),) if short else ()
            yield Check(Expectation(what, f"{found} of {len(actions)}", not short), problems)


def _of_article(report: Report, vocabulary: Vocabulary) -> Iterator[Check]:
    del vocabulary
    spoken = (1 if report.inspection else 0) + len(report.mentions)
    yield _expected(report, "no-inspection", "the inspection it is about", spoken, "no inspection is spoken of")
    yield _expected(
        report, "no-findings", "findings that it quotes", len(report.findings), "no sentence was read as a finding"
    )


_EXPECTED: Mapping[str, Expecting] = {
    "inspection-report": _of_inspection,
    "inspection-letter": _of_inspection,
    "committee-pack": _of_pack,
    "action-plan": _of_plan,
    "news-article": _of_article,
}
