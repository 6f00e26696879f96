"""The action plan in a stretch of a document, as records: recommendations, what is quoted under them, actions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.packs import due_dates
from loaders.packs.leads import Lead, alone, leads
from loaders.packs.legends import Legend, Side, explained
from loaders.packs.measures import measures
from loaders.packs.plan_columns import Role
from loaders.packs.plan_references import Reference
from loaders.packs.plan_rows import PlanRow, joined
from loaders.packs.plan_table import Part, parts
from loaders.packs.ratings import legend, rating
from loaders.records import Action, ActionPlan, Person, Problem, Recommendation
from loaders.statements.labels import about
from loaders.statements.sections import Section
from loaders.text import Block, Span, Text
from ontology import Vocabulary

_TITLE = re.compile(r"\b(?:action|improvement|delivery|response|implementation)\s+plan\b", re.IGNORECASE)
# What recommendations begin with, by which a first word that lost its beginning at the edge of a page is known again.
_OPENERS = (
    "Accelerate", "Agree", "Complete", "Consider", "Continue", "Create", "Develop", "Embed", "Ensure", "Establish",
    "Evaluate", "Extend", "Implement", "Improve", "Increase", "Monitor", "Prioritise", "Provide", "Raise", "Reduce",
    "Review", "Strengthen", "Undertake",
)  # fmt: skip
_MOST_LOST = 3
_CUT_HEADING = re.compile(r"^\w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the plan's records will stand: whose people it names, and how many of each came before in the report.

    `body` is the authority's code, or the document's key where the authority is not known.
    """

    authority: str | None
    body: str
    plan: int = 0
    recommendations: int = 0


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan with the recommendations that it repeats and the parts in which it quotes what inspectors found.

    `extent` reaches from the first recommendation or action to the last.
    """

    plan: ActionPlan
    recommendations: tuple[Recommendation, ...]
    quoted: tuple[Section, ...]
    extent: Span
    problems: tuple[Problem, ...]


def read_plan(blocks: Sequence[Block], text: Text, vocabulary: Vocabulary, place: Place) -> ReadPlan | None:
    """The plan in these blocks; None where no table of actions stands in them."""
    found = parts(blocks, text, vocabulary)
    if not any(part.rows for part in found):
        return None
    extent = _extent(found)
    title = _title(blocks, text, extent.start)
    signs = legend(_prose(blocks, text), vocabulary)
    told = explained(blocks, text, vocabulary, signs)
    reader = _Reader(text, vocabulary, place, signs, told, _known(found, text))
    asked = reader.recommendations(found)
    actions = tuple(reader.actions(found, asked))
    plan = ActionPlan(
        title=" ".join(text.words(title).split()) if title else "Action plan",
        spans=(title or extent,),
        actions=actions,
        authority=place.authority,
        legend=told.spans,
    )
    problems = (*_cut(found, asked, text), *reader.doubts(found, actions))
    return ReadPlan(plan, asked, tuple(reader.quoted(found, plan.title)), extent, problems)


def _extent(found: Sequence[Part]) -> Span:
    cells = [span for part in found for row in part.rows for cell in row.cells.values() for span in cell]
    stated = [span for part in found for span in (*part.statement_spans, *(block.span for block in part.quoted))]
    every = [*cells, *stated, *(part.heading for part in found if part.heading)]
    return Span(min(every).start, max(span.end for span in every))


def _title(blocks: Sequence[Block], text: Text, end: int) -> Span | None:
    """The last line before `end` that calls itself a plan; a heading before any other."""
    before = [block for block in blocks if block.span.start < end and block.kind != "row"]
    named = [b for b in before if b.kind != "bullet" and _TITLE.search(text.words(b)) and len(text.words(b)) < 120]
    headings = [block for block in named if block.kind == "heading"]
    return (headings or named)[-1].span if named else None


def _prose(blocks: Sequence[Block], text: Text) -> list[str]:
    return [text.words(block) for block in blocks if len(text.words(block)) < 200]


def _known(found: Sequence[Part], text: Text) -> frozenset[str]:
    cells = (row.words(text, role) for part in found for row in part.rows for role in ("lead", "lead-and-due"))
    return alone(due_dates.parted(cell)[0] for cell in cells)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What the reading of every row of one plan needs."""

    text: Text
    vocabulary: Vocabulary
    place: Place
    legend: Mapping[str, str]
    told: Legend
    known: frozenset[str]

    def recommendations(self, found: Sequence[Part]) -> tuple[Recommendation, ...]:
        """What the plan repeats of what was asked: in headings, or in a column of its table."""
        headed = [self._headed(part) for part in found if part.number is not None and part.statement_spans]
        return tuple(headed) if headed else tuple(self._columned(found))

    def _headed(self, part: Part) -> Recommendation:
        statement = joined([self.text.words(span) for span in part.statement_spans])
        whole = restored(statement) if part.cut else statement
        heading = self._heading(part)
        matter = about(whole, heading, self.vocabulary, part.statement_spans[0].start)
        return Recommendation(
            statement=whole,
            spans=part.statement_spans,
            kind=part.kind,
            number=part.number or 0,
            section=heading,
            themes=matter.themes,
            cohort=matter.cohort,
            plan=self.place.plan,
        )

    def _columned(self, found: Sequence[Part]) -> Iterator[Recommendation]:
        seen: dict[str, None] = {}
        for part in found:
            for row in part.rows:
                words = row.words(self.text, "recommendation")
                if words and words not in seen:
                    seen[words] = None
                    spans = row.cells["recommendation"]
                    themes = about(words, None, self.vocabulary, spans[0].start).themes
                    yield Recommendation(words, spans, "recommendation", len(seen), themes=themes, plan=self.place.plan)

    def actions(self, found: Sequence[Part], asked: Sequence[Recommendation]) -> Iterator[Action]:
        """The rows of all parts in order."""
        number = 0
        answered: tuple[int, ...] = ()
        for part in found:
            if part.number is not None:
                answered = self._indices(k for k, one in enumerate(asked) if one.spans == part.statement_spans)
            for row, reference in zip(part.rows, part.references, strict=True):
                number += 1
                said = row.words(self.text, "recommendation")
                if said and part.number is None:
                    answered = self._indices(k for k, one in enumerate(asked) if one.statement == said)
                yield self._action(row, reference, part, number, answered)

    def _indices(self, held: Iterable[int]) -> tuple[int, ...]:
        """Places in the plan's own list as indices into `Report.recommendations`."""
        return tuple(self.place.recommendations + index for index in held)

    def _action(self, row: PlanRow, reference: Reference, part: Part, number: int, answered: tuple[int, ...]) -> Action:
        people, due = self._answerable(row)
        statement = row.words(self.text, "action")
        heading = self._heading(part)
        return Action(
            reference=reference.true,
            row=number,
            statement=statement,
            spans=row.cells["action"],
            printed_reference=reference.printed,
            addresses=answered,
            leads=tuple(Person(lead.name, lead.post, self.place.body) for lead in people),
            due=due.day if due else None,
            due_text=due.text if due else None,
            expected_impact=self._said(row, "expected-impact"),
            impact_measures=measures(row.words(self.text, "impact-measure"), self.vocabulary),
            progress=self._said(row, "progress"),
            progress_rating=self._rated(row, "progress-rating"),
            impact_rating=self._rated(row, "impact-rating"),
            progress_meaning=self._meant(row, "progress-rating", "progress"),
            impact_meaning=self._meant(row, "impact-rating", "impact"),
            themes=about(statement, heading, self.vocabulary, row.cells["action"][0].start).themes,
            section=heading,
        )

    def _rated(self, row: PlanRow, role: Role) -> str | None:
        return rating(row.words(self.text, role), self.vocabulary, self.legend)

    def _meant(self, row: PlanRow, role: Role, side: Side) -> str | None:
        """What the plan's legend says of the rating that the row prints; None where it prints none."""
        rated = self._rated(row, role)
        return self.told.meaning(side, row.words(self.text, role), rated) if rated else None

    def _answerable(self, row: PlanRow) -> tuple[tuple[Lead, ...], due_dates.Due | None]:
        """Who and by when, whether they share a column or not."""
        people, due = due_dates.parted(row.words(self.text, "lead-and-due"))
        people = people or row.words(self.text, "lead")
        return leads(people, self.known), due or due_dates.due(row.words(self.text, "due"))

    def _said(self, row: PlanRow, role: Role) -> str | None:
        words = row.words(self.text, role)
        return words if re.search(r"\w", words) else None

    def _heading(self, part: Part) -> str | None:
        if part.heading is None:
            return None
        end = part.statement_spans[0].start if part.statement_spans else part.heading.end
        printed = self.text.words(Span(part.heading.start, min(part.heading.end, end))).strip(" :.-–—")
        return _CUT_HEADING.sub("RECOMMENDATION", printed) if part.cut else printed

    def quoted(self, found: Sequence[Part], title: str) -> Iterator[Section]:
        """Under each recommendation what the plan quotes of the inspection's findings."""
        for part in found:
            if part.quoted:
                yield Section(self._heading(part), (title,), None, "findings", part.quoted)

    def doubts(self, found: Sequence[Part], actions: Sequence[Action]) -> Iterator[Problem]:
        """References that were worked out or not found, ratings that mean nothing, lines and answers that lack."""
        yield from _reference_doubts(actions)
        rated = [(row.words(self.text, role), row.cells[role][0]) for row, role in _rated(found)]
        unread = [(words, at) for words, at in rated if rating(words, self.vocabulary, self.legend) is None]
        if unread:
            words = ", ".join(f'"{one}"' for one, _ in unread)
            yield Problem("unread-rating", f"what stands in the columns of ratings is none: {words}", unread[0][1])
        for part in found:
            if part.torn:
                lines = f"{len(part.torn)} lines of the table have too few cells: what stands in them may be misplaced"
                yield Problem("torn-table", lines, part.torn[0])
            if part.number is not None and not part.rows:
                yield Problem("no-actions", f"no action stands under recommendation {part.number}", part.heading)


