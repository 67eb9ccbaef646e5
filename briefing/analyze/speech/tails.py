"""The frame behind a quotation: "...," said Ana Brandt; "...," the mayor told the council; "...," according to her."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from briefing.analyze.speech.clauses import cue_span, source_span, subject
from briefing.analyze.speech.cues import SPEAKING, VERBS, cue_lemma
from briefing.analyze.speech.frames import (
    FRAME_REACH,
    NAMING,
    Paragraph,
    SpeechFrame,
    TokenSpan,
    bare_words,
    begins_sentence,
    inverted,
)
from briefing.analyze.speech.lead_ins import phrase_frame
from briefing.analyze.speech.quotations import Quotation
from briefing.analyze.speech.trees import Tree

FEWEST_WITHIN = 4  # blanks in a quotation inside a sentence that its own frame makes speech
FINITE = frozenset({"VBD", "VBZ", "VBP"})
OPEN_ENDED = ",?!…—–-"


def frame_behind(tree: Tree, paragraph: Paragraph, index: int) -> SpeechFrame | None:
    """The frame that follows the quotation with this index, or None."""
    quotation = paragraph.quotations[index]
    following = (q for q in paragraph.quotations[index + 1 :] if " " in tree.text[q.start : q.end])  # no nicknames
    limit = next((q.outer_start for q in following), paragraph.end)
    first = bisect_left(tree.start, quotation.outer_end)
    while first < len(tree) and tree.pos[first] in ("PUNCT", "SPACE") and tree.start[first] < limit:
        first += 1
    stop = bisect_left(tree.start, limit)
    if first >= stop:
        return None
    stop = min(stop, _sentence_end(tree, first), first + FRAME_REACH)
    strength = _strength(tree, quotation, first)
    lead = tree.text[paragraph.start : quotation.outer_start].rstrip()
    within = bool(lead) and lead[-1].isalnum()
    if not strength or (within and (strength < 2 or not _is_bare_tail(tree, quotation, first, stop))):
        return None
    return _tail_frame(tree, first, stop, sure=strength > 1) or (phrase_frame(tree, first, first + 1))


def _sentence_end(tree: Tree, first: int) -> int:
    """Where the sentence ends, past an abbreviated title that was taken for its end: "state Del. Ada Stone said"."""
    end = tree.bounds[tree.sentence[first]][1]
    while end < len(tree) and _is_cut_short(tree, first, end):
        end = tree.bounds[tree.sentence[end]][1]
    return end


def _is_cut_short(tree: Tree, first: int, end: int) -> bool:
    """Whether a stretch without a verb ends in a capitalized word with a full stop of its own, before a capital."""
    last = tree.words[end - 1]
    abbreviated = len(last) > 2 and last.endswith(".") and last[0].isupper() and tree.words[end][0].isupper()
    return abbreviated and not any(tree.pos[i] in ("VERB", "AUX") for i in range(first, end))


def _is_bare_tail(tree: Tree, quotation: Quotation, first: int, stop: int) -> bool:
    """Whether nothing but "she said." follows a longer quotation, so that it is speech even inside a sentence."""
    words = tree.text[quotation.start : quotation.end]
    verb = next((i for i in range(first, stop) if tree.lemma[i] in SPEAKING and tree.pos[i] == "VERB"), None)
    return words.count(" ") >= FEWEST_WITHIN and verb is not None and verb - first <= 4 and stop - verb <= 2


def _strength(tree: Tree, quotation: Quotation, first: int) -> int:
    """How surely the quotation goes on in what follows: 2 behind a comma, 1 behind other marks, 0 not at all."""
    words = bare_words(tree.text, quotation)
    gap = tree.text[quotation.outer_end : tree.start[first]]
    if words.endswith(",") or gap.strip().startswith(","):
        return 2
    if gap.strip():
        return 0
    if words[-1:] in OPEN_ENDED:
        return 2 if tree.words[first][0].islower() else 1
    return 1 if words[-1:] == "." or begins_sentence(words) else 0


def _tail_frame(tree: Tree, first: int, stop: int, *, sure: bool) -> SpeechFrame | None:
    verb = _tail_verb(tree, first, stop, sure=sure)
    if verb is None or (not sure and _says_more(tree, verb, stop)):
        return None
    source = inverted(tree, verb, first, stop) or _upright(tree, verb, first)
    if source is None or (not sure and first not in (source[0], cue_span(tree, verb)[0])):
        return None  # "“... depth” to deal with the crisis, said Brandt"
    return SpeechFrame(source, cue_span(tree, verb), verb)


def _tail_verb(tree: Tree, first: int, stop: int, *, sure: bool) -> int | None:
    """The verb of the frame: of speaking, not in a relative clause; behind a comma any verb will do."""
    verbs = [
        i for i in range(first, stop) if tree.pos[i] == "VERB" or (tree.pos[i] == "AUX" and tree.lemma[i] in SPEAKING)
    ]
    verbs = [v for v in verbs if v == first or tree.words[v][:1].islower()]  # "the Associated Press reports"
    open_verbs = [v for v in verbs if not tree.dep[v].startswith("acl")]
    speaking = [v for v in open_verbs if tree.lemma[v] in SPEAKING] or [v for v in verbs if tree.lemma[v] in SPEAKING]
    if not verbs and sure:
        lower = (i for i in range(first, stop) if tree.words[i][:1].islower())
        speaking = [i for i in lower if cue_lemma(tree.words[i], tree.lemma[i]) in SPEAKING]
    if sure and speaking and tree.tag[speaking[0]] == "VBG":
        speaking = [v for v in open_verbs if v < speaking[0] and tree.tag[v] in FINITE][:1] or speaking
    if not sure and speaking and _is_told_before(tree, open_verbs, first, speaking[0]):
        return None  # "...” She expects them to reply": a sentence of its own
    return next(iter(speaking), next(iter(open_verbs), None) if sure else None)


def _is_told_before(tree: Tree, open_verbs: Sequence[int], first: int, verb: int) -> bool:
    """Whether a finite verb or copula other than its own stands before the verb of speaking."""
    copulas = (i for i in range(first, verb) if tree.pos[i] == "AUX" and tree.head[i] not in (verb, *open_verbs))
    return any(v < verb and _is_finite(tree, v) for v in open_verbs) or any(tree.tag[i] in FINITE for i in copulas)


def _is_finite(tree: Tree, verb: int) -> bool:
    return tree.tag[verb] in FINITE or any(tree.tag[c] in (*FINITE, "MD") for c in tree.kin(verb, ("aux", "aux:pass")))


def _says_more(tree: Tree, verb: int, stop: int) -> bool:
    """Whether the verb has a clause or thing of its own behind it, so that the quotation before is not what it says.

    What a comma sets off is none, nor is who is asked or told: "“...?” Brandt asked his daughters".
    """
    addressed = any("a" in frame.takes for frame in VERBS.get(tree.lemma[verb], ()))
    labels = ("ccomp",) if addressed else ("ccomp", "obj")
    own = [tree.left[c] for c in tree.children[verb] if verb < c < stop and tree.dep[c] in labels]
    return any("," not in (tree.words[left], tree.words[left - 1]) for left in own)


def _upright(tree: Tree, verb: int, first: int) -> TokenSpan | None:
    """The source before its verb: all that stands between the quotation and the verb, adverbs left out."""
    last = cue_span(tree, verb)[0] - 1
    while last >= first and tree.pos[last] in ("ADV", "AUX", "PART", "SPACE"):
        last -= 1
    if last < first or not any(tree.pos[i] in NAMING for i in range(first, last + 1)):
        return None
    if tree.pos[first] not in ("ADP", "SCONJ", "CCONJ", "ADV", "VERB", "PART") and tree.pos[last] not in (
        "ADP",
        "SCONJ",
    ):
        return first, last
    token = subject(tree, verb)
    if (
        tree.words[first][:1].isupper() and tree.pos[first] != "PRON" and tree.pos[last] in ("ADP", "SCONJ")
    ):  # "Brandt sings to the mayor before asking"
        token = first
    if token is None or not first <= token < verb:
        token = next((i for i in range(verb - 1, first - 1, -1) if tree.pos[i] in NAMING), first)
    left, right = source_span(tree, token)
    return max(left, first), min(right, last)
