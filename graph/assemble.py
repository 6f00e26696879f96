"""The documents' entries and the links put together: graph.nq, graph.ttl, inferred.ttl and the texts."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from graph import dataset, iris
from graph.blocks import Block, Index, write_blocks
from graph.entry import in_order, serialized, without_prefixes
from graph.folder import Layout
from graph.kept import Last
from graph.links.draw import Inferred
from graph.links.draw import described as inferred_triples
from ontology import ONTOLOGY_IRI, PREFIXES, RDF, triples

_DOCUMENT = f"<{iris.DOCUMENT}".encode()
_KEY = slice(len(_DOCUMENT), len(_DOCUMENT) + 16)
_TYPE = f" <{RDF.type}> ".encode()


@dataclass(frozen=True, slots=True)
class Kept:
    """One document's packed entry on disk; its file's name changes whenever anything in it does."""

    key: str
    path: Path
    own: int
    """How many statements no other document can make."""

    @property
    def state(self) -> str:
        return self.path.name

    def part(self, name: str) -> bytes:
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(name)


@dataclass(frozen=True, slots=True)
class Assembled:
    """How many quads documents state and each rule infers, the lines of all that no document states, and the blocks."""

    stated: int
    inferred: tuple[tuple[str, int], ...]
    beyond: frozenset[bytes]
    quads: Index
    turtle: Index


def assemble(  # noqa: PLR0913, PLR0917 - what a build is put together from
    kept: Sequence[Kept],
    links: Sequence[Inferred],
    kinds: Counter[str],
    vocabulary_files: Sequence[Path],
    before: tuple[Layout, Last],
    new: Layout,
) -> Assembled:
    """Write the files of the build; entries are in the order of their keys."""
    old, known = before
    inferred = [(link, in_order(inferred_triples(link), link.graph)) for link in links]
    shared = [line for one in kept for line in one.part("shared.nq").splitlines(keepends=True)]
    kinds = kinds + _kinds(shared)
    stated = len(shared) + sum(one.own for one in kept)
    turtle = write_blocks(new.stated, _turtle(kept), old.stated, known.stated)
    for one in kept:
        (new.texts / f"{one.key}.txt").write_bytes(one.part("text.txt"))
    _write_inferred(inferred, new.inferred)
    counts = {link.rule: len(lines) for link, (lines, _) in inferred}
    covered = dataset.coverage((one.key for one in kept), shared)
    beyond = [
        *(line for _, (lines, _) in inferred for line in lines),
        *in_order(triples(vocabulary_files), ONTOLOGY_IRI)[0],
        *in_order(dataset.described(len(kept), stated, counts, kinds, covered), iris.DATASET_GRAPH)[0],
    ]
    quads = write_blocks(new.quads, sorted_blocks(kept, [*beyond, *shared]), old.quads, known.quads)
    return Assembled(stated, tuple(sorted(counts.items())), frozenset(beyond), quads, turtle)


def stated_lines(kept: Iterable[Kept]) -> Iterator[bytes]:
    """All that documents state, in pieces."""
    for one in kept:
        with zipfile.ZipFile(one.path) as archive:
            yield archive.read("own.nq")
            yield archive.read("shared.nq")


def sorted_blocks(kept: Sequence[Kept], others: list[bytes]) -> Iterator[Block]:
    """All lines in the order of their bytes: before the documents' own, of each document, and after.

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
    yield _block("before", "", before, None)
    for one in kept:
        yield _block(one.key, one.state, within[one.key], one)
    yield _block("after", "", after, None)


def _block(key: str, state: str, more: list[bytes], one: Kept | None) -> Block:
    more.sort()
    digest = hashlib.sha256(b"".join(more)).hexdigest()

    def content() -> bytes:
        own = one.part("own.nq") if one else b""
        return b"".join(sorted([*own.splitlines(keepends=True), *more])) if more else own

    return Block(key, f"{state} {digest}", content)


def _kinds(shared: Sequence[bytes]) -> Counter[str]:
    """How many shared things are of each class, each once however many documents speak of it."""
    typed = {tuple(line.split(b" ", 3)[:3]) for line in shared if _TYPE in line}
    return Counter(kind[1:-1].decode() for _, _, kind in typed)


def _turtle(kept: Sequence[Kept]) -> Iterator[Block]:
    """graph.ttl, a block a document."""
    start = head("What documents state, one section a document.")
    yield Block("head", hashlib.sha256(start).hexdigest(), lambda: start)
    for one in kept:
        yield Block(one.key, one.state, partial(one.part, "stated.ttl"))


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
