"""Failures that need somebody: said once in the log, and kept for `yidui check` until it works again.

Where a channel stands still the organizers find a notice in their mailboxes, and the operators' robot says it.
"""

import logging
from datetime import datetime, timedelta

from handlers import texts
from handlers.notices import OPERATORS
from scheduler.channels import Park, SendError
from storage.alerts import Alerts
from storage.campaign_schema import Campaign
from storage.models.pushes import Notification
from storage.people import People

JOB = "alarm"
LASTS = timedelta(days=1)
MEND_SILENCE = (
    "see what stands between this machine and the platform (a proxy that answers in its place?); what became of the "
    "pushes nobody can know: yidui outbox list --status unknown"
)

log = logging.getLogger(__name__)


class Alarms:
    """One thread may use it."""

    def __init__(self, alerts: Alerts) -> None:
        self._alerts = alerts
        self._standing: dict[str, int] | None = None

    def failed(self, channel: str, robot: str, job: str, error: SendError) -> bool:
        """A closed channel stands still for everybody (a robot: this robot); a refusal concerns one job.

        Whether that is new.
        """
        if not error.mend:
            return False
        source = _names(channel, robot, job)[0 if isinstance(error, Park) else 1]
        if new := self._known().get(source) != error.code:
            log.error("%s stands still: %s %s; %s", source, error.code, error, error.mend)
        self._alerts.raise_alert(source, error.code, str(error), error.mend)
        self._known()[source] = error.code
        return new

    def works(self, channel: str, robot: str, job: str) -> None:
        for source in _names(channel, robot, job):
            if self._known().pop(source, None) is not None:
                log.info("%s works again", source)
                self._alerts.settle(source)

    def _known(self) -> dict[str, int]:
        """What stands, from this process or one before it."""
        if self._standing is None:
            self._standing = {alert.source: alert.code for alert in self._alerts.standing()}
        return self._standing


def notices(people: People, campaign: Campaign, channel: str, code: int, now: datetime) -> list[Notification]:
    """For the mailbox of everybody who organizes the campaign."""
    return [_notice(campaign, channel, code, now, person=person) for person in people.organizers(campaign.id)]


def to_operators(campaign: Campaign, channel: str, code: int, now: datetime) -> Notification:
    return _notice(campaign, channel, code, now, robot=OPERATORS)


def _notice(
    campaign: Campaign, channel: str, code: int, now: datetime, person: str = "", robot: str = ""
) -> Notification:
    return Notification(
        id=f"{campaign.id}:{JOB}:{channel}:{now.isoformat(timespec='seconds')}:{person or robot}",
        campaign=campaign.id,
        job=JOB,
        person=person,
        robot=robot,
        text=texts.pushes.channel_stands_still(campaign, channel, code),
        created_at=now,
        due_at=now,
        expires_at=now + LASTS,
        read_until=now + LASTS,
    )


def _names(channel: str, robot: str, job: str) -> tuple[str, str]:
    """The part as a whole, and its part in one job."""
    whole = f"{channel} {robot}".strip()
    return whole, f"{whole} ({job})"
