"""Text constructs of feeds: plain words for titles and names; a body as HTML or text, its scripts left to cleaning."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from lxml import etree
from lxml.html.defs import tags

from briefing.collect.decode import decode

LONGEST_TITLE = 1_000  # characters; more is a body in the wrong place
_KNOWN = "|".join(sorted(tags, key=len, reverse=True))  # "Apples <oranges>" is a comparison, not an element
_TAG = re.compile(rf"</?(?:{_KNOWN})\b[^<>]*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(rf"{_TAG.pattern}|&(?:#\d+|#x[0-9a-fA-F]+|\w+);", re.IGNORECASE | re.DOTALL)
_SILENT = re.compile(r"<(script|style|iframe|object)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Body:
    """What an entry says: HTML of a body without its page, or plain text. False when it holds nothing."""

    content: str = ""
    kind: Literal["fragment", "text"] = "fragment"

    def __bool__(self) -> bool:
        return bool(self.content.strip())


EMPTY = Body()


def plain(element: Any) -> str:
    """The words of a title or name in one line, without tags and without the text of scripts."""
    if (element.get("mode") or "").lower() == "base64":
        return unmarked(_unpacked("".join(element.itertext())))
    if len(element):
        words = "".join(_visible(element))
        return _SPACE.sub(" ", words).strip()[:LONGEST_TITLE]
    text = "".join(element.itertext())
    is_text = (element.get("type") or "").lower() in ("text", "text/plain") and _is_atom(element)
    return _SPACE.sub(" ", text).strip()[:LONGEST_TITLE] if is_text else unmarked(text)


def unmarked(text: str) -> str:
    """Words of an HTML text in one line; the contents of scripts and styles are no words."""
    for _ in range(2):  # titles are often escaped twice
        if not _MARKUP.search(text):
            break
        text = html.unescape(_TAG.sub("", _SILENT.sub(" ", text)))
    return _SPACE.sub(" ", text).strip()[:LONGEST_TITLE]


def body_of(elements: Iterable[Any]) -> Body:
    """The longest body of the elements of one name (a feed may give one text in several types)."""
    bodies = [_body(element) for element in elements]
    return max(bodies, key=lambda body: len(body.content), default=EMPTY)


def _body(element: Any) -> Body:
    kind = (element.get("type") or "").lower()
    if len(element):
        inner = html.escape(element.text or "", quote=False)
        return Body(inner + "".join(etree.tostring(child, encoding="unicode") for child in element))
    text = "".join(element.itertext())
    if (element.get("mode") or "").lower() == "base64" or (kind and _is_packed(kind)):
        text = _unpacked(text)
    if _is_atom(element) and kind in ("text", "text/plain"):
        return Body(text, "text")
    return Body(text) if _MARKUP.search(text) else Body(text, "text")


def _is_packed(kind: str) -> bool:
    return "/" in kind and not kind.startswith("text/") and not kind.endswith(("+xml", "/xml"))


def _is_atom(element: Any) -> bool:
    return isinstance(element.tag, str) and "atom" in element.tag.lower()


def _unpacked(text: str) -> str:
    try:
        return decode(base64.b64decode(text, validate=False))
    except (binascii.Error, ValueError):
        return text


def _visible(element: Any) -> Iterable[str]:
    """Texts below an element, those of scripts and styles left out; iterative, for any depth."""
    stack: list[Any] = [element]
    while stack:
        at = stack.pop()
        if isinstance(at, str):
            yield at
            continue
        silent = not isinstance(at.tag, str) or at.tag.rpartition("}")[2].lower() in ("script", "style")
        if not silent:
            pieces: list[Any] = [at.text or ""]
            for child in at:
                pieces += [child, child.tail or ""]
            stack.extend(reversed(pieces))
