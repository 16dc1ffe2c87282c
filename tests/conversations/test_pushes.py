"""订阅 says what one gets; 推送 shows the plan and switches it by an organizer's word, undone by 撤销."""

import pytest

from bot.app import build_site
from bot.settings import SettingsError, load_settings
from handlers import texts
from storage.audit import verify
from tests.conversations.conftest import Office

ARTICLE = "https://mp.weixin.qq.com/s/abc"


@pytest.mark.parametrize(
    ("said", "edition", "gets"),
    [
        ("订阅", "evening", "每天一期，晚上的"),
        ("订阅 午间", "noon", "每天两期，中午和晚上的"),
        ("订阅午间", "noon", "每天两期，中午和晚上的"),
        ("订阅 全部", "all", "每一期都发"),
        ("订阅 每期", "all", "每一期都发"),
        ("订阅 晚上", "evening", "每天一期，晚上的"),
    ],
)
def test_what_one_gets_by_a_subscription(office: Office, said: str, edition: str, gets: str) -> None:
    someone = office.person("路人")
    someone.say("订阅 全部" if edition != "all" else "订阅")
    answer = someone.say(said)
    assert answer.startswith("已登记 订阅“昭通5·8人道公益日”战报：")
    assert gets in answer
    assert "8点后送达" in answer
    assert "退订" in answer
    assert office.store.people.subscribers(office.campaign.id) == {office.id_of(someone): edition}
    assert verify(office.campaign, office.store.database, office.store.keys) == []
    someone.say("退订")
    assert office.store.people.subscribers(office.campaign.id) == {}


def test_the_article_in_which_a_notice_is_allowed(office: Office) -> None:
    """Its address is told where the account has notices and one of them is the bulletin's."""
    settings = load_settings(
        wechat_token="t",
        wechat_notices="bulletin=tmpl",
        wechat_notice_article=ARTICLE,
        wechat_account="verified_service",
    )
    assert build_site(settings, office.store).notice_article == ARTICLE
    lesser = settings.model_copy(update={"wechat_account": "verified_subscription"})
    assert build_site(lesser, office.store).notice_article == ""
    told = texts.account.subscribed(office.campaign, "evening", ARTICLE)
    assert told.endswith(f"允许一次可收一条：\n{ARTICLE}")
    with pytest.raises(SettingsError, match=r"mp\.weixin\.qq\.com"):
        load_settings(wechat_notice_article="https://example.org/a")


def test_an_organizer_sees_and_switches_the_plan(office: Office) -> None:
    office.go_to("2024-05-07T10:00")
    organizer = office.coordinator("周处长", role="organizer")
    plan = organizer.say("推送")
    assert plan.startswith("【昭通5·8人道公益日·推送】\n1. 报名截止的提醒 10:00 给")
    assert "3. 战报 21:00 给订阅的人、协调员、工作群【开】，下次5月7日21:00" in plan
    assert "6. 到线的提示 随事件 给队长【开】\n" in plan
    whole = plan + organizer.say("更多")
    assert "11. 总结 10:00" in whole
    off = organizer.say("推送 关 digest")
    assert off.startswith("已登记 推送“每日简报（18:00）”关")
    assert "没有改动" in organizer.say("推送 关 每日简报")
    assert office.store.push_switches.off(office.campaign.id) == {"digest"}
    assert "每日简报 18:00 给协调员【关】\n" in organizer.say("推送") + organizer.say("更多")
    assert "关掉" in organizer.say("撤销")
    assert organizer.say("确认").startswith("已撤销，推送“每日简报（18:00）”现在是开着的")
    assert office.store.push_switches.off(office.campaign.id) == set()
    organizer.say("推送 关 1")
    assert organizer.say("推送 开 deadline-reminder").startswith("已登记 推送“报名截止的提醒")
    assert "有几项：3 战报（21:00）、5 战报（12:00 17:00 24:00）" in organizer.say("推送 关 战报")
    assert "没有叫“周报”的推送，不能开关" in organizer.say("推送 关 周报")
    assert verify(office.campaign, office.store.database, office.store.keys) == []


def test_the_plan_is_an_organizers_of_the_whole_campaign(office: Office) -> None:
    for somebody in (office.person("路人"), office.coordinator("刘主任", "yongshan")):
        answer = somebody.say("推送 关 bulletin")
        assert "不能" in answer
        assert "订阅" in answer
    assert office.store.push_switches.off(office.campaign.id) == set()


def test_a_threshold_note_is_a_push_of_the_plan(office: Office) -> None:
    """Switched off, or left out of the file, nobody hears that her team came to the line."""
    organizer = office.coordinator("周处长", role="organizer")
    organizer.say("推送 关 threshold-note")
    captain = office.captain("李敏", "永善县人民医院", "永善县")
    captain.say("进度 2500元 50人次")
    organizer.say("推送 开 threshold-note")
    other = office.captain("王芳", "永善县第一中学", "永善县")
    other.say("进度 2500元 50人次")
    kept = [each.notification for each in office.store.outbox.list(office.campaign.id)]
    assert [push.person for push in kept if push.job == "threshold-note"] == [office.id_of(other)]


@pytest.mark.parametrize("said", ["推送关7", "推送关闭每日简报", "推送停掉 digest", "推送：关7"])
def test_a_push_is_switched_without_a_blank(office: Office, said: str) -> None:
    organizer = office.coordinator("周处长", role="organizer")
    organizer.say("订阅")
    assert organizer.say(said).startswith("已登记 推送“每日简报（18:00）”关")
    assert office.store.people.subscribers(office.campaign.id) != {}


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("12点的战报不要再发了", "推送 关 5"),
        ("每日简报别再发了", "推送 关 7"),
        ("21点的那期战报停了吧", "推送 关 3"),
    ],
)
def test_what_everybody_gets_is_not_an_organizers_own_subscription(office: Office, said: str, line: str) -> None:
    organizer = office.coordinator("周处长", role="organizer")
    organizer.say("订阅")
    answer = organizer.say(said)
    if "退订战报" in answer and answer.splitlines()[1].startswith("1. 退订"):
        answer = organizer.say("1")
    assert line in answer
    assert office.store.people.subscribers(office.campaign.id) != {}
    assert organizer.say("战报别给我发了").startswith("已登记 退订")


@pytest.mark.parametrize("said", ["推送 调 3 到22:00", "推送改5 13:00"])
def test_the_times_of_pushes_stand_in_the_file(office: Office, said: str) -> None:
    assert "写在活动文件里，这里不能改" in office.coordinator("周处长", role="organizer").say(said)


def test_who_gets_the_bulletin_is_told_and_nobody_subscribed(office: Office) -> None:
    someone = office.person("路人")
    answer = someone.say("晚上战报谁能收到")
    assert office.store.people.subscribers(office.campaign.id) == {}
    assert "给订阅的人、协调员" in answer
