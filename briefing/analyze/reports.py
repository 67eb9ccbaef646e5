"""A parse in, reported speech and thought out: source, cue and content of what is told without quotation marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.analyze.clauses import WHEN, cue_at, cue_span, is_passive, source_span, subject
from briefing.analyze.cues import ADJECTIVES, LIGHT_VERBS, NOUNS, PHRASAL, SPEAKING, VERBS, Frame
from briefing.analyze.contents import around, clause_end, clause_of, clean, content_of, object_of
from briefing.analyze.sieves import TokenSpan, source_phrase
from briefing.analyze.trees import SUBJECTS, Tree

CLAUSAL = frozenset({"ccomp", "csubj", "csubj:pass"})
OBLIQUE = frozenset({"obl", "nmod", "obl:arg", "advcl", "acl", "obl:unmarked"})
OPENER_REACH = 14  # tokens from a verb to the "that" of its clause
POSSIBLE = frozenset({"could", "might", "may", "can", "would", "should", "ca", "wo"})
SAYING = frozenset({"sq", "saq", "sqo", "saqi", "s"})  # frames in which even "would say" tells what is said
# verbs whose object is only spoken to: "warned officials to leave"; with others it is part of what is wanted
TELLING = frozenset("tell warn remind instruct advise persuade convince order implore beg direct".split())
LONGEST_TAIL = 12  # tokens of the source, and of what follows the verb, in a frame that ends a sentence
CLAUSE_WORDS = frozenset({"VERB", "AUX", "SCONJ"})
NAMES = frozenset({"PROPN", "NOUN", "PRON"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
LONGEST_SET_IN = 30  # tokens of a frame set into its content
SET_OFF = frozenset({",", ".", "?", "!", ";", "—", "–", "--"})
# who is meant is not said, or the sentence speaks of anybody
NOBODY = frozenset({"you", "it", "there", "this", "that", "what", "which", "one", "nothing", "something"})
NOUN_PREPOSITIONS = frozenset({"for", "of", "about", "against", "to", "on", "over", "in", "at", "with"})


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


def find_reports(tree: Tree, hidden: Sequence[bool]) -> tuple[Report, ...]:
    """The reports of a document, outermost only, in order of their cues; `hidden` marks tokens inside direct speech."""
    found = [report for token in range(len(tree)) if not hidden[token] for report in _reports_at(tree, token, hidden)]
    return outermost(found)


def _reports_at(tree: Tree, token: int, hidden: Sequence[bool]) -> Iterator[Report]:
    pos, lemma = tree.pos[token], tree.lemma[token]
    report = None
    if pos in ("VERB", "AUX") and (lemma in VERBS or _particle(tree, token)):
        report = (_final_report(tree, token) if lemma in SPEAKING else None) or _verb_report(tree, token)
    elif pos == "NOUN" and lemma in NOUNS:
        report = _noun_report(tree, token)
    elif pos == "ADJ" and lemma in ADJECTIVES:
        report = _adjective_report(tree, token)
    if report is None and lemma in ("accord", "according", "in"):
        report = None if _is_told(tree, token, hidden) else _phrase_report(tree, token)
    if report is not None:
        yield report


def outermost(found: Sequence[Report]) -> tuple[Report, ...]:
    """The reports whose cue lies in no other's content, in order of their cues."""
    kept: list[Report] = []
    for report in sorted(found, key=lambda r: (-sum(last - first for first, last in r.content), r.head)):
        if not any(first <= report.head <= last for other in kept for first, last in other.content):
            kept.append(report)
    return tuple(sorted(kept, key=lambda r: r.head))


# ---------------------------------------------------------------- verbs


def _particle(tree: Tree, verb: int) -> str | None:
    """ "rule out" for a verb with its particle, when that is a cue."""
    for child in tree.children[verb]:
        if tree.dep[child] in ("compound:prt", "advmod", "prt") and 0 < child - verb <= 4:
            if (phrase := f"{tree.lemma[verb]} {tree.lemma[child]}") in PHRASAL:
                return phrase
    return None


