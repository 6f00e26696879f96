"""Draws links and pairs that were not linked, shuffled, for a reader who is not told which is which; then counts.

    python -m benchmarks.blind_links draw BUILD SHEET [--seed N] [--each N]
    python -m benchmarks.blind_links count SHEET

`draw` writes SHEET.txt for the reader and SHEET.key, which tells what is a link. Links that a reader judged when
linking was taught are left out. The pairs that are no links are of one authority too, share a theme, and lead from a
later to an earlier inspection, as links do. The reader writes SHEET.verdicts: one line a pair, its number and `yes` or
`no`: would I have drawn this link? `count` says how many of
each were wanted.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.links.learning.verdicts import own_verdicts

PREFIXES = "PREFIX ig: <https://w3id.org/inspection-graph/ontology#> "
SAID = """SELECT DISTINCT ?said ?words ?authority ?start ?theme ?section WHERE {
  ?inspection ig:inspects ?authority ; ig:startDate ?start ; ig:hasFinding|ig:hasRecommendation ?said .
  ?said ig:statement ?words ; ig:theme ?theme OPTIONAL { ?said ig:section ?section } }"""
LINKS = "SELECT ?later ?earlier WHERE { ?link a ig:Revisit ; ig:later ?later ; ig:earlier ?earlier }"
TRIES = 1000


@dataclass(frozen=True, slots=True)
class Said:
    iri: str
    words: str
    authority: str
    start: str
    section: str


@dataclass(frozen=True, slots=True)
class Pair:
    earlier: Said
    later: Said
    linked: bool


def rows(store: ox.Store, sparql: str) -> Iterator[tuple[str, ...]]:
    found = store.query(PREFIXES + sparql, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    for row in found:
        yield tuple("" if value is None else str(getattr(value, "value", value)) for value in row)


def linked(links: Sequence[tuple[str, str]], said: dict[str, Said], each: int, chance: random.Random) -> list[Pair]:
    known = sorted((later, earlier) for later, earlier in links if later in said and earlier in said)
    return [Pair(said[earlier], said[later], True) for later, earlier in chance.sample(known, min(each, len(known)))]


def others(
    links: Sequence[tuple[str, str]], said: dict[str, Said], alike: list[list[str]], each: int, chance: random.Random
) -> list[Pair]:
    """Pairs out of one of the groups, whose statements share authority and theme, that are not linked."""
    drawn, found = set(links), []
    weights = [len(group) for group in alike]
    for _ in range(TRIES * each):
        earlier, later = sorted(
            (said[iri] for iri in chance.choices(chance.choices(alike, weights)[0], k=2)), key=lambda one: one.start
        )
        if earlier.start < later.start and (later.iri, earlier.iri) not in drawn:
            found.append(Pair(earlier, later, False))
            drawn.add((later.iri, earlier.iri))
        if len(found) == each:
            break
    return found


def draw(build: Path, sheet: Path, seed: int, each: int) -> None:
    store = ox.Store.read_only(str(build / "store"))
    said: dict[str, Said] = {}
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    for iri, words, authority, start, theme, section in rows(store, SAID):
        said[iri] = Said(iri, words, authority, start, section)
        groups[authority, theme].add(iri)
    taught = own_verdicts()
    links = [(later, earlier) for later, earlier in rows(store, LINKS)]
    fresh = [link for link in links if link not in taught]
    chance = random.Random(seed)
    alike = [sorted(groups[key]) for key in sorted(groups) if len(groups[key]) > 1]
    pairs = linked(fresh, said, each, chance) + others(links, said, alike, each, chance)
    chance.shuffle(pairs)
    told = [
        f"{n}\n" + "".join(f"  {one.start} [{one.section}]: {one.words}\n" for one in (pair.earlier, pair.later))
        for n, pair in enumerate(pairs, 1)
    ]
    sheet.with_suffix(".txt").write_text("\n".join(told), encoding="utf8")
    key = [
        f"{n} {'link' if pair.linked else 'other'} {pair.later.iri} {pair.earlier.iri}"
        for n, pair in enumerate(pairs, 1)
    ]
    sheet.with_suffix(".key").write_text("\n".join(key) + "\n", encoding="utf8")


def count(sheet: Path) -> None:
    key = {line.split()[0]: line.split()[1] for line in sheet.with_suffix(".key").read_text().splitlines()}
    given = [line.split()[:2] for line in sheet.with_suffix(".verdicts").read_text().splitlines() if line.strip()]
    for kind in ("link", "other"):
        verdicts = [verdict for n, verdict in given if key[n] == kind]
        print(f"{kind:6} wanted {verdicts.count('yes'):4} of {len(verdicts)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    commands = parser.add_subparsers(dest="command", required=True)
    drawing, counting = commands.add_parser("draw"), commands.add_parser("count")
    drawing.add_argument("build", type=Path, metavar="BUILD")
    for one in (drawing, counting):
        one.add_argument("sheet", type=Path, metavar="SHEET")
    drawing.add_argument("--seed", type=int, default=1)
    drawing.add_argument("--each", type=int, default=100)
    given = parser.parse_args()
    if given.command == "draw":
        draw(given.build, given.sheet, given.seed, given.each)
    else:
        count(given.sheet)


if __name__ == "__main__":
    main()
