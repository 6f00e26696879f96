"""How grave a kind of problem is: an error is wrong, a warning is to be looked at, a note is good to know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Severity = Literal["error", "warning", "note"]

SEVERITIES: Mapping[str, Severity] = {
    # a fact that every document of its kind states, and that was not found or cannot be true
    "unknown-authority": "error",
    "no-dates": "error",
    "judgement-not-found": "error",
    "judgements-differ": "error",
    "dates-out-of-order": "error",
    "no-findings": "error",
    "no-actions": "error",
    "no-meeting": "error",
    # a part that is usually there, or arithmetic that does not hold
    "unknown-kind": "warning",
    "no-inspector": "warning",
    "no-recommendations": "warning",
    "no-findings-of-area": "warning",
    "unusual-dates": "warning",
    "unlikely-grade": "warning",
    "paragraphs-do-not-run-on": "warning",
    "references-do-not-run-on": "warning",
    "count-differs": "warning",
    "mention-is-later": "warning",
    "unread-rating": "warning",
    "unread-reference": "warning",
    "torn-table": "warning",
    "no-items": "warning",
    "no-inspection": "warning",
    "undated-meeting": "warning",
    "actions-without-lead": "warning",
    "actions-without-date": "warning",
    "actions-without-answer": "warning",
    "unknown-framework": "warning",
    "cut-sentences": "warning",
    "page-without-words": "warning",
    # what a document need not say, or a repair that was made
    "no-date-of-publication": "note",
    "days-not-said": "note",
    "no-addressee": "note",
    "no-focus": "note",
    "no-visit-number": "note",
    "repaired-reference": "note",
    "cut-edge": "note",
}


def severity_of(kind: str) -> Severity:
    """How grave a problem of this kind is; of a kind that is not listed it is to be looked at."""
    return SEVERITIES.get(kind, "warning")
