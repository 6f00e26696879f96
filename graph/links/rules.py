"""The rules that the ontology keeps as SPARQL, run over what documents share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from ontology import ONTOLOGY_IRI, rule_files, triples


def infer(heads: Iterable[bytes], vocabulary_files: Sequence[Path] = ()) -> Iterator[tuple[str, list[ox.Triple]]]:
    """Each rule's name with the triples that follow from the documents' heads (N-Quads) and the ontology, sorted."""
    store = ox.Store()
    ontology = ox.NamedNode(ONTOLOGY_IRI)
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, ontology) for t in triples(vocabulary_files))
    for head in heads:
        store.bulk_load(head, format=ox.RdfFormat.N_QUADS)
    for path in rule_files():
        found = store.query(path.read_text(encoding="utf8"), use_default_graph_as_union=True)
        assert isinstance(found, ox.QueryTriples)
        yield path.stem, sorted(set(found), key=str)
