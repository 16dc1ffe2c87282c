"""A form of words that recurs is read without the grammar, and is what the grammar reads in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.city import FORMS
from handlers.language.names import unit_key
from handlers.understand.ear import Ear
from handlers.understand.reading import read
from handlers.understand.readings import Reading
from handlers.understand.recurring import Read, recurring
from tests.understand.listening import team_and_ear, words_of

grammar: Read = read.__wrapped__  # type: ignore[attr-defined]  # by `functools.wraps`
_, EAR = team_and_ear()
UNITS = ("昭通市第一中学", "第7小学", "昭阳区第12小学", "24小时便利店", "实验学校8", "蓝猫公司", "第三人民医院")
KINDS = ("kind", "say", "when", "label", "channel", "whose")
PIECES = st.one_of(*(st.sampled_from(words_of(kind)) for kind in KINDS)) | st.sampled_from(
    ["昭阳区", "99公益日", "七小", "学校", "小学", *"，。：（） ", *"年月日点班号第元院中小"]
)
UNIT_BEHIND = st.sampled_from(["元", "", "块", "万", "元整", "小学", "小时"])
COUNT_BEHIND = st.sampled_from(["人次", "笔", "", "人", "班", "个", "名", "%"])
DIGITS = st.text("0123456789", min_size=1, max_size=7)
POINTS = st.sampled_from(["", ".5", ".05", ".00", ".50"])


def heard_by(unit: str) -> Ear:
    """The ear for a captain of one team."""
    team = EAR.teams[0].model_copy(update={"unit": unit, "unit_key": unit_key(EAR.campaign, unit)})
    return replace(EAR, teams=(team,))


class Counted:
    """The grammar, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, text: str, ear: Ear) -> Reading:
        self.asked += 1
        return grammar(text, ear)


@pytest.mark.parametrize("form", FORMS)
def test_it_is_read_once_more_without_the_grammar(form: str) -> None:
    counted = Counted()
    reads = recurring(counted)
    asked = [0]
    for nth, yuan in enumerate(("1010.50", "4711.25", "9999.10", "3200.05")):
        line, ear = form.format(yuan=yuan, gifts=20 + nth), heard_by(("蓝猫公司", "第7小学")[nth % 2])
        assert reads(line, ear) == grammar(line, ear)
        asked.append(counted.asked)
    assert asked[1] < asked[2] == asked[4]


@pytest.mark.parametrize(
    "line",
    [
        "累计{}元",  # nothing of hers is in it, but a year could be
        "7小学累计{}元",
        "昨天晚上{}元",
        "截至十二点{}元",
        "一千元（{}元）",
        "{}元 9月1日",
    ],
)
@pytest.mark.parametrize("figure", ["2024", "1000", "0856", "9000", "12.345", "1234"])
def test_what_is_no_ordinary_figure_is_the_grammars(line: str, figure: str) -> None:
    reads, ear = recurring(grammar), heard_by("第7小学")
    for earlier in ("3200", "4711", "8000"):
        reads(line.format(earlier), ear)
    assert reads(line.format(figure), ear) == grammar(line.format(figure), ear)


@pytest.mark.parametrize("line", ["+{}元院", "院里累计{}元", "本校累计{}元", "校累计{}元", "累计{}元医院"])
def test_a_word_for_a_kind_of_unit_is_read_by_whose_unit_it_is(line: str) -> None:
    reads = recurring(grammar)
    for unit in ("第三人民医院", "昭通市第一中学", "第三人民医院"):
        for figure in ("1100", "1200", "1300"):
            assert reads(line.format(figure), heard_by(unit)) == grammar(line.format(figure), heard_by(unit))


@st.composite
def skeletons(draw: st.DrawFn) -> str:
    """Words around an amount, and perhaps a count, in either order."""
    some = st.lists(PIECES, max_size=2).map("".join)
    yuan, gifts = f"{{yuan}}{draw(UNIT_BEHIND)}", f"{{gifts}}{draw(COUNT_BEHIND)}"
    figures = draw(st.sampled_from([(yuan,), (yuan, gifts), (gifts, yuan)]))
    return draw(some) + "".join(figure + draw(some) for figure in figures)


def alike(draw: Callable[[st.SearchStrategy[str]], str], figure: str) -> str:
    """Another figure that is written with as many digits."""
    return "".join(draw(st.sampled_from("0123456789")) if char.isdigit() else char for char in figure)


@given(st.data(), skeletons(), DIGITS, POINTS, DIGITS, st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_it_is_what_the_grammar_reads(
    data: st.DataObject, form: str, yuan: str, part: str, gifts: str, earlier: str, unit: str
) -> None:
    """Whatever figures come, whoever says it and when; the forms were learnt from somebody else's lines."""
    reads = recurring(grammar)
    for _ in range(2):
        line = form.format(yuan=alike(data.draw, yuan + part), gifts=alike(data.draw, gifts))
        assert reads(line, heard_by(earlier)) == grammar(line, heard_by(earlier))
    line = form.format(yuan=alike(data.draw, yuan + part), gifts=alike(data.draw, gifts))
    later = replace(heard_by(unit), now=EAR.now + timedelta(hours=data.draw(st.integers(0, 200))))
    assert reads(line, later) == grammar(line, later)
