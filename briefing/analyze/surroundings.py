"""Around a verb or noun of meeting: who is its subject, whom its words reach, where and when it says it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.analyze.meeting_words import REPORTING, SINGULAR_PEOPLE
from briefing.analyze.parties import FINITE, RELATIVE, Party, find_parties, phrase_end, stands_for_others
from briefing.analyze.scenes import Scene, is_place
from briefing.language.dates import DateMention
from briefing.language.gazetteers import region_of

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

SUBJECTS = frozenset(["nsubj", "nsubj:pass", "nsubjpass", "csubj"])
REACH = 30  # tokens after a verb in which its "with" or "between" is looked for
OBJECT_CONTROL = frozenset("urge ask invite tell order force allow help want expect press persuade send".split())
COMPANY = frozenset(["along", "together", "accompanied", "as", ","])
STOPS = frozenset('; : — – “ ” " ( ) ? ! .'.split())
NOT_THEN = frozenset(
    "since until till before after by from".split()
)  # dates behind them are not the day of the meeting
SETTING = frozenset("in at near outside inside on".split())


def subject_parties(scene: Scene, verb: Token) -> list[Party]:
    """The parties that do what a verb tells, its subject found through control, relative clauses and pronouns."""
    subject = subject_of(verb)
    if subject is None or subject.i >= verb.i:
        return []
    if subject.lower_ in ("who", "that", "which"):
        return _antecedent(scene, subject)
    if subject.lower_ in ("he", "she"):
        return _person_before(scene, subject)
    if subject.pos_ == "PRON":
        return []
    return find_parties(scene, _phrase_start(subject), verb.i)


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb, or of the verb that controls it."""
    token = verb
    for _ in range(4):
        own = next((child for child in token.children if child.dep_ in SUBJECTS), None)
        if own is not None:
            return own
        governor = token.head
        if governor.i == token.i:
            return None
        if token.dep_ in ("acl:relcl", "acl"):
            who = next((t for t in token.doc[governor.i : token.i] if t.lower_ in ("who", "which", "that")), None)
            return who if who is not None else governor if token.tag_ in ("VBN", "VBG") else None
        if token.dep_ == "xcomp" and governor.lemma_.lower() in OBJECT_CONTROL:
            own = next((child for child in governor.children if child.dep_ in ("obj", "dobj", "iobj")), None)
            if own is not None:
                return own
        if token.dep_ not in ("xcomp", "advcl", "conj", "ccomp", "obl", "parataxis", "aux", "root"):
            return None
        token = governor
    return None


def _phrase_start(subject: Token) -> int:
    """The first token of a subject's phrase, without adverbials and clauses that the parse hung before it."""
    doc, start = subject.doc, subject.left_edge.i
    for index in range(subject.i, start - 1, -1):
        token = doc[index]
        if token.is_space or token.text in STOPS:
            return index + 1
        if token.tag_ in FINITE and token.pos_ in ("VERB", "AUX"):
            return index + 1
        if token.pos_ == "SCONJ" or token.lower_ in ("that", "said"):
            return index + 1
    return start


def _antecedent(scene: Scene, pronoun: Token) -> list[Party]:
    """Whom "who" stands for: the person named last before it, within its sentence."""
    start = pronoun.sent.start
    for index in range(pronoun.i - 1, max(start, pronoun.i - 14) - 1, -1):
        name = scene.names.get(index)
        if name is not None and name.label == "PERSON":
            begin = _title_start(scene, name.first, start)
            return find_parties(scene, begin, pronoun.i)[-1:]
        if scene.doc[index].pos_ in ("VERB", "AUX") and scene.doc[index].tag_ in FINITE:
            break
    governor = pronoun.head.head
    if governor.i < pronoun.i and stands_for_others(governor):
        return find_parties(scene, governor.left_edge.i, pronoun.i)
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


def _person_before(scene: Scene, pronoun: Token) -> list[Party]:
    """Whom "he" stands for: the first person of the sentence before it, or the only one of the sentence before."""
    doc, sentence = scene.doc, pronoun.sent
    people = _people(scene, sentence.start, pronoun.i)
    if people:
        return [people[0]]
    before = doc[sentence.start - 1].sent if sentence.start > 0 else None
    while before is not None and not before.text.strip() and before.start > 0:
        before = doc[before.start - 1].sent
    if before is None:
        return []
    people = _people(scene, before.start, before.end)
    return people if len(people) == 1 else []


