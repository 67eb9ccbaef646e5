"""The words of a source in, the entity behind them out: names, pronouns, whom officials and spokespersons speak for."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from briefing.analyze.names.titles import is_office
from briefing.analyze.speech.cast import HE, SHE, Cast, Speaker, Spoke, gender_of_noun, salience
from briefing.analyze.speech.clauses import source_span
from briefing.analyze.speech.cues import NOUNS
from briefing.analyze.speech.named_sources import WRITINGS, by_role, named, spoken_by
from briefing.analyze.speech.trees import SUBJECTS, Tree

NEAR = 3  # sentences back in which the organization behind "it" or "the company" is named
REACH = 6  # sentences back in which the person behind a pronoun is looked for
LAST_SPOKE = (
    1.0  # salience of who spoke last: as much as being a subject, for "he said" goes on more often than it turns
)
NEW_PARAGRAPH = 0.5  # salience that a name loses for a pronoun in a later paragraph


# nouns for one person besides those of offices
PEOPLE = frozenset(
    """witness eyewitness resident neighbor neighbour friend colleague teacher doctor nurse student driver passenger
    expert analyst fan parent worker survivor victim relative voter farmer fisher scientist researcher author critic
    caller visitor owner customer patient user blogger poster player pilot soldier veteran activist protester migrant
    refugee person spectator insider observer official source""".split()
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A person whom a pronoun may mean (None without a name), the token that stands for them, and how well they fit."""

    score: float
    entity: int | None
    token: int


def speaker_of(
    cast: Cast,
    tree: Tree,
    source: tuple[int, int],
    head: int,
    *,
    last: Spoke | None,
    told: frozenset[int] = frozenset(),
) -> Speaker:
    """Who the source is; `head` is its head word, `last` who spoke before it, whom a pronoun may mean.

    `told` are the entities named in what is said: "he said Brandt lied" is not said by Brandt (principle C of binding).
    """
    word = tree.words[head].lower()
    if word in HE or word in SHE:
        gender = "m" if word in HE else "f"
        return spoken_by(cast, _behind_pronoun(cast, tree, head, gender, last, told))
    if word == "they":
        return _behind_they(cast, tree, head)
    if word == "it":
        return _behind_it(cast, tree, head, last)
    if word in ("who", "which", "that") and tree.dep[tree.head[head]].startswith("acl"):
        noun = tree.head[tree.head[head]]
        return named(cast, tree, (min(tree.left[noun], noun), noun), noun)
    return named(cast, tree, source, head)


def _behind_it(cast: Cast, tree: Tree, pronoun: int, last: Spoke | None) -> Speaker:
    """The organization that spoke last, where it was named in the sentences right before; else who does what the
    sentence before tells."""
    if last is not None and last.entity is not None and cast.entities[last.entity].kind == "organization":
        sentence = tree.bounds[max(0, tree.sentence[pronoun] - NEAR)][0]
        if any(m.entity == last.entity for m in cast.within(tree.start[sentence], tree.start[pronoun])):
            return spoken_by(cast, last.entity)
    return _subject_before(cast, tree, pronoun)


def _subject_before(cast: Cast, tree: Tree, pronoun: int) -> Speaker:
    """The country or organization that is the subject of the sentence before, for an "it" that opens the next one.

    Nobody, where that sentence tells of a writing that may be what speaks ("published a report. It said ...").
    """
    first, _ = tree.bounds[tree.sentence[pronoun]]
    if pronoun != first or first == 0:
        return Speaker()
    start, stop = tree.bounds[tree.sentence[first - 1]]
    if "\n" in tree.text[tree.start[start] : tree.start[first]].strip(" "):
        return Speaker()
    head = next((i for i in range(start, stop) if tree.head[i] == i and tree.pos[i] in ("VERB", "AUX")), None)
    owner = None if head is None else next(tree.kin(head, SUBJECTS), None)
    if owner is None or any(tree.lemma[i] in NOUNS or tree.lemma[i] in WRITINGS for i in range(owner + 1, stop)):
        return Speaker()
    span = source_span(tree, owner)
    mentions = cast.within(tree.start[span[0]], tree.end[span[1]])
    whole = [m for m in mentions if m.start <= tree.start[owner] < m.end and m.end + 1 >= tree.end[span[1]]]
    if not whole or cast.entities[whole[0].entity].kind not in ("organization", "place"):
        return Speaker()
    found = named(cast, tree, span, owner)
    return found if tree.pos[owner] == "PROPN" else Speaker()


def _behind_they(cast: Cast, tree: Tree, pronoun: int) -> Speaker:
    """The speaker that the nearest plural subject before the pronoun is."""
    stop = tree.bounds[max(0, tree.sentence[pronoun] - REACH)][0]
    for token in range(pronoun - 1, stop - 1, -1):
        if tree.dep[token] not in SUBJECTS or tree.words[token].lower() == "they" or tree.pos[token] == "PRON":
            continue
        plural = tree.pos[token] == "NOUN" and tree.lemma[token] != tree.words[token].lower()
        source = source_span(tree, token)
        inside = cast.within(tree.start[source[0]], tree.end[source[1]])
        collective = any(m.start <= tree.start[token] < m.end and not cast.is_person(m) for m in inside)
        if plural or collective:
            found = named(cast, tree, source, token)
            return Speaker(actor=found.actor)
    return Speaker()


