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
Syntax = tuple[str, str, str]  # of a word: part of speech, relation to its head, and the head in lower case


def features(words: Sequence[str], syntax: Sequence[Syntax], clusters: Clusters) -> Iterator[Row]:
    """All features of each word of one sentence, in order."""
    parts = [alone(word, tag, clusters) for word, (tag, _, _) in zip(words, syntax, strict=True)]
    for i, row in enumerate(together(words, syntax, clusters)):
        before = parts[i - 1][1] if i else []
        after = parts[i + 1][2] if i + 1 < len(parts) else []
        yield [*parts[i][0], *before, *after, *row]


def alone(word: str, tag: str, clusters: Clusters) -> tuple[Row, Row, Row]:
    """The features of a word and its part of speech for itself, for the word behind it and for the word before it."""
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
    return own, behind, before


def together(words: Sequence[str], syntax: Sequence[Syntax], clusters: Clusters) -> list[Row]:
    """The features of each word of one sentence that several words, the parse or the tables make: never none."""
    size = len(words)
    known = _known(words)
    lowers = [word.lower() for word in words]
    shapes = [shape(word) for word in words]
    loud = sum(word.isupper() for word in words) * 2 > size
    rows = []
    for i in range(size):
        _, relation, head = syntax[i]
        row = [f"d={relation}", f"h={relation}|{head}", *[f"g={kind}" for kind in known[i]]]
        if i:
            row += [f"-g={kind}" for kind in known[i - 1]]
            row += (f"-+={lowers[i - 1]}|{lowers[i]}", f"-s+={shapes[i - 1]}|{shapes[i]}")
        else:
            row.append("first")
        if i + 1 < size:
            row += [f"+g={kind}" for kind in known[i + 1]]
            row += (f"+-={lowers[i]}|{lowers[i + 1]}", f"+s-={shapes[i]}|{shapes[i + 1]}")
        else:
            row.append("last")
        if i > 1:
            row += (f"--w={lowers[i - 2]}", f"--s={shapes[i - 2]}{shapes[i - 1]}{shapes[i]}")
        if i + 2 < size:
            row += (f"++w={lowers[i + 2]}", f"++s={shapes[i]}{shapes[i + 1]}{shapes[i + 2]}")
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
