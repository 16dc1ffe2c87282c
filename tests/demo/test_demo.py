"""The demo: its whole story as a program, and that it notices when the bot and the story differ."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

import pytest

import bot.demo.demo as demo
import bot.demo.play as play
from bot.cli.session import CommandError
from bot.demo import suining
from bot.demo.demo import Wishes, run
from bot.demo.stories import STORIES
from bot.demo.story import Counts, Notified, Reports, Stands, Story, ending
from bot.demo.zhaotong import STORY, at
from bot.settings import PACKAGED_CAMPAIGNS

ROOT = Path(__file__).resolve().parents[2]
DEMO = [sys.executable, "-m", "bot", "demo", "--fast"]


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YIDUI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with socket.create_server(("127.0.0.1", 0)) as free:
        monkeypatch.setenv("YIDUI_PORT", str(free.getsockname()[1]))


VERIFIED = {
    "zhaotong-2024": "7 teams, 18 reports (1 retracted), 68 pushes",
    "ezhou-2023": "2 teams, 6 reports (1 retracted), 6 pushes",
    "erqi-2020": "2 teams, 6 reports (0 retracted), 11 pushes",
    "suining-2023": "2 teams, 3 counts, 3 pushes",
    "sichuan-2024": "2 teams, 5 reports (0 retracted), 14 pushes",
}


@pytest.mark.parametrize(("campaign", "counted"), VERIFIED.items(), ids=VERIFIED)
def test_the_whole_story_is_played_and_verified(tmp_path: Path, campaign: str, counted: str) -> None:
    command = [*DEMO, "--campaign", campaign, "--exit"]
    played = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
    assert played.returncode == 0, played.stdout[-3000:] + played.stderr
    *_, counts, rebuilt = played.stdout.splitlines()
    assert counts == f"verified: {counted}, each recipient once"
    assert rebuilt == "verified: the totals rebuilt from the ledger equal the boards"
    assert "\x1b" not in played.stdout
    assert played.stderr == ""
    assert not (tmp_path / "data/demo/status.json").exists()


def test_every_story_is_of_a_campaign_that_ships() -> None:
    assert STORIES.keys() <= {path.name for path in PACKAGED_CAMPAIGNS.iterdir()}
    assert STORIES.keys() == VERIFIED.keys()


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_a_story_is_told_in_order(story: Story) -> None:
    moments = [scene.at for scene in story.scenes]
    assert [story.begins, *moments] == sorted([story.begins, *moments])


def test_a_notice_or_a_count_that_differs_from_the_story_is_noticed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "SIGNALS", ())
    monkeypatch.setattr(play, "PUSH_SECONDS", 0.3)
    registered, reported, *_ = suining.STORY.scenes
    first = next(step for step in reported.steps if isinstance(step, Counts))
    nobodys = Notified("waiting", (suining.LUO,), (suining.SHEHONG,))
    scenes = (registered, replace(reported, steps=(replace(first, count=3), nobodys)))
    story = replace(suining.STORY, scenes=scenes)
    monkeypatch.setattr(demo, "STORIES", {story.campaign: story})
    assert run(Wishes(story.campaign, None, None, fast=True, leave=True)) == 1
    told = capsys.readouterr().out
    assert "count projects|shehong: is 2, the story says 3" in told
    assert f"waiting with {suining.SHEHONG}: 0 of 1 pushes" in told
    assert "the outbox has 0 pushes beside pictures, the story 1" in told


def test_it_stays_up_where_it_was_asked_to_and_ends_cleanly(tmp_path: Path) -> None:
    command = [*DEMO, "--as-of", "2024-04-26T09:55"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        lines: list[str] = []
        while not (lines and lines[-1].startswith("Ctrl-C")):
            lines.append(running.stdout.readline())
            assert lines[-1], f"it ended by itself: {running.communicate()[1]}"
        page = lines[0].removeprefix("chat page").strip()
        assert page == f"http://127.0.0.1:{os.environ['YIDUI_PORT']}/simulator"
        with urlopen(f"{page}/state") as answer:
            shown = json.loads(answer.read())
        assert [person["name"] for person in shown["people"]] == list(STORY.cast.values())
        assert shown["robots"] == [{"id": "zhibanqun", "name": "值班群"}]
        menus = {person["name"]: person["menu"][0]["name"] for person in shown["people"]}
        assert (menus["李敏（队长，一中）"], menus["赵老师（市级协调员）"]) == ("我的队伍", "我的辖区")
        (source,) = (line.removeprefix("source ").strip() for line in lines if line.startswith("source "))
        assert stat.S_IMODE(Path(source).stat().st_mode) == 0o600
        chat = subprocess.run(
            ["bash", "-c", f"source {source} && exec {sys.executable} -m bot chat"],
            input="排行\n",
            capture_output=True,
            text=True,
            check=False,
        )
        assert "截至4月26日09:5" in chat.stdout, chat.stderr
        second = subprocess.run([*DEMO, "--exit"], capture_output=True, text=True, check=False)
        assert (second.returncode, second.stdout) == (1, "")
        assert "another demo runs" in second.stderr
        children = json.loads((tmp_path / "data/demo/status.json").read_text())["children"]
    finally:
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (0, "")
    give_up = monotonic() + 5
    while any(Path(f"/proc/{child['pid']}").exists() for child in children):
        assert monotonic() < give_up, "a child outlived the demo"
        sleep(0.02)


def test_the_story_waits_for_a_visitor_to_look(tmp_path: Path) -> None:
    """The address comes first, and nothing is played before Enter."""
    command = [sys.executable, "-m", "bot", "demo", "--as-of", "2024-04-20T08:56"]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stdout.readline().startswith("chat page   http://127.0.0.1:")
        assert "Enter" in running.stdout.readline()
        started = monotonic()
        running.stdin.write("\n")
        running.stdin.flush()
        assert "排练开始" in running.stdout.readline()
        assert monotonic() - started < demo.LOOK_SECONDS / 2
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=20)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_what_a_visitor_may_try_is_said_by_the_storys_own_people(story: Story) -> None:
    assert len(story.tries) == 3
    assert {who for who, _ in story.tries} <= story.cast.keys()


def test_a_bot_that_differs_from_the_story_is_noticed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    *before, last = STORY.scenes[1].steps
    assert isinstance(last, Reports)
    wrong = replace(last, answer=("已更正",), stands=Stands(last.stands.unit, 80_100, 16))
    scene = replace(STORY.scenes[1], steps=(*before, wrong))
    story = replace(STORY, scenes=(STORY.scenes[0], scene))
    monkeypatch.setattr(demo, "STORIES", {story.campaign: story})
    monkeypatch.setattr(demo, "SIGNALS", ())
    assert run(Wishes(story.campaign, None, None, fast=True, leave=True)) == 1
    told = capsys.readouterr().out
    assert "the reply lacks 已更正" in told
    assert "total amount in fen: is 80000, the story says 80100" in told
    assert "verified: " not in told.replace("not verified: ", "")


def test_only_campaigns_with_a_story() -> None:
    with pytest.raises(CommandError, match="has no story to play; there is one for: zhaotong-2024"):
        run(Wishes("nowhere-2030", None, None, fast=True, leave=True))


def test_the_story_adds_up_by_itself() -> None:
    end = ending(STORY.scenes)
    assert (end.amount_fen, end.donations) == (7_537_999, 1_627)
    assert (len(end.teams), end.reports, end.retracted, len(end.pushes)) == (7, 18, 1, 10)
    early = ending(STORY.until(at(4, 25, 0)))
    assert (early.amount_fen, early.reports, early.pushes) == (80_000, 1, [])
