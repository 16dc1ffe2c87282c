"""Starting the embedded server: which files, which socket, and what is written down beside them."""

import logging
import os
import shutil
import stat
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ValidationError

from storage.engines import AOF, AOF_FOLDER, EmbeddedRedisError, Engine, Kind, Server, choose
from storage.mending import in_manifest, mend_end

LONGEST_SOCKET_PATH = 100
"""Bytes. Linux has room for 107 in the address of a Unix socket."""
LOG, PID_FILE = "redis.log", "redis.pid"

RECORD, _SOCKET = "redis.json", "redis.sock"
_SETTINGS = {
    "daemonize": "yes",
    "pidfile": PID_FILE,
    "logfile": LOG,
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "always",
    "aof-load-truncated": "no",
    "maxmemory-policy": "noeviction",
    "repl-diskless-sync-delay": "0",
    "save": "",
}
"""A torn end of the append-only file is ours to mend (`storage.mending`): the server would throw it away. Who asks for
a copy (`storage.copying`) is alone, so nobody waits for others.
"""

_BASE = f"{AOF}.1.base.rdb"

log = logging.getLogger(__name__)


class Record(BaseModel):
    """What is known of a folder's last server. `folder`: device and inode of the folder that it was written for.

    A record of Yidui 0.1.0 names no engine, which was Redis, and no folder.
    """

    engine: Kind = "redis"
    version: str
    socket: Path
    folder: tuple[int, int] | None = None

    @property
    def writer(self) -> Engine:
        return Engine(self.engine, self.version)


def launch(folder: Path, lock: int) -> None:
    """Start a server on the folder; it inherits the descriptor `lock`. Raises `EmbeddedRedisError`.

    It has read its settings when this returns, but it may not answer yet.
    """
    record = recorded(folder)
    server = choose(folder, record.writer if record else None)
    _carry_over(folder, server)
    socket = _socket_for(folder, record)
    engine, folder_id = server.engine, _identity(folder)
    _record(folder, Record(engine=engine.kind, version=engine.version, socket=socket, folder=folder_id))
    socket.unlink(missing_ok=True)
    arguments = [str(server.binary), "--dir", str(folder), "--unixsocket", str(socket)]
    for name, value in _SETTINGS.items():
        arguments += [f"--{name}", value]
    started = subprocess.run(
        arguments,
        cwd=folder,
        umask=0o077,
        pass_fds=(lock,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if started.returncode:
        raise EmbeddedRedisError(f"the Redis server does not start: {' '.join(started.stdout.split())}")


def furnish(folder: Path, snapshot: Path, writer: Engine, *, own: bool) -> None:
    """Make a new folder one that a server begins in with a snapshot of another's. Raises `EmbeddedRedisError`.

    `own`: the folder gets the snapshot's bytes for itself; else it borrows them, where the server never writes them.
    """
    server = choose(folder, writer)
    files = folder / AOF_FOLDER if server.engine.in_folder else folder
    files.mkdir(mode=0o700, exist_ok=True)
    base = files / (_BASE if server.engine.in_folder else AOF)
    if own or not server.engine.in_folder:
        shutil.copyfile(snapshot, base)
        base.chmod(0o600)
    else:
        base.symlink_to(snapshot.resolve())
    if server.engine.in_folder:
        (files / f"{AOF}.manifest").write_text(f"file {_BASE} seq 1 type b\n")
    _record(folder, Record(engine=server.engine.kind, version=server.engine.version, socket=folder / _SOCKET))


def _carry_over(folder: Path, server: Server) -> None:
    """The one file of Redis 6.2 becomes the first of a folder.

    The server moves it before it reads it, so we look first. Killed before or after, it goes on.
    """
    if not server.engine.in_folder or not (folder / AOF).exists():
        return
    named = in_manifest(folder)
    if named and AOF not in named:
        raise EmbeddedRedisError(
            f"{folder / AOF}, which Redis 6.2 wrote, lies beside what a later server wrote: move the one away that is "
            "not to count, and start again"
        )
    mend_end(folder, server)
    log.info("%s is carried over to the folder that %s writes", folder / AOF, server.engine)


def socket_of(folder: Path) -> Path:
    """Where the folder's server listens, if it runs. What a copy has recorded is the original's, and does not count."""
    near, record = folder / _SOCKET, recorded(folder)
    if record is None or record.folder not in (None, _identity(folder)) or (_fits(near) and near.exists()):
        return near
    return record.socket


def _socket_for(folder: Path, record: Record | None) -> Path:
    """In the data folder; if that path is too long, in a private temporary folder, the same each time."""
    near = folder / _SOCKET
    if _fits(near):
        return near
    if record and record.folder == _identity(folder) and _is_private(record.socket.parent):
        return record.socket
    far = Path(tempfile.mkdtemp(prefix="yidui-")) / _SOCKET
    if not _fits(far):
        raise EmbeddedRedisError(f"{near} and {far} are too long for a socket: set a shorter YIDUI_DATA_DIR or TMPDIR")
    return far


def _fits(socket: Path) -> bool:
    return len(os.fsencode(socket)) <= LONGEST_SOCKET_PATH


def _is_private(folder: Path) -> bool:
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def recorded(folder: Path) -> Record | None:
    """What was written down of the folder's last server; None if there never was one, or if it cannot be read."""
    try:
        return Record.model_validate_json((folder / RECORD).read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError:
        log.warning("%s is damaged, and goes by what lies beside it", folder / RECORD)
        return None


def _record(folder: Path, told: Record) -> None:
    draft = folder / f"{RECORD}.new"
    draft.write_text(told.model_dump_json())
    draft.replace(folder / RECORD)


def last_word(folder: Path) -> str:
    """What the server logged last."""
    with suppress(FileNotFoundError):
        lines = (folder / LOG).read_text(errors="replace").splitlines()
        return lines[-1] if lines else "nothing"
    return "nothing"
