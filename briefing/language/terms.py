"""Text in, comparable terms out: words in lower case without their endings, and how common each is in news.

The stemmer is a light one (plurals, -ing, -ed, final -e and doubled letters): grouping and rating ask only that
two reports of one event share a term, not that the term be a word, and a light stemmer costs a microsecond.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

WORD = re.compile(r"[^\W_]{2,}")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
UNSPACED_LEAD = bytes([0xE0, 0xE1, *range(0xE3, 0xEA), 0xEF])  # first bytes of those characters in UTF-8, and of others
TYPOGRAPHIC = "’“”—–‘…\u00a0"  # what mostly keeps English text from being ASCII; none is of a word
LOWERED = bytes(ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else 32 for byte in range(256))
TABLE = "document_frequencies.tsv"


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many of `documents` articles each term occurs; a term that is not listed occurs in none or one."""

    documents: int
    terms: Mapping[str, int]

    def rarity(self, term: str) -> float:
        """From 0, for a term of every article, to 1, for one of none: the share of the highest inverse frequency."""
        return 1 - math.log(self.terms.get(term, 0) + 1) / math.log(self.documents + 1)


def words(text: str) -> list[str]:
    """The words of two or more letters or digits, in lower case; scripts without spaces give pairs of characters.

    English text goes a way of its own, in half the time: a table of bytes, and `split`.
    """
    if not text.isascii():
        for mark in TYPOGRAPHIC:
            text = text.replace(mark, " ")
    if text.isascii():
        return [word for word in text.encode().translate(LOWERED).decode().split() if len(word) > 1]
    found = WORD.findall(text.lower())
    coded = text.encode("utf-8", "surrogatepass")
    if len(coded.translate(None, UNSPACED_LEAD)) == len(coded):
        return found
    return [part for word in found for part in _pairs(word)]


def terms(text: str) -> list[str]:
    """The stems of the words, in order of the text."""
    return list(map(stem, words(text)))


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """The word, in lower case, without inflection: "talks" and "talking" give "talk", "arrives" gives "arriv"."""
    if len(word) <= 3 or not word.isascii():
        return word
    word = _singular(word)
    if len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 4 and word.endswith("ied"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith("ed"):
        word = word[:-2]
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "lsz":
        return word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == "e" else word


def _singular(word: str) -> str:
    if word[-1] != "s" or word[-2] in "su":
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses", "zes")) else word[:-1]


def _pairs(word: str) -> Iterable[str]:
    if len(word) < 3 or not UNSPACED.search(word):
        return (word,)
    return (word[start : start + 2] for start in range(len(word) - 1))


@cache
def frequencies() -> Frequencies:
    """How common terms are in ordinary news: 11,390 short reports, mostly of the Voice of America (public domain)."""
    lines = resources.files("briefing.language").joinpath("data", TABLE).read_text("utf-8").split("\n")
    rows = (line.split("\t") for line in lines[1:] if line)
    return Frequencies(int(lines[0]), {term: int(count) for term, count in rows})


def count_documents(texts: Iterable[str]) -> str:
    """The table that `frequencies` reads: the number of texts, then each term in more than one text and its count."""
    found = [set(terms(text)) for text in texts]
    counts = Counter(term for once in found for term in once)
    rows = sorted((term, count) for term, count in counts.items() if count > 1)
    return "\n".join([str(len(found)), *(f"{term}\t{count}" for term, count in rows)]) + "\n"
