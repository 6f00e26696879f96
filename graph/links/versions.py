"""Versions of one plan: plans of one authority that answer one inspection, and which of their rows are the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from graph import iris
from graph.links.outline import Outline, Plan, Promise
from graph.links.sameness import alike

_VERSION = re.compile(r"\bv(?:er(?:sion)?)?\.?\s?(\d{1,3})\b", re.IGNORECASE)
_SAME = 0.8


class Version(NamedTuple):
    """A plan in its document."""

    outline: Outline
    plan: Plan


class Versions(NamedTuple):
    """Two plans that answer one inspection; where `ordered`, the first is known to be the earlier one."""

    first: Version
    second: Version
    ordered: bool


def versions(outlines: Sequence[Outline], identified: Mapping[str, str]) -> Iterator[Versions]:
    """Every two plans of different documents that answer one inspection, whoever was first as far as they say."""
    found: dict[tuple[str, ...], list[Version]] = defaultdict(list)
    for outline in outlines:
        for plan in outline.plans:
            key = _answered(outline, plan, identified)
            if plan.authority and key:
                found[plan.authority, *key].append(Version(outline, plan))
    for held in found.values():
        for k, one in enumerate(held):
            for other in held[k + 1 :]:
                if one.outline.iri != other.outline.iri:
                    yield _in_order(one, other)


def _answered(outline: Outline, plan: Plan, identified: Mapping[str, str]) -> tuple[str, ...]:
    """Which inspection a plan answers: the one that was read, else the time and framework that it gives."""
    mention = next((one for one in outline.mentions if one.iri == plan.responds_to), None)
    if mention is None:
        return ()
    known = identified.get(mention.iri)
    return (known,) if known else (mention.when, mention.framework or "") if mention.when else ()


def _in_order(one: Version, other: Version) -> Versions:
    """By the dates of their documents, else by the numbers of their versions, else as they come."""
    days = (one.outline.written, other.outline.written)
    numbers = (_number(one.plan), _number(other.plan))
    for before, after in (days, numbers):
        # a month and a day in it tell no order
        if before and after and not (before.startswith(after) or after.startswith(before)):
            return Versions(one, other, True) if before < after else Versions(other, one, True)
    return Versions(one, other, False)


def _number(plan: Plan) -> str:
    """The number of a plan's version so that it sorts, or nothing."""
    match = _VERSION.search(plan.title)
    return match[1].zfill(3) if match else ""


def same_rows(one: Plan, other: Plan) -> Iterator[tuple[Promise, Promise]]:
    """The rows that both plans have: of one reference and nearly the same words, or of the same words."""
    referred = {row.reference: row for row in one.promises if row.reference}
    worded = {iris.statement_key(row.words): row for row in one.promises}
    for row in other.promises:
        held = referred.get(row.reference or "")
        if held is None or alike(held.words, row.words) < _SAME:
            held = worded.get(iris.statement_key(row.words))
        if held is not None:
            yield held, row
