"""Which of the inspections that a document mentions an action plan, or a committee's resolution, answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.facts.dates import moments
from loaders.records import Mention
from loaders.text import Span

_INSPECTION = re.compile(r"\binspect(?:ion|ed|ors)\b", re.IGNORECASE)
_ITS_REPORT = re.compile(r"^\W*(?:ofsted\s+)?report\b", re.IGNORECASE)


def answered(mentions: Sequence[Mention], before: str | None) -> int | None:
    """The index of the inspection that a plan answers: of those said to be before it the latest, told most exactly.

    `before` is a date as far as known, YYYY, YYYY-MM or YYYY-MM-DD. A plan written in 2018 that speaks of 2012 and
    of September 2017 answers the inspection of September 2017.
    """
    dated = [k for k, one in enumerate(mentions) if one.when and (before is None or one.when <= before)]
    if not dated:
        return next((k for k, one in enumerate(mentions) if _INSPECTION.search(one.statement)), None)
    latest = max((mentions[k].when or "")[:4] for k in dated)
    of_year = [k for k in dated if (mentions[k].when or "").startswith(latest)]
    return max(of_year, key=lambda k: (*_exactness(mentions[k]), -k))


def answered_by(mentions: Sequence[Mention], before: str | None, title: str, paper: Span) -> int | None:
    """The index of the inspection that one plan of several answers: the one that its title dates, else its own paper.

    `paper` is the stretch of the document that the plan stands in; None where neither speaks of an inspection.
    """
    dated = [moment.when for moment in moments(title)]
    named = [k for k, one in enumerate(mentions) if one.when and any(same_time(one.when, when) for when in dated)]
    here = [k for k, one in enumerate(mentions) if any(paper.start <= span.start < paper.end for span in one.spans)]
    for held in (named, here):
        index = answered([mentions[k] for k in held], before)
        if index is not None:
            return held[index]
    return None


def same_time(one: str, other: str) -> bool:
    """Whether two dates, YYYY, YYYY-MM or YYYY-MM-DD, may be of one time."""
    return one.startswith(other) or other.startswith(one)


def _exactness(mention: Mention) -> tuple[bool, bool, bool, int]:
    """How well a mention tells of the inspection itself rather than of its report."""
    visit = bool(_INSPECTION.search(mention.statement)) and not _ITS_REPORT.match(mention.statement)
    return visit, mention.framework is not None, len(mention.when or "") > 4, len(mention.judgements)
