"""The lines of a pasted 接龙: whose team each is about, whether its sender may write it, and the write itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from handlers import count_lines, texts
from handlers.doubts import doubted as doubts_of
from handlers.doubts import require_reporting, today
from handlers.messages import Context, UserError
from handlers.texts.chains import ChainLine
from handlers.understand.amounts import Doubt, Figures
from handlers.understand.chain import Chain, Entry, Progress
from handlers.understand.names import find_project, similar_units, unit_key
from handlers.understand.places import SEPARATORS
from handlers.understand.registration import read_registration
from handlers.understand.text import squash
from handlers.understand.units import looks_like_unit
from storage.ledger import Changed, NotAllowed, Taken
from storage.models import Card, Team
from storage.reckoning import Reading, reach
from storage.teams import NewTeam

Write = list[Any]
SHARED_HALF = 2


def in_campaign(ctx: Context, campaign: str) -> Context:
    """The campaign for which the list was pasted, whichever she spoke of since."""
    return replace(ctx, chosen=next((c for c in ctx.campaigns if c.id == campaign), None))


def planned(ctx: Context, chain: Chain) -> list[ChainLine]:
    """What each line would write, or why it writes nothing."""
    if chain.kind == "registration":
        return list(_planned_entries(ctx, chain.entries))
    if chain.kind == "counts":
        return list(count_lines.planned(ctx, chain.counts))
    return list(_planned_reports(ctx, chain.progress))


@dataclass(slots=True)
class Known:
    """A team of a proposal: its version when she said yes, and itself as the lines before have left it."""

    version: int
    team: Team


def teams_of(ctx: Context, kind: str, writes: Iterable[Any]) -> dict[str, Known]:
    """The teams that the reports of a proposal are about, as they are now."""
    codes = [said[0] for _, _, said in writes] if kind == "progress" else []
    return {team.code: Known(team.version, team) for team in ctx.store.teams.many(ctx.campaign.id, codes)}


def written(
    ctx: Context, kind: str, teams: dict[str, Known], proposal: str, place: int, name: str, said: Write
) -> ChainLine:
    """Write one line of a confirmed proposal; a line that was written already answers the same.

    `teams` are those of the proposal, each as the lines before have left it.
    """
    try:
        if kind == "counts":
            return count_lines.written(ctx, proposal, place, name, said)
        if kind == "progress":
            return _report(ctx, teams[said[0]], proposal, place, name, said)
        return _register(ctx, proposal, place, name, said)
    except Taken as taken:
        return ChainLine(place, name, why=texts.chains.line_taken(taken.holder), unchanged=True)
    except Changed:
        return ChainLine(place, name, why=texts.chains.LINE_CHANGED)
    except NotAllowed:
        return ChainLine(place, name, why=texts.chains.LINE_NOT_YOURS)
    except UserError as error:
        return ChainLine(place, name, why=error.text)


def _planned_reports(ctx: Context, progress: Iterable[Progress]) -> Iterable[ChainLine]:
    """Of several lines that tell one team's total of a channel the last is meant, if it is not lower: a list grows."""
    progress = list(progress)
    found = _Finder(ctx, progress)
    lines: list[ChainLine] = []
    alike: dict[tuple[str, str], list[int]] = {}
    for item in progress:
        try:
            team = found.team(item)
        except UserError as error:
            lines.append(ChainLine(item.place, _shown(item.typed), why=error.text))
            continue
        line = _planned_report(ctx, item, team)
        if line.write is not None or line.unchanged:
            alike.setdefault((team.code, _figures(item).channel), []).append(len(lines))
        lines.append(line)
    for several in alike.values():
        *before, last = several
        grows = all(_grows(progress[earlier], progress[last]) for earlier in before)
        why = texts.chains.line_told_later if grows else texts.chains.line_contradicts
        for other, told in [(n, last) for n in before] + ([] if grows else [(last, before[-1])]):
            reason = why(progress[told].place)
            lines[other] = ChainLine(progress[other].place, _shown(progress[other].typed), why=reason)
    return lines


