"""How entries about a team, its captains and its place change the views."""

from collections import Counter
from collections.abc import Mapping

from storage import boards
from storage.campaign_schema import Campaign
from storage.heard import LISTED
from storage.ledger import Entry
from storage.models.teams import Team
from storage.relocation import stands, values_of
from storage.team_acts import changed
from storage.team_documents import holds_its_name, name_of
from storage.teams import count_field
from storage.views import Views


def register(views: Views, campaign: Campaign, entry: Entry) -> None:
    """A new team, on the lists unless it waits for a coordinator."""
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
    keep(views, entry, team)
    views.names[name_of(team)] = team.code
    views.units[team.unit_key].add(team.code)
    views.region_units[team.region].add(team.unit_key)
    if captain:
        join(views, captain, team.code)
    if team.status != "pending":
        count(views, campaign, team)


def claim(views: Views, entry: Entry) -> None:
    """Somebody becomes captain by a code."""
    captain, before = entry.values["captain"], views.teams[entry.team].captains
    captains = (*before, captain) if entry.values.get("claim_as") == "another" else (captain,)
    change(views, entry, status="active", captains=captains, claim_code="", claim_as="captain")
    join(views, captain, entry.team)
    for gone in [each for each in before if each not in captains]:
        views.captains[gone] = " ".join(code for code in views.captains[gone].split() if code != entry.team)


def leave(views: Views, entry: Entry) -> None:
    """A captain leads it no longer; one that waited and has nobody left is there no longer."""
    team, status = views.teams[entry.team], entry.values["status"]
    others = tuple(c for c in team.captains if c != entry.by)
    if status == "rejected" and team.status == "pending":
        withdraw(views, team)
    left = {} if others else {"claim_as": "captain"}
    change(views, entry, captains=others, status=status, claim_code=entry.values["claim_code"], **left)


def rekey(views: Views, entry: Entry) -> None:
    """A unit is found by another key from now on."""
    before, keyed = views.teams[entry.team], _keyed(views)
    change(views, entry, unit_key=entry.values["unit_key"], twin=entry.values["twin"])
    after = views.teams[entry.team]
    keyed[before.region, before.unit_key] -= 1
    keyed[after.region, after.unit_key] += 1
    if not keyed[before.region, before.unit_key]:
        views.region_units[before.region].discard(before.unit_key)
    views.region_units[after.region].add(after.unit_key)
    if before.status != "rejected":
        views.units[before.unit_key].discard(before.code)
        views.units[after.unit_key].add(after.code)
        if views.names.get(name_of(before)) == before.code:
            del views.names[name_of(before)]
        if not after.twin:
            views.names[name_of(after)] = after.code


def _keyed(views: Views) -> Counter[tuple[str, str]]:
    """How many teams of each region bear each key, before the entry: counted once for a run of entries that rekey."""
    if views.keyed is None:
        views.keyed = Counter((team.region, team.unit_key) for team in views.teams.values())
    return views.keyed


def act(views: Views, campaign: Campaign, entry: Entry, values: Mapping[str, str]) -> None:
    """A team under another name, in another place or off the lists: its figures go with it, on every board."""
    before = views.teams[entry.team]
    relocate(views, campaign, entry, before, changed(before, values))


def relocate(views: Views, campaign: Campaign, entry: Entry, before: Team, after: Team) -> None:
    """A team goes from where it was to where it is, with what it holds."""
    after = after.model_copy(update={"version": before.version + 1})
    keep(views, entry, after)
    for number in after.held:
        views.reviews[number] = views.reviews[number].model_copy(update={"region": after.region})
    if number := after.difference:
        views.differences[number] = views.differences[number].model_copy(update={"region": after.region})
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
    restand(views, campaign, before, after)


def restand(views: Views, campaign: Campaign, before: Team, after: Team) -> None:
    """Its figures leave the boards of before and stand on those of now, or on the shelf."""
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


def change(views: Views, entry: Entry, **update: object) -> None:
    """The team of an entry with other values, one version on."""
    team = views.teams[entry.team]
    keep(views, entry, team.model_copy(update=update | {"version": team.version + 1}))


def keep(views: Views, entry: Entry, team: Team) -> None:
    """A team as an entry leaves it, remembered in its history."""
    views.teams[team.code] = team
    if views.written.get(team.code) != entry.id:
        views.histories[team.code].append(entry.id)
    views.written[team.code] = entry.id


def join(views: Views, captain: str, code: str) -> None:
    """A person leads one team more."""
    views.captains[captain] = " ".join((*views.captains.get(captain, "").split(), code))


def withdraw(views: Views, team: Team) -> None:
    """A team that waited is there no longer."""
    if not team.twin:
        views.names.pop(name_of(team), None)
    views.units[team.unit_key].discard(team.code)


def count(views: Views, campaign: Campaign, team: Team) -> None:
    """A team more on the lists of its scopes."""
    for scope in boards.scopes(campaign, team):
        views.counts[count_field(scope)] += 1
