"""Plain text becomes a `Text`: blank lines, signs and tabs take the place of fonts.

bytes -> characters -> lines, mended where recognition tore them -> rows (lines that hold words) -> blocks -> text
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.errors import EmptyFile, UnreadableFile
from loaders.reading.drafts import Bit, Draft, cleaned, without_empty, written
from loaders.reading.markers import ends, marker
from loaders.reading.recognised import mended
from loaders.text import BlockKind, Text


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file with how many blank lines stand before it and which page it is on."""

    text: str
    blanks: int
    page: int

    @property
    def words(self) -> str:
        """The line without the white space around it."""
        return self.text.strip()

    @property
    def set_in(self) -> bool:
        """Whether the line begins with white space."""
        return self.text[:1].isspace()


def read_plain(data: bytes, name: str) -> Text:
    """The words of a text file with what layout they show; UnreadableFile or EmptyFile where there are none."""
    bounded(data, name)
    words = decoded(data, name)
    rows = list(rows_of(mended(_LINE_END.split(words))))
    blocks = _from_the_first_level(without_empty(list(drafts(rows))))
    if not blocks:
        raise EmptyFile(name, "the file holds no words", remedy="check that it was saved completely")
    pages = words.rstrip("\f\n\r \t").count("\f") + 1 if "\f" in words else 0
    return written(blocks, pages)


MOST_BYTES = 8 * 2**20
LONGEST_LINE = 300_000
"""Bytes of a line: more than the words of the longest report, all on one line."""


def bounded(data: bytes, name: str) -> None:
    """UnreadableFile for what is more than any document's words, so that no file takes more than its time."""
    problem = ""
    if len(data) > MOST_BYTES:
        problem = f"the text is larger than {MOST_BYTES // 2**20} MB, more than a document's words are"
    elif len(data) > LONGEST_LINE and max(map(len, data.splitlines())) > LONGEST_LINE:
        problem = f"a line of the text is longer than {LONGEST_LINE} characters"
    if problem:
        raise UnreadableFile(name, problem, remedy="save the document anew, with its lines and nothing but its words")


def _from_the_first_level(blocks: list[Draft]) -> list[Draft]:
    """The blocks, their bullets one level up where all are set in."""
    if all(block.level > 1 for block in blocks if block.kind == "bullet"):
        for block in blocks:
            block.level -= block.kind == "bullet"
    return blocks


