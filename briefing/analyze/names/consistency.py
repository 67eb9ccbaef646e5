"""Names by what the article says elsewhere: one read in full fixes its later short forms, one string has one label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.analyze.datelines import begin
from briefing.analyze.names import titles
from briefing.analyze.names.people import HONORIFICS, plain
from briefing.analyze.names.places import country_of
from briefing.analyze.names.tokens import Words
from briefing.language.gazetteers import region_of
from briefing.model import Label, Mention


def repeated(words: Words, known: Sequence[Mention]) -> Iterable[Mention]:
    """Later short forms of a full name, and the same name again where the recogniser missed it."""
    forms = _forms(known)
    lower = {word.text for word in words if word.text.islower()}
    longest = max((form.count(" ") + 1 for form in forms), default=0)
    heads = {form.split(maxsplit=1)[0].rstrip(".,'’") for form in forms}
    for number in words.capitals:
        word = words[number]
        if word.text.rstrip(".") not in heads:
            continue
        for length in range(longest, 0, -1):
            last = words.get(number + length - 1)
            form = words.text[word.start : last.end] if last is not None else ""
            if form in forms and not (length == 1 and (word.low in lower or stands_in_name(words, number))):
                yield Mention(word.start, word.start + len(form), form, forms[form])
                break


def _forms(known: Sequence[Mention]) -> dict[str, Label]:
    """The forms to look for: full names, family names of persons, and acronyms, with their most frequent label."""
    counts: dict[str, Counter[Label]] = {}
    for mention in known:
        if mention.label == "DATE" or country_of(mention.text):
            continue
        counts.setdefault(mention.text, Counter())[mention.label] += 1
        *given, family = mention.text.split()
        if mention.label == "PERSON" and given and len(family) > 2 and family[0].isupper() and not country_of(family):
            counts.setdefault(family, Counter())["PERSON"] += 1
    return {form: label.most_common(1)[0][0] for form, label in counts.items()}


def stands_in_name(words: Words, number: int) -> bool:
    """Whether a capitalized word touches the word at `number`, which may then be part of a longer name."""
    before, after = words.get(number - 1), words.get(number + 1)
    if after is not None and after.is_capital and after.pos in ("", "PROPN") and not titles.is_title_word(after.text):
        return True
    if before is None or not before.is_capital or before.pos not in ("", "PROPN"):
        return False
    return not titles.is_title_word(before.text) and before.low not in titles.STOPS


# ---------------------------------------------------------------- labels


def settle(words: Words, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions with labels that agree: by what a name ends in, by the persons of the text, then by majority."""
    opening = begin(words.text, 0, len(words.text))
    written = (
        m for m in mentions if not 0 < m.start < opening or m.label in ("GPE", "LOC", "DATE")
    )  # "(CP)": no party
    placed = (_by_dateline(mention, opening) for mention in written)
    named = [_by_apposition(words, _by_kind(mention)) for mention in placed]
    return _vote(_by_first_word(_by_family(words, named)))


def _by_dateline(mention: Mention, opening: int) -> Mention:
    """What opens a dateline is where it was written: "PORTO REAL (SD) — ..."."""
    return replace(mention, label="GPE") if mention.start == 0 and mention.end < opening else mention


def _by_kind(mention: Mention) -> Mention:
    """A "person" or "place" that ends in a noun of organizations ("Harbour Ferries") is one."""
    *first, last = mention.text.lower().split()
    nouns = {"PERSON": titles.COMMON_NOUNS, "GPE": titles.STATELESS_NOUNS}.get(mention.label, frozenset())
    is_body = first and last in nouns and mention.text not in titles.FORMER_STATES
    return replace(mention, label="ORG") if is_body else mention


def _by_apposition(words: Words, mention: Mention) -> Mention:
    """A "person" of one word behind "the French company" is one."""
    before = words.get(words.at(mention.start) - 1)
    body = mention.label == "PERSON" and before is not None and before.text in titles.NAMED_BODIES
    return replace(mention, label="ORG") if body and " " not in mention.text else mention


def _by_family(words: Words, mentions: Sequence[Mention]) -> list[Mention]:
    """What bears the family name of somebody named in full, or with a form of address, is a person."""
    full = {m.text.split()[-1] for m in mentions if m.label == "PERSON" and " " in m.text}
    addressed = {m.text for m in mentions if m.label == "PERSON" and _is_addressed(words, m)}
    others = {m.text for m in mentions if m.label != "PERSON" and " " in m.text}
    return [
        replace(m, label="PERSON") if _bears(m, full - others, addressed) and not _is_place(m.text) else m
        for m in mentions
    ]


def _bears(mention: Mention, full: set[str], addressed: set[str]) -> bool:
    """Whether a mention is a family name by itself, or two or three capitalized words that end in an addressed one."""
    if mention.label in ("PERSON", "DATE", "NORP", "EVENT"):
        return False
    parts = mention.text.split()
    whole = 1 < len(parts) < 4 and parts[-1] in addressed and all(part[0].isupper() for part in parts)
    return mention.text in full or (whole and parts[0].lower() not in titles.ORGANIZATION_NOUNS)


def _is_addressed(words: Words, mention: Mention) -> bool:
    before = words.get(words.at(mention.start) - 1)
    return before is not None and before.is_capital and plain(before.text) in HONORIFICS


def _by_first_word(mentions: Sequence[Mention]) -> list[Mention]:
    """ "Harbour" where the text has "Harbour Ferries", and nobody of that name."""
    companies = {m.text.split()[0] for m in mentions if m.label == "ORG" and _ends_as_company(m.text)}
    people = {part for m in mentions if m.label == "PERSON" and " " in m.text for part in m.text.split()}
    return [replace(m, label="ORG") if m.label == "PERSON" and m.text in companies - people else m for m in mentions]


def _ends_as_company(name: str) -> bool:
    return " " in name and name.rsplit(" ", 1)[-1].lower() in titles.COMMON_NOUNS and not _is_place(name.split()[0])


def _is_place(name: str) -> bool:
    return country_of(name) is not None or region_of(name) is not None


def _vote(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The label that a string has most often; what a gazetteer knows as a country keeps its own."""
    votes: dict[str, Counter[Label]] = {}
    for mention in mentions:
        votes.setdefault(mention.text, Counter())[mention.label] += 1
    voted = []
    for mention in mentions:
        (first, count), *others = votes[mention.text].most_common()
        clear = not others or count > others[0][1]
        fixed = mention.label == "DATE" or first == "DATE" or country_of(mention.text) is not None
        voted.append(mention if fixed or not clear else replace(mention, label=first))
    return tuple(voted)
