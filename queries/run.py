"""Asking: one runner for the embedded store and for remote services."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from queries.errors import QuerySyntaxError, UnknownParameter
from queries.library import VALUES, Question
from queries.values import Source, term

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of RDF terms; None where a row leaves a variable unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


def bind(question: Question, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """The question's SPARQL with the defaults of the named parameters replaced by serialised terms.

    The terms come from the RDF library, which escapes them: what a person types never becomes syntax.
    """
    return VALUES.sub(
        lambda m: f"VALUES ?{m[1]} {{ {terms[m[1]]} }}" if m[1] in terms else m[0],
        question.sparql,
    )


def prepare(question: Question, source: Source, parameters: Mapping[str, str]) -> str:
    """The final SPARQL for parameters as a person typed them; UnknownParameter, BadValue, QuerySyntaxError."""
    known = {p.name: p for p in question.parameters}
    for name in parameters:
        if name not in known:
            raise UnknownParameter(question.name, name, tuple(known))
    check_syntax(question)
    return bind(question, {name: term(known[name], value, source) for name, value in parameters.items()})


def check_syntax(question: Question) -> None:
    """Raises QuerySyntaxError, with line and column, where the text is no SPARQL query."""
    try:
        ox.Store().query(question.sparql)
    except SyntaxError as error:
        if m := PLACE.search(str(error)):
            raise QuerySyntaxError(question.name, int(m[1]), int(m[2]), m[3]) from None
        raise QuerySyntaxError(question.name, None, None, str(error)) from None


def ask(
    question: Question, source: Source, parameters: Mapping[str, str] | None = None
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The answer as the source's own result object, ready to be serialised."""
    return source.query(prepare(question, source, parameters or {}))


def table(question: Question, source: Source, parameters: Mapping[str, str] | None = None) -> Table:
    """The answer of a SELECT as a table; an ASK is a table of one cell, a CONSTRUCT one of its triples."""
    answer = ask(question, source, parameters)
    if isinstance(answer, ox.QueryBoolean):
        return Table(("answer",), ((ox.Literal(bool(answer)),),))
    if isinstance(answer, ox.QueryTriples):
        return Table(("subject", "predicate", "object"), tuple((t.subject, t.predicate, t.object) for t in answer))
    columns = tuple(v.value for v in answer.variables)
    return Table(columns, tuple(tuple(row[c] for c in columns) for row in answer))
