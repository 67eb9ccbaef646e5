"""Whether an occasion took place, is planned, was called off, or is only wished for: the status of its verb or noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from briefing.analyze.meet.verb_groups import HELPERS, clause_start, finite_of, group_start, is_finite, is_headline
from briefing.analyze.meet.view import Scene
from briefing.analyze.meet.words import (
    ANOTHER,
    CANCEL,
    CANCELLED_ADJECTIVES,
    CARRIED,
    DENIED,
    HOLD,
    LEMMAS,
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
# "past": long ago, by the words of the clause
Reality = Literal["held", "planned", "cancelled", "now", "past"]

DEEPEST = 3  # verbs that are asked in turn ("flew to Paris to meet")
WILL = frozenset("will 'll ’ll shall wo ll".split())
MAYBE = frozenset("could might may can should must ca need ought".split())
NEVER = frozenset("not n't n’t never no neither nor without hardly".split())
IF = frozenset("if unless whether lest would".split())
PERFECT = frozenset("has have had having was were been".split())
PRESENT_BE = frozenset("is are am 's ’s 're be".split())
UNREAL_NOUNS = frozenset(
    "call calls called calling request requests proposal proposals possibility prospect prospects invitation offer "
    "hope hopes idea chance demand lack absence refusal rejection appeal appeals push bid suggestion likelihood rumor "
    "talk question need case opportunity readiness willingness condition conditions attempt attempts effort efforts "
    "room no without against".split()
)
PLANNED_NOUNS = frozenset("plan plans preparation preparations schedule eve arrangement arrangements ahead".split())
SETTINGS = frozenset(
    "at during in after before following".split()
)  # what happens at a meeting says that it takes place
COURSE = frozenset("last continue run end focus cover go".split())  # "is expected to last": of one that has begun, too
UNLIKELY = frozenset("unlikely impossible pointless possible premature unnecessary question no away remote far".split())


def verb_reality(scene: Scene, verb: Token, depth: int = 0) -> Reality | None:
    """How real what a verb tells is; None for what is denied, wished for or conditional."""
    first = group_start(scene, verb.i)
    words = {token.lower_ for token in scene.doc[first : verb.i]}
    if verb.pos_ == "AUX" and verb.i + 1 < len(verb.doc):
        words.add(verb.doc[verb.i + 1].lower_)  # "did not"
    if words & NEVER or depth > DEEPEST or not _is_asserted(scene, first):
        return None
    if words & WILL:
        return "planned"
    if "would" in words or "'d" in words:
        return "planned" if _is_reported(scene, first) else None
    if words & MAYBE:
        return None
    if "to" in words or (first > 0 and scene.doc[verb.i - 1].lower_ == "to"):
        return _infinitive(scene, verb, depth)
    if "going" in words:
        return "planned"
    if verb.tag_ == "VBD" or words & PERFECT:
        return "held"
    if verb.lower_.endswith("ing") and not words & PRESENT_BE:
        return _participle(scene, verb, depth)
    return "held" if verb.tag_ == "VBN" and not words & PRESENT_BE else "now"


def tense(scene: Scene, verb: Token) -> Reality:
    """Past, future or neither, of a verb that tells of a meeting known from elsewhere."""
    words = {token.lower_ for token in scene.doc[group_start(scene, verb.i) : verb.i]}
    if words & (WILL | MAYBE | {"to", "would"}):
        return "planned"
    return "held" if verb.tag_ == "VBD" or words & PERFECT else "now"


def is_cancelled(verb: Token) -> bool:
    """True for "cancelled", "postponed", "called off"."""
    lemma = LEMMAS.get(verb.lower_) or verb.lemma_.lower()
    off = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    return lemma in CANCEL or (lemma == "call" and off == "off") or (lemma in ("pull", "back") and off == "out")


def _is_reported(scene: Scene, first: int) -> bool:
    """True in "she said that they would meet": a plan told by someone."""
    start = clause_start(scene, first)
    return any(token.lemma_.lower() in REPORTING for token in scene.doc[max(0, start - 2) : start])


def _is_asserted(scene: Scene, first: int) -> bool:
    """False when the clause that holds token `first` is denied, doubted, merely wished for, or a condition."""
    start = clause_start(scene, first)
    if start == 0 or start == scene.doc[first].sent.start:
        return True
    before = scene.doc[start - 1]
    opens = before.i == before.sent.start or scene.doc[before.i - 1].text == ","
    if before.lower_ in IF or (before.lower_ in ("had", "should", "were") and opens):
        return False
    governor = (
        before if is_finite(scene, before) else scene.doc[start - 2] if before.lower_ == "that" and start > 1 else None
    )
    if governor is None:
        return True
    lemma = governor.lemma_.lower()
    if {token.lower_ for token in scene.doc[group_start(scene, governor.i) : governor.i]} & NEVER:
        return False
    return not (lemma in DENIED or (lemma in WISHING and lemma not in PLANNING))


def _infinitive(scene: Scene, verb: Token, depth: int) -> Reality | None:
    """The reality of "to meet": that of the word before it, else of the verb it tells the purpose of."""
    doc = scene.doc
    index = verb.i - 1
    while index > verb.sent.start and doc[index].lower_ != "to":
        index -= 1
    before = doc[index - 1] if index > verb.sent.start else verb
    while before.i > verb.sent.start and before.pos_ == "ADV":
        before = doc[before.i - 1]
    verdict = _verdict(scene, before)
    if verdict != "ask":
        return verdict
    if is_headline(scene, verb):
        return "planned"
    finite = finite_of(scene, before) if before.i != verb.i else None
    if finite is None or finite.i > verb.i:
        return None
    for token in doc[finite.i : index]:
        if token.i not in scene.names and (token.lower_ in WISHING or token.lemma_.lower() in WISHING - PLANNING):
            return None
        if token.lemma_.lower() in PLANNING and token.i not in scene.names:
            return "planned"
        carried = token.lemma_.lower() in CARRIED and token.pos_ == "VERB"
        stays = token.lemma_.lower() == "be" and doc[token.i + 1].lower_ in ("in", "at", "here")  # "is in Bern to meet"
        if stays or carried or token.lemma_.lower() in TRAVEL | {"gather", "visit", "leave", "convene", "return"}:
            return verb_reality(scene, finite, depth + 1)
    return None


def _verdict(scene: Scene, before: Token) -> Reality | Literal["ask"] | None:
    """What the word before "to meet" makes of it; "ask" when it is no word of planning or wishing."""
    if before.i in scene.names:
        return "ask"
    lemma, low = before.lemma_.lower(), before.lower_
    if low in WISHING or (lemma in WISHING and lemma not in PLANNING):
        return None
    group = {token.lower_ for token in scene.doc[group_start(scene, before.i) : before.i + 1]}
    if low in PLANNED_NOUNS and _is_lacking(scene, before):
        return None
    if lemma in PLANNING or low in PLANNED_NOUNS:
        return None if group & (NEVER | MAYBE) or not _is_asserted(scene, group_start(scene, before.i)) else "planned"
    if lemma == "be":
        return None if group & NEVER else "planned"
    return "ask"


def _is_lacking(scene: Scene, noun: Token) -> bool:
    """True for "no plans", "does not have immediate plans"."""
    start = max(noun.sent.start, noun.i - 5)
    return any(token.lower_ in NEVER and token.i not in scene.names for token in scene.doc[start : noun.i])


def _participle(scene: Scene, verb: Token, depth: int) -> Reality | None:
    before = scene.doc[verb.i - 1].lower_ if verb.i > verb.sent.start else ""
    if before in ("after", "since", "following", "upon"):
        return "held"
    if before in ("before", "of"):
        return "planned"
    if before in ("while", "when", "by", ",", "and"):
        finite = finite_of(scene, verb)
        return verb_reality(scene, finite, depth + 1) if finite is not None and finite.i != verb.i else None
    return None


def noun_reality(scene: Scene, noun: Token, first: int, verb: Token | None) -> Reality | None:
    """How real the occasion is that a noun names; `first` is the first token of its phrase, `verb` what governs it."""
    doc = scene.doc
    words = {token.lower_ for token in doc[first : noun.i]}
    before = [token.lower_ for token in doc[max(noun.sent.start, first - 3) : first]]
    if words & UNREAL_ADJECTIVES or UNREAL_NOUNS & set(before):
        return None
    if words & ANOTHER and (verb is None or not _is_arranged(scene, verb)):
        return None
    if (verb is None or verb.i > noun.i) and not _is_asserted(scene, first):
        return None
    if before[-1:] and before[-1] in ("after", "since", "following"):
        return "held"
    if before[-1:] == ["before"]:
        return "now" if verb is not None and verb.tag_ in ("VBD", "VBN") else "planned"
    if set(before) & PLANNED_NOUNS and before[-1] in ("of", "for"):
        return "planned"
    told = _by_verb(scene, noun, verb, before[-1] if before else "")
    if words & CANCELLED_ADJECTIVES and told != "planned":
        return "cancelled"
    if words & PLANNED_ADJECTIVES:
        return told if told in (None, "cancelled") else "planned"
    return told


def _is_arranged(scene: Scene, verb: Token) -> bool:
    """True for "held further talks", "another round is set for Monday": the occasion itself is told, not a wish."""
    around = scene.doc[max(verb.sent.start, verb.i - 3) : min(verb.sent.end, verb.i + 4)]
    fixed = any(token.lower_ in PLANNING or token.lemma_.lower() in PLANNING | HOLD for token in around)
    return fixed and any(scene.date_at(token) is not None for token in verb.sent)


def _by_verb(scene: Scene, noun: Token, verb: Token | None, preposition: str) -> Reality | None:
    if verb is None:
        return "now"
    if verb.i > noun.i:
        return _of_subject(scene, verb) if preposition not in SETTINGS else tense(scene, verb)
    lemma = verb.lemma_.lower()
    if is_cancelled(verb):
        words = {token.lower_ for token in scene.doc[group_start(scene, verb.i) : verb.i]}
        return None if words & (NEVER | MAYBE | {"to"}) else "cancelled"
    if lemma in (WISHING | DENIED) - PLANNING and preposition not in SETTINGS:
        return None
    reality = verb_reality(scene, verb)
    return "planned" if reality and lemma in PLANNING and preposition not in SETTINGS else reality


def _of_subject(scene: Scene, finite: Token) -> Reality | None:
    """The reality of an occasion that is the subject: "talks were held", "the summit was postponed", "is unlikely"."""
    doc = scene.doc
    stop = min(finite.sent.end, finite.i + 5)
    rest = [token for token in doc[finite.i : stop] if token.i not in scene.names]
    main = next((t for t in rest if t.pos_ == "VERB" or (t.pos_ == "ADJ" and t.lower_ in PLANNING)), finite)
    told = [*doc[finite.i : main.i + 1], *([] if main.pos_ == "VERB" else rest)]
    if any(token.lower_ in UNLIKELY | NEVER for token in told):
        return None
    if is_cancelled(main):
        return "cancelled"
    lemma = main.lemma_.lower()
    if lemma in PLANNING or main.lower_ in PLANNING:
        lasts = any(token.lower_ in COURSE for token in doc[main.i : main.i + 3])
        return "now" if lasts else "planned"
    if lemma in WISHING:
        return None
    between = {token.lower_ for token in doc[finite.i : main.i]} | {finite.lower_}
    if between & MAYBE or (main.i == finite.i and finite.tag_ == "MD" and finite.lower_ in MAYBE):
        return None
    if between & WILL or (between & PRESENT_BE and "to" in between & HELPERS):
        return "planned"
    return "held" if finite.tag_ == "VBD" or between & PERFECT else "now"
