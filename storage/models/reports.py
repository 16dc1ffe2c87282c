"""What was reported: money and counts of items, as frozen values. Money is integer fen, counts of gifts are 人次."""

from datetime import date, datetime
from typing import Literal

from storage.models.fact import Fact
from storage.models.teams import Channel

ReportKind = Literal["total", "day", "increment", "correction", "close", "merge"]
"""`close`: the midnight figure of a day that was over, put beneath what had been booked since; `merge`: the total with
which a team goes on after another was merged into it, said by nobody."""


class Report(Fact):
    """One accepted report; the totals are cumulative, after it. `previous` is the report that it stands on.

    `day`: the local day to which its figures belong, which may be the one before it was said.
    `as_of`: the moment she named for the figures, None where she named none. `replaces`: the report that a correction
    put right; both stand on the same one. `moved`: the report of another team or channel that this was.
    """

    id: str
    team: str
    channel: Channel
    kind: ReportKind
    amount_fen: int
    donations: int
    at: datetime
    day: date
    by: str
    previous: str = ""
    previous_amount_fen: int = 0
    previous_donations: int = 0
    as_of: datetime | None = None
    replaces: str = ""
    moved: str = ""
    status: Literal["accepted", "retracted", "corrected"] = "accepted"

    @property
    def place(self) -> str:
        """The (team, channel) of the report, as one name."""
        return f"{self.team}|{self.channel}"


class Withdrawal(Fact):
    """The report of a (team, channel) that was taken back last: which, by whom (person id), when.

    `left` is the report on which the total stood then: while it does, the one that was taken back may be put back.
    """

    report: str
    by: str
    at: datetime
    left: str


class Count(Fact):
    """A count of items: how many of a task (id) a region (id) has brought about, and the count that stood before it.

    `before` is None where none stood. `by` is the person's id.
    """

    task: str
    region: str
    count: int
    before: int | None
    by: str
    at: datetime

    @property
    def cell(self) -> str:
        """The task in the region, as one name."""
        return f"{self.task}|{self.region}"
