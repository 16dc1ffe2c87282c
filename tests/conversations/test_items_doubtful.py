"""Counts that can be read in two ways are refused with a reason or asked about; none is written silently."""

import pytest

from tests.conversations.conftest import Office


def counts(office: Office) -> dict[str, int]:
    return office.store.tasks.counts("suining-2023")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("推出慈善项目 -1", "数字是负的"),
        ("推出慈善项目：－1", "数字是负的"),
        ("进度 推出慈善项目 负2个", "数字是负的"),
        ("进度 研发包装 三到五个", "“三到五个”有好几个数字"),
        ("研发包装四至五个", "有好几个数字"),
        ("研发包装4到5个", "有好几个数字"),
        ("推出慈善项目 六、七个", "有好几个数字"),
        ("推出慈善项目 2～3个", "有好几个数字"),
        ("推出慈善项目2个，其中1个已落地", "有好几个数字"),
        ("推出慈善项目新增2个，共5个", "有好几个数字"),
        ("推出慈善项目 ２，３个", "写法有疑问"),
        ("推出慈善项目 2.5个", "写法有疑问"),
        ("进度 推出慈善项目 十来个", "不是准确的件数"),
        ("推出慈善项目 三个左右", "不是准确的件数"),
        ("推出慈善项目 至少3个", "不是准确的件数"),
        ("推出慈善项目 3个以上", "不是准确的件数"),
        ("推出慈善项目 >3", "不是准确的件数"),
        ("推出慈善项目 一个都没有", "不是准确的件数"),
        ("推出慈善项目 没有新增2个", "不是准确的件数"),
        ("宣传工作方案 没变化，1份", "不是准确的件数"),
        ("进度 推出慈善项目 目标5个", "不是已经做成的件数"),
        ("推出慈善项目 20000", "数字大得不寻常"),
        ("推出慈善项目 4个 错了", "不是已经做成的件数"),
        ("推出慈善项目 4个 4个", "有好几个数字"),
    ],
)
def test_what_is_no_exact_count_is_refused_with_the_reason(suining: Office, said: str, why: str) -> None:
    answer = suining.person("何协调").say(said)
    assert why in answer
    assert "没有记录" in answer
    assert counts(suining) == {}


@pytest.mark.parametrize(
    ("said", "task", "count"),
    [
        ("推出慈善项目 9999", "projects", 9999),
        ("推出慈善项目 30个", "projects", 30),
        ("今天推出慈善项目2个", "projects", 2),
        ("6月20日推出慈善项目2个", "projects", 2),
        ("上个月完成推出慈善项目2个", "", 0),
        ("推出慈善项目第3个", "projects", 3),
        ("成都 推出慈善项目 3个", "projects", 3),
        ("船山 大英 推出慈善项目 3个", "projects", 3),
        ("推出慈善项目 3个+", "projects", 3),
        ("推出慈善项木 2个", "projects", 2),
        ("推出慈善项目 2个人", "projects", 2),
        ("推出慈善项目 报批5个", "projects", 5),
        ("进度 2 5个", "funds", 5),
    ],
)
def test_a_count_that_may_be_meant_otherwise_is_asked(suining: Office, said: str, task: str, count: int) -> None:
    her = suining.person("何协调")
    asked = her.say(said)
    assert counts(suining) == {}
    if task:
        assert asked.endswith("回复“确认”，或“算了”")
        assert her.say("确认").startswith("已记录")
        assert counts(suining) == {f"{task}|chuanshan": count}


def test_ten_times_what_stands_is_asked(suining: Office) -> None:
    her = suining.person("何协调")
    her.say("推出慈善项目 3个")
    assert "相差十倍以上" in her.say("进度 船山 推出慈善项目 300个")
    assert counts(suining) == {"projects|chuanshan": 3}
    her.say("算了")
    her.say("推出慈善项目 29个")
    assert counts(suining) == {"projects|chuanshan": 29}
    assert "相差十倍以上" in her.say("更正 推出慈善项目 2个")
    assert counts(suining) == {"projects|chuanshan": 29}


@pytest.mark.parametrize("said", ["进度 推出项目 5", "慈善项目 5个", "推出慈善项目 5个 社区"])
def test_words_that_fit_two_tasks_are_a_choice(suining: Office, said: str) -> None:
    her = suining.person("何协调")
    asked = her.say(said)
    assert "1. 推出慈善项目" in asked
    assert "社区慈善基金推出项目" in asked
    assert counts(suining) == {}
    assert "船山区·推出慈善项目" in her.say("1")


def test_a_number_alone_is_a_choice_of_tasks(suining: Office) -> None:
    her = suining.person("何协调")
    assert "4. 单独制定宣传工作方案" in her.say("进度 1")
    assert her.say("7") == "请回复 1 到 4 中的一个数字，或“算了”。"
    assert her.say("宣传工作方案").startswith("已记录 船山区·单独制定宣传工作方案：0 → 1份")


def test_a_list_that_is_no_choice_bears_no_numbers(suining: Office) -> None:
    assert "1." not in suining.person("何协调").say("进度")


@pytest.mark.parametrize(
    ("said", "booked"),
    [
        ("我区已推出慈善项目3个", {"projects|chuanshan": 3}),
        ("船山区慈善会 推出了2个慈善项目", {"projects|chuanshan": 2}),
        ("截至6月20日 推出慈善项目２个", {"projects|chuanshan": 2}),
        ("推出慈善项目 增加到五个", {"projects|chuanshan": 5}),
        ("老师，宣传工作方案已印发1份🌹", {"publicity-plan|chuanshan": 1}),
        ("社区慈善基金推出项目 二十一个", {}),
    ],
)
def test_plain_counts_are_booked_as_ever(suining: Office, said: str, booked: dict[str, int]) -> None:
    suining.person("何协调").say(said)
    assert counts(suining) == booked
