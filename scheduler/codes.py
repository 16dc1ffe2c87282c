"""The QR codes that people asked for, made one after another by whoever runs the worker."""

import logging
from collections.abc import Callable
from time import monotonic

from scheduler.channels import SendError
from storage import Store

Maker = Callable[[str], str]
"""Makes a code whose scene is this token; what its picture says. Raises `SendError`."""

PAUSE_SECONDS = 60.0
"""Rest after a failure: nobody is in a hurry, and what will not pass is said in `check`."""

log = logging.getLogger(__name__)


class Codes:
    def __init__(self, store: Store, make: Maker) -> None:
        self._store = store
        self._make = make
        self._rests_until = 0.0

    def tick(self) -> int:
        """Make the code that has waited longest. How many were made: 1 or 0."""
        scenes, alerts = self._store.scenes, self._store.alerts
        if monotonic() < self._rests_until or not (token := scenes.wanted()):
            return 0
        try:
            says = self._make(token)
        except SendError as error:
            log.warning("no QR code yet: %s", error)
            alerts.raise_alert("scene_qr", error.code, str(error), error.mend or "it is tried again by itself")
            self._rests_until = monotonic() + PAUSE_SECONDS
            return 0
        scenes.made(token, says)
        alerts.settle("scene_qr")
        return 1
