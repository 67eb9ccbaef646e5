"""Reports whose cue is a verb: by its frame's complements in the parse, by "that", else by the order of words."""

from __future__ import annotations

from briefing.analyze.speech.clauses import DAYS, WHEN, agent, cue_span, is_passive, is_past_form, source_span, subject
from briefing.analyze.speech.contents import (
    Built,
    Report,
    TokenSpan,
    clause_end,
    clause_of,
    clean,
    content_of,
    object_of,
    without_relative,
)
from briefing.analyze.speech.cues import LIGHT_VERBS, NOUNS, PHRASAL, SPEAKING, VERBS, Frame
from briefing.analyze.speech.noun_reports import NOBODY, noun_report
from briefing.analyze.speech.set_in_reports import BEGINS_SUBJECT, CLAUSAL, FINITE, SET_OFF, by_position, interposed
from briefing.analyze.speech.trees import SUBJECTS, Tree

OBLIQUE = frozenset({"obl", "nmod", "obl:arg", "advcl", "acl", "obl:unmarked"})
PARTICLES = frozenset({"compound:prt", "advmod", "prt"})
PARTICLE_REACH = 4  # tokens: "ruled the plan out"
APPOSITION_REACH = 15  # tokens from an addressee to what it is accused of, its apposition between
OPENER_REACH = 14  # tokens from a verb to the "that" of its clause
POSSIBLE = frozenset({"could", "might", "may", "can", "would", "should", "ca", "wo"})
DUTIES = frozenset({"have", "need", "ought"})
ARTICLES = frozenset({"a", "an", "the"})
SPELLS = WHEN | frozenset("moment second minute hour day decade time while".split())
SAYING = frozenset({"sq", "saq", "sqo", "saqi"})  # frames in which even "would say" tells what is said
# verbs whose object is only spoken to: "warned officials to leave"; with others it is part of what is wanted
TELLING = frozenset("tell warn remind instruct advise persuade convince order implore beg direct".split())


def verb_report(tree: Tree, verb: int) -> Report | None:
    """The report whose cue is the verb, or None."""
    if tree.lemma[verb] == "quote" and is_passive(tree, verb):  # "was quoted as saying": the saying is the cue
        return None
    phrase = particle(tree, verb)
    frames = (PHRASAL[phrase] if phrase else ()) + VERBS.get(tree.lemma[verb], ())
    source = _source(tree, verb)
    if source is None and not is_passive(tree, verb):
        return None
    built = (
        interposed(tree, verb, frames)
        or _by_opener(tree, verb, frames)
        or _by_frames(tree, verb, frames)
        or by_position(tree, verb, frames)
        or _by_order(tree, verb, frames)
        or _by_agent(tree, verb, frames)
    )
    if built is None or not built[2] or (built[0].takes not in SAYING and _is_unreal(tree, verb)):
        return None
    frame, complement, content, cue_end = _with_noun(tree, verb, built)
    first, last = cue_span(tree, verb)
    thing = next(tree.kin(verb, SUBJECTS), None) if is_passive(tree, verb) else None
    if thing is not None and complement != thing:
        content = ((tree.left[thing], tree.right[thing]), *content)
    return Report(source, (first, max(last, cue_end)), content, verb, frame, complement)


def _with_noun(tree: Tree, verb: int, built: Built) -> Built:
    """The frame of the noun that a light verb has between it and its clause: "repeated its demand today that"."""
    frame, complement, content, cue_end = built
    noun = tree.first(verb, "obj")
    if noun is None or not verb < noun < content[0][0] or tree.lemma[verb] not in LIGHT_VERBS:
        return built
    stance = NOUNS.get(tree.lemma[noun])
    return (Frame(stance, "s"), complement, content, noun) if stance else (frame, complement, content, cue_end)


def _source(tree: Tree, verb: int) -> TokenSpan | None:
    token = subject(tree, verb)
    if token is None and (tree.tag[verb] in FINITE or is_past_form(tree, verb)) and not is_passive(tree, verb):
        token = _nominal_before(tree, verb)
        if token is None and (named := _parenthesized(tree, verb)) is not None:
            return named
    if (
        token is None
        or tree.words[token].lower() in DAYS
        or (tree.words[token].lower() in NOBODY and tree.dep[token] != "nsubj")
    ):
        return None
    token = _lender(tree, token)
    word = tree.words[token].lower()
    if word in ("there", "you") or (word == "it" and tree.lemma[verb] not in SPEAKING):
        return None
    return source_span(tree, token)


