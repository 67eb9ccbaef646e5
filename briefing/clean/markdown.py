"""Markdown to an article: front matter is metadata, the first top heading the title, marks go, words stay."""

from __future__ import annotations

import re

from briefing.clean import furniture
from briefing.clean.dates import parse_date
from briefing.clean.draft import Draft
from briefing.clean.paragraphs import join, paragraphs, tidy
from briefing.clean.trailing import without_bio

_FRONT = re.compile(
    r"\s*---\n(?P<yaml>.*?)\n(?:---|\.\.\.)\s*(?:\n|$)|\s*\+\+\+\n(?P<toml>.*?)\n\+\+\+\s*(?:\n|$)", re.DOTALL
)
_PAIR = re.compile(r"^(?P<key>[A-Za-z_][\w -]*?)\s*[:=]\s*(?P<value>.*)$")
_LIST_ITEM = re.compile(r"^\s*-\s+(?P<value>.+)$")
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1\s*$", re.DOTALL | re.MULTILINE)
_SETEXT = re.compile(r"^(?P<text>\S.*)\n(?P<rule>=+|-{3,})\s*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}\s+(?P<text>.*?)\s*#*$")
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\([^()\s]*(?:\s+[\"'](?P<title>[^\"']*)[\"'])?\)")
_ONLY_PICTURE = re.compile(r"^\s*(?:!\[[^\]]*\]\([^)]*\)\s*)+$")
_RULE = re.compile(r"^\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$", re.MULTILINE)
_DEFINITION = re.compile(r"^\s{0,3}\[[^\]]+\]:\s+\S+.*$", re.MULTILINE)
_INLINE = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (_PICTURE, ""),
    (re.compile(r"\[(?P<text>[^\[\]]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)?(?:\s+[\"'][^\"']*[\"'])?\)"), r"\g<text>"),
    (re.compile(r"\[(?P<text>[^\[\]]+)\]\[[^\]]*\]"), r"\g<text>"),
    (re.compile(r"<(?P<url>https?://[^>\s]+)>"), r"\g<url>"),
    (re.compile(r"</?[A-Za-z][^<>]*>"), ""),
    (re.compile(r"(?<!\\)(\*\*\*|\*\*|__)(?=\S)(?P<text>.+?)(?<=\S)\1"), r"\g<text>"),
    (re.compile(r"(?<![\\*\w])\*(?=[^\s*])(?P<text>[^*\n]+?)(?<=\S)\*(?![*\w])"), r"\g<text>"),
    (re.compile(r"(?<![\\_\w])_(?=[^\s_])(?P<text>[^_\n]+?)(?<=\S)_(?![_\w])"), r"\g<text>"),
    (re.compile(r"(?<!\\)(`+)(?P<text>.+?)\1"), r"\g<text>"),
    (re.compile(r"\\(?P<mark>[\\`*_{}\[\]()#+\-.!|<>~])"), r"\g<mark>"),
)
_QUOTED = re.compile(r"^\s{0,3}(?:>\s?)+")
_BULLET = re.compile(r"^\s*(?:[*+-]|\d{1,3}[.)])\s+")
_NAMES = {
    "title": "title", "headline": "title", "date": "published", "published": "published", "pubdate": "published",
    "author": "authors", "authors": "authors", "by": "authors", "source": "source", "publisher": "source",
    "url": "url", "link": "url", "canonical": "url", "canonical_url": "url", "lang": "language", "language": "language",
}  # fmt: skip


def clean_markdown(content: str) -> Draft:
    """The article in a Markdown document."""
    front, body = _front_matter(content.replace("\r\n", "\n"))
    body = _DEFINITION.sub("", _RULE.sub("", _SETEXT.sub(_atx, _FENCE.sub("", body))))
    captions = [match["title"] or match["alt"] for match in _PICTURE.finditer(body)]
    title, found = _title(_strip_blocks(body), front.get("title", ""))
    found, signed, published = _byline(found)
    found, agency = _dateline(found)
    authors = tuple(filter(None, re.split(r"\s*[;,]\s*", front.get("authors", "")))) or signed
    return Draft(
        text=join(without_bio(found, authors)),
        title=title,
        published=parse_date(front.get("published", "")) or published,
        source=front.get("source"),
        agency=agency,
        url=front.get("url"),
        authors=authors,
        language=front.get("language"),
        captions=tuple(
            dict.fromkeys(furniture.without_credit(text) for text in map(tidy, captions) if len(text.split()) > 2)
        ),
    )


def _front_matter(content: str) -> tuple[dict[str, str], str]:
    """The front matter's fields under the article's names, and what follows it."""
    match = _FRONT.match(content)
    if not match:
        return {}, content
    fields: dict[str, str] = {}
    key = ""
    for line in (match["yaml"] or match["toml"]).split("\n"):
        if pair := _PAIR.match(line):
            key = _NAMES.get(pair["key"].strip().lower(), "")
            _put(fields, key, pair["value"])
        elif item := _LIST_ITEM.match(line):
            _put(fields, key, item["value"])
    return fields, content[match.end() :]


def _put(fields: dict[str, str], key: str, value: str) -> None:
    value = re.sub(r"[\"']", "", value.strip(" []")) if key == "authors" else value.strip().strip("\"'")
    if key and value:
        fields[key] = f"{fields[key]}; {value}" if key == "authors" and key in fields else fields.get(key, value)


def _atx(match: re.Match[str]) -> str:
    return ("# " if match["rule"][0] == "=" else "## ") + match["text"]


def _strip_blocks(body: str) -> list[tuple[int, str]]:
    """Paragraphs with their heading level (0: none), Markdown's marks taken off."""
    found: list[tuple[int, str]] = []
    for block in re.split(r"\n\s*\n", re.sub(r"^(#{1,6}\s.*)$", r"\n\1\n", body, flags=re.MULTILINE)):
        if heading := _HEADING.match(block.strip()):
            found.append((len(block.strip()) - len(block.strip().lstrip("#")), _inline(heading["text"])))
        elif not _ONLY_PICTURE.match(block):
            found.extend((0, line) for line in _lines(block))
    return [(level, text) for level, text in found if text and (level or not furniture.is_furniture(text))]


def _lines(block: str) -> list[str]:
    """A block's paragraphs: list items stand alone, other lines are one paragraph, as Markdown has it."""
    lines = [_QUOTED.sub("", line) for line in block.split("\n")]
    parts: list[str] = []
    for line in lines:
        if _BULLET.match(line) or not parts or not line.strip():
            parts.append(_BULLET.sub("", line))
        else:
            parts[-1] += " " + line.strip()
    return [_inline(part) for part in parts]


def _inline(text: str) -> str:
    for shape, kept in _INLINE:
        text = shape.sub(kept, text)
    return " ".join(paragraphs(tidy(text)))


def _title(found: list[tuple[int, str]], known: str) -> tuple[str, list[str]]:
    """The title: the front matter's, else the first heading when it opens the document."""
    if found and found[0][0] and (not known or found[0][0] == 1):
        return known or found[0][1], [text for _, text in found[1:]]
    return known, [text for _, text in found]


def _byline(found: list[str]) -> tuple[list[str], tuple[str, ...], str | None]:
    """Bylines and date lines that open the body, read and taken off."""
    authors: tuple[str, ...] = ()
    published: str | None = None
    while found:
        line, date = furniture.byline(found[0]), furniture.date_line(found[0])
        if line is None and date is None:
            break
        authors = authors or (line[0] if line else ())
        published = published or (line[1] if line else None) or date
        found = found[1:]
    return found, authors, published


def _dateline(found: list[str]) -> tuple[list[str], str | None]:
    opening = furniture.dateline(found[0]) if found else None
    return ([found[0][opening[0] :], *found[1:]], opening[1]) if opening else (found, None)
