"""What a line of a page looks like, as numbers: the features of the line model.

Own words for well-known shallow text features (Kohlschütter, Fankhauser and Nejdl, "Boilerplate Detection using
Shallow Text Features", 2010), with the look of the neighbouring lines and the line's place on the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefing.clean import furniture
from briefing.clean.paragraphs import blocks, unwrap, wrap_width

Matrix = NDArray[np.float32]

SENTENCE_WORDS = 8  # words; a line of so many that ends as a sentence is running text
WINDOWS = (2, 6, 20)  # lines to either side: the sentence's company, the section, the page's part
RUNNING = 1  # the column of running words: those of a line that is a sentence
LONG = 60.0  # words; longer lines are as surely text as lines of this length

NEAR, SECTION = 8, 4  # lines to either side: whose words are near, whose company says what a section is about

_WORD = re.compile(r"\w+")
_CONTENT = re.compile(r"[^\W\d_]{4,}")
_BULLET = re.compile(r"[*+•·▪‣◦o-] |[*+•·▪‣◦-]$")
_NUMBER = re.compile(r"\d{1,3}[.)] ")
_CLOSED = re.compile(r"[.!?…][\"'”’»)\]]*$")
_QUOTE = re.compile(r"[\"“”„«»]")
_CALLS = re.compile(
    r"\b(?:subscri|newsletter|sign up|log ?in|cookie|privacy|copyright|all rights|©|e-?mail|share|follow us|"
    r"click|download|"
    r"free|advert|sponsor|affiliate|terms|policy|shop|cart|buy|order|contact)",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"(?:\d+ )?(?:comments?|responses?|replies|related\b.{0,30}|you (?:may|might) .{0,40}|more (?:from|in|on|"
    r"stories)\b.{0,40}|"
    r"about (?:the )?author.{0,30}|recommended.{0,30}|share this.{0,20}|tags?:?.{0,40}|popular.{0,30}|"
    r"recent posts.{0,20}|"
    r"latest.{0,30}|read (?:more|next|also).{0,30}|leave a .{0,20}|trending.{0,20}|newsletter.{0,30}|"
    r"subscribe.{0,40}|footer)",
    re.IGNORECASE,
)
COMMON = frozenset(
    "the a an and or but of to in on at for with from by as is are was were be been has have had will would can "
    "could it its he"
    " she they we you i his her their our your this that these those not no which who what when where how if "
    "than then so"
    " there about into over after before more most some any all up out said also just".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of visible text; `gap`: an empty line stands above it."""

    text: str
    gap: bool = True


def page_lines(text: str) -> list[Line]:
    """The lines of tidied text, hard-wrapped ones joined."""
    found = blocks(text)
    width = wrap_width(found)
    return [Line(line, at == 0) for block in found for at, line in enumerate(unwrap(block, width))]


def features(lines: Sequence[Line]) -> Matrix:
    """One row of numbers a line; the columns do not depend on how many lines there are."""
    own = np.array([_look(line) for line in lines], dtype=np.float32)
    own = np.hstack([own, _repeats(lines)])
    return np.hstack([own, _around(own), _company(own), _place(lines, own), _cohesion(lines, own)])


def _look(line: Line) -> list[float]:
    """The line by itself. Words and running words come first: the other steps use these two columns."""
    text = line.text
    words = _WORD.findall(text)
    count = max(len(words), 1)
    closed = _CLOSED.search(text) is not None
    common = sum(word.lower() in COMMON for word in words)
    running = len(words) if closed and len(words) >= SENTENCE_WORDS else 0
    return [
        min(len(words), LONG),
        min(running, LONG),
        len(text) / (len(words) + 1),
        closed,
        text[-1] in ":;,",
        common / count,
        sum(word[0].isupper() for word in words) / count,
        sum(word.isupper() for word in words) / count,
        sum(character.isdigit() for character in text) / len(text),
        text[0].islower(),
        text.count(",") / count,
        sum(not character.isalnum() and not character.isspace() for character in text) / len(text),
        _BULLET.match(text) is not None,
        _NUMBER.match(text) is not None,
        _QUOTE.search(text) is not None,
        len(_CALLS.findall(text)) / count,
        furniture.is_furniture(text),
        furniture.is_credit(text) or furniture.caption_of(text) is not None,
        furniture.byline(text) is not None,
        furniture.date_line(text) is not None,
        _BELOW.fullmatch(text) is not None,
        furniture.opens_comments(text),
        text.endswith(("…", "...", "»", "→")),
        line.gap,
    ]


def _repeats(lines: Sequence[Line]) -> Matrix:
    """How often the page has the same line, and whether this is the last time."""
    texts = [line.text.casefold() for line in lines]
    counts = Counter(texts)
    last = {text: at for at, text in enumerate(texts)}
    rows = [(min(counts[text], 5), last[text] == at) for at, text in enumerate(texts)]
    return np.array(rows, dtype=np.float32)


def _around(own: Matrix) -> Matrix:
    """The look of the two lines above and the two below."""
    return np.hstack([_shift(own, step) for step in (-2, -1, 1, 2)])


