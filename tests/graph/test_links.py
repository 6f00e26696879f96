"""Links across documents, drawn from outlines made by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pyoxigraph as ox
import pytest

from graph.document.triples import quads
from graph.links import outline as outlines
from graph.links.draw import draw
from graph.links.groups import revisit
from graph.links.identity import identify
from graph.links.outline import Outline, Plan, Statement, Visit
from graph.links.restates import restate
from graph.links.revisits import MOST, Revisit
from graph.links.rules import infer
from graph.links.words import stem, terms
from loaders.records import Report
from ontology import ID, Vocabulary

ONE, OTHER = "E10000001", "E10000002"


def visit(name: str, when: str | None, **more: object) -> Visit:
    held = Visit(f"http://x/{name}", None, "ilacs", (ONE,), when, when, ())
    return held._replace(**more)  # type: ignore[arg-type]


def document(name: str, own: Visit | None = None, **more: object) -> Outline:
    issued = own.when if own and own.when else "2030-01-01"
    held = Outline(f"http://x/document/{name}", "inspection-report", issued, bool(own and own.when), own, (), (), ())
    return held._replace(**more)  # type: ignore[arg-type]


def mention(when: str | None = None, statement: str = "At the inspection then", **more: object) -> Visit:
    held = Visit("http://x/mention", statement, None, (ONE,), when, None, ())
    return held._replace(**more)  # type: ignore[arg-type]


def meant(mention: Visit, *known: Outline, vocabulary: Vocabulary, issued: str | None = "2030-01-01") -> str | None:
    """The name of the inspection that a pack's mention is identified with."""
    pack = document("pack", mentions=(mention,), issued=issued)
    found = identify([pack, *known], vocabulary)
    assert all(0 < link.confidence < 1 and link.reason for link in found)
    return found[0].object.rpartition("/")[2] if found else None


FULL = document("a", visit("full", "2017-09-04", framework="sif", judgements=(("leadership", "good"),)))
LATER = document("b", visit("later", "2022-02-07"))
FOCUSED = document("c", visit("focused", "2019-10-01", framework="ilacs-focused-visit"))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2017", "full"),
        ("2017-09", "full"),
        ("2017-09-04", "full"),
        ("2017-11", "full"),
        ("2018", None),
        ("2018-09", None),
    ],
)
def test_a_mention_means_the_inspection_of_its_time(vocabulary: Vocabulary, when: str, expected: str | None) -> None:
    assert meant(mention(when), FULL, LATER, vocabulary=vocabulary) == expected


def test_a_mention_never_means_an_inspection_of_another_authority(vocabulary: Vocabulary) -> None:
    assert meant(mention("2017", authorities=(OTHER,)), FULL, vocabulary=vocabulary) is None


def test_a_mention_never_means_an_inspection_after_its_document(vocabulary: Vocabulary) -> None:
    assert meant(mention("2022"), LATER, vocabulary=vocabulary, issued="2022-01-01") is None


def test_another_grade_tells_that_another_inspection_is_meant(vocabulary: Vocabulary) -> None:
    said = mention("2017", judgements=(("leadership", "inadequate"),))
    assert meant(said, FULL, vocabulary=vocabulary) is None


def test_the_last_inspection_is_the_last_full_one_before_the_document(vocabulary: Vocabulary) -> None:
    said = mention(None, "At the last inspection leadership was good.")
    assert meant(said, FULL, FOCUSED, LATER, vocabulary=vocabulary, issued="2020-01-01") == "full"


def test_a_mention_that_tells_no_time_is_left_open(vocabulary: Vocabulary) -> None:
    assert meant(mention(None, "An inspection was made."), FULL, vocabulary=vocabulary) is None


def test_two_that_fit_equally_well_are_left_open(vocabulary: Vocabulary) -> None:
    twin = document("d", visit("twin", "2017-03-04", framework="sif"))
    assert meant(mention("2017"), FULL, twin, vocabulary=vocabulary) is None


def test_an_article_that_reports_an_undated_visit_is_joined_to_the_last_before_it(vocabulary: Vocabulary) -> None:
    reported = mention(None, framework="ilacs-focused-visit")
    article = document("news", issued="2019-12-01", dated=False)._replace(own=reported)
    found = identify([article, FULL, FOCUSED, LATER], vocabulary)
    assert [link.object for link in found] == ["http://x/focused"]


def said(name: str, words: str, kind: str = "finding", of: str | None = None, **more: object) -> Statement:
    held = Statement(f"http://x/{name}", kind, words, "weakness" if kind == "finding" else None, (), (), None, of)
    return held._replace(**more)  # type: ignore[arg-type]


WORDS = "Ensure that supervision is regular, recorded well and challenges drift in the plans of children"


def pack(*statements: Statement, responds_to: str | None = None) -> Outline:
    return document("pack", plans=(Plan("http://x/plan", ONE, responds_to),), statements=statements)


