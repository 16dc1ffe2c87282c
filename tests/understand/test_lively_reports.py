"""Reports as people of every sort write them, each kind with a line that is booked and one like it that must not be.

The captain's team stands at 9,000元 and 120人次 since the evening before.
"""

import pytest

from benchmarks.effects import Line, weighed
from handlers.understand.verdicts import Book, Heard, Offer, Verdict


def verdict(text: str) -> Verdict | None:
    return weighed(Line("9000/120@07", "20:00", text))[1]


def booked(text: str) -> list[tuple[str, str, int, int | None]] | None:
    said = verdict(text)
    if not isinstance(said, Book):
        return None
    return [(r.kind, r.channel, (r.amount_fen or 0) // 100, r.donations) for r in said.readings]


@pytest.mark.parametrize(
    ("text", "kind", "yuan", "gifts"),
    [
        ("9600，累是累了点，大家都在坚持", "total", 9600, None),
        ("刚开完党员大会，学校累计9600元", "total", 9600, None),
        ("午饭都没顾上吃，总算涨到9600了", "total", 9600, None),
        ("平板快没电了先报：9600", "total", 9600, None),
        ("图我就不发了，现在9600元，131人次", "total", 9600, 131),
        ("一共是9600元，晚上我带学生去看病，怕是回得慢", "total", 9600, None),
        ("又收到200元，是以前的老同学捐的", "increment", 200, None),
        ("刚又到了200元，都是在外打工的家长从广东寄回来的", "increment", 200, None),
        ("我们一共是9600元然后今天刮风大家都不想动", "total", 9600, None),
        ("捐款进度 9600/15000 元", "total", 9600, None),
        ("又来两笔，分别是80、120，合计200", "increment", 200, 2),
        ("今天来的款：上午60，下午140，加拢200", "day", 200, None),
        ("又有新的善款到账：50元、150元两笔，合计200元，总数9200元，122人次", "total", 9200, 122),
        ("昨晚到现在数字从9000蹦到9600啦", "total", 9600, None),
        ("而家总额系9,600蚊，131人次", "total", 9600, 131),
        ("备注 一切正常\n累计9600元", "total", 9600, None),
        ("9600，131人 次", "total", 9600, 131),
        ("截止三点四十，累计9600元", "total", 9600, None),
        ("一、线上：9,600元\n二、人次：131", "total", 9600, 131),
        ("9600！！满满的爱心", "total", 9600, None),
    ],
)
def test_booked(text: str, kind: str, yuan: int, gifts: int | None) -> None:
    said = booked(text)
    assert said is not None, verdict(text)
    assert said == [(kind, "online", yuan, gifts)]


@pytest.mark.parametrize(
    "text",
    [
        "横幅两条120，音响80，共200元",
        "9600，那时候还没截止吧",
        "又收到200元，是昨天家长捐的",
        "捐款进度 9600/15000 元（80%）",
        "线上9600/昨天9700",
        "今天新增300元，从9000涨到了9600",
        "指标，累计9600元",
        "9600，运动会",
        "9600，班会",
        "又收到100元2人次，200元3人次，共300元",
        "学费收了三笔，50、100、150，共300元",
        "刚才看了下我们学校捐了5000",
        "刚刚算出来捐了5000",
        "加上隔壁医院的一共9600元",
        "突击队累计9600元",
        "盐津战队累计9600元",
        "广播站累计9600元",
        "几个学校一共9600元",
        "【转】请核对：贵校最新数据9,600元/131人次",
        "呵呵，真行，一下午进了50块",
        "9000加400等于9600，人次131",
    ],
)
def test_not_booked(text: str) -> None:
    assert booked(text) is None, text


@pytest.mark.parametrize("text", ["累计9 600元", "现在9 650 元 131人次", "9 050"])
def test_a_number_parted_by_blanks_is_offered_as_one(text: str) -> None:
    said = verdict(text)
    assert isinstance(said, Offer)
    assert [doubt.reason for doubt in said.doubts] == ["parted"]
    assert said.readings[0].amount_fen in (960_000, 965_000, 905_000)


@pytest.mark.parametrize("text", ["刚才八年级2班家长委员会凑了260块打进来了", "教职工党支部刚刚线上捐了260元"])
def test_what_some_of_hers_gave_just_now_is_offered_as_what_came_in(text: str) -> None:
    said = verdict(text)
    assert isinstance(said, Offer), said
    assert [(reading.kind, reading.amount_fen) for reading in said.readings] == [("increment", 26_000)]


def test_a_table_of_labels_is_a_report_and_no_list() -> None:
    assert booked("| 项目 | 数值 |\n| 累计筹款 | 9,600.00元 |\n| 捐款笔数 | 131 |") == [("total", "online", 9600, 131)]


def test_what_stands_unchanged_is_heard_of() -> None:
    said = verdict("截至14:00无新增捐款，累计金额维持9,000元不变")
    assert isinstance(said, Heard)
