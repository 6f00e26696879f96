"""A build as CSV tables that a CSVW description explains: one table a class, one row a thing."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph import iris
from graph.dataset import ABOUT, LICENCE, RIGHTS, TITLE
from graph.document.pen import TYPE
from graph.store import open_store
from graph.version import VERSION
from ontology import DCTERMS, FOAF, IG, RDF, RDFS, SKOS

METADATA = "csv-metadata.json"
_SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the property whose values it holds, from the thing, or to it with `inverse`."""

    name: str
    property: str
    datatype: str = "string"
    table: str = ""
    """The table whose rows the values name, where one does."""
    inverse: bool = False
    several: bool = False
    """Whether a cell may hold several values, parted by a bar."""


@dataclass(frozen=True, slots=True)
class Made:
    """One table: things of a class, named by their IRIs in the column `id`."""

    name: str
    kind: str
    about: str
    columns: tuple[Column, ...]
    also: str = ""
    """Another class whose things stand in the table."""


def _link(name: str, table: str = "", property: str = "", *, inverse: bool = False, several: bool = False) -> Column:
    return Column(name, property or IG[name], "anyURI", table, inverse, several)


_ITEM = (Column("statement", IG.statement), Column("section", IG.section), Column("paragraph", IG.paragraph))
_PASSAGES = _link("passages", "", IG.statedIn, several=True)
_THEMES = _link("themes", "", IG.theme, several=True)
TABLES = (
    Made("authorities", IG.Authority, "Local authorities, read or not.", (
        Column("name", str(SKOS.prefLabel)), _link("region"),
    )),
    Made("documents", IG.Document, "The documents that were read.", (
        Column("title", str(DCTERMS.title)), _link("kind", "", str(DCTERMS.type)),
        Column("issued", str(DCTERMS.issued), "date"), Column("sha256", IG.sha256),
        _link("reports", "inspections"),
    )),
    Made("inspections", IG.Inspection, "Inspections that were read, and those that documents only speak of.", (
        _link("types", "", RDF.type, several=True),
        _link("authorities", "authorities", IG.inspects, several=True), _link("framework"),
        Column("start", IG.startDate, "date"), Column("end", IG.endDate, "date"),
        _link("leads", "people", IG.leadInspector, several=True), Column("focus", IG.focus),
        _link("previous", "inspections", IG.previousInspection, several=True), Column("when", IG.when),
    ), also=IG.InspectionMention),
    Made("people", IG.Person, "Inspectors, leads of actions, members and addressees.", (
        Column("name", str(FOAF.name)), Column("roles", IG.role, several=True),
    )),
    Made("judgements", IG.Judgement, "Grades, each as one document states it.", (
        _link("inspection", "inspections", IG.hasJudgement, inverse=True), _link("area"), _link("grade"),
        Column("gradeText", IG.gradeText), _PASSAGES,
    )),
    Made("findings", IG.Finding, "What inspectors found, sentence by sentence.", (
        _link("inspection", "inspections", IG.hasFinding, inverse=True), *_ITEM, _link("area"), _link("polarity"),
        _THEMES, _link("prevalences", "", IG.prevalence, several=True), _link("cohorts", "", IG.cohort, several=True),
        _link("change", several=True), _link("restates", several=True), _PASSAGES,
    )),
    Made("recommendations", IG.Recommendation, "What inspectors asked for.", (
        _link("of", "", IG.hasRecommendation, inverse=True), Column("number", IG.number, "integer"),
        *_ITEM, Column("timescale", IG.timescale), _THEMES,
        _link("arisesFrom", "findings", several=True), _link("restates", several=True), _PASSAGES,
    )),
    Made("actions", IG.Action, "What authorities promised.", (
        _link("plan", "", IG.hasAction, inverse=True), Column("reference", IG.reference),
        Column("statement", IG.statement), _THEMES, _link("addresses", "recommendations", several=True),
        _link("leads", "people", IG.lead, several=True), Column("due", IG.due, "date"),
        Column("dueText", IG.dueText), Column("progress", IG.progress), _link("progressRating"), _link("impactRating"),
        _PASSAGES,
    )),
    Made("revisits", IG.Revisit, "Links from a later statement to an earlier one, inferred, with how sure they are.", (
        _link("later"), _link("earlier"), _link("linkKind"), _link("outcome"),
        Column("confidence", IG.confidence, "decimal"), Column("reason", IG.reason),
    )),
    Made("statistics", IG.Statistic, "Figures that documents state.", (
        Column("value", IG.value, "decimal"), Column("unit", IG.unit), Column("counts", IG.counts),
        Column("period", IG.period), Column("comparedWith", IG.comparedWith), _PASSAGES,
    )),
    Made("passages", IG.Passage, "The words, and where they stand in the extracted text.", (
        _link("document", "documents"), Column("page", IG.page, "integer"), Column("start", IG.start, "integer"),
        Column("end", IG.end, "integer"), Column("exact", IG.exact),
    )),
    Made("classifications", IG.Classification, "Why, and how surely, each label was given.", (
        _link("classifies"), _link("concept"), Column("confidence", IG.confidence, "decimal"),
        Column("reason", IG.reason),
    )),
    Made("concepts", str(SKOS.Concept), "Themes, grades, frameworks and all other concepts.", (
        Column("label", str(SKOS.prefLabel)), _link("scheme", "", str(SKOS.inScheme), several=True),
        _link("broader", "concepts", str(SKOS.broader)), Column("rank", IG.rank, "integer"),
        Column("comment", str(RDFS.comment)),
    )),
)  # fmt: skip
"""The tables; a key leads only to a table whose rows are all there."""


