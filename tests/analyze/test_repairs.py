"""Parses with known slips in, mended ones out; the trees are written by hand, so that no parser is asked."""

from __future__ import annotations

from bisect import bisect_left

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from briefing.analyze.speech.cast import Spoke, make_cast
from briefing.analyze.speech.clauses import source_span, subject
from briefing.analyze.speech.quotations import find_quotations
from briefing.analyze.speech.reports import find_reports
from briefing.analyze.speech.speakers import speaker_of
from briefing.analyze.speech.trees import Tree, build_tree
from briefing.model import Entity, Mention


def tree(*rows: str) -> Tree:
    """The tree of tokens given as "word POS TAG label head [lemma]"."""
    table = [row.split() for row in rows]
    words, pos, tags, deps = ([row[column] for row in table] for column in range(4))
    lemmas = [row[5] if len(row) > 5 else row[0].lower() for row in table]
    heads = [int(row[4]) for row in table]
    return build_tree(Doc(Vocab(), words=words, pos=pos, tags=tags, deps=deps, heads=heads, lemmas=lemmas))


def whose(parsed: Tree, verb: str) -> str:
    """The words of the subject of a verb."""
    owner = subject(parsed, parsed.words.index(verb))
    first, last = source_span(parsed, owner) if owner is not None else (0, -1)
    return " ".join(parsed.words[first : last + 1])


def test_a_participle_behind_a_comma_is_no_clause_that_is_said():
    parsed = tree(
        "Stone PROPN NNP nsubj 1", "said VERB VBD ROOT 1 say", ", PUNCT , punct 3", "looking VERB VBG ccomp 1 look",
        "out ADP RP compound:prt 3", ". PUNCT . punct 1",
    )  # fmt: skip
    assert parsed.dep[3] == "advcl"


@pytest.mark.parametrize(("inside", "label"), [("calls", "conj"), ("they", "ccomp")])
def test_a_clause_that_and_opens_is_coordinated_unless_it_has_a_subject(inside: str, label: str):
    subject_or_not = "they PRON PRP nsubj 5" if inside == "they" else "flatly ADV RB advmod 5"
    parsed = tree(
        "Stone PROPN NNP nsubj 1", "said VERB VBD ROOT 1 say", "so ADV RB advmod 1", "and CCONJ CC cc 5",
        subject_or_not, "rejected VERB VBD ccomp 1 reject", "calls NOUN NNS obj 5",
    )  # fmt: skip
    assert parsed.dep[5] == label


def test_a_participle_behind_a_name_is_that_persons():
    parsed = tree(
        "It PRON PRP nsubj 1", "uses VERB VBZ ROOT 1 use", "footage NOUN NN obj 1", "of ADP IN case 4",
        "Stone PROPN NNP nmod 2", "asking VERB VBG xcomp 1 ask",
    )  # fmt: skip
    assert (parsed.dep[5], parsed.head[5]) == ("acl", 4)
    assert subject(parsed, 5) == 4


@pytest.mark.parametrize(("word", "owner"), [("Lunde", "Lunde"), ("Never", ""), ("Frankly", "")])
def test_a_name_that_was_taken_for_an_adverb_is_the_subject(word: str, owner: str):
    parsed = tree(f"{word} ADV RB advmod 1", "told VERB VBD ROOT 1 tell", "them PRON PRP obj 1")
    assert whose(parsed, "told") == owner


def test_a_name_that_was_taken_for_an_auxiliary_ends_the_name_before():
    parsed = tree("Li PROPN NNP nsubj 2", "Chunying AUX VBG aux:pass 2", "said VERB VBD ROOT 2 say")
    assert (parsed.pos[1], parsed.dep[1], parsed.head[1]) == ("PROPN", "flat", 0)


def test_a_verb_that_was_taken_for_a_plural_brings_in_the_quotation():
    rows = ["cameraman NOUN NN compound 2", "replies NOUN NNS ROOT 2 reply", ", PUNCT , punct 2"]
    mark = "“ PUNCT `` punct 5", "we PRON PRP dep 2"
    assert whose(tree("The DET DT det 2", *rows, *mark), "replies") == "The cameraman"
    assert tree("My PRON PRP$ nmod:poss 2", *rows, *mark).pos[2] == "NOUN"


@pytest.mark.parametrize(("part", "owner"), [("NOUN", "The keen cameraman"), ("ADV", "")])
def test_a_noun_that_was_tied_to_a_verb_is_its_subject(part: str, owner: str):
    rows = f"cameraman {part} NN compound 3", "left VERB VBD ROOT 3 leave"
    assert whose(tree("The DET DT det 3", "keen ADJ JJ amod 3", *rows), "left") == owner


def test_a_noun_tied_to_a_verb_that_has_a_subject_is_none():
    parsed = tree("He PRON PRP nsubj 2", "camera NOUN NN compound 2", "left VERB VBD ROOT 2 leave")
    assert subject(parsed, 2) == 0


@pytest.mark.parametrize(("tag", "label"), [("WRB", "ccomp"), ("WP", "advcl")])
def test_the_adverb_of_a_question_is_no_object(tag: str, label: str):
    parsed = tree(
        "She PRON PRP nsubj 1", "asked VERB VBD ROOT 1 ask", f"how ADV {tag} obj 1", "he PRON PRP nsubj 4",
        "felt VERB VBD advcl 2 feel",
    )  # fmt: skip
    assert parsed.dep[4] == label
    assert (parsed.head[4], parsed.head[2]) == ((1, 4) if tag == "WRB" else (2, 1))


