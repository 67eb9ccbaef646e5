"""Readings are kept by content and version."""

from dataclasses import replace
from pathlib import Path

from briefing.language import Annotator
from briefing.model import Entity, Mention, Reading
from briefing.store import Database, Readings
from tests.daily.office import ARTICLE, Clock


def test_a_reading_comes_back_for_the_same_content_and_version_only(tmp_path: Path) -> None:
    database = Database(tmp_path / "store.sqlite")
    readings = Readings(database, version="en 1", clock=Clock())
    reading = Reading("a", (Entity("0", "Varnholm", "place", mentions=1),), (Mention(22, 30, "Varnholm", "GPE", 0),))
    readings.put(ARTICLE, reading)
    assert readings.get(ARTICLE) == reading
    assert readings.get(replace(ARTICLE, text="Another text.")) is None
    assert readings.get(replace(ARTICLE, published="2022-03-08")) is None
    assert Readings(database, version="en 2", clock=Clock()).get(ARTICLE) is None


def test_the_version_of_our_own_pipeline_is_a_digest() -> None:
    assert Annotator().version == Annotator().version
    assert len(Annotator().version.split()[1]) == 16
