"""What a letter or report says of itself: what it holds, where its copies go and where it can be read."""

from __future__ import annotations

import re

_THE = r"(?:this|the|our) (?:letter|report)"
_SENT = r"(?: (?:also|being))* (?:sent|going|copied|published|placed|available|provided|shared|put|read|found)"
_SAYS = r"(?: also)? (?:says|tells|sets out|summarises|reports|gives|describes|contains|outlines|explains|presents)"
_OF_ITSELF = re.compile(
    rf"^(?:an? |further )?cop(?:y|ies)(?: of {_THE})?"
    rf" (?:goes|go|(?:is|are|will be|has been|have been|was|were){_SENT}) (?:to|on|online)\b"
    r"|^(?:[\w’',&-]+ ){1,14}(?:has|have|had|receives?|gets?|sent)(?: (?:also|been|sent))* (?:a )?cop(?:y|ies)"
    r" of (?:this|our) letter\b"
    rf"|^this letter{_SAYS}\b|^this report{_SAYS} (?:what (?:we|inspectors)|our|the findings)\b"
    rf"|^(?:this|our|the) letter(?: \w+)? (?:is|can be|may be|will be){_SENT} (?:to|on|online|by|at)\b",
    re.IGNORECASE,
)
_SIGNS = ("letter", "this report", "copy", "copies")


def tells_of_itself(words: str) -> bool:
    """Whether a sentence of a document is about the document: about its contents, its copies or its publication.

    >>> tells_of_itself("A copy goes to the board."), tells_of_itself("Parents have a copy of the plan.")
    (True, False)
    """
    lower = words.lower()
    # Most sentences have none of these, and looking for plain words is faster than the expression.
    if not any(sign in lower for sign in _SIGNS):
        return False
    return _OF_ITSELF.match(" ".join(words.split())) is not None
