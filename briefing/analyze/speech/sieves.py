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
from dataclasses import replace

from briefing.analyze.speech.clauses import cue_span, is_passive, source_span
from briefing.analyze.speech.cues import SPEAKING, VERBS
from briefing.analyze.speech.frames import (
    FRAME_REACH,
    Paragraph,
    Speech,
    SpeechFrame,
    TokenSpan,
    bare_words,
    begins_sentence,
    last_word,
)
from briefing.analyze.speech.lead_ins import frame_before
from briefing.analyze.speech.quotations import Quotation
from briefing.analyze.speech.references import DASHES, is_dated
from briefing.analyze.speech.tails import frame_behind
from briefing.analyze.speech.trees import SUBJECTS, Tree

TERMINAL = ".?!…"
FINITE = ("VBD", "VBZ", "VBP")
# words in capitals before a colon that name no speaker
LABELS = frozenset(
    """update updated updates correction clarification note related watch read more photo photos video exclusive
    breaking opinion analysis source sources summary background warning advertisement credit image file contact listen
    live caption developing editorial""".split()
)
LONGEST_CAPTION = 150  # characters of a line that is set into speech
QUOTED_SHARE = 0.9  # share of a paragraph's letters in quotation marks that makes it nothing but speech
_TRANSCRIPT = re.compile(r'\s*["“”]?(?P<name>[A-Z][A-Z.\'’-]+(?: [A-Z][A-Z.\'’-]+){0,3}):\s+(?P<words>\S)')
FEWEST_SPOKEN = 5  # blanks in a quotation that opens a sentence and leaves its last words outside
_RUNS_OUT = re.compile(r"(?:[a-z]\w+ ){0,2}[a-z]\w+[.?!](?: .*)?")  # "... of $12-an-hour” workers."
LONGEST_NAME = 4  # words of an author's name
_FOLLOW = re.compile(r"Follow\b.{1,60}\bon (?:Twitter|Facebook|Instagram|X)\b")
_CLOSED_SENTENCE = re.compile(r"[.?!…:]['’\"”)\]]*$")


def find_speech(tree: Tree, quotations: Sequence[Quotation]) -> tuple[Speech, ...]:
    """Direct speech in order of the text; quotations that are no speech of their own are left out."""
    found: list[Speech] = []
    previous: Paragraph | None = None
    for paragraph in _paragraphs(tree.text, quotations):
        if transcript := _transcript(tree, paragraph):
            found.append(transcript)
        else:
            found.extend(_speech_in(tree, paragraph, previous, found[-1] if found else None))
        if not _is_set_between(tree.text, paragraph, previous):
            previous = paragraph
    return tuple(_merged(found))


def _is_set_between(text: str, paragraph: Paragraph, previous: Paragraph | None) -> bool:
    """Whether the line is a caption or heading, without quotation and full stop, set into speech that goes on."""
    runs_on = previous is not None and previous.quotations and not previous.quotations[-1].closed
    words = text[paragraph.start : paragraph.end].rstrip()
    return bool(runs_on) and not paragraph.quotations and len(words) <= LONGEST_CAPTION and words[-1:] not in TERMINAL


def _paragraphs(text: str, quotations: Sequence[Quotation]) -> Iterator[Paragraph]:
    outer = [q for q in quotations if q.depth == 0]
    starts = [q.outer_start for q in outer]
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        first, last = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        yield Paragraph(match.start(), match.end(), tuple(outer[first:last]))


