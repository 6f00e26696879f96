"""An action plan printed as a ruled table gives the same actions as its text, however its cells wrap."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A3, landscape

import ontology
from loaders.packs.plans import Place, ReadPlan, read_plan
from loaders.reading.pdf import read_pdf
from loaders.reading.ruled import Rule, grids
from loaders.records import Action
from tests.loaders.drawn_plans import in_one_table, ruled

SAMPLES = Path(__file__).parents[1] / "samples"
PACK = SAMPLES / "harrowdale-2017-committee-pack.txt"
LOOKS = {
    "a grid": {},
    "words in the middle of their cells": {"style": [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]},
    "a shaded header": {"style": [("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)]},
    "boxes instead of lines": {"style": [("GRID", (0, 0), (-1, -1), 2.5, colors.grey)]},
    "a large sheet": {"size": landscape(A3)},
}


@pytest.fixture(scope="module")
def vocabulary() -> ontology.Vocabulary:
    return ontology.load((SAMPLES / "authorities.ttl",))


def read(data: bytes, vocabulary: ontology.Vocabulary) -> ReadPlan:
    text = read_pdf(data, "plan.pdf")
    plan = read_plan(text.blocks, text, vocabulary, Place(None, "body"))
    assert plan is not None
    return plan


def fields(one: Action) -> dict[str, Any]:
    return {
        "action": one.statement,
        "expected_impact": one.expected_impact,
        "impact_measure": list(one.impact_measures),
        "leads": [lead.name for lead in one.leads],
        "due": one.due.isoformat() if one.due else None,
        "progress": one.progress,
        "progress_rating": one.progress_rating,
        "impact_rating": one.impact_rating,
    }


def expected() -> list[dict[str, Any]]:
    actions: list[dict[str, Any]] = json.loads(Path(f"{PACK}.expected.json").read_text(encoding="utf-8"))["actions"]
    return actions


@pytest.mark.parametrize("look", LOOKS)
def test_a_ruled_plan_reads_field_by_field_as_its_text_does(look: str, vocabulary: ontology.Vocabulary) -> None:
    plan = read(ruled(PACK.read_text(encoding="utf-8"), **LOOKS[look]), vocabulary)
    assert [fields(one) for one in plan.plan.actions] == [
        {key: one[key] for key in fields(plan.plan.actions[0])} for one in expected()
    ]
    assert [one.reference for one in plan.plan.actions] == [one["ref"] for one in expected()]
    answered = [plan.recommendations[one.addresses[0]].number for one in plan.plan.actions]
    assert answered == [one["recommendation"] for one in expected()]


def test_a_header_repeated_on_each_page_is_no_action(vocabulary: ontology.Vocabulary) -> None:
    plan = read(in_one_table(PACK.read_text(encoding="utf-8")), vocabulary)
    assert [fields(one) for one in plan.plan.actions] == [
        {key: one[key] for key in fields(plan.plan.actions[0])} for one in expected()
    ]


def test_each_row_of_a_ruled_table_is_one_block_with_its_cells() -> None:
    text = read_pdf(in_one_table(PACK.read_text(encoding="utf-8")), "plan.pdf")
    rows = [block for block in text.blocks if block.kind == "row"]
    assert {len(row.cells) for row in rows} == {8}
    assert len(rows) == 15 + len(text.page_starts)
    assert all(text.content[cell.start : cell.end] == text.words(cell) for row in rows for cell in row.cells)


def test_lines_that_do_not_part_merged_cells_leave_one_cell() -> None:
    upright = [Rule(True, x, 0, 90) for x in (0, 100, 200, 300)] + [Rule(True, 400, 0, 90), Rule(True, 150, 0, 30)]
    level = [Rule(False, y, 0, 400) for y in (0, 30, 90)] + [Rule(False, 60, 100, 400)]
    (grid,) = grids([*upright, *level])
    assert grid.cell(50, 45) == grid.cell(50, 75) == (0, 0)
    assert (grid.cell(120, 45), grid.cell(180, 45), grid.cell(120, 10), grid.cell(180, 10)) == (
        (1, 1), (1, 1), (2, 1), (2, 2),
    )  # fmt: skip
    assert grid.cell(450, 45) is None


def test_lines_without_four_columns_are_no_such_table() -> None:
    upright = [Rule(True, x, 0, 90) for x in (0, 200, 400)]
    assert grids([*upright, *(Rule(False, y, 0, 400) for y in (0, 30, 60, 90))]) == ()