_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(data: bytes, name: str) -> str:
    """The characters of the bytes: UTF-16 by its mark, UTF-8, or else the Windows code page of western Europe."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    odd = _control(data) if encoding == "utf-8" else None
    try:
        if odd is None:
            return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return data.decode("cp1252", errors="replace")
        odd = error.start
    raise UnreadableFile(
        name, "the file is not text", place=f"byte {odd}", remedy="save the document as PDF or as UTF-8 text"
    )


def _control(data: bytes) -> int | None:
    """Where a byte stands that no text has; a few are let pass, as damaged exports hold some."""
    odd = [found.start() for found in re.finditer(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", data[:65536])]
    zero = data.find(b"\0")
    return zero if zero >= 0 else odd[0] if len(odd) > max(8, len(data[:65536]) // 100) else None


_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x85\u2028\u2029]|(?=\f)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_LONE_NUMBER = re.compile(r"(?:page\s*)?[-–—\s]*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-–—\s]*", re.I)


def rows_of(lines: Sequence[str]) -> Iterator[Row]:
    """The lines that hold words, without lone page numbers."""
    blanks, page = 1, 1
    for at, line in enumerate(lines):
        page += line.count("\f")
        bare = _BOLD.sub(r"\1", line.replace("\f", ""))
        apart = blanks or any(one.startswith("\f") for one in lines[at : at + 3])
        if not re.search(r"\w", bare) or (apart and _is_lone_number(bare.strip())):
            blanks += 1
        else:
            yield Row(bare, blanks, page)
            blanks = 0


def _is_lone_number(words: str) -> bool:
    return len(words) < 40 and _LONE_NUMBER.fullmatch(words) is not None


def drafts(rows: Sequence[Row]) -> Iterator[Draft]:
    """The blocks of the lines."""
    width = wrap_width(rows)
    stray = stray_letters(rows)
    current: Draft | None = None
    for before, row, following in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        if current and before and goes_on(current, before, row, width) and not _stands_apart(before, row, following):
            current.cells[0].append(Bit(row.text, row.page))
            continue
        if current:
            yield current
        current = begun(row, is_heading(row, before, following), following, stray)
    if current:
        yield current


# --- lines that belong together

_SHORT = 60
"""Characters of a line that may be a heading in the midst of others."""


def wrap_width(rows: Sequence[Row]) -> int:
    """At how many characters the lines were wrapped; 0 where each paragraph is one line."""
    single = [row for row in rows if "\t" not in row.text]
    wrapped = [len(above.text) for above, row in pairwise(single) if not row.blanks]
    lengths = sorted(len(row.text) for row in single)
    if len(wrapped) < 3:
        return 0
    width = lengths[int(0.95 * (len(lengths) - 1))]
    full = sum(length >= 0.7 * width for length in wrapped)
    longer = sum(length > 1.5 * width for length in lengths)  # a table's line, an address of the web
    return width if 40 <= width <= 130 and longer <= 0.01 * len(lengths) and full >= 0.4 * len(wrapped) else 0


def goes_on(draft: Draft, above: Row, row: Row, width: int) -> bool:
    """Whether a line continues the block: one that was wrapped, or a sentence that a page's end cut in two."""
    if draft.kind in ("row", "heading") or "\t" in row.text:
        return False
    if begins_item(row.words) and not _is_figure(above, row, width):
        return False
    cut = row.words[0].islower() and not ends(above.words) and sum(len(bit.words) for bit in draft.bits) > 40
    if row.blanks or not width:
        return cut
    if above.words.endswith("-") and row.words[0].islower():
        return True
    full = 0.85 if not cut else 0.6  # lines are cut unevenly where long words follow
    fits = len(above.words) + 1 + len(row.words.split()[0]) < full * width
    return not (fits or (row.set_in and ends(above.words)))


def _stands_apart(above: Row, row: Row, following: Row | None) -> bool:
    """Whether a line after the end of a sentence is a heading without white around it: what follows begins anew."""
    if following is None or row.blanks or not ends(above.words) or ends(row.words) or len(row.words) > _SHORT:
        return False
    anew = begins_item(following.words) or (following.blanks > 0 and following.words[0].isupper())
    return row.words[0].isupper() and anew


def _is_figure(above: Row, row: Row, width: int) -> bool:
    """Whether the number that a wrapped line begins with belongs to the sentence: bare, below a full line."""
    found = number_of(row.words)
    bare = found is not None and found[0].isdigit() and found[1][:1].islower()
    return bool(width) and bare and not row.blanks and not ends(above.words) and len(above.words) > 0.7 * width


# --- what a line begins

_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_NUMBERED = re.compile(r"(?:[-•–]\s+)?(\d{1,3}(?:\.\d{1,2}){0,2}\.?|\d{1,3}\))\s*(?<=[\s.)])(?=[^\W\d_]|[‘“'\"(£])")
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATE = re.compile(rf"\d{{1,2}}\s+(?:{_MONTHS})\b", re.I)
_LETTERED = re.compile(r"(?:[-•–*]\s+)?(\(?(?:[a-z]|[ivx]{1,4})\))\s+(?=\S)")
_DOUBLE = re.compile(r"[-–•*]\s+[✓✔•]\s+")


def begins_item(words: str) -> bool:
    """Whether a line begins a list item or a numbered paragraph."""
    return bool(marker(words) or _LETTERED.match(words) or number_of(words) or _HASHES.match(words))


