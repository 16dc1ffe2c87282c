"""Kinds of reports, each with lines that are booked and, beside them, lines of the same words that must not be.

The captain's team stands at 9,000元 and 120人次 since the evening before unless a line says otherwise; it is read and
weighed as the bot does, the trained opinion included.
"""

from pathlib import Path

import pytest

from benchmarks.effects import Line, weighed
from handlers.understand.verdicts import Book, Heard
from storage.reckoning import Reading

NOT_BOOKED = Path(__file__).parents[1] / "data" / "not_booked.tsv"
STOOD = "9000/120@07"
TODAY = "9000/120@07;9400/128@08"


def told(text: str, before: str = STOOD) -> list[tuple[str, str, int | None, int | None]] | None:
    """What a line books, in yuan and 人次; nothing where nothing came in, None where it is asked about or refused."""
    _, verdict = weighed(Line(before, "20:00", text))
    if isinstance(verdict, Heard):
        return []
    return [_said(reading) for reading in verdict.readings] if isinstance(verdict, Book) else None


def _said(reading: Reading) -> tuple[str, str, int | None, int | None]:
    yuan = None if reading.amount_fen is None else reading.amount_fen // 100
    return reading.kind, reading.channel, yuan, reading.donations


@pytest.mark.parametrize(
    ("text", "booked"),
    [
        # a figure without a kind, of which a word says that it is hers or came in
        ("我们这边9640，先报一下", ("total", "online", 9640, None)),
        ("完成9720，目标一万二，继续", ("total", "online", 9720, None)),
        ("筹款额：￥9,215（目标12k）", ("total", "online", 9215, None)),
        # nothing is unknown, and the opinion is not sure of something else
        ("9460，谢谢提醒", ("total", "online", 9460, None)),
        # raised: a total, unless a word says that it came on top
        ("我们学校筹到9350元", ("total", "online", 9350, None)),
        ("又凑到260元", ("increment", "online", 260, None)),
        ("今天攒到700元", ("day", "online", 700, None)),
        # what came in just now leads to a total of now, whatever day was told ahead of it
        ("昨天9000元，刚才又来200元，累计9200元", ("total", "online", 9200, None)),
        # a day from which on it came in is not the day of the total
        ("从5月6号起一共收了400，累计9400元", ("total", "online", 9400, None)),
        ("截至昨天9000元，今天新增200元，现在累计9200", ("total", "online", 9200, None)),
        ("累计9500元，感谢志愿服务队", ("total", "online", 9500, None)),
        # givers who are not named
        ("刚刚又有家长捐了80", ("increment", "online", 80, None)),
        ("刚才又有一位村民捐了300元", ("increment", "online", 300, None)),
        ("又有一位村民捐了300元，加一笔", ("increment", "online", 300, 1)),
        ("又有几位校友捐了600元", ("increment", "online", 600, None)),
        # somebody of ours asks her to report
        ("周校长喊我报：累计9320元，126人次", ("total", "online", 9320, 126)),
        # a place ahead of her own unit's name
        ("我们市三中累计9320元", ("total", "online", 9320, None)),
        # a count behind an aim, of those who gave
        ("已筹¥9268 目标¥20000 131人次捐款", ("total", "online", 9268, 131)),
        # when, for how long, how it was done, who signs
        ("今儿一天收了640块", ("day", "online", 640, None)),
        ("吃过饭又进来360元", ("increment", "online", 360, None)),
        ("打卡第四天，9320元，126人次", ("total", "online", 9320, 126)),
        ("小助手你好，累计9320元", ("total", "online", 9320, None)),
        ("9320元，126人次。会计小马", ("total", "online", 9320, 126)),
        ("老人家不会用手机，交的现钱400元", ("total", "offline", 400, None)),
        ("晚自修后来汇报：9320元", ("total", "online", 9320, None)),
        ("我们这里停水了，9320元", ("total", "online", 9320, None)),
        ("9320元 126人次 三中李敏", ("total", "online", 9320, 126)),
        ("更新到9320元", ("total", "online", 9320, None)),
        # so many people of one sort gave
        ("刚又有4位村民捐了，一共200元", ("increment", "online", 200, 4)),
        # this kind of unit is hers, or she says so
        ("学校目前9320元", ("total", "online", 9320, None)),
        ("我们卫生所目前9320元", ("total", "online", 9320, None)),
        ("网点这边9320元", ("total", "online", 9320, None)),
        # a clause behind it that speaks of booking, and is understood
        ("9320元，您受累给登上", ("total", "online", 9320, None)),
        ("9320元，我拿计算器核了两遍", ("total", "online", 9320, None)),
        ("9320元，谢谢捐款的退休老师", ("total", "online", 9320, None)),
        ("9320元，不慌", ("total", "online", 9320, None)),
        ("总额一口气到9320元了", ("total", "online", 9320, None)),
        ("今天收的现金400元，登记到线下", ("day", "offline", 400, None)),
        # the next hour, and a part of the day that has begun
        ("截至21点，9320元", ("total", "online", 9320, None)),
        ("今晚9320元", ("total", "online", 9320, None)),
        # planned and reached
        ("明天继续动员，今天新增320元", ("day", "online", 320, None)),
        # whoever gave it, it is to be added to hers
        ("住院部又捐了320元，5人次，记到我们队", ("increment", "online", 320, 5)),
        ("刚才又有三个家属捐了，一共90元", ("increment", "online", 90, 3)),
        # from a day on until now
        ("5月6日以来，我校共募集9320元", ("total", "online", 9320, None)),
        ("从9000涨到9320，人次也从120涨到126", ("total", "online", 9320, 126)),
        ("今天新增320元，从9000涨到了9320", ("total", "online", 9320, None)),
        # it trails off, and goes on
        ("忙晕了才想起来……9320元", ("total", "online", 9320, None)),
        ("班主任报数：9320元", ("total", "online", 9320, None)),
        ("交完班了，冒雨报数：9320元", ("total", "online", 9320, None)),
        ("在原有基础上又增加了80元", ("increment", "online", 80, None)),
        # what is said beside it and turns nothing: a cheer, a signature, who reports, what it rests on
        ("9320元，还要加油", ("total", "online", 9320, None)),
        ("累计9320元。三中工会，2024年5月8日", ("total", "online", 9320, None)),
        ("团委汇报，累计9320元", ("total", "online", 9320, None)),
        ("按照上级要求，现将累计9320元上报", ("total", "online", 9320, None)),
        ("9320元，感谢邻居和战友们", ("total", "online", 9320, None)),
        # both channels announced, and each told
        ("线上线下分别报一下：线上9320元", ("total", "online", 9320, None)),
        # from what stands to what it has become
        ("9000涨到了9320，人次涨到了126", ("total", "online", 9320, 126)),
        # as of the end of yesterday, in words of life
        ("昨晚收工9120元，124人次", ("total", "online", 9120, 124)),
        ("昨天结束的时候一共是9120", ("total", "online", 9120, None)),
        # gift by gift, and by the hours of the day
        ("又到账两笔，一笔60一笔90", ("increment", "online", 150, 2)),
        ("今天上午300，下午260", ("day", "online", 560, None)),
        ("七年级60元\n八年级90元\n今天合计新增150元", ("day", "online", 150, None)),
        ("今天进账：\n孙老师 100\n家长 60\n合计 160", ("day", "online", 160, None)),
        ("老师32人次、家长9人次，今天新增41人次，860元", ("day", "online", 860, 41)),
        # what came in, where nothing did since midnight
        ("到账260元", ("increment", "online", 260, None)),
        ("给我们队捐了200元", ("increment", "online", 200, None)),
        # sum and count grew alike
        ("14200元，200人次", ("total", "online", 14200, 200)),
        ("今日进度：9400元，126人次", ("total", "online", 9400, 126)),
        # some of hers gave, and the total is told
        ("退休教师也捐了，总数9400", ("total", "online", 9400, None)),
        ("班主任们都动员了，9400元", ("total", "online", 9400, None)),
        # who gave it, without a name
        ("在浙江打工的家长又捐了200", ("increment", "online", 200, None)),
        ("一家本地企业又捐了500元", ("increment", "online", 500, None)),
        # where it stands, how it was seen, how it grew
        ("屏幕上写着9400元", ("total", "online", 9400, None)),
        ("叫孙子帮我看的，9400元", ("total", "online", 9400, None)),
        ("攀升到9400元了", ("total", "online", 9400, None)),
        ("9499元（差一块九千五）", ("total", "online", 9499, None)),
        # cash told ahead of its sum, one more gift told ahead of it
        ("老人家交来的现金，合计230元", ("total", "offline", 230, None)),
        ("又来一笔，60元", ("increment", "online", 60, 1)),
        # so little of today is the day's, and what came in with what stood the total
        ("今天累计收到310元", ("day", "online", 310, None)),
        ("中午又进了几笔，加上之前的一共9400元", ("total", "online", 9400, None)),
        # a report that is one production, whatever words of correcting it holds
        ("队里总额变成9400元，人次变成126，感谢大家", ("total", "online", 9400, 126)),
        ("9000→9400，人次120→126", ("total", "online", 9400, 126)),
        # a tilde for beauty, and a label behind a blank
        ("播报～9400元～126人次～", ("total", "online", 9400, 126)),
        ("总额：9,400.00 笔数：126", ("total", "online", 9400, 126)),
        # tales with a verb of their own, and a figure of luck
        ("家长群转发出去以后效果可以，9320元", ("total", "online", 9320, None)),
        ("书记讲了两句，9320元", ("total", "online", 9320, None)),
        ("各年级组长在班群里发了二维码，9320元", ("total", "online", 9320, None)),
        ("多亏老校友帮忙扩散，9320元，特来汇报", ("total", "online", 9320, None)),
        ("9366元，66大吉", ("total", "online", 9366, None)),
        # who of hers gave or brought it
        ("现金400元，是老教师们拿来的", ("total", "offline", 400, None)),
        ("又收到60元，初二老师们捐的", ("increment", "online", 60, None)),
        ("线下收了教工现金400元", ("total", "offline", 400, None)),
        ("党支部交来现钱400元", ("total", "offline", 400, None)),
        ("有学生家属又捐了60元", ("increment", "online", 60, None)),
        ("线下反倒收了100元", ("total", "offline", 100, None)),
        # who counted it, who is told, who signs
        ("团委这边清点好了，9320元", ("total", "online", 9320, None)),
        ("三中跟大家汇报一下：9320元", ("total", "online", 9320, None)),
        ("9320元｜126人次｜队长 周敏", ("total", "online", 9320, 126)),
        # the count is as it was, or told exactly
        ("总数9320元，笔数跟上次一样", ("total", "online", 9320, None)),
        ("确切说是126人次，9320元", ("total", "online", 9320, 126)),
        # what came in, summed up by herself; within a time; in one gift
        ("早上来了100，中午又进来60，今天共收160元", ("day", "online", 160, None)),
        ("一上午进了600元，8笔", ("increment", "online", 600, 8)),
        ("今天到现在就进来一笔，50元", ("day", "online", 50, 1)),
        ("今天新增60元，比昨天少了些", ("day", "online", 60, None)),
        # the clause behind it says of which kind it is
        ("14000元，截至目前", ("total", "online", 14000, None)),
        ("14000元，累计，166人次", ("total", "online", 14000, 166)),
        ("倒账总额9320元", ("total", "online", 9320, None)),
        # so many people of one sort gave, told a little further on
        ("有8个学生家长上午捐了款，新增金额为240元", ("increment", "online", 240, 8)),
        ("又收到60元，来自2位老党员", ("increment", "online", 60, 2)),
        ("有8个学生家长参加，新增240元", ("increment", "online", 240, None)),
        # whoever gave it, it came to her
        ("又收到60元，是街上一家药店的老板捐的", ("increment", "online", 60, None)),
        ("刚刚收到老年大学捐款60元", ("increment", "online", 60, None)),
        ("9320元，都是初二的娃一块一块凑的", ("total", "online", 9320, None)),
        # since yesterday evening, since an hour of today, at an hour of a day that is told
        ("昨晚到今天中午新增60元", ("day", "online", 60, None)),
        ("早上9点到现在一共进了60元", ("day", "online", 60, None)),
        ("8号上午 三中 9320", ("total", "online", 9320, None)),
        ("线上9320元。安全情况：一切顺利", ("total", "online", 9320, None)),
        ("刚考完试，9320元，班群里转了一圈", ("total", "online", 9320, None)),
        ("又到账60元，来自毕业班的家长", ("increment", "online", 60, None)),
        # labels of a form, and a count by its label
        ("总：9320\n人：126", ("total", "online", 9320, 126)),
        ("笔数更新到126，总数9320元", ("total", "online", 9320, 126)),
        ("9320元，问题：无", ("total", "online", 9320, None)),
        ("木前金额9320元", ("total", "online", 9320, None)),
        # of what is spoken, which supposes nothing
        ("我们学校的话，9320元", ("total", "online", 9320, None)),
    ],
)
def test_booked(text: str, booked: tuple[str, str, int | None, int | None]) -> None:
    assert told(text) == [booked]


