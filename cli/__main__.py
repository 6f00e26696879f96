"""The command line: the one place that prints and exits.

Exit codes: 0 done; 1 nothing useful was done, or a check failed; 2 the command was not understood; 3 a store, file or
server that is needed could not be used.
"""

from __future__ import annotations

import os
import sys

import typer

from cli.build import build
from cli.check import check
from cli.console import fail
from cli.evaluate import evaluate_labels
from cli.explain import explain
from cli.export import export
from cli.publish import publish
from cli.query import list_queries, query
from cli.serve import serve
from cli.themes import themes
from cli.thread import thread
from cli.view import view
from graph.errors import GraphError
from loaders.errors import LoaderError
from ontology import VocabularyError
from queries import QueryError

app = typer.Typer(
    name="inspection-graph",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Read inspections of children's services into a graph in which every statement leads back to its words.",
)
for command in (build, query, explain, thread, view, export, check, serve, publish):
    app.command()(command)
app.command("queries")(list_queries)
app.command("evaluate")(evaluate_labels)
app.add_typer(themes, name="themes")


def main() -> None:
    """Run the command that the arguments name; known errors become one message and an exit code."""
    try:
        app()
    except QueryError as error:
        stop(fail(str(error), remedy=REMEDIES.get(type(error).__name__), code=2))
    except VocabularyError as error:
        stop(fail(str(error), code=2))
    except LoaderError as error:
        stop(fail(str(error), code=1))
    except GraphError as error:
        stop(fail(str(error), code=3))
    except BrokenPipeError:
        # a reader such as `head` has gone: say nothing, and keep Python from flushing into the closed pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


REMEDIES = {
    "UnknownQuestion": "'inspection-graph queries' lists them all.",
    "UnknownParameter": "'inspection-graph queries NAME' shows the question in full.",
}


def stop(exit: typer.Exit) -> None:
    sys.exit(exit.exit_code)


if __name__ == "__main__":
    main()
