"""What a power failure left at the end of the append-only file is cut off, and kept beside it.

A write that was torn was never acknowledged: it is a command, or a transaction, without its end, or zeros where the
disk had made room. Only that is cut off, from a copy, which takes the file's place once the server's own checker finds
it whole. Damage in the middle is for a person to decide: whatever stands behind it was acknowledged.
"""

import logging
import os
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

from storage.engines import AOF, AOF_FOLDER, EmbeddedRedisError, Server

LONGEST_TEAR = 1 << 24
"""Bytes. Nothing that is written at once is longer."""
CUT_OFF = "cut-off-*.aof"
"""What was cut off, in the data folder; `yidui check` names it until it is deleted."""

_WHOLE = re.compile(rb"ok_up_to=(\d+)")
_IN_MANIFEST = re.compile(rb'^file ("?)(.+?)\1 seq \d+ type [bi]', re.MULTILINE)
_HEAD, _LENGTH = re.compile(rb"\*(\d{1,7})\r\n"), re.compile(rb"\$(\d{1,9})\r\n")
_COMMAND_WITHIN = re.compile(rb"\r\n\*\d{1,7}\r\n\$\d{1,9}\r\n")

log = logging.getLogger(__name__)


def mend_end(folder: Path, server: Server) -> bool:
    """Cut a torn write off the end of the append-only file; whether there was one. Nobody may have it open.

    Raises `EmbeddedRedisError` where something else is damaged.
    """
    files = _files(folder)
    for aof in files:
        whole, size = _whole_until(server, aof), aof.stat().st_size
        if whole is None or whole == size:
            continue
        with aof.open("rb") as content:
            content.seek(whole)
            rest = content.read(LONGEST_TEAR + 1)
        if aof != files[-1] or len(rest) > LONGEST_TEAR or not is_torn(rest):
            raise EmbeddedRedisError(
                f"{aof} is damaged at byte {whole} of {size}, and more stands behind: put back a backup, or repair "
                "these bytes; docs/deploy.md tells how (When something is wrong)"
            )
        _keep(folder, whole, rest)
        _cut(server, aof, whole)
        return True
    return False


def _keep(folder: Path, whole: int, rest: bytes) -> None:
    """Under a name that a second try gives it again."""
    path = folder / CUT_OFF.replace("*", f"from-byte-{whole}-{sha256(rest).hexdigest()[:8]}")
    with path.open("wb") as kept:
        os.fchmod(kept.fileno(), 0o600)
        kept.write(rest)
        os.fsync(kept.fileno())
    log.warning(
        "the append-only file ended in a torn write: its last %d bytes are cut off and lie in %s", len(rest), path
    )


def _cut(server: Server, aof: Path, whole: int) -> None:
    mended = aof.with_suffix(".mended")
    shutil.copy(aof, mended)
    with mended.open("rb+") as copy:
        copy.truncate(whole)
        os.fsync(copy.fileno())
    if _whole_until(server, mended) != whole:
        raise EmbeddedRedisError(f"{aof} cannot be mended: put back a backup (docs/deploy.md, When something is wrong)")
    mended.replace(aof)


def is_torn(rest: bytes) -> bool:
    """Whether this, behind the last whole command or transaction, is one write without its end."""
    words = rest.rstrip(b"\0")
    names: list[bytes] = []
    at = 0
    while at < len(words):
        end, name = _command(words, at)
        if end is None:
            return (not names or names[0] == b"MULTI") and not _COMMAND_WITHIN.search(words, at + 1)
        if not name or name == b"EXEC" or (names and (name == b"MULTI" or names[0] != b"MULTI")):
            return False
        names.append(name)
        at = end
    return not names or names[0] == b"MULTI"


def _command(words: bytes, at: int) -> tuple[int | None, bytes]:
    """Where the command that begins here ends, and its name; None if it has no end, no name if it is none."""
    head = _HEAD.match(words, at)
    if head is None:
        return (None if _could_begin(rb"*", words[at:]) else at), b""
    at, name = head.end(), b""
    for _ in range(int(head[1])):
        length = _LENGTH.match(words, at)
        if length is None:
            return (None if _could_begin(rb"$", words[at:]) else at), b""
        end = length.end() + int(length[1])
        if len(words) < end + 2:
            return None, name
        if words[end : end + 2] != b"\r\n":
            return at, b""
        name = name or words[length.end() : end].upper()
        at = end + 2
    return at, name


def _could_begin(sign: bytes, words: bytes) -> bool:
    """Whether the file ends within a number such as `$12`, its sign and its line end."""
    return re.fullmatch(rb"(\%b\d{0,9}\r?)?" % sign, words) is not None


def in_manifest(folder: Path) -> list[str]:
    """The append-only files that a server of Redis 7 or later goes by, the last of which it writes to."""
    try:
        named = _IN_MANIFEST.findall((folder / AOF_FOLDER / f"{AOF}.manifest").read_bytes())
    except FileNotFoundError:
        return []
    return [os.fsdecode(name) for _, name in named]


def _files(folder: Path) -> list[Path]:
    """The files of commands that are read at a start, in order; the one of Redis 6.2, until it is carried over."""
    old, new = folder / AOF, folder / AOF_FOLDER
    there = [path for name in in_manifest(folder) if (path := new / name).suffix != ".rdb" and path.exists()]
    return [old, *there] if old.exists() else there


def _whole_until(server: Server, aof: Path) -> int | None:
    """How far the file is whole, as the server's own checker tells; None where it does not tell."""
    command = ["redis-check-aof", str(aof)]
    told = subprocess.run(command, executable=server.binary, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    found = _WHOLE.search(told.stdout)
    return int(found[1]) if found else None
