"""Names of people: who led and made an inspection, and to whom a letter goes.

Three ways of printing occur: "Lead inspector: A" and "Team inspectors: B, C", a table with a column for each
inspectorate, and sentences such as "The inspectors were A, Her Majesty's Inspector, and B".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_CAPITAL = "[" + "".join(letter for letter in map(chr, range(65, 592)) if letter.isupper()) + "]"
_PART = rf"{_CAPITAL}(?:[^\W\d_]|[’'])+(?:-(?:[^\W\d_]|[’'])+)*"
_PARTICLE = r"(?:de|del|della|van|von|der|den|la|le|al|el|bin|ap|of)"
_INITIALS = r"(?:[A-Z]\.\s?|[B-HJ-Z]\s){1,3}"
_FOLLOWING = rf"(?:{_PARTICLE}\s+)*(?:[A-Z]\b\.?\s+)*(?:(?:al|el|ul)-)?{_PART}"
_NAME = re.compile(
    rf"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev|Councillor|Cllr|Lord|Lady|Baroness)\.?\s+)?"
    rf"(?:{_PART}\s+|\b{_INITIALS}){_FOLLOWING}(?:\s+{_FOLLOWING})*"
)
_TITLED = re.compile(rf"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Professor|Councillor|Cllr)\.?\s+{_PART}(?:\s+{_PART})*")
_ROLE = re.compile(
    r"\b(?P<role>(?:(?:lead|deputy|reporting|team|associate|additional|seconded|contracted|shadow(?:ing)?|senior|ofsted"
    r"|assistant|trainee|data|quality|assurance|local|authority|other|CQC|HMICFRS?|HMIP|HMI|performance|specialist)\s+)*"
    r"(?:inspectors?(?:\(s\))?|managers?|analysts?|observers?|officers?|(?<=lead\s)HMI|(?<=reporting\s)HMI))(?:\s+on\s+site|\s*\([^)]{1,30}\))*\s*(?P<mark>[:–-]|(?=\s[A-Z]))\s*",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"\s*[,(]?\s*\b(?:(?:senior|former)\s+)?(?:(?:Her|His)\s+Majesty[’']?s\s+Inspectors?(?:\s+designate)?|HM\s+Inspectors?|[SL]?HMIs?"
    r"|(?:social\s+care\s+)?regulatory\s+inspect(?:ors?|ion\s+managers?)"
    r"|(?:Ofsted|CQC|HMICFRS|HMIP|HMI\s+Probation|HMI)\b(?:\s+(?:inspectors?|HMI))?|OI|AI|Ofsted)\b\)?",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\b(?:lead|reporting)\s+(?:inspector|HMI\b)", re.IGNORECASE)
_TEAM_SENTENCE = re.compile(
    r"\b(?:inspectors?|inspection\s+team|visit)\b[^.;]{0,60}?"
    r"\b(?:(?:were|was)\s+(?:carried\s+out|conducted|undertaken|made|led)\s+by|were|was|by|comprised|included)\b:?\s+",
    re.IGNORECASE,
)
_BEFORE_COMMA = re.compile(
    rf"(?P<name>(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Cllr|Councillor)\.?\s+)?{_PART}\s+(?:(?:{_PARTICLE}\s+)+|[A-Z]\.?\s+)?{_PART})"
    rf"(?:\s+[A-Z]{{2,4}}\b)*\s*,\s*"
)
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;]\s*)+(?:and\s+)?|\s+(?:and|with)\s+|\s*[.:]?\s*$")
_LONGEST = 900
_LONGEST_RANK = 50
_STOP = re.compile(
    r"\b(?:Majesty|Inspectors?|Ofsted|Services?|Council|Authority|Children|Inspection|Quality|Commission|Director|Officer|"
    r"Probation|Lead|Deputy|Team|Senior|Manager|Local|Report|Published|Website|Age|Data|Analyst|Dear|Yours|Reporting|"
    r"Regulatory|Social|Assistant|Interim|Executive|Regional|Education|Acts?|Regulations)\b"
)
# In an address stand offices and bodies too, whose words may be surnames elsewhere.
_OFFICE = re.compile(
    rf"{_STOP.pattern}|\b(?:Chief|Constabulary|Board|Partnership|Police|Trust|Group|County|Borough|City|Head|Independent|NHS|"
    r"Integrated|Care|Company|Agency|Force|Commissioner|Constable|Chair|Foundation|Hospitals?|CEO|Safeguarding|Community|"
    r"National|Health|Crime|Strategic|Accountable|Clinical|Statutory|Youth|Public|Corporate|Delivery|Division(?:al)?|"
    r"(?:North|South|East|West)\s+(?:East|West))\b"
)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person that words name, with the role that stands beside the name and the offsets of the name."""

    name: str
    role: str | None
    start: int
    end: int


