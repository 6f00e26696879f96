"""The errors of asking, which carry what the command line needs to say.

QueryError
  UnknownQuestion     no question or file of that name; `near` are the closest names
  UnknownParameter    the question has no such parameter; `known` are those it has
  BadValue            a parameter's value is not of its type, or no thing has that label; `near` as above
  QuerySyntaxError    the SPARQL does not parse; `line` and `column` from 1, `text` is the line
  NotAGraph           the folder holds no graph that can be opened
  NothingKnown        the graph says nothing of that IRI or name
  WrongForm           an answer of this kind cannot be written in that form; `possible` are those it can
  MissingExtra        the form needs a package that is not installed; `extra` is the extra that brings it

A source that does not answer raises an error of its own.
"""

from __future__ import annotations

from collections.abc import Sequence


class QueryError(Exception):
    """A question could not be asked or was not answered."""


class UnknownQuestion(QueryError):
    """There is no question or file of that name."""

    def __init__(self, name: str, near: Sequence[str]) -> None:
        self.name, self.near = name, tuple(near)
        super().__init__(f"no question or file is called '{name}'" + _meant(near))


class UnknownParameter(QueryError):
    """The question has no parameter of that name."""

    def __init__(self, question: str, name: str, known: Sequence[str]) -> None:
        self.question, self.name, self.known = question, name, tuple(known)
        has = f"it has {', '.join(known)}" if known else "it has none"
        super().__init__(f"'{question}' has no parameter '{name}': {has}")


class BadValue(QueryError):
    """The value is not of the parameter's type, or nothing in the graph has that label."""

    def __init__(self, parameter: str, value: str, expected: str, near: Sequence[str] = ()) -> None:
        self.parameter, self.value, self.expected, self.near = parameter, value, expected, tuple(near)
        super().__init__(f"parameter '{parameter}': '{value}' is not {expected}" + _meant(near))


class QuerySyntaxError(QueryError):
    """The SPARQL does not parse."""

    def __init__(self, name: str, line: int | None, column: int | None, problem: str, text: str = "") -> None:
        self.name, self.line, self.column, self.problem, self.text = name, line, column, problem, text
        where = f", line {line}, column {column}" if line else ""
        super().__init__(f"{name}{where}: {problem}" + _caret(text, column))


class NotAGraph(QueryError):
    """The folder holds no graph that can be opened."""

    def __init__(self, folder: str, problem: str) -> None:
        self.folder, self.problem = folder, problem
        super().__init__(f"{folder} holds no graph that can be opened: {problem}")


class NothingKnown(QueryError):
    """The graph says nothing of that IRI or name."""

    def __init__(self, name: str, near: Sequence[str] = ()) -> None:
        self.name, self.near = name, tuple(near)
        super().__init__(f"the graph says nothing of '{name}'" + _meant(near))


class WrongForm(QueryError):
    """An answer of this kind cannot be written in the form asked for."""

    def __init__(self, form: str, problem: str, possible: Sequence[str]) -> None:
        self.form, self.problem, self.possible = form, problem, tuple(possible)
        super().__init__(f"{problem}, which cannot be written as {form}: use {', '.join(possible)}")


class MissingExtra(QueryError):
    """The form needs a package that is not installed."""

    def __init__(self, form: str, extra: str) -> None:
        self.form, self.extra = form, extra
        super().__init__(f"{form} needs a package that is not installed: pip install 'inspection-graph[{extra}]'")


def _meant(near: Sequence[str]) -> str:
    return f"; did you mean {' or '.join(repr(n) for n in near)}?" if near else ""


def _caret(text: str, column: int | None) -> str:
    """The line and a caret under the column; of a long line only what is near."""
    if not text or column is None:
        return ""
    first = max(0, column - 60)
    shown = text[first : first + 100].replace("\t", " ")
    return f"\n  {shown}\n  {' ' * (column - 1 - first)}^"
