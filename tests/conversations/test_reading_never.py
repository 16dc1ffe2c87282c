"""Lines whose figure is not what came in for her team so far: never booked without a yes, of every kind.

9,000元 120人次 stood on the evening before; the rows of the tables are other lines than those that were reported.
"""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import Office

SCHOOL = "昭通市第三中学"
LINES = {
    "another day": [
        "5月7日我校又收到捐款480元，6人次，特此报告",
        "7号新增760元",
        "6号到7号一共新增2300元",
        "前天新增1200元",
        "昨天新增650元，30人次",
    ],
    "goal": [
        "今天必须新增2000元，大家加油",
        "再筹800就够建图书角了",
        "要是再新增1200就过万了",
        "计划新增1500元",
    ],
    "another's": [
        "我表姐她们单位累计12500",
        "儿子班上累计捐了7300",
        "隔壁幼儿园累计12500元",
        "我老乡又捐了2600",
        "楼下超市又筹了1200元",
    ],
    "a larger whole": [
        "我们卫健系统累计38000元 620人次",
        "咱们镇累计12500元",
        "三所学校一共累计12500元",
        "医共体累计12500元",
        "四个项目合计9900元",
        "全县累计98000元",
    ],
    "the past": [
        "2021年累计12500元",
        "上一届活动我们累计12500元",
        "当初累计12500元",
        "前年我校累计12500元",
    ],
    "unknown": [
        "累计9800元 试跑",
        "累计9800元 备查稿",
        "新增800（冲减）",
        "累计9800日元",
        "又2600元 弹回",
        "累计9800元 轧差",
        "照小抄背诵：累计9800元 130人次",
        "投影仪上滚动屏：进度 9800 130",
    ],
    "not settled": [
        "没经过复核的数：9800元",
        "草拟上报9900元，请主任看看",
        "累计9700元。以上尚未审定，请勿录入",
        "累计9900元，等李主任点头了再录",
        "明早的数先给你们，9950元",
        "又筹了400，昨晚那个数里面其实已经算进它了",
    ],
    "with what the platform matches": ["含配捐总共9900元", "连配捐一起一共9900元"],
    "what is waited for": [
        "等工会那600到了，累计就9600",
        "坐等老板那笔1000，总数就是10000元",
    ],
    "a day that may be the total": [
        "后天要出差，今天预先报一下：9950元",
        "今天13000元，140人次",
    ],
    "goods": [
        "又捐320元 棉衣",
        "刚收到1900元 校服费",
        "又奖给学生600元",
        "今天移交总务处2100元",
        "今天转交财务1900元",
        "又到电脑一台3200元",
        "又收到课桌2600元",
    ],
    "rough": [
        "估摸累计9800",
        "累计将近9800",
        "累计九千八上下",
    ],
    "turn": [
        "累计9800元，暂时别录",
        "累计9800元！逗你玩的",
        "累计9800元。以上是全镇的",
        "累计9800元，那是去年的",
        "累计9800元，排练",
        "累计9800元，发错群了",
        "累计9800元，哎不对",
        "先别记，累计9800元",
        "这条作废：累计9800元",
    ],
    "part": [
        "我们五班累计9800元",
        "后勤累计9800元",
        "我本人累计9800元",
        "高二累计9800元",
    ],
    "edge": [
        ".6万 30人次",
        "累计.6万",
        "进度 ．７万",
        "今天新增.9万",
        "又筹了.6万",
        "累计点六万",
        "累计 -.6万",
        "累计.7",
        "累计¥.80",
    ],
    "unit": [
        "累计 4.万",
        "累计 6,万",
        "累计6。万",
        "累计4、万",
        "累计 0.6.万",
        "进度 万.6",
    ],
    "numeral": [
        "进度 廿六万元",
        "累计卅二万元",
        "累计一百卅元",
        "累计三佰廿元",
        "进度 廿八元",
    ],
    "brackets": [
        "累计（万）：4.2",
        "累计(w)4.2",
        "筹款额：13.1（万）",
        "金额(万) 13.1",
        "累计（千）48",
    ],
    "compared": [
        "进度 少于9800",
        "进度 不低于9800元",
        "进度 多于9800元",
        "累计>9800",
        "累计：＜9800元",
        "进度 ≥9800元",
        "累计≈9800元",
        "累计~9800元",
        "累计 ±9800",
        "累计9800元有余",
        "累计至少9800元",
        "累计已超9800元",
        "累计约合9800元",
        "累计拟9800元",
        "累计应捐9800元",
        "累计冻结9800元",
    ],
    "currency": [
        "进度 3万元美金",
        "进度 9800元券",
        "累计9800港币",
    ],
    "implausible": [
        "进度 13812345678元",
        "累计 20240507元 40人次",
        "累计 1300000000元 40人次",
        "进度 4123.55万元 3人次",
    ],
    "quoted": [
        "「张某：今天新增3000元 15人次」\n- - - - - - - - - - - - - - -\n好的收到",
        "「张某：又筹了420」\n—————————\n大家辛苦",
        "「王某：累计9800元」\n赞",
    ],
}


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    """9,000元 and 120人次 stood on the evening of the 7th; it is the 8th, eight in the evening."""
    li = office.captain("李敏", SCHOOL)
    office.go_to("2024-05-07T20:00")
    assert li.say("累计9000元 120人次").startswith("已记录")
    office.go_to("2024-05-08T20:00")
    return li


