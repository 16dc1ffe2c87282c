"""How the units that are expected change the views."""

from storage.campaign_schema import Campaign
from storage.roster import RosterUnit
from storage.views import Views


def list_unit(views: Views, campaign: Campaign, unit: RosterUnit) -> None:
    """A unit of the roster as it is from now on."""
    before = views.roster.get(unit.id)
    for key in before.keys if before else ():
        views.roster_names[key].discard(unit.id)
    for key in unit.keys:
        views.roster_names[key].add(unit.id)
    for region in campaign.region_path(unit.region):
        views.roster_regions[region].add(unit.id)
    views.roster[unit.id] = unit
