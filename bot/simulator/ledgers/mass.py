"""Mass sendings: jobs, the ids that keep one from being sent twice, and who may still receive one."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.simulator.errors import ApiError
from bot.simulator.ledgers.accounts import AccountKind
from bot.simulator.ledgers.quotas import china_day
from bot.simulator.shown import Shown

PER_PERSON_AND_MONTH = 4
TO_ALL_PER_MONTH = 4
SUBSCRIPTION_PER_DAY = 1
TRIES_APART = timedelta(minutes=1)
CLIENT_ID_KEPT = timedelta(hours=24)

MassStatus = Literal["SENDING", "SEND_SUCCESS", "SEND_FAIL"]


@dataclass(slots=True)
class MassJob:
    """`shown` is what a recipient sees; `openids` whom it is for, before the monthly limit is applied."""

    id: int
    client_id: str
    shown: Shown
    openids: tuple[str, ...]
    to_all: bool
    at: datetime
    tried: datetime
    status: MassStatus = "SENDING"


class MassJobs:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._jobs: dict[int, MassJob] = {}
        self._received: Counter[tuple[str, int, int]] = Counter()

    def accept(
        self, kind: AccountKind, job_id: int, client_id: str, shown: Shown, openids: Iterable[str], *, to_all: bool
    ) -> MassJob:
        """Raises 45066 (the same client id within a minute), 45065 (known, with its msg_id) or 45028 (no quota)."""
        now = self._now()
        self._refuse_repetition(client_id, now)
        today = china_day(now)
        if kind == "verified_subscription" and self._count(today, month=False) >= SUBSCRIPTION_PER_DAY:
            raise ApiError(45028)
        if kind == "verified_service" and to_all and self._count(today, month=True) >= TO_ALL_PER_MONTH:
            raise ApiError(45028)
        job = MassJob(job_id, client_id, shown, tuple(openids), to_all, at=now, tried=now)
        self._jobs[job.id] = job
        return job

    def find(self, job_id: object) -> MassJob:
        """Raises 40059 for an unknown msg_id."""
        job = self._jobs.get(int(job_id)) if isinstance(job_id, int | str) and str(job_id).isdecimal() else None
        if job is None:
            raise ApiError(40059)
        return job

    def receivers(self, kind: AccountKind, job: MassJob) -> list[str]:
        """Who gets it now: at a service account each person at most four a month. They are counted."""
        today = china_day(self._now())
        if kind != "verified_service":
            return list(job.openids)
        allowed = [o for o in job.openids if self._received[o, today.year, today.month] < PER_PERSON_AND_MONTH]
        self._received.update((openid, today.year, today.month) for openid in allowed)
        return allowed

    def _refuse_repetition(self, client_id: str, now: datetime) -> None:
        for job in self._jobs.values():
            if job.client_id == client_id and now - job.at < CLIENT_ID_KEPT:
                too_fast = now - job.tried < TRIES_APART
                job.tried = now
                raise ApiError(45066) if too_fast else ApiError(45065, msg_id=job.id)

    def _count(self, today: date, *, month: bool) -> int:
        """Sendings of today, or sendings to all of this month, that did not fail."""
        days = [(china_day(job.at), job) for job in self._jobs.values() if job.status != "SEND_FAIL"]
        if month:
            return sum(job.to_all and (day.year, day.month) == (today.year, today.month) for day, job in days)
        return sum(day == today for day, _ in days)
