"""The remote twin of the embedded store: any SPARQL 1.1 service, asked through SPARQLWrapper."""

from __future__ import annotations

import pyoxigraph as ox

from graph.errors import RemoteError
from graph.remote.access import Credentials
from graph.remote.answers import Reply, Rows, boolean, graph, rows, triples
from graph.remote.errors import Notice, warn
from graph.remote.paging import beginning, may_be_cut, whole
from graph.remote.patience import Patience
from graph.remote.service import Service
from graph.remote.syntax import Shape, shape


class RemoteStore:
    """A SPARQL service at `endpoint`; answers are pyoxigraph's result objects, as the embedded store gives them.

    The service must take the union of its graphs as the default graph. `timeout` is in seconds of silence. `notice`
    is told what a person should know: that an answer may be cut, that a question is asked again.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        timeout: float = 60.0,
        credentials: Credentials | None = None,
        patience: Patience | None = None,
        notice: Notice = warn,
    ) -> None:
        self.name = endpoint
        self._service = Service(endpoint, credentials or Credentials(), patience or Patience(timeout=timeout), notice)
        self._notice = notice

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer one query; RemoteError where the service cannot be reached or did not answer to the end."""
        asked = shape(sparql)
        reply = self._first(sparql, asked)
        if asked.form in ("CONSTRUCT", "DESCRIBE"):
            return graph(self._triples(reply, asked))
        answer = rows(reply)
        if isinstance(answer, Rows):
            if may_be_cut(answer.count, asked, reply):
                answer = whole(answer, asked, reply, lambda text: self._ask(text, "SELECT"), self._notice)
            return answer.solutions()
        return boolean(answer)

    def triples(self, sparql: str) -> list[ox.Triple]:
        """What a CONSTRUCT builds, as the service wrote it: nothing is put in a store, which writes numbers anew."""
        asked = shape(sparql)
        return self._triples(self._ask(sparql, asked.form), asked)

    def _triples(self, reply: Reply, asked: Shape) -> list[ox.Triple]:
        sent = triples(reply)
        count = len(sent)
        # a limit of 10,000 is 10,001 triples to Virtuoso
        round_number = count % 1000 == 0 or (reply.virtuoso and count % 1000 == 1)
        if count >= 1000 and round_number and count != asked.limit:
            self._notice(f"{self.name}: sent {count} triples, and the answer may be cut there")
        return sent

    def _first(self, sparql: str, asked: Shape) -> Reply:
        try:
            return self._ask(sparql, asked.form)
        except RemoteError as error:
            if "SR353" not in error.problem or not asked.wrappable:
                raise
            return self._ask(beginning(asked), asked.form)

    def _ask(self, sparql: str, form: str) -> Reply:
        reply = self._service.ask(sparql, form or "SELECT")
        # Virtuoso's "anytime" queries: what was found when the time was over, counts and sums of a part included
        if "S1TAT" in reply.headers.get("x-sql-state", ""):
            raise RemoteError(self.name, "stopped at its limit of time and sent what it had found by then")
        return reply
