"""The remote twin of the embedded store: any SPARQL 1.1 service, asked through SPARQLWrapper."""

from __future__ import annotations

import http.client
import urllib.error

import pyoxigraph as ox
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from graph.errors import RemoteError

GRAPH_FORMS = ("CONSTRUCT", "DESCRIBE")


class RemoteStore:
    """A SPARQL service at `endpoint`; answers are pyoxigraph's result objects, as the embedded store gives them.

    The service must take the union of its graphs as the default graph. `timeout` is in seconds.
    """

    def __init__(self, endpoint: str, *, timeout: float = 60.0) -> None:
        self.name = endpoint
        self._timeout = timeout

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer one query; RemoteError where the service cannot be reached or did not answer to the end."""
        wrapper = SPARQLWrapper(self.name)
        wrapper.setTimeout(int(self._timeout))
        wrapper.setMethod(POST)
        wrapper.setQuery(sparql)
        graph_form = wrapper.queryType in GRAPH_FORMS
        wrapper.setReturnFormat(TURTLE if graph_form else JSON)
        body = self._fetch(wrapper)
        # Oxigraph answers a query that ran out of time with status 200 and the error's words in the body,
        # so only a body that parses to its end counts as an answer.
        try:
            return _construct(body) if graph_form else _whole_results(_modern(body))
        except (SyntaxError, ValueError) as error:
            said = body[-300:].decode("utf8", "replace").strip()
            raise RemoteError(self.name, f"the answer does not parse to its end ({error}): … {said}") from None

    def _fetch(self, wrapper: SPARQLWrapper) -> bytes:
        try:
            body: bytes = wrapper.query().response.read()
        except SPARQLWrapperException as error:
            raise RemoteError(self.name, str(error).strip()) from None
        except (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException) as error:
            raise RemoteError(self.name, f"cannot be asked: {getattr(error, 'reason', error)}") from None
        return body


def _whole_results(body: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    answer = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    if isinstance(answer, ox.QueryBoolean):
        return answer
    for _ in answer:  # the parser is lazy: a broken end shows only when it is reached
        pass
    again = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    assert isinstance(again, ox.QuerySolutions)
    return again


def _modern(body: bytes) -> bytes:
    """Virtuoso still writes the type "typed-literal" of the first draft of the JSON format."""
    return body.replace(b'"typed-literal"', b'"literal"')


def _construct(turtle: bytes) -> ox.QueryTriples:
    store = ox.Store()
    store.load(turtle, format=ox.RdfFormat.TURTLE)
    answer = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(answer, ox.QueryTriples)
    return answer
