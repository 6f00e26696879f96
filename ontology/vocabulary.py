"""The vocabulary as frozen records: concepts with the words that name them, authorities, frameworks."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from ontology.checks import VocabularyWarning, check
from ontology.files import parse, triples
from ontology.namespaces import BASE, DCTERMS, IG, ORG, RDF, SKOS


@dataclass(frozen=True, slots=True)
class Concept:
    """One member of a scheme; `alt`, `hidden` and `cues` are the words by which text is recognised, sorted.

    The label is for people: of themes and quantities it is often too common a word to recognise anything by.
    """

    scheme: str
    id: str
    iri: str
    label: str
    alt: tuple[str, ...]
    hidden: tuple[str, ...]
    broader: str | None
    definition: str
    cues: tuple[str, ...]
    rank: int | None


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority; `names` are all its spellings, the preferred one first; others are known by GSS code."""

    gss: str
    name: str
    names: tuple[str, ...]
    region: str
    region_name: str
    la_code: str
    urn: str
    type: str
    neighbours: tuple[str, ...]
    former_codes: tuple[str, ...]
    succeeded_by: tuple[str, ...]
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """The grades that a framework gave to which areas in a period; years are None where it is open."""

    grades: tuple[str, ...]
    areas: tuple[str, ...]
    from_year: int | None
    until_year: int | None


@dataclass(frozen=True, slots=True)
class Framework:
    """A kind of inspection, with the ids of its remit, of the areas it grades, of who inspects and of what followed."""

    id: str
    label: str
    remit: str
    grades_areas: tuple[str, ...]
    inspectorates: tuple[str, ...]
    replaced_by: tuple[str, ...]
    scales: tuple[Scale, ...] = ()
    """By period, the earliest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All that text is read with; `digest` changes whenever any triple of it does, and alone tells two apart."""

    concepts: Mapping[str, Mapping[str, Concept]]
    authorities: Mapping[str, Authority]
    frameworks: Mapping[str, Framework]
    digest: str
    warnings: tuple[VocabularyWarning, ...] = ()
    """What in a researcher's own files is likely not meant."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vocabulary) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def load(extra: Sequence[Path] = ()) -> Vocabulary:
    """The vocabulary of the model's files and of `extra` Turtle files, which may add phrases, concepts, authorities."""
    return _load(tuple((path, parse(path)) for path in map(Path, extra)))


@lru_cache(maxsize=8)
def _load(extra: tuple[tuple[Path, tuple[ox.Triple, ...]], ...]) -> Vocabulary:
    model = triples()
    warnings = check(model, extra) if extra else ()
    found = triples([path for path, _ in extra]) if extra else model
    facts = _Facts(found)
    concepts = _concepts(facts)
    return Vocabulary(
        warnings=warnings,
        concepts=concepts,
        authorities=_authorities(facts),
        frameworks=_frameworks(facts, concepts["framework"]),
        digest=hashlib.sha256("\n".join(map(str, found)).encode()).hexdigest(),
    )


class _Facts:
    """Triples by subject and predicate, values as plain strings in sorted order."""

    def __init__(self, found: Iterable[ox.Triple]) -> None:
        self._values: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._members: dict[str, list[str]] = defaultdict(list)
        type_ = RDF.type
        for triple in found:
            subject, predicate = triple.subject.value, triple.predicate.value  # type: ignore[union-attr]
            value: str = triple.object.value  # type: ignore[union-attr]
            self._values[subject, predicate].append(value)
            if predicate == type_:
                self._members[value].append(subject)

    def members(self, kind: str) -> list[str]:
        return self._members[kind]

    def all(self, subject: str, predicate: str) -> tuple[str, ...]:
        return tuple(self._values.get((subject, predicate), ()))

    def one(self, subject: str, predicate: str) -> str:
        values = self._values.get((subject, predicate))
        return values[0] if values else ""

    def ids(self, subject: str, predicate: str) -> tuple[str, ...]:
        return tuple(_id(value) for value in self.all(subject, predicate))


