"""Words that tell nothing of what a sentence is about, so that no phrase may consist of them alone."""

from __future__ import annotations

_OF_GRAMMAR = """
    a about above across after again against all almost along already also although always am among an and another
    any are aren't around as at away back be became because become been before being below between both but by can
    can't cannot could couldn't did didn't do does doesn't doing don't done down during each either else enough ever
    every few for from further had hadn't has hasn't have haven't having he her here hers him his how however i if
    in into is isn't it its itself just least less like made make makes many may me might mine more most much must
    my neither never no nor not now of off often on once one only onto or other others our ours out over own per
    quite rather really same she should shouldn't since so some something still such than that the their theirs them
    themselves then there these they this those though through throughout thus to together too toward towards two
    under until up upon us very via was wasn't we were weren't what when where whether which while whilst who whole
    whom whose why will with within without would wouldn't yes yet you your
"""
EMPTY_WORDS = frozenset(_OF_GRAMMAR.split())
"""English words of grammar."""

_ARTICLES = "a an and are as at be by for in is it of on or that the this to with"
ARTICLES = frozenset(_ARTICLES.split())
"""Those that are in so many sentences that they cannot even tell of a quantity or a contrast."""

COMMON_PHRASES = frozenset(
    (
        "care", "child", "children", "children and", "children's", "people", "services", "social", "support", "work",
        "young", "young people",
    )
)  # fmt: skip
"""Found in more than one in fifteen of 63,000 findings, whatever they are about."""
