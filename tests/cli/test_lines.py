"""`lines …`: kept masked, listed when three said it, taught and obeyed at once, judged."""

from pathlib import Path

import pytest

from handlers.understand.intents import Guess, guess
from tests.cli.conftest import Installation, Yidui

SAID = "嗯窗棱跳绳{}哈"
UNHEARD = Guess("confirm", 0.2, "more", 0.1, complaint=False)


@pytest.fixture(autouse=True)
def opinions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one line the trained opinion has none, whatever it was trained on."""

    def opinion(text: str, names: tuple[str, ...] = ()) -> Guess:
        return UNHEARD if "窗棱" in text else guess(text, names)

    for module in ("handlers.understand.opinion",):
        monkeypatch.setattr(f"{module}.guess", opinion)


@pytest.fixture(autouse=True)
def forgotten(installation: Installation) -> None:
    database, keys = installation.store.database, installation.store.keys
    for key in (keys.taught(), *database.scan_iter(match=keys.all_unheard())):
        database.delete(key)
    database.incr(keys.campaigns_version())
    installation.store.campaigns.look_again()


def test_a_line_is_listed_when_three_people_said_it(installation: Installation, yidui: Yidui) -> None:
    for who in ("zhang", "wu"):
        assert "没有看懂" in installation.says(who, SAID.format("5月8日"))
        installation.says(who, SAID.format("5月8日"))
    assert yidui("lines", "list").out == ""
    installation.says("liu", SAID.format("9号"))
    assert yidui("lines", "list").out == f"3\t{SAID.format('¤')}\n"


def test_a_line_that_was_taught_is_obeyed_and_printed_as_a_row(installation: Installation, yidui: Yidui) -> None:
    for who in ("zhang", "wu", "liu"):
        installation.says(who, SAID.format("5月8日"))
    shape = SAID.format("¤")
    assert yidui("lines", "teach", shape, "rank").out == f"rank\t{shape}\n"
    installation.store.campaigns.look_again()
    assert installation.says("liu", SAID.format("3号")).startswith("【队伍排行")
    assert yidui("lines", "list", "--taught").out == f"rank\t{shape}\n"
    assert yidui("lines", "list").out == ""
    yidui("lines", "teach", SAID.format("7号"), "forget")
    installation.store.campaigns.look_again()
    assert "看懂" in installation.says("liu", SAID.format("3号"))


def test_what_cannot_be_taught(yidui: Yidui) -> None:
    assert "no intent 'nowhere'" in yidui("lines", "teach", "随便", "nowhere").err
    refused = yidui("lines", "teach", "进度 3200元 45人次", "thanks")
    assert (refused.status, "is a report by its grammar" in refused.err) == (1, True)


def test_a_file_of_lines_is_judged(yidui: Yidui, tmp_path: Path) -> None:
    file = tmp_path / "lines.tsv"
    file.write_text("# a set\nreport\t进度3200元 45人次\nrank|team\t排行\nrank\t谢谢\n几点开始配捐\n", encoding="utf-8")
    done = yidui("lines", "judge", str(file))
    assert done.status == 1
    assert done.out.splitlines() == [
        "\treport\tbook\t进度3200元 45人次",
        "\trank\t\t排行",
        "not rank\tthanks\t\t谢谢",
        "\trule\t\t几点开始配捐",
    ]
    assert "2 of 3" in done.err
