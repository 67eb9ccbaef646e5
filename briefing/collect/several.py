"""Several articles in one text: cut where the text itself says that one ends and another begins, and nowhere else.

What says so, in order:

    numbered   lines such as "Document 2 of 5", in their order
    ended      a rule of "=", a form feed, a rule of any marks as wide as a page, "ENDS", a comment form, the closing
               tag of a plug-in; and behind it a head: a byline, a credited dateline, labelled fields, the plug-in's
               opening tag, or a title with a date
    headed     nothing of the kind, or the marks that also part the sections of one article ("* * *", "---"); and a
               whole head, such as the text itself begins with: title, byline and date, or labelled fields with a title

Each part must have the words of an article, and no two the same title. The sections of one article, the entries of a
live report and teasers of other articles have less of a head, or less of a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefing.clean import furniture
from briefing.clean.lines import page_lines
from briefing.clean.paragraphs import letters, tidy
from briefing.clean.plain import FIELD, SHORTEST_TITLE, is_title

FEWEST_WORDS = 40  # of sentences, in two paragraphs or more; teasers of other articles are one paragraph
FEWEST_ALONE = 80  # words of sentences, where they are one paragraph
SENTENCE_WORDS = 8  # words; a paragraph of fewer is a heading, whatever ends it
HEAD = 8  # lines that are not empty; title, byline, date, standfirst, picture and its credit are fewer
ABOVE = 3  # such lines between a title and its byline: a date, a standfirst, a control
LARGEST = 2_000_000  # characters; a text of more is a dump, and is left whole
WIDE = 20  # marks; a rule as wide as a page parts articles, one of three to five sections

_RULE = re.compile(r"([=*_~#+-])(?: ?\1){2,}")
_OPENING, _CLOSING = re.compile(r"\[(\w+?)_1\]"), re.compile(r"\[(\w+?)_2\]")
_CLOSED = re.compile(r"(?<!\.\.)[.!?][\"'”’»)\]]*$")  # no teaser's "..."
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a body: where it begins, which line signs or dates it last, and what it has."""

    start: int
    end: int = 0
    title: str = ""
    byline: str = ""  # the lines that give these
    date: str = ""
    dateline: bool = False
    fields: bool = False
    plugin: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it has all that a head has, so that nothing need have ended before."""
        return bool(self.title) and (self.fields or bool(self.byline and self.date))

    @property
    def is_one(self) -> bool:
        """Whether it is a head at all, where something has ended before."""
        return bool(self.byline or self.dateline or self.fields or self.plugin or (self.title and self.date))


def split_articles(text: str) -> tuple[str, ...]:
    """The texts of the articles in a text, in their order; the text itself where it is not told to hold several."""
    if len(text) > LARGEST:
        return (text,)
    lines = tidy(text.replace("\f", f"\n\n{'=' * WIDE}\n\n")).split("\n")
    cuts = _numbered(lines) or _headed(lines)
    parts = _with_bodies(lines, cuts)
    return tuple("\n".join(part) for part in parts) if len(parts) > 1 else (text,)


def _numbered(lines: Sequence[str]) -> list[int]:
    """Where documents numbered in their order begin."""
    found = [(at, told) for at, line in enumerate(lines) if (told := furniture.numbered(line))]
    numbers = [number for _, (number, _) in found]
    totals = {total for _, (_, total) in found}
    in_order = numbers == list(range(1, len(numbers) + 1)) and len(totals) == 1
    return [at for at, _ in found] if len(found) > 1 and in_order else []


def _headed(lines: Sequence[str]) -> list[int]:
    """Where articles with heads of their own begin; the first of them is the beginning of the text."""
    first = _first_head(lines)
    later = sorted({head.start: head for head in (*_after_ends(lines), *_whole(lines, first))}.items())
    heads = [head for start, head in later if start > max(first.start, first.end) and _has_body(lines[:start])]
    if _is_live([first, *heads]):
        return []
    titles = [letters(head.title) for head in (first, *heads) if head.title]
    return [0, *(head.start for head in heads)] if len(set(titles)) == len(titles) else []


def _first_head(lines: Sequence[str]) -> Head:
    """The whole head with which the text begins, or what there is of one."""
    head = _read(lines, 0)
    whole = next(_whole_heads(lines), None)
    return whole if whole and not _has_body(lines[: whole.start]) else head


def _after_ends(lines: Sequence[str]) -> Iterator[Head]:
    """Heads behind what ends an article."""
    for at, line in enumerate(lines):
        remarks = furniture.opens_comments(line)
        if not (remarks or _ends(line, lines[at - 1] if at else "")):
            continue
        start = _behind(lines, at + 1)
        head = _read(lines, start)
        if remarks:  # below a comment form, a name and a date may be those of a reader's remark
            head = replace(head, date="", dateline=False)
        if head.is_one:
            yield head


def _ends(line: str, above: str) -> bool:
    """Whether the line ends an article: a rule that parts no sections and underlines no title, or words that say so."""
    if _CLOSING.fullmatch(line) or furniture.ends_article(line):
        return True
    return bool(_RULE.fullmatch(line)) and (line[0] == "=" or len(line) >= WIDE) and not (above and is_title(above))


def _behind(lines: Sequence[str], at: int) -> int:
    """The next line that is no furniture of what has ended."""
    while at < len(lines) and (
        not lines[at]
        or _RULE.fullmatch(lines[at])
        or (furniture.is_furniture(lines[at]) and not _OPENING.fullmatch(lines[at]))
        or (lines[at].lower().startswith("by ") and _account(lines[at]))
    ):
        at += 1
    return at


def _account(line: str) -> bool:
    """Whether the line is a byline that names nobody and no day: "By admin"."""
    return furniture.byline(line) == ((), None)


def _whole(lines: Sequence[str], first: Head) -> Iterator[Head]:
    """Whole heads anywhere, in a text that itself begins with one of the same kind.

    Author and day of the first again are the first again: some pages print their head twice.
    """
    own = (first.fields, first.byline, first.date)
    if first.is_whole:
        others = (head for head in _whole_heads(lines) if head.fields == first.fields)
        yield from (head for head in others if first.fields or (head.fields, head.byline, head.date) != own)


def _whole_heads(lines: Sequence[str]) -> Iterator[Head]:
    full = [at for at, line in enumerate(lines) if line]
    for number, at in enumerate(full):
        signed = _is_byline(lines[at])
        labelled = _is_field(lines[at], "title")
        if labelled:
            head = _read(lines, at)
        elif signed:
            above = [other for other in full[max(number - ABOVE, 0) : number] if _is_headline(lines[other])]
            head = _read(lines, above[-1]) if above else Head(at)
        else:
            continue
        if head.is_whole:
            yield head


def _read(lines: Sequence[str], start: int) -> Head:
    """The head that begins at a line: what the lines say down to the first paragraph of the body."""
    head, seen, labels = Head(start), 0, set[str]()
    for at, line in enumerate(lines[start:], start):
        if not line or (not seen and _RULE.fullmatch(line)):
            continue
        if furniture.dateline(line) and len(line.split()) >= SENTENCE_WORDS:
            return replace(head, dateline=_is_credited(line), fields=len(labels) > 1)
        if seen >= HEAD or _RULE.fullmatch(line) or (_is_sentence(line) and (head.byline or head.date)):
            break
        seen += 1
        before = head
        head, labels = _with(head, line), labels | _labels(line)
        if (head.byline, head.date) != (before.byline, before.date):
            head = replace(head, end=at)
    return replace(head, fields=len(labels) > 1)


def _with(head: Head, line: str) -> Head:
    """The head with what one of its lines says."""
    field = FIELD.fullmatch(line)
    if _OPENING.fullmatch(line):
        return replace(head, plugin=True)
    if field:
        return replace(head, title=head.title or field["value"]) if field["field"].lower() == "title" else head
    if _is_byline(line):
        found = furniture.byline(line)
        return replace(head, byline=head.byline or line, date=head.date or (line if found and found[1] else ""))
    if furniture.date_line(line) and not furniture.heads_remark(line):
        return replace(head, date=head.date or line)
    return replace(head, title=head.title or line) if _is_headline(line) else head


def _is_headline(line: str) -> bool:
    """Whether the line can be a title: words enough, and no picture's credit."""
    return is_title(line) and len(letters(line).split()) >= SHORTEST_TITLE and not furniture.is_credit(line)