def original(name: str, when: str, words: str = WORDS) -> Outline:
    made = visit(f"inspection-{name}", when)
    return document(name, made, statements=(said(name, words, "recommendation", made.iri),))


def test_a_plan_s_recommendation_restates_the_original_though_some_words_differ() -> None:
    repeated = said(
        "repeated", WORDS.replace("regular, recorded", "regular and recorded"), "recommendation", "http://x/plan"
    )
    (link,) = restate([original("first", "2017-09-04"), pack(repeated)], {})
    assert (link.subject, link.property, link.object) == ("http://x/repeated", "restates", "http://x/first")
    assert 0.8 <= link.confidence < 1


def test_what_is_only_on_the_same_matter_restates_nothing() -> None:
    alike = said(
        "alike", "Ensure that supervision is offered to foster carers and recorded", "recommendation", "http://x/plan"
    )
    assert restate([original("first", "2017-09-04"), pack(alike)], {}) == []


def test_where_the_plan_says_which_inspection_it_answers_only_that_one_is_restated() -> None:
    repeated = said("repeated", WORDS, "recommendation", "http://x/plan")
    reports = [original("first", "2017-09-04"), original("second", "2019-09-04")]
    (link,) = restate([*reports, pack(repeated, responds_to="m")], {"m": "http://x/inspection-second"})
    assert link.object == "http://x/second"


def test_near_identical_words_of_another_authority_are_not_restated() -> None:
    made = visit("elsewhere", "2017-09-04", authorities=(OTHER,))
    elsewhere = document("elsewhere", made, statements=(said("there", WORDS, "recommendation", made.iri),))
    assert restate([elsewhere, pack(said("repeated", WORDS, "recommendation", "http://x/plan"))], {}) == []


def test_a_later_version_of_a_report_restates_what_both_say() -> None:
    made = visit("inspection", "2017-09-04")
    versions = [
        document(name, made, issued=issued, statements=(said(f"{name}/finding/0a", WORDS, of=made.iri),))
        for name, issued in (("amended", "2018-01-01"), ("first", "2017-11-01"))
    ]
    (link,) = restate(versions, {})
    assert (link.subject, link.object) == ("http://x/amended/finding/0a", "http://x/first/finding/0a")


GREEK = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "theta", "iota", "kappa", "lambda", "omicron", "sigma")
FILLER = tuple(
    said(f"filler-{n}", f"{word} meetings take place every {word}", polarity="strength") for n, word in enumerate(GREEK)
)


def seen(*later: Statement, earlier: Sequence[Statement] = ()) -> list[tuple[str, str, str]]:
    """Links from an inspection of 2022 to one of 2017, with their outcomes."""
    first, second = visit("first", "2017-09-04"), visit("second", "2022-02-07")
    reports = [
        document("one", first, statements=tuple(earlier)),
        document("two", second, statements=later),
        document("fill", visit("fill", "2000-01-01", authorities=(OTHER,)), statements=FILLER * 3),
    ]
    drawn = revisit(reports)
    return [(link.later.rpartition("/")[2], link.earlier.rpartition("/")[2], link.outcome) for link in drawn]


ASKED = said("asked", "Put the permanency tracker into use", "recommendation")


def test_a_later_finding_is_linked_to_the_recommendation_on_the_same_rare_matter() -> None:
    praise = said("praise", "The permanency tracker is in use and prevents drift", polarity="strength")
    assert seen(praise, earlier=[ASKED]) == [("praise", "asked", "achieved")]


def test_a_weakness_on_the_same_matter_tells_that_it_was_not_achieved() -> None:
    blame = said("blame", "The permanency tracker is not in use")
    assert seen(blame, earlier=[ASKED]) == [("blame", "asked", "not-achieved")]


def test_contact_in_family_time_is_not_contact_at_the_front_door() -> None:
    asked = said("asked", "Ensure that contacts are screened and decided upon promptly", "recommendation")
    asked = asked._replace(themes=("contact-and-referral",))
    family = said(
        "family", "Contact with parents is supervised with care and takes place promptly", themes=("family-time",)
    )
    screened = said("screened", "Contacts are screened within a day", polarity="strength", themes=asked.themes)
    assert seen(family, screened, earlier=[asked]) == [("screened", "asked", "achieved")]


def test_no_link_leads_from_an_earlier_to_a_later_inspection() -> None:
    praise = said("praise", "The permanency tracker is in use", polarity="strength")
    assert seen(ASKED, earlier=[praise]) == [("asked", "praise", "worse")]
    assert seen(praise, earlier=[ASKED]) == [("praise", "asked", "achieved")]


def test_no_link_leads_to_another_authority() -> None:
    there, here = visit("there", "2017-09-04", authorities=(OTHER,)), visit("here", "2022-02-07")
    praise = said("praise", "The permanency tracker is in use", polarity="strength")
    reports = [document("one", there, statements=(ASKED,)), document("two", here, statements=(praise, *FILLER))]
    assert revisit(reports) == []