def _figures(item: Progress) -> Figures:
    """The figures of a line that has a team, and so has some."""
    if not isinstance(item.figures, Figures):
        raise TypeError(f"line {item.place} has no figures")
    return item.figures


def _grows(before: Progress, after: Progress) -> bool:
    """Whether one line tells what another told, and no less of anything."""
    told, now = _figures(before), _figures(after)
    pairs = ((told.amount_fen, now.amount_fen), (told.donations, now.donations))
    return told.kind == now.kind and all(b is None or (a is not None and a >= b) for b, a in pairs)


def _planned_report(ctx: Context, item: Progress, team: Team) -> ChainLine:
    """A line about a known team: written where it is hers, says something new, and nothing about it is doubtful."""
    figures, name, campaign = item.figures, texts.naming.team_name(team), ctx.campaign
    if not isinstance(figures, Figures) or figures.kind not in ("total", "day"):
        return ChainLine(item.place, name, why=texts.chains.LINE_INCREMENT)
    if team.code not in ctx.membership.codes and not ctx.membership.covers(campaign.region_path(team.region)):
        return ChainLine(item.place, name, why=texts.chains.LINE_NOT_YOURS)
    try:
        require_reporting(ctx, team)
    except UserError as error:
        return ChainLine(item.place, name, why=error.text)
    reading = Reading(figures.kind, figures.channel, figures.amount_fen, figures.donations)
    present, reached = team.total(reading.channel), reach(team, reading, today(ctx))
    if present.report and (present.amount_fen, present.donations) == (reached.amount_fen, reached.donations):
        return ChainLine(item.place, name, why=texts.chains.LINE_SAME, unchanged=True)
    doubted = doubts_of(ctx, team, reading)
    if doubted:
        return ChainLine(item.place, name, why="；".join(doubted))
    day = today(ctx).isoformat()
    write = [team.code, team.version, day, reading.kind, reading.channel, reading.amount_fen, reading.donations]
    said = texts.chains.line_said(reading.kind, reading.channel, present, reached)
    return ChainLine(item.place, name, said=said, write=write)


class _Finder:
    """Finds the teams of a whole list with a few look-ups."""

    def __init__(self, ctx: Context, progress: list[Progress]) -> None:
        self._ctx = ctx
        self._keys = {item.place: _keys(ctx, item.names) for item in progress}
        wanted = {key for keys in self._keys.values() for key in keys}
        self._named = ctx.store.teams.named_many(ctx.campaign.id, sorted(wanted))
        codes = {i.figures.code for i in progress if isinstance(i.figures, Figures) and i.figures.code}
        self._coded = {team.code: team for team in ctx.store.teams.many(ctx.campaign.id, sorted(codes))}
        self._own = ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)

    def team(self, item: Progress) -> Team:
        """The team of a line. Raises `UserError` with the reason where it has none, or more than one."""
        figures = item.figures
        if isinstance(figures, Doubt):
            raise UserError(texts.chains.line_doubtful(figures.reason, figures.excerpt))
        if figures is None or (figures.amount_fen is None and figures.donations is None):
            raise UserError(texts.chains.LINE_NO_FIGURE)
        if figures.code:
            if figures.code not in self._coded:
                raise UserError(texts.choices.no_such_code(figures.code))
            return self._coded[figures.code]
        teams = next((found for key in self._keys[item.place] if (found := self._named.get(key))), [])
        if len(teams) > 1:
            teams = self._narrowed(teams, item.names)
        if len(teams) > 1:
            raise UserError(texts.chains.line_ambiguous([team.code for team in teams]))
        if not teams:
            raise UserError(self._unknown(item.names))
        return teams[0]

    def _narrowed(self, teams: list[Team], names: str) -> list[Team]:
        """Of several teams of one name: those of the project that the line names, else those she may write."""
        project = find_project(self._ctx.campaign, names)[0]
        if project is not None:
            return [team for team in teams if team.project == project.id] or teams
        membership, campaign = self._ctx.membership, self._ctx.campaign
        hers = [
            team
            for team in teams
            if team.code in membership.codes or membership.covers(campaign.region_path(team.region))
        ]
        return hers or teams

    def _unknown(self, names: str) -> str:
        """No team is called so; one of her own that may be meant is suggested, never taken."""
        if not squash(names):
            return texts.chains.LINE_NO_NAME
        alike = similar_units(self._ctx.campaign, names, [team.unit_key for team in self._own])
        meant = next((team for team in self._own if alike and team.unit_key == alike[0]), None)
        return texts.chains.line_unknown_unit(names, meant)


