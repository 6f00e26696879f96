"""Plain text shows its layout by blank lines, signs and tabs; any bytes give a text or one clear error."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import LoaderError, UnreadableFile
from loaders.reading.plain import read_plain
from loaders.text import Text


def read(words: str) -> Text:
    return read_plain(words.encode(), "letter.txt")


def said(text: Text) -> list[tuple[str, str | None, str]]:
    return [(block.kind, block.number, text.words(block)) for block in text.blocks]


def test_a_short_line_between_blanks_is_a_heading_and_an_address_is_not() -> None:
    text = read(
        "Harrow Cross HD1 4QT\n\n17 April 2019\n\nDear Ms Venn\nFocused visit to Harrowdale\n\nThis letter says much.\n"
    )
    assert [block.kind for block in text.blocks] == ["paragraph", "paragraph", "paragraph", "heading", "paragraph"]


def test_hash_signs_and_stars_are_taken_as_headings_and_bold() -> None:
    text = read("## What we found\nServices are **good** here.\n")
    assert said(text) == [("heading", None, "What we found"), ("paragraph", None, "Services are good here.")]
    assert text.blocks[0].level == 2


def test_bullets_ticks_letters_and_numbers_keep_what_they_are() -> None:
    text = read("- first\n- ✓ second\n • third\n- a) Note the report\n12. A paragraph.\n- 11.1 Nobody came.\n")
    assert said(text) == [
        ("bullet", None, "first"),
        ("bullet", None, "second"),
        ("bullet", None, "third"),
        ("bullet", "a)", "Note the report"),
        ("paragraph", "12", "A paragraph."),
        ("paragraph", "11.1", "Nobody came."),
    ]
    assert [block.level for block in text.blocks] == [1, 1, 2, 1, 0, 0]


def test_an_item_of_an_agenda_is_a_heading_with_its_number() -> None:
    text = read(
        "2 Minutes of the last meeting\n\nThey were agreed.\n\n- 3 Young carers\n- 3.1 The report was read.\n10.00am\n"
    )
    assert said(text) == [
        ("heading", "2", "Minutes of the last meeting"),
        ("paragraph", None, "They were agreed."),
        ("heading", "3", "Young carers"),
        ("paragraph", "3.1", "The report was read."),
        ("paragraph", None, "10.00am"),
    ]


def test_a_sentence_cut_by_the_end_of_a_page_is_one_paragraph() -> None:
    cut = "13. Considerable effort is being made by the council for the\n\n\nmanagement of plans.\n\n"
    text = read(f"{cut}New words.\n\n4\n\nMore.\n")
    assert said(text) == [
        ("paragraph", "13", "Considerable effort is being made by the council for the management of plans."),
        ("paragraph", None, "New words."),
        ("paragraph", None, "More."),
    ]


WRAPPED = """This letter tells what was found in the course of a visit to the council, which
lasted for two days in the month of November. Inspectors met with workers there.

Leaders have made progress since the last visit was made to them, and they know
what is still to do. Plans are clear. The team of those who work at night has
been joined with that of the day.
 There have been many changes of staff, and this has meant that some children had
to tell their story again.
"""


def test_lines_wrapped_by_hand_become_paragraphs() -> None:
    text = read(WRAPPED)
    assert [text.words(block).split()[0] for block in text.blocks] == ["This", "Leaders", "There"]
    assert text.words(text.blocks[0]).endswith("met with workers there.")


def test_a_list_of_names_is_not_run_together() -> None:
    text = read(
        "Members of the Committee\n\nMargery Oakeshott (Chair)\nAnil Raichura\nConstance Dray\nBernard Uttley\n"
    )
    assert [text.words(block) for block in text.blocks][1:] == [
        "Margery Oakeshott (Chair)",
        "Anil Raichura",
        "Constance Dray",
        "Bernard Uttley",
    ]


def test_tabs_part_cells_and_empty_cells_are_kept() -> None:
    text = read("1.1\tWrite a guide\t\tJune 2018\t\nGood\t12\n")
    assert [[text.words(cell) for cell in block.cells] for block in text.blocks] == [
        ["1.1", "Write a guide", "", "June 2018", ""],
        ["Good", "12"],
    ]


def test_form_feeds_are_pages_and_a_text_without_them_has_none() -> None:
    text = read("One.\fTwo.\n\fThree.\n")
    assert [text.page(block.span.start) for block in text.blocks] == [1, 2, 3]
    assert read("One.\n").page(0) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_that_office_programs_write_are_read(encoding: str) -> None:
    text = read_plain("Café – “well” led\r\nnaïve\r\n".encode(encoding), "a.txt")
    assert text.content == "Café – “well” led\nnaïve\n"


def test_bytes_that_are_no_text_are_refused_with_their_place() -> None:
    with pytest.raises(UnreadableFile, match=r"picture\.txt, byte 4: the file is not text"):
        read_plain(b"abcd\x00\x01\x02", "picture.txt")


LINES = st.text(alphabet=st.sampled_from("abc AB.12-•\t\n\r\f*#:)(,é\u00a0\u200b\u202e\x07"), max_size=400)


@given(
    st.one_of(
        st.binary(max_size=300),
        LINES.map(str.encode),
        st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")),
    )
)
def test_any_bytes_give_a_sound_text_or_one_clear_error(data: bytes) -> None:
    try:
        text = read_plain(data, "any.txt")
    except LoaderError as error:
        assert error.file == "any.txt"
        assert error.problem
        assert error.remedy
        return
    assert text.content == unicodedata.normalize("NFC", text.content)
    assert not [c for c in text.content if unicodedata.category(c) == "Cc" and c not in "\n\t"]
    assert all(before.span.end < after.span.start for before, after in pairwise(text.blocks))
    assert all("\n" not in text.words(block) and text.words(block).strip() for block in text.blocks)
    assert list(text.page_starts) == sorted(text.page_starts)
    assert all(start <= len(text.content) for start in text.page_starts)


@pytest.mark.parametrize("data", [b"Some words stand here.\n" * 400_000, b"word " * 70_000], ids=["large", "one line"])
def test_more_than_a_documents_words_is_refused_at_once(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"larger than 8 MB|longer than 300000 characters"):
        read_plain(data, "notes.txt")
