"""Long work: a bar on a terminal, silence in a pipe, and Ctrl-C at any moment leaves nothing half done."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.progress import Progress

from bot.cli.progress import progress
from storage import roster
from storage.embedded import running
from tests.cli.conftest import CAMPAIGN, Installation, Yidui
from tests.contents import contents

ROSTER = "单位,县区\n" + "".join(f"永善县第{number}小学,永善县\n" for number in range(3, 900))
Run = Callable[[str], tuple[str, ...]]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "backups").mkdir()
    return tmp_path


def commands(folder: Path) -> dict[str, tuple[str, ...]]:
    """Each kind of long work, and what its bar is called."""
    return {
        "verifying zhaotong-2024": ("audit", "verify", CAMPAIGN),
        "copying": ("backup", str(folder / "backups")),
        "reading": ("export", CAMPAIGN, "-o", str(folder / "book.json")),
        "writing": ("export", CAMPAIGN, "--format", "xlsx", "-o", str(folder / "book.xlsx")),
        "comparing": ("import", CAMPAIGN, "roster", str(folder / "roster.csv")),
    }


def test_a_terminal_sees_a_bar_and_a_pipe_nothing(yidui: Yidui, files: Path, environment: pytest.MonkeyPatch) -> None:
    for name, command in commands(files).items():
        assert name not in yidui(*command).err
    environment.setenv("FORCE_COLOR", "1")
    for name, command in commands(files).items():
        assert name in yidui(*command).err, name


def test_so_it_is_with_a_restore(yidui: Yidui, tmp_path: Path, environment: pytest.MonkeyPatch) -> None:
    assert yidui("backup", str(tmp_path)).status == 0
    told = {}
    for where, terminal in (("terminal", "1"), ("pipe", "")):
        folder = tmp_path / f"restored at a {where}"
        environment.setenv("YIDUI_DATA_DIR", str(folder))
        environment.setenv("FORCE_COLOR", terminal)
        done = yidui("restore", str(tmp_path))
        assert done.status == 0
        told[where] = done.err
        if (server := running(folder)) is not None:
            server.stop()
    assert "verifying zhaotong-2024" in told["terminal"]
    assert told["pipe"] == ""


@pytest.mark.parametrize("terminal", ["", "1"])
def test_whoever_waits_for_an_answer_goes_first(environment: pytest.MonkeyPatch, terminal: str) -> None:
    environment.setenv("FORCE_COLOR", terminal)
    thread = threading.get_native_id()
    before = os.getpriority(os.PRIO_PROCESS, thread)
    with progress("comparing", 1):
        assert os.getpriority(os.PRIO_PROCESS, thread) > before
    assert os.getpriority(os.PRIO_PROCESS, thread) == before or os.getuid()


def test_what_is_broken_off_leaves_nothing_half_done(
    yidui: Yidui, installation: Installation, files: Path, environment: pytest.MonkeyPatch
) -> None:
    before = contents(installation.store.database)

    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    with environment.context() as pressed:
        pressed.setenv("FORCE_COLOR", "1")
        pressed.setattr("bot.cli.progress.SHOWN_SECONDS", 0.0)
        pressed.setattr(Progress, "advance", broken_off)
        for command in commands(files).values():
            done = yidui(*command)
            assert (done.status, done.out) == (130, ""), command
    assert sorted(path.name for path in files.iterdir()) == ["backups", "roster.csv"]
    assert [path.name for path in (files / "backups").iterdir()] == ["backup.lock"]
    ledger = installation.store.keys.ledger(CAMPAIGN)
    changed = {key for key, digest in contents(installation.store.database).items() if before.get(key) != digest}
    assert changed <= {ledger, installation.store.keys.chain(CAMPAIGN)}
    assert {e.kind for e in installation.store.ledger.entries(CAMPAIGN)} - {"book.taken"} == {
        "team.registered", "report.accepted", "report.retracted", "person.subscribed",
    }  # fmt: skip


def test_an_import_that_was_broken_off_goes_on_where_it_ended(
    yidui: Yidui, installation: Installation, files: Path, environment: pytest.MonkeyPatch
) -> None:
    command, steps = ("import", CAMPAIGN, "roster", str(files / "roster.csv"), "--apply"), 0

    def after_two(bar: Progress, task: int, done: float = 1) -> None:
        nonlocal steps
        steps += done == roster.BATCH
        if steps == 2:
            raise KeyboardInterrupt

    with environment.context() as pressed:
        pressed.setenv("FORCE_COLOR", "1")
        pressed.setattr("bot.cli.progress.SHOWN_SECONDS", 0.0)
        pressed.setattr(Progress, "advance", after_two)
        assert yidui(*command).status == 130
    assert len(installation.store.roster.all(CAMPAIGN)) == 2 * roster.BATCH
    assert f"{897 - 2 * roster.BATCH} new, {2 * roster.BATCH} same" in yidui(*command).out
    assert "0 new, 897 same" in yidui(*command).out
    assert yidui("audit", "verify", CAMPAIGN).status == 0
