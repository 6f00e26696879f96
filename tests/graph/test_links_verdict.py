"""What a reader's verdicts teach, and what is known of a pair before it is linked."""

from __future__ import annotations

import numpy as np
import pytest

from graph.links import revisits
from graph.links.aspects import ASPECTS, NAMED, sides
from graph.links.became import When, became, reason
from graph.links.candidates import candidates, side
from graph.links.learning.verdicts import own_verdicts
from graph.links.learning.words import telling
from graph.links.likeness import shared
from graph.links.matter import matter, page
from graph.links.meaning import meanings
from graph.links.moments import Moment
from graph.links.outline import Outline, Statement
from graph.links.verdict import Network, directions, network, verdicts


def said(name: str, words: str, kind: str = "finding", **more: object) -> Statement:
    held = Statement(f"http://x/{name}", kind, words, "weakness" if kind == "finding" else None, (), (), None, None)
    return held._replace(**more)  # type: ignore[arg-type]


def moment(day: str, *statements: Statement) -> Moment:
    return Moment(day, day, True, statements)


def told(of: str, cues: object, *statements: Statement) -> list[float]:
    place = list(cues).index(of)  # type: ignore[call-overload]
    held = sides(statements)
    return [float(one) for one in (held.aspects if cues is ASPECTS else held.named)[:, place]]


def test_a_delay_and_promptness_are_one_side_of_a_matter() -> None:
    late, prompt = said("late", "Children wait for a plan"), said("prompt", "Plans are made promptly")
    assert told("when", ASPECTS, late, prompt, said("none", "Plans are good")) == [1, 1, 0]


def test_a_heading_tells_that_a_statement_is_about_the_board() -> None:
    under = said("under", "Its audits are few", section="The LSCB")
    assert told("the board", NAMED, under, said("other", "Audits are few")) == [1, 0]


def test_a_verdict_is_yes_no_or_between_and_that_of_two_readers_their_mean() -> None:
    assert {*own_verdicts().values()} == {0.0, 0.25, 0.5, 0.75, 1.0}


def test_only_the_few_likeliest_are_read_beside_an_earlier_finding() -> None:
    words = "The permanency tracker is not in use in any team"
    before = side(moment("2017-01-01", said("before", words)))
    after = side(moment("2020-01-01", *(said(f"after-{n}", words) for n in range(9))))
    read = candidates(before, after, 0.0)
    assert read is not None
    assert len(read.pairs) < 9
    assert {*read.pairs.rows} == {0}


def test_the_network_knows_only_columns_that_are_known_of_a_pair() -> None:
    words = "Supervision of social workers is not regular"
    before, after = side(moment("2017-01-01", said("a", words))), side(moment("2020-01-01", said("b", words)))
    read = candidates(before, after, 0.0)
    assert read is not None
    assert set(network().names) <= set(read.told)


def toy(**more: object) -> Network:
    """One column, vectors of two numbers for the stems that are known, and one number between."""
    zeros = {"straight": np.zeros(4), "hidden": np.zeros((4, 1)), "hidden_bias": np.zeros(1), "out": np.zeros(1)}
    stems = len(meanings().stems)
    held = {"vectors": np.ones((stems, 2)), "shares": np.ones(stems), **zeros, **more}
    return Network(("told",), np.array([1.0]), np.array([2.0]), bias=0.5, **held)  # type: ignore[arg-type]


def test_a_verdict_adds_what_is_told_what_two_directions_share_and_the_layer_between() -> None:
    one, other = np.array([[0.6, 0.8]]), np.array([[1.0, 0.0]])
    by = toy(straight=np.array([1.0, 0.25, 0.0, 2.0]))
    (odds,) = verdicts({"told": np.array([5.0]), "not asked": np.array([9.0])}, one, other, by)
    assert odds == pytest.approx((5 - 1) / 2 + 0.25 * 8 * 0.6 + 2 * 3 * 0.6 + 0.5)
    deep = toy(hidden=np.array([[0.5], [0.0], [0.0], [0.0]]), hidden_bias=np.array([0.1]), out=np.array([3.0]))
    (odds,) = verdicts({"told": np.array([5.0])}, one, other, deep)
    assert odds == pytest.approx(3 * np.tanh(0.5 * 2 + 0.1) + 0.5, abs=1e-4)


def test_a_direction_weighs_each_known_stem_and_has_length_one() -> None:
    known = meanings().places
    vectors, shares = np.zeros((len(known), 2)), np.ones(len(known))
    vectors[known["supervision"]], vectors[known["regular"]] = (3, 0), (0, 1)
    shares[known["regular"]] = 4
    laid = page([matter(said("a", "Supervision is regular")), matter(said("b", "Xyz"))])
    assert directions(laid, toy(vectors=vectors, shares=shares)).tolist() == [[0.6, 0.8], [0.0, 0.0]]


