"""Values go in as bound terms, wrong ones are refused with what would help, and every file runs as it stands."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import typer

import queries
from cli.__main__ import app
from cli.query import complete_parameter, complete_question
from queries import BadValue, NotAGraph, Parameter, QuerySyntaxError, Question, UnknownParameter, UnknownQuestion
from queries.values import term

ROOT = Path(__file__).parents[2]
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
    "value",
    [
        "early-help",
        "Early Help",
        " EARLY  HELP ",
        "family support",
        "https://w3id.org/inspection-graph/theme/early-help",
    ],
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


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("integer", "1_000", "a number (integer)"),
        ("integer", "2.5", "a number (integer)"),
        ("decimal", "NaN", "a number (decimal)"),
        ("confidence", "1.2", "a confidence from 0 to 1"),
        ("confidence", "high", "a confidence from 0 to 1"),
        ("date", "20240229", "a date such as 2020-12-31"),
        ("date", "29 February 2024", "a date such as 2020-12-31"),
        ("iri", "no iri", "an IRI"),
        (
            "theme",
            "https://w3id.org/inspection-graph/id/authority/E99000001",
            "an IRI of any theme (https://w3id.org/inspection-graph/theme/…)",
        ),
        ("theme", "", "the name of any theme in the graph"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(kind: str, value: str, expected: str) -> None:
    with pytest.raises(BadValue) as caught:
        term(Parameter("given", kind, "UNDEF", ""), value, Memory())
    assert (caught.value.parameter, caught.value.value, caught.value.expected) == ("given", value, expected)


def test_an_iri_of_another_vocabulary_is_taken_as_it_is() -> None:
    named = term(Parameter("given", "theme", "UNDEF", ""), "http://example.org/theme/mine", Memory())
    assert named == ox.NamedNode("http://example.org/theme/mine")


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


@pytest.mark.parametrize(
    ("begun", "ends"),
    [
        ("area=lea", ["area=leadership"]),
        ("authority=Isle-of-W", ["authority=isle-of-wight"]),
        ("authority=zz", []),
        ("colour=", []),
    ],
)
def test_the_shell_completes_the_values_of_a_parameter(begun: str, ends: list[str]) -> None:
    context = typer.Context(typer.main.get_command(app), info_name="query")
    context.params["name"] = "grade-history"
    assert [value for value, _ in complete_parameter(context, begun)] == ends


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_real_line_of_a_shell_is_completed(shell: str) -> None:
    line = "inspection-graph query grade-history --param area=lead"
    words = {"COMP_WORDS": line, "COMP_CWORD": "4"} if shell == "bash" else {"_TYPER_COMPLETE_ARGS": line}
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv[0] = 'inspection-graph'; from cli.__main__ import main; main()"],
        env={**os.environ, **words, "_INSPECTION_GRAPH_COMPLETE": f"complete_{shell}"},
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert "area=leadership" in done.stdout


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


INFERRED = ("ig:restates", "ig:revisits", "ig:earlier", "ig:previousInspection", "ig:identifiedAs", "ig:arisesFrom")


@pytest.mark.parametrize("name", list(queries.library()))
def test_a_question_that_leans_on_what_is_inferred_says_so(name: str) -> None:
    question = queries.library()[name]
    if any(property in question.sparql for property in INFERRED):
        assert "infer" in " ".join([question.question, question.row, *question.caveats])


DOUBTED = [q.name for q in queries.library().values() if any(p.name == "sure" for p in q.parameters)]


def test_questions_about_labels_and_links_take_a_minimum_confidence() -> None:
    counting = {q.name for q in queries.library().values() if q.folder == "themes"} - {"themes"}
    linking = {"after-recommendation", "never-revisited", "outcomes", "promises", "recurring-weaknesses", "thread"}
    assert counting | linking <= set(DOUBTED)


@pytest.mark.parametrize("name", DOUBTED)
def test_nothing_is_surer_than_certain(name: str, built_graph: queries.Folder) -> None:
    """At a confidence of 1 hardly a label or link is left; what is left, is left at 0 too."""
    question = queries.library()[name]
    everything = queries.table(question, built_graph, {"sure": "0"})
    certain = queries.table(question, built_graph, {"sure": "1"})
    fewer = len(certain.rows) < len(everything.rows) or certain.rows != everything.rows
    assert fewer or name in KEEPS_ITS_ROWS


KEEPS_ITS_ROWS = {"why-asked": "every such link of the samples is stated", "never-revisited": "an absence"}


def test_a_finding_counts_only_where_its_labels_are_as_sure_as_asked(built_graph: queries.Folder) -> None:
    asked = queries.table(queries.library()["findings-on-theme"], built_graph, {"sure": "0.9"})
    kept = {row[asked.columns.index("finding")] for row in asked.rows}
    weak = built_graph.query("""
        PREFIX ig: <https://w3id.org/inspection-graph/ontology#>
        SELECT DISTINCT ?finding {
          ?label ig:classifies ?finding ; ig:concept <https://w3id.org/inspection-graph/theme/supervision> ;
                 ig:confidence ?confidence .
          FILTER(?confidence < 0.9)
        }""")
    assert isinstance(weak, ox.QuerySolutions)
    doubted = {row["finding"] for row in weak}
    assert kept
    assert doubted
    assert not kept & doubted


def test_the_library_has_every_folder_and_forty_questions() -> None:
    asked = [q for q in queries.library().values() if q.folder != "views"]
    assert len(asked) >= 40
    assert {q.folder for q in asked} == {
        "actions", "authorities", "evidence", "judgements", "people", "quality", "scrutiny", "statistics", "themes",
        "threads",
    }  # fmt: skip
