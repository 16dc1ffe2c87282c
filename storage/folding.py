"""A campaign's ledger folded into its views: up to any entry, and from there on."""

from collections.abc import Iterator
from datetime import date

from storage.awards import settled_of
from storage.campaign_schema import Campaign
from storage.folds import matters, mergers, platform, reports, roster, tasks, teams
from storage.freezing import finals_of
from storage.ledger import Entry, Ledger
from storage.models.teams import Team
from storage.raises import raise_of
from storage.reckoning import hear
from storage.roster import listed
from storage.targets import target_of
from storage.views import Views


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
        fold(views, campaign, entry)
        views.ledger = entry.id
        yield entry, before


def fold(views: Views, campaign: Campaign, entry: Entry) -> None:
    """What one entry changes."""
    if entry.kind != "team.rekeyed":
        views.keyed = None
    match entry.kind:
        case "team.registered":
            teams.register(views, campaign, entry)
        case "team.active" | "team.rejected":
            teams.act(views, campaign, entry, {"status": entry.kind.removeprefix("team.")})
        case "team.merged":
            mergers.merge(views, campaign, entry)
        case "team.restored" if entry.values["undoes"] == "team.merged":
            mergers.part(views, campaign, entry)
        case "team.rekeyed":
            teams.rekey(views, entry)
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
            teams.act(views, campaign, entry, entry.values)
        case "team.claimed":
            teams.claim(views, entry)
        case "captain.left":
            teams.leave(views, entry)
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
            teams.change(views, entry)
        case "report.accepted" | "report.corrected" | "report.retracted" | "report.restored" | "report.closed":
            reports.report(views, campaign, entry)
        case "team.heard":
            views.zero_reports.append(entry)
            heard = hear(views.teams[entry.team], date.fromisoformat(entry.values["day"])).heard
            teams.change(views, entry, heard=heard)
        case "report.moved":
            reports.move(views, campaign, entry)
        case "review.opened" | "review.taken" | "review.returned" | "review.withdrawn" | "review.reopened":
            matters.review(views, entry)
        case "incident.opened":
            views.incidents[entry.values["case"]] = matters.opened(entry)
        case "incident.taken":
            matters.change_case(views, entry, state="taken", owner=entry.by, risen=0)
        case "incident.handed":
            matters.change_case(views, entry, state="open", owner="", risen=0, region=entry.values["region"])
        case "incident.escalated":
            matters.change_case(views, entry, risen=int(entry.values["risen"]))
        case "incident.closed":
            matters.change_case(views, entry, state="closed", closed_at=entry.at)
        case "incident.reopened":
            matters.change_case(views, entry, state=entry.values["state"], closed_at=None)
        case "matter.numbered":
            if entry.values["of"] == "incident":
                number, case = entry.values["matter"], views.incidents.pop(entry.values["was"])
                views.incidents[number] = case.model_copy(update={"number": number, "region": ""})
        case "task.counted" | "task.retracted":
            tasks.count_items(views, entry)
        case "target.set":
            views.targets[entry.values["region"]] = target_of(entry.values)
        case "award.settled":
            views.awards[entry.values["award"]] = settled_of(entry)
        case "raise.asked":
            views.raises[entry.values["matter"]] = raise_of(entry)
        case "raise.passed" | "raise.returned" | "raise.withdrawn" | "raise.reopened":
            matters.raised(views, entry)
        case "question.answered" | "question.adopted" | "question.withdrawn" | "delivery.resent":
            pass
        case "roster.changed":
            for unit in listed(entry.values):
                roster.list_unit(views, campaign, unit)
        case "platform.imported":
            platform.take_in(views, entry)
        case "difference.kept" | "difference.asked" | "difference.reopened":
            platform.differ(views, entry)
        case "campaign.closed" | "campaign.frozen" | "campaign.opened":
            views.state = platform.STATES[entry.kind]
        case "figures.settled" | "figure.changed":
            for final in finals_of(entry):
                platform.settle(views, campaign, entry, final)
        case (
            "captain.card"
            | "card.shown"
            | "cards.shown"
            | "captains.reminded"
            | "captains.notified"
            | "mass.ordered"
            | "book.taken"
            | "role.offered"
            | "contact.bound"
            | "roster.invited"
            | "roster.bound"
            | "ledger.archived"
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