def _id(iri: str) -> str:
    return iri.rpartition("/")[2]


def _concepts(facts: _Facts) -> Mapping[str, Mapping[str, Concept]]:
    schemes: dict[str, dict[str, Concept]] = defaultdict(dict)
    for iri in facts.members(SKOS.Concept) + facts.members(IG.Inspectorate):
        if iri.startswith(BASE):
            concept = _concept(facts, iri)
            schemes[concept.scheme][concept.id] = concept
    return dict(schemes)


def _concept(facts: _Facts, iri: str) -> Concept:
    scheme, _, id = iri.removeprefix(BASE).removeprefix("id/").rpartition("/")
    rank = facts.one(iri, IG.rank)
    return Concept(
        scheme=scheme,
        id=id,
        iri=iri,
        label=facts.one(iri, SKOS.prefLabel),
        alt=facts.all(iri, SKOS.altLabel),
        hidden=facts.all(iri, SKOS.hiddenLabel),
        broader=next(iter(facts.ids(iri, SKOS.broader)), None),
        definition=facts.one(iri, SKOS.definition),
        cues=facts.all(iri, IG.cue),
        rank=int(rank) if rank else None,
    )


def _authorities(facts: _Facts) -> Mapping[str, Authority]:
    found = (_authority(facts, iri) for iri in facts.members(IG.Authority))
    return {authority.gss: authority for authority in found}


def _authority(facts: _Facts, iri: str) -> Authority:
    region = facts.one(iri, IG.region)
    name = facts.one(iri, SKOS.prefLabel)
    return Authority(
        gss=facts.one(iri, IG.gss),
        name=name,
        names=(name, *facts.all(iri, SKOS.altLabel)),
        region=_id(region),
        region_name=facts.one(region, SKOS.prefLabel),
        la_code=facts.one(iri, IG.laCode),
        urn=facts.one(iri, IG.urn),
        type=facts.one(facts.one(iri, IG.authorityType), SKOS.prefLabel),
        neighbours=facts.ids(iri, IG.statisticalNeighbour),
        former_codes=facts.all(iri, IG.formerCode),
        succeeded_by=facts.ids(iri, IG.succeededBy),
        ended=date.fromisoformat(ended) if (ended := facts.one(facts.one(iri, ORG.changedBy), DCTERMS.date)) else None,
    )


def _frameworks(facts: _Facts, concepts: Mapping[str, Concept]) -> Mapping[str, Framework]:
    scales: dict[str, list[Scale]] = defaultdict(list)
    for iri in facts.members(IG.GradeScale):
        for framework in facts.ids(iri, IG.scaleOf):
            scales[framework].append(_scale(facts, iri))
    return {id: _framework(facts, concept, scales[id]) for id, concept in concepts.items()}


def _scale(facts: _Facts, iri: str) -> Scale:
    return Scale(
        grades=tuple(_listed(facts, facts.one(iri, SKOS.memberList))),
        areas=facts.ids(iri, IG.gradesArea),
        from_year=_year(facts.one(iri, IG.fromYear)),
        until_year=_year(facts.one(iri, IG.untilYear)),
    )


def _listed(facts: _Facts, node: str) -> Iterator[str]:
    """The ids of an RDF list's members, in its order."""
    while node and node != RDF.nil:
        yield _id(facts.one(node, RDF.first))
        node = facts.one(node, RDF.rest)


def _year(value: str) -> int | None:
    return int(value) if value else None


def _framework(facts: _Facts, concept: Concept, scales: Iterable[Scale]) -> Framework:
    return Framework(
        id=concept.id,
        label=concept.label,
        remit=next(iter(facts.ids(concept.iri, IG.remit)), ""),
        grades_areas=facts.ids(concept.iri, IG.gradesArea),
        inspectorates=facts.ids(concept.iri, IG.inspectedBy),
        replaced_by=facts.ids(concept.iri, DCTERMS.isReplacedBy),
        scales=tuple(sorted(scales, key=lambda scale: scale.from_year or 0)),
    )
