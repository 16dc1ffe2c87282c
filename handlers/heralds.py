"""Heralds: what a captain is told, in the same step, when somebody of an office writes figures for her team."""

from collections.abc import Sequence

from handlers import texts
from handlers.notices import notification
from storage.campaign_schema import Campaign
from storage.ledger import Herald
from storage.models import Membership, Notification, Report, Team, Total


def herald_of(campaign: Campaign, membership: Membership, op_id: str, person: str) -> Herald | None:
    """How the captains of a team learn what she wrote for it; None for whoever has no role."""
    if not membership.roles:
        return None

    def tell(report: Report, before: Total, team: Team, retracted: bool) -> Sequence[Notification]:
        grant = membership.grant_over(campaign.region_path(team.region))
        if grant is None or person in team.captains:
            return []
        office = texts.naming.office_name(campaign, grant)
        text = texts.acts.told_booked(office, team, report, before, retracted)
        return [
            notification(f"{op_id}/told/{captain}", campaign, "act", captain, text, report.at)
            for captain in team.captains
        ]

    return tell