def export_tables(out: Path, folder: Path) -> list[Path]:
    """Write the build at `out` as CSV tables with their description into `folder`; the files written."""
    store = open_store(out)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for made in TABLES:
        path = folder / f"{made.name}.csv"
        with path.open("w", encoding="utf8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", *(column.name for column in made.columns)])
            writer.writerows(_rows(store, made))
        written.append(path)
    path = folder / METADATA
    path.write_text(json.dumps(metadata(store), indent=2, ensure_ascii=False) + "\n", encoding="utf8", newline="\n")
    return [*written, path]


def _rows(store: ox.Store, made: Made) -> Iterator[list[str]]:
    """The rows in the order of their IRIs."""
    kinds = [ox.NamedNode(kind) for kind in (made.kind, made.also) if kind]
    typed = (quad for kind in kinds for quad in store.quads_for_pattern(None, TYPE, kind, None))
    found = {quad.subject.value for quad in typed}  # type: ignore[union-attr]
    for iri in sorted(found):
        node = ox.NamedNode(iri)
        yield [iri, *(_cell(store, node, column) for column in made.columns)]


def _cell(store: ox.Store, node: ox.NamedNode, column: Column) -> str:
    property = ox.NamedNode(column.property)
    if column.inverse:
        values = {q.subject.value for q in store.quads_for_pattern(None, property, node, None)}  # type: ignore[union-attr]
    else:
        values = {q.object.value for q in store.quads_for_pattern(node, property, None, None)}  # type: ignore[union-attr]
    ordered = sorted(values)
    return _SEPARATOR.join(ordered) if column.several else next(iter(ordered), "")


def metadata(store: ox.Store) -> Mapping[str, object]:
    """The description of the tables, as "Metadata Vocabulary for Tabular Data" (CSVW) asks for it."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "@id": iris.DATASET,
        "dc:title": TITLE,
        "dc:description": ABOUT,
        "dc:license": {"@id": LICENCE},
        "dc:rights": RIGHTS,
        "dcat:version": VERSION,
        **_coverage(store),
        "tables": [_described(made) for made in TABLES],
    }


def _coverage(store: ox.Store) -> Mapping[str, object]:
    """What the dataset's own description says of counts and years."""
    graph = ox.NamedNode(iris.DATASET_GRAPH)
    wanted = {"triples": "void:triples", "documents": "void:documents"}
    days = {"startDate": "dcat:startDate", "endDate": "dcat:endDate"}
    held: dict[str, object] = {}
    for quad in store.quads_for_pattern(None, None, None, graph):
        name = quad.predicate.value.rpartition("#")[2]
        value = quad.object.value  # type: ignore[union-attr]
        if name in wanted and quad.subject == ox.NamedNode(iris.DATASET):
            held[wanted[name]] = int(value)
        elif name in days:
            held.setdefault("dc:temporal", {})[days[name]] = value  # type: ignore[index]
    return held


def _described(made: Made) -> Mapping[str, object]:
    keys = [column for column in made.columns if column.table]
    schema: dict[str, object] = {
        "aboutUrl": "{+id}",
        "primaryKey": "id",
        "columns": [
            {"name": "id", "titles": "id", "datatype": "anyURI", "required": True, "suppressOutput": True},
            *(_column(column) for column in made.columns),
        ],
    }
    if keys:
        schema["foreignKeys"] = [
            {
                "columnReference": column.name,
                "reference": {"resource": f"{column.table}.csv", "columnReference": "id"},
            }
            for column in keys
            if not column.several
        ]
    return {"url": f"{made.name}.csv", "dc:description": made.about, "tableSchema": schema}


def _column(column: Column) -> Mapping[str, object]:
    said: dict[str, object] = {"name": column.name, "titles": column.name, "datatype": column.datatype}
    if column.several:
        said["separator"] = _SEPARATOR
    if column.inverse:  # CSVW has no reverse property: the cell tells where the thing belongs, and makes no triple
        said["suppressOutput"] = True
    else:
        said["propertyUrl"] = column.property
        if column.datatype == "anyURI" and not column.several:  # a template would join the values of a list
            said["valueUrl"] = f"{{+{column.name}}}"
    return said
