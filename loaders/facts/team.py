"""Who made an inspection and to whom its letter goes, found in a document as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.facts import people
from loaders.facts.names import authorities_in
from loaders.facts.people import NamedPerson
from loaders.facts.titles import first_page
from loaders.records import Fact, Person
from loaders.statements.sections import Section
from loaders.statements.sentences import sentences
from loaders.text import Block, Span, Text
from ontology import Vocabulary

_ROLE_LINE = re.compile(r"\b(?:lead|reporting|team|additional)\s+(?:inspectors?|HMI)\b", re.IGNORECASE)
_PRESENTS = re.compile(r"\binspectors?\b", re.IGNORECASE)
_TEAM = re.compile(r"\b(?:inspection\s+team|inspectors)\b", re.IGNORECASE)
_DEAR = re.compile(r"\s*Dear\b", re.IGNORECASE)
_YOURS = re.compile(r"\s*Yours\s+(?:sincerely|faithfully|truly)\b", re.IGNORECASE)
_SIGNS = re.compile(
    r"\b(?:(?:Her|His)\s+Majesty[’']?s|HM)\s+Inspectors?\b(?!\s+of\b)|\bHMI\b(?!\s+(?:Probation|Constabulary))"
)
_ADDRESS = re.compile(r"@|www\.|\bT(?:el(?:ephone)?)?\s*:?\s*0\d{2,}|\bTextphone\b", re.IGNORECASE)

_POST = re.compile(
    r"\b(?:director|chief|executive|officer|head|commissioner|manager|lead(?:er)?|chair)\b", re.IGNORECASE
)
_NO_POST = re.compile(r"\d|@|[.!?]$|\bdear\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Team:
    """The people of an inspection with the words that name them; `lead` is one of `inspectors`."""

    lead: Person | None
    inspectors: tuple[Person, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A person as named at one place of the text."""

    person: NamedPerson
    offset: int
    body: str

    @property
    def span(self) -> Span:
        return Span(self.offset + self.person.start, self.offset + self.person.end)


def team(sections: Sequence[Section], text: Text) -> Team:
    """The inspectors in the order in which the document names them; the first that leads for Ofsted is the lead."""
    placed = _distinct(one for one in _inspectors(sections, text) if people.is_inspector(one.person.role))
    leads = [one for one in placed if people.is_lead(one.person.role)]
    lead = next((one for one in leads if one.body == "ofsted"), leads[0] if leads else None)
    facts = [Fact("inspector", one.person.name, one.span) for one in placed]
    if lead:
        facts.insert(0, Fact("leadInspector", lead.person.name, lead.span))
    return Team(_record(lead) if lead else None, tuple(map(_record, placed)), tuple(facts))


def _record(one: _Placed) -> Person:
    role = re.sub(r"inspectors$", "inspector", one.person.role) if one.person.role else None
    return Person(one.person.name, role, one.body)


def _inspectors(sections: Sequence[Section], text: Text) -> Iterator[_Placed]:
    cover = first_page(text)
    for block in cover:
        if _ROLE_LINE.search(text.words(block)) and len(text.words(block)) < 400:
            yield from _listed(block, text)
    for section in sections:
        if section.role == "inspectors" or (section.heading and _TEAM.search(section.heading)):
            for block in section.body:
                yield from _listed(block, text) if people.begins_with_role(text.words(block)) else _tabled(block, text)
    for block in cover:
        for span in sentences(text, block.span) if _PRESENTS.search(text.words(block)) else ():
            yield from (_Placed(one, span.start, "ofsted") for one in people.in_sentence(text.words(span)))
    for section in sections:
        for block in section.body if section.role in ("method", "inspectors") else ():
            if _ROLE_LINE.search(text.words(block)):
                yield from _listed(block, text)
    yield from _closing_table(text)
    yield from _signed(text)


def _listed(block: Block, text: Text) -> Iterable[_Placed]:
    """People of a line that gives roles before names; in a table's row names may stand before their roles."""
    if len(block.cells) > 1 and not people.begins_with_role(text.words(block)):
        return _tabled(block, text)
    return [_Placed(one, block.span.start, _body(one.role)) for one in people.by_role(text.words(block))]


