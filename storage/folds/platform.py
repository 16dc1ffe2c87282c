"""How the platform's figures change the views: what it confirmed, differences from reports, final figures."""

from storage import boards, differences
from storage.campaign_schema import Campaign
from storage.folds import teams
from storage.freezing import Final, with_final
from storage.ledger import Entry
from storage.platform import figures_of, pages_of
from storage.relocation import stands, values_of
from storage.views import Views

STATES = {"campaign.closed": "closed", "campaign.frozen": "frozen", "campaign.opened": ""}
"""What a campaign is after an entry."""


def take_in(views: Views, entry: Entry) -> None:
    """Figures of the platform, and what became of differences with them."""
    figures = {each.team: each for each in figures_of(entry.values)}
    for each in differences.found_in(entry.values):
        team, before = views.teams[each.team], views.confirmed.get(each.team)
        kept = views.differences.get(each.number)
        told = figures[each.team]
        views.differences[each.number] = differences.found(kept, each, told, before, team.region, entry.at)
        if not team.difference:
            changed = {"difference": each.number, "version": team.version + 1}
            teams.keep(views, entry, team.model_copy(update=changed))
    views.confirmed.update(figures)
    views.pages |= pages_of(figures.values())


def differ(views: Views, entry: Entry) -> None:
    """What a coordinator makes of a difference without booking anything."""
    number = entry.values["matter"]
    kept = views.differences[number]
    match entry.kind:
        case "difference.kept":
            views.differences[number] = differences.kept_as_reported(kept, entry.by, entry.at)
        case "difference.asked":
            views.differences[number] = kept.model_copy(update={"asked_at": entry.at})
        case _:
            views.differences[number] = differences.reopened(kept)
    teams.change(views, entry)


def settle(views: Views, campaign: Campaign, entry: Entry, final: Final) -> None:
    """A team's figures are final, or an organizer has changed them; its growth of each day stays."""
    before = views.teams[final.team]
    after = with_final(before, final).model_copy(update={"version": before.version + 1})
    teams.keep(views, entry, after)
    if not (stands(before) or stands(after)):
        return
    for metric, value in values_of(after, {}).items():
        for scope in boards.scopes(campaign, after):
            if stands(after):
                views.boards[metric, scope][after.number] = value
            else:
                views.boards[metric, scope].pop(after.number, None)
