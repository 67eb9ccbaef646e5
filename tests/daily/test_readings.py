"""Readings are kept by content and version."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing import pipeline
from briefing.config import parse_config
from briefing.language import Annotator
from briefing.model import Article, Entity, Mention, Reading
from briefing.run import Press
from briefing.store import Readings, rules_version
from briefing.store import readings as kept
from tests.daily.office import ARTICLE, Clock, store


def test_a_reading_comes_back_for_the_same_content_and_version_only(tmp_path: Path) -> None:
    database = store(tmp_path / "store.sqlite")
    readings = Readings(database, version="en 1", clock=Clock())
    reading = Reading("a", (Entity("0", "Varnholm", "place", mentions=1),), (Mention(22, 30, "Varnholm", "GPE", 0),))
    readings.put(ARTICLE, reading)
    assert readings.get(ARTICLE) == reading
    assert readings.get(replace(ARTICLE, text="Another text.")) is None
    assert readings.get(replace(ARTICLE, published="2022-03-08")) is None
    assert Readings(database, version="en 2", clock=Clock()).get(ARTICLE) is None


def package_with(folder: Path, **changed: str) -> Path:
    """A small package laid out as ours; `changed` is what stands in analyze/cues.py and language/data/places.tsv."""
    for name in ("analyze/cues.py", "language/data/places.tsv", "language/data/en/model", "model.py", "record.py"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(path.stem, name))
    return folder


@pytest.mark.parametrize(
    ("changed", "same"), [({}, True), ({"cues": "x"}, False), ({"places": "x"}, False), ({"record": "x"}, False)]
)
def test_the_version_of_the_rules_changes_with_a_rule_a_table_and_a_noun(
    tmp_path: Path, changed: dict[str, str], same: bool
) -> None:
    before = package_with(tmp_path / "before")
    assert (rules_version(before) == rules_version(package_with(tmp_path / "after", **changed))) is same


def test_the_version_of_the_rules_is_that_of_the_installed_package() -> None:
    assert rules_version() == rules_version(Path(briefing.__file__).parent)
    assert len(rules_version()) == 16


def test_compiled_code_the_model_and_what_trains_it_are_no_rules(tmp_path: Path) -> None:
    before = rules_version(package_with(tmp_path / "before"))
    after = package_with(tmp_path / "after", model="model.py")
    (after / "language" / "data" / "en" / "model").write_text("other weights")  # told apart by Annotator.version
    for name in ("analyze/__pycache__", "language/train"):
        (after / name).mkdir()
        (after / name / "cues.pyc").write_text("x")
    assert rules_version(after) == before


def test_a_changed_rule_is_not_answered_from_what_was_read_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    reading = pipeline.read

    def counted(article: Article, **options: Any) -> Reading:
        read.append(article.id)
        return reading(article, **options)

    monkeypatch.setattr(pipeline, "read", counted)
    (tmp_path / "a.txt").write_text(f"{ARTICLE.text} “It will stay shut,” said Mayor Ingrid Halloran.\n")
    config = parse_config('[profiles.p]\ninputs = ["a.txt"]\nformats = ["json"]\n', folder=tmp_path)
    package = package_with(tmp_path / "package")
    monkeypatch.setattr(kept, "PACKAGE", package)
    counts = []
    for rule in ("one rule", "one rule", "another rule"):
        package_with(package, cues=rule)
        Press(config).make(config.profiles[0], "2026-03-02", None)
        counts.append(len(read))
    assert counts == [1, 1, 2]


def test_the_version_of_our_own_pipeline_is_a_digest() -> None:
    assert Annotator().version == Annotator().version
    assert len(Annotator().version.split()[1]) == 16
