"""The parts of a document: which blocks stand under which heading, what part they play and which area they judge.

The words by which headings are known are labels in the ontology: roles in `section-role`, areas in `area`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from loaders.statements.phrases import Phrases, once_a_vocabulary, plain
from loaders.text import Block, Text
from ontology import Vocabulary

Role = Literal[
    "cover", "contents", "judgements", "summary", "findings", "recommendations", "method", "information", "statistics",
    "inspectors", "boilerplate",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)

_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-z][.)])\s+")
# Some reports print the title of a part as a line of text, where its letters are no larger.
_GRADED_LINE = re.compile(r"\s*(?:the\s+)?graded\s+judge?ment\b", re.IGNORECASE)
_LONGEST_TITLE = 180
_LONGEST_HEADING = 600
"""Characters of a heading; more are no heading, and would be searched in vain."""
# The end of a letter stands under the heading of its last part.
_CLOSES_LETTER = re.compile(
    r"\s*(?:I\s+am\s+(?:also\s+)?copying\s+this\s+letter|(?:a\s+copy\s+of\s+)?this\s+letter\s+(?:is\s+being|will\s+be)\s+"
    r"(?:sent|copied|published))\b",
    re.IGNORECASE,
)
# The title of a box that stands in the midst of a part.
_STUDY = re.compile(r"\bstud(?:y|ies)\b")
_MOST = 0.75
"""Of a line that is taken for a title: how much of it the words of one must be."""
# A heading that says nothing of its own does not continue one of these when it stands beside it.
_ENDING: frozenset[Role] = frozenset(
    {"recommendations", "information", "method", "boilerplate", "inspectors", "contents"}
)
# After one of these the title of a chapter may stand as a table of one row.
_CHAPTERED: frozenset[Role] = frozenset({"findings", "summary", "recommendations", "information"})


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
    graded: bool = False
    """It ends in a grade."""


def sections(text: Text, vocabulary: Vocabulary) -> tuple[Section, ...]:
    """All blocks of the text in order, each in exactly one section; sub-headings inherit role and area from above."""
    words = _heading_words(vocabulary)
    above: list[_Open] = []
    found: list[Section] = []
    for heading, blocks in text.sections():
        if heading is not None:
            above = _under(above, _open(text.words(heading), heading.level, above, words))
        for number, chapter in enumerate(_chapters(blocks, above, text, words)):
            above = _with_row(above, chapter, text, words)
            found += _parts(text, words, above, heading if number == 0 else None, chapter)
    return tuple(found)


def role_of(heading: str, vocabulary: Vocabulary) -> Role | None:
    """The part that a section under this heading plays; None where its words do not tell."""
    return _heading_words(vocabulary).role(heading)


def area_of(heading: str, vocabulary: Vocabulary) -> str | None:
    """The area that a heading names, by the longest label in it."""
    return _heading_words(vocabulary).area(heading)


def heads_a_part(line: str, vocabulary: Vocabulary, *, begun: bool = False) -> bool:
    """Whether a line is the title of a part and nothing else: of a role, or of an area with or without its grade.

    Where it is `begun` on its own, and no sentence goes on with it, it is enough that it begins with such a title.
    """
    return _heading_words(vocabulary).is_title(line, begun=begun)


def ends_in_grade(line: str, vocabulary: Vocabulary) -> bool:
    """Whether a grade stands at the end of a line."""
    return _heading_words(vocabulary).graded(line)


def is_grade(line: str, vocabulary: Vocabulary) -> bool:
    """Whether a line is a grade and nothing else."""
    return _heading_words(vocabulary).is_grade(line)


def names_an_area(words: str, vocabulary: Vocabulary) -> bool:
    """Whether the words are the name of an area and little else."""
    return _heading_words(vocabulary).share_of_area(words) >= 0.6


class _HeadingWords:
    """The labels of roles, areas and grades, ready to be looked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        roles = vocabulary.concepts.get("section-role", {})
        self._whole = {plain(label): cast(Role, c.id) for c in roles.values() for label in c.alt}
        self._parts = Phrases((label, cast(Role, c.id)) for c in roles.values() for label in c.hidden)
        self._starts = tuple((plain(cue), cast(Role, c.id)) for c in roles.values() for cue in c.cues)
        areas = vocabulary.concepts["area"].values()
        self._areas = Phrases((label, c.id) for c in areas for label in (c.label, *c.alt, *c.hidden))
        self._titles = {plain(a).removeprefix("the ") for c in areas for a in (c.label, *c.alt, *c.hidden)}
        grades = {plain(g) for c in vocabulary.concepts["grade"].values() for g in (c.label, *c.alt, *c.hidden)}
        self._grades = frozenset(grades)
        ends = "|".join(re.escape(grade) for grade in sorted(grades, key=len, reverse=True))
        self._grade = re.compile(rf"[\s:–-]+(?:is:? |are:? |that it )*(?:{ends})\W*$")

    def bare(self, heading: str) -> str:
        """The heading in plain letters without number, grade and closing marks."""
        words = plain(_NUMBER.sub("", heading))
        if len(words) > _LONGEST_HEADING:
            return words.strip()
        return self._grade.sub("", words).strip(" :?.!*-") or words.strip()

    def role(self, heading: str) -> Role | None:
        bare = self.bare(heading)
        if bare in self._whole:
            return self._whole[bare]
        # A heading may be without its article, which tells "the overall judgement" from the words in a sentence.
        matches = self._parts.find(bare) or [m for m in self._parts.find(f"the {bare}") if m.phrase == f"the {bare}"]
        return max(matches, key=lambda m: (m.end - m.start, -m.start)).value if matches else None

    def area(self, heading: str) -> str | None:
        matches = self._areas.find(self.bare(heading))
        return max(matches, key=lambda m: (m.end - m.start, -m.start)).value if matches else None

    def share_of_area(self, words: str) -> float:
        """How much of the words the longest label of an area in them covers."""
        matches = self._areas.find(words)
        return max((match.end - match.start for match in matches), default=0) / max(1, len(words.strip()))

    def title(self, row: str) -> str:
        """The words of a graded row without the grade."""
        words = " ".join(row.split())
        end = self._grade.search(plain(words))
        return words[: end.start()] if end and len(plain(words)) == len(words) else words

    def is_area(self, line: str) -> bool:
        """Whether a line without its grade is the name of an area and nothing else."""
        return self.bare(line).removeprefix("the ") in self._titles

    def is_title(self, line: str, *, begun: bool) -> bool:
        """Whether a line is the heading of a role, alone or with the area it is about, or the name of an area."""
        bare = self.bare(line)
        if bare in self._whole or self.is_area(line):
            return True
        matches = [(m.start, m.end) for m in self._parts.find(bare)]
        if not matches or self.graded(line) or _STUDY.search(bare) or self.role(line) == "cover":
            return False
        if begun and any(start == 0 or end == len(bare) for start, end in matches):
            return True
        matches += [(m.start, m.end) for m in self._areas.find(bare)]
        covered = {at for start, end in matches for at in range(start, end)}
        return len(covered) >= _MOST * len(bare)

    def graded(self, row: str) -> bool:
        """Whether a grade stands at the end; empty cells after and between are no words."""
        return bool(self._grade.search(plain(" ".join(row.split())[-_LONGEST_HEADING:])))

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
        if inherited in _ENDING and area and words.graded(heading):
            inherited = "findings"  # no list or background goes on past the title of a judgement
        role = inherited or (beside.role if beside and beside.role not in _ENDING else None)
    row = None if area else next((o.row for o in reversed(above) if o.row), None)
    if area is None and role == "findings" and beside and beside.graded and beside.row is None:
        row = beside.area  # "Inspection findings" set no smaller than the graded title that it belongs to
    return _Open(level, heading, role, area or row or (parent.area if parent else None), row, words.graded(heading))


