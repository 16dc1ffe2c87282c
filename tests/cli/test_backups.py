"""`backup` beside reports that go on, `restore` after a kill: nothing acknowledged before the copy is missing."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psutil
import pytest

from storage.copies import DATABASE, MANIFEST, copies
from storage.database import connect
from storage.departures import Departures
from storage.embedded import ensure, running
from storage.migrations import STEPS
from storage.store import Store, open_store
from tests.cli.conftest import CAMPAIGN, Done, Installation, Yidui


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Path]:
    """A data folder to restore into, whose server is stopped at the end."""
    folder = tmp_path / "restored"
    yield folder
    if (server := running(folder)) is not None:
        server.stop()


@contextmanager
def store_of(folder: Path) -> Iterator[Store]:
    database = connect(ensure(folder).url)
    yield open_store(database, "yd", "rehearsal")
    database.close()


def files_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file beneath a folder: when it was written, and what it holds."""
    return {str(p): (p.stat().st_mtime_ns, p.read_bytes()) for p in folder.rglob("*") if p.is_file()}


def restored(yidui: Yidui, environment: pytest.MonkeyPatch, source: Path, into: Path) -> Done:
    environment.setenv("YIDUI_DATA_DIR", str(into))
    return yidui("restore", str(source))


def test_nothing_acknowledged_before_the_copy_is_missing(
    yidui: Yidui, installation: Installation, backups: Path, empty: Path, environment: pytest.MonkeyPatch
) -> None:
    """Reports go on while the copy is made; then the server is killed, and the copy is put back."""
    acknowledged, copied, over = [1], list[int](), threading.Event()

    def report() -> None:
        for amount in count(2):
            assert "已记录" in installation.says("wang", f"进度 {amount * 10}元 {amount}人次")
            acknowledged.append(amount)
            if over.is_set():
                return

    reporter = threading.Thread(target=report)
    reporter.start()
    while len(acknowledged) < 5:
        over.wait(0.01)
    copied.append(acknowledged[-1])
    made = yidui("backup", str(backups))
    copied.append(acknowledged[-1])
    over.set()
    reporter.join()
    assert (made.status, made.err) == (0, "")
    assert copied[1] > copied[0], "nobody reported meanwhile"
    assert made.out.count("\n") == 1
    assert "; verified" in made.out
    (copy,) = copies(backups)
    manifest = json.loads((copy / MANIFEST).read_text())

    done = restored(yidui, environment, backups, empty)
    assert done.status == 0, done.err
    server = running(empty)
    assert server is None, "the command that started it stops it"
    os.kill(ensure(empty).pid, signal.SIGKILL)
    assert yidui("audit", "verify", CAMPAIGN).status == 0
    with store_of(empty) as store:
        team = store.teams.many(CAMPAIGN, ["0002"])[0]
        assert copied[0] * 1000 <= team.amount_fen <= copied[1] * 1000 + 1000
        assert store.ledger.last_id(CAMPAIGN) == manifest["campaigns"][0]["ledger"]
    assert "was acknowledged after" in done.out
    assert f"the ledger ends at {manifest['campaigns'][0]['ledger']}" in done.out


def test_the_manifest_says_what_the_copy_is(yidui: Yidui, installation: Installation, backups: Path) -> None:
    while installation.store.chain.extend(CAMPAIGN):
        pass
    assert yidui("backup", str(backups)).status == 0
    (copy,) = copies(backups)
    told = json.loads((copy / MANIFEST).read_text())
    sealed = installation.store.chain.newest(CAMPAIGN)
    assert (told["mode"], told["appid"], told["schema_version"]) == ("rehearsal", "wx0123456789abcdef", len(STEPS))
    assert (told["campaigns"][0]["sealed"], told["campaigns"][0]["seal"]) == (sealed.entry, sealed.seal)
    assert sorted(told["files"]) == [DATABASE, "departed.txt"]
    assert [path.stat().st_mode & 0o077 for path in (copy, *copy.iterdir())] == [0] * 4


def test_a_copy_opened_for_reading_is_never_written(
    yidui: Yidui, backups: Path, environment: pytest.MonkeyPatch
) -> None:
    yidui("backup", str(backups))
    (copy,) = copies(backups)
    before = files_of(copy)
    environment.setenv("YIDUI_DATA_DIR", str(copy))
    assert yidui("audit", "verify", CAMPAIGN).status == 0
    assert yidui("campaign", "list").out.startswith(f"{CAMPAIGN}\tversion 1\t")
    for writes in (["campaign", "publish", CAMPAIGN], ["serve"], ["worker"], ["backup", str(backups)]):
        refused = yidui(*writes)
        assert (refused.status, "is a backup, which is only read" in refused.err) == (1, True), writes
    assert files_of(copy) == before


def test_old_copies_are_thinned_and_nothing_else(yidui: Yidui, backups: Path) -> None:
    backups.mkdir()
    (backups / "20240101T000000.000000Z").mkdir()
    (backups / "notes.txt").write_text("mine")
    for _ in range(3):
        assert yidui("backup", str(backups), "--keep", "2").status == 0
    assert len(copies(backups)) == 2
    assert (backups / "20240101T000000.000000Z").is_dir()
    assert (backups / "notes.txt").read_text() == "mine"


