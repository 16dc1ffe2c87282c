"""What is said where somebody leaves: in the place of her words, and to those who look after a team of hers."""

from datetime import datetime

from handlers import texts
from handlers.notices import notification
from storage.campaign_schema import Campaign
from storage.erasure import Words
from storage.models.pushes import Notification
from storage.models.teams import Team


def _orphaned(campaign: Campaign, team: Team, coordinator: str, at: datetime) -> Notification:
    """A team has no captain any more: its claim code, to one who may hand it out."""
    notice_id = f"{campaign.id}:unclaimed:{team.code}:{team.version}:{coordinator}"
    told = texts.teams.captain_left(team, campaign)
    return notification(notice_id, campaign, "unclaimed", coordinator, told, at)


FAREWELL = Words(blank=texts.pushes.erased, orphaned=_orphaned)
