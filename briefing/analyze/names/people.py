"""One person's name in its parts, and whether two names can be of one person: folding, initials, particles, order."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from briefing.analyze.names import given_names, titles

# Forms of address; an office before a name is a title as well, and stands in titles.py.
HONORIFICS = {
    "mr": "m", "mister": "m", "sir": "m", "lord": "m", "herr": "m", "monsieur": "m", "señor": "m", "senor": "m",
    "mrs": "f", "ms": "f", "miss": "f", "mme": "f", "madame": "f", "madam": "f", "dame": "f", "lady": "f", "frau": "f",
    "dr": "", "prof": "", "professor": "", "doctor": "", "mx": "", "hon": "", "rev": "", "fr": "",
}  # fmt: skip
SUFFIXES = frozenset({"jr", "sr", "phd", "md", "mp", "mep", "obe", "qc", "kc", "esq"})
REGNAL = frozenset("I II III IV V VI VII VIII IX XII XIII XIV XV XVI XVII XVIII".split())  # not X, XI: names too
RANKS = titles.HOLDERS | titles.SOVEREIGNS
PARTICLES = frozenset(
    "af al ap as ash at av bin bint da dal de degli dei del della den der des di do dos du el ibn la las le los "
    "of op ould ten ter the van vom von y zu zum zur".split()
)
COMPOUND_HEADS = frozenset({"abu", "abd", "abdel", "abdul", "abdal", "umm", "ben", "st", "saint", "san"})

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a"}
)
# Spellings of one sound in the usual romanizations of Cyrillic, Arabic, Greek and German.
_FOLDS = (
    (re.compile(r"tsch|tch"), "ch"), (re.compile(r"sch"), "sh"), (re.compile(r"kh"), "h"), (re.compile(r"gh"), "g"),
    (re.compile(r"dh"), "d"), (re.compile(r"th"), "t"), (re.compile(r"ph"), "f"), (re.compile(r"x"), "ks"),
    (re.compile(r"ck|cq|q"), "k"), (re.compile(r"c(?=[aou]|[^h]|$)"), "k"), (re.compile(r"[yj]"), "i"),
    (re.compile(r"w"), "v"), (re.compile(r"ou|oe|ue|ae"), lambda m: {"ou": "u", "oe": "o", "ue": "u", "ae": "a"}[m[0]]),
    (re.compile(r"(.)\1+"), r"\1"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiou]")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’ʼ`´.-]+[^\W\d_]+)*\.?")
_QUOTED = re.compile(r"""["“”„«»‘']([^"“”„«»‘’']{2,30})["“”«»’'](?=\s|$)""")
_INITIALS = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)")
_POSSESSIVE = re.compile(r"(?:['’][sS]|(?<=s)['’])$")
ONE_EDIT = 5  # letters: a spelling slip of one letter is believed in words at least this long


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name's parts, folded: `given + family` are all its words in order, particles left out.

    `gender` is that of the form of address ("m", "f", or "" where it does not tell); `family` may be empty for nothing
    but a title; `nicknames` are the words found in quotation marks.
    """

    given: tuple[str, ...] = ()
    family: str = ""
    gender: str = ""
    generation: str = ""
    nicknames: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every word of the name in its order, folded."""
        return (*self.given, self.family) if self.family else self.given

    @property
    def is_full(self) -> bool:
        """Whether at least a given name or an initial stands beside the family name."""
        return bool(self.given)


@functools.lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """`word` in lower case without accents, apostrophes and full stops."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
        word = "".join(c for c in word if not unicodedata.combining(c))
    return re.sub(r"['’ʼ`´.]", "", word.lower())


@functools.lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """`word` as it would be spelt in one common romanization: "Khruschev" and "Hrushchev" fold closer together."""
    folded = plain(word)
    for pattern, spelling in _FOLDS:
        folded = pattern.sub(spelling, folded)
    return folded


