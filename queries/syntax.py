"""Where a SPARQL text goes wrong, said so that a person sees the place."""

from __future__ import annotations

import difflib
import re

import pyoxigraph as ox

import ontology
from queries.errors import QuerySyntaxError

PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
SENTENCE = re.compile(r"(?:^|, )((?:[A-Z][a-z]*|The [A-Z]+) [a-z][^,\[]+)")
"""What the parser says in words; the rest of its message lists tokens that it might have liked."""
OPAQUE = re.compile(r"<[^<>\"{}|^`\\\s]*>|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*")
"""IRIs, strings and comments, in which a colon means nothing."""
DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
USED = re.compile(r"(?<![\w?$:@.-])([A-Za-z][\w.-]*):(?!//)")
WORD = re.compile(r"[^\s.;,(){}]+|\S")


def check_syntax(name: str, sparql: str) -> None:
    """Raises QuerySyntaxError, with the line and a caret under the place, where the text is no SPARQL query."""
    try:
        ox.Store().query(sparql)
    except SyntaxError as error:
        raise _undeclared(name, sparql) or _placed(name, sparql, str(error)) from None


def _undeclared(name: str, sparql: str) -> QuerySyntaxError | None:
    """The first prefix that is used and not declared, with the one that was meant."""
    bare = OPAQUE.sub(lambda m: " " * len(m[0]), sparql)
    declared = DECLARED.findall(bare)
    for m in USED.finditer(bare):
        if m[1] not in declared and not bare[: m.start()].rstrip().upper().endswith("PREFIX"):
            line, column = _position(sparql, m.start())
            return _error(name, sparql, line, column, unknown_prefix(m[1], declared))
    return None


def unknown_prefix(prefix: str, declared: list[str]) -> str:
    """What to say of a prefix that is used and not among the declared ones: its IRI, or the one that was meant."""
    unknown = f"the prefix '{prefix}' is not declared"
    if prefix in ontology.PREFIXES:
        return f"{unknown}; add PREFIX {prefix}: <{ontology.PREFIXES[prefix]}>"
    near = difflib.get_close_matches(prefix, [*declared, *ontology.PREFIXES], n=1, cutoff=0.5)
    return f"{unknown}; did you mean '{near[0]}'?" if near else unknown


def _placed(name: str, sparql: str, said: str) -> QuerySyntaxError:
    if not (m := PLACE.search(said)):
        return QuerySyntaxError(name, None, None, said)
    line, column = int(m[1]), int(m[2])
    if words := SENTENCE.search(m[3]):
        return _error(name, sparql, line, column, words[1].strip())
    rest = "\n".join(sparql.split("\n")[line - 1 :])[column - 1 :]
    token = WORD.search(rest)
    if not token:
        return _error(name, sparql, *_second_opinion(sparql, line, column))
    line, column = _position(sparql, len(sparql) - len(rest) + token.start())
    return _error(name, sparql, line, column, f"'{token[0]}' is not expected here")


def _second_opinion(sparql: str, line: int, column: int) -> tuple[int, int, str]:
    """Where rdflib's parser stops, for texts of which Oxigraph's only says that it came to the end."""
    from pyparsing import ParseException  # noqa: PLC0415 - these take half a second
    from rdflib.plugins.sparql.parser import parseQuery  # noqa: PLC0415

    try:
        parseQuery(sparql)
    except ParseException as error:
        if error.loc < len(sparql.rstrip()):
            return error.lineno, error.column, "from here on it is not understood"
    return line, column, "the query ends before it is complete"


def _position(sparql: str, offset: int) -> tuple[int, int]:
    before = sparql[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _error(name: str, sparql: str, line: int, column: int, problem: str) -> QuerySyntaxError:
    lines = sparql.split("\n")
    return QuerySyntaxError(name, line, column, problem, lines[line - 1] if line <= len(lines) else "")
