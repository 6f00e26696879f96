"""What numbers of a report count: people, staff, cases, services; and the noun that a number belongs to."""

from __future__ import annotations

import re

_NOUNS = """
    child children adult adults boy boys girl girls male males female females baby babies infant infants unborn sibling
    siblings brothers sisters teenager teenagers family families parent parents mother mothers father fathers carer
    carers adopter adopters household households people person persons resident residents pupil pupils student students
    learner learners leaver leavers victim victims offender offenders perpetrator perpetrators individuals couples
    relatives twins seekers

    staff worker workers manager managers adviser advisers advisor advisors officer officers practitioner practitioners
    professional professionals post posts apprentice apprentices member members volunteer volunteers mentor mentors
    graduate graduates consultant consultants teacher teachers headteacher headteachers nurse nurses doctor doctors
    psychologist psychologists therapist therapists clinician clinicians lawyer lawyers solicitor solicitors vacancy
    vacancies visitor visitors advocate advocates champion champions ambassador ambassadors councillor councillors
    personnel employees leaders recruits asye asyes iro iros pas

    case cases file files plan plans assessment assessments audit audits referral referrals contact contacts visit
    visits conference conferences meeting meetings placement placements adoption adoptions disruption disruptions
    complaint complaints allegation allegations incident incidents notification notifications review reviews order
    orders application applications episode episodes interview interviews enquiries investigation investigations
    request requests record records response responses report reports matches breakdown breakdowns exclusion exclusions
    death deaths suicide suicides arrest arrests offences disclosure disclosures tenancy tenancies apprenticeship
    apprenticeships sessions survey surveys admissions appointments consultations proceedings appeals tribunals peps
    ehcps scrs

    home homes school schools nursery nurseries academy academies centre centres hub hubs setting settings service
    services unit units bed beds places project projects agency agencies team teams group groups sub-group sub-groups
    subgroup subgroups committees sub-committees college colleges pod pods flat flats provider providers localities
    districts clinic clinics hospital hospitals charities organisation organisations events courses panels forums boards
    programmes schemes contracts properties hostels practices surgeries trusts
"""
_COUNTED = frozenset(_NOUNS.split())
# With the word before them these name something else than by themselves.
_PAIRS = frozenset(
    {("young", "people"), ("young", "person"), ("care", "leaver"), ("care", "leavers"), ("foster", "carer")}
    | {("foster", "carers"), ("social", "worker"), ("social", "workers"), ("team", "manager"), ("team", "managers")}
    | {("service", "manager"), ("service", "managers"), ("young", "carers"), ("young", "persons")}
)
# A verb or a preposition ends what a number can count.
_STOPS = """
    is are was were has have had will would in on at by from to for that which who whom with within across held seen
    during throughout between against but since before after
"""
_STOP = frozenset(_STOPS.split())
# After the first noun these begin something else: "children looked after", "children and young people".
_JOINTS = "and or under over aged not also subject looked through per known placed open"
_JOINT = frozenset(_JOINTS.split())
_TOKEN = re.compile(r"[a-z0-9’'-]+|[.,;:()–]")
_PER = re.compile(r"\s*(?:\w+\s+){0,2}(?P<per>per\s+[\d,]+(?:\s+\w+)?)")
_WORDS_AHEAD = 9


def noun_after(words: str) -> str | None:
    """The head of the first phrase in `words` that names something counted, before a verb or a mark ends it.

    >>> noun_after(" looked after children and two schools"), noun_after(" in care, and three homes")
    ('children', None)
    """
    found: str | None = None
    before = ""
    for count, match in enumerate(_TOKEN.finditer(words[:120].lower())):
        token = match.group()
        looked_after = (before, token) == ("looked", "after")
        if token[0] in ".,;:()–" or (token in _STOP and not looked_after) or count > _WORDS_AHEAD:
            break
        if found and (token in _JOINT or (token.endswith("ing") and len(token) > 5)):
            break
        noun = _noun(before, token)
        found = noun or found
        before = token
    return found


def unit_of(before: str, after: str) -> str:
    """What a bare number is a number of: the noun that follows it, else the last one before it, else "count".

    >>> unit_of("There were ", " young children in care"), unit_of("a rate of ", " per 10,000 children")
    ('children', 'per 10,000 children')
    """
    per = _PER.match(after)
    if per:
        return per["per"]
    noun = noun_after(after) or _last_noun(before)
    return plural(noun) if noun else "count"


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


def _last_noun(words: str) -> str | None:
    before, found = "", None
    for match in _TOKEN.finditer(words.lower()):
        found = _noun(before, match.group()) or found
        before = match.group()
    return found


def _noun(before: str, token: str) -> str | None:
    if (before, token) in _PAIRS:
        return f"{before} {token}"
    return token if token in _COUNTED else None
