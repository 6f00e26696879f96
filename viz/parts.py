"""What the questions of the views answer where nothing is chosen, asked for in parts.

A question gives a row for each theme of each statement, and a store on disk looks up every term of every row: whole,
they took five times as long. Each part names a term once, and its patterns stand in sub-queries, which an engine joins
as wholes and does not look up one by one. A test holds that the parts say what the questions say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import ontology
import queries
from viz.answers import Row, answered, rows

PREFIXES = "".join(f"PREFIX {p}: <{ontology.PREFIXES[p]}>\n" for p in ("dcterms", "ig", "skos"))


def _each(columns: str, pattern: str) -> str:
    return f"{{ SELECT DISTINCT {columns} WHERE {{ {pattern} }} }}\n"


def _here(columns: str, pattern: str) -> str:
    """Each within the graph that says it."""
    return _each(f"?graph {columns}", f"GRAPH ?graph {{ {pattern} }}")


def _perhaps(part: str) -> str:
    return f"OPTIONAL {{ {part} }}\n"


def _question(columns: str, *parts: str) -> str:
    return f"{PREFIXES}SELECT DISTINCT {columns} WHERE {{\n{''.join(parts)}}}"


HAS = _each(
    "?graph ?inspection ?kind ?item",
    'VALUES (?has ?kind) { (ig:hasFinding "finding") (ig:hasRecommendation "recommendation") '
    '(ig:hasJudgement "judgement") } GRAPH ?graph { ?inspection ?has ?item }',
)
ORIGINAL = "MINUS { ?item ig:restates ?original }\n"
INSPECTIONS = _question(
    "?inspection ?name ?region ?framework ?start",
    "{ SELECT ?inspection ?name (MIN(?in) AS ?region) (MIN(?of) AS ?framework) (MIN(?date) AS ?start) WHERE {\n",
    "?inspection ig:inspects ?authority ; ig:framework/skos:prefLabel ?of . ?authority skos:prefLabel ?name .\n",
    "OPTIONAL { ?authority ig:region/skos:prefLabel ?in }\nOPTIONAL { ?inspection ig:startDate ?date }\n",
    "} GROUP BY ?inspection ?name }\n",
)
STATEMENTS = _question(
    "?item ?kind ?statement ?label ?area ?section ?number ?page ?at ?title ?inspection",
    HAS,
    _here("?item ?passage", "?item ig:statedIn ?passage"),
    _here("?passage ?document", "?passage ig:document ?document"),
    _here("?passage ?at", "?passage ig:start ?at"),
    _perhaps(_here("?item ?statement", "?item ig:statement|ig:areaText ?statement")),
    _perhaps(_here("?item ?label", "?item ig:polarity|ig:grade ?label")),
    _perhaps(_here("?item ?area", "?item ig:area ?area")),
    _perhaps(_here("?item ?section", "?item ig:section ?section")),
    _perhaps(_here("?item ?number", "?item ig:number ?number")),
    _perhaps(_here("?passage ?page", "?passage ig:page ?page")),
    _perhaps(_here("?document ?title", "?document dcterms:title ?title")),
    ORIGINAL,
)
THEMES, COHORTS = (
    _question("?item ?concept", HAS, _here("?item ?concept", f"?item ig:{name} ?concept"), ORIGINAL)
    for name in ("theme", "cohort")
)
REASONS = _question(
    "?item ?concept ?confidence ?reason",
    _each("?inspection", "?inspection ig:inspects ?authority"),
    _here("?inspection ?item", "?inspection ig:hasFinding ?item"),
    _here("?why ?item", "?why ig:classifies ?item"),
    _here("?why ?concept", "?why ig:concept ?concept"),
    _here("?why ?confidence", "?why ig:confidence ?confidence"),
    _perhaps(_here("?why ?reason", "?why ig:reason ?reason")),
)
LINKS = _question(
    "?earlier ?later ?kind ?outcome ?confidence ?reason",
    "{ ?later ig:arisesFrom ?said . BIND(ig:arisesFrom AS ?kind) }\n",
    "UNION { ?later ig:addresses ?said . BIND(ig:addresses AS ?kind) }\nUNION {\n",
    *(
        _each(f"?revisit ?{name}", f"?revisit ig:{term} ?{name}")
        for name, term in (("said", "earlier"), ("later", "later"), ("kind", "linkKind"), ("confidence", "confidence"))
    ),
    *(_perhaps(_each(f"?revisit ?{name}", f"?revisit ig:{name} ?{name}")) for name in ("outcome", "reason")),
    "}\n",
    _each("?holder", "?holder ig:inspects|ig:ofAuthority ?authority"),
    _each("?holder ?said", "?holder ig:hasFinding|ig:hasRecommendation|ig:hasAction ?said"),
    _each("?said", "?said ig:theme ?theme"),
    _perhaps(_each("?said ?original", "?said ig:restates ?original")),
    "BIND(COALESCE(?original, ?said) AS ?earlier)\n",
)


@dataclass(frozen=True, slots=True)
class Told:
    """The statements of inspections, each with the themes and cohorts that it is about, and why."""

    statements: list[Row]
    """Rows of the question `inspection`, of which the columns `theme` and `cohort` are not heeded."""
    themes: Mapping[str, set[str]]
    cohorts: Mapping[str, set[str]]
    reasons: list[Row]
    """Rows of the question `reasons`."""


def told(source: queries.Source, asked: Mapping[str, str]) -> Told:
    """What the questions `inspection` and `reasons` answer with these parameters."""
    if asked:
        found = rows(source, "inspection", asked)
        themes, cohorts = by_item(found, "theme"), by_item(found, "cohort")
        return Told(found, themes, cohorts, rows(source, "reasons", asked))
    inspections: dict[str, list[Row]] = defaultdict(list)
    for row in answered(source, INSPECTIONS):
        inspections[row["inspection"]].append(row)
    said = answered(source, STATEMENTS)
    return Told(
        [row | inspection for row in said for inspection in inspections[row["inspection"]]],
        by_item(answered(source, THEMES), "concept"),
        by_item(answered(source, COHORTS), "concept"),
        answered(source, REASONS),
    )


def linked(source: queries.Source, asked: Mapping[str, str]) -> list[Row]:
    """What the question `red-thread` answers with these parameters."""
    return rows(source, "red-thread", asked) if asked else answered(source, LINKS)


def by_item(found: list[Row], column: str) -> dict[str, set[str]]:
    """What the rows say in that column of each item."""
    sets: dict[str, set[str]] = defaultdict(set)
    for row in found:
        if row[column]:
            sets[row["item"]].add(row[column])
    return sets
