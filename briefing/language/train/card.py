"""What was trained, on what, and how well it reads: the model card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.language import Language

from briefing.language.train.corpora import Corpus
from briefing.language.train.naming import ITERATIONS
from briefing.language.train.parsing import DEPTH, WIDTH, WORDS
from briefing.language.train.treebank import Sentence, example
from briefing.language.train.window import SEEN

PARTS = ("tok2vec", "tagger", "parser")

CARD = """# The English pipeline

Tags, lemmas, dependencies and names of English news, as a spaCy pipeline. The files in `en/` and this card are what
`python -m briefing.language.train` makes. The trained files are data under
[CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/), not under the licence of the code.

- Tagger and parser: a convolutional encoder ({depth} layers, {width} wide) with hash embeddings of norm, prefix, suffix
  and shape, and the word vectors below, which stay as they are; labels of Universal Dependencies; {epochs} epochs in
  steps of 200 words at first and 1,000 at last, the learning rate falling to a fifth, the weights averaged; sentence
  starts come from rules and are given to the parser.
- Names (PERSON, ORG, GPE, LOC, NORP): a conditional random field over words, shapes, runs of capitals, the parse,
  tables of known names, and clusters of the vectors of all words ({iterations} iterations of L-BFGS, the weights
  rounded to whole numbers), whose sums are added to those of a perceptron over the vectors of the words around
  ({seen:,} words seen); paragraphs were copied with other names and as headlines. Tables of names correct what both
  say and tell GPE from LOC. Within an article, equal words get equal labels. EVENT and DATE come from rules.
- Seed {seed}, one thread: a run is repeatable. Languages: English only. Meant for news; social media, transcripts and
  verse read worse.

## Data

| Data | Licence |
|---|---|
| GloVe 6B, {words:,} word vectors of its authors, 100 numbers each, rounded to a byte | PDDL 1.0, public domain |
| Universal Dependencies English EWT | CC BY-SA 4.0 |
| Universal Dependencies English GUM, CC BY part | CC BY 4.0 |
{corpora}

## Figures

On the development part of the treebanks, with gold tokens and sentences: tags {tag:.1f}, unlabelled attachment
{uas:.1f}, labelled attachment {las:.1f} (all tokens, punctuation too). Figures for names and sentences stand in
`docs/decisions/0003-an-own-pipeline.md`, floors in `tests/quality/`.
"""


def scores(nlp: Language, documents: Sequence[Sequence[Sentence]]) -> dict[str, float]:
    """Per cent of the words with the right tag ("tag"), head ("uas"), and head and relation ("las")."""
    right = {"tag": 0, "uas": 0, "las": 0}
    total = 0
    for document in documents:
        both = example(document, nlp.vocab)
        doc = both.predicted
        for part in PARTS:
            doc = nlp.get_pipe(part)(doc)
        for found, gold in zip(doc, both.reference, strict=True):
            head = found.head.i == gold.head.i
            right["tag"] += found.tag_ == gold.tag_
            right["uas"] += head
            right["las"] += head and found.dep_.lower() == gold.dep_.lower()
            total += 1
    return {name: 100 * count / total for name, count in right.items()}


def card(corpora: Sequence[Corpus], seed: int, epochs: int, figures: Mapping[str, float]) -> str:
    """The text of the model card."""
    rows = dict.fromkeys(f"| {corpus.name}{_share(corpus)} | {corpus.licence} |" for corpus in corpora)
    return CARD.format(
        corpora="\n".join(rows),
        seed=seed,
        epochs=epochs,
        iterations=ITERATIONS,
        seen=SEEN,
        words=WORDS,
        depth=DEPTH,
        width=WIDTH,
        **figures,
    )


def _share(corpus: Corpus) -> str:
    return f", {corpus.take} of {corpus.step} paragraphs" if corpus.step > 1 else ""