def number_of(words: str) -> tuple[str, str] | None:
    """The printed number that a line begins with and the words behind it: "12.", "11.1", "- 11.1", or "3 Minutes"."""
    found = _NUMBERED.match(words)
    return (found.group(1), words[found.end() :]) if found and not _DATE.match(words) else None


def begun(row: Row, alone: bool, following: Row | None, stray: frozenset[str]) -> Draft:
    """The block that a line begins; `alone` says that it stands as a heading does."""
    words = row.words
    if "\t" in row.text:
        return _row(row)
    if found := _HASHES.match(words):
        return _draft("heading", row, words[found.end() :], level=len(found.group(1)))
    if numbered := number_of(words):
        return _numbered(row, *numbered, alone, following)
    return _item(row, words, stray) or _draft("heading" if alone else "paragraph", row, words, level=int(alone))


def _row(row: Row) -> Draft:
    cells = row.text.split("\t")
    found = marker(cells[0]) if len(cells) == 2 else None  # in wider tables the first cell is a reference
    if found and found.number:
        cells[0] = cells[0][found.end :]
    return Draft("row", cells=[[Bit(cell, row.page)] for cell in cells], printed=found.printed if found else "")


def _numbered(row: Row, printed: str, words: str, alone: bool, following: Row | None) -> Draft:
    below = following is not None and (number_of(following.words) or ("",))[0].startswith(f"{printed.rstrip('.')}.")
    if (alone or (below and len(words) < 90)) and not ends(words):
        return _draft("heading", row, words, printed, level=1 + printed.rstrip(".").count("."))
    if "." in printed or ")" in printed:
        return _draft("paragraph", row, words, printed)
    return _draft("paragraph", row, row.words)


def _item(row: Row, words: str, stray: frozenset[str]) -> Draft | None:
    if lettered := _LETTERED.match(words):
        return _draft("bullet", row, words[lettered.end() :], lettered.group(1), level=1)
    if ticked := _DOUBLE.match(words):
        return _draft("bullet", row, words[ticked.end() :], level=1)
    if words[:2] in stray:
        return _draft("bullet", row, words[2:], level=1)
    if found := marker(words):
        level = 0 if found.kind != "bullet" else 2 if row.set_in else 1
        return _draft(found.kind, row, words[found.end :], found.number or "", level)
    return None


def _draft(kind: BlockKind, row: Row, words: str, printed: str = "", level: int = 0) -> Draft:
    return Draft(kind, cells=[[Bit(words, row.page)]], level=level, printed=printed)


def stray_letters(rows: Sequence[Row]) -> frozenset[str]:
    """Capital letters that stand before many lines: bullets that a scan took for letters."""
    counts: dict[str, int] = {}
    for row in rows:
        if re.match(r"[B-HJ-Z] [A-Z]", row.words):
            counts[row.words[:2]] = counts.get(row.words[:2], 0) + 1
    return frozenset(sign for sign, count in counts.items() if count >= 3)


_NO_HEADING = re.compile(
    r"@|www\.|https?:|\d{5}|\b\d{3,4} \d{3,4}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|^\d[A-Z]{2}$|©"
    r"|\d[.:]\d\d ?[ap]m\b|^(?:dear|yours|to|that|there|this|it|we|thank)\b|[^:]{2,40}:\s"
    r"|\b(?:is|are|was|were|has|have) \w+$",
    re.I,
)


def is_heading(row: Row, before: Row | None, following: Row | None) -> bool:
    """A short line that stands alone, begins with a capital letter and does not end as a sentence does."""
    words = cleaned(row.words).lstrip("-•– ")
    if row.set_in or not 2 < len(words) <= 130 or (ends(words) and words[-1] != "?") or words[-1] in ",-–":
        return False
    if (
        following is None
        or not following.blanks
        or following.words[0].islower()
        or _NO_HEADING.search(words)
        or _DATE.match(words)
    ):
        return False
    if before is not None and not row.blanks and not before.words.startswith("Dear "):
        return False
    first = next((letter for letter in words if letter.isalpha()), "")
    return first.isupper()
