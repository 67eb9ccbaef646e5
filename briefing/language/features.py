"""Tokens in, features of each token out: what the name finder sees.

Words, their shapes, prefixes and suffixes, the neighbours of each token, and the tables of known names; every feature
is a short string. After the usual features of conditional random fields for names (Finkel et al. 2005).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from briefing.language.known import matches

Row = list[str]
Syntax = tuple[str, str, str]  # of a word: part of speech, relation to its head, and the head in lower case


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


@functools.lru_cache(maxsize=200_000)
def _own(word: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The features of a word for itself, for the word behind it and for the word before it."""
    lower, form = word.lower(), shape(word)
    own = [f"w={lower}", f"s={form}"]
    own += [f"p{n}={lower[:n]}" for n in (2, 3, 4) if len(lower) > n]
    own += [f"e{n}={lower[-n:]}" for n in (1, 2, 3, 4) if len(lower) > n]
    if "-" in word:
        own.append("hyphen")
    return tuple(own), (f"-w={lower}", f"-s={form}"), (f"+w={lower}", f"+s={form}")


def features(words: Sequence[str], syntax: Sequence[Syntax]) -> list[Row]:
    """The features of each word of one sentence, in order."""
    size = len(words)
    known = _known(words)
    parts = [_own(word) for word in words]
    lowers = [word.lower() for word in words]
    shapes = [shape(word) for word in words]
    loud = sum(word.isupper() for word in words) * 2 > size
    rows = []
    for i in range(size):
        pos, relation, head = syntax[i]
        row = ["bias", *parts[i][0], f"t={pos}", f"d={relation}", f"h={relation}|{head}", f"ts={pos}{shapes[i]}"]
        row += [f"g={kind}" for kind in known[i]]
        if i:
            row += parts[i - 1][1]
            row += [f"-g={kind}" for kind in known[i - 1]]
            row.append(f"-t={syntax[i - 1][0]}")
            row.append(f"-+={lowers[i - 1]}|{lowers[i]}")
            row.append(f"-s+={shapes[i - 1]}|{shapes[i]}")
        else:
            row.append("first")
        if i + 1 < size:
            row += parts[i + 1][2]
            row += [f"+g={kind}" for kind in known[i + 1]]
            row.append(f"+t={syntax[i + 1][0]}")
            row.append(f"+-={lowers[i]}|{lowers[i + 1]}")
            row.append(f"+s-={shapes[i]}|{shapes[i + 1]}")
        else:
            row.append("last")
        if i > 1:
            row.append(f"--w={lowers[i - 2]}")
            row.append(f"--s={shapes[i - 2]}{shapes[i - 1]}{shapes[i]}")
        if i + 2 < size:
            row.append(f"++w={lowers[i + 2]}")
            row.append(f"++s={shapes[i]}{shapes[i + 1]}{shapes[i + 2]}")
        if loud:
            row.append("loud")
        rows.append(row)
    return rows
