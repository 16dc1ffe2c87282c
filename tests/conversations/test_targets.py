"""目标 of campaign and county, by organizers, in 我的辖区; and a captain's own, which nobody else sees."""

import tomllib

import pytest
from pydantic import ValidationError

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import CAMPAIGNS, SCHOOL, Office


@pytest.fixture
def zhou(office: Office) -> SimulatedPerson:
    office.captain("李敏", SCHOOL).say("进度 30000元 300人次")
    return office.coordinator("周处长", role="organizer")


def test_a_countys_target_and_the_campaigns_stand_in_my_region(office: Office, zhou: SimulatedPerson) -> None:
    said = zhou.say("目标 昭阳区 保 50000 争 8万")
    assert said.startswith("已定 昭阳区 的参考目标\n保：未定 → 50,000.00元\n争：未定 → 80,000.00元")
    assert zhou.say("目标 昭阳区 保 6万").startswith("已定 昭阳区 的参考目标\n保：50,000.00元 → 60,000.00元")
    zhou.say("目标 保 100000")
    liu = office.coordinator("刘主任", "zhaoyang")
    shown = liu.say("我的辖区")
    assert "目标 保60,000.00元（50%） 争80,000.00元（37%）" in shown
    assert "全活动目标 保100,000.00元（30%）" in shown
    assert "昭阳区：保 60,000.00元，争 80,000.00元" in liu.say("目标")


@pytest.mark.parametrize("said", ["目标 昭阳区 保 80000 争 50000", "目标 昭阳区 很多", "目标 昭阳区"])
def test_what_is_no_target_is_refused(office: Office, zhou: SimulatedPerson, said: str) -> None:
    assert "不能" in zhou.say(said)
    assert office.store.targets.all(office.campaign) == {}


def test_who_may_not_set_one_is_told_what_she_may_do(office: Office, zhou: SimulatedPerson) -> None:
    liu = office.coordinator("刘主任", "zhaoyang")
    county = office.coordinator("县组织方", "yongshan", role="organizer")
    assert "由组织方定，您不能改" in liu.say("目标 昭阳区 保 50000")
    assert "由组织方定，您不能改" in county.say("目标 昭阳区 保 50000")
    assert county.say("目标 永善县 保 50000").startswith("已定 永善县")
    assert "我队目标 5000" in office.person("李敏").say("目标 昭阳区 保 50000")


def test_a_captains_own_target_is_seen_by_her_alone(office: Office, zhou: SimulatedPerson) -> None:
    li = office.person("李敏")
    assert li.say("我队目标 5万").startswith(f"已记下 {SCHOOL}（#0001） 的目标：50,000.00元（还差20,000.00元）")
    assert "我队目标：50,000.00元（还差20,000.00元，只有您看得到）" in li.say("我的队伍")
    assert "50,000.00" not in zhou.say("0001")
    assert "不能改" in zhou.say("我队目标 0001 5000")
    assert "target.set" not in office.ledger()
    assert li.say("我队目标 取消").startswith("已取消")
    assert "我队目标" not in li.say("我的队伍")


def test_it_goes_with_her(office: Office, zhou: SimulatedPerson) -> None:
    li = office.person("李敏")
    li.say("我队目标 50000")
    li.say("注销")
    li.say("确认")
    assert office.store.wishes.of(li.openid, office.campaign.id) == {}


@pytest.mark.parametrize("said", ["目标：5万，已筹：3万 300人次", "目标 50000 已筹 30000"])
def test_a_report_that_begins_with_a_goal_is_a_report(office: Office, said: str) -> None:
    assert "0.00元 → 30,000.00元" in office.captain("李敏", SCHOOL).say(said)


def test_a_drive_begins_with_the_targets_of_its_file(office: Office, zhou: SimulatedPerson) -> None:
    text = (CAMPAIGNS / "zhaotong-2024" / "campaign.toml").read_text(encoding="utf-8")
    own = (
        "[targets]\nfloor = 10_000_000\n[[targets.regions]]\nregion = 'zhaoyang'\nfloor = 5_000_000\nhope = 8_000_000\n"
    )
    goals = tomllib.loads(own)["targets"]
    office.publish(office.campaign.model_validate(tomllib.loads(text) | {"rulebook": [], "targets": goals}))
    liu = office.coordinator("刘主任", "zhaoyang")
    assert "目标 保50,000.00元（60%） 争80,000.00元（37%）" in liu.say("我的辖区")
    assert "全活动目标 保100,000.00元（30%）" in liu.say("我的辖区")
    assert "100,000.00元" in liu.say("战报")
    assert zhou.say("目标 昭阳区 保 6万").startswith(
        "已定 昭阳区 的参考目标\n保：50,000.00元 → 60,000.00元\n争：80,000.00元"
    )
    assert "目标 保60,000.00元（50%） 争80,000.00元（37%）" in liu.say("我的辖区")
    wrong = goals | {"regions": [{"region": "nowhere", "floor": 2, "hope": 1}]}
    with pytest.raises(ValidationError, match="is above hope"):
        office.campaign.model_validate(tomllib.loads(text) | {"targets": wrong})
    wrong["regions"][0]["floor"] = 1
    with pytest.raises(ValidationError, match="no such id 'nowhere'"):
        office.campaign.model_validate(tomllib.loads(text) | {"targets": wrong})


@pytest.mark.parametrize("said", ["目标永善县保3万争6万", "目标：永善县保30000争60000"])
def test_blanks_do_not_matter_to_a_target(office: Office, said: str) -> None:
    answer = office.coordinator("周处长", role="organizer").say(said)
    assert answer.startswith("已定 永善县 的参考目标")
    assert "60,000.00元" in answer


def test_a_captains_line_that_begins_with_a_goal_stays_a_report(office: Office) -> None:
    captain = office.captain("李敏", "永善县人民医院", "永善县")
    assert "9,340.00元" in captain.say("目标争取8万，已完成9340元")
