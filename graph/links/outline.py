"""What linking needs to know of a document: little enough to hold the outlines of all documents at once."""

from __future__ import annotations

from typing import Any, NamedTuple

from graph import iris
from graph.inspections import Visits, visits
from graph.pen import Pen
from graph.plans import action_nodes, plan_nodes
from graph.statements import finding_node, recommendation_node
from loaders.records import ActionPlan, Inspection, Judgement, Label, Report
from ontology import Vocabulary


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


class Plan(NamedTuple):
    iri: str
    authority: str | None
    responds_to: str | None


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


def outline(report: Report, vocabulary: Vocabulary) -> Outline:
    pen = Pen(report, vocabulary)
    known = visits(report)
    plans = plan_nodes(pen)
    mentions = tuple(
        Visit(node.value, m.statement, m.framework, m.authorities, m.when, None, _grades(m.judgements))
        for node, m in zip(known.mentions, report.mentions, strict=True)
    )
    return Outline(
        iris.document(report.source.key),
        report.kind,
        report.issued.isoformat() if report.issued else None,
        known.dated,
        _own(known, report.inspection, report.judgements),
        mentions,
        tuple(_plan(node.value, plan, mentions) for node, plan in zip(plans, report.plans, strict=True)),
        (*_findings(pen, known), *_recommendations(pen, known), *_actions(pen)),
    )


def _own(known: Visits, inspection: Inspection | None, judgements: tuple[Judgement, ...]) -> Visit | None:
    if known.own is None or inspection is None:
        return None
    start = inspection.start.isoformat() if inspection.start else None
    end = inspection.end.isoformat() if inspection.end else None
    grades = _grades(judgements)
    return Visit(known.own.value, None, inspection.framework, inspection.authorities, start, end, grades)


def _grades(judgements: tuple[Judgement, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((judgement.area, judgement.grade) for judgement in judgements)


def _plan(node: str, plan: ActionPlan, mentions: tuple[Visit, ...]) -> Plan:
    return Plan(node, plan.authority, None if plan.responds_to is None else mentions[plan.responds_to].iri)


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
        Statement(node.value, "action", action.statement, None, _ids(action.themes), (), action.section, plan.value)
        for plan, record in zip(plan_nodes(pen), pen.report.plans, strict=True)
        for node, action in zip(action_nodes(plan, record), record.actions, strict=True)
    ]


def plain(outline: Outline) -> list[Any]:
    """The outline as JSON holds it."""
    return list(outline)


def restored(row: list[Any]) -> Outline:
    """The outline that `plain` made the row of, after a journey through JSON."""
    iri, kind, issued, dated, own, mentions, plans, statements = row
    return Outline(
        iri,
        kind,
        issued,
        dated,
        _visit(own) if own else None,
        tuple(_visit(mention) for mention in mentions),
        tuple(Plan(*plan) for plan in plans),
        tuple(_statement(statement) for statement in statements),
    )


def _statement(row: list[Any]) -> Statement:
    iri, kind, words, polarity, themes, cohort, section, of, change = row
    return Statement(iri, kind, words, polarity, tuple(themes), tuple(cohort), section, of, change)


def _visit(row: list[Any]) -> Visit:
    iri, statement, framework, authorities, when, end, judgements = row
    return Visit(iri, statement, framework, tuple(authorities), when, end, tuple((a, g) for a, g in judgements))
