"""Questions to a built graph: the library of `.rq` files and one runner for every source."""

from queries.describe import Description, Quotation, Statement, describe, find
from queries.errors import (
    BadValue,
    NotAGraph,
    NothingKnown,
    QueryError,
    QuerySyntaxError,
    UnknownParameter,
    UnknownQuestion,
)
from queries.labels import labels
from queries.library import Parameter, Question, find_question, library, read_question
from queries.run import Folder, Table, Term, ask, bind, prepare, run, table
from queries.values import Source

__all__ = [
    "BadValue",
    "Description",
    "Folder",
    "NotAGraph",
    "NothingKnown",
    "Parameter",
    "QueryError",
    "QuerySyntaxError",
    "Question",
    "Quotation",
    "Source",
    "Statement",
    "Table",
    "Term",
    "UnknownParameter",
    "UnknownQuestion",
    "ask",
    "bind",
    "describe",
    "find",
    "find_question",
    "labels",
    "library",
    "prepare",
    "read_question",
    "run",
    "table",
]
