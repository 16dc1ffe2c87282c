"""The rule for units' names has changed: every team is known by what the new rule makes of its name."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from storage.campaign_schema import Campaign
from storage.campaigns import Campaigns
from storage.ledger import Plan
from storage.migrations.step import Upgrade
from storage.models.teams import Team
from storage.relocation import carry_to_unit, growth_of
from storage.team_documents import name_of, rewrite
from storage.teams import Teams

BATCH = 500
"""Teams read in one round trip."""


def name_units_anew(upgrade: Upgrade) -> list[str]:
    """Every team under its new key, by a ledger entry of its own; teams that have one name by now are reported.

    Of these the one that was registered first holds the name, so that nobody registers it once more; a look-up finds
    them all, and their figures stay apart.
    """
    published = Campaigns(upgrade.database, upgrade.keys).published().values()
    return [finding for entry in published for finding in _of_campaign(upgrade, entry.campaign)]


def _of_campaign(upgrade: Upgrade, campaign: Campaign) -> list[str]:
    by_name, teams_of = defaultdict[str, list[str]](list), Counter[tuple[str, str]]()
    for team in _teams(upgrade, campaign):
        teams_of[team.region, team.unit_key] += 1
        if team.status != "rejected":
            by_name[_new_name(upgrade, campaign, team)].append(team.code)
    for team in _teams(upgrade, campaign):
        named = by_name.get(_new_name(upgrade, campaign, team), [])
        first = named[0] if team.code in named[1:] else ""
        after = team.model_copy(update={"unit_key": upgrade.unit_key(campaign, team.unit), "twin": first})
        if after != team:
            upgrade.go_on()
            teams_of[team.region, team.unit_key] -= 1
            teams_of[team.region, after.unit_key] += 1
            _rename(upgrade, campaign, team, after, last=not teams_of[team.region, team.unit_key])
    return [_shared(campaign, codes) for codes in by_name.values() if len(codes) > 1]


def _rename(upgrade: Upgrade, campaign: Campaign, team: Team, after: Team, *, last: bool) -> None:
    """Write a team under its new key. `last`: no other team of the region has the old one.

    Raises `Changed` where it is not as it was read.
    """
    keys, cid = upgrade.keys, campaign.id
    names, old, new = keys.names(cid), name_of(team), name_of(after)
    author = upgrade.author(f"{cid}/{team.code}/{team.version}")
    values = {"unit_key": after.unit_key, "twin": after.twin}
    plan = Plan(keys, cid, author, "team.rekeyed", team.code, values)
    rewrite(plan, team, after)
    today = campaign.local(upgrade.at).date()
    carry_to_unit(plan, campaign, team, after, growth_of(upgrade.database, keys, campaign, team, today))
    if last:
        plan.effect("SREM", keys.region_units(cid, team.region), team.unit_key)
    plan.effect("SADD", keys.region_units(cid, team.region), after.unit_key)
    if team.status != "rejected":
        plan.effect("SREM", keys.unit(cid, team.unit_key), team.code)
        plan.effect("SADD", keys.unit(cid, after.unit_key), team.code)
        if upgrade.database.hget(names, old) == team.code:
            plan.expect(names, old, team.code)
            plan.effect("HDEL", names, old)
        if not after.twin:
            plan.effect("HSET", names, new, team.code)
    plan.commit(upgrade.database, {})


def _new_name(upgrade: Upgrade, campaign: Campaign, team: Team) -> str:
    return name_of(team.model_copy(update={"unit_key": upgrade.unit_key(campaign, team.unit)}))


def _teams(upgrade: Upgrade, campaign: Campaign) -> Iterator[Team]:
    """Every team, in order of registration."""
    teams = Teams(upgrade.database, upgrade.keys)
    codes = teams.codes(campaign.id)
    for start in range(0, len(codes), BATCH):
        yield from teams.many(campaign.id, codes[start : start + BATCH])


def _shared(campaign: Campaign, codes: list[str]) -> str:
    return f"{campaign.id}: teams {', '.join(codes)} have one name by now; look at each and decide which of them stands"
