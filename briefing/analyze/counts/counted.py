"""What a number counts: the noun phrase behind it or around it, and what happens to it. Expects errors in the parse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.analyze.counts.numerals import Numeral

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST = 7  # tokens of a noun phrase; beyond it the tagger has lost its way
TIME_UNITS = frozenset(
    "second minute hour day week weekend month year decade century night time season generation o'clock round point "
    "step way thing side part half quarter".split()
)
MEASURES = frozenset(
    "kilometer kilometre km kg lb degrees mile foot inch yard acre hectare ton tonne kilogram kilo gram pound litre "
    "liter gallon barrel degree watt megawatt gigawatt knot mph kph magnitude caliber".split()
)  # lengths, weights and the like count something only with "of": "40,000 tons of grain"
_HARMS = {
    "kill": "kill die dead death shoot murder execute",
    "wound": "wound injure hurt injury hospitalize wounded injured hospitalized",
    "arrest": "arrest detain",
    "missing": "miss missing",
    "kidnap": "kidnap abduct hostage",
    "displace": "displace evacuate flee displaced",
    "rescue": "rescue",
    "infect": "infect sicken",
}
# what is done to people in news of harm, word by word: such counts matter from one on
HARM = {word: role for role, words in _HARMS.items() for word in words.split()}
ROLES = frozenset(_HARMS)
# how a label says what happened to those whom it counts
TOLD = {
    "kill": "killed", "wound": "injured", "arrest": "arrested", "missing": "missing", "kidnap": "abducted",
    "displace": "displaced", "rescue": "rescued", "infect": "infected",
}  # fmt: skip
OLD = frozenset("previous earlier former prior initial original".split())  # a forecast of these is no news
# verbs that say how high their subject stands or how far it moved
LEVELS = frozenset(
    "be rise fall grow climb drop increase decrease decline gain jump reach stand total average shrink expand slip "
    "surge plunge hit cost amount exceed come run set put fix estimate value remain stay range soar slide tumble "
    "double".split()
)
MOVING = frozenset("raise cut lift lower increase reduce trim hike push bring".split())  # something to a level
OWNING = frozenset("hold own have acquire buy sell control keep".split())  # "holds 31 percent of the company"
BUYING = frozenset("buy acquire purchase sell".split())
PAYING = frozenset("pay give grant award lend owe donate offer provide".split())
OF_HARM = frozenset(
    "case infection casualty victim survivor prisoner detainee refugee patient".split()
)  # say it themselves
OF_ILLNESS = frozenset("confirmed suspected probable reported new".split())  # cases that are no court's
COMES_TO = frozenset("at to is was reach reached reaches hit hits".split())  # before what a number of things comes to
MOST_BEFORE = 14  # tokens from "the number of ..." to the number
LONGEST_PRICE = 10  # tokens of what is bought
FEWEST = 10  # below it a count is news only when people come to harm
MANNERS = frozenset("cash total value part all addition exchange return share stock".split())  # "$5 in cash"
_NO_GOODS = frozenset(["DATE", "GPE", "LOC", "PERSON"])  # "$5 in May" is no money for May
_INSIDE = frozenset(["ADJ", "NOUN", "PROPN"])
_SUBJECT = ("nsubj", "nsubj:pass", "nsubjpass", "csubj")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: `what` in words of the text, `head` its lemma, `side` its names, `role` what happens to it."""

    what: str
    head: str
    side: tuple[str, ...] = ()
    role: str | None = None


def find_counted(doc: Doc, numeral: Numeral, first: int, last: int) -> Counted | None:
    """What the number at the tokens `first` to `last` (inclusive) counts, or None when the text does not tell."""
    if numeral.unit in ("%", "pp"):
        return _share(doc, first, last)
    if numeral.unit:
        return _worth(doc, first, last)
    return _count(doc, numeral, last) or _number_of(doc, first) or _toll(doc, first)


def labelled(counted: Counted) -> str:
    """What is counted, with what happened to it where people came to harm and the noun does not say so."""
    told = TOLD.get(counted.role or "")
    return counted.what if told is None or counted.head in HARM or counted.head in OF_HARM else f"{counted.what} {told}"


def _toll(doc: Doc, first: int) -> Counted | None:
    """The dead in "the death toll rose to 61"."""
    if first < 1 or doc[first - 1].lower_ not in COMES_TO:
        return None
    floor = max(doc[first].sent.start + 1, first - MOST_BEFORE)
    toll = any(doc[i].lower_ == "toll" and doc[i - 1].lower_ == "death" for i in range(first - 2, floor - 1, -1))
    return Counted("people", "people", (), "kill") if toll else None


