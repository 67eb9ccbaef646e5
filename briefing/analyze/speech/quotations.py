"""Text in, paired quotation marks out: which stretches stand between marks, how deep, across paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

DOUBLE = '"“”„‟＂'
GUILLEMETS = "«»"
SINGLE = "'‘’‚‛"
SINGLE_GUILLEMETS = "‹›"
CORNERS = "「」『』"
MARKS = DOUBLE + GUILLEMETS + SINGLE + SINGLE_GUILLEMETS + CORNERS

FAMILIES = (DOUBLE, GUILLEMETS, SINGLE_GUILLEMETS, CORNERS)
STRAIGHT = '"＂'
OPENERS = "“„‟«‹「『‘‚‛"
CLOSERS = "”»›」』’"

_PARAGRAPH = re.compile(r"[^\n]+")
# two ASCII or grave apostrophes stand for one double mark in typewritten and TeX text
_MARK = re.compile(r"``|''|[" + re.escape(DOUBLE + GUILLEMETS + SINGLE_GUILLEMETS + CORNERS) + "]")
_CURLY = re.compile("“[^”\n]+”")
_STRAIGHT_PAIR = re.compile(r'["＂][^"＂\n]+["＂]')
_SINGLE_OPEN = re.compile(r"(?<![\w'’.,!?…])(?:‘|‚|‛|'(?!'))(?=[\w“\"«$£€(\[…])")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…”\"»)\]%—–-])(?:’|'(?!'))(?!\w)")


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """A stretch between two marks: `start` to `end` are the words, `outer_start` to `outer_end` include the marks.

    `depth` is 0 for the outermost marks. `closed` is false where the closing mark is missing, as it is by custom when
    the speech goes on in the next paragraph; `continues` is true for a piece that carries on such a speech.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    depth: int = 0
    closed: bool = True
    continues: bool = False


@dataclass(frozen=True, slots=True)
class _Open:
    glyph: str
    start: int
    end: int


