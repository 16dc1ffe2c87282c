"""When: the push plans of the campaigns as APScheduler jobs, and what was missed while nobody watched.

APScheduler only rings. What is due is then read off the plan, so a ring, a restart and a jump of the rehearsal
clock all lead to the same step: every occurrence of the last six hours that has not gone out goes out once.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from scheduler import bulletins
from scheduler.jobs import JOBS
from storage import Store, occurrences
from storage.campaign_schema import Campaign
from storage.campaign_settings import Push
from storage.campaigns import Published
from storage.occurrences import INSTANT
from storage.snapshots import plan_name

CATCH_UP = timedelta(hours=6)
"""How old an occurrence may be that still goes out (and not past its own expiry)."""
JUMP = timedelta(seconds=1)
"""A change of the rehearsal offset from which the jobs are laid anew."""
SKEW = timedelta(minutes=10)
"""How far the clocks of two machines may be apart."""
EARLY = timedelta(seconds=1)
"""APScheduler rings on its own clock; an occurrence so near counts as due."""
MEND_CLOCK = "keep the clocks right: timedatectl set-ntp true; at their minute they go out again, as a correction"

log = logging.getLogger(__name__)


class PlanTrigger(BaseTrigger):  # type: ignore[misc]  # apscheduler has no annotations
    """Rings at the scheduled minutes of a push, `ahead` of real time, in which APScheduler lives."""

    def __init__(self, campaign: Campaign, push: Push, ahead: timedelta) -> None:
        self._campaign = campaign
        self._push = push
        self._ahead = ahead

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        after = (previous or now - INSTANT) + self._ahead
        moment = occurrences.next_after(self._campaign, self._push, after)
        return moment and moment - self._ahead


class PushClock:
    """Lays the jobs and plans what is due. `ring` is called, from another thread, when something falls due."""

    def __init__(self, store: Store, ring: Callable[[], None]) -> None:
        self._store = store
        self._ring = ring
        self._scheduler = BackgroundScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._versions: dict[str, tuple[int, bool]] = {}
        self._ahead = timedelta()

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def tick(self, now: datetime) -> int:
        """Lay the jobs anew if the plan or the time changed, and plan what is due; how many pushes were queued."""
        published = self._store.campaigns.published()
        versions = {cid: (p.version, p.closed) for cid, p in published.items()}
        ahead = now - datetime.now(UTC)
        if versions != self._versions or abs(ahead - self._ahead) > JUMP:
            self._lay(published, ahead)
            self._withdraw_ahead(published, now)
            self._versions, self._ahead = versions, ahead
        return self.catch_up(now)

    def catch_up(self, now: datetime) -> int:
        """Plan every occurrence that is due and not in the outbox; how many notifications were queued."""
        queued = 0
        for cid, published in self._store.campaigns.published().items():
            with self._store.faults.alone(cid, "planning its pushes"):
                queued += self._plan_due(published, now)
        return queued

    def _plan_due(self, published: Published, now: datetime) -> int:
        queued, cid, coming = 0, published.campaign.id, due(published, now)
        off = self._store.push_switches.off(cid) if coming else set()
        planned = self._store.snapshots.planned(cid, [plan_name(push.id, at) for push, at in coming])
        for push, scheduled_at in coming:
            if plan_name(push.id, scheduled_at) in planned:
                continue
            with self._store.faults.alone(cid, f"planning {push.id}"):
                if push.id in off:
                    self._store.snapshots.leave_out(published.campaign, push.id, scheduled_at)
                else:
                    at = max(now, scheduled_at)
                    queued += bulletins.plan(self._store, published.campaign, push, scheduled_at, at)
                    log.info("queued %s of %s for %s", push.id, cid, scheduled_at.isoformat())
        return queued

    def _lay(self, published: dict[str, Published], ahead: timedelta) -> None:
        self._scheduler.remove_all_jobs()
        for campaign_id, current in published.items():
            with self._store.faults.alone(campaign_id, "laying its pushes"):
                for push in _known(current):
                    name = f"{campaign_id}:{push.id}"
                    trigger = PlanTrigger(current.campaign, push, ahead)
                    self._scheduler.add_job(self._ring, trigger, id=name, name=name)

    def _withdraw_ahead(self, published: Mapping[str, Published], now: datetime) -> None:
        """What was planned for a time long to come, before this clock was set back, is planned again at its minute."""
        for cid, current in published.items():
            with self._store.faults.alone(cid, "looking for what was planned too early"):
                if early := self._store.snapshots.withdraw_ahead(current.campaign, now + SKEW):
                    told = f"sent before their time by a clock that ran ahead: {', '.join(early)}"
                    log.error("%s: %s", cid, told)
                    self._store.alerts.raise_alert(f"clock {cid}", 0, told, MEND_CLOCK)


def due(published: Published, now: datetime) -> list[tuple[Push, datetime]]:
    """The occurrences of a campaign that may still go out, oldest first; none from before its push was published.

    Of the same minute those come first that go before the others in a recipient's day.
    """
    campaign = published.campaign
    found = [
        (push, at)
        for push in _known(published)
        for at in occurrences.between(campaign, push, _begins(published.since[push.id], now), now + EARLY)
        if now < bulletins.lasts_until(campaign, push, at)
    ]
    return sorted(found, key=lambda item: (item[1], JOBS[item[0].job].unasked or 0))


def lapsed(published: Published, since: datetime, now: datetime) -> Iterator[tuple[Push, datetime]]:
    """The occurrences that might still have gone out at `since`, and may not any more."""
    campaign = published.campaign
    for push in _known(published):
        begins = max(since - CATCH_UP, published.since[push.id] - INSTANT)
        for at in occurrences.between(campaign, push, begins, now):
            if since < min(at + CATCH_UP, bulletins.lasts_until(campaign, push, at)) <= now:
                yield push, at


def _begins(since: datetime, now: datetime) -> datetime:
    """After which moment an occurrence counts. What was published at a time long to come was so before the clock was
    set back, and stands for as long as anything is caught up."""
    earliest = now - CATCH_UP
    return earliest if since > now + SKEW else max(earliest, since - INSTANT)


def _known(published: Published) -> list[Push]:
    """The pushes that the clock calls, without those whose job does not exist; of a closed campaign what follows it."""
    jobs = {name for name, job in JOBS.items() if not job.called and (job.after_close or not published.closed)}
    return [push for push in published.campaign.pushes if push.job in jobs]
