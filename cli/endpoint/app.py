"""The endpoint's addresses: `/query`, the editor at `/`, the data's own IRIs, the service's description, `/health`."""

from __future__ import annotations

import ipaddress
import json
from functools import lru_cache
from importlib.resources import files

import anyio
from anyio.to_thread import run_sync as to_thread
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import ontology
import queries
from cli.endpoint import judge, protocol, service, things
from cli.endpoint.negotiation import preferred
from cli.endpoint.pool import Pool
from cli.endpoint.refusals import Refused
from cli.endpoint.relay import Asked, Relay, fetched
from cli.endpoint.settings import Settings

HTML = "text/html"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SAFETY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
WRITING = ("GET", "POST", "PUT", "DELETE", "PATCH")
SHORT = 2**15
"""Characters of a query that is judged at once, and remembered."""
ASSETS = {"editor.js": "text/javascript", "page.css": "text/css"}
FREQUENT = ("area", "framework", "grade", "polarity", "theme")
"""The concept schemes whose prefixes stand in the editor; an undeclared one is named with its IRI where it is used."""
FIRST = """
SELECT DISTINCT ?start ?inspection ?name WHERE {
  ?inspection a ig:Inspection ; ig:inspects ?authority ; ig:startDate ?start .
  ?authority skos:prefLabel ?name .
}
ORDER BY DESC(?start)
LIMIT 20
"""
pages = Environment(
    loader=PackageLoader("cli.endpoint", "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def application(settings: Settings, pool: Pool) -> ASGIApp:
    """The endpoint over the processes of `pool`."""
    site = _Site(settings, pool)
    routes = [
        Route("/", site.home),
        Route("/query", site.query, methods=["GET", "POST"]),
        Route("/sparql", site.query, methods=["GET", "POST"]),
        *(Route(path, _read_only, methods=WRITING) for path in ("/update", "/store", "/rdf-graph-store")),
        Route("/health", site.health),
        Route("/.well-known/void", site.description),
        Route("/examples.json", _examples),
        *(Route(f"/{name}", _asset) for name in ASSETS),
        Route("/{path:path}", site.thing),
    ]
    middleware = [Middleware(_Guard, host=settings.host)]
    if settings.origins:
        cors = Middleware(CORSMiddleware, allow_origins=settings.origins, allow_methods=["GET", "POST"])
        middleware.append(cors)
    handlers = {Refused: _refused, queries.QuerySyntaxError: _misread}
    return Starlette(routes=routes, middleware=middleware, exception_handlers=handlers)


class _Site:
    """What the addresses share."""

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self._settings, self._pool = settings, pool
        self._asking = things.Asking(pool, settings)
        self._remembered = lru_cache(maxsize=512)(judge.admitted)
        self._one_at_a_time = anyio.CapacityLimiter(1)

    async def query(self, request: Request) -> Response | Relay:
        """The SPARQL protocol; without a query, what this service is."""
        if request.method != "POST" and not request.url.query:
            return await self.description(request)
        graphs = self._settings.graphs
        form = await protocol.read(request, graphs)
        if len(form.query) <= SHORT:
            query = await to_thread(self._remembered, form.query, graphs)
        else:  # long ones take seconds, and must not take every thread
            query = await to_thread(judge.admitted, form.query, graphs, limiter=self._one_at_a_time)
        accept = ",".join(request.headers.getlist("accept")) or "*/*"
        return Relay(self._pool, self._settings, Asked(query.text, accept, form.dataset or query.dataset))

    async def home(self, request: Request) -> Response:
        """The editor for people, the description for programs."""
        if _wanted(request, [HTML, *things.RDF]) != HTML:
            return await self.description(request)
        return _page("editor.html", first=_first_query(), limit=self._settings.time_limit, base=self._settings.base)

    async def description(self, request: Request) -> Response:
        """The service and the dataset in RDF."""
        kind = _wanted(request, list(things.RDF))
        graphs = sorted(self._settings.graphs)
        triples = await to_thread(service.described, self._asking, str(request.base_url), graphs)
        return Response(things.written(triples, kind), media_type=kind, headers={"Vary": "Accept"})

    async def health(self, _: Request) -> Response:
        """Whether a query is answered at this moment."""
        await fetched(self._pool, self._settings, Asked("ASK {}", "text/csv"))
        return PlainTextResponse("ok\n")

    async def thing(self, request: Request) -> Response:
        """What is known of the IRI that this address stands for: a page, or RDF."""
        iri = self._settings.base + request.scope["raw_path"].decode("ascii", "replace")[1:]
        kind = things.SUFFIXES.get(request.query_params.get("format", "")) or _wanted(request, [HTML, *things.RDF])
        if kind != HTML:
            told = await to_thread(things.as_rdf, self._asking, iri, kind)
            return Response(told, media_type=kind, headers={"Vary": "Accept"})
        shown = await to_thread(things.page, self._asking, iri, self._settings.base)
        return _page("thing.html", page=shown, forms=tuple(things.SUFFIXES))


def _first_query() -> str:
    """What stands in the editor to begin with: the prefixes of the model, and a question that has rows."""
    known = {p: stem for p, stem in ontology.PREFIXES.items() if p not in ontology.SCHEMES or p in FREQUENT}
    prefixes = "".join(f"PREFIX {prefix}: <{stem}>\n" for prefix, stem in known.items())
    return prefixes + FIRST


def _wanted(request: Request, offered: list[str]) -> str:
    kind = preferred(request.headers.get("accept", ""), offered)
    if kind is None:
        raise Refused(406, f"this comes as {', '.join(offered)}")
    return kind


def _page(template: str, **content: object) -> Response:
    html = pages.get_template(template).render(**content)
    return Response(html, media_type=HTML, headers={"Vary": "Accept"})


@lru_cache(maxsize=1)
def _questions() -> str:
    """The library for the editor, as JSON."""
    found = [
        {"name": q.name, "folder": q.folder, "question": q.question, "sparql": q.sparql}
        for q in queries.library().values()
    ]
    return json.dumps(found, ensure_ascii=False)


async def _examples(_: Request) -> Response:
    return Response(_questions(), media_type="application/json")


async def _asset(request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    return Response(files("cli.endpoint").joinpath("pages", name).read_bytes(), media_type=ASSETS[name])


async def _read_only(_: Request) -> Response:
    raise Refused(403, protocol.READ_ONLY)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return PlainTextResponse(f"{error.problem}\n", error.status, error.headers)


async def _misread(_: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n", 400)


class _Guard:
    """Answers only who means this host, and says in each answer what a page of it may do.

    A page elsewhere whose name is made to lead to this machine would otherwise read what only this machine should.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._names = {"localhost", "127.0.0.1", "::1", host} if _is_loopback(host) else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SAFETY)
            await send(message)

        name = _host_name(Headers(scope=scope).get("host", ""))
        if self._names is None or name in self._names:
            await self._app(scope, receive, safely)
        else:
            await PlainTextResponse(f"'{name}' is not served here\n", 421)(scope, receive, safely)


def _host_name(host: str) -> str:
    return (host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]).lower()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
