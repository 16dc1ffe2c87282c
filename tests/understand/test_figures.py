"""Figures, and what is claimed of them: read exactly or doubted. A wrong reading here would be a wrong booking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import effects
from handlers.texts.figures import format_amount
from handlers.understand.claim import Claim
from handlers.understand.verdicts import Book
from tests.understand.listening import books, claimed, weighed

NOTHING = "-"
AMOUNTS = """
12345.67 | 1234567
12345.67元 | 1234567
12,345.60元 | 1234560
１２，３４５元 | 1234500
¥25,000.00 | 2500000
人民币25000 | 2500000
25000 RMB | 2500000
25000元整 | 2500000
1.2万 | 1200000
３．２万 | 3200000
1.5w | 1500000
1.2W | 1200000
1w2 | 1200000
3k | 300000
3k5 | 350000
9.8千 | 980000
3 万 5 | 3500000
3 万 5 千 | 3500000
三 万 二 | 3200000
300 万元 | 300000000
1万2千3 | 1230000
3千2百5 | 325000
2万5 | 2500000
2百3 | 23000
12万3456 | 12345600
1万零500 | 1050000
三万零五 | 3000500
一万二千三 | 1230000
一百五 | 15000
一百零五块两毛 | 10520
两千五 | 250000
十块 | 1000
二十五元 | 2500
二十万 | 20000000
三点二万 | 3200000
三百五十六点五元 | 35650
八五六元 | 85600
伍仟元 | 500000
贰拾伍万 | 25000000
叁万贰仟元整 | 3200000
壹万贰仟叁佰肆拾伍元陆角柒分 | 1234567
六毛 | 60
5角钱 | 50
3元5角 | 350
三块五角二 | 352
五十五块五 | 5550
55块5毛5 | 5555
两块两毛两分 | 222
0.5元 | 50
0 | 0
【3200】 | 320000
3200！！！ | 320000
3200. | 320000
"""

REPORTS = """
进度 12345.67元 321人次 | 1234567 321 total
进度 0012 3.2万 856 | 3200000 856 total code=0012
进度三千二百元四十五人次 | 320000 45 total
上报 3200元 45人次 | 320000 45 total
报 五千 | 500000 - total
今天新增2000 | 200000 - day
进度 今天新增2000 | 200000 - day
今日 1,200元 30笔 | 120000 30 day
当日线下500 | 50000 - day offline
又筹了500 | 50000 - increment
进度 又筹了500 | 50000 - increment
刚刚又捐了2百3 | 23000 - increment
再加500 | 50000 - increment
+500元 | 50000 - increment
多了500元 30人次 | 50000 30 increment
新增 30人次 500元 | 50000 30 increment
又有3个人捐了500 | 50000 3 increment
我们今天又多了三百块钱 | 30000 - day
线下 5000 | 500000 - bare offline
线下现金5000元 | 500000 - bare offline
已筹 三万二 八百五十六人次 | 3200000 856 total
45笔 合计3200.5 | 320050 45 total
四十五笔三千二百元 | 320000 45 bare
856人次 3200元 | 320000 856 bare
人次 856，金额3200 | 320000 856 bare
金额 3200 人次 856 | 320000 856 bare
3200，45人次 | 320000 45 bare
320、45人次 | 32000 45 bare
进度25000元/45人次 | 2500000 45 total
3200元 45 | 320000 45 bare
一万五千人次 三十二万元 | 32000000 15000 bare
三十个人，一千二 | 120000 30 bare
#0012 又筹500 | 50000 - increment code=0012
＃００１２　３２００ | 320000 - bare code=0012
#12 3200 45 | 320000 45 bare code=0012
0012今天2000 | 200000 - day code=0012
队伍0012 累计3200 | 320000 - total code=0012
截至17点，累计3.2万 | 3200000 - total
截至17点3200元 | 320000 - total
截至17点45人次3200元 | 320000 45 total
截至17:00已筹12345.6元，321人次 | 1234560 321 total
截至9点30分3200元45人次 | 320000 45 total
晚上8点5000元 | 500000 - bare
十点已筹五千 | 500000 - total
昨天晚上10点 已筹3200 | 320000 - total
到今天为止3200 | 320000 - total
5月7日 已筹 3200元，45笔 | 320000 45 total
5月8日3200元 | 320000 - bare
五月七日二十一点已筹三万二 | 3200000 - total
第2天 累计3200 | 320000 - total
5·8人道公益日已筹3200 | 320000 - total
58公益日 已筹3200元 | 320000 - total
增加到3200 | 320000 - total
涨到3200了 | 320000 - total
目标3万，已筹2万 | 2000000 - total
完成目标的80%，已筹1.6万 | 1600000 - total
截止中午12点 善款15,600 捐款笔数 210 | 1560000 210 total
刚又来了88块 | 8800 - increment
共筹集资金叁仟贰佰元（3200元） | 320000 - total
3200（不含配捐） | 320000 - bare
排名第3，已筹3200 | 320000 - total
再报一次 3200 | 320000 - bare
进度 3200 电话13900000000 | 320000 - total
139 0000 0000 已筹3200 | 320000 - total
0870-2220223 已筹3200 | 320000 - total
身份证532101199001011234 3200 | 320000 - bare
https://gongyi.qq.com/x?id=123456 已筹3200 | 320000 - total
十分感谢，累计两千五 | 250000 - total
25000，45 | 2500000 45 bare
进度25000/45 | 2500000 45 total
金额（万元）：3.2 | 3200000 - total
单位：万元，累计3.2 | 3200000 - total
6.7 万元 230 人次 | 6700000 230 bare
7 万 8 | 7800000 - bare
3 千元 | 300000 - bare
今天2680 人次71 | 268000 71 day
累计 9.9千 人次 377 | 990000 377 total
三万五千六百元零五角 | 3560050 - bare
7,950，140人次 | 795000 140 bare
930，98人次 | 93000 98 bare
5,900快 120人次 | 590000 120 bare
3200元，比昨天多500 | 320000 - bare
又筹了五百，一共三千二 | 320000 - total
累计三千二，今天五百 | 320000 - total
已筹3200元，配捐500 | 320000 - total
公众捐款3200元 配捐500元 45人次 | 320000 45 bare
"""

NOT_BOOKED = """
17,3
32,00元
1.2.3万
3万25
1万05
05元
12.345元
3.200
3½
32OO元
l00元
一共筹到八千九百多
三千多块
3000左右
大概3000
差不多3000元
应该有3000
将近3万
突破5万
十几万
几千块
上万元
三五百
两三千
1万半
300-500
500~600
3000到3500
负500
-500
−５００
负五百元
减500
退款200
少了500
3000+200
不是3200是3400
1万 5
3万 5千
三万 八百五十六
三千二百 四十五
5元5
3200元45
12 345
1 234元
3 2 0 0
1。2万
其中线下500，共3200
已筹3200元（含配捐500）
配捐已到账，2000元
我们还差200就到2000了
早上报的是5000，现在是5600
1班200 2班300
王老师捐了200，李老师捐了300
200，856人次
昨天筹了500
本周新增5000
昨天3000
每人100元
300元/人
人均20元
100000000000000元
100000000001元
9999999999999999999999999999999999999999元
3200余额
5人小组 3200元
1万2、3
两千 三百
4 860元
"""

WITHOUT_FIGURES = """
一共
一起加油
十分感谢
万分感谢
千万别忘了
昭通市第一中学
一老一小
三班
第3名
完成80%
截至17点
5月7日 10:00
13900000000
第二天
谢谢大家
双十一
"""


def _rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in row.split(" | ")) for row in table.strip().splitlines()]


def one(text: str) -> Claim:
    """The only figure that a line claims."""
    claims = claimed(text, NOTHING).claims
    assert len(claims) == 1, claims
    return claims[0]


@pytest.mark.parametrize(("typed", "fen"), _rows(AMOUNTS))
def test_one_amount(typed: str, fen: str) -> None:
    claim = one(typed)
    assert (claim.amount_fen, claim.doubt) == (int(fen), "")


@pytest.mark.parametrize(("typed", "expected"), _rows(REPORTS))
def test_a_first_report(typed: str, expected: str) -> None:
    """What a line books on a team of nothing; a bare figure is its total, as a day's or an increment may be."""
    verdict = weighed(typed, NOTHING)
    assert isinstance(verdict, Book), verdict
    assert len(verdict.readings) == 1
    said = verdict.readings[0]
    amount, donations, kind, *more = expected.split()
    assert ("-" if said.amount_fen is None else str(said.amount_fen)) == amount
    assert ("-" if said.donations is None else str(said.donations)) == donations
    assert said.channel == ("offline" if "offline" in more else "online")
    assert said.kind in (kind, "total")
    codes = [each.removeprefix("code=") for each in more if each.startswith("code=")]
    assert [claimed(typed, NOTHING).code] == (codes or [None])


