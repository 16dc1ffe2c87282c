"""Acts on a team: its name, region, project, captains and state, each one entry of the ledger, each undone exactly.

Reports keep their origin: an act changes where a team stands, never what was said. What an act changed is kept for 48
hours with the person who did it, erasably, so that her last one can be undone while nothing has been built on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from storage import differences, docket
from storage.authority import office_of, rely_on_final_authority, rely_on_role, require_authority
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.incidents import Closing
from storage.keys import Keys
from storage.last_acts import Undoable, forget, remember
from storage.ledger import Author, Changed, Ledger, Plan
from storage.matters import Difference, Matters, Review
from storage.models.people import Membership
from storage.models.pushes import Notification
from storage.models.teams import ClaimAs, Team, TeamStatus
from storage.push_switches import Switched
from storage.raises import RaiseDecided
from storage.reckoning import day_of
from storage.relocation import growth_of, relocate
from storage.roles import RoleTaken
from storage.secret_codes import claim_code
from storage.team_documents import forget_people, rewrite

FIELDS = ("unit", "unit_key", "region", "project", "status", "claim_code", "claim_as", "twin", "village", "link")
"""The fields of a team that an act may change, as the ledger writes them."""

MOVES_FIGURES = frozenset({"team.moved", "team.reassigned", "team.disabled", "team.enabled"})
"""The acts by which sums and boards become otherwise."""


LastAct = Undoable | Closing | RoleTaken | RaiseDecided | Switched
_LAST = TypeAdapter[LastAct](LastAct)


@dataclass(frozen=True, slots=True)
class Acted:
    """A team before an act and after it."""

    before: Team
    after: Team


@dataclass(frozen=True, slots=True)
class TeamActs:
    """Each writes once per operation, and tells whom it is told to tell.

    Raises `NotAllowed`; `Changed` where the team or the role is not as it was read; `Taken` where the name is held.
    """

    database: Database
    keys: Keys

    def rename(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        unit: str,
        unit_key: str,
        told: Sequence[Notification],
    ) -> Acted:
        """The unit's right name; a captain may give her own team its."""
        plan = self._begun(campaign, author, membership, team, "team.renamed")
        require_authority(plan, campaign, team, membership, author.person)
        return self._done(plan, campaign, team, {"unit": unit, "unit_key": unit_key, "twin": ""}, told)

    def move(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        region: str,
        told: Sequence[Notification],
    ) -> Acted:
        """Into another region; her role must reach both."""
        plan = self._begun(campaign, author, membership, team, "team.moved")
        rely_on_role(plan, campaign, membership, team.region)
        rely_on_role(plan, campaign, membership, region)
        rely_on_final_authority(plan, campaign, membership, team.region)
        return self._done(plan, campaign, team, {"region": region, "twin": ""}, told)

    def reassign(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        project: str,
        told: Sequence[Notification],
    ) -> Acted:
        """To another project."""
        plan = self._begun(campaign, author, membership, team, "team.reassigned")
        rely_on_role(plan, campaign, membership, team.region)
        rely_on_final_authority(plan, campaign, membership, team.region)
        return self._done(plan, campaign, team, {"project": project, "twin": ""}, told)

    def decide(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        status: TeamStatus,
        told: Sequence[Notification],
    ) -> Acted:
        """A waiting team is let in (`active`) or turned away (`rejected`), which frees its name."""
        plan = self._begun(campaign, author, membership, team, f"team.{status}")
        rely_on_role(plan, campaign, membership, team.region)
        if status == "rejected":
            forget_people(plan, team)
        return self._done(plan, campaign, team, {"status": status}, told)

    def disable(
        self, campaign: Campaign, author: Author, membership: Membership, team: Team, told: Sequence[Notification]
    ) -> Acted:
        """Off every list, its figures out of every board and sum, its name free; it reports no more."""
        plan = self._begun(campaign, author, membership, team, "team.disabled")
        rely_on_role(plan, campaign, membership, team.region)
        rely_on_final_authority(plan, campaign, membership, team.region)
        return self._done(plan, campaign, team, {"status": "disabled", "twin": ""}, told)

    def enable(
        self, campaign: Campaign, author: Author, membership: Membership, team: Team, told: Sequence[Notification]
    ) -> Acted:
        """Back on the lists with all its figures."""
        plan = self._begun(campaign, author, membership, team, "team.enabled")
        rely_on_role(plan, campaign, membership, team.region)
        rely_on_final_authority(plan, campaign, membership, team.region)
        code = team.claim_code or ("" if team.captains else claim_code())
        state = {"status": "active" if team.captains else "unclaimed", "claim_code": code}
        return self._done(plan, campaign, team, state, told)

    def make_code(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        claim_as: ClaimAs,
        told: Sequence[Notification],
    ) -> Acted:
        """A new code by which somebody becomes its captain; one that was made before is good for nothing any more."""
        plan = self._begun(campaign, author, membership, team, "team.claimable")
        require_authority(plan, campaign, team, membership, author.person)
        return self._done(plan, campaign, team, {"claim_code": claim_code(), "claim_as": claim_as}, told)

    def describe(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        described: Mapping[str, str],
        told: Sequence[Notification],
    ) -> Acted:
        """What a team says of itself: the `village` it is linked with, or its own `link`."""
        plan = self._begun(campaign, author, membership, team, "team.described")
        require_authority(plan, campaign, team, membership, author.person)
        return self._done(plan, campaign, team, described, told)

    def last(self, campaign: str, person: str) -> LastAct | None:
        """What a person did last and may undo, to a team, a case, a role or a target; None after 48 hours."""
        kept = self.database.get(self.keys.last_act(campaign, person))
        return _LAST.validate_json(kept) if kept else None

    def forget_last(self, campaign: str, person: str) -> None:
        """What a person did last is no more to be undone: something has been built on it."""
        self.database.delete(self.keys.last_act(campaign, person))

    def undo(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        act: Undoable,
        told: Sequence[Notification],
    ) -> Acted:
        """The exact predecessor stands again. Raises `Changed` where something has been built on the act."""
        if team.version != act.version:
            raise Changed(team.code)
        plan = self._begun(campaign, author, membership, team, "team.restored")
        if team.status == "disabled":
            rely_on_role(plan, campaign, membership, team.region)
        else:
            require_authority(plan, campaign, team, membership, author.person)
        if act.kind in MOVES_FIGURES:
            rely_on_final_authority(plan, campaign, membership, team.region)
        plan.values["undoes"] = act.kind
        after = self._changed(plan, campaign, team, act.before, told)
        forget(plan)
        return self._commit(plan, team, after)

    def done(self, campaign: str, op_id: str) -> Acted | None:
        """What an operation did if it was done already: a message that comes again is answered alike."""
        committed = Ledger(self.database, self.keys).outcome(campaign, op_id)
        return acted(committed.outcome) if committed else None

    def _begun(self, campaign: Campaign, author: Author, membership: Membership, team: Team, kind: str) -> Plan:
        return Plan(
            self.keys, campaign.id, author, kind, team.code, office_of(campaign, membership, team, author.person)
        )

    def _done(
        self, plan: Plan, campaign: Campaign, team: Team, changes: Mapping[str, str], told: Sequence[Notification]
    ) -> Acted:
        """Write the act, remembered for undoing."""
        after = self._changed(plan, campaign, team, changes, told)
        before = {name: str(getattr(team, name)) for name in changes}
        last = Undoable(kind=plan.kind, code=team.code, version=after.version, before=before)
        remember(plan, last)
        return self._commit(plan, team, after)

    def _commit(self, plan: Plan, before: Team, after: Team) -> Acted:
        """Of an operation that was done already, what it did."""
        committed = plan.commit(self.database, {"before": before.model_dump_json(), "after": after.model_dump_json()})
        return acted(committed.outcome)

    def _changed(
        self, plan: Plan, campaign: Campaign, team: Team, changes: Mapping[str, str], told: Sequence[Notification]
    ) -> Team:
        day = day_of(campaign, plan.author, team)
        growth = growth_of(self.database, self.keys, campaign, team, day)
        after = rewrite(plan, team, changed(team, changes))
        plan.values |= changes
        relocate(plan, campaign, team, after, growth)
        if after.region != team.region:
            waiting = Matters(self.database, self.keys, Review).many(campaign.id, team.held)
            docket.carry(plan, campaign, waiting, after.region)
            self._carry_difference(plan, campaign, after)
        plan.notify(*told)
        return after

    def _carry_difference(self, plan: Plan, campaign: Campaign, after: Team) -> None:
        matters = Matters(self.database, self.keys, Difference)
        if after.difference and (kept := matters.get(campaign.id, after.difference)):
            differences.settle(plan, campaign, kept, kept.model_copy(update={"region": after.region}))


def acted(outcome: Mapping[str, str]) -> Acted:
    """What an act did, by its outcome."""
    return Acted(Team.model_validate_json(outcome["before"]), Team.model_validate_json(outcome["after"]))


def changed(team: Team, values: Mapping[str, Any]) -> Team:
    """A team after an act, from what the ledger keeps of it."""
    return team.model_copy(update={name: values[name] for name in FIELDS if name in values})
