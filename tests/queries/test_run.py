"""Values go in as bound terms, wrong ones are refused with what would help, and every file runs as it stands."""

import datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
import typer

import queries
from cli.__main__ import app
from cli.query import complete_parameter, complete_question
from queries import BadValue, NotAGraph, Parameter, QuerySyntaxError, Question, UnknownParameter, UnknownQuestion
from queries.values import term

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


@pytest.fixture(scope="session")
def built_graph(built: Path) -> queries.Folder:
    return queries.Folder(built)


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


def test_a_date_is_a_date() -> None:
    parameter = queries.Parameter("on", "date", "UNDEF", "the day")
    assert term(parameter, "2024-02-29", Memory()) == ox.Literal(
        "2024-02-29", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
    )
    with pytest.raises(BadValue, match="'2023-02-29' is not a date such as 2020-12-31"):
        term(parameter, "2023-02-29", Memory())


def test_a_parameter_that_stays_any_leaves_nothing_in_the_query(question: Question) -> None:
    assert "UNDEF" not in queries.bind(question, {})
    assert "VALUES ?least { 1 }" in queries.bind(question, {})


def test_rows_come_as_plain_values(source: Memory) -> None:
    question = queries.read_question(
        "plain",
        "",
        """PREFIX theme: <https://w3id.org/inspection-graph/theme/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        SELECT ?number ?share ?day ?so ?theme ?words ?none WHERE {
          VALUES (?number ?share ?day ?so ?theme ?words) {
            (3 0.5 "2024-02-29"^^xsd:date false theme:neglect "words"@en)
          }
          OPTIONAL { ?none ?none ?none }
        }""",
    )
    neglect = "https://w3id.org/inspection-graph/theme/neglect"
    (record,) = queries.table(question, source).records({neglect: "Neglect"})
    assert record == {
        "number": 3,
        "share": 0.5,
        "day": datetime.date(2024, 2, 29),
        "so": False,
        "theme": "Neglect",
        "words": "words",
        "none": None,
    }


def test_a_question_is_asked_of_a_folder_in_one_call(built: Path) -> None:
    rows = queries.run("inspections", built, authority="Saltmere", labelled=True)
    assert {row["authority"] for row in rows} == {"Saltmere"}
    assert min(row["start"] for row in rows) == datetime.date(2015, 1, 13)  # type: ignore[type-var]
    assert queries.run("inspections", queries.Folder(built), authority="Saltmere", labelled=True) == rows


def test_a_folder_without_a_graph_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(NotAGraph, match="holds no graph that can be opened"):
        queries.run("themes", tmp_path)


def test_the_shell_completes_questions_and_their_parameters() -> None:
    assert [name for name, _ in complete_question("grade")] == ["grade-history", "grades-by-region", "grades-by-year"]
    command = typer.main.get_command(app)
    context = typer.Context(command, info_name="query")
    context.params["name"] = "grade-history"
    assert [name for name, _ in complete_parameter(context, "a")] == ["authority=", "area="]


def test_a_near_miss_is_helped(question: Question, source: Memory) -> None:
    with pytest.raises(BadValue, match="did you mean 'neglect'"):
        said(question, source, theme="neglct")


def test_an_unknown_parameter_names_those_there_are(question: Question, source: Memory) -> None:
    with pytest.raises(UnknownParameter, match="it has theme, said, least"):
        said(question, source, topic="neglect")


@pytest.mark.parametrize(
    ("sparql", "said"),
    [
        (
            "SELECT ?a WHERE {\n  ?a ?b ?c FILTER(?x = )\n}",
            "line 2, column 12: from here on it is not understood\n    ?a ?b ?c FILTER(?x = )\n             ^",
        ),
        (
            "SELECT * WHERE { ?a ?b ?c",
            "line 1, column 26: the query ends before it is complete\n  SELECT * WHERE { ?a ?b ?c\n" + " " * 27 + "^",
        ),
        (
            "SELECT * WHERE { ?a ?b ?c } ORDER ?a",
            "line 1, column 29: from here on it is not understood\n  SELECT * WHERE { ?a ?b ?c } ORDER ?a\n"
            + " " * 30
            + "^",
        ),
        (
            "SELECT (COUNT(?a) AS ?n) ?b WHERE { ?a ?b ?c }",
            "The SELECT contains a variable that is unbound",
        ),
        (
            "PREFIX ex: <http://example.org/>\nSELECT * WHERE { ?a ig:theme ?b }",
            "line 2, column 21: the prefix 'ig' is not declared; "
            "add PREFIX ig: <https://w3id.org/inspection-graph/ontology#>",
        ),
        ("PREFIX ofst: <http://example.org/>\nSELECT * WHERE { ?a ofts:b ?c }", "did you mean 'ofst'?"),
        ("SELECT * WHERE { ?a <http://a:b> 'x:y' . # c:d\n ?a zzqqy:b ?c }", "the prefix 'zzqqy' is not declared\n"),
    ],
)
def test_a_syntax_error_shows_its_place(sparql: str, said: str, source: Memory) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        queries.table(queries.read_question("broken.rq", "", sparql), source)
    assert str(caught.value).startswith("broken.rq, line ")
    assert said in str(caught.value)


def test_an_unknown_question_has_near_names() -> None:
    with pytest.raises(UnknownQuestion, match="themes-together"):
        queries.find_question("theme-together")


@pytest.mark.parametrize("name", list(queries.library()))
def test_every_question_says_what_it_asks_and_what_a_row_means(name: str) -> None:
    question = queries.library()[name]
    assert question.question.endswith((")", "?"))
    assert question.row
    assert all(p.help for p in question.parameters)
    assert question.folder == "views" or all(p.example for p in question.parameters)


EXAMPLES = [(q.name, p) for q in queries.library().values() for p in q.parameters if p.example]


@pytest.mark.parametrize(("name", "parameter"), EXAMPLES, ids=lambda v: v if isinstance(v, str) else v.name)
def test_an_example_of_a_parameter_can_be_asked(name: str, parameter: Parameter, built_graph: queries.Folder) -> None:
    asked = queries.table(queries.library()[name], built_graph, {parameter.name: parameter.example})
    assert asked.columns


def test_the_library_has_every_folder_and_forty_questions() -> None:
    asked = [q for q in queries.library().values() if q.folder != "views"]
    assert len(asked) >= 40
    assert {q.folder for q in asked} == {
        "actions", "authorities", "evidence", "judgements", "people", "quality", "scrutiny", "statistics", "themes",
        "threads",
    }  # fmt: skip