def _people(scene: Scene, start: int, stop: int) -> list[Party]:
    found: dict[str, Party] = {}
    for index in range(start, stop):
        name = scene.names.get(index)
        if name is not None and name.label == "PERSON" and name.first == index:
            found.setdefault(name.entity, Party(name.entity, scene.side(name.entity), person=True))
    return list(found.values())


def clause_end(scene: Scene, start: int) -> int:
    """Where the clause ends that a verb or noun before `start` stands in, at most `REACH` tokens on."""
    doc = scene.doc
    sentence = doc[start - 1].sent
    for index in range(start, min(sentence.end, start + REACH)):
        token = doc[index]
        if token.text in STOPS and index not in scene.names:
            return index
        if token.lower_ in RELATIVE and not (token.lower_ == "that" and token.pos_ == "DET"):
            return index
        if token.lower_ in ("as", "while", "because", "although", "but") and token.pos_ in ("SCONJ", "CCONJ"):
            return index
        if token.tag_ in FINITE and token.pos_ in ("VERB", "AUX"):
            return index
    return min(sentence.end, start + REACH)


def reached(scene: Scene, start: int, stop: int, prepositions: frozenset[str]) -> tuple[list[Party], bool]:
    """The parties behind the first of the prepositions in [start, stop), and whether it was there at all.

    Company that follows a relative clause ("along with ...") is taken in too.
    """
    doc = scene.doc
    for index in range(start, stop):
        token = doc[index]
        if token.lower_ in prepositions and doc[index - 1].lower_ not in ("along", "together"):
            if token.lower_ == "with" and index > start and doc[index - 1].lower_ in SINGULAR_PEOPLE:
                continue
            return with_company(scene, index + 1), True
    return [], False


def with_company(scene: Scene, start: int) -> list[Party]:
    """The parties of the phrase that begins at `start`, and those named behind "along with" later in the sentence."""
    doc = scene.doc
    if start >= len(doc):
        return []
    stop = doc[start].sent.end
    parties = find_parties(scene, start, stop)
    end = phrase_end(scene, start, stop)
    if end >= stop or doc[end].lower_ not in RELATIVE | COMPANY:
        return parties
    for index in range(end, stop - 1):
        pair = (doc[index].lower_, doc[index + 1].lower_)
        if pair in (("along", "with"), ("together", "with"), ("accompanied", "by"), ("well", "as")):
            known = {party.entity for party in parties}
            parties += [party for party in find_parties(scene, index + 2, stop) if party.entity not in known]
    return parties


def direct_object(scene: Scene, verb: Token) -> tuple[list[Party], bool]:
    """The parties of the phrase right behind a verb, and whether there is such a phrase."""
    doc = scene.doc
    index = verb.i + 1
    while index < len(doc) and doc[index].pos_ == "ADV" and doc[index].lower_ not in ("there", "here"):
        index += 1
    if index >= len(doc) or index >= verb.sent.end:
        return [], False
    token = doc[index]
    if token.pos_ in ("ADP", "SCONJ", "PUNCT", "CCONJ", "AUX", "VERB", "SPACE", "PART") and index not in scene.names:
        return [], False
    if scene.date_at(token) is not None:
        return [], False
    return with_company(scene, index), True


# ---------------------------------------------------------------- where and when


def place_of(scene: Scene, start: int, stop: int, triggers: frozenset[int], *, destination: bool = False) -> str | None:
    """The entity id of the place that tokens [start, stop) give for an occasion: "in Geneva", "at NATO headquarters in Brussels".

    Behind a common noun of something else ("the war in Mali") a place tells nothing of the meeting. With
    `destination`, "to Geneva" counts too.
    """
    ways = SETTING | {"to"} if destination else SETTING
    for index in range(start, stop):
        name = scene.names.get(index)
        if name is None or name.first != index or not is_place(name):
            continue
        preposition = _preposition(scene, index, start)
        if preposition is None or scene.doc[preposition].lower_ not in ways:
            continue
        if region_of(scene.entity(name.entity).name) is not None:
            continue  # "in Europe" is no place to meet at
        if any(_breaks(scene, i) for i in range(start, preposition)):
            return None
        if preposition <= start or _may_precede(scene, preposition - 1, triggers):
            return name.entity
    return None


