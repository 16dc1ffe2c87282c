"""分管领导 联络员 舆情专人: named by captain or coordinator, seen by those with authority, gone when told so."""

from datetime import timedelta

import pytest

from bot.simulator.people import SimulatedPerson
from scheduler.worker import Worker
from storage.campaign_schema import Campaign
from storage.campaign_settings import Privacy
from storage.database import Database
from tests.conversations.conftest import Office
from tests.conversations.test_colleagues import code_in
from tests.conversations.test_leaving import traces
from tests.conversations.test_team_acts import told

POSTS = ("分管领导", "联络员", "舆情专人")
NAME, PHONE = "欧阳晓燕", "13811112222"


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    return office.captain("李敏", "永善县人民医院", "永善县")


@pytest.fixture
def county(office: Office, li: SimulatedPerson) -> SimulatedPerson:
    return office.coordinator("刘主任", "yongshan")


@pytest.mark.parametrize("post", POSTS)
def test_named_seen_and_deleted(
    office: Office, li: SimulatedPerson, county: SimulatedPerson, database: Database, post: str
) -> None:
    assert county.say(f"{post} 0001 {NAME} {PHONE}").startswith(f"已登记 永善县人民医院（#0001） 的{post}")
    line = f"{post}：{NAME} {PHONE}"
    for who in (li, county):
        assert line in who.say("#0001")
    for other in (
        office.person("路人"),
        office.coordinator("外县", "suijiang"),
        office.captain("王芳", "绥江县医院", "绥江县"),
    ):
        assert NAME not in other.say("#0001") + other.say("永善县人民医院") + other.say(f"{post} 0001")
    [notice] = told(office, li)
    assert notice == f"永善县协调员登记了您的队伍 永善县人民医院（#0001） 的{post}。发“#0001”可以查看。"
    assert f"登记{post}（永善县协调员）" in li.say("明细")
    assert not [entry for entry in office.store.ledger.entries(office.campaign.id) if NAME in str(entry)]
    assert li.say(f"{post} 0001 删除").startswith(f"已删除 永善县人民医院（#0001） 的{post}")
    assert not [kept for kept in traces(database, NAME) if "unit-people" in kept]
    assert "还没有登记" in li.say(f"{post} 0001 删除")


def test_a_captain_names_for_her_only_team(office: Office, li: SimulatedPerson) -> None:
    assert li.say(f"舆情专人 {NAME}").startswith("已登记 永善县人民医院（#0001） 的舆情专人")
    assert f"舆情专人：{NAME}\n" in li.say("舆情专人")
    assert told(office, li) == []


@pytest.mark.parametrize("said", ["联络员 0001 王某 13900000000", "分管领导 0001 王某", "舆情专人 0001 删除", "联络员"])
def test_others_may_not_and_are_told_who_does(office: Office, li: SimulatedPerson, said: str) -> None:
    for other in (office.person("路人"), office.coordinator("外县", "suijiang")):
        before = office.ledger()
        answer = other.say(said)
        assert "不能" in answer or "请带上队伍编号" in answer, answer
        assert office.ledger() == before
    wang = office.captain("王芳", "绥江县医院", "绥江县")
    if "0001" in said:
        assert "不能操作" in wang.say(said)


def test_a_liaison_binds_herself_once_and_may_nothing(office: Office, li: SimulatedPerson) -> None:
    first = code_in(li.say(f"联络员 0001 {NAME} {PHONE}"))
    second = code_in(li.say("联络员 0001"))
    ou = office.person(NAME)
    assert "不能绑定" in ou.say(f"绑定 {first}")
    assert ou.say(f"绑定 {second}").startswith("已绑定 永善县人民医院（#0001） 的联络员")
    assert "不能绑定" in office.person("别人").say(f"绑定 {second}")
    assert "（已绑定）" in li.say("联络员 0001")
    assert office.store.unit_people.of(office.campaign.id, "0001")["liaison"].person == office.id_of(ou)
    before = office.team("永善县人民医院")
    for said in ("进度 0001 6000元 60人次", "改名 0001 永善县中医院", "联络员 0001 删除", "明细 0001"):
        assert "不能" in ou.say(said), said
    assert office.team("永善县人民医院") == before
    li.say("联络员 0001 王某")
    assert "（已绑定）" not in li.say("#0001")
    assert office.store.unit_people.of(office.campaign.id, "0001")["liaison"].person == ""


