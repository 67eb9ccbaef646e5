"""A tagged and parsed document in, the same out with verbs that were read as plurals mended ("Oslo denies it lied").

Headlines and short news sentences put a verb in -s behind a bare name, as the treebanks seldom do. A plural noun takes
no clause as its object: what does, behind a capitalized word that touches it, is a verb and that word its subject.
"""

from __future__ import annotations

import numpy as np
from spacy.attrs import DEP
from spacy.tokens import Doc, Token

PLURAL, VERB = "NNS", "VBZ"
CLAUSES = ("ccomp", "acl")  # relations of a clause to the verb or noun it belongs to
NOT_OF_VERBS = frozenset({"det", "case", "nummod", "nmod:poss", "cop"})  # relations that show a noun
BEFORE_NOUNS = frozenset({"compound", "amod", "nmod", "nsubj"})  # how the subject was read


def mend_verbs(doc: Doc) -> list[Token]:
    """The verbs, their part of speech and their subjects' relation mended; their lemma is still to be set."""
    mended = []
    kinds = [doc.vocab.strings.add(kind) for kind in CLAUSES]
    for at in np.flatnonzero(np.isin(doc.to_array(DEP), kinds)):
        clause = doc[int(at)]
        if clause.head.tag_ == PLURAL and _is_verb(clause.head, clause):
            verb = clause.head
            subject = doc[verb.i - 1]
            verb.tag_, verb.pos_, subject.dep_, clause.dep_ = VERB, "VERB", "nsubj", "ccomp"
            mended.append(verb)
    return mended


def _is_verb(word: Token, clause: Token) -> bool:
    if word.dep_ != "ROOT" or not word.text.endswith("s") or word.is_sent_start or clause.i < word.i:
        return False
    before = word.nbor(-1)
    finite = clause.dep_ == "ccomp" or any(child.text == "that" for child in clause.lefts)
    return (
        finite
        and before.head == word
        and before.dep_ in BEFORE_NOUNS
        and before.text[:1].isupper()
        and not any(child.dep_ in NOT_OF_VERBS for child in word.children)
    )
