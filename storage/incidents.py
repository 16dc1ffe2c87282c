"""Incidents: complaints and warnings, each with a case number. The ledger never holds what was said.

A case is opened, taken, handed on, closed; where nobody takes it, or closes it, in the campaign's time, the worker
calls the office above. Authority is checked in each step: whoever may not see a case cannot write to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from storage.campaign_schema import Campaign
from storage.casework import due, sees
from storage.database import Database
from storage.keys import Keys
from storage.last_acts import forget, remember
from storage.ledger import Author, Changed, Ledger, NotAllowed, Plan
from storage.matters import Incident, Matters
from storage.models.fact import Fact
from storage.models.people import Membership
from storage.models.pushes import Notification

WHOLE = "*"
"""Stands in the ledger for the whole campaign's office."""


class Closing(Fact):
    """A person's last act where that closed a case: its number, and the state in which it was before."""

    kind: Literal["incident.closed"] = "incident.closed"
    number: str
    state: Literal["open", "taken"]


@dataclass(frozen=True, slots=True)
class Incidents:
    """The incidents of every campaign.

    What a coordinator does raises `NotAllowed` where the case is not hers to see, and `Changed` where it, or her role,
    is not as it was read.
    """

    database: Database
    keys: Keys

    @property
    def matters(self) -> Matters[Incident]:
        return Matters(self.database, self.keys, Incident)

    def next_number(self, campaign: str) -> str:
        """A case number, taken before the write because the notifications name it; a gap is harmless."""
        return self.matters.next_number(campaign)

    def open(
        self, campaign: Campaign, author: Author, case: Incident, notifications: Sequence[Notification]
    ) -> Incident:
        """Enter a case and notify in one step. A repetition of the operation answers with the first case."""
        values = {"case": case.number, "region": case.region, "told": str(case.told)}
        values |= {"sort": case.sort, "level": case.level, "teams": " ".join(case.teams)}
        values["accused"] = " ".join(office or WHOLE for office in case.accused)
        plan = Plan(self.keys, campaign.id, author, "incident.opened", values=values)
        committed = self._write(plan, case.model_copy(update={"due": due(campaign, case, author.at)}), notifications)
        return self.get(campaign.id, committed["case"])

    def take(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        case: Incident,
        notifications: Sequence[Notification],
    ) -> None:
        """She looks after it from now on."""
        taken = case.model_copy(update={"state": "taken", "owner": author.person, "risen": 0})
        plan = self._act(campaign, author, membership, case, "incident.taken")
        self._write(plan, taken.model_copy(update={"due": due(campaign, taken, author.at)}), notifications)

    def hand_on(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        case: Incident,
        region: str,
        notifications: Sequence[Notification],
    ) -> None:
        """Another region's office looks after it, '' for the whole campaign's; it waits there to be taken."""
        handed = case.model_copy(update={"state": "open", "owner": "", "risen": 0, "region": region})
        plan = self._act(campaign, author, membership, case, "incident.handed")
        plan.values["region"] = region
        self._write(plan, handed.model_copy(update={"due": due(campaign, handed, author.at)}), notifications)

    def close(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        case: Incident,
        result: str,
        notifications: Sequence[Notification],
    ) -> None:
        """It is settled; for 48 hours whoever closed it may undo that."""
        if case.state == "closed":
            raise Changed(case.number)
        closed = case.model_copy(update={"state": "closed", "result": result, "closed_at": author.at, "due": None})
        plan = self._act(campaign, author, membership, case, "incident.closed")
        remember(plan, Closing(number=case.number, state=case.state))
        self._write(plan, closed, notifications)

    def reopen(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        case: Incident,
        closing: Closing,
        notifications: Sequence[Notification],
    ) -> None:
        """Undo a closing: it waits again as before it, with its whole time from now."""
        if case.state != "closed":
            raise Changed(case.number)
        before = case.model_copy(update={"state": closing.state, "result": "", "closed_at": None})
        plan = self._act(campaign, author, membership, case, "incident.reopened")
        plan.values["state"] = closing.state
        forget(plan)
        self._write(plan, before.model_copy(update={"due": due(campaign, before, author.at)}), notifications)

    def escalate(
        self, campaign: Campaign, author: Author, case: Incident, risen: int, notifications: Sequence[Notification]
    ) -> None:
        """Its time is over: the offices up to and with number `risen` above the first have been called."""
        called = case.model_copy(update={"risen": risen})
        plan = Plan(self.keys, campaign.id, author, "incident.escalated", values={"case": case.number})
        plan.values["risen"] = str(risen)
        plan.expect(self._key(campaign.id), case.number, case.model_dump_json())
        self._write(plan, called.model_copy(update={"due": due(campaign, called, author.at)}), notifications)

    def done(self, campaign: str, op_id: str) -> Incident | None:
        """The case that an operation wrote to, if it was done already."""
        done = Ledger(self.database, self.keys).outcome(campaign, op_id)
        return self.get(campaign, done.outcome["case"]) if done else None

    def get(self, campaign: str, number: str) -> Incident:
        """Raises `KeyError` for a number that is no case."""
        case = self.matters.get(campaign, number) or self.matters.once(campaign, number)
        if case is None:
            raise KeyError(number)
        return case

    def all(self, campaign: str) -> list[Incident]:
        """Every case, oldest first."""
        return self.matters.all(campaign)

    def outlines(self, campaign: str) -> list[Incident]:
        """The same, without what was said and by whom."""
        nobody = {"by": "", "owner": "", "text": "", "result": ""}
        return [case.model_copy(update=nobody) for case in self.all(campaign)]

    def with_words(self, campaign: str) -> list[Incident]:
        """The cases of which it is still kept what was said, or what came of them, oldest first."""
        return [case for case in self.all(campaign) if case.text or case.result]

    def erase(self, campaign: str, number: str, field: Literal["text", "result"]) -> None:
        """Forget what was said, or what came of it; that there was a case, and when, stays."""
        erased = self.get(campaign, number).model_copy(update={field: ""})
        self.database.hset(self._key(campaign), number, erased.model_dump_json())

    def _act(self, campaign: Campaign, author: Author, membership: Membership, case: Incident, kind: str) -> Plan:
        """The beginning of what a coordinator does: on the condition that case and role are as they were read."""
        if not sees(campaign, membership, case):
            raise NotAllowed(case.number)
        plan = Plan(self.keys, campaign.id, author, kind, values={"case": case.number})
        plan.expect(self.keys.roles(campaign.id), author.person, membership.roles)
        plan.expect(self._key(campaign.id), case.number, case.model_dump_json())
        return plan

    def _write(self, plan: Plan, case: Incident, notifications: Sequence[Notification]) -> dict[str, str]:
        """The outcome: of an operation that was done already, what it wrote."""
        plan.effect("HSET", self._key(plan.campaign), case.number, case.model_dump_json())
        plan.notify(*notifications)
        return plan.commit(self.database, {"case": case.number}).outcome

    def _key(self, campaign: str) -> str:
        return self.keys.matters(campaign, "incident")
