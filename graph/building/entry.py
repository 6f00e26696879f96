"""What one document gives to a build: its quads, its text and its outline, packed so that they can be kept."""

from __future__ import annotations

import io
import json
import zipfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pyoxigraph as ox

from graph import iris
from graph.document.pen import TYPE
from graph.document.triples import triples
from graph.lines import in_order, serialized, without_prefixes
from graph.links import outline as outlines
from graph.links.outline import Outline
from graph.reading import Reading, reading, restored
from loaders.records import Report
from ontology import PREFIXES, Vocabulary


@dataclass(frozen=True, slots=True)
class Entry:
    """One document, ready to be put together with others; lines are N-Quads in the order of their bytes."""

    own: bytes
    """Lines whose subject is the document or extends its IRI: no other document has such lines."""
    leading: bytes
    """Lines that lead from what other documents may speak of too into this one: what an inspection found."""
    shared: bytes
    """The other lines, about things that other documents may speak of too."""
    head: bytes
    """The shared lines and those about the document itself: what rules over many documents are given."""
    turtle: bytes
    """The same statements as Turtle, without the prefixes that all documents share."""
    text: bytes
    outline: Outline
    reading: Reading
    kinds: tuple[tuple[str, int], ...]
    """How many of its own things are of each class."""


def entry(report: Report, vocabulary: Vocabulary) -> Entry:
    """All that a build keeps of one document."""
    outline = outlines.outline(report, vocabulary)
    lines, ordered = in_order(triples(report, vocabulary), iris.stated_graph(report.source.key))
    stem = f"<{outline.iri}".encode()
    first, last = (bisect_left(lines, bound) for bound in (stem, stem + b"\xff"))
    own, others = lines[first:last], lines[:first] + lines[last:]
    inside = f"> <{outline.iri}/".encode()
    leading = [line for line in others if inside in line]
    shared = [line for line in others if inside not in line]
    about = own[: bisect_left(own, stem + b">\xff")][bisect_left(own, stem + b">") :]
    kinds = Counter(_class(triple) for triple in ordered[first:last] if triple.predicate == TYPE)
    return Entry(
        own=b"".join(own),
        leading=b"".join(leading),
        shared=b"".join(shared),
        head=b"".join((*shared, *about)),
        turtle=section(report.title or report.source.name, report.source.key, ordered),
        text=report.text.content.encode(),
        outline=outline,
        reading=reading(report),
        kinds=tuple(sorted(kinds.items())),
    )


def _class(triple: ox.Triple) -> str:
    return triple.object.value if isinstance(triple.object, ox.NamedNode) else ""


def section(title: str, key: str, ordered: Sequence[ox.Triple]) -> bytes:
    """One document's statements as Turtle, its own things under short prefixes that hold until the next document."""
    document = iris.document(key)
    short = {kind: f"{document}/{kind}/" for kind in _SHORT}
    turtle = serialized(ordered, ox.RdfFormat.TURTLE, {**PREFIXES, **short})
    head = "".join(f"@prefix {kind}: <{iri}> .\n" for kind, iri in short.items())
    name = " ".join(title.split())
    return f"\n# {name}\n{head}".encode() + without_prefixes(turtle)


_SHORT = ("finding", "passage", "recommendation", "statistic", "judgement", "mention", "fact")


def packed(one: Entry) -> bytes:
    """The entry as a zip archive that any tool can look into."""
    facts = {
        "outline": outlines.plain(one.outline),
        "reading": asdict(one.reading),
        "kinds": one.kinds,
        "own": one.own.count(b"\n") + one.leading.count(b"\n"),
    }
    parts = {
        "own.nq": one.own,
        "leading.nq": one.leading,
        "shared.nq": one.shared,
        "head.nq": one.head,
        "stated.ttl": one.turtle,
        "text.txt": one.text,
        "facts.json": json.dumps(facts, ensure_ascii=False).encode(),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


@dataclass(frozen=True, slots=True)
class Facts:
    """The small part of an entry, which a build holds for all documents at once."""

    outline: Outline
    reading: Reading
    kinds: tuple[tuple[str, int], ...]
    own: int
    """How many statements no other document can make."""


def facts(archive: zipfile.ZipFile) -> Facts:
    held = json.loads(archive.read("facts.json"))
    kinds = tuple((name, n) for name, n in held["kinds"])
    return Facts(outlines.restored(held["outline"]), restored(held["reading"]), kinds, held["own"])
