"""What a document says, as frozen records; each statement with the stretch of text that states it.

Concepts stand here by their ids in the ontology's schemes ("requires-improvement", "help-and-protection");
authorities by their GSS code. Loaders know nothing more of RDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from loaders.text import Span, Text

RecommendationKind = Literal["recommendation", "area-for-improvement", "area-for-priority-action"]


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its name as the user gave it, without folders, and its bytes' identity."""

    name: str
    sha256: str
    media_type: str
    size: int

    @property
    def key(self) -> str:
        """The first 16 hex digits of the sha256, by which the document is known everywhere."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class Label:
    """A concept given to a statement, how surely (0-1), why in words, and by which stretches of the text."""

    concept: str
    confidence: float
    reason: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Labels:
    """What a finding says: one polarity, one to four themes, and the rest where said."""

    polarity: Label
    themes: tuple[Label, ...] = ()
    prevalence: Label | None = None
    cohort: tuple[Label, ...] = ()
    change: Label | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named; `body` is the inspectorate's id or the authority's GSS code that the name belongs to."""

    name: str
    role: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Which words give a property of the document or its inspection: `property` is the ontology's local name.

    `value` is the lexical form: an ISO date, a GSS code, a framework's id, a person's name, or plain words.
    """

    property: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Inspection:
    """The inspection that a document reports: what is not said is None or empty, never guessed."""

    framework: str
    authorities: tuple[str, ...]
    start: date | None = None
    end: date | None = None
    inspectorates: tuple[str, ...] = ("ofsted",)
    lead: Person | None = None
    inspectors: tuple[Person, ...] = ()
    """All inspectors that are named, the lead among them."""
    focus: str | None = None
    visit: int | None = None
    """Of a monitoring visit: which of the series."""
    facts: tuple[Fact, ...] = ()
    when: str | None = None
    """Where the first day is not said: YYYY or YYYY-MM as far as it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A second place that gives a grade to the same area."""

    grade: str
    grade_text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One grade for one area; `spans` covers the printed area and grade; agreeing readings add their spans."""

    area: str
    grade: str
    area_text: str
    grade_text: str
    spans: tuple[Span, ...]
    other_readings: tuple[Reading, ...] = ()
    """Readings that differ."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence on how services perform, with the place that it stands in and what it says."""

    statement: str
    spans: tuple[Span, ...]
    labels: Labels
    section: str | None = None
    paragraph: str | None = None
    area: str | None = None
    marked: bool = False
    """The report itself prints that a recommendation rests on it."""
    mention: int | None = None
    """Index into `Report.mentions` where it quotes another inspection than the document's own."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What an inspection asks for; `number` is its order in its list, from 1."""

    statement: str
    spans: tuple[Span, ...]
    kind: RecommendationKind
    number: int
    timescale: str | None = None
    section: str | None = None
    paragraph: str | None = None
    area: str | None = None
    addressees: tuple[str, ...] = ()
    themes: tuple[Label, ...] = ()
    cohort: tuple[Label, ...] = ()
    arises_from: tuple[int, ...] = ()
    """Indices into `Report.findings`, where the document itself says on which it rests."""
    plan: int | None = None
    """Index into `Report.plans` where an action plan repeats it."""


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure stated about children, families, staff, cases or services; `span` is its sentence."""

    value: Decimal
    unit: str
    counts: str
    span: Span
    period: str | None = None
    compared_with: str | None = None
    section: str | None = None
    paragraph: str | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What a document lays on somebody, with the deadline's words ("within 70 working days")."""

    statement: str
    on: str
    deadline_text: str | None
    spans: tuple[Span, ...]
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Another inspection as the document speaks of it; `when` is YYYY, YYYY-MM or YYYY-MM-DD as far as said."""

    statement: str
    spans: tuple[Span, ...]
    when: str | None = None
    framework: str | None = None
    authorities: tuple[str, ...] = ()
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """One row of an action plan; `reference` is the true one, `printed_reference` what is printed where it differs."""

    reference: str | None
    row: int
    statement: str
    spans: tuple[Span, ...]
    printed_reference: str | None = None
    addresses: tuple[int, ...] = ()
    """Indices into `Report.recommendations`."""
    leads: tuple[Person, ...] = ()
    due: date | None = None
    due_text: str | None = None
    expected_impact: str | None = None
    impact_measures: tuple[str, ...] = ()
    progress: str | None = None
    progress_rating: str | None = None
    impact_rating: str | None = None
    progress_meaning: str | None = None
    """What the plan's own legend says that the rating means, as printed."""
    impact_meaning: str | None = None
    themes: tuple[Label, ...] = ()
    section: str | None = None


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """An authority's answer to an inspection."""

    title: str
    spans: tuple[Span, ...]
    actions: tuple[Action, ...]
    authority: str | None = None
    responds_to: int | None = None
    """Index into `Report.mentions`."""
    legend: tuple[Span, ...] = ()
    """The lines that say what its ratings mean."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of a meeting, with its printed number."""

    number: str
    title: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a meeting resolved, one clause each; `item` is the printed number of the item it stands under."""

    statement: str
    spans: tuple[Span, ...]
    item: str | None = None
    considers_plans: tuple[int, ...] = ()
    considers_mention: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A committee's meeting, from an agenda or its minutes."""

    committee: str
    date: date
    spans: tuple[Span, ...]
    place: str | None = None
    authority: str | None = None
    attendees: tuple[Person, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    considers_plans: tuple[int, ...] = ()
    """Indices into `Report.plans` of those that stand on its agenda."""
    considers_mention: int | None = None
    """Index into `Report.mentions` of an inspection whose report it received."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not understood or does not add up: a short kind, a sentence for a person, and where."""

    kind: str
    description: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the kind of a document leads one to expect of it, or what must add up in it, and what was found."""

    what: str
    found: str
    met: bool


@dataclass(frozen=True, slots=True)
class Recognition:
    """Which kind of document this is taken for, how surely (0-1), and by which words."""

    kind: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one document states."""

    source: Source
    text: Text
    kind: str
    """An id of the scheme document-kind: inspection-report, inspection-letter, committee-pack, unknown …"""
    why: str
    title: str
    issued: date | None = None
    facts: tuple[Fact, ...] = ()
    """Of the document itself: issued, addressee."""
    addressees: tuple[Person, ...] = ()
    inspection: Inspection | None = None
    judgements: tuple[Judgement, ...] = ()
    not_graded: tuple[str, ...] = ()
    not_judged: tuple[str, ...] = ()
    not_found: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_findings: tuple[tuple[str, int], ...] = ()
    """Reasons for which sentences were not taken as findings, with how many."""
    recommendations: tuple[Recommendation, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    duties: tuple[Duty, ...] = ()
    mentions: tuple[Mention, ...] = ()
    plans: tuple[ActionPlan, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    problems: tuple[Problem, ...] = ()
    expectations: tuple[Expectation, ...] = ()
