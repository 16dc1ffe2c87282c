"""Whether a report names another unit than the captain's own."""

import re
from functools import partial

from handlers.language.names import similar_units, unit_key
from handlers.language.places import region_at_start, shorten
from handlers.language.text import squash
from handlers.language.wordlists import limited
from handlers.understand.registration import read_registration
from storage.campaign_schema import Campaign

_any = partial(limited, "understand/registering")
_BODY = re.compile(rf"(?:{_any('body')})$")
_BRANCH = re.compile(_any("branch"))
"""What sets a part of a school or a hospital apart from the whole: they are two units."""
_OWN = re.compile(rf"^(?:{_any('own ahead')})|^(?:{_any('own')})$|(?:{_any('meeting')})$")
"""Words for a captain's own unit, which name none."""
_OF_A_REPORT = re.compile(_any("of a report"))


def names_another_unit(campaign: Campaign, words: str, unit: str, region: str) -> str:
    """A unit that the words name and that cannot be `unit`, as typed; '' where they name none, or only 学校 or 我局.

    `region`: where `unit` is registered. A name that begins with a region elsewhere is another unit.
    """
    named = _unit_in(campaign, words)
    bare = squash(named)
    if not named:
        return ""
    if _lies_elsewhere(campaign, bare, unit, region) or set(_BRANCH.findall(bare)) != set(_BRANCH.findall(unit)):
        return named
    if similar_units(campaign, named, [unit_key(campaign, unit)]) or unit_key(campaign, named) == unit_key(
        campaign, unit
    ):
        return ""
    canonical = unit_key(campaign, unit)
    return "" if _stands_in(bare, squash(unit)) or _stands_in(unit_key(campaign, named), canonical) else named


def names_unit(campaign: Campaign, words: str) -> bool:
    """Whether the words name a unit, and not only 学校 or 我局."""
    return _unit_in(campaign, words) != ""


def _unit_in(campaign: Campaign, words: str) -> str:
    named = read_registration(campaign, _OF_A_REPORT.sub(" ", words)).unit if words else ""
    bare = squash(named)
    return named if _BODY.search(bare) and not _OWN.search(bare) and 2 <= len(bare) <= 15 else ""


def _lies_elsewhere(campaign: Campaign, named: str, unit: str, region: str) -> bool:
    located = region_at_start(campaign, named)
    if located is None or shorten(located[0].name) in unit:
        return False
    there = located[0].id
    return there not in campaign.region_path(region) and region not in campaign.region_path(there)


def _stands_in(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)
