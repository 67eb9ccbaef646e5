"""Who publishes: the site's name behind a title, above it or in the small print; and the title without it."""

from __future__ import annotations

import re
from collections.abc import Iterable

SHORTEST_TITLE = 3  # words; what is left of a title without the site's name
LONGEST_SITE = 6  # words of a publisher's name
LONGEST_UNKNOWN_SITE = 4  # words behind a separator that are taken for a site's name without further evidence

_SEPARATOR = re.compile(r"\s+[|\-–—·•»:]+\s+|\s*\|\s*")
_SMALL_PRINT = re.compile(r"(?:©|\(c\)|\bcopyright\b)[^\n]{0,80}", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://|www\.|[\w.+-]@)([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_MARKS = re.compile(r"[\d@:/\\<>{}|?!,;]|\.$")
_SMALL = frozenset("of the and for in on de la der die das le del y et und".split())
# the words that newspapers, agencies and stations are named by; "News" alone names sections, too
_KIND = re.compile(
    r"\b(?:advertiser|agency|argus|bulletin|broadcasting|business|chronicle|courier|courant|daily|dispatch|echo|"
    r"examiner|express|gazette|globe|guardian|herald|inquirer|independent|journal|ledger|magazine|mail|mercury|"
    r"messenger|mirror|monitor|observer|post|press|radio|record|register|reporter|review|sentinel|standard|"
    r"spectator|sun|telegraph|times|tribune|tv|weekly|wire|world service)\b",
    re.IGNORECASE,
)


def without_site(title: str, source: str | None) -> str:
    """The title without the site's name before or after it ("Talks open | Example News")."""
    parts = _SEPARATOR.split(title)
    marks = list(_SEPARATOR.finditer(title))
    if len(parts) < 2:
        return title
    if source and same(parts[0], source):
        return title[marks[0].end() :]
    head, last = title[: marks[-1].start()], parts[-1]
    short = len(last.split()) <= LONGEST_UNKNOWN_SITE and len(head.split()) >= SHORTEST_TITLE
    return head if short or same(last, source) else title


def split_title(title: str, page: str) -> tuple[str, str | None]:
    """The title without the site's name behind it, and that name where it surely is one.

    `page`: all text there is. Unlike on a page whose publisher is stated, a separator is weak evidence in bare text:
    a bar sets off anything, a dash or point only a name that the page gives elsewhere, or one of a publisher's kind.
    """
    marks = list(_SEPARATOR.finditer(title))
    if not marks or ":" in marks[-1].group():
        return title, None
    head, last = title[: marks[-1].start()], title[marks[-1].end() :]
    if len(head.split()) < SHORTEST_TITLE or not _is_title_case(last):
        return title, None
    sure = is_publisher(last, page)
    if not sure and "|" not in marks[-1].group():
        return title, None
    return (split_title(head, page)[0] if "|" in head else head), last if sure else None


def masthead(lines: Iterable[str], page: str) -> str | None:
    """The first line that is nothing but a publisher's name."""
    return next((line for line in lines if is_publisher(line, page)), None)


def is_publisher(name: str, page: str = "") -> bool:
    """Whether the name is of a publisher's kind ("The Tolhaven Post"), or one that small print or addresses give."""
    return _is_title_case(name) and (_KIND.search(name) is not None or _is_attested(name, page))


def _is_title_case(name: str) -> bool:
    words = name.split()
    return (
        0 < len(words) <= LONGEST_SITE
        and not _MARKS.search(name)
        and all(word[0].isupper() or word.lower() in _SMALL or not word[0].isalpha() for word in words)
    )


def _is_attested(name: str, page: str) -> bool:
    own = key(re.sub(r"^the\s+", "", name, flags=re.IGNORECASE))
    places = [match.group() for match in _SMALL_PRINT.finditer(page)] + _HOST.findall(page)
    return len(own) > 3 and any(own in key(place) for place in places)


def key(text: str) -> str:
    """The letters and figures alone, for comparing names and titles that are marked up and spaced differently."""
    return "".join(character for character in text.casefold() if character.isalnum())


def same(one: str, other: str | None) -> bool:
    """Whether two names or titles have the same letters; nothing is the same as none."""
    return bool(other) and key(one) == key(other or "")
