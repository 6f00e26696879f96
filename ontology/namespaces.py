"""The names of the vocabulary as plain strings, so that importing them costs nothing."""

from __future__ import annotations

BASE = "https://w3id.org/inspection-graph/"
ONTOLOGY_IRI = BASE + "ontology"


class Namespace:
    """A stem that attribute or item access completes: ``IG.Finding``, ``DCTERMS["title"]``.

    >>> Namespace("http://example.org/#").title
    'http://example.org/#title'
    """

    __slots__ = ("_stem",)

    def __init__(self, stem: str) -> None:
        self._stem = stem

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):  # copy and pickle probe for these
            raise AttributeError(name)
        return self._stem + name

    def __getitem__(self, name: str) -> str:
        return self._stem + name

    def __str__(self) -> str:
        return self._stem

    def __repr__(self) -> str:
        return f"Namespace({self._stem!r})"


IG = Namespace(ONTOLOGY_IRI + "#")
ID = Namespace(BASE + "id/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

SCHEMES = (
    "area", "authority-type", "change", "cohort", "document-kind", "framework", "grade", "impact-measure", "link-kind",
    "outcome", "plan-column", "polarity", "prevalence", "rating", "region", "remit", "section-role", "theme",
)  # fmt: skip
"""The concept schemes; `BASE + scheme` is the scheme's IRI and `concept_iri` gives those of its members."""


def concept_iri(scheme: str, id: str) -> str:
    """The IRI of one concept.

    >>> concept_iri("theme", "early-help")
    'https://w3id.org/inspection-graph/theme/early-help'
    """
    return f"{BASE}{scheme}/{id}"


PREFIXES: dict[str, str] = {
    "ig": str(IG),
    "id": str(ID),
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "oa": str(OA),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "xsd": str(XSD),
    **{scheme: f"{BASE}{scheme}/" for scheme in SCHEMES},
}
