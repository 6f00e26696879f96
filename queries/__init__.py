"""Questions to a built graph: the library of `.rq` files and one runner for every source."""

from queries.describe import Description, Quotation, Statement, describe, find
from queries.errors import (
    BadValue,
    MissingExtra,
    NotAGraph,
    NothingKnown,
    QueryError,
    QuerySyntaxError,
    UnknownParameter,
    UnknownQuestion,
    WrongForm,
)
from queries.labels import labels
from queries.library import Parameter, Question, find_question, library, read_question
from queries.run import Answer, Folder, Table, Term, ask, bind, prepare, run, table
from queries.values import Source, known_names, names
from queries.written import FORMS, write

__all__ = [
    "FORMS",
    "Answer",
    "BadValue",
    "Description",
    "Folder",
    "MissingExtra",
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
    "WrongForm",
    "ask",
    "bind",
    "describe",
    "find",
    "find_question",
    "known_names",
    "labels",
    "library",
    "names",
    "prepare",
    "read_question",
    "run",
    "table",
    "write",
]
