"""Whose team each line of a pasted list is about, found for the whole list with a few look-ups."""

from collections.abc import Sequence
from functools import cached_property

from handlers import texts
from handlers.hearing import ear_of
from handlers.language.names import find_one_region, find_project, similar_units, unit_key
from handlers.meant import going_on
from handlers.messages import Context, UserError
from handlers.regional import called_among, hers
from handlers.understand.readings import Row
from storage.models.teams import Team


class Teams:
    """The teams that the lines of a list name."""

    def __init__(self, ctx: Context, rows: Sequence[Row]) -> None:
        self._ctx = ctx
        self._keys = {row.place: {name: unit_key(ctx.campaign, name) for name in row.names} for row in rows}
        wanted = {key for keys in self._keys.values() for key in keys.values()}
        self._named = ctx.store.teams.named_many(ctx.campaign.id, sorted(wanted))
        self._own = ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)
        self._ear = ear_of(ctx)

    @cached_property
    def _of_her_region(self) -> list[Team]:
        return hers(self._ctx)

    def team(self, row: Row) -> tuple[Team, str]:
        """The team of a line, and the name that it bears there. Raises `UserError` where it has none, or several."""
        for name, key in self._keys[row.place].items():
            if teams := self._named.get(key):
                return self._one(teams, row), name
        if code := row.claims(self._ear, "").code:
            team = next(iter(self._ctx.store.teams.many(self._ctx.campaign.id, [code])), None)
            if team is None:
                raise UserError(texts.choices.no_such_code(code))
            [team] = going_on(self._ctx, [team])
            return team, next(iter(row.names), "")
        if not row.names:
            return self._of_project(row), ""
        raise UserError(self._unknown(row))

    def _one(self, teams: Sequence[Team], row: Row) -> Team:
        """Of several teams of one name: that of the line's code, those of its project, place, or that she may write."""
        if len(teams) > 1:
            teams = self._narrowed(teams, row)
        if len(teams) > 1:
            raise UserError(texts.chains.line_ambiguous([team.code for team in teams]))
        return teams[0]

    def _narrowed(self, teams: Sequence[Team], row: Row) -> Sequence[Team]:
        membership, campaign = self._ctx.membership, self._ctx.campaign
        if by_code := [team for team in teams if team.code == row.claims(self._ear, "").code]:
            return by_code
        if (project := find_project(campaign, row.beside)[0]) is not None:
            teams = [team for team in teams if team.project == project.id] or teams
        if (region := find_one_region(campaign, row.beside)) is not None:
            teams = [team for team in teams if region.id in campaign.region_path(team.region)] or teams
        if project is not None:
            return teams
        hers = [
            team
            for team in teams
            if team.code in membership.codes or membership.covers(campaign.region_path(team.region))
        ]
        return hers or teams

    def _of_project(self, row: Row) -> Team:
        """A line without a unit is about her only team of the project that it names."""
        project = find_project(self._ctx.campaign, row.beside)[0]
        own = [team for team in self._own if project is not None and team.project == project.id]
        if len(own) != 1:
            raise UserError(texts.chains.LINE_NO_NAME)
        return own[0]

    def _unknown(self, row: Row) -> str:
        """No team is called so; one of her own or of her region that may be meant is suggested, never taken."""
        campaign = self._ctx.campaign
        for name in row.names:
            alike = similar_units(campaign, name, [team.unit_key for team in self._own])
            in_short = called_among(campaign, self._of_her_region, name)
            own = next((team for team in self._own if alike and team.unit_key == alike[0]), None)
            if meant := own or (in_short[0] if len(in_short) == 1 else None):
                return texts.chains.line_unknown_unit(name, meant)
        return texts.chains.line_unknown_unit(row.unit, None)