def _speech_in(tree: Tree, paragraph: Paragraph, previous: Paragraph | None, last: Speech | None) -> list[Speech]:
    """The speech of one paragraph: frames first, then what the frames leave without one."""
    quotations = paragraph.quotations
    frames: list[SpeechFrame | None] = []
    for index in range(len(quotations)):
        resumed = _resumed(tree, paragraph, index, frames[-1] if frames else None)
        frames.append(resumed or _own_frame(tree, paragraph, index) or _signature(tree, paragraph, index))
    carried = _carried(tree, paragraph, previous, last)
    found: list[Speech] = []
    for index, quotation in enumerate(quotations):
        frame = frames[index]
        if frame is None and _stands_alone(tree.text, paragraph, quotation):
            frame = _nearest(frames, index) or carried or _told_before(tree, paragraph, quotation)
        if frame is not None and not _is_aside(tree.text, quotation):
            frames[index] = frame
            found.append(
                Speech(((quotation.start, quotation.end),), frame.source, frame.cue, frame.verb, frame.borrowed)
            )
    return found


def _own_frame(tree: Tree, paragraph: Paragraph, index: int) -> SpeechFrame | None:
    """The frame before the quotation, else the one behind it.

    The one behind comes first where it follows a comma in the quotation with nothing but a source before its verb
    ("...,” the union wrote"), or where the one before stands in the line above.
    """
    before, behind = frame_before(tree, paragraph, index), frame_behind(tree, paragraph, index)
    if before is None or behind is None or behind.source is None:
        return before or behind
    quotation = paragraph.quotations[index]
    bound = bare_words(tree.text, quotation).endswith(",") and tree.lemma[behind.verb] in SPEAKING
    next_word = bisect_left(tree.start, quotation.outer_end)
    near = behind.source[0] == next_word and behind.source[1] + 1 == behind.cue[0] and tree.tag[behind.verb] in FINITE
    near = near and (
        tree.pos[behind.source[1]] != "PRON" or before.source is None
    )  # "Brandt scolded him: “...,” she said"
    above = tree.end[before.verb] <= paragraph.start
    return behind if above or (bound and near) else before


def _resumed(tree: Tree, paragraph: Paragraph, index: int, frame: SpeechFrame | None) -> SpeechFrame | None:
    """The frame behind the quotation before, when this one goes on right behind it: "...," she said, "..."."""
    if frame is None or index == 0:
        return None
    quotation = paragraph.quotations[index]
    floor, stop = paragraph.quotations[index - 1].outer_end, bisect_left(tree.start, quotation.outer_start)
    lead = tree.text[floor : quotation.outer_start].rstrip()
    inside = tree.start[frame.verb] >= floor and not re.search(r"[.?!:;]$", lead)
    later = any(tree.lemma[i] in SPEAKING and tree.pos[i] == "VERB" for i in range(frame.verb + 1, stop))
    last = last_word(tree, stop)
    joined = lead.endswith(",") or (last is not None and tree.pos[last] in ("CCONJ", "SCONJ"))
    return frame if inside and not later and joined else None


def _is_aside(text: str, quotation: Quotation) -> bool:
    """Whether the marks hold a remark in brackets, as transcripts note what happens, or a call to follow somebody."""
    words = text[quotation.start : quotation.end]
    return (words[0] == "(" and words.rstrip(".").endswith(")")) or _FOLLOW.match(words) is not None


def _nearest(frames: list[SpeechFrame | None], index: int) -> SpeechFrame | None:
    """The frame of the quotation before in the paragraph, else of the one behind."""
    before = next((f for f in reversed(frames[:index]) if f), None)
    return before or next((f for f in frames[index + 1 :] if f), None)


def _told_before(tree: Tree, paragraph: Paragraph, quotation: Quotation) -> SpeechFrame | None:
    """The frame of the sentence right before, when that tells what a person or body says or thinks: "Brandt criticized
    the plan. “It is a disgrace.”"
    """
    stop = bisect_left(tree.start, quotation.outer_start)
    if not stop or tree.start[stop - 1] < paragraph.start:
        return None
    before = stop - 1
    while before > 0 and tree.pos[before] == "SPACE":
        before -= 1
    first, _ = tree.bounds[tree.sentence[before]]
    root = next((i for i in range(first, before) if tree.head[i] == i), None)
    if root is None or tree.lemma[root] not in VERBS or is_passive(tree, root) or tree.first(root, "aux") is not None:
        return None
    owner = next(tree.kin(root, SUBJECTS), None)
    if owner is None or tree.pos[owner] not in ("PROPN", "PRON"):
        return None
    return SpeechFrame(source_span(tree, owner), cue_span(tree, root), root, borrowed=True)


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