def _final_report(tree: Tree, verb: int) -> Report | None:
    """The report of a frame that ends its sentence: "The vote was close, the mayor of Bonn said on Monday." """
    frame = next((f for f in VERBS[tree.lemma[verb]] if "s" in f.takes and "q" in f.takes), None)
    start, stop = tree.bounds[tree.sentence[verb]]
    alone = tree.tag[verb] in FINITE or (tree.tag[verb] == "VBN" and tree.first(verb, "aux", "aux:pass") is None)
    if frame is None or stop - verb > LONGEST_TAIL or not alone:
        return None
    if any(tree.pos[i] in CLAUSE_WORDS or tree.words[i] in (",", "“", '"', ":") for i in range(verb + 1, stop)):
        return None
    comma = verb - 1
    while comma > start and tree.words[comma] != ",":
        if tree.tag[comma] in FINITE or tree.pos[comma] == "SCONJ":
            return None
        comma -= 1
    owner = clean(tree, comma + 1, cue_span(tree, verb)[0] - 1)
    content = clean(tree, start, comma - 1)
    if owner is None or content is None or not any(tree.pos[i] in NAMES for i in range(owner[0], owner[1] + 1)):
        return None
    if owner[1] - owner[0] > LONGEST_TAIL or not any(tree.pos[i] == "VERB" for i in range(content[0], content[1] + 1)):
        return None
    return Report(owner, cue_span(tree, verb), (content,), verb, frame, _main(tree, content))


def _verb_report(tree: Tree, verb: int) -> Report | None:
    phrase = _particle(tree, verb)
    frames = (PHRASAL[phrase] if phrase else ()) + VERBS.get(tree.lemma[verb], ())
    source = _source(tree, verb)
    if source is None and not is_passive(tree, verb):
        return None
    built = (
        _interposed(tree, verb, frames)
        or _by_opener(tree, verb, frames)
        or _by_frames(tree, verb, frames)
        or _by_position(tree, verb, frames)
        or _by_order(tree, verb, frames)
    )
    if built is None or (built[0].takes not in SAYING and _is_unreal(tree, verb)):
        return None
    frame, complement, content, cue_end = built
    first, last = cue_span(tree, verb)
    if is_passive(tree, verb) and (thing := next(tree.kin(verb, SUBJECTS), None)) is not None:
        content = ((tree.left[thing], tree.right[thing]), *content)
    return Report(source, (first, max(last, cue_end)), content, verb, frame, complement)


def _source(tree: Tree, verb: int) -> TokenSpan | None:
    token = subject(tree, verb)
    if token is None and tree.tag[verb] in ("VBD", "VBZ", "VBP") and not is_passive(tree, verb):
        token = _nominal_before(tree, verb)
    if token is None or tree.words[token].lower() in NOBODY and tree.dep[token] != "nsubj":
        return None
    token = _lender(tree, token)
    word = tree.words[token].lower()
    if word in ("there", "you") or (word == "it" and tree.lemma[verb] not in SPEAKING):
        return None
    return source_span(tree, token)


def _nominal_before(tree: Tree, verb: int) -> int | None:
    """The noun right before a finite verb that the parse left without subject; adverbs and days between do not count."""
    for token in range(verb - 1, max(tree.bounds[tree.sentence[verb]][0], verb - 6) - 1, -1):
        if tree.pos[token] in ("PROPN", "NOUN", "PRON") and tree.words[token].lower() not in WHEN:
            return token
        if tree.pos[token] not in ("ADV", "AUX", "PART", "PROPN", "NOUN", "ADP") or tree.pos[token] == "PUNCT":
            return None
    return None


