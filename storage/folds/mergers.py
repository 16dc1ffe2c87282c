"""How two teams that become one, and are parted again, change the views."""

from collections.abc import Mapping
from datetime import date

from storage import boards, differences, platform_mergers
from storage.campaign_schema import Campaign
from storage.folds import teams
from storage.ledger import Author, Entry
from storage.mergers import CHANNELS, Parts, handed_back, handed_over, merged
from storage.models.teams import Team
from storage.platform import Confirmed
from storage.platform_mergers import Told
from storage.reckoning import past_of
from storage.relocation import values_of
from storage.views import Apart, Views


def merge(views: Views, campaign: Campaign, entry: Entry) -> None:
    """A team goes into another one, with its figures and its people."""
    source, target = views.teams[entry.team], views.teams[entry.values["into"]]
    told = _told(views, source, target) if "confirmed" in entry.values else None
    views.mergers[source.code] = Apart(source, target, growth(views, target), told)
    parts: Parts = {channel: entry.values[channel].split() for channel in CHANNELS}
    author, day = Author(entry.op_id, entry.by, entry.at), date.fromisoformat(entry.values["day"])
    merger = merged(campaign, source, target, parts, author, day, views.reports)
    gone = source.model_copy(update={"status": "merged", "into": target.code, "captains": ()})
    teams.relocate(views, campaign, entry, source, gone)
    grown = {boards.metric_name("today", day): fen for day, fen in past_of(entry.values["growth"]).items()}
    goes_on = _join(views, entry, source, merger.team, told) if told else merger.team
    go_on(views, campaign, entry, target, goes_on, grown)
    views.reports.update({report.id: report for report in merger.reports})
    for person in source.captains:
        views.captains[person] = handed_over(views.captains.get(person, ""), source.code, target.code)


def part(views: Views, campaign: Campaign, entry: Entry) -> None:
    """A merger undone: both as they were, and the reports on which the new totals stood are gone."""
    apart = views.mergers.pop(entry.team)
    source, target = apart.source, apart.target
    gone, now = views.teams[source.code], views.teams[target.code]
    teams.relocate(views, campaign, entry, gone, source)
    if apart.told:
        _part(views, now, apart.told)
    go_on(views, campaign, entry, now, target, apart.growth)
    for channel in CHANNELS:
        if now.total(channel).report != target.total(channel).report:
            del views.reports[now.total(channel).report]
    for person in source.captains:
        led_both = person in target.captains
        codes = views.captains[person]
        views.captains[person] = handed_back(codes, source.code, target.code, led_both=led_both)


def _told(views: Views, source: Team, target: Team) -> Told:
    confirmed = {team.code: views.confirmed[team.code] for team in (source, target) if team.code in views.confirmed}
    numbers = [team.difference for team in (source, target) if team.difference]
    return Told(confirmed=confirmed, differences={number: views.differences[number] for number in numbers})


def _join(views: Views, entry: Entry, source: Team, after: Team, told: Told) -> Team:
    """The platform's figures of both are those of the one that goes on."""
    whole, found = Confirmed.model_validate_json(entry.values["confirmed"]), differences.found_in(entry.values)
    del views.confirmed[source.code]
    views.confirmed[after.code] = whole
    views.differences |= platform_mergers.differences_after(told, found, whole, after, entry.at)
    return platform_mergers.with_difference(after, found)


def _part(views: Views, now: Team, told: Told) -> None:
    """Each has its own again."""
    del views.confirmed[now.code]
    views.confirmed.update(told.confirmed)
    views.differences.pop(now.difference, None)
    views.differences |= told.differences


def go_on(views: Views, campaign: Campaign, entry: Entry, before: Team, after: Team, grown: Mapping[str, int]) -> None:
    """A team on the lists stands with other figures."""
    teams.keep(views, entry, after.model_copy(update={"version": before.version + 1}))
    old = values_of(before, growth(views, before)) if before.reported else {}
    new = values_of(after, grown) if after.reported else {}
    for metric in old.keys() | new.keys():
        for scope in boards.scopes(campaign, after):
            views.boards[metric, scope].pop(after.number, None)
            if metric in new:
                views.boards[metric, scope][after.number] = new[metric]


def growth(views: Views, team: Team) -> dict[str, int]:
    """What a team on the boards grew by, by the name of each day's board."""
    days = {metric: board for (metric, scope), board in views.boards.items() if scope == boards.ALL}
    return {m: board[team.number] for m, board in days.items() if m.startswith("today:") and team.number in board}
