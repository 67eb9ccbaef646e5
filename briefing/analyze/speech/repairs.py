"""Heads and labels in, mended ones out: slips that parsers make around reports, told by the forms of the verbs."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.analyze.speech.cues import VERBS

CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "conj", "acl", "obl"})
PARTICIPIAL = frozenset({"acl", "xcomp", "advcl"})
AUXILIARY = frozenset({"aux", "aux:pass", "auxpass"})
NEAR = 25  # tokens before a verb that may hang on its object by mistake
MARKS = frozenset({",", "-", "–", "—", "--"})
# adverbs without "-ly" that stand before a verb at the beginning of a sentence
SHORT_ADVERBS = frozenset(
    """when where how why never also now then later here there still even just not so too ever once often always again
    soon already first last next thus yet only instead further perhaps maybe almost seldom today tomorrow yesterday
    tonight well afterwards afterward""".split()
)
AUXILIARY_FORMS = frozenset(
    """am is are was were be been being has have had having do does did can could will would shall should may might must
    ought need dare get gets got""".split()
)
OPENING = frozenset({'"', "“", "”", "„", "«", "''", "``"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubj:outer"})


def names_before_verbs(
    words: Sequence[str], pos: list[str], tag: Sequence[str], dep: list[str], head: list[int]
) -> None:
    """Reads a name as one that was taken for an adverb or auxiliary: "[Lunde] told them", "Li [Chunying] said"."""
    for token in range(len(words) - 1):
        word, verb = words[token], token + 1
        known = word.endswith("ly") or word.lower() in SHORT_ADVERBS | AUXILIARY_FORMS
        if known or not word[:1].isupper() or tag[verb] not in (*FINITE, "VBN"):
            continue
        if token and pos[token - 1] == "PROPN" and pos[token] in ("ADV", "AUX"):
            pos[token], dep[token], head[token] = "PROPN", "flat", token - 1
        elif dep[token] == "advmod" and head[token] == verb and tag[verb] in FINITE:
            pos[token], dep[token] = "PROPN", "nsubj"


def verbs_before_quotations(
    words: Sequence[str],
    lemma: Sequence[str],
    pos: list[str],
    tag: list[str],
    dep: list[str],
    head: list[int],
) -> None:
    """Reads a verb that was taken for a plural before a quotation: "The cameraman [replies], “...”"."""
    for verb in range(2, len(words) - 2):
        marked = words[verb + 1] in (",", ":") and words[verb + 2] in OPENING
        owner = verb - 1
        if not marked or tag[verb] != "NNS" or not _brings_in(lemma[verb]) or tag[owner] != "NN":
            continue
        first = owner
        while first > 0 and head[first - 1] == verb and dep[first - 1] in ("det", "amod", "compound"):
            first -= 1
        if words[first].lower() in ("a", "an", "the") and (first == 0 or pos[first - 1] not in ("ADP", "VERB")):
            pos[verb], tag[verb], dep[owner] = "VERB", "VBZ", "nsubj"
            for token in range(first, owner):
                head[token] = owner


def nouns_before_verbs(pos: Sequence[str], tag: Sequence[str], dep: list[str], head: list[int]) -> None:
    """Reads a noun that was tied to a finite verb as to another noun as its subject: "The [cameraman] replies"."""
    owned = {head[i] for i, label in enumerate(dep) if label in SUBJECTS}
    for noun in range(len(pos) - 1):
        verb, first = noun + 1, noun
        tied = dep[noun] == "compound" and head[noun] == verb and pos[noun] == "NOUN"
        if not tied or tag[verb] not in FINITE or pos[verb] != "VERB" or verb in owned:
            continue
        dep[noun] = "nsubj"
        while first > 0 and head[first - 1] == verb and dep[first - 1] in ("det", "amod", "compound", "nmod:poss"):
            first -= 1
            head[first] = noun


def objects_before_clauses(lemma: Sequence[str], tag: Sequence[str], dep: list[str], head: list[int]) -> None:
    """Reads the object of a verb that tells a clause, right before that clause's finite verb, as the clause's subject.

    "said [the plan] was late"; not of verbs that have an addressee ("told the crew it was late").
    """
    owned = {head[i] for i, label in enumerate(dep) if label in SUBJECTS}
    for thing in range(len(dep) - 1):
        verb, finite = head[thing], thing + 1
        if dep[thing] != "obj" or verb >= thing or tag[finite] not in (*FINITE, "MD") or not _tells(lemma[verb]):
            continue
        clause = finite
        while dep[clause] in (*AUXILIARY, "cop", "advmod") and head[clause] > thing:
            clause = head[clause]
        if dep[clause] == "ccomp" and head[clause] == verb and clause not in owned:
            dep[thing], head[thing] = "nsubj", clause


def _tells(lemma: str) -> bool:
    """Whether the verb takes a clause, and no addressee."""
    takes = "".join(frame.takes for frame in VERBS.get(lemma, ()))
    return "s" in takes and "a" not in takes


def _brings_in(lemma: str) -> bool:
    return any("q" in frame.takes for frame in VERBS.get(lemma, ()))


def mend(
    words: Sequence[str], lemma: Sequence[str], pos: Sequence[str], tag: Sequence[str], dep: list[str], head: list[int]
) -> tuple[list[int], list[str]]:
    """Heads and labels, mended.

    - A subject hung on an auxiliary is its verb's: "Norway [has rejected] ...".
    - A verb read as an adjective ("Norway on Friday [rejected calls]") governs its noun.
    - A participle behind a comma is no clause that is said: "said Brandt, [looking] at the crowd".
    - A finite clause that "and" opens is coordinated, not said: "Brandt said that ..., and [rejected] calls".
    - A participle right behind a name is that person's: "footage of Brandt [saying] ...".
    - A question's adverb is no object: "asked [how] she felt" governs how she felt.
    - "Brandt said he would resign and warned ...": both verbs are past, so both are hers.
    - ", adding that ..." belongs to the outermost verb before it, not to one inside the content.
    """
    heads, labels = list(head), list(dep)
    for token, label in enumerate(dep):
        if label in SUBJECTS and dep[head[token]] in AUXILIARY and head[head[token]] > head[token]:
            heads[token] = head[head[token]]
        elif label == "ccomp" and tag[token] == "VBG" and token > 0 and words[token - 1] == ",":
            labels[token] = "advcl"
        elif label == "ccomp" and _is_coordinated(token, tag, dep, head):
            labels[token] = "conj"
        elif (
            label in PARTICIPIAL and tag[token] == "VBG" and (owner := _named_before(token, words, pos, tag, dep, head))
        ):
            heads[token], labels[token] = owner, "acl"
        elif label == "advcl" and tag[head[token]] == "WRB" and dep[head[token]] == "obj" and head[token] < token:
            adverb = head[token]
            heads[token], labels[token] = head[adverb], "ccomp"
            heads[adverb], labels[adverb] = token, "advmod"
        elif label == "amod" and token < head[token] and lemma[token] in VERBS and _is_verb(token, pos, tag, dep, head):
            _govern(token, heads, labels, behind_comma=token > 0 and words[token - 1] == ",")
    owned = {heads[i] for i, label in enumerate(labels) if label in SUBJECTS}
    for token, label in enumerate(labels):
        if pos[token] != "VERB" or lemma[token] not in VERBS:
            continue
        new = None
        if label == "conj" and tag[token] in FINITE and token not in owned:
            new = _same_form_above(token, tag, labels, heads)
        elif label == "advcl" and tag[token] == "VBG" and _is_set_off(token, words):
            new = _outermost_before(token, pos, labels, heads)
        if new is not None:
            heads[token] = new
    return heads, labels


def _is_coordinated(token: int, tag: Sequence[str], dep: Sequence[str], head: Sequence[int]) -> bool:
    """Whether a finite verb behind its governor has an "and" of its own and no subject."""
    own = {dep[i] for i in range(head[token] + 1, token) if head[i] == token}
    return tag[token] in FINITE and tag[head[token]] in FINITE and "cc" in own and not own & SUBJECTS


def _is_set_off(token: int, words: Sequence[str]) -> bool:
    """Whether a mark stands before the token, "while" aside: ", adding that", "- while chanting"."""
    before = token - 2 if token > 1 and words[token - 1].lower() == "while" else token - 1
    return before >= 0 and words[before] in MARKS


def _named_before(
    token: int, words: Sequence[str], pos: Sequence[str], tag: Sequence[str], dep: Sequence[str], head: Sequence[int]
) -> int | None:
    """The name right before the token that hangs on its phrase with "of", "from", "by" or "with"."""
    name = token - 1
    while name > 0 and dep[name] in ("compound", "flat") and head[name] < token:
        name = head[name]
    first = name
    while first > 0 and pos[first - 1] == "PROPN":
        first -= 1
    linked = first > 0 and words[first - 1].lower() in ("of", "from", "by", "with")
    return name if pos[token - 1] == pos[name] == "PROPN" and tag[name] == "NNP" and linked else None


def _is_verb(token: int, pos: Sequence[str], tag: Sequence[str], dep: Sequence[str], head: Sequence[int]) -> bool:
    """Whether a form read as an adjective is the verb: finite, or right behind a name in a phrase without article."""
    if tag[token] in FINITE:
        return True
    named = token > 0 and pos[token - 1] == "PROPN" and head[token - 1] == head[token]
    article = any(dep[i] == "det" and head[i] == head[token] for i in range(max(0, token - NEAR), token))
    return tag[token] == "VBN" and named and not article


def _govern(verb: int, heads: list[int], labels: list[str], *, behind_comma: bool) -> None:
    """Makes the verb the governor of the noun it hung on, and of what stands before it.

    Behind a comma the noun is its subject: "..., [said the mayor]".
    """
    noun = heads[verb]
    heads[verb] = verb if heads[noun] == noun else heads[noun]
    labels[verb] = labels[noun]
    heads[noun], labels[noun] = verb, "nsubj" if behind_comma else "obj"
    if behind_comma:
        labels[verb] = "parataxis"
        return
    for token in range(max(0, verb - NEAR), verb):
        if heads[token] == noun:
            heads[token] = verb
            if labels[token] in ("compound", "nmod", "det"):
                labels[token] = "nsubj"


def _same_form_above(token: int, tag: Sequence[str], dep: Sequence[str], head: Sequence[int]) -> int | None:
    """The governor further up that has the verb's form when the nearest one has not."""
    nearest = head[token]
    if tag[nearest] == tag[token]:
        return None
    above = nearest
    while dep[above] in CLAUSAL and head[above] != above:
        above = head[above]
        if tag[above] == tag[token]:
            return above
    return None


def _outermost_before(token: int, pos: Sequence[str], dep: Sequence[str], head: Sequence[int]) -> int | None:
    """The topmost verb before the token that governs it through clauses."""
    best, above = None, head[token]
    while head[above] != above and dep[above] in CLAUSAL:
        above = head[above]
        if pos[above] == "VERB" and above < token:
            best = above
    return best
