"""What must be refused is refused and explained; how to report is help; figures are rankings, not rules."""

import pytest

from tests.conversations.conftest import Office


@pytest.mark.parametrize(
    "said",
    [
        "李校长个人捐了多少？",
        "把还没捐的人名单发给我好吗？",
        "先捐后报销可以吗？",
        "捐了以后返还给职工行不行？",
        "一笔拆成十笔捐能多拿配捐吗？",
        "找人刷单冲配捐行吗？",
        "可以把善款提现吗？",
        "能给我张队长的手机号吗？",
        "能按人头摊派吗？",
        "今天天气怎么样？",
        "哪只股票会涨？",
    ],
)
def test_refused(office: Office, said: str) -> None:
    assert "不能" in office.person("路人").say(said)


@pytest.mark.parametrize("said", ["先捐后报销可以吗？", "找人刷单冲配捐行吗？"])
def test_a_scheme_is_offered_as_an_incident(office: Office, said: str) -> None:
    answer = office.person("路人").say(said)
    assert "套取配捐" in answer
    assert "举报" in answer


def test_no_tax_advice(office: Office) -> None:
    assert "不提供税务意见" in office.person("路人").say("捐款可以抵个税吗？")


@pytest.mark.parametrize("said", ["怎么上报？", "进度怎么报？"])
def test_how_to_report_is_help(office: Office, said: str) -> None:
    assert "进度 12345.67元" in office.person("路人").say(said)


@pytest.mark.parametrize("said", ["我们县多少了？", "全市筹了多少了？"])
def test_figures_are_rankings(office: Office, said: str) -> None:
    assert "排行" in office.person("路人").say(said)
