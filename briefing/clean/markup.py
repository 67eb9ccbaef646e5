"""The markup of a page to its tree, as a browser's reader would see it: what hides a body from parsers is mended.

scripts, styles and drawings off, JSON-LD kept       ends of the page that come too soon off
parts that a script moves to their places, moved (React's streamed pages bring the body behind the page, hidden)
"""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

_SCRIPT = re.compile(r"<(script|style|svg)\b(?P<marks>[^>]{0,500})", re.IGNORECASE)
_CLOSING = {name: re.compile(rf"</{name}[^>]{{0,500}}>", re.IGNORECASE) for name in ("script", "style", "svg")}
_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)  # behind it, HTML goes on as if it were not there
_PART = re.compile(r"S:([0-9a-f]{1,8})")  # the name of a streamed part; its place is called B:... or P:...


def opened(content: str) -> tuple[HtmlElement | None, str]:
    """The page's tree, or None when there is none to be had, and the markup that it stands for."""
    light = _END.sub("", without_scripts(content))
    tree = parse(light)
    if tree is not None and settle(tree):
        light = lxml_html.tostring(tree, encoding="unicode")
    return tree, light


def without_scripts(content: str) -> str:
    """The page without the contents of scripts, styles and drawings, but with its JSON-LD; in linear time."""
    kept, at = [], 0
    while opening := _SCRIPT.search(content, at):
        closing = _CLOSING[opening[1].lower()].search(content, opening.end())
        if not closing:
            break
        linked = "ld+json" in opening["marks"]
        kept.append(content[at : closing.end() if linked else opening.start()])
        at = closing.end()
    return "".join((*kept, content[at:]))


def parse(content: str) -> HtmlElement | None:
    """The page's tree, or None when there is none to be had."""
    encoded = content.replace("\0", "").encode("utf-8", "replace")
    try:
        return lxml_html.document_fromstring(encoded, parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.LxmlError, ValueError, AssertionError):  # nothing but comments, or nothing at all
        return None


def settle(tree: HtmlElement) -> bool:
    """Move streamed parts to their places, and show those without one; whether there were any."""
    places = {place.get("id"): place for place in tree.iter("template") if place.get("id")}
    parts = [
        part for part in tree.iter("div") if part.get("hidden") is not None and _PART.fullmatch(part.get("id", ""))
    ]
    for part in parts:
        del part.attrib["hidden"]
        number = part.get("id").removeprefix("S:")
        place = places.get(f"B:{number}", places.get(f"P:{number}"))
        if place is not None and part not in place.iterancestors():
            tail = place.tail
            place.getparent().replace(place, part)
            part.tail = tail
    return bool(parts)