@pytest.mark.parametrize("typed", [row[0] for row in _rows(NOT_BOOKED)])
def test_what_can_be_read_two_ways_is_not_booked(typed: str) -> None:
    for before in (NOTHING, "2000/40@07", "9000/120@07"):
        assert not books(typed, before)


@pytest.mark.parametrize("typed", [row[0] for row in _rows(WITHOUT_FIGURES)])
def test_lines_without_figures(typed: str) -> None:
    assert claimed(typed, NOTHING).claims == ()


@given(st.integers(min_value=0, max_value=10**13))
def test_what_is_printed_reads_back(fen: int) -> None:
    claim = one(f"{format_amount(fen)}元")
    assert (claim.amount_fen, claim.doubt) == (fen, "")


_CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
_FINANCIAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


def _in_chinese(yuan: int) -> str:
    """An independent writer of Chinese numerals, 1 to 99,999,999."""
    groups = []
    for unit in ("", "万"):
        yuan, part = divmod(yuan, 10_000)
        words = ""
        for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = part // place % 10
            if digit:
                words += str(digit).translate(_CHINESE) + name
            elif words and part % place:
                words += "零" if not words.endswith("零") else ""
        groups.append((words + unit if words else "", part))
    (low, low_value), (high, _) = groups
    return high + ("零" if high and low and low_value < 1000 else "") + low


