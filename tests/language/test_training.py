"""The pipeline's training, end to end on a treebank and a name corpus of a few invented sentences."""

from __future__ import annotations

import io
import json
import lzma
import tarfile
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from briefing.language.components import load_plain
from briefing.language.train import __main__ as training
from briefing.language.train import window
from briefing.language.train.corpora import CORPORA
from briefing.language.train.vectors import MEMBER

SENTENCES = (
    (("Envoys", "met", "Olga", "Marsh", "."), ("nsubj", "ROOT", "obj", "flat", "punct"), (1, 1, 1, 2, 1)),
    (("Nobody", "left", "Geneva", "early", "."), ("nsubj", "ROOT", "obj", "advmod", "punct"), (1, 1, 1, 1, 1)),
)
TAGS = (("NNS", "VBD", "NNP", "NNP", "."), ("NN", "VBD", "NNP", "RB", "."))
POS = (("NOUN", "VERB", "PROPN", "PROPN", "PUNCT"), ("PRON", "VERB", "PROPN", "ADV", "PUNCT"))
TEXT = "Envoys met Olga Marsh. Nobody left Geneva early."
NAMES = [[11, 21, "PERSON"], [35, 41, "LOC"]]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few words that they are soon seen often enough."""
    monkeypatch.setattr(window, "SEEN", 50_000)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    vocab = spacy.blank("en").vocab
    docs = [
        Doc(
            vocab,
            words=words,
            spaces=[True] * 3 + [False] * 2,
            deps=deps,
            heads=heads,
            tags=tags,
            pos=pos,
            lemmas=words,
        )
        for (words, deps, heads), tags, pos in zip(SENTENCES, TAGS, POS, strict=True)
        for _ in range(20)
    ]
    for part in ("train", "dev"):
        DocBin(attrs=["TAG", "POS", "LEMMA", "HEAD", "DEP", "SPACY"], docs=docs).to_disk(tmp_path / f"ud-{part}.spacy")
    line = json.dumps({"text": TEXT, "entities": NAMES}) + "\n"
    for corpus in CORPORA:
        (tmp_path / f"{corpus.file}.jsonl.xz").write_bytes(lzma.compress((line * 10).encode()))
    return tmp_path


@pytest.fixture
def vectors(tmp_path: Path) -> str:
    words = sorted({word.lower() for forms, _, _ in SENTENCES for word in forms})
    table = {
        "dimensions": 3,
        "words": words,
        "vectors": {word: [len(word), word.count("e"), at] for at, word in enumerate(words)},
    }
    content = json.dumps(table).encode()
    info = tarfile.TarInfo(MEMBER)
    info.size = len(content)
    with tarfile.open(tmp_path / "vectors.tgz", "w:gz") as packed:
        packed.addfile(info, io.BytesIO(content))
    return str(tmp_path / "vectors.tgz")


def folder(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()}


def test_one_run_makes_the_whole_pipeline_and_its_card(corpora: Path, vectors: str, tmp_path: Path) -> None:
    output = tmp_path / "one" / "en"
    assert training.main([str(corpora), vectors, "--output", str(output), "--epochs", "2"]) == 0
    nlp = load_plain(output)
    assert nlp.pipe_names == ["sentences", "tok2vec", "tagger", "parser", "words", "names"]
    assert [entity.text for entity in nlp(TEXT).ents] == ["Olga Marsh", "Geneva"]
    assert "geneva" in nlp.vocab.vectors
    card = (output.parent / "MODEL.md").read_text(encoding="utf-8")
    assert all(corpus.name in card and corpus.licence in card for corpus in CORPORA)


def test_names_are_learnt_from_parsed_sentences(
    corpora: Path, vectors: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn, seen = training.train_names, []

    def watched(sentences, *rest):
        seen.extend(sentences)
        return learn(seen, *rest)

    monkeypatch.setattr(training, "train_names", watched)
    training.main([str(corpora), vectors, "--output", str(tmp_path / "en"), "--epochs", "2"])
    assert seen
    assert all(tag and relation and head for _, syntax, _ in seen for tag, relation, head in syntax)


@pytest.mark.slow
def test_the_same_seed_makes_the_same_files_and_so_does_going_on_from_the_parser(
    corpora: Path, vectors: str, tmp_path: Path
) -> None:
    whole, again, later = (tmp_path / name / "en" for name in ("whole", "again", "later"))
    for output in (whole, again):
        training.main([str(corpora), vectors, "--output", str(output), "--epochs", "2"])
    training.main([str(corpora), vectors, "--output", str(later), "--epochs", "2", "--parser", str(whole)])
    assert folder(again) == folder(whole)
    assert folder(later) == folder(whole)


def test_the_corpus_without_a_licence_text_can_be_left_out(corpora: Path, vectors: str, tmp_path: Path) -> None:
    (corpora / "gmb-train.jsonl.xz").unlink()
    output = tmp_path / "without" / "en"
    training.main([str(corpora), vectors, "--output", str(output), "--epochs", "1", "--without-gmb"])
    assert "Groningen" not in (output.parent / "MODEL.md").read_text(encoding="utf-8")
