"""What a query may do: it is parsed, judged, and written anew from the parse, so that nothing unread is passed on.

Oxigraph's own parser glues (`SERVICESILENT<…>` is SERVICE SILENT to it), splits prefixed names at a second dot and ends
comments where other parsers do not. Two parsers that read one text differently are a hole; so what reaches the server
is not the client's text but the tokens of ours, parted by spaces, without comments, every IRI in full.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from urllib.parse import urljoin

from lark import Lark, Token, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from cli.endpoint.refusals import Refused
from cli.endpoint.settings import MAX_NESTING, MAX_TOKENS
from queries import QuerySyntaxError
from queries.syntax import unknown_prefix

UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))
FORMS = frozenset(("SELECT", "CONSTRUCT", "DESCRIBE", "ASK"))
OPENING, CLOSING = frozenset("{(["), frozenset("})]")
ESCAPED = re.compile(r"\\(.)")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
WORD = re.compile(r"\w+|\S|\Z")


@dataclass(frozen=True, slots=True)
class Admitted:
    """A query that may be asked: its form (SELECT, …), its text as it is passed on, line for line, and its dataset.

    The dataset is apart, as parameters of the protocol: a server that takes the union of all graphs where a query names
    none takes it where FROM names one, too (Oxigraph 0.5).
    """

    form: str
    text: str
    dataset: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def grammar() -> Lark:
    """The parser of SPARQL 1.1 queries; making it takes half a second, reading is linear in the text."""
    rules = files("cli.endpoint").joinpath("sparql.lark").read_text(encoding="utf8")
    return Lark(rules, start="query", parser="lalr", lexer="contextual", maybe_placeholders=False)


def admitted(query: str, graphs: Collection[str]) -> Admitted:
    """The query as it may be asked of a store with these named graphs.

    Raises QuerySyntaxError where it is no SPARQL 1.1, Refused (403) for SERVICE, for a graph in FROM that is not in the
    store and for an update, Refused (400) where it nests too deep.
    """
    reading = _Reading(query)
    form, written, dataset = "", list[tuple[int, str]](), list[tuple[str, str]]()
    named = ""
    for token in _tokens(query):
        word = reading.written(token)
        if token.type == "SERVICE":
            raise Refused(403, f"SERVICE is not let through (line {token.line}): this endpoint asks no other server")
        form = form or (token.type if token.type in FORMS else "")
        if token.type == "FROM":
            named = "default-graph-uri"
        elif token.type == "NAMED":
            named = "named-graph-uri"
        elif named:
            if word[1:-1] not in graphs:
                raise Refused(403, f"there is no graph {word} in this store (line {token.line}), and none is fetched")
            dataset.append((named, word[1:-1]))
            named = ""
        elif form:  # the prologue has served its purpose: every IRI is in full
            written.append((token.line or 1, word))
    return Admitted(form, _laid_out(written), tuple(dataset))


def _tokens(query: str) -> Iterator[Token]:
    """The tokens of the query as the parser takes them, and an error at the end if it is not complete."""
    parsing = grammar().parse_interactive(query)
    depth, left, last = 0, MAX_TOKENS, Token("$END", "", 0, 1, 1)
    try:
        for token in parsing.lexer_thread.lex(parsing.parser_state):  # type: ignore[no-untyped-call]
            parsing.feed_token(token)
            depth += (token[0] in OPENING) - (token[-1] in CLOSING) if token.type not in ("STRING", "IRIREF") else 0
            if depth > MAX_NESTING:
                raise Refused(400, f"line {token.line}: brackets nest deeper than {MAX_NESTING}")
            left -= 1
            if not left:
                raise Refused(413, f"a query has at most {MAX_TOKENS} words and signs")
            last = token
            yield token
        parsing.feed_eof(last)  # type: ignore[no-untyped-call]
    except UnexpectedInput as error:
        raise _unread(query, error) from None


class _Reading:
    """How names are to be understood at the place that has been reached."""

    def __init__(self, query: str) -> None:
        self.lines = query.split("\n")
        self.base, self.prefixes = "", dict[str, str]()
        self._declaring: str | None = None

    def written(self, token: Token) -> str:
        """The token as it is passed on: IRIs in full, keywords as they were meant."""
        match token.type:
            case "BASE" | "PREFIX":
                self._declaring = ""
            case "PNAME_NS" if self._declaring is not None:
                self._declaring = str(token)
            case "IRIREF":
                iri = self._full(token)
                if self._declaring is not None:
                    self._declare(iri)
                return f"<{iri}>"
            case "PNAME_LN" | "PNAME_NS":
                return f"<{self._expanded(token)}>"
            case "TRUE" | "FALSE":  # Oxigraph knows these in lower case only
                return token.lower()
            case "NIL" | "ANON":
                return token[0] + token[-1]
        return str(token)

    def _declare(self, iri: str) -> None:
        if self._declaring:
            self.prefixes[self._declaring] = iri
        else:
            self.base = iri
        self._declaring = None

    def _full(self, token: Token) -> str:
        iri = token[1:-1]
        if SCHEME.match(iri):
            return iri
        joined = urljoin(self.base, iri) if self.base else ""
        if not SCHEME.match(joined):
            raise self.error(token, f"{token} is not a full IRI, and no BASE says what it is relative to")
        return joined

    def _expanded(self, token: Token) -> str:
        prefix, _, local = token.partition(":")
        stem = self.prefixes.get(f"{prefix}:")
        if stem is None:
            raise self.error(token, unknown_prefix(prefix, [p.removesuffix(":") for p in self.prefixes]))
        return stem + ESCAPED.sub(r"\1", local)

    def error(self, token: Token, problem: str) -> QuerySyntaxError:
        return _at(self.lines, token.line or 1, token.column or 1, problem)


def _at(lines: list[str], line: int, column: int, problem: str) -> QuerySyntaxError:
    return QuerySyntaxError("query", line, column, problem, lines[line - 1] if line <= len(lines) else "")


def _unread(query: str, error: UnexpectedInput) -> Exception:
    """What is wrong where the parser stopped; an update is told from a slip of the pen."""
    lines = query.split("\n")
    at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    if at_end:
        last = max(1, len(query.rstrip().split("\n")))
        return _at(lines, last, len(lines[last - 1].rstrip()) + 1, "the query ends before it is complete")
    if isinstance(error, UnexpectedToken):
        word, expected = str(error.token), error.expected
    else:
        assert isinstance(error, UnexpectedCharacters)
        found = WORD.match(lines[error.line - 1], error.column - 1)
        word, expected = found[0] if found else "", error.allowed or set()
    if "ASK" in expected and word.upper() in UPDATES:
        return Refused(403, f"{word.upper()} is an update, and this endpoint is read-only")
    return _at(lines, error.line, error.column, f"'{word}' is not expected here")


def _laid_out(words: list[tuple[int, str]]) -> str:
    """The words on the lines that they came from, parted by spaces.

    None stands before a bracket: Oxigraph wants that of some functions right after the name.
    """
    text, at = [], 1
    for line, word in words:
        text.append("\n" * (line - at) if line > at else " " * (word[0] != "("))
        text.append(word)
        at = max(at, line) + word.count("\n")
    return "".join(text)
