"""A graph of thirty hand-made findings of two authorities, some of them written to do harm on a page."""

import json
import re
import zlib
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

import ontology
from viz.packing import LETTERS

HOSTILE = (
    "<img src=x onerror=window.ran=1> was seen in records.",
    "</script><script>window.ran=2</script> ended the plan.",
    "{{ 7 * 7 }} and {% raw %} stood in a letter's \"quotes\" & 'apostrophes'.",
    "خدمات الأطفال تتحسن بسرعة, and \u202eright to left\u202c too.",
    "Café 🎈 staff <!-- are --> ]]> kind &amp; quick \\u003c/script> \u2028 always.",
)
HOSTILE_TITLE = '"><script>window.ran=3</script><b onmouseover=window.ran=4>Letter'
HOSTILE_NAME = "Saltmere <svg onload=window.ran=5>"
THEMES = ("supervision", "caseloads", "neglect", "early-help", "planning", "thresholds", "care-leavers")


@dataclass(frozen=True)
class Row:
    inspection: int
    polarity: str
    themes: tuple[str, ...]
    statement: str
    page: int | None = None


# two authorities with two inspections each, and a joint one; of 30 findings each carries one, two or three themes
INSPECTIONS = (
    (("E99000001",), "sif", "2016-02-01"),
    (("E99000001",), "ilacs", "2022-05-09"),
    (("E99000002",), "sif", "2015-06-15"),
    (("E99000002",), "ilacs", "2020-01-20"),
    (("E99000001", "E99000002"), "jtai", "2024-03-04"),
)
ROWS = tuple(
    Row(
        inspection=k % 5,
        polarity=("weakness", "strength", "weakness", "mixed", "neutral", "strength")[k % 6],
        themes=tuple(sorted({THEMES[k % 7], THEMES[(k * k) % 7], THEMES[(k // 4) % 7]})),
        statement=HOSTILE[k] if k < len(HOSTILE) else f"Sentence number {k} says how things are.",
        page=None if k % 5 == 1 else k + 1,
    )
    for k in range(30)
)


class Memory:
    name = "memory"

    def __init__(self, quads: str) -> None:
        self.store = ox.Store()
        self.store.bulk_load(quads.encode(), format=ox.RdfFormat.N_QUADS)

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        return self.store.query(sparql, use_default_graph_as_union=True)


def quads(rows: tuple[Row, ...] = ROWS) -> str:
    """The rows as a build would write them: a graph a document, the names in the ontology's own."""
    ig, base, skos = ontology.IG, ontology.BASE, ontology.SKOS
    lines = []

    def say(graph: str, subject: str, predicate: str, value: str | ox.Literal) -> None:
        term = value if isinstance(value, ox.Literal) else ox.NamedNode(value)
        lines.append(f"<{subject}> <{predicate}> {term} <{graph}> .")

    for theme in THEMES:
        iri, top = f"{base}theme/{theme}", f"{base}theme/help-and-protection"
        say(ontology.ONTOLOGY_IRI, iri, skos.inScheme, f"{base}theme")
        say(ontology.ONTOLOGY_IRI, iri, skos.broader, top)
        say(ontology.ONTOLOGY_IRI, iri, skos.prefLabel, ox.Literal(theme.replace("-", " ").capitalize(), language="en"))
        say(ontology.ONTOLOGY_IRI, top, skos.prefLabel, ox.Literal("Help and protection", language="en"))
    for gss, name in (("E99000001", "Harrowdale"), ("E99000002", HOSTILE_NAME)):
        say(ontology.ONTOLOGY_IRI, f"{base}id/authority/{gss}", skos.prefLabel, ox.Literal(name, language="en"))
        say(ontology.ONTOLOGY_IRI, f"{base}id/authority/{gss}", ig.region, f"{base}region/E99000100")
    say(ontology.ONTOLOGY_IRI, f"{base}region/E99000100", skos.prefLabel, ox.Literal("Sampleshire", language="en"))
    for framework in ("sif", "ilacs", "jtai"):
        label = ox.Literal(framework.upper(), language="en")
        say(ontology.ONTOLOGY_IRI, f"{base}framework/{framework}", skos.prefLabel, label)
    for n, row in enumerate(rows):
        codes, framework, start = INSPECTIONS[row.inspection]
        graph, document = f"{base}id/graph/{row.inspection:016x}", f"{base}id/document/{row.inspection:016x}"
        inspection = f"{base}id/inspection/{'+'.join(codes)}/{start}/{framework}"
        finding = f"{document}/finding/{n:012x}"
        for gss in codes:
            say(graph, inspection, ig.inspects, f"{base}id/authority/{gss}")
        say(graph, inspection, ig.framework, f"{base}framework/{framework}")
        say(graph, inspection, ig.startDate, ox.Literal(start, datatype=ox.NamedNode(ontology.XSD.date)))
        say(graph, document, ontology.DCTERMS.title, ox.Literal(f"{HOSTILE_TITLE} {row.inspection}"))
        say(graph, inspection, ig.hasFinding, finding)
        say(graph, finding, ig.polarity, f"{base}polarity/{row.polarity}")
        say(graph, finding, ig.statement, ox.Literal(row.statement))
        for theme in row.themes:
            say(graph, finding, ig.theme, f"{base}theme/{theme}")
        say(graph, finding, ig.statedIn, f"{document}/passage/{n}-{n + 1}")
        say(graph, f"{document}/passage/{n}-{n + 1}", ig.document, document)
        say(graph, f"{document}/passage/{n}-{n + 1}", ig.start, ox.Literal(n))
        if row.page:
            say(graph, f"{document}/passage/{n}-{n + 1}", ig.page, ox.Literal(row.page))
    return "\n".join(lines) + "\n"


def unpacked(html: str, id: str) -> bytes:
    """What a page carries under that id."""
    found = re.search(rf'<script type="text/plain" id="{id}">([^<]*)</script>', html)
    assert found
    size, _, letters = found[1].partition(" ")
    digits = [LETTERS.index(c) for c in letters]
    bits = "".join(f"{a * 91 + b:013b}" for a, b in zip(digits[::2], digits[1::2], strict=True))
    return zlib.decompress(bytes(int(bits[k : k + 8], 2) for k in range(0, int(size) * 8, 8)))


def data_of(html: str) -> dict[str, Any]:
    """The data that a page carries, its nodes' and edges' ends besides."""
    data: dict[str, Any] = json.loads(unpacked(html, "data"))
    return data


def texts_of(html: str) -> list[str]:
    """The texts that a page carries."""
    head, *lines = unpacked(html, "texts").split(b"\n")
    words = json.loads(head)

    def said(line: bytes) -> str:
        found, at = "", 0
        while at < len(line):
            byte, following = line[at], [b - 11 for b in line[at + 1 : at + 3]]
            if byte < 128:
                found += chr(byte)
            elif byte < 228:
                found += words[byte - 128]
            elif byte < 252:
                found += words[100 + (byte - 228) * 245 + following[0]]
            else:
                found += words[100 + (24 + (byte - 252) * 245 + following[0]) * 245 + following[1]]
            at += 1 + (byte >= 228) + (byte >= 252)
        return found

    return [said(line) for line in lines]
