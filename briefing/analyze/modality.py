"""Whether an occasion took place, is planned, was called off, or is only wished for: the status of its verb or noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from briefing.analyze.meeting_words import (
    CANCEL,
    CANCELLED_ADJECTIVES,
    DENIED,
    PLANNED_ADJECTIVES,
    PLANNING,
    REPORTING,
    TRAVEL,
    UNREAL_ADJECTIVES,
    WISHING,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

# "now": present tense, or no tense at all; the date tells whether it is held or planned
Reality = Literal["held", "planned", "cancelled", "now"]

FAR_UP = 5  # governors that are asked; a longer chain is a parse gone wrong
WILL = frozenset("will 'll ’ll shall wo ll".split())
MAYBE = frozenset("could might may can should must ca need ought".split())
NEVER = frozenset("not n't n’t never no neither nor without hardly".split())
IF = frozenset("if unless whether lest".split())
UNREAL_NOUNS = frozenset(
    "call request proposal possibility prospect invitation offer hope idea chance demand lack absence refusal rejection "
    "appeal push bid suggestion likelihood rumor rumour talk question need case opportunity readiness willingness condition "
    "conditions prospects hopes calls requests proposals appeals attempt attempts effort efforts venue room".split()
)
PLANNED_NOUNS = frozenset(
    "plan plans preparation preparations schedule date eve arrangement arrangements agenda".split()
)
SUBORDINATE = ("ccomp", "xcomp", "advcl", "acl", "csubj", "acl:relcl", "conj", "parataxis", "obl", "advcl:relcl")


def verb_reality(verb: Token, depth: int = 0) -> Reality | None:
    """How real what a verb tells is; None for what is denied, wished for or conditional."""
    words = {child.lower_ for child in verb.children if child.i < verb.i} | _just_before(verb)
    if words & NEVER or words & IF or depth > FAR_UP:
        return None
    own = _own_reality(verb, words, depth)
    return own if own is not None and not _is_denied_above(verb) else None


def tense(verb: Token) -> Reality:
    """Past, future or neither, of a verb that tells of a meeting known from elsewhere."""
    words = _just_before(verb) | {child.lower_ for child in verb.children if child.i < verb.i}
    if words & (WILL | MAYBE | {"to", "would"}):
        return "planned"
    return "held" if verb.tag_ == "VBD" or words & {"was", "were", "had", "has", "have"} else "now"


def _just_before(verb: Token) -> set[str]:
    """The words of the verb group as they stand before the verb, whatever the parse made of them."""
    words: set[str] = set()
    for index in range(verb.i - 1, max(-1, verb.i - 5), -1):
        token = verb.doc[index]
        if token.pos_ in ("AUX", "ADV", "PART") or token.tag_ in ("MD", "TO") or token.lower_ in NEVER:
            words.add(token.lower_)
        else:
            break
    return words


def _own_reality(verb: Token, words: set[str], depth: int) -> Reality | None:
    if words & WILL:
        return "planned"
    if "would" in words or "'d" in words:
        reported = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in REPORTING | PLANNING
        return "planned" if reported else None
    if words & MAYBE:
        return None
    if "to" in words:
        return _infinitive(verb, depth)
    if words & {"going"}:
        return "planned"
    if verb.tag_ == "VBD" or words & {"has", "have", "had", "having", "was", "were", "been"}:
        return "held"
    if verb.tag_ == "VBG" and not words & {"is", "are", "am", "'s", "'re", "be"}:
        return _participle(verb, depth)
    return "held" if verb.tag_ == "VBN" and verb.dep_ != "root" and not words & {"is", "are"} else "now"


def _infinitive(verb: Token, depth: int) -> Reality | None:
    """The reality of "to meet": that of the word it hangs on, which stands right before it or governs it."""
    index = verb.i - 1
    while index > 0 and verb.doc[index].tag_ != "TO":
        index -= 1
    before = verb.doc[index - 1] if index > 0 else verb
    while before.i > 0 and before.pos_ == "ADV":
        before = before.doc[before.i - 1]
    for token in (before, verb.head):
        lemma = token.lemma_.lower()
        if token.lower_ in WISHING or lemma in WISHING:
            return None
        if lemma in PLANNING or token.lower_ in PLANNED_NOUNS:
            sure = not any(child.lower_ in NEVER for child in token.children) and not _just_before(token) & NEVER
            return "planned" if sure else None
        if lemma == "be":
            return None if _just_before(token) & NEVER or (token.i + 1 < index) else "planned"
    if verb.head.lemma_.lower() in TRAVEL | {"gather", "convene", "invite", "leave"} and verb.head.i != verb.i:
        return verb_reality(verb.head, depth + 1)
    return None


def _participle(verb: Token, depth: int) -> Reality | None:
    before = verb.doc[verb.i - 1].lower_ if verb.i else ""
    if before in ("after", "since", "following", "upon", "on"):
        return "held"
    if before in ("before", "of"):
        return "planned"
    if before in ("while", "when", "by", ","):
        return verb_reality(verb.head, depth + 1) if verb.head.i != verb.i else None
    return None


def _is_denied_above(verb: Token) -> bool:
    """True when a governing verb denies, doubts or merely wishes what the clause says, or a condition holds it."""
    token = verb
    for _ in range(FAR_UP):
        if token.head.i == token.i or token.dep_ not in SUBORDINATE:
            return False
        if any(child.dep_ == "mark" and child.lower_ in IF for child in token.children):
            return True
        governor = token.head
        lemma = governor.lemma_.lower()
        if token.dep_ in ("ccomp", "xcomp") and (lemma in DENIED or lemma in WISHING):
            return True
        if token.dep_ in ("ccomp", "xcomp") and lemma not in REPORTING and _just_before(governor) & NEVER:
            return True
        token = governor
    return False


def noun_reality(noun: Token, first: int, verb: Token | None) -> Reality | None:
    """How real the occasion is that a noun names; `first` is the first token of its phrase, `verb` what governs it."""
    words = {token.lower_ for token in noun.doc[first : noun.i]}
    if words & UNREAL_ADJECTIVES or _hangs_on(noun, UNREAL_NOUNS):
        return None
    if words & CANCELLED_ADJECTIVES:
        return "cancelled"
    before = noun.doc[first - 1].lower_ if first else ""
    if before in ("after", "since", "following"):
        return "held"
    if before in ("before", "of") and _hangs_on(noun, frozenset(["ahead", "eve"])):
        return "planned"
    if verb is not None and is_cancelled(verb):
        return "cancelled"
    if words & PLANNED_ADJECTIVES or _hangs_on(noun, PLANNED_NOUNS):
        return "planned"
    if verb is None:
        return "now"
    return _by_verb(noun, verb, before)


def _by_verb(noun: Token, verb: Token, before: str) -> Reality | None:
    lemma = verb.lemma_.lower()
    governed = noun.head.i == verb.i and noun.dep_ in (
        "obj",
        "dobj",
        "nsubj:pass",
        "nsubjpass",
        "obl",
        "xcomp",
        "ccomp",
    )
    if (
        governed
        and lemma in WISHING
        and lemma not in PLANNING
        and not (noun.dep_ == "obl" and before in ("at", "during", "in"))
    ):
        return None
    reality = verb_reality(verb)
    if lemma in PLANNING and governed:
        return "planned" if reality else None
    return reality


def _hangs_on(noun: Token, words: frozenset[str]) -> bool:
    """True when the phrase follows one of the words through a preposition: "calls for talks", "eve of the summit"."""
    index = noun.left_edge.i if noun.left_edge.i < noun.i else noun.i
    for back in range(index, max(-1, index - 3), -1):
        if noun.doc[back].lower_ in words:
            return back < noun.i
    return noun.head.i < noun.i and noun.dep_ in ("nmod", "pobj") and noun.head.lower_ in words


def is_cancelled(verb: Token) -> bool:
    """True for "cancelled", "postponed", "called off"."""
    lemma = verb.lemma_.lower()
    off = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    if lemma in CANCEL:
        return not _just_before(verb) & (NEVER | MAYBE | {"to"})
    return lemma == "call" and off == "off" and not _just_before(verb) & (NEVER | MAYBE)
