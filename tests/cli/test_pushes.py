"""`push …` and `outbox …`: queued once, shown, tried again."""

import pytest

from storage.outbox import Settlement
from tests.cli.conftest import CAMPAIGN, NOON, Installation, Yidui


def test_preview_shows_the_words_and_queues_nothing(yidui: Yidui, installation: Installation) -> None:
    waiting = installation.store.outbox.waiting(CAMPAIGN)
    done = yidui("push", "preview", CAMPAIGN, "bulletin")
    assert "17,345.67元" in done.out
    assert "自愿" in done.out
    assert done.out.endswith("to 1 persons and 1 group robots zhibanqun\n")
    assert installation.store.outbox.waiting(CAMPAIGN) == waiting


def test_run_queues_once_and_again_as_a_correction(yidui: Yidui, installation: Installation) -> None:
    assert ": 2 queued" in yidui("push", "run", CAMPAIGN, "bulletin", "--date", "2024-04-25").out
    repeated = yidui("push", "run", CAMPAIGN, "bulletin", "--date", "2024-04-25")
    assert ": 0 queued" in repeated.out
    assert "--again" in repeated.out
    assert ": 2 queued" in yidui("push", "run", CAMPAIGN, "bulletin", "--date", "2024-04-25", "--again").out
    lines = yidui("outbox", "list").out.splitlines()
    assert len(lines) == 4
    newest = next(line.split("\t")[0] for line in lines if ":2:robot-zhibanqun" in line)
    shown = yidui("outbox", "show", newest).out
    assert "更正" in shown
    assert "group robot zhibanqun" in shown
    assert yidui("outbox", "list", CAMPAIGN, "--status", "sent").out == ""


def test_retry_only_what_did_not_arrive(yidui: Yidui, installation: Installation) -> None:
    outbox = installation.store.outbox
    yidui("push", "run", CAMPAIGN, "opening-reminder", "--date", "2024-05-08")
    name = f"{CAMPAIGN}:opening-reminder:2024-05-08T09:50:1:robot-zhibanqun"
    outbox.settle([Settlement(CAMPAIGN, name, "failed", NOON, "group_robot", "93000")])
    assert yidui("outbox", "list", "--status", "failed").out.startswith(name)
    assert yidui("outbox", "retry", name).out == f"{name}: queued\n"
    assert outbox.get(CAMPAIGN, name).status == "queued"
    outbox.settle([Settlement(CAMPAIGN, name, "sent", NOON, "group_robot")])
    done = yidui("outbox", "retry", name)
    assert (done.status, done.err) == (1, f"yidui: {name} arrived; it is not sent again\n")


def test_unknown_names_are_explained(yidui: Yidui) -> None:
    assert "planned: deadline-reminder" in yidui("push", "run", CAMPAIGN, "dinner").err
    assert "no push 'zhaotong-2024:x'" in yidui("outbox", "show", "zhaotong-2024:x").err
    assert "there are: queued" in yidui("outbox", "list", "--status", "lost").err


@pytest.mark.parametrize(
    ("job", "day"),
    [("opening-reminder", "2024-05-06"), ("opening-reminder", "2024-05-12"), ("deadline-reminder", "2024-05-09")],
)
def test_nothing_is_pushed_on_a_day_that_it_would_be_untrue_of(yidui: Yidui, job: str, day: str) -> None:
    assert "there is nothing to say on that day" in yidui("push", "preview", CAMPAIGN, job, "--date", day).out
    done = yidui("push", "run", CAMPAIGN, job, "--date", day)
    assert (done.status, done.out) == (1, "")
    assert done.err == f"yidui: {job} of {day}: there is nothing to say on that day\n"
