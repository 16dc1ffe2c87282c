"""The views of a campaign, folded from its ledger alone: up to any entry, and from there on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import date

from storage import boards, docket
from storage.campaign_schema import Campaign
from storage.docket import review_of
from storage.heard import LISTED
from storage.incidents import WHOLE
from storage.ledger import Author, Entry, Ledger
from storage.matters import Incident, Review
from storage.mergers import CHANNELS, Parts, handed_back, handed_over, merged
from storage.models import Count, Report, Team, Withdrawal
from storage.platform import Confirmed, figures_of
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
from storage.roster import RosterUnit, listed
from storage.targets import Target, target_of
from storage.team_acts import changed
from storage.teams import count_field, holds_its_name, name_of


@dataclass(slots=True)
class Views:
    """Everything that follows from the ledger up to its entry `ledger`. Boards map (metric, scope) to number → value.

    `written`: the entry that last wrote a team; `histories`: every one that did; `units`: the teams of a unit by its
    key; `region_units`: every key that was ever a unit's there; `shelves`: what teams off the lists grew by;
    `captains`: a person's team codes, separated by spaces as they are kept; `roster`: the units that are expected, by
    id, with their ids by name and by region; `confirmed`: the platform's figures by team, with the pages' teams;
    `mergers`: by the code of a merged team, itself and the one that goes on as they were before, and what that one had
    grown by.
    """

    ledger: str = "0-0"
    teams: MutableMapping[str, Team] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    histories: MutableMapping[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, str] = field(default_factory=dict)
    units: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    region_units: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    shelves: dict[str, dict[str, int]] = field(default_factory=dict)
    captains: dict[str, str] = field(default_factory=dict)
    mergers: dict[str, tuple[Team, Team, dict[str, int]]] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    subscribers: dict[str, str] = field(default_factory=dict)
    switched_off: set[str] = field(default_factory=set)
    tasks: dict[str, int] = field(default_factory=dict)
    newest_counts: dict[str, Count] = field(default_factory=dict)
    boards: MutableMapping[tuple[str, str], dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    reports: MutableMapping[str, Report] = field(default_factory=dict)
    withdrawn: dict[str, Withdrawal] = field(default_factory=dict)
    zero_reports: list[Entry] = field(default_factory=list)
    incidents: dict[str, Incident] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    confirmed: dict[str, Confirmed] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    roster: dict[str, RosterUnit] = field(default_factory=dict)
    roster_names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    roster_regions: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    targets: dict[str, Target] = field(default_factory=dict)


def rebuild(campaign: Campaign, ledger: Ledger, until: str = "+") -> Views:
    """Fold the ledger of a campaign up to and with the entry `until`, by default the whole."""
    views = Views()
    follow(views, campaign, ledger, until)
    return views


def follow(views: Views, campaign: Campaign, ledger: Ledger, until: str) -> None:
    """Fold what came since, up to and with the entry `until`."""
    for _ in steps(views, campaign, ledger, until):
        pass


def steps(views: Views, campaign: Campaign, ledger: Ledger, until: str) -> Iterator[tuple[Entry, Team | None]]:
    """The same entry by entry: each once it is folded, with the team that it is about as it stood before."""
    if views.ledger == until:
        return
    for entry in ledger.entries(campaign.id, after=views.ledger, until=until):
        before = views.teams.get(entry.team)
        _apply(views, campaign, entry)
        views.ledger = entry.id
        yield entry, before


def _apply(views: Views, campaign: Campaign, entry: Entry) -> None:
    match entry.kind:
        case "team.registered":
            _register(views, campaign, entry)
        case "team.active" | "team.rejected":
            _act(views, campaign, entry, {"status": entry.kind.removeprefix("team.")})
        case "team.merged":
            _merge(views, campaign, entry)
        case "team.restored" if entry.values["undoes"] == "team.merged":
            _part(views, campaign, entry)
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
            _act(views, campaign, entry, entry.values)
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
            views.subscribers.pop(entry.by, None)
        case "role.granted":
            views.roles[entry.by] = entry.values["roles"]
        case "role.revoked":
            if roles := entry.values.get("roles"):
                views.roles[entry.values["person"]] = roles
            else:
                views.roles.pop(entry.values["person"], None)
        case "role.restored":
            views.roles[entry.values["person"]] = entry.values["roles"]
        case "contact.named" | "contact.removed" | "contact.invited":
            _change(views, entry)
        case "report.accepted" | "report.corrected" | "report.retracted" | "report.restored" | "report.closed":
            _report(views, campaign, entry)
        case "team.heard":
            views.zero_reports.append(entry)
            heard = hear(views.teams[entry.team], date.fromisoformat(entry.values["day"])).heard
            _change(views, entry, heard=heard)
        case "report.moved":
            _move(views, campaign, entry)
        case "review.opened" | "review.taken" | "review.returned" | "review.withdrawn" | "review.reopened":
            _review(views, entry)
        case "incident.opened":
            views.incidents[entry.values["case"]] = _opened(entry)
        case "incident.taken":
            _case(views, entry, state="taken", owner=entry.by, risen=0)
        case "incident.handed":
            _case(views, entry, state="open", owner="", risen=0, region=entry.values["region"])
        case "incident.escalated":
            _case(views, entry, risen=int(entry.values["risen"]))
        case "incident.closed":
            _case(views, entry, state="closed", closed_at=entry.at)
        case "incident.reopened":
            _case(views, entry, state=entry.values["state"], closed_at=None)
        case "matter.numbered":
            if entry.values["of"] == "incident":
                number, case = entry.values["matter"], views.incidents.pop(entry.values["was"])
                views.incidents[number] = case.model_copy(update={"number": number, "region": ""})
        case "task.counted" | "task.retracted":
            _count_items(views, entry)
        case "target.set":
            views.targets[entry.values["region"]] = target_of(entry.values)
        case "question.answered" | "question.adopted" | "question.withdrawn" | "delivery.resent":
            pass
        case "roster.changed":
            for unit in listed(entry.values):
                _list_unit(views, campaign, unit)
        case "platform.imported":
            for figures in figures_of(entry.values):
                views.confirmed[figures.team] = figures
                views.pages |= {figures.page: figures.team} if figures.page else {}
        case (
            "captain.card"
            | "card.shown"
            | "captains.reminded"
            | "captains.notified"
            | "book.taken"
            | "role.offered"
            | "contact.bound"
        ):
            pass
        case "person.subscribed":
            views.subscribers[entry.by] = entry.values.get("edition", "evening")
        case "person.unsubscribed":
            views.subscribers.pop(entry.by, None)
        case "push.switched":
            (views.switched_off.discard if entry.values["to"] == "on" else views.switched_off.add)(entry.values["push"])
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
    if gone and "matter" not in entry.values:
        left = moved.total(report.channel).report
        views.withdrawn[report.place] = Withdrawal(report=report.id, by=entry.by, at=entry.at, left=left)
    elif entry.kind == "report.restored":
        del views.withdrawn[report.place]
    if number := entry.values.get("matter"):
        moved = (docket.holding if gone else docket.released)(moved, number)
        _decide(views, entry, "open" if gone else "passed", report.id)
    _stand(views, campaign, entry, moved.model_copy(update={"version": before.version + 1}), day)
    _change_past(views, campaign, moved, entry.values.get("past", ""))


def _review(views: Views, entry: Entry) -> None:
    """Figures begin to wait, are taken by a coordinator, or wait no longer without having been booked."""
    number, team = entry.values["matter"], views.teams[entry.team]
    match entry.kind:
        case "review.opened":
            views.reviews[number] = review_of(entry)
            holding = docket.holding(hear(team, views.reviews[number].day), number)
            _change(views, entry, held=holding.held, heard=holding.heard)
        case "review.taken":
            taken = {"owner": entry.by, "taken_at": entry.at}
            views.reviews[number] = views.reviews[number].model_copy(update=taken)
        case "review.reopened":
            _decide(views, entry, "open")
            _change(views, entry, held=docket.holding(team, number).held)
        case kind:
            _decide(views, entry, kind.removeprefix("review."))
            _change(views, entry, held=docket.released(team, number).held)


def _decide(views: Views, entry: Entry, state: str, report: str = "") -> None:
    review = views.reviews[entry.values["matter"]]
    verdict = docket.Verdict(entry.by, entry.at, report)
    views.reviews[review.number] = (
        docket.reopened(review) if state == "open" else docket.decided(review, verdict, state)
    )


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


def _list_unit(views: Views, campaign: Campaign, unit: RosterUnit) -> None:
    before = views.roster.get(unit.id)
    for key in before.keys if before else ():
        views.roster_names[key].discard(unit.id)
    for key in unit.keys:
        views.roster_names[key].add(unit.id)
    for region in campaign.region_path(unit.region):
        views.roster_regions[region].add(unit.id)
    views.roster[unit.id] = unit


def _claim(views: Views, entry: Entry) -> None:
    captain, before = entry.values["captain"], views.teams[entry.team].captains
    captains = (*before, captain) if entry.values.get("claim_as") == "another" else (captain,)
    _change(views, entry, status="active", captains=captains, claim_code="", claim_as="captain")
    _join(views, captain, entry.team)
    for gone in [each for each in before if each not in captains]:
        views.captains[gone] = " ".join(code for code in views.captains[gone].split() if code != entry.team)


def _opened(entry: Entry) -> Incident:
    """A case as it began, without the words."""
    values = entry.values
    return Incident(
        number=values["case"],
        at=entry.at,
        by=entry.by,
        region=values.get("region", ""),
        level=values.get("level", ""),
        told=int(values["told"]),
        sort=values.get("sort", ""),
        accused=tuple("" if office == WHOLE else office for office in values.get("accused", "").split()),
        teams=tuple(values.get("teams", "").split()),
    )


def _case(views: Views, entry: Entry, **update: object) -> None:
    number = entry.values["case"]
    views.incidents[number] = views.incidents[number].model_copy(update=update)


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


def _act(views: Views, campaign: Campaign, entry: Entry, values: Mapping[str, str]) -> None:
    """A team under another name, in another place or off the lists: its figures go with it, on every board."""
    before = views.teams[entry.team]
    _relocate(views, campaign, entry, before, changed(before, values))


def _relocate(views: Views, campaign: Campaign, entry: Entry, before: Team, after: Team) -> None:
    after = after.model_copy(update={"version": before.version + 1})
    _keep(views, entry, after)
    for number in after.held:
        views.reviews[number] = views.reviews[number].model_copy(update={"region": after.region})
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


def _merge(views: Views, campaign: Campaign, entry: Entry) -> None:
    source, target = views.teams[entry.team], views.teams[entry.values["into"]]
    views.mergers[source.code] = (source, target, _growth(views, target))
    parts: Parts = {channel: entry.values[channel].split() for channel in CHANNELS}
    author, day = Author(entry.op_id, entry.by, entry.at), date.fromisoformat(entry.values["day"])
    merger = merged(campaign, source, target, parts, author, day, views.reports)
    gone = source.model_copy(update={"status": "merged", "into": target.code, "captains": ()})
    _relocate(views, campaign, entry, source, gone)
    grown = {boards.metric_name("today", day): fen for day, fen in past_of(entry.values["growth"]).items()}
    _go_on(views, campaign, entry, target, merger.team, grown)
    views.reports.update({report.id: report for report in merger.reports})
    for person in source.captains:
        views.captains[person] = handed_over(views.captains.get(person, ""), source.code, target.code)


def _part(views: Views, campaign: Campaign, entry: Entry) -> None:
    """A merger undone: both as they were, and the reports on which the new totals stood are gone."""
    source, target, grown = views.mergers.pop(entry.team)
    gone, now = views.teams[source.code], views.teams[target.code]
    _relocate(views, campaign, entry, gone, source)
    _go_on(views, campaign, entry, now, target, grown)
    for channel in CHANNELS:
        if now.total(channel).report != target.total(channel).report:
            del views.reports[now.total(channel).report]
    for person in source.captains:
        led_both = person in target.captains
        codes = views.captains[person]
        views.captains[person] = handed_back(codes, source.code, target.code, led_both=led_both)


def _go_on(views: Views, campaign: Campaign, entry: Entry, before: Team, after: Team, grown: Mapping[str, int]) -> None:
    """A team on the lists stands with other figures."""
    _keep(views, entry, after.model_copy(update={"version": before.version + 1}))
    old = values_of(before, _growth(views, before)) if before.reported else {}
    new = values_of(after, grown) if after.reported else {}
    for metric in old.keys() | new.keys():
        for scope in boards.scopes(campaign, after):
            views.boards[metric, scope].pop(after.number, None)
            if metric in new:
                views.boards[metric, scope][after.number] = new[metric]


def _growth(views: Views, team: Team) -> dict[str, int]:
    """What a team on the boards grew by, by the name of each day's board."""
    days = {metric: board for (metric, scope), board in views.boards.items() if scope == boards.ALL}
    return {m: board[team.number] for m, board in days.items() if m.startswith("today:") and team.number in board}


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