@given(st.integers(min_value=1, max_value=99_999_999))
def test_a_number_reads_the_same_in_every_notation(yuan: int) -> None:
    spoken = _in_chinese(yuan)
    notations = [
        f"{yuan}元",
        f"{yuan:,}元",
        f"¥{yuan}.00",
        f"{yuan}.0元".translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
        f"{spoken}元",
        f"{spoken.translate(_FINANCIAL)}元整",
        f"{format(yuan / 10_000, '.4f')}万",
        f"已筹{spoken}块钱",
    ]
    for notation in notations:
        claim = one(notation)
        assert claim.amount_fen == yuan * 100 or claim.doubt, notation
    exact = [one(notation).amount_fen for notation in notations if not one(notation).doubt]
    assert len(exact) >= len(notations) - 1, "four places of 万 alone may be a slip"


@given(st.integers(100, 10**7), st.integers(2, 99))
def test_money_and_donations_in_any_order(yuan: int, donations: int) -> None:
    for line in (
        f"进度 {yuan}元 {donations}人次",
        f"进度 {donations}人次 {yuan}元",
        f"进度 {yuan} {donations}",
        f"进度\n金额：{yuan}\n人次：{donations}",
        f"进度 {_in_chinese(yuan)}元{_in_chinese(donations)}笔",
    ):
        claim = one(line)
        assert (claim.amount_fen, claim.gifts, claim.doubt) == (yuan * 100, donations, ""), line


@pytest.mark.parametrize(
    ("unit", "text", "fen"),
    [
        ("昭通市3.15维权中心", "3·15维权中心 累计1200元", 120_000),
        ("巧家县120急救站", "巧家县 120 急救站 累计3200元", 320_000),
        ("昭通市第12小学", "第⑫小學累计800", 80_000),
        ("昭通百货360店", "百货360店今天到账600，累计1800元", 180_000),
    ],
)
def test_the_figures_of_a_units_own_name_are_none_of_its_report(unit: str, text: str, fen: int) -> None:
    _, verdict = effects.weighed(effects.Line("-", "20:00", text, unit))
    assert isinstance(verdict, Book), verdict
    assert [reading.amount_fen for reading in verdict.readings] == [fen]
