"""The web half: granian runs the application in a few processes of a few threads each."""

import gc
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Timer
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from bot import counting
from bot.claims import look
from bot.lifelines import die_with_parent
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

THREADS = 8
"""Per process; they wait for Redis most of the time."""
BACKLOG = 512
"""Connections that may wait: a burst is queued here rather than refused."""
SETTLED_SECONDS = 60
"""By then a worker has loaded what it loads with its first messages and pages."""
STOP_SECONDS = 6
"""A worker's time to finish what it has begun; WeChat gives up on an answer after 5 s."""

_LOGS_TO_ROOT = {
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"handlers": [], "propagate": True}},
}


def run_web(settings: Settings, create_app: "Callable[[Settings], WSGIApplication]") -> None:
    """Serve until SIGTERM or SIGINT, then finish the requests at hand.

    The application is made once, and imported only here (see `counting`); each worker process is a fork that has it. A
    worker that dies is replaced; one that dies again at once ends this process with status 1. Raises `Claimed` where
    somebody listens at the address already. Garbage is looked for once it is made.
    """
    look(settings.host, settings.port, settings.data_dir)
    counting.begin(settings.data_dir, settings.port)
    with _unswept():
        application = create_app(settings)
    multiprocessing.set_start_method("fork", force=True)
    server = Granian(
        target="yidui",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=settings.workers,
        blocking_threads=THREADS,
        backlog=BACKLOG,
        log_access=False,
        log_level=LogLevels[settings.log_level.lower()],
        log_dictconfig=_LOGS_TO_ROOT,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    server.serve(target_loader=partial(_in_worker, application), wrap_loader=False)


@contextmanager
def _unswept() -> Iterator[None]:
    """What is made meanwhile stays, and no garbage is looked for in it, then or later: to look writes beside every
    object, and would give each worker a copy of its own."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def keep_for_good() -> None:
    """What is loaded by now stays; looking through it for garbage again and again would hold every answer up, for
    20 ms a time of what the first messages and pages load."""
    gc.collect()
    gc.freeze()


def _in_worker(application: "WSGIApplication") -> "WSGIApplication":
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        die_with_parent(parent.pid, signal.SIGKILL)
    once_used = Timer(SETTLED_SECONDS, keep_for_good)
    once_used.daemon = True
    once_used.start()
    return _reads_to_the_end(application)


def _reads_to_the_end(application: "WSGIApplication") -> "WSGIApplication":
    """Let a body without a Content-Length (chunked) be read: granian ends the input where the body ends."""

    def terminated(environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        environ["wsgi.input_terminated"] = True
        return application(environ, start_response)

    return terminated
