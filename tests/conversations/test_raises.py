"""提额: a coordinator asks that a target be raised, an organizer decides; who asked, who decided, from what to what."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.simulator.people import SimulatedPerson
from storage.targets import Target
from tests.conversations.conftest import Office
from tests.conversations.test_team_acts import told


@pytest.fixture
def zhou(office: Office) -> SimulatedPerson:
    zhou = office.coordinator("周处长", role="organizer")
    zhou.say("目标 永善县 保 50000 争 80000")
    return zhou


@pytest.fixture
def liu(office: Office, zhou: SimulatedPerson) -> SimulatedPerson:
    return office.coordinator("刘主任", "yongshan")


def target(office: Office, place: str = "yongshan") -> Target:
    return office.store.targets.all(office.campaign).get(place, Target())


def test_it_is_asked_decided_undone_and_everybody_it_concerns_is_told(
    office: Office, liu: SimulatedPerson, zhou: SimulatedPerson
) -> None:
    county = office.coordinator("何主任", "suijiang", role="organizer")
    asked = liu.say("提额 永善县 10万 第一天就满了")
    assert asked.startswith(
        "已登记 D1 提额：永善县 争 80,000.00元 → 100,000.00元\n等组织方定，已通知他们；定了会告诉您"
    )
    [notice] = told(office, zhou)
    assert notice.startswith(
        "待办 D1 提额：永善县 争 80,000.00元 → 100,000.00元（永善县协调员申请）。原因：第一天就满了"
    )
    assert told(office, county) == []
    assert "D1 提额 永善县 争 80,000.00元 → 100,000.00元｜永善县协调员申请" in zhou.say("待办")
    assert "D1 提额" in liu.say("待办")
    assert county.say("待办") == "没有等您处理的事项。"
    assert target(office).hope_fen == 8_000_000
    for word in ("通过 D1", "退回 D1 不急"):
        assert "由组织方来定，您不能" in liu.say(word)
        assert "没有" in county.say(word)
    assert "不能再提一次" in liu.say("提额永善县12万")
    assert "不用接手" in zhou.say("接手 D1")
    passed = zhou.say("通过 D1")
    assert passed.startswith("已通过 D1 提额：永善县 争 80,000.00元 → 100,000.00元")
    assert zhou.say("通过 D1") == passed
    assert target(office) == Target(floor_fen=5_000_000, hope_fen=10_000_000)
    assert told(office, liu) == [
        "您申请的 D1 提额通过了：永善县 的参考目标（争）现在是 100,000.00元。平台页面的上限以平台为准。"
    ]
    assert "争100,000.00元" in liu.say("我的辖区")
    card = liu.say("D1")
    assert card.startswith("D1 提额（已通过）\n永善县 争 80,000.00元 → 100,000.00元\n申请：永善县协调员，4月20日")
    assert "处理：昭通市组织方，4月20日" in card
    assert office.sound()
    assert zhou.say("撤销").endswith("要撤销吗？回复“确认”，或“算了”")
    assert zhou.say("确认").startswith("已撤销 对 D1 提额的处理")
    assert target(office) == Target(floor_fen=5_000_000, hope_fen=8_000_000)
    assert len(told(office, liu)) == 2
    assert "没有可以撤销的操作" in zhou.say("撤销")
    assert zhou.say("退回 D1 先看看平台").startswith("已退回 D1 提额")
    assert "原因：先看看平台" in told(office, liu)[0]
    assert "先看看平台" not in "".join(
        e.values.get("reason", "") for e in office.store.ledger.entries(office.campaign.id)
    )
    assert office.ledger()[-4:] == ["raise.asked", "raise.passed", "raise.reopened", "raise.returned"]


def test_what_has_been_built_on_it_stays(office: Office, liu: SimulatedPerson, zhou: SimulatedPerson) -> None:
    liu.say("提额 永善县 100000")
    zhou.say("通过 D1")
    zhou.say("目标 永善县 争 200000")
    zhou.say("撤销")
    assert "不能" in zhou.say("确认")
    assert target(office).hope_fen == 20_000_000
    assert "新数要比它大，不能算提额" in liu.say("提额 永善县 150000")


def test_two_organizers_at_once_decide_once(office: Office, liu: SimulatedPerson, zhou: SimulatedPerson) -> None:
    other = office.coordinator("王主任", role="organizer")
    liu.say("提额 永善县 100000")
    with ThreadPoolExecutor() as pool:
        said = list(pool.map(lambda pair: pair[0].say(pair[1]), [(zhou, "通过 D1"), (other, "退回 D1 不急")]))
    assert sum(each.startswith(("已通过 D1", "已退回 D1")) for each in said) == 1, said
    assert sum("D1 已由昭通市组织方在 4月20日" in each for each in said) == 1, said
    assert len([kind for kind in office.ledger() if kind in ("raise.passed", "raise.returned")]) == 1
    assert len(told(office, liu)) == 1


def test_a_project_and_the_whole_drive_are_raised_by_their_organizers(
    office: Office, liu: SimulatedPerson, zhou: SimulatedPerson
) -> None:
    assert liu.say("提额 人道暖昭通 50万→80万").startswith("已登记 D1 提额：项目人道暖昭通 争 未定 → 800,000.00元")
    assert liu.say("提额 100万").startswith("已登记 D2 提额：昭通5·8人道公益日 争 未定 → 1,000,000.00元")
    assert "不在您的辖区，不能提额" in liu.say("提额 绥江县 100000")
    zhou.say("通过 D1")
    assert target(office, "project:rendao-nuan").hope_fen == 80_000_000
    assert "项目人道暖昭通：保 未定，争 800,000.00元" in zhou.say("目标")
    assert zhou.say("目标 人道暖昭通 争 70万").startswith(
        "已定 项目人道暖昭通 的参考目标\n争：800,000.00元 → 700,000.00元"
    )
    assert liu.say("撤回 D2").startswith("已撤回 D2 提额")
    assert "不能再办" in zhou.say("通过 D2")
    mine = zhou.say("提额 120万")
    assert "您也可以定：发“通过 D3”" in mine
    assert zhou.say("通过 D3").startswith("已通过 D3")
    assert target(office, "").hope_fen == 120_000_000
    zhou.say("撤销")
    zhou.say("确认")
    assert target(office, "") == Target()


@pytest.mark.parametrize(
    "said", ["提额 永善县 第1天就满了 10万", "提额永善县：10万元，8日9点已满", "提额 永善县 8万→10万"]
)
def test_the_amount_is_what_has_no_other_measure(office: Office, liu: SimulatedPerson, said: str) -> None:
    assert "争 80,000.00元 → 100,000.00元" in liu.say(said)


@pytest.mark.parametrize(
    "said",
    [
        "提额",
        "提额 很多",
        "提额 永善县",
        "提额 0001",
        "提额 0001 5000000",
        "提额 #12 500000",
        "提额 永善县 100000 500000",
    ],
)
def test_what_names_no_amount_is_asked_for(liu: SimulatedPerson, said: str) -> None:
    assert "提额 永善县 100000" in liu.say(said)


def test_who_has_no_role_is_told_what_she_may_do(office: Office, liu: SimulatedPerson) -> None:
    assert "我队目标 5000" in office.person("路人").say("提额 永善县 100000")
    assert "raise.asked" not in office.ledger()