def _lender(tree: Tree, token: int) -> int:
    """The subject that a light verb lends: "the ministry" in "the ministry issued a statement saying"."""
    governor = tree.head[token]
    if tree.dep[token] == "obj" and tree.lemma[governor] in LIGHT_VERBS and tree.lemma[token] in NOUNS:
        lent = subject(tree, governor)
        return token if lent is None else lent
    return token


Built = tuple[Frame, int, tuple[TokenSpan, ...], int]


def _is_unreal(tree: Tree, verb: int) -> bool:
    """Whether the verb only says what might be, or to what end: "could reject", "to reject the plan, she ..."."""
    modal = any(tree.words[c].lower() in POSSIBLE for c in tree.kin(verb, ("aux",)))
    purpose = tree.dep[verb] in ("advcl", "acl") and tree.tag[verb] == "VB"
    return modal or purpose


def _by_opener(tree: Tree, verb: int, frames: tuple[Frame, ...]) -> Built | None:
    """A clause that "that" opens behind the verb, with no other verb between: "said in Bonn on Monday that"."""
    frame = next((f for f in frames if "s" in f.takes), None)
    if frame is None:
        return None
    for token in range(verb + 1, min(verb + OPENER_REACH, tree.bounds[tree.sentence[verb]][1])):
        if tree.words[token].lower() == "that" and (
            tree.pos[token] == "SCONJ" or tree.words[token - 1].lower() in WHEN
        ):
            if any(tree.lemma[i] in NOUNS and tree.pos[i] == "NOUN" for i in range(verb + 1, token)):
                return None
            head = tree.head[token] if tree.head[token] > token else token
            content = content_of(tree, head, verb)
            if not content or content[0][0] > token or len(content) > 1:
                content = content_of(tree, token, verb)
            piece = clean(tree, token, clause_end(tree, max(last for _, last in content), verb)) if content else None
            return (frame, head, (piece,), verb) if piece else None
        if tree.pos[token] in ("VERB", "AUX") or tree.words[token] in (";", ":", "—"):
            return None
    return None


def _by_order(tree: Tree, verb: int, frames: tuple[Frame, ...]) -> Built | None:
    """A clause right behind a verb of speaking that the parse did not see: "said the timing was right"."""
    frame = next((f for f in frames if "s" in f.takes), None)
    stop = tree.bounds[tree.sentence[verb]][1]
    first = verb + 1
    while first < stop and tree.pos[first] == "ADV":
        first += 1
    if frame is None or first + 2 >= stop or tree.pos[first] not in ("DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM"):
        return None
    finite = next((i for i in range(first, min(first + OPENER_REACH, stop)) if tree.tag[i] in (*FINITE, "MD")), None)
    if finite is None or any(tree.words[i] in SET_OFF for i in range(first, finite)):
        return None
    piece = clean(tree, first, clause_end(tree, finite, verb))
    return (frame, finite, (piece,), verb) if piece else None


def _by_frames(tree: Tree, verb: int, frames: tuple[Frame, ...]) -> Built | None:
    """The first complement that a frame of the verb asks for, the fullest kinds first."""
    for letters in ("s", "x", "i", "a", "g", "=", "o"):
        for frame in frames:
            if letters == "=" and frame.prepositions and (built := _prepositional(tree, verb, frame)):
                return built
            if letters in frame.takes and not frame.prepositions and (built := _complement(tree, verb, frame, letters)):
                return built
    return None


def _complement(tree: Tree, verb: int, frame: Frame, letter: str) -> Built | None:
    if letter == "s":
        child = next((c for c in tree.children[verb] if c > verb and _is_clause(tree, c)), None)
        if child is None:
            return None
        last, addressed = cue_span(tree, verb)[1], "a" in frame.takes
        return frame, child, clause_of(tree, child, verb, last, addressed=addressed), verb
    if letter == "o":
        child = tree.first(verb, "obj")
        if child is None or child < verb or tree.pos[child] == "PRON" or is_passive(tree, verb):
            return None
        if tree.lemma[verb] in LIGHT_VERBS and tree.lemma[child] in NOUNS and _noun_report(tree, child) is not None:
            return None
        return frame, child, object_of(tree, child, verb), verb
    child = next((c for c in tree.kin(verb, ("xcomp", "advcl", "ccomp")) if c > verb), None)
    if child is None:
        return None
    return _predicate(tree, verb, frame, letter, child)