def test_a_bound_liaison_gets_notices_and_no_reminder(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    ou = office.person(NAME)
    ou.say(f"绑定 {code_in(li.say(f'联络员 0001 {NAME} {PHONE}'))}")
    assert "队长 1 位，联络员 1 位" in county.say("通知 永善县 明早10点开始配捐")
    assert county.say("确认").startswith("已通知 1 支队伍，队长 1 位，联络员 1 位")
    for who in (li, ou):
        assert "【永善县协调员通知】明早10点开始配捐" in told(office, who)
    office.go_to("2024-04-21T10:00")
    assert "队长 1 位：" in county.say("催报")
    county.say("确认")
    li.say("联络员 0001 删除")
    assert "队长 1 位：" in county.say("通知 永善县 现场改到广场")
    county.say("确认")
    assert not any("提醒" in said or "广场" in said for said in told(office, ou))


def test_a_code_lapses_after_a_day(office: Office, li: SimulatedPerson) -> None:
    code = code_in(li.say(f"联络员 0001 {NAME}"))
    office.wait(hours=24, minutes=1)
    assert "不能绑定" in office.person(NAME).say(f"绑定 {code}")


def test_a_liaison_who_leaves_is_forgotten(office: Office, li: SimulatedPerson, database: Database) -> None:
    ou = office.person(NAME)
    ou.say(f"绑定 {code_in(li.say(f'联络员 0001 {NAME} {PHONE}'))}")
    ou.say("注销")
    ou.say("确认")
    assert not [kept for kept in traces(database, NAME) if "unit-people" in kept]
    assert not [kept for kept in traces(database) if "liaisons" in kept]


def test_they_go_when_their_time_is_over(office: Office, li: SimulatedPerson, database: Database) -> None:
    office.publish(office.campaign.model_copy(update={"privacy": Privacy(keep_people_days=60)}))
    for post in POSTS:
        li.say(f"{post} 0001 {NAME} {PHONE}")
    office.store.campaigns.close(office.campaign.id, office.store.clock.now())
    office._forget_cache()
    Worker(office.store, []).tick(office.store.clock.now() + timedelta(days=59))
    assert [kept for kept in traces(database, NAME) if "unit-people" in kept]
    Worker(office.store, []).tick(office.store.clock.now() + timedelta(days=60))
    assert not [kept for kept in traces(database, NAME) if "unit-people" in kept]


def test_they_go_with_a_team_that_is_turned_away(office: Office, erqi: Campaign, database: Database) -> None:
    office.publish(erqi)
    office.campaign = erqi
    ma, li = office.coordinator("马主任"), office.person("李敏")
    office.go_to("2024-05-21T09:00")
    for person in (ma, li):
        person.say("活动 二七99")
    li.say("组队 二七区实验小学 德化街 助学 队长李敏 13900000000")
    assert li.say(f"联络员 {NAME} {PHONE}").startswith("已登记 二七区实验小学")
    ma.say("驳回 0001")
    assert not [kept for kept in traces(database, NAME) if "unit-people" in kept]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("联络员 0001 13900000000", "请带上队伍编号，例如：联络员 0012 王某 13900000000"),
        ("联络员 0001 是谁？", "请带上队伍编号"),
        ("联络员 0001", "还没有登记联络员，不能查看"),
        ("联络员 0999 王某", "没有“0999”这支队伍，不能操作"),
    ],
)
def test_a_slip_gets_a_line_to_type(county: SimulatedPerson, said: str, answer: str) -> None:
    assert answer in county.say(said)


@pytest.mark.parametrize("said", ["联络员是谁？", "联络员要不要报备", "分管领导是哪位？"])
def test_a_question_is_answered_as_one(li: SimulatedPerson, said: str) -> None:
    assert "请带上队伍编号" not in li.say(said)
