"""Lineage: the reports of a campaign by their ids, and those on which a total stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage.database import Database, look
from storage.keys import Keys
from storage.ledger import Changed
from storage.models.reports import Report

_predecessors = look("predecessors")


@dataclass(frozen=True, slots=True)
class Lineage:
    """Each answer is one round trip."""

    database: Database
    keys: Keys

    def many(self, campaign: str, ids: Sequence[str]) -> list[Report]:
        """The reports with these ids, in that order; unknown ones are left out."""
        stored = self.database.hmget(self.keys.reports(campaign), list(ids)) if ids else []
        return [Report.model_validate_json(doc) for doc in stored if doc]

    def down_from(self, campaign: str, newest: str, day: date) -> list[Report]:
        """The reports that the one called `newest` stands on and itself, down to and with the first before `day`."""
        kept = _predecessors(self.database, [self.keys.reports(campaign)], [newest, day.isoformat()])
        return [Report.model_validate_json(doc) for doc in kept]

    def tells_a_merger(self, campaign: str, report: Report) -> bool:
        """Whether a report is the total of a merger, or a correction of one."""
        while report.kind == "correction" and report.replaces:
            [report] = self.many(campaign, [report.replaces])
        return report.kind == "merge"

    def first_after(self, campaign: str, newest: str, base: str, day: date) -> Report:
        """The report of a later day than `day` that stands on the one called `base` ('': on none).

        Raises `Changed` where none does.
        """
        return first_after(self.down_from(campaign, newest, day), base, day)


def first_after(line: Sequence[Report], base: str, day: date) -> Report:
    """The same of a line that is known."""
    for report in line:
        if report.previous == base and report.day > day:
            return report
    raise Changed(base)
