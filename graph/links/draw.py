"""All links across documents, rule by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import pyoxigraph as ox

from graph import iris
from graph.document.pen import TYPE, ig, named, text
from graph.document.triples import PROGRAM
from graph.links import inference, rules
from graph.links.groups import Group, groups
from graph.links.identity import identify
from graph.links.kept import RULE, drawn
from graph.links.outline import Outline
from graph.links.pieces import Piece
from graph.links.restates import restate
from graph.version import VERSION
from ontology import PROV, Vocabulary


@dataclass(frozen=True, slots=True)
class Inferred:
    """What one rule infers; the graph named after it holds these triples and pieces, and says what it is."""

    rule: str
    triples: tuple[ox.Triple, ...] = ()
    pieces: Mapping[str, Piece] = field(default_factory=lambda: MappingProxyType({}))
    """What is kept from one build to the next, by digests of what it depends on."""

    @property
    def graph(self) -> str:
        return iris.inferred_graph(self.rule)


def _drawn(held: Sequence[Group]) -> Mapping[str, Piece]:
    return {"+".join(group.authorities): drawn(group) for group in held}


def draw(
    outlines: Sequence[Outline],
    heads: Iterable[bytes],
    vocabulary: Vocabulary,
    model: Sequence[ox.Triple] | None = None,
    links: Callable[[Sequence[Group]], Mapping[str, Piece]] = _drawn,
) -> list[Inferred]:
    """Everything that follows across the documents; the same whatever their order.

    `heads` are what documents share, as N-Quads, and `model` the ontology's triples, where at hand: what rules are
    given. `links` gives the links of groups of authorities, by names of its own, drawn now or kept from before.
    """
    ordered = sorted(outlines, key=lambda outline: outline.iri)
    identities = identify(ordered, vocabulary)
    identified = {found.subject: found.object for found in identities}
    repetitions = restate(ordered, identified)
    restated = {found.subject: found.object for found in repetitions}
    return [
        *(Inferred(rule, tuple(triples)) for rule, triples in rules.infer(heads, model)),
        Inferred("identified-as", tuple(inference.written(identities))),
        Inferred("restates", tuple(inference.written(repetitions))),
        Inferred(RULE, pieces=links(groups(ordered, restated, identified))),
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
