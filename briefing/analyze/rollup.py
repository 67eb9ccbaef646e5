"""Entities of several articles, or of several stories, united under readable ids; and where they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from briefing.analyze.names.acronyms import is_acronym, stands_for
from briefing.analyze.names.naming import begins, fullness, normal, role_key
from briefing.analyze.names.overrides import Overrides, overrides
from briefing.analyze.names.people import PersonName, can_be_one, gender_of, kinship, parse_name, plain, weight
from briefing.analyze.names.places import country_of
from briefing.language.gazetteers import coordinates
from briefing.language.known import known_names
from briefing.model import Article, Entity, Kind, Passage, Place, Reading

LEADING = frozenset("Bay Cape Gulf Isle Lake Mount Port River Strait".split())  # words for places that come first
BEFORE = 30  # characters before a name in which its word of place stands
MOST_EVIDENCE = 6  # passages kept of one entity: enough to show role, side and other names
FAMILY = 3  # the least `kinship` at which a single name is a family name
# a word of place right before a name; "of" only where it says what the name is of
_SPOKEN_OF = re.compile(
    r"\b(?:above|across|along|around|at|between|from|in|inside|into|near|outside|through|to|towards?|within"
    r"|(?:city|town|village|port|region|province|district) of)\s+(?:the\s+)?$"
)

Ids = dict[str, str]
_CONFUSED: tuple[Kind, ...] = ("person", "organization", "place")  # kinds that recognisers mix up; the first wins a tie


def unite_entities(
    holders: Sequence[Sequence[Entity]],
    *,
    surnames: bool,
    aliases: Mapping[str, str] | None = None,
    watchlist: Sequence[str] = (),
) -> tuple[tuple[Entity, ...], tuple[Ids, ...]]:
    """The united entities, most mentioned first, and for each holder the map of its entity ids to theirs.

    With `surnames` (the articles of one story) a single name joins the person of the holders who bears it; without
    (the stories of a day) it does so only where just one person bears it. Names that conflict never unite.
    `aliases` (form to canonical name) and `watchlist` (names) are the user's own: they win over all rules, and give
    the name.
    The result depends on the entities alone, not on their order. Ids are slugs: "person/kalle-laanet".
    """
    ranks = _ranks(holders)
    items = [_Item(number, entity, ranks[number]) for number, holder in enumerate(holders) for entity in holder]
    items = sorted(_of_one_kind(items, surnames=surnames), key=_Item.order)
    user = overrides(aliases, watchlist)
    groups = _grouped(items, surnames=surnames, user=user)
    named = _with_slugs([(_name(group, user), group) for group in groups])
    ids: tuple[Ids, ...] = tuple({} for _ in holders)
    for slug, _, group in named:
        for item in group:
            ids[item.holder][item.entity.id] = slug
    united = [_united(slug, name, group, ids) for slug, name, group in named]
    return tuple(sorted(united, key=lambda entity: (-entity.mentions, entity.id))), ids


def find_places(
    entities: Sequence[Entity], articles: Sequence[Article], readings: Sequence[Reading], ids: Sequence[Ids]
) -> tuple[Place, ...]:
    """The places among the entities with their coordinates, most mentioned first; None where these are not known.

    `ids[i]` maps the entity ids of `readings[i]` to those of `entities`. A name that no table knows is a place only
    where an article speaks of it as of one, behind a word of place, or where it has a word for places in it.
    """
    spoken = {
        names[reading.entities[mention.entity].id]
        for article, reading, names in zip(articles, readings, ids, strict=True)
        for mention in reading.mentions
        if mention.entity >= 0 and _SPOKEN_OF.search(article.text, max(0, mention.start - BEFORE), mention.start)
    }
    places = []
    for entity in entities:
        if entity.kind == "place":
            point = _point(entity)
            if point or entity.id in spoken or _is_site(entity.name):
                places.append(Place(entity.id, entity.mentions, *(point or (None, None))))
    return tuple(sorted(places, key=lambda place: (-place.mentions, place.entity)))


def _is_site(name: str) -> bool:
    """Whether the name says that it is a place's: "Corn Bridge", "River Aldwen", but not "Harbour Line"."""
    words = name.split()
    return words[-1] in known_names()["place word"] or words[0] in LEADING


def _point(entity: Entity) -> tuple[float, float] | None:
    """Of the name, else of its other forms; in its country where that is known."""
    for form in (entity.name, *entity.aliases):
        point = coordinates(form, entity.country) or coordinates(form)
        if point is not None:
            return point
    return None


# ---------------------------------------------------------------- which are one


@dataclass(frozen=True)
class _Item:
    """One entity of one holder."""

    holder: int
    entity: Entity
    rank: int  # of the holder among all, by what it holds

    def order(self) -> tuple[Hashable, ...]:
        """A key that does not depend on the order of the holders."""
        e = self.entity
        return (e.kind, e.name, e.aliases, e.role or "", e.country or "", e.mentions, e.evidence, e.id, self.rank)

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.entity.name, *self.entity.aliases)

    @cached_property
    def names(self) -> tuple[PersonName, ...]:
        """A person's forms in parts."""
        return tuple(dict.fromkeys(map(parse_name, self.forms)))


