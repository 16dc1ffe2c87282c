"""Pasted lists: what is one, which lines it has, and what the header says for all of them."""

import pytest

from handlers.understand.amounts import Doubt, Figures
from handlers.understand.chain import MOST_LINES, is_chain, read_chain
from storage.campaign_schema import Campaign


@pytest.mark.parametrize(
    "typed",
    [
        "1. 昭通一中 3200\n2. 昭阳区二小 500",
        "#接龙\n1. 昭通一中 3200",
        "报名接龙\n①昭通一中\n②昭阳区二小",
        "1)昭通一中 3200元\n2)昭阳区二小 500元",
    ],
)
def test_a_list(typed: str) -> None:
    assert is_chain(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "1. 昭通一中 3200",
        "累计金额：3200元\n累计人次：45",
        "1.单位：昭通一中\n2.项目：人道暖昭通\n3.队长：李敏 13900000000",
        "1. 几点开始配捐？\n2. 最低捐多少？",
        "1. 好的\n2. 收到",
        "3.2万\n856人次",
    ],
)
def test_no_list(typed: str) -> None:
    assert not is_chain(typed)


@pytest.mark.parametrize(
    ("header", "line", "expected"),
    [
        ("今日筹款接龙", "昭通一中 3200 45", (320_000, 45, "day")),
        ("接龙", "昭通一中 3200元", (320_000, None, "total")),
        ("截至今天累计接龙", "昭通一中 3200元", (320_000, None, "total")),
        ("接龙（万元）", "昭通一中 1.5", (1_500_000, None, "total")),
        ("接龙（万元）", "昭通一中 1500元", (150_000, None, "total")),
        ("接龙", "昭通一中 今天300元", (30_000, None, "day")),
    ],
)
def test_what_the_header_says(
    campaign: Campaign, header: str, line: str, expected: tuple[int, int | None, str]
) -> None:
    chain = read_chain(campaign, f"#{header}\n1. {line}\n2. 昭阳区二小 5元")
    figures = chain.progress[0].figures
    assert isinstance(figures, Figures)
    assert (figures.amount_fen, figures.donations, figures.kind) == expected


def test_a_line_that_cannot_be_read_is_a_doubt(campaign: Campaign) -> None:
    chain = read_chain(campaign, "#接龙\n1. 昭通一中 大概3万\n2. 昭阳区二小 17,3\n3. 昭阳区三小")
    assert [type(line.figures) for line in chain.progress] == [Doubt, Doubt, type(None)]


def test_examples_and_unmarked_lines(campaign: Campaign) -> None:
    chain = read_chain(
        campaign, "#接龙\n例如：单位 金额\n1. 例：某某 100元\n\n2. 昭通一中 3200元\n昭阳区二小 500元\n以上"
    )
    assert [line.typed for line in chain.progress] == ["昭通一中 3200元"]
    assert chain.unread == ("昭阳区二小 500元",)


def test_a_longer_list_is_cut_and_says_so(campaign: Campaign) -> None:
    chain = read_chain(campaign, "#接龙\n" + "\n".join(f"{i}. 昭阳区{i}小 {i}元" for i in range(1, MOST_LINES + 6)))
    assert (len(chain.progress), chain.cut) == (MOST_LINES, 5)


def test_registrations_take_project_and_region_from_the_header(campaign: Campaign) -> None:
    chain = read_chain(campaign, "人道暖昭通 昭阳区 报名接龙\n1. 昭阳区三小 张丽 13900000001\n2. 永善县一中 童享阳光")
    assert chain.kind == "registration"
    said = [(e.registration.unit, e.registration.region, e.registration.project) for e in chain.entries]
    named = [(unit, region.id if region else "", project.id if project else "") for unit, region, project in said]
    assert named == [("昭阳区三小", "zhaoyang", "nuan"), ("永善县一中", "yongshan", "tongxiang")]
