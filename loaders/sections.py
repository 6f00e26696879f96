"""The parts of a document: which blocks stand under which heading, what part they play and which area they judge.

The words by which headings are known are labels in the ontology: roles in `section-role`, areas in `area`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from loaders.phrases import Phrases, once_a_vocabulary, plain
from loaders.text import Block, Text
from ontology import Vocabulary

Role = Literal[
    "cover", "contents", "judgements", "summary", "findings", "recommendations", "method", "information", "statistics",
    "inspectors", "boilerplate",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)

_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-z][.)])\s+")
# A heading that says nothing of its own does not continue one of these when it stands beside it.
_ENDING: frozenset[Role] = frozenset(
    {"recommendations", "information", "method", "boilerplate", "inspectors", "contents"}
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks up to the next one, the heading's own block first.

    `path` holds the headings above it from the outermost; `heading` is None before any heading.
    """

    heading: str | None
    path: tuple[str, ...]
    area: str | None
    role: Role
    blocks: tuple[Block, ...]

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks without headings."""
        return tuple(block for block in self.blocks if block.kind != "heading")


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading that later ones may stand under; `row` is the area that a graded row in its section names."""

    level: int
    heading: str
    role: Role | None
    area: str | None
    row: str | None = None


def sections(text: Text, vocabulary: Vocabulary) -> tuple[Section, ...]:
    """All blocks of the text in order, each in exactly one section; sub-headings inherit role and area from above."""
    words = _heading_words(vocabulary)
    above: list[_Open] = []
    found: list[Section] = []
    for heading, blocks in text.sections():
        if heading is not None:
            above = _under(above, _open(text.words(heading), heading.level, above, words))
        for section in _parts(text, words, above, heading, blocks):
            found.append(section)
            above = _with_row(above, section, text, words)
            heading = None
    return tuple(found)


def role_of(heading: str, vocabulary: Vocabulary) -> Role | None:
    """The part that a section under this heading plays; None where its words do not tell."""
    return _heading_words(vocabulary).role(heading)


def area_of(heading: str, vocabulary: Vocabulary) -> str | None:
    """The area that a heading names, by the longest label in it."""
    return _heading_words(vocabulary).area(heading)


class _HeadingWords:
    """The labels of roles, areas and grades, ready to be looked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        roles = vocabulary.concepts.get("section-role", {})
        self._whole = {plain(label): cast(Role, c.id) for c in roles.values() for label in c.alt}
        self._parts = Phrases((label, cast(Role, c.id)) for c in roles.values() for label in c.hidden)
        self._starts = tuple((plain(cue), cast(Role, c.id)) for c in roles.values() for cue in c.cues)
        areas = vocabulary.concepts["area"].values()
        self._areas = Phrases((label, c.id) for c in areas for label in (c.label, *c.alt, *c.hidden))
        grades = {plain(g) for c in vocabulary.concepts["grade"].values() for g in (c.label, *c.alt, *c.hidden)}
        self._grades = frozenset(grades)
        ends = "|".join(re.escape(grade) for grade in sorted(grades, key=len, reverse=True))
        self._grade = re.compile(rf"[\s:–-]+(?:is |are |that it )*(?:{ends})\W*$")

    def bare(self, heading: str) -> str:
        """The heading in plain letters without number, grade and closing marks."""
        words = plain(_NUMBER.sub("", heading))
        return self._grade.sub("", words).strip(" :?.!*-") or words.strip()

    def role(self, heading: str) -> Role | None:
        bare = self.bare(heading)
        if bare in self._whole:
            return self._whole[bare]
        matches = self._parts.find(bare)
        return max(matches, key=lambda m: (m.end - m.start, -m.start)).value if matches else None

    def area(self, heading: str) -> str | None:
        matches = self._areas.find(self.bare(heading))
        return max(matches, key=lambda m: (m.end - m.start, -m.start)).value if matches else None

    def graded(self, row: str) -> bool:
        """Whether a grade stands at the end."""
        return bool(self._grade.search(plain(row)))

    def is_grade(self, heading: str) -> bool:
        """Whether it is a grade and nothing else, as some reports print it under a heading."""
        return plain(heading).strip(" .:") in self._grades

    def role_of_start(self, words: str) -> Role | None:
        """The part that a paragraph plays whose first words give it away."""
        begun = plain(words[:90])
        return next((role for cue, role in self._starts if begun.startswith(cue)), None)


@once_a_vocabulary
def _heading_words(vocabulary: Vocabulary) -> _HeadingWords:
    return _HeadingWords(vocabulary)


def _open(heading: str, level: int, above: list[_Open], words: _HeadingWords) -> _Open:
    """The heading with what it says itself, and what it takes over from the heading that it stands under."""
    parent = next((o for o in reversed(above) if o.level < level and o.role != "contents"), None)
    beside = next((o for o in reversed(above) if o.level == level), None)
    if beside and words.is_grade(heading):
        return replace(beside, heading=heading)
    role, area = words.role(heading), words.area(heading)
    if role is None:
        inherited = parent.role if parent else None
        role = inherited or (beside.role if beside and beside.role not in _ENDING else None)
    row = None if area else next((o.row for o in reversed(above) if o.row), None)
    return _Open(level, heading, role, area or row or (parent.area if parent else None), row)


def _under(above: list[_Open], new: _Open) -> list[_Open]:
    return [o for o in above if o.level < new.level] + [new]


def _with_row(above: list[_Open], section: Section, text: Text, words: _HeadingWords) -> list[_Open]:
    """`above` with the area that the section's last graded row names, which holds until another one is named.

    Some frameworks print the title of a chapter as a table of one row: the area and its grade.
    """
    if not above or section.role not in ("findings", "summary"):
        return above
    rows = [text.words(block) for block in section.blocks if block.kind == "row"]
    named = [area for row in rows if words.graded(row) and (area := words.area(row))]
    return [*above[:-1], replace(above[-1], row=named[-1])] if named else above


def _parts(
    text: Text, words: _HeadingWords, above: list[_Open], heading: Block | None, blocks: list[Block]
) -> Iterator[Section]:
    """One section, or several where paragraphs under one heading give away that they play another part."""
    name = above[-1].heading if above else None
    path = tuple(o.heading for o in above[:-1])
    area = above[-1].area if above else None
    stated = above[-1].role if above else None
    run: list[Block] = [heading] if heading else []
    current: Role | None = None
    for block in blocks:
        role = _role_of_block(text, words, block, stated, current)
        if current is not None and role != current:
            yield Section(name, path, _judged(area, current), current, tuple(run))
            run = []
        run.append(block)
        current = role
    if run:
        role = current or stated or "cover"
        yield Section(name, path, _judged(area, role), role, tuple(run))


def _judged(area: str | None, role: Role) -> str | None:
    """The area of a section that judges one; background on an area is not part of its judgement."""
    return area if role in ("summary", "findings", "recommendations", "judgements") else None


def _role_of_block(text: Text, words: _HeadingWords, block: Block, stated: Role | None, current: Role | None) -> Role:
    """The section's role, unless the block's first words say another; without heading, prose is the summary."""
    begun = words.role_of_start(text.words(block)) if block.kind != "row" else None
    if begun:
        return begun
    if current == "boilerplate":
        return "boilerplate"
    if stated and stated != "cover":
        return stated
    if block.kind == "row":
        return "judgements"
    return "summary" if current == "summary" or _is_prose(text.words(block)) else "cover"


def _is_prose(words: str) -> bool:
    return len(words) >= 90 and words.rstrip().endswith((".", ":", "”", ")"))