def _stands_alone(text: str, paragraph: Paragraph, quotation: Quotation) -> bool:
    """Whether the quotation is a sentence by itself: it begins one, and ends with its own full stop or runs on."""
    if quotation.continues or not quotation.closed:
        return True
    before = text[paragraph.start : quotation.outer_start].rstrip()
    words = bare_words(text, quotation)
    if before and not _CLOSED_SENTENCE.search(before):
        return False
    after = text[quotation.outer_end : paragraph.end].lstrip()
    ends = words[-1:] in TERMINAL + DASHES or after[:1] in tuple(".")
    if not ends and words.count(" ") >= FEWEST_SPOKEN and _RUNS_OUT.fullmatch(after.partition("\n")[0]):
        return begins_sentence(words)
    return ends and begins_sentence(words) and (not after or not after[0].islower())


def _transcript(tree: Tree, paragraph: Paragraph) -> Speech | None:
    """A paragraph "NAME: words", in or out of quotation marks."""
    match = _TRANSCRIPT.match(tree.text, paragraph.start, paragraph.end)
    if match is None or set(match["name"].lower().split()) & LABELS:
        return None
    first = bisect_left(tree.start, match.start("name"))
    colon = bisect_right(tree.start, match.end("name")) - 1
    end = paragraph.end
    while end > match.start("words") and (tree.text[end - 1].isspace() or tree.text[end - 1] in '"“”'):
        end -= 1
    return Speech(((match.start("words"), end),), (first, max(first, colon - 1)), (colon, colon), colon)


def _signature(tree: Tree, paragraph: Paragraph, index: int) -> SpeechFrame | None:
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
    if (author := _author(tree, paragraph, quotation)) is not None:
        return SpeechFrame(author, (dash, dash), dash)
    if not words or len(words) > FRAME_REACH or any(_is_plain_verb(tree, i) for i in words[:6]):
        return None
    return SpeechFrame((words[0], words[-1]), (dash, dash), dash)


def _author(tree: Tree, paragraph: Paragraph, quotation: Quotation) -> TokenSpan | None:
    """The name before the title in a reference: "Ana Brandt. “A title” — The Paper, May 2, 2020"."""
    if not is_dated(tree.text[quotation.outer_end : paragraph.end]):
        return None
    first, stop = bisect_left(tree.start, paragraph.start), bisect_left(tree.start, quotation.outer_start)
    words = [i for i in range(first, stop) if tree.pos[i] not in ("SPACE", "PUNCT")]
    named = words and len(words) <= LONGEST_NAME and all(tree.words[i][:1].isupper() for i in words)
    return (words[0], words[-1]) if named else None


def _is_plain_verb(tree: Tree, token: int) -> bool:
    """Whether the token is read as a verb and not written as a name."""
    return tree.pos[token] in ("VERB", "AUX") and tree.words[token][:1].islower()


def _carried(tree: Tree, paragraph: Paragraph, previous: Paragraph | None, last: Speech | None) -> SpeechFrame | None:
    """The frame of the paragraph above, when that ended in speech and this one is nothing but quotation."""
    if last is None or previous is None or not previous.quotations or last.cue is None or last.verb is None:
        return None
    if last.segments[-1][0] < previous.start:
        return None
    bare = tree.text[paragraph.start : paragraph.end]
    quoted = sum(q.outer_end - q.outer_start for q in paragraph.quotations)
    return SpeechFrame(last.source, last.cue, last.verb) if quoted >= QUOTED_SHARE * len(bare.strip()) else None
