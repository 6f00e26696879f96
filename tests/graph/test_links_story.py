"""What became of the recommendations of the sample authorities, as a careful reader tells it, beside what we draw."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest

from graph.links.revisits import MOST

_DONE = ("achieved", "largely-achieved")
_IG = "PREFIX ig: <https://w3id.org/inspection-graph/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/> "


class Drawn(NamedTuple):
    later: str
    later_words: str
    earlier_words: str
    outcome: str
    reason: str


def plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", words.lower())


@pytest.fixture(scope="module")
def drawn(built: Path) -> list[Drawn]:
    store = ox.Store.read_only(str(built / "store"))
    found = store.query(
        _IG + "SELECT ?l ?lw ?ew ?o ?why { ?r ig:later ?l ; ig:earlier ?e ; ig:outcome ?o ; ig:reason ?why ."
        " ?l ig:statement ?lw . ?e ig:statement ?ew }",
        use_default_graph_as_union=True,
    )
    assert isinstance(found, ox.QuerySolutions)
    return [
        Drawn(row["l"].value, plain(row["lw"].value), plain(row["ew"].value), row["o"].value, row["why"].value)
        for row in found
    ]


@pytest.fixture(scope="module")
def story(samples: Path) -> dict[str, list[dict[str, object]]]:
    held: dict[str, list[dict[str, object]]] = json.loads((samples / "story.json").read_text(encoding="utf8"))
    return held


def says(words: str, statement: str) -> bool:
    return plain(words) in statement or (len(statement) > 40 and statement in plain(words))


def test_what_became_of_most_recommendations_is_found(
    drawn: list[Drawn], story: dict[str, list[dict[str, object]]]
) -> None:
    wanted = found = 0
    for row in story["revisits"]:
        links = [one for one in drawn if one.earlier_words.startswith(plain(str(row["recommendation"]))[:40])]
        for words in row["core"]:  # type: ignore[attr-defined]
            wanted += 1
            found += any(says(words, one.later_words) for one in links)
    assert found / wanted >= 0.5


def test_links_that_a_reader_would_not_draw_are_not_drawn(
    drawn: list[Drawn], story: dict[str, list[dict[str, object]]]
) -> None:
    for trap in story["not_links"]:
        earlier, later = (trap[side]["what"] for side in ("from", "to"))  # type: ignore[index]
        assert not [one for one in drawn if says(earlier, one.earlier_words) and says(later, one.later_words)], trap[
            "why_not"
        ]


def test_each_link_gives_a_reason_in_words_of_both_and_few_stand_at_one_statement(drawn: list[Drawn]) -> None:
    told = re.compile(r" in ((\w+ )?20\d\d|a plan in \w+ 20\d\d), then in (\w+ )?20\d\d ")
    assert all(told.search(one.reason) for one in drawn)
    counts = sorted(Counter(one.later for one in drawn).values())
    assert counts[-1] <= MOST
    assert counts[len(counts) // 2] <= 3
