"""When statements speak: the documents of an authority as moments in the order of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.links.identity import about, inspections
from graph.links.outline import Outline, Statement, Visit


@dataclass(frozen=True, slots=True)
class Moment:
    """What one document says of one time; of a time that is not known to the day, the first and last possible ones."""

    first: str
    last: str
    full: bool
    """Whether it is an inspection, and not a plan or what a document repeats."""
    statements: tuple[Statement, ...]


def moments(
    outlines: Sequence[Outline], repeated: frozenset[str], identified: Mapping[str, str]
) -> dict[str, list[Moment]]:
    """The moments of each authority, in the order of time; what repeats an original is left to that."""
    days = _days(outlines)
    found: dict[str, list[Moment]] = defaultdict(list)
    for outline in outlines:
        whose = outline.own.authorities if outline.own else tuple(sorted(set(about(outline)))[:1])
        spans = _Spans(outline, days, identified)
        groups: dict[tuple[str, str, bool], list[Statement]] = defaultdict(list)
        for statement in outline.statements:
            if statement.iri not in repeated:
                groups[spans.of(statement)].append(statement)
        for (first, last, full), statements in groups.items():
            for gss in whose:
                if last:
                    found[gss].append(Moment(first, last, full, tuple(statements)))
    return {gss: sorted(held, key=lambda moment: (moment.last, moment.first)) for gss, held in sorted(found.items())}


def _days(outlines: Sequence[Outline]) -> dict[str, str]:
    """The day of each inspection; two of one framework that overlap may be one, and neither follows the other."""
    found: dict[str, str] = {}
    for known in inspections(outlines).values():
        last: dict[str | None, tuple[str, str]] = {}
        for visit in known:
            start = visit.when or ""
            day, end = last.get(visit.framework, ("", ""))
            first, until = (day, max(end, visit.end or start)) if day and start <= end else (start, visit.end or start)
            last[visit.framework] = (first, until)
            found[visit.iri] = min(found.get(visit.iri, first), first)
    return found


class _Spans:
    """Between which days the statements of a document speak."""

    def __init__(self, outline: Outline, days: Mapping[str, str], identified: Mapping[str, str]) -> None:
        self._outline = outline
        self._days = days
        self._identified = identified
        self._mentions = {mention.iri: mention for mention in outline.mentions}
        self._plans = {plan.iri: plan.responds_to for plan in outline.plans}
        own = days.get(outline.own.iri, outline.own.when) if outline.own and outline.dated else None
        self._own = own or outline.issued or ""

    def of(self, statement: Statement) -> tuple[str, str, bool]:
        own = self._outline.own
        if statement.kind == "action" or (own and own.iri == statement.of and self._outline.dated):
            return self._own, self._own, statement.kind != "action"
        if statement.of is None:
            return self._own, self._own, False
        mention = self._plans.get(statement.of, statement.of) or statement.of
        day = self._days.get(self._identified.get(mention, ""))
        return (day, day, False) if day else self._said(self._mentions.get(mention))

    def _said(self, mention: Visit | None) -> tuple[str, str, bool]:
        """What is of a time nobody knows may be as late as its document, and is not taken to follow anything."""
        when = mention.when if mention else None
        if not when:
            return "", self._own, False
        return f"{when}-01-01"[:10], min(f"{when}-12-31"[:10], self._own or "9"), False
