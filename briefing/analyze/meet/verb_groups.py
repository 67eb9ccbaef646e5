"""Verbs of a clause found by their tags alone: where a verb group begins, what clause it stands in, who is its subject.

The parse of long news sentences goes wrong where titles, lists and appositions pile up; tags and names hold. So
subjects are read from the order of words: the phrase before the finite verb, past relative clauses and adverbials.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.analyze.meet.parties import (
    FINITE,
    RELATIVE,
    VERBS_TOO,
    WITH_COMPANY,
    Party,
    find_parties,
    stands_for_others,
    with_company,
)
from briefing.analyze.meet.view import Scene, is_place
from briefing.analyze.meet.words import PLURAL_PEOPLE, REPORTING

if TYPE_CHECKING:
    from spacy.tokens import Token

STOPS = frozenset('; : — – “ ” " ( ) ? ! .'.split())
CONJUNCTIONS = frozenset("that whether if unless because although though while as when where until".split())
BEFORE_CLAUSE = frozenset("after before since".split())
HELPERS = frozenset("to not n't n’t never also even still already again both all reportedly".split())
PLAIN_FORMS = frozenset("meet gather convene confer reconvene".split())
THIRD_PERSON = frozenset(form + "s" for form in PLAIN_FORMS)
# no tagger may call them anything but finite without a helper
PAST_FORMS = frozenset("met spoke held sat shook".split())
PLANNED = frozenset("planned scheduled expected set due slated proposed postponed cancelled canceled".split())
DEEPEST = 4  # verbs that are followed back to a subject


def is_finite(scene: Scene, token: Token) -> bool:
    """True for a verb form that has a subject of its own; words within names are none."""
    if token.i in scene.names or (token.lower_ in PLURAL_PEOPLE and token.lower_ not in VERBS_TOO):
        return False
    if (token.tag_ in FINITE and token.pos_ in ("VERB", "AUX")) or is_plain_present(scene, token):
        return True
    if token.i == token.sent.start or is_helper(scene, scene.doc[token.i - 1]):
        return False
    if token.tag_ != "VBN":
        return token.lower_ in PAST_FORMS
    main = token.dep_ == "ROOT" and token.lower_ not in PLANNED  # "the meeting planned for Monday was"
    return main or token.lower_ in PAST_FORMS or _has_object(scene, token)


def is_plain_present(scene: Scene, token: Token) -> bool:
    """True for "the ministers meet", "they gather" whatever the tagger took it for: a plural stands before it."""
    if token.i == token.sent.start or token.lower_ not in PLAIN_FORMS | THIRD_PERSON:
        return False
    before = scene.doc[token.i - 1]
    if token.lower_ in THIRD_PERSON:
        return before.i in scene.names
    return before.i in scene.names or before.tag_ in ("NNS", "NNPS") or before.lower_ in PLURAL_PEOPLE


def _has_object(scene: Scene, verb: Token) -> bool:
    """True for a past form that takes an object or "with": "resumed talks", "conferred with", not "accompanied by"."""
    if verb.i + 1 >= len(scene.doc) or verb.pos_ != "VERB" or scene.doc[verb.i - 1].pos_ in ("ADP", "DET", "ADJ"):
        return False  # "behind closed doors"
    after = scene.doc[verb.i + 1]
    return verb.i + 1 in scene.names or after.lower_ == "with" or after.pos_ in ("DET", "NOUN", "PROPN", "PRON")


def is_helper(scene: Scene, token: Token) -> bool:
    """True for what may stand between a verb and the front of its group: auxiliaries, adverbs, "to", "not"."""
    if token.i in scene.names:
        return False
    if token.lower_ == "re" or (token.text == "-" and token.i and scene.doc[token.i - 1].lower_ == "re"):
        return True  # "re-join"
    if token.pos_ == "AUX" or token.tag_ in ("MD", "TO") or token.lower_ in HELPERS:
        return True
    return token.pos_ == "ADV" and token.lower_ not in BEFORE_CLAUSE | CONJUNCTIONS


def group_start(scene: Scene, index: int) -> int:
    """The first token of the verb group that ends at `index`."""
    first = scene.doc[index].sent.start
    while index > first and is_helper(scene, scene.doc[index - 1]):
        index -= 1
    return index


def finite_of(scene: Scene, verb: Token) -> Token | None:
    """The finite verb that a verb belongs to: itself, its auxiliary, what it depends on, or that of the main clause."""
    doc, sentence = scene.doc, verb.sent
    for index in range(verb.i, group_start(scene, verb.i) - 1, -1):
        if is_finite(scene, doc[index]):
            return doc[index]
    for index in range(group_start(scene, verb.i) - 1, sentence.start - 1, -1):
        if doc[index].text in STOPS and doc[index].text not in ("“", "”", '"'):
            break
        if is_finite(scene, doc[index]):
            return doc[index]
    later = next((doc[i] for i in range(verb.i + 1, sentence.end) if is_finite(scene, doc[i])), None)
    return later or (verb if verb.tag_ == "VBN" else None)  # a sentence without any other finite verb


def is_headline(scene: Scene, verb: Token) -> bool:
    """True for "Norland, Sudland ministers to meet in Ghent": an infinitive is the verb of the sentence."""
    first = group_start(scene, verb.i)
    if first == verb.sent.start or scene.doc[first].lower_ != "to":
        return False
    return not any(is_finite(scene, token) for token in verb.sent[: verb.i - verb.sent.start])


def clause_start(scene: Scene, index: int) -> int:
    """The first token of the clause before `index`: behind a stop, a conjunction or another finite verb."""
    doc = scene.doc
    first = doc[index].sent.start
    while index > first:
        token = doc[index - 1]
        if token.i in scene.names:
            index -= 1
            continue
        if token.text in STOPS or token.is_space or token.lower_ in CONJUNCTIONS | RELATIVE or is_finite(scene, token):
            break
        index -= 1
    return index


def subject_parties(scene: Scene, verb: Token, depth: int = 0) -> list[Party]:
    """The parties that do what a verb tells, found through control, coordination, relative clauses and pronouns."""
    finite = finite_of(scene, verb)
    if finite is None and is_headline(scene, verb):
        return _phrase_before(scene, group_start(scene, verb.i))
    if finite is None or depth > DEEPEST:
        return []
    first = group_start(scene, finite.i)
    if first == verb.sent.start:
        return _inverted(scene, finite)
    before = scene.doc[first - 1]
    if before.lower_ in ("who", "which", "that") and first - 1 not in scene.names:
        return antecedent(scene, before)
    if before.pos_ == "CCONJ" or (before.text == "," and _continues(scene, first)):
        earlier = _finite_before(scene, before.i)
        return subject_parties(scene, earlier, depth + 1) if earlier is not None else []
    if before.text in ("”", '"', "“") or (
        before.text == "," and first - 2 >= 0 and scene.doc[first - 2].text in ("”", '"')
    ):
        return _inverted(scene, finite)
    found = _phrase_before(scene, first)
    if not found and finite.tag_ == "VBN" and (earlier := _finite_before(scene, first)) is not None:
        return subject_parties(scene, earlier, depth + 1)  # "spent the day closeted with"
    return found


def _inverted(scene: Scene, finite: Token) -> list[Party]:
    """The subject behind its verb: "... ,” said Anna Berg"."""
    if finite.lemma_.lower() not in REPORTING or finite.i + 1 >= len(scene.doc):
        return []
    return find_parties(scene, finite.i + 1, finite.sent.end)


def _continues(scene: Scene, first: int) -> bool:
    """True in "visited the port, met the mayor": a verb behind a comma whose clause has no subject of its own."""
    start = clause_start(scene, first)
    return start == first - 1 or all(scene.doc[i].text == "," for i in range(start, first))


def _finite_before(scene: Scene, index: int) -> Token | None:
    doc = scene.doc
    for back in range(index - 1, doc[index].sent.start - 1, -1):
        if doc[back].text in (";", ":"):
            return None
        if is_finite(scene, doc[back]):
            return doc[back]
    return None


def _phrase_before(scene: Scene, stop: int) -> list[Party]:
    """The parties of the noun phrase that ends before `stop`."""
    doc = scene.doc
    if doc[stop - 1].pos_ == "PRON" and stop - 1 not in scene.names:
        return _meant(scene, doc[stop - 1])
    start = clause_start(scene, stop)
    sentence = doc[stop - 1].sent
    while start > sentence.start and (pronoun := _relative_at(scene, start)) is not None:
        stop = pronoun
        start = clause_start(scene, stop)
    company = _leading_company(scene, start, stop)
    start = _past_adverbials(scene, start, stop)
    if start >= stop:
        return []
    if doc[start].lower_ in ("he", "she") and start + 1 < stop and doc[start + 1].pos_ == "CCONJ":
        company += person_before(scene, doc[start])  # "he and his colleague, Jan Dvorak, signed"
    return [*company, *with_company(scene, start, stop)]


def _leading_company(scene: Scene, start: int, stop: int) -> list[Party]:
    """Those in "Joined by Jan Dvorak, Anna Berg held talks"."""
    if start + 2 < stop and (scene.doc[start].lower_, scene.doc[start + 1].lower_) in WITH_COMPANY:
        return find_parties(scene, start + 2, _comma_after(scene, start, stop))
    return []


def _meant(scene: Scene, pronoun: Token) -> list[Party]:
    """Whom "he", "she" or "they" stand for: who says so in the same sentence, else the person before."""
    if pronoun.lower_ not in ("he", "she", "they", "it"):
        return []
    index = pronoun.i - (2 if scene.doc[pronoun.i - 1].lower_ == "that" else 1)
    speaks = scene.doc[index]
    if index > pronoun.sent.start and is_finite(scene, speaks) and speaks.lemma_.lower() in REPORTING:
        speakers = subject_parties(scene, speaks, DEEPEST)
        if pronoun.lower_ == "it":
            return [party for party in speakers if not party.person]
        if any(party.person for party in speakers):  # else: "Berg's office said that she"
            return speakers
    if pronoun.lower_ == "they":
        here = people(scene, pronoun.sent.start, pronoun.i)
        both = here if len(here) > 1 else _people_of_sentence_before(scene, pronoun)
        return both if len(both) == 2 else []
    return person_before(scene, pronoun) if pronoun.lower_ in ("he", "she") else []


def _relative_at(scene: Scene, start: int) -> int | None:
    """The relative pronoun whose clause lies right before `start`: the phrase before it is the one that goes on."""
    doc = scene.doc
    token = doc[start - 1]
    if token.lower_ in ("who", "whom", "whose", "which"):
        return start - 1
    if not is_finite(scene, token):
        return None
    first = group_start(scene, token.i)
    before = doc[first - 1] if first > token.sent.start else None
    if before is not None and before.lower_ in ("who", "which", "that") and token.lemma_.lower() not in REPORTING:
        return first - 1
    return None


def _past_adverbials(scene: Scene, start: int, stop: int) -> int:
    """The start of the subject behind "In July 2018," or "On the eve of the vote," or "Joined by Anna Berg,"."""
    doc = scene.doc
    if start not in scene.names and (doc[start].tag_ in ("VBN", "VBG") or _opens_state(scene, start)):
        start = _comma_after(scene, start, stop)
    while start < stop:
        token = doc[start]
        if token.i not in scene.names and (token.pos_ in ("ADP", "SCONJ") or _opens_time(scene, start, stop)):
            start = _past_phrase(scene, start, stop)
        elif token.text == "," or token.pos_ in ("CCONJ", "ADV") or scene.date_at(token) is not None:
            start += 1
        else:
            break
    return start


def _comma_after(scene: Scene, start: int, stop: int) -> int:
    """Behind the first comma in [start, stop), or `start` without one."""
    return next((index + 1 for index in range(start, stop - 1) if scene.doc[index].text == ","), start)


def _opens_state(scene: Scene, start: int) -> bool:
    """True for "Fresh from a visit," "Eager to help,": an adjective with what belongs to it."""
    following = scene.doc[start + 1 : start + 2]
    return scene.doc[start].pos_ == "ADJ" and all(token.pos_ in ("ADP", "PART") for token in following)


def _opens_time(scene: Scene, start: int, stop: int) -> bool:
    """True for "A day after the vote," and "Three weeks later,"."""
    for index in range(start, min(start + 4, stop - 1)):
        token = scene.doc[index]
        if token.pos_ not in ("DET", "NUM", "NOUN", "ADJ", "ADV") or index in scene.names:
            return False
        if token.pos_ == "NOUN":
            return scene.doc[index + 1].lower_ in ("after", "before", "later", "ago", "earlier", "ahead", "into")
    return False


def _past_phrase(scene: Scene, start: int, stop: int) -> int:
    """Behind the comma that closes a leading phrase, or behind its date or place where no comma does."""
    doc = scene.doc
    for index in range(start, stop):
        if doc[index].text == "," and not (_is_place_at(scene, index - 1) and _is_place_at(scene, index + 1)):
            return index + 1
    index = start + 1
    while index < stop and (doc[index].pos_ in ("DET", "NUM", "ADJ", "ADP") or scene.date_at(doc[index]) is not None):
        index += 1
    name = scene.names.get(index)
    return name.last + 1 if name is not None and name.label in ("GPE", "LOC") else index


def _is_place_at(scene: Scene, index: int) -> bool:
    name = scene.names.get(index)
    return name is not None and is_place(name)


def antecedent(scene: Scene, pronoun: Token) -> list[Party]:
    """Whom "who" stands for: the person named last before it, or the officials it describes."""
    doc, first = scene.doc, pronoun.sent.start
    for index in range(pronoun.i - 1, max(first, pronoun.i - 14) - 1, -1):
        name = scene.names.get(index)
        if name is not None and name.label == "PERSON":
            return find_parties(scene, _title_start(scene, name.first, first), pronoun.i)[-1:]
        if is_finite(scene, doc[index]):
            break
        if name is None and index >= pronoun.i - 2 and stands_for_others(doc[index]) and index + 1 == pronoun.i:
            return find_parties(scene, _title_start(scene, index, first), pronoun.i)
    return []


def _title_start(scene: Scene, first: int, start: int) -> int:
    """Where the titles before a name begin."""
    index = first
    while (
        index > start
        and scene.doc[index - 1].pos_ in ("PROPN", "NOUN", "ADJ")
        and scene.doc[index - 1].text not in STOPS
    ):
        index -= 1
    return index


def person_before(scene: Scene, pronoun: Token) -> list[Party]:
    """Whom "he" stands for: the first person of the sentence before it, or the only one of the sentence before."""
    found = people(scene, pronoun.sent.start, pronoun.i)
    if found:
        return [found[0]]
    found = _people_of_sentence_before(scene, pronoun)
    return found if len(found) == 1 else []


def _people_of_sentence_before(scene: Scene, token: Token) -> list[Party]:
    """The persons named in the sentence before the token's own."""
    start = token.sent.start
    before = scene.doc[start - 1].sent if start > 0 else None
    while before is not None and not before.text.strip() and before.start > 0:
        before = scene.doc[before.start - 1].sent
    return people(scene, before.start, before.end) if before is not None else []


def people(scene: Scene, start: int, stop: int) -> list[Party]:
    """The persons named in [start, stop), each once."""
    found: dict[str, Party] = {}
    for index in range(start, stop):
        name = scene.names.get(index)
        if name is not None and name.label == "PERSON" and name.first == index:
            found.setdefault(name.entity, Party(name.entity, scene.side(name.entity), person=True))
    return list(found.values())