def _is_clause(tree: Tree, token: int) -> bool:
    """Whether the token heads a clause that can be content; one hung on loosely must follow without a mark."""
    if tree.dep[token] in CLAUSAL:
        return True
    loose = tree.dep[token] == "parataxis" and any(True for _ in tree.kin(token, SUBJECTS))
    before = tree.left[token] - 1
    return loose and before >= 0 and tree.pos[before] not in ("PUNCT", "SPACE")


def _predicate(tree: Tree, verb: int, frame: Frame, letter: str, child: int) -> Built | None:
    """Content that is an infinitive, a gerund, or an object with its predicate."""
    infinitive = any(tree.lemma[c] == "to" for c in tree.kin(child, ("mark",)))
    thing = next((c for c in tree.kin(verb, ("obj", "iobj")) if c < child), None)
    if letter == "i" and infinitive and thing is None:
        return frame, child, content_of(tree, child, verb), verb
    if letter == "a" and infinitive and thing is not None:
        told = tree.lemma[verb] in TELLING or tree.pos[thing] == "PRON"
        content = content_of(tree, child, verb) if told else _joined(tree, thing, child, verb)
        return frame, child, content, verb
    if letter == "g" and tree.words[child].endswith("ing") and not infinitive and tree.dep[child] != "advcl":
        return frame, child, content_of(tree, child, verb), verb
    if letter == "x" and thing is not None and not infinitive and tree.dep[child] == "xcomp":
        return frame, child, _joined(tree, thing, child, verb), verb
    return None


def _joined(tree: Tree, first: int, second: int, verb: int) -> tuple[TokenSpan, ...]:
    """One piece from the first complement to the end of the second."""
    pieces = (*content_of(tree, first, verb), *content_of(tree, second, verb))
    return ((pieces[0][0], max(last for _, last in pieces)),)


def _prepositional(tree: Tree, verb: int, frame: Frame) -> Built | None:
    """Content behind a preposition: "called for calm", "accused them of lying", "called on them to stop"."""
    for child in tree.children[verb]:
        if child < verb or tree.dep[child] not in OBLIQUE:
            continue
        mark = next((c for c in tree.kin(child, ("case", "mark")) if tree.lemma[c] in frame.prepositions), None)
        if mark is None or mark != tree.left[child]:
            continue
        follower = tree.first(verb, "xcomp")
        first = mark + 1
        last = tree.right[follower] if follower is not None and follower > child else tree.right[child]
        if "x" in frame.takes and (thing := tree.first(verb, "obj")) is not None and thing < child:
            content = clean(tree, tree.left[thing], last)
            return (frame, child, (content,), verb) if content else None
        content = clean(tree, first, last)
        gap = [
            i for i in range(verb + 1, mark) if tree.head[i] != verb or tree.dep[i] not in ("compound:prt", "advmod")
        ]
        return (frame, child, (content,), mark if not gap else verb) if content else None
    return None


def _by_position(tree: Tree, verb: int, frames: tuple[Frame, ...]) -> Built | None:
    """Content that the verb is set into or behind: "The vote, she said, was close", "as she said"."""
    frame = next((f for f in frames if "s" in f.takes or "q" in f.takes), None)
    if frame is None or _has_object(tree, verb):
        return None
    governor = tree.head[verb]
    if governor != verb and tree.dep[verb] == "advcl" and _marked_as(tree, verb):
        pieces = around(tree, tree.left[governor], tree.right[governor], (tree.left[verb], tree.right[verb]))
        return (frame, governor, pieces, verb) if pieces else None
    hole = _set_off(tree, verb)
    if hole is None:
        return None
    start, stop = tree.bounds[tree.sentence[verb]]
    pieces = around(tree, start, stop - 1, hole)
    if not pieces:
        return None
    return frame, governor if governor != verb else _main(tree, pieces[0]), pieces, verb