def test_an_action_is_compared_by_what_it_is_to_bring_about_as_well() -> None:
    """A workshop that is to make plans measurable is known by these plans."""
    aim = "Every plan of a child in need is measurable"
    plain, aimed = said("plain", "Hold a workshop", "action"), said("aimed", "Hold a workshop", "action", aim=aim)
    before = side(moment("2018-02-01", plain, aimed))
    after = side(moment("2020-01-01", said("later", "Plans of children in need are not measurable")))
    held = shared(before.page, after.page)
    assert held["says again"][1, 0] > held["says again"][0, 0] + 0.5
    assert before.sides.named[:, list(NAMED).index("children in need")].tolist() == [0, 1]


@pytest.mark.parametrize(
    ("at", "then", "expected"),
    [
        (
            ("2017-09-11", "2017-09-11"),
            ("2019-09-04", "2019-09-04"),
            "a weakness in September 2017, then in September 2019",
        ),
        (("2017-01", "2017-01"), ("2019-09-04", "2019-09-04"), "a weakness in 2017, then in September 2019"),
        (("2017-01-01", "2018-02-01"), ("2019-09-04", "2019-09-04"), "a weakness between 2017 and 2018, then in"),
        (("", "2018-02-01"), ("2019-09-04", "2019-09-04"), "a weakness, then in September 2019 a weakness is found"),
    ],
)
def test_a_reason_says_when_each_of_the_two_was_said_as_far_as_it_is_known(at: When, then: When, expected: str) -> None:
    one, other = (matter(said(name, "Supervision is not regular")) for name in ("a", "b"))
    assert expected in reason(one, other, at, then, meanings())


def test_a_reason_names_whom_both_are_about() -> None:
    of = {"cohort": ("care-leavers", "parents")}
    one, other = (
        matter(said("a", "Visits are rare", **of)),
        matter(said("b", "Visits are late", cohort=("care-leavers",))),
    )
    day = ("2019-09-04", "2019-09-04")
    assert "both are about care leavers;" in reason(one, other, day, day, meanings())


def test_a_reason_gives_only_words_that_tell_what_the_matter_is() -> None:
    day = ("2019-09-04", "2019-09-04")
    one = matter(said("a", "Supervision was not seen on the day", themes=("supervision",)))
    other = matter(said("b", "On the day, supervision is late", themes=("supervision",)))
    assert reason(one, other, day, day, meanings()).startswith("both speak of “supervision”; both are on supervision;")
    one, other = (matter(said(name, f"{name} on the day", themes=("supervision",))) for name in ("Late", "Rare"))
    assert reason(one, other, day, day, meanings()).startswith("both are on supervision; ")


@pytest.mark.parametrize(
    ("before", "then", "expected"),
    [
        ("strength", {"polarity": "weakness"}, ("followed-up", "worse")),
        ("strength", {"polarity": None, "kind": "recommendation"}, ("followed-up", "worse")),
        ("strength", {"polarity": "strength"}, ("followed-up", "achieved")),
        ("weakness", {"polarity": "weakness"}, ("recurs", "not-achieved")),
        ("weakness", {"polarity": "strength"}, ("resolved", "achieved")),
    ],
)
def test_a_strength_can_get_worse_but_neither_recur_nor_be_resolved(
    before: str, then: dict[str, str | None], expected: tuple[str, str]
) -> None:
    earlier, later = said("a", "Visits are made", polarity=before), said("b", "Visits are made")._replace(**then)  # type: ignore[arg-type]
    assert became(earlier, later, [later]) == expected


def _least(earlier: Statement, later: Statement) -> float:
    """How likely a link must be to be drawn."""
    before, after = side(moment("2017-01-01", earlier)), side(moment("2020-01-01", later))
    read = candidates(before, after, 0.0)
    assert read is not None
    return float(revisits._needed(before, after, read)[0])


def test_a_link_takes_more_for_each_of_the_two_that_leaves_its_matter_to_the_sentence_before() -> None:
    whole, half = "The permanency tracker is not in use", "This means the permanency tracker is not in use"
    by = [_least(said("a", one), said("b", other)) for one in (whole, half) for other in (whole, half)]
    assert by[0] < by[1] == by[2] < by[3]


def test_a_strength_that_is_one_still_is_linked_less_readily_than_one_that_is_lost() -> None:
    words = "The permanency tracker is in use"
    strength, again, lost = (
        said("a", words, polarity="strength"),
        said("b", words, polarity="strength"),
        said("c", words),
    )
    assert _least(strength, again) > _least(strength, lost)


def test_a_word_tells_as_much_as_the_themes_beside_it_differ_from_those_of_all() -> None:
    told = [
        said(f"{theme}-{n}", f"{word} day", themes=(theme,))
        for word, theme in (("Court", "pre-proceedings"), ("Adoption", "adoption"))
        for n in range(60)
    ]
    report = Outline("http://x/1", "report", None, False, None, (), (), tuple(told))
    court, day, unseen = telling(("court", "day", "unseen"), ("adoption", "pre-proceedings"), [report])
    assert court > 0.3
    assert day == pytest.approx(0, abs=1e-9)
    assert unseen == pytest.approx(0, abs=1e-9)
