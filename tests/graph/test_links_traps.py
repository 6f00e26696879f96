"""What must never be linked or taken for one: the traps that a reader set in the real documents, and the same by hand.

The real documents and the traps' words stand outside this repository; where they are missing these tests are skipped.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from graph.links.groups import revisit
from graph.links.identity import identify
from graph.links.outline import Outline, Plan, Statement, Visit, outline
from graph.links.restates import restate
from loaders.reading.source import open_document
from loaders.records import Report, Source
from loaders.understand import understand
from ontology import Vocabulary

ONE, OTHER = "E10000001", "E10000002"


class Seeds(NamedTuple):
    reports: dict[str, Report]
    outlines: dict[str, Outline]
    identified: dict[str, str]
    restated: dict[str, str]
    revisits: frozenset[tuple[str, str]]


def plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", words.lower())


def read(path: Path, vocabulary: Vocabulary) -> Report:
    content = path.read_bytes()
    opened, text = open_document(path)
    return understand(
        Source(path.name, hashlib.sha256(content).hexdigest(), opened.media_type, len(content)), text, vocabulary
    )


@pytest.fixture(scope="module")
def seeds(shared: Path, vocabulary: Vocabulary) -> Seeds:
    files = json.loads((shared / "gold" / "seeds.json").read_text(encoding="utf8"))
    found = {number: next((shared / "documents").rglob(one["file"])) for number, one in files.items()}
    reports = {number: read(path, vocabulary) for number, path in found.items()}
    outlines = {number: outline(report, vocabulary) for number, report in reports.items()}
    known = list(outlines.values())
    identified = {link.subject: link.object for link in identify(known, vocabulary)}
    restated = {link.subject: link.object for link in restate(known, identified)}
    drawn = frozenset((link.later, link.earlier) for link in revisit(known, restated, identified))
    return Seeds(reports, outlines, identified, restated, drawn)


@pytest.fixture(scope="module")
def traps(shared: Path) -> list[dict[str, Any]]:
    lines = (shared / "gold" / "links_not.jsonl").read_text(encoding="utf8").splitlines()
    return [json.loads(line) for line in lines]


def saying(seeds: Seeds, end: dict[str, str]) -> set[str]:
    """The statements of a seed that say what one end of a trap quotes."""
    words = plain(end["what"])
    return {
        one.iri
        for one in seeds.outlines[end["doc"]].statements
        if words in plain(one.words) or (len(plain(one.words)) > 40 and plain(one.words) in words)
    }


def joined(seeds: Seeds, trap: dict[str, Any]) -> bool:
    one, other = saying(seeds, trap["from"]), saying(seeds, trap["to"])
    pairs = seeds.revisits | set(seeds.restated.items())
    return any((a, b) in pairs or (b, a) in pairs for a in one for b in other)


def test_no_trap_of_the_real_documents_is_linked_or_taken_for_a_repetition(
    seeds: Seeds, traps: list[dict[str, Any]]
) -> None:
    between = [trap for trap in traps if trap["from"]["doc"] != trap["to"]["doc"]]
    assert len(between) >= 10
    assert [trap["why_not"] for trap in between if joined(seeds, trap)] == []


@pytest.fixture(scope="module")
def reported(shared: Path, seeds: Seeds, vocabulary: Vocabulary) -> dict[str, str]:
    """What mentions of the seeds mean, with the reports at hand that others of them on the same authority speak of."""
    facts = [json.loads(line) for line in (shared / "gold" / "facts.jsonl").read_text(encoding="utf8").splitlines()]
    held = {one.iri.rpartition("/")[2] for one in seeds.outlines.values()}
    spoken = {
        (gss, mention.when)
        for one in seeds.outlines.values()
        for mention in one.mentions
        for gss in mention.authorities
        if mention.when
    }
    wanted = {
        one["sha"]
        for one in facts
        if one["sha"] not in held
        and any(one["gss"] == gss and (one["start"] or "").startswith(when) for gss, when in spoken)
    }
    files = (path for path in (shared / "documents" / "reports").rglob("*") if path.is_file())
    keyed = {hashlib.sha256(path.read_bytes()).hexdigest()[:16]: path for path in files}
    reports = [outline(read(keyed[sha], vocabulary), vocabulary) for sha in sorted(wanted & set(keyed))]
    assert len(reports) >= 2
    return {link.subject: link.object for link in identify([*seeds.outlines.values(), *reports], vocabulary)}


def meanings(seeds: Seeds, reported: dict[str, str], end: dict[str, str]) -> set[object]:
    """What the mentions mean that one end of a trap quotes: the inspection, else whose and when as far as said."""
    parts = [plain(part) for part in end["what"].split("...")]
    report, mentions = seeds.reports[end["doc"]], seeds.outlines[end["doc"]].mentions
    found: set[object] = set()
    for one, record in zip(mentions, report.mentions, strict=True):
        words = [plain(report.text.words(span)) for span in record.spans]
        if any(all(part in said for part in parts) or said in parts for said in words):
            found.add(reported.get(one.iri, (one.authorities, one.when)))
    return found


def test_the_two_ends_of_an_identity_trap_never_mean_one_inspection(
    seeds: Seeds, traps: list[dict[str, Any]], reported: dict[str, str]
) -> None:
    of_identity = [trap for trap in traps if trap["kind"] == "identity"]
    ends = [
        (trap["why_not"], meanings(seeds, reported, trap["from"]), meanings(seeds, reported, trap["to"]))
        for trap in of_identity
    ]
    assert len([one for _, one, other in ends if one and other]) >= 3
    assert {meaning for _, *both in ends for one in both for meaning in one if isinstance(meaning, str)}
    assert [why for why, one, other in ends if one & other] == []


def test_a_mention_in_a_document_on_a_neighbour_is_never_an_inspection_of_another_authority(seeds: Seeds) -> None:
    owners = {one.own.iri: set(one.own.authorities) for one in seeds.outlines.values() if one.own}
    for one in seeds.outlines.values():
        for mention in one.mentions:
            meant = seeds.identified.get(mention.iri)
            if meant in owners and mention.authorities:
                assert owners[meant] & set(mention.authorities)


def test_mentions_of_different_years_are_never_one_inspection(seeds: Seeds) -> None:
    years: dict[str, set[str]] = {}
    for one in seeds.outlines.values():
        for mention in one.mentions:
            if mention.when and mention.iri in seeds.identified:
                years.setdefault(seeds.identified[mention.iri], set()).add(mention.when[:4])
    assert all(len(of) == 1 for of in years.values())


def test_a_deadline_for_a_plan_to_come_is_no_plan(seeds: Seeds) -> None:
    planning = {number for number, one in seeds.outlines.items() if one.plans}
    assert planning == {"003"}  # the letters that set a deadline hold no plan
    plan = next(iter(seeds.reports["003"].plans))
    assert plan.responds_to is None or seeds.reports["003"].mentions[plan.responds_to].when != "2023"


def test_a_reference_that_is_misprinted_addresses_the_recommendation_it_stands_under(seeds: Seeds) -> None:
    (plan,) = seeds.reports["003"].plans
    misprinted = [one for one in plan.actions if one.printed_reference and one.printed_reference != one.reference]
    assert [(one.printed_reference, one.reference) for one in misprinted if one.printed_reference == "3.7"] == [
        ("3.7", "5.7")
    ]


def visit(name: str, when: str | None, *authorities: str, statement: str | None = None) -> Visit:
    return Visit(f"http://x/{name}", statement, "ilacs", authorities or (ONE,), when, when, ())


def said(name: str, words: str, kind: str = "finding", of: str | None = None, **more: Any) -> Statement:
    held = Statement(f"http://x/{name}", kind, words, "strength" if kind == "finding" else None, (), (), None, of)
    return held._replace(**more)


def document(name: str, own: Visit | None, *statements: Statement, **more: Any) -> Outline:
    held = Outline(
        f"http://x/document/{name}",
        "inspection-report",
        own.when if own else "2019-01-01",
        bool(own and own.when),
        own,
        (),
        (),
        tuple(statements),
    )
    return held._replace(**more)


PRAISE = "Almost all children have a plan for permanence by their second review"


def test_near_identical_praise_in_two_authorities_is_a_parallel_and_no_link() -> None:
    here, there = visit("here", "2019-09-04"), visit("there", "2021-09-04", OTHER)
    reports = [
        document("one", here, said("before", PRAISE, of=here.iri)),
        document("two", there, said("after", PRAISE, of=there.iri)),
    ]
    assert revisit(reports) == []
    assert restate(reports, {}) == []


def test_of_two_authorities_asked_the_same_each_plan_repeats_its_own_inspection() -> None:
    words = "Ensure that supervision is regular and recorded"
    shelf = []
    for gss in (ONE, OTHER):
        made = visit(f"made-{gss}", "2017-09-04", gss)
        shelf.append(document(f"report-{gss}", made, said(f"asked-{gss}", words, "recommendation", made.iri)))
        repeated = said(f"repeated-{gss}", words, "recommendation", f"http://x/plan-{gss}")
        shelf.append(document(f"pack-{gss}", None, repeated, plans=(Plan(f"http://x/plan-{gss}", gss, None),)))
    assert {(link.subject, link.object) for link in restate(shelf, {})} == {
        (f"http://x/repeated-{gss}", f"http://x/asked-{gss}") for gss in (ONE, OTHER)
    }


def test_two_plans_for_one_inspection_keep_their_own_actions() -> None:
    made = visit("made", "2017-09-04")
    asked = said("asked", "Ensure that supervision is regular and recorded", "recommendation", made.iri)
    plans = [
        document(
            name,
            None,
            said(f"{name}-action", "Audit supervision records each month", "action", f"http://x/plan-{name}"),
            said(f"{name}-asked", asked.words, "recommendation", f"http://x/plan-{name}"),
            plans=(Plan(f"http://x/plan-{name}", ONE, None),),
            issued=issued,
        )
        for name, issued in (("first", "2018-01-01"), ("second", "2018-06-01"))
    ]
    repeated = restate([document("report", made, asked), *plans], {})
    assert {(link.subject, link.object) for link in repeated} == {
        ("http://x/first-asked", asked.iri),
        ("http://x/second-asked", asked.iri),
    }


@pytest.mark.parametrize("when", ["2012", "2012-09", "2012-09-04"])
def test_the_only_inspection_that_was_read_is_not_meant_by_a_mention_of_another_year(
    vocabulary: Vocabulary, when: str
) -> None:
    spoken = visit("spoken", when, statement="the inspection conducted then")._replace(framework=None)
    pack = document("pack", None, mentions=(spoken,))
    assert identify([pack, document("report", visit("made", "2017-09-04"))], vocabulary) == []


def test_a_plan_that_answers_an_inspection_nobody_has_leaves_it_open(vocabulary: Vocabulary) -> None:
    unseen = visit("unseen", "2015", statement="the inspection of 2015")._replace(framework=None)
    plan = document(
        "pack", None, plans=(Plan("http://x/plan", ONE, unseen.iri),), mentions=(unseen,), issued="2016-01-01"
    )
    known = document("report", visit("made", "2019-09-04"))
    assert identify([plan, known], vocabulary) == []


def test_a_document_dated_before_what_it_speaks_of_is_not_joined_to_it(vocabulary: Vocabulary) -> None:
    spoken = visit("spoken", "2019-09", statement="the inspection in September 2019")._replace(framework=None)
    early = document("pack", None, mentions=(spoken,), issued="2018-01-01")
    assert identify([early, document("report", visit("made", "2019-09-04"))], vocabulary) == []
