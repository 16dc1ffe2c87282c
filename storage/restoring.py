"""A backup is put back: into an empty data folder, whole or not at all, for the installation that it was made of."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from storage import departures
from storage.copies import DATABASE, CopyError, Manifest, copies, read_manifest
from storage.database import Mode
from storage.engines import AOF, AOF_FOLDER
from storage.launcher import RECORD, furnish
from storage.migrations import STEPS
from storage.on_disk import sync
from storage.store import Store

_DRAFT = "unfinished-restore"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and from where. `left_since`: how many left after the copy was made, as the lists tell."""

    copy: Path
    manifest: Manifest
    left_since: int


def restore(source: Path, data_dir: Path, *, prefix: str, mode: Mode, appid: str) -> Restored:
    """Put a copy, or the newest of a folder of backups, into a data folder that has at most the list of those who left.

    That list and the copy's become one. Killed on the way it may be called again. Raises `CopyError` for another's
    copy, one of a newer program, a damaged one, and a folder in which something lies.
    """
    copy = _chosen(source)
    manifest = read_manifest(copy)
    _refuse_foreign(manifest, copy, prefix, mode, appid)
    _refuse_unless_empty(data_dir)
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = data_dir / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    furnish(draft, copy / DATABASE, manifest.writer, own=True)
    left_since = _join_departures(copy / departures.FILE, data_dir / departures.FILE)
    for laid in (draft / RECORD, draft / AOF_FOLDER, draft / AOF):
        if laid.exists():
            _sync_all(laid)
            laid.rename(data_dir / laid.name)
    draft.rmdir()
    _sync_all(data_dir)
    return Restored(copy, manifest, left_since)


def same_as_copied(store: Store, manifest: Manifest) -> Iterator[str]:
    """What a database that was just put back has otherwise than its copy said, one line each."""
    for copied in manifest.campaigns:
        ledger, sealed = store.ledger.last_id(copied.campaign), store.chain.newest(copied.campaign)
        if (ledger, sealed.entry, sealed.seal) != (copied.ledger, copied.sealed, copied.seal):
            yield f"{copied.campaign}: the ledger ends at {ledger}, its copy ended at {copied.ledger}"


def newer_copies(copy: Path) -> list[Path]:
    """The copies beside this one that were made after it."""
    beside = copies(copy.resolve().parent)
    return [path for path in beside if path.name > copy.resolve().name]


def _chosen(source: Path) -> Path:
    found = copies(source)
    return found[-1] if found else source


def _refuse_foreign(manifest: Manifest, copy: Path, prefix: str, mode: Mode, appid: str) -> None:
    if (manifest.mode, manifest.appid) != (mode, appid):
        raise CopyError(
            f"{copy} was made of a {manifest.mode} installation for account {manifest.appid or '(none)'}, not of a "
            f"{mode} one for {appid or '(none)'}: set YIDUI_MODE and YIDUI_WECHAT_APPID, or use another copy"
        )
    if manifest.prefix != prefix:
        raise CopyError(f"{copy} was made with YIDUI_KEY_PREFIX={manifest.prefix}, not {prefix}: set it so")
    if manifest.schema_version > len(STEPS):
        raise CopyError(
            f"{copy} has schema version {manifest.schema_version}, and this Yidui knows {len(STEPS)} at most: "
            "put it back with the newer Yidui that made it"
        )


def _refuse_unless_empty(data_dir: Path) -> None:
    there = {path.name for path in data_dir.iterdir()} if data_dir.is_dir() else set()
    if kept := sorted(there - {departures.FILE, RECORD, _DRAFT}):
        raise CopyError(
            f"{data_dir} is not empty ({', '.join(kept[:3])}{', …' if kept[3:] else ''}): move it away, make it anew, "
            f"and put its {departures.FILE} into the new one"
        )


def _join_departures(copied: Path, kept: Path) -> int:
    """Add to the list in the data folder whoever only the copy's has; how many left after the copy was made."""
    own = kept.read_bytes().splitlines() if kept.exists() else []
    in_copy = copied.read_bytes().splitlines()
    lines = list(dict.fromkeys([*own, *in_copy]))
    draft = kept.with_suffix(".new")
    draft.write_bytes(b"".join(line + b"\n" for line in lines))
    draft.chmod(0o600)
    _sync_all(draft)
    draft.replace(kept)
    return len(set(lines) - set(in_copy))


def _sync_all(path: Path) -> None:
    """A file, or a folder and the files in it."""
    for each in (*(path.iterdir() if path.is_dir() else ()), path):
        sync(each)
