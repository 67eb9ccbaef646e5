"""Word and tags in, lemma out: forms that were seen, then the longest known ending."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ENDING = 5  # letters, at most, of an ending that decides
NAMES = ("NNP", "NNPS")  # tags of words whose form keeps its capitals
SAME = {"VBN": "VBD"}  # tags whose forms have the endings of another's: what "hired" teaches holds for both


@dataclass(frozen=True, slots=True)
class Lemmas:
    """`forms`: "tag word" to lemma. `endings`: "tag ending" to (letters cut, letters added)."""

    forms: Mapping[str, str]
    endings: Mapping[str, tuple[int, str]]

    def lemma(self, word: str, tag: str) -> str:
        """The lemma of a word with its Penn Treebank tag."""
        word, tag = _form(word, tag), SAME.get(tag, tag)
        known = self.forms.get(f"{tag} {word}")
        if known is not None:
            return known
        for size in range(min(ENDING, len(word) - 1), -1, -1):
            rule = self.endings.get(f"{tag} {word[len(word) - size :]}")
            if rule is not None:
                return word[: len(word) - rule[0]] + rule[1]
        return word

    @classmethod
    def learn(cls, words: Iterable[tuple[str, str, str]], *, least: int = 1) -> Lemmas:
        """The table that (word, tag, lemma) rows teach; an ending counts from `least` different words on."""
        seen: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for word, tag, lemma in words:
            seen[SAME.get(tag, tag), _form(word, tag)][lemma] += 1
        best = {key: max(sorted(counts), key=counts.__getitem__) for key, counts in seen.items()}
        endings = _endings(best, least)
        rules = cls({}, endings)
        odd = {f"{tag} {form}": lemma for (tag, form), lemma in sorted(best.items()) if rules.lemma(form, tag) != lemma}
        return cls(odd, endings)

    def write(self, path: Path) -> None:
        """The table as one JSON file."""
        path.write_text(json.dumps([self.forms, self.endings], ensure_ascii=False, sort_keys=True), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Lemmas:
        """The table that `write` wrote."""
        forms, endings = json.loads(path.read_text(encoding="utf-8"))
        return cls(forms, {key: (cut, added) for key, (cut, added) in endings.items()})


def _form(word: str, tag: str) -> str:
    return (word if tag in NAMES else word.lower()).replace("’", "'")


def _endings(best: Mapping[tuple[str, str], str], least: int) -> dict[str, tuple[int, str]]:
    votes: defaultdict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
    for (tag, form), lemma in best.items():
        rule = _rule(form, lemma)
        for size in range(rule[0], min(ENDING, len(form) - 1) + 1):  # an ending holds all that is cut
            votes[f"{tag} {form[len(form) - size :]}"][rule] += 1
    chosen: dict[str, tuple[int, str]] = {}
    for key, counts in sorted(votes.items(), key=lambda item: (len(item[0]), item[0])):
        rule, count = max(sorted(counts.items()), key=lambda item: item[1])
        tag, _, ending = key.partition(" ")
        shorter = next((chosen[k] for i in range(1, len(ending) + 1) if (k := f"{tag} {ending[i:]}") in chosen), None)
        if count >= least and rule != shorter:
            chosen[key] = rule
    return chosen


def _rule(form: str, lemma: str) -> tuple[int, str]:
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]