@pytest.mark.parametrize(
    "text",
    [
        "捐九千五得不得行",
        "跑了9500米",
        "又有一位老师捐了300本书",
        "又有一位周老师捐了300元",
        "去年刚有一位老板捐了1000元",
        "隔壁又有几位家长捐了600元",
        "他们队长喊我报：累计9320元",
        "隔壁学校的老师托我报一下，累计9320元",
        "我们县医院累计9320元",
        "等周老板那500到账我们就是9500",
        "小周又捐了300元",
        "老李头又捐了300元",
        "初二筹到9300元",
        "网友说9500",
        "还没到9500元",
        "转账2000给我",
        "交了现金600元给财务",
        "会计小马9320元",
        "微信转账9500给您",
        "今天捐的有1200，现金300",
        "累计9800元，现金500",
        "9320元，比昨天少了些",
        "9000元，比昨天多了不少",
        "三中社区：9320元",
        "昨晚最后一笔300元",
        "累计9320元，是初二学生捐的",
        "现金400元，是隔壁学校拿来的",
        "初二现金400元",
        "早上来了100，中午又进来60，今天共收180元",
        "一晚上收了14000元",
        "14000元，截至前天",
        "9320元，李敏捐的",
        "不出差错的话，9320元",
        "家长肯一起，就有9800元",
        "线上9300元，其中初一5000，初二4600",
        "9320元，1260人次",
        "99公益日我们9320元",
        "现金和网上9320元",
        "9320元，就怕我数岔了",
        "9320元，回头我一并捐上去",
        "总部现在9320元",
        "9320元，现金多少要问出纳",
        "10点半要到9320元",
        "又收到60元，是隔壁班捐的",
        "9320元，是街上一家药店的老板捐的",
        "刚刚收到隔壁队9320元",
        "线上9320元，另外隔壁村现金60元",
        "8号9320",
        "9320元，都汇了",
        "又收到60元，都是去年捐的",
        "又收到60元，是退给家长捐的",
        "9320元，都是其他队捐的",
        "昨天收官大会上收了9320元",
        "昨晚最后一单9320元",
        "总步数9320",
    ],
)
def test_not_booked(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize(
    ("text", "hour"), [("3点9320元", 15), ("8点9320元", 20), ("早上8点9320元", 8), ("11点9320元", 11)]
)
def test_an_hour_without_a_part_of_the_day(text: str, hour: int) -> None:
    _, verdict = weighed(Line(STOOD, "20:00", text))
    assert isinstance(verdict, Book)
    assert verdict.readings[0].as_of is not None
    assert verdict.readings[0].as_of.hour == hour


def test_so_many_of_one_sort_without_an_amount_are_no_report() -> None:
    assert weighed(Line(STOOD, "20:00", "刚有4位村民捐了"))[1] is None


@pytest.mark.parametrize(
    ("text", "before", "booked"),
    [
        ("早上报过9400的，现在又筹了300", TODAY, [("increment", "online", 300, None)]),
        ("昨晚报的9000，睡一觉起来变9260了", STOOD, [("total", "online", 9260, None)]),
        ("今天一共进了700，累计9700", TODAY, [("total", "online", 9700, None)]),
        ("早上9200，现在9420", STOOD, [("total", "online", 9420, None)]),
        ("13:00 9200元\n16:00 9420元", STOOD, [("total", "online", 9420, None)]),
        ("没变化，还是9000元", STOOD, []),
        ("现金这块100元，线上的话9320元", STOOD, [("total", "offline", 100, None), ("total", "online", 9320, None)]),
        (
            "团支部带来现金400元，线上目前9320元",
            STOOD,
            [("total", "offline", 400, None), ("total", "online", 9320, None)],
        ),
        ("期末考忙，今天没有新增", STOOD, []),
        ("没进账，老师们都去参加学习了", STOOD, []),
        (
            "线上9320元，另外隔壁村的支书带来现金60元",
            STOOD,
            [("total", "online", 9320, None), ("total", "offline", 60, None)],
        ),
        (
            "网上的没动，人次还是120，线下收到现金60元",
            STOOD,
            [("total", "offline", 60, None), ("total", "online", None, 120)],
        ),
        ("金额：9320元\n人次：126\n线下：0", STOOD, [("total", "online", 9320, 126), ("total", "offline", 0, None)]),
        ("今早更新：9350元，线下1500元", STOOD, [("total", "online", 9350, None), ("total", "offline", 1500, None)]),
    ],
)
def test_what_stands_is_beside_it(text: str, before: str, booked: list[tuple[str, str, int, None]]) -> None:
    assert told(text, before) == booked


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("早上报过8000的，现在又筹了300", TODAY),
        ("早上报的9600", TODAY),
        ("早上9420，现在9200", STOOD),
        ("早上8600，现在9420", STOOD),
        ("早上9200下午9420", STOOD),
        ("停，9320元先不报", STOOD),
        ("累计9600元 早上报的", TODAY),
        ("累计9600元，昨天报过", TODAY),
        ("昨晚报的9000", STOOD),
        ("上午2000下午9400", TODAY),
        ("今天一共进了300，累计9700", TODAY),
    ],
)
def test_what_does_not_stand_is_asked_about(text: str, before: str) -> None:
    assert told(text, before) is None


