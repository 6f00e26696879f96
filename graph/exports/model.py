"""The model as one drawing, made from the ontology's Turtle: a Mermaid class diagram, which code hosts render."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

import ontology
from ontology import IG, OWL, RDF, RDFS, SKOS

_LEFT_OUT = {
    "StatedGraph", "InferredGraph", "Fact", "Inference", "Problem", "GradeScale", "Reading", "InspectionMention",
    "AgendaItem", "AreaForImprovement", "AreaForPriorityAction", "Inspectorate", "AuthorityType",
}  # fmt: skip
"""Book-keeping and narrower kinds, which a first look at the model can do without."""
_MANY = 3
"""A property of so many kinds of stated items is drawn once, at what they are kinds of."""


def drawing() -> str:
    """Classes with their literal properties, what they are a kind of, and the properties between them."""
    said = _Said(ontology.triples(()))
    classes = [c for c in said.of_kind(OWL.Class) if c not in _LEFT_OUT and not said.is_concept(c)]
    lines = ["classDiagram", "  direction LR"]
    for name in classes:
        texts = [p for p in said.of_kind(OWL.DatatypeProperty) if name in said.ends(p, RDFS.domain)]
        lines += [f"  class {name} {{", *(f"    {p}" for p in texts), "  }"] if texts else [f"  class {name}"]
    for name in classes:
        lines += [f"  {above} <|-- {name}" for above in said.above(name) if above in classes]
    for one, other, names in sorted(_lines(said, classes)):
        lines.append(f"  {one} --> {other} : {', '.join(sorted(names))}")
    return "\n".join(lines) + "\n"


def _lines(said: _Said, classes: list[str]) -> list[tuple[str, str, tuple[str, ...]]]:
    """The properties between two classes; a concept scheme is drawn as one class with the others' arrows to it."""
    between: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in said.of_kind(OWL.ObjectProperty):
        for one in said.broad(said.ends(name, RDFS.domain)):
            for other in said.broad(said.ends(name, RDFS.range)):
                if one in classes and (other in classes or said.is_concept(other)):
                    between[one, other].append(name)
    return [(one, other, tuple(names)) for (one, other), names in between.items()]


class _Said:
    """What the ontology's triples say, by the local names of its own terms."""

    def __init__(self, triples: list[ox.Triple]) -> None:
        self._held: dict[tuple[str, str], list[str]] = defaultdict(list)
        for t in triples:
            self._held[_value(t.subject), t.predicate.value].append(_value(t.object))

    def of_kind(self, kind: str) -> list[str]:
        return sorted(
            s.removeprefix(str(IG)) for (s, p), o in self._held.items()
            if p == RDF.type and str(kind) in o and s.startswith(str(IG))
        )  # fmt: skip

    def above(self, name: str) -> list[str]:
        found = self._held[IG[name], RDFS.subClassOf]
        return sorted(o.removeprefix(str(IG)) for o in found if o.startswith(str(IG)))

    def is_concept(self, name: str) -> bool:
        return SKOS.Concept in self._held[IG[name], RDFS.subClassOf]

    def broad(self, classes: set[str]) -> set[str]:
        """The classes, with what many stated items are kinds of in place of them."""
        items = {name for name in classes if "StatedItem" in self.above(name)}
        return classes - items | {"StatedItem"} if len(items) >= _MANY else classes

    def ends(self, name: str, side: str) -> set[str]:
        """The classes on one side of a property, those of a union one by one."""
        found: set[str] = set()
        for end in self._held[IG[name], side]:
            members = self._members(end)
            found |= {m.removeprefix(str(IG)) for m in members if m.startswith(str(IG))}
        return found

    def _members(self, end: str) -> list[str]:
        heads = self._held[end, OWL.unionOf]
        if not heads:
            return [end]
        members, rest = [], heads[0]
        while rest != RDF.nil:
            members += self._held[rest, RDF.first]
            (rest,) = self._held[rest, RDF.rest]
        return members


def _value(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
