"""What stands in the campaign file as a field is answered from it: kind of detail × thing, before any resemblance."""

from pathlib import Path

import pytest

from handlers import texts
from handlers.language.wordlists import rows
from handlers.rulebook.asked import read_asked
from handlers.rulebook.questions import Finding, Found, Near, Told, rulebook_of
from storage.campaign_files import load
from storage.campaign_schema import Campaign

FOLDER = Path(__file__).parents[2] / "campaigns"
CAMPAIGNS = {path.name: load(path) for path in FOLDER.glob("*-20*")}
ZHAOTONG = CAMPAIGNS["zhaotong-2024"]
SMALL = """\
id = "small-2025"
name = "某市2025年公益周"
short = "公益周"
year = 2025
level = "市"
platform = "某公益平台"
document = "某市公益周的通知"
area = "某市"

[[organisers]]
name = "某市慈善总会"
source = "首段"

[[organisers]]
name = "某市妇联"
role = "协办"
source = "首段"

[windows.registration]
start = 2025-03-20T00:00:00+08:00
end = 2025-04-10T23:59:59+08:00
source = "一（二）"

[windows.matching]
start = 2025-04-28T09:30:00+08:00
end = 2025-05-02T23:59:59+08:00
opens = 09:30:00
source = "二（一）"
status = "inferred"
note = "结束的钟点未写明"

[[regions]]
id = "dong"
name = "东县"

[[projects]]
id = "shu"
name = "一间书屋"
aliases = ["书屋"]
purpose = "为乡村小学添书架和图书"
eligible = "各中小学"
grant_min_fen = 50000
grant_max_fen = 1200000
region = "dong"
contacts = ["zhou"]
source = "三（一）"

[[projects]]
id = "qiao"
name = "连心桥"
purpose = "为山区修便民桥"
source = "三（二）"

[[projects]]
id = "qiao-nan"
name = "南片"
parent = "qiao"
purpose = "南片的桥"
source = "三（二）1"

[[projects]]
id = "qiao-bei"
name = "北片"
parent = "qiao"
purpose = "北片的桥"
source = "三（二）2"

[[contacts]]
id = "zhou"
name = "周静"
office = "某市慈善总会"
phones = ["0999-1234567"]
source = "五"

[[sites]]
id = "guangchang"
name = "人民广场"
source = "四"

[[sites]]
id = "gongyuan"
name = "滨江公园"
source = "四"

[policy]
minimum_gift_fen = 500
minimum_gift_source = "二（二）"
voluntary = "自愿"

[policy.match]
kind = "ratio"
pool_fen = 20000000000
pool_scope = "全省共用"
source = "二（三）"
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    path = tmp_path_factory.mktemp("campaigns") / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return load(path)


def given(finding: Finding) -> str:
    """The reply's text, or the ids of a choice."""
    if isinstance(finding, Found):
        return finding.rule.id
    if isinstance(finding, Told):
        return texts.facts.fact_answer(finding.fact)
    return "?" + ",".join(rule.id for rule in finding.rules) if isinstance(finding, Near) else ""


@pytest.mark.parametrize(
    ("asked", "says", "source"),
    [
        ("报名到哪一天为止呀", "报名组队到4月10日为止。", "一（二）"),
        ("组队哪天开始", "报名组队从3月20日开始。", "一（二）"),
        ("登记的起止时间", "报名组队时间：3月20日—4月10日。", "一（二）"),
        ("配捐是从几号到几号", "配捐时间：4月28日—5月2日。\n说明：结束的钟点未写明。", "二（一）"),
        ("咱们活动搞几天", "活动时间：4月28日—5月2日。", "二（一）"),
        ("早上几点开始配捐", "配捐每天9点30分开始。", "二（一）"),
        ("配捐池子总额多少", "配捐共2亿元，全省共用。", "二（三）"),
        ("至少捐几块钱", "每笔捐赠最低5元；捐不捐、捐多少都自愿。", "二（二）"),
        ("有几个公益项目可以报", "公益周可选的项目有2个：一间书屋、连心桥。", "三（一）；三（二）"),
        ("项目都有些啥", "公益周可选的项目有2个：一间书屋、连心桥。", "三（一）；三（二）"),
        ("连心桥下面分几个方向", "连心桥下面，文件写到的有：南片、北片。", "三（二）1；三（二）2"),
        ("书屋是搞什么的", "一间书屋：为乡村小学添书架和图书。", "三（一）"),
        ("讲讲连心桥这个项目", "连心桥：为山区修便民桥。", "三（二）"),
        ("书屋哪些单位能参加", "一间书屋适用于各中小学。", "三（一）"),
        ("书屋每户能拿多少救助金", "一间书屋的救助标准：500-12000元/人。", "三（一）"),
        ("书屋项目落地在哪个县", "一间书屋在东县执行。", "三（一）"),
        ("书屋归谁管", "一间书屋请联系某市慈善总会周静，0999-1234567。", "五"),
        ("活动点有哪些", "文件写到的地点有：人民广场、滨江公园。", "四"),
        ("用哪个平台捐", "在某公益平台进行。", "某市公益周的通知"),
        ("主办方是哪些", "主办：某市慈善总会；协办：某市妇联。", "首段"),
    ],
)
def test_a_file_without_a_rulebook_answers_from_its_fields(small: Campaign, asked: str, says: str, source: str) -> None:
    finding = rulebook_of(small).ask(asked)
    assert isinstance(finding, Told), finding
    text = texts.facts.fact_answer(finding.fact)
    assert text.startswith(says)
    assert f"\n依据：{source}" in text