def _rated(found: Sequence[Part]) -> Iterator[tuple[PlanRow, Role]]:
    roles: tuple[Role, ...] = ("progress-rating", "impact-rating")
    return ((row, role) for part in found for row in part.rows for role in roles if role in row.cells)


def _reference_doubts(actions: Sequence[Action]) -> Iterator[Problem]:
    """One problem for all references that were repaired, one for those that could not be."""
    doubted = [one for one in actions if one.printed_reference is not None]
    for kind, held, told in (
        ("repaired-reference", [one for one in doubted if one.reference], "read by their place in the order"),
        ("unread-reference", [one for one in doubted if not one.reference], "not to be read"),
    ):
        if held:
            each = (f'"{one.printed_reference}"' + (f" as {one.reference}" if one.reference else "") for one in held)
            words = ", ".join(each)
            yield Problem(kind, f"references damaged or wrong in print are {told}: {words}", held[0].spans[0])


def restored(statement: str) -> str:
    """A recommendation whose first letters are lost with the edge of the page, if one usual beginning alone fits.

    >>> restored("prove the support for carers.")
    'Improve the support for carers.'
    """
    first, _, rest = statement.partition(" ")
    fits = [one for one in _OPENERS if one.lower().endswith(first.lower()) and 0 < len(one) - len(first) <= _MOST_LOST]
    return f"{fits[0]} {rest}" if len(fits) == 1 and len(first) > 2 else statement


def _cut(found: Sequence[Part], asked: Sequence[Recommendation], text: Text) -> Iterator[Problem]:
    for part in found:
        if part.cut:
            statement = joined([text.words(span) for span in part.statement_spans])
            read = next((one.statement for one in asked if one.spans == part.statement_spans), statement)
            how = f'read as "{read.split()[0]} …"' if read != statement else "left as printed"
            lost = f'"{statement[:30]}…" has lost its first letters with the edge of the page and is {how}'
            yield Problem("cut-edge", lost, part.heading)