def _behind_pronoun(
    cast: Cast, tree: Tree, pronoun: int, gender: str, last: Spoke | None, told: frozenset[int]
) -> int | None:
    """The person a pronoun means: subjects before others, near before far, the one who spoke before strangers.

    Where the best is one of `told`, another takes the place only when close by or when that one spoke last; where a
    man or woman without a name does something in between, nobody is meant for sure.
    """
    heard = _addressed(cast, tree, pronoun)
    found = [c for c in _candidates(cast, tree, pronoun, gender, last) if c.entity not in heard]
    best = max(found, key=lambda c: c.score, default=None)
    speaking = last.entity if last is not None else None
    if best is not None and best.entity in told:
        others = [c for c in found if c.entity not in told]
        near = [c for c in others if c.entity == speaking or _is_close(tree, c.token, pronoun)]
        best = max(near, key=lambda c: c.score, default=None)
    if best is None:
        return None
    strange = best.entity != speaking and _comes_between(cast, tree, best.token, pronoun, gender)
    return None if strange else best.entity


def _candidates(cast: Cast, tree: Tree, pronoun: int, gender: str, last: Spoke | None) -> list[_Candidate]:
    """The persons before a pronoun that fit it, where named by the reporter, nearest first, and who spoke last."""
    found = []
    for mention in reversed(cast.mentions[: bisect_left(cast.starts, tree.start[pronoun])]):
        token = bisect_left(tree.start, mention.start)
        if token >= len(tree):
            continue
        if tree.sentence[pronoun] - tree.sentence[token] > REACH:
            break
        if cast.is_person(mention) and not cast.is_quoted(mention) and not _is_family(tree, token):
            found.append(_Candidate(_fit(tree, token, pronoun), mention.entity, token))
    spoke = last is not None and last.head < pronoun and _is_person(cast, last.entity)
    if last is not None and spoke and not _is_family(tree, last.head):
        found.append(_Candidate(_fit(tree, last.head, pronoun), last.entity, last.head))
    fitting = [c for c in found if _gender(cast, tree, c) in (gender, None)]
    return [replace(c, score=c.score + LAST_SPOKE) if last and c.entity == last.entity else c for c in fitting]


def _is_family(tree: Tree, token: int) -> bool:
    """Whether a surname stands for all who bear it: "the Stones"."""
    return token > 0 and tree.words[token - 1].lower() == "the" and tree.words[token].endswith("s")


def _is_person(cast: Cast, entity: int | None) -> bool:
    return entity is None or cast.entities[entity].kind == "person"


def _gender(cast: Cast, tree: Tree, candidate: _Candidate) -> str | None:
    if candidate.entity is None:
        return gender_of_noun(tree.lemma[candidate.token])
    return cast.genders.get(candidate.entity)


def is_stranger(cast: Cast, tree: Tree, source: tuple[int, int] | None, head: int) -> bool:
    """Whether a source that no entity stands behind is one person: a name, "a witness", "the spokesman"."""
    first, last = source or (head, head)
    if any(cast.is_person(m) for m in cast.within(tree.start[first], tree.end[last])):
        return False
    noun = tree.lemma[head]
    human = is_office(noun) or gender_of_noun(noun) is not None or noun in PEOPLE
    return tree.pos[head] == "PROPN" or (tree.pos[head] == "NOUN" and tree.tag[head] == "NN" and human)


def _fit(tree: Tree, token: int, pronoun: int) -> float:
    """How well what stands at a token fits a later pronoun."""
    score = salience(tree, token, tree.sentence[pronoun] - tree.sentence[token])
    return score - NEW_PARAGRAPH * ("\n" in tree.text[tree.end[token] : tree.start[pronoun]])


def _is_close(tree: Tree, token: int, pronoun: int) -> bool:
    """Whether a token stands in the pronoun's paragraph, at most a sentence before it."""
    apart = tree.sentence[pronoun] - tree.sentence[token]
    return apart <= 1 and "\n" not in tree.text[tree.end[token] : tree.start[pronoun]]


def _comes_between(cast: Cast, tree: Tree, name: int, pronoun: int, gender: str) -> bool:
    """Whether a noun such as "the woman" is a subject or an owner between the name and the pronoun."""
    for token in range(name + 1, pronoun):
        if tree.pos[token] == "NOUN" and gender_of_noun(tree.lemma[token]) == gender:
            does = tree.dep[token] in (*SUBJECTS, "nmod:poss") and tree.first(token, "appos", "flat") is None
            if does and not cast.within(tree.start[tree.left[token]], tree.end[tree.right[token]]):
                return True
    return False


def _addressed(cast: Cast, tree: Tree, pronoun: int) -> frozenset[int]:
    """The persons to whom the pronoun's verb is spoken, by name or by office: never the ones it means."""
    verb = tree.head[pronoun]
    found: set[int] = set()
    for token in tree.kin(verb, ("obj", "iobj", "obl")):
        first, last = source_span(tree, token)
        found |= {m.entity for m in cast.within(tree.start[first], tree.end[last]) if cast.is_person(m)}
        if (known := by_role(cast, tree, (first, last), token)) is not None:
            found.add(known)
    return frozenset(found) if verb != pronoun else frozenset()
