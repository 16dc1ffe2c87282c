"""Figures are read exactly or asked about: every wrong reading in these tables would have been a wrong booking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.texts.figures import format_amount
from handlers.understand.amounts import Doubt, Figures, read_amount, read_figures

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
捐款次数：45 | - 45 bare
已筹3200元，配捐500 | 320000 - total match=50000
配捐500，公众捐款3200 | 320000 - bare match=50000
捐款3200元 配捐500元 45人次 | 320000 45 bare match=50000
不含配捐3200 | 320000 - bare
500元配捐 | - - bare match=50000
#0012 又筹500 | 50000 - increment code=0012
＃００１２　３２００ | 320000 - bare code=0012
#12 3200 45 | 320000 45 bare code=0012
0012今天2000 | 200000 - day code=0012
编号 0012，3200元，45人次 | 320000 45 bare code=0012
队伍0012 累计3200 | 320000 - total code=0012
截至17点，累计3.2万 | 3200000 - total
截至17点3200元 | 320000 - total
截至17点45人次3200元 | 320000 45 total
截至17:00已筹12345.6元，321人次 | 1234560 321 total
截至9点30分3200元45人次 | 320000 45 total
晚上8点5000元 | 500000 - bare
十点已筹五千 | 500000 - total
晚上十点五十 3200元 | 320000 - bare
昨天晚上10点 已筹3200 | 320000 - total
到今天为止3200 | 320000 - total
5月7日 已筹 3200元，45笔 | 320000 45 total
5月8日3200元 | 320000 - bare
五月七日二十一点已筹三万二 | 3200000 - total
二〇二四年五月七日 已筹三千 | 300000 - total
2024-05-07 3200元 45人次 | 320000 45 bare
第2天 累计3200 | 320000 - total
三天共3200元 45人次 | 320000 45 total
5·8人道公益日已筹3200 | 320000 - total
99公益日 已筹3200元 | 320000 - total
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
昭通市第一中学 累计 12,345.60元 共321人次 | 1234560 321 total
永善一中3200元45人次 | 320000 45 bare
二小3200 | 320000 - bare
12中又筹了300 | 30000 - increment
五年级2班今天捐了340元 | 34000 - day
共青团昭通市委 又筹500 | 50000 - increment
总工会3200 45 | 320000 45 bare
二七区 3200 | 320000 - bare
十分感谢，累计两千五 | 250000 - total
"""

DOUBTS = """
17,3 | malformed
32,00元 | malformed
25000，45 | malformed
1.2.3万 | malformed
3万25 | malformed
1万05 | malformed
05元 | malformed
12.345元 | malformed
3.200 | malformed
3½ | malformed
32OO元 | malformed
l00元 | malformed
进度25000/45 | malformed
一共筹到八千九百多 | vague
三千多块 | vague
3000左右 | vague
大概3000 | vague
差不多3000元 | vague
应该有3000 | vague
将近3万 | vague
突破5万 | vague
十几万 | vague
几千块 | vague
上万元 | vague
三五百 | vague
两三千 | vague
1万半 | vague
300-500 | vague
500~600 | vague
3000到3500 | vague
金额（万元）：3.2 | vague
负500 | negative
-500 | negative
−５００ | negative
负五百元 | negative
减500 | negative
退款200 | negative
少了500 | negative
3000+200 | several
不是3200是3400 | several
1万 5 | several
3万 5千 | several
三万 八百五十六 | several
三千二百 四十五 | several
3200元，比昨天多500 | several
5元5 | several
3200元45 | several
12 345 | several
1 234元 | several
3 2 0 0 | several
1。2万 | several
截至三点二万 | several
线上3000 线下500 | several
线上线下一共8000 | several
其中线下500，共3200 | several
已筹3200元（含配捐500） | several
又筹了五百，一共三千二 | several
配捐已到账，2000元 | several
我们还差200就到2000了 | unclear
早上报的是5000，现在是5600 | several
1班200 2班300 | several
已筹1200.00（45） | several
累计三千二，今天五百 | several
王老师捐了200，李老师捐了300 | several
200，856人次 | several
0012 0034 500 | several
到今天又新增500 | several
昨天筹了500 | other day
本周新增5000 | other day
昨天3000 | other day
每人100元 | rate
300元/人 | rate
人均20元 | rate
100000000000000元 | absurd
100000000001元 | absurd
9999999999999999999999999999999999999999元 | absurd
3200余额 | unclear
群里50人 已筹3200 | unclear
我们学校120人，已筹3200元 | unclear
团队12人，筹3200 | unclear
5人小组 3200元 | unclear
"""

