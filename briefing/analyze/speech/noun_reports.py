"""Reports whose cue is a noun, an adjective or a preposition: "her claim that", "is ready to", "according to"."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.analyze.speech.clauses import cue_at, cue_span, source_span, subject
from briefing.analyze.speech.contents import Report, TokenSpan, around, clause_end, clean, content_of
from briefing.analyze.speech.cues import ADJECTIVES, LIGHT_VERBS, NOUNS, Frame
from briefing.analyze.speech.lead_ins import source_phrase
from briefing.analyze.speech.trees import Tree

# who is meant is not said, or the sentence speaks of anybody
NOBODY = frozenset({"you", "it", "there", "this", "that", "what", "which", "one", "nothing", "something"})
NOUN_PREPOSITIONS = frozenset({"for", "of", "about", "against", "to", "on", "over", "in", "at", "with"})
ADJECTIVE_PREPOSITIONS = frozenset({"of", "about", "to", "with", "for", "over"})


def noun_report(tree: Tree, noun: int) -> Report | None:
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
    return _noun_object(tree, noun, source) or _noun_addressee(tree, noun, source)


def _noun_addressee(tree: Tree, noun: int, source: TokenSpan) -> Report | None:
    """What follows a noun with its light verb, whatever the parse made of it: "issued an ultimatum to them to stop"."""
    first, last = _noun_cue(tree, noun, noun)
    if first == noun or tree.first(tree.head[noun], "ccomp") is not None:
        return None
    content = clean(tree, noun + 1, clause_end(tree, noun, first))
    if content is None or content[0] != noun + 1 or content[0] <= source[0] <= content[1]:
        return None
    return Report(source, (first, last), (content,), noun, Frame(NOUNS[tree.lemma[noun]], "o"), content[0])


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


def adjective_report(tree: Tree, adjective: int) -> Report | None:
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
        elif mark is not None and mark == adjective + 1 and tree.lemma[mark] in ADJECTIVE_PREPOSITIONS:
            piece, last = clean(tree, mark + 1, tree.right[child]), mark
            content = (piece,) if piece else ()
        else:
            continue
        if content:
            return Report(source, (first, last), content, adjective, Frame(stance, "s"), child)
    return None


def is_told(tree: Tree, token: int, hidden: Sequence[bool]) -> bool:
    """Whether the sentence names who said the quotation in it, so that the phrase only names who passed it on."""
    start, stop = tree.bounds[tree.sentence[token]]
    quoted = next((i for i in range(start, stop) if hidden[i]), None)
    return quoted is not None and any(cue_at(tree, i) for i in range(start, quoted))


def phrase_report(tree: Tree, token: int) -> Report | None:
    """ "According to the ministry, ..." with the rest of the clause as content."""
    frame = source_phrase(tree, token)
    if frame is None or frame.source is None:
        return None
    first, last = min(frame.cue[0], frame.source[0]), max(frame.cue[1], frame.source[1])
    start, stop = tree.bounds[tree.sentence[token]]
    clause = next((g for g in tree.above(frame.source[1]) if not first <= g <= last), None)
    content = around(tree, start, stop - 1, (first, last))
    if not content:
        return None
    return Report(frame.source, frame.cue, content, frame.cue[0], Frame("states", "s"), clause or content[0][0])
