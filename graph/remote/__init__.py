"""Any SPARQL 1.1 service as a source of answers, and as a place to send graphs to."""

from graph.remote.access import Credentials
from graph.remote.errors import Denied, Notice, Passing, RemoteWarning
from graph.remote.patience import Patience
from graph.remote.service import Service
from graph.remote.store import RemoteStore

__all__ = ["Credentials", "Denied", "Notice", "Passing", "Patience", "RemoteStore", "RemoteWarning", "Service"]
