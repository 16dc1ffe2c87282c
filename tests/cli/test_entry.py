"""Starting quickly, helping, and failing in one line."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli.entry import app
from tests.cli.conftest import Yidui

ROOT = Path(__file__).resolve().parents[2]


def commands() -> list[list[str]]:
    found = []
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]  # typer makes a group
        found += [[name, inner] for inner in getattr(command, "commands", {})] or [[name]]
    return found


def test_the_help_loads_nothing_heavy() -> None:
    heavy = "{'flask', 'redis', 'wechatpy', 'granian', 'pydantic', 'apscheduler'}"
    code = f"import sys, bot.cli; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def test_the_commands_are_those_that_work() -> None:
    assert [" ".join(command) for command in commands()] == [
        "serve", "web", "worker", "demo", "simulator", "chat", "check", "export", "import", "invite",
        "backup", "restore", "archive", "awards", "qr",
        "campaign list", "campaign show", "campaign check", "campaign new", "campaign publish", "campaign close",
        "campaign wipe", "campaign regions",
        "audit verify", "push preview", "push run", "outbox list", "outbox show", "outbox retry",
        "outbox resume", "roles list", "roles revoke", "lines list", "lines teach", "lines judge", "menu publish",
    ]  # fmt: skip


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_helps(command: list[str], yidui: Yidui) -> None:
    done = yidui(*command, "--help")
    assert done.status == 0
    assert done.out.startswith("Usage: yidui " + " ".join(command))


def test_an_error_is_one_line(yidui: Yidui) -> None:
    done = yidui("export", "nowhere")
    assert (done.status, done.out) == (1, "")
    assert done.err == "yidui: no campaign 'nowhere' is published; published: zhaotong-2024\n"


def test_debug_adds_the_traceback_wherever_it_stands(yidui: Yidui) -> None:
    for arguments in (["--debug", "export", "nowhere"], ["export", "nowhere", "--debug"]):
        done = yidui(*arguments)
        assert done.status == 1
        assert "Traceback" in done.err
        assert done.err.splitlines()[-1].startswith("yidui: no campaign")


def test_a_wrong_setting_is_one_line(yidui: Yidui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIDUI_PORT", "many")
    done = yidui("campaign", "list")
    assert done.status == 1
    assert done.err.startswith("yidui: YIDUI_PORT: ")
    assert done.err.count("\n") == 1


def test_another_account_s_database_is_refused(yidui: Yidui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIDUI_WECHAT_APPID", "wxffffffffffffffff")
    done = yidui("roles", "list")
    assert done.status == 1
    assert "was born rehearsal for account wx0123456789abcdef" in done.err


def test_serve_refuses_without_a_token(yidui: Yidui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YIDUI_WECHAT_TOKEN")
    done = yidui("serve")
    assert done.status == 1
    assert done.err.startswith("yidui: YIDUI_WECHAT_TOKEN: not set")


@pytest.mark.parametrize("openid", ["坏 人", "o'; DROP", "x" * 65, " ", "o<b>"])
def test_chat_says_who_cannot_speak(yidui: Yidui, openid: str) -> None:
    done = yidui("chat", "--as", openid)
    assert (done.status, done.out) == (1, "")
    told = " ".join(repr(openid).split())
    assert done.err == f"yidui: {told} is no openid: up to 64 letters, digits, - and _, such as chat-2\n"


def test_an_empty_list_says_so(yidui: Yidui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On standard error, so that a pipe gets nothing."""
    for command, told in (
        (("roles", "list"), "nobody has a role; yidui invite ID gives one"),
        (("lines", "list"), "no line was said by three people or more"),
        (("lines", "list", "--taught"), "nothing was taught"),
    ):
        done = yidui(*command)
        assert (done.status, done.out, done.err) == (0, "", f"yidui: {told}\n")
    monkeypatch.setenv("YIDUI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("YIDUI_CAMPAIGN_DIR", str(tmp_path))
    assert yidui("campaign", "list").err == f"yidui: nothing is published, and no campaign stands in {tmp_path}\n"
