"""Which of many units may be the same as another: the question of `similar_units`, asked of thousands at once."""

import re
from collections import defaultdict

from handlers.language.names import ALIKE, Profile, likeness, profile_of
from handlers.language.near_keys import may_sound_alike
from handlers.language.sound import syllable
from storage.campaign_schema import Campaign


class Likeness:
    """Names of units by region; only those are compared of which a cheap look does not show that they differ."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._shelves: dict[tuple[str, ...], list[tuple[Profile, frozenset[str], str]]] = defaultdict(list)

    def add(self, region: str, name: str, of: str) -> None:
        """A name of the unit `of` (its official one)."""
        profile = profile_of(self._campaign, name)
        self._shelves[_shelf(region, profile)].append((profile, frozenset(profile[0]), of))

    def like(self, region: str, name: str) -> list[str]:
        """The official names of the units that may be the same, best first."""
        wanted = profile_of(self._campaign, name)
        letters = frozenset(wanted[0])
        near = [
            (likeness(wanted, profile), of)
            for profile, others, of in self._shelves.get(_shelf(region, wanted), ())
            if letters <= others or others <= letters or may_sound_alike(wanted[0], profile[0])
        ]
        return list(dict.fromkeys(of for score, of in sorted(near, reverse=True) if score >= ALIKE))


def _shelf(region: str, profile: Profile) -> tuple[str, ...]:
    """Units of different regions, ordinals or last sounds are never alike."""
    key = profile[0]
    return region, *re.findall(r"\d+", key), syllable(key[-1])
