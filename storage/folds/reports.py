"""How reports change the views: the team, its boards, and the days before."""

from datetime import date

from storage import boards, differences, docket
from storage.campaign_schema import Campaign
from storage.folds import matters, teams
from storage.ledger import Entry
from storage.models.reports import Report, Withdrawal
from storage.models.teams import Team
from storage.reckoning import (
    advance,
    based_on,
    past_of,
    report_of,
    retreat,
    shut,
    standing,
    stood_on,
    unshut,
)
from storage.views import Views


def report(views: Views, campaign: Campaign, entry: Entry) -> None:
    """A report is accepted, corrected, retracted, restored or closed."""
    report, day = report_of(entry), date.fromisoformat(entry.values["day"])
    before, gone = views.teams[entry.team], entry.kind == "report.retracted"
    if above := entry.values.get("above"):
        moved = (unshut if gone else shut)(before, report, day)
        views.reports[above] = based_on(views.reports[above], stood_on(report) if gone else standing(report))
    else:
        moved = (retreat if gone else advance)(before, report, day)
        if report.replaces or entry.kind == "report.corrected":
            put_right(views, report, before.total(report.channel).report)
    views.reports[report.id] = report
    if gone and not {"matter", "difference"} & entry.values.keys():
        left = moved.total(report.channel).report
        views.withdrawn[report.place] = Withdrawal(report=report.id, by=entry.by, at=entry.at, left=left)
    elif entry.kind == "report.restored":
        del views.withdrawn[report.place]
    if number := entry.values.get("matter"):
        moved = (docket.holding if gone else docket.released)(moved, number)
        matters.decide(views, entry, "open" if gone else "passed", report.id)
    if number := entry.values.get("difference"):
        views.differences[number] = differences.after_report(views.differences[number], entry)
    stand(views, campaign, entry, moved.model_copy(update={"version": before.version + 1}), day)
    change_past(views, campaign, moved, entry.values.get("past", ""))


def put_right(views: Views, report: Report, stood: str) -> None:
    """A correction takes the place of the report that stood; where it goes itself, that one counts again."""
    if stood != report.id:
        views.reports[stood] = views.reports[stood].model_copy(update={"status": "corrected"})
    else:
        counts_again = views.reports[report.replaces].model_copy(update={"status": "accepted"})
        views.reports[counts_again.id] = based_on(counts_again, stood_on(views.reports[stood]))


def move(views: Views, campaign: Campaign, entry: Entry) -> None:
    """A report goes to another team or channel."""
    report, day = report_of(entry), date.fromisoformat(entry.values["day"])
    taken, source = views.reports[report.moved], views.teams[entry.values["from"]]
    left = retreat(source, taken, day).model_copy(update={"version": source.version + 1})
    views.reports[taken.id] = taken.model_copy(update={"status": "retracted"})
    views.reports[report.id] = report
    views.withdrawn.pop(taken.place, None)
    target = views.teams[entry.team]
    reached = advance(left if target.code == source.code else target, report, day)
    stand(views, campaign, entry, left, day)
    stand(views, campaign, entry, reached.model_copy(update={"version": target.version + 1}), day)
    change_past(views, campaign, left, entry.values.get("from_past", ""))
    change_past(views, campaign, reached, entry.values.get("past", ""))


def stand(views: Views, campaign: Campaign, entry: Entry, after: Team, day: date) -> None:
    """What a team reached stands on all its boards."""
    teams.keep(views, entry, after)
    values = boards.values_of(after, day)
    for scope in boards.scopes(campaign, after):
        for metric, value in values.items():
            if after.reported:
                views.boards[metric, scope][after.number] = value
            else:
                views.boards[metric, scope].pop(after.number, None)


def change_past(views: Views, campaign: Campaign, team: Team, past: str) -> None:
    """A day before today grew by other sums: its board follows."""
    for day, grown in past_of(past).items():
        for scope in boards.scopes(campaign, team):
            board = views.boards[boards.metric_name("today", day), scope]
            board[team.number] = board.get(team.number, 0) + grown
