"""The library of questions: one `.rq` file each, whose head says what it asks.

A head is the comment lines before the first `PREFIX`: the question in plain English, then lines `Row:`, `Caveat:` and
`Parameter NAME (TYPE): help; as in EXAMPLE`. A parameter is a variable that the query itself binds with
`VALUES ?NAME { default }`, so that every file runs as it stands on any SPARQL 1.1 engine; `UNDEF` there means "any".
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from queries.errors import QueryError, UnknownQuestion

HERE = Path(__file__).parent
PARAMETER = re.compile(r"^#\s*Parameter\s+(\w+)\s+\(([\w-]+)\):\s*(.*?)(?:; as in (.+))?$")
FIELD = re.compile(r"^#\s*(Row|Caveat):\s*(.*)$")
VALUES = re.compile(r"VALUES\s+\?(\w+)\s*\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that the asker may bind; `type` is a scheme, authority, integer, decimal, date, text or iri."""

    name: str
    type: str
    default: str
    """As SPARQL: a term, or UNDEF for any."""
    help: str
    example: str = ""
    """A value as a person types it."""


@dataclass(frozen=True, slots=True)
class Question:
    """One file of the library, or any other SPARQL text."""

    name: str
    folder: str
    sparql: str
    question: str = ""
    row: str = ""
    caveats: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()


def read_question(name: str, folder: str, sparql: str) -> Question:
    """The question that a text holds.

    The parameters are those of the head; of a text outside the library (without folder) every variable that a
    `VALUES` binds. Raises QueryError where the head speaks of a parameter that the query does not bind.
    """
    head = [line for line in sparql.split("PREFIX", 1)[0].splitlines() if line.startswith("#")]
    defaults = {m[1]: m[2].strip() for m in VALUES.finditer(sparql)}
    said: dict[str, Parameter] = {}
    fields: dict[str, list[str]] = {"Row": [], "Caveat": []}
    words: list[str] = []
    for line in head:
        if m := PARAMETER.match(line):
            if m[1] not in defaults:
                raise QueryError(f"{name}: the head names a parameter '{m[1]}' that no VALUES binds")
            said[m[1]] = Parameter(m[1], m[2], defaults[m[1]], m[3], m[4] or "")
        elif m := FIELD.match(line):
            fields[m[1]].append(m[2])
        elif line.strip("# "):
            words.append(line.strip("# "))
    if not folder:
        said |= {name: Parameter(name, "term", default, "") for name, default in defaults.items() if name not in said}
    return Question(
        name, folder, sparql, " ".join(words), " ".join(fields["Row"]), tuple(fields["Caveat"]), tuple(said.values())
    )


@lru_cache(maxsize=1)
def library() -> Mapping[str, Question]:
    """Every question that comes with the program, by name, in the order of folders and names."""
    files = sorted(HERE.glob("*/*.rq"))
    return {p.stem: read_question(p.stem, p.parent.name, p.read_text(encoding="utf8")) for p in files}


def find_question(name: str) -> Question:
    """The library's question of that name, else the file at that path; UnknownQuestion with near names otherwise."""
    if name in library():
        return library()[name]
    path = Path(name)
    if path.is_file():
        return read_question(path.name, "", path.read_text(encoding="utf8"))
    raise UnknownQuestion(name, difflib.get_close_matches(name, library(), n=3, cutoff=0.5))
