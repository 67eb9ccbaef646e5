"""How good headlines, novelty and summaries are on annotated sets (measured only, never fitted)."""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from nltk.stem.porter import PorterStemmer

from briefing.analyze.novelty import novelty
from briefing.analyze.summary import headline, summarize
from briefing.model import Article, Story

STEMMER = PorterStemmer()
DATA = Path(__file__).parents[3] / "shared" / "bench" / "data"
DANGLING = re.compile(
    r"\W*(he|she|it|they|his|her|their|its|this|that|these|those|but|and|however|also|so|then)\b", re.I
)


def records(name: str) -> list[dict[str, Any]]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    return [json.loads(line) for line in lzma.open(path, "rt", encoding="utf-8")]


def story_of(record: dict[str, Any]) -> Story:
    return Story(
        record["id"],
        tuple(Article(str(n), a["text"], a.get("title") or "") for n, a in enumerate(record["articles"])),
    )


def rouge(size: int, summary: str, references: list[str]) -> float:
    """ROUGE (Lin 2004) over runs of `size` stems: the best F measure over the references, as rouge-score gives it."""
    found = runs(size, summary)
    return max(agreement(found, runs(size, reference)) for reference in references)


def runs(size: int, text: str) -> Counter[tuple[str, ...]]:
    stems = [stem(word) for word in re.findall("[a-z0-9]+", text.lower())]
    return Counter(zip(*(stems[start:] for start in range(size)), strict=False))


@cache
def stem(word: str) -> str:
    """Porter's stem; short words stay."""
    return str(STEMMER.stem(word)) if len(word) > 3 else word


def agreement(one: Counter[tuple[str, ...]], other: Counter[tuple[str, ...]]) -> float:
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


def test_the_measure_is_one_for_equal_texts_and_counts_what_is_shared() -> None:
    assert rouge(2, "The dams were closed.", ["Nothing.", "the dam was closed", "The dams were closed"]) == 1
    assert rouge(1, "Dams close early", ["the dam closed"]) == pytest.approx(2 / 3)
    assert rouge(1, "", ["the dam closed"]) == 0


def test_headlines_say_what_an_editor_would() -> None:
    scores = [rouge(1, headline(story_of(r)).text, r["references"]) for r in records("headline/wikinews_dev.jsonl.xz")]
    assert sum(scores) / len(scores) >= 0.41


def test_what_is_new_stands_out_from_background() -> None:
    events = defaultdict(list)
    for record in records("novelty/update_background_dev.jsonl.xz"):
        events[record["event"]].append(record)
    new: list[float] = []
    old: list[float] = []
    for days in events.values():
        before: list[str] = []
        for day in sorted(days, key=lambda r: r["date"]):
            if before:
                new += novelty(day["update_sentences"], before)
                old += novelty(day["background_sentences"], before)
            before += day["update_sentences"]
    wins = sum((n > o) + (n == o) / 2 for n in new for o in old)
    assert wins / (len(new) * len(old)) >= 0.84


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "words", "floor"), [("multinews", 230, (0.445, 0.145)), ("t17daily", 60, (0.25, 0.06))]
)
def test_summaries_cover_what_people_would_say(name: str, words: int, floor: tuple[float, float]) -> None:
    rows = records(f"summaries/{name}_dev.jsonl.xz")[::8]
    scores, sentences, dangling = [], 0, 0
    for record in rows:
        passages = summarize(story_of(record), words=words)
        text = " ".join(p.text for p in passages)
        scores.append([rouge(size, text, record["references"]) for size in (1, 2)])
        sentences += len(passages)
        dangling += sum(bool(DANGLING.match(p.text)) for p in passages)
    means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
    print(name, means)
    assert means[0] >= floor[0]
    assert means[1] >= floor[1]
    assert dangling <= 0.015 * sentences
