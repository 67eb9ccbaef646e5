"""The pipeline in the package, read and used as every room uses it."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from briefing.errors import InputError
from briefing.language import OWN, Annotator

TEXT = """HARBOR TALKS RESUME

Deputy Foreign Minister Irina Volkova met Tomas Lindqvist of the European Commission in Geneva on Tuesday.

“We will not sign this,” Volkova told reporters. Mr. Lindqvist, who arrived from Brussels, said the U.S. and France
had agreed to the plan.

The Black Sea ports have been closed since World War II ended in Norway, Swedish officials said."""


@pytest.fixture(scope="module")
def annotate() -> Annotator:
    return Annotator()


def test_importing_the_room_loads_no_spacy() -> None:
    code = "import sys, briefing.language; sys.exit('spacy' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_token_offsets_are_offsets_of_the_text(annotate: Annotator) -> None:
    doc = annotate(TEXT)
    assert doc.text == TEXT
    assert all(TEXT[token.idx : token.idx + len(token)] == token.text for token in doc)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\n\nA b.\n\n\n", "\t“Hm”", "a" * 300, "🙂 e\u0301 \u2028 x"])
def test_odd_texts_are_read_too(annotate: Annotator, text: str) -> None:
    assert annotate(text).text == text


def test_sentences_are_those_of_the_rules(annotate: Annotator) -> None:
    from briefing.language.sentences import sentences

    doc = annotate(TEXT)
    assert [sentence.text.strip() for sentence in doc.sents] == [TEXT[start:end] for start, end in sentences(TEXT)]
    assert all(token.head in sentence for sentence in doc.sents for token in sentence)


def test_same_text_same_annotation_whatever_was_read_before() -> None:
    def reading(annotate: Annotator) -> list[object]:
        doc = annotate(TEXT)
        words = [(t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i) for t in doc]
        return [*words, *((e.start_char, e.end_char, e.label_) for e in doc.ents)]

    annotate = Annotator()
    first = reading(annotate)
    list(annotate.pipe(["Other words entirely, unseen and unheard.", TEXT.upper()]))
    assert reading(annotate) == first


def test_the_annotator_pickles_as_its_name(annotate: Annotator) -> None:
    assert pickle.loads(pickle.dumps(annotate)) == annotate
    assert len(pickle.dumps(annotate)) < 200


def test_an_unknown_pipeline_is_an_error() -> None:
    with pytest.raises(InputError, match="no language pipeline 'no_such_pipeline'"):
        Annotator("no_such_pipeline")("text")


def test_names_are_found_and_labelled(annotate: Annotator) -> None:
    found = {(entity.text, entity.label_) for entity in annotate(TEXT).ents}
    wanted = {
        ("Irina Volkova", "PERSON"),
        ("Volkova", "PERSON"),
        ("Tomas Lindqvist", "PERSON"),
        ("Lindqvist", "PERSON"),
        ("European Commission", "ORG"),
        ("Geneva", "GPE"),
        ("Brussels", "GPE"),
        ("U.S.", "GPE"),
        ("France", "GPE"),
        ("Swedish", "NORP"),
        ("Tuesday", "DATE"),
        ("World War II", "EVENT"),
    }
    assert wanted <= found


def test_parse_tags_and_lemmas_are_there(annotate: Annotator) -> None:
    doc = annotate(TEXT)
    words = {token.text: token for token in doc}
    assert words["met"].lemma_ == "meet"
    assert words["told"].lemma_ == "tell"
    assert (words["Volkova"].pos_, words["told"].pos_) == ("PROPN", "VERB")
    assert any(token.text == "Volkova" and token.dep_ == "nsubj" and token.head.text == "told" for token in doc)
    assert all(token.dep_ and token.tag_ and token.pos_ for token in doc)


def test_the_pipeline_is_small() -> None:
    assert sum(path.stat().st_size for path in OWN["en"].rglob("*") if path.is_file()) < 20_000_000


def test_the_pipeline_loads_within_a_second_of_processor_time() -> None:
    code = (
        "import time, spacy, briefing.language.components as c; from briefing.language import OWN; "
        "t = time.process_time(); c.load(OWN['en']); print(time.process_time() - t)"
    )
    seconds = []
    while len(seconds) < 3 and min(seconds, default=9) > 1:
        done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, capture_output=True, text=True)
        seconds.append(float(done.stdout))
    assert min(seconds) < 1
