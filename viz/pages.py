"""The pages of a whole site, and the index that leads to them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context

import ontology
import queries
from queries.values import plain
from viz.authorities_and_themes import draw_pairs
from viz.authority_story import authority_story, balance
from viz.inspection import inspection
from viz.network import View, document, page
from viz.red_thread import red_thread, thread_sparql, threads_by_authority
from viz.said import Item, Said, Visit, links, read, sparql
from viz.schema import schema
from viz.theme_map import draw_map, findings_of

INDEX = ("All pages", "index.html")
MOSTLY = {"strength": "strengths", "weakness": "weaknesses", "neutral": "neither"}
Cell = tuple[str, str]
LEAST = 20
"""Pages for which it pays to start a process."""


class _Nobody:
    """The source of a page whose answers are all there already."""

    name = ""

    def query(self, sparql: str) -> queries.Answer:
        raise LookupError(f"a page that knows all it shows asks: {sparql[:200]}")


NOBODY = _Nobody()


@dataclass(frozen=True, slots=True)
class Plan:
    """Which pages there will be: files of authorities' stories and threads by name, of inspections by IRI."""

    stories: Mapping[str, str]
    threads: Mapping[str, str]
    inspections: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to be drawn of what is known: all that another process needs for it."""

    file: str
    view: str
    said: Said
    rows: Sequence[Mapping[str, str]]
    beside: Sequence[Cell]


def pages(source: queries.Source, workers: int = 1) -> Iterator[tuple[str, str]]:
    """File name and text of every page, one after the other, the index first; drawn by so many processes."""
    said, rows = read(source), links(source)
    threads = threads_by_authority(rows, said)
    plan = _plan(said, threads)
    known = replace(said, pages={**plan.stories, **plan.inspections})
    whole = replace(known, sparql=sparql(source, {}, followed=False))
    sheets = [*_of_authorities(source, known, plan, threads), *_of_inspections(source, known, plan, rows)]
    with _drawing(min(workers, len(sheets) // LEAST)) as draw_all:
        others = draw_all(sheets)  # they are begun while the views of the whole are drawn here
        yield "index.html", _index(known, plan, len(rows))
        yield "theme-map.html", _page(draw_map(source, whole, {}))
        yield "authorities-and-themes.html", _page(draw_pairs(source, whole, {}))
        yield "schema.html", _page(schema(source))
        yield from zip((sheet.file for sheet in sheets), others, strict=True)


@contextmanager
def _drawing(workers: int) -> Iterator[Callable[[Sequence[Sheet]], Iterable[str]]]:
    """What draws sheets in their order: with so many processes, or here where one would do."""
    if workers < 2:
        yield partial(map, _drawn)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield partial(pool.map, _drawn)


def _drawn(sheet: Sheet) -> str:
    """A sheet's page; everything that it shows is in the sheet, so no source is asked."""
    match sheet.view:
        case "authority-story":
            view = authority_story(NOBODY, None, sheet.said)
        case "red-thread":
            view = red_thread(NOBODY, None, sheet.said, sheet.rows)
        case _:
            view = inspection(NOBODY, None, sheet.said, sheet.rows)
    return _page(view, sheet.beside)


def _of_authorities(
    source: queries.Source, known: Said, plan: Plan, threads: Mapping[str, Sequence[Mapping[str, str]]]
) -> Iterator[Sheet]:
    iris = queries.names("authority", source)
    after: dict[str, list[Item]] = defaultdict(list)
    for item in known.items.values():
        if item.under not in known.visit:
            after[item.authority].append(item)
    for authority, file in plan.stories.items():
        visits = [v for v in known.visits if authority in v.authorities]
        # its IRI says what its name would, without another look at all names
        asked = {"authority": iris[plain(authority)].value}
        own = replace(known.only(visits, after[authority]), sparql=sparql(source, asked))
        story, *thread = _beside([authority], plan)
        yield Sheet(file, "authority-story", own, (), thread)
        if authority in plan.threads:
            questions = (thread_sparql(source, asked), *own.sparql)
            yield Sheet(
                plan.threads[authority], "red-thread", replace(own, sparql=questions), threads[authority], [story]
            )


def _of_inspections(
    source: queries.Source, known: Said, plan: Plan, rows: Sequence[Mapping[str, str]]
) -> Iterator[Sheet]:
    within: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        if row["earlier"] in known.items and row["later"] in known.items:
            within[known.items[row["earlier"]].under].append(row)
    for visit in known.visits:
        if visit.iri in plan.inspections:
            asked = sparql(source, {"inspection": visit.iri}, followed=False)
            own = replace(known.only([visit]), sparql=asked)
            inside = [row for row in within[visit.iri] if row["later"] in own.items]
            yield Sheet(plan.inspections[visit.iri], "inspection", own, inside, _beside(visit.authorities, plan))


def _page(view: View, beside: Sequence[Cell] = ()) -> str:
    return page(replace(view, links=(INDEX, *beside)))


