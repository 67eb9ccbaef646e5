"""The frame before a quotation: "He told reporters: ...", "According to Brandt, ...", or a line above with a colon."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from briefing.analyze.speech.clauses import RELATIVES, cue_span, is_naming, past_whose, source_span, subject
from briefing.analyze.speech.cues import SOURCE_PHRASES, SPEAKING
from briefing.analyze.speech.frames import (
    FRAME_REACH,
    NAMING,
    Paragraph,
    SpeechFrame,
    TokenSpan,
    bare_words,
    begins_sentence,
    inverted,
    last_word,
    puts_it,
)
from briefing.analyze.speech.quotations import Quotation
from briefing.analyze.speech.trees import NOMINAL, Tree

FEWEST_BLANKS = 3  # blanks in a quotation that is more than a term
FEWEST_SPOKEN = 5  # blanks in a quotation that may follow "said" without comma and capital
LONGEST_APPOSITION = 10  # tokens between the name in a source phrase and the quotation
TERMINAL = ".?!…"
INNER = frozenset({"nmod", "compound", "flat", "conj", "appos", "nmod:poss", "amod"})
OPENERS = frozenset("because since as that and but though although while if".split())  # what begins a clause
HOLDERS = frozenset({"me", "him", "her", "us", "them"})
LONGEST_HOLDER = 6  # tokens of "to" and who holds the opinion that follows
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "acl:relcl", "mark", "csubj", "parataxis"})


def frame_before(tree: Tree, paragraph: Paragraph, index: int) -> SpeechFrame | None:
    """The frame that brings in the quotation with this index, or None."""
    quotation = paragraph.quotations[index]
    floor = _floor(tree.text, paragraph, index)
    stop = bisect_left(tree.start, quotation.outer_start)
    first = max(bisect_left(tree.start, floor), _sentence_start(tree, stop - 1) if stop else 0)
    lead = tree.text[floor : quotation.outer_start].rstrip()
    if not lead:
        return None if index else _line_above(tree, paragraph)
    if not _leads_in(tree, lead, quotation, stop):
        return None
    return (
        _opinion(tree, first, stop, lead)
        or _verb_frame(tree, first, stop)
        or _named_phrase(tree, first, stop)
        or _colon_frame(tree, first, stop, lead)
    )


def _opinion(tree: Tree, first: int, stop: int, lead: str) -> SpeechFrame | None:
    """The frame of "to her, ..." and "for Brandt, ..." right before a quotation, at the beginning of a clause."""
    comma = stop - 1
    while comma > first and tree.pos[comma] == "SPACE":
        comma -= 1
    if not lead.endswith(",") or tree.words[comma] != ",":
        return None
    for token in range(comma - 2, max(first, comma - LONGEST_HOLDER) - 1, -1):
        if tree.pos[token] not in ("ADP", "PROPN", "PRON", "NOUN", "ADJ", "DET"):
            return None
        if tree.words[token].lower() in ("to", "for"):
            opens = token == first or tree.words[token - 1].lower() in OPENERS or tree.pos[token - 1] == "PUNCT"
            held = tree.pos[comma - 1] == "PROPN" or tree.words[comma - 1].lower() in HOLDERS
            return SpeechFrame((token + 1, comma - 1), (token, token), token) if opens and held else None
    return None


def _floor(text: str, paragraph: Paragraph, index: int) -> int:
    """Where the words before a quotation begin: behind the one before, terms in marks ("a “formal update”") aside."""
    for quotation in reversed(paragraph.quotations[:index]):
        words = text[quotation.start : quotation.end]
        if words.count(" ") >= FEWEST_BLANKS or not words[-1:].isalnum() or not words[:1].islower():
            return quotation.outer_end
    return paragraph.start


def _named_phrase(tree: Tree, first: int, stop: int) -> SpeechFrame | None:
    """The frame of "in the words of the mayor, Ana Brandt, ...", all of it up to the quotation."""
    frame = phrase_frame(tree, first, stop)
    if frame is None or frame.source is None:
        return frame
    last = stop - 1
    while last > frame.source[1] and tree.pos[last] in ("PUNCT", "SPACE"):
        last -= 1
    between = range(frame.source[1] + 1, last + 1)
    if len(between) > LONGEST_APPOSITION or any(tree.pos[i] in ("VERB", "AUX", "SCONJ") for i in between):
        return frame
    return replace(frame, source=(frame.source[0], last))


def _leads_in(tree: Tree, lead: str, quotation: Quotation, stop: int) -> bool:
    """Whether the words before can bring in speech: a comma, a colon, or a verb of speaking right before the mark."""
    if lead[-1] in ",:":
        return True
    last = last_word(tree, stop)
    if last is None or not lead[-1].isalnum() or is_naming(tree, last):
        return False
    words = bare_words(tree.text, quotation)
    if tree.lemma[last] in SPEAKING and tree.pos[last] in ("VERB", "AUX"):
        return begins_sentence(words) or words.count(" ") >= FEWEST_SPOKEN
    whole = begins_sentence(words) and words[-1:] in TERMINAL + "," and words.count(" ") >= 2
    return whole and tree.pos[last] not in ("PART", "DET", "ADP", "ADJ") and _in_frame(tree, last)


def _in_frame(tree: Tree, token: int) -> bool:
    """Whether a verb of speaking governs the token, no clause between: "told reporters", "said Monday"."""
    while tree.dep[token] not in CLAUSES and tree.head[token] != token:
        token = tree.head[token]
        if tree.lemma[token] in SPEAKING and tree.pos[token] == "VERB":
            return True
    return False


def _verb_frame(tree: Tree, first: int, stop: int) -> SpeechFrame | None:
    """The frame of the last verb of speaking between two tokens; "a print called" tells a name, not who speaks."""
    for verb in range(stop - 1, max(first, stop - FRAME_REACH) - 1, -1):
        if puts_it(tree, verb):
            return SpeechFrame(_subject_span(tree, verb, first, stop), (cue_span(tree, verb)[0], verb + 1), verb)
        if tree.lemma[verb] in SPEAKING and tree.pos[verb] in ("VERB", "AUX") and not is_naming(tree, verb):
            return SpeechFrame(_subject_span(tree, verb, first, stop), cue_span(tree, verb), verb)
    return None


def _subject_span(tree: Tree, verb: int, first: int, stop: int) -> TokenSpan | None:
    """The source of a verb: its subject in the parse, else the nominal beside it."""
    if verb == first:
        return inverted(tree, verb, first, stop)
    token = subject(tree, verb)
    if token is not None and tree.words[token].lower() in RELATIVES and tree.dep[tree.head[token]].startswith("acl"):
        token = tree.head[tree.head[token]]
    if token is None or tree.pos[token] not in NOMINAL or token >= stop:
        token = next((i for i in range(verb - 1, first - 1, -1) if tree.pos[i] in NAMING), None)
        while token is not None and tree.dep[token] in INNER and first <= tree.head[token] < verb:
            token = tree.head[token]
    return source_span(tree, past_whose(tree, token, verb)) if token is not None else None


def phrase_frame(tree: Tree, first: int, stop: int) -> SpeechFrame | None:
    """The frame of "according to Brandt" between two tokens."""
    for token in range(max(first, stop - FRAME_REACH), stop):
        if frame := source_phrase(tree, token):
            return frame
    return None


def source_phrase(tree: Tree, token: int) -> SpeechFrame | None:
    """The frame of a prepositional source that starts at the token ("according to the ministry"), or None."""
    for phrase in SOURCE_PHRASES:
        parts = phrase.split()
        last = token + len(parts) - 1
        if last + 1 < len(tree) and [w.lower() for w in tree.words[token : last + 1]] == parts:
            noun = _phrase_head(tree, last)
            return SpeechFrame(source_span(tree, noun), (token, last), token) if noun is not None else None
    return None


def _phrase_head(tree: Tree, preposition: int) -> int | None:
    """The noun that a preposition brings in, by the parse, else the next nominal."""
    for governor in tree.above(preposition):
        if governor > preposition and tree.pos[governor] in NOMINAL:
            return governor
    ahead = range(preposition + 1, min(preposition + 6, len(tree)))
    return next((i for i in ahead if tree.pos[i] in NAMING), None)


def _colon_frame(tree: Tree, first: int, stop: int, lead: str) -> SpeechFrame | None:
    """The frame of a lead-in without a verb of speaking: "Brandt made this point: ...", "Brandt on the vote: ..."."""
    if not lead.endswith(":") or stop - first < 2:
        return None
    colon = next((i for i in range(stop - 1, first - 1, -1) if tree.words[i].endswith(":")), None)
    verbs = [i for i in range(first, stop) if tree.pos[i] == "VERB" and _own(tree, i)]
    verb = min(verbs, key=lambda v: (sum(1 for _ in tree.above(v)), -v), default=None)
    if colon is None:
        return None
    if verb is not None and (token := subject(tree, verb)) is not None:
        return SpeechFrame(source_span(tree, token), (cue_span(tree, verb)[0], colon), verb)
    person = next((i for i in range(first, stop) if tree.pos[i] == "PROPN"), None)
    if person is None:
        return None
    while tree.dep[person] in ("compound", "flat", "nmod", "appos") and first <= tree.head[person] < stop:
        person = tree.head[person]
    return SpeechFrame(source_span(tree, person), (colon, colon), colon)


def _own(tree: Tree, verb: int) -> bool:
    return not tree.dep[verb].startswith("acl") and tree.first(verb, "nsubj") is not None


def _line_above(tree: Tree, paragraph: Paragraph) -> SpeechFrame | None:
    """The frame in the last sentence of the paragraph above when that ends in a colon."""
    above = tree.text[: paragraph.start].rstrip()
    if not above.endswith(":"):
        return None
    stop = bisect_right(tree.start, len(above) - 1)
    first = _sentence_start(tree, stop - 1)
    return _verb_frame(tree, first, stop) or phrase_frame(tree, first, stop) or _colon_frame(tree, first, stop, above)


def _sentence_start(tree: Tree, token: int) -> int:
    return tree.bounds[tree.sentence[token]][0]
