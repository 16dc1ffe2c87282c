"""A practice drive on the live account: offered to nobody, marked wherever it speaks, emptied whole, and it alone."""

from datetime import timedelta

import pytest

from bot.simulator.people import SimulatedPerson
from scheduler import bulletins
from scheduler.bulletins import push_named
from scheduler.clock import due
from scheduler.sender import Sender
from storage.campaign_schema import Campaign
from storage.campaigns import PublishRefused
from storage.models.people import Grant
from storage.practice import NotPractice
from tests.conversations.conftest import Office, one_server
from tests.conversations.wording import CONFIRM

MARK = "【演练】"
SCHOOL = "永善县第一中学"


@pytest.fixture
def drill(zhaotong: Campaign) -> Campaign:
    """The same drive for training, with a name of its own."""
    its_own = {"id": "drill-2024", "name": "昭通公益日培训演练", "short": "昭通演练", "aliases": ("演练",)}
    return zhaotong.model_copy(update={**its_own, "practice": True})


@pytest.fixture
def both(office: Office, drill: Campaign) -> Office:
    office.publish(drill)
    return office


@pytest.fixture
def zhao(both: Office, drill: Campaign) -> SimulatedPerson:
    """A coordinator who was invited to the drill."""
    code = both.store.people.invite(drill, Grant(role="organizer"), both.store.clock.now())
    zhao = both.person("赵主任")
    said = zhao.say(f"绑定 {code}")
    assert said.startswith(f"{MARK}已绑定")
    return zhao


@pytest.mark.parametrize(
    "said",
    ["活动", "排行", "你好", "帮助", "几点开始配捐？", "昭通", "活动 昭通", "战报", f"组队 {SCHOOL} 永善县 人道暖昭通"],
)
def test_a_stranger_never_hears_of_it(both: Office, said: str) -> None:
    stranger = both.person("路人")
    welcome = stranger.send({"MsgType": "event", "Event": "subscribe", "EventKey": ""}).shown
    for shown in (welcome, stranger.say(said), stranger.say("1")):
        assert "演练" not in shown


def test_where_nothing_else_is_published_there_is_nothing_to_offer(both: Office) -> None:
    both.store.database.hdel(both.store.keys.campaigns(), both.campaign.id)
    both._forget_cache()
    for said in ("活动", "排行", "你好", "进度 5000元"):
        assert both.person("路人").say(said) == "目前没有发布的活动，请稍后再来。"


@pytest.mark.parametrize("name", ["活动 昭通演练", "昭通演练", "演练", "活动 演练", "drill-2024"])
def test_whoever_says_its_name_is_in_it_and_told_so_with_every_answer(both: Office, name: str) -> None:
    li = both.person("李敏")
    assert li.say(name).startswith(f"{MARK}当前活动：昭通公益日培训演练")
    for said in (
        f"组队 {SCHOOL} 永善县 人道暖昭通 队长李敏 13900000000",
        "进度 5000元 50人次",
        "又筹了500元",
        "我的队伍",
        "排行",
        "战报",
        "几点开始配捐？",
        "帮助",
        "谢谢",
        "撤回",
        "这是什么意思呀",
        "订阅",
    ):
        shown = li.say(said)
        assert shown.startswith(MARK), (said, shown)
        assert shown.count(MARK) == 1
    assert both.teams() == []
    waits = li.say("进度 400元 4人次")
    assert waits.startswith(MARK)
    assert waits.endswith(CONFIRM)
    assert li.say("算了").startswith(MARK)


def test_the_pages_that_follow_are_marked_too(both: Office, drill: Campaign) -> None:
    """Also where she has fallen out of it meanwhile."""
    first = drill.projects[0].model_copy(update={"aliases": ()})
    more = [first.model_copy(update={"id": f"p{i}", "name": f"帮助困难学生第{i}期圆梦行动"}) for i in range(90)]
    both.publish(drill.model_copy(update={"projects": (*drill.projects, *more)}))
    stranger = both.person("路人")
    stranger.say("昭通演练")
    assert stranger.say("二维码").startswith(MARK)
    both.wait(minutes=11)
    assert stranger.say("更多").startswith(MARK)
    assert stranger.say("更多").startswith(MARK)


