"""Escalation: a case that nobody took, or closed, in the campaign's time calls the office above; once for each office.

Above the last office the operators' robot is told the number. Any number of workers may look: one write wins.
"""

from datetime import datetime, timedelta

from handlers import case_notices, texts
from storage import Store
from storage.campaign_schema import Campaign
from storage.casework import next_above, offices
from storage.ledger import Author, Changed
from storage.matters import Incident
from storage.models.pushes import Notification

LOOK = timedelta(seconds=30)
"""How often the cases are looked at, in business time."""


class Escalation:
    """One thread may use it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._looked_at: datetime | None = None

    def tick(self, now: datetime) -> int:
        """Call who is to be called at a business time; for how many cases somebody was."""
        if self._looked_at is not None and timedelta() <= now - self._looked_at < LOOK:
            return 0
        self._looked_at = now
        called = 0
        for campaign in self._store.campaigns.all():
            overdue = list[Incident]()
            with self._store.faults.alone(campaign.id, "looking after its cases"):
                overdue += self._overdue(campaign, now)
            for case in overdue:
                with self._store.faults.alone(campaign.id, "looking after a case"):
                    called += self._call(campaign, case, now)
        return called

    def _overdue(self, campaign: Campaign, now: datetime) -> list[Incident]:
        """Those whose time is over, and above which somebody is still to be called."""
        cases = self._store.incidents.all(campaign.id)
        late = [case for case in cases if case.due is not None and case.due <= now]
        return [case for case in late if case.risen < len(offices(campaign, case))]

    def _call(self, campaign: Campaign, case: Incident, now: datetime) -> bool:
        """Call the next office in which there is somebody, else the operators; whether it was this worker who did."""
        risen, told = self._next(campaign, case, now)
        author = Author(f"escalation:{case.number}/{case.due}/{risen}", "clock", now)
        try:
            self._store.incidents.escalate(campaign, author, case, risen, told)
        except Changed:
            return False
        return True

    def _next(self, campaign: Campaign, case: Incident, now: datetime) -> tuple[int, list[Notification]]:
        people = case_notices.who_sees(self._store, campaign, case)
        said = texts.cases.overdue_notice(campaign, case)
        for risen, office in enumerate(next_above(campaign, case), start=case.risen + 1):
            if there := case_notices.of_office(people, office):
                step = f"overdue-{risen}:{now:%Y%m%dT%H%M}"
                return risen, case_notices.to_office(campaign, case, there, said, step, now)
        top = len(offices(campaign, case))
        return top, [case_notices.to_operators(campaign, case, f"overdue-{top}:{now:%Y%m%dT%H%M}", now)]
