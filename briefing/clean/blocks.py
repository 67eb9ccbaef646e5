"""The visible text of an HTML page as lines that know the elements they stand in.

Iterative throughout: a page of 50,000 nested elements is read like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from lxml.html import HtmlElement

from briefing.clean.lines import Line, Matrix
from briefing.clean.paragraphs import tidy

BLOCK = frozenset(
    "address article aside blockquote body br center caption dd details dialog div dl dt fieldset figcaption "
    "figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
HIDDEN = frozenset(
    "script style noscript template svg iframe object select option textarea button head math audio video "
    "canvas".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
WITHIN = (
    "article",
    "main",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "figure",
    "figcaption",
    "table",
    "ul",
    "ol",
    "blockquote",
    "pre",
)
MOST_LINES = 20_000  # lines; a page of more is a data dump, and only its beginning is read

_SPACE = re.compile(r"\s+")
_AGAINST = re.compile(
    r"comment|respond|reply|related|recommend|share|social|sidebar|widget|promo|sponsor|advert|banner|cookie|"
    r"consent|newsletter|"
    r"subscri|signup|footer|menu|nav|breadcrumb|popup|modal|author|bio|byline|meta|tags?\b|caption|credit|"
    r"outbrain|taboola|"
    r"paywall|toc|pagination|rating|login|hidden|visually|sr-only|screen-reader|tool|most-|trending|teaser|card|"
    r"carousel|summary",
    re.IGNORECASE,
)
_FOR = re.compile(r"article|body|content|entry|post|story|text|main|paragraph|prose|rich", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Frame:
    """An element that is open at a point of the page, with what it inherits."""

    tag: str = ""
    within: frozenset[str] = frozenset()
    against: int = 0
    favour: int = 0
    nearest: int = 0
    depth: int = 0
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A line of visible text, the share of its characters that are links, and its innermost block element."""

    text: str
    linked: float
    frame: Frame

    @property
    def line(self) -> Line:
        """The line as the features of visible text see it."""
        return Line(self.text, gap=self.frame.tag not in ("li", "br", "td", "tr", "dd", "dt"))


def page_blocks(tree: HtmlElement) -> list[Block]:
    """The page's lines of visible text, top to bottom, at most `MOST_LINES`."""
    found: list[Block] = []
    parts: list[tuple[str, bool]] = []
    frame = Frame()
    for text, at in _pieces(tree):
        if text is not None:
            parts.append((text, at.linked))
            frame = at
        elif parts:
            _close(parts, frame, found)
            parts = []
            if len(found) >= MOST_LINES:
                return found
    _close(parts, frame, found)
    return found


def _close(parts: list[tuple[str, bool]], frame: Frame, found: list[Block]) -> None:
    text = _SPACE.sub(" ", tidy("".join(part for part, _ in parts))).strip()
    if text:
        whole = sum(len(part) for part, _ in parts)
        found.append(Block(text, sum(len(part) for part, linked in parts if linked) / whole, frame))


def _pieces(tree: HtmlElement) -> Iterator[tuple[str | None, Frame]]:
    """The page's texts in order, and None wherever a line ends."""
    stack: list[tuple[HtmlElement | None, Frame, str | None]] = [(tree, Frame(), None)]
    while stack:
        element, frame, text = stack.pop()
        if element is None:
            yield text, frame
            continue
        if element.tail and element is not tree:
            stack.append((None, frame, element.tail))
        if not isinstance(element.tag, str) or element.tag in HIDDEN or _is_hidden(element):
            continue
        inner = _enter(element, frame)
        if element.tag in BLOCK:
            stack.append((None, inner, None))
        stack.extend((child, inner, None) for child in reversed(element))
        if element.text:
            stack.append((None, inner, element.text))
        if element.tag in BLOCK:
            stack.append((None, inner, None))


def _is_hidden(element: HtmlElement) -> bool:
    return "display:none" in (element.get("style") or "").replace(" ", "") or element.get("hidden") is not None


def _enter(element: HtmlElement, outer: Frame) -> Frame:
    """The frame inside an element."""
    tag = element.tag
    if tag not in BLOCK:
        linked = outer.linked or tag == "a"
        return outer if linked == outer.linked else replace(outer, linked=True)
    marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    against, favour = len(_AGAINST.findall(marks)), len(_FOR.findall(marks))
    return Frame(
        tag=tag,
        within=outer.within | {tag} if tag in WITHIN else outer.within,
        against=min(outer.against + (against > 0), 9),
        favour=min(outer.favour + (favour > 0), 9),
        nearest=favour - against,
        depth=outer.depth + 1,
        linked=outer.linked,
    )


def block_features(blocks: Sequence[Block]) -> Matrix:
    """One row of numbers a line about its elements: for the block model, beside those of visible text."""
    return np.array([_place(block) for block in blocks], dtype=np.float32)


def _place(block: Block) -> list[float]:
    frame = block.frame
    return [
        block.linked,
        frame.tag == "p",
        frame.tag in HEADINGS,
        frame.tag == "h1",
        frame.tag == "li",
        frame.tag == "div",
        *(name in frame.within for name in WITHIN),
        frame.against,
        frame.favour,
        frame.nearest,
        min(frame.depth, 40),
    ]
