"""Which column of an action plan's table holds what, told from the words of its header row.

The words stand in the ontology (scheme `plan-column`); a header may be broken over two or three lines of the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from loaders.statements.phrases import Phrases, once_a_vocabulary
from ontology import Vocabulary

Role = Literal[
    "reference", "recommendation", "action", "expected-impact", "impact-measure", "lead", "due", "lead-and-due",
    "progress", "progress-rating", "impact-rating",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)

_MOST_LINES = 3
_MOST_WORDS = 9
_MOST_WORDS_BELOW = 3
_CLEAN_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})+")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table from left to right: what each holds, where that is known, and its printed title."""

    roles: tuple[Role | None, ...]
    titles: tuple[str, ...]

    def role(self, column: int) -> Role | None:
        """What a column holds; None beyond the header and for columns of no meaning here."""
        return self.roles[column] if column < len(self.roles) else None

    def has(self, *roles: Role) -> bool:
        """Whether there is a column for any of the roles."""
        return any(role in self.roles for role in roles)


@dataclass(frozen=True, slots=True)
class Header:
    """A header found at the top of some rows, and over how many of them it is broken."""

    columns: Columns
    lines: int


def header(rows: Sequence[tuple[str, ...]], vocabulary: Vocabulary) -> Header | None:
    """The header that begins with the first of `rows` (the words of their cells), if that is one."""
    words = _header_words(vocabulary)
    if not rows or not _is_header(rows[0], words):
        return None
    titles, lines = _clean(rows[0]), 1
    for row in rows[1:_MOST_LINES]:
        joined = _joined(titles, row, words)
        if joined is None:
            break
        titles, lines = joined, lines + 1
    return Header(Columns(_roles(titles, words), titles), lines)


class _HeaderWords:
    """The labels of columns, ready to be compared with titles."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        concepts = [c for c in vocabulary.concepts["plan-column"].values() if c.id in ROLES]
        self._whole = {_letters(label): cast(Role, c.id) for c in concepts for label in c.alt}
        self._parts = Phrases((label, cast(Role, c.id)) for c in concepts for label in c.hidden)

    def whole(self, title: str) -> Role | None:
        """The role of a title that is a label and nothing else; letters alone count, as titles break within words."""
        return self._whole.get(_letters(title))

    def role(self, title: str) -> Role | None:
        """The role of a title that is a label or contains one."""
        found = self.whole(title)
        if found or len(title.split()) > _MOST_WORDS:
            return found
        matches = self._parts.find(title)
        return max(matches, key=lambda m: (m.end - m.start, -m.start)).value if matches else None


_header_words = once_a_vocabulary(_HeaderWords)


def _letters(words: str) -> str:
    return re.sub(r"[^a-z]+", "", words.lower())


def _clean(row: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in row)


def _is_header(row: tuple[str, ...], words: _HeaderWords) -> bool:
    """A row that names an action's column and two others, and in which hardly anything is not such a name."""
    named = [words.role(cell) for cell in row if cell.strip()]
    known = {role for role in named if role}
    whole = sum(words.whole(cell) is not None for cell in row)
    unknown = sum(role is None for role in named)
    return "action" in known and len(known) >= 3 and whole >= 2 and unknown <= len(named) // 3


def _joined(titles: tuple[str, ...], row: tuple[str, ...], words: _HeaderWords) -> tuple[str, ...] | None:
    """The titles with what a next line adds, if it does no more than complete them; its first cell may be debris."""
    held = [(column, cell) for column, cell in enumerate(_clean(row)) if cell and column < len(titles)]
    beyond = held[1:] if held and held[0][0] == 0 else held
    if not beyond or (held[0][0] == 0 and _CLEAN_NUMBER.search(held[0][1])):
        return None
    completed = {column: f"{titles[column]} {cell}".strip() for column, cell in beyond}
    if all(_completes(titles[column], cell, words) for column, cell in beyond):
        return tuple(completed.get(column, title) for column, title in enumerate(titles))
    return None


def _completes(title: str, cell: str, words: _HeaderWords) -> bool:
    """Whether a cell goes on with a title: a label comes out, or small letters follow on what is no label yet."""
    if len(cell.split()) > _MOST_WORDS_BELOW or re.search(r"\d", cell):
        return False
    whole = f"{title} {cell}".strip()
    if words.whole(whole):
        return True
    return cell[0].islower() and words.role(whole) is not None and words.whole(title) is None


def _roles(titles: tuple[str, ...], words: _HeaderWords) -> tuple[Role | None, ...]:
    """Each title's role, every role once; what stands unnamed left of the action's column holds references."""
    roles: list[Role | None] = []
    for title in titles:
        role = words.role(title)
        if role == "progress-rating" and role in roles:
            role = "impact-rating"
        roles.append(None if role in roles else role)
    before = roles.index("action") - 1
    if "reference" not in roles and before >= 0 and roles[before] is None:
        roles[before] = "reference"
    return tuple(roles)
