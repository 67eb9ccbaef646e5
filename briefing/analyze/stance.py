"""A cue's frame and what is said in, one of the brief's stances out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from briefing.analyze.speech.cues import ADJECTIVES, PHRASAL, VERBS, Frame
from briefing.analyze.speech.trees import SUBJECTS, Tree

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
ASKING = frozenset("ask inquire enquire wonder question".split())
QUESTIONS = frozenset("how what why when where who whom whose which whether if".split())
# what one will not do who keeps silent: "would neither confirm nor deny"
SILENT = frozenset("confirm comment speculate say tell disclose reveal discuss elaborate".split())
# what binds two sides, and the verbs that tie or cut it
TIES = frozenset(
    "tie relation relationship link cooperation partnership alliance contact agreement treaty accord pact".split()
)
BINDING = frozenset("establish restore upgrade strengthen deepen renew resume expand sign conclude forge".split())
CUTTING = frozenset("cut sever break suspend downgrade freeze end".split())
# a judgment on what is talked of, as predicate or before its noun
DISAPPROVING = frozenset(
    """unacceptable wrong illegal unlawful unjust unfair outrageous ridiculous absurd disgraceful shameful disgusting
    appalling deplorable irresponsible reckless dangerous unconstitutional immoral terrible horrible awful disastrous
    unjustified unwarranted inexcusable intolerable inadmissible hypocritical cynical cruel misguided disgrace outrage
    mistake disaster shame insult betrayal farce crime nonsense madness scandal travesty provocation violation
    bad useless pointless insufficient inadequate disappointing regrettable premature harmful hasty flawed heinous
    barbaric cowardly unnecessary discriminatory undemocratic""".split()
)
APPROVING = frozenset(
    """welcome great excellent wonderful fantastic historic admirable commendable encouraging superb brilliant
    constructive remarkable outstanding laudable""".split()
)
# which complements in the parse a frame's letters ask for
ASKED = {
    "s": frozenset({"ccomp"}),
    "i": frozenset({"xcomp", "advcl"}),
    "o": frozenset({"obj"}),
    "a": frozenset({"xcomp", "ccomp"}),
    "g": frozenset({"xcomp"}),
}
NONE: frozenset[str] = frozenset()
MODAL_STANCES = frozenset({"states", "expects", "promises"})

OPENING = 16  # tokens of content in which its first verb and its "must" are looked for

SameActor = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Stand:
    """A stance, and the token in the content whose stance it is: None for the source itself."""

    stance: str
    holder: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of an attribution when its stance is asked for.

    `cue` is the cue's own word, `frame` the stance of its frame, `content` the first and last token of what is said and
    `head` the word that heads it. `is_self` tells whether a token of the content means the source; `direct`: it is in
    quotation marks, so that "I" and "we" are the source; `relayed`: the source is no named person, but an agency, an
    office or officials, who pass on what others hold.
    """

    cue: int
    frame: str
    content: tuple[int, int]
    head: int | None
    is_self: SameActor
    direct: bool = False
    relayed: bool = False


def stand_of(tree: Tree, said: Said) -> Stand:
    """The stance of an attribution: its cue's frame, read together with negation and with what the content does."""
    if tree.lemma[said.cue] in ASKING and tree.words[said.content[0]].lower() in QUESTIONS:
        return Stand("states")  # "asked how she felt" wants an answer, no deed
    if is_negated(tree, said.cue):
        if said.frame == "states" and tree.lemma[said.cue] in THINKING:
            return Stand("doubts")
        return Stand(NEGATED.get(said.frame, said.frame))
    if said.frame == "rejects" and said.head is not None and tree.lemma[said.head] in SILENT:
        return Stand("states")  # "declined to say"
    if said.frame not in MODAL_STANCES:
        return Stand(said.frame)
    head = _main(tree, said)
    if head is None:
        return Stand(said.frame)
    act = tree.dep[head] in ("xcomp", "advcl") and tree.pos[head] not in ("NOUN", "ADJ")
    if said.frame != "states" or (act and _subject(tree, head) is None):
        return Stand(_intended(tree, said, head))
    return _of_clause(tree, said, head)


def _main(tree: Tree, said: Said) -> int | None:
    """The verb or predicate of the content: its head, else the first word with a subject."""
    first, last = said.content
    if said.head is not None and first <= said.head <= last and _is_predicate(tree, said.head):
        return said.head
    near = range(first, min(first + OPENING, last) + 1)
    return next((i for i in near if _subject(tree, i) is not None and _is_predicate(tree, i)), said.head)


def _is_predicate(tree: Tree, token: int) -> bool:
    return tree.pos[token] in ("VERB", "ADJ") or tree.first(token, "cop") is not None


def is_negated(tree: Tree, token: int) -> bool:
    """Whether the token, or an auxiliary or subject of it, carries a negation."""
    for child in tree.children[token]:
        if tree.lemma[child] in NEGATIONS or tree.words[child].lower() in NEGATIONS:
            return True
        if tree.dep[child] in SUBJECTS and any(tree.lemma[c] in NEGATIONS for c in tree.children[child]):
            return True
    above = tree.head[token]
    shaded = tree.dep[token] == "xcomp" and above != token and tree.pos[above] != "AUX"
    return shaded and any(tree.lemma[c] in NEGATIONS for c in tree.children[above])


# ---------------------------------------------------------------- what the content does


