"""How a process learns that it shall stop: Ctrl-C, a service manager's SIGTERM, a terminal that goes away."""

import signal
from threading import Event

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def stop_signal() -> Event:
    """An event that is set when this process is asked to stop; from then on the signals do nothing else."""
    stop = Event()
    for number in SIGNALS:
        signal.signal(number, lambda *_: stop.set())
    return stop
