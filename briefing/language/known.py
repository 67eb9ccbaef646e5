"""Names that are known beforehand: the tables of the package as one tree of words, and where they stand in a row."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from briefing.language.gazetteers import DATA, cities, country_names, fold, regions

LONGEST = 8  # words of the longest known name
CITIES = 4000  # the largest ones; smaller ones share their names with people and words
PIECES = re.compile(r"(?:[^\W\d_]\.){2,}|['’]s\b|[^\W_]+\.?(?=\s|$)|[^\W_]+|[^\w\s]")  # a name as the tokenizer cuts it


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


@functools.cache
def _tree(kind: str = "") -> _Node:
    """The names of one kind of the hand-written table, or all known names."""
    root = _Node()
    if kind:
        for name in known_names()[kind]:
            _add(root, name, kind)
        return root
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
    for word in PIECES.findall(fold(name)):
        node = node.after.setdefault(word, _Node())
    node.kinds |= {kind}


@functools.lru_cache(maxsize=200_000)
def _folded(word: str) -> str:
    word = fold(word)
    return word.title() if len(word) > 4 and word.isupper() else word


@functools.cache
def _entry(kind: str) -> Callable[[str], _Node | None]:
    """Word in, where the names go on that begin with it out."""
    after = _tree(kind).after
    return functools.lru_cache(maxsize=200_000)(lambda word: after.get(_folded(word)))


def matches(words: Sequence[str], kind: str = "") -> list[tuple[int, int, str]]:
    """(start, end, kind) of every known name in a row of words, overlapping ones too, in order of the start.

    All kinds of names, or those of one `kind` of the hand-written table but "group".
    """
    found = []
    for start, node in enumerate(map(_entry(kind), words)):
        at = start + 1
        while node is not None:
            found += [(start, at, name) for name in sorted(node.kinds)]
            if at == len(words) or at - start == LONGEST:
                break
            node = node.after.get(_folded(words[at]))
            at += 1
    return found
