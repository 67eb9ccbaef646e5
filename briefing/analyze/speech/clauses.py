"""A cue in a parse: its subject, the noun phrase of a source, and the words that make up the cue."""

from __future__ import annotations

from briefing.analyze.speech.cues import SHADING_VERBS, VERBS, cue_lemma
from briefing.analyze.speech.trees import NOMINAL, SUBJECTS, Tree

AUXILIARIES = frozenset({"aux", "aux:pass", "auxpass", "advmod", "neg", "cop"})
PASSIVE = frozenset({"nsubj:pass", "nsubjpass", "csubj:pass"})
# what a noun phrase holds besides its own words; a parenthetic clause stays, a sentence hung on by mistake does not
OUTSIDE = frozenset({"parataxis", "case", "discourse", "dep", "cc:preconj", "advcl", "mark", "dislocated"})
# what makes a clause of a noun phrase: "[All they get is] a message saying ..."
PREDICATION = SUBJECTS | {"cop", "aux", "expl", "advmod"}
NAMING = frozenset({"PROPN", "PRON", "NOUN"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
# words of time, which stand beside a source or a cue and belong to neither
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday tonight tomorrow".split())
WHEN = DAYS | frozenset(
    """morning afternoon evening night week weekend month year january february april june july august september october
    november december recently earlier later""".split()
)
MAX_SOURCE = 40  # words; a longer "noun phrase" is a parser's slip
MAX_CLIMB = 4  # governors asked for a subject before giving up


def subject(tree: Tree, verb: int) -> int | None:
    """The head word of who does what `verb` says, or None: its own subject, its agent, or one that it shares.

    Shared are those of coordinated verbs, of the verb that governs an infinitive or a participle, and the noun that a
    participle stands beside.
    """
    for climb in range(MAX_CLIMB):
        if is_passive(tree, verb):
            return _own_subject(tree, verb) if climb else agent(tree, verb)
        if (own := _own_subject(tree, verb)) is not None:
            own = past_whose(tree, own, verb)
            return own if not climb or tree.words[own].lower() not in RELATIVES else _antecedent(tree, own)
        label, governor = tree.dep[verb], tree.head[verb]
        if not climb and verb == tree.bounds[tree.sentence[verb]][0] and tree.tag[verb] in ("VBN", "VBD"):
            return agent(tree, verb)  # "Asked about it, she smiled": others asked
        if label == "conj" and tree.tag[verb] == "VBN" and is_passive(tree, governor) and not climb:
            return agent(tree, verb)  # "was launched and described as"
        if not climb and label == "advcl" and tree.tag[verb] == "VBN" and tree.first(verb, "aux", "mark") is None:
            return agent(tree, verb)  # "Asked about it, she smiled": others asked
        if governor == verb:
            return None
        if label in ("parataxis", "conj") and tree.pos[governor] in NAMING and governor < verb and not climb:
            return governor
        if label.startswith("acl") and tree.pos[governor] in NOMINAL:
            if label == "acl" and is_naming(tree, verb):
                return agent(tree, verb)
            return None if label == "acl" and _is_infinitive(tree, verb) else governor
        if label not in ("conj", "xcomp", "advcl", "parataxis", "cop", "aux", "obl", "ccomp", "obj"):
            return None
        if label in ("ccomp", "parataxis") and climb == 0 and not _is_bare(tree, verb):
            return None
        verb = governor
    return None


def past_whose(tree: Tree, own: int, verb: int) -> int:
    """The name before "whose son drowned" for the verb behind it, where the parse took the son for its subject."""
    first = tree.left[own]
    if own > verb or tree.words[first].lower() != "whose" or first < 2:
        return own
    between = range(own + 1, verb)
    before = first - 2 if tree.words[first - 1] == "," else first - 1
    drowned = any(tree.pos[i] in ("VERB", "AUX") for i in between)
    return before if drowned and tree.pos[before] in NAMING else own


def _antecedent(tree: Tree, relative: int) -> int:
    """The noun that a relative pronoun stands for."""
    clause = tree.head[relative]
    if tree.dep[clause].startswith("acl"):
        noun = tree.head[clause]
        named = tree.dep[noun] == "appos" and tree.pos[tree.head[noun]] == "PROPN"
        return tree.head[noun] if named else noun  # "Ana Brandt, a historian who was there, recalled"
    noun = relative - 2 if relative > 1 and tree.words[relative - 1] == "," else relative - 1
    while noun > 0 and tree.dep[noun] in ("flat", "compound", "flat:name") and tree.head[noun] < relative:
        noun = tree.head[noun]
    return noun if noun >= 0 and tree.pos[noun] in NOMINAL else relative


def _own_subject(tree: Tree, verb: int) -> int | None:
    subjects = [s for s in tree.kin(verb, SUBJECTS) if tree.pos[s] in NOMINAL or tree.pos[s] == "ADJ"]
    if len(subjects) > 1 and subjects[-1] < verb and _is_behind_of(tree, subjects[-1]):
        return subjects[-2]  # "Rabbi Karl Berg of Beth Israel said"
    return subjects[-1] if subjects else None


def _is_behind_of(tree: Tree, token: int) -> bool:
    """Whether the words that lead to a noun, without a mark, begin with "of"."""
    while token > 0 and tree.pos[token] in ("PROPN", "NOUN", "ADJ", "DET"):
        token -= 1
    return tree.words[token].lower() == "of"


def _is_bare(tree: Tree, verb: int) -> bool:
    """Whether the verb is a participle or infinitive, which has no subject of its own."""
    return tree.words[verb].endswith("ing") or _is_infinitive(tree, verb)


def _is_infinitive(tree: Tree, verb: int) -> bool:
    return any(tree.lemma[c] == "to" for c in tree.kin(verb, ("mark",)))


def is_past_form(tree: Tree, verb: int) -> bool:
    """Whether a form read as a participle can only be a past tense: no auxiliary, no noun that it modifies."""
    bare = tree.first(verb, "aux", "aux:pass", "auxpass") is None
    return tree.tag[verb] == "VBN" and bare and not tree.dep[verb].startswith(("amod", "acl", "advcl", "xcomp"))


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether the verb is passive: "was accused"."""
    return any(tree.dep[c] in ("aux:pass", "auxpass") or tree.dep[c] in PASSIVE for c in tree.children[verb])


def is_naming(tree: Tree, verb: int) -> bool:
    """Whether the verb is a participle that tells what its noun is called or by whom: "a print called", "known as"."""
    if not tree.dep[verb].startswith("acl") or tree.tag[verb] != "VBN" or tree.first(verb, "aux", "nsubj") is not None:
        return False
    following = tree.words[verb + 1].lower() if verb + 1 < len(tree) else ""
    return following in ("as", "by") or following[:1] in tuple("\"“”„«‘'`")


def agent(tree: Tree, verb: int) -> int | None:
    """The noun behind "by"."""
    return next((c for c in tree.kin(verb, ("obl", "obl:agent", "nmod", "obl:by")) if tree.case(c) == "by"), None)


def governing_verb(tree: Tree, verb: int) -> int:
    """The first verb of the chain that ends in `verb`: "appeared" for "blame" in "appeared to blame"."""
    while tree.dep[verb] == "xcomp" and tree.lemma[tree.head[verb]] in SHADING_VERBS and tree.head[verb] < verb:
        if tree.first(tree.head[verb], "obj") is not None:
            break  # "used footage of Brandt asking"
        verb = tree.head[verb]
    return verb


def cue_span(tree: Tree, verb: int) -> tuple[int, int]:
    """First and last token of the verb with its auxiliaries, negation, adverbs before it and particles behind it."""
    first = governing_verb(tree, verb)
    while first > 0 and _belongs_before(tree, first - 1, verb):
        first -= 1
    last = verb
    while last + 1 < len(tree) and tree.head[last + 1] == verb and tree.dep[last + 1] == "compound:prt":
        last += 1
    return first, last


def _belongs_before(tree: Tree, token: int, verb: int) -> bool:
    heads = {verb, governing_verb(tree, verb)}
    return (
        tree.head[token] in heads
        and tree.dep[token] in AUXILIARIES
        and tree.pos[token] in ("AUX", "ADV", "PART")
        and tree.lemma[token] not in ("when", "where", "how", "why", "if", "as")
    )


def source_span(tree: Tree, token: int) -> tuple[int, int]:
    """First and last token of the noun phrase around its head, appositions and their closing comma included."""
    if tree.words[token].lower() in RELATIVES and not tree.words[token].isupper():  # WHO is a body
        return token, token
    first, last = token, token
    outside = OUTSIDE | PREDICATION if tree.first(token, "cop") is not None else OUTSIDE
    for child in tree.children[token]:
        if tree.dep[child] in outside or tree.dep[child] == "punct":
            continue
        if tree.dep[child] == "conj" and tree.pos[child] == "VERB":
            continue
        if tree.pos[token] == "PROPN" and tree.dep[child] == "nmod" and tree.case(child) == "to":
            continue  # whom a person speaks to: "said Brandt to the council"
        first, last = min(first, tree.left[child]), max(last, tree.right[child])
    if last - first > MAX_SOURCE:
        first, last = token, token
    first, last = _trimmed(tree, first, last)
    return first, _closing_comma(tree, token, last)


def _trimmed(tree: Tree, first: int, last: int) -> tuple[int, int]:
    while first < last and (tree.pos[first] in ("PUNCT", "SPACE", "CCONJ") or _is_opener(tree, first)):
        first += 1
    while last > first and (tree.pos[last] == "SPACE" or (tree.pos[last] == "PUNCT" and tree.words[last] not in ")")):
        last -= 1
    told = any(tree.tag[i] in FINITE for i in range(first, last))  # "Brandt, who won last year"
    while last - 1 > first and tree.words[last].lower() in WHEN and not told:
        last -= 2 if tree.pos[last - 1] == "ADP" and last - 2 >= first else 1
    return first, last


def _is_opener(tree: Tree, token: int) -> bool:
    """Whether the token is an adverb that opens the sentence ("However", "Meanwhile") rather than the phrase."""
    return tree.pos[token] in ("ADV", "SCONJ") and token == tree.bounds[tree.sentence[token]][0]


def _closing_comma(tree: Tree, token: int, last: int) -> int:
    """With the comma that ends an apposition or a relative clause, which belongs to the phrase."""
    opened = any(tree.words[i] == "," for i in range(token, last))
    follows = last + 1 < len(tree) and tree.words[last + 1] == ","
    return last + 1 if opened and follows else last


def cue_at(tree: Tree, token: int) -> str | None:
    """The cue verb that the token is a form of; a past form right behind a name is a verb, whatever its tag."""
    lemma = cue_lemma(tree.words[token], tree.lemma[token])
    if lemma not in VERBS:
        return None
    mistaken = tree.words[token].endswith("ed") and token > 0 and tree.pos[token - 1] in ("PROPN", "PRON")
    return lemma if tree.pos[token] == "VERB" or mistaken else None