@functools.lru_cache(maxsize=1 << 16)
def skeleton(folded: str) -> str:
    """The consonants of a folded word, doubled ones once; its first vowel is kept as "a"."""
    bones = _VOWELS.sub("", folded)
    return re.sub(r"(.)\1+", r"\1", ("a" if _VOWELS.match(folded) else "") + bones.replace("h", ""))


@functools.lru_cache(maxsize=1 << 16)
def parse_name(text: str) -> PersonName:
    """The parts of a person's name as it stands in a text."""
    nicknames = tuple(fold(word) for quoted in _QUOTED.findall(text) for word in quoted.split())
    bare = _INITIALS.sub(". ", _POSSESSIVE.sub("", _QUOTED.sub(" ", text).strip()))
    words = _TOKEN.findall(bare)
    gender = generation = ""
    while len(words) > 1 and (plain(words[0]) in HONORIFICS or plain(words[0]) in RANKS):
        gender = HONORIFICS.get(plain(words.pop(0)), "") or gender
    while len(words) > 1 and (plain(words[-1]) in SUFFIXES or words[-1] in REGNAL):
        generation = _generation(words.pop()) or generation
    if len(words) == 1 and plain(words[0]) in HONORIFICS and words[0].endswith("."):
        words = []
    parts = _join_compounds(words)
    if not parts:
        return PersonName(gender=gender, nicknames=nicknames)
    return PersonName(tuple(parts[:-1]), parts[-1], gender, generation, nicknames)


def _generation(suffix: str) -> str:
    return plain(suffix) if suffix in REGNAL or plain(suffix) in ("jr", "sr") else ""


def _join_compounds(words: list[str]) -> list[str]:
    """The folded words without particles; "Abu Omar" is one word."""
    parts: list[str] = []
    head = ""
    for number, word in enumerate(words):
        bare = plain(word)
        if bare in PARTICLES and number + 1 < len(words):
            continue
        if bare in COMPOUND_HEADS and number + 1 < len(words) and not (bare == "ben" and number == 0):
            head += bare
            continue
        folded = fold(head + _without_article(bare))
        head = ""
        if folded:
            parts.append(folded)
    return parts


def _without_article(word: str) -> str:
    """ "al-assad" -> "assad", "abdel-fattah" -> "abdelfattah"; "jong-un" keeps its hyphen."""
    first, hyphen, rest = word.partition("-")
    if hyphen and first in PARTICLES:
        return rest
    if hyphen and first in COMPOUND_HEADS:
        return first + rest
    return word


# ---------------------------------------------------------------- words against words

_SHORT_FORMS = tuple(frozenset(map(fold, family)) for family in given_names.SHORT_FORMS)
_GIVEN_GENDER = {fold(name): gender for name, gender in given_names.GIVEN_GENDER.items()}


@functools.lru_cache(maxsize=1 << 16)
def _is_known_short(a: str, b: str) -> bool:
    return any(a in family and b in family for family in _SHORT_FORMS)


def _within(a: str, b: str, limit: int) -> bool:
    """Whether at most `limit` letters have to be put in, left out, changed or swapped to turn `a` into `b`."""
    if abs(len(a) - len(b)) > limit:
        return False
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        two_before, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return False
    return row[-1] <= limit


@functools.lru_cache(maxsize=1 << 16)
def same_family(a: str, b: str) -> bool:
    """Whether two folded family names are spellings of one."""
    if a == b:
        return True
    if min(len(a), len(b)) < ONE_EDIT:
        return False
    return _within(a, b, 2) if skeleton(a) == skeleton(b) else _within(a, b, 1)


@functools.lru_cache(maxsize=1 << 16)
def same_given(a: str, b: str) -> bool:
    """Whether two folded given names can be one person's: equal, initial, short form or spelling of each other."""
    if a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]):
        return True
    if _is_known_short(a, b):
        return True
    if "-" in a and "-" in b:
        first, second = a.split("-"), b.split("-")
        return len(first) == len(second) and all(map(same_given, first, second))
    if min(len(a), len(b)) < ONE_EDIT - 1 or _differ_in_gender(a, b):
        return False
    if skeleton(a) == skeleton(b):
        return _within(a, b, 2)
    return min(len(a), len(b)) >= ONE_EDIT and _within(a, b, 1)


