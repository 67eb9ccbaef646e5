"""The words of an article that tell of meetings, each read by its own reader: a scene in, its occasions out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing.analyze.meet import words
from briefing.analyze.meet.delegations import read_delegation, read_presence
from briefing.analyze.meet.occasion_nouns import is_occasion, read_noun
from briefing.analyze.meet.occasion_verbs import VERBS, read_face_to_face, read_play_host
from briefing.analyze.meet.occasions import Occasion, lemma_of
from briefing.analyze.meet.verb_groups import is_plain_present
from briefing.analyze.meet.view import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

WORD = re.compile(r"\w+")


def find_occasions(scene: Scene) -> Iterator[Occasion]:
    """The occasions of an article in the order of its text."""
    words_found = WORD.finditer(scene.article.text)
    found = sorted({scene.token(match.start()) for match in words_found if match[0].lower() in words.TRIGGERS})
    # what may own a date or a place
    triggers = frozenset(index for index in found if _is_trigger(scene.doc[index]) and not _is_sideline(scene, index))
    for index in found:
        token = scene.doc[index]
        if (index in scene.names and not _may_be_named(scene, token)) or _is_question(token):
            continue
        occasion = _read(scene, token, triggers)
        if occasion is not None:
            yield occasion


def _is_trigger(token: Token) -> bool:
    """True for words that may own a date or a place: the verbs of meeting and the nouns of occasions."""
    if token.lower_ == "visiting" and token.i and token.doc[token.i - 1].pos_ == "DET":
        return False  # "the visiting chancellor"
    if token.lower_ in words.FORMATS:
        return is_occasion(token, token.lower_)
    return lemma_of(token) in words.FORMATS or lemma_of(token) in words.MEET


def _is_sideline(scene: Scene, index: int) -> bool:
    """True for the conference in "met on the sidelines of the conference in Munich", which owns no place or date."""
    return any(token.lower_ in ("sidelines", "margins") for token in scene.doc[max(0, index - 6) : index])


def _may_be_named(scene: Scene, token: Token) -> bool:
    """True for the last word of a name that ends in an occasion ("the G7 summit"), not for words inside other names."""
    name = scene.names[token.i]
    return name.last == token.i and name.label == "EVENT"


def _is_question(token: Token) -> bool:
    return token.sent.text.rstrip().rstrip("”\"'’").endswith("?")


def _read(scene: Scene, token: Token, triggers: frozenset[int]) -> Occasion | None:
    lemma, low = lemma_of(token), token.lower_
    if low in words.DELEGATIONS:
        return read_delegation(scene, token, triggers)
    if low == "host" and token.i and lemma_of(scene.doc[token.i - 1]) == "play":
        return read_play_host(scene, token, triggers)
    if low == "face":
        return read_face_to_face(scene, token, triggers)
    if low == "headquarters":
        return read_presence(scene, token)
    is_verb = token.pos_ in ("VERB", "AUX") or low in ("met", "shook") or is_plain_present(scene, token)
    is_verb = is_verb or _stands_as_verb(scene, token)
    is_verb = is_verb and not (low == "call" and token.i > 0 and scene.doc[token.i - 1].lower_ in words.CALLS)
    if is_verb:
        forms = {lemma, low, low.removesuffix("ing")}  # a verb taken for a noun has no verb's lemma
        reader = next((read for kinds, read in VERBS if forms & kinds), None)
        return reader(scene, token, triggers) if reader else None
    kind = words.FORMATS.get(low) or words.FORMATS.get(lemma)
    if kind == "meeting" and token.i and scene.doc[token.i - 1].lower_ == "summit":
        kind = "summit"
    return read_noun(scene, token, kind, triggers) if kind and is_occasion(token, low) else None


def _stands_as_verb(scene: Scene, token: Token) -> bool:
    """True for "to host Anna Berg", "after meeting Anna Berg", "closeted with" where the tagger saw no verb."""
    if token.i == 0 or token.i + 1 >= len(scene.doc):
        return False
    if token.pos_ == "ADJ" and token.lower_.endswith("ed"):
        return scene.doc[token.i + 1].lower_ == "with"
    before, after = scene.doc[token.i - 1].lower_, scene.doc[token.i + 1]
    object_follows = token.i + 1 in scene.names or after.pos_ in ("DET", "PROPN") or after.tag_ == "PRP$"
    ways = (
        ("after", "before", "since", "while", "when", "by") if token.lower_.endswith("ing") else ("to", "will", "would")
    )
    return before in ways and object_follows
