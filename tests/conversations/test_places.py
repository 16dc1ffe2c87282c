"""Places within places: a name of several is asked about by its parent, and where a unit is, level by level."""

import pytest

from storage.campaign_document import Windows
from storage.campaign_files import load
from storage.campaign_settings import Ranking
from storage.models.people import Grant
from tests.conversations.conftest import CAMPAIGNS, Office


@pytest.fixture
def sichuan(office: Office) -> Office:
    """The Sichuan campaign alone, with the ranking open; 何组织 organizes it."""
    office.store.campaigns.close(office.campaign.id, office.store.clock.now())
    changes = {"windows": Windows(), "ranking": Ranking(min_unit_size=0)}
    office.campaign = load(CAMPAIGNS / "sichuan-2024").model_copy(update=changes)
    office.publish(office.campaign)
    grant = Grant(role="organizer", region="")
    code = office.store.people.invite(office.campaign, grant, office.store.clock.now())
    assert office.person("何组织").say(f"绑定 {code}").startswith("已绑定")
    return office


def test_a_name_of_several_places_is_asked_about_by_its_parent(sichuan: Office) -> None:
    he = sichuan.person("何组织")
    for unit, place in (("内江一中", "内江市市中区"), ("乐山一中", "乐山 市中区")):
        assert "（#000" in he.say(f"组队 {unit} {place} 敬老爱老 队长李敏 13900000000"), unit
        he.say(f"通过 {unit}")
    asked = he.say("队伍 市中区")
    assert asked.startswith("“市中区”有2个，您说的是哪一个？")
    assert "1. 内江市市中区\n2. 乐山市市中区" in asked
    assert "乐山一中" in he.say("2")
    assert "内江一中" in he.say("队伍 内江 市中区")
    he.say("导出 市中区")
    assert "市中区的表格" in he.say("内江市市中区")
    assert "1. 内江市市中区" in he.say("把市中区的表格发我")
    he.say("算了")
    asked = he.say("移区 0002 市中区 登记错了")
    assert "2. 乐山市市中区" in asked
    assert "已移区" in he.say("内江的")
    assert sichuan.team("乐山一中").region == "shizhong"


def test_a_figure_told_meanwhile_is_no_choice_of_a_place(sichuan: Office) -> None:
    he = sichuan.person("何组织")
    he.say("组队 内江二中 内江市市中区 敬老爱老 队长李敏 13900000000")
    he.say("通过 内江二中")
    for typed, total in (("0001 累计780元 9人次", 78_000), ("进度 0001 810元", 81_000)):
        assert "有2个" in he.say("队伍 市中区")
        said = he.say(typed)
        assert said.startswith("前面的“队伍 市中区”先放下了"), said
        assert sichuan.team("内江二中").amount_fen == total
        assert "没有等您答复" in he.say("确认")


def test_where_a_unit_is_is_asked_level_by_level(sichuan: Office) -> None:
    li = sichuan.person("李敏")
    asked = li.say("组队 阳光社工服务中心 敬老爱老 队长李敏 13900000000")
    assert "1. 成都市" in asked
    assert "22. 省级" in asked
    asked = li.say("10")
    assert "1. 市中区" in asked
    assert asked.rstrip().splitlines()[-1].endswith("乐山市本级")
    assert "市州：乐山市市中区" in li.say("1")
    assert sichuan.team("阳光社工服务中心").region == "leshan-shizhong"
    asked = li.say("组队 晨光社工服务中心 敬老爱老 队长李敏 13900000000")
    li.say("乐山市")
    assert sichuan.team("晨光社工服务中心").region == "leshan"
    asked = li.say("组队 星光社工服务中心 市中区 敬老爱老 队长李敏 13900000000")
    assert "“市中区”有2个" in asked
    li.say("1")
    assert sichuan.team("星光社工服务中心").region == "shizhong"
    he = sichuan.person("何组织")
    for code in ("0001", "0002", "0003"):
        assert "已登记" in he.say(f"通过 {code}")
    mine = he.say("我的辖区")
    assert "乐山市：2队" in mine
    assert "合计：3队" in mine