@pytest.mark.parametrize(("verb", "owner"), [("say", "plan"), ("tell", None)])
def test_an_object_before_a_clause_without_subject_is_its_subject(verb: str, owner: str | None):
    parsed = tree(
        "She PRON PRP nsubj 1", f"{verb}s VERB VBZ ROOT 1 {verb}", "the DET DT det 3", "plan NOUN NN obj 1",
        "is AUX VBZ cop 5 be", "less ADJ JJR ccomp 1",
    )  # fmt: skip
    assert next((parsed.words[i] for i in parsed.kin(5, ("nsubj",))), None) == owner


@pytest.mark.parametrize(("first", "word"), [("a", "disgrace"), ("a", "week"), ("its", "disgrace")])
def test_what_a_thing_is_called_may_hang_loosely_on_the_verb(first: str, word: str):
    parsed = tree(
        "Stone PROPN NNP nsubj 1", "called VERB VBD ROOT 1 call", "it PRON PRP obj 1", f"{first} DET DT det 4",
        f"{word} NOUN NN obl:unmarked 1",
    )  # fmt: skip
    reports = find_reports(parsed, [False] * len(parsed), set())
    assert [report.content for report in reports] == ([((2, 4),)] if (first, word) == ("a", "disgrace") else [])


def test_of_two_subjects_the_one_behind_of_is_none():
    parsed = tree(
        "Berg PROPN NNP nsubj 4", "of ADP IN case 2", "Beth NOUN NN nmod 0", "Israel PROPN NNP nsubj 4",
        "said VERB VBD ROOT 4 say",
    )  # fmt: skip
    assert subject(parsed, 4) == 0


def test_a_clause_before_a_noun_is_no_part_of_the_noun():
    parsed = tree(
        "All PRON DT nsubj 3", "is AUX VBZ cop 3 be", "a DET DT det 3", "message NOUN NN ROOT 3",
        "saying VERB VBG acl 3 say",
    )  # fmt: skip
    assert whose(parsed, "saying") == "a message saying"


def test_who_is_described_does_not_describe():
    parsed = tree(
        "It PRON PRP nsubj:pass 2", "was AUX VBD aux:pass 2 be", "built VERB VBN ROOT 2 build", "and CCONJ CC cc 4",
        "described VERB VBN conj 2 describe", "as ADP IN case 6", "small ADJ JJ obl 4",
    )  # fmt: skip
    assert subject(parsed, 4) is None


def test_names_in_quotations_are_no_antecedents():
    text = "Berg slept . “ Stone was happy ” . He said so ."
    parsed = tree(
        "Berg PROPN NNP nsubj 1", "slept VERB VBD ROOT 1 sleep", ". PUNCT . punct 1", "“ PUNCT `` punct 6",
        "Stone PROPN NNP nsubj 6", "was AUX VBD cop 6 be", "happy ADJ JJ ROOT 6", "” PUNCT '' punct 6",
        ". PUNCT . punct 6", "He PRON PRP nsubj 10", "said VERB VBD ROOT 10 say", "so ADV RB advmod 10",
        ". PUNCT . punct 10",
    )  # fmt: skip
    entities = [Entity("0", "Karl Berg", "person"), Entity("1", "Hans Stone", "person")]
    mentions = [Mention(text.index(n), text.index(n) + len(n), n, "PERSON", e) for e, n in enumerate(("Berg", "Stone"))]
    quoted = [(q.start, q.end) for q in find_quotations(text)]
    pronoun = bisect_left(parsed.start, text.index("He"))
    for marks, speaker in ((quoted, "Karl Berg"), ([], "Hans Stone")):
        cast = make_cast(entities, mentions, parsed, marks)
        assert speaker_of(cast, parsed, (pronoun, pronoun), pronoun, last=None).name == speaker


@pytest.mark.parametrize(("article", "speaker"), [("The", "Karl Berg"), ("Hans", "Stones")])
@pytest.mark.parametrize("spoke", [True, False])
def test_a_family_is_no_man(article: str, speaker: str, spoke: bool):
    parsed = tree(
        "Berg PROPN NNP nsubj 1", "slept VERB VBD ROOT 1 sleep", ". PUNCT . punct 1", f"{article} DET DT det 4",
        "Stones PROPN NNP nsubj 5", "wept VERB VBD ROOT 5 weep", ". PUNCT . punct 5", "He PRON PRP nsubj 8",
        "said VERB VBD ROOT 8 say", "so ADV RB advmod 8", ". PUNCT . punct 8",
    )  # fmt: skip
    entities = [Entity("0", "Karl Berg", "person"), Entity("1", "Stones", "person")]
    mentions = [Mention(parsed.start[i], parsed.end[i], parsed.words[i], "PERSON", e) for e, i in enumerate((0, 4))]
    last = Spoke(1, 4) if spoke else None
    assert speaker_of(make_cast(entities, mentions, parsed), parsed, (7, 7), 7, last=last).name == speaker