def _breaks(scene: Scene, index: int) -> bool:
    """True where a comma and a conjunction begin another statement."""
    return scene.doc[index].text == "," and scene.doc[index + 1].lower_ in ("and", "but", "or")


def _preposition(scene: Scene, index: int, start: int) -> int | None:
    """The preposition before a place, past the words of a building in it: "at NATO's Brussels headquarters"."""
    for back in range(index - 1, max(start - 1, index - 5) - 1, -1):
        if back < 0:
            return None
        token = scene.doc[back]
        if token.pos_ == "ADP" and back not in scene.names:
            return back
        if token.text != "," and token.pos_ not in ("DET", "ADJ", "PROPN", "NOUN", "PART", "PRON"):
            return None
        if token.text == "," and not (back - 1 in scene.names and is_place(scene.names[back - 1])):
            return None
    return None


def _may_precede(scene: Scene, index: int, triggers: frozenset[int]) -> bool:
    """True when what stands before "in" is the occasion itself, a party, a date, a place or a verb."""
    token = scene.doc[index]
    if index in triggers or index in scene.names or scene.date_at(token) is not None:
        return True
    if token.pos_ in ("VERB", "ADV", "AUX", "PUNCT", "CCONJ", "SCONJ", "SPACE", "NUM"):
        return True
    return stands_for_others(token) or token.lower_ in ("headquarters", "palace", "residence", "week", "day", "hotel")


def date_of(scene: Scene, trigger: int, start: int, stop: int, triggers: frozenset[int]) -> DateMention | None:
    """The date that belongs to an occasion: the nearest one within its clause with no other occasion in between."""
    best: tuple[int, DateMention] | None = None
    for date in scene.dates:
        token = scene.token(date.start)
        if not start <= token < stop:
            continue
        if token > start and scene.doc[token - 1].lower_ in NOT_THEN and not _owns(scene, date):
            continue
        spoken = scene.doc[token - 2] if scene.doc[token - 1].lower_ == "on" else scene.doc[token - 1]
        if spoken.lemma_.lower() in REPORTING and token > start:
            continue
        low, high = sorted((trigger, token))
        if any(other in triggers and other != trigger for other in range(low + 1, high)):
            continue
        distance = high - low + (0 if token > trigger else 2)
        if best is None or distance < best[0]:
            best = distance, date
    return best[1] if best else None


def _owns(scene: Scene, date: DateMention) -> bool:
    """True for "Monday's" before what took place then."""
    return scene.article.text.startswith(("'s", "’s"), date.end)


def clause_span(scene: Scene, token: Token, light: Token | None) -> tuple[int, int]:
    """The tokens [start, stop) of the clause around an occasion, its verb and that verb's subject included."""
    doc, sentence = scene.doc, token.sent
    inner = range(min(token.i, light.i if light else token.i), max(token.i, light.i if light else token.i) + 1)
    start = inner.start
    while start > sentence.start and not _closes(scene, doc[start - 1], light):
        start -= 1
    stop = inner.stop
    own = {light.i} if light is not None else set()
    while stop < sentence.end and not (_closes(scene, doc[stop], light) and stop not in own):
        stop += 1
    return start, stop


def _closes(scene: Scene, token: Token, light: Token | None) -> bool:
    if token.i in scene.names:
        return False
    if token.lower_ in RELATIVE and not (token.lower_ == "that" and token.pos_ == "DET"):
        return True
    if token.text in (";", ":", "—", "“", "”", '"') or token.is_space:
        return True
    own = light is not None and (token.i == light.i or token.head.i == light.i)
    return token.tag_ in FINITE and token.pos_ in ("VERB", "AUX") and not own


def sentence_range(sentence: Span) -> tuple[int, int]:
    """First token and the one behind the last token of a sentence."""
    return sentence.start, sentence.end
