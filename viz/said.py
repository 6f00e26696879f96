"""What a source says of inspections and of what followed them, read once and handed to the views that draw it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import ontology
import queries
from viz.answers import Row, rows
from viz.parts import Told, by_item, linked, told

MENTION = "/mention/"


@dataclass(frozen=True, slots=True)
class Item:
    """One judgement, finding, recommendation, action, resolution or meeting with its words and their place."""

    iri: str
    kind: str
    words: str
    label: str
    """The id of its polarity, grade or rating, or nothing."""
    themes: tuple[str, ...]
    area: str
    section: str
    page: int | None
    at: int
    title: str
    under: str
    """The inspection, plan or meeting that it belongs to."""
    date: str
    authority: str
    """The name of whom it is about; of several, the first."""
    reasons: tuple[tuple[str, str, str], ...] = ()
    """Label, confidence and reason, as the graph gives them."""
    cohorts: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        """The IRI of the document that says it."""
        base = ontology.BASE + "id/document/"
        return base + self.iri.removeprefix(base).partition("/")[0]


@dataclass(frozen=True, slots=True)
class Visit:
    """One inspection of one or, where it is joint, several authorities."""

    iri: str
    authorities: tuple[str, ...]
    framework: str
    start: str
    regions: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What a heading calls it."""
        return f"{self.framework}, {self.start or 'date not said'}"


@dataclass(frozen=True)
class Said:
    """All items of a source or of one authority or inspection, by IRI and in the order of time and document."""

    items: Mapping[str, Item]
    visits: tuple[Visit, ...]
    names: Mapping[str, str]
    """Of themes, areas, grades and other concepts."""
    sparql: tuple[str, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    """The files that tell more of an inspection, by its IRI, or of an authority, by its name."""

    @cached_property
    def visit(self) -> dict[str, Visit]:
        """The inspections by IRI."""
        return {v.iri: v for v in self.visits}

    def of(self, under: str) -> list[Item]:
        """The items of one inspection, plan or meeting."""
        return self._under.get(under, [])

    def whose(self, item: Item) -> tuple[str, ...]:
        """The authorities that an item is about."""
        visit = self.visit.get(item.under)
        return visit.authorities if visit else (item.authority,)

    @cached_property
    def beside(self) -> dict[str, tuple[Item | None, Item | None]]:
        """What stands before and after each item in its document, as far as it is known."""
        texts: dict[str, list[Item]] = defaultdict(list)
        for item in self.items.values():
            if item.words:
                texts[item.document].append(item)
        found: dict[str, tuple[Item | None, Item | None]] = {}
        for items in texts.values():
            items.sort(key=lambda i: (i.at, i.iri))
            around = zip([None, *items], items, [*items[1:], None], strict=False)
            found |= {item.iri: (before, after) for before, item, after in around}
        return found

    @cached_property
    def _under(self) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = defaultdict(list)
        for item in self.items.values():
            found[item.under].append(item)
        return found

    def only(self, visits: Iterable[Visit], items: Iterable[Item] = ()) -> Said:
        """The same with these inspections and what belongs to them, and with these items besides."""
        kept = tuple(visits)
        inside = [item for visit in kept for item in self.of(visit.iri)]
        return replace(self, items={i.iri: i for i in [*inside, *items]}, visits=kept, sparql=())

    def name(self, iri: str) -> str:
        """The label of a concept, else the end of its IRI."""
        return self.names.get(iri, iri.rpartition("/")[2])


def read(source: queries.Source, parameters: Mapping[str, str] | None = None, *, followed: bool = True) -> Said:
    """What `source` says of all inspections, or of those that the parameters `authority` and `inspection` choose.

    Unless `followed`, what authorities promised and their members resolved is not asked for.
    """
    asked = dict(parameters or {})
    known = told(source, asked)
    why: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in known.reasons:
        why[row["item"]].append((row["concept"], row["confidence"], row["reason"]))
    followed = followed and "inspection" not in asked
    after = rows(source, "authority-story", asked) if followed else []
    visits = {v.iri: v for v in map(_visit, _grouped(known.statements, "inspection"))}
    items = [_item(cells, "inspection", "start", why, known) for cells in _grouped(known.statements, "item")]
    later = Told(after, by_item(after, "theme"), {}, [])
    items += [_item(cells, "under", "date", why, later) for cells in _grouped(after, "item")]
    # a document may only speak of an inspection: of that there is nothing to tell but where it says what was found
    found = {i.under for i in items if i.kind == "finding"}
    visits = {iri: v for iri, v in visits.items() if MENTION not in iri or iri in found}
    items = [i for i in items if MENTION not in i.under or i.under in found]
    items.sort(key=lambda i: (i.date, i.under, i.at, i.iri))
    concepts = {i.area for i in items} | {t for i in items for t in i.themes}
    concepts |= {c for i in items for c in i.cohorts}
    concepts |= {i.label for i in items} | {concept for found in why.values() for concept, _, _ in found}
    return Said(
        items={i.iri: replace(i, label=i.label.rpartition("/")[2]) for i in items},
        visits=tuple(sorted(visits.values(), key=lambda v: (v.start, v.iri))),
        names=queries.labels(source, concepts - {""}),
        sparql=sparql(source, asked, followed=followed),
    )


def sparql(source: queries.Source, parameters: Mapping[str, str], *, followed: bool = True) -> tuple[str, ...]:
    """The questions behind what is read, as they are asked with these parameters."""
    names = ("inspection", "reasons", "authority-story")[: 3 if followed else 2]
    return tuple(queries.prepare(queries.library()[name], source, parameters) for name in names)


def links(source: queries.Source, parameters: Mapping[str, str] | None = None) -> list[dict[str, str]]:
    """The links between statements that the parameters `authority` and `theme` choose, the surest of a kind a pair."""
    best: dict[tuple[str, str, str], Row] = {}
    found = linked(source, parameters or {})
    for row in sorted(found, key=lambda r: -float(r["confidence"] or 1)):
        best.setdefault((row["earlier"], row["later"], row["kind"]), row)
    return [best[key] for key in sorted(best)]


def _grouped(answer: Sequence[Row], column: str) -> Iterator[list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in answer:
        groups[row[column]].append(row)
    return iter(groups.values())


def _visit(cells: list[Row]) -> Visit:
    first = min(cells, key=lambda c: (c["start"], c["framework"]))
    names, regions = (tuple(sorted({c[column] for c in cells if c[column]})) for column in ("name", "region"))
    return Visit(first["inspection"], names, first["framework"], first["start"], regions)


def _item(cells: list[Row], under: str, date: str, why: Mapping[str, list[tuple[str, str, str]]], known: Told) -> Item:
    first = min(cells, key=lambda c: (int(c["at"]), c["title"], c[under], c[date], c["name"]))
    return Item(
        iri=first["item"],
        kind=first["kind"],
        words=first["statement"],
        label=first["label"],
        themes=tuple(sorted(known.themes.get(first["item"], ()))),
        area=first.get("area", ""),
        section=first.get("section", ""),
        page=int(first["page"]) if first["page"] else None,
        at=int(first["at"]),
        title=first["title"],
        under=first[under],
        date=first[date],
        authority=first["name"],
        reasons=tuple(why.get(first["item"], ())),
        cohorts=tuple(sorted(known.cohorts.get(first["item"], ()))),
    )
