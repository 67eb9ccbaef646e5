"""How well stories are found: BCubed on annotated sets (measured only, never fitted), with one default setting."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from briefing.group import group
from briefing.model import Article

DATA = Path(__file__).parents[3] / "shared" / "bench" / "data" / "group"
FLOORS = {  # set, whole texts: least precision and F1; all apart gives .290, .500, .511, .441
    ("newscluster5w1h", True): (0.99, 0.84),
    ("basil", True): (0.99, 0.97),
    ("allsides2021", True): (0.87, 0.87),
    ("newscluster5w1h", False): (0.98, 0.82),
    ("basil", False): (0.99, 0.93),
    ("allsides2021", False): (0.85, 0.84),
    ("uci_thin", False): (0.90, 0.855),
}


def records(name: str) -> list[dict[str, Any]]:
    path = DATA / f"{name}_dev.jsonl.xz"
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    return [json.loads(line) for line in lzma.open(path, "rt", encoding="utf-8")]


def bcubed(gold: list[object], found: list[object]) -> tuple[float, float]:
    """Precision and F1."""
    both, golds, founds = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    precision = sum(n * n / founds[f] for (_, f), n in both.items()) / len(gold)
    recall = sum(n * n / golds[g] for (g, _), n in both.items()) / len(gold)
    return precision, 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize(("name", "full"), FLOORS)
def test_stories_are_found(name: str, full: bool) -> None:
    rows = records(name)
    articles = [
        Article(str(r["id"]), r["text"] if full else "", r["title"] or "", r["date"] or None, str(r["source"]))
        for r in rows
    ]
    story = {article.id: s.id for s in group(articles) for article in s.articles}
    by_day = name == "uci_thin"  # its labels hold within a day
    gold = [(r["date"] if by_day else "", r["story"]) for r in rows]
    found = [(r["date"] if by_day else "", story[str(r["id"])]) for r in rows]
    precision, f1 = bcubed(list(gold), list(found))
    least = FLOORS[name, full]
    assert precision >= least[0]
    assert f1 >= least[1]
