"""Threads as the question `thread-steps` tells them: what became of each recommendation, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

import queries
from cli.console import short

AFTER = ("promised", "resolved", "seen")
_BEFORE = ("found", "asked")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a thread with its quotation; `by` is the inspection, plan or meeting whose step it is.

    `reference` is the action's that was promised, or that what was seen takes up; kind, outcome, confidence and
    reason are of what is linked by inference.
    """

    step: str
    when: str
    words: str
    document: str
    page: int | None
    thing: str
    kind: str = ""
    outcome: str = ""
    confidence: float | None = None
    reason: str = ""
    by: str = ""
    number: str = ""
    reference: str = ""
    due: str = ""
    rating: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """One recommendation and what is known before and after it."""

    recommendation: str
    start: str
    steps: tuple[Step, ...]

    @property
    def asked(self) -> Step | None:
        return next((step for step in self.steps if step.step == "asked"), None)


def threads(asked: queries.Source, parameters: Mapping[str, str]) -> list[Thread]:
    """The threads of an authority's recommendations, the earliest first; each thing with the first of its passages."""
    table = queries.table(queries.find_question("thread-steps"), asked, parameters)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    names = queries.labels(
        asked, {term.value for row in rows for term in row.values() if isinstance(term, ox.NamedNode)}
    )
    found = [
        Thread(recommendation, start, _ordered(start, (_step(row, names) for row in of)))
        for (start, recommendation), of in groupby(
            rows, key=lambda row: (_plain(row["start"]), _plain(row["recommendation"]))
        )
    ]
    return sorted(found, key=lambda one: (one.start, _number(one), one.recommendation))


def _number(one: Thread) -> tuple[str, list[int]]:
    """Where a recommendation stands among those of its inspection: by the document and its number there."""
    return (one.asked.by, _natural(one.asked.number)) if one.asked else ("", [])


def _ordered(start: str, steps: Iterable[Step]) -> tuple[Step, ...]:
    """What was found and asked first, the rest in the order of time.

    What several rows tell is one step: of an action's rows the one of the latest meeting, which is the one that its
    pack is for; of what was seen the one that is linked to the recommendation itself, else the surest.
    """
    first: dict[tuple[str, str], Step] = {}
    latest = sorted(steps, key=lambda one: one.when, reverse=True)
    for step in sorted(latest, key=_nearest):
        first.setdefault((step.step, step.thing), step)
    return tuple(sorted(first.values(), key=lambda one: _place(start, one)))


def _nearest(step: Step) -> tuple[bool, float]:
    return step.step == "seen" and bool(step.reference), -(step.confidence or 0.0)


def _place(start: str, step: Step) -> tuple[bool, str, str, str, tuple[bool, float], list[int], int]:
    """Where a step stands in its thread: in time, one inspection after the other, actions as their plan counts them."""
    told = step.step in AFTER
    rank = step.by if told else str(_BEFORE.index(step.step))
    return (
        told,
        step.when or start,
        rank,
        step.document if told else "",
        _nearest(step),
        _natural(step.reference),
        step.page or 0,
    )


def _natural(reference: str) -> list[int]:
    """A reference so that 7.10 comes after 7.9."""
    return [int(number) for number in re.findall(r"\d+", reference)]


def _step(row: Mapping[str, queries.Term | None], names: Mapping[str, str]) -> Step:
    def named(column: str) -> str:
        value = _plain(row[column])
        return names.get(value, short(value)) if value else ""

    page, confidence = _plain(row["page"]), _plain(row["confidence"])
    return Step(
        step=_plain(row["step"]),
        when=_plain(row["when"]),
        words=_plain(row["words"]),
        document=named("document"),
        page=int(page) if page else None,
        thing=_plain(row["thing"]),
        kind=named("linkKind"),
        outcome=named("outcome"),
        confidence=float(confidence) if confidence else None,
        reason=_plain(row["reason"]),
        by=named("by"),
        number=_plain(row["number"]),
        reference=_plain(row["reference"]),
        due=_plain(row["due"]),
        rating=named("rating"),
    )


def _plain(term: queries.Term | None) -> str:
    return "" if term is None else str(getattr(term, "value", term))