def _interposed(tree: Tree, verb: int, frames: tuple[Frame, ...]) -> Built | None:
    """A frame between two commas with its content around it: "The vote, she said, was close"."""
    hole = _set_off(tree, verb)
    if hole is None or hole[1] + 2 >= tree.bounds[tree.sentence[verb]][1] or tree.words[hole[1] + 1] != ",":
        return None
    return _by_position(tree, verb, frames)


def _set_off(tree: Tree, verb: int) -> TokenSpan | None:
    """The frame that commas set off, or that ends the sentence: ", said the mayor on Monday,"."""
    subjects = [c for c in tree.children[verb] if tree.dep[c] in SUBJECTS]
    if not subjects or is_passive(tree, verb):
        return None
    start, stop = tree.bounds[tree.sentence[verb]]
    first = min(verb, tree.left[subjects[0]])
    while first - 1 > start and tree.head[first - 1] == verb and tree.dep[first - 1] in ("aux", "advmod"):
        first -= 1
    if first <= start + 1 or tree.words[first - 1] not in (",", "—", "–", "--"):
        return None
    last = max(verb, tree.right[subjects[0]])
    while last + 1 < stop and last + 1 - verb <= LONGEST_SET_IN and tree.words[last + 1] not in SET_OFF:
        last += 1
    if last + 1 < stop and tree.words[last + 1] not in SET_OFF:
        return None
    return first, last


def _main(tree: Tree, piece: TokenSpan) -> int:
    """The word that heads the tokens of a piece."""
    inside = range(piece[0], piece[1] + 1)
    heads = [
        i for i in inside if (tree.head[i] not in inside or tree.head[i] == i) and tree.pos[i] not in ("PUNCT", "SPACE")
    ]
    return next((i for i in heads if tree.pos[i] == "VERB"), heads[0] if heads else piece[0])


def _marked_as(tree: Tree, verb: int) -> bool:
    return any(tree.lemma[c] == "as" for c in tree.kin(verb, ("mark", "advmod")))


def _has_object(tree: Tree, verb: int) -> bool:
    if any(tree.dep[c] in CLAUSAL and c > verb for c in tree.children[verb]):
        return True
    addressed = any("a" in frame.takes for frame in VERBS.get(tree.lemma[verb], ()))
    return tree.first(verb, "obj") is not None and not addressed


# ---------------------------------------------------------------- nouns, adjectives, prepositions


def _noun_report(tree: Tree, noun: int) -> Report | None:
    """ "her claim that", "a call by the mayor for", "made the promise to"."""
    source = _noun_source(tree, noun)
    if source is None:
        return None
    for child in tree.children[noun]:
        clause = tree.dep[child] in ("acl", "ccomp", "advcl") and child > noun and _introduced(tree, child)
        if clause:
            content = content_of(tree, child, noun)
            return (
                Report(source, _noun_cue(tree, noun, noun), content, noun, Frame(NOUNS[tree.lemma[noun]], "s"), child)
                if content
                else None
            )
    if NOUNS[tree.lemma[noun]] == "states":
        return None
    return _noun_object(tree, noun, source)


def _introduced(tree: Tree, clause: int) -> bool:
    return any(tree.lemma[c] in ("that", "to", "whether") for c in tree.kin(clause, ("mark",)))


def _noun_object(tree: Tree, noun: int, source: TokenSpan) -> Report | None:
    for child in tree.children[noun]:
        if tree.dep[child] != "nmod" or child < noun:
            continue
        mark = tree.first(child, "case")
        if mark is not None and mark == noun + 1 and tree.lemma[mark] in NOUN_PREPOSITIONS:
            content = clean(tree, mark + 1, tree.right[child])
            if content and not (source[0] <= content[0] <= source[1]):
                return Report(
                    source, _noun_cue(tree, noun, mark), (content,), noun, Frame(NOUNS[tree.lemma[noun]], "o"), child
                )
    return None


