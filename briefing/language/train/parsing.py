"""Tagger and parser, trained by spaCy on one shared encoder."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import spacy
from spacy.language import Language
from spacy.training.batchers import minibatch_by_words
from thinc.api import Adam, compounding, fix_random_seed

from briefing.language.components import SPACE_TAG
from briefing.language.train.treebank import Sentence, Word, example, examples
from briefing.language.train.vectors import Floats, small
from briefing.language.vectors import REGISTERED, WordVectors

WORDS = 50_000  # with a vector: 98 % of what any have of the words of the treebanks' development part
WIDTH, DEPTH = 96, 6  # numbers per word and layers of the shared encoder
ROWS = [5000, 1000, 2500, 2500]  # of the hash embeddings of norm, prefix, suffix and shape
HIDDEN = 128  # numbers in the parser's hidden layer
BATCH, LARGEST = 200, 1000  # words per step, at first and at most
GROWTH = 1.0006  # by which a step is larger than the one before: small steps learn fast, large ones settle
PEAK, WARM = 0.002, 200  # learning rate and the steps until it is reached
LAST = 0.2  # share of the learning rate at the end
DROP = 0.15  # share of the numbers that are left out at random
REPORT = 500_000  # words between two reports
PARAGRAPHS = (  # so that every label is known from the start, that of blank lines too
    Word("Hello", False, "UH", "INTJ", "hello", 0, "ROOT"),
    Word("\n\n", False, SPACE_TAG, "SPACE", "\n\n", -1, "dep"),
)

CONFIG: dict[str, Any] = {
    "tok2vec": {
        "model": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": WIDTH,
                "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                "rows": ROWS,
                "include_static_vectors": True,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": WIDTH,
                "depth": DEPTH,
                "window_size": 1,
                "maxout_pieces": 3,
            },
        }
    },
    "tagger": {
        "model": {
            "@architectures": "spacy.Tagger.v2",
            "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "*"},
        }
    },
    "parser": {
        "min_action_freq": 20,
        "model": {
            "@architectures": "spacy.TransitionBasedParser.v2",
            "state_type": "parser",
            "extra_state_tokens": True,  # the children of the first words on the stack, too
            "hidden_width": HIDDEN,
            "maxout_pieces": 2,
            "use_upper": True,
            "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "*"},
        },
    },
}


def blank(words: Sequence[str], vectors: Floats) -> Language:
    """English with tokenizer, sentence rules, word vectors, and an untrained encoder, tagger and parser.

    `vectors` are those of the words, most frequent first; the pipeline keeps some of them.
    """
    nlp = spacy.blank("en", config={"nlp": {"vectors": {"@vectors": REGISTERED}}})
    rows, grain = small(vectors[:WORDS])
    nlp.vocab.vectors = WordVectors(words[:WORDS], rows, grain, strings=nlp.vocab.strings)
    nlp.add_pipe("briefing_sentences", name="sentences")
    for name in ("tok2vec", "tagger", "parser"):
        nlp.add_pipe(name, config=CONFIG[name])
    return nlp


def train_parser(
    nlp: Language,
    documents: Sequence[Sequence[Sentence]],
    *,
    epochs: int,
    seed: int,
    report: Callable[[int, Language], None] = lambda step, nlp: None,
    report_every: int = REPORT,
) -> None:
    """Trains in place for some epochs; the weights left are the running averages.

    `report` is called with the words seen, every so many of them, with the averages in place.
    """
    fix_random_seed(seed)
    chance = random.Random(seed)
    first = [example(document, nlp.vocab) for document in (*documents, [PARAGRAPHS])]
    nlp.initialize(lambda: first)
    optimizer = Adam(PEAK, L2=0.01, grad_clip=1.0, L2_is_weight_decay=True, use_averages=True)
    total = epochs * sum(len(sentence) for document in documents for sentence in document)
    sizes: Any = compounding(BATCH, LARGEST, GROWTH)
    step, seen = 0, 0
    for _ in range(epochs):
        for batch in minibatch_by_words(examples(documents, nlp.vocab, chance), size=sizes):
            optimizer.learn_rate = _rate(step, min(1.0, seen / total))
            nlp.update(batch, sgd=optimizer, drop=DROP)
            step, before = step + 1, seen
            seen += sum(len(one.reference) for one in batch)
            if seen // report_every > before // report_every:
                with nlp.use_params(optimizer.averages):
                    report(seen, nlp)
    _keep_averages(nlp, optimizer.averages)


def _rate(step: int, gone: float) -> float:
    return PEAK * min((step + 1) / WARM, 1 - (1 - LAST) * gone)


def _keep_averages(nlp: Language, averages: Mapping[tuple[int, str], Any]) -> None:
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None else ():
            for name in node.param_names:
                if (node.id, name) in averages:
                    node.set_param(name, averages[node.id, name])
