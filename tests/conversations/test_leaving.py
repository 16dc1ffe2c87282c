"""注销 and unfollowing: nothing about the person remains, the figures stay, the team waits to be claimed."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.simulator import actions
from bot.simulator.people import SimulatedPerson
from handlers.notices import notification
from scheduler.worker import Worker
from storage.campaign_schema import Campaign
from storage.database import Database, StorageUnavailable
from storage.export import export_campaign
from storage.keys import CLAIM_MS, FAREWELL_SECONDS
from storage.ledger import Plan
from storage.models.pushes import Mail
from storage.models.teams import Team
from storage.outbox import Settlement
from storage.people import People
from storage.reception import Reception
from tests.conversations.conftest import Office

NAME, PHONE, WORDS = "慕容雪梅", "13987654321", "嘟囔了几句"


@pytest.fixture
def captain(office: Office) -> SimulatedPerson:
    """A captain who has left a trace everywhere: card, dialogue, raw words, mailbox, subscription, role, events,
    notices to her, consents, a line nobody understood, a push of hers that could not be read."""
    person = office.person(NAME)
    assert person.say(f"组队 永善县第一中学 永善县 童享阳光 队长{NAME} {PHONE}").startswith("已登记")
    person.say("进度 5000元 50人次")
    person.say("订阅")
    office.coordinator(NAME, "yongshan")
    person.say(f"我叫{NAME}，电话{PHONE}")
    office.store.database.rpush(
        office.store.keys.mailbox(person.openid), Mail(text=f"{NAME}老师，您好").model_dump_json()
    )
    person.say(f"{WORDS}{NAME}咋整嘛")
    person.send(actions.popup({"template": "accept"}))
    store, cid, now = office.store, office.campaign.id, office.store.clock.now()
    told = notification("zhaotong-2024:verdict:0001:" + office.id_of(person), office.campaign, "verdict", "", NAME, now)
    told = told.model_copy(update={"person": office.id_of(person)})
    store.outbox.enqueue([told])
    settled = Settlement(cid, told.id, "mailbox", now)
    store.outbox.leave_in_mailbox(person.openid, Mail(text=told.text), settled)
    person.send({"MsgType": "event", "Event": " ", "EventKey": f"我是{NAME}，电话{PHONE}"})
    store.dead_letters.keep("cut off", f"<Content>{WORDS}{PHONE}")
    assert len(store.dead_letters.newest()) == 2
    person.say("组队 永善县第二中学")
    return person


def leave_by_word(person: SimulatedPerson) -> None:
    assert "删除您的姓名、电话" in person.say("注销")
    assert person.say("确认").startswith("已注销")


def leave_by_unfollowing(person: SimulatedPerson) -> None:
    person.unfollow()


def leave_by_withdrawing_consent(person: SimulatedPerson) -> None:
    person.send({"MsgType": "event", "Event": "user_authorization_revoke", "OpenID": person.openid, "RevokeInfo": "1"})


WAYS = [leave_by_word, leave_by_unfollowing, leave_by_withdrawing_consent]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nothing_about_her_remains(office: Office, database: Database, captain: SimulatedPerson, way) -> None:  # type: ignore[no-untyped-def]
    assert traces(database, captain.openid, NAME, PHONE)
    person_id = office.id_of(captain)
    way(captain)
    keys = {trace.split(" ")[0] for trace in traces(database, captain.openid, NAME, PHONE)}
    assert all(":inbox:" in key for key in keys), keys
    assert len(keys) == 1, "the message with which she left may be delivered again"
    assert all(0 < database.ttl(key) <= FAREWELL_SECONDS for key in keys)
    assert office.store.people.openids([person_id]) == {}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_not_even_a_stored_reply_names_her(database: Database, captain: SimulatedPerson, way) -> None:  # type: ignore[no-untyped-def]
    assert traces(database, WORDS)
    way(captain)
    assert traces(database, NAME, PHONE, WORDS) == []


def test_what_she_was_told_of_her_team_goes(office: Office, captain: SimulatedPerson) -> None:
    """The reason of an act, in the notice that told her of it; a notice to somebody else stays as it is."""
    other = office.captain("王芳", "永善县人民医院", "永善县")
    county = office.coordinator("刘主任", "yongshan")
    for code, reason in (("0001", f"{NAME}老师请调"), ("0002", "王芳老师请调")):
        assert county.say(f"改项目 {code} 博爱昭通行 {reason}").startswith("已改项目")
    hers = office.id_of(captain)
    assert any("老师请调" in text for text in _told(office, hers))
    captain.unfollow()
    assert all("老师请调" not in text for text in _told(office, hers))
    assert any("王芳老师请调" in text for text in _told(office, office.id_of(other)))


def _told(office: Office, person: str) -> list[str]:
    """What every notice to a person (id) says."""
    pushes = [each.notification for each in office.store.outbox.list(office.campaign.id)]
    return [push.text for push in pushes if push.person == person]


def test_what_is_not_hers_stays(office: Office, captain: SimulatedPerson) -> None:
    """A push of somebody else's that could not be read, and one of which there are no words."""
    office.store.dead_letters.keep("wrong padding", "")
    office.person("王强").send({"MsgType": "event", "Event": " ", "EventKey": "别人的话"})
    captain.unfollow()
    his, nobodys = office.store.dead_letters.newest()
    assert "别人的话" in his.content
    assert nobodys.content == ""


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_figures_stay_and_the_team_waits_to_be_claimed(office: Office, captain: SimulatedPerson, way) -> None:  # type: ignore[no-untyped-def]
    way(captain)
    team = office.team("永善县第一中学")
    assert (team.status, team.captains, team.amount_fen, team.donations) == ("unclaimed", (), 500_000, 50)
    assert "第1名 永善县第一中学 5,000.00元" in office.person("路人").say("排行")
    assert office.store.people.subscribers(office.campaign.id) == {}
    assert office.store.people.coordinators(office.campaign.id) == {}
    sun = office.person("孙丽")
    assert sun.say(f"认领 {team.claim_code} 孙丽 13900000000").startswith("已登记 您是 永善县第一中学")
    assert "5,000.00元 → 5,100.00元" in sun.say("又筹了100")


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_she_comes_back_as_somebody_new(office: Office, captain: SimulatedPerson, way) -> None:  # type: ignore[no-untyped-def]
    before = office.id_of(captain)
    way(captain)
    captain.follow()
    assert "您还没有队伍" in captain.say("我的队伍")
    assert "不能" in captain.say("进度 0001 6000元")
    assert "没有进行中的步骤" in captain.say("算了")
    assert office.id_of(captain) != before


