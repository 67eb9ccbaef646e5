"""Our own words: every flag and every state of a feed has one for readers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import briefing
from briefing.model import FeedNote
from briefing.render import labels

ROOM = Path(briefing.__file__).parent


def flags_in(tree: ast.Module) -> Iterator[str]:
    """The strings, by themselves or by the name of a constant, that a module puts among the flags of an article."""
    names = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        for place in places_of_flags(node):
            for part in ast.walk(place):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value
                if isinstance(part, ast.Name) and part.id in names:
                    yield names[part.id]


def places_of_flags(node: ast.AST) -> Iterator[ast.AST]:
    """Where flags are given: `flags=…` of an article, `"flags": …` of a record, `found.add(…)` where they are found."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "replace":
        yield from (keyword.value for keyword in node.keywords if keyword.arg == "flags")
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        yield from (value for key, value in pairs if isinstance(key, ast.Constant) and key.value == "flags")
    if isinstance(node, ast.FunctionDef) and "flags" in node.name:
        calls = (call for call in ast.walk(node) if isinstance(call, ast.Call))
        yield from (call.args[0] for call in calls if getattr(call.func, "attr", "") == "add")


def test_every_flag_of_an_article_has_words_for_readers():
    files = [*(ROOM / "clean").rglob("*.py"), *(ROOM / "collect").rglob("*.py"), ROOM / "pipeline.py"]
    found = {flag for file in files for flag in flags_in(ast.parse(file.read_text()))}
    assert {"undated", "date-unsure", "paraphrased", "updated", "stub"} <= found
    assert found - {"flags"} <= set(labels.FLAG_NOTES)  # without the name of the field


def test_a_flag_of_somebody_else_is_its_own_note():
    assert labels.flag_note("wire_copy") == "wire copy"


def test_every_state_of_a_feed_has_words_for_readers():
    states = set(get_args(get_type_hints(FeedNote)["state"]))
    assert states == set(labels.FEED_NOTES) == set(labels.FEED_NOTES_UNDATED)


@pytest.mark.parametrize(
    ("state", "since", "words"),
    [
        ("silent", "2031-01-14", "Silent since 14 Jan 2031"),
        ("late", "2031-01-14", "Late, last entry 14 Jan 2031"),
        ("failed", "2031-01-14", "Could not be read, last read 14 Jan 2031"),
        ("failed", None, "Could not be read"),
        ("gone", None, "Gone"),
        ("moved", "2031-01-14", "Moved"),
    ],
)
def test_the_state_of_a_feed_in_plain_words(state, since, words):
    assert labels.feed_note(state, since) == words
