"""An HTML page to an article: body, captions and metadata.

    1 cap the size, parse, apply a user's rules for the site
                                     2 metadata           3 lines of visible text with their elements
    4 votes of three extractors      5 block model        6 posts back in; repetitions, furniture, dateline off

A page too large or too broken for the extractors is read by the line model alone; a page whose visible text is a
teaser or a consent wall, but whose JSON-LD holds the body, by that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

import numpy as np
from lxml import html as lxml_html
from lxml.html import HtmlElement
from numpy.typing import NDArray

from briefing.clean import furniture
from briefing.clean.blocks import Block, block_features, family_features, page_blocks
from briefing.clean.draft import Draft
from briefing.clean.forest import load
from briefing.clean.linemodel import body_lines
from briefing.clean.lines import RUNNING, Matrix, features
from briefing.clean.markup import opened
from briefing.clean.metadata import Metadata, address_of, read_metadata
from briefing.clean.paragraphs import join, letters, tidy
from briefing.clean.sites import NO_SITES, Ruled, by_rules, site_of, without_removed
from briefing.clean.trailing import with_posts, without_bio, without_copies, without_pulled, without_tags
from briefing.clean.votes import EXTRACTORS, MEAN, extractions, votes
from briefing.config import Site

NO_RULES = Site()
LARGEST = 8_000_000  # characters; more is cut: no article page is larger
LARGEST_VOTED = 1_500_000  # characters without scripts; extractors take seconds beyond (43 s for 4.9 MB were seen)
MOST_VOTED = 6_000  # lines; extractors take time with the square of some kinds of pages
HIDDEN_BODY = 3.0  # times as many words in JSON-LD as are visible: a consent wall or a teaser hides the body
SHORTEST_BODY = 60  # words of a body in JSON-LD that is worth preferring
KEPT = 0.4  # probability from which a line is the body's; best F1 in cross-validation, decisions/0004
HEAD = 6  # lines; a byline that the model keeps stands no further down
DOUBTED, UNANIMOUS = 0.2, 0.9  # probability from which a sentence is kept that every extractor keeps to this share
SHORT_OF = 0.6  # of the words that the middle one of the extractors finds: a body cut short, the votes add to it
AGREED = 0.5  # mean vote from which a line is added then
SHORTEST_CAPTION, LONGEST_CAPTION = 12, 600  # characters

_SET_OFF = re.compile(r"[|•·]|^by ", re.IGNORECASE)


def clean_html(content: str, *, url: str | None = None, title: str = "", sites: Mapping[str, Site] = NO_SITES) -> Draft:
    """The article on a page; `text` is empty when the page has none. `sites`: a user's rules by domain."""
    tree, light = opened(content[:LARGEST])
    if tree is None:
        return Draft("")
    site = site_of(sites, url or address_of(tree)) or NO_RULES
    if site.remove:
        without_removed(tree, site)
        light = lxml_html.tostring(tree, encoding="unicode")
    ruled = by_rules(tree, site)
    metadata = _overruled(read_metadata(tree, url=url), ruled)
    blocks = page_blocks(tree)
    if ruled.body:
        draft = _of_lines(ruled.body, blocks, metadata, ruled.title or title or metadata.title)
    else:
        body = _body(light, tree, blocks, metadata)
        draft = _draft(body, blocks, metadata, ruled.title or title or metadata.title)
    return replace(draft, ruled=ruled.fields, unmatched=ruled.unmatched)


def _overruled(metadata: Metadata, ruled: Ruled) -> Metadata:
    """The metadata, with what a user's rules say in place of what the page says."""
    return replace(
        metadata,
        authors=ruled.authors or metadata.authors,
        published=ruled.published or metadata.published,
        sure=ruled.published is not None or metadata.sure,
    )


def _body(content: str, tree: HtmlElement, blocks: Sequence[Block], metadata: Metadata) -> list[str]:
    """The lines of the body: those that the model chooses, or JSON-LD's where the page hides them."""
    chosen = [block for block, keep in zip(blocks, _chosen(content, tree, blocks), strict=True) if keep]
    body = [block.text for block in without_tags(without_pulled(chosen))]
    if len(metadata.body.split()) >= max(SHORTEST_BODY, HIDDEN_BODY * sum(len(line.split()) for line in body)):
        body = [line for line in metadata.body.split("\n") if line]
    return body


