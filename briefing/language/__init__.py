"""Text in, annotated document out: sentences, tags, lemmas, dependencies and names, by a spaCy pipeline of our own.

Importing this room loads no model and no spaCy; the pipeline is read once per process, when it is first called.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import InputError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Annotator"]

OWN = {"en": Path(__file__).parent / "data" / "en"}  # names of the pipelines in the package


@dataclass(frozen=True, slots=True)
class Annotator:
    """Reads text with the named spaCy pipeline: one of ours ("en"), an installed package, or a folder.

    Calling it gives the `Doc` of the whole text, white space included: `token.idx` is the offset in the text. Ours
    sets `pos_` (UPOS), `tag_` (Penn Treebank), `lemma_`, `dep_` and `head` (Universal Dependencies), `sents`, and
    `ents` labelled PERSON, ORG, GPE, LOC, NORP, EVENT or DATE. The value holds only the name, so that it pickles.
    """

    name: str = "en"

    def __call__(self, text: str) -> Doc:
        """The annotated document of one text; raises `InputError` when no pipeline has that name."""
        from briefing.language.speed import one_thread

        nlp = _pipeline(self.name)
        with one_thread():
            return nlp(text)

    @property
    def version(self) -> str:
        """What tells one pipeline from another of the same name: a digest of ours, the version of an installed one."""
        return _version(self.name)

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """The annotated documents of the texts, in order, one by one, so that none depends on its neighbours."""
        return map(self, texts)


@functools.cache
def _version(name: str) -> str:
    if name not in OWN:
        return f"{name} {_pipeline(name).meta['version']}"
    digest = hashlib.sha256()
    for path in sorted(OWN[name].parent.rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return f"{name} {digest.hexdigest()[:16]}"


@functools.cache
def _pipeline(name: str) -> Language:
    if name not in OWN:
        import spacy

        try:
            return spacy.load(name)
        except OSError as error:
            known = ", ".join(OWN)
            way = "install that pipeline's package, or give its folder"
            raise InputError(f"no language pipeline {name!r}; there is {known}; {way}") from error
    from briefing.language.components import load

    return load(OWN[name])
