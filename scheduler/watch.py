"""The database and the outboxes watched while they run: what fills up, was changed or stands is said in time."""

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic

from handlers import texts
from handlers.notices import OPERATORS, to_robot
from storage import Store
from storage.campaign_schema import Campaign
from storage.database import Durability
from storage.durability import check_durability, check_memory, check_presence, check_replicas

LOOK_SECONDS = 60.0

OVERDUE = timedelta(minutes=5)
"""How long a push may be due before somebody is told."""
STANDS_SECONDS = 60.0
"""How long that has to be seen, in real time: a rehearsal's clock jumps."""
MEND = "does a worker run, and does WeChat answer it? yidui outbox list; docs/operations.md, 推送积压"
JOB = "alarm"

log = logging.getLogger(__name__)


@dataclass(slots=True)
class DatabaseWatch:
    """A chore of the worker's: what it finds is one line a minute in the log. `/readyz` and `check` tell it too."""

    store: Store
    durability: Durability
    _looked_at: float = -LOOK_SECONDS

    def look(self) -> None:
        if monotonic() - self._looked_at < LOOK_SECONDS:
            return
        self._looked_at = monotonic()
        database = self.store.database
        findings = [
            *check_presence(database, self.store.keys),
            *check_durability(database, self.durability, embedded=False),
            *check_memory(database),
            *check_replicas(database, self.store.keys),
        ]
        if findings:
            log.error("the database: %s", "; ".join(findings))


@dataclass(slots=True)
class OutboxWatch:
    """A chore of the worker's: a push that is due for five minutes is an alert, and one line an hour to the operators'
    robot, where `robots` (by name) has it. It goes before whatever waits.
    """

    store: Store
    robots: frozenset[str]
    _looked_at: float = -LOOK_SECONDS
    _seen_since: dict[str, float] = field(default_factory=dict)

    def look(self) -> None:
        if monotonic() - self._looked_at < LOOK_SECONDS / 2:
            return
        self._looked_at = monotonic()
        for campaign in self.store.campaigns.all():
            self._look_at(campaign)

    def _look_at(self, campaign: Campaign) -> None:
        now, queue = self.store.clock.now(), self.store.watching.queue(campaign.id)
        source = f"outbox {campaign.id}"
        if queue.overdue(now) <= OVERDUE:
            if self._seen_since.pop(campaign.id, None) is not None:
                self.store.alerts.settle(source)
            return
        since = self._seen_since.setdefault(campaign.id, monotonic())
        if monotonic() - since < STANDS_SECONDS or queue.oldest is None:
            return
        minutes = int(queue.overdue(now).total_seconds() // 60)
        self.store.alerts.raise_alert(source, 0, f"{queue.waiting} wait, the oldest due for {minutes} minutes", MEND)
        if OPERATORS in self.robots:
            name = f"{campaign.id}:{JOB}:overdue:{now:%Y%m%dT%H}:{OPERATORS}"
            said = texts.pushes.overdue(campaign, queue.waiting, minutes)
            notice = to_robot(name, campaign, JOB, OPERATORS, said, now)
            self.store.outbox.enqueue([notice.model_copy(update={"due_at": queue.oldest})])
