"""Long work steps back behind whoever waits for an answer."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

BEHIND, LAST = 15, 19
"""Steps of niceness. It still goes on, slowly, where answers take all there is: a lease is renewed meanwhile."""


@contextmanager
def stepped_back() -> Iterator[None]:
    """The thread that does it has the processor when hardly anybody else wants it.

    It has its priority again afterwards where the system allows that, else keeps the lower one.
    """
    thread = threading.get_native_id()
    before = os.getpriority(os.PRIO_PROCESS, thread)
    os.setpriority(os.PRIO_PROCESS, thread, min(before + BEHIND, LAST))
    try:
        yield
    finally:
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, thread, before)
