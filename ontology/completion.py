"""What the IRI of a concept says already, added to what a researcher's file says of it."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from ontology.namespaces import BASE, IG, RDF, SCHEMES, SKOS

_TYPE = ox.NamedNode(RDF.type)
_IN_SCHEME, _TOP = ox.NamedNode(SKOS.inScheme), ox.NamedNode(SKOS.topConceptOf)
_CONCEPT, _BROADER = ox.NamedNode(SKOS.Concept), ox.NamedNode(SKOS.broader)


def completed(model: Sequence[ox.Triple], extra: Sequence[ox.Triple]) -> list[ox.Triple]:
    """The scheme and class of the concepts that `extra` adds, and that those without a broader one stand at the top."""
    classes: dict[str, set[str]] = {}
    for triple in model:
        if triple.predicate == _TYPE and _is_ours(triple.object):
            scheme = scheme_of(triple.subject.value)  # type: ignore[union-attr]
            classes.setdefault(scheme, set()).add(triple.object.value)  # type: ignore[union-attr]
    said = {(triple.subject, triple.predicate) for triple in (*model, *extra)}
    added: list[ox.Triple] = []
    for triple in extra:
        subject = triple.subject
        if triple.predicate != _TYPE or triple.object != _CONCEPT or not isinstance(subject, ox.NamedNode):
            continue
        scheme = scheme_of(subject.value)
        if scheme in SCHEMES:
            node = ox.NamedNode(BASE + scheme)
            if (subject, _IN_SCHEME) not in said:
                added.append(ox.Triple(subject, _IN_SCHEME, node))
            if (subject, _BROADER) not in said:
                added.append(ox.Triple(subject, _TOP, node))
            if len(kinds := classes.get(scheme, set())) == 1:
                added.append(ox.Triple(subject, _TYPE, ox.NamedNode(next(iter(kinds)))))
    return added


def scheme_of(iri: str) -> str:
    """The scheme that the IRI of a concept names; empty for what is not ours.

    >>> scheme_of("https://w3id.org/inspection-graph/theme/early-help")
    'theme'
    """
    return iri.removeprefix(BASE).rpartition("/")[0] if iri.startswith(BASE) else ""


def _is_ours(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(str(IG))
