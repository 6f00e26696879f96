"""As much of SPARQL's grammar as is needed to tell what a query asks for and to put it inside another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
              | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
  | (?P<comment>\#[^\n\r]*)
  | (?P<variable>[?$]\w+)
  | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%])*)
  | (?P<word>[^\W\d_]\w*)
  | (?P<number>\d+)
  | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    start: int
    depth: int
    """How many braces and parentheses are open around it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a query asks for, with what a service needs to be asked for a part of it."""

    form: str
    """SELECT, ASK, CONSTRUCT, DESCRIBE; empty where the text holds none of them."""
    prologue: str
    body: str
    """From the form to the end, without comments and without the outermost LIMIT and OFFSET."""
    ordered: bool
    wrappable: bool
    """Whether the body can stand as a sub-query: it can't where it names its own dataset."""
    limit: int | None
    offset: int


def tokens(sparql: str) -> Iterator[Token]:
    """The words of a query; spaces are left out, and what SPARQL has no token for comes as single characters."""
    depth = 0
    for found in _TOKEN.finditer(sparql):
        kind, text = found.lastgroup or "", found[0]
        depth -= text in ("}", ")")
        yield Token(kind, text, found.start(), depth)
        depth += text in ("{", "(")


def without_comments(sparql: str) -> str:
    """The query with a space for each comment; a # in an IRI, a name or a string is none."""
    return _TOKEN.sub(lambda found: " " if found.lastgroup == "comment" else found[0], sparql)


def shape(sparql: str) -> Shape:
    """The shape of a query; what is no SPARQL has no form."""
    bare = without_comments(sparql)
    outer = [token for token in tokens(bare) if token.depth == 0]
    start = next((place for place, token in enumerate(outer) if _upper(token) in _FORMS), None)
    if start is None:
        return Shape("", "", bare, ordered=False, wrappable=False, limit=None, offset=0)
    begin = outer[start].start
    rest = outer[start:]
    words = [_upper(token) for token in rest]
    slices = {word: rest[words.index(word) + 1] for word in ("LIMIT", "OFFSET") if word in words[:-1]}
    return Shape(
        form=words[0],
        prologue=bare[:begin],
        body=_cut(bare, begin, [(rest[words.index(word)], number) for word, number in slices.items()]),
        ordered="ORDER" in words,
        wrappable="FROM" not in words,
        limit=_number(slices.get("LIMIT")),
        offset=_number(slices.get("OFFSET")) or 0,
    )


def _upper(token: Token) -> str:
    return token.text.upper() if token.kind == "word" else ""


def _number(token: Token | None) -> int | None:
    return int(token.text) if token and token.kind == "number" else None


def _cut(text: str, begin: int, spans: list[tuple[Token, Token]]) -> str:
    """The text from `begin` on without the stretches from each first token to the end of its second."""
    for first, last in sorted(spans, key=lambda span: -span[0].start):
        text = text[: first.start] + text[last.start + len(last.text) :]
    return text[begin:].strip()
