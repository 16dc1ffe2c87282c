"""A push in the short fields of a template."""

from datetime import UTC, datetime

import pytest

from handlers import texts
from scheduler.channels import Skip
from scheduler.channels.template_fields import check_values, fill

TEXT = """【昭通】明天10点开始配捐
# 县区合计
🎉 昭阳区第一名，恭喜！这一行明显比二十个字长出许多来

捐赠自愿"""


@pytest.fixture
def reminder(push):
    return push(person="p", text=TEXT, due_at=datetime(2024, 5, 8, 1, 50, tzinfo=UTC))


def test_lines_fill_the_things_and_the_time_is_chinas(reminder):
    filled = fill(["thing1", "time2", "thing3", "thing4", "date5", "phrase6"], reminder)
    assert filled == {
        "thing1": "【昭通】明天10点开始配捐",
        "time2": "2024年5月8日 09:50",
        "thing3": "县区合计",
        "thing4": "昭阳区第一名，恭喜！这一行明显比二十个…",
        "date5": "2024年5月8日",
        "phrase6": texts.pushes.NOTICE_PHRASE,
    }
    check_values(filled)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("累计 2,283,198.64元，今日新增 761,066.21元", "累计 2,283,198.64元，今日…"),
        ("队伍的组队登记到4月30日24点，还有13天", "队伍的组队登记到4月30日24点，还有…"),
        ("累计 42,240.00元（其中线下 5,000.00元）", "累计 42,240.00元…"),
        ("截至5月8日21:00共有113500人次和1234567支", "截至5月8日21:00共有…"),
    ],
)
def test_no_number_stands_in_half(push, line, told):
    assert fill(["thing1"], push(person="p", text=line)) == {"thing1": told}


@pytest.mark.parametrize(
    ("text", "things"),
    [
        (
            "【昭通5·8人道公益日战报 第3期】截至5月8日21:00\n累计 800.00元",
            ["昭通5·8人道公益日战报 第3期", "累计 800.00元"],
        ),
        ("【演练】【昭通5·8人道公益日】组队登记到4月30日", ["【演练】昭通5·8人道公益日", "组队登记到4月30日"]),
        (
            "【更正】以此条为准\n【昭通5·8人道公益日战报 第3期】截至5月8日21:00",
            ["【更正】以此条为准", "昭通5·8人道公益日战报 第3期"],
        ),
    ],
)
def test_a_title_has_a_field_of_its_own_and_the_moment_stands_once(push, text, things):
    filled = fill(["thing1", "time2", "thing3"], push(person="p", text=text))
    assert [filled["thing1"], filled["thing3"]] == things
    check_values(filled)


def test_without_a_field_for_the_moment_it_stands_in_a_line(push):
    text = "【昭通5·8人道公益日战报 第3期】截至5月8日21:00\n累计 800.00元"
    assert fill(["thing1", "thing2"], push(person="p", text=text))["thing2"] == "截至5月8日21:00"


def test_what_is_left_over_says_where_the_rest_is(push):
    filled = fill(["thing1", "thing2", "thing3"], push(person="p", text="\n \n战报\n"))
    assert list(filled.values()) == ["战报", texts.pushes.NOTICE_REST, texts.pushes.NOTICE_REST]
    check_values(filled)


@pytest.mark.parametrize("key", ["amount1", "number1", "name1", "character_string1", "const1"])
def test_a_template_that_asks_for_more_is_refused_with_a_mend(reminder, key):
    with pytest.raises(Skip, match=key) as caught:
        fill(["thing1", key], reminder)
    assert caught.value.code == 47003
    assert caught.value.mend


@pytest.mark.parametrize("key", ["", "thing", "1", "Thing1", "thing1.value"])
def test_a_key_that_is_none_is_refused(key):
    with pytest.raises(Skip):
        check_values({key: "好"})
