"""Freezing: from a moment on the figures are final. What the platform confirmed stands in the place of what was
reported online; boards and sums move with it, and afterwards only an organizer changes a figure.

Reports stay in the ledger as they were said.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import rolls
from storage.authority import office_of, organizes, rely_on_role
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.last_acts import Undoable, forget, remember
from storage.ledger import Author, Changed, Entry, Ledger, NotAllowed, Plan
from storage.models.fact import Fact
from storage.models.people import Membership
from storage.models.pushes import Notification
from storage.models.teams import Channel, Team, Total
from storage.platform import Confirmed, Platform
from storage.relocation import restand, stands
from storage.team_acts import Acted, acted
from storage.team_documents import rewrite
from storage.teams import Teams

BATCH = 500
"""Teams that move in one step: more would hold up whoever asks meanwhile."""
CHANGED = "figure.changed"


class Final(Fact):
    """A team's final total in a channel; fen and 人次, None where what was reported stands."""

    team: str
    channel: Channel
    amount_fen: int | None
    donations: int = 0

    @property
    def total(self) -> Total | None:
        return None if self.amount_fen is None else Total(amount_fen=self.amount_fen, donations=self.donations)


def settled(team: Team, confirmed: Confirmed) -> Final:
    """What the platform confirmed of a team; where it tells no 人次 the reported one stands."""
    donations = team.online.donations if confirmed.donations is None else confirmed.donations
    return Final(team=team.code, channel="online", amount_fen=confirmed.amount_fen, donations=donations)


def with_final(team: Team, final: Final) -> Team:
    return team.model_copy(update={f"final_{final.channel}": final.total})


def finals_of(entry: Entry) -> list[Final]:
    """The final totals that an entry of the ledger tells."""
    return [Final.model_validate(each) for each in json.loads(entry.values["figures"])]


@dataclass(frozen=True, slots=True)
class Freezing:
    """The final figures of every campaign that is frozen."""

    database: Database
    keys: Keys

    def settle(self, campaign: Campaign, at: datetime, advance: Callable[[int], None] = lambda count: None) -> int:
        """Let what the platform confirmed stand; how many teams moved. Begun again it goes on where it was broken off.

        Only for a frozen campaign: nothing else moves its teams' figures meanwhile.
        """
        confirmed = Platform(self.database, self.keys).all(campaign.id)
        codes, moved = list(confirmed), 0
        for start in range(0, len(codes), BATCH):
            batch = codes[start : start + BATCH]
            teams = [
                team for team in Teams(self.database, self.keys).many(campaign.id, batch) if team.final_online is None
            ]
            if teams:
                self._settle(campaign, at, teams, confirmed)
            moved += len(teams)
            advance(len(batch))
        return moved

    def change(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        final: Final,
        told: Sequence[Notification],
    ) -> Acted:
        """An organizer's figure in the place of the final one. Raises `NotAllowed`, `Changed`."""
        before = team.final(final.channel)
        plan = self._begun(campaign, author, membership, team, final)
        after = self._stand(plan, campaign, team, with_final(team, final))
        stood = Final(
            team=team.code,
            channel=final.channel,
            amount_fen=before.amount_fen if before else None,
            donations=before.donations if before else 0,
        )
        last = Undoable(kind=CHANGED, code=team.code, version=after.version, before={"final": stood.model_dump_json()})
        remember(plan, last)
        return self._commit(plan, team, after, told)

    def undo(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        act: Undoable,
        told: Sequence[Notification],
    ) -> Acted:
        """The figure before stands again. Raises `NotAllowed`; `Changed` where something was built on it."""
        if team.version != act.version:
            raise Changed(team.code)
        stood = Final.model_validate_json(act.before["final"])
        plan = self._begun(campaign, author, membership, team, stood)
        after = self._stand(plan, campaign, team, with_final(team, stood))
        forget(plan)
        return self._commit(plan, team, after, told)

    def done(self, campaign: str, op_id: str) -> Acted | None:
        """What an operation did if it was done already."""
        committed = Ledger(self.database, self.keys).outcome(campaign, op_id)
        return acted(committed.outcome) if committed else None

    def _settle(
        self, campaign: Campaign, at: datetime, teams: Sequence[Team], confirmed: Mapping[str, Confirmed]
    ) -> None:
        finals = [settled(team, confirmed[team.code]) for team in teams]
        plan = Plan(self.keys, campaign.id, Author(f"freeze:{teams[0].code}", "operator", at), "figures.settled")
        plan.values["figures"] = json.dumps([each.model_dump(mode="json") for each in finals])
        plan.expect(self.keys.state(campaign.id), "state", "frozen")
        for team, final in zip(teams, finals, strict=True):
            self._stand(plan, campaign, team, with_final(team, final))
        plan.commit(self.database, {})

    def _stand(self, plan: Plan, campaign: Campaign, before: Team, changed: Team) -> Team:
        """Add to a plan that a team stands with other figures; what it grew by on each day stays as it was reported."""
        after = rewrite(plan, before, changed)
        rolls.enrol(plan, campaign, before, after)
        if stands(before) or stands(after):
            restand(plan, campaign, before, after, {}, {})
        return after

    def _begun(self, campaign: Campaign, author: Author, membership: Membership, team: Team, final: Final) -> Plan:
        values = {"figures": json.dumps([final.model_dump(mode="json")])}
        plan = Plan(self.keys, campaign.id, author, CHANGED, team.code, values)
        if not organizes(campaign, membership, team.region):
            raise NotAllowed
        rely_on_role(plan, campaign, membership, team.region)
        plan.expect(self.keys.state(campaign.id), "state", "frozen")
        plan.values |= office_of(campaign, membership, team, author.person)
        return plan

    def _commit(self, plan: Plan, before: Team, after: Team, told: Sequence[Notification]) -> Acted:
        plan.notify(*told)
        outcome = {"before": before.model_dump_json(), "after": after.model_dump_json()}
        return acted(plan.commit(self.database, outcome).outcome)
