"""Amends to a choice of lines: biographies, tags, pull quotes, second copies off; embedded posts back in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from briefing.clean.blocks import HEADINGS, Block
from briefing.clean.paragraphs import letters

LINKED = 0.9  # share of its characters from which a line is nothing but links
BESIDE = 4  # lines; so near to an embedded post stand paragraphs of its article
LONGEST_BIO = 60  # words
LONGEST_TAG = 5  # words
LONG = 12  # words; a line of so many stands twice in a text because it is printed twice
DOUBLED = 1 / 6  # of the words; where so many repeat, the page has its body again for other screens

_BIO = re.compile(
    r",? (?:is|was|has|covers?|reports?|writes?|works?|joined|leads?|edits?|studies|teaches|can be|contributed|"
    r"lives|edited|reported)\b"
)
_STOP = re.compile(r"[.!?:;,…][\"'”’»)\]]*$")


def without_bio(body: Sequence[str], authors: Sequence[str]) -> list[str]:
    """The body without a last paragraph that tells who its author is."""
    kept = list(body)
    while len(kept) > 1 and is_bio(kept[-1], authors):
        kept.pop()
    return kept


def is_bio(paragraph: str, authors: Sequence[str]) -> bool:
    """Whether the paragraph is about one of the authors, or no more than the name."""
    if len(paragraph.split()) > LONGEST_BIO:
        return False
    rests = [paragraph[len(name) :] for name in authors if " " in name and paragraph.startswith(name)]
    return any(not rest.strip(" .") or _BIO.match(rest) for rest in rests)


def without_tags(body: Sequence[Block]) -> list[Block]:
    """The body without the tags at its end: short list items that nothing introduces, lines of nothing but links."""
    end = len(body)
    while end and is_tag(body[end - 1]):
        end -= 1
    introduced = end and (body[end - 1].text.endswith(":") or body[end - 1].frame.tag in HEADINGS)
    return list(body if introduced else body[:end])


def is_tag(block: Block) -> bool:
    """Whether the line can be a tag: a few words in a list or links only, no full stop."""
    listed = block.frame.tag == "li" and len(block.text.split()) <= LONGEST_TAG
    return (listed or block.linked >= LINKED) and not _STOP.search(block.text)


def without_pulled(body: Sequence[Block]) -> list[Block]:
    """The body without quotations set large whose words the running text has, too."""
    running = " ".join(letters(block.text) for block in body if not block.frame.pulled)
    return [block for block in body if not (block.frame.pulled and f" {letters(block.text)} " in f" {running} ")]


def without_copies(body: Sequence[str]) -> list[str]:
    """The body without the second of two copies: pages print it again for other screens, or before they shorten it.

    Where little repeats, it stays: refrains, a condition that holds for each item of a list.
    """
    first: dict[str, int] = {}
    again = [first.setdefault(line, at) < at for at, line in enumerate(body)]
    words = [len(line.split()) for line in body]
    doubled = sum(count for count, is_again in zip(words, again, strict=True) if is_again and count >= LONG)
    if doubled < DOUBLED * sum(words):
        return list(body)
    kept: list[str] = []
    for is_again, run in groupby(zip(body, words, again, strict=True), key=lambda item: item[2]):
        lines = list(run)
        if not (is_again and any(count >= LONG for _, count, _ in lines)):
            kept += [line for line, _, _ in lines]
    return kept


def with_posts(blocks: Sequence[Block], kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The choice of lines with the embedded posts that stand between lines of the body."""
    whole = kept.copy()
    end = 0
    for post, lines in groupby(blocks, key=lambda block: block.frame.post):
        start, end = end, end + len(list(lines))
        if post and kept[max(start - BESIDE, 0) : start].any() and kept[end : end + BESIDE].any():
            whole[start:end] = True
    return whole
