"""How figures, times and states are written on the console's pages: as in every other sentence of the house."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from bot.web.console.desk import at_desk
from handlers import texts
from storage.boards import ALL
from storage.campaign_schema import Campaign
from storage.models.people import Membership


def minute(at: datetime) -> str:
    """On the campaign's wall clock: `5月8日09:40`."""
    return texts.naming.minute_name(at_desk().campaign.local(at))


def place(region: str) -> str:
    """A region's name, the whole campaign's area for ''."""
    campaign = at_desk().campaign
    return campaign.region(region).name if region else campaign.area


def scope_name(scope: str) -> str:
    return place("" if scope == ALL else scope.partition(":")[2])


def office(campaign: Campaign, membership: Membership) -> str:
    """As whom she sits here: her widest office."""
    grants = sorted(membership.grants, key=lambda grant: (grant.region != "", grant.role != "organizer"))
    return texts.naming.office_name(campaign, grants[0])


def heard(day: date | None) -> str:
    """When a team was last heard of."""
    return texts.console.heard(day, at_desk().today) if day else ""


FILTERS: Mapping[str, Callable[..., Any]] = {
    "yuan": texts.figures.format_amount,
    "minute": minute,
    "day_name": texts.naming.day_name,
    "place": place,
    "scope_name": scope_name,
    "office": office,
    "heard": heard,
    "project_name": lambda project: at_desk().campaign.project(project).name,
    "status_name": texts.books.STATUS_NAMES.__getitem__,
}
"""What every template of the console may call."""
