"""The rules that the ontology keeps as SPARQL, run over what documents share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ontology import ONTOLOGY_IRI, rule_files, triples


def infer(heads: Iterable[bytes], model: Iterable[ox.Triple] | None = None) -> Iterator[tuple[str, list[ox.Triple]]]:
    """Each rule's name with the triples that follow from the documents' heads (N-Quads) and the model, sorted.

    `model` holds the triples of the ontology, where they are at hand.
    """
    store = ox.Store()
    ontology = ox.NamedNode(ONTOLOGY_IRI)
    store.bulk_extend(
        ox.Quad(t.subject, t.predicate, t.object, ontology) for t in (triples() if model is None else model)
    )
    store.bulk_load(b"".join(heads), format=ox.RdfFormat.N_QUADS)
    for path in rule_files():
        found = store.query(path.read_text(encoding="utf8"), use_default_graph_as_union=True)
        assert isinstance(found, ox.QueryTriples)
        yield path.stem, sorted(set(found), key=str)
