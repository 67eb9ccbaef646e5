"""Numbers in English text: where they stand, their value and unit, the words that bound them. No parse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from briefing.language.stretches import stretches

ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "mn": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9}  # behind a currency sign only: "$5m" is money, "5m" is a length
SIGNS = {"US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD", "$": "USD", "€": "EUR", "£": "GBP",
         "¥": "JPY", "₽": "RUB", "₹": "INR", "₴": "UAH", "₩": "KRW"}  # fmt: skip
CURRENCIES = {"dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "ruble": "RUB", "rouble": "RUB",
              "yuan": "CNY", "rupee": "INR", "hryvnia": "UAH", "zloty": "PLN", "won": "KRW", "lira": "TRY"}  # fmt: skip
LOWER = frozenset(
    ["at least", "more than", "over", "well over", "upwards of", "exceeding", "no fewer than", "no less than",
     "a minimum of"]
)  # fmt: skip
UPPER = frozenset(
    ["at most", "up to", "as many as", "as much as", "fewer than", "less than", "under", "nearly", "almost", "near",
     "close to", "just under", "no more than", "a maximum of"]
)  # fmt: skip
REACH = 40  # characters; more than a bound, a unit or what rules a number out has, on either side of a word of it
ROUND = frozenset(["about", "around", "round", "some", "roughly", "approximately", "an estimated", "estimated"])

_ONES, _TENS, _SCALES = "|".join(ONES), "|".join(TENS), "|".join(SCALES)
_SIGN = "|".join(re.escape(sign) for sign in SIGNS)
_BOUND = "|".join(sorted([*LOWER, *UPPER, *ROUND], key=len, reverse=True))
_SPELLED = rf"(?:(?:{_TENS})(?:[- ](?:{_ONES}))?|{_ONES}|half an?|an?)"
NUMBER = re.compile(
    rf"(?:\b(?P<bound>{_BOUND})\s+)?"
    r"(?:"
    rf"(?P<sign>{_SIGN})\s?(?P<amount>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:(?P<letter>[kmb])\b|[\s-](?P<scale>{_SCALES})\b)?"
    r"|(?<![\w$€£¥.,:/–—#+-])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<rest>(?:[\s-](?:{_SCALES})\b){{0,2}}+)"
    r"(?![\d:/]|\.\d|,\d|-[a-z]|(?:st|nd|rd|th|s|am|pm)\b| [ap]\.?m\b)"
    rf"|(?<![\w-])(?P<words>(?:{_SPELLED})(?:[\s-](?:{_SCALES})\b){{1,2}}|(?:{_TENS})(?:-(?:{_ONES}))?|{_ONES})(?![\w-])"
    r")"
    rf"(?:(?P<percent>\s?%|\s(?:percent|per\scent)\b)|(?P<points>[\s-]percentage[\s-]points?\b)|"
    rf"\s(?:U\.?S\.?\s)?(?P<currency>{'|'.join(CURRENCIES)})s?\b)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_SIGNS = frozenset([*ONES, *TENS, *SCALES, "half"])  # words of which each number holds one, or a digit
_RANGE_BEFORE = re.compile(
    r"(?:\d|%|\b(?:\d[\w.,]*|million|billion|between [\w,.]+|" + _ONES + r"))\s?(?:[-–—]|to|and|or)\s?$"
)
_RANGE_AFTER = re.compile(r"\s?(?:[-–—]|to|and|or)\s?(?:\d|\b(?:" + _ONES + r")\b)")
_LABELLED = re.compile(
    r"\b(?:No\.|Nos\.|number|article|section|chapter|page|paragraph|resolution|route|flight|room|line|phase|version|part|"
    r"day|level|grade|group|highway|interstate|channel|class|type|tier|rule|title|protocol)\s$",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: [start:end] from the number to its unit, without its bound.

    `unit`: an ISO 4217 currency, "%", "pp" (percentage points), or None; `bound`: the words before that bound it.
    """

    start: int
    end: int
    value: float
    unit: str | None
    bound: str | None


def find_numerals(text: str) -> Iterator[Numeral]:
    """The numbers of a text in order; ranges, ordinals, times, years and labels ("Article 10") are left out."""
    words = _WORD.finditer(text)
    signs = (word for word in words if not word[0].isalpha() or word[0].lower() in _SIGNS)
    for left, right in stretches(signs, text, reach=REACH):
        yield from _numerals(text, left, right)


def _numerals(text: str, left: int, right: int) -> Iterator[Numeral]:
    for match in NUMBER.finditer(text, left, right):
        start = match.start(next(group for group in ("sign", "digits", "words") if match[group]))
        value = _value(match)
        if (
            value is None
            or (value <= 1 and not _unit(match))
            or _is_label(text, start, match)
            or _in_range(text, start, match)
        ):
            continue
        bound = " ".join(match["bound"].lower().split()) if match["bound"] else None
        yield Numeral(start, match.end(), value, _unit(match), bound)


def _value(match: re.Match[str]) -> float | None:
    if match["sign"]:
        letter, scale = (match["letter"] or "").lower(), (match["scale"] or "").lower()
        return _exact(match["amount"], LETTERS.get(letter) or SCALES.get(scale) or 1.0)
    if match["digits"]:
        factor = 1.0
        for word in re.findall(r"[a-z]+", match["rest"].lower()):
            factor *= SCALES[word]
        return _exact(match["digits"], factor)
    return _spelled(match["words"].lower())


def _exact(digits: str, scale: float) -> float:
    """The product, rounded where a decimal fraction times a power of ten left dust ("2.3 billion")."""
    return float(Decimal(digits.replace(",", "")) * Decimal(scale))


def _spelled(words: str) -> float | None:
    total, factor = 0.0, 1.0
    for word in re.findall(r"[a-z]+", words):
        if word in SCALES:
            factor *= SCALES[word]
        elif word == "half":
            total = 0.5
        else:
            total += ONES.get(word) or TENS.get(word) or (1 if total == 0 else 0)
    return total * factor


def _unit(match: re.Match[str]) -> str | None:
    if match["sign"]:
        return SIGNS[match["sign"].upper()]
    if match["percent"]:
        return "%"
    if match["points"]:
        return "pp"
    return CURRENCIES[match["currency"].lower()] if match["currency"] else None


def _is_label(text: str, start: int, match: re.Match[str]) -> bool:
    """True for the number of a numbered thing, and for a bare year."""
    digits = match["digits"] or ""
    if len(digits) == 4 and digits.isdigit() and 1800 <= int(digits) <= 2100 and not (match["rest"] or _unit(match)):
        return True
    return bool(_LABELLED.search(text, max(0, start - 14), start))


def _in_range(text: str, start: int, match: re.Match[str]) -> bool:
    """True for either end of a range; "3 million dollars to 12 families" is none, for only one end has a unit."""
    after = _RANGE_AFTER.match(text, match.end())
    if after is not None and match["currency"]:
        other = NUMBER.match(text, after.end() - 1)
        after = after if other is not None and _unit(other) else None
    return after is not None or bool(_RANGE_BEFORE.search(text, max(0, start - 24), start))
