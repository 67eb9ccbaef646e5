"""The words of a report's content: from the complement that a cue governs to the stretch that a reader would mark."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.analyze.speech.clauses import DAYS, WHEN
from briefing.analyze.speech.cues import SPEAKING, VERBS, Frame
from briefing.analyze.speech.trees import SUBJECTS, Tree

TokenSpan = tuple[int, int]

EDGES = frozenset({",", ".", ";", ":", "—", "–", "--", "-", "?", "!", "…", "..."})
# what may go on a noun's content behind it: "criticized the party for its silence", "backed the plan to leave"
FOLLOWERS = frozenset({"for", "as", "over", "with", "from", "to", "against", "of", "about", "in"})
FOLLOWING = frozenset({"obl", "advcl", "xcomp", "ccomp", "nmod", "acl", "advmod"})
HALTS = frozenset(
    "but while although though according as when after before since because yet so whereas despite amid however".split()
)
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
BREAKERS = frozenset(
    "when while after before as because although though since until unless if during where who which so than".split()
)
# dependents of the cue itself that end its content
MATRIX = frozenset(
    {"obl", "advcl", "advmod", "obl:tmod", "obl:unmarked", "obl:agent", "nsubj", "aux", "parataxis", "conj"}
)
CLAUSE_OPENERS = frozenset({"that", "whether", "if", "how", "why", "what", "who", "when", "where"})


@dataclass(frozen=True, slots=True)
class Report:
    """One report in tokens: (first, last) of source and cue, content in one or more pieces, `head` the cue's own word.

    `frame` tells how it was built, `complement` the word that heads the content.
    """

    source: TokenSpan | None
    cue: TokenSpan
    content: tuple[TokenSpan, ...]
    head: int
    frame: Frame
    complement: int


# a frame that fits, the word that heads the content, the content, and the last token of the cue
Built = tuple[Frame, int, tuple[TokenSpan, ...], int]


def content_of(tree: Tree, head: int, cue: int, *, clause: bool = True) -> tuple[TokenSpan, ...]:
    """The words under `head`, in one or two pieces, without the cue's own where the parse hung them inside."""
    first, last = tree.left[head], tree.right[head]
    if first < cue < last:
        return around(tree, first, last, (cue, tree.right[cue]))
    if cue < first:
        first = _from_opener(tree, first, head)
    end = _before_next_report(tree, head, last)
    if end == last and cue < first:
        end = _right_edge(tree, end, cue, clause=clause)
        end = _with_infinitives(tree, end) if tree.tag[head] == "VB" else end
    piece = clean(tree, first, end)
    return (piece,) if piece else ()


def _with_infinitives(tree: Tree, last: int) -> int:
    """With further infinitives of a list: "to cut taxes, build roads and hire teachers"."""
    stop = tree.bounds[tree.sentence[last]][1]
    while last + 2 < stop and (tree.words[last + 1] == "," or tree.pos[last + 1] == "CCONJ"):
        following = last + 2
        while following + 1 < stop and (tree.pos[following] in ("CCONJ", "ADV") or tree.words[following] == "to"):
            following += 1
        if tree.tag[following] != "VB":
            break
        last = _right_edge(tree, max(following, tree.right[following]), following, clause=True)
    return last


def without_relative(tree: Tree, piece: TokenSpan) -> TokenSpan:
    """A noun phrase without the clause that a comma and "which" or "who" hang on to it."""
    for token in range(piece[0] + 1, piece[1]):
        if tree.words[token] == "," and tree.words[token + 1].lower() in ("which", "who", "whose"):
            return piece[0], token - 1
    return piece


def clause_of(tree: Tree, head: int, cue: int, last: int, *, addressed: bool) -> tuple[TokenSpan, ...]:
    """The clause under `head` behind a cue that ends at `last`, with words before it that the parse left hanging.

    `addressed`: the cue may have an addressee, so that an object before the clause is not part of it.
    """
    pieces = content_of(tree, head, cue)
    if len(pieces) != 1 or pieces[0][0] <= last:
        return pieces
    first, end = pieces[0]
    end = clause_end(tree, end, cue)
    gap = [i for i in range(last + 1, first) if tree.pos[i] not in ("PUNCT", "SPACE")]
    stray = gap and not any(tree.words[i].lower() in WHEN or tree.pos[i] in ("ADP", "ADV", "PRON") for i in gap)
    object_before = addressed and any(tree.dep[i] in ("obj", "iobj") for i in gap)
    if stray and tree.words[first].lower() not in CLAUSE_OPENERS and not object_before:
        first = gap[0]
    piece = clean(tree, first, end)
    return (piece,) if piece else ()


def object_of(tree: Tree, head: int, verb: int) -> tuple[TokenSpan, ...]:
    """A noun phrase and what the verb says of it: "the mayor for her silence"."""
    pieces = content_of(tree, head, verb, clause=False)
    if len(pieces) != 1:
        return pieces
    first, last = pieces[0]
    for child in tree.children[verb]:
        if child <= last or tree.dep[child] not in FOLLOWING or tree.left[child] != last + 1:
            continue
        opener = tree.words[tree.left[child]].lower()
        timed = any(tree.words[i].lower() in WHEN for i in range(tree.left[child], tree.right[child] + 1)[:4])
        if opener in FOLLOWERS and not timed and not (opener in ("in", "with") and tree.dep[child] == "obl"):
            last = tree.right[child]
    piece = clean(tree, first, last)
    return (without_relative(tree, piece),) if piece else ()


def around(tree: Tree, first: int, last: int, hole: TokenSpan) -> tuple[TokenSpan, ...]:
    """The words from `first` to `last` before and behind the hole."""
    pieces = (clean(tree, first, hole[0] - 1), clean(tree, hole[1] + 1, last))
    return tuple(piece for piece in pieces if piece and _says_something(tree, piece))


