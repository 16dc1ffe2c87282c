"""邀请 取消角色 我的权限: who has which role by what name, and what becomes of the name."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.simulator.people import SimulatedPerson
from scheduler.worker import Worker
from storage.campaign_schema import Campaign
from storage.campaign_settings import Privacy
from storage.database import Database
from storage.ledger import Author, Changed
from storage.models.people import Grant
from storage.roles import Colleague
from tests.conversations.conftest import Office
from tests.conversations.test_leaving import traces
from tests.conversations.test_team_acts import told

TEAM = "永善县人民医院"


@pytest.fixture
def city(office: Office) -> SimulatedPerson:
    return named(office, "王主任", "", "organizer")


def named(office: Office, name: str, region: str, role: str = "coordinator") -> SimulatedPerson:
    """Somebody whom the operator invited by her name."""
    grant = Grant(role=role, region=region)  # type: ignore[arg-type]  # one of two
    code = office.store.people.invite(office.campaign, grant, office.store.clock.now(), name)
    assert office.person(name).say(f"绑定 {code}").startswith("已绑定")
    return office.person(name)


def code_in(answer: str) -> str:
    return re.search(r"^绑定 ([0-9A-Z]{8})$", answer, re.MULTILINE)[1]  # type: ignore[index]  # it is there


def colleagues(office: Office) -> dict[str, Colleague]:
    return {each.name: each for each in office.store.roles.colleagues(office.campaign.id)}


@pytest.mark.parametrize(
    ("said", "done", "grant"),
    [
        ("邀请 永善县 协调员 刘主任", "永善县协调员刘主任", Grant(role="coordinator", region="yongshan")),
        ("邀请永善县协调员刘主任", "永善县协调员刘主任", Grant(role="coordinator", region="yongshan")),
        ("邀请 绥江县 组织方 陈局长 13900001111", "绥江县组织方陈局长", Grant(role="organizer", region="suijiang")),
        ("邀请 全部 协调员 老周", "昭通市协调员老周", Grant(role="coordinator")),
        ("邀请 协调员 永善县", "永善县协调员", Grant(role="coordinator", region="yongshan")),
    ],
)
def test_an_organizer_invites_by_message(
    office: Office, city: SimulatedPerson, said: str, done: str, grant: Grant
) -> None:
    answer = city.say(said)
    assert answer.startswith(f"已邀请 {done}\n"), answer
    assert "13900001111" not in answer
    new = office.person("新人")
    assert new.say(f"绑定 {code_in(answer)}").startswith("已绑定")
    [kept] = [each for each in colleagues(office).values() if each.person == office.id_of(new)]
    assert (kept.grant, kept.invited_by) == (grant, "王主任")
    assert kept.since is not None
    assert kept.since.date() == office.store.clock.now().date()
    assert "不能绑定" in office.person("别人").say(f"绑定 {code_in(answer)}")


def test_a_code_lapses_after_a_day(office: Office, city: SimulatedPerson, database: Database) -> None:
    code = code_in(city.say("邀请 永善县 协调员 欧阳主任"))
    office.wait(hours=24, minutes=1)
    assert "不能绑定" in office.person("新人").say(f"绑定 {code}")
    Worker(office.store, []).tick(office.store.clock.now())
    assert not [key for key in traces(database, "欧阳主任") if "invites" in key]


@pytest.mark.parametrize("said", ["邀请", "邀请 永善县 刘主任", "邀请 协调员 刘主任", "邀请 火星 协调员 刘主任"])
def test_a_slip_gets_a_line_to_type(city: SimulatedPerson, said: str) -> None:
    assert "协调员 刘主任\n" in city.say(said)


def test_nobody_invites_beyond_her_own_region(office: Office, city: SimulatedPerson) -> None:
    county = named(office, "县组织", "yongshan", "organizer")
    assert county.say("邀请 永善县 协调员 刘主任").startswith("已邀请")
    for said in ("邀请 绥江县 协调员 刘主任", "邀请 全部 协调员 刘主任"):
        assert "不能邀请" in county.say(said)
    for other in (named(office, "县里", "yongshan"), office.captain("李敏", TEAM, "永善县"), office.person("路人")):
        for said in ("邀请 永善县 协调员 刘主任", "取消角色", "取消角色 刘主任"):
            assert "不能使用" in other.say(said)


def test_a_role_revoked_just_before_the_invitation(office: Office, city: SimulatedPerson) -> None:
    """Authority is looked at inside the write."""
    membership = office.store.people.memberships(
        office.store.inbox.look(city.openid).person,  # type: ignore[arg-type]  # she is known
        [office.campaign.id],
    )[office.campaign.id]
    office.revoke(city)
    author = Author("late", office.id_of(city), office.store.clock.now())
    with pytest.raises(Changed):
        office.store.roles.offer(office.campaign, author, membership, Grant(role="coordinator"), "刘主任")
    assert office.ledger().count("role.offered") == 0


def test_the_list_says_who_since_when_invited_by_whom_and_last_seen(office: Office, city: SimulatedPerson) -> None:
    code = code_in(city.say("邀请 永善县 协调员 刘主任"))
    liu = office.person("刘")
    liu.say(f"绑定 {code}")
    office.wait(days=3)
    liu.say("队伍")
    office.wait(days=1)
    answer = city.say("取消角色")
    assert "永善县协调员刘主任，4月20日起，王主任邀请，最近来过4月23日" in answer
    assert "昭通市组织方王主任，4月20日起，管理员邀请" in answer


def test_seen_is_written_once_a_day(office: Office, city: SimulatedPerson, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered: list[str | None] = []
    settle = type(office.store.inbox).settle

    def noted(inbox: object, *args: object, **more: object) -> str:
        remembered.append(more["remember"].get("seen"))  # type: ignore[attr-defined]  # a mapping
        return settle(inbox, *args, **more)  # type: ignore[arg-type]

    city.say("帮助")
    monkeypatch.setattr(type(office.store.inbox), "settle", noted)
    city.say("帮助")
    office.wait(days=1)
    city.say("帮助")
    office.captain("李敏", TEAM, "永善县")
    assert remembered == [None, "2024-04-21", None]


@pytest.mark.parametrize("by", ["取消角色 刘主任 换岗", "line"])
def test_a_role_is_taken_away_told_and_given_back(office: Office, city: SimulatedPerson, by: str) -> None:
    liu = named(office, "刘主任", "yongshan")
    before = colleagues(office)["刘主任"]
    if by == "line":
        shown = city.say("取消角色")
        by = re.search(r"^(\d+)\. 永善县协调员刘主任", shown, re.MULTILINE)[1]  # type: ignore[index]  # it is there
    answer = city.say(by)
    assert answer.startswith("已取消 永善县协调员刘主任的角色\n已通知本人"), answer
    [notice] = told(office, liu)
    assert notice.startswith("昭通市组织方王主任取消了您在“昭通5·8人道公益日”的角色：永善县协调员。")
    assert "不能使用" in liu.say("我的辖区")
    assert office.sound()
    assert "撤销后角色恢复到取消之前" in city.say("撤销")
    assert city.say("确认").startswith("已撤销 取消角色，永善县协调员刘主任")
    assert colleagues(office)["刘主任"] == replace(before, seen=colleagues(office)["刘主任"].seen)
    assert "永善县" in liu.say("我的辖区")
    assert len(told(office, liu)) == 2


def test_only_one_of_two_roles_goes(office: Office, city: SimulatedPerson) -> None:
    liu = named(office, "刘主任", "yongshan")
    named(office, "刘主任", "suijiang")
    shown = city.say("取消角色 刘主任")
    assert "共2个" in shown
    assert "绥江县" in shown.split("\n")[1]
    assert city.say("取消角色 1").startswith("已取消 绥江县协调员刘主任")
    assert "永善县" in liu.say("我的辖区")
    assert [each.grant.region for each in colleagues(office).values() if each.name == "刘主任"] == ["yongshan"]


def test_a_number_is_only_ever_a_line_of_the_list_just_shown(office: Office, city: SimulatedPerson) -> None:
    named(office, "刘主任", "yongshan")
    assert "共2个" in city.say("取消角色 2")
    city.say("帮助")
    assert "共2个" in city.say("取消角色 2")
    assert office.ledger().count("role.revoked") == 0


def test_a_county_takes_no_role_of_another(office: Office, city: SimulatedPerson) -> None:
    named(office, "刘主任", "suijiang")
    county = named(office, "县组织", "yongshan", "organizer")
    assert "没有“刘主任”，不能取消" in county.say("取消角色 刘主任")
    assert "没有“王主任”，不能取消" in county.say("取消角色 王主任")
    assert "共1个" in county.say("取消角色")


def test_her_own_last_role_as_organizer_stays(office: Office, city: SimulatedPerson) -> None:
    assert "不能自己取消" in city.say("取消角色 王主任")
    named(office, "王主任", "yongshan", "organizer")
    city.say("取消角色")
    assert city.say("取消角色 2").startswith("已取消 永善县组织方王主任的角色\n以前办的事")
    assert "不能自己取消" in city.say("取消角色 王主任")


def test_what_went_with_a_person_does_not_come_back(office: Office, city: SimulatedPerson, database: Database) -> None:
    liu = named(office, "刘主任", "yongshan")
    city.say("取消角色 刘主任")
    liu.say("注销")
    liu.say("确认")
    city.say("撤销")
    assert "不能再撤销" in city.say("确认")
    assert not [key for key in traces(database, "刘主任") if "role" in key]
    assert office.sound()


def test_nothing_is_given_back_once_she_was_invited_anew(office: Office, city: SimulatedPerson) -> None:
    named(office, "刘主任", "yongshan")
    city.say("取消角色 刘主任")
    named(office, "刘主任", "suijiang")
    city.say("撤销")
    assert "这次没有改成" in city.say("确认")


def test_whoever_is_called_something_is_told_how_long_it_is_kept(office: Office, city: SimulatedPerson) -> None:
    said = office.person("刘").say(f"绑定 {code_in(city.say('邀请 永善县 协调员 刘主任'))}")
    assert "同事看到的称呼：刘主任，活动关闭180天后删除，也可随时发“注销”删除。" in said


def test_a_name_goes_with_its_person_and_never_stands_in_the_ledger(
    office: Office, city: SimulatedPerson, database: Database
) -> None:
    ouyang = named(office, "欧阳主任", "yongshan")
    assert not [entry for entry in office.store.ledger.entries(office.campaign.id) if "欧阳" in str(entry)]
    assert [key for key in traces(database, "欧阳主任") if "role-cards" in key]
    ouyang.say("注销")
    ouyang.say("确认")
    assert traces(database, "欧阳主任") == []


def test_a_name_goes_when_its_time_is_over(office: Office, city: SimulatedPerson, database: Database) -> None:
    office.publish(office.campaign.model_copy(update={"privacy": Privacy(keep_people_days=60)}))
    named(office, "欧阳主任", "yongshan")
    office.store.campaigns.close(office.campaign.id, office.store.clock.now())
    office._forget_cache()
    Worker(office.store, []).tick(office.store.clock.now() + timedelta(days=60))
    assert not [key for key in traces(database, "欧阳主任") if "role-cards" in key]


def test_colleagues_read_her_name_and_a_captain_her_office(office: Office, city: SimulatedPerson) -> None:
    li = office.captain("李敏", TEAM, "永善县")
    liu = named(office, "刘主任", "yongshan")
    liu.say("改名 0001 永善县中医院")
    assert "（永善县协调员刘主任）" in city.say("明细 0001")
    assert "（永善县协调员刘主任）" in city.say("#0001")
    assert "（永善县协调员）" in li.say("明细")
    assert all("刘主任" not in text for text in [*told(office, li), li.say("我的队伍"), li.say("#0001")])


def test_who_is_second_reads_who_was_first(office: Office, city: SimulatedPerson) -> None:
    office.captain("李敏", TEAM, "永善县")
    named(office, "刘主任", "yongshan").say("移区 0001 永善县")
    named(office, "刘主任", "yongshan").say("改名 0001 永善县中医院")
    assert "（永善县协调员刘主任）" in city.say("改名 0001 永善县中医院")


def test_everybody_reads_what_she_may_do(office: Office, city: SimulatedPerson) -> None:
    nobody, li = office.person("路人").say("我的权限"), office.captain("李敏", TEAM, "永善县").say("我的权限")
    liu, wang = named(office, "刘主任", "yongshan").say("我的权限"), city.say("我的权限") + city.say("更多")
    assert "停用" not in nobody
    assert "移交" not in nobody
    assert "组队" in nobody
    assert f"您是队长：{TEAM}（#0001）" in li
    assert "移交" in li
    assert "停用" not in li
    assert "刘主任，您好" in liu
    assert "您是永善县协调员" in liu
    assert "您是组织方" in wang
    assert "您是昭通市组织方" in wang
    assert "邀请 县区 协调员 称呼" in wang


def test_who_leads_a_team_too_chooses_what_to_take_back(office: Office) -> None:
    named(office, "刘主任", "yongshan")
    office.captain("李敏", TEAM, "永善县").say("进度 5000元 50人次")
    li = named(office, "李敏", "", "organizer")
    li.say("取消角色 刘主任")
    assert "1. 撤销操作：取消角色 永善县协调员刘主任\n2. 撤回自己队伍最近一次上报" in li.say("撤销")
    assert "角色恢复到取消之前" in li.say("1")
    assert li.say("确认").startswith("已撤销 取消角色")


def test_an_act_on_a_team_after_it_is_what_she_did_last(office: Office, city: SimulatedPerson) -> None:
    named(office, "刘主任", "yongshan")
    office.captain("李敏", TEAM, "永善县")
    city.say("取消角色 刘主任")
    city.say("停用 0001")
    assert "您最近一次操作：停用" in city.say("撤销")
    city.say("算了")
    city.say("取消角色 王主任")
    assert "您最近一次操作：停用" in city.say("撤销")


def test_who_decides_second_reads_who_did_first(office: Office, city: SimulatedPerson, erqi: Campaign) -> None:
    office.publish(erqi)
    office.campaign = erqi
    ma, zhao, li = named(office, "马主任", ""), named(office, "赵主任", "dexue"), office.person("李敏")
    office.go_to("2024-05-21T09:00")
    for person in (ma, zhao, li):
        person.say("活动 二七99")
    li.say("组队 二七区实验小学 德化街 助学 队长李敏 13900000000")
    assert ma.say("通过 0001").startswith("已登记")
    answer = zhao.say("驳回 0001")
    assert "不能通过或驳回" in answer
    assert "通过审核（" in answer
    assert "马主任）" in answer


def test_help_is_paged_where_it_is_longer_than_a_reply(office: Office) -> None:
    office.captain("李敏", TEAM, "永善县")
    li = named(office, "李敏", "", "organizer")
    pages = [li.say("帮助"), li.say("更多"), li.say("更多")]
    assert "【协调员】" in pages[0]
    assert any("邀请 县区 协调员 称呼" in page for page in pages)
    assert any("【大家都可以说】" in page for page in pages)
    assert "【组织方】" not in office.coordinator("刘主任", "yongshan").say("帮助")


@pytest.mark.parametrize("said", ["邀请刘主任担任永善县协调员", "邀请 刘主任 来当 永善县 协调员"])
def test_said_in_a_sentence(city: SimulatedPerson, said: str) -> None:
    assert city.say(said).startswith("已邀请 永善县协调员刘主任\n")
