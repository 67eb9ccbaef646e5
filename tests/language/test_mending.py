"""Verbs that were read as plural nouns, mended; plural nouns left alone."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from briefing.language.mending import mend_verbs

COUNTED = (("Two", "CD", "nummod", 2), ("Oslo", "NNP", "compound", 2), ("bids", "NNS", "ROOT", 2))
CLAUSE = (("it", "PRP", "nsubj", 3), ("lied", "VBD", "ccomp", 1))


def parsed(*words: tuple[str, str, str, int]) -> Doc:
    texts, tags, deps, heads = zip(*words, strict=True)
    return Doc(Vocab(), words=list(texts), tags=list(tags), deps=list(deps), heads=list(heads))


def test_a_plural_with_a_clause_for_its_object_is_a_verb_and_the_name_before_it_its_subject() -> None:
    doc = parsed(("Oslo", "NNP", "compound", 1), ("denies", "NNS", "ROOT", 1), *CLAUSE)
    assert [verb.text for verb in mend_verbs(doc)] == ["denies"]
    assert [(token.tag_, token.dep_) for token in doc[:2]] == [("NNP", "nsubj"), ("VBZ", "ROOT")]
    assert doc[1].pos_ == "VERB"


def test_a_clause_with_that_was_read_as_one_of_a_noun() -> None:
    doc = parsed(
        ("Oslo", "NNP", "compound", 1),
        ("claims", "NNS", "ROOT", 1),
        ("that", "IN", "mark", 4),
        ("it", "PRP", "nsubj", 4),
        ("lied", "VBD", "acl", 1),
    )
    assert [verb.text for verb in mend_verbs(doc)] == ["claims"]
    assert doc[4].dep_ == "ccomp"


@pytest.mark.parametrize(
    "words",
    [
        (("former", "JJ", "amod", 1), ("envoys", "NNS", "ROOT", 1), *CLAUSE),  # no name before it
        (("Oslo", "NNP", "compound", 1), ("denies", "VBZ", "ROOT", 1), *CLAUSE),  # read rightly
        (("Oslo", "NNP", "compound", 1), ("men", "NNS", "ROOT", 1), *CLAUSE),  # no verb ends like this
        (("Oslo", "NNP", "compound", 1), ("envoys", "NNS", "ROOT", 1), ("met", "VBD", "acl", 1)),  # no "that"
        (*COUNTED, ("lied", "VBD", "ccomp", 2)),
    ],
)  # fmt: skip
def test_other_words_are_left_alone(words: tuple[tuple[str, str, str, int], ...]) -> None:
    doc = parsed(*words)
    before = [(token.tag_, token.dep_) for token in doc]
    assert mend_verbs(doc) == []
    assert [(token.tag_, token.dep_) for token in doc] == before
