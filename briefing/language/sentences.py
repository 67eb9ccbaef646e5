"""Text in, sentence offsets out: rules alone, no model.

Lines are split first, for a line end always ends a sentence of news. Within a line a full stop, question or
exclamation mark ends a sentence when what follows looks like a beginning, unless the word before is an initial or
an abbreviation that expects a name or a number behind it ("Gen. Petrov", "No. 5", "Jan. 12"). Abbreviations that
can also stand last ("the U.S.", "at 5 p.m.", "Acme Corp.") end a sentence only before a word that begins sentences.
"""

from __future__ import annotations

import functools
import re

BEFORE_A_NAME = frozenset(
    "mr mrs ms mx messrs mme mlle dr prof gen lt col maj capt cpl sgt pvt cmdr cdr adm brig pres gov sen sens rep reps "
    "sec supt det insp hon rev fr st ste mt ft pte amb atty dist asst dep vp ex viz vs v cf al e.g i.e approx ca "
    "op art sect para lt.col lt.gen maj.gen brig.gen".split()
)  # titles and the like: something always follows
BEFORE_A_NUMBER = frozenset(
    "no nos pp p fig figs vol ch sec art jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
MAY_STAND_LAST = frozenset(
    "inc corp co ltd llc plc bros jr sr esq etc ave blvd rd dept univ est assn intl ph.d m.d b.a m.a".split()
)
BEGINNERS = frozenset(
    "a about after all also although among an and another any as asked at because before both but by critics despite "
    "during each earlier even every few for from he her here his how however i if in instead it its last later many "
    "meanwhile more most much my nearly neither never no nobody nor not nothing now of officials on once one only or "
    "other others our over people perhaps police several she since so some such that the their then there these they "
    "this those though through thus to today two under unlike until we what when where whether which while who why "
    "with without yet you your".split()
)  # words that, capitalized behind "U.S.", begin a sentence rather than go on with a name
CLOSE = r"[\"'”’»)\]]*(?:\[\d+\])*"  # what closes with the sentence: marks, numbers of notes
TOUCHING = r"(?<=[”»])(?=[A-Z“])"  # no space, where a page has lost it
SIGN = re.compile(rf"[.!?…]{CLOSE}(?:\s|{TOUCHING})")  # what every candidate holds, and is quickly found
CANDIDATE = re.compile(
    rf"(?P<word>[^\s.!?…]*(?:\.[^\s.!?…]+)*)(?P<mark>[.!?…]+)(?P<close>{CLOSE})(?P<gap>\s+|{TOUCHING})"
    r"(?P<next>[\"'“‘«„”(\[¿¡—–-]*\s?)(?P<first>[^\s.,;:!?]*)"
)
ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")  # "U.S", "p.m", the last full stop cut off


@functools.lru_cache(maxsize=8)  # one article is asked for by several readers, one after the other
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each sentence in order of the text, without white space at either end."""
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+", text):
        start = line.start()
        for end in [*_ends(text, line.start(), line.end()), line.end()]:
            inner = text[start:end]
            if stripped := inner.strip():
                left = start + len(inner) - len(inner.lstrip())
                found.append((left, left + len(stripped)))
            start = end
    return tuple(found)


def _ends(text: str, start: int, end: int) -> list[int]:
    """Where sentences end within one line, its own end left out."""
    ends = []
    position = start
    while sign := SIGN.search(text, position, end):
        left = sign.start()
        while left > position and not text[left - 1].isspace():
            left -= 1
        match = CANDIDATE.search(text, left, end)
        assert match is not None  # the sign alone is one
        position = max(match.end("close"), match.start() + 1)
        if _is_end(match):
            ends.append(match.end("close"))
    return ends


def _is_end(match: re.Match[str]) -> bool:
    word = match["word"].lstrip("\"'“‘«„”’([—–-").rsplit("—", 1)[-1]
    first, mark = match["first"], match["mark"]
    opened = bool(match["next"].strip(" -—–([")) and not first[:1].islower()  # a quotation mark or the like
    begins = opened or first[:1].isupper() or first[:1].isdigit() or first[:1] in "$£€¥"
    if not begins:
        return False
    if mark != "." or match["close"].strip("’'"):
        return True
    lowered, starter = word.lower(), re.split("['’]", first.lower())[0] in BEGINNERS
    if lowered in BEFORE_A_NUMBER and first[:1].isdigit():
        return False
    if lowered in BEFORE_A_NAME:
        return False
    if lowered in MAY_STAND_LAST or ACRONYM.fullmatch(word) or (len(word) == 1 and word.isalpha()):
        return starter or opened
    return True