def _number_of(doc: Doc, first: int) -> Counted | None:
    """What "the number of ..." counts: "put the number of damaged homes at 410"."""
    if first < 1 or doc[first - 1].lower_ not in COMES_TO:
        return None
    floor = max(doc[first].sent.start, first - MOST_BEFORE)
    of = next((i for i in range(first - 1, floor, -1) if doc[i].lower_ == "of" and doc[i - 1].lower_ == "number"), None)
    phrase = _phrase(doc, of + 1, determiners=True) if of is not None else []
    if not phrase or _lemma(phrase[-1]) in TIME_UNITS:
        return None
    return _in_role(_named(doc, phrase), _illness(phrase))


def _in_role(counted: Counted, role: str | None) -> Counted:
    return replace(counted, role=role) if role else counted


def _illness(phrase: list[Token]) -> str | None:
    """The role of cases of an illness: their number is that of the infected."""
    told = any(token.lower_ in OF_ILLNESS for token in phrase[:-1])
    return "infect" if told and _lemma(phrase[-1]) in ("case", "infection") else None


def _count(doc: Doc, numeral: Numeral, last: int) -> Counted | None:
    phrase = _phrase(doc, last + 1)
    verb = _harm_without_noun(doc, last + 1)
    if not phrase:
        return Counted("people", "people", (), verb) if verb and not numeral.unit else None
    head = phrase[-1]
    lemma = _lemma(head)
    if lemma in TIME_UNITS or (is_measure(lemma) and not _of(doc, head)):
        return None
    role = HARM.get(lemma) or _illness(phrase) or _role(head)
    if numeral.value < FEWEST and role not in HARM.values():
        return None
    if head.tag_ == "NN" and numeral.value != 1 and head.lower_ == lemma:
        return None  # a singular behind a number belongs to something else: "after 12 midnight struck"
    if head.tag_ == "NNP":
        return None  # "Apollo 17 astronaut Harrison Schmitt", "Flight 370 Captain ..."
    if phrase[0].lower_ in ("other", "more", "additional", "further", "new"):
        return None  # "55 other states": how many there are is not told
    what = _text(doc, phrase[0].i, _end_with_of(doc, head))
    owner = _owner(head)
    return Counted(f"{what} ({owner})" if owner else what, lemma, _names(phrase, owner), role)


def is_measure(lemma: str) -> bool:
    """True for units of length, weight and the like."""
    return lemma in MEASURES or lemma.endswith(("meter", "metre", "meters", "metres", "gram", "watt", "liter", "litre"))


def _harm_without_noun(doc: Doc, index: int) -> str | None:
    """The role in "12 were killed", "at least 5 dead", "30 wounded"."""
    while index < len(doc) and doc[index].pos_ in ("AUX", "ADV"):
        index += 1
    return HARM.get(_lemma(doc[index])) if index < len(doc) and doc[index].pos_ in ("VERB", "ADJ") else None


def _share(doc: Doc, first: int, last: int) -> Counted | None:
    following = doc[last + 1] if last + 1 < len(doc) else None
    if following is not None and following.lower_ == "of":
        phrase = _phrase(doc, last + 2, determiners=True)
        owned = any(_lemma(doc[i]) in OWNING for i in range(max(0, first - 3), first))
        return _named(doc, phrase) if phrase and not owned else None
    phrase = _phrase(doc, last + 1)
    if amount := _amount(doc, first):
        return amount
    if phrase and phrase[0].i == last + 1 and doc[last + 1].pos_ in _INSIDE and _lemma(phrase[-1]) not in TIME_UNITS:
        return _named(doc, phrase)
    return _governed(doc, first, last)


def _amount(doc: Doc, first: int) -> Counted | None:
    """What is before "of": "a premium of 24 percent", "a grant of 6 million pounds"."""
    index = first - 1
    while index > 0 and doc[index].pos_ in ("ADV", "ADP", "ADJ") and doc[index].lower_ != "of":
        index -= 1
    if index < 1 or doc[index].lower_ != "of" or doc[index - 1].pos_ != "NOUN":
        return None
    head = doc[index - 1]
    phrase = [token for token in doc[max(0, head.i - LONGEST) : index] if _belongs(token, head)]
    if any(token.lower_ in OLD for token in phrase):
        return None
    return Counted(_text(doc, phrase[0].i, head.i), _lemma(head), _names(phrase, None))


