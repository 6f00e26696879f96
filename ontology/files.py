"""The Turtle files of the model: where they lie, and their triples."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ontology.completion import completed
from ontology.namespaces import ONTOLOGY_IRI, PREFIXES

if TYPE_CHECKING:
    import rdflib

_HERE = Path(__file__).parent
_SHAPES = "shapes.ttl"
_GENID = ONTOLOGY_IRI + "/genid/"


class VocabularyError(Exception):
    """A file of the vocabulary that cannot be used.

    `line` and `column` count from 1, and are None where no line or column is to blame.
    """

    def __init__(self, file: Path, line: int | None, message: str, column: int | None = None) -> None:
        self.file, self.line, self.message, self.column = file, line, message, column
        super().__init__(f"{file}:{line}: {message}" if line is not None else f"{file}: {message}")


def turtle_files() -> list[Path]:
    """The model's own Turtle files in a fixed order, without the shapes."""
    return sorted(path for path in _HERE.glob("*.ttl") if path.name != _SHAPES)


def shapes_file() -> Path:
    """The SHACL shapes that data must satisfy."""
    return _HERE / _SHAPES


def rule_files() -> list[Path]:
    """The SPARQL rules by which links are inferred, in the order of their names."""
    return sorted((_HERE / "rules").glob("*.rq"))


def parse(path: Path) -> tuple[ox.Triple, ...]:
    """The triples of one Turtle file as it stands, in its order; VocabularyError where it is missing or broken."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise VocabularyError(path, None, f"cannot be read: {error.strerror}") from None
    return _parse(path, content)


@lru_cache(maxsize=64)
def _parse(path: Path, content: bytes) -> tuple[ox.Triple, ...]:
    try:
        quads = list(ox.parse(content, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        message = str(error.msg).rpartition(": ")[2] or str(error)
        column = error.offset
        place = f" (column {column})" if column else ""
        raise VocabularyError(path, error.lineno, f"not valid Turtle: {message}{place}", column) from None
    return tuple(quad.triple for quad in quads)


def triples(extra: Sequence[Path] = ()) -> list[ox.Triple]:
    """All triples of the model and of `extra`, each once, sorted, blank nodes replaced by stable IRIs.

    Of concepts that `extra` adds, the scheme and class that their IRIs tell are among them.
    """
    model = [triple for path in turtle_files() for triple in _without_blanks(path, parse(path))]
    more = [triple for path in extra for triple in _without_blanks(path, parse(path))]
    return sorted({*model, *more, *completed(model, more)}, key=str)


def graph(extra: Sequence[Path] = ()) -> rdflib.Graph:
    """The same as an rdflib graph, for tools that want one; blank nodes stay, as OWL 2 DL asks for them."""
    import rdflib  # noqa: PLC0415 - slow to import, and only this needs it

    result = rdflib.Graph()
    for path in (*turtle_files(), *extra):
        lines = ox.serialize(parse(path), format=ox.RdfFormat.N_TRIPLES)
        result.parse(data=lines, format="nt")
    for prefix, stem in PREFIXES.items():
        result.bind(prefix, stem)
    return result


def _without_blanks(path: Path, found: Sequence[ox.Triple]) -> list[ox.Triple]:
    """`found` with each blank node named after what it says and where it hangs."""
    said: dict[ox.BlankNode, list[ox.Triple]] = defaultdict(list)
    holders: dict[ox.BlankNode, list[ox.Triple]] = defaultdict(list)
    for triple in found:
        if isinstance(triple.subject, ox.BlankNode):
            said[triple.subject].append(triple)
        if isinstance(triple.object, ox.BlankNode):
            holders[triple.object].append(triple)
    blanks = said.keys() | holders.keys()
    if not blanks:
        return list(found)
    try:
        content = {blank: _content(blank, said) for blank in blanks}
        names = {blank: _name(blank, holders, content) for blank in blanks}
    except RecursionError:
        raise VocabularyError(path, None, "blank nodes that refer to each other in a circle: give them IRIs") from None

    def named(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.Literal | ox.Triple:
        return names[term] if isinstance(term, ox.BlankNode) else term

    return [ox.Triple(named(t.subject), t.predicate, named(t.object)) for t in found]  # type: ignore[arg-type]


def _content(blank: ox.BlankNode, said: dict[ox.BlankNode, list[ox.Triple]]) -> str:
    """What is said of a blank node, in words that do not depend on its label."""
    parts = (
        f"{t.predicate} {_content(t.object, said) if isinstance(t.object, ox.BlankNode) else t.object}"
        for t in said[blank]
    )
    return f"[{' ; '.join(sorted(parts))}]"


def _name(
    blank: ox.BlankNode, holders: dict[ox.BlankNode, list[ox.Triple]], content: dict[ox.BlankNode, str]
) -> ox.NamedNode:
    where = sorted(
        f"{_name(t.subject, holders, content) if isinstance(t.subject, ox.BlankNode) else t.subject} {t.predicate}"
        for t in holders[blank]
    )
    return ox.NamedNode(_GENID + hashlib.sha256("\n".join((*where, content[blank])).encode()).hexdigest()[:16])
