"""What `deploy/` and docs/deploy.md say, against the program they are about."""

import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import typer

from bot.cli.entry import app
from bot.settings import PREFIX, Settings
from bot.supervisor import GRACE_SECONDS
from bot.wechat.inbound import BODY_LIMIT

ROOT = Path(__file__).resolve().parents[2]
DEPLOY, PAGE = ROOT / "deploy", (ROOT / "docs/deploy.md").read_text()
UNITS = sorted(DEPLOY.glob("*.service"))
CHILDREN = 3


def service_of(unit: Path) -> dict[str, str]:
    """The last value of each setting of its [Service]."""
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(unit)
    return dict(parser["Service"])


def commands_of_the_page() -> set[str]:
    """The words after `yidui`, wherever it stands as a command; arguments have digits, capitals or signs in them."""
    typed = re.findall(r"(?:^# |[`&] ?|/)(?:YIDUI_\w+=\S+ )?yidui((?: [a-z]+(?![\w./-]))+)", PAGE, re.MULTILINE)
    return {words.strip() for words in typed}


@pytest.mark.parametrize("typed", sorted(commands_of_the_page()))
def test_every_command_of_the_page_is_there(typed: str) -> None:
    command: Any = typer.main.get_command(app)
    words = iter(typed.split())
    while hasattr(command, "commands"):
        word = next(words, "")
        assert word in command.commands, f"{command.name} has no {word!r}"
        command = command.commands[word]


def test_the_page_has_commands() -> None:
    assert {"check", "menu publish", "campaign publish", "outbox show"} <= commands_of_the_page()


def test_every_setting_of_the_page_is_there() -> None:
    named = set(re.findall(rf"{PREFIX}(\w+)", PAGE))
    assert named
    assert named <= {name.upper() for name in Settings.model_fields}


def test_every_file_that_the_page_installs_is_there() -> None:
    named = set(re.findall(r"deploy/([\w@.-]+\w)", PAGE))
    assert named == {path.name for path in DEPLOY.iterdir()}


def test_nginx_takes_what_the_webhook_takes() -> None:
    found = re.search(r"client_max_body_size (\d+)k;", (DEPLOY / "nginx.conf").read_text())
    assert found
    assert int(found[1]) * 1024 == BODY_LIMIT


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/manual", "/follow/a-token", "/follow/a-token.png", "/static/app.css"),
        *("/board/x/screen", "/api/docs", "/console", "/console/enter/a-token"),
    ],
)
def test_nginx_passes_the_pages_for_everybody(path: str) -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    exact, patterns = re.findall(r"location = (\S+) \{", text), re.findall(r"location ~ (\S+) \{", text)
    assert path in exact or any(re.search(pattern, path) for pattern in patterns)


def test_nginx_logs_no_query_string() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    found = re.search(r"log_format yidui (.+?);", text, re.DOTALL)
    assert found
    logged = set(re.findall(r"\$(\w+)", found[1]))
    assert "uri" in logged
    assert not logged & {"request", "request_uri", "args", "query_string", "http_referer"}
    assert not {name for name in logged if name.startswith("arg_")}
    assert set(re.findall(r"access_log ([^;]+);", text)) == {"off", "/var/log/nginx/yidui.log yidui"}
    assert re.findall(r"error_log \S+ (\w+);", text) == ["crit"]


def test_systemd_leaves_the_stopping_to_the_parent_and_waits_for_it() -> None:
    service = service_of(DEPLOY / "yidui.service")
    assert service["KillMode"] == "mixed"
    assert int(service["TimeoutStopSec"]) > CHILDREN * GRACE_SECONDS


def test_the_units_are_hardened_alike() -> None:
    begins = "NoNewPrivileges"
    assert len(UNITS) == 4
    assert len({unit.read_text().partition(begins)[2].partition("[Install]")[0] for unit in UNITS}) == 1
    serving = [unit for unit in UNITS if service_of(unit)["Type"] == "exec"]
    assert len(serving) == 3
    assert all(service_of(unit)["Restart"] == "always" for unit in serving)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_has_nothing_to_say_against(unit: Path, tmp_path: Path) -> None:
    there = tmp_path / unit.name
    there.write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", unit.read_text()))
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(there)], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")


def test_the_wheel_carries_everything_that_is_read_at_run_time(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", str(tmp_path), str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("yidui-*.whl")
    carried = set(ZipFile(wheel).namelist())
    folders = ("bot", "handlers", "scheduler", "storage", "campaigns")
    files = (path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())
    read = {str(path) for path in files if path.suffix not in (".py", ".pyc")}
    assert {Path(name).suffix for name in read} >= {".toml", ".tsv", ".lua", ".html", ".css", ".js"}
    assert read <= carried