def _ranks(holders: Sequence[Sequence[Entity]]) -> list[int]:
    """For each holder its place among all when they are sorted by their entities' names and numbers of mentions."""
    held = [sorted((e.name, e.kind, e.mentions, e.country or "", e.role or "") for e in holder) for holder in holders]
    order = sorted(range(len(holders)), key=held.__getitem__)
    return [order.index(number) for number in range(len(holders))]


Group = list[_Item]


def _grouped(items: Sequence[_Item], *, surnames: bool, user: Overrides) -> list[Group]:
    chosen: dict[str, Group] = {}
    free: dict[str, Group] = {}
    for item in items:
        canonical = user.canonical(*item.forms)
        if canonical is not None:
            chosen.setdefault(canonical, []).append(item)
        else:
            free.setdefault(item.entity.kind, []).append(item)
    groups = list(chosen.values())
    for kind, members in sorted(free.items()):
        if kind == "person":
            groups += _persons(members, surnames=surnames)
        elif kind == "organization":
            groups += _organizations(members, surnames=surnames)
        else:
            groups += _by_key(members, _thing_key)
    return groups


def _of_one_kind(items: Sequence[_Item], *, surnames: bool) -> list[_Item]:
    """The items; where recognisers took one name for a person here and an organization there, by majority one kind.

    Across stories a single word may well be both, and a country is never anything else.
    """
    votes: dict[str, Counter[Kind]] = {}
    for item in items:
        name = item.entity.name
        if item.entity.kind in _CONFUSED and (surnames or " " in name) and country_of(name) is None:
            votes.setdefault(normal(name), Counter())[item.entity.kind] += item.entity.mentions
    kinds = {name: max(_CONFUSED, key=count.__getitem__) for name, count in votes.items()}
    return [replace(item, entity=replace(item.entity, kind=_kind(item.entity, kinds))) for item in items]


def _kind(entity: Entity, kinds: Mapping[str, Kind]) -> Kind:
    return kinds.get(normal(entity.name), entity.kind) if entity.kind in _CONFUSED else entity.kind


def _by_key(items: Iterable[_Item], key: Callable[[_Item], Hashable]) -> list[Group]:
    groups: dict[Hashable, Group] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())


def _thing_key(item: _Item) -> Hashable:
    country = country_of(item.entity.name)
    if item.entity.kind == "place" and country is not None and country.via == "name":
        return country.code
    return normal(item.entity.name).removesuffix("s" if item.entity.kind == "group" else "\0")


# ---------------------------------------------------------------- persons


def _persons(items: Sequence[_Item], *, surnames: bool) -> list[Group]:
    full = [item for item in items if any(name.is_full for name in item.names)]
    single = [item for item in items if not any(name.is_full for name in item.names)]
    groups: list[Group] = []
    for item in sorted(full, key=lambda i: (-max(map(weight, i.names)), *i.order())):
        fitting = [group for group in groups if all(_one_person(item, other, surnames=surnames) for other in group)]
        if fitting:
            max(fitting, key=_mentions).append(item)
        else:
            groups.append([item])
    bearers = list(groups)
    rest: list[_Item] = []
    for item in single:
        group = _bearer(item, bearers, surnames=surnames)
        if group is not None:
            group.append(item)
        else:
            rest.append(item)
    return groups + _by_key(rest, _family if surnames else _family_and_side)


def _mentions(group: Group) -> int:
    return sum(item.entity.mentions for item in group)


def _one_person(a: _Item, b: _Item, *, surnames: bool) -> bool:
    """Whether two full names are one person's; across stories an initial alone needs the same country beside it."""
    ours, theirs = _fullest(a), _fullest(b)
    gender, other = gender_of(ours), gender_of(theirs)
    if (gender and other and gender != other) or not all(can_be_one(x, y) for x in a.names for y in b.names):
        return False
    vague = len(ours.given[0]) == 1 or len(theirs.given[0]) == 1
    return surnames or not vague or ours == theirs or (a.entity.country == b.entity.country is not None)


def _fullest(item: _Item) -> PersonName:
    return max((name for name in item.names if name.is_full), key=weight)


def _bearer(item: _Item, groups: Sequence[Group], *, surnames: bool) -> Group | None:
    """The person who bears a single name; None when nobody does, or across stories more than one."""
    ranked = []
    for group in groups:
        fit = max(kinship(name, full) for name in item.names for other in group for full in other.names if full.is_full)
        if fit and _accepts(group, item):
            ranked.append((fit, _mentions(group), group))
    if not ranked:
        return None
    if surnames:
        return max(ranked, key=lambda r: r[:2])[2]
    family = [group for fit, _, group in ranked if fit >= FAMILY]
    return family[0] if len(family) == 1 else None


