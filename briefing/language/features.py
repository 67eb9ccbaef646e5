"""Tokens in, features of each token out: what the name finder sees.

Words, their shapes, prefixes and suffixes, the clusters they are in, the neighbours of each token, its place in the
parse, the run of capitalized words it stands in, and the tables of known names; every feature is a short string. After
the usual features of conditional random fields for names (Finkel et al. 2005; clusters: Ratinov and Roth 2009). What a
word says by itself comes apart from what it says in its place, for the same words come again.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from briefing.language.clusters import Clusters
from briefing.language.known import matches

INSIDE = frozenset({"of", "for", "and", "de", "al", "&", "the"})  # what may join the parts of a name
LONG_RUN = 5  # words from which on runs are all the same
BESIDE = (0, 2)  # sizes of the clusters that the neighbours and the run of a word are read in, the coarsest being 0
Row = list[str]
Told = dict[int, Row]  # the features that a word makes, by how far behind it the word stands that they are for
Syntax = tuple[str, str, str]  # of a word: part of speech, relation to its head, and the head in lower case


def features(words: Sequence[str], syntax: Sequence[Syntax], clusters: Clusters) -> Iterator[Row]:
    """All features of each word of one sentence, in order."""
    rows = together(words, syntax, clusters)
    parts = [alone(word, tag, clusters) for word, (tag, _, _) in zip(words, syntax, strict=True)]
    forms = [shaped(*trio) for trio in trios(words)]
    for here in range(len(words)):
        for told in (parts, forms):
            for at in range(max(0, here - 2), min(here + 3, len(words))):
                rows[here] += told[at].get(here - at, ())
        yield rows[here]


def alone(word: str, tag: str, clusters: Clusters) -> Told:
    """The features of a word and its part of speech for itself and for the words around it."""
    lower, form = word.lower(), shape(word)
    own = ["bias", f"w={lower}", f"s={form}", f"t={tag}", f"ts={tag}{form}"]
    own += [f"p{n}={lower[:n]}" for n in (2, 3, 4) if len(lower) > n]
    own += [f"e{n}={lower[-n:]}" for n in (1, 2, 3, 4) if len(lower) > n]
    if "-" in word:
        own.append("hyphen")
    behind, before = [f"-w={lower}", f"-s={form}", f"-t={tag}"], [f"+w={lower}", f"+s={form}", f"+t={tag}"]
    if cluster := clusters.of(word):
        own += [f"c{size}={number}" for size, number in enumerate(cluster)]
        behind += [f"-c{size}={cluster[size]}" for size in BESIDE]
        before += [f"+c{size}={cluster[size]}" for size in BESIDE]
    return {0: own, 1: behind, -1: before, 2: [f"--w={lower}"], -2: [f"++w={lower}"]}


def trios(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The shapes of each word of a sentence and of the words beside it, empty where there is none."""
    shapes = ["", *map(shape, words), ""]
    return zip(shapes, shapes[1:], shapes[2:], strict=False)


def shaped(before: str, here: str, after: str) -> Told:
    """The features that three shapes on end make for the word in the middle and for those beside it."""
    own = [f"-s+={before}|{here}" if before else "first", f"+s-={here}|{after}" if after else "last"]
    if not before or not after:
        return {0: own}
    return {0: own, 1: [f"--s={before}{here}{after}"], -1: [f"++s={before}{here}{after}"]}


def together(words: Sequence[str], syntax: Sequence[Syntax], clusters: Clusters) -> list[Row]:
    """The other features of each word of one sentence, that words, the parse and the tables make: never none."""
    size = len(words)
    known = _known(words)
    lowers = [word.lower() for word in words]
    loud = sum(word.isupper() for word in words) * 2 > size
    rows = []
    for i in range(size):
        _, relation, head = syntax[i]
        row = [f"d={relation}", f"h={relation}|{head}", *[f"g={kind}" for kind in known[i]]]
        if i:
            row += [f"-g={kind}" for kind in known[i - 1]]
            row.append(f"-+={lowers[i - 1]}|{lowers[i]}")
        if i + 1 < size:
            row += [f"+g={kind}" for kind in known[i + 1]]
            row.append(f"+-={lowers[i]}|{lowers[i + 1]}")
        if loud:
            row.append("loud")
        rows.append(row)
    for start, end in runs(words):
        shared = _shared(lowers, start, end, clusters)
        for i in range(start, end):
            rows[i] += (*shared, f"ri={'f' if start == 0 else ''}{syntax[i][0]}")
    return rows


def _shared(lowers: Sequence[str], start: int, end: int, clusters: Clusters) -> Row:
    """What all words of a run of capitalized words are told of its ends and of what stands around it."""
    row = [
        f"rf={lowers[start]}",
        f"rl={lowers[end - 1]}",
        f"rn={min(end - start, LONG_RUN)}",
        f"rb={lowers[start - 1] if start else '^'}",
        f"ra={lowers[end] if end < len(lowers) else '$'}",
    ]
    if first := clusters.of(lowers[start]):
        row += [f"rfc{size}={first[size]}" for size in BESIDE]
    if last := clusters.of(lowers[end - 1]):
        row += [f"rlc{size}={last[size]}|{min(end - start, 2)}" for size in BESIDE]
    return row


def runs(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of each run of capitalized words, with the little words inside ("Bank of the West")."""
    size = len(words)
    capital = [word[:1].isupper() for word in words]
    i = 0
    while i < size:
        start = i
        while i < size and (
            capital[i]
            or (
                i > start
                and words[i] in INSIDE
                and i + 1 < size
                and (capital[i + 1] or (words[i + 1] == "the" and i + 2 < size and capital[i + 2]))
            )
        ):
            i += 1
        if i > start:
            yield start, i
        i = max(i, start + 1)


def _known(words: Sequence[str]) -> list[list[str]]:
    """For each word the known names it is in: their kinds, whether the name begins here, and whether it is longer."""
    found: list[dict[str, None]] = [{} for _ in words]
    for start, end, kind in matches(words):
        found[start][f"B{min(end - start, 2)}{kind}"] = None
        for inner in range(start + 1, end):
            found[inner][f"I{kind}"] = None
    return [list(kinds) for kinds in found]


@functools.lru_cache(maxsize=200_000)
def shape(word: str) -> str:
    """The word's shape, runs shortened: "McCain" is "XxXx", "2022" is "d", "U.S." is "X.X."."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"\d", "d", re.sub(r"[^\W\d_a-z]", _case, re.sub("[a-z]", "x", word))))


def _case(match: re.Match[str]) -> str:
    return "X" if match[0].isupper() else "x"
