"""Ninety-three projects, and several campaigns at once: nothing is cut in the middle, nothing nags."""

import pytest

from storage.campaign_files import load
from storage.campaign_schema import Campaign
from tests.conversations.conftest import CAMPAIGNS, Office


@pytest.fixture
def many(office: Office, zhaotong: Campaign) -> Office:
    """The campaign with 93 projects, whose names alone have more bytes than a reply."""
    first = zhaotong.projects[0].model_copy(update={"aliases": ()})
    more = tuple(
        first.model_copy(update={"id": f"p{i}", "name": f"帮助困难学生第{i}期圆梦行动"}) for i in range(1, 93 - 2)
    )
    office.publish(zhaotong.model_copy(update={"projects": (*zhaotong.projects, *more)}))
    return office


@pytest.mark.parametrize("asked", ["活动 昭通", "有哪些项目", "二维码", "链接", "组队 昭通市第一中学 昭阳区"])
def test_no_list_is_cut(many: Office, asked: str) -> None:
    person = many.person("李敏")
    pages = [person.say(asked)]
    while "发“更多”" in pages[-1]:
        pages.append(person.say("更多"))
    assert all(len(page.encode()) <= 1900 for page in pages)
    lines = [line for page in pages for line in page.splitlines() if "圆梦行动" in line]
    if "、" in lines[0]:
        assert "等，共" in lines[0]
    else:
        assert [line for line in lines if "第90期" in line], "the last one is there"
        assert not [line for line in lines if not line.rstrip("：二维码暂未提供").endswith("行动")]


def test_a_new_follower_is_asked_among_the_open_ones_and_of_the_last_question_only(office: Office) -> None:
    for name in ("erqi-2020", "ezhou-2023", "suining-2023", "sichuan-2024"):
        office.publish(load(CAMPAIGNS / name))
    office.go_to("2024-05-08T10:30")
    new = office.person("新人")
    new.say("活动")
    for asked in ("排行", "战报", "排行"):
        said = new.say(asked)
        assert "二七" not in said
        assert "鄂州" not in said
        assert said.endswith("四川数字慈善主题活动")
    for said in (new.say("1"), new.say("战报"), new.say("活动"), new.say("战报")):
        assert "还没处理" not in said
        assert "还在等" not in said
    assert "昭通5·8人道公益日战报】" in said


def test_a_report_that_waits_for_its_campaign_does_not_give_way(office: Office, erqi: Campaign) -> None:
    office.publish(erqi)
    li = office.captain("李敏", "昭通市第一中学")
    li.say("活动 二七99")
    li.say("组队 二七区实验小学 德化街街道 爱心助学 队长李敏 13900000000")
    office.wait(minutes=20)
    assert "哪个活动" in li.say("进度 5000元 50人次")
    assert "哪个活动" in li.say("战报")
    assert "“进度 5000元 50人次”还没处理" in li.say("1")
    assert li.say("1").startswith("已记录 昭通市第一中学")
