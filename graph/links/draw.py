"""All links across documents, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph import iris
from graph.links import inference, revisits, rules
from graph.links.identity import identify
from graph.links.outline import Outline
from graph.links.restates import restate
from graph.pen import TYPE, ig, named, text
from graph.triples import PROGRAM
from graph.version import VERSION
from ontology import PROV, Vocabulary


@dataclass(frozen=True, slots=True)
class Inferred:
    """What one rule infers; the graph named after it holds these triples and says what it is."""

    rule: str
    triples: tuple[ox.Triple, ...]

    @property
    def graph(self) -> str:
        return iris.inferred_graph(self.rule)


def draw(
    outlines: Sequence[Outline],
    heads: Iterable[bytes],
    vocabulary: Vocabulary,
    vocabulary_files: Sequence[Path] = (),
    executor: Executor | None = None,
) -> list[Inferred]:
    """Everything that follows across the documents; the same whatever their order and whoever does the work."""
    ordered = sorted(outlines, key=lambda outline: outline.iri)
    identities = identify(ordered, vocabulary)
    identified = {found.subject: found.object for found in identities}
    repetitions = restate(ordered, identified)
    restated = {found.subject: found.object for found in repetitions}
    return [
        *(Inferred(rule, tuple(triples)) for rule, triples in rules.infer(heads, vocabulary_files)),
        Inferred("identified-as", tuple(inference.written(identities))),
        Inferred("restates", tuple(inference.written(repetitions))),
        Inferred("revisits", tuple(revisits.written(revisits.revisit(ordered, restated, identified, executor)))),
    ]


def described(inferred: Inferred) -> list[ox.Triple]:
    """The rule's triples, with what its graph is."""
    graph = ox.NamedNode(inferred.graph)
    return [
        ox.Triple(graph, TYPE, ig("InferredGraph")),
        ox.Triple(graph, ig("rule"), text(inferred.rule)),
        ox.Triple(graph, ig("programVersion"), text(VERSION)),
        ox.Triple(graph, named(PROV.wasAttributedTo), named(PROGRAM)),
        *inferred.triples,
    ]
