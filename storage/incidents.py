"""Incidents: complaints and warnings, each with a case number. The ledger never holds what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Ledger, Plan
from storage.models import Fact, Notification

IncidentStatus = Literal["open"]


class Incident(Fact):
    """One case. `text` is what was said, erasable; `told` how many coordinators were notified."""

    number: str
    at: datetime
    by: str
    text: str
    told: int
    status: IncidentStatus = "open"

    @property
    def last_word(self) -> datetime:
        """When something was said about it last."""
        return self.at


@dataclass(frozen=True, slots=True)
class Incidents:
    """The incidents of every campaign."""

    database: Database
    keys: Keys

    def next_number(self, campaign: str) -> str:
        """A case number, taken before the write because the notifications name it; a gap is harmless."""
        return f"{self.database.incr(self.keys.next_incident(campaign)):04d}"

    def open(
        self, campaign: Campaign, author: Author, number: str, text: str, notifications: Sequence[Notification]
    ) -> Incident:
        """Enter a case and notify in one step. A repetition of the operation answers with the first case."""
        incident = Incident(number=number, at=author.at, by=author.person, text=text, told=len(notifications))
        values = {"case": number, "told": str(len(notifications))}
        plan = Plan(self.keys, campaign.id, author, "incident.opened", values=values)
        plan.effect("HSET", self.keys.incidents(campaign.id), number, incident.model_dump_json())
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
        stored = self.database.hget(self.keys.incidents(campaign), number)
        if stored is None:
            raise KeyError(number)
        return Incident.model_validate_json(stored)

    def all(self, campaign: str) -> list[Incident]:
        """Every case, oldest first."""
        stored = self.database.hvals(self.keys.incidents(campaign))
        return sorted((Incident.model_validate_json(doc) for doc in stored), key=lambda case: case.number)

    def with_words(self, campaign: str) -> list[Incident]:
        """The cases of which it is still kept what was said, oldest first."""
        return [case for case in self.all(campaign) if case.text]

    def erase(self, campaign: str, case: Incident) -> None:
        """Forget what was said; that there was a case, and when, stays."""
        erased = case.model_copy(update={"text": ""})
        self.database.hset(self.keys.incidents(campaign), case.number, erased.model_dump_json())