def _keys(ctx: Context, names: str) -> list[str]:
    """The keys under which the words beside the figures may be known: all together, then one by one."""
    if not squash(names):
        return []
    unit = read_registration(ctx.campaign, names).unit
    tokens = [token for token in SEPARATORS.split(names) if len(squash(token)) > 1]
    return list(dict.fromkeys(unit_key(ctx.campaign, name) for name in (names, unit, *tokens) if squash(name)))


def _planned_entries(ctx: Context, entries: Iterable[Entry]) -> Iterable[ChainLine]:
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
            yield ChainLine(entry.place, _shown(said.unit or entry.typed), why=why)
            continue
        place = (keys[entry.place], said.region.id, said.project.id)
        there = [t for t in named.get(place[0], []) if (t.region, t.project) == place[1:]]
        if there:
            name = texts.naming.team_name(there[0])
            yield ChainLine(entry.place, name, why=texts.chains.LINE_ENTERED, unchanged=True)
        elif place in seen:
            yield ChainLine(entry.place, _shown(said.unit), why=texts.chains.line_again(seen[place]))
        elif alike := _alike(ctx, said.unit, place[0], present[said.region.id]):
            yield ChainLine(entry.place, _shown(said.unit), why=texts.chains.line_alike(alike))
        else:
            seen[place] = entry.place
            shown = texts.chains.entry_said(said.region.name, said.project.name, said.captain)
            write = [said.unit, place[0], said.region.id, said.project.id, said.captain, said.phone]
            yield ChainLine(entry.place, _shown(said.unit), said=shown, write=write)


def _shown(typed: str) -> str:
    return texts.wording.echo(typed, 30)


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
    near = [other for other in units if len(set(other) & set(key)) * SHARED_HALF >= min(len(set(other)), len(set(key)))]
    return next(iter(similar_units(ctx.campaign, unit, near)), "")


def _report(ctx: Context, known: Known, proposal: str, place: int, name: str, said: Write) -> ChainLine:
    _, version, day, kind, channel, amount, donations = said
    author = ctx.confirming(proposal, place)
    if known.version != version or (kind == "day" and day != today(ctx).isoformat()):
        booked = ctx.store.reports.booked(ctx.campaign, author.op_id)
        if booked is None:
            return ChainLine(place, name, why=texts.chains.LINE_CHANGED)
    else:
        require_reporting(ctx, known.team)
        reading = Reading(kind, channel, amount, donations)
        booked = ctx.store.reports.add(ctx.campaign, author, known.team, ctx.membership, reading)
        known.team = booked.after
    return ChainLine(place, name, said=texts.chains.line_booked(booked), done=True)


def _register(ctx: Context, proposal: str, place: int, name: str, said: Write) -> ChainLine:
    unit, key, region, project, captain, phone = said
    new = NewTeam(
        unit=unit,
        unit_key=key,
        project=project,
        region=region,
        captain=None,
        card=Card(name=captain, phone=phone),
        status="unclaimed",
    )
    team, _ = ctx.store.teams.register(ctx.campaign, ctx.confirming(proposal, place), new, ctx.membership)
    return ChainLine(place, name, said=texts.chains.line_entered(team), done=True)
