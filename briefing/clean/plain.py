"""Scraped plain text to an article: furniture off, captions apart, byline, date and dateline read.

    1 tidy characters   2 body between plug-in tags   3 comment form and what follows off   4 captions and credits
    5 head: title, byline, date   6 other furniture; what looks like a whole page goes through the line model
    7 dateline   8 paragraphs

The steps only ever take paragraphs away, and run until nothing more goes: cleaning a cleaned text changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefing.clean import furniture
from briefing.clean.draft import Draft
from briefing.clean.lines import Line, page_lines
from briefing.clean.paragraphs import join, letters, tidy
from briefing.clean.publisher import is_publisher, masthead, same, split_title
from briefing.clean.trailing import without_bio, without_copies

HEAD = 15  # paragraphs; titles, bylines, dates, pictures and summaries above a body are fewer
HEAD_SHARE = 0.4  # of the words; a "dateline" further down opens a second report, not the body
SHORTEST_BODY = 12  # words; a paragraph of the body that is no heading, list item or control
SHORTEST_TITLE, LONGEST_TITLE = 3, 25  # words; headlines of news sites lie between
PROOF = 2  # long words that a line apart from the body shares with it, where it is the body's title
REMARKS, BODY_ABOVE = 2, 3  # lines that head readers' remarks, and paragraphs of the body above them, at least
FIRST_REMARK = 4  # lines; so near below the heading of the remarks stands who wrote the first
PAGE_LINES, PAGE_SHARE = 6, 0.2  # lines that are no sentences; articles have fewer, whole pages have more
LONGEST_CAPTION = 60  # words; agency captions run to three sentences

_PLUGIN_BODY = re.compile(r"^(?P<tag>\[(\w+?)_1\])$(?P<body>.*)^\[\2_2\]$", re.DOTALL | re.MULTILINE)
_SOURCE_LINK = re.compile(
    r"^(?:source|original)(?: link| article)?:? ?(?P<url>https?://\S+)$", re.IGNORECASE | re.MULTILINE
)
_SENTENCE_END = re.compile(r"[.!…][\"'”’»)\]]*$")
_NO_TITLE = re.compile(r"^[^\w\"'“‘«„¿¡(\[$€£]| [»›>/] |^you are here\b", re.IGNORECASE)  # list items, breadcrumbs
FIELD = re.compile(r"(?P<field>title|date|source|url) ?: (?P<value>\S.{0,200})", re.IGNORECASE)
_SPEECH = re.compile(r"[\"“”„«»]")
_FILLER = "a b"  # words that make one word long enough for a title


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a body: how many paragraphs, and what they say."""

    length: int = 0
    title: str = ""
    source: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None


def clean_plain(content: str, *, title: str = "") -> Draft:
    """The article in scraped text; `title`: the title where it is known, so that it leaves the text.

    `text` is empty when there is furniture only.
    """
    text, draft = tidy(content), Draft("", title=title)
    while (again := _round(text, draft)).text != text:
        text, draft = again.text, again
    return replace(again, captions=tuple(dict.fromkeys(filter(None, map(furniture.without_credit, again.captions)))))


def _round(text: str, draft: Draft) -> Draft:
    """One round over the text: what earlier rounds found wins, captions add up."""
    origin = _SOURCE_LINK.search(text)
    before, between = _at_plugin_tags(text)
    captions, lines = split_captions(_above_remarks(_above_comments(page_lines(between))))
    above, found = _of_page(lines)
    head = read_head(found, draft.title)
    below = found[head.length :]
    foot = _read([paragraph for paragraph in below if furniture.byline(paragraph) is not None], ())
    body, agency = _without_dateline([paragraph for paragraph in below if not _is_foreign(paragraph)])
    body = without_copies(without_bio(body, draft.authors or head.authors))
    outer = _outside([line.text for line in page_lines(before)][-HEAD:] or above, body)
    title, site = split_title(draft.title or head.title or outer.title, text)
    top = masthead((line for line in found[: head.length] or above if not same(line, title)), text)
    return replace(
        draft,
        text=join(body),
        title=title,
        authors=draft.authors or head.authors or outer.authors or foot.authors,
        published=draft.published or head.published or outer.published or foot.published,
        source=draft.source or head.source or site or outer.source or top,
        agency=draft.agency or agency,
        url=draft.url or (origin["url"] if origin else None),
        captions=(*draft.captions, *captions),
    )


