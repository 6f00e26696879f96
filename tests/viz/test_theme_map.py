"""What is counted, drawn and carried by the theme map, before any browser sees it."""

import json
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import ontology
import queries
import viz
from tests.viz.made_graph import (
    HOSTILE,
    HOSTILE_NAME,
    INSPECTIONS,
    ROWS,
    Memory,
    Row,
    data_of,
    quads,
    texts_of,
    unpacked,
)
from viz.layout import positions
from viz.network import View, page
from viz.said import Item
from viz.theme_map import co_occurrence, communities, theme_map


def finding(n: int, *themes: str) -> Item:
    return Item(
        iri=f"{ontology.BASE}id/document/d/finding/{n:04}",
        kind="finding",
        words=f"Words {n}.",
        label="weakness",
        themes=themes,
        area="",
        section="",
        page=1,
        at=n,
        title="Title",
        under="i",
        date="2020-01-01",
        authority="Harrowdale",
    )


def evidence_of(view: View) -> dict[str, Any]:
    columns: dict[str, Any] = view.data["evidence"]  # type: ignore[assignment]
    return columns


def test_a_line_counts_the_findings_that_carry_both_themes() -> None:
    network = co_occurrence([finding(1, "a", "b"), finding(2, "b", "a"), finding(3, "a", "b", "c"), finding(4, "a")])
    assert dict(network.nodes(data="findings")) == {"a": 4, "b": 3, "c": 1}
    assert {frozenset((a, b)): w for a, b, w in network.edges(data="weight")} == {
        frozenset("ab"): 3,
        frozenset("ac"): 1,
        frozenset("bc"): 1,
    }


def test_the_page_carries_every_finding_with_its_words_inspection_and_place(source: Memory, tmp_path: Path) -> None:
    html = viz.write_page("theme-map", source, tmp_path / "map.html").read_text(encoding="utf8")
    data, texts = data_of(html), texts_of(html)
    known = data["evidence"]
    carried = {
        (texts[k], known["labels"][known["label"][k]], known["unders"][known["under"][k]][2], known["page"][k] or None)
        for k in range(len(known["of"]))
    }
    assert carried == {(r.statement, r.polarity, INSPECTIONS[r.inspection][2], r.page) for r in ROWS}
    nodes = [n["id"] for n in json.loads(unpacked(html, "drawn"))["nodes"]]
    node = dict(zip(data["concepts"], nodes, strict=True))
    themes = Counter(node[k].rpartition("/")[2] for own in known["themes"] for k in own)
    assert themes == Counter(theme for row in ROWS for theme in row.themes)


def test_a_joint_inspection_counts_once_and_under_each_of_its_authorities(source: Memory) -> None:
    known = evidence_of(theme_map(source))
    joint = [authorities for authorities, _, _, _ in known["unders"] if len(authorities) > 1]
    assert joint == [("Harrowdale", HOSTILE_NAME)]
    assert len(known["of"]) == len(ROWS)


def test_a_finding_that_only_repeats_another_is_left_out() -> None:
    base = ontology.BASE + "id/document/"
    repeats = (
        f"<{base}{4:016x}/finding/{29:012x}> <{ontology.IG.restates}> <{base}{3:016x}/finding/{28:012x}> "
        f"<{ontology.BASE}id/graph/inferred/restates> .\n"
    )
    assert len(evidence_of(theme_map(Memory(quads() + repeats)))["of"]) == len(ROWS) - 1


def test_one_authority_can_be_drawn_alone(source: Memory) -> None:
    starts = {start for _, _, start, _ in evidence_of(theme_map(source, {"authority": "Harrowdale"}))["unders"]}
    assert starts == {start for codes, _, start in INSPECTIONS if "E99000001" in codes}


def test_the_same_graph_gives_the_same_bytes_in_whatever_order_it_is_loaded(source: Memory) -> None:
    backwards = Memory("\n".join(reversed(quads().split("\n"))) + "\n")
    assert page(theme_map(backwards)) == page(theme_map(source))


def test_an_empty_graph_gives_a_page_without_themes() -> None:
    view = theme_map(Memory(""))
    assert (view.nodes, view.edges, view.texts) == ([], [], ())
    assert "<h1>" in page(view)


def test_no_words_of_a_document_stand_in_the_page_as_markup(source: Memory) -> None:
    html = page(theme_map(source))
    assert not any(words in html for words in HOSTILE)
    assert HOSTILE_NAME not in html
    empty = page(theme_map(Memory("")))
    assert [html.count(tag) for tag in ("<script", "</script>")] == [
        empty.count(tag) for tag in ("<script", "</script>")
    ]


