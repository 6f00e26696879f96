"""What followed the hand-made findings: judgements, recommendations, a plan, a meeting, links, and a small ontology."""

import pyoxigraph as ox

import ontology
from tests.viz.made_graph import INSPECTIONS, quads

ASKED = "</script><script>window.ran=11</script> Ensure supervision is regular."
PROMISED = "<img src=x onerror=window.ran=12> Train every manager."
RESOLVED = "That the <b onmouseover=window.ran=13>plan</b> be noted."
COMMITTEE = "Scrutiny <svg onload=window.ran=14> Committee"
REASON = "both speak of <i>supervision</i>"
CLASS = "Finding <img src=x onerror=window.ran=15>"
SECTIONS = ("Leadership </script>", "Help & protection", "Care leavers")
_BASE = ontology.BASE
_INFERRED = f"{_BASE}id/graph/inferred/revisits"


def finding(n: int) -> str:
    """The IRI of the n-th made finding."""
    return f"{_BASE}id/document/{n % 5:016x}/finding/{n:012x}"


def inspection(n: int) -> str:
    """The IRI of the n-th made inspection."""
    codes, framework, start = INSPECTIONS[n]
    return f"{_BASE}id/inspection/{'+'.join(codes)}/{start}/{framework}"


RECOMMENDATION = f"{_BASE}id/document/{0:016x}/recommendation/{0xA:012x}"
ACTION = f"{_BASE}id/document/{9:016x}/plan/1/action/1.1"
MEETING = f"{_BASE}id/document/{9:016x}/meeting/2016-09-01"
RESOLUTION = f"{_BASE}id/document/{9:016x}/resolution/{0xB:012x}-1"


def story() -> str:
    """The findings of `made_graph` and all of the above, as a build would write it."""
    ig, dcterms = ontology.IG, ontology.DCTERMS
    lines: list[str] = []

    def say(graph: str, subject: str, predicate: str, value: str | ox.Literal) -> None:
        lines.append(_quad(graph, subject, predicate, value))

    def passage(graph: str, item: str, at: int) -> None:
        document = item.rpartition("/id/document/")[0] + "/id/document/" + item.rpartition("/id/document/")[2][:16]
        say(graph, item, ig.statedIn, f"{document}/passage/{at}-{at + 5}")
        say(graph, f"{document}/passage/{at}-{at + 5}", ig.document, document)
        say(graph, f"{document}/passage/{at}-{at + 5}", ig.start, ox.Literal(at))

    first, plan = f"{_BASE}id/graph/{0:016x}", f"{_BASE}id/graph/{9:016x}"
    for n, grade in ((0, "inadequate"), (1, "good")):
        graph, judgement = f"{_BASE}id/graph/{n:016x}", f"{_BASE}id/document/{n:016x}/judgement/overall"
        say(graph, inspection(n), ig.hasJudgement, judgement)
        say(graph, judgement, ig.area, f"{_BASE}area/overall")
        say(graph, judgement, ig.areaText, ox.Literal("Overall"))
        say(graph, judgement, ig.grade, f"{_BASE}grade/{grade}")
        passage(graph, judgement, 500)
    for n in range(0, 30, 5):
        say(first, finding(n), ig.section, ox.Literal(SECTIONS[n % 3]))
        say(first, f"{finding(n)}/classification/theme/x", ig.classifies, finding(n))
        say(first, f"{finding(n)}/classification/theme/x", ig.concept, f"{_BASE}theme/supervision")
        say(first, f"{finding(n)}/classification/theme/x", ig.confidence, ox.Literal("0.7"))
        say(first, f"{finding(n)}/classification/theme/x", ig.reason, ox.Literal(REASON))
    say(first, inspection(0), ig.hasRecommendation, RECOMMENDATION)
    say(first, RECOMMENDATION, ig.statement, ox.Literal(ASKED))
    say(first, RECOMMENDATION, ig.theme, f"{_BASE}theme/supervision")
    say(first, RECOMMENDATION, ig.arisesFrom, finding(0))
    passage(first, RECOMMENDATION, 600)
    for thing in (f"{_BASE}id/document/{9:016x}/plan/1", MEETING):
        say(plan, thing, ig.ofAuthority, f"{_BASE}id/authority/E99000001")
    say(plan, f"{_BASE}id/document/{9:016x}/plan/1", ig.hasAction, ACTION)
    say(plan, ACTION, ig.statement, ox.Literal(PROMISED))
    say(plan, ACTION, ig.theme, f"{_BASE}theme/supervision")
    say(plan, ACTION, ig.addresses, RECOMMENDATION)
    passage(plan, ACTION, 10)
    say(plan, MEETING, ig.committee, ox.Literal(COMMITTEE))
    say(plan, MEETING, dcterms.date, ox.Literal("2016-09-01"))
    say(plan, MEETING, ig.hasResolution, RESOLUTION)
    say(plan, RESOLUTION, ig.statement, ox.Literal(RESOLVED))
    passage(plan, MEETING, 1)
    passage(plan, RESOLUTION, 2)
    for k, (earlier, later, kind) in enumerate(
        (
            (RECOMMENDATION, finding(1), "resolved"),
            (ACTION, finding(6), "followed-up"),
            (finding(2), finding(3), "recurs"),
        )
    ):
        revisit = f"{_BASE}id/revisit/{k:012x}"
        say(_INFERRED, revisit, ig.earlier, earlier)
        say(_INFERRED, revisit, ig.later, later)
        say(_INFERRED, revisit, ig.linkKind, f"{_BASE}link-kind/{kind}")
        say(_INFERRED, revisit, ig.outcome, f"{_BASE}outcome/unclear")
        say(_INFERRED, revisit, ig.confidence, ox.Literal("0.61"))
        say(_INFERRED, revisit, ig.reason, ox.Literal(REASON))
    say(first, finding(0), ontology.RDF.type, ig.Finding)
    return quads() + "\n".join([*lines, *_ontology()]) + "\n"


def _quad(graph: str, subject: str, predicate: str, value: str | ox.Literal) -> str:
    term = value if isinstance(value, ox.Literal) else ox.NamedNode(value)
    return f"<{subject}> <{predicate}> {term} <{graph}> ."


def _ontology() -> list[str]:
    """Three classes and a property."""
    ig, skos, rdf, rdfs, owl = ontology.IG, ontology.SKOS, ontology.RDF, ontology.RDFS, ontology.OWL
    said: list[tuple[str, str, str | ox.Literal]] = [
        (ig.Finding, rdfs.subClassOf, ig.StatedItem),
        (ig.theme, rdf.type, owl.ObjectProperty),
        (ig.theme, rdfs.label, ox.Literal("theme")),
        (ig.theme, rdfs.domain, ig.Finding),
        (ig.theme, rdfs.range, ig.Theme),
    ]
    for name, label in (("Finding", CLASS), ("Theme", "Theme"), ("StatedItem", "Stated item")):
        said.append((ig[name], rdf.type, owl.Class))
        said.append((ig[name], rdfs.label, ox.Literal(label)))
        said.append((ig[name], skos.definition, ox.Literal(f"What {name} means.")))
    return [_quad(ontology.ONTOLOGY_IRI, *one) for one in said]
