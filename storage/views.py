"""The views of a campaign, folded from its ledger alone: up to any entry, and from there on."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from storage import boards
from storage.campaign_schema import Campaign
from storage.heard import LISTED
from storage.ledger import Entry, Ledger
from storage.models import Count, Report, Team, Withdrawal
from storage.reckoning import (
    advance,
    based_on,
    hear,
    past_of,
    report_of,
    retreat,
    shut,
    standing,
    stood_on,
    unshut,
)
from storage.relocation import stands, values_of
from storage.targets import Target, target_of
from storage.team_acts import changed
from storage.teams import count_field, holds_its_name, name_of


@dataclass(slots=True)
class Views:
    """Everything that follows from the ledger up to its entry `ledger`. Boards map (metric, scope) to number → value.

    `written`: the entry that last wrote a team; `histories`: every one that did; `units`: the teams of a unit by its
    key; `region_units`: every key that was ever a unit's there; `shelves`: what teams off the lists grew by;
    `captains`: a person's team codes, separated by spaces as they are kept.
    """

    ledger: str = "0-0"
    teams: dict[str, Team] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    histories: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, str] = field(default_factory=dict)
    units: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    region_units: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    shelves: dict[str, dict[str, int]] = field(default_factory=dict)
    captains: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    subscribers: set[str] = field(default_factory=set)
    tasks: dict[str, int] = field(default_factory=dict)
    newest_counts: dict[str, Count] = field(default_factory=dict)
    boards: dict[tuple[str, str], dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    reports: dict[str, Report] = field(default_factory=dict)
    withdrawn: dict[str, Withdrawal] = field(default_factory=dict)
    zero_reports: list[Entry] = field(default_factory=list)
    incidents: dict[str, str] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)


def rebuild(campaign: Campaign, ledger: Ledger, until: str = "+") -> Views:
    """Fold the ledger of a campaign up to and with the entry `until`, by default the whole."""
    views = Views()
    follow(views, campaign, ledger, until)
    return views


def follow(views: Views, campaign: Campaign, ledger: Ledger, until: str) -> None:
    """Fold what came since, up to and with the entry `until`."""
    if views.ledger == until:
        return
    for entry in ledger.entries(campaign.id, after=views.ledger, until=until):
        _apply(views, campaign, entry)
        views.ledger = entry.id


def _apply(views: Views, campaign: Campaign, entry: Entry) -> None:
    match entry.kind:
        case "team.registered":
            _register(views, campaign, entry)
        case "team.active":
            _change(views, entry, status="active")
            _count(views, campaign, views.teams[entry.team])
        case "team.rejected":
            _change(views, entry, status="rejected")
            _withdraw(views, views.teams[entry.team])
        case "team.rekeyed":
            _rekey(views, entry)
        case (
            "team.renamed"
            | "team.moved"
            | "team.reassigned"
            | "team.disabled"
            | "team.enabled"
            | "team.claimable"
            | "team.described"
            | "team.restored"
        ):
            _act(views, campaign, entry)
        case "team.claimed":
            _claim(views, entry)
        case "captain.left":
            team, status = views.teams[entry.team], entry.values["status"]
            others = tuple(c for c in team.captains if c != entry.by)
            if status == "rejected" and team.status == "pending":
                _withdraw(views, team)
            left = {} if others else {"claim_as": "captain"}
            _change(views, entry, captains=others, status=status, claim_code=entry.values["claim_code"], **left)
        case "person.left":
            views.captains.pop(entry.by, None)
            views.roles.pop(entry.by, None)
            views.subscribers.discard(entry.by)
        case "role.granted":
            views.roles[entry.by] = entry.values["roles"]
        case "role.revoked":
            views.roles.pop(entry.values["person"], None)
        case "report.accepted" | "report.corrected" | "report.retracted" | "report.restored" | "report.closed":
            _report(views, campaign, entry)
        case "team.heard":
            views.zero_reports.append(entry)
            heard = hear(views.teams[entry.team], date.fromisoformat(entry.values["day"])).heard
            _change(views, entry, heard=heard)
        case "report.moved":
            _move(views, campaign, entry)
        case "incident.opened":
            views.incidents[entry.values["case"]] = entry.by
        case "matter.numbered":
            if entry.values["of"] == "incident":
                views.incidents[entry.values["matter"]] = views.incidents.pop(entry.values["was"])
        case "task.counted" | "task.retracted":
            _count_items(views, entry)
        case "target.set":
            views.targets[entry.values["region"]] = target_of(entry.values)
        case "question.answered" | "question.adopted" | "question.withdrawn" | "delivery.resent":
            pass
        case "captain.card" | "card.shown" | "captains.reminded" | "captains.notified":
            pass
        case "person.subscribed":
            views.subscribers.add(entry.by)
        case "person.unsubscribed":
            views.subscribers.discard(entry.by)
        case unknown:
            raise ValueError(f"ledger entry {entry.id}: unknown kind {unknown!r}")


def _register(views: Views, campaign: Campaign, entry: Entry) -> None:
    values = entry.values
    captain = values["captain"]
    team = Team(
        code=entry.team,
        unit=values["unit"],
        unit_key=values["unit_key"],
        project=values["project"],
        region=values["region"],
        status=values["status"],
        captains=(captain,) if captain else (),
        registered_at=entry.at,
        number=int(entry.number),
        claim_code=values["claim_code"],
        heard=campaign.local(entry.at).date(),
    )
    _keep(views, entry, team)
    views.names[name_of(team)] = team.code
    views.units[team.unit_key].add(team.code)
    views.region_units[team.region].add(team.unit_key)
    if captain:
        _join(views, captain, team.code)
    if team.status != "pending":
        _count(views, campaign, team)


def _report(views: Views, campaign: Campaign, entry: Entry) -> None:
    report, day = report_of(entry), date.fromisoformat(entry.values["day"])
    before, gone = views.teams[entry.team], entry.kind == "report.retracted"
    if above := entry.values.get("above"):
        moved = (unshut if gone else shut)(before, report, day)
        views.reports[above] = based_on(views.reports[above], stood_on(report) if gone else standing(report))
    else:
        moved = (retreat if gone else advance)(before, report, day)
        if report.replaces or entry.kind == "report.corrected":
            _put_right(views, report, before.total(report.channel).report)
    views.reports[report.id] = report
    if gone:
        left = moved.total(report.channel).report
        views.withdrawn[report.place] = Withdrawal(report=report.id, by=entry.by, at=entry.at, left=left)
    elif entry.kind == "report.restored":
        del views.withdrawn[report.place]
    _stand(views, campaign, entry, moved.model_copy(update={"version": before.version + 1}), day)
    _change_past(views, campaign, moved, entry.values.get("past", ""))


def _put_right(views: Views, report: Report, stood: str) -> None:
    """A correction takes the place of the report that stood; where it goes itself, that one counts again."""
    if stood != report.id:
        views.reports[stood] = views.reports[stood].model_copy(update={"status": "corrected"})
    else:
        counts_again = views.reports[report.replaces].model_copy(update={"status": "accepted"})
        views.reports[counts_again.id] = based_on(counts_again, stood_on(views.reports[stood]))


def _move(views: Views, campaign: Campaign, entry: Entry) -> None:
    report, day = report_of(entry), date.fromisoformat(entry.values["day"])
    taken, source = views.reports[report.moved], views.teams[entry.values["from"]]
    left = retreat(source, taken, day).model_copy(update={"version": source.version + 1})
    views.reports[taken.id] = taken.model_copy(update={"status": "retracted"})
    views.reports[report.id] = report
    views.withdrawn.pop(taken.place, None)
    target = views.teams[entry.team]
    reached = advance(left if target.code == source.code else target, report, day)
    _stand(views, campaign, entry, left, day)
    _stand(views, campaign, entry, reached.model_copy(update={"version": target.version + 1}), day)
    _change_past(views, campaign, left, entry.values.get("from_past", ""))
    _change_past(views, campaign, reached, entry.values.get("past", ""))


def _count_items(views: Views, entry: Entry) -> None:
    task, region = entry.values["task"], entry.values["region"]
    cell = f"{task}|{region}"
    if entry.kind == "task.counted":
        count, before = int(entry.values["count"]), views.tasks.get(cell)
        views.tasks[cell] = count
        views.newest_counts[cell] = Count(
            task=task, region=region, count=count, before=before, by=entry.by, at=entry.at
        )
    elif (before := views.newest_counts.pop(cell).before) is None:
        del views.tasks[cell]
    else:
        views.tasks[cell] = before


def _stand(views: Views, campaign: Campaign, entry: Entry, after: Team, day: date) -> None:
    _keep(views, entry, after)
    for scope in boards.scopes(campaign, after):
        for metric, value in boards.values_of(after, day).items():
            if after.reported:
                views.boards[metric, scope][after.number] = value
            else:
                views.boards[metric, scope].pop(after.number, None)


def _change_past(views: Views, campaign: Campaign, team: Team, past: str) -> None:
    for day, grown in past_of(past).items():
        for scope in boards.scopes(campaign, team):
            board = views.boards[boards.metric_name("today", day), scope]
            board[team.number] = board.get(team.number, 0) + grown


def _claim(views: Views, entry: Entry) -> None:
    captain, before = entry.values["captain"], views.teams[entry.team].captains
    captains = (*before, captain) if entry.values.get("claim_as") == "another" else (captain,)
    _change(views, entry, status="active", captains=captains, claim_code="", claim_as="captain")
    _join(views, captain, entry.team)
    for gone in [each for each in before if each not in captains]:
        views.captains[gone] = " ".join(code for code in views.captains[gone].split() if code != entry.team)


def _change(views: Views, entry: Entry, **update: object) -> None:
    team = views.teams[entry.team]
    _keep(views, entry, team.model_copy(update=update | {"version": team.version + 1}))


def _keep(views: Views, entry: Entry, team: Team) -> None:
    views.teams[team.code] = team
    if views.written.get(team.code) != entry.id:
        views.histories[team.code].append(entry.id)
    views.written[team.code] = entry.id


def _join(views: Views, captain: str, code: str) -> None:
    views.captains[captain] = " ".join((*views.captains.get(captain, "").split(), code))


def _rekey(views: Views, entry: Entry) -> None:
    before = views.teams[entry.team]
    _change(views, entry, unit_key=entry.values["unit_key"], twin=entry.values["twin"])
    after = views.teams[entry.team]
    in_region = {team.unit_key for team in views.teams.values() if team.region == after.region}
    views.region_units[after.region] &= in_region | {after.unit_key}
    views.region_units[after.region].add(after.unit_key)
    if before.status != "rejected":
        views.units[before.unit_key].discard(before.code)
        views.units[after.unit_key].add(after.code)
        if views.names.get(name_of(before)) == before.code:
            del views.names[name_of(before)]
        if not after.twin:
            views.names[name_of(after)] = after.code


def _act(views: Views, campaign: Campaign, entry: Entry) -> None:
    """A team under another name, in another place or off the lists: its figures go with it, on every board."""
    before = views.teams[entry.team]
    _keep(views, entry, changed(before, entry.values).model_copy(update={"version": before.version + 1}))
    after = views.teams[entry.team]
    if holds_its_name(before) and not before.twin:
        del views.names[name_of(before)]
    views.units[before.unit_key].discard(before.code)
    if holds_its_name(after):
        views.names[name_of(after)] = after.code
        views.units[after.unit_key].add(after.code)
        views.region_units[after.region].add(after.unit_key)
    for team, step in ((before, -1), (after, 1)):
        for scope in boards.scopes(campaign, team) if team.status in LISTED else ():
            views.counts[count_field(scope)] += step
    _restand(views, campaign, before, after)


def _restand(views: Views, campaign: Campaign, before: Team, after: Team) -> None:
    if stands(before):
        on_boards = {metric: board for (metric, scope), board in views.boards.items() if scope == boards.ALL}
        values = {metric: board[before.number] for metric, board in on_boards.items() if before.number in board}
        for metric in values:
            for scope in boards.scopes(campaign, before):
                views.boards[metric, scope].pop(before.number, None)
    else:
        values = values_of(before, views.shelves.pop(before.code, {})) if before.reported else {}
    if stands(after):
        for metric, value in values.items():
            for scope in boards.scopes(campaign, after):
                views.boards[metric, scope][after.number] = value
    elif growth := {metric: fen for metric, fen in values.items() if metric.startswith("today:")}:
        views.shelves[after.code] = growth


def _withdraw(views: Views, team: Team) -> None:
    if not team.twin:
        views.names.pop(name_of(team), None)
    views.units[team.unit_key].discard(team.code)


def _count(views: Views, campaign: Campaign, team: Team) -> None:
    for scope in boards.scopes(campaign, team):
        views.counts[count_field(scope)] += 1