def _noun_source(tree: Tree, noun: int) -> TokenSpan | None:
    owner = tree.first(noun, "nmod:poss")
    if owner is None:
        owner = next((c for c in tree.kin(noun, ("nmod",)) if tree.case(c) in ("by", "from")), None)
    governor = tree.head[noun]
    lent = tree.dep[noun] == "obj" and tree.lemma[governor] in LIGHT_VERBS
    if lent and (owner is None or tree.pos[owner] == "PRON"):
        owner = subject(tree, governor)
    return None if owner is None else source_span(tree, owner)


def _noun_cue(tree: Tree, noun: int, last: int) -> TokenSpan:
    """The noun, with the light verb before it: "expressed outrage over"."""
    governor = tree.head[noun]
    if tree.dep[noun] == "obj" and tree.lemma[governor] in LIGHT_VERBS and governor < noun:
        return cue_span(tree, governor)[0], last
    return noun, last


def _adjective_report(tree: Tree, adjective: int) -> Report | None:
    """ "is ready to", "are worried that", "was critical of"."""
    if tree.first(adjective, "cop") is None:
        return None
    owner = tree.first(adjective, "nsubj")
    if owner is None or tree.words[owner].lower() in NOBODY:
        return None
    source, stance = source_span(tree, owner), ADJECTIVES[tree.lemma[adjective]]
    first, last = cue_span(tree, adjective)
    for child in tree.children[adjective]:
        if child < adjective:
            continue
        mark = tree.first(child, "case") if tree.dep[child] in ("obl", "nmod") else None
        if tree.dep[child] in ("ccomp", "xcomp", "advcl") and (_introduced(tree, child) or tree.dep[child] == "ccomp"):
            content = content_of(tree, child, adjective)
        elif (
            mark is not None
            and mark == adjective + 1
            and tree.lemma[mark] in ("of", "about", "to", "with", "for", "over")
        ):
            piece, last = clean(tree, mark + 1, tree.right[child]), mark
            content = (piece,) if piece else ()
        else:
            continue
        if content:
            return Report(source, (first, last), content, adjective, Frame(stance, "s"), child)
    return None


def _is_told(tree: Tree, token: int, hidden: Sequence[bool]) -> bool:
    """Whether the sentence names who said the quotation in it, so that the phrase only names who passed it on."""
    start, stop = tree.bounds[tree.sentence[token]]
    quoted = next((i for i in range(start, stop) if hidden[i]), None)
    return quoted is not None and any(cue_at(tree, i) for i in range(start, quoted))


def _phrase_report(tree: Tree, token: int) -> Report | None:
    """ "According to the ministry, ..." with the rest of the clause as content."""
    frame = source_phrase(tree, token)
    if frame is None or frame.source is None:
        return None
    first, last = min(frame.cue[0], frame.source[0]), max(frame.cue[1], frame.source[1])
    start, stop = tree.bounds[tree.sentence[token]]
    clause = next((g for g in tree.above(frame.source[1]) if not first <= g <= last), None)
    left, right = (tree.left[clause], tree.right[clause]) if clause is not None else (start, stop - 1)
    content = around(tree, max(start, left), min(right, stop - 1), (first, last))
    if not content:
        return None
    return Report(frame.source, frame.cue, content, frame.cue[0], Frame("states", "s"), clause or content[0][0])


def hidden_tokens(tree: Tree, stretches: Sequence[tuple[int, int]]) -> list[bool]:
    """For each token whether it lies in one of the character stretches."""
    hidden = [False] * len(tree)
    for start, end in stretches:
        for token in range(bisect_left(tree.start, start), bisect_left(tree.start, end)):
            hidden[token] = True
    return hidden
