"""Each sample is read as its `.expected.json`, written by a careful reader, says."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ontology
from loaders.reading.source import open_document
from loaders.records import Report
from loaders.understand import understand

HERE = Path(__file__).parent
EXPECTED = sorted([*HERE.glob("*.expected.json"), *HERE.glob("formats/*.expected.json")])


def bare(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", words.lower())


@cache
def report_of(name: str) -> Report:
    vocabulary = ontology.load((HERE / "authorities.ttl",))
    source, text = open_document(HERE / name)
    return understand(source, text, vocabulary)


@pytest.fixture(params=EXPECTED, ids=lambda p: p.name.removesuffix(".expected.json"))
def case(request: pytest.FixtureRequest) -> tuple[Report, dict[str, Any]]:
    path: Path = request.param
    return report_of(str(path.relative_to(HERE)).removesuffix(".expected.json")), json.loads(
        path.read_text(encoding="utf8")
    )


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def test_the_facts(case: tuple[Report, dict[str, Any]]) -> None:
    report, expected = case
    assert report.kind == expected["document_kind"]
    if expected["kind"] is None:
        assert report.inspection is None
        return
    inspection = report.inspection
    assert inspection is not None
    assert {
        "kind": inspection.framework,
        "gss": inspection.authorities,
        "start": day(inspection.start),
        "end": day(inspection.end),
        "published": day(report.issued),
        "lead": inspection.lead.name if inspection.lead else None,
        "inspectors": {person.name for person in inspection.inspectors},
    } == {
        **{key: expected[key] for key in ("kind", "start", "end", "published", "lead")},
        "gss": (expected["gss"],),
        "inspectors": set(expected["inspectors"]),
    }


def test_the_judgements(case: tuple[Report, dict[str, Any]]) -> None:
    report, expected = case
    assert {(j.area, j.grade) for j in report.judgements} == {(j["area"], j["grade"]) for j in expected["judgements"]}


def test_the_recommendations_in_their_order(case: tuple[Report, dict[str, Any]]) -> None:
    report, expected = case
    found = [(r.kind, bare(r.statement)) for r in report.recommendations]
    wanted = [(r["type"], bare(r["head"]), bare(r["tail"])) for r in expected["recommendations"]]
    assert len(found) == len(wanted)
    for (kind, words), (expected_kind, head, tail) in zip(found, wanted, strict=True):
        assert (kind, words[: len(head)], words[-len(tail) :]) == (expected_kind, head, tail)


def test_the_timescales(case: tuple[Report, dict[str, Any]]) -> None:
    report, expected = case
    for found, wanted in zip(report.recommendations, expected["recommendations"], strict=True):
        assert bare(found.timescale or "") == bare(wanted["timescale"] or "")


def test_the_actions_field_by_field(case: tuple[Report, dict[str, Any]]) -> None:
    report, expected = case
    found = {
        action.reference: {
            "recommendation": [report.recommendations[k].number for k in action.addresses],
            "printed_reference": action.printed_reference,
            "action": bare(action.statement),
            "due": day(action.due),
            "leads": {person.name for person in action.leads},
            "expected_impact": bare(action.expected_impact or ""),
            "impact_measure": sorted(action.impact_measures),
            "progress": bare(action.progress or ""),
            "progress_rating": action.progress_rating,
            "impact_rating": action.impact_rating,
            **({"progress_meaning": action.progress_meaning} if plan.legend else {}),
            **({"impact_meaning": action.impact_meaning} if plan.legend else {}),
        }
        for plan in report.plans
        for action in plan.actions
    }
    wanted = {
        a["ref"]: {
            **a,
            "recommendation": [a["recommendation"]],
            "action": bare(a["action"]),
            "leads": set(a["leads"]),
            "expected_impact": bare(a["expected_impact"] or ""),
            "impact_measure": sorted(a["impact_measure"]),
            "progress": bare(a["progress"] or ""),
        }
        for a in expected["actions"]
    }
    for row in wanted.values():
        row.pop("ref")
    assert found == wanted


def test_the_meetings(case: tuple[Report, dict[str, Any]]) -> None:
    report, expected = case
    found = [
        (m.committee, m.date.isoformat(), len(m.resolutions), [(i.number, bare(i.title)) for i in m.items])
        for m in report.meetings
    ]
    assert found == [
        (m["committee"], m["date"], m["resolutions"], [(i["number"], bare(i["title"])) for i in m["items"]])
        for m in expected["meetings"]
    ]


def test_the_duties(case: tuple[Report, dict[str, Any]]) -> None:
    report, expected = case
    said = [bare(duty.deadline_text or "") for duty in report.duties]
    for duty in expected["duties"]:
        when = f"{duty['value']}{duty['unit']}" if duty["value"] else f"{date.fromisoformat(duty['date']):%d%B%Y}"
        assert any(bare(when) in words for words in said), duty


def test_the_statistics(case: tuple[Report, dict[str, Any]]) -> None:
    report, expected = case
    found = [(float(s.value), bare(report.text.words(s.span))) for s in report.statistics]
    missed, left = [], list(found)
    for wanted in expected["statistics"]:
        words = bare(wanted["text"])
        hit = next((f for f in left if f[0] == float(wanted["value"]) and (f[1] in words or words in f[1])), None)
        if hit:
            left.remove(hit)
        elif not wanted.get("optional"):
            missed.append((wanted["value"], wanted["text"]))
    assert (missed, left) == ([], [])


def test_the_mentions(case: tuple[Report, dict[str, Any]]) -> None:
    report, expected = case
    own = report.inspection.when if report.inspection else None
    said = [m.when for m in report.mentions] + [own]
    for mention in expected["mentions"]:
        # a year and a month of it may be one inspection spoken of twice
        assert any(when and (when.startswith(mention["when"]) or mention["when"].startswith(when)) for when in said)


def test_every_stretch_is_within_the_text(case: tuple[Report, dict[str, Any]]) -> None:
    report, _ = case
    for finding in report.findings:
        assert [report.text.words(span) for span in finding.spans]
        assert bare(report.text.words(finding.spans[0])) == bare(finding.statement)
