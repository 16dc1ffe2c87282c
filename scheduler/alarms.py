"""Failures that need an operator: said once in the log, and kept for `yidui check` until it works again."""

import logging

from scheduler.channels import Park, SendError
from storage.alerts import Alerts

log = logging.getLogger(__name__)


class Alarms:
    """One thread may use it."""

    def __init__(self, alerts: Alerts) -> None:
        self._alerts = alerts
        self._standing: dict[str, int] | None = None

    def failed(self, channel: str, robot: str, job: str, error: SendError) -> None:
        """A closed channel stands still for everybody (a robot: this robot); a refusal concerns one job."""
        if not error.mend:
            return
        source = _names(channel, robot, job)[0 if isinstance(error, Park) else 1]
        if self._known().get(source) != error.code:
            log.error("%s stands still: %s %s; %s", source, error.code, error, error.mend)
        self._alerts.raise_alert(source, error.code, str(error), error.mend)
        self._known()[source] = error.code

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


def _names(channel: str, robot: str, job: str) -> tuple[str, str]:
    """The part as a whole, and its part in one job."""
    whole = f"{channel} {robot}".strip()
    return whole, f"{whole} ({job})"