def _under(above: list[_Open], new: _Open) -> list[_Open]:
    return [o for o in above if o.level < new.level] + [new]


def _chapters(blocks: list[Block], above: list[_Open], text: Text, words: _HeadingWords) -> Iterator[list[Block]]:
    """The blocks under one heading, cut where the title of a chapter stands that is no heading."""
    titles = _titles(blocks, text, words) if above and above[-1].role in _CHAPTERED else set()
    starts = sorted({0, *titles})
    yield from (blocks[start:end] for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True))


def _titles(blocks: list[Block], text: Text, words: _HeadingWords) -> set[int]:
    """Where chapters begin: with a table of one row, an area and its grade, or a line that says the same."""
    rows = [block.kind == "row" and words.graded(text.words(block)) for block in blocks]
    return {
        at
        for at, block in enumerate(blocks)
        if (_is_alone(at, rows) or _is_line(block, text, words)) and words.area(text.words(block))
    }


def _is_line(block: Block, text: Text, words: _HeadingWords) -> bool:
    """Whether a line of text is the title of a judgement: an area and its grade, and nothing else."""
    if block.kind != "paragraph" or block.number is not None or block.span.end - block.span.start > _LONGEST_TITLE:
        return False
    line = text.words(block)
    if line.rstrip().endswith("."):
        return False  # a sentence, such as one on an earlier inspection's grade
    return words.graded(line) and (_GRADED_LINE.match(line) is not None or words.is_area(line))


def _is_alone(at: int, rows: list[bool]) -> bool:
    return rows[at] and not any(rows[max(0, at - 1) : at]) and not any(rows[at + 1 : at + 2])


def _with_row(above: list[_Open], chapter: list[Block], text: Text, words: _HeadingWords) -> list[_Open]:
    """`above` with the area that the title of the chapter or a graded row in it names, until another is named."""
    if not above or above[-1].role not in _CHAPTERED:
        return above
    if _titles(chapter[:1], text, words):
        # What follows is no longer under the heading above the title, such as a summary for children.
        title = text.words(chapter[0])
        at = next((k for k, held in enumerate(above) if held.row), len(above) - 1)
        area = words.area(title)
        return [*above[:at], replace(above[at], heading=words.title(title), role="findings", area=area, row=area)]
    rows = [text.words(block) for block in chapter if block.kind == "row"]
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
    if block.kind == "paragraph" and _CLOSES_LETTER.match(text.words(block)):
        return "boilerplate"
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
