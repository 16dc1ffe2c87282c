"""Casework: which offices look after a case, who sees it, and whom its clock calls. Pure; nothing is read or written.

Whoever belongs to an accused office neither is told of a case nor sees it; who stands above that office does. The whole
campaign's office is `''`, as in a role.
"""

from datetime import datetime, timedelta

from storage.campaign_schema import Campaign
from storage.matters import Incident
from storage.models.people import Membership


def offices(campaign: Campaign, case: Incident) -> tuple[str, ...]:
    """The regions whose offices look after a case, the nearest first: those of its place but the accused and below."""
    path = campaign.region_path(case.region) if case.region else ()
    return tuple(office for office in (*path, "") if not _is_accused(campaign, case, office))


def sees(campaign: Campaign, membership: Membership, case: Incident) -> bool:
    """Whether somebody looks after a case, and belongs to no office and leads no team that it is about."""
    held = {grant.region for grant in membership.grants}
    if any(_is_accused(campaign, case, office) for office in held) or set(membership.codes) & set(case.teams):
        return False
    return bool(held & set(offices(campaign, case)))


def next_above(campaign: Campaign, case: Incident) -> tuple[str, ...]:
    """The offices that have not been called yet, the nearest first; the first of all was told when it was opened."""
    return offices(campaign, case)[case.risen + 1 :]


def due(campaign: Campaign, case: Incident, now: datetime) -> datetime:
    """By when something must have been done about it: taken, or closed."""
    incidents = campaign.incidents
    if case.state == "taken":
        return now + timedelta(hours=incidents.close_hours)
    return now + timedelta(minutes=incidents.take_minutes)


def _is_accused(campaign: Campaign, case: Incident, office: str) -> bool:
    """Whether an office is one that a case is about, or stands below one."""
    if not case.accused:
        return False
    path = (*campaign.region_path(office), "") if office else ("",)
    return bool(set(path) & set(case.accused))
