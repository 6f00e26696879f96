"""Authorities whose links are drawn apart from those of all others: each alone, or those inspected jointly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from graph import iris
from graph.document.pen import TYPE, concept, ig, share, text
from graph.links.moments import Moment, moments
from graph.links.outline import Outline
from graph.links.revisits import MOST, Revisit, of_authority


class Group(NamedTuple):
    """All that the links of some authorities depend on, besides the code and the meanings of words."""

    authorities: tuple[str, ...]
    moments: tuple[tuple[Moment, ...], ...]
    """Of each of the authorities."""
    repetitions: tuple[tuple[str, tuple[str, ...]], ...]
    """Which statements of other documents repeat one of theirs: these share the links of the original."""


def groups(outlines: Sequence[Outline], restated: Mapping[str, str], identified: Mapping[str, str]) -> list[Group]:
    """All groups in the order of their authorities' codes.

    `restated` leads from what repeats a statement of another document to the original, `identified` from a mention to
    the inspection that it means.
    """
    known = moments(outlines, frozenset(restated), identified)
    copies: dict[str, list[str]] = defaultdict(list)
    for repetition in sorted(restated):
        copies[restated[repetition]].append(repetition)
    return [_group(together, known, copies) for together in _together(known)]


def _together(known: Mapping[str, Sequence[Moment]]) -> list[list[str]]:
    """The authorities, those together that any statement is of."""
    group_of: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    for gss in sorted(known):
        group_of[gss] = [gss]
        for moment in known[gss]:
            other = first.setdefault(moment.statements[0].iri, gss)
            if group_of[other] is not group_of[gss]:
                joined = sorted((*group_of[other], *group_of[gss]))
                group_of.update(dict.fromkeys(joined, joined))
    return sorted({id(held): held for held in group_of.values()}.values())


def _group(
    together: Sequence[str], known: Mapping[str, Sequence[Moment]], copies: Mapping[str, Sequence[str]]
) -> Group:
    said = sorted({one.iri for gss in together for moment in known[gss] for one in moment.statements})
    repetitions = tuple((iri, tuple(copies[iri])) for iri in said if iri in copies)
    return Group(tuple(together), tuple(tuple(known[gss]) for gss in together), repetitions)


def links(group: Group) -> list[Revisit]:
    """The links of a group, each once, in the order of their ends."""
    repetitions = dict(group.repetitions)
    drawn: dict[tuple[str, str], Revisit] = {}
    for held in sorted(group.moments, key=lambda held: -sum(len(moment.statements) for moment in held)):
        for one in _with_repetitions(of_authority(held), repetitions):
            drawn.setdefault((one.later, one.earlier), one)
    return [drawn[key] for key in sorted(drawn)]


def revisit(
    outlines: Sequence[Outline],
    restated: Mapping[str, str] | None = None,
    identified: Mapping[str, str] | None = None,
) -> list[Revisit]:
    """Links from later to earlier statements of one authority, of all groups."""
    return [link for group in groups(outlines, restated or {}, identified or {}) for link in links(group)]


def _with_repetitions(drawn: Sequence[Revisit], repetitions: Mapping[str, Sequence[str]]) -> Iterator[Revisit]:
    """The links, and the same ones of what repeats either end."""
    of_later: dict[str, list[Revisit]] = defaultdict(list)
    for link in drawn:
        of_later[link.later].append(link)
    for later, found in of_later.items():
        held = [
            one
            for link in found
            for one in (link, *(_moved(link, later, copy) for copy in repetitions.get(link.earlier, ())))
        ][:MOST]
        yield from held
        for copy in repetitions.get(later, ()):
            yield from (_moved(link, copy, link.earlier) for link in held)


def _moved(link: Revisit, later: str, earlier: str) -> Revisit:
    told = f"{link.reason}; drawn for the statement that this one repeats"
    return Revisit(later, earlier, link.kind, link.outcome, link.confidence, told)


def written(revisits: Sequence[Revisit]) -> Iterator[ox.Triple]:
    """The plain link, and beside it a node with kind, outcome, confidence and reason."""
    for link in revisits:
        later, earlier = ox.NamedNode(link.later), ox.NamedNode(link.earlier)
        node = ox.NamedNode(iris.revisit(link.later, link.earlier))
        yield ox.Triple(later, ig("revisits"), earlier)
        yield ox.Triple(node, TYPE, ig("Revisit"))
        yield ox.Triple(node, ig("later"), later)
        yield ox.Triple(node, ig("earlier"), earlier)
        yield ox.Triple(node, ig("linkKind"), concept("link-kind", link.kind))
        yield ox.Triple(node, ig("outcome"), concept("outcome", link.outcome))
        yield ox.Triple(node, ig("confidence"), share(round(link.confidence, 2)))
        yield ox.Triple(node, ig("reason"), text(link.reason))
