"""Exports of a build of the samples: what is written reads back as what the store holds, in other people's readers."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from lxml import etree
from pyld import jsonld as pyld

from graph.building import build
from graph.errors import ExportError, NotABuild
from graph.exports import FORMATS, OF_THE_MODEL, export, export_model
from graph.exports.jsonld import context, nodes
from graph.store import open_store

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = ("harrowdale-2012-child-protection.txt", "saltmere-2020-ilacs.pdf", "saltmere-2021-news.txt")
DATASET = "https://w3id.org/inspection-graph/id/dataset/inspections"
DCTERMS, DCAT, VOID = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#"
SD = "http://www.w3.org/ns/sparql-service-description#"
GUIDE = Path(__file__).parents[2] / "docs" / "guide"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports") / "out"
    build([SAMPLES / name for name in NAMES], folder, workers=1, vocabulary_files=(SAMPLES / "authorities.ttl",))
    return folder


@pytest.fixture(scope="module")
def store(out: Path) -> ox.Store:
    return open_store(out)


def exported(out: Path, format: str) -> bytes:
    target = io.BytesIO()
    export(out, format, target)
    return target.getvalue()


def of_model(format: str) -> bytes:
    target = io.BytesIO()
    export_model(format, target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("format", "syntax"),
    [("nquads", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)],
)
def test_an_export_of_all_graphs_holds_what_the_store_holds(
    out: Path, store: ox.Store, format: str, syntax: ox.RdfFormat
) -> None:
    assert set(ox.parse(exported(out, format), format=syntax)) == set(store)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("format", ["json-ld", "trig"])
def test_rdflib_reads_the_same_quads(out: Path, store: ox.Store, format: str) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=exported(out, format.replace("-", "")), format=format)
    there = {(s.n3(), p.n3(), _n3(o), str(g)) for s, p, o, g in dataset.quads()}
    here = {(str(q.subject), str(q.predicate), _n3(_rdflib(q.object)), q.graph_name.value) for q in store}  # type: ignore[union-attr]
    assert there == here


def _rdflib(term: object) -> rdflib.term.Node:
    if isinstance(term, ox.Literal):
        datatype = None if term.language else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    return rdflib.URIRef(term.value)  # type: ignore[attr-defined]


def _n3(term: rdflib.term.Node) -> str:
    """A term so that "1" and "01", or a plain string and one typed xsd:string, are told as RDF 1.1 tells them."""
    if isinstance(term, rdflib.Literal):
        return (
            f"{term.value if term.value is not None else term!s} {term.language} {term.datatype or rdflib.XSD.string}"
        )
    return term.n3()


def test_turtle_holds_the_description_what_is_stated_and_what_is_inferred(out: Path, store: ox.Store) -> None:
    triples = {quad.triple for quad in ox.parse(exported(out, "turtle"), format=ox.RdfFormat.TURTLE)}
    assert triples == {quad.triple for quad in store if "/id/graph/" in str(quad.graph_name)}


def test_a_changed_document_changes_its_own_section_of_the_turtle_alone(out: Path, tmp_path: Path) -> None:
    """The prefixes and the sections of other documents stay, line for line: git shows what is new and nothing else."""
    fewer = tmp_path / "fewer"
    build([SAMPLES / NAMES[1]], fewer, workers=1, vocabulary_files=(SAMPLES / "authorities.ttl",))
    lines, before = (exported(folder, "turtle").decode() for folder in (out, fewer))
    sections = {part.strip() for part in lines.split("\n# ")}
    kept = [part.strip() for part in before.split("\n# ") if "/finding/" in part]
    assert kept
    assert all(part in sections for part in kept)


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_is_the_same_each_time(out: Path, format: str) -> None:
    assert exported(out, format) == exported(out, format)


@pytest.mark.parametrize("format", ["turtle", "trig", "nquads", "jsonld"])
def test_an_export_of_statements_carries_the_datasets_description(out: Path, format: str) -> None:
    written = exported(out, format).decode().replace("\\/", "/")
    assert "id/dataset/inspections" in written or "id:dataset/inspections" in written


def said(store: ox.Store, property: str, of: str = DATASET) -> set[str]:
    found = store.quads_for_pattern(ox.NamedNode(of), ox.NamedNode(property), None)
    return {quad.object.value for quad in found}  # type: ignore[union-attr]


def test_the_description_tells_title_licence_coverage_counts_sources_and_version(store: ox.Store) -> None:
    assert said(store, f"{DCTERMS}title") == {"Inspections of children's services"}
    assert said(store, f"{DCTERMS}license") == {"https://creativecommons.org/licenses/by/4.0/"}
    assert said(store, f"{DCTERMS}rights")
    (period,) = said(store, f"{DCTERMS}temporal")
    assert (said(store, f"{DCAT}startDate", period), said(store, f"{DCAT}endDate", period)) == (
        {"2012-10-08"},
        {"2020-02-03"},
    )
    bodies = "https://w3id.org/inspection-graph/id/authority/"
    assert said(store, f"{DCTERMS}subject") == {f"{bodies}E99000001", f"{bodies}E99000002"}
    assert said(store, f"{VOID}documents") == {"3"}
    assert len(said(store, "http://www.w3.org/ns/prov#wasDerivedFrom")) == 3
    assert said(store, f"{DCAT}version")


def test_the_description_counts_what_is_there(store: ox.Store) -> None:
    quads = [quad for quad in store if "/id/graph/" in str(quad.graph_name) and "/dataset>" not in str(quad.graph_name)]
    assert said(store, f"{VOID}triples") == {str(len(quads))}
    for part in said(store, f"{VOID}classPartition"):
        (kind,), (count,) = said(store, f"{VOID}class", part), said(store, f"{VOID}entities", part)
        typed = store.quads_for_pattern(None, ox.NamedNode(str(rdflib.RDF.type)), ox.NamedNode(kind))
        things = {q.subject for q in typed if "/id/graph/inferred" not in str(q.graph_name)}
        assert len({t for t in things if "/id/" in str(t)}) >= int(count) > 0


def test_the_description_says_what_a_service_has_to_be(store: ox.Store) -> None:
    service = "https://w3id.org/inspection-graph/id/service"
    assert said(store, f"{SD}feature", service) == {f"{SD}UnionDefaultGraph"}
    assert said(store, f"{DCAT}servesDataset", service) == {DATASET}


def test_json_ld_carries_the_context_that_is_published(out: Path) -> None:
    assert json.loads(exported(out, "jsonld"))["@context"] == json.loads(of_model("context"))["@context"] == context()


@pytest.mark.parametrize(("file", "format"), [("context.jsonld", "context"), ("frame.jsonld", "frame")])
def test_the_published_files_are_those_that_the_command_writes(file: str, format: str) -> None:
    assert (GUIDE / file).read_bytes() == of_model(format), f"inspection-graph export -f {format} -o docs/guide/{file}"


def test_the_frame_gives_a_finding_with_its_words_and_their_document(store: ox.Store) -> None:
    graph = next(g for g in sorted(store.named_graphs(), key=str) if re.search("/graph/[0-9a-f]{16}", str(g)))
    found = [q.triple for q in store.quads_for_pattern(None, None, None, graph)]
    framed = pyld.frame({"@context": context(), "@graph": list(nodes(found))}, json.loads(of_model("frame")))
    finding = framed["@graph"][0]
    assert finding["type"] == "Finding"
    passage = finding["statedIn"][0] if isinstance(finding["statedIn"], list) else finding["statedIn"]
    assert passage["exact"]
    assert any(
        isinstance(f.get("statedIn"), dict) and f["statedIn"]["document"].get("sha256") for f in framed["@graph"]
    )


GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def gephi_keys(graphml: bytes) -> dict[tuple[str, str], str]:
    """What an importer such as Gephi's goes by: for nodes and edges each attribute's name with its one type."""
    root = etree.fromstring(graphml)
    keys = [(key.get("for"), key.get("attr.name"), key.get("attr.type")) for key in root.iter(f"{GRAPHML}key")]
    assert len({(of, name) for of, name, _ in keys}) == len(keys), "an attribute has two types"
    ids = [edge.get("id") for edge in root.iter(f"{GRAPHML}edge")]
    assert len(set(ids)) == len(ids), "an importer drops the second edge of one id"
    nodes = {node.get("id") for node in root.iter(f"{GRAPHML}node")}
    assert all({edge.get("source"), edge.get("target")} <= nodes for edge in root.iter(f"{GRAPHML}edge"))
    return {(of, name): kind for of, name, kind in keys}


def test_graphml_opens_with_labels_types_and_weights(out: Path) -> None:
    graphml = exported(out, "graphml")
    keys = gephi_keys(graphml)
    assert keys["node", "label"] == keys["node", "type"] == keys["edge", "property"] == "string"
    assert (keys["edge", "weight"], keys["edge", "stated"]) == ("double", "boolean")
    assert keys["node", "page"] in ("int", "long") if ("node", "page") in keys else True
    network = nx.read_graphml(io.BytesIO(graphml), force_multigraph=True)
    finding = next(node for node, kind in network.nodes(data="type") if kind == "Finding")
    assert network.nodes[finding]["label"]
    assert any(data["property"] == "hasFinding" for *_, data in network.in_edges(finding, data=True))


def test_graphml_tells_the_dataset_apart(out: Path) -> None:
    network = nx.read_graphml(io.BytesIO(exported(out, "graphml")), force_multigraph=True)
    assert network.graph["title"] == "Inspections of children's services"
    assert network.graph["licence"].startswith("https://creativecommons.org/")


@pytest.mark.parametrize("format", ["graphml-themes", "graphml-authorities"])
def test_a_network_of_themes_has_findings_for_weights(out: Path, format: str) -> None:
    graphml = exported(out, format)
    assert gephi_keys(graphml)["edge", "weight"] in ("int", "long")
    weights = nx.read_graphml(io.BytesIO(graphml)).edges(data="weight")
    assert Counter(isinstance(weight, int) and weight > 0 for *_, weight in weights)[True] == len(weights)


def test_an_unknown_format_is_refused_with_those_that_there_are(out: Path) -> None:
    with pytest.raises(ExportError, match="cannot export rdfxml: the formats are turtle, nquads, trig, jsonld, gr"):
        exported(out, "rdfxml")
    with pytest.raises(ExportError, match=f"of the model there are {', '.join(OF_THE_MODEL)}"):
        of_model("rdfxml")


def test_there_is_nothing_to_export_where_nothing_was_built(tmp_path: Path) -> None:
    with pytest.raises(NotABuild):
        exported(tmp_path, "turtle")
