"""Which campaigns run: open now, or soon; and which one a line means that names a place or a project."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.language.called import holds_name, is_name, is_part_of
from handlers.language.unit_spelling import cleaned, simplified
from storage.campaign_schema import Campaign

SOON = timedelta(days=60)
"""How long before its first window opens a campaign is offered: documents are published some weeks ahead."""


def is_open(campaign: Campaign, now: datetime) -> bool:
    """Whether teams may register or report at this moment."""
    if campaign.closed:
        return False
    of = campaign.windows
    windows = (of.registration, of.activity, of.matching, of.reporting)
    return any(window is not None and window.holds(now) for window in windows)


def registers(campaign: Campaign, now: datetime) -> bool:
    """Whether somebody without a role may still register a team, or will."""
    window = campaign.windows.registration
    over = window is not None and window.end is not None and now > window.end
    return not campaign.closed and (not over or campaign.registration.late == "approve")


def opens_soon(campaign: Campaign, now: datetime) -> bool:
    """Whether a window of the campaign begins within the next weeks."""
    if campaign.closed:
        return False
    of = campaign.windows
    starts = [w.start for w in (of.registration, of.activity, of.matching, of.reporting) if w and w.start]
    return any(now < start <= now + SOON for start in starts)


def offered(campaigns: Sequence[Campaign], now: datetime) -> list[Campaign]:
    """The campaigns among which one is chosen: open now or soon; where none is, all that are not closed, or all."""
    running = [c for c in campaigns if is_open(c, now) or opens_soon(c, now)]
    return running or [c for c in campaigns if not c.closed] or list(campaigns)


def named_in_line(campaigns: Sequence[Campaign], text: str) -> list[Campaign]:
    """The campaigns of which a line names the area, a county or a project in full."""
    line = simplified(cleaned(text))
    return [campaign for campaign in campaigns if _names(campaign, line)]


def _names(campaign: Campaign, line: str) -> bool:
    places = {campaign.area, *(region.name for region in campaign.regions if not region.bucket)}
    return any(place in line for place in places) or holds_name(line, (project.name for project in campaign.projects))


def called_so(campaigns: Sequence[Campaign], text: str) -> Campaign | None:
    """The one of several campaigns that a line names and nothing else: `二七` after a look at the list."""
    named = [c for c in campaigns if _is_called(c, text)]
    return named[0] if len(named) == 1 < len(campaigns) else None


def _is_called(campaign: Campaign, text: str) -> bool:
    names = (campaign.id, campaign.name, campaign.short, *campaign.aliases)
    return is_name(text, names) if campaign.practice else is_part_of(text, names)
