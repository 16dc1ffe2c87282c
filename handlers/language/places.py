"""Region names inside typed text: full names, aliases, short forms (永善), and slips that sound the same."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from handlers.language.per_campaign import once_per_campaign
from handlers.language.sound import sounds_alike
from storage.campaign_schema import Campaign, Region

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


def region_of_token(campaign: Campaign, token: str, *, short_sound: bool = False) -> Region | None:
    """The region a stand-alone token names, with or without the area before it.

    A full name may be misspelt by sound (照阳区). A short form by sound (永膳) is taken only with
    `short_sound`, because two characters may as well be somebody's name.
    """
    bare = strip_area(campaign, token) or token
    for candidate in (token, bare):
        for region in campaign.regions:
            if candidate in full_forms(region) or candidate == shorten(region.name):
                return region
    if len(bare) < (2 if short_sound else 3):
        return None
    alike = [r for r in campaign.regions if any(_sounds_like(bare, form) for form in _sound_forms(r, short_sound))]
    return alike[0] if len(alike) == 1 else None


_LONGEST_PLACE = 20
_SAID_OF_A_PLACE = re.compile(r"^(?:我?们?是?(?:位于|属于|归属|归|在|属|来自)?)(.+?)(?:的|这边|那边|这里|境内|范围)*$")


def region_said(campaign: Campaign, token: str) -> Region | None:
    """The region that a stand-alone token names, with or without a word of place: 在水富市, 鲁甸的."""
    said = _SAID_OF_A_PLACE.match(token) if len(token) <= _LONGEST_PLACE else None
    bare = said[1] if said else token
    return region_of_token(campaign, token) or (region_of_token(campaign, bare) if bare != token else None)


def region_at_start(campaign: Campaign, name: str) -> tuple[Region, str] | None:
    """The region a unit's name begins with, and the name without it (昭阳区第三中学, 昭通市永善一中)."""
    bare = strip_area(campaign, name)
    for form, region in _longest_first(campaign):
        if bare.startswith(form) and len(bare) > len(form) and not _not_a_region(bare, len(form), form):
            return region, bare[len(form) :]
    return None


def regions_within(campaign: Campaign, text: str) -> list[tuple[Region, int, int]]:
    """Every region a text names, longest first: the region, where the words start and end."""
    found: list[tuple[Region, int, int]] = []
    for form, region in _longest_first(campaign):
        for hit in re.finditer(re.escape(form), text):
            start, end = hit.span()
            if any(s < end and start < e for _, s, e in found) or _not_a_region(text, end, form):
                continue
            found.append((region, start, end))
    return found


def _not_a_region(text: str, end: int, form: str) -> bool:
    return not _SUFFIX.search(form) and _NOT_A_REGION_AFTER.match(text, end) is not None


@once_per_campaign
def _longest_first(campaign: Campaign) -> list[tuple[str, Region]]:
    return sorted(_all_forms(campaign.regions), key=lambda form: -len(form[0]))


def _all_forms(regions: Iterable[Region]) -> Iterator[tuple[str, Region]]:
    for region in regions:
        forms = dict.fromkeys((*full_forms(region), shorten(region.name)))
        yield from ((form, region) for form in forms)


def _sounds_like(token: str, form: str) -> bool:
    return len(token) == len(form) and sounds_alike(token, form)


def _sound_forms(region: Region, short_sound: bool) -> tuple[str, ...]:
    return (*full_forms(region), shorten(region.name)) if short_sound else full_forms(region)
