"""Tokens in, features of each token out: what the name finder sees.

Words, their shapes, prefixes and suffixes, the neighbours of each token, and the tables of known names; every feature
is a short string. After the usual features of conditional random fields for names (Finkel et al. 2005).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from briefing.language.gazetteers import DATA, cities, country_names, fold, regions

LONGEST = 7  # words of the longest known name
CITIES = 4000  # the largest ones; smaller ones share their names with people and words
Row = list[str]
Syntax = tuple[str, str, str]  # of a word: part of speech, relation to its head, and the head in lower case


@dataclass
class _Node:
    """A word in the tree of known names: the kinds of the name that ends here, and what may follow."""

    kinds: frozenset[str] = frozenset()
    after: dict[str, _Node] = field(default_factory=dict)


@functools.cache
def known_names() -> dict[str, tuple[str, ...]]:
    """The names of the hand-written table by section."""
    sections: dict[str, tuple[str, ...]] = {}
    section = ""
    for line in (DATA / "names.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            sections[section] = tuple(name.strip() for name in line.split(";"))
    return sections


def _split(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]\.(?:[^\W\d_]\.)+|['’]s\b|[\w.]+|[^\w\s]", name)


@functools.cache
def _tree() -> _Node:
    root = _Node()
    for number, name in enumerate(cities()):
        if number < CITIES:
            _add(root, name, "city")
    for name, region in regions():
        _add(root, name, "region" if region.label == "GPE" else "area")
    for name, country in country_names():
        _add(root, name, {"name": "country", "demonym": "people", "capital": "city", "seat": "seat"}[country.via])
    for kind, names in known_names().items():
        for name in names:
            _add(root, name, kind)
            if kind == "group":
                _add(root, name + "s", kind)
    return root


def _add(root: _Node, name: str, kind: str) -> None:
    node = root
    for word in _split(fold(name)):
        node = node.after.setdefault(word, _Node())
    node.kinds |= {kind}


@functools.lru_cache(maxsize=200_000)
def _folded(word: str) -> str:
    word = fold(word)
    return word.title() if len(word) > 4 and word.isupper() else word


def _known(words: Sequence[str]) -> list[tuple[str, ...]]:
    """For each word the known names it is in: kind, and whether the name begins here, with its length (1, 2+)."""
    found: list[set[str]] = [set() for _ in words]
    root = _tree()
    folded = [_folded(word) for word in words]
    for start in range(len(words)):
        node = root.after.get(folded[start])
        at = start + 1
        while node is not None:
            if node.kinds:
                size = "1" if at - start == 1 else "2"
                for kind in node.kinds:
                    found[start].add(f"B{size}{kind}")
                    for inner in range(start + 1, at):
                        found[inner].add(f"I{kind}")
            if at == len(words) or at - start == LONGEST:
                break
            node = node.after.get(folded[at])
            at += 1
    return [tuple(sorted(kinds)) for kinds in found]


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
