"""The roster: by it a unit's name is recognised when a team registers, and it tells which units have no team yet."""

from collections.abc import Sequence
from dataclasses import replace

from handlers import projects, texts, unit_names
from handlers.drafts import Draft, ask
from handlers.imports.roster import keys_of
from handlers.language.names import similar_units, unit_key
from handlers.language.near_keys import near_keys
from handlers.messages import Context, Reply, UserError
from storage import Store
from storage.boards import ALL
from storage.campaign_schema import Campaign
from storage.roster import RosterUnit

COUNTED, GONE_THROUGH = 1_000, 10_000
"""How many units are looked at beside another answer (20 ms), and for one of their own (0.3 s)."""


def recognised(ctx: Context, draft: Draft) -> Draft | Reply:
    """The draft under its unit's official name and in its region, or what is to be asked first.

    A name that no unit on the roster bears stays as it is; one that is like a unit's of her region is asked about.
    """
    if not draft.unit or not ctx.store.roster.exists(ctx.campaign.id):
        return draft
    found = called(ctx.store, ctx.campaign, draft.unit, draft.region)
    found = [unit for unit in found if unit.unit == draft.unit] or found
    if len(found) == 1:
        return replace(draft, unit=found[0].unit, in_full=found[0].unit, region=draft.region or found[0].region)
    if len(found) > 1 and draft.region:
        return unit_names.ask_which_listed(draft, [unit.unit for unit in found])
    if found or not draft.region or draft.apart:
        return draft
    near = near_keys(ctx.campaign, draft.unit)
    there = [u.unit for u in ctx.store.roster.within(ctx.campaign.id, draft.region) if any(map(near, u.keys))]
    alike = similar_units(ctx.campaign, draft.unit, there)
    if not alike:
        return draft
    return ask(texts.roster.ask_alike(draft.unit, alike[0]), "teams.alike", draft, alike=alike[0])


def suggested(ctx: Context, draft: Draft) -> Reply | None:
    """Whether the project that is expected of the unit is hers; None where none is, or it has a team there."""
    campaign = ctx.campaign
    unit = next((u for u in called(ctx.store, campaign, draft.unit, draft.region) if u.unit == draft.unit), None)
    if unit is None or not unit.project:
        return None
    teams = ctx.store.teams.named(campaign.id, unit_key(campaign, draft.unit))
    if any(team.project == unit.project and team.region == draft.region for team in teams):
        return None
    name = campaign.project(unit.project).name
    return ask(texts.roster.ask_expected(unit.unit, name), projects.STATE, draft, offered=[unit.project])


def called(store: Store, campaign: Campaign, name: str, region: str) -> list[RosterUnit]:
    """The units that are called so; where a region is named, those of it, whose name may lack the region's."""
    keys = keys_of(campaign, name, campaign.region(region)) if region else (unit_key(campaign, name),)
    found = {unit.id: unit for key in keys for unit in store.roster.named(campaign.id, key)}
    return [unit for unit in found.values() if not region or _together(campaign, unit.region, region)]


def missing_line(store: Store, campaign: Campaign, scopes: Sequence[str], size: int) -> str:
    """How many units of some scopes have no team, where they (`size`) are quickly counted, else where to look; '' for
    none."""
    if size > COUNTED:
        return texts.roster.look_for_those_without()
    count = len(without_team(store, campaign, scopes)) if size else 0
    return texts.roster.others_without_team(count) if count else ""


def require_few(store: Store, campaign: Campaign, scopes: Sequence[str]) -> None:
    """Raises `UserError` where the whole campaign's roster is more than is gone through for one answer."""
    if ALL in scopes and (size := store.roster.size(campaign.id)) > GONE_THROUGH:
        raise UserError(texts.roster.by_county(size, campaign.regions[0].name))


def without_team(store: Store, campaign: Campaign, scopes: Sequence[str]) -> list[RosterUnit]:
    """The units of some scopes of which no team stands on the lists or waits, whatever the project."""
    units = [unit for scope in scopes for unit in store.roster.within(campaign.id, scope.partition(":")[2])]
    teams = store.teams.named_many(campaign.id, sorted({key for unit in units for key in unit.keys}))
    return [
        unit
        for unit in units
        if not any(_together(campaign, unit.region, t.region) for key in unit.keys for t in teams.get(key, ()))
    ]


def _together(campaign: Campaign, one: str, other: str) -> bool:
    """Whether two regions are the same, or the one lies in the other."""
    return one in campaign.region_path(other) or other in campaign.region_path(one)
