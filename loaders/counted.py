"""What numbers of a report count: people, staff, cases, services; and the noun that a number belongs to."""

from __future__ import annotations

import re

_PEOPLE = """
    care leavers? | unaccompanied asylum[- ]seeking children | foster carers? | children | child | young people
    young persons? | adults? | boys? | girls? | (?:fe)?males? | babies | baby | infants? | unborn | siblings? | brothers
    sisters | teenagers? | famil(?:y|ies) | parents? | mothers? | fathers? | carers? | adopters? | households? | people
    persons? | residents? | pupils? | students? | learners? | leavers? | victims? | asylum[- ]seekers? | offenders?
    perpetrators? | individuals | couples | relatives | twins
"""
_STAFF = """
    social workers? | team managers? | service managers? | staff | workers? | managers? | advis[eo]rs? | officers?
    practitioners? | professionals? | posts? | apprentices? | members? | volunteers? | mentors? | graduates?
    consultants? | teachers? | headteachers? | nurses? | doctors? | psychologists? | therapists? | clinicians?
    lawyers? | solicitors? | vacanc(?:y|ies) | visitors? | advocates? | champions? | ambassadors? | councillors?
    personnel | employees | leaders | recruits | ASYEs? | IROs? | PAs
"""
_CASES = """
    cases? | files? | plans? | assessments? | audits? | referrals? | contacts? | visits? | conferences? | meetings?
    placements? | adoptions? | disruptions? | complaints? | allegations? | incidents? | notifications? | reviews?
    orders? | applications? | episodes? | interviews? | enquiries | investigations? | requests? | records? | responses?
    matches | breakdowns? | exclusions? | deaths? | suicides? | arrests? | offences | disclosures? | tenanc(?:y|ies)
    apprenticeships? | sessions | surveys? | admissions | appointments | consultations | proceedings | appeals
    tribunals | PEPs | EHCPs | SCRs
"""
_SERVICES = """
    (?:children['’]s )?homes? | schools? | nurser(?:y|ies) | academ(?:y|ies) | centres? | hubs? | settings? | services?
    units? | beds? | places | projects? | agenc(?:y|ies) | teams? | (?:sub-?)?groups? | (?:sub-)?committees | colleges?
    pods? | flats? | providers? | localities | districts | clinics? | hospitals? | charities | organisations?
    training events | events | courses | panels | forums | boards | programmes | schemes | contracts | properties
    hostels | practices | surgeries | trusts
"""


def _words(nouns: str) -> str:
    """The nouns of a table as one alternation; a space in them stands for any white space."""
    each = [noun.strip() for line in nouns.strip().splitlines() for noun in line.split(" | ")]
    return "|".join(noun.replace(" ", r"\s+") for noun in each if noun)


_COUNTED = re.compile(
    rf"\b(?:{_words(_PEOPLE)}|{_words(_STAFF)}|{_words(_CASES)}|{_words(_SERVICES)})\b", re.IGNORECASE
)
# A verb, a preposition or a mark ends what a number can count.
_STOP = re.compile(
    r"[.,;:()–]|\b(?:is|are|was|were|has|have|had|will|would|in|on|at|by|from|to|for|that|which|who|whom|with|within"
    r"|across|held|seen|during|throughout|between|against|and\s+the|but|since|before|after)\b",
    re.IGNORECASE,
)
# After the first noun these begin something else: "children looked after", "children and young people".
_JOINT = re.compile(
    r"\b(?:and|or|under|over|aged|not|also|subject|looked|through|per|known|placed|open|(?!seeking)\w{3,}ing)\b",
    re.IGNORECASE,
)
_PER = re.compile(r"\s*(?:\w+\s+){0,2}(?P<per>per\s+[\d,]+(?:\s+\w+)?)")
_WORDS_AHEAD = 9


def noun_after(words: str) -> re.Match[str] | None:
    """The head of the first phrase in `words` that names something counted, before a verb or a mark ends it."""
    stop = _STOP.search(words)
    near = " ".join((words[: stop.start()] if stop else words).split(" ")[:_WORDS_AHEAD])
    found = list(_COUNTED.finditer(near))
    if not found:
        return None
    joint = _JOINT.search(near, found[0].end())
    return [noun for noun in found if joint is None or noun.start() < joint.start()][-1]


def unit_of(before: str, after: str) -> str:
    """What a bare number is a number of: the noun that follows it, else the last one before it, else "count".

    >>> unit_of("There were ", " young children in care"), unit_of("a rate of ", " per 10,000 children")
    ('children', 'per 10,000 children')
    """
    per = _PER.match(after)
    if per:
        return per["per"]
    noun = noun_after(after) or next(reversed(list(_COUNTED.finditer(before))), None)
    return plural(" ".join(noun.group().split()).lower()) if noun else "count"


def plural(unit: str) -> str:
    """The unit in the plural: one child is of the same unit as two children.

    >>> plural("family"), plural("young person"), plural("staff")
    ('families', 'young people', 'staff')
    """
    for one, many in (("child", "children"), ("person", "people"), ("unborn", "children")):
        if unit.endswith(one):
            return unit[: -len(one)] + many
    if unit.endswith(("s", "people", "children", "staff", "personnel")):
        return unit
    return unit[:-1] + "ies" if unit.endswith("y") and unit[-2] not in "aeo" else unit + "s"
