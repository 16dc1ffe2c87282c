"""A count is looked up, corrected and taken back as easily as money is."""

import pytest

from bot.simulator.person import SimulatedPerson
from storage.models.people import Grant
from tests.conversations.conftest import Office


@pytest.fixture
def feng(suining: Office) -> SimulatedPerson:
    """A captain in 射洪市."""
    person = suining.person("冯洁")
    person.say("活动 遂宁")
    said = person.say("组队 射洪市慈善会 射洪市 遂心 队长冯洁 13900000031")
    assert "报进度请说：进度 船山区 推出慈善项目 2个" in said
    return person


def counts(office: Office) -> dict[str, int]:
    return office.store.tasks.counts("suining-2023")


def test_her_team_shows_the_counts_of_its_region(suining: Office, feng: SimulatedPerson) -> None:
    suining.person("何协调").say("推出慈善项目 7个")
    feng.say("推出慈善项目 3个")
    shown = feng.say("我的队伍")
    assert "射洪市慈善会（#0001）" in shown
    assert "射洪市3个" in shown
    assert "7个" not in shown
    assert "元" not in shown


def test_the_newest_count_is_taken_back(suining: Office, feng: SimulatedPerson) -> None:
    feng.say("推出慈善项目 3个")
    feng.say("推出慈善项目 5个")
    assert feng.say("撤回").startswith("已撤回 射洪市·推出慈善项目：5 → 3个")
    assert counts(suining) == {"projects|shehong": 3}
    again = feng.say("撤回")
    assert "没有改动" in again
    assert "更正 船山区 推出慈善项目 2个" in again
    assert counts(suining) == {"projects|shehong": 3}
    ledger = [entry.kind for entry in suining.store.ledger.entries("suining-2023")]
    assert ledger[-3:] == ["task.counted", "task.counted", "task.retracted"]


def test_a_first_count_is_taken_back_to_nothing(suining: Office, feng: SimulatedPerson) -> None:
    feng.say("推出慈善项目 3个")
    feng.say("宣传工作方案 1份")
    assert feng.say("撤回 推出慈善项目") == "已撤回 射洪市·推出慈善项目：3个 → 没有上报"
    assert counts(suining) == {"publicity-plan|shehong": 1}
    assert "没有改动" in feng.say("撤回 2份")
    assert feng.say("刚才那个不算").startswith("已撤回 射洪市·单独制定宣传工作方案")
    assert counts(suining) == {}


def test_nobody_takes_back_what_is_not_hers(suining: Office, feng: SimulatedPerson) -> None:
    suining.person("何协调").say("推出慈善项目 7个")
    assert "没有改动" in feng.say("撤回")
    assert "不能" in feng.say("撤回 船山区 推出慈善项目")
    assert counts(suining) == {"projects|chuanshan": 7}


def test_a_coordinator_takes_back_what_was_said_in_her_region(suining: Office, feng: SimulatedPerson) -> None:
    suining.person("何协调").say("推出慈善项目 7个")
    feng.say("推出慈善项目 3个")
    campaign = next(c for c in suining.store.campaigns.all() if c.id == "suining-2023")
    code = suining.store.people.invite(campaign, Grant(role="coordinator"), suining.store.clock.now())
    luo = suining.person("罗老师")
    luo.say(f"绑定 {code}")
    assert "没有改动" in luo.say("撤回 推出慈善项目")
    assert luo.say("撤回 射洪 推出慈善项目").startswith("已撤回 射洪市·推出慈善项目")
    assert counts(suining) == {"projects|chuanshan": 7}


def test_nothing_to_take_back_is_said_without_money(feng: SimulatedPerson) -> None:
    answer = feng.say("撤回")
    assert "没有找到可以撤回的件数" in answer
    assert "元" not in answer


@pytest.mark.parametrize("said", ["更正 5个", "报错了，是5个", "不是3个是5个", "改成5"])
def test_a_correction_without_a_task_is_of_her_newest_count(suining: Office, feng: SimulatedPerson, said: str) -> None:
    feng.say("宣传工作方案 1份")
    feng.say("推出慈善项目 3个")
    assert feng.say(said).startswith("已更正 射洪市·推出慈善项目：3 → 5个")
    assert feng.say("撤回").startswith("已撤回 射洪市·推出慈善项目：5 → 3个")


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("少报一个", 4),
        ("推出慈善项目少报了1个", 4),
        ("多报了两个", 1),
        ("推出慈善项目 再加1", 4),
        ("推出慈善项目又多了1个", 4),
        ("更正 推出慈善项目 再加1", 4),
        ("推出慈善项目减少1个", 2),
    ],
)
def test_a_difference_is_shown_as_a_total_and_asked(
    suining: Office, feng: SimulatedPerson, said: str, becomes: int
) -> None:
    feng.say("推出慈善项目 3个")
    assert f"现在是3个，将改为{becomes}个" in feng.say(said)
    assert counts(suining) == {"projects|shehong": 3}
    feng.say("确认")
    assert counts(suining) == {"projects|shehong": becomes}


def test_the_count_that_stands_is_not_written_again(suining: Office, feng: SimulatedPerson) -> None:
    feng.say("推出慈善项目 2个")
    feng.say("推出慈善项目 3个")
    assert feng.say("推出慈善项目 3个") == "射洪市·推出慈善项目 已经是3个，没有改动。"
    assert feng.say("撤回 0001").startswith("已撤回 射洪市·推出慈善项目：3 → 2个")


def test_a_correction_where_nothing_stands_is_asked(suining: Office, feng: SimulatedPerson) -> None:
    feng.say("推出慈善项目 3个")
    assert "还没有报过" in feng.say("刚才报错了，应该是宣传工作方案 1份")
    assert counts(suining) == {"projects|shehong": 3}


def test_no_correction_leads_below_nothing(suining: Office, feng: SimulatedPerson) -> None:
    feng.say("推出慈善项目 3个")
    assert "“3 → -2”数字是负的" in feng.say("多报了5个")
    assert counts(suining) == {"projects|shehong": 3}


def test_a_correction_of_nothing_says_what_is_missing(suining: Office, feng: SimulatedPerson) -> None:
    assert "请带上是哪一项，例如：更正" in feng.say("更正 5个")
    assert counts(suining) == {}


def test_a_correction_that_names_two_tasks_is_a_choice(suining: Office, feng: SimulatedPerson) -> None:
    feng.say("推出慈善项目 3个")
    assert "2. 单独制定宣传工作方案" in feng.say("推出慈善项目报成宣传工作方案了，是2个")
    assert counts(suining) == {"projects|shehong": 3}
    assert feng.say("1").startswith("已更正 射洪市·推出慈善项目：3 → 2个")


def test_a_count_that_moved_meanwhile_is_not_written_over(suining: Office, feng: SimulatedPerson) -> None:
    other = suining.person("唐波")
    other.say("活动 遂宁")
    other.say("组队 射洪市红十字会 射洪市 遂心 队长唐波 13800000032")
    feng.say("推出慈善项目 3个")
    feng.say("推出慈善项目 再加1")
    other.say("推出慈善项目 6个")
    assert "刚刚有变化" in feng.say("确认")
    assert counts(suining) == {"projects|shehong": 6}
