"""Tagger and parser, trained by spaCy on one shared encoder."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from thinc.api import Adam, fix_random_seed

from briefing.language.train.treebank import Sentence, _spaced, example, examples

WIDTH, DEPTH = 96, 4  # numbers per word and layers of the shared encoder: the best speed for its accuracy
ROWS = [5000, 1000, 2500, 2500]  # of the hash embeddings of norm, prefix, suffix and shape
HIDDEN = 64  # numbers in the parser's hidden layer
BATCH = 1500  # words per step
PEAK, WARM = 0.002, 200  # learning rate and the steps until it is reached

CONFIG: dict[str, Any] = {
    "tok2vec": {
        "model": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": WIDTH,
                "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                "rows": ROWS,
                "include_static_vectors": False,
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
            "extra_state_tokens": False,
            "hidden_width": HIDDEN,
            "maxout_pieces": 2,
            "use_upper": True,
            "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "*"},
        },
    },
}


def blank() -> Language:
    """English with tokenizer, sentence rules, and an untrained encoder, tagger and parser."""
    nlp = spacy.blank("en")
    nlp.add_pipe("briefing_sentences", name="sentences")
    for name in ("tok2vec", "tagger", "parser"):
        nlp.add_pipe(name, config=CONFIG[name])
    return nlp


def train_parser(
    nlp: Language,
    documents: Sequence[Sequence[Sentence]],
    *,
    seconds: float,
    seed: int,
    clock: Callable[[], float] = time.process_time,
    report: Callable[[str], None] = print,
    check: Callable[[Language], str] = lambda nlp: "",
    check_every: int = 400,
) -> None:
    """Trains in place until `seconds` of `clock` have gone; the weights left are the running averages."""
    fix_random_seed(seed)
    chance = random.Random(seed)
    first = [example([_spaced(s) for s in document], nlp.vocab) for document in documents]
    nlp.initialize(lambda: first)
    optimizer = Adam(learn_rate=PEAK, L2=0.01, grad_clip=1.0, L2_is_weight_decay=True, use_averages=True)
    started, step, epoch = clock(), 0, 0
    losses: dict[str, float] = {}
    while True:
        epoch += 1
        for batch in minibatch_by_words(examples(documents, nlp.vocab, chance), size=BATCH):
            gone = (clock() - started) / seconds
            if gone >= 1:
                with nlp.select_pipes(disable=[]), nlp.use_params(optimizer.averages):
                    report(f"epoch {epoch} step {step}: {check(nlp)}")
                    for _, component in nlp.pipeline:
                        pass
                _keep_averages(nlp, optimizer)
                return
            optimizer.learn_rate = _rate(step, gone)
            nlp.update(batch, sgd=optimizer, losses=losses)
            step += 1
            if step % check_every == 0:
                with nlp.use_params(optimizer.averages):
                    report(f"epoch {epoch} step {step} ({clock() - started:.0f} s): {losses} {check(nlp)}")
                losses = {}


def _rate(step: int, gone: float) -> float:
    return PEAK * min(1.0, (step + 1) / WARM) * max(0.02, 1 - gone)


def _keep_averages(nlp: Language, optimizer: Adam) -> None:
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if model is not None:
            for node in model.walk():
                for name in node.param_names:
                    average = optimizer.averages.get((node.id, name))
                    if average is not None and node.has_param(name):
                        node.set_param(name, average)
