"""Newsletters item by item: sections under headings of one kind that link to their articles.

A newsletter is told from a letter by at least three sections of the same form: a heading (h1 to h4) and words below
it, with a link of the section's own. Where that does not hold, the message stays one article: nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from briefing.collect.addresses import absolute

FEWEST_ITEMS = 3  # sections that make a newsletter; two headings stand in many letters
FEWEST_WORDS = 12  # below a heading; less is a menu
LONGEST_TITLE = 300  # characters
INLINED = 60  # words of a section that stand for its article; below, the section is a teaser
LARGEST = 3_000_000  # characters; mail of more is not a newsletter
_HEADINGS = ("h1", "h2", "h3", "h4")
_SILENT = frozenset("script style head title noscript template".split())
_SERVICE = ("unsubscribe", "preferences", "mailto:", "facebook.com", "twitter.com", "x.com/", "linkedin.com")
_BREAKS = frozenset("p div br tr td table li ul ol blockquote section article header footer h5 h6 hr".split())


@dataclass(frozen=True, slots=True)
class Item:
    """One section of a newsletter: its title, its link, its words as an HTML fragment."""

    title: str
    url: str | None
    content: str
    flags: tuple[str, ...] = ()


def items_of(content: str) -> tuple[Item, ...]:
    """The items of a newsletter's HTML in their order; empty when it is not told to be one."""
    if len(content) > LARGEST:
        return ()
    try:
        tree = lxml_html.document_fromstring(content.encode("utf-8", "replace"), parser=_parser())
    except (etree.LxmlError, ValueError, AssertionError):
        return ()
    for name in _HEADINGS:
        found = [item for item in _sections(tree, name) if item is not None]
        if len(found) >= FEWEST_ITEMS and len({item.url for item in found}) == len(found):
            return tuple(found)
    return ()


def _parser() -> Any:
    return lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)


def _sections(tree: Any, name: str) -> list[Item | None]:
    """What stands under each heading of one level, up to the next heading of that level or above."""
    sections: list[tuple[list[str], list[str], list[str]]] = []  # title, words, links
    above = _HEADINGS[: _HEADINGS.index(name) + 1]
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        at, inside = stack.pop()
        if isinstance(at, str):
            if sections:
                sections[-1][0 if inside else 1].append(at)
            continue
        if not isinstance(at.tag, str) or at.tag in _SILENT:
            continue
        if at.tag in above:
            sections.append(([], [], []))
        inside = inside or at.tag in above
        if at.tag == "a" and sections and at.get("href"):
            sections[-1][2].append(at.get("href"))
        pieces: list[tuple[Any, bool]] = [("\n" if at.tag in _BREAKS else "", inside), (at.text or "", inside)]
        for child in at:
            pieces += [(child, inside), (child.tail or "", inside)]
        pieces.append(("\n" if at.tag in _BREAKS else "", inside))
        stack.extend(reversed(pieces))
    return [_item(*section) for section in sections]


def _item(title: list[str], words: list[str], links: list[str]) -> Item | None:
    name = " ".join("".join(title).split())
    lines = [" ".join(line.split()) for line in "".join(words).split("\n")]
    count = sum(len(line.split()) for line in lines)
    urls = [url for link in links if (url := absolute(link)) and not any(word in url.lower() for word in _SERVICE)]
    if not urls or not name or len(name) > LONGEST_TITLE or count < FEWEST_WORDS:
        return None
    body = lxml_html.Element("div")
    for line in filter(None, lines):
        paragraph = etree.SubElement(body, "p")
        paragraph.text = line
    content = str(etree.tostring(body, encoding="unicode"))
    return Item(name, urls[0], content, () if count >= INLINED else ("stub",))
