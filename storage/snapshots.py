"""Snapshots: the figures that every copy of one scheduled push is written from.

An occurrence is the scheduled local minute. The first to come stores the snapshot; whoever comes later, after
a crash or beside it, gets the same figures, the same cut-off and the same issue number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pydantic import Field

from storage.campaign_schema import Campaign
from storage.chain import Chain
from storage.database import Database, script
from storage.figures import CampaignFigures, Figures
from storage.incidents import Incidents
from storage.keys import Keys, pattern
from storage.matters import Incident
from storage.models.fact import Fact
from storage.tasks import Tasks
from storage.teams import Teams

SCANNED = 10_000
"""How many keys a step of a search looks at."""

_snapshot = script("snapshot")


class Leader(Fact):
    """One of the leading units as a bulletin names it; equal totals share a rank. `donations`: its 人次, by which it
    may be too small to be named. `before`: its rank in the issue before, None where it stood too far behind or
    nowhere.
    """

    rank: int
    unit: str
    amount_fen: int
    donations: int = 0
    before: int | None = None
    region: str = ""


class Digest(Fact):
    """Everything a bulletin prints, at one moment (`cut_off`, business time). `tasks`: `task|region` → items.

    `since`: the number of the issue before, whose ranks are compared; None where there is none.
    """

    cut_off: datetime
    figures: Figures
    leaders: tuple[Leader, ...]
    tasks: dict[str, int] = Field(default_factory=dict)
    since: int | None = None


class Corrected(Fact):
    """What a correction is put beside: the figures that the one before it had, in fen and 人次; `tasks` where items are
    counted."""

    cut_off: datetime
    amount_fen: int
    today_fen: int
    donations: int
    teams: int
    reached: int
    tasks: dict[str, int] = Field(default_factory=dict)


class Snapshot(Fact):
    """The figures of one occurrence. `issue` is the bulletin's number, None for a push that has none.

    `sealed`: the newest entry of the ledger that was sealed then, and `fingerprint` the first digits of its seal.
    `cases`: every case there was, without words or persons. `corrects`: the figures that a correction corrects.
    """

    campaign: str
    job: str
    scheduled_at: datetime
    rev: int
    digest: Digest
    issue: int | None = None
    sealed: str = ""
    fingerprint: str = ""
    cases: tuple[Incident, ...] = ()
    corrects: Corrected | None = None

    @property
    def name(self) -> str:
        """The name of what is kept: job, occurrence and revision."""
        return f"{self.job}:{self.occurrence}:{self.rev}"

    @property
    def occurrence(self) -> str:
        """The scheduled local minute, such as `2024-05-07T21:00`."""
        return occurrence_name(self.scheduled_at)

    @property
    def ended(self) -> date | None:
        """The day that ends with an occurrence at midnight, and whose it is; None for one in the middle of a day."""
        return _ended(self.scheduled_at)


def occurrence_name(scheduled_at: datetime) -> str:
    """The name of an occurrence; `scheduled_at` is on the campaign's wall clock."""
    return scheduled_at.strftime("%Y-%m-%dT%H:%M")


def _ended(scheduled: datetime) -> date | None:
    return scheduled.date() - timedelta(days=1) if scheduled.time() == time(0) else None


def plan_name(push: str, scheduled_at: datetime, rev: int = 1) -> str:
    """What one push of a campaign's plan makes of an occurrence; two pushes may share its snapshot."""
    return f"{push}:{occurrence_name(scheduled_at)}:{rev}"


def _parts(plan: str) -> tuple[str, str, int]:
    """The push, the occurrence and the revision that the name of a plan is made of."""
    push, day_and_hour, minute, rev = plan.rsplit(":", 3)
    return push, f"{day_and_hour}:{minute}", int(rev)


def _moment(campaign: Campaign, occurrence: str) -> datetime:
    return datetime.fromisoformat(occurrence).replace(tzinfo=campaign.zone)


