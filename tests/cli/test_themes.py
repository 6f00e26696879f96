"""`themes`, and a vocabulary of one's own from Turtle to findings, questions and pages."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ontology

Here = Callable[..., Any]
ROOT = Path(__file__).parents[2]
PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix theme: <https://w3id.org/inspection-graph/theme/> .
"""


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment, timeout=240)


def test_the_list_shows_each_theme_under_its_broader_one_with_its_findings(here: Here, built: Path) -> None:
    done = here("themes", "list", "--graph", built)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[1] == "72 themes"
    place = {line.split()[0]: number for number, line in enumerate(lines) if line.strip()}
    assert place["leadership"] < place["supervision"]
    assert re.search(r"^  supervision +Supervision +\d+ +\d+$", done.stdout, re.MULTILINE)
    listed = json.loads(here("themes", "list", "--json").stdout)
    assert {one["id"] for one in listed} == set(ontology.load().concepts["theme"])


def test_suggested_phrases_come_with_counts_and_passages_and_as_turtle_that_is_sound(
    here: Here, built: Path, tmp_path: Path
) -> None:
    asked = ("themes", "suggest", "Multi-agency working", "--graph", built, "--authorities", "1")
    found = json.loads(here(*asked, "--json").stdout)
    known = {p.lower() for p in ontology.load().concepts["theme"]["multi-agency-working"].hidden}
    assert found
    for one in found:
        assert one["phrase"] not in known
        assert 0 < one["new"] <= one["of_theme"] <= one["sentences"]
        assert one["of_theme"] * 2 >= one["sentences"]
    shown = here(*asked).stdout
    assert found[0]["phrase"] in shown
    assert found[0]["examples"][0] in shown
    ours = tmp_path / "ours.ttl"
    ours.write_text(here(*asked, "--turtle").stdout, encoding="utf8")
    added = set(ontology.load((ours,)).concepts["theme"]["multi-agency-working"].hidden)
    assert {one["phrase"] for one in found} <= added


@pytest.mark.parametrize("command", ["evaluate", "themes list", "themes suggest", "themes check"])
def test_each_has_help_with_an_example(here: Here, command: str) -> None:
    assert f"Example: inspection-graph {command}" in re.sub(r"\s+", " ", here(*command.split(), "--help").stdout)


def test_a_theme_that_does_not_exist_is_told(here: Here, built: Path) -> None:
    done = here("themes", "suggest", "supervisoin", "--graph", built)
    assert done.returncode == 2
    assert "there is no theme “supervisoin”" in done.stderr
    assert "themes list" in done.stderr


def test_a_check_tells_how_far_phrases_would_reach_and_refuses_those_that_are_everywhere(
    here: Here, built: Path, tmp_path: Path
) -> None:
    ours = tmp_path / "ours.ttl"
    ours.write_text(PREFIXES + 'theme:neglect skos:hiddenLabel "cold homes"@en , "front door"@en .\n', encoding="utf8")
    done = here("themes", "check", ours, "--graph", built)
    assert done.returncode == 0
    assert "“front door” of “Neglect” is a phrase of “Contact and referral” too" in done.stderr
    assert re.search(r"^cold homes +neglect +0 +0\.00% +0 +0$", done.stdout, re.MULTILINE)
    ours.write_text(PREFIXES + 'theme:neglect skos:hiddenLabel "are"@en .\n', encoding="utf8")
    refused = here("themes", "check", ours)
    assert refused.returncode == 2
    assert f"{ours}:3: the phrase “are” of the theme" in refused.stderr


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('theme:neglect skos:hiddenLabel "open .\n', "ours.ttl:3: not valid Turtle: "),
        ("theme:play a skos:Concept .\n", 'ours.ttl:3: the theme "play" has no skos:prefLabel'),
        ('theme:neglect skos:hiddenLabel "of the"@en .\n', "ours.ttl:3: the phrase “of the”"),
    ],
)
def test_a_build_with_a_wrong_vocabulary_is_refused_before_anything_is_read(
    here: Here, tmp_path: Path, samples: Path, body: str, problem: str
) -> None:
    ours = tmp_path / "ours.ttl"
    ours.write_text(PREFIXES + body, encoding="utf8")
    done = here("build", samples / "saltmere-2021-news.txt", "-o", tmp_path / "out", "-v", ours)
    assert done.returncode == 2
    assert problem in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_theme_and_a_phrase_of_ones_own_reach_findings_questions_and_pages(tmp_path: Path, samples: Path) -> None:
    """Build, edit Turtle, build again into the same folder: no Python in between."""
    report, out = tmp_path / "harrowdale.txt", tmp_path / "out"
    shutil.copy(samples / "harrowdale-2012-child-protection.txt", report)
    authorities = samples / "authorities.ttl"
    ours = tmp_path / "ours.ttl"
    assert run("build", report, "-v", authorities, "-o", out).returncode == 0
    assert "duty teams" in report.read_text(encoding="utf8")
    ours.write_text(
        PREFIXES
        + 'theme:duty-work a skos:Concept ; skos:prefLabel "Duty work"@en ; skos:broader theme:help-and-protection ;\n'
        + '  skos:definition "What duty teams do."@en ; skos:altLabel "duty team"@en .\n'
        + 'theme:domestic-abuse skos:hiddenLabel "living with violence"@en .\n',
        encoding="utf8",
    )
    done = run("build", report, "-v", authorities, "-v", ours, "-o", out)
    assert done.returncode == 0
    assert "0 documents were kept" in done.stdout
    asked = run("query", "findings-on-theme", "--graph", out, "-p", "theme=Duty work", "-f", "json")
    rows = json.loads(asked.stdout)["results"]["bindings"]
    assert rows and all("duty team" in row["statement"]["value"].lower() for row in rows)
    told = run("explain", rows[0]["finding"]["value"], "--graph", out).stdout
    assert re.search(r"theme +Duty work +0\.7\d*", told)
    assert "its other label “duty team”" in told
    violence = run("query", "findings-on-theme", "--graph", out, "-p", "theme=Domestic abuse", "-f", "csv").stdout
    assert "living with violence" in violence
    listed = run("query", "themes", "--graph", out, "-f", "csv").stdout
    assert "theme/duty-work" in listed
    # what the pages are drawn from; what a page holds is packed
    assert "theme/duty-work" in run("query", "themes-together", "--graph", out, "-p", "least=1", "-f", "csv").stdout
    assert run("view", "theme-map", "--graph", out, "-o", tmp_path / "map.html").returncode == 0
    checked = run("check", "--graph", out)
    assert checked.returncode == 0, checked.stdout + checked.stderr
