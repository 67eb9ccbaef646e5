"""Quoted stretches in, speech with its speaker's words out: ordered sieves from the surest frame down, then abstention.

    1 frame before   He told reporters on Monday: “...”     5 signature    “...” — Ana Brandt
    2 frame behind   “...,” said Ana Brandt                 6 continuation “...,” she said. “...”
    3 source phrase  According to Brandt, “...”             7 carried over a paragraph of quotation alone
    4 name, colon    BRANDT: ...

After O'Keefe et al. 2012 (sequence of quotations) and Muzny et al. 2017 (deterministic sieves).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.analyze.clauses import RELATIVES, cue_span, source_span, subject
from briefing.analyze.cues import SOURCE_PHRASES, SPEAKING, cue_lemma
from briefing.analyze.quotations import Quotation
from briefing.analyze.trees import NOMINAL, Tree

FEWEST_SPOKEN = 5  # blanks in a quotation that may follow "said" without comma and capital
FRAME_REACH = 30  # tokens between a quotation and its cue; longer ones were slips of the parse
NAMING = frozenset({"PROPN", "PRON", "NOUN"})
INNER = frozenset({"nmod", "compound", "flat", "conj", "appos", "nmod:poss", "amod"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "acl:relcl", "mark", "csubj", "parataxis"})
TERMINAL = ".?!…"
OPEN_ENDED = ",?!…—–-"
DASHES = "—–―-"
_TRANSCRIPT = re.compile(r'\s*["“”]?(?P<name>[A-Z][A-Z.\'’-]+(?: [A-Z][A-Z.\'’-]+){0,3}):\s+(?P<words>\S)')
_CLOSED_SENTENCE = re.compile(r"[.?!…:]['’\"”)\]]*$")

TokenSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Speech:
    """Quotations that share one frame: token spans (first, last) of source and cue, None where there is none."""

    segments: tuple[tuple[int, int], ...]
    source: TokenSpan | None
    cue: TokenSpan | None
    verb: int | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    source: TokenSpan | None
    cue: TokenSpan
    verb: int


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    quotations: tuple[Quotation, ...]


def find_speech(tree: Tree, quotations: Sequence[Quotation]) -> tuple[Speech, ...]:
    """Direct speech in order of the text; quotations that are no speech of their own are left out."""
    found: list[Speech] = []
    previous: _Paragraph | None = None
    for paragraph in _paragraphs(tree.text, quotations):
        if transcript := _transcript(tree, paragraph):
            found.append(transcript)
        else:
            found.extend(_speech_in(tree, paragraph, previous, found[-1] if found else None))
        previous = paragraph
    return tuple(_merged(found))


def _paragraphs(text: str, quotations: Sequence[Quotation]) -> Iterator[_Paragraph]:
    outer = [q for q in quotations if q.depth == 0]
    starts = [q.outer_start for q in outer]
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        first, last = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        yield _Paragraph(match.start(), match.end(), tuple(outer[first:last]))


def _speech_in(tree: Tree, paragraph: _Paragraph, previous: _Paragraph | None, last: Speech | None) -> list[Speech]:
    """The speech of one paragraph: frames first, then what the frames leave without one."""
    quotations = paragraph.quotations
    frames: list[_Frame | None] = []
    for index in range(len(quotations)):
        before = _resumed(tree, paragraph, index, frames[-1] if frames else None) or _before(tree, paragraph, index)
        frames.append(before or _behind(tree, paragraph, index) or _signature(tree, paragraph, index))
    carried = _carried(tree, paragraph, previous, last)
    found: list[Speech] = []
    for index, quotation in enumerate(quotations):
        frame = frames[index]
        if frame is None and _stands_alone(tree.text, paragraph, quotation):
            frame = _nearest(frames, index) or carried
        if frame is not None and not _is_aside(tree.text, quotation):
            frames[index] = frame
            found.append(Speech(((quotation.start, quotation.end),), frame.source, frame.cue, frame.verb))
    return found


def _resumed(tree: Tree, paragraph: _Paragraph, index: int, frame: _Frame | None) -> _Frame | None:
    """The frame behind the quotation before, when this one goes on right behind it: "...," she said, "..."."""
    if frame is None or index == 0:
        return None
    quotation = paragraph.quotations[index]
    floor, stop = paragraph.quotations[index - 1].outer_end, bisect_left(tree.start, quotation.outer_start)
    lead = tree.text[floor : quotation.outer_start].rstrip()
    inside = tree.start[frame.verb] >= floor and not re.search(r"[.?!:;]$", lead)
    later = any(tree.lemma[i] in SPEAKING and tree.pos[i] == "VERB" for i in range(frame.verb + 1, stop))
    last = _last_word(tree, stop)
    joined = lead.endswith(",") or (last is not None and tree.pos[last] in ("CCONJ", "SCONJ"))
    return frame if inside and not later and joined else None


def _is_aside(text: str, quotation: Quotation) -> bool:
    """Whether the marks hold a remark in brackets, as transcripts note what happens."""
    return text[quotation.start] == "(" and text[quotation.start : quotation.end].rstrip(".").endswith(")")


def _nearest(frames: list[_Frame | None], index: int) -> _Frame | None:
    """The frame of the quotation before in the paragraph, else of the one behind."""
    before = next((f for f in reversed(frames[:index]) if f), None)
    return before or next((f for f in frames[index + 1 :] if f), None)


def _merged(found: list[Speech]) -> Iterator[Speech]:
    """Speech with one cue is one speech."""
    by_cue: dict[TokenSpan | None, Speech] = {}
    for speech in found:
        if speech.cue is not None and speech.cue in by_cue:
            whole = by_cue[speech.cue]
            by_cue[speech.cue] = replace(whole, segments=whole.segments + speech.segments)
        else:
            by_cue[speech.cue] = speech
    return iter(by_cue.values())


# ---------------------------------------------------------------- what is speech at all


def _stands_alone(text: str, paragraph: _Paragraph, quotation: Quotation) -> bool:
    """Whether the quotation is a sentence by itself: it begins one, and ends with its own full stop or runs on."""
    if quotation.continues or not quotation.closed:
        return True
    before = text[paragraph.start : quotation.outer_start].rstrip()
    words = _bare(text, quotation)
    if before and not _CLOSED_SENTENCE.search(before):
        return False
    after = text[quotation.outer_end : paragraph.end].lstrip()
    ends = words[-1:] in TERMINAL + DASHES or after[:1] in tuple(".")
    return ends and _begins_sentence(words) and (not after or not after[0].islower())


def _bare(text: str, quotation: Quotation) -> str:
    """The words of a quotation without the closing marks of quotations inside it."""
    return text[quotation.start : quotation.end].rstrip("'’\"”)]")


def _begins_sentence(words: str) -> bool:
    first = next((c for c in words if c.isalnum() or c == "…"), "")
    return first.isupper() or first.isdigit() or first == "…" or words.startswith((".", "["))


# ---------------------------------------------------------------- 1, 3 and 4: the frame before


def _before(tree: Tree, paragraph: _Paragraph, index: int) -> _Frame | None:
    quotation = paragraph.quotations[index]
    floor = paragraph.quotations[index - 1].outer_end if index else paragraph.start
    stop = bisect_left(tree.start, quotation.outer_start)
    first = max(bisect_left(tree.start, floor), _sentence_start(tree, stop - 1) if stop else 0)
    lead = tree.text[floor : quotation.outer_start].rstrip()
    if not lead:
        return None if index else _line_above(tree, paragraph)
    if not _leads_in(tree, lead, quotation, stop):
        return None
    return _verb_frame(tree, first, stop) or _phrase_frame(tree, first, stop) or _colon_frame(tree, first, stop, lead)


def _leads_in(tree: Tree, lead: str, quotation: Quotation, stop: int) -> bool:
    """Whether the words before can bring in speech: a comma, a colon, or a verb of speaking right before the mark."""
    if lead[-1] in ",:":
        return True
    last = _last_word(tree, stop)
    if last is None or not lead[-1].isalnum():
        return False
    words = _bare(tree.text, quotation)
    if tree.lemma[last] in SPEAKING and tree.pos[last] in ("VERB", "AUX"):
        return _begins_sentence(words) or words.count(" ") >= FEWEST_SPOKEN
    whole = _begins_sentence(words) and words[-1:] in TERMINAL + "," and words.count(" ") >= 2
    return whole and tree.pos[last] not in ("PART", "DET", "ADP", "ADJ") and _in_frame(tree, last)


def _last_word(tree: Tree, stop: int) -> int | None:
    return next((i for i in range(stop - 1, max(-1, stop - 4), -1) if tree.pos[i] not in ("PUNCT", "SPACE")), None)


def _in_frame(tree: Tree, token: int) -> bool:
    """Whether a verb of speaking governs the token, no clause between: "told reporters", "said Monday"."""
    while tree.dep[token] not in CLAUSES and tree.head[token] != token:
        token = tree.head[token]
        if tree.lemma[token] in SPEAKING and tree.pos[token] == "VERB":
            return True
    return False


def _verb_frame(tree: Tree, first: int, stop: int) -> _Frame | None:
    """The frame of the last verb of speaking between two tokens."""
    for verb in range(stop - 1, max(first, stop - FRAME_REACH) - 1, -1):
        if tree.lemma[verb] in SPEAKING and tree.pos[verb] in ("VERB", "AUX"):
            return _Frame(_subject_span(tree, verb, first, stop), cue_span(tree, verb), verb)
    return None


def _subject_span(tree: Tree, verb: int, first: int, stop: int) -> TokenSpan | None:
    """The source of a verb: its subject in the parse, else the nominal beside it."""
    if verb == first:
        return _inverted(tree, verb, first, stop)
    token = subject(tree, verb)
    if token is not None and tree.words[token].lower() in RELATIVES and tree.dep[tree.head[token]].startswith("acl"):
        token = tree.head[tree.head[token]]
    if token is None or tree.pos[token] not in NOMINAL or token >= stop:
        token = next((i for i in range(verb - 1, first - 1, -1) if tree.pos[i] in NAMING), None)
        while token is not None and tree.dep[token] in INNER and first <= tree.head[token] < verb:
            token = tree.head[token]
    return source_span(tree, token) if token is not None else None


def _phrase_frame(tree: Tree, first: int, stop: int) -> _Frame | None:
    """The frame of "according to Brandt" between two tokens."""
    for token in range(max(first, stop - FRAME_REACH), stop):
        if frame := source_phrase(tree, token):
            return frame
    return None


def source_phrase(tree: Tree, token: int) -> _Frame | None:
    """The frame of a prepositional source that starts at the token ("according to the ministry"), or None."""
    for phrase in SOURCE_PHRASES:
        parts = phrase.split()
        last = token + len(parts) - 1
        if last + 1 < len(tree) and [w.lower() for w in tree.words[token : last + 1]] == parts:
            noun = _phrase_head(tree, last)
            return _Frame(source_span(tree, noun), (token, last), token) if noun is not None else None
    return None


def _phrase_head(tree: Tree, preposition: int) -> int | None:
    """The noun that a preposition brings in, by the parse, else the next nominal."""
    for governor in tree.above(preposition):
        if governor > preposition and tree.pos[governor] in NOMINAL:
            return governor
    ahead = range(preposition + 1, min(preposition + 6, len(tree)))
    return next((i for i in ahead if tree.pos[i] in NAMING), None)


def _colon_frame(tree: Tree, first: int, stop: int, lead: str) -> _Frame | None:
    """The frame of a lead-in without a verb of speaking: "Brandt made this point: ...", "Brandt on the vote: ..."."""
    if not lead.endswith(":") or stop - first < 2:
        return None
    colon = next((i for i in range(stop - 1, first - 1, -1) if tree.words[i].endswith(":")), None)
    verb = next((i for i in range(stop - 1, first - 1, -1) if tree.pos[i] == "VERB" and _own(tree, i)), None)
    if colon is None:
        return None
    if verb is not None and (token := subject(tree, verb)) is not None:
        return _Frame(source_span(tree, token), (cue_span(tree, verb)[0], colon), verb)
    person = next((i for i in range(first, stop) if tree.pos[i] == "PROPN"), None)
    if person is None:
        return None
    while tree.dep[person] in ("compound", "flat", "nmod", "appos") and first <= tree.head[person] < stop:
        person = tree.head[person]
    return _Frame(source_span(tree, person), (colon, colon), colon)


def _own(tree: Tree, verb: int) -> bool:
    return not tree.dep[verb].startswith("acl") and tree.first(verb, "nsubj") is not None


def _line_above(tree: Tree, paragraph: _Paragraph) -> _Frame | None:
    """The frame in the last sentence of the paragraph above when that ends in a colon."""
    above = tree.text[: paragraph.start].rstrip()
    if not above.endswith(":"):
        return None
    stop = bisect_right(tree.start, len(above) - 1)
    first = _sentence_start(tree, stop - 1)
    return _verb_frame(tree, first, stop) or _phrase_frame(tree, first, stop) or _colon_frame(tree, first, stop, above)


def _sentence_start(tree: Tree, token: int) -> int:
    return tree.bounds[tree.sentence[token]][0]


# ---------------------------------------------------------------- 2: the frame behind


def _behind(tree: Tree, paragraph: _Paragraph, index: int) -> _Frame | None:
    quotation = paragraph.quotations[index]
    following = paragraph.quotations[index + 1 :]
    limit = following[0].outer_start if following else paragraph.end
    first = bisect_left(tree.start, quotation.outer_end)
    while first < len(tree) and tree.pos[first] in ("PUNCT", "SPACE") and tree.start[first] < limit:
        first += 1
    stop = bisect_left(tree.start, limit)
    if first >= stop:
        return None
    stop = min(stop, tree.bounds[tree.sentence[first]][1], first + FRAME_REACH)
    strength = _strength(tree, quotation, first)
    lead = tree.text[paragraph.start : quotation.outer_start].rstrip()
    if not strength or (lead and lead[-1].isalnum()):
        return None
    return _tail_frame(tree, first, stop, sure=strength > 1) or (_phrase_frame(tree, first, first + 1))


def _strength(tree: Tree, quotation: Quotation, first: int) -> int:
    """How surely the quotation goes on in what follows: 2 behind a comma, 1 behind other marks, 0 not at all."""
    words = _bare(tree.text, quotation)
    gap = tree.text[quotation.outer_end : tree.start[first]]
    if words.endswith(",") or gap.strip().startswith(","):
        return 2
    if gap.strip():
        return 0
    if words[-1:] in OPEN_ENDED:
        return 2 if tree.words[first][0].islower() else 1
    return 1 if words[-1:] == "." or _begins_sentence(words) else 0


def _tail_frame(tree: Tree, first: int, stop: int, *, sure: bool) -> _Frame | None:
    verb = _tail_verb(tree, first, stop, sure=sure)
    if verb is None or (not sure and _says_more(tree, verb, stop)):
        return None
    source = _inverted(tree, verb, first, stop) or _upright(tree, verb, first)
    return _Frame(source, cue_span(tree, verb), verb) if source else None


def _tail_verb(tree: Tree, first: int, stop: int, *, sure: bool) -> int | None:
    """The verb of the frame: of speaking, not in a relative clause; behind a comma any verb will do."""
    verbs = [
        i for i in range(first, stop) if tree.pos[i] == "VERB" or (tree.pos[i] == "AUX" and tree.lemma[i] in SPEAKING)
    ]
    open_verbs = [v for v in verbs if not tree.dep[v].startswith("acl")]
    speaking = [v for v in open_verbs if tree.lemma[v] in SPEAKING] or [v for v in verbs if tree.lemma[v] in SPEAKING]
    if not verbs and sure:
        speaking = [i for i in range(first, stop) if cue_lemma(tree.words[i], tree.lemma[i]) in SPEAKING]
    return next(iter(speaking), next(iter(open_verbs), None) if sure else None)


def _says_more(tree: Tree, verb: int, stop: int) -> bool:
    """Whether the verb has a clause of its own behind it, so that the quotation before is not what it says."""
    own = (c for c in tree.children[verb] if verb < c < stop and tree.dep[c] in ("ccomp", "obj"))
    return any(tree.words[tree.left[c] - 1] != "," for c in own)


def _inverted(tree: Tree, verb: int, first: int, stop: int) -> TokenSpan | None:
    """The source behind its verb: "said Ana Brandt, the mayor"."""
    if any(tree.pos[i] in NAMING for i in range(first, verb)):
        return None
    start = next((i for i in range(verb + 1, stop) if tree.pos[i] not in ("ADV", "PUNCT", "SPACE")), None)
    if start is None or tree.pos[start] in ("ADP", "SCONJ", "VERB"):
        return None
    token = start
    while verb < tree.head[token] < stop and tree.head[token] != token and tree.dep[token] not in ("nsubj", "obj"):
        token = tree.head[token]
    if tree.pos[token] not in NAMING:
        token = next((i for i in range(start, stop) if tree.pos[i] in NAMING), start)
    left, right = source_span(tree, token)
    return start, _whole_name(tree, max(right, start))


def _whole_name(tree: Tree, last: int) -> int:
    """With the name that goes on where the parse broke it off."""
    while (
        last + 1 < len(tree)
        and tree.pos[last + 1] == "PROPN"
        and tree.pos[last] in NAMING
        and "\n" not in tree.text[tree.end[last] : tree.start[last + 1]]
    ):
        last = max(last + 1, tree.right[last + 1] if tree.pos[tree.right[last + 1]] == "PROPN" else last + 1)
    return last


def _upright(tree: Tree, verb: int, first: int) -> TokenSpan | None:
    """The source before its verb: all that stands between the quotation and the verb, adverbs left out."""
    last = cue_span(tree, verb)[0] - 1
    while last >= first and tree.pos[last] in ("ADV", "AUX", "PART", "SPACE"):
        last -= 1
    if last < first or not any(tree.pos[i] in NAMING for i in range(first, last + 1)):
        return None
    if tree.pos[first] not in ("ADP", "SCONJ", "CCONJ", "ADV", "VERB"):
        return first, last
    token = subject(tree, verb)
    if token is None or not first <= token < verb:
        token = next((i for i in range(verb - 1, first - 1, -1) if tree.pos[i] in NAMING), first)
    left, right = source_span(tree, token)
    return max(left, first), min(right, last)


# ---------------------------------------------------------------- 4, 5 and 7: transcripts, signatures, carried over


def _transcript(tree: Tree, paragraph: _Paragraph) -> Speech | None:
    """A paragraph "NAME: words", in or out of quotation marks."""
    match = _TRANSCRIPT.match(tree.text, paragraph.start, paragraph.end)
    if match is None:
        return None
    first = bisect_left(tree.start, match.start("name"))
    colon = bisect_right(tree.start, match.end("name")) - 1
    end = paragraph.end
    while end > match.start("words") and (tree.text[end - 1].isspace() or tree.text[end - 1] in '"“”'):
        end -= 1
    return Speech(((match.start("words"), end),), (first, max(first, colon - 1)), (colon, colon), colon)


def _signature(tree: Tree, paragraph: _Paragraph, index: int) -> _Frame | None:
    """The name behind a dash that ends the paragraph."""
    quotation = paragraph.quotations[index]
    tail = tree.text[quotation.outer_end : paragraph.end]
    if index + 1 < len(paragraph.quotations) or not tail.strip()[:1] or tail.strip()[0] not in DASHES:
        return None
    dash = bisect_left(tree.start, quotation.outer_end)
    while dash < len(tree) and tree.pos[dash] == "SPACE":
        dash += 1
    stop = bisect_left(tree.start, paragraph.end)
    words = [i for i in range(dash + 1, stop) if tree.pos[i] != "SPACE"]
    if not words or len(words) > FRAME_REACH or any(tree.pos[i] in ("VERB", "AUX") for i in words[:6]):
        return None
    return _Frame((words[0], words[-1]), (dash, dash), dash)


def _carried(tree: Tree, paragraph: _Paragraph, previous: _Paragraph | None, last: Speech | None) -> _Frame | None:
    """The frame of the paragraph above, when that ended in speech and this one is nothing but quotation."""
    if last is None or previous is None or not previous.quotations or last.cue is None or last.verb is None:
        return None
    if last.segments[-1][0] < previous.start:
        return None
    bare = tree.text[paragraph.start : paragraph.end]
    quoted = sum(q.outer_end - q.outer_start for q in paragraph.quotations)
    return _Frame(last.source, last.cue, last.verb) if quoted >= 0.9 * len(bare.strip()) else None