NO_FIGURES = """
一共
离2000还差200
完成5000元目标
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


@pytest.mark.parametrize(("typed", "fen"), _rows(AMOUNTS))
def test_one_amount(typed: str, fen: str) -> None:
    assert read_amount(typed) == int(fen)


@pytest.mark.parametrize(("typed", "expected"), _rows(REPORTS))
def test_reports(typed: str, expected: str) -> None:
    figures = read_figures(typed)
    assert isinstance(figures, Figures), figures
    said = [
        "-" if figures.amount_fen is None else str(figures.amount_fen),
        "-" if figures.donations is None else str(figures.donations),
        figures.kind,
        *(["offline"] if figures.channel == "offline" else []),
        *([f"match={figures.match_fen}"] if figures.match_fen is not None else []),
        *([f"code={figures.code}"] if figures.code else []),
    ]
    assert " ".join(said) == expected


@pytest.mark.parametrize(("typed", "reason"), _rows(DOUBTS))
def test_doubts(typed: str, reason: str) -> None:
    doubt = read_figures(typed)
    assert isinstance(doubt, Doubt), doubt
    assert doubt.reason == reason


@pytest.mark.parametrize("typed", [row[0] for row in _rows(NO_FIGURES)])
def test_lines_without_figures(typed: str) -> None:
    assert read_figures(typed) is None


def test_a_code_without_a_leading_zero_needs_to_be_known_and_to_leave_the_figures_plain() -> None:
    known = read_figures("进度 1234 3200元 45人次", codes={"1234"})
    assert isinstance(known, Figures)
    assert (known.code, known.amount_fen, known.donations) == ("1234", 320000, 45)
    assert isinstance(read_figures("进度 1234 856", codes={"1234"}), Doubt)
    unknown = read_figures("进度 1234 856")
    assert isinstance(unknown, Figures)
    assert (unknown.code, unknown.amount_fen, unknown.donations) == (None, 123400, 856)


def test_the_rest_keeps_the_unit_and_drops_figures_and_reporting_words() -> None:
    figures = read_figures("进度 #0012 昭通市第一中学 累计 3200元 45人次")
    assert isinstance(figures, Figures)
    assert figures.rest == "昭通市第一中学"


def test_an_amount_beside_a_count_is_not_one_amount() -> None:
    assert isinstance(read_amount("3200元 45人次"), Doubt)
    assert read_amount("没有数字") is None


@given(st.text())
def test_reading_never_raises(text: str) -> None:
    read_figures(text, codes={"0012", "1234"})
    read_amount(text)


_PIECES = (
    "进度 3 12 0012 , . 万 千 百 十 五 元 块 毛 人次 笔 多 - 点 今天 又 累计 配捐 线下 # 月 日 几 零 w 第 到 / 截至"
)
_FRAGMENTS = st.lists(st.sampled_from([*_PIECES.split(" "), " ", "\n"]), max_size=12).map("".join)


@given(_FRAGMENTS)
def test_reading_broken_reports_never_raises(text: str) -> None:
    outcome = read_figures(text, codes={"0012"})
    assert outcome is None or isinstance(outcome, Doubt | Figures)
    if isinstance(outcome, Figures):
        assert outcome.amount_fen is None or outcome.amount_fen >= 0


_FEN = st.integers(min_value=0, max_value=10**13)


@given(_FEN)
def test_what_is_printed_reads_back(fen: int) -> None:
    assert read_amount(f"{format_amount(fen)}元") == fen


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
    assert {read_amount(notation) for notation in notations} == {yuan * 100}, notations


@given(st.integers(100, 10**7), st.integers(1, 99))
def test_money_and_donations_in_any_order(yuan: int, donations: int) -> None:
    lines = [
        f"进度 {yuan}元 {donations}人次",
        f"进度 {donations}人次 {yuan}元",
        f"进度 {yuan} {donations}",
        f"进度\n金额：{yuan}\n人次：{donations}",
        f"进度 {_in_chinese(yuan)}元{_in_chinese(donations)}笔",
    ]
    for line in lines:
        figures = read_figures(line)
        assert isinstance(figures, Figures), line
        assert (figures.amount_fen, figures.donations, figures.kind) == (yuan * 100, donations, "total"), line


def test_a_report_is_no_gift() -> None:
    for line in ("报一笔线下400元", "再报一笔，线下捐款箱260元"):
        figures = read_figures(line)
        assert isinstance(figures, Figures), line
        assert figures.donations is None, line