def _corrected(digest: Digest) -> Corrected:
    figures = digest.figures
    return Corrected(
        cut_off=digest.cut_off,
        amount_fen=figures.amount_fen,
        today_fen=figures.today_fen,
        donations=figures.donations,
        teams=figures.teams,
        reached=figures.reached,
        tasks=digest.tasks,
    )


@dataclass(frozen=True, slots=True)
class Snapshots:
    database: Database
    keys: Keys

    def digest(
        self, campaign: Campaign, now: datetime, ended: date | None = None, before: Snapshot | None = None
    ) -> Digest:
        """The figures of this moment, with the names of the leading units; the growth is of `ended`, else of today.

        `before`: the issue with whose ranks theirs are compared.
        """
        shown = min(campaign.ranking.top or campaign.bulletin.leaders, campaign.bulletin.leaders)
        ranks = before.digest.figures.places if before else {}
        figures = CampaignFigures(self.database, self.keys).on(campaign, ended or campaign.local(now).date(), shown)
        numbers = [standing.number for standing in figures.top]
        teams = {team.number: team for team in Teams(self.database, self.keys).by_numbers(campaign.id, numbers)}
        leaders = tuple(
            Leader(
                rank=s.rank,
                unit=teams[s.number].unit,
                amount_fen=s.value,
                donations=teams[s.number].donations,
                before=ranks.get(s.number),
                region=teams[s.number].region,
            )
            for s in figures.top
            if s.value and s.number in teams
        )
        counts = Tasks(self.database, self.keys).counts(campaign.id) if campaign.progress == "items" else {}
        return Digest(
            cut_off=now,
            figures=figures,
            leaders=leaders,
            tasks=counts,
            since=before.issue if before and ranks else None,
        )

    def of_now(self, campaign: Campaign, now: datetime) -> Digest:
        """The figures of this moment beside the newest issue's."""
        return self.digest(campaign, now, before=self.newest(campaign.id))

    def draft(self, campaign: Campaign, job: str, scheduled_at: datetime, now: datetime, rev: int = 1) -> Snapshot:
        """What a snapshot would hold now. A correction (`rev` > 1) bears the number of what it corrects."""
        scheduled = campaign.local(scheduled_at)
        corrected = self.get(campaign.id, job, occurrence_name(scheduled), rev - 1) if rev > 1 else None
        before = self._issue_before(campaign.id, corrected.issue if corrected else None)
        link = Chain(self.database, self.keys).newest(campaign.id)
        return Snapshot(
            campaign=campaign.id,
            job=job,
            scheduled_at=scheduled,
            rev=rev,
            digest=self.digest(campaign, now, _ended(scheduled), before),
            issue=corrected.issue if corrected else None,
            sealed=link.entry,
            fingerprint=link.fingerprint,
            cases=tuple(Incidents(self.database, self.keys).outlines(campaign.id)),
            corrects=_corrected(corrected.digest) if corrected and corrected.issue else None,
        )

    def take(self, draft: Snapshot, numbered: bool) -> Snapshot:
        """Store a draft unless its occurrence has a snapshot; the one that stands. `numbered`: new issue."""
        keys = [
            self._key(draft.campaign, draft.job, draft.occurrence, draft.rev),
            self.keys.issue(draft.campaign),
            self.keys.issues(draft.campaign),
        ]
        new_issue = numbered and draft.issue is None
        doc = draft.model_dump_json(exclude={"issue"} if new_issue else set())
        args = [doc, "1" if new_issue else "", draft.issue or "", draft.name]
        return Snapshot.model_validate_json(_snapshot(self.database, keys, args))

    def get(self, campaign: str, job: str, occurrence: str, rev: int) -> Snapshot | None:
        return self.named(campaign, f"{job}:{occurrence}:{rev}")

    def newest(self, campaign: str) -> Snapshot | None:
        """The bulletin that was numbered last, as it was corrected last; None before the first."""
        return self._issue(campaign, self.next_issue(campaign) - 1)

    def named(self, campaign: str, name: str) -> Snapshot | None:
        """The snapshot of a name (`Snapshot.name`)."""
        stored = self.database.get(self.keys.snapshot(campaign, name))
        return Snapshot.model_validate_json(stored) if stored else None

    def _issue_before(self, campaign: str, issue: int | None) -> Snapshot | None:
        return self._issue(campaign, issue - 1) if issue else self.newest(campaign)

    def _issue(self, campaign: str, issue: int) -> Snapshot | None:
        name = self.database.hget(self.keys.issues(campaign), str(issue)) if issue else None
        return self.named(campaign, name) if name else None

    def printed(self, campaign: str) -> dict[str, str]:
        """The fingerprints that bulletins printed, by the entry of the ledger that each was of. Looks at every key."""
        keys = list(self.database.scan_iter(pattern(self.keys.snapshot(campaign, "")), count=SCANNED))
        taken = [Snapshot.model_validate_json(doc) for doc in self.database.mget(keys) if doc] if keys else []
        return {shot.sealed: shot.fingerprint for shot in taken if shot.issue is not None and shot.sealed}

    def next_issue(self, campaign: str) -> int:
        """The number that the next bulletin will bear."""
        return int(self.database.get(self.keys.issue(campaign)) or 0) + 1

    def mark_planned(self, snapshot: Snapshot, push: str, notifications: int) -> None:
        """Every notification that a push makes of a snapshot stands in the outbox; no earlier one is to come."""
        planned = self.keys.planned(snapshot.campaign)
        with self.database.pipeline(transaction=True) as pipe:
            for rev in range(1, snapshot.rev):
                pipe.hsetnx(planned, plan_name(push, snapshot.scheduled_at, rev), 0)
            pipe.hset(planned, plan_name(push, snapshot.scheduled_at, snapshot.rev), notifications)
            pipe.execute()

    def leave_out(self, campaign: Campaign, push: str, scheduled_at: datetime) -> None:
        """A push that is switched off makes nothing of an occurrence, and does not make up for it later."""
        self.database.hsetnx(self.keys.planned(campaign.id), plan_name(push, campaign.local(scheduled_at)), 0)

    def withdraw_ahead(self, campaign: Campaign, until: datetime) -> list[str]:
        """Count what stands planned for a moment after `until` as not planned: a clock that ran ahead did that.

        At its minute it is planned with the figures of then, as a correction of what was told too early.
        """
        planned = [_parts(name) for name in self.database.hkeys(self.keys.planned(campaign.id))]
        early = sorted(plan for plan in planned if _moment(campaign, plan[1]) > until)
        if early:
            with self.database.pipeline(transaction=True) as pipe:
                for push, occurrence, rev in early:
                    pipe.hdel(self.keys.planned(campaign.id), f"{push}:{occurrence}:{rev}")
                    pipe.hset(self.keys.ahead(campaign.id), f"{push}:{occurrence}", rev + 1)
                pipe.execute()
        return [f"{push} of {occurrence}" for push, occurrence, _ in early]

    def rev_to_plan(self, campaign: str, push: str, occurrence: str) -> int:
        """1, or a later one where an earlier went out before its minute."""
        return int(self.database.hget(self.keys.ahead(campaign), f"{push}:{occurrence}") or 1)

    def planned(self, campaign: str, names: Iterable[str]) -> set[str]:
        """Which of these plans have gone into the outbox, whole."""
        asked = sorted(names)
        if not asked:
            return set()
        found = self.database.hmget(self.keys.planned(campaign), asked)
        return {name for name, number in zip(asked, found, strict=True) if number is not None}

    def _key(self, campaign: str, job: str, occurrence: str, rev: int) -> str:
        return self.keys.snapshot(campaign, f"{job}:{occurrence}:{rev}")
