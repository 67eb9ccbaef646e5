"""The words of a source in, who speaks out. The people are invented; the parse is the package's own."""

from __future__ import annotations

import pytest

from briefing.analyze.attributions import find_attributions
from briefing.analyze.entities import find_entities
from briefing.language import Annotator
from briefing.model import Article


@pytest.fixture(scope="module")
def annotate() -> Annotator:
    return Annotator()


def speakers(annotate: Annotator, text: str) -> list[str | None]:
    """The speakers of a text's attributions, in order."""
    article, doc = Article("a", text), annotate(text)
    return [a.speaker for a in find_attributions(article, doc, *find_entities(article, doc))]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It is late,” said Ada Stone, Lunmark’s chief executive, who will lead the group.", "Ada Stone"),
        ("In a note, Governor of Norway Karl Berg said, “It is late.”", "Karl Berg"),
        ("Karl Berg met the press. Berg's statement added, “It is late.”", "Karl Berg"),
        ("“It is late,” said a letter from Karl Berg.", "Karl Berg"),
        ("“It is late,” said a book about Karl Berg.", None),
        ("Karl Berg released a statement saying, “It is late.”", "Karl Berg"),
        ("“It is late,” Karl Waters said. “We go,” Water said.", "Karl Waters"),
        ("“It is late,” Karl Waters said. “We go,” Walters said of Hans Winters.", "Karl Waters"),
    ],
)
def test_a_source_is_whose_words_it_gives(annotate: Annotator, text: str, speaker: str | None):
    assert speakers(annotate, text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("For Karl Berg, a painter, Hans Stone was a legend. He said, “Stone was the best of us all.”", "Karl Berg"),
        ("Hans Stone spoke to Karl Berg on Monday. He said that Stone had been ill.", "Karl Berg"),
        ("Hans Stone met reporters in Lund.\n\nHe said, “Stone is the best mayor we ever had.”", None),
        ("Ada Stone won the vote on Monday. The woman was glad. She said, “I was not asked.”", None),
        ("Ada Stone won the vote on Monday. She said, “I was not asked.”", "Ada Stone"),
    ],
)
def test_a_pronoun_is_nobody_who_is_spoken_of(annotate: Annotator, text: str, speaker: str | None):
    assert speakers(annotate, text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Norway has sent ships to the strait. It denies that it plans an attack.", "Norway"),
        ("Norway has published a report. It denies that it plans an attack.", None),
        ("Norway has sent ships to the strait.\n\nIt denies that it plans an attack.", None),
    ],
)
def test_it_is_the_subject_of_the_sentence_before(annotate: Annotator, text: str, speaker: str | None):
    assert speakers(annotate, text)[-1] == speaker


def test_a_congregation_does_not_hide_who_speaks(annotate: Annotator):
    text = "In Lund, Rabbi Karl Berg of Congregation Beth Israel said that four members were on the plane."
    assert speakers(annotate, text) == ["Karl Berg"]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Lund police Chief Ada Stone", "Ada Stone"),
        ("Ferry director General Ada Stone, in remarks to Nordnet television,", "Ada Stone"),
        ("The police and Chief Ada Stone", None),
        ("The widow of Chief Ada Stone", None),
    ],
)
def test_an_office_before_a_name_is_not_who_speaks(annotate: Annotator, source: str, speaker: str | None):
    assert speakers(annotate, f"{source} said: “It is late.”") == [speaker]


def test_days_of_the_week_see_and_say_nothing(annotate: Annotator):
    assert speakers(annotate, "Monday will see the “biggest full moon of the year 2018”.") == []


def test_a_pronoun_goes_on_over_names_that_its_speaker_drops(annotate: Annotator):
    text = "Karl Berg spoke in Lund.\n\n“It is morning,” he said.\n\nThe hall was full."
    text += "\n\n“Hans Stone was never happy,” he said.\n\n“We are tired,” he added.\n\nThe people rose."
    text += "\n\n“I will go on,” he said.\n\nThey sang.\n\n“Good night,” he said."
    assert speakers(annotate, text) == ["Karl Berg"] * 5


@pytest.mark.parametrize("who", ["A witness", "The club’s spokesman", "Her lawyer"])
def test_a_pronoun_behind_a_stranger_is_nobody_else(annotate: Annotator, who: str):
    text = f"“It hits us hard,” Karl Berg wrote.\n\n{who} said the plane was full. “It is sad,” he said."
    assert speakers(annotate, text)[-1] is None


def test_the_tail_of_a_name_is_no_country(annotate: Annotator):
    text = "In Lund, Rabbi Karl Berg of Congregation B’nai Israel said victims’ relatives had told him so."
    assert "Israel" not in speakers(annotate, text)
