"""Brings the platform's own events to the webhook as they fall due, while the simulator runs."""

import threading

from bot.simulator.push import MessageServer

LOOKS_EVERY = 0.05  # seconds


class Courier:
    """A thread from `start()` to `stop()`."""

    def __init__(self, server: MessageServer) -> None:
        self._server = server
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends after what is being delivered."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(LOOKS_EVERY):
            self._server.deliver_due()
