"""Which way a date without its year or week looks: back or ahead, from the words around it. Standard library only."""

from __future__ import annotations

import re

WINDOW = 120  # characters read on either side; a clause of news is shorter, and farther verbs belong to other clauses

_AHEAD = (
    r"will|won['’]t|\w+['’]ll|shall|might|could|may|would|"
    r"(?:is|are|was|were|be|been) (?:due|set|slated|poised|likely|scheduled|expected|planned|to)|"
    r"scheduled|expected|(?<!had )planned|slated|due|set (?:to|for)|"
    r"(?:plan|intend|prepar|hop)(?:s|e|es|ing|ning)? (?:to|for)|"
    r"ahead of|upcoming|forthcoming|next|coming|later|until|till|deadline|(?:is|are) going to|forecast|"
    r"(?:convene|gather|confer|meet|move|follow|begin|start|open|travel|head|visit|vote|hold|host|take|arrive|return|resume|continue|leave|face|go)e?s|flies|"
    r"(?<!to )(?:meet|move|gather|convene|hold|begin|resume)|(?:is|are) [a-z]+ing"
)
_BACK = (
    r"said|says|told|met|held|took|came|went|was|were|had|did|began|left|spoke|wrote|saw|fell|rose|gave|made|won|lost|sent|"
    r"became|found|broke|drew|shot|struck|hit|ran|flew|brought|after|since|following|earlier|last|previous|ago|"
    r"[a-z]{2,}ed"
)
_CUE = re.compile(rf"\b(?:(?P<ahead>{_AHEAD})|(?:{_BACK}))\b(?!-)", re.IGNORECASE)
_BREAK = re.compile(r"[.!?;](?=\s+[^a-z\s])|\n")
_DIRECTLY_AHEAD = re.compile(
    r"\b(?:by|until|till|before|next|coming|from|starting|beginning)\s+(?:the\s+)?$", re.IGNORECASE
)

_COMPARED = re.compile(
    r"^['’]s?\s+(?:\w+\s+)?(?:close|closing|opening|price|record|finish|vote|ruling|judgment|verdict|result|election)\b",
    re.IGNORECASE,
)  # "over Tuesday's closing price": what can be compared has been
_PROMISED = re.compile(r"\b(?:promis|pledg|vow|offer)\w*\b[^.!?;]*:", re.IGNORECASE)  # what follows is still to come
_NEXT_CLAUSE = re.compile(r"\s+(?:and|but)\s+$")  # "met on Sunday and will brief": what comes is another deed
_THEN = frozenset(["after", "since", "following"])  # "on Thursday after the vote": says nothing of the Thursday
# "agreed to meet on", "has invited her for talks on": what is agreed is still to come
_ARRANGED = re.compile(
    r"\b(?:(?:agree[sd]?|promise[sd]?|pledge[sd]?|vow(?:s|ed)?|offer(?:s|ed)?) to [a-z]+|"
    r"(?:has|have|had) (?:been )?(?:invited|called in|summoned) [^,;]*\b(?:to|for))\b[^,;]*$"
)
_CLAUSE = re.compile(r",\s+(?:but|and|while|although|though|as|after|who|which|where)\b|\s(?:but|while|although)\s")
_AND_BEFORE_NEXT = re.compile(r"^[^.!?;:,]*\b(?:before|by|until)\s+(?:next|the end)\b", re.IGNORECASE)


def _is_farther(left: str, right: str) -> bool:
    """True when what stands between a date and the cue behind it begins another clause (", but he", ", an aide"), and
    what stands between it and the cue before it does not."""
    return ("," not in left and "," in right) or (_CLAUSE.search(left) is None and _CLAUSE.search(right) is not None)


def looks_ahead(text: str, start: int, end: int) -> bool:
    """True when the words at `text[start:end]` name a time to come.

    The nearest cue of the sentence decides (a modal, "scheduled", "ahead of" against a past tense or "after");
    without any cue news tells of what was.
    """
    left = text[max(0, start - WINDOW) : start]
    breaks = [found.end() for found in _BREAK.finditer(left)]
    left = left[breaks[-1] :] if breaks else left
    right = text[end : end + WINDOW]
    stop = _BREAK.search(right)
    right = right[: stop.start()] if stop else right
    if _COMPARED.search(right):
        return False
    if _DIRECTLY_AHEAD.search(left) or _PROMISED.search(left) or _AND_BEFORE_NEXT.search(right):
        return True
    if _ARRANGED.search(left):
        return True
    before = list(_CUE.finditer(left))
    after = next((cue for cue in _CUE.finditer(right) if cue[0].lower() not in _THEN), None)
    if before and after is not None and _NEXT_CLAUSE.match(right[: after.start()]):
        after = None
    if before and after is not None and _is_farther(left[before[-1].end() :], right[: after.start()]):
        after = None
    if before and (after is None or len(left) - before[-1].end() <= after.start()):
        return before[-1]["ahead"] is not None
    return after is not None and after["ahead"] is not None
