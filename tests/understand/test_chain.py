"""Pasted lists: what is one, which lines it has, and what the header says for all of them."""

from datetime import datetime
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from handlers.language.names import unit_key
from handlers.understand.chain import MOST_LINES, Chain, Row, as_one_report, list_of
from handlers.understand.ear import Ear
from storage.campaign_schema import Campaign
from storage.models.teams import Team

Said = tuple[int | None, int | None, str, str]


@pytest.fixture
def ear(campaign: Campaign) -> Ear:
    return Ear(campaign, (), datetime(2024, 5, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai")))


def hers(ear: Ear, *units: str) -> Ear:
    """The ear of a captain of these units."""
    teams = tuple(
        Team.model_construct(
            code=f"{place:04}", unit=unit, unit_key=unit_key(ear.campaign, unit), project="nuan", region="zhaoyang"
        )
        for place, unit in enumerate(units, 1)
    )
    return Ear(ear.campaign, teams, ear.now)


def chain_of(text: str, ear: Ear) -> Chain:
    chain = list_of(text, ear)
    assert chain is not None
    return chain


def said(row: Row, ear: Ear) -> list[Said]:
    claims = row.claims(ear, row.unit)
    return [(claim.amount_fen, claim.gifts, claim.kind, claim.channel) for claim in claims.claims]


@pytest.mark.parametrize(
    "typed",
    [
        "1. 昭通一中 3200\n2. 昭阳区二小 500",
        "#接龙\n1. 昭通一中 3200",
        "报名接龙\n①昭通一中\n②昭阳区二小",
        "1)昭通一中 3200元\n2)昭阳区二小 500元",
        "#接龙 今天的进度\n某镇政府 6900元 130人次\n某镇中学 4800元 90人次",
        "某镇政府 6900元 130人次\n某镇中学 4800元 90人次",
        "单位\t金额\t人次\n昭通一中\t3200\t45\n昭阳区二小\t500\t5",
        "单位  金额  人次\n昭通一中  3200  45\n昭阳区二小  500  5",
    ],
)
def test_a_list(ear: Ear, typed: str) -> None:
    assert list_of(typed, ear)


@pytest.mark.parametrize(
    "typed",
    [
        "1. 昭通一中 3200",
        "累计金额：3200元\n累计人次：45",
        "1. 线上累计 9000元\n2. 线下累计 500元",
        "1.单位：昭通一中\n2.项目：人道暖昭通\n3.队长：李敏 13900000000",
        "1. 几点开始配捐？\n2. 最低捐多少？",
        "1. 好的\n2. 收到",
        "3.2万\n856人次",
        "老师好，\n昭通一中 累计9300元 124人次\n辛苦了",
        "昭通一中 累计9300元\n昭通一中 线下500元",
        "「李某：1. 昭通一中 3200元\n2. 昭阳区二小 500元」\n收到",
        "当日筹款\t1,950元\n当日人次\t28",
    ],
)
def test_no_list(ear: Ear, typed: str) -> None:
    assert list_of(typed, ear) is None
    assert as_one_report(typed, ear) is None


@pytest.mark.parametrize(
    ("header", "line", "expected"),
    [
        ("今日筹款接龙", "昭通一中 3200 45", (320_000, 45, "day")),
        ("接龙", "昭通一中 3200元", (320_000, None, "total")),
        ("截至今天累计接龙", "昭通一中 3200元", (320_000, None, "total")),
        ("接龙（万元）", "昭通一中 1.5", (1_500_000, None, "total")),
        ("接龙 单位：万元", "昭通一中 0.256 20", (256_000, 20, "total")),
        ("接龙", "昭通一中 今天300元", (30_000, None, "day")),
        ("接龙", "昭通一中 又300元", (30_000, None, "increment")),
        ("新增接龙", "昭通一中 300元", (30_000, None, "increment")),
    ],
)
def test_what_the_header_says(ear: Ear, header: str, line: str, expected: tuple[int, int | None, str]) -> None:
    chain = chain_of(f"#{header}\n1. {line}\n2. 昭阳区二小 5元", ear)
    assert said(chain.progress[0], ear) == [(*expected, "online")]


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        ("张某-昭通市第一中学-3200元-45人", "昭通市第一中学", (320_000, 45)),
        ("昭通24小时便利店 500元 12人次", "昭通24小时便利店", (50_000, 12)),
        ("8.15希望小学 1200元 30人次", "8.15希望小学", (120_000, 30)),
        ("昭通市120急救中心 累计3200元 45人次", "昭通市120急救中心", (320_000, 45)),
        ("昭通一中，2,800，45", "昭通一中", (280_000, 45)),
        ("昭通一中：5600元 80人次", "昭通一中", (560_000, 80)),
        ("昭通市第一中学3200元45人次", "昭通市第一中学", (320_000, 45)),
        ("三中 李敏 9,100元 124人次", "三中", (910_000, 124)),
        ("A-1栋业委会-1245-20", "A1栋业委会", (124_500, 20)),
        ("6+1文具店：735元（12人次）", "6+1文具店", (73_500, 12)),
        ("县医院 一万二千六 八十八人次", "县医院", (1_260_000, 88)),
        ("老李火锅店　１８８８元　２６人次", "老李火锅店", (188_800, 26)),
        ("巧家县二中　累计5,620.00　人次79", "巧家县二中", (562_000, 79)),
        ("20:00 昭通学院 34560元 481人次", "昭通学院", (3_456_000, 481)),
        ("小雨点 昭通一中3200/45", "昭通一中", (320_000, 45)),
        ("第一名 昭通一中 3200元 45人次", "昭通一中", (320_000, 45)),
        ("昭通一中:3200.00:45", "昭通一中", (320_000, 45)),
        ("昭通一中 3200元\n45人次", "昭通一中", (320_000, 45)),
        ("300人次 12000元 昭阳区卫健局", "昭阳区卫健局", (1_200_000, 300)),
    ],
)
def test_the_name_is_found_first_and_the_rest_is_read(
    ear: Ear, line: str, name: str, expected: tuple[int, int]
) -> None:
    row = chain_of(f"#接龙\n1. {line}\n2. 昭阳区二小 5元", ear).progress[0]
    assert name in row.names
    assert said(row, ear) == [(*expected, "total", "online")]


