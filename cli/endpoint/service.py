"""What this endpoint is, said in RDF: the service with what it can do, and the dataset as the graph describes it."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from cli.endpoint.things import Asking
from graph import iris
from ontology import RDF, Namespace

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
DATASET = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iris.DATASET_GRAPH}> {{ ?s ?p ?o }} }}"


def described(asking: Asking, home: str, graphs: Sequence[str]) -> list[ox.Triple]:
    """The service at `home` (an address that ends in a slash), its graphs, and what the store says of the dataset."""
    service, data, endpoint = (ox.NamedNode(home + part) for part in ("#service", "#data", "query"))
    said = [
        (service, RDF.type, SD.Service),
        (service, SD.endpoint, endpoint.value),
        (service, SD.supportedLanguage, SD.SPARQL11Query),
        (service, SD.feature, SD.UnionDefaultGraph),
        *((service, SD.resultFormat, FORMATS[form]) for form in (*RESULTS, *GRAPHS)),
        (service, SD.defaultDataset, data.value),
        (data, RDF.type, SD.Dataset),
        (data, SD.defaultGraph, iris.DATASET),
    ]
    for number, graph in enumerate(graphs):
        entry = ox.NamedNode(f"{home}#graph-{number}")
        said += [(data, SD.namedGraph, entry.value), (entry, RDF.type, SD.NamedGraph), (entry, SD.name, graph)]
    triples = [ox.Triple(s, ox.NamedNode(p), ox.NamedNode(o)) for s, p, o in said]
    return [*triples, *asking.triples(DATASET)]