def stands(office: Office) -> tuple[int, int, int]:
    """Online fen and 人次, offline fen."""
    team = office.team(SCHOOL)
    return team.online.amount_fen, team.online.donations, team.offline.amount_fen


@pytest.mark.parametrize("kind", LINES)
def test_it_is_never_booked_without_a_yes(office: Office, li: SimulatedPerson, kind: str) -> None:
    for typed in LINES[kind]:
        said = li.say(typed)
        assert not said.startswith("已"), f"{typed}: {said}"
        assert stands(office) == (900_000, 120, 0), typed
        li.say("算了")
    assert office.ledger().count("report.accepted") == 1


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("累计9800元 轧差", "轧差"),
        ("又2600元 弹回", "弹回"),
        ("累计9800元，暂时别录", "别录"),
        ("累计9800元。以上是全镇的", "全镇"),
        ("隔壁幼儿园累计12500元", "隔壁"),
        ("去年累计9800元", "去年"),
        ("我们五班累计9800元", "五班"),
    ],
)
def test_what_was_not_understood_or_stands_against_it_is_quoted(li: SimulatedPerson, typed: str, word: str) -> None:
    said = li.say(typed)
    assert any(word in quoted for quoted in said.split("“")[1:]), said


def test_the_reason_is_the_true_one(li: SimulatedPerson) -> None:
    for typed, reason in (
        ("今天必须新增2000元，大家加油", "目标"),
        ("今天上缴财务1900元", "花出去或交出去"),
        ("累计9800日元", "人民币"),
        ("又收到课桌2600元", "物资"),
        ("进度 不低于9800元", "大概"),
    ):
        assert reason in li.say(typed), typed
        li.say("算了")


def test_an_implausible_first_report_is_asked(office: Office) -> None:
    li = office.captain("李敏", SCHOOL)
    office.go_to("2024-05-08T20:00")
    for typed in LINES["implausible"]:
        assert not li.say(typed).startswith("已"), typed
        li.say("算了")
    assert not office.team(SCHOOL).reported


def test_a_count_behind_an_emoticon_is_read_or_asked(office: Office) -> None:
    """The count was dropped and the amount booked."""
    li = office.captain("李敏", SCHOOL)
    for typed in ("进度 4100元/:rose 52人次", "进度 4100元/::) 52人次", "进度 4100元/:sun/:sun 52人次"):
        said = li.say(typed)
        if said.startswith("已记录"):
            assert stands(office)[:2] == (410_000, 52), typed
            assert li.say("撤回").startswith("已撤回")
        else:
            li.say("算了")
        assert stands(office)[0] == 0, typed


def test_just_after_midnight_a_days_figure_may_be_yesterdays(office: Office, li: SimulatedPerson) -> None:
    office.go_to("2024-05-09T00:20")
    for typed in ("今天新增2100 24人次", "今日收到2100元", "今天一共进了2100"):
        assert not li.say(typed).startswith("已"), typed
        li.say("算了")
    office.go_to("2024-05-09T04:30")
    assert li.say("今天新增2100 24人次").startswith("已记录")
