"""Checks and networks of a build of the samples."""

from __future__ import annotations

import shutil
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from graph.building import build
from graph.check import check, check_graph
from graph.network import authority_network, theme_network, whole_network
from graph.reason import reason
from graph.store import open_store
from ontology import IG, RDF

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = ("harrowdale-2012-child-protection.txt", "saltmere-2020-ilacs.pdf", "saltmere-2021-news.txt")
THEME = "https://w3id.org/inspection-graph/theme/"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outputs") / "out"
    build([SAMPLES / name for name in NAMES], folder, workers=1, vocabulary_files=(SAMPLES / "authorities.ttl",))
    return folder


@pytest.fixture(scope="module")
def store(out: Path) -> ox.Store:
    return open_store(out)


def quad(subject: str, predicate: str, value: str) -> ox.Quad:
    node = ox.NamedNode
    return ox.Quad(node(f"http://x/{subject}"), node(IG[predicate]), node(value), node("http://x/graph"))


def themes_of(*findings: tuple[str, str, tuple[str, ...]]) -> ox.Store:
    """Findings of one inspection, each with its name, polarity and themes."""
    held = ox.Store()
    held.add(quad("inspection", "inspects", "https://w3id.org/inspection-graph/id/authority/E10000001"))
    for name, polarity, themes in findings:
        held.add(quad("inspection", "hasFinding", f"http://x/{name}"))
        held.add(quad(name, "polarity", f"https://w3id.org/inspection-graph/polarity/{polarity}"))
        for theme in themes:
            held.add(quad(name, "theme", THEME + theme))
    return held


def test_themes_are_joined_by_how_many_findings_carry_both() -> None:
    held = themes_of(
        ("one", "strength", ("supervision", "permanence")),
        ("two", "weakness", ("supervision", "permanence")),
        ("three", "weakness", ("supervision",)),
    )
    network = theme_network(held)
    assert network.edges[THEME + "permanence", THEME + "supervision"]["weight"] == 2
    node = network.nodes[THEME + "supervision"]
    assert (node["findings"], node["strengths"], node["weaknesses"], node["inspections"]) == (3, 1, 2, 1)
    assert theme_network(held, polarity="strength").edges[THEME + "permanence", THEME + "supervision"]["weight"] == 1


def test_what_restates_an_original_is_not_counted_again() -> None:
    held = themes_of(("one", "strength", ("supervision", "permanence")), ("two", "strength", ("supervision",)))
    held.add(quad("two", "restates", "http://x/one"))
    assert theme_network(held).nodes[THEME + "supervision"]["findings"] == 1


def test_authorities_are_joined_to_the_themes_of_their_findings() -> None:
    network = authority_network(themes_of(("one", "weakness", ("supervision",)), ("two", "mixed", ("supervision",))))
    ((_, _, data),) = network.edges(data=True)
    assert (data["weight"], data["weaknesses"], data["strengths"]) == (2, 1, 0)
    assert set(nx.get_node_attributes(network, "kind").values()) == {"authority", "theme"}


def test_the_whole_network_leaves_the_evidence_out_unless_asked(store: ox.Store) -> None:
    plain, full = whole_network(store), whole_network(store, evidence=True)
    assert "Passage" not in set(nx.get_node_attributes(plain, "type").values())
    assert {"Passage", "Classification"} <= set(nx.get_node_attributes(full, "type").values())
    assert all(plain.nodes[node]["label"] for node in plain)


def test_a_build_of_the_samples_is_as_the_shapes_ask(out: Path) -> None:
    result = check(out, workers=1, reasoning=False)
    assert [found for found in result.violations if found.severity == "Violation"] == []
    assert result.conforms
    assert not result.reasoning.ran


@pytest.fixture
def spoilt(out: Path, tmp_path: Path) -> tuple[Path, str]:
    """A build in which one finding has lost its polarity, and that finding."""
    shutil.copytree(out, tmp_path / "out")
    held = ox.Store(str(tmp_path / "out" / "store"))
    lost = min(held.quads_for_pattern(None, ox.NamedNode(IG.polarity), None, None), key=str)
    held.remove(lost)
    held.flush()
    del held
    return tmp_path / "out", lost.subject.value  # type: ignore[union-attr]


def test_a_message_leads_to_the_document_and_the_words(spoilt: tuple[Path, str]) -> None:
    folder, finding = spoilt
    graph = f"https://w3id.org/inspection-graph/id/graph/{finding.split('/id/document/')[1][:16]}"
    (found,) = [v for v in check_graph(folder, graph) if v.severity == "Violation"]
    assert (found.focus, found.path) == (finding, IG.polarity)
    assert found.message == "A finding has exactly one polarity, if only neutral."
    assert found.document in NAMES
    texts = [path.read_text(encoding="utf8") for path in (folder / "text").iterdir()]
    assert found.words
    assert any(found.words in text for text in texts)


def test_two_processes_find_what_one_does(spoilt: tuple[Path, str]) -> None:
    one, two = (check(spoilt[0], workers=workers, reasoning=False) for workers in (1, 2))
    assert one == two
    assert not one.conforms


def individual(name: str, kind: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(f"http://x/{name}"), ox.NamedNode(RDF.type), ox.NamedNode(IG[kind]))


JAVA = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs java: install a JRE to run it")


@JAVA
def test_the_reasoner_finds_no_fault_with_the_model() -> None:
    answer = reason([individual("one", "Finding")])
    assert (answer.ran, answer.consistent, answer.unsatisfiable) == (True, True, ())


@JAVA
def test_the_reasoner_sees_that_nothing_is_both_finding_and_judgement() -> None:
    assert not reason([individual("one", "Finding"), individual("one", "Judgement")]).consistent


def test_without_java_the_reasoner_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    answer = reason()
    assert (answer.ran, answer.missing) == (
        False,
        "java is not on the PATH, so HermiT could not look for contradictions",
    )
