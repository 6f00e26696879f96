"""The graph as networks for networkx: themes that occur together, authorities and themes, and the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import networkx as nx
import pyoxigraph as ox

from graph import iris
from graph.document.pen import TYPE
from ontology import DCTERMS, FOAF, ID, ONTOLOGY_IRI, RDFS, SKOS, XSD, load

_FINDINGS = """
PREFIX ig: <https://w3id.org/inspection-graph/ontology#>
SELECT DISTINCT ?finding ?theme ?polarity ?inspection ?authority WHERE {
  ?inspection ig:hasFinding ?finding ; ig:inspects ?authority .
  ?finding ig:theme ?theme ; ig:polarity ?polarity .
  FILTER NOT EXISTS { ?finding ig:restates ?original }
}
"""
_EVIDENCE = ("/passage/", "/classification/", "/fact/", "/extraction", "/id/inference/")
_NAMES = tuple(str(name) for name in (SKOS.prefLabel, RDFS.label, DCTERMS.title, FOAF.name))


class _Said(NamedTuple):
    """What the findings on one theme, or on two together, come from."""

    findings: set[str]
    inspections: set[str]
    authorities: set[str]


class _Row(NamedTuple):
    finding: str
    theme: str
    polarity: str
    inspection: str
    authority: str


def theme_network(store: ox.Store, *, polarity: str | None = None) -> nx.Graph:
    """Themes joined by the findings that carry both; what restates an original is not counted again.

    Nodes have `label`, `findings`, `strengths`, `weaknesses`, `inspections`, `authorities`; edges `weight` (findings),
    `inspections` and `authorities`. With a polarity, only findings of that polarity count.
    """
    rows = [row for row in _rows(store) if polarity is None or row.polarity == polarity]
    alone, together = _said(), _said()
    for row in rows:
        _add(alone[row.theme,], row)
    by_finding: dict[str, dict[str, _Row]] = defaultdict(dict)
    for row in rows:
        by_finding[row.finding][row.theme] = row
    for themes in by_finding.values():
        for one, other in combinations(sorted(themes), 2):
            _add(together[one, other], themes[one])
    polarities = {row.finding: row.polarity for row in rows}
    network = nx.Graph()
    for (theme,), said in sorted(alone.items()):
        network.add_node(theme, **_counts(said, polarities), label=_theme_label(theme))
    for (one, other), said in sorted(together.items()):
        counts = _counts(said, polarities)
        network.add_edge(
            one,
            other,
            weight=counts["findings"],
            inspections=counts["inspections"],
            authorities=counts["authorities"],
        )
    return network


def authority_network(store: ox.Store) -> nx.Graph:
    """Authorities (`kind` authority) joined to the themes (`kind` theme) of their findings.

    Edges have `weight` (findings), `strengths`, `weaknesses` and `inspections`.
    """
    rows = list(_rows(store))
    said = _said()
    for row in rows:
        _add(said[row.authority, row.theme], row)
    polarities = {row.finding: row.polarity for row in rows}
    known = load().authorities
    network = nx.Graph()
    for (authority, theme), held in sorted(said.items()):
        gss = authority.rpartition("/")[2]
        network.add_node(authority, kind="authority", label=known[gss].name if gss in known else gss)
        network.add_node(theme, kind="theme", label=_theme_label(theme))
        counts = _counts(held, polarities)
        network.add_edge(
            authority,
            theme,
            weight=counts["findings"],
            strengths=counts["strengths"],
            weaknesses=counts["weaknesses"],
            inspections=counts["inspections"],
        )
    return network


def _rows(store: ox.Store) -> Iterator[_Row]:
    found = store.query(_FINDINGS, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    for finding, theme, polarity, inspection, authority in found:
        yield _Row(
            finding.value, theme.value, polarity.value.rpartition("/")[2], inspection.value, authority.value
        )  # fmt: skip


def _said() -> defaultdict[tuple[str, ...], _Said]:
    return defaultdict(lambda: _Said(set(), set(), set()))


def _add(said: _Said, row: _Row) -> None:
    said.findings.add(row.finding)
    said.inspections.add(row.inspection)
    said.authorities.add(row.authority)


def _counts(said: _Said, polarities: dict[str, str]) -> dict[str, int]:
    held = [polarities[finding] for finding in said.findings]
    return {
        "findings": len(held),
        "strengths": held.count("strength"),
        "weaknesses": held.count("weakness"),
        "inspections": len(said.inspections),
        "authorities": len(said.authorities),
    }


def _theme_label(iri: str) -> str:
    id = iri.rpartition("/")[2]
    themes = load().concepts["theme"]
    return themes[id].label if id in themes else id


def whole_network(store: ox.Store, *, evidence: bool = False) -> nx.MultiDiGraph:
    """Every thing that documents state or links say as a node, every property between two things as an edge.

    Nodes have `label`, `type`, and their texts and figures, each attribute of one type throughout; edges `property`,
    `stated` (else inferred) and `weight`, which is 1 or how sure a link is. Passages, classifications, facts and
    reasons, which are most of the graph, only with `evidence`.
    """
    network = nx.MultiDiGraph()
    ontology, dataset = ox.NamedNode(ONTOLOGY_IRI), ox.NamedNode(iris.DATASET_GRAPH)
    for graph in sorted(store.named_graphs(), key=str):
        if graph in (ontology, dataset):
            continue
        stated = "/graph/inferred/" not in str(graph)
        for quad in sorted(store.quads_for_pattern(None, None, None, graph), key=str):
            if evidence or not any(mark in str(quad) for mark in _EVIDENCE):
                _draw(network, quad, stated)
    for node in network:
        _name(network, node, store, ontology)
    _weigh(network)
    _make_uniform(network)
    return network


def _draw(network: nx.MultiDiGraph, quad: ox.Quad, stated: bool) -> None:
    subject = quad.subject.value  # type: ignore[union-attr]
    name = _local(quad.predicate.value)
    network.add_node(subject)
    if isinstance(quad.object, ox.Literal):
        held, value = network.nodes[subject].get(name), _figure(quad.object)
        if isinstance(held, str) and str(value) not in held.split(" | "):
            network.nodes[subject][name] = f"{held} | {value}"
        elif held is None:
            network.nodes[subject][name] = value
    elif quad.predicate == TYPE:
        network.nodes[subject]["type"] = _local(quad.object.value)  # type: ignore[union-attr]
    else:
        target = quad.object.value  # type: ignore[union-attr]
        if not network.has_edge(subject, target, name):
            network.add_edge(subject, target, key=name, property=name, stated=stated, weight=1.0)


def _figure(literal: ox.Literal) -> str | int | float:
    match literal.datatype.value:
        case XSD.integer:
            return int(literal.value)
        case XSD.decimal:
            return float(literal.value)
    return literal.value


def _weigh(network: nx.MultiDiGraph) -> None:
    """Give the plain link between two statements the confidence of the reason that was drawn for it."""
    for node, confidence in list(network.nodes(data="confidence")):
        if network.nodes[node].get("type") != "Revisit" or not isinstance(confidence, float):
            continue
        ends = {name: target for _, target, name in network.out_edges(node, keys=True)}
        if network.has_edge(ends.get("later"), ends.get("earlier"), "revisits"):
            network[ends["later"]][ends["earlier"]]["revisits"]["weight"] = confidence


def _make_uniform(network: nx.MultiDiGraph) -> None:
    """Make an attribute text everywhere that is text anywhere, and a decimal that is a decimal anywhere.

    Importers take one type a column.
    """
    kinds: dict[str, set[type]] = defaultdict(set)
    for _, attributes in network.nodes(data=True):
        for name, value in attributes.items():
            kinds[name].add(type(value))
    mixed = {name: str if str in found else float for name, found in kinds.items() if len(found) > 1}
    for _, attributes in network.nodes(data=True):
        attributes.update({name: mixed[name](value) for name, value in attributes.items() if name in mixed})


def _name(network: nx.MultiDiGraph, node: str, store: ox.Store, ontology: ox.NamedNode) -> None:
    """A label from what the ontology calls a thing, else from its own texts, else from its IRI."""
    attributes = network.nodes[node]
    for name in _NAMES:
        for quad in store.quads_for_pattern(ox.NamedNode(node), ox.NamedNode(name), None, ontology):
            attributes.setdefault("label", quad.object.value)  # type: ignore[union-attr]
    own = (attributes[name] for name in ("label", "title", "name", "statement", "words") if name in attributes)
    attributes["label"] = str(next(own, node.removeprefix(str(ID))))[:200]


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
