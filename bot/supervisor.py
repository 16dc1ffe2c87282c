"""`serve`: a parent that only watches. Redis, the worker and the web half run; what dies is started again.

The two halves die with the parent; Redis stays, and the next start adopts it. Stopping goes web → worker →
Redis, so that each may finish what it has begun.
"""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Literal, Protocol

from bot import status
from bot.lifelines import die_with_parent
from bot.settings import Settings
from storage.database import StorageError
from storage.embedded import EmbeddedRedis, ensure
from storage.engines import EmbeddedRedisError

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds before a dead child is started again; the pause doubles with each death."""
STEADY_SECONDS = 60.0
"""A child that has run this long has earned the first pause again."""
GRACE_SECONDS = 10.0
"""A child's time to stop by itself."""
LOOK_SECONDS = 0.2
RETELL_SECONDS = 60.0
"""How often it is looked whether the status still stands; what was damaged, or could not be written, is told anew."""

_log = logging.getLogger(__name__)


class Process(Protocol):
    """What the supervisor needs of a process; `subprocess.Popen` has it all."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...


@dataclass(slots=True)
class Child:
    """One supervised process: how to start it, and how it fares since its last start or death."""

    name: str
    spawn: Callable[[], Process]
    process: Process | None = None
    state: Literal["running", "waiting", "stopped"] = "stopped"
    restarts: int = 0
    pause: float = FIRST_PAUSE
    since: float = 0.0

    def start(self, now: float) -> None:
        self.process = self.spawn()
        self.state, self.since = "running", now

    def look(self, now: float) -> bool:
        """Notice a death, or start again when the pause is over. Whether anything changed."""
        if self.state == "running" and self.process is not None and self.process.poll() is not None:
            if now - self.since >= STEADY_SECONDS:
                self.pause = FIRST_PAUSE
            self._wait(now, f"ended with status {self.process.poll()}")
            return True
        if self.state == "waiting" and now - self.since >= self.pause:
            self.restarts += 1
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
            try:
                self.start(now)
            except (StorageError, OSError) as error:
                self._wait(now, f"did not start: {error}")
            return True
        return False

    def stop(self) -> None:
        """Ask it to stop, and insist after the grace."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                _log.warning("%s does not stop: killed", self.name)
                self.process.kill()
                self.process.wait()
        self.state = "stopped"

    def _wait(self, now: float, why: str) -> None:
        _log.error("%s %s; next start in %.0f s", self.name, why, self.pause)
        self.state, self.since = "waiting", now


@dataclass(slots=True)
class Supervisor:
    """Watches the children. They are started in the order given, and stopped in the opposite one."""

    children: Sequence[Child]
    status: Path
    clock: Callable[[], float] = monotonic
    sleep: Callable[[float], None] = sleep
    stopping: bool = False
    told_at: float = 0.0

    def run(self) -> None:
        """Start, watch until `stopping`, stop. What cannot be started the first time is raised."""
        try:
            for child in self.children:
                child.start(self.clock())
            self._tell()
            while not self.stopping:
                self.look()
                self.sleep(LOOK_SECONDS)
        finally:
            for child in reversed(self.children):
                child.stop()
            self.status.unlink(missing_ok=True)

    def look(self) -> None:
        changed = [child.look(self.clock()) for child in self.children]
        if any(changed) or (
            self.clock() - self.told_at >= RETELL_SECONDS and not status.says(self.status, self._story())
        ):
            self._tell()

    def ask_to_stop(self, *_signal: object) -> None:
        self.stopping = True

    def _tell(self) -> None:
        self.told_at = self.clock()
        try:
            status.tell(self.status, self._story())
        except OSError as error:
            _log.error("the status cannot be written: %s", error)

    def _story(self) -> str:
        return status.story(
            {
                "name": child.name,
                "state": child.state,
                "pid": child.process.pid if child.process else None,
                "restarts": child.restarts,
            }
            for child in self.children
        )


class RedisProcess:
    """The embedded Redis seen as a child. It is nobody's: it may have been adopted, and it outlives us."""

    def __init__(self, redis: EmbeddedRedis) -> None:
        self._redis = redis

    @property
    def pid(self) -> int:
        return self._redis.pid

    def poll(self) -> int | None:
        return None if self._redis.alive() else 1

    def terminate(self) -> None:
        with suppress(EmbeddedRedisError):
            self._redis.stop()

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        give_up = monotonic() + (GRACE_SECONDS if timeout is None else timeout)
        while self.poll() is None:
            if monotonic() > give_up:
                raise subprocess.TimeoutExpired("redis-server", GRACE_SECONDS)
            sleep(0.01)
        return 0


def serve(settings: Settings) -> None:
    """Run Redis (unless one is named), the worker and the web half until SIGTERM, SIGINT or SIGHUP.

    Raises `SettingsError` without what the webhook needs, `StorageError` if the embedded Redis cannot start.
    """
    settings.require_webhook()
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    halves = ("worker", "web")
    children = [Child(half, partial(spawn, [sys.executable, "-m", "bot", half])) for half in halves]
    if not settings.redis_url.get_secret_value():
        children.insert(0, Child("redis", lambda: RedisProcess(ensure(settings.data_dir))))
    supervisor = Supervisor(children, status.file_of(settings.data_dir))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, supervisor.ask_to_stop)
    supervisor.run()


def spawn(command: Sequence[str]) -> Process:
    """A child that dies with this process, in a group of its own, so that Ctrl-C reaches the parent alone."""
    return subprocess.Popen(
        command,
        process_group=0,
        preexec_fn=partial(die_with_parent, os.getpid(), signal.SIGTERM),
    )