def _worth(doc: Doc, first: int, last: int) -> Counted | None:
    if amount := _amount(doc, first):
        return amount
    if deal := _bought(doc, first) or _paid(doc, first, last):
        return deal
    phrase = _phrase(doc, last + 1)
    if phrase and _lemma(phrase[-1]) not in ("today", "yesterday", "tomorrow"):
        return _named(doc, phrase)
    if last + 2 < len(doc) and doc[last + 1].lower_ in ("in", "of", "for", "on"):
        phrase = _phrase(doc, last + 2, determiners=doc[last + 1].lower_ != "in")
        if phrase and phrase[-1].ent_type_ not in _NO_GOODS and _lemma(phrase[-1]) not in TIME_UNITS | MANNERS:
            counted = _named(doc, phrase)
            aim = doc[last + 1].lower_ == "for"  # "for the case" is what the money is for, not what it is
            return replace(counted, what=_text(doc, last + 1, phrase[-1].i)) if aim else counted
    if last + 3 < len(doc) and doc[last + 1].lower_ == "worth" and doc[last + 2].lower_ == "of":
        phrase = _phrase(doc, last + 3)
        return _named(doc, phrase) if phrase else None
    return _governed(doc, first, last)


def _bought(doc: Doc, first: int) -> Counted | None:
    """What is bought for the sum, verb and all: "to buy its rival for 3 million euros"."""
    if first < 2 or doc[first - 1].lower_ != "for":
        return None
    floor = max(doc[first].sent.start, first - LONGEST_PRICE)
    verb = next(
        (i for i in range(first - 2, floor - 1, -1) if _lemma(doc[i]) in BUYING and doc[i].pos_ == "VERB"), None
    )
    if verb is None or verb + 1 > first - 2 or any(doc[i].is_punct for i in range(verb, first - 1)):
        return None
    return Counted(f"for {_text(doc, verb + 1, first - 2)}", "price", (), "buy")


def _paid(doc: Doc, first: int, last: int) -> Counted | None:
    """To whom the sum is paid: "pay 3 million dollars, plus interest, to 12 families"."""
    if not any(_lemma(doc[i]) in PAYING and doc[i].pos_ == "VERB" for i in range(max(0, first - 3), first)):
        return None
    stop = min(doc[last].sent.end, last + LONGEST_PRICE)
    to = next((i for i in range(last + 1, stop) if doc[i].lower_ == "to"), None)
    if to is None:
        return None
    start = to + 1
    while start < stop and doc[start].pos_ == "NUM":
        start += 1
    phrase = _phrase(doc, start, determiners=True)
    return Counted(_text(doc, to, phrase[-1].i), "payment", (), "pay") if phrase else None


def _governed(doc: Doc, first: int, last: int) -> Counted | None:
    """The subject of the verb that a share or a sum depends on: "inflation rose to 4.5 percent"."""
    token = max(doc[first : last + 1], key=lambda t: (t.head.i < first or t.head.i > last, t.i))
    for _ in range(3):
        if token.pos_ in ("VERB", "AUX") or token.head.i == token.i:
            break
        token = token.head
    by = doc[first - 1].lower_ if first else ""
    moved = _lemma(token) in MOVING and by in ("at", "to")
    equated = token.pos_ == "NOUN" and first <= token.i <= last and any(child.dep_ == "cop" for child in token.children)
    if not (equated or moved or (token.pos_ in ("VERB", "AUX") and _lemma(token) in LEVELS)):
        return None
    roles = ("obj", "dobj") if by == "at" or moved else _SUBJECT  # "set the fine at $5": not who set it
    subject = next((child for child in token.children if child.dep_ in roles and child.i < first), None)
    if subject is None and token.dep_ in ("xcomp", "ccomp"):  # "expected prices to rise 6 percent"
        subject = next((child for child in token.head.children if child.dep_ == "obj" and child.i < token.i), None)
    if subject is None or subject.pos_ not in ("NOUN", "PROPN") or subject.ent_type_ in ("PERSON", "DATE"):
        return None
    phrase = [t for t in doc[max(0, subject.i - LONGEST) : subject.i + 1] if _belongs(t, subject)]
    counted = _named(doc, phrase or [subject])
    verb = "be" if equated else _lemma(token)
    way = f"{verb} {by}" if by in ("by", "to") else verb
    return Counted(counted.what, counted.head, counted.side, way)


