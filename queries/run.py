"""Asking: one runner for the embedded store and for remote services."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from queries.errors import NotAGraph, UnknownParameter
from queries.labels import labels
from queries.library import VALUES, Question, find_question
from queries.syntax import check_syntax
from queries.values import Source, term

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
HEAD = re.compile(r"\A(?:[ \t]*(?:#[^\n]*)?\n)+")
ANY = re.compile(r"[ \t]*VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}[ \t]*\n?")
PYTHON: Mapping[str, Callable[[str], object]] = {
    "integer": int,
    "nonNegativeInteger": int,
    "decimal": float,
    "double": float,
    "boolean": lambda word: word in ("true", "1"),
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
}
"""From the value of a literal to what tables of numbers want, by the last part of its datatype."""


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of RDF terms; None where a row leaves a variable unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    beyond: int = 0
    """Rows of the answer that were counted and not kept."""

    def records(self, names: Mapping[str, str] | None = None) -> list[dict[str, object]]:
        """One dictionary a row with plain values: `pandas.DataFrame(table.records())` is a table of them.

        Numbers, dates and truth values are Python's, everything else text; `names` are labels to write for IRIs.
        """
        shown = names or {}
        return [{c: python_value(t, shown) for c, t in zip(self.columns, row, strict=True)} for row in self.rows]


def bind(question: Question, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """The question's SPARQL with the defaults of the named parameters replaced by serialised terms.

    The terms come from the RDF library, which escapes them: what a person types never becomes syntax. A parameter
    that stays "any" loses its `VALUES`, which says nothing and which some engines join badly.
    """
    bound = VALUES.sub(lambda m: f"VALUES ?{m[1]} {{ {terms[m[1]]} }}" if m[1] in terms else m[0], question.sparql)
    known = {p.name for p in question.parameters} - terms.keys()
    return ANY.sub(lambda m: "" if m[1] in known else m[0], bound)


def prepare(question: Question, source: Source, parameters: Mapping[str, str]) -> str:
    """The final SPARQL for parameters as a person typed them; UnknownParameter, BadValue, QuerySyntaxError."""
    known = {p.name: p for p in question.parameters}
    for name in parameters:
        if name not in known:
            raise UnknownParameter(question.name, name, tuple(known))
    check_syntax(question.name, question.sparql)
    return bind(question, {name: term(known[name], value, source) for name, value in parameters.items()})


def ask(question: Question, source: Source, parameters: Mapping[str, str] | None = None) -> Answer:
    """The answer as the source's own result object, ready to be written."""
    # without the head: SPARQLWrapper takes the first verb that it meets for the form of the query, in comments too
    return source.query(HEAD.sub("", prepare(question, source, parameters or {})))


def table(
    question: Question, source: Source, parameters: Mapping[str, str] | None = None, *, most: int | None = None
) -> Table:
    """The answer of a SELECT as a table; an ASK is a table of one cell, a CONSTRUCT one of its triples.

    With `most`, only so many rows are kept; the others are counted.
    """
    answer = ask(question, source, parameters)
    if isinstance(answer, ox.QueryBoolean):
        return Table(("answer",), ((ox.Literal(bool(answer)),),))
    if isinstance(answer, ox.QueryTriples):
        columns: tuple[str, ...] = ("subject", "predicate", "object")
        rows: Iterator[tuple[Term | None, ...]] = ((t.subject, t.predicate, t.object) for t in answer)
    else:
        columns = tuple(v.value for v in answer.variables)
        rows = (tuple(row[c] for c in columns) for row in answer)
    kept = tuple(islice(rows, most))
    return Table(columns, kept, sum(1 for _ in rows))


class Folder:
    """The graph in a folder that a build left behind, all its named graphs taken together."""

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        try:
            self._store = ox.Store.read_only(str(folder / "store"))
        except OSError as error:
            raise NotAGraph(self.name, str(error)) from None

    def query(self, sparql: str) -> Answer:
        """Answer one query."""
        return self._store.query(sparql, use_default_graph_as_union=True)


def run(
    name: str, graph: Source | Path | str, *, labelled: bool = False, **parameters: object
) -> list[dict[str, object]]:
    """The answer to a question of the library as rows for a data frame: `pandas.DataFrame(run("cohorts", "my-graph"))`.

    `graph` is the folder of a build, or a source that is open already (faster for several questions). Parameters are
    as a person types them; with `labelled`, IRIs come as their labels.
    """
    source = Folder(Path(graph)) if isinstance(graph, (str, Path)) else graph
    answer = table(find_question(name), source, {key: str(value) for key, value in parameters.items()})
    iris = {t.value for row in answer.rows for t in row if isinstance(t, ox.NamedNode)} if labelled else set()
    return answer.records(labels(source, iris))


def python_value(term: Term | None, names: Mapping[str, str] | None = None) -> object:
    """Numbers, dates and truth values as Python's, everything else as text; `names` are labels to write for IRIs."""
    match term:
        case None:
            return None
        case ox.NamedNode():
            return (names or {}).get(term.value, term.value)
        case ox.Literal():
            try:
                return PYTHON.get(term.datatype.value.rpartition("#")[2], str)(term.value)
            except ValueError:  # "2014-13-01"^^xsd:date stays what its source wrote
                return term.value
        case ox.BlankNode():
            return term.value
    return str(term)
