"""遂宁 counts items, no money: counts per task and region are booked, shown, and rebuilt from the ledger."""

import pytest

from tests.conversations.conftest import Office


def test_a_count_is_booked_from_x_to_y(suining: Office) -> None:
    her = suining.person("何协调")
    assert her.say("进度 船山区 推出慈善项目 2个").startswith("已记录 船山区·推出慈善项目：0 → 2个")
    assert "2 → 3个" in her.say("进度 推出慈善项目3个")
    assert "宣传工作方案：0 → 1份" in her.say("进度 4、1")
    assert suining.store.tasks.counts("suining-2023") == {"projects|chuanshan": 3, "publicity-plan|chuanshan": 1}


@pytest.mark.parametrize("said", ["进度 12345.67元 321人次", "进度 3万", "今天筹了2000元"])
def test_money_is_refused(suining: Office, said: str) -> None:
    answer = suining.person("何协调").say(said)
    assert "不能" in answer
    assert suining.store.tasks.counts("suining-2023") == {}


@pytest.mark.parametrize(("said", "asks"), [("进度 3", "哪一项"), ("进度 推出慈善项目", "哪一项")])
def test_what_is_unclear_is_asked(suining: Office, said: str, asks: str) -> None:
    assert asks in suining.person("何协调").say(said)
    assert suining.store.tasks.counts("suining-2023") == {}


def test_only_for_ones_own_region(suining: Office) -> None:
    assert "不能" in suining.person("何协调").say("进度 大英县 推出慈善项目 3个")
    assert suining.store.tasks.counts("suining-2023") == {}


def test_a_lower_count_is_asked_once(suining: Office) -> None:
    her = suining.person("何协调")
    her.say("进度 推出慈善项目 3个")
    question = her.say("进度 推出慈善项目 2个")
    assert "现在是3个，将改为2个" in question
    assert suining.store.tasks.counts("suining-2023") == {"projects|chuanshan": 3}
    assert her.say("算了")
    assert suining.store.tasks.counts("suining-2023") == {"projects|chuanshan": 3}
    her.say("进度 推出慈善项目 2个")
    assert "3 → 2个" in her.say("确认")
    assert suining.store.tasks.counts("suining-2023") == {"projects|chuanshan": 2}


@pytest.mark.parametrize(
    "said",
    [
        "更正 船山区 推出慈善项目 2",
        "改成 推出慈善项目 2个",
        "船山区推出慈善项目不是3个是2个",
        "推出慈善项目报错了 是2个",
        "推出慈善项目应该是2个",
    ],
)
def test_a_count_is_corrected_from_x_to_y(suining: Office, said: str) -> None:
    her = suining.person("何协调")
    her.say("进度 推出慈善项目 3个")
    assert her.say(said).startswith("已更正 船山区·推出慈善项目：3 → 2个")
    assert suining.store.tasks.counts("suining-2023") == {"projects|chuanshan": 2}


def test_a_correction_of_a_count_that_does_not_stand_is_asked(suining: Office) -> None:
    her = suining.person("何协调")
    her.say("进度 推出慈善项目 5个")
    assert "现在是5个，将改为2个" in her.say("推出慈善项目不是3个是2个")
    assert suining.store.tasks.counts("suining-2023") == {"projects|chuanshan": 5}


def test_a_count_that_is_told_as_more_is_asked(suining: Office) -> None:
    her = suining.person("何协调")
    her.say("进度 推出慈善项目 3个")
    assert "现在是3个，将改为4个" in her.say("进度 推出慈善项目又增加1个")
    assert suining.store.tasks.counts("suining-2023") == {"projects|chuanshan": 3}
    assert her.say("确认").startswith("已记录 船山区·推出慈善项目：3 → 4个")


def test_region_and_bulletin_show_the_counts(suining: Office) -> None:
    her = suining.person("何协调")
    her.say("进度 推出慈善项目 3个")
    assert "船山区3个" in her.say("我的辖区")
    bulletin = her.say("战报")
    assert "船山区3个" in bulletin
    assert "1/6处达到" in bulletin
    assert "累计 " not in bulletin
    assert "截至" in bulletin
    assert "自愿" in bulletin


@pytest.mark.parametrize(
    "said",
    ["进度 推出慈善项目 两三个", "去年推出慈善项目 2个", "进度 打算推出慈善项目 4个", "进度 推出慈善项目 2个左右"],
)
def test_a_guess_or_an_aim_is_not_counted(suining: Office, said: str) -> None:
    suining.person("何协调").say(said)
    assert suining.store.tasks.counts("suining-2023") == {}
