"""How a paragraph of a Word document looks, and the number that Word prints before it without storing it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

_DEEPEST = 10  # styles that one is based upon, one after another
_VAL = qn("w:val")
_HEADING = re.compile(r"heading (\d)$", re.I)
_TITLES = {"title": 1, "subtitle": 2}
_LIST = re.compile(r"list (?:bullet|number|continue) ([2-5])$", re.I)


@dataclass(frozen=True, slots=True)
class Look:
    """What styles say of a paragraph: heading level (0: none), its list and bold type.

    `level` is the level that its list counts by, `depth` how deep it looks: lists that look deeper may be lists of
    their own. Both begin with 0.
    """

    heading: int = 0
    list_id: str | None = None
    level: int = 0
    bold: bool = False
    deeper: int = 0

    @property
    def depth(self) -> int:
        """How deep its list looks."""
        return self.level + self.deeper


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Any) -> None:
        self._styles = {style.get(qn("w:styleId")): style for style in root.findall(qn("w:style"))}

    def look(self, paragraph: Any) -> Look:
        """The look of a paragraph: of its style, and what it says itself."""
        properties = paragraph.find(qn("w:pPr"))
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        look = self.of_style(style.get(_VAL) if style is not None else None)
        look = _with(look, properties)
        return replace(look, bold=_is_bold(paragraph, look.bold))

    def of_style(self, style_id: str | None) -> Look:
        """The look of a style, what it is based upon first."""
        chain: list[Any] = []
        while style_id in self._styles and len(chain) < _DEEPEST:
            chain.insert(0, self._styles[style_id])
            based = chain[0].find(qn("w:basedOn"))
            style_id = based.get(_VAL) if based is not None else None
        look = Look()
        for style in chain:
            look = _with(look, style.find(qn("w:pPr")))
            bold = style.find(f"{qn('w:rPr')}/{qn('w:b')}")
            look = replace(look, bold=_is_on(bold) if bold is not None else look.bold)
            named = style.find(qn("w:name"))
            name = (named.get(_VAL) or "").lower() if named is not None else ""
            level = _HEADING.match(name)
            look = replace(look, heading=int(level[1]) if level else _TITLES.get(name, look.heading))
            deep = _LIST.match(name)
            look = replace(look, deeper=int(deep[1]) - 1) if deep else look
        return look


def _with(look: Look, properties: Any) -> Look:
    """The look with what paragraph properties add."""
    if properties is None:
        return look
    outline = properties.find(qn("w:outlineLvl"))
    if outline is not None:
        look = replace(look, heading=(_number(outline) + 1) % 10)  # the tenth is body text
    listed = properties.find(qn("w:numPr"))
    if listed is not None:
        list_id, level = listed.find(qn("w:numId")), listed.find(qn("w:ilvl"))
        look = replace(
            look,
            list_id=list_id.get(_VAL) if list_id is not None else look.list_id,
            level=min(_number(level), 8) if level is not None else look.level,
        )
    return look


def _is_bold(paragraph: Any, by_style: bool) -> bool:
    """Whether all words of a paragraph are bold."""
    runs = [run for run in paragraph.iter(qn("w:r")) if any((t.text or "").strip() for t in run.iter(qn("w:t")))]
    marks = [run.find(f"{qn('w:rPr')}/{qn('w:b')}") for run in runs]
    return bool(runs) and all(by_style if mark is None else _is_on(mark) for mark in marks)


def _is_on(mark: Any) -> bool:
    return mark.get(_VAL, "true") not in ("0", "false", "off", "none")


def _number(element: Any) -> int:
    value = element.get(_VAL) or "0"
    return int(value) if value.isdecimal() and len(value) < 6 else 0


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    printed: str
    """With %1 for the number of the first level, and so on."""
    start: int


class Numbering:
    """The lists of a document, each counting on; asked for its number, a paragraph is counted."""

    def __init__(self, root: Any) -> None:
        self._lists: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for element in root if root is not None else ():
            if element.tag == qn("w:abstractNum"):
                key = element.get(qn("w:abstractNumId")) or ""
                self._levels[key] = {_at(level): _level(level) for level in element.findall(qn("w:lvl"))}
            elif element.tag == qn("w:num"):
                self._add(element)

    def _add(self, element: Any) -> None:
        abstract = element.find(qn("w:abstractNumId"))
        key = element.get(qn("w:numId")) or ""
        self._lists[key] = abstract.get(_VAL, "") if abstract is not None else ""
        overrides = element.findall(qn("w:lvlOverride"))
        starts = ((_at(one), one.find(qn("w:startOverride"))) for one in overrides)
        self._starts[key] = {at: _number(start) for at, start in starts if start is not None}

    def number(self, look: Look) -> tuple[str, bool]:
        """What is printed before a paragraph of that look, and whether it is a mere sign; empty for no list."""
        if look.list_id in (None, "0"):
            return "", False
        key = self._lists.get(look.list_id or "", "")
        levels = self._levels.get(key, {})
        level = levels.get(look.level)
        if level is None or level.form in ("bullet", "none"):
            return "", level is None or level.form == "bullet"
        counts = self._counts.setdefault(key, {})
        for at, start in self._starts.pop(look.list_id or "", {}).items():
            counts[at] = start - 1
        counts[look.level] = counts.get(look.level, level.start - 1) + 1
        for deeper in [at for at in counts if at > look.level]:
            del counts[deeper]
        return _printed(level, levels, counts), False


def _at(element: Any) -> int:
    value = element.get(qn("w:ilvl")) or "0"
    return int(value) if value.isdecimal() and len(value) < 3 else 0


def _level(element: Any) -> _Level:
    form, printed, start = (element.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start"))
    return _Level(
        form.get(_VAL, "decimal") if form is not None else "decimal",
        printed.get(_VAL, "") if printed is not None else "",
        _number(start) if start is not None else 1,
    )


def _printed(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    def counted(mark: re.Match[str]) -> str:
        at = int(mark[1]) - 1
        own = levels.get(at, level)
        return _formed(counts.get(at, own.start), own.form)

    return re.sub(r"%([1-9])", counted, level.printed).strip()


_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def _formed(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and 0 < count <= 26 * 20:
        letter = chr(ord("a") + (count - 1) % 26) * (1 + (count - 1) // 26)
    elif form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        letter = ""
        for value, sign in _ROMAN:
            letter += sign * (count // value)
            count %= value
    else:
        return str(count)
    return letter.upper() if form.startswith("upper") else letter
