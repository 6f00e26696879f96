"""What the red thread, the stories, inspections and the schema draw and carry, before any browser sees it."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import ontology
import viz
from tests.viz.made_graph import HOSTILE, HOSTILE_NAME, INSPECTIONS, ROWS, Memory, Row, data_of, quads
from tests.viz.made_story import ACTION, ASKED, CLASS, PROMISED, REASON, RECOMMENDATION, finding, inspection, story
from viz.authorities_and_themes import authorities_and_themes
from viz.authority_story import authority_story, balance
from viz.diagram import boxed, height
from viz.inspection import inspection as one_inspection
from viz.network import View, page
from viz.red_thread import red_thread
from viz.schema import schema

DIAGRAMS = [name for name in viz.VIEWS if name != "theme-map"]


def lines_of(view: View) -> set[tuple[Any, Any, Any]]:
    kinds = [edge[0] for edge in view.data["edges"]]  # type: ignore[attr-defined]
    return {(edge["from"], kind, edge["to"]) for edge, kind in zip(view.edges, kinds, strict=True)}


def places(view: View) -> dict[str, int]:
    return {str(node["id"]): int(str(node["x"])) for node in view.nodes}


def test_a_thread_leads_from_a_finding_over_what_was_asked_and_promised_to_what_was_seen(told: Memory) -> None:
    view = red_thread(told, {"authority": "Harrowdale"})
    assert {
        (finding(0), "arisesFrom", RECOMMENDATION),
        (RECOMMENDATION, "addresses", ACTION),
        (RECOMMENDATION, "resolved", finding(1)),
        (ACTION, "followed-up", finding(6)),
    } == lines_of(view)


def test_a_thread_runs_from_left_to_right(told: Memory) -> None:
    x = places(red_thread(told, {"authority": "Harrowdale"}))
    assert x[finding(0)] < x[RECOMMENDATION] < x[ACTION] < x[finding(1)] == x[finding(6)]


def test_no_box_of_a_thread_lies_over_another(told: Memory) -> None:
    nodes = red_thread(told).nodes
    columns: dict[int, list[tuple[int, int]]] = {}
    for node in nodes:
        columns.setdefault(int(str(node["x"])), []).append((int(str(node["y"])), height(str(node["name"]))))
    for column in columns.values():
        for (a, tall), (b, high) in zip(sorted(column), sorted(column)[1:], strict=False):
            assert b - a >= (tall + high) // 2


def test_a_theme_keeps_only_the_threads_that_begin_with_it(told: Memory) -> None:
    assert lines_of(red_thread(told, {"theme": "Planning"})) == {(finding(2), "recurs", finding(3))}


def test_a_story_follows_grades_and_themes_from_one_inspection_to_the_next(told: Memory) -> None:
    view = authority_story(told, {"authority": "Harrowdale"})
    area = f"{ontology.BASE}area/overall"
    assert (f"{inspection(0)} {area}", "better", f"{inspection(1)} {area}") in lines_of(view)
    x = places(view)
    assert x[f"{inspection(0)} {area}"] < x[f"{inspection(1)} {area}"]


def test_a_story_counts_the_findings_on_a_theme_in_each_inspection(told: Memory) -> None:
    view = authority_story(told, {"authority": "Harrowdale"})
    nodes = {n["id"]: d for n, d in zip(view.nodes, view.data["nodes"], strict=True)}  # type: ignore[call-overload]
    for n in (0, 1, 4):
        expected = sum(r.inspection == n and "neglect" in r.themes for r in ROWS)
        drawn = nodes.get(f"{inspection(n)} {ontology.BASE}theme/neglect")
        assert (len(drawn["items"]) if drawn else 0) == expected


def test_no_count_of_a_story_lies_under_the_shape_below_it() -> None:
    rows = tuple(Row(0, "strength", ("neglect", "planning", "caseloads"), f"Statement {n}.", n) for n in range(90))
    view = authority_story(Memory(quads(rows)), {"authority": "Harrowdale"})
    sizes = [int(node["size"]) for node in view.data["nodes"]]  # type: ignore[attr-defined]
    shapes = sorted(zip((int(str(node["y"])) for node in view.nodes), sizes, strict=True))
    assert len(shapes) >= 3
    for (above, upper), (below, lower) in pairwise(shapes):
        assert below - above >= upper + 16 + lower


@pytest.mark.parametrize(
    ("strengths", "weaknesses", "expected"),
    [(3, 2, "strength"), (2, 3, "weakness"), (1, 1, "neutral"), (0, 0, "neutral"), (0, 1, "weakness")],
)
def test_a_balance_is_of_judging_findings_alone(strengths: int, weaknesses: int, expected: str) -> None:
    assert balance(strengths, weaknesses) == expected


def test_an_inspection_holds_all_its_findings_in_the_order_of_the_document(told: Memory) -> None:
    view = one_inspection(told, {"inspection": inspection(0)})
    shown = [i for i in view.data["order"] if "/finding/" in i]  # type: ignore[attr-defined]
    assert shown == [finding(n) for n, r in enumerate(ROWS) if r.inspection == 0]
    assert (finding(0), "arisesFrom", RECOMMENDATION) in lines_of(view)


def test_the_latest_inspection_of_an_authority_is_drawn_where_none_is_named(told: Memory) -> None:
    assert INSPECTIONS[4][2] in one_inspection(told, {"authority": "Harrowdale"}).title


def test_a_line_from_authority_to_theme_says_what_it_rests_on(told: Memory) -> None:
    view = authorities_and_themes(told)
    data: dict[str, Any] = view.data
    drawn = {(e["from"], e["to"]): (d[0], d[1]) for e, d in zip(view.edges, data["edges"], strict=True)}
    for authority, gss in (("Harrowdale", "E99000001"), (HOSTILE_NAME, "E99000002")):
        rows = [r for r in ROWS if "planning" in r.themes and gss in INSPECTIONS[r.inspection][0]]
        strong, weak = (sum(r.polarity == p for r in rows) for p in ("strength", "weakness"))
        line = drawn.get((f"authority/{authority}", f"{ontology.BASE}theme/planning"))
        if strong + weak < 2:
            assert line is None
            continue
        assert line is not None
        assert line[0] == balance(strong, weak)
        assert line[1][0].endswith(f"from {len({r.inspection for r in rows})} inspections") or len(rows) == 1


def test_the_schema_counts_what_the_graph_holds(told: Memory) -> None:
    view = schema(told)
    data: dict[str, Any] = view.data
    nodes = {n["name"]: d for n, d in zip(view.nodes, data["nodes"], strict=True)}
    assert "1 in this graph" in nodes[CLASS]["notes"]
    themes = sum(len(r.themes) for r in ROWS) + 2
    assert any(edge[1] == (f"theme ({themes}): ",) for edge in data["edges"])


@pytest.mark.parametrize("name", DIAGRAMS)
def test_the_same_graph_gives_the_same_page_in_whatever_order_it_is_loaded(name: str, told: Memory) -> None:
    backwards = Memory("\n".join(reversed(story().split("\n"))) + "\n")
    assert page(viz.VIEWS[name](backwards, None)) == page(viz.VIEWS[name](told, None))


@pytest.mark.parametrize("name", DIAGRAMS)
def test_an_empty_graph_gives_a_page_that_says_so(name: str, tmp_path: Path) -> None:
    data = data_of(viz.write_page(name, Memory(""), tmp_path / "page.html").read_text(encoding="utf8"))
    assert (data["nodes"], data["edges"]) == ([], [])
    assert data["empty"].endswith(".")


@pytest.mark.parametrize("name", DIAGRAMS)
def test_no_words_of_a_document_stand_in_a_page_as_markup(name: str, told: Memory, tmp_path: Path) -> None:
    html = viz.write_page(name, told, tmp_path / "page.html").read_text(encoding="utf8")
    assert html.count("<script") == html.count("</script>") == 6
    for hostile in (*HOSTILE[:2], ASKED, PROMISED, REASON, HOSTILE_NAME, CLASS):
        assert hostile not in html


def test_labels_travel_with_their_confidence_and_reason(told: Memory) -> None:
    view = red_thread(told, {"authority": "Harrowdale"})
    known: dict[str, Any] = view.data["evidence"]  # type: ignore[assignment]
    at = view.texts.index(HOSTILE[0])
    assert known["reasons"] == [int(k == at) for k in range(len(known["of"]))]
    concept = known["concept"][0] - 1 if known["concept"][0] else known["themes"][at][0]
    assert [known["concepts"][concept], known["sure"][0], known["forms"][0]] == ["Supervision", 70, REASON]


def test_long_words_are_cut_in_a_box_and_whole_in_the_evidence() -> None:
    assert boxed("word " * 60).endswith("…")
    assert len(boxed("word " * 60).split("\n")) == 3
    assert boxed("a" * 300, 24, 1) == "a" * 23 + "…"
