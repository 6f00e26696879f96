"""The description of the whole: what it is, what it holds, how much; no dates, so that bytes stay the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from graph import iris
from graph.document.pen import TYPE, integer, named, text
from graph.version import VERSION
from ontology import BASE, DCTERMS, ID, IG, ONTOLOGY_IRI, PROV, XSD, Namespace

_DCAT = Namespace("http://www.w3.org/ns/dcat#")
_VOID = Namespace("http://rdfs.org/ns/void#")
_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TITLE = "Inspections of children's services"
ABOUT = (
    "Judgements, findings, recommendations, actions and what became of them, read from documents about inspections of "
    "children's services in England; every statement leads back to the words and the page that state it."
)
RIGHTS = (
    "The licence covers the statements of this dataset as data. The words of the documents that it quotes belong to "
    "their publishers, who say how they may be used."
)
ENGLAND = "http://statistics.data.gov.uk/id/statistical-geography/E92000001"
_SERVICE = f"{ID}service"
_DAY = re.compile(rb"<" + str(IG.startDate).encode() + rb'> "(\d{4}-\d{2}-\d{2})"')
_INSPECTED = re.compile(rb"<" + str(IG.inspects).encode() + rb"> <([^>]+)>")


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the data is about: the documents' IRIs, the first and last day on which an inspection began, and whom."""

    documents: tuple[str, ...]
    first: str | None
    last: str | None
    authorities: tuple[str, ...]


def coverage(keys: Iterable[str], shared: Sequence[bytes]) -> Coverage:
    """The coverage of documents with those keys; `shared` are their N-Quads about inspections."""
    days = sorted(m[1].decode() for line in shared if (m := _DAY.search(line)))
    bodies = sorted({m[1].decode() for line in shared if (m := _INSPECTED.search(line))})
    documents = tuple(iris.document(key) for key in keys)
    return Coverage(documents, days[0] if days else None, days[-1] if days else None, tuple(bodies))


def described(
    documents: int, stated: int, inferred: Mapping[str, int], kinds: Counter[str], covered: Coverage | None = None
) -> list[ox.Triple]:
    """The dataset with its counts: `stated` and `inferred` in quads, `kinds` in things of each class."""
    dataset = ox.NamedNode(iris.DATASET)
    triples = [
        ox.Triple(dataset, TYPE, named(_VOID.Dataset)),
        ox.Triple(dataset, TYPE, named(_DCAT.Dataset)),
        ox.Triple(dataset, named(DCTERMS.title), text(TITLE)),
        ox.Triple(dataset, named(DCTERMS.description), text(ABOUT)),
        ox.Triple(dataset, named(DCTERMS.license), named(LICENCE)),
        ox.Triple(dataset, named(DCTERMS.rights), text(RIGHTS)),
        ox.Triple(dataset, named(DCTERMS.conformsTo), named(ONTOLOGY_IRI)),
        ox.Triple(dataset, named(_VOID.uriSpace), text(BASE)),
        ox.Triple(dataset, named(_VOID.vocabulary), named(f"{ONTOLOGY_IRI}#")),
        ox.Triple(dataset, named(_VOID.triples), integer(stated + sum(inferred.values()))),
        ox.Triple(dataset, named(_VOID.documents), integer(documents)),
        ox.Triple(dataset, named(_DCAT.version), text(VERSION)),
    ]
    for kind, count in sorted(kinds.items()):
        part = ox.NamedNode(f"{iris.DATASET}/class/{iris.part(kind.rpartition('#')[2].rpartition('/')[2])}")
        triples += [
            ox.Triple(dataset, named(_VOID.classPartition), part),
            ox.Triple(part, named(_VOID["class"]), named(kind)),
            ox.Triple(part, named(_VOID.entities), integer(count)),
        ]
    for rule, count in sorted(inferred.items()):
        part = ox.NamedNode(iris.inferred_graph(rule))
        triples += [
            ox.Triple(dataset, named(_VOID.subset), part),
            ox.Triple(part, named(_VOID.triples), integer(count)),
        ]
    return [*triples, *_service(dataset), *(_covered(dataset, covered) if covered else ())]


def _covered(dataset: ox.NamedNode, covered: Coverage) -> list[ox.Triple]:
    """Where the data came from, when, and whom it is about."""
    triples = [ox.Triple(dataset, named(PROV.wasDerivedFrom), ox.NamedNode(iri)) for iri in covered.documents]
    triples += [ox.Triple(dataset, named(DCTERMS.subject), ox.NamedNode(iri)) for iri in covered.authorities]
    triples.append(ox.Triple(dataset, named(DCTERMS.spatial), named(ENGLAND)))
    if covered.first and covered.last:
        period = ox.NamedNode(f"{iris.DATASET}/period")
        triples += [
            ox.Triple(dataset, named(DCTERMS.temporal), period),
            ox.Triple(period, TYPE, named(DCTERMS.PeriodOfTime)),
            ox.Triple(period, named(_DCAT.startDate), _day(covered.first)),
            ox.Triple(period, named(_DCAT.endDate), _day(covered.last)),
        ]
    return triples


def _service(dataset: ox.NamedNode) -> list[ox.Triple]:
    """What a SPARQL service over the dataset has to be: the union of the named graphs as its default graph.

    It names no endpoint: whoever serves the data adds `sd:endpoint` and `dcat:endpointURL`.
    """
    service, graphs = ox.NamedNode(_SERVICE), ox.NamedNode(f"{_SERVICE}/dataset")
    union = ox.NamedNode(f"{_SERVICE}/union")
    results = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle")
    return [
        ox.Triple(service, TYPE, named(_SD.Service)),
        ox.Triple(service, TYPE, named(_DCAT.DataService)),
        ox.Triple(service, named(DCTERMS.title), text(f"{TITLE}: SPARQL")),
        ox.Triple(service, named(_DCAT.servesDataset), dataset),
        ox.Triple(service, named(_SD.supportedLanguage), named(_SD.SPARQL11Query)),
        ox.Triple(service, named(_SD.feature), named(_SD.UnionDefaultGraph)),
        *(ox.Triple(service, named(_SD.resultFormat), named(_FORMATS[name])) for name in results),
        ox.Triple(service, named(_SD.defaultDataset), graphs),
        ox.Triple(graphs, TYPE, named(_SD.Dataset)),
        ox.Triple(graphs, named(_SD.defaultGraph), union),
        ox.Triple(union, TYPE, named(_SD.Graph)),
    ]


def _day(iso: str) -> ox.Literal:
    return ox.Literal(iso, datatype=ox.NamedNode(XSD.date))