def _labels(line: str) -> set[str]:
    field = FIELD.fullmatch(line)
    return {field["field"].lower()} if field else set()


def _is_field(line: str, name: str) -> bool:
    return name in _labels(line)


def _is_byline(line: str) -> bool:
    """Whether the line names an author or a day, and heads no reader's remark."""
    return (
        furniture.byline(line) not in (None, ((), None))
        and not furniture.heads_remark(line)
        and not line.lower().startswith("author")  # "Author: A B" is in lists of books, too
    )


def _is_credited(line: str) -> bool:
    found = furniture.dateline(line)
    return found is not None and found[1] is not None


def _is_live(heads: Sequence[Head]) -> bool:
    """Whether these are the entries of a live report: nothing but titles, and times of one day."""
    timed = all(head.title and _CLOCK.search(head.date) for head in heads)
    days = {furniture.date_line(head.date) for head in heads}
    return timed and len(days) == 1 and not any(head.byline or head.dateline or head.fields for head in heads)


def _with_bodies(lines: Sequence[str], cuts: Sequence[int]) -> list[Sequence[str]]:
    """The parts between the cuts; what has not the words of an article belongs to the part before it."""
    parts: list[Sequence[str]] = []
    for start, end in pairwise([*cuts, len(lines)]):
        part = lines[start:end]
        if parts and not (_has_body(part) and _has_body(parts[-1])):
            parts[-1] = [*parts[-1], *part]
        else:
            parts.append(part)
    return parts


def _has_body(lines: Sequence[str]) -> bool:
    """Whether the lines have the words of an article: sentences, in two paragraphs or more, or many in one."""
    found = [len(line.text.split()) for line in page_lines("\n".join(lines)) if _is_sentence(line.text)]
    return sum(found) >= (FEWEST_WORDS if len(found) > 1 else FEWEST_ALONE)


def _is_sentence(line: str) -> bool:
    return len(line.split()) >= SENTENCE_WORDS and _CLOSED.search(line) is not None
