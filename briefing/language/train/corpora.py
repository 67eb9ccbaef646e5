"""The name corpora, their different conventions made one: the only place where a corpus is treated by its name.

The convention is that of news: a name without article, title and possessive; PERSON, ORG, LOC (countries, towns and
nature alike) and NORP (peoples, religions, followers of parties). Dates and events are left to rules.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.language.gazetteers import country_of

LABELS = frozenset({"PERSON", "ORG", "LOC", "NORP"})
PARTICLES = frozenset("de da do dos du la le el al bin ibn van von der den ten ter di della del st abu ould".split())
STARTS = ("the ", "The ")


@dataclass(frozen=True, slots=True)
class Corpus:
    """`file`: its name in the folder of corpora; `name` and `licence` as they are to be credited.

    Of every `step` paragraphs `take` are read: more of a large silver corpus drowns the others, and costs time.
    """

    file: str
    name: str
    licence: str
    take: int = 1
    step: int = 1


CORPORA = (
    Corpus(
        "gmb-train",
        "Groningen Meaning Bank, names (silver)",
        "texts public domain; labels without a licence text",
        3,
        5,
    ),
    Corpus("gumcc-ner-train", "GUM, CC BY and CC BY-SA genres", "CC BY 4.0"),
    Corpus("gumcc-ner-dev", "GUM, CC BY and CC BY-SA genres", "CC BY 4.0"),
    Corpus("uner_ewt-dev+test", "Universal NER, English Web Treebank", "CC BY-SA 4.0"),
    Corpus("wikigold", "Wikigold", "CC BY 4.0"),
    Corpus("crossner_ai", "CrossNER, artificial intelligence", "MIT; texts CC BY-SA"),
    Corpus("crossner_literature", "CrossNER, literature", "MIT; texts CC BY-SA"),
    Corpus("crossner_music", "CrossNER, music", "MIT; texts CC BY-SA"),
    Corpus("crossner_politics", "CrossNER, politics", "MIT; texts CC BY-SA"),
    Corpus("crossner_science", "CrossNER, science", "MIT; texts CC BY-SA"),
    Corpus("redocred", "Re-DocRED", "MIT; texts CC BY-SA"),
    Corpus("multiner_gov", "MultiNER, government", "CC0"),
    Corpus("re3d_nobbc", "re3d without its BBC part", "open government and Creative Commons licences"),
)
SILVER = "gmb-train"  # labels made by a machine and mended by hand, published without a licence text
LOWER_TOO = "uner_ewt-dev+test"  # web text whose lower-case names are names
STATES_ACT = frozenset({"re3d_nobbc"})  # corpora in which a country that acts is an organization


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph with its names: (start, end, label), offsets in code points, none overlapping."""

    text: str
    names: tuple[tuple[int, int, str], ...]


def read_corpus(folder: Path, corpus: Corpus) -> list[Text]:
    """The paragraphs of a corpus under the one convention."""
    texts = read_texts(folder / f"{corpus.file}.jsonl.xz", corpus.file)
    return [text for number, text in enumerate(texts) if number % corpus.step < corpus.take]


def read_texts(path: Path, corpus: str = "") -> Iterator[Text]:
    """The paragraphs of a JSON Lines file (xz-compressed) with `text` and `entities`."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines.read().split("\n"):
            if line.strip():
                record = json.loads(line)
                yield Text(record["text"], tuple(_names(record["text"], record["entities"], corpus)))


def _names(text: str, found: list[list], corpus: str) -> Iterator[tuple[int, int, str]]:  # type: ignore[type-arg]
    last = 0
    for start, end, label in sorted(found, key=lambda name: (name[0], -name[1])):
        if label not in LABELS or start < last:
            continue
        start, end = _trim(text, start, end)
        words = text[start:end]
        if not any(c.isupper() for c in words) and corpus != LOWER_TOO:
            continue
        if corpus in STATES_ACT and label == "ORG" and (country := country_of(words)) and country.via == "name":
            label = "LOC"
        if label in ("PERSON", "ORG") and (country := country_of(words)) and country.via == "demonym":
            label = "NORP"
        last = end
        yield start, end, label


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without article, possessive, and lower-case words before the name."""
    words = text[start:end]
    for article in STARTS:
        if words.startswith(article):
            start += len(article)
    while end > start and text[start:end].endswith(("'s", "’s")):
        end -= 2
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in ".)!":
        end -= 1
    first, space, rest = text[start:end].partition(" ")
    while space and first.islower() and first not in PARTICLES and any(c.isupper() for c in rest):
        start += len(first) + 1
        first, space, rest = text[start:end].partition(" ")
    return start, end
