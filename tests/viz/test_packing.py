"""What is packed in Python comes out of it again; what a browser makes of it is tested with the pages."""

from hypothesis import given
from hypothesis import strategies as st

from tests.viz.made_graph import texts_of, unpacked
from viz.packing import LETTERS, deflated, packed_texts


def in_page(id: str, words: str) -> str:
    return f'<script type="text/plain" id="{id}">{words}</script>'


@given(st.binary(max_size=400))
def test_bytes_come_out_as_they_went_in(words: bytes) -> None:
    assert unpacked(in_page("x", deflated(words)), "x") == words


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), max_size=20))
def test_texts_of_any_letters_come_out_as_they_went_in(texts: list[str]) -> None:
    assert texts_of(in_page("texts", packed_texts(texts))) == texts


def test_more_words_than_two_bytes_can_tell_apart_come_out_too() -> None:
    texts = [" ".join("abcdefghij"[int(d)] * 2 for d in str(n)) + f" w{chr(0x4E00 + n)}" for n in range(9000)]
    assert texts_of(in_page("texts", packed_texts(texts))) == texts


def test_a_letter_that_stands_alone_and_in_seldom_words_has_one_code() -> None:
    texts = ["one–two three–four five–six", "seven§ eight–§–nine ten–eleven", "§ § § and so on and so on and so on"]
    assert texts_of(in_page("texts", packed_texts(texts))) == texts


@given(st.lists(st.text("ab –é§’.", max_size=30), min_size=1, max_size=30))
def test_texts_of_few_letters_come_out_as_they_went_in(texts: list[str]) -> None:
    assert texts_of(in_page("texts", packed_texts(texts))) == texts


def test_nothing_packed_can_end_a_script() -> None:
    assert not set("<&\\") & set(LETTERS)
