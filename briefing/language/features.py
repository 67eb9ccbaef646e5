"""Tokens in, features of each token out: what the name finder sees.

Words, their shapes, prefixes and suffixes, the clusters they are in, the neighbours of each token, its place in the
parse, the run of capitalized words it stands in, and the tables of known names; every feature is a short string. After
the usual features of conditional random fields for names (Finkel et al. 2005; clusters: Ratinov and Roth 2009). What a
word says by itself comes apart from what it says in its place, for the same words come again.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from string import ascii_lowercase, ascii_uppercase, digits

from briefing.language.clusters import Clusters
from briefing.language.known import matches

INSIDE = frozenset({"of", "for", "and", "de", "al", "&", "the"})  # what may join the parts of a name
LONG_RUN = 5  # words from which on runs are all the same
BESIDE = (0, 2)  # sizes of the clusters that the neighbours and the run of a word are read in, the coarsest being 0
SIGNS = str.maketrans(ascii_lowercase + ascii_uppercase + digits, "x" * 26 + "X" * 26 + "d" * 10)
TWICE = re.compile(r"(.)\1+")
Row = list[str]
Told = dict[int, Row]  # the features that a word makes, by how far behind it the word stands that they are for
Syntax = tuple[str, str, str]  # of a word: part of speech, relation to its head, and the head in lower case
Sentences = Sequence[tuple[Sequence[str], Sequence[Syntax]]]  # words and their syntax


def pairs_of(sentences: Sentences) -> list[tuple[str, str]]:
    """Each word of the sentences with its part of speech, one sentence behind the other."""
    return [(word, tag) for words, syntax in sentences for word, (tag, _, _) in zip(words, syntax, strict=True)]


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
    lowers = [word.lower() for word in words]
    rows = [[f"d={relation}", f"h={relation}|{head}"] for _, relation, head in syntax]
    for (left, right), (one, other) in zip(itertools.pairwise(rows), itertools.pairwise(lowers), strict=True):
        left.append(f"+-={one}|{other}")
        right.append(f"-+={one}|{other}")
    for at, kinds in _known(words).items():
        for sign, beside in (("-", at + 1), ("", at), ("+", at - 1)):
            if 0 <= beside < len(words):
                rows[beside] += [f"{sign}g={kind}" for kind in kinds]
    if sum(map(str.isupper, words)) * 2 > len(words):
        for row in rows:
            row.append("loud")
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
    capitals = [at for at, word in enumerate(words) if word[:1].isupper()]
    first = 0
    for place, at in enumerate(capitals, 1):
        if place == len(capitals) or not _joined(words, at, capitals[place]):
            yield capitals[first], at + 1
            first = place


def _joined(words: Sequence[str], left: int, right: int) -> bool:
    """True when nothing stands between two words but a little word and "the"."""
    apart = right - left
    return apart == 1 or (apart <= 3 and words[left + 1] in INSIDE and (apart == 2 or words[left + 2] == "the"))


def _known(words: Sequence[str]) -> dict[int, dict[str, None]]:
    """The words that known names are in: of which kinds, whether the name begins there, and whether it is longer."""
    found: dict[int, dict[str, None]] = {}
    for start, end, kind in matches(words):
        found.setdefault(start, {})[f"B{min(end - start, 2)}{kind}"] = None
        for inner in range(start + 1, end):
            found.setdefault(inner, {})[f"I{kind}"] = None
    return found


@functools.lru_cache(maxsize=200_000)
def shape(word: str) -> str:
    """The word's shape, runs shortened: "McCain" is "XxXx", "2022" is "d", "U.S." is "X.X."."""
    if word.isascii():
        form = word.translate(SIGNS)
    else:
        form = re.sub(r"\d", "d", re.sub(r"[^\W\d_a-z]", _case, re.sub("[a-z]", "x", word)))
    return TWICE.sub(r"\1", form)


def _case(match: re.Match[str]) -> str:
    return "X" if match[0].isupper() else "x"
