"""Small documents on four invented authorities, each with a trap in it, and one build of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

import queries
from cli.source import BuiltGraph
from graph.building import build

HARROWDALE, SALTMERE, OLDMOOR, NEWMOOR = "E99000001", "E99000002", "E99000003", "E99000004"
REORGANISED = """
@prefix authority: <https://w3id.org/inspection-graph/id/authority/> .
@prefix authority-type: <https://w3id.org/inspection-graph/authority-type/> .
@prefix ig: <https://w3id.org/inspection-graph/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix region: <https://w3id.org/inspection-graph/region/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

authority:E99000003 a ig:Authority , org:FormalOrganization ; rdfs:label "Oldmoor"@en ; skos:prefLabel "Oldmoor"@en ;
    ig:gss "E99000003" ; ig:region region:E99000100 ; ig:authorityType authority-type:unitary-authority ;
    ig:succeededBy authority:E99000004 .
authority:E99000004 a ig:Authority , org:FormalOrganization ; rdfs:label "Newmoor"@en ; skos:prefLabel "Newmoor"@en ;
    ig:gss "E99000004" ; ig:region region:E99000100 ; ig:authorityType authority-type:unitary-authority .
"""
"""Oldmoor, which Newmoor followed."""
PRAISE = "Almost all children have a plan for permanence by their second review."


def report(authority: str, days: str, *findings: str, leaders: str = "Good", opening: str = "", asked: str = "") -> str:
    """An inspection's report, as plain text."""
    told = "\n\n".join(f"{number}. {finding}" for number, finding in enumerate(findings, 1))
    return (
        f"Inspection of {authority} local authority children’s services\n\nInspection dates: {days}\n\n"
        "Lead inspector: Ada Moss, His Majesty’s Inspector\n\nJudgement\tGrade\n"
        f"The impact of leaders on social work practice with children and families\t{leaders}\n"
        "The experiences and progress of children who need help and protection\tGood\n"
        "The experiences and progress of children in care\tGood\n"
        "The experiences and progress of care leavers\tGood\nOverall effectiveness\tGood\n\n"
        f"{opening}\n\nWhat needs to improve?\n\n- {asked or 'The depth of supervision in every team.'}\n\n"
        f"The experiences and progress of children in care: good\n\n{told}\n"
    )


def letter(authority: str, day: str, visited: str, *paragraphs: str) -> str:
    """The letter after a focused visit, as plain text."""
    told = "\n\n".join(paragraphs)
    return (
        f"Ofsted Agora House\n\n{day}\n\nHelena Marchbanks {authority} Council\n\nDear Ms Marchbanks\n\n"
        f"Focused visit to {authority} local authority children’s services\n\n"
        f"This letter summarises the findings of a focused visit to {authority} local authority children’s services on "
        f"{visited}. The inspectors were Ada Moss, His Majesty’s Inspector, and Bo Reed, His Majesty’s Inspector.\n\n"
        "Inspectors looked at the local authority’s arrangements for permanence planning.\n\nOverview\n\n"
        f"{told}\n\nYours sincerely\n\nAda Moss His Majesty’s Inspector\n"
    )


def pack(authority: str, meeting: str, items: str, minutes: str = "", papers: str = "") -> str:
    """A committee's agenda with minutes and papers, as plain text."""
    return (
        f"{authority} Council\n\nChildren's Scrutiny Committee\n\nDate: {meeting}\n\nTime: 10.00 am\n\n"
        f"Venue: Council Chamber\n\nAGENDA\n\n1 Apologies for Absence\n\n2 Declarations of Interest\n\n{items}\n\n"
        f"{minutes}{papers}"
    )


def minutes(authority: str, held: str, present: str, told: str) -> str:
    return (
        "CHILDREN'S SCRUTINY COMMITTEE\n\n"
        f"Minutes of the meeting held on {held} 10.00 am - 12.00 pm in the Council Chamber, {authority}\n\n"
        f"Present\n\n{present}\n\n1 Apologies for Absence\n\n1.1 There were none.\n\n{told}\n\n"
    )


def plan(rows: str, recommendation: str, ref: str = "1") -> str:
    """A table of actions under the recommendation that they answer."""
    head = "Ref\tAction\tExpected Impact\tLead\tTimescale\tProgress to date\tProgress RAG\n"
    return f"RECOMMENDATION {ref}:\n\n{recommendation}\n\n{head}{rows}\n\n"


@dataclass(frozen=True)
class Shelf:
    """A build, asked in SPARQL and by the library's questions."""

    folder: Path
    source: BuiltGraph

    def ask(self, pattern: str) -> list[tuple[str, ...]]:
        """The rows of a pattern with the variables in the order of their names; IRIs without what all share."""
        prefixes = "".join(
            f"PREFIX {prefix}: <{iri}> "
            for prefix, iri in (
                ("ig", "https://w3id.org/inspection-graph/ontology#"),
                ("dcterms", "http://purl.org/dc/terms/"),
                ("foaf", "http://xmlns.com/foaf/0.1/"),
            )
        )
        found = self.source.query(f"{prefixes} SELECT DISTINCT * WHERE {{ {pattern} }}")
        assert isinstance(found, ox.QuerySolutions)
        names = sorted(variable.value for variable in found.variables)
        return sorted(tuple(short(row[name]) for name in names) for row in found)

    def table(self, name: str, **parameters: str) -> queries.Table:
        return queries.table(queries.find_question(name), self.source, parameters)


def short(term: object) -> str:
    value = str(getattr(term, "value", term))
    return value.removeprefix("https://w3id.org/inspection-graph/").removeprefix("id/")


@contextmanager
def shelf(folder: Path, samples: Path, **documents: str) -> Iterator[Shelf]:
    """A build of the documents, named as the arguments are, in a new folder."""
    books = folder / "books"
    books.mkdir(parents=True)
    for name, words in documents.items():
        (books / f"{name}.txt").write_text(words, encoding="utf8")
    turtle = folder / "more.ttl"
    turtle.write_text(REORGANISED, encoding="utf8")
    build([books], folder / "graph", workers=1, vocabulary_files=(samples / "authorities.ttl", turtle))
    yield Shelf(folder / "graph", BuiltGraph(folder / "graph"))
