"""The audit: every view is rebuilt from the ledger alone and compared with what stands in Redis."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from storage import boards
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.incidents import Incident
from storage.keys import Keys
from storage.ledger import Entry, Ledger
from storage.models import Report, Team
from storage.reports import advance, retreat
from storage.teams import count_field, name_of, team_of


@dataclass(slots=True)
class Views:
    """Everything that follows from the ledger. Boards map (metric, scope) to number → value."""

    teams: dict[str, Team] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    captains: dict[str, tuple[str, ...]] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    tasks: dict[str, str] = field(default_factory=dict)
    boards: dict[tuple[str, str], dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    reports: dict[str, Report] = field(default_factory=dict)
    incidents: dict[str, str] = field(default_factory=dict)


def rebuild(campaign: Campaign, ledger: Ledger) -> Views:
    """Fold the whole ledger of a campaign."""
    views = Views()
    for entry in ledger.entries(campaign.id):
        _apply(views, campaign, entry)
    return views


def verify(campaign: Campaign, database: Database, keys: Keys) -> list[str]:
    """Every difference between the rebuilt views and those in Redis, one line each; empty is good."""
    views = rebuild(campaign, Ledger(database, keys))
    return [
        *_teams_differ(views, campaign, database, keys),
        *_indexes_differ(views, campaign, database, keys),
        *_boards_differ(views, campaign, database, keys),
    ]


def _apply(views: Views, campaign: Campaign, entry: Entry) -> None:
    match entry.kind:
        case "team.registered":
            _register(views, campaign, entry)
        case "team.active":
            views.teams[entry.team] = _changed(views, entry, status="active")
            _count(views, campaign, views.teams[entry.team])
        case "team.rejected":
            views.teams[entry.team] = _changed(views, entry, status="rejected")
            del views.names[name_of(views.teams[entry.team])]
        case "team.claimed":
            captain = entry.values["captain"]
            views.teams[entry.team] = _changed(views, entry, status="active", captains=(captain,), claim_code="")
            views.captains[captain] = (*views.captains.get(captain, ()), entry.team)
        case "captain.left":
            team, status = views.teams[entry.team], entry.values["status"]
            others = tuple(c for c in team.captains if c != entry.by)
            if status == "rejected" and team.status == "pending":
                del views.names[name_of(team)]
            views.teams[entry.team] = _changed(
                views,
                entry,
                captains=others,
                status=status,
                claim_code=entry.values["claim_code"],
            )
        case "person.left":
            views.captains.pop(entry.by, None)
            views.roles.pop(entry.by, None)
        case "role.granted":
            views.roles[entry.by] = entry.values["roles"]
        case "role.revoked":
            views.roles.pop(entry.values["person"], None)
        case "report.accepted" | "report.corrected" | "report.retracted":
            _report(views, campaign, entry)
        case "report.moved":
            _move(views, campaign, entry)
        case "incident.opened":
            views.incidents[entry.values["case"]] = entry.by
        case "task.counted":
            views.tasks[f"{entry.values['task']}|{entry.values['region']}"] = entry.values["count"]
        case "question.answered" | "question.adopted":
            pass
        case "person.subscribed" | "person.unsubscribed":
            pass
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
    )
    views.teams[team.code] = team
    views.names[name_of(team)] = team.code
    if captain:
        views.captains[captain] = (*views.captains.get(captain, ()), team.code)
    if team.status != "pending":
        _count(views, campaign, team)


def _report(views: Views, campaign: Campaign, entry: Entry) -> None:
    report, day = _report_of(entry), date.fromisoformat(entry.values["day"])
    before = views.teams[entry.team]
    moved = (retreat if entry.kind == "report.retracted" else advance)(before, report, day)
    after = moved.model_copy(update={"version": before.version + 1})
    if entry.kind == "report.corrected":
        replaced = views.reports[before.total(report.channel).report]
        views.reports[replaced.id] = replaced.model_copy(update={"status": "corrected"})
    views.reports[report.id] = report
    _stand(views, campaign, after, day)


def _move(views: Views, campaign: Campaign, entry: Entry) -> None:
    report, day = _report_of(entry), date.fromisoformat(entry.values["day"])
    taken, source = views.reports[entry.values["taken"]], views.teams[entry.values["from"]]
    left = retreat(source, taken, day).model_copy(update={"version": source.version + 1})
    views.reports[taken.id] = taken.model_copy(update={"status": "retracted"})
    views.reports[report.id] = report
    target = views.teams[entry.team]
    reached = advance(left if target.code == source.code else target, report, day)
    _stand(views, campaign, left, day)
    _stand(views, campaign, reached.model_copy(update={"version": target.version + 1}), day)


def _stand(views: Views, campaign: Campaign, after: Team, day: date) -> None:
    views.teams[after.code] = after
    for scope in boards.scopes(campaign, after):
        for metric, value in boards.values_of(after, day).items():
            if after.reported:
                views.boards[metric, scope][after.number] = value
            else:
                views.boards[metric, scope].pop(after.number, None)


def _report_of(entry: Entry) -> Report:
    values = entry.values
    return Report(
        id=values["report"],
        team=entry.team,
        channel=values["channel"],
        kind=values["said_as"],
        amount_fen=int(values["amount_fen"]),
        donations=int(values["donations"]),
        at=datetime.fromisoformat(values["reported_at"]),
        day=date.fromisoformat(values["report_day"]),
        by=values["reported_by"],
        previous=values["previous"],
        previous_amount_fen=int(values["previous_amount_fen"]),
        previous_donations=int(values["previous_donations"]),
        as_of=datetime.fromisoformat(values["as_of"]) if "as_of" in values else None,
        status="retracted" if entry.kind == "report.retracted" else "accepted",
    )


def _changed(views: Views, entry: Entry, **update: object) -> Team:
    team = views.teams[entry.team]
    return team.model_copy(update=update | {"version": team.version + 1})


def _count(views: Views, campaign: Campaign, team: Team) -> None:
    for scope in boards.scopes(campaign, team):
        views.counts[count_field(scope)] += 1


def _teams_differ(views: Views, campaign: Campaign, database: Database, keys: Keys) -> Iterator[str]:
    for code, rebuilt in views.teams.items():
        doc, number = database.hmget(keys.team(campaign.id, code), "doc", "number")
        if doc is None:
            yield f"team {code}: in the ledger, but not kept"
            continue
        kept = team_of(doc, number).model_copy(update={"recent": ()})
        for name in Team.model_fields:
            there, here = getattr(rebuilt, name), getattr(kept, name)
            if name != "recent" and there != here:
                yield f"team {code}: {name} is {here}, the ledger says {there}"
    stored = {r.id: r for r in map(Report.model_validate_json, database.hvals(keys.reports(campaign.id)))}
    for report_id in views.reports.keys() | stored.keys():
        if views.reports.get(report_id) != stored.get(report_id):
            yield f"report {report_id}: kept otherwise than the ledger says"


def _indexes_differ(views: Views, campaign: Campaign, database: Database, keys: Keys) -> Iterator[str]:
    cid = campaign.id
    captains = {person: " ".join(codes) for person, codes in views.captains.items()}
    counts = {name: str(value) for name, value in views.counts.items()}
    numbered = {f"{team.number:06d}": team.code for team in views.teams.values()}
    cases = map(Incident.model_validate_json, database.hvals(keys.incidents(cid)))
    opened = {case.number: case.by for case in cases}
    for what, rebuilt, kept in (
        ("captain", captains, database.hgetall(keys.captains(cid))),
        ("role", views.roles, database.hgetall(keys.roles(cid))),
        ("task", views.tasks, database.hgetall(keys.tasks(cid))),
        ("name", views.names, database.hgetall(keys.names(cid))),
        ("count", counts, database.hgetall(keys.counts(cid))),
        ("number", numbered, database.hgetall(keys.codes(cid))),
        ("incident", views.incidents, opened),
    ):
        for name in sorted(rebuilt.keys() | kept.keys()):
            if rebuilt.get(name) != kept.get(name):
                yield f"{what} {name}: is {kept.get(name)}, the ledger says {rebuilt.get(name)}"


def _boards_differ(views: Views, campaign: Campaign, database: Database, keys: Keys) -> Iterator[str]:
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    totals: dict[str, int] = {"offline": sum(team.offline.amount_fen for team in views.teams.values())}
    for (metric, scope), rebuilt in views.boards.items():
        rows = database.zrange(keys.board(campaign.id, metric, scope), 0, -1, withscores=True)
        kept = {int(member): -int(score) for member, score in rows}
        if kept != rebuilt:
            yield f"board {metric} {scope}: {len(kept)} places kept, the ledger gives {len(rebuilt)} or other values"
        dimension, _, name = scope.partition(":")
        if scope == boards.ALL:
            totals[metric] = sum(rebuilt.values())
        else:
            sums[metric, dimension][name] = sum(rebuilt.values())
    for (metric, dimension), by_name in sums.items():
        rows = database.zrange(keys.sums(campaign.id, metric, dimension), 0, -1, withscores=True)
        kept_sums = {name: -int(score) for name, score in rows}
        for name, value in by_name.items():
            if kept_sums.get(name, 0) != value:
                yield f"sum {metric} {dimension}:{name}: is {kept_sums.get(name, 0)}, the ledger says {value}"
    kept_totals = database.hgetall(keys.totals(campaign.id))
    for metric, value in totals.items():
        if int(kept_totals.get(metric, 0)) != value:
            yield f"total {metric}: is {kept_totals.get(metric, 0)}, the ledger says {value}"
