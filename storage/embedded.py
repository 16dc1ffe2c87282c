"""The embedded Redis: one real redis-server per data folder, shared by every process of the installation.

Whoever starts it takes the lock on `redis.lock` and hands the descriptor down, so that the lock lives exactly
as long as the server: two servers on one folder would lose data silently. Everybody else finds the lock taken
and adopts the server that runs. The server is nobody's child, so it outlives whoever started it.
"""

import fcntl
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from storage.database import SOCKET_SECONDS
from storage.engines import EmbeddedRedisError, choose
from storage.launcher import LOG, PID_FILE, last_word, launch, recorded, socket_of
from storage.mending import mend_end

ANSWER_SECONDS = 10.0
"""How long a locked folder may go without a server that answers; the time of loading does not count."""
STOP_SECONDS = 10.0

_LOCK = "redis.lock"


@dataclass(frozen=True, slots=True)
class EmbeddedRedis:
    """The server of a data folder, answering. `adopted` is false for the process that started it."""

    data_dir: Path
    socket: Path
    pid: int
    adopted: bool

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.socket))}"

    def alive(self) -> bool:
        """Whether a server holds the folder."""
        return _locked(self.data_dir)

    def release(self) -> None:
        """Stop the server if this process started it and nobody else is connected (close yours first)."""
        if not self.adopted and self.alive() and not self._others():
            self.stop()

    def stop(self) -> None:
        """Shut the server down, if it still runs, and wait for its end. Raises `EmbeddedRedisError`."""
        with suppress(redis.RedisError), _probe(self.socket) as client:
            client.shutdown(nosave=True)
        give_up = monotonic() + STOP_SECONDS
        while self.alive():
            if monotonic() > give_up:
                raise EmbeddedRedisError(f"the Redis server (process {self.pid}) does not stop")
            sleep(0.01)

    def _others(self) -> int:
        with suppress(redis.RedisError), _probe(self.socket) as client:
            return len(client.client_list()) - 1
        return 0


def ensure(data_dir: Path) -> EmbeddedRedis:
    """The server of this folder, started or adopted, loaded and answering. Raises `EmbeddedRedisError`.

    Any number of processes may call it at once. It waits for the append-only file to load, however long.
    """
    folder = data_dir.resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise EmbeddedRedisError(f"{folder}: {error.strerror}; set another YIDUI_DATA_DIR") from error
    started = _start_unless_locked(folder)
    give_up = monotonic() + ANSWER_SECONDS
    while True:
        try:
            socket, pid = _answer(folder)
            return EmbeddedRedis(folder, socket, pid, adopted=not started)
        except redis.BusyLoadingError:
            give_up = monotonic() + ANSWER_SECONDS
        except (redis.ConnectionError, redis.TimeoutError):
            if monotonic() > give_up:
                raise EmbeddedRedisError(
                    f"{folder / _LOCK} is held, but no Redis answers: see {folder / LOG}, "
                    f"and end the process named in {folder / PID_FILE}"
                ) from None
        if not _locked(folder):
            if started and not _mended(folder):
                raise EmbeddedRedisError(
                    f"the Redis server ended at once; {folder / LOG} says: {last_word(folder)} "
                    "(where a file is damaged: put back a backup, see docs/deploy.md)"
                )
            started = _start_unless_locked(folder)
        sleep(0.02)


def running(data_dir: Path) -> EmbeddedRedis | None:
    """The server that has this folder, None where none does or there is no folder. Raises `EmbeddedRedisError`."""
    return ensure(data_dir) if (data_dir / _LOCK).exists() and _locked(data_dir.resolve()) else None


def _answer(folder: Path) -> tuple[Path, int]:
    """The socket and process id of the server, once it answers; while it does not, redis' own errors."""
    socket = socket_of(folder)
    with _probe(socket) as client:
        client.ping()
        if not _same(Path(client.config_get("dir")["dir"]), folder):
            raise redis.ConnectionError(f"{socket} is another folder's")
        return socket, int(client.info("server")["process_id"])


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except FileNotFoundError:
        return False


def _probe(socket: Path) -> redis.Redis:
    return redis.Redis(
        unix_socket_path=str(socket), socket_timeout=SOCKET_SECONDS, protocol=2, retry=Retry(NoBackoff(), 0)
    )


def _open_locked(folder: Path, kind: int) -> int | None:
    """A descriptor that holds the lock, or None if somebody else has it."""
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _locked(folder: Path) -> bool:
    """Whether a server has the folder. The lock tried is a shared one: two who ask do not see each other."""
    descriptor = _open_locked(folder, fcntl.LOCK_SH)
    if descriptor is None:
        return True
    os.close(descriptor)
    return False


def _start_unless_locked(folder: Path) -> bool:
    descriptor = _open_locked(folder, fcntl.LOCK_EX)
    if descriptor is None:
        return False
    try:
        launch(folder, descriptor)
    finally:
        os.close(descriptor)
    return True


def _mended(folder: Path) -> bool:
    """Whether it is worth another start: a torn end was cut off, or somebody else has started it meanwhile."""
    descriptor = _open_locked(folder, fcntl.LOCK_EX)
    if descriptor is None:
        return True
    try:
        record = recorded(folder)
        return mend_end(folder, choose(folder, record.writer if record else None))
    finally:
        os.close(descriptor)