@pytest.mark.parametrize(
    "asked",
    [
        "志愿者报名什么时候截止", "书屋要多少个书架", "连心桥一个人能给多少", "连心桥在哪个县", "配捐几点结束",
        "配捐比例多少", "书屋和连心桥是干什么的", "组队最少几个人", "书屋什么时候建好", "南片下面有几个方向",
    ],
)  # fmt: skip
def test_what_no_field_holds_is_not_told(small: Campaign, asked: str) -> None:
    """A further word may change what is asked; a field that is absent tells nothing."""
    assert not isinstance(rulebook_of(small).ask(asked), Told)


@pytest.mark.parametrize(
    ("campaign", "asked", "entry"),
    [
        ("ezhou-2023", "配捐是哪几天啊", "dates"),
        ("ezhou-2023", "募捐从哪天到哪天", "dates"),
        ("ezhou-2023", "配捐的盘子有多大", "pool"),
        ("ezhou-2023", "每天几点钟开始配捐", "matching-hour"),
        ("zhaotong-2024", "登记最晚到哪天", "deadline"),
        ("zhaotong-2024", "募捐什么时候结束", "matching-days"),
        ("zhaotong-2024", "这次总共有多少个项目", "projects"),
        ("zhaotong-2024", "活动都有什么项目", "projects"),
        ("zhaotong-2024", "博爱下面分哪几个方向", "directions"),
        ("zhaotong-2024", "绿美昭通是弄什么的", "lvmei"),
        ("zhaotong-2024", "第二个家落地在哪个县", "direction-place"),
        ("zhaotong-2024", "一老一小有哪些单位可以报", "yilao-eligible"),
        ("zhaotong-2024", "人道暖昭通每人救助多少钱", "grant-range"),
        ("zhaotong-2024", "至少捐多少才能配捐", "minimum"),
        ("sichuan-2024", "都有哪些项目可选", "fields"),
        ("sichuan-2024", "活动哪天开始", "dates"),
        ("erqi-2020", "活动哪一天结束", "end-date"),
        ("erqi-2020", "都有什么项目", "projects"),
        ("erqi-2020", "配捐到哪天为止", "matching"),
        ("sichuan-2024", "配捐是哪几天", "matching"),
    ],
)
def test_the_entry_that_states_the_field_words_it(campaign: str, asked: str, entry: str) -> None:
    """Where the document gives no such date, the entry that says so answers, and none about another thing."""
    assert given(rulebook_of(CAMPAIGNS[campaign]).ask(asked)) == entry


def test_a_project_of_which_no_entry_tells(small: Campaign) -> None:
    told = given(rulebook_of(CAMPAIGNS["sichuan-2024"]).ask("扶弱济困是做什么的"))
    assert told == "蜀慈善邻·扶弱济困：8大领域之一。\n依据：聚焦民生实事"


@pytest.mark.parametrize(
    ("asked", "kind", "thing", "project"),
    [
        ("昭通这个公益日到底是几号到几号呀", "days", "drive", None),
        ("请问一下咱们组队最晚要哪天弄好", "end", "registration", None),
        ("一小一老归谁管啊", "contact", None, "yilao-yixiao"),
        ("童享阳光是个什么项目", "purpose", None, "tongxiang"),
    ],
)
def test_asked(asked: str, kind: str, thing: str | None, project: str | None) -> None:
    read = read_asked(ZHAOTONG, asked)
    assert read is not None
    assert (read.kind, read.thing, read.project and read.project.id) == (kind, thing, project)


def test_the_words_are_data() -> None:
    """A word stands once, under one label."""
    words = [word for _, said in rows("rulebook/asked") for word in said.split()]
    assert {word for word in words if words.count(word) > 1} == set()
