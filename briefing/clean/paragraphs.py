"""Text as articles hold it: paragraphs of one line each, one blank line between them.

`tidy` mends characters, `paragraphs` finds the paragraphs, `join` writes them. `join(paragraphs(tidy(x)))` is a
fixed point: doing it again changes nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

WIDEST_WRAP = 100  # characters; plain text is wrapped by programs at 60 to 80, quoted mail a little wider
NARROWEST_WRAP = 40  # characters; below this, short lines are verse, lists or menus
RAGGED = 0.75  # share of the wrap width that a broken line fills when words are long

_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n", "\r": "\n"})
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufff9-\ufffb]")
_SPACES = re.compile(r"[^\S\n]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
# UTF-8 bytes read as Windows-1252: a lead byte's letter and one to three continuation bytes' letters
_TAIL = "[\u0080-\u00bf" + bytes(set(range(0x80, 0xA0)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D}).decode("cp1252") + "]"
_DOUBLE = re.compile(f"[\u00c2-\u00df]{_TAIL}|[\u00e0-\u00ef]{_TAIL}{{2}}|[\u00f0-\u00f4]{_TAIL}{{3}}")
_TELLTALE = "\u00e2\u20ac"  # how every typographic quotation mark and dash begins when encoded twice
_ITEM = re.compile(r"\s*(?:[*+\-•·▪‣◦–—]|\d{1,3}[.)]|[a-z][.)]|[>|#])\s")
_CLOSED = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_LETTERS = re.compile(r"\w+")


def tidy(text: str) -> str:
    """The same text with one kind of line end, single spaces, no invisible characters, and mended encoding."""
    text = _SURROGATE.sub("\ufffd", undouble(text))
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").translate(_BREAKS))
    return "\n".join(line.strip() for line in _SPACES.sub(" ", text).split("\n"))


def undouble(text: str) -> str:
    """The text with UTF-8 that was read as Windows-1252 read rightly; text without its telltale stays as it is."""
    while _TELLTALE in text:
        mended = _DOUBLE.sub(_reread, text)
        if mended == text:
            return text
        text = mended
    return text


def _reread(match: re.Match[str]) -> str:
    letters = match.group()
    try:
        return b"".join(_byte(letter) for letter in letters).decode("utf-8")
    except UnicodeError:
        return letters


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def blocks(text: str) -> list[list[str]]:
    """Tidied text cut at its blank lines: each block a list of its lines."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


def wrap_width(lines: Iterable[Sequence[str]]) -> int:
    """The width in characters at which the blocks are hard-wrapped, or 0 when their lines are paragraphs.

    Wrapped text has blocks of several lines, none wider than a screen, and most lines that are not a block's last
    are nearly full.
    """
    broken = [line for block in lines for line in block[:-1]]
    width = max((len(line) for block in lines for line in block), default=0)
    if not broken or not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return 0
    full = sum(len(line) >= RAGGED * width for line in broken)
    return width if 2 * full > len(broken) else 0


def paragraphs(text: str) -> list[str]:
    """The paragraphs of tidied text: hard-wrapped lines are joined, other lines are paragraphs of their own."""
    found = blocks(text)
    width = wrap_width(found)
    return [paragraph for block in found for paragraph in unwrap(block, width)]


def unwrap(block: Sequence[str], width: int) -> list[str]:
    """The lines of a block, those that `width` broke joined."""
    joined = [block[0]]
    for before, line in itertools.pairwise(block):
        if not _continues(before, line, width):
            joined.append(line)
        elif joined[-1].endswith("-") and line[0].islower():
            joined[-1] += line
        else:
            joined[-1] += " " + line
    return joined


def _continues(before: str, line: str, width: int) -> bool:
    """Whether `line` is the rest of a sentence or paragraph that `before` had no room for."""
    if _ITEM.match(line):
        return False
    if len(before) > WIDEST_WRAP or len(before) < RAGGED * width or not width:
        return line[0].islower() and not _CLOSED.search(before) and len(before) >= NARROWEST_WRAP
    return len(before) + 1 + len(line.split(" ", 1)[0]) > RAGGED * width


def join(paragraphs: Iterable[str]) -> str:
    """The text of an article: the paragraphs with one blank line between them."""
    return "\n\n".join(paragraphs)


def letters(text: str) -> str:
    """The words alone, for comparing lines that differ in marks and case."""
    return " ".join(_LETTERS.findall(text.casefold()))
