"""A cue's frame and what is said in, one of the brief's stances out."""

from __future__ import annotations

from collections.abc import Callable

from briefing.analyze.cues import ADJECTIVES, PHRASAL, VERBS
from briefing.analyze.trees import SUBJECTS, Tree

# what a frame turns into when it is negated: "did not rule out" keeps a door open, "would not commit" shuts one
NEGATED = {
    "supports": "opposes",
    "opposes": "states",
    "demands": "states",
    "rejects": "states",
    "denies": "states",
    "accuses": "states",
    "warns": "states",
    "threatens": "states",
    "proposes": "states",
    "promises": "rejects",
    "hopes": "opposes",
    "expects": "doubts",
    "doubts": "states",
}
THINKING = frozenset("think believe know see feel understand accept suppose imagine".split())
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "barely", "nobody", "none"})
OATHS = frozenset({"vow", "swear"})  # promises to do harm are threats; pledges and offers are not
FIRST_PERSON = frozenset({"i", "we"})
THIRD_PERSON = frozenset({"he", "she", "it", "they"})
FUTURE = frozenset({"will", "would", "'ll", "’ll", "shall", "wo", "wouldn", "ll"})
OBLIGATION = frozenset({"must", "should", "ought"})
OBLIGATION_VERBS = frozenset({"have", "need"})
# an own act of these announced beforehand is a threat rather than a promise
ADVERSE = frozenset(
    """attack bomb strike invade retaliate punish boycott ban impose suspend withdraw expel cut sever break blockade
    tighten close shut block jail arrest detain deport sanction fight resume kill destroy annex seize confiscate fire
    sue prosecute veto curb halt stop freeze cancel revenge avenge crush respond escalate abandon quit leave
    deploy target hit bar disqualify dissolve mobilize mobilise""".split()
)
# a judgment on what is talked of, as predicate or before its noun
DISAPPROVING = frozenset(
    """unacceptable wrong illegal unlawful unjust unfair outrageous ridiculous absurd disgraceful shameful disgusting
    appalling deplorable irresponsible reckless dangerous unconstitutional immoral terrible horrible awful disastrous
    unjustified unwarranted inexcusable intolerable inadmissible hypocritical cynical cruel misguided disgrace outrage
    mistake disaster shame insult betrayal farce crime nonsense madness scandal travesty provocation violation
    bad useless pointless insufficient inadequate disappointing regrettable""".split()
)
APPROVING = frozenset(
    """welcome great excellent wonderful fantastic historic admirable commendable encouraging superb brilliant
    constructive remarkable outstanding laudable""".split()
)
MODAL_STANCES = frozenset({"states", "expects", "promises"})

SameActor = Callable[[int], bool]


def stance_of(tree: Tree, head: int, stance: str, complement: int | None, *, is_self: SameActor, direct: bool) -> str:
    """The stance of a cue whose frame alone gives `stance`, read together with negation and its content.

    `head` is the cue's word, `complement` the word that heads the content, `is_self` tells whether a token of the content
    means the source, `direct` whether the content is in quotation marks, so that "I" and "we" are the source.
    """
    if is_negated(tree, head):
        return "doubts" if stance == "states" and tree.lemma[head] in THINKING else NEGATED.get(stance, stance)
    if stance not in MODAL_STANCES or complement is None:
        return stance
    return _of_content(tree, head, complement, stance, is_self=is_self, direct=direct)


def is_negated(tree: Tree, token: int) -> bool:
    """Whether the token, or an auxiliary or subject of it, carries a negation."""
    for child in tree.children[token]:
        if tree.lemma[child] in NEGATIONS or tree.words[child].lower() in NEGATIONS:
            return True
        if tree.dep[child] in SUBJECTS and any(tree.lemma[c] in NEGATIONS for c in tree.children[child]):
            return True
    above = tree.head[token]
    return tree.dep[token] == "xcomp" and above != token and tree.pos[above] != "AUX" and any(
        tree.lemma[c] in NEGATIONS for c in tree.children[above]
    )  # fmt: skip


def _of_content(tree: Tree, cue: int, head: int, stance: str, *, is_self: SameActor, direct: bool) -> str:
    own = _subject(tree, head)
    is_own = own is None or is_self(own) or (direct and tree.lemma[own] in FIRST_PERSON)
    if tree.dep[head] in ("xcomp", "advcl") or stance != "states":
        adverse = is_own and tree.lemma[head] in ADVERSE and not is_negated(tree, head)
        return "threatens" if adverse and (stance != "promises" or tree.lemma[cue] in OATHS) else stance
    if _obliges(tree, head):
        return "states" if is_own and own is not None else "demands"
    if own is not None and is_own and (inner := _own_frame(tree, head)):
        return NEGATED.get(inner, inner) if is_negated(tree, head) else inner
    if own is not None and _is_future(tree, head):
        return _announced(tree, head, is_own=is_own)
    return _judgment(tree, head) or stance


def _subject(tree: Tree, head: int) -> int | None:
    return next(tree.kin(head, SUBJECTS), None)


def _obliges(tree: Tree, head: int) -> bool:
    """Whether the clause says what must be done."""
    if any(tree.lemma[c] in OBLIGATION or tree.words[c].lower() in OBLIGATION for c in tree.kin(head, ("aux",))):
        return True
    return tree.lemma[head] in OBLIGATION_VERBS and tree.first(head, "xcomp") is not None


def _own_frame(tree: Tree, head: int) -> str | None:
    """The stance of a cue that heads the content: "said he hoped", "said it was ready"."""
    lemma = tree.lemma[head]
    if tree.pos[head] == "ADJ":
        return ADJECTIVES.get(lemma)
    frames = VERBS.get(lemma, ())
    for child in tree.kin(head, ("compound:prt",)):
        frames = PHRASAL.get(f"{lemma} {tree.lemma[child]}", frames)
    complements = {tree.dep[c] for c in tree.children[head]}
    fitting = [f for f in frames if _fits(f.takes, complements) and f.stance != "states"]
    return fitting[0].stance if fitting else None


def _fits(letters: str, complements: set[str]) -> bool:
    asked = {
        "s": {"ccomp"},
        "i": {"xcomp"},
        "o": {"obj"},
        "a": {"xcomp", "ccomp"},
        "g": {"xcomp"},
        "": {"obl", "advcl"},
    }
    return any(asked.get(letter, set()) & complements for letter in letters or [""])


def _is_future(tree: Tree, head: int) -> bool:
    return any(tree.lemma[c] in FUTURE or tree.words[c].lower() in FUTURE for c in tree.kin(head, ("aux",)))


def _announced(tree: Tree, head: int, *, is_own: bool) -> str:
    if not is_own:
        return "expects"
    if is_negated(tree, head):
        return "rejects"
    return "threatens" if tree.lemma[head] in ADVERSE else "promises"


def _judgment(tree: Tree, head: int) -> str | None:
    words = [head, *tree.kin(head, ("amod",))]
    verdict = None
    if any(tree.lemma[w] in DISAPPROVING for w in words):
        verdict = "opposes"
    elif any(tree.lemma[w] in APPROVING for w in words):
        verdict = "supports"
    if verdict and is_negated(tree, head):
        return None
    return verdict
