"""What the plan owed while no worker ran, and is too late for: told to organizers and operators, never passed over.

How long nobody watched is counted in real time, so a rehearsal's clock that is moved on misses nothing.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

from handlers import texts
from handlers.notices import OPERATORS, notification, to_robot
from scheduler import alarms, clock
from scheduler.copies import text_of
from storage import Store
from storage.campaign_schema import Campaign
from storage.campaign_settings import Push
from storage.campaigns import Published
from storage.models.pushes import Notification
from storage.snapshots import plan_name

LOOK_SECONDS = 60.0
AWAY = timedelta(minutes=3)
"""From when on nobody is taken to have watched: a worker notes every minute that it does."""
MEND = "no worker ran then; what is still worth saying: yidui push run ID PUSH"

log = logging.getLogger(__name__)


@dataclass(slots=True)
class MissedWatch:
    """A chore of the worker's, after what is due was planned. `robots`: the names of those there are."""

    store: Store
    robots: frozenset[str]
    _looked_at: float = -LOOK_SECONDS

    def look(self) -> None:
        if monotonic() - self._looked_at < LOOK_SECONDS:
            return
        self._looked_at = monotonic()
        away = self.store.watching.watched_until(datetime.now(UTC))
        if away < AWAY:
            return
        now = self.store.clock.now()
        for published in self.store.campaigns.published().values():
            with self.store.faults.alone(published.campaign.id, "looking for what was missed"):
                if found := list(self._missed(published, now - away, now)):
                    self._tell(published.campaign, found, now)

    def _missed(self, published: Published, since: datetime, now: datetime) -> Iterator[tuple[Push, datetime]]:
        """The occurrences whose time ran out within (since, now], that stand in no outbox and had something to say."""
        campaign, snapshots = published.campaign, self.store.snapshots
        lapsed = sorted(clock.lapsed(published, since, now), key=lambda item: item[1])
        planned = snapshots.planned(campaign.id, [plan_name(push.id, at) for push, at in lapsed])
        off = self.store.push_switches.off(campaign.id) if lapsed else set()
        for push, at in lapsed:
            owed = plan_name(push.id, at) not in planned and push.id not in off
            if owed and text_of(campaign, snapshots.draft(campaign, push.job, at, now)):
                yield push, at

    def _tell(self, campaign: Campaign, missed: list[tuple[Push, datetime]], now: datetime) -> None:
        said = texts.deliveries.missed(campaign, [(push.job, at) for push, at in missed])
        push, at = missed[-1]
        name = f"{campaign.id}:{alarms.JOB}:missed:{plan_name(push.id, at)}"
        told: list[Notification] = [
            notification(f"{name}:{person}", campaign, alarms.JOB, person, said, now)
            for person in self.store.people.organizers(campaign.id)
        ]
        if OPERATORS in self.robots:
            told.append(to_robot(f"{name}:{OPERATORS}", campaign, alarms.JOB, OPERATORS, said, now))
        self.store.outbox.enqueue(told)
        listed = ", ".join(f"{push.id} of {at:%Y-%m-%d %H:%M}" for push, at in missed)
        log.error("%s: not pushed, no worker ran: %s", campaign.id, listed)
        self.store.alerts.raise_alert(f"pushes {campaign.id}", 0, f"not pushed: {listed}", MEND)
