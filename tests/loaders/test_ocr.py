"""Text out of OCR is read as the document that it was taken from; sound text is not touched."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import ontology
from loaders.reading.plain import read_plain
from loaders.reading.recognised import mended
from loaders.records import Report, Source
from loaders.text import Text
from loaders.understand import understand

SAMPLES = Path(__file__).parents[1] / "samples"
DOCUMENTS = ("harrowdale-2012-child-protection.txt", "saltmere-2015-single-inspection.txt")
WIDTH = 84
A_PAGE = 38


@pytest.fixture(scope="module")
def vocabulary() -> ontology.Vocabulary:
    return ontology.load((SAMPLES / "authorities.ttl",))


def wrapped(words: str) -> list[str]:
    """Every paragraph cut into lines, tables as they are."""
    return [
        line
        for paragraph in words.splitlines()
        for line in (
            [paragraph] if "\t" in paragraph else textwrap.wrap(paragraph, WIDTH, break_on_hyphens=False) or [""]
        )
    ]


def numbered(lines: Sequence[str], head: str = "") -> list[str]:
    """A page number every so many lines, most of them in the middle of a sentence."""
    out: list[str] = []
    for at, line in enumerate(lines, 1):
        out.append(line)
        if at % A_PAGE == 0:
            out += ["", str(at // A_PAGE), *([head] if head else []), ""]
    return out


def pages(words: str) -> str:
    return "\n".join(numbered(wrapped(words)))


def running(words: str) -> str:
    return "\n".join(numbered(wrapped(words), "Inspection of services in an invented place"))


def with_form_feeds(words: str) -> str:
    return re.sub(r"\n\n(\d+)\n\n", r"\n\1\n\f", pages(words))


def hyphens(words: str) -> str:
    """Long words at the end of lines broken in two."""
    chance = random.Random(7)
    lines = wrapped(words)
    for at in range(len(lines) - 1):
        found = re.match(r"([a-z]{4,})([a-z]{4,}) ", lines[at + 1])
        if found and lines[at] and "\t" not in lines[at] and chance.random() < 0.7:
            lines[at] += f" {found[1]}-"
            lines[at + 1] = lines[at + 1][len(found[1]) :]
    return "\n".join(lines)


def double_spaced(words: str) -> str:
    return "\n\n".join(line for line in wrapped(words))


def grown_together(words: str) -> str:
    return re.sub(r"\b(of|in|to|for) the\b(?= \w+ (?:and|of|is|was|are))", r"\1the", words)


DAMAGES: dict[str, Callable[[str], str]] = {
    one.__name__: one for one in (pages, running, with_form_feeds, hyphens, double_spaced, grown_together)
}


def report(words: str, vocabulary: ontology.Vocabulary) -> Report:
    text = read_plain(words.encode(), "report.txt")
    return understand(Source("report.txt", "0" * 64, "text/plain", len(words)), text, vocabulary)


def stated(found: Report) -> dict[str, object]:
    """Facts, judgements and recommendations."""
    inspection = found.inspection
    assert inspection is not None
    return {
        "kind": found.kind,
        "authorities": inspection.authorities,
        "framework": inspection.framework,
        "days": (inspection.start, inspection.end, found.issued),
        "people": [one.name for one in inspection.inspectors],
        "judgements": [(one.area, one.grade) for one in found.judgements],
        "recommendations": [(one.number, one.kind, one.statement) for one in found.recommendations],
    }


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_copy_states_what_the_original_does(name: str, damage: str, vocabulary: ontology.Vocabulary) -> None:
    sound = (SAMPLES / name).read_text(encoding="utf-8")
    damaged = DAMAGES[damage](sound)
    assert damaged != sound
    original, copy = report(sound, vocabulary), report(damaged, vocabulary)
    assert stated(copy) == stated(original)
    lost = {one.statement for one in original.findings} - {one.statement for one in copy.findings}
    assert len(lost) <= 0.04 * len(original.findings), lost


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_sound_text_is_not_touched(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert mended(lines) == lines


PROSE = (
    "Leaders have strengthened the way in which they check practice and learn from complaints made by children "
    "and by their parents. Social workers visit often, and they write down what children tell them in words that "
    "a child can understand. Managers read these records every month and talk about them with their teams. "
) * 3
OTHER = (
    "Foster carers are well trained and say that they can always reach somebody when they need advice at night. "
    "Reviews take place on time and children help to choose who comes to them. Plans for permanence are made "
    "early, and few children now wait for long before they know where they will live until they are grown. "
) * 3


def read(lines: Sequence[str]) -> Text:
    return read_plain("\n".join(lines).encode(), "page.txt")


def test_columns_that_stand_side_by_side_are_read_one_after_the_other() -> None:
    left, right = textwrap.wrap(PROSE, 48), textwrap.wrap(OTHER, 48)
    lines = [f"{one:<54}{other}" for one, other in zip(left, right, strict=False)]
    found = " ".join(read(["Practice", "", *lines]).content.split())
    assert PROSE[:200] in found
    assert OTHER[:200] in found


def test_a_table_set_with_spaces_is_not_taken_for_columns_but_for_rows() -> None:
    cells = [("Overall effectiveness", "Good"), ("Leadership", "Good")] * 8
    rows = [f"{name:<40}{grade}" for name, grade in cells]
    assert [line for line in mended(rows) if line] == [f"{name}\t{grade}" for name, grade in cells]


def test_cells_of_several_lines_are_put_together_wherever_the_second_one_stands() -> None:
    table = [
        *(("The quality of what is done for", "Requires improvement"), ("those who stay", "to be good"), ("", "")),
        *(("", "Requires improvement"), ("All of it", ""), ("", "to be good")),
    ]
    text = read([PROSE, "", *(f"{first:<44}{second}".rstrip() for first, second in table), "", OTHER] + [""] * 6)
    rows = [[text.words(cell) for cell in block.cells] for block in text.blocks if block.kind == "row"]
    grade = "Requires improvement to be good"
    assert rows == [["The quality of what is done for those who stay", grade], ["All of it", grade]]


def test_a_bullet_on_a_line_of_its_own_belongs_to_the_words_below() -> None:
    lines = [
        *textwrap.wrap(PROSE, 70),
        "",
        "•",
        "",
        "the quality of visits",
        "",
        "•",
        "",
        "the pace of change",
        "",
        "2.",
        "",
        "Visits",
    ]
    text = read(lines)
    assert [text.words(b) for b in text.blocks if b.kind == "bullet"] == ["the quality of visits", "the pace of change"]
    assert (text.blocks[-1].number, text.words(text.blocks[-1])) == ("2", "Visits")


def test_true_hyphens_stay_and_broken_words_are_joined() -> None:
    lines = [
        *textwrap.wrap(PROSE + OTHER, 70),
        "They were met by a long-",
        "term team whose prac-",
        "tice is sound and",
    ]
    found = " ".join(read([*lines, "this long-term team helps many more children than before."]).content.split())
    assert "a long-term team whose practice is sound" in found


def test_a_number_that_ends_a_list_is_no_page_number() -> None:
    lines = [*textwrap.wrap(PROSE, 70), "", "12", "", "Next steps", "", *textwrap.wrap(OTHER, 70)]
    assert [block.kind for block in read(lines).blocks] == ["paragraph", "heading", "paragraph"]


def test_spaces_lost_after_full_stops_come_back_and_addresses_stay() -> None:
    sentences = ["Visits are timely.Plans are clear.Homes are warm.Carers are kind. See www.example.Org now."]
    assert read([*sentences, *[""] * 12, "End of it all here."]).content.startswith(
        "Visits are timely. Plans are clear. Homes are warm. Carers are kind. See www.example.Org now."
    )


@pytest.mark.parametrize("line", [" " * 60_000, "a" * 60_000, "page " + " " * 60_000, "-" * 60_000, "x   " * 20_000])
def test_odd_lines_cost_no_time(line: str) -> None:
    mended([*textwrap.wrap(PROSE, 70), line, *textwrap.wrap(OTHER, 70)])
