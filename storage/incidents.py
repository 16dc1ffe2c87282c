"""Incidents: complaints and warnings, each with a case number. The ledger never holds what was said."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Ledger, Plan
from storage.matters import Incident, Matters
from storage.models import Notification


@dataclass(frozen=True, slots=True)
class Incidents:
    """The incidents of every campaign."""

    database: Database
    keys: Keys

    @property
    def matters(self) -> Matters[Incident]:
        return Matters(self.database, self.keys, Incident)

    def next_number(self, campaign: str) -> str:
        """A case number, taken before the write because the notifications name it; a gap is harmless."""
        return self.matters.next_number(campaign)

    def open(
        self,
        campaign: Campaign,
        author: Author,
        number: str,
        text: str,
        region: str,
        notifications: Sequence[Notification],
    ) -> Incident:
        """Enter a case and notify in one step. A repetition of the operation answers with the first case.

        `region`: the id of the place that it concerns, '' where that is not known.
        """
        told = len(notifications)
        incident = Incident(number=number, at=author.at, by=author.person, region=region, text=text, told=told)
        values = {"case": number, "region": region, "told": str(told)}
        plan = Plan(self.keys, campaign.id, author, "incident.opened", values=values)
        plan.effect("HSET", self.keys.matters(campaign.id, "incident"), number, incident.model_dump_json())
        for notification in notifications:
            plan.notify(notification)
        committed = plan.commit(self.database, {"case": number})
        return self.get(campaign.id, committed.outcome["case"])

    def opened(self, campaign: str, op_id: str) -> Incident | None:
        """The case that an operation opened, if it was done already."""
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

    def with_words(self, campaign: str) -> list[Incident]:
        """The cases of which it is still kept what was said, oldest first."""
        return [case for case in self.all(campaign) if case.text]

    def erase(self, campaign: str, case: Incident) -> None:
        """Forget what was said; that there was a case, and when, stays."""
        erased = case.model_copy(update={"text": ""})
        self.database.hset(self.keys.matters(campaign, "incident"), case.number, erased.model_dump_json())