@pytest.mark.parametrize(
    ("text", "before", "yuan"),
    [
        ("高二年级刚捐了480元，我们学校现在一共9480", STOOD, 9480),
        ("早上报完又来了几笔，共600，现在正好10000", TODAY, 10000),
        ("今天收了两千三，加上昨天九千，总共一万一千三", STOOD, 11300),
        ("进度：9,600/12,000元（80%）", STOOD, 9600),
        ("我单位已筹款1.05万元，完成目标（1.5万元）的70%。", STOOD, 10500),
    ],
)
def test_a_figure_that_arithmetic_proves(text: str, before: str, yuan: int) -> None:
    assert told(text, before) == [("total", "online", yuan, None)]


@pytest.mark.parametrize(
    "text",
    [
        "隔壁捐了480元，一共9480",
        "9月1日收了480元，一共9480",
        "进度：9,600/12,000元（60%）",
        "要是再来480元，一共9480",
    ],
)
def test_arithmetic_that_is_not_hers_or_does_not_hold(text: str) -> None:
    assert told(text) is None


def test_no_line_of_a_kind_that_must_not_be_booked_is() -> None:
    """`tests/data/not_booked.tsv`: what stood before, the line, its kind; written by whoever mended the reading."""
    rows = [row.split("\t") for row in NOT_BOOKED.read_text(encoding="utf-8").splitlines() if not row.startswith("# ")]
    assert len({kind for *_, kind in rows}) > 20
    assert [text for before, text, _ in rows if told(text, before) is not None] == []


@pytest.mark.parametrize("text", ["没有零上报", "我们队不是零增长"])
def test_a_denial_that_nothing_came_in_is_not_heard_as_such(text: str) -> None:
    assert told(text) is None


def test_a_count_that_came_in_beside_a_total_is_booked_with_it() -> None:
    assert told("昨天收在9000，今天早上看涨到9,260了，多了6笔") == [
        ("total", "online", 9260, None),
        ("increment", "online", None, 6),
    ]


@pytest.mark.parametrize(
    ("text", "gifts"), [("又有两名校友捐了600元", 2), ("刚才又有三位护士捐了260元", 3), ("又有4位老人捐了90", 4)]
)
def test_those_who_gave_are_counted(text: str, gifts: int) -> None:
    assert [each[3] for each in told(text)] == [gifts]
