"""A published encoder of sentences, taught to read two statements as a reader does, who then judges far more pairs.

It needs `torch` and `transformers`, which nothing else here does, and the folder of an encoder; both stay behind:
what it makes of pairs teaches the network of `student.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from graph.links.aspects import sides
from graph.links.learning.verdicts import Pair
from graph.links.matter import Places
from graph.links.meaning import Numbers
from graph.links.outline import Outline, Statement

_KINDS = {"recommendation": "asked", "action": "planned", "finding": "found"}
_HEADING, _WORDS, _BEFORE = 60, 300, 90
"""So many characters are read of a heading, of a statement, and of what stands before one that is half said."""
_TOKENS = 160
_ROUNDS, _BATCH, _JUDGED = 2, 16, 64
_PACE, _PACE_OF_ANSWER, _DECAY = 7e-5, 1e-3, 0.01
_WARM, _SLOWEST = 100, 0.02
"""Steps until the full pace, and which share of it is left in the end."""
_DROPPED, _STEEPEST = 0.1, 1.0
_BLUR = 60.0
"""Characters by which the lengths of texts that are read together may differ by chance."""

Text = tuple[str, str]
"""The earlier and the later statement as they are read."""


class Words(NamedTuple):
    """A statement, and the words before it where it leaves its matter to them."""

    statement: Statement
    before: str


@dataclass(frozen=True, slots=True)
class Reader:
    """An encoder and what makes one answer of what it finds; all are of `transformers` and `torch`."""

    torch: Any
    tokens: Any
    encoder: Any
    answer: Any

    def odds(self, texts: Sequence[Text], dropped: float = 0.0) -> Any:
        """The log-odds, a tensor, that a reader would draw each link."""
        earlier, later = (list(of) for of in zip(*texts, strict=True))
        given = self.tokens(earlier, later, truncation=True, max_length=_TOKENS, padding=True, return_tensors="pt")
        found, mask = self.encoder(**given).last_hidden_state, given["attention_mask"][..., None].float()
        mean = (found * mask).sum(1) / mask.sum(1)
        return self.answer(self.torch.nn.functional.dropout(mean, dropped, training=dropped > 0))[:, 0]

    def judged(self, texts: Sequence[Text]) -> Numbers:
        """The log-odds of each pair; those of one length are read together."""
        order, found = np.argsort(_lengths(texts), kind="stable"), np.zeros(len(texts))
        self.encoder.eval()
        with self.torch.inference_mode():
            for begin in range(0, len(texts), _JUDGED):
                which = order[begin : begin + _JUDGED]
                found[which] = self.odds([texts[place] for place in which]).numpy()
        return found


def words(outlines: Mapping[str, Outline]) -> dict[str, Words]:
    """Every statement by its IRI."""
    found = {}
    for outline in outlines.values():
        half_said, last = sides(outline.statements).half_said, None
        for one, half in zip(outline.statements, half_said, strict=True):
            follows = half and last is not None and (last.section, last.kind) == (one.section, one.kind)
            found[one.iri] = Words(one, last.words if follows and last is not None else "")
            last = one
    return found


def texts(pairs: Sequence[Pair], known: Mapping[str, Words]) -> list[Text]:
    """Each pair as it is read; an earlier statement is read by itself."""
    return [(_text(known[earlier].statement), _with_before(known[later])) for later, earlier in pairs]


def _text(said: Statement) -> str:
    return f"{_KINDS[said.kind]} {(said.section or '')[:_HEADING]}: {said.words[:_WORDS]}"


def _with_before(said: Words) -> str:
    before = f" (before: {said.before[-_BEFORE:]})" if said.before else ""
    return f"{_text(said.statement)}{before}"


def taught(folder: Path, read: Sequence[Text], said: Numbers, counts: Numbers, seed: int = 1) -> Reader:
    """The encoder in a folder, taught what was said of some pairs."""
    torch, transformers = import_module("torch"), import_module("transformers")
    torch.manual_seed(seed)
    encoder = transformers.AutoModel.from_pretrained(folder)
    answer = torch.nn.Linear(encoder.config.hidden_size, 1)
    reader = Reader(torch, transformers.AutoTokenizer.from_pretrained(folder), encoder, answer)
    paces = [{"params": encoder.parameters(), "lr": _PACE}, {"params": answer.parameters(), "lr": _PACE_OF_ANSWER}]
    steps = torch.optim.AdamW(paces, weight_decay=_DECAY)
    every = _ROUNDS * -(-len(read) // _BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(steps, lambda step: min(1, step / _WARM) * max(_SLOWEST, 1 - step / every))
    held = [*encoder.parameters(), *answer.parameters()]
    encoder.train()
    for which in _batches(_lengths(read), np.random.default_rng(seed)):
        right, weight = (torch.tensor(of[which], dtype=torch.float) for of in (said, counts))
        odds = reader.odds([read[place] for place in which], _DROPPED)
        wrong = torch.nn.functional.binary_cross_entropy_with_logits(odds, right, weight=weight)
        steps.zero_grad()
        wrong.backward()
        torch.nn.utils.clip_grad_norm_(held, _STEEPEST)
        steps.step()
        pace.step()
    return reader


def _lengths(read: Sequence[Text]) -> Numbers:
    return np.array([len(earlier) + len(later) for earlier, later in read], dtype=np.float64)


def _batches(lengths: Numbers, chance: np.random.Generator) -> Iterator[Places]:
    """All pairs, so many times over: those of about one length together, in an order of chance."""
    for _ in range(_ROUNDS):
        order = np.argsort(lengths + chance.random(len(lengths)) * _BLUR, kind="stable")
        begins = chance.permutation(np.arange(0, len(order), _BATCH))
        yield from (order[begin : begin + _BATCH] for begin in begins)
