"""What a build tells of its documents: what was found in each, what was not understood, and what could not be read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from graph.version import VERSION
from loaders.checks.severity import Severity, severity_of
from loaders.records import Expectation, Problem, Report


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read: its name without folders, what is wrong, where, and what a person can do."""

    name: str
    kind: str
    """The name of the error's type."""
    problem: str
    place: str | None = None
    remedy: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a document that was not understood, with page and words where it has a place."""

    kind: str
    description: str
    page: int | None = None
    words: str | None = None
    severity: Severity = "warning"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one document; `key` is the first 16 hex digits of its sha256."""

    key: str
    name: str
    title: str
    kind: str
    why: str
    framework: str | None
    authorities: tuple[str, ...]
    start: str | None
    end: str | None
    counts: tuple[tuple[str, int], ...]
    """How many findings, recommendations, …, and of each reason for which a sentence was not taken as a finding."""
    not_findings: tuple[tuple[str, int], ...]
    not_found: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    expectations: tuple[Expectation, ...] = ()
    """What is to be expected of a document of its kind, and what was found."""

    def count(self, what: str) -> int:
        return dict(self.counts).get(what, 0)

    def doubts_of(self, severity: Severity) -> tuple[Doubt, ...]:
        """The doubts of one severity."""
        return tuple(doubt for doubt in self.doubts if doubt.severity == severity)

    @property
    def understood(self) -> float:
        """The share of what was to be expected that was found, from 0 to 1; nothing is of a document of no kind."""
        return sum(one.met for one in self.expectations) / len(self.expectations) if self.expectations else 0.0


def reading(report: Report) -> Reading:
    inspection = report.inspection
    return Reading(
        key=report.source.key,
        name=report.source.name,
        title=report.title,
        kind=report.kind,
        why=report.why,
        framework=inspection.framework if inspection else None,
        authorities=inspection.authorities if inspection else (),
        start=inspection.start.isoformat() if inspection and inspection.start else None,
        end=inspection.end.isoformat() if inspection and inspection.end else None,
        counts=tuple(_counts(report)),
        not_findings=report.not_findings,
        not_found=report.not_found,
        doubts=tuple(_doubt(report, problem) for problem in report.problems),
        expectations=report.expectations,
    )


def _counts(report: Report) -> list[tuple[str, int]]:
    return [
        ("pages", len(report.text.page_starts)),
        ("judgements", len(report.judgements)),
        ("findings", len(report.findings)),
        ("recommendations", len(report.recommendations)),
        ("statistics", len(report.statistics)),
        ("duties", len(report.duties)),
        ("mentions", len(report.mentions)),
        ("plans", len(report.plans)),
        ("actions", sum(len(plan.actions) for plan in report.plans)),
        ("meetings", len(report.meetings)),
        ("resolutions", sum(len(meeting.resolutions) for meeting in report.meetings)),
    ]


def _doubt(report: Report, problem: Problem) -> Doubt:
    severity = severity_of(problem.kind)
    if problem.span is None:
        return Doubt(problem.kind, problem.description, severity=severity)
    words = report.text.words(problem.span)
    return Doubt(problem.kind, problem.description, report.text.page(problem.span.start), words[:300], severity)


def restored(row: dict[str, Any]) -> Reading:
    """The reading whose `asdict` went through JSON."""
    return Reading(
        **{
            **row,
            "authorities": tuple(row["authorities"]),
            "counts": tuple((what, n) for what, n in row["counts"]),
            "not_findings": tuple((why, n) for why, n in row["not_findings"]),
            "not_found": tuple(row["not_found"]),
            "doubts": tuple(Doubt(**doubt) for doubt in row["doubts"]),
            "expectations": tuple(Expectation(**one) for one in row["expectations"]),
        }
    )


def readings_of(report: bytes) -> tuple[Reading, ...]:
    """The readings that a build's report.json holds."""
    rows = json.loads(report)["documents"]
    return tuple(
        restored({**row, "counts": row["counts"].items(), "not_findings": row["not_findings"].items()}) for row in rows
    )


def report_json(
    readings: Sequence[Reading], failures: Sequence[Failure], vocabulary: str, inferred: Sequence[tuple[str, int]]
) -> bytes:
    """The build's report: the same bytes for the same documents, so without times and folders."""
    totals: Counter[str] = Counter()
    for one in readings:
        totals.update(dict(one.counts))
    content: dict[str, object] = {
        "program": "inspection-graph",
        "version": VERSION,
        "vocabulary": vocabulary,
        "documents": [_row(one) for one in sorted(readings, key=lambda one: (one.name, one.key))],
        "failures": [asdict(failure) for failure in failures],
        "kinds": dict(Counter(one.kind for one in readings)),
        "totals": dict(totals),
        "inferred": dict(inferred),
    }
    # a line a document, and not one a value: many times quicker to write, and as easy to compare
    return ("{\n" + ",\n".join(f"{_json(key)}: {_lines(content[key])}" for key in sorted(content)) + "\n}\n").encode()


def _lines(value: object) -> str:
    return "[\n" + ",\n".join(map(_json, value)) + "\n]" if isinstance(value, list) and value else _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _row(one: Reading) -> dict[str, Any]:
    row = _shallow(one) | {"counts": dict(one.counts), "not_findings": dict(one.not_findings)}
    for name in ("doubts", "expectations"):
        row[name] = [_shallow(told) for told in row[name]]
    return row


def _shallow(one: Reading | Doubt | Expectation) -> dict[str, Any]:
    """What `asdict` gives of flat records, many times quicker."""
    return {field.name: getattr(one, field.name) for field in fields(one)}
