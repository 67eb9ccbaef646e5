"""What other extractors keep of a page, line by line: trafilatura in two settings, and readability.

None of them is always best (the best per page is far above each); their votes are features of the block model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from lxml import html as lxml_html
from lxml.html import HtmlElement

from briefing.clean.blocks import page_blocks
from briefing.clean.lines import Matrix

SHINGLE = 3  # words; fewer are compared as whole lines
EXTRACTORS = 3  # the first columns of `votes`
MEAN = EXTRACTORS  # the column behind them

_WORD = re.compile(r"\w+")


def extractions(content: str, tree: HtmlElement) -> tuple[str, str, str]:
    """The texts that three extractors find, one paragraph a line; empty where one fails."""
    return _trafilatura(tree, recall=False), _trafilatura(tree, recall=True), _readability(content)


def _trafilatura(tree: HtmlElement, *, recall: bool) -> str:
    """Its full cascade, or its own rules alone with a bias for keeping."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            tree, include_comments=False, with_metadata=False, fast=recall, favor_recall=recall
        )
    except Exception:  # a page that breaks one extractor still has the others
        return ""
    return str(getattr(found, "text", None) or "")


def _readability(content: str) -> str:
    from readability import Document

    try:
        summary = Document(content).summary(html_partial=True)
        return "\n".join(block.text for block in page_blocks(lxml_html.fromstring(summary)))
    except Exception:  # as above
        return ""


def votes(lines: Sequence[str], texts: Sequence[str]) -> Matrix:
    """For each line and each text, the share of the line's three-word shingles that the text has.

    Then the mean of the votes, and the votes of the two lines above and below.
    """
    words = [[word.lower() for word in _WORD.findall(line)] for line in lines]
    own = np.column_stack([_vote(words, text) for text in texts]).astype(np.float32)
    own = np.hstack([own, own.mean(axis=1, keepdims=True)])
    padded = np.pad(own, ((2, 2), (0, 0)))
    around = [padded[2 + step : 2 + step + len(own)] for step in (-2, -1, 1, 2)]
    return np.hstack([own, *around])


def _vote(lines: Sequence[Sequence[str]], text: str) -> list[float]:
    short: set[tuple[str, ...]] = set()
    shingles: set[tuple[str, ...]] = set()
    for line in text.split("\n"):
        words = [word.lower() for word in _WORD.findall(line)]
        short.add(tuple(words))
        shingles.update(zip(words, words[1:], words[2:], strict=False))
    return [_share(words, short, shingles) for words in lines]


def _share(words: Sequence[str], short: set[tuple[str, ...]], shingles: set[tuple[str, ...]]) -> float:
    if len(words) < SHINGLE:
        return float(tuple(words) in short)
    own = list(zip(words, words[1:], words[2:], strict=False))
    return sum(shingle in shingles for shingle in own) / len(own)
