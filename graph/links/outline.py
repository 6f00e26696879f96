"""What linking needs to know of a document: little enough to hold the outlines of all documents at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pyoxigraph as ox

from graph import iris
from graph.document.inspections import Visits, visits
from graph.document.pen import Pen
from graph.document.plans import action_nodes, plan_nodes
from graph.document.statements import finding_node, recommendation_node
from loaders.facts.dates import moments
from loaders.records import Action, ActionPlan, Inspection, Judgement, Label, Report
from loaders.text import Span
from ontology import Vocabulary

_HEAD, _LINE = 12, 160
"""Blocks at a plan's head that may date it, and characters that a line of a head has at most."""
_QUOTED = 300
"""Characters of a place's words that are kept."""


class Place(NamedTuple):
    """Where a document says something: the passage's IRI, its page where there are pages, its first words."""

    passage: str
    page: int | None
    words: str


class Visit(NamedTuple):
    """An inspection, or a mention of one; dates are ISO strings as far as known."""

    iri: str
    statement: str | None
    framework: str | None
    authorities: tuple[str, ...]
    when: str | None
    end: str | None
    judgements: tuple[tuple[str, str], ...]
    """Area and grade."""
    place: Place | None = None


class Statement(NamedTuple):
    """A finding, recommendation or action."""

    iri: str
    kind: str
    words: str
    polarity: str | None
    themes: tuple[str, ...]
    cohort: tuple[str, ...]
    section: str | None
    of: str | None
    """The inspection or mention that it belongs to, or the plan."""
    change: str | None = None
    aim: str | None = None
    """What an action is to bring about, where its plan says so."""

    @property
    def told(self) -> str:
        """All its words: an action is known by what it is to bring about as well."""
        return f"{self.words} {self.aim}" if self.aim else self.words


class Promise(NamedTuple):
    """A row of a plan: its IRI, what is to be done by when, and how far it is said to be and to help."""

    iri: str
    reference: str | None
    words: str
    due: str | None
    progress: str | None
    impact: str | None


class Plan(NamedTuple):
    iri: str
    authority: str | None
    responds_to: str | None
    title: str = ""
    place: Place | None = None
    promises: tuple[Promise, ...] = ()


class Outline(NamedTuple):
    """One document."""

    iri: str
    kind: str
    issued: str | None
    dated: bool
    """Whether `own` is known by its date, and not only a mention."""
    own: Visit | None
    mentions: tuple[Visit, ...]
    plans: tuple[Plan, ...]
    statements: tuple[Statement, ...]
    name: str = ""
    """Its file's."""
    written: str | None = None
    """Its own date as far as it gives one: when it was issued, else its last meeting, else what a plan's head says."""
    body: str | None = None
    """The authority whose pack or plan it is."""


def outline(report: Report, vocabulary: Vocabulary) -> Outline:
    pen = Pen(report, vocabulary)
    known = visits(report)
    plans = plan_nodes(pen)
    mentions = tuple(
        Visit(
            node.value, m.statement, m.framework, m.authorities, m.when, None, _grades(m.judgements), _at(pen, m.spans)
        )
        for node, m in zip(known.mentions, report.mentions, strict=True)
    )
    return Outline(
        iris.document(report.source.key),
        report.kind,
        report.issued.isoformat() if report.issued else None,
        known.dated,
        _own(pen, known, report.inspection, report.judgements),
        mentions,
        tuple(_plan(pen, node, plan, mentions) for node, plan in zip(plans, report.plans, strict=True)),
        (*_findings(pen, known), *_recommendations(pen, known), *_actions(pen)),
        report.source.name,
        _written(report),
        _body(report),
    )


def _body(report: Report) -> str | None:
    named = [*(one.authority for one in report.meetings), *(one.authority for one in report.plans)]
    return next((gss for gss in named if gss), None)


def _written(report: Report) -> str | None:
    day = report.issued or max((meeting.date for meeting in report.meetings), default=None)
    return day.isoformat() if day else _head_date(report)


def _head_date(report: Report) -> str | None:
    """The latest date on a plan's first lines that is not an inspection's."""
    if report.kind != "action-plan":
        return None
    lines = [report.text.words(block) for block in report.text.blocks[:_HEAD] if block.kind != "row"]
    inspected = {mention.when for mention in report.mentions}
    days = (moment.when for line in lines if len(line) < _LINE for moment in moments(line))
    return max((day for day in days if day not in inspected), default=None)


