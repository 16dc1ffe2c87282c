"""Heralds: what a team's captains are told in the step that books a report: who wrote it, and where it led."""

from collections.abc import Sequence

from handlers import coaching, texts
from handlers.notices import notification
from storage.campaign_schema import Campaign
from storage.ledger import Herald
from storage.models.people import Membership
from storage.models.pushes import Notification
from storage.models.reports import Report
from storage.models.teams import Team, Total


def herald_of(campaign: Campaign, membership: Membership, op_id: str, person: str) -> Herald:
    """What the captains of a team hear of a report: that an office wrote it, that the threshold is near or reached."""

    def tell(report: Report, before: Total, team: Team, retracted: bool) -> Sequence[Notification]:
        notes = () if retracted else coaching.notes(campaign, report, before, team)
        grant = membership.grant_over(campaign.region_path(team.region)) if membership.roles else None
        if grant is None or person in team.captains:
            return notes
        office = texts.naming.office_name(campaign, grant)
        text = texts.told.booked(office, team, report, before, retracted)
        told = [
            notification(f"{op_id}/told/{captain}", campaign, "act", captain, text, report.at)
            for captain in team.captains
        ]
        return [*told, *notes]

    return tell
