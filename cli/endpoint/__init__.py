"""A SPARQL endpoint that opens no other door: the Oxigraph server behind a proxy that judges what it lets through."""

from cli.endpoint.settings import Settings
from cli.endpoint.site import PortTaken, StoreFailed, run

__all__ = ["PortTaken", "Settings", "StoreFailed", "run"]
