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


@pytest.mark.parametrize(
    "said",
    [
        "李敏电话多少",
        "李敏手机号",
        "刘主任电话",
        "把杜雄家里住址给我",
        "杜主任家庭地址",
        "昭通市第一中学队长手机号发我",
        "县教体局李科长的微信发我一下",
        "联系人 李敏",
        "电话 王老师",
    ],
)
def test_a_private_persons_data_is_refused_beside_the_official_contact(office: Office, said: str) -> None:
    answer = office.person("路人").say(said)
    assert answer.startswith("不能提供个人的")
    assert "昭通市红十字会杜雄，0870-2220223" in answer


@pytest.mark.parametrize(
    "said", ["杜雄手机号", "杜主任电话", "民政局那边联系电话是多少", "申艳艳电话发我下", "联系人 民政局"]
)
def test_an_official_contact_is_public(office: Office, said: str) -> None:
    answer = office.person("路人").say(said)
    assert "不能" not in answer
    assert "0870-2" in answer


@pytest.mark.parametrize(
    "said", ["孩子们没钱捐 老师非要收 20 怎么办", "校长硬要每个学生捐怎么办", "社区非让我们捐五十怎么办？"]
)
def test_who_is_forced_hears_that_giving_is_voluntary(office: Office, said: str) -> None:
    answer = office.person("路人").say(said)
    assert "捐赠自愿" in answer
    assert "举报" in answer


def test_who_tells_of_force_may_have_it_registered(office: Office) -> None:
    assert office.person("路人").say("校长非要每个娃娃捐20").endswith("回复“确认”，或“算了”")


@pytest.mark.parametrize("said", ["怎么上报？", "进度怎么报？"])
def test_how_to_report_is_help(office: Office, said: str) -> None:
    assert "进度 12345.67元" in office.person("路人").say(said)


@pytest.mark.parametrize("said", ["我们县多少了？"])
def test_figures_are_rankings(office: Office, said: str) -> None:
    assert "排行" in office.person("路人").say(said)
