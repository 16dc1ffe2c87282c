"""Backups: copies of the whole database in a folder, each of which says what it is and was opened once to prove it.

A copy is a folder: the snapshot, the list of those who left, and a manifest with the digest of both. It is whole as
soon as it has its name; until then it is a draft, which the next backup clears away. Nothing writes into it again.
"""

import fcntl
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from storage import departures
from storage.audit import watched
from storage.copying import copy_database
from storage.database import Mode, StorageError, connect
from storage.embedded import EmbeddedRedis, ensure, running
from storage.engines import Engine, Kind, engine_of
from storage.launcher import furnish
from storage.models.fact import Fact
from storage.on_disk import sync
from storage.progress import Watch, unwatched
from storage.store import Store, open_store

MANIFEST, DATABASE = "manifest.json", "database.rdb"
LOCK = "backup.lock"
EXAMINING_SECONDS = 60.0
"""Longest wait for one answer of an opened copy: of a million teams some lists are long."""
_DRAFT = "unfinished-"
_NAME = re.compile(r"\d{8}T\d{6}\.\d{6}Z")


class CopyError(StorageError):
    """A backup cannot be made or used; the text says why."""


class File(Fact):
    """A file of a copy as it was written: its length in bytes and its SHA-256."""

    length: int
    sha256: str


class Copied(Fact):
    """A campaign in a copy: the newest entry of its ledger, the newest sealed one with its seal, and how much there is.

    `differences`: how many the audit found when the copy was made.
    """

    campaign: str
    ledger: str
    sealed: str
    seal: str
    teams: int
    reports: int
    differences: int


class Manifest(Fact):
    """What a copy is. `taken_at` is real time: whatever was acknowledged before is in it."""

    form: Literal[1] = 1
    taken_at: datetime
    mode: Mode
    appid: str
    prefix: str
    schema_version: int
    engine: Kind
    engine_version: str
    campaigns: tuple[Copied, ...]
    files: dict[str, File]

    @property
    def writer(self) -> Engine:
        return Engine(self.engine, self.engine_version)


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made, and what its audit found: one line each, none as it should be."""

    folder: Path
    manifest: Manifest
    differences: tuple[str, ...]


def back_up(store: Store, mode: Mode, data_dir: Path, folder: Path, watch: Watch = unwatched) -> Backup:
    """Copy the database beside whoever uses it, open the copy, and rebuild from it. Raises `StorageError`.

    `data_dir`: where the list of those who left is kept. A copy that differs from its ledger is kept all the same: it
    is what there was.
    """
    if len(store.database.primaries()) > 1:
        raise CopyError(
            "a cluster is copied server by server, by its operators (docs/scale.md); yidui export takes a campaign out"
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(folder):
        _clear_drafts(folder)
        draft = folder / f"{_DRAFT}{secrets.token_hex(4)}"
        draft.mkdir(mode=0o700)
        try:
            manifest, differences = _draw_up(store, mode, data_dir, draft, watch)
            copy = folder / f"{manifest.taken_at:%Y%m%dT%H%M%S.%f}Z"
            draft.rename(copy)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        sync(folder)
    return Backup(copy, manifest, differences)


def thin(folder: Path, keep: int) -> int:
    """Delete all copies of a folder but the newest so many; how many went. Whatever is no copy stays."""
    with _alone(folder):
        old = copies(folder)[:-keep]
        for copy in old:
            shutil.rmtree(copy.rename(folder / f"{_DRAFT}{copy.name}"))
    return len(old)


def copies(folder: Path) -> list[Path]:
    """Every copy in a folder of backups, oldest first."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if _NAME.fullmatch(path.name) and is_copy(path))


def is_copy(folder: Path) -> bool:
    return (folder / MANIFEST).is_file()


def read_manifest(copy: Path) -> Manifest:
    """What a copy says of itself, every file of it being as it was written. Raises `CopyError`."""
    try:
        manifest = Manifest.model_validate_json((copy / MANIFEST).read_bytes())
    except FileNotFoundError:
        raise CopyError(f"{copy} is no backup: it has no {MANIFEST}") from None
    except ValidationError:
        raise CopyError(f"{copy / MANIFEST} is damaged, or of a newer Yidui") from None
    for name, written in manifest.files.items():
        path = copy / name
        if not path.is_file() or _described(path) != written:
            raise CopyError(f"{path} is not as it was written: this copy is damaged, use another")
    return manifest


