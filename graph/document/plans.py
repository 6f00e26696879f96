"""Action plans and meetings as triples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pyoxigraph as ox

from graph import iris
from graph.document.inspections import Visits, write_person
from graph.document.pen import TYPE, Pen, concept, day, ig, named, text
from graph.document.statements import recommendation_node, resolution_node
from loaders.records import Action, ActionPlan, Meeting, Resolution
from ontology import DCTERMS


def plan_nodes(pen: Pen) -> tuple[ox.NamedNode, ...]:
    return tuple(pen.own("plan", str(number)) for number in range(1, len(pen.report.plans) + 1))


def write_plans(pen: Pen, known: Visits, nodes: Sequence[ox.NamedNode]) -> None:
    for node, plan in zip(nodes, pen.report.plans, strict=True):
        _plan(pen, known, node, plan)


def _plan(pen: Pen, known: Visits, node: ox.NamedNode, plan: ActionPlan) -> None:
    pen.say(node, TYPE, ig("ActionPlan"))
    pen.say_text(node, named(DCTERMS.title), plan.title)
    if plan.authority:
        pen.say(node, ig("ofAuthority"), named(iris.authority(plan.authority)))
    if plan.responds_to is not None:
        pen.say(node, ig("respondsTo"), known.mentions[plan.responds_to])
    pen.state(node, (*plan.spans, *plan.legend))
    for action_node, action in zip(action_nodes(node, plan), plan.actions, strict=True):
        pen.say(node, ig("hasAction"), action_node)
        _action(pen, action_node, action)


def action_nodes(plan: ox.NamedNode, record: ActionPlan) -> list[ox.NamedNode]:
    """A plan's rows by their references; a row without one, or with one that is taken, by its number."""
    used: set[str] = set()
    nodes = []
    for action in record.actions:
        key = action.reference if action.reference and action.reference not in used else f"row-{action.row}"
        used.add(key)
        nodes.append(ox.NamedNode(f"{plan.value}/action/{iris.part(key)}"))
    return nodes


def _action(pen: Pen, node: ox.NamedNode, action: Action) -> None:
    pen.say(node, TYPE, ig("Action"))
    pen.say_text(node, ig("statement"), action.statement)
    pen.say_text(node, ig("reference"), action.reference)
    pen.say_text(node, ig("printedReference"), action.printed_reference)
    pen.say_text(node, ig("section"), action.section)
    for index in action.addresses:
        pen.say(node, ig("addresses"), recommendation_node(pen, pen.report.recommendations[index]))
    for lead in action.leads:
        pen.say(node, ig("lead"), write_person(pen, lead))
    if action.due:
        pen.say(node, ig("due"), day(action.due))
    pen.say_text(node, ig("dueText"), action.due_text)
    _progress(pen, node, action)
    for theme in action.themes:
        pen.label(node, "theme", theme)
    pen.state(node, action.spans)


def _progress(pen: Pen, node: ox.NamedNode, action: Action) -> None:
    pen.say_text(node, ig("expectedImpact"), action.expected_impact)
    for measure in action.impact_measures:
        pen.say_text(node, ig("impactMeasure"), measure)
    pen.say_text(node, ig("progress"), action.progress)
    if action.progress_rating:
        pen.say(node, ig("progressRating"), concept("rating", action.progress_rating))
        pen.say_text(node, ig("progressRatingMeaning"), action.progress_meaning)
    if action.impact_rating:
        pen.say(node, ig("impactRating"), concept("rating", action.impact_rating))
        pen.say_text(node, ig("impactRatingMeaning"), action.impact_meaning)


def write_meetings(pen: Pen, known: Visits, plans: Sequence[ox.NamedNode]) -> None:
    """Meetings by their day; a second one on the same day is numbered."""
    days: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for meeting in pen.report.meetings:
        key = meeting.date.isoformat()
        days[key] += 1
        node = pen.own("meeting", key if days[key] == 1 else f"{key}-{days[key]}")
        items = _meeting(pen, node, meeting)
        _considers(pen, node, meeting, known, plans)
        for resolution in meeting.resolutions:
            said = resolution_node(pen, resolution.statement, counts)
            pen.say(node, ig("hasResolution"), said)
            if resolution.item in items:
                pen.say(items[resolution.item], ig("hasResolution"), said)
            _resolution(pen, said, resolution, known, plans)


def _meeting(pen: Pen, node: ox.NamedNode, meeting: Meeting) -> dict[str | None, ox.NamedNode]:
    """Describe a meeting; its items by their printed number."""
    pen.say(node, TYPE, ig("Meeting"))
    pen.say_text(node, ig("committee"), meeting.committee)
    pen.say(node, named(DCTERMS.date), day(meeting.date))
    pen.say_text(node, named(DCTERMS.spatial), meeting.place)
    if meeting.authority:
        pen.say(node, ig("ofAuthority"), named(iris.authority(meeting.authority)))
    for attendee in meeting.attendees:
        pen.say(node, ig("attendee"), write_person(pen, attendee))
    pen.state(node, meeting.spans)
    items: dict[str | None, ox.NamedNode] = {}
    for item in meeting.items:
        if item.number in items:
            continue
        items[item.number] = held = ox.NamedNode(f"{node.value}/item/{iris.part(item.number)}")
        pen.say(node, ig("hasItem"), held)
        pen.say(held, TYPE, ig("AgendaItem"))
        pen.say_text(held, ig("number"), item.number)
        pen.say_text(held, named(DCTERMS.title), item.title)
        pen.state(held, item.spans)
    return items


def _resolution(
    pen: Pen, node: ox.NamedNode, resolution: Resolution, known: Visits, plans: Sequence[ox.NamedNode]
) -> None:
    pen.say(node, TYPE, ig("Resolution"))
    pen.say(node, ig("statement"), text(resolution.statement))
    _considers(pen, node, resolution, known, plans)
    pen.state(node, resolution.spans)


def _considers(
    pen: Pen, node: ox.NamedNode, considering: Meeting | Resolution, known: Visits, plans: Sequence[ox.NamedNode]
) -> None:
    """The plans and the inspection that a meeting had before it, or that a resolution is about."""
    for plan in considering.considers_plans:
        pen.say(node, ig("considers"), plans[plan])
    if considering.considers_mention is not None:
        pen.say(node, ig("considers"), known.mentions[considering.considers_mention])