def _nominal_before(tree: Tree, verb: int) -> int | None:
    """The noun right before a finite verb that the parse left without subject, adverbs and days aside."""
    for token in range(verb - 1, max(tree.bounds[tree.sentence[verb]][0], verb - 6) - 1, -1):
        if tree.pos[token] in ("PROPN", "NOUN", "PRON") and tree.words[token].lower() not in WHEN:
            return _head_of_name(tree, token)
        if tree.pos[token] not in ("ADV", "AUX", "PART", "PROPN", "NOUN", "ADP") or tree.pos[token] == "PUNCT":
            return None
    return None


def _head_of_name(tree: Tree, token: int) -> int:
    """The noun that a name behind a preposition hangs on, no mark between: "Rabbi Jacob Lusk of Beth Israel"."""
    head, linked = token, False
    while tree.dep[head] in ("flat", "compound", "nmod") and tree.head[head] < head:
        governor = tree.head[head]
        if any(tree.pos[i] == "PUNCT" for i in range(governor, head)):
            break
        linked = linked or tree.dep[head] == "nmod"
        head = governor
    return head if linked else token


def _parenthesized(tree: Tree, verb: int) -> TokenSpan | None:
    """The name before a parenthesis that ends at the verb, which the parse lost: "Ana Brandt, who leads it, said"."""
    start = tree.bounds[tree.sentence[verb]][0]
    commas = [i for i in range(start, verb) if tree.words[i] == ","]
    if len(commas) < 2 or commas[-1] != verb - 1:
        return None
    first = commas[-3] + 1 if len(commas) > 2 else start
    name = range(first, commas[-2])
    if not name or tree.pos[name[-1]] not in ("PROPN", "NOUN") or any(tree.tag[i] in FINITE for i in name):
        return None
    return (first, verb - 1) if tree.pos[first] in BEGINS_SUBJECT else None


def _lender(tree: Tree, token: int) -> int:
    """The subject that a light verb lends: "the ministry" in "the ministry issued a statement saying"."""
    governor = tree.head[token]
    if tree.dep[token] == "obj" and tree.lemma[governor] in LIGHT_VERBS and tree.lemma[token] in NOUNS:
        lent = subject(tree, governor)
        return token if lent is None else lent
    return token


def _is_unreal(tree: Tree, verb: int) -> bool:
    """Whether the verb only says what might be, or must: "could reject", "has to reject", "to reject it, she ..."."""
    modal = any(tree.words[c].lower() in POSSIBLE for c in tree.kin(verb, ("aux",)))
    purpose = tree.dep[verb] in ("advcl", "acl") and tree.tag[verb] == "VB"
    duty = tree.dep[verb] == "xcomp" and tree.lemma[tree.head[verb]] in DUTIES and tree.tag[verb] == "VB"
    return modal or purpose or duty


