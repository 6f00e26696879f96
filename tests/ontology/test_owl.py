"""The model as OWL, read by owlready2 and checked by HermiT."""

from __future__ import annotations

import io
import shutil

import pytest

import ontology

FINDING = f"<urn:it> <{ontology.RDF.type}> <{ontology.IG.Finding}> .\n"
PASSAGE = f"<urn:it> <{ontology.RDF.type}> <{ontology.IG.Passage}> .\n"

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java")


def world(extra: str = ""):
    import owlready2  # noqa: PLC0415 - slow to import, and only these tests need it

    made = owlready2.World()
    lines = ontology.graph().serialize(format="nt") + extra
    made.get_ontology("https://w3id.org/inspection-graph/ontology#").load(
        fileobj=io.BytesIO(lines.encode()), format="ntriples"
    )
    return owlready2, made


def test_owlready_reads_classes_and_kinds_of_properties() -> None:
    _, made = world()
    finding, theme = made[ontology.IG.Finding], made[ontology.IG.theme]
    assert made[ontology.IG.StatedItem] in finding.ancestors()
    assert theme in made.object_properties()
    assert made[ontology.IG.startDate] in made.data_properties()


@needs_java
def test_the_model_is_consistent_and_no_class_is_empty_by_definition() -> None:
    owlready2, made = world(FINDING)
    owlready2.sync_reasoner_hermit(made, debug=0)
    assert list(made.inconsistent_classes()) == []


@needs_java
def test_a_finding_that_is_its_own_passage_is_a_contradiction() -> None:
    owlready2, made = world(FINDING + PASSAGE)
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        owlready2.sync_reasoner_hermit(made, debug=0)
