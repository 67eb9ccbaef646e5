"""Train the models of this room: `python -m briefing.clean.train DATA -o FILE`. The files as committed were made by

    python -m briefing.clean.train .../clean/text-only_dev.jsonl.xz --only wcxb -o briefing/clean/lines.json
    python -m briefing.clean.train .../clean/wcxb_dev.jsonl.xz -o briefing/clean/blocks.json

with scikit-learn 1.9 and OMP_NUM_THREADS=1; the same again gives the same bytes.

The data of the line model: one JSON object a line with `id`, `gold` (the body), and the page's visible text as `text`
(whole page) and `light` (its main content). Each page teaches three times: as a whole page, as main content, and its
body alone, which is to be kept whole. The data of the block model: `id`, `html` and `articleBody`.
scikit-learn grows the trees (extra `train`); only their numbers ship.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.clean.blocks import page_blocks
from briefing.clean.lines import features, page_lines
from briefing.clean.markup import opened
from briefing.clean.page import table_of
from briefing.clean.paragraphs import tidy
from briefing.clean.votes import extractions, votes

TREES, LEAVES, RATE = 200, 10, 0.1  # many small trees kept most on pages held out, decisions/0004
RESTRAINT, SMALLEST_LEAF = 20, 60  # L2 on leaves; lines in a leaf, at least
SEED = 0
SHINGLE = 3  # words; three in a row are rarely in a menu and in the body by chance
COVERED = 0.5  # share of a line's words that must be the body's for the line to be
EXTRA_WEIGHT = 3.0  # words; what a line weighs beyond its words, so that headings count

_WORD = re.compile(r"\w+")


def covered(lines: Sequence[str], body: str) -> list[float]:
    """The share of each line's words that the body has, in the body's order: what repeats outside it counts zero.

    The heaviest chain of line positions in the body that only goes forward (weighted longest increasing subsequence).
    """
    gold = [word.lower() for word in _WORD.findall(body)]
    places = _places(gold)
    chains = _Heaviest(len(gold) + 2)
    steps: list[tuple[int, float, int]] = []
    for number, line in enumerate(lines):
        words = [word.lower() for word in _WORD.findall(line)]
        found = []
        for start, weight in _candidates(words, gold, places):
            total, before = chains.best(start + 2)
            steps.append((number, weight / len(words), before))
            found.append((start + len(words), total + weight - 0.01, len(steps) - 1))
        for end, total, step in found:
            chains.add(end, total, step)
    shares = [0.0] * len(lines)
    _, step = chains.best(len(gold) + 1)
    while step >= 0:
        number, share, step = steps[step]
        shares[number] = share
    return shares


def _places(gold: Sequence[str]) -> Mapping[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(gold)):
        found[(gold[at],)].append(at)
        if at + SHINGLE <= len(gold):
            found[tuple(gold[at : at + SHINGLE])].append(at)
    return found


def _candidates(
    words: Sequence[str], gold: Sequence[str], places: Mapping[tuple[str, ...], list[int]]
) -> list[tuple[int, float]]:
    """Where in the body the line may stand, and how many of its words are there."""
    if not words:
        return []
    if len(words) < SHINGLE:
        here = [at for at in places.get((words[0],), ()) if list(gold[at : at + len(words)]) == list(words)]
        return [(at, float(len(words))) for at in here[:30]]
    votes: Counter[int] = Counter()
    for at in range(len(words) - SHINGLE + 1):
        votes.update(place - at for place in places.get(tuple(words[at : at + SHINGLE]), ())[:20])
    found = []
    for start, _ in votes.most_common(8):
        near = sum(votes[start + step] for step in range(-3, 4))
        share = min(1.0, (near + SHINGLE - 1) / len(words))
        if share >= COVERED:
            found.append((max(start, 0), share * len(words)))
    return found


class _Heaviest:
    """Prefix maximum: the heaviest chain that ends at or before a place (a Fenwick tree)."""

    def __init__(self, size: int) -> None:
        self.tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)

    def best(self, place: int) -> tuple[float, int]:
        at, found = min(place + 1, len(self.tree) - 1), (0.0, -1)
        while at > 0:
            found = max(found, self.tree[at])
            at -= at & -at
        return found

    def add(self, place: int, weight: float, step: int) -> None:
        at = min(place + 1, len(self.tree) - 1)
        while at < len(self.tree):
            self.tree[at] = max(self.tree[at], (weight, step))
            at += at & -at


def examples(records: Sequence[Mapping[str, Any]]) -> Iterator[tuple[NDArray[np.float32], NDArray[np.bool_]]]:
    """Features and labels of each page's lines: of its HTML, or else as whole page, main content, and body alone."""
    for record in records:
        if "html" in record:
            yield from _html_example(record)
            continue
        body = tidy(record["gold"])
        for text in (record["text"], record["light"], re.sub(r"\n+", "\n\n", body)):
            lines = page_lines(tidy(text or ""))
            if lines:
                shares = covered([line.text for line in lines], body)
                yield features(lines), np.array(shares) >= COVERED


def _html_example(record: Mapping[str, Any]) -> Iterator[tuple[NDArray[np.float32], NDArray[np.bool_]]]:
    tree, content = opened(record["html"])
    blocks = page_blocks(tree) if tree is not None else []
    if tree is not None and blocks:
        texts = [block.text for block in blocks]
        shares = covered(texts, record["articleBody"])
        yield table_of(blocks, votes(texts, extractions(content, tree))), np.array(shares) >= COVERED


def grow(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A forest for `briefing.clean.forest`, as a JSON record."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows, labels = zip(*examples(records), strict=True)
    table = np.vstack(rows)
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        max_leaf_nodes=LEAVES,
        learning_rate=RATE,
        l2_regularization=RESTRAINT,
        min_samples_leaf=SMALLEST_LEAF,
        early_stopping=False,
        random_state=SEED,
    ).fit(table, np.concatenate(labels), sample_weight=table[:, 0] + EXTRA_WEIGHT)
    return as_record(model)


def as_record(model: Any) -> dict[str, Any]:
    """The trees of a fitted scikit-learn model, each padded to the size of the largest."""
    trees = [predictors[0].nodes for predictors in model._predictors]
    size = max(map(len, trees))
    record: dict[str, Any] = {"start": float(model._baseline_prediction.item()), "depth": 0}
    for key in ("feature", "threshold", "left", "right", "value"):
        record[key] = [[_number(tree, at, key) for at in range(size)] for tree in trees]
    record["depth"] = int(max(node["depth"] for tree in trees for node in tree))
    return record


def _number(tree: Any, at: int, key: str) -> float | int:
    if at >= len(tree):
        return 0
    node = tree[at]
    if key == "value":
        return round(float(node["value"]), 5) if node["is_leaf"] else 0
    if key in ("left", "right"):
        return at if node["is_leaf"] else int(node[key])
    if node["is_leaf"]:
        return 0
    return int(node["feature_idx"]) if key == "feature" else float(f"{node['num_threshold']:.6g}")


def read(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file, xz-compressed or not."""
    data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    return [json.loads(line) for line in data.decode("utf-8").split("\n") if line.strip()]


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--only", default="", help="train on records whose id begins so")
    chosen = parser.parse_args()
    records = [record for record in read(chosen.data) if record["id"].startswith(chosen.only)]
    chosen.output.write_text(json.dumps(grow(records), separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