def _differ_in_gender(a: str, b: str) -> bool:
    """Mario and Maria, Daniel and Daniela: one stem, and only one of the two ends in "a"."""
    return a.endswith("a") != b.endswith("a")


# ---------------------------------------------------------------- name against name


@functools.lru_cache(maxsize=1 << 16)
def gender_of(name: PersonName) -> str:
    """ "m", "f", or "" where neither the form of address nor a well-known given name tells."""
    if name.gender or not name.given:
        return name.gender
    return _GIVEN_GENDER.get(name.given[0], "")


def seems(name: PersonName, gender: str) -> bool:
    """Whether a given name nobody lists sounds like `gender`: Asma like a woman's, Bashar like a man's."""
    return bool(name.given) and name.given[0].endswith(("a", "e")) == (gender == "f")


def can_be_one(a: PersonName, b: PersonName) -> bool:
    """Whether nothing in the two names speaks against one person: no other given name, generation or gender."""
    return same_marks(a, b) and (not (a.is_full and b.is_full) or same_full(a, b))


def same_marks(a: PersonName, b: PersonName) -> bool:
    """Whether neither the generation ("Jr.") nor the form of address ("Mrs.") tells two names apart."""
    if a.generation and b.generation and a.generation != b.generation:
        return False
    return not (a.gender and b.gender and a.gender != b.gender)


def same_full(a: PersonName, b: PersonName) -> bool:
    """Whether two names of at least two words each name one person, going by the words alone."""
    letters = {a.family[0], a.given[0][0]}
    return (b.family[0] in letters or b.given[0][0] in letters) and _same_words(a, b)


@functools.lru_cache(maxsize=1 << 16)
def _same_words(a: PersonName, b: PersonName) -> bool:
    if solid(a) == solid(b) or sorted(a.words) == sorted(b.words) or solid(a) == b.family or solid(b) == a.family:
        return True
    if len(a.words) > len(b.words):
        a, b = b, a
    if same_family(a.family, b.family):
        return _same_givens(a.given, b.given)
    return _is_cut_short(a, b)


def _same_givens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Each given name of `short` answers to one of `long`, in order; the first to the first if they are as many."""
    if not same_given(short[0], long[0]) and len(short) == len(long):
        return False
    place = 0
    for number, word in enumerate(short):
        while place < len(long) and not _answers(word, number, long[place], place):
            place += 1
        if place == len(long):
            return False
        place += 1
    return True


def _answers(word: str, number: int, other: str, place: int) -> bool:
    """Initials answer to a name in the same place only: George W. is not George H. W."""
    return same_given(word, other) and (number == place or min(len(word), len(other)) > 1)


def _is_cut_short(short: PersonName, long: PersonName) -> bool:
    """Enrique Peral for Enrique Peral Ibarra: the first name, and the others in order, all of them in full."""
    if len(short.words) == len(long.words) or min(map(len, short.words)) == 1:
        return False
    rest = iter(long.words[1:])
    return same_given(short.words[0], long.words[0]) and all(
        any(same_given(word, other) for other in rest) for word in short.words[1:]
    )


def solid(name: PersonName) -> str:
    """All letters of the folded name: "Kim Jong Un" and "Kim Jong-un" are written differently, and are equal here."""
    return "".join(name.words).replace("-", "")


def kinship(single: PersonName, full: PersonName) -> int:
    """How a single name fits a full one: 4 its family name, 3 a spelling of it, 2 the given name, 1 any word, 0 not."""
    word = single.family
    if word == full.family:
        return 4
    if same_family(word, full.family) or word in full.family.split("-"):
        return 3
    if word == full.given[0] or (solid(full).endswith(word) and len(word) > len(full.family)):
        return 2
    return int(word in full.given or word in full.nicknames)


def weight(name: PersonName) -> int:
    """How much a name tells: its letters but for initials."""
    return sum(len(word) for word in name.words if len(word) > 1)
