"""Text is brought to one form, once and for all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language.text import clean, is_question, normalise, squash
from handlers.understand.normal import as_meant


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("　进度　１２，３４５元 ", "进度 12,345元"),
        ("组队\u200b\ufeff 一中", "组队 一中"),
        ("第一行 \r\n\t第二行", "第一行\n第二行"),
        ("\x07进\x00度", "进度"),
        ("①昭通一中", "1、昭通一中"),
        ("⒓昭通一中", "12、昭通一中"),
        ("1\ufe0f\u20e3 昭通一中", "1、 昭通一中"),
        ("3½", "3½"),
        ("3²", "3²"),
        ("￥500", "¥500"),
        ("\ud800坏", "坏"),
    ],
)
def test_normalise(typed: str, read: str) -> None:
    assert normalise(typed) == read


@given(st.text())
def test_normalise_is_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_squash_forgets_case_spaces_and_punctuation() -> None:
    assert squash("慈善关爱 “一老一小” ＡＢＣ！") == squash("慈善关爱'一老一小'abc") == "慈善关爱一老一小abc"


@pytest.mark.parametrize(
    "text",
    [
        "几点开始配捐",
        "报名什么时候截止？",
        "每笔最少捐多少",
        "没有组队可以捐吗",
        "找谁",
        "能不能改",
        "有没有上限",
        "二维码在哪里",
        "今天可以捐么",
        "是否开发票",
        "咋报",
        "请问截止日期",
    ],
)
def test_questions(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    ["进度 3200元 45人次", "组队 昭通市第一中学", "谢谢", "https://x.cn/?a=1", "已筹十几万", "几千块", "在吗 我要报名"],
)
def test_statements(text: str) -> None:
    assert not is_question(text)


@given(st.text())
def test_clean_leaves_no_markup(text: str) -> None:
    shown = clean(text, 20)
    assert len(shown) <= 20
    assert not any(mark in shown for mark in ("<", ">", "]]>", "\x00"))


def test_clean_disarms_a_link_and_caps_the_length() -> None:
    assert clean("<a href='x'>点我</a>]]>") == "＜a href='x'＞点我＜/a＞"
    assert clean("一" * 100, 10) == "一" * 9 + "…"


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("近度9800元 一百三十人此", "进度9800元 一百三十人次"),
        ("我行截止今日筹款500元", "我行截至今日筹款500元"),
        ("客人吃两桌", "客人吃两桌"),
        ("老人迟一点来", "老人迟一点来"),
        ("测绘局 仁慈医院", "测绘局 仁慈医院"),
    ],
)
def test_a_misheard_word_is_put_back_where_it_may_stand(line: str, meant: str) -> None:
    assert as_meant(line) == meant