def _at_plugin_tags(text: str) -> tuple[str, str]:
    """What stands above "[ad_1]", and the part down to "[ad_2]": a widespread plug-in sets these around the body."""
    match = _PLUGIN_BODY.search(text)
    return (text[: match.start()], match["body"]) if match else ("", text)


def _outside(above: Sequence[str], body: Sequence[str]) -> Head:
    """What lines say that stand apart from the body: their title needs the proof of words in common with it."""
    head = _read([line for line in above if not furniture.is_furniture(line)], body)
    words = _long_words(head.title)
    proven = len(words & _long_words(" ".join(body))) >= min(PROOF, len(words))
    return replace(head, title=head.title if words and proven else "")


def _above_comments(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines above the comment form or the remarks; all of them when words of an article stand only below."""
    for at, line in enumerate(lines):
        below = [other.text for other in lines[at + 1 : at + 1 + FIRST_REMARK]]
        ends = furniture.opens_comments(line.text) or furniture.heads_remarks(line.text, below)
        if ends and any(is_body(above.text) for above in lines[:at]):
            return lines[:at]
    return lines


def _above_remarks(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines above readers' remarks: the part before the first of several lines that head them.

    Such lines above the body are its own dates; where they come early in it, the page is a live report.
    """
    body = [is_body(line.text) for line in lines]
    start = body.index(True) if any(body) else len(lines)
    heads = [at for at in range(start, len(lines)) if furniture.heads_remark(lines[at].text)]
    if len(heads) < REMARKS:
        return lines
    end = heads[0] - lines[heads[0] - 1].text.endswith("says:")  # "Old Salt says:" above the date
    spoken = lines[end].text.endswith(":")  # "Old Salt on March 6, 2024 at 4:47 pm said:"
    return lines[:end] if spoken or sum(body[:end]) >= BODY_ABOVE else lines


def _of_page(lines: Sequence[Line]) -> tuple[list[str], list[str]]:
    """The lines near above the body, and those of the body; all are the body's unless this looks like a whole page."""
    texts = [line.text for line in lines]
    loose = sum(not is_body(text) for text in texts)
    if loose < PAGE_LINES or loose < PAGE_SHARE * len(texts):
        return [], texts
    from briefing.clean.linemodel import body_lines

    kept = body_lines(lines)
    body = [text for text, keep in zip(texts, kept, strict=True) if keep]
    if not any(map(is_body, body)):
        return [], texts
    return texts[max(int(kept.argmax()) - HEAD, 0) : int(kept.argmax())], body


def split_captions(lines: Sequence[Line]) -> tuple[tuple[str, ...], list[Line]]:
    """Captions, and the other lines without picture credits.

    A caption says so itself (a label, a credit at its end), or stands directly above a credit and in one block with
    it, or with the look of a caption, or twice on the page.
    """
    counts = Counter(letters(line.text) for line in lines)
    captions, rest = [], []
    for line, below in zip(lines, [*lines[1:], None][: len(lines)], strict=True):
        own = furniture.caption_of(line.text)
        if own is not None or furniture.is_credit(line.text):
            captions.append(own or "")
        elif (
            below
            and furniture.is_credit(below.text)
            and _can_be_caption(line.text)
            and (not below.gap or furniture.looks_like_caption(line.text) or counts[letters(line.text)] > 1)
        ):
            captions.append(line.text)
        else:
            rest.append(line)
    known = {letters(caption) for caption in captions}
    return tuple(filter(None, captions)), [line for line in rest if letters(line.text) not in known]


def _can_be_caption(paragraph: str) -> bool:
    return (
        SHORTEST_TITLE <= len(paragraph.split()) <= LONGEST_CAPTION
        and not _is_foreign(paragraph)
        and not furniture.dateline(paragraph)
        and not is_publisher(paragraph)
    )


def _is_foreign(paragraph: str) -> bool:
    return furniture.is_furniture(paragraph) or furniture.byline(paragraph) is not None


def read_head(found: Sequence[str], title: str = "") -> Head:
    """What stands above the body: it begins with a dateline, or else with the first paragraph of sentences.

    A text without such a paragraph has no head, unless a byline or a date line ends it: short lines may be all there
    is of it.
    """
    length = _dateline_at(found)
    if length is None:
        length = _length_of_head(found, title)
        signed = any(furniture.byline(line) is not None or furniture.date_line(line) for line in found[:length])
        if not any(map(_SENTENCE_END.search if signed else is_body, found[length:])):
            return Head()
    return _read(found[:length], found[length:])


def _length_of_head(found: Sequence[str], title: str) -> int:
    lines = enumerate(found)
    return next(
        (at for at, line in lines if not (_is_head(line, title) or _is_signed(line, found[at + 1 : at + 2]))), 0
    )


def _read(above: Sequence[str], body: Sequence[str]) -> Head:
    bylines = [line for paragraph in above if (line := furniture.byline(paragraph)) is not None]
    signed = [((name,), None) for name, day in pairwise(above) if furniture.is_name(name) and furniture.date_line(day)]
    fields = {match["field"].lower(): match["value"] for line in above if (match := FIELD.fullmatch(line))}
    dates = [date for _, date in bylines] + [furniture.date_line(paragraph) for paragraph in above]
    return Head(
        len(above),
        title=fields.get("title", "") or _best_title(_titles(above), body),
        source=name if "://" not in (name := fields.get("source", "")) and name else None,
        authors=next((names for names, _ in (*bylines, *signed) if names), ()),
        published=next(filter(None, dates), None),
    )


def _titles(above: Sequence[str]) -> list[str]:
    """The lines that may be the title; publishers' names only where nothing else is there."""
    found = [line for at, line in enumerate(above) if is_title(line) or _is_signed(line, above[at + 1 : at + 2])]
    return [line for line in found if not is_publisher(line)] or found


def _is_signed(line: str, below: Sequence[str]) -> bool:
    """Whether a line stands directly above a byline or a date, as titles do; it may then be a single word."""
    return (
        any(furniture.byline(other) is not None or furniture.date_line(other) is not None for other in below)
        and is_title(f"{line} {_FILLER}")
        and not furniture.is_furniture(line)
        and not furniture.is_name(line)
        and furniture.byline(line) is None
        and furniture.date_line(line) is None
    )


def _best_title(candidates: Sequence[str], body: Sequence[str]) -> str:
    """The line that shares most words with the body, the upper one of equals; one alone needs no such proof."""
    if len(candidates) < 2:
        return next(iter(candidates), "")
    words = _long_words(" ".join(body))
    return max(candidates, key=lambda line: len(words & _long_words(line)))


def _long_words(text: str) -> set[str]:
    return {word for word in letters(text).split() if len(word) > 3}


def _dateline_at(found: Sequence[str]) -> int | None:
    """The paragraph that opens with a dateline, when it is near the top."""
    words = [len(paragraph.split()) for paragraph in found]
    for at, paragraph in enumerate(found[:HEAD]):
        if furniture.dateline(paragraph) and words[at] >= SHORTEST_BODY:
            return at if sum(words[:at]) <= HEAD_SHARE * sum(words) else None
    return None


def _is_head(paragraph: str, title: str) -> bool:
    return (
        _is_foreign(paragraph)
        or FIELD.fullmatch(paragraph) is not None
        or furniture.date_line(paragraph) is not None
        or is_title(paragraph)
        or furniture.is_name(paragraph)
        or (title != "" and letters(paragraph) == letters(title))
    )


def is_title(paragraph: str) -> bool:
    """Whether the paragraph has the shape of a headline: a few words and no full stop."""
    return (
        SHORTEST_TITLE <= len(paragraph.split()) <= LONGEST_TITLE
        and not _SENTENCE_END.search(paragraph)
        and paragraph[-1] not in ":;,"
        and not paragraph[0].islower()
        and not _NO_TITLE.search(paragraph)
        and not FIELD.fullmatch(paragraph)
        and not _is_quoted(paragraph)
        and not furniture.is_furniture(paragraph)
        and furniture.byline(paragraph) is None
        and furniture.date_line(paragraph) is None
    )


def _is_quoted(paragraph: str) -> bool:
    return bool(_SPEECH.match(paragraph) and _SPEECH.match(paragraph[-1]))


def is_body(paragraph: str) -> bool:
    """Whether the paragraph has the look of an article's: enough words, and a full stop."""
    return len(paragraph.split()) >= SHORTEST_BODY and bool(_SENTENCE_END.search(paragraph))


def _without_dateline(body: Sequence[str]) -> tuple[list[str], str | None]:
    """The body without "BRUSSELS (AP) — " before its first words, and the agency that it names."""
    found = furniture.dateline(body[0]) if body else None
    if not found:
        return list(body), None
    start, agency = found
    return [body[0][start:], *body[1:]], agency