def test_who_left_after_the_copy_stays_gone(
    yidui: Yidui, installation: Installation, backups: Path, empty: Path, environment: pytest.MonkeyPatch
) -> None:
    assert "已登记" in installation.says("zhao", "组队 绥江县第一中学 绥江县 人道暖昭通 队长上官婉儿 13812345678")
    assert yidui("backup", str(backups)).status == 0
    installation.says("zhao", "注销")
    assert "已注销" in installation.says("zhao", "确认")
    departures = Departures(installation.store.database, installation.store.keys, installation.folder)
    departures.note()
    empty.mkdir()
    (empty / "departed.txt").write_bytes(departures.file.read_bytes())
    done = restored(yidui, environment, backups, empty)
    assert done.status == 0, done.err
    assert "1 left after it was made; they are erased again" in done.out
    assert "上官婉儿" not in yidui("export", CAMPAIGN).out
    with store_of(empty) as store:
        assert (store.teams.many(CAMPAIGN, ["0003"])[0]).captains == ()
    assert (empty / "departed.txt").read_bytes() == departures.file.read_bytes()


def _flip(copy: Path) -> None:
    content = bytearray((copy / DATABASE).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / DATABASE).write_bytes(content)


def _newer_schema(copy: Path) -> None:
    told = json.loads((copy / MANIFEST).read_text())
    (copy / MANIFEST).write_text(json.dumps(told | {"schema_version": len(STEPS) + 1}))


@pytest.mark.parametrize(
    ("name", "value", "spoil", "because"),
    [
        ("WECHAT_APPID", "wx9999999999999999", None, "for account wx0123456789abcdef"),
        ("MODE", "live", None, "was made of a rehearsal installation"),
        ("KEY_PREFIX", "other", None, "set it so"),
        ("PORT", "8000", _flip, "this copy is damaged"),
        ("PORT", "8000", _newer_schema, f"this Yidui knows {len(STEPS)} at most"),
        ("REDIS_URL", "redis://127.0.0.1:1/0", None, "its own means"),
    ],
)
def test_a_copy_that_does_not_belong_here_is_refused(
    yidui: Yidui, backups: Path, empty: Path, environment: pytest.MonkeyPatch, name: str, value: str, spoil: object,
    because: str,
) -> None:  # fmt: skip
    yidui("backup", str(backups))
    if callable(spoil):
        spoil(copies(backups)[0])
    environment.setenv(f"YIDUI_{name}", value)
    refused = restored(yidui, environment, backups, empty)
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    assert because in refused.err
    assert not empty.exists()


def test_a_folder_in_which_something_lies_is_refused(
    yidui: Yidui, installation: Installation, backups: Path, environment: pytest.MonkeyPatch
) -> None:
    yidui("backup", str(backups))
    refused = restored(yidui, environment, backups, installation.folder)
    assert refused.status == 1
    assert "is not empty (appendonlydir" in refused.err


def test_a_restore_that_was_killed_is_begun_again(
    yidui: Yidui, backups: Path, empty: Path, environment: pytest.MonkeyPatch
) -> None:
    yidui("backup", str(backups))

    def killed(*_: object) -> int:
        raise KeyboardInterrupt

    with environment.context() as during:
        during.setattr("storage.restoring._join_departures", killed)
        during.setenv("YIDUI_DATA_DIR", str(empty))
        assert yidui("restore", str(backups)).status != 0
    assert [path.name for path in empty.iterdir()] == ["unfinished-restore"]
    assert restored(yidui, environment, backups, empty).status == 0
    assert not (empty / "unfinished-restore").exists()


def test_a_backup_that_was_killed_is_cleared_away(yidui: Yidui, installation: Installation, backups: Path) -> None:
    """It leaves a draft and the server that looked at it, neither of which is taken for a copy."""
    draft = backups / "unfinished-1" / "opened"
    draft.mkdir(parents=True)
    left = ensure(draft)
    assert yidui("backup", str(backups)).status == 0
    assert not psutil.pid_exists(left.pid) or psutil.Process(left.pid).status() == psutil.STATUS_ZOMBIE
    assert sorted(path.name for path in backups.iterdir()) == sorted(["backup.lock", copies(backups)[0].name])


def test_an_audit_that_finds_something_keeps_the_copy_and_every_older_one(
    yidui: Yidui, installation: Installation, backups: Path
) -> None:
    yidui("backup", str(backups))
    store = installation.store
    board = store.keys.board(CAMPAIGN, "amount", "all")
    store.database.zincrby(board, -1, "000001")
    done = yidui("backup", str(backups), "--keep", "1")
    store.database.zincrby(board, 1, "000001")
    assert done.status == 1
    assert f"{CAMPAIGN}: board amount:all:" in done.out
    assert len(copies(backups)) == 2


def test_an_external_server_gives_its_copy_as_well(
    yidui: Yidui, installation: Installation, backups: Path, empty: Path, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("YIDUI_REDIS_URL", ensure(installation.folder).url)
    assert "; verified" in yidui("backup", str(backups)).out
    environment.delenv("YIDUI_REDIS_URL")
    assert restored(yidui, environment, backups, empty).status == 0


def test_killed_while_it_copies_it_leaves_the_server_as_it_was(
    yidui: Yidui, installation: Installation, backups: Path
) -> None:
    going = subprocess.Popen([sys.executable, "-m", "bot", "backup", str(backups)], cwd=Path(__file__).parents[2])
    give_up = threading.Event()
    while not list(backups.glob("unfinished-*")) and going.poll() is None:
        give_up.wait(0.005)
    going.kill()
    going.wait()
    assert copies(backups) == []
    assert "已记录" in installation.says("li", "线下 6000")
    assert yidui("audit", "verify", CAMPAIGN).status == 0
    assert yidui("backup", str(backups)).status == 0
