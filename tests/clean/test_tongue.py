"""The language of texts that do not say it."""

import sys

import pytest

from briefing.clean import clean
from briefing.clean.tongue import language_of
from briefing.model import Article, Page

TEXTS = {
    "en": "The ferry line from Tolhaven to the outer islands will run all year from October, the operator said.",
    "de": "Die Fähre von Tolhafen zu den äußeren Inseln fährt ab Oktober das ganze Jahr, teilte der Betreiber mit.",
    "fr": "La ligne de ferry entre Tolhaven et les îles fonctionnera toute l’année dès octobre, a dit la compagnie.",
    "pt": "A linha de barcos entre Tolhaven e as ilhas vai funcionar o ano inteiro a partir de outubro, disse ela.",
    "ru": "Паромная линия из Толхавена на дальние острова будет работать круглый год с октября, сообщила компания.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_is_told_from_the_text(language: str) -> None:
    assert language_of(TEXTS[language]) == language
    found = clean(Page("x.txt", TEXTS[language], "text"))
    assert isinstance(found, Article)
    assert found.language == language


def test_what_is_stated_wins() -> None:
    found = clean(Page("x.txt", TEXTS["de"], "text", {"language": "gsw"}))
    assert isinstance(found, Article)
    assert found.language == "gsw"


def test_a_few_words_tell_nothing() -> None:
    assert language_of("Norrvik Skellern") == "en"


def test_english_texts_do_not_load_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py3langid", None)
    assert language_of(TEXTS["en"]) == "en"
    with pytest.raises(ImportError):
        language_of(TEXTS["de"])
