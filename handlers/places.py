"""The question where a unit belongs: the places of the first level, then those within the one she chose."""

from collections.abc import Sequence

from handlers import drafts, texts
from handlers.drafts import Draft
from handlers.language.places import SeveralPlaces, places_in
from handlers.messages import Reply
from storage.campaign_document import Region
from storage.campaign_schema import Campaign

STATE = "teams.region"


def offered(campaign: Campaign, within: str = "") -> Sequence[Region]:
    """The lines of the question: what lies in no other; or what lies in a place, with the place itself last."""
    if not within:
        return [region for region in campaign.regions if region.parent is None]
    inner = [region for region in campaign.regions if region.parent == within]
    return [*inner, campaign.region(within)] if inner else []


def ask(campaign: Campaign, draft: Draft, within: str = "") -> Reply:
    lines = names(campaign, offered(campaign, within), within)
    return drafts.ask(texts.teams.ask_region(draft.unit, lines), STATE, draft, within=within)


def names(campaign: Campaign, regions: Sequence[Region], within: str) -> list[str]:
    """As they are offered: the place itself as its own (成都市本级)."""
    return [texts.teams.of_its_own(region) if region.id == within else region.name for region in regions]


def require_one(campaign: Campaign, said: str) -> None:
    """Raises `SeveralPlaces` where what she said names a place by a name that several bear, and does not tell which."""
    for place in places_in(campaign, said):
        if len(place.called) > 1:
            raise SeveralPlaces(place.name, place.called)