def test_an_unknown_view_is_a_key_error_and_writes_nothing(source: Memory, tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        viz.write_page("nonsense", source, tmp_path / "folder" / "map.html")
    assert not (tmp_path / "folder").exists()


def test_themes_that_go_together_are_a_community() -> None:
    findings = [finding(n, "a", "b") for n in range(9)] + [finding(n, "c", "d") for n in range(9, 18)]
    findings += [finding(20, "b", "c"), finding(21, "e")]
    assert communities(co_occurrence(findings)) == [["a", "b"], ["c", "d"]]


def test_more_themes_than_can_be_told_apart_are_drawn_as_the_broad_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viz.theme_map.MANY", 3)
    groups = theme_map(Memory(quads())).data["groups"]
    assert [group["name"] for group in groups] == ["Help and protection"]  # type: ignore[attr-defined]


def boxes_over_each_other(places: dict[str, tuple[int, int]], boxes: dict[str, tuple[int, int]]) -> list[str]:
    def over(a: str, b: str) -> bool:
        (ax, ay), (bx, by), (aw, ah), (bw, bh) = places[a], places[b], boxes[a], boxes[b]
        return abs(ax - bx) + 2 < (aw + bw) / 2 and abs(ay - by) + 2 < (ah + bh) / 2

    return [f"{a} {b}" for a, b in combinations(sorted(places), 2) if over(a, b)]


def test_a_layout_is_the_same_again_and_no_two_themes_lie_over_each_other() -> None:
    names = [f"t{n:02}" for n in range(72)]
    findings = [finding(n, *sorted({names[n % 72], names[n * n % 72], names[n * 7 % 31]})) for n in range(2000)]
    boxes = {name: (80 + n % 50, 40 + n % 30) for n, name in enumerate(names)}
    places = positions(co_occurrence(findings), boxes)
    assert places == positions(co_occurrence(reversed(findings)), boxes)
    assert boxes_over_each_other(places, boxes) == []


def test_themes_that_go_together_stand_nearer_than_those_that_do_not() -> None:
    findings = [finding(n, "a", "b") for n in range(9)] + [finding(n, "c", "d") for n in range(9, 18)]
    findings += [finding(20, "b", "c"), *(finding(n, name) for name in "bc" for n in range(30, 50))]
    places = positions(co_occurrence(findings), dict.fromkeys("abcd", (10, 10)))

    def apart(one: str, other: str) -> float:
        return sum((p - q) ** 2 for p, q in zip(places[one], places[other], strict=True))

    assert max(apart("a", "b"), apart("c", "d")) < min(apart("a", "c"), apart("a", "d"), apart("b", "d"))


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_layout_of_few_themes_is_a_layout(count: int) -> None:
    names = [f"t{n}" for n in range(count)]
    network = co_occurrence(finding(n, name) for n, name in enumerate(names))
    assert list(positions(network, dict.fromkeys(names, (50, 30)))) == names


def test_the_command_line_does_not_wait_for_the_drawing_libraries() -> None:
    program = (
        "import viz, sys, json; print(json.dumps([m for m in ('pyvis', 'IPython', 'networkx') if m in sys.modules]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, cwd=Path(viz.__file__).parents[1]
    )
    assert json.loads(ran.stdout) == []


def test_the_view_shows_the_question_that_made_it(source: Memory) -> None:
    view = theme_map(source, {"authority": "Harrowdale"})
    assert f"<{ontology.BASE}id/authority/E99000001>" in view.sparql
    for name in ("inspection", "reasons", "neighbours"):
        assert queries.library()[name].sparql.splitlines()[0] in view.sparql


def test_a_statement_said_twice_is_cited_by_its_first_place() -> None:
    row = Row(0, "strength", ("neglect",), "Said twice.", 7)
    document = f"{ontology.BASE}id/document/{0:016x}"
    again = "".join(
        f"<{s}> <{p}> {o} <{ontology.BASE}id/graph/{0:016x}> .\n"
        for s, p, o in (
            (f"{document}/finding/{0:012x}", ontology.IG.statedIn, f"<{document}/passage/8-9>"),
            (f"{document}/passage/8-9", ontology.IG.document, f"<{document}>"),
            (f"{document}/passage/8-9", ontology.IG.start, f'"-1"^^<{ontology.XSD.integer}>'),
            (f"{document}/passage/8-9", ontology.IG.page, f'"3"^^<{ontology.XSD.integer}>'),
        )
    )
    assert evidence_of(theme_map(Memory(quads((row,)) + again)))["page"] == [3]