@contextmanager
def opened(copy: Path) -> Iterator[EmbeddedRedis]:
    """A server of its own with what a whole copy holds, for as long as the block runs; the copy is only read.

    Raises `CopyError`, or `EmbeddedRedisError` where no server here reads it.
    """
    writer = read_manifest(copy).writer
    with (
        tempfile.TemporaryDirectory(prefix="yidui-copy-") as scratch,
        _served(Path(scratch), copy / DATABASE, writer) as server,
    ):
        yield server


@contextmanager
def _served(scratch: Path, snapshot: Path, writer: Engine) -> Iterator[EmbeddedRedis]:
    furnish(scratch, snapshot, writer, own=False)
    server = ensure(scratch)
    try:
        yield server
    finally:
        server.stop()
        if server.socket.parent != scratch.resolve():
            shutil.rmtree(server.socket.parent)


def _draw_up(store: Store, mode: Mode, data_dir: Path, draft: Path, watch: Watch) -> tuple[Manifest, tuple[str, ...]]:
    """The files of a copy, and its manifest beside them."""
    taken_at, engine = datetime.now(UTC), engine_of(store.database)
    with watch("copying", None):
        copy_database(store.database, draft / DATABASE)
    left = data_dir / departures.FILE
    _write(draft / departures.FILE, left.read_bytes() if left.exists() else b"")
    scratch = draft / "opened"
    scratch.mkdir(mode=0o700)
    with _served(scratch, draft / DATABASE, engine) as server:
        database = connect(server.url)
        database.connection_pool.wait_up_to(EXAMINING_SECONDS)
        try:
            copied = open_store(database, store.keys.prefix, mode)
            campaigns, differences = _examine(copied, watch)
            born = database.hgetall(store.keys.stamp())
            version = copied.schema.version()
        finally:
            database.close()
    shutil.rmtree(scratch)
    manifest = Manifest(
        taken_at=taken_at,
        mode=mode,
        appid=born.get("appid", ""),
        prefix=store.keys.prefix,
        schema_version=version,
        engine=engine.kind,
        engine_version=engine.version,
        campaigns=campaigns,
        files={name: _described(draft / name) for name in (DATABASE, departures.FILE)},
    )
    _write(draft / MANIFEST, manifest.model_dump_json(indent=1).encode() + b"\n")
    sync(draft)
    return manifest, differences


def _examine(store: Store, watch: Watch) -> tuple[tuple[Copied, ...], tuple[str, ...]]:
    """Every campaign rebuilt from its ledger and compared with what is kept."""
    store.schema.require_current()
    found, told = list[Copied](), list[str]()
    for campaign in store.campaigns.all():
        with watched(campaign, store.ledger, watch) as audit:
            differences = list(audit.differences())
        sealed = store.chain.newest(campaign.id)
        told += [f"{campaign.id}: {difference}" for difference in differences]
        found.append(
            Copied(
                campaign=campaign.id,
                ledger=audit.views.ledger,
                sealed=sealed.entry,
                seal=sealed.seal,
                teams=len(audit.views.teams),
                reports=len(audit.views.reports),
                differences=len(differences),
            )
        )
    told += [f"{cid}: what is published cannot be read ({why})" for cid, why in store.campaigns.unreadable().items()]
    return tuple(found), tuple(told)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time in a folder. Raises `CopyError`."""
    with (folder / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CopyError(f"another backup is at work in {folder}") from None
        yield


def _clear_drafts(folder: Path) -> None:
    """What a backup that was killed has left, the server with which it looked at its copy included."""
    for draft in folder.glob(f"{_DRAFT}*"):
        if (server := running(draft / "opened")) is not None:
            server.stop()
        shutil.rmtree(draft)


def _described(path: Path) -> File:
    with path.open("rb") as content:
        return File(sha256=file_digest(content, "sha256").hexdigest(), length=path.stat().st_size)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
