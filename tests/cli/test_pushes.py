"""`push …` and `outbox …`: queued once, shown, tried again."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.notices import to_robot
from storage.breakers import Closed
from storage.outbox import Settlement
from tests.cli.conftest import CAMPAIGN, NOON, Installation, Yidui

OPENING = datetime(2024, 5, 8, 9, 55, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_preview_shows_the_words_and_queues_nothing(
    yidui: Yidui, installation: Installation, environment: pytest.MonkeyPatch
) -> None:
    waiting = installation.store.outbox.waiting(CAMPAIGN)
    done = yidui("push", "preview", CAMPAIGN, "bulletin")
    assert "17,345.67元" in done.out
    assert "自愿" in done.out
    assert "to 1 persons and 1 group robots zhibanqun\n" in done.out
    assert "group robots, table:\n## 昭通5·8人道公益日战报" in done.out
    assert "group robots, picture:\n昭通5·8人道公益日战报" in done.out
    assert "thing1" not in done.out
    environment.setenv("YIDUI_WECHAT_NOTICES", "bulletin=tmpl")
    environment.setenv("YIDUI_WECHAT_TEMPLATES", "bulletin=tmpl")
    named = yidui("push", "preview", CAMPAIGN, "bulletin").out
    assert "subscription notice:\nthing1: 昭通5·8人道公益日战报 第1期\n" in named
    assert "template message" not in named, "a bulletin is none"
    assert installation.store.outbox.waiting(CAMPAIGN) == waiting


def test_run_queues_once_and_again_as_a_correction(yidui: Yidui, installation: Installation) -> None:
    installation.store.clock.advance_to(NOON)  # type: ignore[attr-defined]  # a rehearsal
    assert ": 2 queued" in yidui("push", "run", CAMPAIGN, "bulletin", "--date", "2024-04-25").out
    repeated = yidui("push", "run", CAMPAIGN, "bulletin")
    assert ": 0 queued" in repeated.out
    assert "--again" in repeated.out
    assert ": 2 queued" in yidui("push", "run", CAMPAIGN, "bulletin", "--again").out
    lines = yidui("outbox", "list").out.splitlines()
    lines = [line for line in lines if ":threshold-note:" not in line]
    assert len(lines) == 4
    newest = next(line.split("\t")[0] for line in lines if ":2:robot-zhibanqun" in line)
    shown = yidui("outbox", "show", newest).out
    assert "due      2024-04-25 12:0" in shown
    assert shown.count("+08:00") == 2
    assert "+00:00" not in shown
    assert "更正" in shown
    assert "group robot zhibanqun" in shown
    none = yidui("outbox", "list", CAMPAIGN, "--status", "sent")
    assert (none.out, none.err) == ("", "yidui: no push is sent\n")


def test_retry_only_what_did_not_arrive(yidui: Yidui, installation: Installation) -> None:
    outbox = installation.store.outbox
    installation.store.clock.advance_to(OPENING)  # type: ignore[attr-defined]  # a rehearsal
    assert yidui("push", "run", CAMPAIGN, "opening-reminder").status == 0
    name = f"{CAMPAIGN}:opening-reminder:2024-05-08T09:50:1:robot-zhibanqun"
    outbox.settle([Settlement(CAMPAIGN, name, "failed", OPENING.astimezone(UTC), "group_robot", "93000")])
    assert "settled  2024-05-08 09:55:00+08:00" in yidui("outbox", "show", name).out
    assert yidui("outbox", "list", "--status", "failed").out.startswith(name)
    assert yidui("outbox", "retry", name).out == f"{name}: queued\n"
    assert outbox.get(CAMPAIGN, name).status == "queued"
    outbox.settle([Settlement(CAMPAIGN, name, "sent", NOON, "group_robot")])
    done = yidui("outbox", "retry", name)
    assert (done.status, done.err) == (1, f"yidui: {name} arrived; it is not sent again\n")


def test_what_was_mended_is_tried_at_once(yidui: Yidui, installation: Installation) -> None:
    store, name, later = installation.store, f"{CAMPAIGN}:notice:1:zhibanqun", OPENING + timedelta(minutes=10)
    store.clock.advance_to(OPENING)  # type: ignore[attr-defined]  # a rehearsal
    campaign = store.campaigns.get(CAMPAIGN)
    store.outbox.enqueue([to_robot(name, campaign, "notice", "zhibanqun", "通知", OPENING)])
    store.breakers.close("group_robot zhibanqun", Closed(code=93000, text="invalid key", by_itself=False), 600)
    store.outbox.postpone(CAMPAIGN, name, "sender", OPENING, later)
    assert yidui("outbox", "resume").out == "group_robot zhibanqun: is tried again\n"
    assert store.breakers.standing().closed == {}
    due = store.database.zscore(store.keys.due(CAMPAIGN), name)
    assert OPENING.timestamp() <= due < later.timestamp() - 300
    assert yidui("outbox", "resume").err == "yidui: nothing stands still\n"


def test_unknown_names_are_explained(yidui: Yidui) -> None:
    assert "planned: deadline-reminder" in yidui("push", "run", CAMPAIGN, "dinner").err
    assert "no push 'zhaotong-2024:x'" in yidui("outbox", "show", "zhaotong-2024:x").err
    assert "there are: queued" in yidui("outbox", "list", "--status", "lost").err


@pytest.mark.parametrize("day", ["2024-05-07", "2024-05-09"])
@pytest.mark.parametrize("job", ["bulletin", "opening-reminder"])
def test_todays_words_do_not_go_out_under_another_day(
    yidui: Yidui, installation: Installation, job: str, day: str
) -> None:
    installation.store.clock.advance_to(OPENING)  # type: ignore[attr-defined]  # a rehearsal
    waiting = installation.store.outbox.waiting(CAMPAIGN)
    assert "not to be pushed now" in yidui("push", "preview", CAMPAIGN, job, "--date", day).out
    done = yidui("push", "run", CAMPAIGN, job, "--date", day)
    assert (done.status, done.out) == (1, "")
    assert "its words and figures would be those of today, 2024-05-08; leave --date out" in done.err
    assert installation.store.outbox.waiting(CAMPAIGN) == waiting


def test_a_reminder_has_its_hours(yidui: Yidui, installation: Installation) -> None:
    """It may go out late by hand as long as by the clock, 30 minutes."""
    clock = installation.store.clock
    clock.advance_to(OPENING.replace(day=9, hour=10, minute=15))  # type: ignore[attr-defined]  # a rehearsal
    assert "of 2024-05-09 09:50: " in yidui("push", "run", CAMPAIGN, "opening-reminder").out
    clock.advance_to(OPENING.replace(day=9, hour=19, minute=5))  # type: ignore[attr-defined]  # a rehearsal
    done = yidui("push", "run", CAMPAIGN, "opening-reminder")
    assert (done.status, done.out) == (1, "")
    assert "it is for 09:50 and was to go out until 10:20; it is 19:05 now" in done.err


@pytest.mark.parametrize("job", ["opening-reminder", "deadline-reminder"])
def test_nothing_is_pushed_on_a_day_that_it_would_be_untrue_of(
    yidui: Yidui, installation: Installation, job: str
) -> None:
    installation.store.clock.advance_to(OPENING.replace(day=12, hour=8))  # type: ignore[attr-defined]  # a rehearsal
    assert "there is nothing to say on that day" in yidui("push", "preview", CAMPAIGN, job).out
    done = yidui("push", "run", CAMPAIGN, job)
    assert (done.status, done.out) == (1, "")
    assert done.err == f"yidui: {job} of 2024-05-12: there is nothing to say on that day\n"
