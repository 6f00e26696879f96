"""Plain text becomes a `Text`: what blank lines, signs and tabs tell of the layout takes the place of fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.errors import EmptyFile, UnreadableFile
from loaders.layout import Draft, marker, written
from loaders.text import Text


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: `blanks` before it, the page it stands on, and whether it is set in."""

    text: str
    blanks: int
    page: int
    indented: bool


def read_plain(data: bytes, name: str) -> Text:
    """The words of a text file with what layout they show; UnreadableFile or EmptyFile where there are none."""
    words = decoded(data, name)
    rows = list(rows_of(words))
    if not rows:
        raise EmptyFile(name, "the file holds no words", remedy="check that it was saved completely")
    pages = words.rstrip("\f\n\r \t").count("\f") + 1 if "\f" in words else 0
    text = written(list(drafts(rows)), max(pages, 1))
    return text if pages else Text(text.content, text.blocks)


_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(data: bytes, name: str) -> str:
    """The characters of the bytes: UTF-16 by its mark, UTF-8, or else the Windows code page of western Europe."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and not _binary(data):
            return data.decode("cp1252", errors="replace")
        raise UnreadableFile(
            name,
            f"the file is not text ({encoding} expected)",
            place=f"byte {error.start}",
            remedy="save it as UTF-8 text or as PDF",
        ) from error


def _binary(data: bytes) -> bool:
    head = data[:65536]
    odd = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return b"\0" in head or odd > len(head) // 50


_LONE_NUMBER = re.compile(r"(?:page\s*)?[-–\s]*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-–\s]*", re.I)


def rows_of(words: str) -> Iterator[Row]:
    """The lines that hold words, without lone page numbers."""
    blanks, page = 1, 1
    for line in re.split(r"\r\n|[\n\r\x0b\x85\u2028\u2029]|(?=\f)", words):
        page += line.count("\f")
        line = line.replace("\f", "")
        bare = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"\1", line)
        if not re.search(r"\w", bare):
            blanks += not bare.strip()
        elif _LONE_NUMBER.fullmatch(bare.strip()) and blanks:
            blanks += 1
        else:
            yield Row(bare, blanks, page, line[:1] in " \t")
            blanks = 0


# --- blocks

_ENDS = re.compile(r"[.!?:;][’”\"')\]]*$")


def drafts(rows: Sequence[Row]) -> Iterator[Draft]:
    """The blocks of the lines."""
    width = wrap_width(rows)
    current: Draft | None = None
    before: Row | None = None
    for at, row in enumerate(rows):
        following = rows[at + 1] if at + 1 < len(rows) else None
        if current and before and goes_on(current, before, row, width):
            current.cells[0].append((row.text, row.page))
        else:
            if current:
                yield current
            current = begun(row, before, following)
        before = row
    if current:
        yield current


def wrap_width(rows: Sequence[Row]) -> int:
    """At how many characters the lines were wrapped by hand; 0 where each paragraph is one line."""
    together = [a for a, b in zip(rows, rows[1:], strict=False) if not b.blanks and "\t" not in a.text]
    lengths = sorted(len(row.text) for row in rows if "\t" not in row.text)
    if len(together) < 3 or not lengths:
        return 0
    width = lengths[int(0.95 * (len(lengths) - 1))]
    full = sum(0.7 * width <= len(row.text) for row in together)
    return width if 40 <= width <= 130 and lengths[-1] <= 1.5 * width and full >= 0.4 * len(together) else 0


def goes_on(draft: Draft, before: Row, row: Row, width: int) -> bool:
    """Whether a line continues the block: a wrapped line, or a sentence that a page cut in two."""
    if draft.kind in ("row", "heading") or "\t" in row.text or marker(row.text.strip()):
        return False
    last = before.text.rstrip()
    first = row.text.lstrip()
    cut = not _ENDS.search(last) and first[0].islower() and len(last) > 40
    if row.blanks:
        return cut
    if not width:
        return cut
    fits = len(last) + 1 + len(first.split()[0]) < 0.85 * width
    return not fits and not (row.indented and _ENDS.search(last))


_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_NUMBERED = re.compile(r"[-•–]?\s*(\d{1,3}(?:\.\d{1,2}){0,2})\.?\s+(?=[^\W\d_])")
_ITEM = re.compile(r"[-•–*✓]\s+(\(?[a-z]{1,4}\))\s+")
_TICKED = re.compile(r"[-–•*]\s+[✓✔]\s+")
_STAR = re.compile(r"\*\s+(?=\S)")
_MONTH = re.compile(r"\d{1,2}\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", re.I)
_NO_HEADING = re.compile(r"@|www\.|https?:|\d{5}|\b\d{3,4} \d{3,4}\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|^dear\b|^yours\b|©", re.I)


def begun(row: Row, before: Row | None, following: Row | None) -> Draft:
    """A new block that begins with this line."""
    words = row.text.strip()
    if "\t" in row.text:
        return Draft("row", cells=[[(cell, row.page)] for cell in row.text.split("\t")])
    if hashes := _HASHES.match(words):
        return Draft("heading", cells=[[(words[hashes.end() :], row.page)]], level=len(hashes.group(1)), size=-len(hashes.group(1)))
    alone = is_heading(row, before, following)
    if (found := _NUMBERED.match(words)) and not _MONTH.match(words) and (alone or "." in found.group()):
        return Draft("heading" if alone else "paragraph", cells=[[(words[found.end() :], row.page)]], number=found.group(1))
    if found := _ITEM.match(words):
        return Draft("bullet", cells=[[(words[found.end() :], row.page)]], number=found.group(1), level=1)
    if found := _TICKED.match(words) or _STAR.match(words):
        return Draft("bullet", cells=[[(words[found.end() :], row.page)]], level=1)
    if sign := marker(words):
        level = 2 if row.indented and sign.kind == "bullet" else 1
        return Draft(sign.kind, cells=[[(words[sign.end :], row.page)]], number=sign.number, marker=sign.sign, level=level if sign.kind == "bullet" else 0)
    if alone:
        return Draft("heading", cells=[[(words, row.page)]], level=1)
    return Draft("paragraph", cells=[[(words, row.page)]])


def is_heading(row: Row, before: Row | None, following: Row | None) -> bool:
    """A short line that stands alone, begins with a capital and does not end as a sentence does."""
    words = row.text.strip().lstrip("-•– ")
    if not 2 < len(words) <= 130 or not row.text[:1].strip() or _ENDS.search(words) or words[-1] in ",-–":
        return False
    if _NO_HEADING.search(words) or _MONTH.match(words):
        return False
    if following is None or not following.blanks:
        return False
    if before is not None and not row.blanks and len(before.text) > 60:
        return False
    first = re.search(r"[^\W\d_]", words)
    return bool(first) and first.group().isupper()