def test_another_captain_keeps_the_team(office: Office, captain: SimulatedPerson) -> None:
    """A person's other teams and other people's teams are not touched."""
    office.captain("王强", "永善县第三中学", "永善县", "童享阳光").say("进度 700元")
    leave_by_word(captain)
    team = office.team("永善县第三中学")
    assert (team.status, len(team.captains)) == ("active", 1)
    assert "700.00元" in office.person("王强").say("我的队伍")


def test_leaving_takes_her_out_of_every_campaign(office: Office, erqi: Campaign, captain: SimulatedPerson) -> None:
    office.publish(erqi)
    captain.say("活动 二七99")
    captain.say(f"组队 二七区实验小学 德化街 助学 队长{NAME} {PHONE}")
    leave_by_word(captain)
    teams = office.store.teams.many(erqi.id, office.store.teams.codes(erqi.id))
    assert [team.status for team in teams] == ["unclaimed"]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_closed_campaign_forgets_her_too(  # type: ignore[no-untyped-def]
    office: Office, database: Database, captain: SimulatedPerson, erqi: Campaign, way
) -> None:
    office.publish(erqi)
    office.store.campaigns.close(office.campaign.id, office.store.clock.now())
    office._forget_cache()
    way(captain)
    assert traces(database, NAME, PHONE) == []
    assert (office.team("永善县第一中学").status, office.team("永善县第一中学").amount_fen) == ("unclaimed", 500_000)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_her_team_gets_a_report_while_she_leaves(  # type: ignore[no-untyped-def]
    office: Office, database: Database, captain: SimulatedPerson, way, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator, leave, reports = office.coordinator("赵主任"), People.leave, iter(["进度 0001 6000元 60人次"])

    def leave_late(*args: Any) -> list[Team]:
        for report in reports:
            assert coordinator.say(report).startswith("已记录")
        return leave(*args)

    monkeypatch.setattr(People, "leave", leave_late)
    way(captain)
    assert traces(database, NAME, PHONE) == []
    assert (office.team("永善县第一中学").status, office.team("永善县第一中学").amount_fen) == ("unclaimed", 600_000)


def test_what_wechat_tells_of_her_later_makes_her_nobody(
    office: Office, database: Database, captain: SimulatedPerson
) -> None:
    captain.unfollow()
    told = [
        {"Event": "TEMPLATESENDJOBFINISH", "MsgID": "200163836", "Status": "failed:user block"},
        {"Event": "subscribe_msg_sent_event", "EventKey": ""},
        {"Event": "user_info_modified", "OpenID": captain.openid, "RevokeInfo": "1"},
    ]
    for fields in told:
        office.people.server.deliver({"MsgType": "event", "FromUserName": captain.openid, **fields})
    keys = {trace.split(" ")[0] for trace in traces(database, captain.openid)}
    assert all(":inbox:" in key for key in keys), keys


def test_a_case_stays_and_her_words_go(office: Office, database: Database, captain: SimulatedPerson) -> None:
    """Also from the notice that a coordinator was sent, from the one that waits in a mailbox, and from the export."""
    zhao, _ = office.coordinator("赵主任"), office.coordinator("王协调")
    captain.say("算了")
    captain.say(f"举报 有人冒充{NAME}收钱，电话{PHONE}")
    assert captain.say("确认").startswith("已登记 案件编号 D1")
    store, cid = office.store, office.campaign.id
    in_mailbox = f"{cid}:incident:D1:{office.id_of(zhao)}"
    notice = store.outbox.get(cid, in_mailbox).notification
    settled = Settlement(cid, in_mailbox, "mailbox", store.clock.now())
    store.outbox.leave_in_mailbox(zhao.openid, Mail(text=notice.text), settled)
    leave_by_word(captain)
    assert traces(database, NAME, PHONE) == []
    export = export_campaign(store, office.campaign, store.clock.now())
    assert [case["text"] for case in export["incidents"]] == [""]
    told = [delivery["text"] for delivery in export["deliveries"] if delivery["job"] == "incident"]
    assert len(told) == 2
    assert all("案件编号 D1" in str(text) for text in told)
    assert "案件编号 D1（本人已注销" in zhao.say("活动")


def test_her_question_goes_and_so_does_its_answer(office: Office, database: Database, captain: SimulatedPerson) -> None:
    now = office.store.clock.now()
    office.store.questions.ask(office.campaign, office.id_of(captain), f"{NAME}的发票寄到哪里", now)
    assert office.coordinator("赵主任").say("回答 D1 寄给本人").startswith("已记录")
    assert traces(database, f"您问的“{NAME}")
    captain.unfollow()
    assert traces(database, NAME) == []


def test_who_leaves_while_a_message_of_hers_is_in_work_is_erased_after_it(
    office: Office, database: Database, captain: SimulatedPerson, impatient: None
) -> None:
    keys = office.store.keys
    database.set(keys.lock(captain.openid), "another", px=CLAIM_MS)
    captain.unfollow()
    worker = Worker(office.store, [])
    worker.tick(office.store.clock.now())
    assert database.exists(keys.person(captain.openid))
    database.delete(keys.lock(captain.openid))
    worker.tick(office.store.clock.now())
    assert traces(database, captain.openid, NAME, PHONE) == []


@pytest.mark.parametrize("step", [(People, "leave"), (People, "forget"), (Reception, "receive")])
def test_who_leaves_in_an_outage_is_erased_after_it(
    office: Office,
    database: Database,
    captain: SimulatedPerson,
    impatient: None,
    step: tuple[type, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office.troubled = True
    with monkeypatch.context() as outage:
        outage.setattr(*step, _away)
        captain.unfollow()
    assert database.exists(office.store.keys.person(captain.openid))
    Worker(office.store, []).tick(office.store.clock.now())
    keys = {trace.split(" ")[0] for trace in traces(database, captain.openid, NAME, PHONE)}
    assert all(":inbox:" in key for key in keys), keys


def test_who_leaves_while_the_database_is_away_is_remembered(
    office: Office, database: Database, captain: SimulatedPerson, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.troubled = True
    with monkeypatch.context() as outage:
        outage.setattr(Reception, "receive", _away)
        outage.setattr(Database, "sadd", _away, raising=False)
        captain.unfollow()
    office.person("路人").say("帮助")
    Worker(office.store, []).tick(office.store.clock.now())
    assert traces(database, captain.openid, NAME, PHONE) == []


def test_who_comes_back_before_she_was_erased_is_somebody_new(
    office: Office, captain: SimulatedPerson, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.troubled = True
    before = office.id_of(captain)
    with monkeypatch.context() as outage:
        outage.setattr(People, "leave", _away)
        captain.unfollow()
    captain.follow()
    assert "您还没有队伍" in captain.say("我的队伍")
    assert captain.say(f"组队 永善县第五中学 永善县 童享阳光 队长{NAME} {PHONE}").startswith("已登记")
    Worker(office.store, []).tick(office.store.clock.now())
    assert "永善县第五中学" in captain.say("我的队伍")
    assert office.id_of(captain) != before


@pytest.mark.parametrize("answer", ["算了", "不", "取消"])
def test_whoever_thinks_again_stays(office: Office, captain: SimulatedPerson, answer: str) -> None:
    captain.say("注销")
    assert "什么都没有改动" in captain.say(answer)
    assert office.team("永善县第一中学").status == "active"


def test_somebody_who_was_never_heard_of_unfollows(office: Office) -> None:
    office.person("路人").unfollow()


@pytest.mark.parametrize("typed", ["订阅", "订 阅", "订阅战报", "每天发给我战报"])
def test_subscribing(office: Office, typed: str) -> None:
    someone = office.person("路人")
    assert someone.say(typed).startswith("已登记 订阅")
    assert office.store.people.subscribers(office.campaign.id) == {office.id_of(someone): "evening"}


@pytest.mark.parametrize("typed", ["退订", "退 订", "取消订阅", "别再发了", "不要推送了"])
def test_unsubscribing(office: Office, typed: str) -> None:
    someone = office.person("路人")
    someone.say("订阅")
    assert someone.say(typed).startswith("已登记 退订"), typed
    assert office.store.people.subscribers(office.campaign.id) == {}


# --- a team without a captain -------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_who_coordinates_the_team_is_told_its_code(office: Office, captain: SimulatedPerson, way) -> None:  # type: ignore[no-untyped-def]
    """She herself coordinates the county, too, and is not told; nor is who coordinates another."""
    county, city, other = (
        office.coordinator("县协调", "yongshan"),
        office.coordinator("市协调"),
        office.coordinator("外县", "suijiang"),
    )
    way(captain)
    queued = [d.notification for d in office.store.outbox.list(office.campaign.id) if d.notification.job == "unclaimed"]
    assert {push.person for push in queued} == {office.id_of(county), office.id_of(city)}
    Worker(office.store, []).tick(office.store.clock.now())
    team = office.team("永善县第一中学")
    told = county.say("活动")
    assert "永善县第一中学（#0001）（永善县，童享阳光）的队长已注销" in told
    assert f"认领 {team.claim_code}" in told
    assert team.claim_code not in other.say("活动")
    assert office.person("孙丽").say(f"认领 {team.claim_code} 孙丽 13900000000").startswith("已登记 您是")


def test_the_code_is_told_in_the_step_that_makes_it(
    office: Office, captain: SimulatedPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill right after it leaves no code that nobody knows."""
    office.coordinator("县协调", "yongshan")
    commit, office.troubled = Plan.commit, True

    def then_away(self: Plan, *args: Any) -> Any:
        done = commit(self, *args)
        if self.kind == "captain.left":
            raise StorageUnavailable("killed")
        return done

    monkeypatch.setattr("bot.dispatch.HANDLER_SECONDS", 0.3)
    monkeypatch.setattr("bot.dispatch.REDELIVERY_SECONDS", -1)
    with monkeypatch.context() as killed:
        killed.setattr(Plan, "commit", then_away)
        captain.unfollow()
    team = office.team("永善县第一中学")
    texts = [d.notification.text for d in office.store.outbox.list(office.campaign.id)]
    assert team.claim_code
    assert [team.claim_code in text for text in texts].count(True) == 1


def test_a_captain_who_leaves_and_comes_back_is_told_how_to_have_her_team_again(
    office: Office, captain: SimulatedPerson
) -> None:
    captain.say("注销")
    said = [captain.say("确认")]
    assert "永善县第一中学（#0001） 现在没有队长" in said[0]
    said += [captain.say("我的队伍"), captain.say("进度 0001 6000元"), captain.say("进度 6000元 60人次")]
    said.append(captain.say(f"组队 永善县第一中学 永善县 童享阳光 队长{NAME} {PHONE}"))
    for told in said:
        assert "向协调员要认领码（昭通市红十字会 杜雄 0870-2220223）" in told, told
        assert "发送“认领 认领码 姓名 电话”" in told
    assert "不能" in said[2]
    team = office.team("永善县第一中学")
    assert captain.say(f"认领 {team.claim_code} {NAME} {PHONE}").startswith("已登记 您是 永善县第一中学")
    assert "5,000.00元 → 6,000.00元" in captain.say("进度 6000元 60人次")


def test_who_leaves_no_team_behind_hears_nothing_of_one(office: Office) -> None:
    li = office.person("李敏")
    li.say("注销")
    assert li.say("确认") == "已注销，与您有关的信息已经删除。以后发消息会作为新用户。"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long, and WeChat does not deliver again."""
    monkeypatch.setattr("bot.dispatch.HANDLER_SECONDS", 0.4)
    monkeypatch.setattr("bot.dispatch.REDELIVERY_SECONDS", -1)


def _away(*_: object, **__: object) -> None:
    raise StorageUnavailable("gone for a moment")


def traces(database: Database, *needles: str) -> list[str]:
    """Every key, field and value of the whole database in which one of the needles stands."""
    return [line for line in _everything(database) if any(needle in line for needle in needles)]


def _everything(database: Database) -> Iterator[str]:
    for key in database.scan_iter(count=1000):
        match database.type(key):
            case "string":
                values = [database.get(key)]
            case "hash":
                values = [f"{name} {value}" for name, value in database.hgetall(key).items()]
            case "set":
                values = list(database.smembers(key))
            case "zset":
                values = database.zrange(key, 0, -1)
            case "list":
                values = database.lrange(key, 0, -1)
            case "stream":
                values = [str(fields) for _, fields in database.xrange(key)]
            case other:
                raise AssertionError(other)
        yield from (f"{key} {value}" for value in values)


LEAVING = (
    "我要注销",
    "我想注销",
    "请注销",
    "帮我注销",
    "注销一下",
    "注销吧",
    "能不能帮我注销？",
    "注销账号",
    "注销我的账号",
    "把我的账号注销了",
    "我不用了，帮我注销",
    "把我的信息删了",
    "删除我的资料",
    "清除我的个人信息",
    "注 销 ！",
)


@pytest.mark.parametrize("typed", LEAVING)
def test_leaving_in_other_words_is_asked_like_the_word(office: Office, typed: str) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    assert li.say(typed) == li.say("注销")
    assert office.team("昭通市第一中学").captains
    assert "什么都没有改动" in li.say("算了")
    li.say(typed)
    assert li.say("确认").startswith("已注销")
    assert office.team("昭通市第一中学").captains == ()


@pytest.mark.parametrize(
    "typed",
    [
        "取消报名",
        "我们队不参加了",
        "删掉刚才那条",
        "注销刚才那条",
        "退订",
        "注销订阅",
        "不注销",
        "先不注销了",
        "不要注销",
        "别删我的信息",
        "注销了数据还在吗？",
        "怎么注销",
        "能注销吗",
        "可以删除我的资料吗？",
        "队伍能注销吗",
    ],
)
def test_what_asks_or_means_something_else_leads_to_no_question(office: Office, typed: str) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    assert "回复“确认”" not in li.say(typed)
    assert not li.say("确认").startswith("已注销")
    assert office.team("昭通市第一中学").captains


@pytest.mark.parametrize("typed", ["注销了数据还在吗？", "怎么注销", "能注销吗", "在哪里注销？"])
def test_how_to_leave_and_what_stays(office: Office, typed: str) -> None:
    assert "发送“注销”" in (said := office.person("路人").say(typed))
    assert "已上报的数字保留" in said


@pytest.mark.parametrize(
    "typed", ["把我们队注销了", "注销队伍", "注销 我们队", "注销0001", "注销报名", "删除队伍", "解散我们队"]
)
def test_a_team_is_not_forgotten_with_its_captain(office: Office, typed: str) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    said = li.say(typed)
    assert "队伍和已上报的数字不能在这里注销" in said
    assert "发送“注销”" in said
    assert not li.say("确认").startswith("已注销")
    assert office.team("昭通市第一中学").captains


def test_leaving_in_the_middle_of_a_question(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("进度 5000元 50人次")
    assert "相差十倍以上" in li.say("更正 60000")
    assert "删除您的姓名、电话" in li.say("把我的信息删了")
    assert "什么都没有改动" in li.say("算了")
    assert "没有进行中的步骤" in li.say("算了")


@pytest.mark.parametrize("typed", ["取消注销", "我没说要注销", "不注销了", "别给我注销", "撤回注销"])
def test_words_against_it_never_lead_to_it(office: Office, captain: SimulatedPerson, typed: str) -> None:
    captain.say("算了")
    captain.say(typed)
    captain.say("确认")
    assert office.teams()[0].captains
    captain.say("注销")
    captain.say(typed)
    captain.say("确认")
    assert office.teams()[0].captains