def _by_opener(tree: Tree, verb: int, frames: tuple[Frame, ...]) -> Built | None:
    """A clause that "that" opens behind the verb, with no other verb between: "said in Bonn on Monday that"."""
    frame = next((f for f in frames if "s" in f.takes), None)
    if frame is None:
        return None
    for token in range(verb + 1, min(verb + OPENER_REACH, tree.bounds[tree.sentence[verb]][1])):
        if tree.words[token].lower() == "that" and (
            tree.pos[token] == "SCONJ" or tree.dep[token] == "mark" or tree.words[token - 1].lower() in WHEN
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
    if tree.dep[finite] == "conj" and tree.head[finite] == verb:  # "offered her help and said that"
        return None
    piece = clean(tree, first, clause_end(tree, finite, verb))
    return (frame, finite, (piece,), verb) if piece else None


def _by_agent(tree: Tree, verb: int, frames: tuple[Frame, ...]) -> Built | None:
    """The subject of a passive as content: "was endorsed by the council"."""
    frame = next((f for f in frames if "o" in f.takes), None)
    who, thing = agent(tree, verb), next(tree.kin(verb, SUBJECTS), None)
    if frame is None or who is None or thing is None:
        return None
    by = tree.left[who]
    return frame, thing, ((tree.left[thing], tree.right[thing]),), by if by == cue_span(tree, verb)[1] + 1 else verb


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
        if tree.words[child].lower() in DAYS:  # "rejected Thursday an appeal"
            child = next((i for i in range(child + 1, len(tree)) if tree.pos[i] in ("NOUN", "PROPN", "PUNCT")), child)
            if tree.pos[child] == "PUNCT":
                return None
        if tree.lemma[verb] in LIGHT_VERBS and tree.lemma[child] in NOUNS and noun_report(tree, child) is not None:
            return None
        return frame, child, object_of(tree, child, verb), verb
    thing = tree.first(verb, "obj", "iobj")
    if letter == "x" and thing is not None and (second := _second_object(tree, verb, thing)) is not None:
        return frame, second, _joined(tree, thing, second, verb), verb
    child = next((c for c in tree.kin(verb, ("xcomp", "advcl", "ccomp")) if c > verb), None)
    if child is None and letter == "a" and thing is not None:
        child = next((c for c in tree.kin(thing, ("acl",)) if tree.tag[c] == "VB"), None)
    if child is None:
        return None
    return _predicate(tree, verb, frame, letter, child)


def _second_object(tree: Tree, verb: int, thing: int) -> int | None:
    """The noun that a verb of naming gives its object: "called [the plan] [a disgrace]"."""
    for child in tree.kin(verb, ("obj", "xcomp", "obl:unmarked")):
        if child > thing and tree.pos[child] in ("NOUN", "PROPN"):
            loose = tree.dep[child] == "obl:unmarked"  # what stands by itself beside a verb, as measures of time do
            if not loose or (tree.words[tree.left[child]].lower() in ARTICLES and tree.lemma[child] not in SPELLS):
                return child
    return None


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
    things = (c for c in tree.kin(verb, ("obj", "iobj")) if c < child and tree.words[c].lower() not in DAYS)
    thing = next(things, None)
    if letter == "i" and infinitive and thing is None:
        return frame, child, content_of(tree, child, verb), verb
    if letter == "a" and infinitive and thing is not None:
        told = tree.lemma[verb] in TELLING or tree.pos[thing] == "PRON"
        content = content_of(tree, child, verb) if told else _joined(tree, thing, child, verb)
        return frame, child, content, verb
    near = tree.dep[child] != "advcl" or tree.left[child] == cue_span(tree, verb)[1] + 1
    if letter == "g" and tree.words[child].endswith("ing") and not infinitive and near:
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
        if mark is None or mark != tree.left[child] or tree.words[child].lower() in WHEN:
            continue
        follower = tree.first(verb, "xcomp")
        first = mark + 1
        last = tree.right[follower] if follower is not None and follower > child else tree.right[child]
        if "x" in frame.takes and (thing := tree.first(verb, "obj")) is not None and thing < child:
            content = clean(tree, tree.left[thing], last)
            return (frame, child, (content,), verb) if content else None
        if last + 2 < len(tree) and tree.words[last + 1] == "to" and tree.tag[last + 2] == "VB":
            last = max(last + 2, tree.right[last + 2])  # "called for the mayor to resign"
        content = clean(tree, first, last)
        content = content and without_relative(tree, content)
        gap = [
            i for i in range(verb + 1, mark) if tree.head[i] != verb or tree.dep[i] not in ("compound:prt", "advmod")
        ]
        return (frame, child, (content,), mark if not gap else verb) if content else None
    return _past_apposition(tree, verb, frame)


def _past_apposition(tree: Tree, verb: int, frame: Frame) -> Built | None:
    """Content behind an addressee with an apposition, where the parse lost it: "accused the mayor, Ada Stone, of"."""
    thing = tree.first(verb, "obj")
    if thing is None or thing < verb or "a" not in frame.takes:
        return None
    stop = min(tree.bounds[tree.sentence[verb]][1], thing + APPOSITION_REACH)
    commas = [i for i in range(thing + 1, stop) if tree.words[i] == ","][:2]
    if len(commas) < 2 or any(tree.tag[i] in FINITE for i in range(thing, commas[1])):
        return None
    mark = commas[1] + 1
    if mark + 1 >= stop or tree.lemma[mark] not in frame.prepositions:
        return None
    content = clean(tree, mark + 1, clause_end(tree, mark + 1, verb))
    return (frame, mark + 1, (content,), verb) if content else None


def particle(tree: Tree, verb: int) -> str | None:
    """ "rule out" for a verb with its particle, when that is a cue."""
    for child in tree.children[verb]:
        phrase = f"{tree.lemma[verb]} {tree.lemma[child]}"
        if tree.dep[child] in PARTICLES and 0 < child - verb <= PARTICLE_REACH and phrase in PHRASAL:
            return phrase
    return None