def _accepts(group: Group, item: _Item) -> bool:
    """Whether neither a form of address nor the country speaks against it."""
    genders = {gender_of(name) for other in group for name in other.names} | {gender_of(name) for name in item.names}
    countries = {other.entity.country for other in group} | {item.entity.country}
    return len(genders - {""}) < 2 and len(countries - {None}) < 2


def _family(item: _Item) -> Hashable:
    return item.names[0].family, next(filter(None, (name.gender for name in item.names)), "")


def _family_and_side(item: _Item) -> Hashable:
    """Across stories two single names are one only with the same role and country beside them."""
    if item.entity.country is None or item.entity.role is None:
        return item.holder, item.entity.id
    return *_family(item), item.entity.country, role_key(item.entity.role)  # type: ignore[misc]


# ---------------------------------------------------------------- organizations


def _organizations(items: Sequence[_Item], *, surnames: bool) -> list[Group]:
    """United by equal names; an acronym or a short name joins the only full name that claims it."""
    groups = _by_key(items, lambda item: normal(item.entity.name))
    full = [group for group in groups if " " in group[0].entity.name]
    claims: dict[str, list[Group]] = {}
    for group in full:
        for form in {normal(alias): alias for item in group for alias in item.entity.aliases}.values():
            if surnames or is_acronym(form) or " " in form:
                claims.setdefault(normal(form), []).append(group)
    united: list[Group] = []
    for group in groups:
        owner = _claimant(group, claims, full, surnames=surnames)
        if owner is not None and owner is not group:
            owner.extend(group)
        else:
            united.append(group)
    return [sorted(group, key=_Item.order) for group in united]


def _claimant(
    group: Group, claims: Mapping[str, list[Group]], full: Sequence[Group], *, surnames: bool
) -> Group | None:
    """The one organization that the group's name stands for, by what an article says or by its letters."""
    name = group[0].entity.name
    if claimed := claims.get(normal(name)):
        return claimed[0] if len(claimed) == 1 else None
    fits = stands_for if is_acronym(name) else begins
    if not (is_acronym(name) or surnames):
        return None
    spelt = [other for other in full if fits(name, other[0].entity.name)]
    return spelt[0] if len(spelt) == 1 else None


# ---------------------------------------------------------------- what is said of them


def _name(group: Group, user: Overrides) -> str:
    """The user's own name, else the fullest form, else the most frequent one."""
    forms = Counter(form for item in group for form in item.forms)
    chosen = user.canonical(*sorted(forms))
    if chosen is not None:
        return chosen
    kind = group[0].entity.kind
    return max(sorted({item.entity.name for item in group}), key=lambda form: (fullness(form, kind), forms[form]))


def _with_slugs(named: Sequence[tuple[str, Group]]) -> list[tuple[str, str, Group]]:
    """With ids; a number tells apart those of one name, the most mentioned first."""
    taken: Counter[str] = Counter()
    result = []
    for name, group in sorted(named, key=lambda pair: (pair[0], -_mentions(pair[1]), pair[1][0].order())):
        slug = f"{group[0].entity.kind}/{slugged(name, initials=group[0].entity.kind != 'person')}"
        taken[slug] += 1
        result.append((slug if taken[slug] == 1 else f"{slug}-{taken[slug]}", name, group))
    return result


def slugged(name: str, *, initials: bool = True) -> str:
    """A name in lower case, ASCII where it has a Latin form, words joined by hyphens; with or without initials."""
    words = re.findall(r"[^\W_]+", plain(name))
    return "-".join(word for word in words if initials or len(word) > 1) or "-".join(words) or "unnamed"


def _united(slug: str, name: str, group: Group, ids: Sequence[Ids]) -> Entity:
    sides = Counter(ids[i.holder][i.entity.affiliation] for i in group if i.entity.affiliation is not None)
    sides.pop(slug, None)
    forms = {form for item in group for form in item.forms} - {name}
    evidence: list[Passage] = sorted({passage for item in group for passage in item.entity.evidence})
    return replace(
        group[0].entity,
        id=slug,
        name=name,
        aliases=tuple(sorted(forms)),
        role=_role(group),
        affiliation=_most_frequent(sides),
        country=_most_frequent(Counter(i.entity.country for i in group if i.entity.country is not None)),
        mentions=_mentions(group),
        evidence=tuple(evidence[:MOST_EVIDENCE]),
    )


def _role(group: Group) -> str | None:
    """The role most articles give, in the spelling most of them use."""
    roles = Counter(item.entity.role for item in group if item.entity.role is not None)
    keys: Counter[str] = Counter()
    for role, count in roles.items():
        keys[role_key(role)] += count
    return max(roles, key=lambda role: (keys[role_key(role)], len(role_key(role)), roles[role], role), default=None)


def _most_frequent(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda value: (-counts[value], value), default=None)
