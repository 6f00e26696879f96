"""Whether the ontology, with some data, contradicts itself: HermiT, where Java is there to run it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from ontology import graph as ontology_graph

MEMORY = 1000
"""Megabytes that Java may use."""


@dataclass(frozen=True, slots=True)
class Reasoning:
    """What the reasoner said; where it did not run, `missing` says what it lacked."""

    ran: bool
    consistent: bool = True
    unsatisfiable: tuple[str, ...] = ()
    """Classes that can have no members."""
    missing: str | None = None


def reason(sample: Iterable[ox.Triple] = (), vocabulary_files: Iterable[Path] = ()) -> Reasoning:
    """Put the ontology and a sample of data to HermiT."""
    if shutil.which("java") is None:
        return Reasoning(False, missing="java is not on the PATH, so HermiT could not look for contradictions")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.nt"
        model = ontology_graph(tuple(vocabulary_files)).serialize(format="nt", encoding="utf-8")
        path.write_bytes(model + (ox.serialize(sample, format=ox.RdfFormat.N_TRIPLES) or b""))
        return _asked(path)


def _asked(path: Path) -> Reasoning:
    # loading owlready2 takes half a second, which only a check should cost
    import owlready2  # noqa: PLC0415

    owlready2.reasoning.JAVA_MEMORY = MEMORY
    world = owlready2.World()
    world.get_ontology(path.as_uri()).load()
    try:
        # HermiT refuses xsd:date and its like, which are outside OWL 2's map of datatypes
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
        impossible = sorted(thing.iri for thing in world.inconsistent_classes() if hasattr(thing, "iri"))
        return Reasoning(True, unsatisfiable=tuple(iri for iri in impossible if not iri.endswith("#Nothing")))
    except owlready2.OwlReadyInconsistentOntologyError:
        return Reasoning(True, consistent=False)
    finally:
        world.close()