def _belongs(token: Token, head: Token) -> bool:
    if token.i == head.i:
        return True
    before = token.head.i == head.i and token.i < head.i and token.pos_ != "PRON"
    return before and token.dep_ in ("amod", "compound", "nmod", "nmod:poss")


def _named(doc: Doc, phrase: list[Token]) -> Counted:
    head = phrase[-1]
    return Counted(_text(doc, phrase[0].i, _end_with_of(doc, head)), _lemma(head), _names(phrase, None), None)


def _phrase(doc: Doc, start: int, *, determiners: bool = False) -> list[Token]:
    """The noun phrase that begins at a token: adjectives, names, participles before a noun, up to its last noun."""
    if (
        determiners
        and start < len(doc)
        and doc[start].pos_ in ("DET", "PRON")
        and doc[start].lower_ not in ("it", "them")
    ):
        start += 1
    if start < len(doc) and doc[start].text in ("-", "–"):
        start += 1
    if start < len(doc) and (doc[start].tag_ == "VBG" or doc[start].lower_ == "including"):
        return []
    nouns = start - 1
    index = start
    while index < min(len(doc), start + LONGEST):
        token = doc[index]
        if nouns < start and (end := _compound_end(doc, index)) > index:
            index = end  # "combat-ready" goes before the noun, whatever its parts are
            nouns = end if doc[end].tag_ in ("NNS", "NNPS") else nouns
        elif token.pos_ in ("NOUN", "PROPN") and not (nouns >= start and token.ent_type_ == "DATE"):
            nouns = index
        elif not ((token.pos_ == "ADJ" and nouns < start) or _joins(doc, index, nouns >= start)):
            break
        index += 1
    return [doc[i] for i in range(start, nouns + 1)]


def _compound_end(doc: Doc, index: int) -> int:
    """The last token of the word that hyphens make of several tokens."""
    while index + 2 < len(doc) and not doc[index].whitespace_ and doc[index + 1].text == "-":
        if doc[index + 1].whitespace_:
            break
        index += 2
    return index


def _joins(doc: Doc, index: int, after_noun: bool) -> bool:
    """True for what may stand within a noun phrase before its noun: hyphens, participles, "and" between adjectives."""
    token = doc[index]
    if token.text in ("-", "–"):
        return not token.whitespace_
    if after_noun:
        return False
    if token.pos_ == "VERB" and token.lower_.endswith(("ed", "ing")):
        return index + 1 < len(doc) and doc[index + 1].pos_ in _INSIDE
    return token.pos_ == "CCONJ" and index + 1 < len(doc) and doc[index - 1].pos_ == doc[index + 1].pos_ == "ADJ"


def _of(doc: Doc, head: Token) -> bool:
    return head.i + 1 < len(doc) and doc[head.i + 1].lower_ == "of"


def _end_with_of(doc: Doc, head: Token) -> int:
    """The last token of the phrase with the "of" that completes it ("tons of grain"), or the head itself."""
    if not _of(doc, head):
        return head.i
    phrase = _phrase(doc, head.i + 2, determiners=True)
    return phrase[-1].i if phrase else head.i


def _text(doc: Doc, first: int, last: int) -> str:
    return str(doc[first : last + 1].text)


def _lemma(token: Token) -> str:
    return (token.lemma_ or token.text).lower()


def _role(head: Token) -> str | None:
    """What happens to the counted things: the verb they are subject or object of, or the participle behind them."""
    after = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    if after is not None and after.pos_ == "VERB" and after.tag_ in ("VBN", "VBD"):
        return HARM.get(_lemma(after), _lemma(after))
    verb = head.head
    if _lemma(verb) == "fall" and any(child.lower_ in ("ill", "sick") for child in verb.children):
        return "infect"
    if verb.pos_ == "VERB" and head.dep_ in (*_SUBJECT, "obj", "dobj"):
        return HARM.get(_lemma(verb), _lemma(verb))
    return None


def _owner(head: Token) -> str | None:
    """Who has them, where the sentence says just that: "NATO has 30 members"."""
    if _lemma(head.head) != "have" or head.dep_ not in ("obj", "dobj") or head.head.tag_ == "VBN":
        return None
    subject = next((child for child in head.head.children if child.dep_ in _SUBJECT), None)
    return str(subject.text) if subject is not None and subject.pos_ == "PROPN" else None


def _names(phrase: list[Token], owner: str | None) -> tuple[str, ...]:
    """The capitalized words of the phrase: whose troops, whose money."""
    names = [token.text for token in phrase if token.text[:1].isupper()]
    return (*names, owner) if owner else tuple(names)
