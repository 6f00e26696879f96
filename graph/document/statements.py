"""Findings, recommendations, statistics and duties as triples."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox

from graph import iris
from graph.document.inspections import Visits
from graph.document.pen import TYPE, Pen, concept, decimal, ig, integer, named, text
from loaders.records import Duty, Finding, Labels, Recommendation, Statistic
from ontology import DCTERMS, ORG, RDFS

_KINDS = {"area-for-improvement": "AreaForImprovement", "area-for-priority-action": "AreaForPriorityAction"}


def finding_node(pen: Pen, finding: Finding) -> ox.NamedNode:
    return pen.own("finding", iris.statement_key(finding.statement))


def recommendation_node(pen: Pen, recommendation: Recommendation) -> ox.NamedNode:
    return pen.own("recommendation", iris.statement_key(recommendation.statement))


def write_findings(pen: Pen, known: Visits) -> None:
    """A sentence that the document repeats is one node: its passages are all kept, the rest is from the first."""
    seen: set[ox.NamedNode] = set()
    for finding in pen.report.findings:
        node = finding_node(pen, finding)
        inspection = known.own if finding.mention is None else known.mentions[finding.mention]
        if inspection is not None:
            pen.say(inspection, ig("hasFinding"), node)
        pen.state(node, finding.spans)
        if node in seen:
            continue
        seen.add(node)
        pen.say(node, TYPE, ig("Finding"))
        pen.say(node, ig("statement"), text(finding.statement))
        _place(pen, node, finding.section, finding.paragraph, finding.area)
        _labels(pen, node, finding.labels)


def _place(
    pen: Pen, node: ox.NamedNode, section: str | None, paragraph: str | None = None, area: str | None = None
) -> None:
    pen.say_text(node, ig("section"), section)
    pen.say_text(node, ig("paragraph"), paragraph)
    if area:
        pen.say(node, ig("area"), concept("area", area))


def _labels(pen: Pen, node: ox.NamedNode, labels: Labels) -> None:
    """Polarity and themes with their reasons; what is read straight off the words without."""
    pen.label(node, "polarity", labels.polarity)
    for theme in labels.themes:
        pen.label(node, "theme", theme)
    if labels.prevalence:
        pen.say(node, ig("prevalence"), concept("prevalence", labels.prevalence.concept))
    for cohort in labels.cohort:
        pen.say(node, ig("cohort"), concept("cohort", cohort.concept))
    if labels.change:
        pen.say(node, ig("change"), concept("change", labels.change.concept))


def write_recommendations(pen: Pen, known: Visits, plans: tuple[ox.NamedNode, ...]) -> None:
    """Each under the inspection that made it, or under the plan that repeats it."""
    seen: set[ox.NamedNode] = set()
    for recommendation in pen.report.recommendations:
        node = recommendation_node(pen, recommendation)
        holder = known.own if recommendation.plan is None else plans[recommendation.plan]
        if holder is not None:
            pen.say(holder, ig("hasRecommendation"), node)
        pen.state(node, recommendation.spans)
        for index in recommendation.arises_from:
            pen.say(node, ig("arisesFrom"), finding_node(pen, pen.report.findings[index]))
        if node not in seen:
            seen.add(node)
            _recommendation(pen, node, recommendation)


def _recommendation(pen: Pen, node: ox.NamedNode, recommendation: Recommendation) -> None:
    pen.say(node, TYPE, ig("Recommendation"))
    if recommendation.kind in _KINDS:
        pen.say(node, TYPE, ig(_KINDS[recommendation.kind]))
    pen.say(node, ig("statement"), text(recommendation.statement))
    pen.say(node, ig("number"), integer(recommendation.number))
    pen.say_text(node, ig("timescale"), recommendation.timescale)
    _place(pen, node, recommendation.section, recommendation.paragraph, recommendation.area)
    for name in recommendation.addressees:
        pen.say(node, ig("addressee"), _organisation(pen, name))
    for theme in recommendation.themes:
        pen.label(node, "theme", theme)
    for cohort in recommendation.cohort:
        pen.say(node, ig("cohort"), concept("cohort", cohort.concept))


def _organisation(pen: Pen, name: str) -> ox.NamedNode:
    """An addressee that the document names; only within it is the name known to mean one body."""
    node = pen.own("organisation", iris.slug(name))
    pen.say(node, TYPE, named(ORG.Organization))
    pen.say(node, named(RDFS.label), text(name))
    return node


def write_statistics(pen: Pen) -> None:
    """Figures by their sentence, in the order in which it states them."""
    counts: Counter[str] = Counter()
    for statistic in pen.report.statistics:
        node = _numbered(pen, "statistic", pen.report.text.words(statistic.span), counts)
        _statistic(pen, node, statistic)


def _statistic(pen: Pen, node: ox.NamedNode, statistic: Statistic) -> None:
    pen.say(node, TYPE, ig("Statistic"))
    pen.say(node, ig("value"), decimal(statistic.value))
    pen.say_text(node, ig("unit"), statistic.unit)
    pen.say_text(node, ig("counts"), statistic.counts)
    pen.say_text(node, ig("period"), statistic.period)
    pen.say_text(node, ig("comparedWith"), statistic.compared_with)
    _place(pen, node, statistic.section, statistic.paragraph)
    pen.state(node, (statistic.span,))


def write_duties(pen: Pen) -> None:
    counts: Counter[str] = Counter()
    for duty in pen.report.duties:
        _duty(pen, _numbered(pen, "duty", duty.statement, counts), duty)


def _duty(pen: Pen, node: ox.NamedNode, duty: Duty) -> None:
    pen.say(node, TYPE, ig("Duty"))
    pen.say(node, ig("statement"), text(duty.statement))
    pen.say_text(node, ig("dutyOn"), duty.on)
    pen.say_text(node, ig("deadlineText"), duty.deadline_text)
    _place(pen, node, duty.section)
    pen.state(node, duty.spans)


def _numbered(pen: Pen, kind: str, sentence: str, counts: Counter[str]) -> ox.NamedNode:
    """The next node of this kind that this sentence states."""
    key = iris.statement_key(sentence)
    counts[key] += 1
    return pen.own(kind, f"{key}-{counts[key]}")


def resolution_node(pen: Pen, statement: str, counts: Counter[str]) -> ox.NamedNode:
    return _numbered(pen, "resolution", statement, counts)


def write_problems(pen: Pen) -> None:
    """What was not understood, with the place where there is one."""
    for number, problem in enumerate(pen.report.problems, 1):
        node = pen.own("problem", str(number))
        pen.say(node, TYPE, ig("Problem"))
        pen.say(pen.node, ig("hasProblem"), node)
        pen.say(node, ig("problemKind"), text(problem.kind))
        pen.say(node, named(DCTERMS.description), text(problem.description))
        pen.state(node, (problem.span,) if problem.span else ())
