"""What a reader's verdicts teach, and what is known of a pair before it is linked."""

from __future__ import annotations

import numpy as np

from graph.links.aspects import ASPECTS, NAMED, sides
from graph.links.candidates import candidates, side
from graph.links.learning import verdicts
from graph.links.likeness import weights
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
