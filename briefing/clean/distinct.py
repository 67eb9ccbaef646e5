"""Many pages at once: what was dropped stays dropped, and no article comes twice.

Two are one article when they share their id (mostly the canonical address), or come from one source with one GUID or
word for word one text. The same text from another source is another article: who repeats whom is grouping's matter.
Of several the newest version stays; where its words differ from an older one's, or from those that an earlier brief
was made of, it is flagged "updated".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from briefing.clean import clean
from briefing.clean.dates import parse_date
from briefing.config import Site
from briefing.model import Article, Dropped, FeedNote, Found, Page
from briefing.verify import fingerprint

SAME_TEXT = 40  # words; shorter ones ("Watch live.") are told apart by their addresses alone
UPDATED = "updated"


def clean_one(page: Page | Dropped, *, sites: Mapping[str, Site] | None = None) -> Article | Dropped:
    """The article of a page; what was dropped before stays dropped. `sites`: a user's rules by domain."""
    return page if isinstance(page, Dropped) else clean(page, sites=sites)


def parted(found: Iterable[Found]) -> tuple[tuple[Page | Dropped, ...], tuple[FeedNote, ...]]:
    """The inputs in their order, and apart from them the notes on feeds: each once, by name."""
    items = tuple(found)
    notes = {item for item in items if isinstance(item, FeedNote)}
    return tuple(item for item in items if not isinstance(item, FeedNote)), tuple(sorted(notes, key=repr))


def distinct(cleaned: Iterable[Article | Dropped]) -> tuple[tuple[Article, ...], tuple[Dropped, ...]]:
    """The articles, each once, by id; and everything dropped. The order of what comes in does not matter."""
    items = tuple(cleaned)
    dropped = [item for item in items if isinstance(item, Dropped)]
    kept = []
    for versions in _versions([item for item in items if isinstance(item, Article)]):
        newest, *others = sorted(versions, key=_standing, reverse=True)
        kept.append(_flagged(newest, others))
        dropped += [Dropped(other.origin or other.id, _why(other, newest)) for other in others]
    return tuple(sorted(kept, key=lambda a: a.id)), tuple(sorted(dropped, key=lambda item: (item.input, item.why)))


def flag_updates(articles: Sequence[Article], told: Mapping[str, str]) -> tuple[Article, ...]:
    """The articles, flagged "updated" where `told` (id to SHA-256 of its text, in an earlier brief) differs."""
    return tuple(
        replace(article, flags=tuple(sorted({*article.flags, UPDATED})))
        if told.get(article.id, "") not in ("", fingerprint(article.text))
        else article
        for article in articles
    )


def recent(articles: Sequence[Article], *, now: str, days: int) -> tuple[tuple[Article, ...], tuple[Dropped, ...]]:
    """The articles of the last `days` before `now` (ISO 8601), and the older ones dropped; undated ones stay."""
    oldest = (date.fromisoformat(now[:10]) - timedelta(days=days)).isoformat()
    old = [article for article in articles if article.published is not None and article.published[:10] < oldest]
    why = f"older than {days} days"
    names = {article.id for article in old}
    dropped = tuple(
        Dropped(article.origin or article.id, f"{why}: {(article.published or '')[:10]}") for article in old
    )
    return tuple(article for article in articles if article.id not in names), dropped


def _versions(articles: Sequence[Article]) -> Iterator[list[Article]]:
    """The articles, those that are versions of one together."""
    root: dict[tuple[str, ...], tuple[str, ...]] = {}

    def find(key: tuple[str, ...]) -> tuple[str, ...]:
        while root.setdefault(key, key) != key:
            root[key] = key = root[root[key]]
        return key

    for article in articles:
        first, *others = _names(article)
        for other in others:
            root[find(other)] = find(first)
    found: dict[tuple[str, ...], list[Article]] = {}
    for article in articles:
        found.setdefault(find(("id", article.id)), []).append(article)
    yield from found.values()


def _names(article: Article) -> Iterator[tuple[str, ...]]:
    """Everything that two versions of one article share one of."""
    yield "id", article.id
    source, guid = article.source or "", article.extra.get("guid")
    if isinstance(guid, str) and guid and source:
        yield "guid", source, guid
    if source and len(article.text.split()) >= SAME_TEXT:
        yield "text", source, article.text


def _standing(article: Article) -> tuple[float, bool, int, str, str, str, str]:
    """What the version that stays has most of: newness, wholeness, words; then its content, for one order."""
    whole = "stub" not in article.flags
    last = (article.text, article.title, article.id, _everything(article))
    return (_stamp(article), whole, len(article.text), *last)


def _everything(article: Article) -> str:
    return f"{replace(article, extra={})!r}{sorted(article.extra.items(), key=repr)!r}"


def _stamp(article: Article) -> float:
    """When the version was written, Unix seconds; a day is its midnight in UTC, no date is the beginning of time."""
    changed = article.extra.get("updated")
    written = (parse_date(changed) if isinstance(changed, str) else None) or article.published
    if written is None:
        return float("-inf")
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:  # a record may hold what it likes
        return float("-inf")
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _is_edited(newest: Article, other: Article) -> bool:
    return _stamp(newest) > _stamp(other) and newest.text != other.text and "stub" not in other.flags


def _flagged(newest: Article, others: Sequence[Article]) -> Article:
    if not any(_is_edited(newest, other) for other in others):
        return newest
    return replace(newest, flags=tuple(sorted({*newest.flags, UPDATED})))


def _why(other: Article, newest: Article) -> str:
    what = "an older version of" if _is_edited(newest, other) else "same article as"
    return f"{what} {newest.origin or newest.id}"
