"""Pages for people and RDF for programs: the editor in a real browser, the data's IRIs, what the service is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

import queries
from cli.endpoint.negotiation import preferred
from cli.source import BuiltGraph
from ontology import BASE
from tests.cli.serving import ENDLESS, Endpoint
from tests.viz import chromium
from tests.viz.chromium import Browser, Page

IG = f"{BASE}ontology#"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.fixture(scope="module")
def finding(built: Path) -> dict[str, str]:
    """A finding of the samples that has a passage, a theme and a reason for it."""
    rows = BuiltGraph(built).query(
        f"SELECT ?finding ?statement ?passage ?exact ?theme {{ ?finding a <{IG}Finding> ; <{IG}statement> ?statement ; "
        f"<{IG}statedIn> ?passage ; <{IG}theme> ?theme . ?passage <{IG}exact> ?exact . ?c <{IG}classifies> ?finding "
        f"FILTER(STRLEN(?exact) > 60 && !CONTAINS(?exact, '’')) }} ORDER BY ?finding LIMIT 1"
    )
    assert isinstance(rows, ox.QuerySolutions)
    row = next(rows)
    return {name: row[name].value for name in ("finding", "statement", "passage", "exact", "theme")}


def local(iri: str) -> str:
    return "/" + iri.removeprefix(BASE)


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (BROWSER, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json, text/turtle;q=0.5", "application/ld+json"),
        ("text/turtle;q=0, application/n-triples;q=0.1", "application/n-triples"),
        ("text/*;q=0.5, text/html;q=0.1", "text/turtle"),
        ("image/png", None),
        ("text/turtle;q=nonsense", None),
    ],
)
def test_the_form_is_what_the_asker_likes_best(accept: str, wanted: str | None) -> None:
    assert preferred(accept, ["text/html", "text/turtle", "application/ld+json", "application/n-triples"]) == wanted


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_a_program_gets_a_thing_with_its_passages(
    endpoint: Endpoint, finding: dict[str, str], kind: str, form: ox.RdfFormat
) -> None:
    answer = endpoint.http.get(local(finding["finding"]), headers={"Accept": kind})
    assert answer.headers["Content-Type"].startswith(kind)
    assert answer.headers["Vary"] == "Accept"
    told = {(q.subject.value, q.predicate.value, q.object.value) for q in ox.parse(answer.content, form)}
    assert (finding["finding"], f"{IG}statement", finding["statement"]) in told
    assert (finding["passage"], f"{IG}exact", finding["exact"]) in told
    assert any(p == f"{IG}classifies" and o == finding["finding"] for _, p, o in told)
    assert any(s == finding["theme"] and p.endswith("prefLabel") for s, p, _ in told)


def test_a_person_gets_a_page_with_the_words(endpoint: Endpoint, finding: dict[str, str]) -> None:
    answer = endpoint.http.get(local(finding["finding"]), headers={"Accept": BROWSER})
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert f"<blockquote>{finding['exact']}</blockquote>" in answer.text
    assert f'href="{local(finding["theme"])}"' in answer.text
    assert "<script" not in answer.text


def test_a_browser_can_ask_for_a_form_by_name(endpoint: Endpoint, finding: dict[str, str]) -> None:
    for name, kind in {"turtle": "text/turtle", "jsonld": "application/ld+json"}.items():
        answer = endpoint.http.get(f"{local(finding['finding'])}?format={name}", headers={"Accept": BROWSER})
        assert answer.headers["Content-Type"].startswith(kind)


def test_every_kind_of_iri_leads_somewhere(endpoint: Endpoint, built: Path) -> None:
    """One thing of each class, the concept schemes, the model, and IRIs with escapes in them."""
    rows = BuiltGraph(built).query(
        f"SELECT ?class (SAMPLE(?s) AS ?thing) {{ ?s a ?class FILTER(STRSTARTS(STR(?s), '{BASE}')) }} GROUP BY ?class"
    )
    assert isinstance(rows, ox.QuerySolutions)
    things = {row["thing"].value.partition("#")[0] for row in rows} | {f"{BASE}ontology", f"{BASE}theme/supervision"}
    assert len(things) > 25
    for thing in sorted(things):
        for accept in ("text/turtle", BROWSER):
            answer = endpoint.http.get(local(thing), headers={"Accept": accept})
            assert answer.status_code == 200, thing


def test_markup_in_a_document_stays_text(endpoint: Endpoint, built: Path) -> None:
    rows = BuiltGraph(built).query(
        f"SELECT ?s {{ ?s <{IG}statement> ?o FILTER(CONTAINS(?o, '<')) }} ORDER BY ?s LIMIT 5"
    )
    assert isinstance(rows, ox.QuerySolutions)
    found = [row["s"].value for row in rows]
    assert found
    for thing in found:
        page = endpoint.http.get(local(thing), headers={"Accept": BROWSER}).text
        assert "&lt;" in page
        assert "<script" not in page.lower() and "<img" not in page.lower()


def test_what_is_not_known_is_not_found(endpoint: Endpoint) -> None:
    for accept in ("text/turtle", BROWSER):
        assert endpoint.http.get("/id/authority/E00000000", headers={"Accept": accept}).status_code == 404
    assert endpoint.http.get("/id/authority/E99000001", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("path", ["/", "/query", "/.well-known/void"])
def test_a_program_is_told_what_the_service_is(endpoint: Endpoint, path: str) -> None:
    answer = endpoint.http.get(path, headers={"Accept": "text/turtle"})
    store = ox.Store()
    store.load(answer.content, format=ox.RdfFormat.TURTLE)
    sd, void = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
    assert store.query(
        f"ASK {{ ?service a <{sd}Service> ; <{sd}endpoint> <{endpoint.home}/query> ; <{sd}feature> "
        f"<{sd}UnionDefaultGraph> ; <{sd}defaultDataset> ?data . ?data <{sd}defaultGraph> ?whole ; <{sd}namedGraph> "
        f"[ <{sd}name> <{BASE}id/graph/dataset> ] . ?whole <{void}triples> ?n }}"
    )


def test_every_answer_says_what_a_page_may_do(endpoint: Endpoint) -> None:
    for path in ("/", "/id/authority/E99000001", "/nothing", "/query?query=nonsense", "/editor.js"):
        headers = endpoint.http.get(path, headers={"Accept": BROWSER}).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("Chromium is not installed: with it, the editor is opened in a real browser")
    with pytest.MonkeyPatch.context() as patch:  # the browser finds this machine and no other
        found = [f.replace("~NOTFOUND", "~NOTFOUND, EXCLUDE 127.0.0.1") for f in chromium.FLAGS]
        patch.setattr(chromium, "FLAGS", tuple(found))
        started = Browser(program, tmp_path_factory.mktemp("profile"))
    yield started
    started.close()


@pytest.fixture
def editor(browser: Browser, endpoint: Endpoint) -> Iterator[Page]:
    page = Page(browser)
    visit(page, f"{endpoint.home}/")
    page.until("document.documentElement.dataset.drawn === 'yes'")
    yield page
    page.close()


def visit(page: Page, address: str) -> None:
    page.send("Page.navigate", url=address)
    page.until(f"location.href.startsWith({address!r}) && document.readyState === 'complete'")


def ask(page: Page, query: str | None = None) -> None:
    """As a person with a keyboard does."""
    if query is not None:
        page.run(f"document.querySelector('#text').value = {query!r}")
    answered = page.run("Number(document.documentElement.dataset.answered || 0)")
    page.run("document.querySelector('#text').focus()")
    for kind in ("keyDown", "keyUp"):
        page.send("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, modifiers=2)
    page.until(f"Number(document.documentElement.dataset.answered) === {answered + 1}")


def test_the_first_query_has_rows_that_lead_to_things(editor: Page, endpoint: Endpoint) -> None:
    assert "PREFIX ig: <https://w3id.org/inspection-graph/ontology#>" in editor.run(
        "document.querySelector('#text').value"
    )
    ask(editor)
    rows = editor.all_words("#answer tbody tr")
    assert any("Harrowdale" in row for row in rows)
    assert editor.words("#state").startswith(f"{len(rows)} rows, ")
    link = editor.run("document.querySelector('#answer tbody a').href")
    assert link.startswith(f"{endpoint.home}/id/inspection/")
    assert editor.faults() == []
    assert all(asked.startswith((f"{endpoint.home}/", "data:")) for asked in editor.asked())


def test_each_question_of_the_library_is_offered_and_runs(editor: Page) -> None:
    names = editor.run("[...document.querySelectorAll('#example option')].map((o) => o.value).filter(Boolean)")
    assert names == list(queries.library())
    editor.set("#example", "judgements-over-time")
    assert editor.run("document.querySelector('#text').value") == queries.library()["judgements-over-time"].sparql
    ask(editor)
    assert len(editor.all_words("#answer tbody tr")) > 5
    assert editor.faults() == []


def test_a_slip_is_shown_where_it_is(editor: Page) -> None:
    ask(editor, "SELECT *\n{ ?s ?p }")
    assert "line 2, column 9" in editor.words("#answer [role=alert]")
    assert editor.run("document.querySelector('#text').selectionStart") == 17


def test_other_answers_than_rows_are_shown(editor: Page) -> None:
    ask(editor, "ASK {}")
    assert editor.words("#answer") == "Yes"
    ask(editor, "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 1")
    assert "<http" in editor.words("#answer pre")
    ask(editor, "SELECT ?x { VALUES ?x { '<img src=x onerror=alert(1)>' } }")
    assert editor.words("#answer td") == "<img src=x onerror=alert(1)>"
    assert not editor.run("document.querySelector('#answer img')")


def test_many_rows_come_some_at_a_time(editor: Page) -> None:
    ask(editor, "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 1200")
    assert editor.run("document.querySelectorAll('#answer tbody tr').length") == 500
    editor.run("document.querySelector('#answer button').click()")
    assert editor.run("document.querySelectorAll('#answer tbody tr').length") == 1000


def test_a_query_can_be_stopped(editor: Page, endpoint: Endpoint) -> None:
    before = set(endpoint.servers())
    editor.run(f"document.querySelector('#text').value = {ENDLESS!r}; document.querySelector('#ask').click()")
    editor.until("!document.querySelector('#stop').disabled")
    editor.run("document.querySelector('#stop').click()")
    assert editor.words("#state") == "Stopped"
    editor.until("document.querySelector('#stop').disabled")
    assert endpoint.ask("ASK {}").status_code == 200
    assert before


@pytest.mark.parametrize("dark", [False, True])
def test_words_stand_out_from_the_paper(
    browser: Browser, endpoint: Endpoint, finding: dict[str, str], dark: bool
) -> None:
    """WCAG asks for a contrast of 4.5 for words of this size, in the light and in the dark."""
    page = Page(browser, dark=dark)
    for address in ("/", local(finding["finding"])):
        visit(page, endpoint.home + address)
        worst = page.run(CONTRAST)
        assert worst >= 4.5, (address, worst)
        assert page.faults() == []
    page.close()


CONTRAST = """(() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => parts(colour).slice(0, 3).map((c) => c / 255)
    .map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, k) => sum + c * [0.2126, 0.7152, 0.0722][k], 0);
  const under = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const paper = getComputedStyle(e).backgroundColor;
      if ((parts(paper)[3] ?? 1) > 0) return paper;
    }
  };
  const ratios = [...document.querySelectorAll('body *')]
    .filter((e) => e.checkVisibility() && !e.disabled)
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .map((e) => [light(getComputedStyle(e).color), light(under(e))].sort((a, b) => b - a))
    .map(([high, low]) => (high + 0.05) / (low + 0.05));
  return Math.min(...ratios);
})()"""
