"""The line and block models: features, trees, labels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.clean.forest import Forest, load
from briefing.clean.linemodel import body_lines, choose
from briefing.clean.lines import features, page_lines
from briefing.clean.train import covered

STUMPS = Forest(
    start=0.0,
    depth=1,
    feature=np.array([[0, 0, 0], [1, 0, 0]], dtype=np.int32),
    threshold=np.array([[5.0, 0, 0], [1.0, 0, 0]], dtype=np.float32),
    left=np.array([[1, 1, 2], [1, 1, 2]], dtype=np.int32),
    right=np.array([[2, 1, 2], [2, 1, 2]], dtype=np.int32),
    value=np.array([[0, -1.0, 1.0], [0, -2.0, 2.0]], dtype=np.float32),
)


def test_the_trees_add_their_leaves_and_a_threshold_goes_left() -> None:
    rows = np.array([[5, 1], [6, 1], [5, 2], [6, 2]], dtype=np.float32)
    odds = np.array([-3.0, -1.0, 1.0, 3.0])
    assert STUMPS.probabilities(rows) == pytest.approx(1 / (1 + np.exp(-odds)))


@pytest.mark.parametrize("name", ["lines", "blocks"])
def test_the_shipped_trees_end_in_leaves(name: str) -> None:
    forest = load(name)
    node = np.zeros(len(forest.feature), dtype=np.int64)
    trees = np.arange(len(forest.feature))
    for _ in range(forest.depth):
        node = forest.right[trees, node]
    assert (forest.left[trees, node] == node).all()


def test_the_same_lines_have_the_same_features_and_every_line_has_a_row() -> None:
    lines = page_lines("Home\nNews\n\nThe mill was sold on Monday, its owner said, after ninety years.")
    assert (features(lines) == features(lines)).all()
    assert len(features(lines)) == 3
    assert len(body_lines([])) == 0


@given(st.lists(st.text(min_size=1), min_size=1, max_size=8))
def test_no_line_breaks_the_features(texts: list[str]) -> None:
    lines = page_lines("\n".join(" ".join(text.split()) for text in texts if text.split()))
    if lines:
        assert np.isfinite(features(lines)).all()


def test_a_line_that_shares_its_words_with_the_running_text_is_told_from_one_that_does_not() -> None:
    running = [
        "The paper mill above the village was sold on Monday, its last owner said, after ninety years in one family.",
        "The buyer wants to keep the hundred workers of the mill and one of its paper machines for five years.",
        "The village lives on the mill, and nobody there remembers a Monday without the noise of its machines.",
    ]
    lines = page_lines(
        "\n\n".join([*running, "What the workers of the village say", "Seven recipes with early rhubarb"])
    )
    share, times, near, other, words, around = features(lines)[:, -6:].T
    assert share[3] == near[3] == 1.0
    assert share[4] == near[4] == times[4] == 0.0
    assert words.tolist()[3:] == [2.0, 4.0]
    assert other[3:].tolist() == [0.0, 0.0]
    assert 0 < around[4] < 1
    assert features(page_lines("a b c"))[0, -6:].tolist() == [-1.0, -1.0, -1.0, 0.0, 0.0, 0.0]


def test_one_stretch_is_chosen_and_a_sure_line_elsewhere() -> None:
    probability = np.array([0.1, 0.5, 0.9, 0.3, 0.9, 0.05, 0.05, 0.05, 0.95])
    kept = choose(probability, np.full(9, 30, dtype=np.float32))
    assert kept.tolist() == [False, True, True, True, True, False, False, False, True]


def test_lines_of_the_body_are_covered_and_their_repetition_outside_is_not() -> None:
    body = "Mill sold\n\nThe mill was sold on Monday.\n\nWhy now\n\nIts owner wants to rest."
    page = ["Why now", "The mill was sold on Monday.", "Why now", "Its owner wants to rest.", "Mill sold", "Read more"]
    assert [share >= 0.5 for share in covered(page, body)] == [False, True, True, True, False, False]