def _shift(rows: Matrix, step: int) -> Matrix:
    moved = np.zeros_like(rows)
    if step > 0:
        moved[:-step] = rows[step:]
    else:
        moved[-step:] = rows[:step]
    return moved


def _company(own: Matrix) -> Matrix:
    """Words, running words, closed lines, bullets and furniture in windows above and below."""
    chosen = own[:, [0, 1, 3, 12, 16]]
    sums = np.vstack([np.zeros((1, chosen.shape[1]), np.float32), np.cumsum(chosen, axis=0, dtype=np.float32)])
    at, total = np.arange(len(own)), len(own)
    columns = []
    for width in WINDOWS:
        above, below = np.maximum(at - width, 0), np.minimum(at + 1 + width, total)
        columns += [(sums[at] - sums[above]) / width, (sums[below] - sums[at + 1]) / width]
    return np.hstack(columns)


def _place(lines: Sequence[Line], own: Matrix) -> Matrix:
    """Where the line stands: on the page, among the running words, below which kinds of headings."""
    total = len(lines)
    at = np.arange(total, dtype=np.float32)
    running = np.cumsum(own[:, 1])
    whole = max(float(running[-1]), 1.0)
    body = np.flatnonzero(own[:, 1] > 0)
    first, last = (body[0], body[-1]) if len(body) else (0, total - 1)
    return np.column_stack(
        [
            at / total,
            np.minimum(at, 100),
            np.minimum(total - at, 100),
            running / whole,
            np.full(total, np.log1p(total)),
            np.full(total, np.log1p(whole)),
            np.full(total, own[:, 1].astype(bool).mean()),
            np.clip(at - first, -50, 50),
            np.clip(at - last, -50, 50),
            _since(own[:, 20]),
            _since(own[:, 21]),
            _since(own[:, 18] + own[:, 19]),
            _since(own[:, 16]),
            _since(own[::-1, 16])[::-1],
            _gap_of_text(own[:, 1]),
            _gap_of_text(own[::-1, 1])[::-1],
        ]
    ).astype(np.float32)


def _cohesion(lines: Sequence[Line], own: Matrix) -> Matrix:
    """What content words a line shares with the page's running lines: a body is about one thing, furniture is not.

    The share of its words that other running lines have; by how many of them on average; the share that near ones
    have; the share that other lines have; how many words it has. -1 for a share of nothing. Last, the first of these
    around the line. (Shared vocabulary as a sign of one subject: Hearst, "TextTiling", 1997.)
    """
    words = [frozenset(map(str.lower, _CONTENT.findall(line.text))) - COMMON for line in lines]
    running = own[:, RUNNING] > 0
    told = Counter(word for found, runs in zip(words, running, strict=True) if runs for word in found)
    other = Counter(word for found, runs in zip(words, running, strict=True) if not runs for word in found)
    bodies = np.flatnonzero(running)
    rows = []
    for at, found in enumerate(words):
        first, last = np.searchsorted(bodies, (at - NEAR, at + NEAR + 1))
        near = frozenset().union(*(words[place] for place in bodies[first:last] if place != at))
        rows.append(_shared(found, told, other, near, runs=bool(running[at])))
    table = np.array(rows, dtype=np.float32)
    return np.column_stack([table, _mean_around(np.maximum(table[:, 0], 0), own[:, 0])])


def _shared(
    words: frozenset[str], told: Counter[str], other: Counter[str], near: frozenset[str], *, runs: bool
) -> list[float]:
    """A line's row of cohesion; `runs`: whether it is itself among the running lines that `told` counts."""
    if not words:
        return [-1.0, -1.0, -1.0, 0.0, 0.0]
    times = [told[word] - runs for word in words]
    return [
        sum(time > 0 for time in times) / len(words),
        sum(min(time, 5) for time in times) / len(words),
        len(words & near) / len(words),
        sum(other[word] > (not runs) for word in words) / len(words),
        min(len(words), 30),
    ]


def _mean_around(values: Matrix, weights: Matrix) -> Matrix:
    """The weighted mean of the values of a line and of the `SECTION` lines to either side."""
    sums, whole = (np.concatenate([[0.0], np.cumsum(column)]) for column in (values * weights, weights))
    at = np.arange(len(values))
    first, last = np.maximum(at - SECTION, 0), np.minimum(at + SECTION + 1, len(values))
    return np.asarray((sums[last] - sums[first]) / np.maximum(whole[last] - whole[first], 1.0), dtype=np.float32)


def _since(marks: Matrix) -> Matrix:
    """Lines since the last mark, at most 200; 200 where there was none."""
    found = np.full(len(marks), 200.0, dtype=np.float32)
    since = 200.0
    for at, mark in enumerate(marks):
        found[at] = since
        since = 1.0 if mark else min(since + 1, 200.0)
    return found


def _gap_of_text(running: Matrix) -> Matrix:
    """Lines since the last line of running text, at most 200."""
    return _since((running > 0).astype(np.float32))
