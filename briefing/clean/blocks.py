"""The visible text of an HTML page as lines that know the elements they stand in.

Iterative throughout: a page of 50,000 nested elements is read like any other.
"""

from __future__ import annotations

import itertools
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
CONTROLS = frozenset("button object audio video select".split())  # one left open swallows the paragraphs after it
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
# what class names, ids and roles say against an element, by kind
_AGAINST = {
    kind: re.compile(words, re.IGNORECASE)
    for kind, words in {
        "talk": r"comment|respond|reply|rating|login|share|social",
        "other pages": r"related|recommend|promo|sponsor|advert|banner|outbrain|taboola|most-|trending|teaser|card|"
        r"carousel|widget|newsletter|subscri|signup|paywall|more-|read-next|inline-link",
        "frame": r"sidebar|cookie|consent|footer|menu|nav|breadcrumb|popup|modal|pagination|tool|toc",
        "about": r"author|bio|byline|meta|tags?\b|summary|standfirst|dek\b|subtitle|excerpt|date",
        "picture": r"caption|credit|gallery|image|photo|media|video|slide",
    }.items()
}
_HIDDEN_MARK = re.compile(
    r"(?:^|\s)(?:visually-?hidden|sr-only|screen-reader-text|d-none|is-hidden|"
    r"[\w-]*(?:tooltip|popover|hovercard|rollover)[\w-]*-(?:block|content|box|text|card|body))(?:\s|$)",
    re.IGNORECASE,
)  # shown to a pointer that rests there, or to no eye at all
_FOLDED = re.compile(r"accordion|faq", re.IGNORECASE)
_PULLED = re.compile(r"\bpull(?:ed)?[-_]?(?:quote|$|\s)|\bpullquote", re.IGNORECASE)
_POST = re.compile(r"twitter-tweet|instagram-media|fb-post|tiktok-embed|bluesky-embed|mastodon-embed", re.IGNORECASE)
_CORE = re.compile(
    r"(?:^|\s)(?:article|entry|post|story|content|field-name)[-_]*(?:[a-z]+[-_]+)?(?:body|content|text)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FOR = re.compile(r"article|body|content|entry|post|story|text|main|paragraph|prose|rich", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Frame:
    """An element that is open at a point of the page, with what it inherits.

    `against`: how many elements around are marked so, by kind; `core`: one is marked as the body; `post`: one is a
    post of a social network, `pulled` a quotation set large; `number`, `parent`, `grandparent`: of the block elements,
    as they come.
    """

    tag: str = ""
    within: frozenset[str] = frozenset()
    against: tuple[int, ...] = (0,) * len(_AGAINST)
    favour: int = 0
    nearest: int = 0
    depth: int = 0
    linked: bool = False
    core: bool = False
    post: bool = False
    pulled: bool = False
    number: int = 0
    parent: int = 0
    grandparent: int = 0


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
    numbers = itertools.count(1)
    stack: list[tuple[HtmlElement | None, Frame, str | None]] = [(tree, Frame(), None)]
    while stack:
        element, frame, text = stack.pop()
        if element is None:
            yield text, frame
            continue
        if element.tail and element is not tree:
            stack.append((None, frame, element.tail))
        if not isinstance(element.tag, str) or _is_hidden(element):
            continue
        inner = _enter(element, frame, numbers)
        if element.tag in BLOCK:
            stack.append((None, inner, None))
        stack.extend((child, inner, None) for child in reversed(element))
        if element.text:
            stack.append((None, inner, element.text))
        if element.tag in BLOCK:
            stack.append((None, inner, None))


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in HIDDEN:
        return element.tag not in CONTROLS or element.find(".//p") is None
    return (
        ("display:none" in (element.get("style") or "").replace(" ", "") and not _is_folded(element))
        or element.get("hidden") is not None
        or _HIDDEN_MARK.search(element.get("class") or "") is not None
    )


def _is_folded(element: HtmlElement) -> bool:
    """Whether the element is the inside of an accordion: read by who unfolds it, and a part of the text."""
    around = (element, *(outer for outer, _ in zip(element.iterancestors(), range(2), strict=False)))
    return any(_FOLDED.search(outer.get("class") or "") for outer in around)


def _enter(element: HtmlElement, outer: Frame, numbers: Iterator[int]) -> Frame:
    """The frame inside an element."""
    tag = element.tag
    if tag not in BLOCK:
        linked = outer.linked or tag == "a"
        return outer if linked == outer.linked else replace(outer, linked=True)
    marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    against, favour = [len(kind.findall(marks)) for kind in _AGAINST.values()], len(_FOR.findall(marks))
    return Frame(
        tag=tag,
        within=outer.within | {tag} if tag in WITHIN else outer.within,
        against=tuple(min(before + (own > 0), 9) for before, own in zip(outer.against, against, strict=True)),
        favour=min(outer.favour + (favour > 0), 9),
        nearest=favour - sum(against),
        depth=outer.depth + 1,
        linked=outer.linked,
        core=outer.core or _is_core(element, marks),
        post=outer.post or _POST.search(marks) is not None,
        pulled=outer.pulled or _PULLED.search(marks) is not None,
        number=next(numbers),
        parent=outer.number,
        grandparent=outer.parent,
    )


def _is_core(element: HtmlElement, marks: str) -> bool:
    return element.get("itemprop") in ("articleBody", "text") or _CORE.search(marks) is not None


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
        *frame.against,
        sum(frame.against),
        frame.core,
        frame.post,
        frame.favour,
        frame.nearest,
        min(frame.depth, 40),
    ]


def family_features(blocks: Sequence[Block], running: Matrix, voted: Matrix) -> Matrix:
    """For each line, numbers about the lines in the same parent element, then in the same grandparent element.

    Their share of the page's running words, their mean vote weighted by length, their share of links, their number.
    `running`: running words of each line; `voted`: its mean vote.
    """
    linked = np.array([block.linked for block in blocks], dtype=np.float32)
    weight = np.array([len(block.text) for block in blocks], dtype=np.float32)
    columns = []
    for numbers in ([block.frame.parent for block in blocks], [block.frame.grandparent for block in blocks]):
        _, family = np.unique(np.array(numbers), return_inverse=True)
        sums = [np.bincount(family, values)[family] for values in (running, weight * voted, weight * linked, weight)]
        columns += [sums[0] / max(float(running.sum()), 1.0), sums[1] / sums[3], sums[2] / sums[3]]
        columns += [np.minimum(np.bincount(family)[family], 100)]
    return np.column_stack(columns).astype(np.float32)
