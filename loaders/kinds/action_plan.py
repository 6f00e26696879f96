"""An authority's plan of action after an inspection, standing alone."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.asks.duties import duties
from loaders.facts.dates import moments
from loaders.facts.mentions import mentions
from loaders.facts.names import authorities_in, most_named
from loaders.figures.statistics import statistics
from loaders.packs.plan_inspection import answered
from loaders.packs.plan_table import begins_table
from loaders.packs.plans import Place, read_plan
from loaders.packs.prose import outside, prose, quotations
from loaders.records import Problem, Recognition, Report, Source
from loaders.statements.findings import findings
from loaders.statements.sections import Section
from loaders.text import Text
from ontology import Vocabulary

KIND = "action-plan"
_NAMED_PLAN = re.compile(r"\b(?:action|improvement)\s+plan\b", re.IGNORECASE)
_BODY = re.compile(r"\b(?:council|borough|county)\b|\bchildren['’]?s\s+(?:social\s+)?(?:care|services)\b", re.I)
_FRONT = 40


def recognise(text: Text, vocabulary: Vocabulary) -> Recognition:
    """A document with a table that has a column of actions and others for who, when or how far."""
    rows = [k for k, block in enumerate(text.blocks) if block.kind == "row"]
    table = next((k for k in rows if begins_table(text.blocks[k : k + 3], text, vocabulary)), None)
    if table is None:
        return Recognition(KIND, 0.0, "no table of actions")
    titles = [text.words(cell).strip() for cell in text.blocks[table].cells]
    score = 0.85 if _NAMED_PLAN.search(text.content) else 0.7
    return Recognition(KIND, score, f"a table of actions headed “{', '.join(filter(None, titles))}”")


def read(source: Source, text: Text, vocabulary: Vocabulary) -> Report:
    """The plan with what it repeats and quotes of the inspection that it answers."""
    gss = authority_of(text, vocabulary)
    plan = read_plan(text.blocks, text, vocabulary, Place(gss, gss or source.key))
    why = recognise(text, vocabulary).why
    if plan is None:
        problem = Problem("no-actions", "a table of actions is announced, but no action could be read in it")
        return Report(source, text, KIND, why, "Action plan", problems=(problem,))
    said = list(quotations(text.blocks, text))
    quoted = (*(Section(None, (), None, "findings", (inner,)) for _, inner in said), *plan.quoted)
    told = prose(outside(text.blocks, [plan.extent, *(block.span for block, _ in said)]), text)
    spoken = mentions((*told, *quoted), text, vocabulary, (gss,) if gss else ())
    index = answered(spoken, written(text))
    found, not_found = findings(quoted, text, vocabulary, frozenset())
    return Report(
        source,
        text,
        KIND,
        why,
        plan.plan.title,
        findings=tuple(replace(one, mention=index) for one in found),
        not_findings=not_found,
        recommendations=plan.recommendations,
        statistics=statistics((*told, *quoted), text),
        duties=duties(told, text, vocabulary),
        mentions=spoken,
        plans=(replace(plan.plan, responds_to=index),),
        problems=plan.problems,
    )


def authority_of(text: Text, vocabulary: Vocabulary) -> str | None:
    """The authority whose document this is: the one named most often, else the first that is named as a body."""
    often = most_named(text.content, vocabulary)
    named = authorities_in(text.content, vocabulary)
    bodies = (one.gss for one in named if _BODY.search(text.content[one.start : one.end + 28]))
    return often or next(bodies, None)


def written(text: Text) -> str | None:
    """When the document was written as far as its first lines say."""
    front = (text.words(block) for block in text.blocks[:_FRONT] if len(text.words(block)) < 120)
    return max((moment.when for words in front for moment in moments(words)), default=None)
