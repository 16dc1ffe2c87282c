"""The threshold coach: a captain hears once that her team comes near the claim threshold, and once that it is there.

Nobody else hears it, and no gap is named: what is still missing stands in her own answers alone.
"""

from collections.abc import Sequence
from typing import Literal

from handlers import texts
from handlers.notices import notification
from storage.announcements import THRESHOLD
from storage.campaign_document import Threshold
from storage.campaign_schema import Campaign
from storage.models.pushes import Notification
from storage.models.reports import Report
from storage.models.teams import Team, Total

NEAR_PERCENT = 80
"""From so much of the threshold on a team is near it; no document says so, it is our own measure."""

Moment = Literal["near", "reached"]


def notes(campaign: Campaign, report: Report, before: Total, team: Team) -> Sequence[Notification]:
    """What the captains of a team hear when a report has brought it into a new place; each of both once a team, where
    the push plan names the job.

    `before`: the total of the report's channel before it.
    """
    threshold = campaign.threshold_for(team.project)
    if threshold is None or report.channel not in threshold.channels:
        return ()
    if all(push.job != THRESHOLD for push in campaign.pushes):
        return ()
    stands = team.amount_of(threshold.channels)
    stood = stands - team.total(report.channel).amount_fen + before.amount_fen
    moment = _place(threshold, stands)
    if moment is None or stands <= stood or _place(threshold, stood) in (moment, "reached"):
        return ()
    said = texts.coaching.reached if moment == "reached" else texts.coaching.near
    text, key = said(campaign, team, threshold), f"{campaign.id}:{THRESHOLD}:{team.code}:{moment}"
    return [
        notification(f"{key}:{captain}", campaign, THRESHOLD, captain, text, report.at) for captain in team.captains
    ]


def _place(threshold: Threshold, amount_fen: int) -> Moment | None:
    if threshold.reached(amount_fen):
        return "reached"
    return "near" if amount_fen * 100 >= threshold.amount_fen * NEAR_PERCENT else None
