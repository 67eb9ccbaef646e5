"""With what stance: one sentence in, the stance of its attribution out."""

from __future__ import annotations

import pytest

from briefing.analyze.attributions import find_attributions
from briefing.analyze.entities import find_entities
from briefing.analyze.speech.cues import ADJECTIVES, NOUNS, PHRASAL, VERBS, cue_lemma
from briefing.analyze.stance import NEGATED
from briefing.language import Annotator
from briefing.model import STANCES, Article


@pytest.fixture(scope="module")
def annotate() -> Annotator:
    return Annotator()


def stances(annotate: Annotator, text: str) -> list[str | None]:
    article, doc = Article("a", text), annotate(text)
    entities, mentions = find_entities(article, doc)
    return [attribution.stance for attribution in find_attributions(article, doc, entities, mentions)]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Norway said that the talks had ended.", "states"),
        ("Norway backed the plan.", "supports"),
        ("Norway praised the decision.", "supports"),
        ("Norway condemned the attack.", "opposes"),
        ("Norway demanded an apology.", "demands"),
        ("Norway called on Sweden to stop.", "demands"),
        ("Norway rejected the plan.", "rejects"),
        ("Norway refused to sign the treaty.", "rejects"),
        ("Norway denied that it had sent ships.", "denies"),
        ("Norway accused Sweden of lying.", "accuses"),
        ("Norway warned that the talks might fail.", "warns"),
        ("Norway threatened to close the border.", "threatens"),
        ("Norway proposed a new treaty.", "proposes"),
        ("Norway promised to send doctors.", "promises"),
        ("Norway hopes that the talks will go on.", "hopes"),
        ("Norway expects that the talks will fail.", "expects"),
        ("Norway doubted that the talks would help.", "doubts"),
    ],
)
def test_each_stance_has_its_frames(annotate: Annotator, text: str, stance: str):
    assert stances(annotate, text) == [stance]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Norway did not rule out sanctions.", "states"),
        ("Norway did not support the plan.", "opposes"),
        ("Norway did not deny that it had sent ships.", "states"),
        ("Norway does not want a new treaty.", "opposes"),
        ("Norway did not promise to send doctors.", "rejects"),
        ("Norway does not believe that the talks will help.", "doubts"),
        ("Norway rejected calls to leave.", "rejects"),
    ],
)
def test_negation_turns_a_frame(annotate: Annotator, text: str, stance: str):
    assert stances(annotate, text) == [stance]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Norway said it would send doctors.", "promises"),
        ("Norway said it would not sign the treaty.", "rejects"),
        ("Norway said it would expel the ambassador.", "threatens"),
        ("Norway said that Sweden must leave.", "demands"),
        ("Norway said it was ready to sign.", "promises"),
        ("Ana Brandt said she hoped to win.", "hopes"),
        ("“This is an unacceptable proposal,” Ana Brandt said.", "opposes"),
        ("“We will not sign,” Ana Brandt said.", "rejects"),
        ("Norway vowed to retaliate.", "threatens"),
        ("Norway offered to withdraw its troops.", "promises"),
    ],
)
def test_what_is_said_sharpens_a_plain_statement(annotate: Annotator, text: str, stance: str):
    assert stances(annotate, text) == [stance]


def test_every_cue_has_a_stance_of_the_brief():
    frames = [frame for table in (VERBS, PHRASAL) for found in table.values() for frame in found]
    assert {frame.stance for frame in frames} <= set(STANCES)
    assert {*NOUNS.values(), *ADJECTIVES.values(), *NEGATED, *NEGATED.values()} <= set(STANCES)
    assert set(STANCES) <= {frame.stance for frame in frames}


@pytest.mark.parametrize(
    ("word", "lemma"),
    [("boasted", "boast"), ("quipped", "quip"), ("denies", "deny"), ("urging", "urge"), ("red", "red")],
)
def test_regular_forms_lead_to_their_cue(word: str, lemma: str):
    assert cue_lemma(word, word) == lemma


def test_who_owns_to_have_been_wrong_opposes_nothing(annotate: Annotator):
    assert stances(annotate, "“I opposed the register, and I was wrong,” said Karl Berg.") == ["states"]
    assert stances(annotate, "“I opposed the register, and I was right,” said Karl Berg.") == ["opposes"]
