"""The documents' entries and the links put together: graph.nq, graph.ttl, inferred.ttl and the texts."""

from __future__ import annotations

import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph import dataset, iris
from graph.entry import in_order, serialized, without_prefixes
from graph.folder import Layout
from graph.links.draw import Inferred
from graph.links.draw import described as inferred_triples
from ontology import ONTOLOGY_IRI, PREFIXES, RDF, triples

_DOCUMENT = f"<{iris.DOCUMENT}".encode()
_KEY = slice(len(_DOCUMENT), len(_DOCUMENT) + 16)
_TYPE = f" <{RDF.type}> ".encode()


@dataclass(frozen=True, slots=True)
class Kept:
    """One document's packed entry on disk."""

    key: str
    path: Path

    def part(self, name: str) -> bytes:
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(name)


@dataclass(frozen=True, slots=True)
class Assembled:
    """How many quads documents state and each rule infers, and the lines of all that no document states."""

    stated: int
    inferred: tuple[tuple[str, int], ...]
    beyond: tuple[bytes, ...]


def assemble(
    kept: Sequence[Kept],
    links: Sequence[Inferred],
    kinds: Counter[str],
    vocabulary_files: Sequence[Path],
    new: Layout,
) -> Assembled:
    """Write the files of the build; entries are in the order of their keys."""
    inferred = [(link, in_order(inferred_triples(link), link.graph)) for link in links]
    shared = [line for one in kept for line in one.part("shared.nq").splitlines(keepends=True)]
    kinds = kinds + _kinds(shared)
    stated = len(shared)
    stated += _write_turtle(kept, new)
    _write_inferred(inferred, new.inferred)
    counts = {link.rule: len(lines) for link, (lines, _) in inferred}
    beyond = [
        *(line for _, (lines, _) in inferred for line in lines),
        *in_order(triples(vocabulary_files), ONTOLOGY_IRI)[0],
        *in_order(dataset.described(len(kept), stated, counts, kinds), iris.DATASET_GRAPH)[0],
    ]
    with new.quads.open("wb") as file:
        for block in sorted_lines(kept, [*beyond, *shared]):
            file.write(block)
    return Assembled(stated, tuple(sorted(counts.items())), tuple(beyond))


def stated_lines(kept: Sequence[Kept]) -> Iterator[bytes]:
    """All that documents state, in pieces."""
    for one in kept:
        with zipfile.ZipFile(one.path) as archive:
            yield archive.read("own.nq")
            yield archive.read("shared.nq")


def sorted_lines(kept: Sequence[Kept], others: list[bytes]) -> Iterator[bytes]:
    """All lines in the order of their bytes.

    A document's own lines, sorted already, stand together and apart from those of all other documents, so that only
    the other lines need sorting, and only those about a document need merging with its own.
    """
    before: list[bytes] = []
    after: list[bytes] = []
    within: dict[str, list[bytes]] = defaultdict(list)
    for line in others:
        if line.startswith(_DOCUMENT):
            within[line[_KEY].decode()].append(line)
        else:
            (before if line < _DOCUMENT else after).append(line)
    yield b"".join(sorted(before))
    for one in kept:
        own = one.part("own.nq")
        more = within.get(one.key)
        yield b"".join(sorted([*own.splitlines(keepends=True), *more])) if more else own
    yield b"".join(sorted(after))


def _kinds(shared: Sequence[bytes]) -> Counter[str]:
    """How many shared things are of each class, each once however many documents speak of it."""
    typed = {tuple(line.split(b" ", 3)[:3]) for line in shared if _TYPE in line}
    return Counter(kind[1:-1].decode() for _, _, kind in typed)


def _write_turtle(kept: Sequence[Kept], new: Layout) -> int:
    """Write graph.ttl and the texts; how many statements are the documents' own."""
    own = 0
    with new.stated.open("wb") as file:
        file.write(head("What documents state, one section a document."))
        for one in kept:
            with zipfile.ZipFile(one.path) as archive:
                file.write(archive.read("stated.ttl"))
                own += archive.read("own.nq").count(b"\n")
                (new.texts / f"{one.key}.txt").write_bytes(archive.read("text.txt"))
    return own


def _write_inferred(inferred: Sequence[tuple[Inferred, tuple[list[bytes], list[ox.Triple]]]], path: Path) -> None:
    with path.open("wb") as file:
        file.write(head("What follows across documents, one section a rule."))
        for link, (_, ordered) in inferred:
            turtle = serialized(ordered, ox.RdfFormat.TURTLE, PREFIXES)
            file.write(f"\n# {link.rule}\n".encode() + without_prefixes(turtle))


def head(comment: str) -> bytes:
    """How a Turtle file begins: what it holds, and the prefixes of all its sections."""
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    return f"# {comment}\n{prefixes}".encode()