def names_in(words: str, role: str | None = None) -> tuple[NamedPerson, ...]:
    """Every name of at least two words, with titles such as "Her Majesty's Inspector" and bodies left out.

    >>> [person.name for person in names_in("A. N. Other, Jo Bloggs HMI and Ann Smith-Jones")]
    ['A. N. Other', 'Jo Bloggs', 'Ann Smith-Jones']
    """
    hidden = _GRADE.sub(lambda match: " " * (match.end() - match.start() - 1) + ",", words)
    return tuple(
        NamedPerson(" ".join(name[0].split()), role, match.start() + name.start(), match.start() + name.end())
        for match in _NAME.finditer(hidden)
        for name in _pieces(match[0])
    )


def by_role(words: str) -> tuple[NamedPerson, ...]:
    """The people that a printed list of roles names ("Lead inspector: A Deputy lead inspector: B"), in order."""
    cues = list(_ROLE.finditer(words)) if len(words) < _LONGEST else []
    found: list[NamedPerson] = []
    for cue, stop in zip(cues, [*(cue.start() for cue in cues[1:]), len(words)], strict=False):
        role = " ".join(cue["role"].split()).capitalize()
        found += (_moved(person, cue.end()) for person in names_in(words[cue.end() : stop], role))
    return tuple(found)


def begins_with_role(words: str) -> bool:
    """Whether roles stand before the names, as in lists, not after them, as in tables."""
    return _ROLE.match(words) is not None


def beside_roles(words: str) -> tuple[NamedPerson, ...]:
    """The people of a cell or line of a table of inspectors, each with the words up to the next name as role.

    >>> [(one.name, one.role) for one in beside_roles("Jo Bloggs, Ofsted lead inspector Al Smith, CQC inspector")]
    [('Jo Bloggs', 'Ofsted lead inspector'), ('Al Smith', 'CQC inspector')]
    """
    people = names_in(words)
    ends = [person.start for person in people[1:]] + [len(words)]
    roles = (" ".join(words[one.end : end].strip(" ,;()–-\t").split()) for one, end in zip(people, ends, strict=False))
    return tuple(
        NamedPerson(one.name, role or None, one.start, one.end) for one, role in zip(people, roles, strict=True)
    )


def in_sentence(sentence: str) -> tuple[NamedPerson, ...]:
    """The inspectors that a sentence presents ("The inspectors were A, Her Majesty's Inspector, and B")."""
    cue = _TEAM_SENTENCE.search(sentence)
    if cue is None:
        return ()
    role = "Lead inspector" if _LEAD.search(sentence[: cue.end()]) else "Inspector"
    return tuple(_moved(person, cue.end()) for person in _enumerated(sentence[cue.end() :], role))


def _enumerated(words: str, role: str) -> Iterator[NamedPerson]:
    """The members of a list of names, whatever stands in them, each without the title that follows it."""
    bare = _GRADE.sub(lambda match: "," * len(match[0]), words)
    start = 0
    for gap in _BETWEEN_NAMES.finditer(bare):
        name = bare[start : gap.start()]
        if _is_name(name):
            yield NamedPerson(" ".join(name.split()), role, start, gap.start())
        start = gap.end()


def _is_name(words: str) -> bool:
    """Whether words of a list of people are a name: two to six, the first and the last with a capital."""
    firsts = [next((letter for letter in word if letter.isalpha()), "") for word in words.split()]
    capitals = 1 < len(firsts) < 7 and firsts[0].isupper() and firsts[-1].isupper()
    return capitals and not _STOP.search(words)


