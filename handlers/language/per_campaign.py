"""What is made once of a campaign version: a campaign compares by all it holds, so the versions in use are told apart
by identity."""

from collections.abc import Callable
from typing import TypeVar

from storage.campaign_schema import Campaign

Made = TypeVar("Made")
MOST = 32
"""Versions of campaigns that are kept; more are in use in no installation."""


def once_per_campaign(make: Callable[[Campaign], Made]) -> Callable[[Campaign], Made]:
    """The same function, which remembers what it made of the last versions."""
    kept: dict[int, tuple[Campaign, Made]] = {}

    def made(campaign: Campaign) -> Made:
        found = kept.get(id(campaign))
        if found is None or found[0] is not campaign:
            if len(kept) >= MOST:
                kept.clear()
            found = kept[id(campaign)] = (campaign, make(campaign))
        return found[1]

    return made
