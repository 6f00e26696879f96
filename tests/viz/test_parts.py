"""Asked in parts, the questions of the views say what they say whole."""

from pathlib import Path

import pytest

import ontology
import viz.said
from queries import Folder, Source
from tests.viz.made_graph import Memory
from tests.viz.made_story import finding, story
from viz.answers import Row, rows
from viz.parts import Told, by_item, linked, told
from viz.said import read


@pytest.fixture(params=["made", "samples", "repeating"])
def source(request: pytest.FixtureRequest, told: Memory, built: Path) -> Source:
    if request.param == "samples":
        return Folder(built)
    repeats = f"<{finding(0)}> <{ontology.IG.restates}> <{finding(1)}> <{ontology.BASE}id/graph/inferred/restates> .\n"
    return told if request.param == "made" else Memory(story() + repeats)


@pytest.fixture
def whole(source: Source) -> Told:
    found = rows(source, "inspection")
    return Told(found, by_item(found, "theme"), by_item(found, "cohort"), rows(source, "reasons"))


def once(found: list[Row]) -> set[tuple[tuple[str, str], ...]]:
    """The rows without what a statement has several of."""
    return {tuple(sorted((k, v) for k, v in row.items() if k not in ("theme", "cohort"))) for row in found}


def test_statements_themes_cohorts_and_reasons_are_those_of_the_questions(source: Source, whole: Told) -> None:
    parts = told(source, {})
    assert once(parts.statements) == once(whole.statements)
    # of what no inspection of an authority says, themes are asked for too, and not heeded
    items = {row["item"] for row in whole.statements}
    assert {item: themes for item, themes in parts.themes.items() if item in items} == whole.themes
    assert {item: cohorts for item, cohorts in parts.cohorts.items() if item in items} == whole.cohorts
    assert parts.reasons == whole.reasons
    assert len(parts.statements) == len(once(parts.statements))


def test_links_are_those_of_the_question(source: Source) -> None:
    assert linked(source, {}) == rows(source, "red-thread")


def test_what_is_read_is_the_same_either_way(source: Source, whole: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = read(source)
    monkeypatch.setattr(viz.said, "told", lambda *_: whole)
    assert read(source) == parts