@pytest.mark.parametrize("line", ["昭通一中 大概3万", "昭通一中 目标3万", "昭阳区七小 12000 30", "昭通一中 1500元"])
def test_a_line_that_is_not_plain_is_no_plain_claim(ear: Ear, line: str) -> None:
    row = chain_of(f"#接龙 单位：万元\n1. {line}\n2. 昭阳区二小 0.5", ear).progress[0]
    assert all(claim.doubt or claim.mood != "said" for claim in row.claims(ear, row.unit).claims)


def test_a_name_parted_by_blanks_is_no_ending_alone(ear: Ear) -> None:
    row = chain_of("#接龙\n1. 巧家县 大寨 小学 5200元 80人次\n2. 昭阳区二小 500元", ear).progress[0]
    assert row.unit == "巧家县大寨小学"
    assert not {"小学", "巧家县小学"} & set(row.names)


def test_a_cheer_in_the_header_tells_no_time(ear: Ear) -> None:
    morning = Ear(ear.campaign, (), ear.now.replace(hour=9))
    row = chain_of("#接龙 大家加把劲，力争今晚冲破二十万！\n1. 昭通一中 3200元\n2. 昭阳区二小 500元", morning).progress[
        0
    ]
    assert [claim.when for claim in row.claims(morning, "昭通一中").claims] == ["now"]


def test_marks_may_be_glued_to_names(ear: Ear) -> None:
    chain = chain_of("接龙\n1昭通一中3200元45人次\n2昭阳区二小500元5人次", ear)
    assert [row.unit for row in chain.progress] == ["昭通一中", "昭阳区二小"]


def test_a_sum_in_a_line_is_asked_about(ear: Ear) -> None:
    row = chain_of("#接龙\n1. 昭通一中 9320+156\n2. 昭阳区二小 500元", ear).progress[0]
    assert row.claims(ear, "昭通一中").turns == ("9320+156",)


def test_words_that_nobody_knows_stay_in_the_line(ear: Ear) -> None:
    row = chain_of("#接龙\n1. 昭通一中 3200元 退走\n2. 昭阳区二小 500元", ear).progress[0]
    assert row.claims(ear, "昭通一中").unknown


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "序号\t单位\t线上（元）\t线下（元）\t合计（元）\n1\t昭通一中\t9870\t1500\t11370",
            [
                (987_000, None, "total", "online"),
                (150_000, None, "total", "offline"),
                (1_137_000, None, "total", "online"),
            ],
        ),
        ("队名\t已筹\t人次\t目标\t完成率\n昭通一中\t9000\t125\t15000\t60%", [(900_000, 125, "total", "online")]),
        ("单位\t金额（万元）\t人次\t填报人\n昭通一中\t1.265\t174\t李敏", [(1_265_000, 174, "total", "online")]),
        (
            "单位 今日新增 累计 人次\n昭通一中 200 3200 45",
            [(20_000, None, "day", "online"), (320_000, 45, "total", "online")],
        ),
    ],
)
def test_columns_say_what_is_in_them(ear: Ear, table: str, expected: list[Said]) -> None:
    chain = chain_of(table, ear)
    assert chain.progress[0].names[0] == "昭通一中"
    assert said(chain.progress[0], ear) == expected