def speech_marks(text: str, quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """The outermost quotations in the marks that the text uses for speech: single ones only where it has no others.

    Beside double marks, single ones by themselves are those of headlines and of terms.
    """
    outer = [q for q in quotations if q.depth == 0]
    double = [q for q in outer if not is_single(text, q)]
    return tuple(double or outer)


def is_single(text: str, quotation: Quotation) -> bool:
    """Whether the quotation stands between single marks or between pairs of them (''...'')."""
    return text[quotation.outer_start] in SINGLE


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Every quoted stretch of `text`, in order, inner ones after the one that holds them.

    A paragraph is a line. ASCII, curly, wrong-way (”…”), low-high, angle, corner and single marks are read by what
    stands around them and by what is open, the shape of the glyph coming second. Apostrophes, inches and decades are no
    marks.
    """
    paragraphs = [(m.start(), m.end()) for m in _PARAGRAPH.finditer(text) if not m.group().isspace()]
    found: list[Quotation] = []
    running = False
    for (start, end), following in zip_longest(paragraphs, paragraphs[1:]):
        goes_on = following is not None and _starts_with_mark(text, *following)
        doubles = _pair(text, start, end, goes_on=goes_on)
        if following is None or not _is_same_mark(text, start, following[0]):
            doubles = [pair for pair in doubles if pair.closed or not _is_strange(text, pair)]
        pairs = _nest([*doubles, *_pair_singles(text, start, end, doubles)])
        if running and pairs and _starts_with_mark(text, start, end):
            pairs[0] = replace(pairs[0], continues=True)
        running = any(not pair.closed for pair in pairs)
        found.extend(pairs)
    return tuple(found)


def _pair(text: str, start: int, end: int, *, goes_on: bool) -> list[Quotation]:
    """Quotations by double marks, guillemets and corners between `start` and `end`, one paragraph.

    `goes_on`: the next paragraph starts with a mark. Without that, an opening that is not closed and stands before
    other quotations is a slip.
    """
    stack: list[_Open] = []
    pairs: list[Quotation] = []
    for mark in _MARK.finditer(text, start, end):
        partner = _partner(stack, mark.group())
        if _closes(text, mark, partner, end):
            assert partner is not None
            opening = stack[partner]
            del stack[partner:]
            pairs.append(_between(text, opening, mark.start(), mark.end()))
        elif _opens(text, mark, start, end):
            stack.append(_Open(mark.group(), mark.start(), mark.end()))
    for opening in stack[:1]:
        if _may_run_on(text, opening, start, goes_on=goes_on) and (
            goes_on or not any(p.outer_start > opening.start for p in pairs)
        ):
            pairs.append(_unclosed(text, opening, end))
    return [pair for pair in pairs if pair.end > pair.start]


def _family(glyph: str) -> str:
    return DOUBLE if len(glyph) == 2 else next(family for family in FAMILIES if glyph in family)


def _partner(stack: list[_Open], glyph: str) -> int | None:
    """The index of the innermost open mark that `glyph` could close."""
    for index in range(len(stack) - 1, -1, -1):
        if _family(stack[index].glyph) == _family(glyph):
            return index
    return None


def _closes(text: str, mark: re.Match[str], partner: int | None, end: int) -> bool:
    if partner is None:
        return False
    glyph = mark.group()
    if glyph in CLOSERS:
        return not (_looks_opening(text, mark) and not _looks_closing(text, mark, end))
    if glyph in OPENERS:  # a low or reversed opening („…“ or »…«) is closed by what elsewhere opens
        return _looks_closing(text, mark, end) and not _looks_opening(text, mark)
    return not (_looks_opening(text, mark) and not _looks_closing(text, mark, end))


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether the mark can open: words follow it, and it is neither an inch mark nor a stray closing one."""
    if mark.end() >= end or (mark.start() > start and text[mark.start() - 1].isalnum()):
        return False
    before = text[start : mark.start()].rstrip()
    if not before or before[-1] in ",:":  # also with the blank on its wrong side: said," Well ...
        return True
    return _looks_opening(text, mark) or (mark.group() in "“„«‹「『" and mark.end() < end)


def _looks_opening(text: str, mark: re.Match[str]) -> bool:
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < len(text) else " "
    return (not before.isalnum() and before not in ".,!?…%") and not after.isspace() and after not in ",;:)]"


def _looks_closing(text: str, mark: re.Match[str], end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < end else " "
    return (not before.isspace() or mark.group() in "»«") and not after.isalnum()


def _between(text: str, opening: _Open, close: int, outer_end: int) -> Quotation:
    start, end = _trim(text, opening.end, close)
    return Quotation(start, end, opening.start, outer_end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _unclosed(text: str, opening: _Open, end: int) -> Quotation:
    start, inner_end = _trim(text, opening.end, end)
    return replace(Quotation(start, inner_end, opening.start, inner_end), closed=False)


def _may_run_on(text: str, opening: _Open, start: int, *, goes_on: bool) -> bool:
    """Whether an opening without its closing mark begins speech: at the start, or behind a comma or colon.

    Behind a full stop ("..., he said. “...") it does where the next paragraph goes on with a mark.
    """
    before = text[start : opening.start].rstrip()
    return not before or before[-1] in ",:—–" or (goes_on and before[-1] in ".?!")


def _pair_singles(text: str, start: int, end: int, doubles: list[Quotation]) -> list[Quotation]:
    """Quotations by single marks that do not cross a double one."""
    pairs: list[Quotation] = []
    position = start
    while opening := _SINGLE_OPEN.search(text, position, end):
        close = _single_close(text, opening, end, doubles)
        position = opening.end()
        if close is not None:
            pairs.append(_between(text, _Open(opening.group(), opening.start(), opening.end()), close, close + 1))
            position = close + 1
    return pairs


def _single_close(text: str, opening: re.Match[str], end: int, doubles: list[Quotation]) -> int | None:
    """Where the single mark is closed: not at a plural's apostrophe when a better mark follows."""
    following = _SINGLE_OPEN.search(text, opening.end(), end)
    limit = following.start() if following else end
    candidates = [m.start() for m in _SINGLE_CLOSE.finditer(text, opening.end(), limit)]
    candidates = [c for c in candidates if not _crosses(opening.start(), c, doubles)]
    for candidate in candidates:
        if not (text[candidate - 1] == "s" and re.match(r" [a-z]", text[candidate + 1 : candidate + 3])):
            return candidate
    return candidates[0] if candidates else None


def _crosses(start: int, end: int, doubles: list[Quotation]) -> bool:
    return any((d.outer_start < start < d.outer_end) != (d.outer_start < end < d.outer_end) for d in doubles)


def _nest(pairs: list[Quotation]) -> list[Quotation]:
    """The pairs in order, with their depth."""
    nested: list[Quotation] = []
    around: list[Quotation] = []
    for pair in sorted(pairs, key=lambda p: (p.outer_start, -p.outer_end)):
        while around and around[-1].outer_end <= pair.outer_start:
            around.pop()
        nested.append(replace(pair, depth=len(around)))
        around.append(pair)
    return nested


def _starts_with_mark(text: str, start: int, end: int) -> bool:
    first = text[start:end].lstrip()[:2]
    return first in ("``", "''") or first[:1] in tuple(DOUBLE + GUILLEMETS + SINGLE_GUILLEMETS + CORNERS)


def _is_same_mark(text: str, start: int, following: int) -> bool:
    """Whether two paragraphs begin with the same mark."""
    return text[start:].lstrip()[:1] == text[following:].lstrip()[:1]


def _is_strange(text: str, pair: Quotation) -> bool:
    """Whether the opening mark is a straight one in a text whose speech stands between curly ones: a block's mark."""
    return text[pair.outer_start] in STRAIGHT and len(_CURLY.findall(text)) > len(_STRAIGHT_PAIR.findall(text))