def addressee(line: str, surname: str | None = None) -> NamedPerson | None:
    """The person with whom a line of an address block begins; the salutation's surname tells where the name ends."""
    match = _NAME.match(line)
    office = _OFFICE.search(match[0]) if match else None
    name = match[0][: office.start() if office else None].rstrip() if match else ""
    if surname and surname in name.split():
        name = name[: name.index(surname) + len(surname)]
    if len(name.split()) < 2:
        return None
    rest = line[len(name) :]
    role = " ".join(rest.strip(" ,–-").split()) if re.match(r"\s*[,–-]", rest) else None
    return NamedPerson(" ".join(name.split()), role or None, 0, len(name))


def addressees(words: str, places: Iterable[tuple[int, int]] = ()) -> tuple[NamedPerson, ...]:
    """The people of an address block in one stretch: each a name before a comma, then what they are, up to the next.

    `places` are the offsets of names that are no person's, such as the authority's own.

    >>> [(p.name, p.role) for p in addressees("Jo Bloggs, Director, Any Council Ann Lee OBE, Chief Constable")]
    [('Jo Bloggs', 'Director, Any Council'), ('Ann Lee', 'Chief Constable')]
    """
    held = tuple(places)
    found = [
        cue
        for cue in _BEFORE_COMMA.finditer(words)
        if not _OFFICE.search(cue["name"]) and not is_place(cue.span("name"), held)
    ]
    ends = [cue.start("name") for cue in found[1:]] + [len(words)]
    # "Assistant Chief Constable Ann Lee, Any Police"
    rank = " ".join(words[: found[0].start("name")].split()) if found else ""
    ranks = [f"{rank}, " if _OFFICE.search(rank) and len(rank) < _LONGEST_RANK else "", *("" for _ in found[1:])]
    return tuple(
        NamedPerson(
            " ".join(cue["name"].split()),
            rank + " ".join(words[cue.end() : end].split()),
            cue.start("name"),
            cue.end("name"),
        )
        for cue, end, rank in zip(found, ends, ranks, strict=False)
    )


def is_place(name: tuple[int, int], places: Iterable[tuple[int, int]]) -> bool:
    """Whether what looks like a name belongs to the name of a place."""
    return any(start <= name[0] and name[1] <= end for start, end in places)


def saluted(line: str) -> NamedPerson | None:
    """The person of a salutation ("Dear Ms Bloggs"); None for "Dear colleagues"."""
    cue = re.match(r"\s*Dear\s+", line)
    if cue is None:
        return None
    match = _TITLED.match(line, cue.end())
    if match is None:
        match = _NAME.match(line, cue.end())
        if match is None or _OFFICE.search(match[0]):
            return None
    if _STOP.search(match[0]):
        return None
    return NamedPerson(" ".join(match[0].split()), None, match.start(), match.end())


def greeted_by_first_name(line: str) -> str | None:
    """The first name of a salutation that has no other ("Dear Jo"); None for "Dear colleague"."""
    match = re.match(rf"\s*Dear\s+({_PART})\s*,?\s*$", line)
    return match[1] if match and match[1].lower() not in ("sir", "madam", "colleague", "colleagues", "all") else None


def is_lead(role: str | None) -> bool:
    """Whether a role is that of the one who led: "Lead inspector", "Reporting inspector", never a deputy's."""
    return bool(role and _LEAD.search(role) and "deputy" not in role.lower())


def names_lead(words: str) -> bool:
    """Whether words name one who led beside the name, as "Jo Bloggs HMI Lead Inspector" does."""
    return _LEAD.search(words) is not None


def is_inspector(role: str | None) -> bool:
    """Whether a role is one of those who inspect; analysts and those who assure the quality are not."""
    return role is None or bool(re.search(r"inspector|HMI", role, re.IGNORECASE))


def _pieces(words: str) -> Iterator[re.Match[str]]:
    """The names among capitalised words that belong to no name ("Lead Inspector Jo Bloggs")."""
    apart = _STOP.sub(lambda match: "," * len(match[0]), words)
    return _NAME.finditer(apart)


def _moved(person: NamedPerson, by: int) -> NamedPerson:
    return NamedPerson(person.name, person.role, person.start + by, person.end + by)
