"""The question of `similar_units` asked of the thousands of units of a region: a cheap look leaves few to compare.

A look costs some two microseconds, a comparison two hundred.
"""

import re
from collections.abc import Callable, Iterable
from operator import ne

from handlers.language.names import profile_of, similar_units
from storage.campaign_schema import Campaign

_FIGURES = re.compile(r"\d+")


def similar_keys(campaign: Campaign, name: str, keys: Iterable[str]) -> list[str]:
    """The unit keys (`unit_key`) that may be the same unit as a name, best first."""
    return similar_units(campaign, name, filter(near_keys(campaign, name), keys))


def near_keys(campaign: Campaign, name: str) -> Callable[[str], bool]:
    """The cheap look: whether a unit key may be the same unit as a name; no key that is like it is missed."""
    wanted = profile_of(campaign, name)[0]
    letters, figures = frozenset(wanted), _FIGURES.findall(wanted)
    places = tuple(dict.fromkeys(region.name for region in campaign.regions))
    return lambda key: _may_be(wanted, letters, figures, _without_place(places, key))


def _without_place(places: tuple[str, ...], key: str) -> str:
    """A key in front of which a region stands only in full."""
    if not key.startswith(places):
        return key
    return key[max(len(place) for place in places if key.startswith(place)) :]


def _may_be(wanted: str, letters: frozenset[str], figures: list[str], key: str) -> bool:
    """Whether a name may be short for the other, or sound like it; never where their figures differ."""
    within = letters.issuperset(key) or letters.issubset(key) or may_sound_alike(wanted, key)
    return within and _FIGURES.findall(key) == figures


def may_sound_alike(one: str, other: str) -> bool:
    """Names that sound alike are of one length, and differ in few characters."""
    return len(one) == len(other) and sum(map(ne, one, other)) <= max(1, len(one) // 3)
