"""The names of things: each depends on nothing but the thing itself (vocabulary, "Keys")."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from ontology import ID

AUTHORITY = f"{ID}authority/"
INSPECTORATE = f"{ID}inspectorate/"
INSPECTION = f"{ID}inspection/"
DOCUMENT = f"{ID}document/"
GRAPH = f"{ID}graph/"
DATASET_GRAPH = f"{ID}graph/dataset"
DATASET = f"{ID}dataset/inspections"

_UNSPOKEN = re.compile(r"[\W_]+")


def digest(*words: str) -> str:
    """The first 12 hex digits of the sha256 of the words.

    >>> digest("a", "b") == digest("ab")
    False
    """
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]


def statement_key(statement: str) -> str:
    """The key of a statement, which spacing, case, punctuation and ligatures do not change.

    >>> statement_key("Plans are clear.") == statement_key("PLANS  are clear")
    True
    """
    return digest(_UNSPOKEN.sub("", unicodedata.normalize("NFKC", statement).lower()))


def slug(name: str) -> str:
    """A name as a part of an IRI: ASCII letters and digits, parted by hyphens.

    >>> slug("Dr Zoë O’Hara")
    'dr-zoe-ohara'
    """
    joined = re.sub(r"['’ʼ`]", "", name)
    plain = unicodedata.normalize("NFKD", joined).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or digest(name)


def authority(gss: str) -> str:
    return AUTHORITY + gss


def inspectorate(id: str) -> str:
    return INSPECTORATE + id


def person(body: str, name: str) -> str:
    """Somebody of an inspectorate or an authority; `body` is its id or GSS code."""
    return f"{ID}person/{quote(body, safe='')}/{slug(name)}"


def inspection(authorities: Sequence[str], start: date, framework: str) -> str:
    """An inspection by its authorities' codes in ascending order, its first day and its framework."""
    return f"{INSPECTION}{'+'.join(sorted(set(authorities)))}/{start.isoformat()}/{framework}"


def document(key: str) -> str:
    """The document whose file has a sha256 that begins with `key`."""
    return DOCUMENT + key


def stated_graph(key: str) -> str:
    return GRAPH + key


def inferred_graph(rule: str) -> str:
    return f"{GRAPH}inferred/{rule}"


def revisit(later: str, earlier: str) -> str:
    return f"{ID}revisit/{digest(later, earlier)}"


def inference(subject: str, predicate: str, object: str) -> str:
    """The node that tells why one inferred triple was drawn."""
    return f"{ID}inference/{digest(subject, predicate, object)}"


def part(words: str) -> str:
    """Printed words as one step of an IRI's path.

    >>> part("7.5"), part("4/2 b")
    ('7.5', '4%2F2%20b')
    """
    return quote(words, safe=".-_~")
