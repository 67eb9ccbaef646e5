"""Words of a source, made harmless for one format: tidied, escaped, addresses checked."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

_WHITE = re.compile(r"[\s\x85\u2028\u2029]+")
# Controls, lone surrogates and noncharacters: no format can hold them all, so each becomes U+FFFD.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)
_BACKSLASHED = "\\`*_{}[]()#+-.!"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "~": "&#126;"}
_MARKDOWN = str.maketrans({**{mark: "\\" + mark for mark in _BACKSLASHED}, **_ENTITIES})
_WEB = {"http", "https"}
# What an address may hold unquoted; brackets, quotation marks and backslashes end Markdown links.
_SAFE_IN_ADDRESS = "%/:?=&;@,+$!'*~-._#[]"
_BARE = str.maketrans({"'": "%27", "*": "%2A", "[": "%5B", "]": "%5D", "_": "%5F", "~": "%7E"})


def tidy(text: str) -> str:
    """The text on one line: runs of white space are one space, what cannot be printed is U+FFFD.

    Directional marks that the text opens and does not close are closed, so that it cannot turn its neighbours round.
    """
    line = _one_line(text).strip()
    return line + _missing_closers(line)


def _one_line(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", _WHITE.sub(" ", text))


def _missing_closers(line: str) -> str:
    open_marks: list[str] = []
    for mark in line:
        if mark in _OPENERS:
            open_marks.append(_OPENERS[mark])
        elif open_marks and mark == open_marks[-1]:
            open_marks.pop()
    return "".join(reversed(open_marks))


def direction(text: str) -> str:
    """ "rtl" where the first letter with a direction runs from right to left, else "ltr" (Unicode rule P2)."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in {"R", "AL"}:
            return "rtl"
        if kind == "L":
            break
    return "ltr"


def escape_markdown(text: str) -> str:
    """The text on one line with every character that Markdown could take for markup escaped.

    "]:" gets an entity of its own: python-markdown takes "[…\\]:" at the start of a line for a link definition.
    Spaces at both ends stay: `tidy` has taken them off the words of sources, and templates set their own.
    """
    return _one_line(text).translate(_MARKDOWN).replace("]:", "]&#58;")


def web_address(url: str | None) -> str | None:
    """The address when it is a plain http or https one, percent-encoded; None for every other scheme.

    Addresses that carry a user name are refused: what stands before the `@` can pose as the host.
    """
    if not url or _UNPRINTABLE.search(url):
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in _WEB or not host or "@" in parts.netloc:
        return None
    return quote(url.strip(), safe=_SAFE_IN_ADDRESS)


def markdown_address(url: str) -> str:
    """A checked address as it stands between the round brackets of a Markdown link."""
    return quote(url, safe=_SAFE_IN_ADDRESS).translate(_BARE).replace("&", "&amp;")