def test_each_further_link_to_what_was_said_at_one_time_takes_more() -> None:
    asked = [ASKED._replace(iri=f"http://x/asked-{n}") for n in range(9)]
    praise = said("praise", "The permanency tracker is in use", polarity="strength")
    assert 1 <= len(seen(praise, earlier=asked)) < MOST


def test_a_later_statement_has_eight_links_at_most_with_those_to_repetitions() -> None:
    praise = said("praise", "The permanency tracker is in use", polarity="strength")
    reports = [
        document("one", visit("first", "2017-09-04"), statements=(ASKED,)),
        document("two", visit("second", "2022-02-07"), statements=(praise, *FILLER)),
    ]
    repeated = {f"http://x/repeated-{n}": ASKED.iri for n in range(9)}
    assert len([link for link in revisit(reports, repeated) if link.later == praise.iri]) == MOST


def test_what_leaves_its_matter_to_the_sentence_before_is_linked_less_readily() -> None:
    whole = said("whole", "The permanency tracker is in use", polarity="strength")
    half = said("half", "This means that the permanency tracker is in use", polarity="neutral")
    confidence = {one.later: one.confidence for one in _read(ASKED, whole, half)}
    assert confidence[whole.iri] > confidence.get(half.iri, 0)


def test_the_board_s_data_are_not_those_of_the_local_authority() -> None:
    asked = said("asked", "Ensure that the safeguarding board receives accurate performance data", "recommendation")
    same = said("same", "The safeguarding board now receives accurate performance data", polarity="strength")
    other = said("other", "Managers of the local authority receive accurate performance data", polarity="strength")
    confidence = {one.later: one.confidence for one in _read(asked, same, other)}
    assert confidence[same.iri] > confidence.get(other.iri, 0)


def _read(asked: Statement, *later: Statement) -> list[Revisit]:
    """Links from statements of 2022 to one of 2017."""
    first, second = visit("first", "2017-09-04"), visit("second", "2022-02-07")
    before, after = document("one", first, statements=(asked,)), document("two", second, statements=later)
    return revisit([before, after])


def inspections(make: Callable[..., Report], vocabulary: Vocabulary, *days: str) -> list[bytes]:
    """The heads of reports on inspections of one authority that began on these days."""
    heads = []
    for day in days:
        report = make(f"{day}.txt")
        assert report.inspection is not None
        begun = replace(report.inspection, start=date.fromisoformat(day), end=None)
        found = quads(replace(report, inspection=begun, issued=date.fromisoformat(day)), vocabulary)
        heads.append(ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b"")
    return heads


def test_each_inspection_follows_the_last_one_before_it(make: Callable[..., Report], vocabulary: Vocabulary) -> None:
    heads = inspections(make, vocabulary, "2018-01-01", "2022-01-01", "2020-01-01")
    found = dict(infer(heads))["previous-inspection"]
    assert [(str(t.subject)[-17:-7], str(t.object)[-17:-7]) for t in found] == [
        ("2020-01-01", "2018-01-01"),
        ("2022-01-01", "2020-01-01"),
    ]


def test_a_later_issue_of_a_report_replaces_the_earlier_one(
    make: Callable[..., Report], vocabulary: Vocabulary
) -> None:
    first, amended = make("first.txt"), replace(make("amended.txt"), issued=date(2021, 1, 1))
    heads = [ox.serialize(quads(r, vocabulary), format=ox.RdfFormat.N_QUADS) or b"" for r in (first, amended)]
    (found,) = dict(infer(heads))["replaces"]
    assert (str(found.subject), str(found.object)) == tuple(f"<{ID}document/{r.source.key}>" for r in (amended, first))


def test_an_outline_survives_json(make: Callable[..., Report], vocabulary: Vocabulary) -> None:
    held = outlines.outline(make(), vocabulary)
    assert outlines.restored(json.loads(json.dumps(outlines.plain(held)))) == held
    assert {statement.kind for statement in held.statements} == {"finding", "recommendation", "action"}


def test_what_a_rule_infers_is_the_same_in_whatever_order_documents_come(
    make: Callable[..., Report], vocabulary: Vocabulary
) -> None:
    reports = [make(f"{n}.txt") for n in range(3)]
    held = [outlines.outline(report, vocabulary) for report in reports]
    heads = [ox.serialize(quads(report, vocabulary), format=ox.RdfFormat.N_QUADS) or b"" for report in reports]
    forwards = draw(held, heads, vocabulary)
    assert draw(held[::-1], heads[::-1], vocabulary) == forwards
    assert all(one.graph.startswith(f"{ID}graph/inferred/") for one in forwards)


@pytest.mark.parametrize(("word", "other"), [("tracking", "tracked"), ("policies", "policy"), ("plans", "plan")])
def test_forms_of_a_word_are_one_term(word: str, other: str) -> None:
    assert stem(word) == stem(other)


def test_words_that_every_report_uses_tell_nothing() -> None:
    assert terms("The local authority should ensure that children") == frozenset()
