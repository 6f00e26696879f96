"""Values go in as bound terms, wrong ones are refused with what would help, and every file runs as it stands."""

import pyoxigraph as ox
import pytest

import queries
from queries import BadValue, QuerySyntaxError, Question, UnknownParameter, UnknownQuestion

DATA = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix theme: <https://w3id.org/inspection-graph/theme/> .
@prefix ex: <http://example.org/> .
theme:early-help skos:prefLabel "Early help"@en ; skos:altLabel "family support"@en .
theme:neglect skos:prefLabel "Neglect"@en .
ex:a ex:about theme:early-help ; ex:says "one" ; ex:n 1 .
ex:b ex:about theme:neglect ; ex:says 'two" }' ; ex:n 2 .
"""
QUERY = """# What is said about a theme?
#
# Parameter theme (theme): the theme
# Parameter said (text): the words
# Parameter least (integer): from this number
# Row: one saying

PREFIX ex: <http://example.org/>

SELECT ?thing ?said WHERE {
  VALUES ?theme { UNDEF }
  VALUES ?said { UNDEF }
  VALUES ?least { 1 }
  ?thing ex:about ?theme ; ex:says ?said ; ex:n ?n .
  FILTER(?n >= ?least)
} ORDER BY ?thing
"""


class Memory:
    name = "memory"

    def __init__(self) -> None:
        self.store = ox.Store()
        self.store.load(DATA, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("http://example.org/graph"))

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        return self.store.query(sparql, use_default_graph_as_union=True)


@pytest.fixture
def source() -> Memory:
    return Memory()


@pytest.fixture
def question() -> Question:
    return queries.read_question("sayings", "test", QUERY)


def said(question: Question, source: Memory, **parameters: str) -> list[str]:
    return [row[1].value for row in queries.table(question, source, parameters).rows]  # type: ignore[union-attr]


def test_a_head_gives_question_parameters_and_row(question: Question) -> None:
    assert question.question == "What is said about a theme?"
    assert [(p.name, p.type, p.default) for p in question.parameters] == [
        ("theme", "theme", "UNDEF"),
        ("said", "text", "UNDEF"),
        ("least", "integer", "1"),
    ]
    assert question.row == "one saying"


def test_defaults_hold_where_nothing_is_given(question: Question, source: Memory) -> None:
    assert said(question, source) == ["one", 'two" }']


@pytest.mark.parametrize(
    "value", ["early-help", "Early Help", "family support", "https://w3id.org/inspection-graph/theme/early-help"]
)
def test_a_thing_is_named_by_id_label_or_iri(value: str, question: Question, source: Memory) -> None:
    assert said(question, source, theme=value) == ["one"]


def test_a_value_never_becomes_syntax(question: Question, source: Memory) -> None:
    assert said(question, source, said='two" }') == ['two" }']
    assert said(question, source, said='x" } } #') == []


def test_a_number_is_a_number(question: Question, source: Memory) -> None:
    assert said(question, source, least="2") == ['two" }']
    with pytest.raises(BadValue, match="'many' is not a number"):
        said(question, source, least="many")


def test_a_near_miss_is_helped(question: Question, source: Memory) -> None:
    with pytest.raises(BadValue, match="did you mean 'neglect'"):
        said(question, source, theme="neglct")


def test_an_unknown_parameter_names_those_there_are(question: Question, source: Memory) -> None:
    with pytest.raises(UnknownParameter, match="it has theme, said, least"):
        said(question, source, topic="neglect")


def test_a_syntax_error_has_its_line_and_column(source: Memory) -> None:
    broken = queries.read_question("broken.rq", "", "SELECT ?a WHERE {\n  ?a ?b\n}")
    with pytest.raises(QuerySyntaxError) as caught:
        queries.table(broken, source)
    assert (caught.value.line, str(caught.value).startswith("broken.rq, line 3, column 2: expected")) == (3, True)


def test_an_unknown_question_has_near_names() -> None:
    with pytest.raises(UnknownQuestion, match="themes-together"):
        queries.find_question("theme-together")


@pytest.mark.parametrize("name", list(queries.library()))
def test_every_question_says_what_it_asks_and_what_a_row_means(name: str) -> None:
    question = queries.library()[name]
    assert question.question.endswith((")", "?"))
    assert question.row
    assert all(p.help for p in question.parameters)
