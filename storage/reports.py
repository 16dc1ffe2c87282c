"""Reports: a cumulative total per (team, channel), accepted once, corrected and retracted, never erased.

A report is said as a total, as a day's running total (the total at local midnight plus the value), or as an
increment; it is turned into a cumulative total when it is accepted (design §2, "A report").
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from storage import changes, heard
from storage.authority import require_authority
from storage.booking import Booked, book, outcome_of
from storage.campaign_schema import Campaign
from storage.changes import Change, ImpossibleClose
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Changed, Ledger, Plan
from storage.lineage import Lineage
from storage.models.people import Membership
from storage.models.reports import Report, Withdrawal
from storage.models.teams import Channel, Team
from storage.reckoning import Reading, day_of, hear
from storage.team_documents import rewrite

__all__ = ["Booked", "ImpossibleClose", "NoReport", "Reports"]


class NoReport(Exception):
    """There is no live report to correct or retract."""


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports of every campaign. A write may raise `NotAllowed`, or `Changed` where the team moved meanwhile."""

    database: Database
    keys: Keys

    def add(
        self,
        campaign: Campaign,
        author: Author,
        team: Team,
        membership: Membership,
        reading: Reading,
    ) -> Booked:
        """Accept a report on the team as it was read.

        A total as of the end of yesterday (`reading.day`) becomes the midnight figure as well: today's growth stays 0.
        `Changed` where that day is not yesterday any more, or something has been booked since (see `close_day`).
        """

        def change() -> Change:
            return changes.reported(campaign, author, team, reading)

        return self._book(campaign, author, membership, change)

    def close_day(
        self,
        campaign: Campaign,
        author: Author,
        team: Team,
        membership: Membership,
        channel: Channel,
        day: date,
        amount_fen: int | None,
        donations: int | None,
    ) -> Booked:
        """The figure with which `day`, yesterday, ended, put beneath what has been booked since: the total stays.

        What it leaves out (None) stays as it was. Raises `ImpossibleClose` above the present total or below what stood
        when that day began; `Changed` where `day` is not yesterday any more, or nothing was booked since (see `add`).
        """

        def change() -> Change:
            return changes.closed(self._lineage, campaign, author, team, channel, day, amount_fen, donations)

        return self._book(campaign, author, membership, change)

    def correct(
        self,
        campaign: Campaign,
        author: Author,
        team: Team,
        membership: Membership,
        newest: Report,
        amount_fen: int | None,
        donations: int | None,
    ) -> Booked:
        """Replace the report on which the total of a (team, channel) stands by the right total."""

        def change() -> Change:
            return changes.corrected(self._lineage, campaign, author, team, newest, amount_fen, donations)

        return self._book(campaign, author, membership, change)

    def retract(self, campaign: Campaign, author: Author, team: Team, membership: Membership, newest: Report) -> Booked:
        """Take back the newest live report of a (team, channel): the view returns to its predecessor.

        That of a correction is the report it put right, which counts again. A midnight figure that was put beneath what
        had been booked is taken away from there: the total stays.
        """

        def change() -> Change:
            return changes.taken_back(self._lineage, campaign, author, team, newest)

        return self._book(campaign, author, membership, change)

    def taking_back(self, campaign: Campaign, author: Author, team: Team, newest: Report) -> Change:
        """What `retract` would make of the team. Raises `Changed`."""
        return changes.taken_back(self._lineage, campaign, author, team, newest)

    def restore(self, campaign: Campaign, author: Author, team: Team, membership: Membership, report_id: str) -> Booked:
        """Put back what was retracted last of a (team, channel), for the day to which its figures belong.

        `Changed` where another was retracted after it, or something has been booked there since.
        """
        [gone] = self.many(campaign.id, [report_id])
        kept = self.database.hget(self.keys.withdrawn(campaign.id), gone.place)
        last = Withdrawal.model_validate_json(kept) if kept else None

        def change() -> Change:
            return changes.put_back(self._lineage, campaign, author, team, gone, last)

        return self._book(campaign, author, membership, change)

    def nothing_new(self, campaign: Campaign, author: Author, team: Team, membership: Membership) -> Team:
        """`今天没有新增`: no figure, and the team was heard of today. Returns it as it is then."""
        day = day_of(campaign, author, team)
        plan = Plan(self.keys, campaign.id, author, "team.heard", team.code, {"day": day.isoformat()})
        require_authority(plan, campaign, team, membership, author.person)
        after = rewrite(plan, team, hear(team, day))
        heard.listen(plan, campaign, team, after)
        return team if plan.commit(self.database, {}).repeated else after

    def booked(self, campaign: Campaign, op_id: str) -> Booked | None:
        """What an operation booked if it was done already: a message that comes again is not doubted again."""
        committed = Ledger(self.database, self.keys).outcome(campaign.id, op_id)
        return outcome_of(committed) if committed else None

    def newest(self, campaign: str, team: Team) -> Report:
        """The newest report of a team on which a total stands, of whichever channel. Raises `NoReport`."""
        ids = [total.report for total in (team.online, team.offline) if total.report]
        if not ids:
            raise NoReport
        return max(self.many(campaign, ids), key=lambda report: report.at)

    def newest_by(self, campaign: str, teams: Sequence[Team], person: str) -> list[Report]:
        """What a person said herself and may take back, newest first, in one round trip.

        Of each (team, channel) it is the report on which the total stands, or the midnight figure that came after it.
        """
        pairs = [_may_be_newest(team, channel) for team in teams for channel in get_args(Channel)]
        found = {report.id: report for report in self.many(campaign, [each for pair in pairs for each in pair if each])}
        newest = []
        for top, midnight in pairs:
            report, beneath = found.get(top), found.get(midnight)
            if report and beneath and beneath.kind == "close" and beneath.at > report.at:
                report = beneath
            if report and report.by == person and report.kind != "merge":
                newest.append(report)
        return sorted(newest, key=lambda report: report.at, reverse=True)

    def last_withdrawn(self, campaign: str, person: str, teams: Sequence[Team]) -> Report | None:
        """What a person took back last of these teams, also where something was booked since; two round trips."""
        places = [f"{team.code}|{channel}" for team in teams for channel in get_args(Channel)]
        kept = self.database.hmget(self.keys.withdrawn(campaign), places) if places else []
        withdrawals = [Withdrawal.model_validate_json(doc) for doc in kept if doc]
        hers = [withdrawal for withdrawal in withdrawals if withdrawal.by == person]
        if not hers:
            return None
        return self.many(campaign, [max(hers, key=lambda withdrawal: withdrawal.at).report])[0]

    def tells_a_merger(self, campaign: str, report: Report) -> bool:
        """Whether a report is the total of a merger, or a correction of one: it belongs where it is."""
        return self._lineage.tells_a_merger(campaign, report)

    def many(self, campaign: str, ids: list[str]) -> list[Report]:
        return self._lineage.many(campaign, ids)

    @property
    def _lineage(self) -> Lineage:
        return Lineage(self.database, self.keys)

    def _book(self, campaign: Campaign, author: Author, membership: Membership, change: Callable[[], Change]) -> Booked:
        """Write a change, or tell what this operation did before, be the change possible or not any more."""
        try:
            made = change()
        except (Changed, ImpossibleClose):
            if done := self.booked(campaign, author.op_id):
                return done
            raise
        return book(self.database, self.keys, campaign, author, membership, made)


def _may_be_newest(team: Team, channel: Channel) -> tuple[str, str]:
    """The ids of the report on which a total stands, and of that on which the day's midnight figure does."""
    midnight = team.opening_online if channel == "online" else team.opening_offline
    return team.total(channel).report, midnight.report
