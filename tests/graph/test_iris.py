from __future__ import annotations

from datetime import date

import pytest

from graph import iris


@pytest.mark.parametrize(
    "other",
    [
        "PLANS are clear and timely",
        "Plans are clear,\nand timely.",
        "Plans  are clear – and timely",
        "Plans are clear and timely ",
    ],
)
def test_a_statement_keeps_its_key_whatever_its_spacing_case_and_punctuation(other: str) -> None:
    assert iris.statement_key(other) == iris.statement_key("Plans are clear and timely.")


def test_a_ligature_does_not_change_a_statement_s_key() -> None:
    assert iris.statement_key("Staﬀ are eﬃcient") == iris.statement_key("Staff are efficient")


def test_a_figure_changes_a_statement_s_key() -> None:
    assert iris.statement_key("There are 12 children") != iris.statement_key("There are 13 children")


def test_an_inspection_s_codes_are_in_ascending_order_however_they_are_given() -> None:
    one = iris.inspection(("E2", "E1", "E2"), date(2020, 1, 2), "jtai")
    assert one == iris.inspection(("E1", "E2"), date(2020, 1, 2), "jtai")
    assert one.endswith("/id/inspection/E1+E2/2020-01-02/jtai")


def test_one_name_is_one_person_within_a_body_and_another_in_another() -> None:
    assert iris.person("ofsted", "Zoë O’Hara") == iris.person("ofsted", "ZOË O'HARA")
    assert iris.person("ofsted", "Jo Bell") != iris.person("E09999999", "Jo Bell")


def test_a_name_without_latin_letters_still_has_a_slug_of_its_own() -> None:
    assert iris.slug("王芳") != iris.slug("李娜")
