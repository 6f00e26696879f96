"""What a reader's verdicts teach, and what is known of a pair before it is linked."""

from __future__ import annotations

import numpy as np
import pytest

from graph.links.aspects import ASPECTS, NAMED, sides
from graph.links.became import When, reason
from graph.links.candidates import candidates, side
from graph.links.learning import verdicts
from graph.links.likeness import shared, weights
from graph.links.matter import matter
from graph.links.meaning import meanings
from graph.links.moments import Moment
from graph.links.outline import Statement


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


def test_a_verdict_is_yes_no_or_between() -> None:
    assert {*verdicts.own_verdicts().values()} == {0.0, 0.5, 1.0}


def test_only_the_few_likeliest_are_read_beside_an_earlier_finding() -> None:
    words = "The permanency tracker is not in use in any team"
    before = side(moment("2017-01-01", said("before", words)))
    after = side(moment("2020-01-01", *(said(f"after-{n}", words) for n in range(9))))
    read = candidates(before, after, 0.0)
    assert read is not None
    assert len(read.pairs) < 9
    assert {*read.pairs.rows} == {0}


def test_what_readers_said_decides_what_counts() -> None:
    chance = np.random.default_rng(0)
    names = {name: chance.random(400) for name in ("odds", "good", "other reader")}
    said_yes = (names["good"] > 0.5).astype(float)
    of = verdicts._regression([verdicts.Taught(names, said_yes, np.ones(400))]).of
    assert of["good"] > 1
    assert "other reader" not in of


def test_the_weights_of_a_verdict_name_what_is_known_of_a_pair() -> None:
    words = "Supervision of social workers is not regular"
    before, after = side(moment("2017-01-01", said("a", words))), side(moment("2020-01-01", said("b", words)))
    read = candidates(before, after, 0.0)
    assert read is not None
    assert set(weights()[2].of) <= set(read.told)


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
