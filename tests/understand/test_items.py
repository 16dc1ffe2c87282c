"""Counts of items: which lines tell one, which put one right, and which tell something else."""

from pathlib import Path

import pytest

from handlers.language.wordlists import forms, rows
from handlers.understand.items import read_items, speaks_of_money, told
from storage.campaign_files import load
from storage.campaign_schema import Campaign


@pytest.fixture(scope="module")
def suining() -> Campaign:
    return load(Path(__file__).parents[2] / "campaigns" / "suining-2023")


@pytest.mark.parametrize(
    ("typed", "verb"),
    [
        ("推出慈善项目 3个", "count"),
        ("进度 4、1", "count"),
        ("研发包装四至五个", "count"),
        ("推出慈善项目 一个都没有", "count"),
        ("推出慈善项目 -1", "count"),
        ("少报一个", "recount"),
        ("不是3个是5个", "recount"),
        ("推出慈善项目应该是2个", "recount"),
        ("推出慈善项目 4个 错了", "recount"),
        ("改成5", "recount"),
        ("更正 推出慈善项目 2", "recount"),
        ("推出慈善项目3个够吗", None),
        ("推出慈善项目是什么意思", None),
        ("网站域名多了一个字母，一看就不对", None),
        ("我们是二中不是一中", None),
        ("电话写错一位", None),
        ("一个都不是", None),
        ("不准0072", None),
        ("推出慈善项目筹了3000元", None),
        ("今天筹了2000元", None),
        ("船山区民政局", None),
    ],
)
def test_what_a_line_tells(suining: Campaign, typed: str, verb: str | None) -> None:
    assert told(suining, typed) == verb


def test_no_line_tells_of_items_in_a_campaign_of_money(campaign: Campaign) -> None:
    assert told(campaign, "推出慈善项目 3个") is None


@pytest.mark.parametrize(
    ("typed", "reason", "words"),
    [
        ("研发包装 三到五个", "several", "三到五个"),
        ("推出慈善项目 六、七个", "several", "六、七个"),
        ("推出慈善项目 至少3个", "vague", "至少"),
        ("推出慈善项目 三个左右", "vague", "左右"),
        ("推出慈善项目 十来个", "vague", "来个"),
        ("去年推出慈善项目 2个", "unclear", "去年"),
        ("推出慈善项目 目标5个", "unclear", "目标"),
        ("隔壁推出慈善项目 5个", "unclear", "隔壁"),
        ("推出慈善项目 2.5个", "malformed", "2.5"),
        ("推出慈善项目 20000", "absurd", "20000"),
    ],
)
def test_a_refusal_quotes_the_words_that_are_its_reason(suining: Campaign, typed: str, reason: str, words: str) -> None:
    doubt = read_items(suining, typed).doubt
    assert doubt is not None
    assert (doubt.reason, doubt.words) == (reason, words)


def test_a_correction_tells_both_sides(suining: Campaign) -> None:
    for typed in ("推出慈善项目不是3个是5个", "推出慈善项目3个改成5个", "推出慈善项目是5个不是3个"):
        said = read_items(suining, typed)
        assert (said.count, said.old, said.doubt) == (5, 3, None), typed


@pytest.mark.parametrize("typed", ["12345.67元", "进度 3万", "又筹了2000", "321人次", "¥500", "捐款 3个"])
def test_money_is_no_count(typed: str) -> None:
    assert speaks_of_money(typed)


def test_every_word_of_the_table_is_of_a_class_that_is_acted_upon() -> None:
    classes = {kind for _, kind in rows("understand/counting")}
    known = "measure nth place head body vague more less missed over all not put should becomes is mend wrong back"
    assert classes == {*known.split(), "period", "upto", "familiar"}
    assert all(forms(word) for word, _ in rows("understand/counting"))