def _tabled(block: Block, text: Text) -> Iterator[_Placed]:
    """People of a table with a column for each inspectorate, or of its lines; each needs a role beside the name."""
    for cell in block.cells or (block.span,):
        for one in people.beside_roles(text.words(cell)):
            if one.role and people.is_inspector(one.role):
                yield _Placed(one, cell.start, _body(one.role))


def _closing_table(text: Text) -> Iterator[_Placed]:
    """The rows with which some joint letters end, from the one on that says who led for each inspectorate."""
    begun = False
    for block in text.blocks:
        row = len(block.cells) > 1
        begun = row and (begun or people.names_lead(text.words(block)))
        if begun and not people.begins_with_role(text.words(block)):
            yield from _tabled(block, text)


def _signed(text: Text) -> Iterator[_Placed]:
    """The inspector who signs a letter; directors and chief inspectors who sign did not inspect."""
    blocks = text.blocks
    for at, block in enumerate(blocks):
        if not _YOURS.match(text.words(block)):
            continue
        end = blocks[min(at + 3, len(blocks) - 1)].span.end
        words = text.content[block.span.start : end]
        for one in people.beside_roles(words[:300]):
            if one.role and _SIGNS.match(one.role):
                named = NamedPerson(one.name, "Inspector", one.start, one.end)
                yield _Placed(named, block.span.start, "ofsted")


def _body(role: str | None) -> str:
    words = (role or "").lower()
    return "cqc" if "cqc" in words or "care quality" in words else "hmip" if "hmip" in words else "ofsted"


def _distinct(placed: Iterable[_Placed]) -> list[_Placed]:
    """Each person once, at the first place and with the role given there; a later name may be cut short."""
    kept: dict[str, _Placed] = {}
    for one in placed:
        name = one.person.name.lower()
        if not any(known.startswith(name) for known in kept):
            kept[name] = one
    return list(kept.values())


def addressees(text: Text, body: str, vocabulary: Vocabulary) -> tuple[tuple[Person, ...], tuple[Fact, ...]]:
    """The people whom a letter greets or is addressed to above its greeting; nobody where nobody is greeted."""
    cover = first_page(text)
    at = next((k for k, block in enumerate(cover) if _DEAR.match(text.words(block))), None)
    if at is None:
        return (), ()
    greeted = people.saluted(text.words(cover[at]))
    if greeted and people.is_place((greeted.start, greeted.end), _places(text.words(cover[at]), vocabulary)):
        greeted = None  # "Dear Anytown Local Safeguarding Partnership"
    surname = greeted.name.split()[-1] if greeted else None
    given = None if greeted else people.greeted_by_first_name(text.words(cover[at]))
    named = [
        (block.span.start, one if one.role else replace(one, role=_post(text.words(below))))
        for block, below in pairwise(cover[: at + 1])
        for one in _addressed(text.words(block), (surname, given), _places(text.words(block), vocabulary))
    ]
    if greeted and surname and not any(surname in one.name for _, one in named):
        named = [(cover[at].span.start, greeted)]
    found = tuple(Person(one.name, one.role, body) for _, one in named)
    return found, tuple(Fact("addressee", one.name, Span(start + one.start, start + one.end)) for start, one in named)


def _post(line: str) -> str | None:
    """What somebody is, where the line below the name says nothing else."""
    words = " ".join(line.split())
    return words if len(words) < 90 and _POST.search(words) and not _NO_POST.search(words) else None


def _places(words: str, vocabulary: Vocabulary) -> tuple[tuple[int, int], ...]:
    return tuple((one.start, one.end) for one in authorities_in(words, vocabulary))


def _addressed(
    words: str, greeted: tuple[str | None, str | None], places: tuple[tuple[int, int], ...]
) -> tuple[NamedPerson, ...]:
    """The people of one block of an address: several with what they are, or the one whom the letter greets."""
    if _ADDRESS.search(words):
        return ()
    several = people.addressees(words, places)
    if several:
        return several
    surname, given = greeted
    called = (surname and surname in words) or (given and words.startswith(f"{given} "))
    one = people.addressee(words, surname) if called else None
    return (one,) if one else ()
