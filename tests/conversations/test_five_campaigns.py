"""Five campaigns side by side: which one is meant, and that each answers from its own file."""

import pytest

from storage.campaign_files import load
from tests.conversations.conftest import CAMPAIGNS, Office


@pytest.fixture
def five(office: Office) -> Office:
    """All five, at a time when only Zhaotong is open."""
    for campaign in map(load, sorted(CAMPAIGNS.glob("*-20*"))):
        office.publish(campaign)
    return office


def test_the_only_open_one_is_meant(five: Office) -> None:
    assert "10点" in five.person("新人").say("几点开始配捐？")


def test_two_open_ones_are_a_numbered_choice(five: Office) -> None:
    five.go_to("2024-05-05T10:00")
    asked = five.person("新人").say("几点开始配捐？")
    assert "1. " in asked
    assert "2. " in asked
    number = next(line[0] for line in asked.splitlines() if "昭通" in line)
    assert "10点" in five.person("新人").say(number)


def test_the_one_named_is_meant_for_ten_minutes(five: Office) -> None:
    person = five.person("新人")
    person.say("活动 鄂州")
    assert "未规定" in person.say("几点开始配捐？")
    five.wait(minutes=11)
    assert "10点" in person.say("几点开始配捐？")


def test_the_only_membership_is_meant(five: Office) -> None:
    five.captain("李敏", "昭通市第一中学")
    five.go_to("2024-05-05T10:00")
    assert "10点" in five.person("李敏").say("几点开始配捐？")


@pytest.mark.parametrize(
    ("name", "question", "holds"),
    [
        ("二七99", "志愿者有多少人？", "近4000名"),
        ("遂宁", "推出几个慈善项目？", "不少于3个"),
        ("四川", "集中筹款是哪几天？", "8月2日"),
        ("鄂州", "有联系电话吗？", "未规定"),
        ("四川", "配捐比例是多少？", "未规定"),
    ],
)
def test_closed_ones_still_answer(five: Office, name: str, question: str, holds: str) -> None:
    person = five.person("新人")
    assert "当前活动" in person.say(f"活动 {name}")
    assert holds in person.say(question)


@pytest.mark.parametrize("name", ["鄂州", "二七99", "遂宁", "四川", "昭通"])
def test_contacts_without_a_telephone_are_told(five: Office, name: str) -> None:
    person = five.person("新人")
    person.say(f"活动 {name}")
    assert "电话" in person.say("联系人")
    assert "二维码" in person.say("二维码")


def test_a_province_ranks_its_cities(five: Office) -> None:
    person = five.person("新人")
    person.say("活动 四川")
    assert "市州排行" in person.say("县区排行")
