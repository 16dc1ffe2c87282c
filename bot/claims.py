"""One server a folder and a port: who comes second is told so before anything of his has started.

granian's processes share their port (SO_REUSEPORT), so a second server on it would start without a word, and the
kernel would give it half of the messages. `serve` therefore claims the port under a name of the kernel's, which ends
with the process, and whoever is about to listen looks first whether somebody else does.
"""

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import PREFIX

LOCK = "serve.lock"


class Claimed(Exception):
    """Somebody else has it; the text is one line for the operator."""


@contextmanager
def claimed(data_dir: Path, host: str, port: int) -> Iterator[None]:
    """Have the folder and the port alone, for as long as the block runs. Raises `Claimed`."""
    with _folder(data_dir), _port(host, port, data_dir):
        look(host, port, data_dir)
        yield


def look(host: str, port: int, data_dir: Path) -> None:
    """See that nobody listens at an address that is to be listened at. Raises `Claimed`."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Claimed(_taken(host, port, data_dir)) from None
        reason = error.strerror or str(error)
        raise Claimed(f"{host}:{port} cannot be listened at: {reason}; set {PREFIX}HOST and {PREFIX}PORT") from error


@contextmanager
def _folder(data_dir: Path) -> Iterator[None]:
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data_dir / LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            who = lock.read().strip()
            raise Claimed(
                f"another `yidui serve` (process {who}) has {data_dir.resolve()}; stop it, "
                f"or set another {PREFIX}DATA_DIR and {PREFIX}PORT"
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


@contextmanager
def _port(host: str, port: int, data_dir: Path) -> Iterator[None]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as name:
        try:
            name.bind(f"\0yidui-serve-{host}:{port}")
        except OSError:
            raise Claimed(_taken(host, port, data_dir)) from None
        yield


def _taken(host: str, port: int, data_dir: Path) -> str:
    return (
        f"port {port} of {host} is taken, by another Yidui or another program (ss -ltnp 'sport = :{port}' names it), "
        f"so the server of {data_dir.resolve()} does not start; stop it, or set another {PREFIX}PORT"
    )