def clean_fragment(
    content: str, *, url: str | None = None, title: str = "", sites: Mapping[str, Site] = NO_SITES
) -> Draft:
    """The article of a body that came without its page (a feed's entry): every line that is no furniture is its.

    Of a user's rules for the site of `url`, only those for what goes mean something here.
    """
    tree, _ = opened(content[:LARGEST])
    if tree is None:
        return Draft("")
    without_removed(tree, site_of(sites, url) or NO_RULES)
    blocks = page_blocks(tree)
    return _of_lines(blocks, blocks, Metadata(), title)


def _of_lines(lines: Sequence[Block], blocks: Sequence[Block], metadata: Metadata, title: str) -> Draft:
    """The article of lines that are known to be its body, but for captions and furniture."""
    body = [line.text for line in lines if "figcaption" not in line.frame.within]
    draft = _draft(body, blocks, metadata, title)
    return draft if draft.text else replace(draft, text=join(filter(None, map(tidy, body))))


def _chosen(content: str, tree: HtmlElement, blocks: Sequence[Block]) -> NDArray[np.bool_]:
    """For each line, whether it is the body's."""
    lines = [block.line for block in blocks]
    if not blocks or len(content) > LARGEST_VOTED or len(blocks) > MOST_VOTED:
        return body_lines(lines)
    texts = extractions(content, tree)
    if not any(texts):
        return body_lines(lines)
    voted = votes([line.text for line in lines], texts)
    table = table_of(blocks, voted)
    chance = load("blocks").probabilities(table)
    sentence = table[:, RUNNING] > 0
    unanimous = voted[:, :EXTRACTORS].min(axis=1) >= UNANIMOUS
    kept = (chance >= KEPT) | (sentence & (chance >= DOUBTED) & unanimous)
    length = np.array([len(line.text.split()) for line in lines])
    if length[kept].sum() < SHORT_OF * median(len(text.split()) for text in texts):
        kept |= voted[:, MEAN] >= AGREED
    return with_posts(blocks, np.asarray(kept))


def table_of(blocks: Sequence[Block], voted: Matrix) -> Matrix:
    """The block model's features: those of visible text, of the elements, and the extractors' `votes`."""
    look = features([block.line for block in blocks])
    family = family_features(blocks, look[:, RUNNING], voted[:, MEAN])
    return np.hstack([look, block_features(blocks), voted, family]).astype(np.float32)


def _draft(body: Sequence[str], blocks: Sequence[Block], metadata: Metadata, title: str) -> Draft:
    captions = [
        block.text
        for block in blocks
        if "figcaption" in block.frame.within and SHORTEST_CAPTION <= len(block.text) <= LONGEST_CAPTION
    ]
    known = {letters(title), *map(letters, captions)}
    text = [line for line in map(tidy, body) if line and letters(line) not in known]
    credited = {line: caption for line in text if (caption := furniture.caption_of(line)) is not None}
    text = [line for line in text if line not in credited and not _is_foreign(line)]
    captions += filter(None, credited.values())
    signed = [line for line in text[:HEAD] if _is_head(line) or _is_signature(line, metadata.authors)]
    text = without_copies(without_bio([line for line in text if line not in signed], metadata.authors))
    opening = furniture.dateline(text[0]) if text else None
    if opening:
        text[0] = text[0][opening[0] :]
    return Draft(
        text=join(text),
        title=title,
        published=metadata.published,
        sure=metadata.sure,
        source=metadata.source,
        agency=opening[1] if opening else None,
        url=metadata.url,
        authors=metadata.authors,
        language=metadata.language,
        captions=tuple(dict.fromkeys(filter(None, map(furniture.without_credit, captions)))),
    )


def _is_foreign(line: str) -> bool:
    return furniture.is_furniture(line) or furniture.is_credit(line)


def _is_head(line: str) -> bool:
    return furniture.byline(line) is not None or furniture.date_line(line) is not None or furniture.is_furniture(line)


def _is_signature(line: str, authors: Sequence[str]) -> bool:
    """Whether a line at the top is the author's name, with an office or a date at most."""
    return (
        len(line.split()) <= furniture.LONGEST_BYLINE
        and not line.endswith((".", "!", "?", ":", "”", '"'))
        and any(letters(line) == letters(name) or (name in line and _SET_OFF.search(line)) for name in authors)
    )
