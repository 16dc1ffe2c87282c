"""Region names inside typed text: full names, aliases, short forms (永善), and slips that sound the same."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from handlers.language.per_campaign import once_per_campaign
from handlers.language.sound import sounds_alike
from handlers.language.text import normalise
from storage.campaign_document import Region
from storage.campaign_schema import Campaign

SEPARATORS = re.compile(r"[\s,，、。;；:：|/!！()（）\[\]【】“”\"'#]+")
_SUFFIX = re.compile(r"(?:自治县|自治州|新区|[县市区州])$")
_NOT_A_REGION_AFTER = re.compile(r"[路街镇乡村寨]|大道|大街|广场|社区")


def area_stem(campaign: Campaign) -> str:
    """The campaign's area without its suffix: 昭通 for 昭通市."""
    return shorten(campaign.area)


@lru_cache(maxsize=1024)
def shorten(name: str) -> str:
    """A region's everyday short form, or the name itself where nothing of two characters would be left."""
    short = _SUFFIX.sub("", name)
    return short if len(short) >= 2 else name


def full_forms(region: Region) -> tuple[str, ...]:
    return (region.name, *region.aliases)


def strip_area(campaign: Campaign, text: str) -> str:
    """The text without the area in front of it, its province included (云南省昭通市昭阳区 → 昭阳区)."""
    return _area_ahead(campaign.area).sub("", text)


@lru_cache(maxsize=64)
def _area_ahead(area: str) -> re.Pattern[str]:
    full, stem = re.escape(area), re.escape(shorten(area))
    return re.compile(rf"^(?:[\u4e00-\u9fff]{{2,3}}省?)?{full}|^(?:[\u4e00-\u9fff]{{2,3}}省)?{stem}")


def is_area(campaign: Campaign, token: str) -> bool:
    return token in (campaign.area, area_stem(campaign)) or (token != "" and strip_area(campaign, token) == "")


class SeveralPlaces(Exception):
    """A name stands in several places (市中区), and nothing said in which: she is asked."""

    def __init__(self, name: str, places: Sequence[Region]) -> None:
        super().__init__(name)
        self.name = name
        self.places = places


def region_of_token(campaign: Campaign, token: str, *, short_sound: bool = False) -> Region | None:
    """The region a stand-alone token names, with or without the area before it; None where several are called so.

    A full name may be misspelt by sound (照阳区). A short form by sound (永膳) is taken only with
    `short_sound`, because two characters may as well be somebody's name.
    """
    if called := places_called(campaign, token):
        return called[0] if len(called) == 1 else None
    bare = strip_area(campaign, token) or token
    if len(bare) < (2 if short_sound else 3):
        return None
    forms = _forms_by_length(campaign).get(len(bare), ())
    alike = {r.id: r for form, r, full in forms if (full or short_sound) and sounds_alike(bare, form)}
    return next(iter(alike.values())) if len(alike) == 1 else None


def places_called(campaign: Campaign, token: str) -> tuple[Region, ...]:
    """The regions that a token names by one of their forms, with or without the area before it."""
    forms = _forms(campaign)
    return forms.get(token) or forms.get(strip_area(campaign, token), ())


def one_of(campaign: Campaign, places: Sequence[Region], besides: Iterable[Region]) -> Region | None:
    """Which of several places of one name is meant: the one within something that is named besides; None for none."""
    named = {region.id for region in besides}
    within = [place for place in places if named & set(campaign.region_path(place.id)[1:])]
    return within[0] if len(within) == 1 else None


_LONGEST_PLACE = 20
_SAID_OF_A_PLACE = re.compile(r"^(?:我?们?是?(?:位于|属于|归属|归|在|属|来自)?)(.+?)(?:的|这边|那边|这里|境内|范围)*$")


def region_said(campaign: Campaign, token: str) -> Region | None:
    """The region that a stand-alone token names, with or without a word of place: 在水富市, 鲁甸的."""
    said = _SAID_OF_A_PLACE.match(token) if len(token) <= _LONGEST_PLACE else None
    bare = said[1] if said else token
    return region_of_token(campaign, token) or (region_of_token(campaign, bare) if bare != token else None)