def test_who_is_in_both_sees_which_is_which(both: Office) -> None:
    li = both.captain("李敏", "昭通市第一中学")
    li.say("活动 昭通演练")
    assert li.say(f"组队 {SCHOOL} 永善县 人道暖昭通 队长李敏 13900000000").startswith(f"{MARK}已登记")
    both.wait(minutes=20)
    assert f"2. {MARK}昭通公益日培训演练" in li.say("进度 5000元 50人次")
    assert li.say("2").startswith(f"{MARK}已记录")
    both.wait(minutes=20)
    assert f"{MARK}昭通公益日培训演练（进行中" in li.say("活动")
    assert li.say("进度 0001 5100元 51人次").startswith("已记录 昭通市第一中学")
    assert li.say("进度 0002 5200元 52人次").startswith(f"{MARK}已记录")
    assert both.team("昭通市第一中学").amount_fen == 510_000


def test_every_push_of_it_is_marked(both: Office, drill: Campaign, zhao: SimulatedPerson) -> None:
    now = both.store.clock.now()
    li = both.person("李敏")
    li.say("昭通演练")
    li.say("举报 有人冒充我们募捐")
    li.say("确认")
    for again in (False, True):
        bulletins.plan(both.store, drill, push_named(drill, "bulletin"), now, now, again=again)
    queued = both.store.outbox.list(drill.id)
    assert {push.notification.job for push in queued} >= {"incident", "bulletin"}
    assert all(push.notification.text.startswith(MARK) for push in queued)
    assert all(push.notification.text.count(MARK) == 1 for push in queued)
    assert all(len(push.notification.text.encode()) <= 2048 for push in queued)


@one_server
def test_it_is_emptied_whole_and_the_real_one_stays(both: Office, drill: Campaign, zhao: SimulatedPerson) -> None:
    store, keys = both.store, both.store.keys
    li = both.captain("李敏", "昭通市第一中学")
    li.say("进度 3000元 30人次")
    real = {key: store.database.dump(key) for key in store.database.scan_iter(match=keys.whole(both.campaign.id))}
    li.say("昭通演练")
    li.say(f"组队 {SCHOOL} 永善县 人道暖昭通 队长李敏 13900000000")
    li.say("进度 5000元 50人次")
    li.say("举报 有人冒充我们募捐")
    li.say("确认")
    now = store.clock.now()
    code = store.people.invite(drill, Grant(role="coordinator"), now)
    bulletins.plan(store, drill, push_named(drill, "bulletin"), now, now)
    assert store.practice.wipe(drill.id, now) > 10
    both._forget_cache()
    assert list(store.database.scan_iter(match=keys.whole(drill.id))) == []
    assert store.people.invited_to(code) == ""
    assert set(store.database.hgetall(keys.code_owners()).values()) == {both.campaign.id}
    after = {key: store.database.dump(key) for key in store.database.scan_iter(match=keys.whole(both.campaign.id))}
    assert after == real
    both.wait(minutes=20)
    assert li.say("我的队伍").startswith("昭通市第一中学")
    li.say("昭通演练")
    assert "没有队伍" in li.say("我的队伍")
    assert li.say(f"组队 {SCHOOL} 永善县 人道暖昭通 队长李敏 13900000000").startswith(f"{MARK}已登记")


def test_its_mail_is_taken_back(both: Office, drill: Campaign, zhao: SimulatedPerson) -> None:
    store, now = both.store, both.store.clock.now()
    bulletins.plan(store, drill, push_named(drill, "bulletin"), now, now)
    Sender(store, []).drain(now + timedelta(seconds=1))
    mailbox = store.keys.mailbox(zhao.openid)
    assert store.database.llen(mailbox) == 1
    store.practice.wipe(drill.id, now)
    assert store.database.llen(mailbox) == 0


def test_nothing_due_before_is_pushed_after(both: Office, drill: Campaign) -> None:
    store = both.store
    both.go_to("2024-05-07T21:05")
    store.practice.wipe(drill.id, store.clock.now())
    both._forget_cache()
    assert due(store.campaigns.published()[drill.id], store.clock.now()) == []


def test_a_real_campaign_is_never_wiped(both: Office, drill: Campaign) -> None:
    both.captain("李敏", "昭通市第一中学")
    with pytest.raises(NotPractice):
        both.store.practice.wipe(both.campaign.id, both.store.clock.now())
    with pytest.raises(PublishRefused, match="'practice' cannot be changed; take 'practice' out of the file"):
        both.publish(both.campaign.model_copy(update={"practice": True}))
    assert both.team("昭通市第一中学")


def test_what_was_practised_never_counts(both: Office, drill: Campaign, zhao: SimulatedPerson) -> None:
    real = drill.model_copy(update={"practice": False})
    with pytest.raises(PublishRefused, match="yidui campaign wipe drill-2024 first"):
        both.publish(real)
    both.store.practice.wipe(drill.id, both.store.clock.now())
    both.publish(real)
    assert "演练" in both.person("路人").say("活动")
