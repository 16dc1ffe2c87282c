"""Whose a row of the platform's table is: by a code, its page, or a name. A doubt is never decided."""

from dataclasses import dataclass, replace

from handlers.imports.likeness import Likeness
from handlers.imports.rows import Refused, Unmatched, refuse_sums
from handlers.imports.sheet import Row
from handlers.language.names import find_project, unit_key
from handlers.rosters import called
from storage import Store
from storage.campaign_schema import Campaign
from storage.heard import LISTED
from storage.models.teams import Team

_LIKELIEST = 3


@dataclass(frozen=True, slots=True)
class Owner:
    """The team that a row is of. `itself`: the row does not name it by a team that was merged into it."""

    team: Team
    itself: bool = True


class Matcher:
    """The teams of a campaign by their codes, pages (found before, or a team's own link) and names."""

    def __init__(self, store: Store, campaign: Campaign) -> None:
        self._store, self._campaign = store, campaign
        self.teams = store.teams.many(campaign.id, store.teams.codes(campaign.id))
        self._by_code = {team.code: team for team in self.teams}
        own = {team.link: team.code for team in self.teams if team.link and self._going_on(team).status in LISTED}
        self._pages = own | store.platform.pages(campaign.id)
        self._named: dict[str, dict[str, Owner]] = {}
        self._likeness = Likeness(campaign)
        self.merged_into = {team.into for team in self.teams if team.status == "merged"}
        for team in self.teams:
            going_on = self._going_on(team)
            if going_on.status in LISTED:
                named = self._named.setdefault(team.unit_key, {})
                owner = Owner(going_on, itself=going_on is team)
                named[going_on.code] = owner if owner.itself else named.get(going_on.code, owner)
            if team.status in LISTED:
                self._likeness.add("", team.unit, team.code)

    def owner(self, row: Row) -> Owner:
        """Raises `Refused` for a row that is nobody's, or may be several teams', or adds others up."""
        refuse_sums(row.cells.get("name", ""))
        if code := row.cells.get("code", "").lstrip("#"):
            return self._coded(code.zfill(4), row.cells.get("name", ""))
        if code := self._pages.get(row.cells.get("page", ""), ""):
            return replace(self._listed(code), itself=True)
        return self._called(row.cells.get("name", ""), row.cells.get("project", ""))

    def _going_on(self, team: Team) -> Team:
        while team.status == "merged":
            team = self._by_code[team.into]
        return team

    def _listed(self, code: str) -> Owner:
        team = self._by_code.get(code)
        if team is None:
            raise Refused(f"there is no team {code}")
        going_on = self._going_on(team)
        if going_on.status not in LISTED:
            raise Refused(f"team {code} is {going_on.status}")
        return Owner(going_on, itself=going_on is team)

    def _coded(self, code: str, name: str) -> Owner:
        """Whose the code is; a name that is another team's tells that one of the two is mistyped."""
        owner, named = self._listed(code), self._named.get(unit_key(self._campaign, name)) if name else None
        if named and owner.team.code not in named:
            others = ", ".join(_told(other.team) for other in named.values())
            raise Refused(
                f"code {code} is {_told(owner.team)}, and the name is that of {others}; leave one of them out"
            )
        return owner

    def _called(self, name: str, project: str) -> Owner:
        if not name:
            raise Refused("neither code, page nor name of a team")
        owners = self._by_name(name)
        if project and (meant := find_project(self._campaign, project)[0]):
            owners = [owner for owner in owners if owner.team.project == meant.id]
        if len(owners) == 1:
            return owners[0]
        if owners:
            codes, told = [owner.team.code for owner in owners], ", ".join(_told(owner.team) for owner in owners)
            raise Unmatched(f"several teams are called so: {told}; add the code", codes)
        likely = [self._by_code[code] for code in self._likeness.like("", name)[:_LIKELIEST]]
        perhaps = f"; perhaps {', '.join(map(_told, likely))}: add its code" if likely else ""
        raise Unmatched(f"no team is called so{perhaps}", [team.code for team in likely])

    def _by_name(self, name: str) -> list[Owner]:
        """By the unit's name, or by one that the roster has for it."""
        if found := self._named.get(unit_key(self._campaign, name)):
            return [*found.values()]
        units = called(self._store, self._campaign, name, "")
        keys = [unit_key(self._campaign, units[0].unit)] if len(units) == 1 else []
        return [owner for key in keys for owner in self._named.get(key, {}).values()]


def _told(team: Team) -> str:
    return f"{team.unit} #{team.code}"