def region_at_start(campaign: Campaign, name: str) -> tuple[Region, str] | None:
    """The region a unit's name begins with, and the name without it (昭阳区第三中学, 昭通市永善一中)."""
    places, rest = places_at_start(campaign, name)
    return (places[0], rest) if len(places) == 1 else None


def places_at_start(campaign: Campaign, name: str) -> tuple[tuple[Region, ...], str]:
    """The regions that are called as a unit's name begins, and the name without it; none, and the name, for none."""
    bare, forms = strip_area(campaign, name), _forms(campaign)
    for size in range(min(len(bare) - 1, _longest_form(campaign)), 1, -1):
        called = forms.get(bare[:size], ())
        if called and not _not_a_region(bare, size, bare[:size]):
            return called, bare[size:]
    return (), name


def regions_within(campaign: Campaign, text: str) -> list[tuple[Region, int, int]]:
    """Every region a text names, longest first: the region, where the words start and end.

    One of several of one name only where something that it lies in is named as well.
    """
    found = places_within(campaign, text)
    plain = [places[0] for places, _, _ in found if len(places) == 1]
    meant = [(places[0] if len(places) == 1 else one_of(campaign, places, plain), s, e) for places, s, e in found]
    return [(region, start, end) for region, start, end in meant if region is not None]


class Place(NamedTuple):
    """A name as it stands in a text, and the regions that are called so."""

    name: str
    called: tuple[Region, ...]


def places_in(campaign: Campaign, text: str) -> list[Place]:
    """Every name of regions in a text, longest first."""
    line = normalise(text)
    return [Place(line[start:end], called) for called, start, end in places_within(campaign, line)]


def places_within(campaign: Campaign, text: str) -> list[tuple[tuple[Region, ...], int, int]]:
    """Every name of regions in a text, longest first: those that are called so, where the words start and end."""
    forms, found = _forms(campaign), list[tuple[tuple[Region, ...], int, int]]()
    for size in range(min(len(text), _longest_form(campaign)), 1, -1):
        for start in range(len(text) - size + 1):
            form, end = text[start : start + size], start + size
            if form not in forms or any(s < end and start < e for _, s, e in found):
                continue
            if not _not_a_region(text, end, form):
                found.append((forms[form], start, end))
    return found


def _not_a_region(text: str, end: int, form: str) -> bool:
    return not _SUFFIX.search(form) and _NOT_A_REGION_AFTER.match(text, end) is not None


@once_per_campaign
def _forms(campaign: Campaign) -> Mapping[str, tuple[Region, ...]]:
    """Every form of the regions' names, and the regions that it names: its own names go before its short form.

    A region within another is also called by both names (内江市市中区), whatever else bears its own.
    """
    named, short = dict[str, list[Region]](), dict[str, list[Region]]()
    for region in campaign.regions:
        for form in dict.fromkeys(full_forms(region)):
            named.setdefault(form, []).append(region)
        short.setdefault(shorten(region.name), []).append(region)
    forms = short | named
    for region in campaign.regions:
        for form in _in_full(campaign, region):
            forms.setdefault(form, [region])
    return {form: tuple(regions) for form, regions in forms.items()}


def _in_full(campaign: Campaign, region: Region) -> Iterator[str]:
    """Its names behind those of the regions that it lies in."""
    for above in map(campaign.region, campaign.region_path(region.id)[1:]):
        for ahead in dict.fromkeys((*full_forms(above), shorten(above.name))):
            yield from (ahead + form for form in full_forms(region))


@once_per_campaign
def _longest_form(campaign: Campaign) -> int:
    return max(map(len, _forms(campaign)), default=0)


@once_per_campaign
def _forms_by_length(campaign: Campaign) -> Mapping[int, Sequence[tuple[str, Region, bool]]]:
    """The forms that a token of so many characters may sound like, whose each is, and whether it is a full name."""
    forms: dict[int, list[tuple[str, Region, bool]]] = {}
    for region in campaign.regions:
        for form in dict.fromkeys((*full_forms(region), shorten(region.name))):
            forms.setdefault(len(form), []).append((form, region, form in full_forms(region)))
    return forms
