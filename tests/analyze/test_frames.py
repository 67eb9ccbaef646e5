"""The words around a quotation in, whether it is speech and which of them say so. The people are invented."""

from __future__ import annotations

import pytest

from briefing.analyze.attributions import find_attributions
from briefing.analyze.entities import find_entities
from briefing.language import Annotator
from briefing.model import Article, Attribution


@pytest.fixture(scope="module")
def annotate() -> Annotator:
    return Annotator()


def read(annotate: Annotator, text: str) -> tuple[Attribution, ...]:
    article, doc = Article("a", text), annotate(text)
    return find_attributions(article, doc, *find_entities(article, doc))


def holding(annotate: Annotator, text: str, words: str) -> Attribution:
    """The attribution whose content has the words."""
    found = read(annotate, text)
    holders = [a for a in found if any(words in span.text for span in a.content)]
    assert len(holders) == 1, [(a.source, a.cue, a.content) for a in found]
    return holders[0]


def source(attribution: Attribution) -> str:
    return attribution.source.text if attribution.source else ""


def cue(attribution: Attribution) -> str:
    return attribution.cue.text if attribution.cue else ""


@pytest.mark.parametrize(
    ("text", "words", "whose", "by"),
    [
        ("Ada Stone had a plan. To her, “there is no better way to tell it.”", "no better way", "her", "To"),
        ("She left because to Stone, “there is no better way to tell it.”", "no better way", "Stone", "to"),
        ("The law was, as Ada Stone put it, “a gift to the rich.”", "a gift", "Ada Stone", "put it"),
        ("“Will it rain?” Ada Stone said, looking out on the harbour.", "Will it", "Ada Stone", "said"),
        ("The film ends with footage of Ada Stone saying, “That makes me smart.”", "smart", "Ada Stone", "saying"),
        ("“Promise me,” Stone sings to Karl before asking him, “Where do we go?”", "Promise", "Stone", "sings"),
        ("The council mourned in these lines for her:\n\n“She was brave,” Stone wrote.", "brave", "Stone", "wrote"),
        ("It was bad, it said, in the end: “We were too late,” the union wrote.", "too late", "the union", "wrote"),
        ("“The girls remain captive,” the Lund Press reports.", "captive", "the Lund Press", "reports"),
        (
            "“He was kind,” confirmed union spokesman Jean-Paul Berg.",
            "kind",
            "union spokesman Jean-Paul Berg",
            "confirmed",
        ),
        ("“You want to pet him?” Mr. Stone asked his daughters.", "pet him", "Mr. Stone", "asked"),
        ("“We swear an oath,” explained newly-minted Speaker Ada Stone.", "oath", "Speaker Ada Stone", "explained"),
        ("The cameraman replies, “We are only students here.”", "students", "The cameraman", "replies"),
        ("“I didn't send it out” Ada Stone said, though she does not know who did.", "send it", "Ada Stone", "said"),
    ],
)
def test_a_frame_has_source_and_cue(annotate: Annotator, text: str, words: str, whose: str, by: str):
    attribution = holding(annotate, text, words)
    assert (attribution.kind, source(attribution), cue(attribution)) == ("direct", whose, by)


def test_a_sentence_of_its_own_behind_a_quotation_is_no_frame(annotate: Annotator):
    text = "“It is over,” said Ada Stone. “That will be heard.” He has had calls from three towns, Karl Berg said."
    assert source(holding(annotate, text, "That will be heard")) == "Ada Stone"
    assert source(holding(annotate, text, "three towns")) == "Karl Berg"


def test_words_that_go_on_outside_the_marks_are_content_and_no_source(annotate: Annotator):
    text = "“It takes a leader who has the depth and the patience” to deal with the crisis, said Karl Berg."
    attribution = holding(annotate, text, "to deal with the crisis")
    assert (attribution.kind, source(attribution)) == ("mixed", "Karl Berg")


def test_speech_may_leave_the_last_words_of_its_sentence_outside(annotate: Annotator):
    text = "“It is a disgrace,” Ada Stone said of the bank. “You went on television to blame thousands of” workers."
    assert source(holding(annotate, text, "You went on television")) == "Ada Stone"


def test_a_participle_that_gives_a_name_brings_in_no_speech(annotate: Annotator):
    for text in (
        "The show ends with a print called “Cowboys and Horses of Lund”.",
        "The bill, known as the “Fair Pay Act,” failed.",
    ):
        assert read(annotate, text) == ()


def test_a_past_tense_is_not_taken_for_a_name_giving_participle(annotate: Annotator):
    text = "Ada Stone, executive director of the fund, called for more schools in a statement."
    assert source(holding(annotate, text, "schools")) == "Ada Stone, executive director of the fund,"


def test_a_sentence_in_marks_goes_on_with_who_is_told_of_right_before(annotate: Annotator):
    text = "Ada Stone criticized the plan on Monday. “It is a disgrace for this town.”"
    assert source(holding(annotate, text, "a disgrace")) == "Ada Stone"
    assert source(holding(annotate, text, "the plan")) == "Ada Stone"
    nobody = "The plan was criticized on Monday. “It is a disgrace for this town.”"
    assert not any(a.kind == "direct" for a in read(annotate, nobody))


def test_speech_goes_on_past_a_caption(annotate: Annotator):
    text = "Ada Stone said: “It is a joy.\n\nThe players (Photo: Lund Post)\n\n“We worked hard for it.”"
    assert [span.text for span in holding(annotate, text, "worked hard").content] == [
        "It is a joy.",
        "We worked hard for it.",
    ]


def test_each_signature_is_its_own_quotations(annotate: Annotator):
    text = "“The town needs a bridge.” ― Ada Stone\n“He has said bad things time and again.” ― Carlos Raúl"
    assert source(holding(annotate, text, "bad things")) == "Carlos Raúl"


def test_a_call_to_follow_somebody_is_no_speech(annotate: Annotator):
    text = '"STONE: We will win.\n\n"BERG: Thank you very much.\n\n"Follow Ada Lund on Twitter @adalund."'
    assert not any("Follow" in span.text for a in read(annotate, text) for span in a.content)


def test_one_piece_outside_marks_makes_a_content_mixed(annotate: Annotator):
    text = "Mills “got an agreement with them,” Ada Stone said, and still “got to sit in on every talk of May.”"
    assert all(a.kind != "direct" for a in read(annotate, text))


def test_a_reference_names_its_author(annotate: Annotator):
    text = "Ada Stone. “Council calls for a probe into lost papers” — The Lund Sun, August 16, 2008"
    assert source(holding(annotate, text, "a probe")) == "Ada Stone"


def test_a_word_that_is_talked_about_is_no_speech(annotate: Annotator):
    text = "“Rage at the Queen” is a word that does not appear in the paper, though author Ada Stone criticizes her."
    assert not any(a.kind == "direct" for a in read(annotate, text))


def test_a_label_in_capitals_is_no_speaker(annotate: Annotator):
    assert not any(cue(a) == ":" for a in read(annotate, "UPDATE: Karl Berg defended himself against the charges."))
    assert cue(holding(annotate, "BERG: We will win the vote.", "We will win")) == ":"


def test_who_is_asked_does_not_ask(annotate: Annotator):
    found = read(annotate, "Asked Wednesday about the testimony, Stone said that she had nothing to add.")
    assert [(source(a), cue(a)) for a in found] == [("Stone", "said")]