def test_sums_are_no_unit(ear: Ear) -> None:
    chain = chain_of("单位\t金额\n昭通一中\t3200\n昭阳区二小\t500\n合计\t3700", ear)
    assert len(chain.progress) == 2
    chain = chain_of("#接龙\n1. 昭通一中 3200\n2. 昭阳区二小 500\n小计：3700元", ear)
    assert (len(chain.progress), chain.unread) == (2, ())
    chain = chain_of("1. 昭通一中 3200元\n2. 昭阳区二小 500元\n总计3700元", ear)
    assert (len(chain.progress), chain.unread) == (2, ())


@pytest.mark.parametrize(
    ("typed", "report"),
    [
        ("#接龙 23. 三中 李敏 9,100元 124人次", "三中 9,100元 124人次"),
        (
            "单位\t筹款总额（元）\t捐赠人次\t填报人\n昭通市第三中学\t10860\t147\t李敏",
            "昭通市第三中学,筹款总额(元):10860,捐赠人次:147",
        ),
        ("金额（万元）\t人次\n1.265\t174", "金额(万元):1.265,人次:174"),
    ],
)
def test_one_line_about_her_own_team_is_a_report(ear: Ear, typed: str, report: str) -> None:
    own = hers(ear, "昭通市第三中学")
    assert list_of(typed, own) is None
    assert as_one_report(typed, own) == report


def test_one_line_about_another_team_is_a_list(ear: Ear) -> None:
    own = hers(ear, "昭通市第三中学")
    assert list_of("#接龙\n1. 昭阳区二小 3200元", own)
    assert as_one_report("#接龙\n1. 昭阳区二小 3200元", own) is None


def test_plain_lines_about_teams_of_hers_are_a_report(ear: Ear) -> None:
    typed = "昭通市第三中学 10400元150人次\n昭阳区第二小学 5300元 60人次"
    assert list_of(typed, ear)
    assert list_of(typed, hers(ear, "昭通市第三中学"))
    assert list_of(typed, hers(ear, "昭通市第三中学", "昭阳区第二小学")) is None


def test_examples_and_unmarked_lines(ear: Ear) -> None:
    chain = chain_of("#接龙\n例如：单位 金额\n1. 例：某某 100元\n\n2. 昭通一中 3200元\n昭阳区二小 500元\n以上", ear)
    assert [row.typed for row in chain.progress] == ["昭通一中 3200元"]
    assert chain.unread == ("昭阳区二小 500元",)


def test_a_longer_list_is_cut_and_says_so(ear: Ear) -> None:
    chain = chain_of("#接龙\n" + "\n".join(f"{i}. 昭阳区{i}小 {i}元" for i in range(1, MOST_LINES + 6)), ear)
    assert (len(chain.progress), chain.cut) == (MOST_LINES, 5)


def test_reading_is_linear_in_the_length(ear: Ear) -> None:
    def took(lines: int) -> float:
        typed = "#接龙\n" + "\n".join(f"{i}. 昭阳区第{i}小学 {1000 + i}元 {i}人次" for i in range(1, lines + 1))
        began = perf_counter()
        for row in chain_of(typed, ear).progress:
            row.claims(ear, row.unit)
        return perf_counter() - began

    took(10)
    assert took(300) < 6 * took(100) + 0.1


def test_a_line_of_thousands_of_characters_is_none_of_a_list(ear: Ear) -> None:
    typed = f"#接龙\n1. 昭通一中 3200元\n2. 昭阳区二小 {'1' * 5000}\n3. 昭阳区三小 500元"
    chain = chain_of(typed, ear)
    assert [row.unit for row in chain.progress] == ["昭通一中", "昭阳区三小"]
    assert len(chain.unread) == 1


def test_registrations_take_project_and_region_from_the_header(ear: Ear) -> None:
    chain = chain_of("人道暖昭通 昭阳区 报名接龙\n1. 昭阳区三小 张丽 13900000001\n2. 永善县一中 童享阳光", ear)
    assert chain.kind == "registration"
    said = [(e.registration.unit, e.registration.region, e.registration.project) for e in chain.entries]
    named = [(unit, region.id if region else "", project.id if project else "") for unit, region, project in said]
    assert named == [("昭阳区三小", "zhaoyang", "nuan"), ("永善县一中", "yongshan", "tongxiang")]
