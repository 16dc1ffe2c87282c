"""What whoever has a role is told of her work, by what she may see: the digest, and the line about cases alone."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, time

from handlers import texts
from handlers.jurisdiction import scopes_held
from storage import Store
from storage.boards import ALL
from storage.campaign_schema import Campaign
from storage.casework import sees
from storage.models.people import Membership
from storage.models.teams import Team
from storage.snapshots import Snapshot

BATCH = 500


def of_campaign(campaign: Campaign, snapshot: Snapshot) -> str:
    """What an operator previews; who reads it is told of her own region."""
    figures = texts.digest.Work(teams=snapshot.digest.figures.teams, cases=snapshot.cases)
    return texts.digest.digest(campaign, campaign.short, snapshot.digest.cut_off, figures)


def of_regions(store: Store, campaign: Campaign, snapshot: Snapshot) -> Callable[[str], str]:
    """To a coordinator: new teams, silent ones, what waits for her, open cases and questions, `0舆情` for none."""
    offices = store.people.offices(campaign.id)
    cut_off = campaign.local(snapshot.digest.cut_off)
    new = _new_today(store, campaign, cut_off)

    def to(person: str) -> str:
        if not (hers := offices.get(person)):
            return ""
        scopes = scopes_held(campaign, hers)
        desk = store.desks.look(campaign.id, scopes, 0, 0)
        work = texts.digest.Work(
            teams=sum(store.teams.count(campaign.id, scope) for scope in scopes),
            new=sum(new[scope] for scope in scopes),
            silent=_silent(store, campaign, scopes, cut_off),
            to_admit=desk.pending,
            figures=desk.figures.of + desk.differences.of,
            questions=desk.questions,
            cases=[case for case in snapshot.cases if sees(campaign, hers, case)],
        )
        names = [campaign.region(r).name for scope in scopes if (r := scope.partition(":")[2])]
        return texts.digest.digest(campaign, "、".join(names) or campaign.short, cut_off, work)

    return to


def incidents(campaign: Campaign, snapshot: Snapshot) -> str:
    """The day's line about cases, of all there are: what an operator previews."""
    return texts.cases.daily(campaign, snapshot.cases, snapshot.digest.cut_off)


def incidents_seen(store: Store, campaign: Campaign, snapshot: Snapshot) -> Callable[[str], str]:
    """The same, of the cases that she may see; nothing for whoever has no role, and for robots."""
    offices = store.people.offices(campaign.id)

    def to(person: str) -> str:
        membership = offices.get(person, Membership())
        seen = [case for case in snapshot.cases if sees(campaign, membership, case)]
        return texts.cases.daily(campaign, seen, snapshot.digest.cut_off) if membership.roles else ""

    return to


def _silent(store: Store, campaign: Campaign, scopes: Sequence[str], cut_off: datetime) -> int | None:
    """How many teams are not heard of today; None where nobody is told, or no report is due."""
    window = campaign.windows.reporting
    if not campaign.silence.list or campaign.progress == "items" or (window and not window.holds(cut_off)):
        return None
    day = cut_off.date()
    return sum(store.team_lists.silent(campaign.id, scope, day, 0, 1).of for scope in scopes)


def _new_today(store: Store, campaign: Campaign, cut_off: datetime) -> Counter[str]:
    """How many teams registered today, by scope: read from the newest until one is of an earlier day."""
    midnight, found = datetime.combine(cut_off.date(), time(0), campaign.zone), Counter[str]()
    codes = store.teams.codes(campaign.id)[::-1]
    for start in range(0, len(codes), BATCH):
        teams = store.teams.many(campaign.id, codes[start : start + BATCH])
        for team in teams:
            if team.registered_at >= midnight:
                found.update(_scopes(campaign, team))
        if any(team.registered_at < midnight for team in teams):
            break
    return found


def _scopes(campaign: Campaign, team: Team) -> list[str]:
    return [ALL, *(f"region:{place}" for place in campaign.region_path(team.region))]