def _intended(tree: Tree, said: Said, head: int) -> str:
    """The stance of plans and promises: harm announced is a threat, unless it is pledged as a concession."""
    own = _subject(tree, head)
    adverse = (own is None or said.is_self(own)) and tree.lemma[head] in ADVERSE and not is_negated(tree, head)
    return "threatens" if adverse and (said.frame != "promises" or tree.lemma[said.cue] in OATHS) else said.frame


def _of_clause(tree: Tree, said: Said, head: int) -> Stand:
    if said.direct and _recants(tree, head):
        return Stand("states")
    own = _subject(tree, head)
    if own is None and said.relayed:
        own = next((i for i in range(said.content[0], head) if tree.pos[i] in ("PROPN", "NOUN", "PRON")), None)
    is_own = own is None or said.is_self(own) or (said.direct and tree.lemma[own] in FIRST_PERSON)
    if _obliges(tree, said, head):
        return Stand("states" if is_own and own is not None else "demands")
    holder = None if is_own else own
    if own is not None and (is_own or (said.relayed and tree.pos[own] in ("PROPN", "NOUN"))):
        if inner := _inner(tree, said, head):
            return Stand(inner, holder)
    elif own is not None and _is_future(tree, head):
        return Stand("expects")
    return Stand(_judgment(tree, head) or said.frame)


def _recants(tree: Tree, head: int) -> bool:
    """Whether who speaks owns to have been wrong: "I voted against it, and I was wrong"."""
    for child in tree.kin(head, ("conj", "parataxis")):
        own = _subject(tree, child)
        if tree.lemma[child] in ("wrong", "mistaken", "sorry") and own is not None and tree.lemma[own] in FIRST_PERSON:
            return not is_negated(tree, child)
    return False


def _inner(tree: Tree, said: Said, head: int) -> str | None:
    """The stance of who does what the content tells: by its own cue, or by what they will do."""
    if _is_future(tree, head):
        if is_negated(tree, head):
            return "states" if tree.lemma[head] in SILENT else "rejects"
        return "threatens" if tree.lemma[head] in ADVERSE else "promises"
    inner = _own_frame(tree, head) or _of_ties(tree, head)
    if inner is None:
        return None
    if is_negated(tree, head):
        return NEGATED.get(inner, inner)
    act = tree.first(head, "xcomp", "advcl")
    if act is not None and inner in ("expects", "promises") and tree.lemma[act] in ADVERSE:
        firm = inner == "expects" or tree.lemma[head] in OATHS or tree.words[head].lower() in ("prepared", "ready")
        return "threatens" if firm else inner
    return inner


def _of_ties(tree: Tree, head: int) -> str | None:
    """The stance of who binds or cuts ties: "has upgraded its diplomatic ties"."""
    thing = tree.first(head, "obj")
    if thing is None or tree.lemma[thing] not in TIES:
        return None
    return "supports" if tree.lemma[head] in BINDING else "opposes" if tree.lemma[head] in CUTTING else None


def _subject(tree: Tree, head: int) -> int | None:
    return next(tree.kin(head, (*SUBJECTS, "expl")), None)


def _obliges(tree: Tree, said: Said, head: int) -> bool:
    """Whether the clause says what must be done."""
    first, last = said.content
    opening = range(first, min(head if head > first else last, first + OPENING, last) + 1)
    if any(tree.lemma[i] in OBLIGATION and tree.pos[i] == "AUX" for i in opening):
        return True
    act = tree.first(head, "xcomp")
    if tree.lemma[head] not in OBLIGATION_VERBS or act is None or tree.tag[head] in ("VBD", "VBN"):
        return False  # "they had to act" tells of what was
    return tree.first(act, "cop", "aux:pass", "auxpass") is None  # "had to be prepared" asks nobody for anything


def _own_frame(tree: Tree, head: int) -> str | None:
    """The stance of a cue that heads the content: "said he hoped", "said it was ready"."""
    lemma, word = tree.lemma[head], tree.words[head].lower()
    if tree.pos[head] == "ADJ" or (word in ADJECTIVES and tree.first(head, "cop", "aux:pass") is not None):
        return ADJECTIVES.get(word)
    frames = VERBS.get(lemma, ())
    for child in tree.kin(head, ("compound:prt",)):
        frames = PHRASAL.get(f"{lemma} {tree.lemma[child]}", frames)
    fitting = [f for f in frames if _fits(tree, f, head) and f.stance != "states"]
    return fitting[0].stance if fitting else None


def _fits(tree: Tree, frame: Frame, head: int) -> bool:
    labels = {tree.dep[c] for c in tree.children[head]}
    if frame.prepositions:
        marks = {tree.lemma[m] for c in tree.children[head] for m in tree.kin(c, ("case", "mark"))}
        return bool(marks & set(frame.prepositions))
    return any(ASKED.get(letter, NONE) & labels for letter in frame.takes)


def _is_future(tree: Tree, head: int) -> bool:
    return any(tree.lemma[c] in FUTURE or tree.words[c].lower() in FUTURE for c in tree.kin(head, ("aux",)))


def _judgment(tree: Tree, head: int) -> str | None:
    """Whether the content judges what it talks of, as predicate or before its noun."""
    words = [head, *tree.kin(head, ("amod",))]
    if is_negated(tree, head):
        return None
    if any(tree.lemma[w] in DISAPPROVING for w in words):
        return "opposes"
    return "supports" if any(tree.lemma[w] in APPROVING for w in words) else None
