"""words: the quick way of English text gives what the definition gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.language.terms import UNSPACED, WORD, words

TEXT = st.text(st.characters() | st.sampled_from("aZ9_’“”—…é ñ. '\u00a0東ก한\ud800"), max_size=60)


@given(TEXT)
def test_words_are_runs_of_letters_and_digits_in_lower_case(text: str) -> None:
    found = WORD.findall(text.lower())
    if not UNSPACED.search(text.lower()):
        assert words(text) == found


def test_scripts_without_spaces_give_pairs() -> None:
    assert words("東京都 met Ko’s café_2") == ["東京", "京都", "met", "ko", "café"]
