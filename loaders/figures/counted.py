"""What numbers of a report count: people, staff, cases, services; and the noun that a number belongs to."""

from __future__ import annotations

import re

from loaders.figures.numerals import ANY

_NOUNS = """
    child children adult adults boy boys girl girls male males female females baby babies infant infants unborn sibling
    siblings brothers sisters teenager teenagers family families parent parents mother mothers father fathers carer
    carers adopter adopters household households people person persons resident residents pupil pupils student students
    learner learners leaver leavers victim victims offender offenders perpetrator perpetrators individuals couples
    relatives twins seekers participants attendees delegates respondents users trainees interns uasc

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
    challenges alerts escalation escalations calls breaches discussion discussions
    hearings convictions prosecutions internships traineeships bursaries awards qualifications workshops
    request requests record records response responses report reports matches breakdown breakdowns exclusion exclusions
    death deaths suicide suicides arrest arrests offences disclosure disclosures tenancy tenancies apprenticeship
    apprenticeships sessions survey surveys admissions appointments consultations proceedings appeals tribunals peps
    ehcps scrs

    home homes school schools nursery nurseries academy academies centre centres hub hubs setting settings service
    services unit units bed beds places project projects agency agencies team teams group groups sub-group sub-groups
    subgroup subgroups committees sub-committees college colleges pod pods flat flats provider providers localities
    cluster clusters wards sites
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
    during throughout between against but since before after whose where when as because due while following
    attend attends attended live lives lived receive received require requires required remain remained became become
    came went go moved returned ceased took take need needed made
"""
_STOP = frozenset(_STOPS.split())
# "Home" after one of these is nowhere that is counted.
_HOMEWARD = frozenset(("at", "from", "go", "went", "return", "returned", "returning", "stay", "leave", "left"))
# What stands after one of these is where or with whom something is: "193 were missing from home".
_PART_OF = re.compile(r"\bof\s+(?:whom|which)\s+(?:\w+\s+)?$", re.IGNORECASE)
_GOVERNING = frozenset(("from", "to", "with", "by", "at"))
# After the first noun these begin something else: "children looked after", "children and young people".
_JOINTS = "of and or under over aged not also subject looked through per known placed open"
_JOINT = frozenset(_JOINTS.split())
_TOKEN = re.compile(r"[a-z0-9’'-]+|[.,;:()–]")
_PER = re.compile(
    r"\s*(?:\w+\s+){0,2}(?P<per>per\s+\d[\d,]*\d(?:\s+(?:children|child|young\s+people|people|population|head)\b)?)"
)
_SHORT_FORM = re.compile(r"\s\([A-Z][A-Za-z&/-]{1,9}\)")
_SHARE = re.compile(r"^\s*\((?:or\s+)?[\d.]+\s?%\)")
_NUMBER_OF = re.compile(r"\b(?:numbers?|total|proportion|percentage|group|backlog|list)\s+of\s+", re.IGNORECASE)
_DAYS = re.compile(r"(?:\w+\s+){0,2}(?P<time>days|weeks|months|years)\b")
_NEXT_CLAUSE = re.compile(rf"\s*(?:and|or)\s+(?!{ANY}\b)", re.IGNORECASE)
_WORDS_AHEAD = 9


def noun_after(words: str) -> str | None:
    """The head of the first phrase in `words` that names something counted, before a verb or a mark ends it.

    >>> noun_after(" looked after children and two schools"), noun_after(" in care, and three homes")
    ('children', None)
    """
    found: str | None = None
    before = ""
    if _NEXT_CLAUSE.match(words):
        return None
    for count, match in enumerate(_TOKEN.finditer(_SHORT_FORM.sub("", _SHARE.sub("", words[:120])).lower())):
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


def unit_of(before: str, after: str, earlier: str | None = None) -> str:
    """What a bare number is a number of: the noun that follows it, else what it is called a number of.

    Else the `earlier` unit of the number that it goes on from, else the last noun before it, else "count".

    >>> unit_of("There were ", " young children in care"), unit_of("a rate of ", " per 10,000 children")
    ('children', 'per 10,000 children')
    >>> unit_of("The number of children known to the team fell to ", "."), unit_of(", of whom ", " live", "children")
    ('children', 'children')
    """
    per = _PER.match(after)
    if per:
        return per["per"]
    noun = noun_after(after) or _number_of(before) or earlier or last_noun(before)
    return plural(noun) if noun else "count"


def _number_of(before: str) -> str | None:
    """What stands after the last "number of"."""
    called = list(_NUMBER_OF.finditer(before))
    if not called:
        return None
    rest = before[called[-1].end() :]
    days = _DAYS.match(rest)
    return days["time"] if days else noun_after(rest)


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


def last_noun(words: str) -> str | None:
    before, found, where, governed = "", None, None, False
    for match in _TOKEN.finditer(words.lower()):
        token = match.group()
        if token in _STOP or token in _JOINT or token[0] in ".,;:()–":
            governed = token in _GOVERNING
        noun = "cases" if token.startswith("caseload") else _noun(before, token)
        if governed:
            where = noun or where
        else:
            found = noun or found
        before = token
    return found or (None if _PART_OF.search(words) else where)


def _noun(before: str, token: str) -> str | None:
    if (before, token) in _PAIRS:
        return f"{before} {token}"
    if token == "home" and before in _HOMEWARD:
        return None
    return token if token in _COUNTED else None
