"""The words of a source in, the entity behind them out: names, pronouns, whom officials and spokespersons speak for."""

from __future__ import annotations

from bisect import bisect_left

from briefing.analyze.speech.cast import HE, SHE, Cast, Speaker, gender_of_noun, salience
from briefing.analyze.speech.clauses import source_span
from briefing.analyze.speech.cues import NOUNS
from briefing.analyze.speech.named_sources import WRITINGS, by_role, named, spoken_by
from briefing.analyze.speech.trees import SUBJECTS, Tree
from briefing.model import Mention

NEAR = 3  # sentences back in which the organization behind "it" or "the company" is named
REACH = 6  # sentences back in which the person behind a pronoun is looked for
LAST_SPOKE = (
    1.0  # salience of who spoke last: as much as being a subject, for "he said" goes on more often than it turns
)
NEW_PARAGRAPH = 0.5  # salience that a name loses for a pronoun in a later paragraph


def speaker_of(
    cast: Cast,
    tree: Tree,
    source: tuple[int, int],
    head: int,
    *,
    last: int | None,
    told: frozenset[int] = frozenset(),
) -> Speaker:
    """Who the source is; `head` is its head word, `last` the entity that spoke before it, which a pronoun may mean.

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


def _behind_it(cast: Cast, tree: Tree, pronoun: int, last: int | None) -> Speaker:
    """The organization that spoke last, where it was named in the sentences right before; else who does what the
    sentence before tells."""
    if last is not None and cast.entities[last].kind == "organization":
        sentence = tree.bounds[max(0, tree.sentence[pronoun] - NEAR)][0]
        if any(m.entity == last for m in cast.within(tree.start[sentence], tree.start[pronoun])):
            return Speaker(cast.entities[last].name, last, last)
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
    cast: Cast, tree: Tree, pronoun: int, gender: str, last: int | None, told: frozenset[int]
) -> int | None:
    """The person a pronoun means: subjects before others, near before far, the one who spoke before strangers.

    Where the best is one of `told`, another takes the place only when close by or when that one spoke last; where a
    man or woman without a name does something in between, nobody is meant for sure.
    """
    heard = _addressed(cast, tree, pronoun)
    found = [c for c in _candidates(cast, tree, pronoun, gender, last) if c[1].entity not in heard]
    if not found:
        spoke = last is not None and cast.entities[last].kind == "person" and last not in heard | told
        return last if spoke and last is not None and cast.genders.get(last, gender) == gender else None
    _, best = max(found, key=lambda c: c[0])
    if best.entity in told:
        near = [c for c in found if c[1].entity not in told and (c[1].entity == last or _is_close(tree, c[1], pronoun))]
        if not near:
            return None
        _, best = max(near, key=lambda c: c[0])
    return None if best.entity != last and _comes_between(cast, tree, best, pronoun, gender) else best.entity


def _candidates(cast: Cast, tree: Tree, pronoun: int, gender: str, last: int | None) -> list[tuple[float, Mention]]:
    """The names of persons before a pronoun that fit it, nearest first, each with how well it fits."""
    found = []
    for mention in reversed(cast.mentions[: bisect_left(cast.starts, tree.start[pronoun])]):
        token = bisect_left(tree.start, mention.start)
        if token >= len(tree):
            continue
        distance = tree.sentence[pronoun] - tree.sentence[token]
        if distance > REACH:
            break
        if cast.is_person(mention) and cast.genders.get(mention.entity, gender) == gender:
            score = salience(tree, token, distance) + (LAST_SPOKE if mention.entity == last else 0.0)
            score -= NEW_PARAGRAPH * ("\n" in tree.text[mention.end : tree.start[pronoun]])
            found.append((score, mention))
    return found


def _is_close(tree: Tree, mention: Mention, pronoun: int) -> bool:
    """Whether the name stands in the pronoun's paragraph, at most a sentence before it."""
    token = bisect_left(tree.start, mention.start)
    apart = tree.sentence[pronoun] - tree.sentence[token]
    return apart <= 1 and "\n" not in tree.text[mention.end : tree.start[pronoun]]


def _comes_between(cast: Cast, tree: Tree, mention: Mention, pronoun: int, gender: str) -> bool:
    """Whether a noun such as "the woman" is a subject or an owner between the name and the pronoun."""
    for token in range(bisect_left(tree.start, mention.end), pronoun):
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
