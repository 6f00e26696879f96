"""A small report made by hand, so that the graph is tested apart from the loaders."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from graph.evaluation import Told, ToldGraph
from loaders.records import (
    Action,
    ActionPlan,
    AgendaItem,
    Duty,
    Fact,
    Finding,
    Inspection,
    Judgement,
    Label,
    Labels,
    Meeting,
    Mention,
    Person,
    Problem,
    Reading,
    Recommendation,
    Report,
    Resolution,
    Source,
    Statistic,
)
from loaders.text import Block, Span, Text
from ontology import Vocabulary, load

LINES = (
    "Inspection of Harrowdale",
    "Inspection dates: 2 to 6 March 2020",
    "Leadership is good",
    "Managers track permanence plans and act on drift.",
    "Supervision is not recorded well enough.",
    "Record supervision so that managers can see drift.",
    "There were 312 children in care and 40 care leavers.",
    "At the inspection in 2015 leadership was judged inadequate.",
    "Submit a plan within 70 working days.",
    "7.5 Audit supervision records every month",
    "The committee resolved to note the plan.",
)


def text() -> Text:
    """One line a block, two pages."""
    starts = [0]
    for line in LINES:
        starts.append(starts[-1] + len(line) + 1)
    blocks = tuple(
        Block("paragraph", Span(start, start + len(line))) for start, line in zip(starts, LINES, strict=False)
    )
    return Text("\n".join(LINES) + "\n", blocks, (0, starts[6]))


def span(words: str) -> Span:
    start = text().content.index(words)
    return Span(start, start + len(words))


def finding(words: str, polarity: str, *themes: str, **more: object) -> Finding:
    labels = Labels(
        Label(polarity, 0.9, "a cue says so"), tuple(Label(theme, 0.75, "a phrase names it") for theme in themes)
    )
    return Finding(words, (span(words),), labels, **more)  # type: ignore[arg-type]


def small(name: str = "small.txt", **changes: object) -> Report:
    """A report that has one of everything, about an authority that the ontology knows by no name."""
    source = Source(name, hashlib.sha256(name.encode()).hexdigest(), "text/plain", 400)
    lead = Person("Ada Moss", "Lead inspector", "ofsted")
    parts: dict[str, object] = {
        "issued": date(2020, 4, 1),
        "addressees": (Person("Cy Vale", "Director", "E09999999"),),
        "inspection": Inspection(
            "ilacs",
            ("E09999999",),
            date(2020, 3, 2),
            date(2020, 3, 6),
            lead=lead,
            inspectors=(lead, Person("Bo Reed", None, "ofsted")),
            facts=(Fact("startDate", "2020-03-02", span(LINES[1])), Fact("leadInspector", "Ada Moss", span(LINES[0]))),
        ),
        "judgements": (
            Judgement(
                "leadership",
                "good",
                "Leadership",
                "good",
                (span(LINES[2]),),
                (Reading("adequate", "adequate", (span(LINES[3]),)),),
            ),
        ),
        "not_graded": ("adoption",),
        "findings": (
            finding(LINES[3], "strength", "permanence", section="Leadership", paragraph="12"),
            finding(LINES[4], "weakness", "supervision"),
        ),
        "recommendations": (
            Recommendation(
                LINES[5],
                (span(LINES[5]),),
                "area-for-improvement",
                1,
                themes=(Label("supervision", 0.8, "a phrase names it"),),
                arises_from=(1,),
                addressees=("The council",),
            ),
        ),
        "statistics": (
            Statistic(Decimal("312"), "children", "children in care", span(LINES[6])),
            Statistic(Decimal("40"), "young people", "care leavers", span(LINES[6])),
        ),
        "duties": (Duty(LINES[8], "the council", "within 70 working days", (span(LINES[8]),)),),
        "mentions": (
            Mention(
                LINES[7],
                (span(LINES[7]),),
                "2015",
                None,
                ("E09999999",),
                (Judgement("leadership", "inadequate", "leadership", "inadequate", (span(LINES[7]),)),),
            ),
        ),
        "plans": (
            ActionPlan(
                "The plan",
                (span(LINES[9]),),
                (
                    Action(
                        "7.5",
                        1,
                        "Audit supervision records",
                        (span(LINES[9]),),
                        addresses=(0,),
                        leads=(lead,),
                        due=date(2020, 9, 1),
                        impact_measures=("audits", "surveys"),
                        progress_rating="green",
                    ),
                ),
                "E09999999",
                0,
            ),
        ),
        "meetings": (
            Meeting(
                "Scrutiny",
                date(2020, 5, 1),
                (span(LINES[10]),),
                authority="E09999999",
                attendees=(lead,),
                items=(AgendaItem("4", "The plan", (span(LINES[10]),)),),
                resolutions=(Resolution(LINES[10], (span(LINES[10]),), "4", considers_plans=(0,)),),
            ),
        ),
        "problems": (Problem("date", "the date of a visit is not understood", span(LINES[7])),),
    }
    return Report(source, text(), "inspection-report", "its title says so", "A small report", **(parts | changes))  # type: ignore[arg-type]


@pytest.fixture
def make() -> Callable[..., Report]:
    return small


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load()


@pytest.fixture(scope="module")
def told(built: Path) -> ToldGraph:
    return ToldGraph(built)


@pytest.fixture(scope="module")
def findings(told: ToldGraph) -> list[Told]:
    return [one for key in told.documents for one in told.findings(key)]
