"""How linking grows with documents: the same authorities again under other codes, as ratios within one run.

    python benchmarks/growth.py BUILD [--sizes 203 400 800]

Outlines come from the cache of a build; each copy of an authority has its own code, its own IRIs, and its statements in
another order. Linking compares within one authority, so twice the documents should take about twice the time.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from graph.links.draw import draw
from graph.links.learning.__main__ import outlines
from graph.links.outline import Outline, Plan, Statement, Visit
from ontology import load


def again(one: Outline, copy: int) -> Outline:
    """The outline under other names; the first copy is the outline itself."""
    if copy == 0:
        return one
    chance = random.Random(f"{one.iri} {copy}")

    def renamed(iri: str | None) -> str | None:
        if iri is None:
            return None
        # what a document says keeps its own end: the same end in two versions of a report is the same statement
        before, found, within = iri.partition("/document/")
        key, _, rest = within.partition("/")
        return f"{before}{found}{key}-{copy}/{rest}".rstrip("/") if found else f"{iri}-{copy}"

    def visit(held: Visit) -> Visit:
        codes = tuple(f"{code}-{copy}" for code in held.authorities)
        return held._replace(iri=str(renamed(held.iri)), authorities=codes)

    def said(held: Statement) -> Statement:
        return held._replace(iri=str(renamed(held.iri)), of=renamed(held.of))

    def plan(held: Plan) -> Plan:
        code = f"{held.authority}-{copy}" if held.authority else None
        return Plan(str(renamed(held.iri)), code, renamed(held.responds_to))

    statements = [said(held) for held in one.statements]
    chance.shuffle(statements)
    return one._replace(
        iri=str(renamed(one.iri)),
        own=visit(one.own) if one.own else None,
        mentions=tuple(map(visit, one.mentions)),
        plans=tuple(map(plan, one.plans)),
        statements=tuple(statements),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("build", type=Path, metavar="BUILD")
    parser.add_argument("--sizes", type=int, nargs="+", default=[203, 400, 800])
    given = parser.parse_args()
    known = list(outlines(given.build).values())
    vocabulary = load()
    first = 0.0
    for size in given.sizes:
        held = [again(known[n % len(known)], n // len(known)) for n in range(size)]
        began = time.process_time()
        drawn = draw(held, (), vocabulary)
        took = time.process_time() - began
        first = first or took / size
        links = sum(len(one.triples) + sum(piece.size for piece in one.pieces.values()) for one in drawn)
        print(
            f"{size:5} documents  {took:7.1f} s  {links:9,} triples  {took / size / first:5.2f} of the first a document"
        )


if __name__ == "__main__":
    main()