def _at(pen: Pen, spans: Sequence[Span]) -> Place | None:
    """The first of some stretches; nothing is written down by asking for it."""
    if not spans:
        return None
    text, first = pen.report.text, min(spans)
    passage = pen.own("passage", f"{first.start}-{first.end}").value
    return Place(passage, text.page(first.start), text.words(first)[:_QUOTED])


def _own(pen: Pen, known: Visits, inspection: Inspection | None, judgements: tuple[Judgement, ...]) -> Visit | None:
    if known.own is None or inspection is None:
        return None
    start = inspection.start.isoformat() if inspection.start else inspection.when
    end = inspection.end.isoformat() if inspection.end else None
    grades = _grades(judgements)
    place = _at(pen, [fact.span for fact in inspection.facts])
    return Visit(known.own.value, None, inspection.framework, inspection.authorities, start, end, grades, place)


def _grades(judgements: tuple[Judgement, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((judgement.area, judgement.grade) for judgement in judgements)


def _plan(pen: Pen, node: ox.NamedNode, plan: ActionPlan, mentions: tuple[Visit, ...]) -> Plan:
    promises = tuple(
        Promise(
            row.value,
            one.reference,
            one.statement,
            one.due.isoformat() if one.due else one.due_text,
            one.progress_rating,
            one.impact_rating,
        )
        for row, one in zip(action_nodes(node, plan), plan.actions, strict=True)
    )
    answered = None if plan.responds_to is None else mentions[plan.responds_to].iri
    return Plan(node.value, plan.authority, answered, plan.title, _at(pen, plan.spans), promises)


def _ids(labels: tuple[Label, ...]) -> tuple[str, ...]:
    return tuple(label.concept for label in labels)


def _findings(pen: Pen, known: Visits) -> list[Statement]:
    found: dict[str, Statement] = {}
    for finding in pen.report.findings:
        node = finding_node(pen, finding).value
        of = known.own if finding.mention is None else known.mentions[finding.mention]
        labels = finding.labels
        found.setdefault(
            node,
            Statement(
                node,
                "finding",
                finding.statement,
                labels.polarity.concept,
                _ids(labels.themes),
                _ids(labels.cohort),
                finding.section,
                of.value if of else None,
                labels.change.concept if labels.change else None,
            ),
        )
    return list(found.values())


def _recommendations(pen: Pen, known: Visits) -> list[Statement]:
    found: dict[str, Statement] = {}
    plans = plan_nodes(pen)
    for r in pen.report.recommendations:
        node = recommendation_node(pen, r).value
        of = known.own if r.plan is None else plans[r.plan]
        inside = of.value if of else None
        themes, cohort = _ids(r.themes), _ids(r.cohort)
        said = Statement(node, "recommendation", r.statement, None, themes, cohort, r.section, inside)
        found.setdefault(node, said)
    return list(found.values())


def _actions(pen: Pen) -> list[Statement]:
    return [
        _action(node.value, action, plan.value)
        for plan, record in zip(plan_nodes(pen), pen.report.plans, strict=True)
        for node, action in zip(action_nodes(plan, record), record.actions, strict=True)
    ]


def _action(node: str, action: Action, plan: str) -> Statement:
    words, themes = action.statement, _ids(action.themes)
    return Statement(node, "action", words, None, themes, (), action.section, plan, aim=action.expected_impact)


def plain(outline: Outline) -> list[Any]:
    """The outline as JSON holds it."""
    return list(outline)


def restored(row: list[Any]) -> Outline:
    """The outline that `plain` made the row of, after a journey through JSON."""
    iri, kind, issued, dated, own, mentions, plans, statements, name, written, body = row
    return Outline(
        iri,
        kind,
        issued,
        dated,
        _visit(own) if own else None,
        tuple(_visit(mention) for mention in mentions),
        tuple(_restored_plan(plan) for plan in plans),
        tuple(_statement(statement) for statement in statements),
        name,
        written,
        body,
    )


def _restored_plan(row: list[Any]) -> Plan:
    iri, authority, responds_to, title, place, promises = row
    held = tuple(Promise(*promise) for promise in promises)
    return Plan(iri, authority, responds_to, title, Place(*place) if place else None, held)


def _statement(row: list[Any]) -> Statement:
    iri, kind, words, polarity, themes, cohort, *rest = row
    return Statement(iri, kind, words, polarity, tuple(themes), tuple(cohort), *rest)


def _visit(row: list[Any]) -> Visit:
    iri, statement, framework, authorities, when, end, judgements, place = row
    grades = tuple((area, grade) for area, grade in judgements)
    return Visit(iri, statement, framework, tuple(authorities), when, end, grades, Place(*place) if place else None)
