"""Labels for the IRIs of an answer, so that a person reads names."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from queries.values import Source

LABELS = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing (MIN(STR(?name)) AS ?label) WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing skos:prefLabel|rdfs:label|foaf:name|dcterms:title ?name .
}} GROUP BY ?thing"""


def labels(source: Source, iris: Iterable[str]) -> dict[str, str]:
    """The label of each IRI that has one in the graph."""
    things = " ".join(str(ox.NamedNode(iri)) for iri in sorted(set(iris)))
    if not things:
        return {}
    answer = source.query(LABELS.format(things=things))
    assert isinstance(answer, ox.QuerySolutions)
    return {str(row["thing"].value): str(row["label"].value) for row in answer}