def _beside(authorities: Iterable[str], plan: Plan) -> list[Cell]:
    names = [a for a in authorities if a in plan.stories]
    return [(f"Story of {a}", plan.stories[a]) for a in names] + [
        (f"Red thread of {a}", plan.threads[a]) for a in names if a in plan.threads
    ]


def _plan(said: Said, threads: Mapping[str, object]) -> Plan:
    written = [v for v in said.visits if said.of(v.iri)]
    names = sorted({a for v in written for a in v.authorities})
    slugs = dict(zip(names, _slugs(names), strict=True))
    keys = [v.iri.removeprefix(ontology.BASE + "id/").removeprefix("inspection/") for v in written]
    return Plan(
        stories={a: f"story-{slug}.html" for a, slug in slugs.items()},
        threads={a: f"thread-{slug}.html" for a, slug in slugs.items() if a in threads},
        inspections={v.iri: f"inspection-{s}.html" for v, s in zip(written, _slugs(keys), strict=True)},
    )


def _slugs(names: Iterable[str]) -> list[str]:
    """A file's name for each: letters, digits and hyphens of ASCII, no two the same."""
    seen: Counter[str] = Counter()
    slugs = []
    for name in names:
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80] or "unnamed"
        seen[slug] += 1
        slugs.append(slug if seen[slug] == 1 else f"{slug}--{seen[slug]}")
    return slugs


def _index(known: Said, plan: Plan, linked: int) -> str:
    kinds = Counter(i.kind for i in known.items.values())
    counts = [
        ("authorities", len(plan.stories)),
        ("inspections", len(plan.inspections)),
        *((f"{kind}s", kinds[kind]) for kind in ("judgement", "finding", "recommendation", "action", "resolution")),
        ("links between statements", linked),
    ]
    written = 4 + len(plan.stories) + len(plan.threads) + len(plan.inspections)
    return document(
        "index.html",
        "index.js",
        {
            "title": "Inspections of children's services",
            "intro": f"{written} pages that open from disk and ask nothing of any network; each can be sent alone.",
            "counts": [(name, number) for name, number in counts if number],
            "groups": [
                ("Views of the whole", ("Page", "Shows"), _whole()),
                ("Authorities", ("Authority", "Pages", "Inspections", "Latest", "Overall"), _authorities(known, plan)),
                ("Themes", ("Theme", "Mostly", "Findings", "Weaknesses", "Strengths"), _themes(known)),
                ("Inspections", ("Inspection", "Authority", "Findings", "Recommendations"), _visits(known, plan)),
            ],
        },
    )


def _whole() -> list[list[Cell]]:
    return [
        [("Theme map", "theme-map.html"), ("which themes go together in findings", "")],
        [("Authorities and themes", "authorities-and-themes.html"), ("who is weak and who strong on which theme", "")],
        [("Schema", "schema.html"), ("the ontology with counts from this graph", "")],
    ]


def _authorities(known: Said, plan: Plan) -> list[list[Cell]]:
    found = []
    for name, file in plan.stories.items():
        visits = [v for v in known.visits if name in v.authorities and v.iri in plan.inspections]
        thread = plan.threads.get(name, "")
        found.append(
            [
                (f"Story of {name}", file),
                ("red thread" if thread else "no link to a later inspection", thread),
                (str(len(visits)), ""),
                (max(v.start for v in visits)[:4], ""),
                (_latest(known, visits), ""),
            ]
        )
    return found


def _latest(known: Said, visits: Sequence[Visit]) -> str:
    grades = [
        i.label.replace("-", " ")
        for v in visits
        for i in known.of(v.iri)
        if i.kind == "judgement" and i.area.endswith("/overall")
    ]
    return grades[-1] if grades else "not graded"


def _themes(known: Said) -> list[list[Cell]]:
    findings = findings_of(known)
    counts = Counter(t for f in findings for t in f.themes)
    weak, strong = (
        Counter(t for f in findings if f.label == polarity for t in f.themes) for polarity in ("weakness", "strength")
    )
    return [
        [
            (known.name(t), f"theme-map.html#selected={t.removeprefix(ontology.BASE)}"),
            (MOSTLY[balance(strong[t], weak[t])], ""),
            (f"{counts[t]:,}", ""),
            (f"{weak[t]:,}", ""),
            (f"{strong[t]:,}", ""),
        ]
        for t in sorted(counts, key=lambda t: (known.name(t), t))
    ]


def _visits(known: Said, plan: Plan) -> list[list[Cell]]:
    found = []
    for visit in reversed(known.visits):
        if visit.iri in plan.inspections:
            kinds = Counter(i.kind for i in known.of(visit.iri))
            found.append(
                [
                    (visit.name, plan.inspections[visit.iri]),
                    (", ".join(visit.authorities), ""),
                    (str(kinds["finding"]), ""),
                    (str(kinds["recommendation"]), ""),
                ]
            )
    return found
