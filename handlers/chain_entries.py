"""The lines of a pasted registration list: whether each can be entered, and the write itself."""

from collections.abc import Iterable

from handlers import texts
from handlers.language.names import unit_key
from handlers.language.near_keys import similar_keys
from handlers.language.units import looks_like_unit
from handlers.messages import Context
from handlers.texts.chains import ChainLine
from handlers.understand.readings import Entry
from handlers.writes import Enters
from storage.ledger import Author
from storage.models.people import Card
from storage.teams import NewTeam


def planned(ctx: Context, entries: Iterable[Entry]) -> Iterable[ChainLine]:
    """What each line would enter, or why it enters nothing."""
    entries, campaign = list(entries), ctx.campaign
    keys = {entry.place: unit_key(campaign, entry.registration.unit) for entry in entries if entry.registration.unit}
    named = ctx.store.teams.named_many(campaign.id, sorted(set(keys.values())))
    units = {e.registration.region.id for e in entries if e.registration.region}
    present = {region: ctx.store.teams.units_in(campaign.id, region) for region in units}
    seen: dict[tuple[str, str, str], int] = {}
    for entry in entries:
        said = entry.registration
        why = _why_not_entered(ctx, entry)
        if why or said.region is None or said.project is None:
            yield ChainLine(entry.place, texts.chains.shown(said.unit or entry.typed), why=why)
            continue
        place = (keys[entry.place], said.region.id, said.project.id)
        there = [t for t in named.get(place[0], []) if (t.region, t.project) == place[1:]]
        if there:
            name = texts.naming.team_name(there[0])
            yield ChainLine(entry.place, name, why=texts.chains.LINE_ENTERED, unchanged=True)
        elif place in seen:
            yield ChainLine(entry.place, texts.chains.shown(said.unit), why=texts.chains.line_again(seen[place]))
        elif alike := _alike(ctx, said.unit, place[0], present[said.region.id]):
            yield ChainLine(entry.place, texts.chains.shown(said.unit), why=texts.chains.line_alike(alike))
        else:
            seen[place] = entry.place
            shown = texts.chains.entry_said(said.region.name, said.project.name, said.captain)
            write = Enters(said.unit, place[0], said.region.id, said.project.id, said.captain, said.phone)
            yield ChainLine(entry.place, texts.chains.shown(said.unit), said=shown, write=write)


def written(ctx: Context, author: Author, said: Enters) -> str:
    """Enter one unit, without a captain yet. Returns what is said of it; raises what the store raises."""
    new = NewTeam(
        unit=said.unit,
        unit_key=said.key,
        project=said.project,
        region=said.region,
        captain=None,
        card=Card(name=said.captain, phone=said.phone),
        status="unclaimed",
    )
    team, _ = ctx.store.teams.register(ctx.campaign, author, new, ctx.membership)
    return texts.chains.line_entered(team)


def _why_not_entered(ctx: Context, entry: Entry) -> str:
    """Why a registration line cannot be entered; empty where it can."""
    said = entry.registration
    if said.left:
        return texts.chains.line_left(said.left)
    if not said.unit:
        return texts.chains.LINE_NO_NAME
    if reason := looks_like_unit(ctx.campaign, said.unit, said.captain):
        return texts.chains.line_no_unit(reason)
    if not ctx.membership.roles:
        return texts.chains.LINE_COORDINATORS_ONLY
    if said.region is None:
        return texts.chains.LINE_NO_REGION
    if said.project is None:
        return texts.chains.LINE_NO_PROJECT
    covered = ctx.membership.covers(ctx.campaign.region_path(said.region.id))
    return "" if covered else texts.chains.LINE_NOT_YOUR_REGION


def _alike(ctx: Context, unit: str, key: str, units: list[str]) -> str:
    """A unit of the region that may be the same; '' for none, or where the very unit is there (another project)."""
    if key in units:
        return ""
    return next(iter(similar_keys(ctx.campaign, unit, units)), "")