def _says_something(tree: Tree, piece: TokenSpan) -> bool:
    """Whether a piece is more than words of time and adverbs ("Meanwhile", "on Sunday")."""
    inside = range(piece[0], piece[1] + 1)
    return any(tree.words[i].lower() not in WHEN and tree.pos[i] not in ("ADV", "ADP", "PUNCT") for i in inside)


def clean(tree: Tree, first: int, last: int) -> TokenSpan | None:
    """Without punctuation, blanks and conjunctions at the edges."""
    while first <= last and (tree.pos[first] == "SPACE" or tree.words[first] in EDGES):
        first += 1
    while last >= first and (
        tree.pos[last] == "SPACE"
        or tree.words[last] in EDGES
        or tree.words[last] in ("and", "but", "or", "which", "who")
        or (tree.words[last] == ")" and "(" not in tree.words[first:last])
    ):
        last -= 1
    return (first, last) if first <= last else None


def _right_edge(tree: Tree, last: int, cue: int, *, clause: bool) -> int:
    """Where a phrase ends that the parse cut off in the middle.

    A clause goes on to the next mark; a noun phrase also ends before conjunctions and what hangs on the cue itself.
    """
    stop = tree.bounds[tree.sentence[last]][1]
    while last + 1 < stop and not _breaks(tree, last + 1, cue, clause=clause):
        last += 1
    return last


def _breaks(tree: Tree, token: int, cue: int, *, clause: bool) -> bool:
    word = tree.words[token].lower()
    if word in EDGES or tree.pos[token] == "SPACE":
        return True
    if tree.pos[token] == "CCONJ":
        return _is_cues_own(tree, token + 1, cue)
    if clause:
        return False
    if tree.pos[token] == "PUNCT" or word in BREAKERS or word in DAYS:
        return True
    branch = token
    while tree.head[branch] not in (cue, branch):
        branch = tree.head[branch]
    return tree.head[branch] == cue and branch != cue and tree.dep[branch] in MATRIX


def _is_cues_own(tree: Tree, token: int, cue: int) -> bool:
    """Whether what a conjunction brings in goes with the cue: a verb of its form, or a new clause with its subject."""
    stop = tree.bounds[tree.sentence[cue]][1]
    for near in range(token, min(token + 8, stop)):
        if tree.words[near] in EDGES:
            return False
        if tree.tag[near] in ("VB", "VBG", "TO"):
            return tree.tag[near] == tree.tag[cue]
        if tree.tag[near] in FINITE:
            return tree.lemma[near] in VERBS or (tree.tag[near] == tree.tag[cue] and near == token)
    return False


def clause_end(tree: Tree, last: int, cue: int) -> int:
    """Where a clause ends that goes at least to `last`: at the sentence's end, or before a clause of the cue's own.

    Commas before appositions, lists and relative clauses are passed, those before "but" or another report are not.
    """
    stop = tree.bounds[tree.sentence[last]][1]
    while True:
        last = _right_edge(tree, last, cue, clause=True)
        if last + 2 >= stop or tree.words[last + 1] != "," or not _goes_on(tree, last + 2, stop, cue):
            return last
        last += 2


def _goes_on(tree: Tree, token: int, stop: int, cue: int) -> bool:
    """Whether a clause goes on behind a comma with this token."""
    word = tree.words[token].lower()
    if word in HALTS or tree.pos[token] in ("PUNCT", "SPACE") or word in DAYS:
        return False
    if tree.tag[token] == "VBG" and tree.lemma[token] in VERBS:
        return False
    near = range(token, min(token + 7, stop))
    told = next((i for i in near if tree.lemma[i] in SPEAKING and tree.tag[i] in ("VBD", "VBZ", "VBP")), None)
    if told is not None and _is_frame(tree, token, told):
        return False
    if tree.pos[token] == "CCONJ":
        return not any(tree.tag[i] == tree.tag[cue] and tree.lemma[i] in VERBS for i in near)
    return True


def _is_frame(tree: Tree, token: int, verb: int) -> bool:
    """Whether what a comma brings in is "she said" or "said the mayor"."""
    if verb == token:
        return verb + 1 < len(tree) and tree.pos[verb + 1] in ("PROPN", "PRON", "DET")
    before = range(token, verb)
    named = any(tree.pos[i] in ("PROPN", "PRON", "NOUN") for i in before)
    return named and not any(tree.tag[i] in FINITE for i in before)


def _from_opener(tree: Tree, first: int, head: int) -> int:
    """Behind words of time that the parse drew into the clause: "said Monday that the vote"."""
    for token in range(first, min(first + 4, head)):
        if tree.words[token].lower() == "that":
            timed = all(tree.words[i].lower() in WHEN or tree.pos[i] in ("ADP", "DET") for i in range(first, token))
            return token if timed else first
    return first


def _before_next_report(tree: Tree, head: int, last: int) -> int:
    """Where content ends: before a coordinated clause that has a speaker of its own."""
    for child in tree.children[head]:
        if child > head and tree.dep[child] in ("conj", "parataxis", "advcl") and _reports(tree, child):
            return max(head, tree.left[child] - 1)
    return last


def _reports(tree: Tree, verb: int) -> bool:
    """Whether the verb is a report of its own: subject, and a clause that its frame asks for."""
    takes = "".join(frame.takes for frame in VERBS.get(tree.lemma[verb], ()))
    owned = any(True for _ in tree.kin(verb, SUBJECTS))
    return "s" in takes and owned and tree.first(verb, "ccomp") is not None
