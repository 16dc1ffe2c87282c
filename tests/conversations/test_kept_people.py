"""Names and telephones go a while after the close, figures stay; whoever registers is told how long they are kept."""

from datetime import timedelta

import pytest

from bot.check import check
from bot.settings import Settings
from scheduler.worker import Worker
from storage.campaign_schema import Campaign
from storage.campaign_settings import Privacy
from storage.database import Database
from storage.export import export_campaign
from storage.keeping import GRACE
from storage.migrations.closings import date_closings
from storage.migrations.step import Upgrade
from tests.conversations.conftest import Office
from tests.conversations.test_leaving import traces

NAME, PHONE, OTHER = "欧阳振华", "13811112222", "13833334444"


@pytest.fixture
def over(office: Office) -> Office:
    """A captain, a team entered for somebody who never claimed it, figures; keeps 60 days; closed on 20 May."""
    office.publish(office.campaign.model_copy(update={"privacy": Privacy(keep_people_days=60)}))
    person = office.person(NAME)
    assert person.say(f"组队 镇雄县第一中学 镇雄县 人道暖昭通 队长{NAME} {PHONE}").startswith("已登记")
    person.say("进度 900元 9人次")
    office.coordinator("周协调").say(f"组队 镇雄县第二中学 镇雄县 人道暖昭通 队长孙浩 {OTHER}")
    office.go_to("2024-05-20T09:00")
    office.store.campaigns.close(office.campaign.id, office.store.clock.now())
    office._forget_cache()
    return office


def tick(office: Office, **after_the_close: float) -> None:
    Worker(office.store, []).tick(office.store.clock.now() + timedelta(**after_the_close))


def test_they_are_kept_until_the_day(over: Office, database: Database) -> None:
    tick(over, days=59, hours=23)
    assert traces(database, f'"phone":"{PHONE}"')
    assert traces(database, f'"phone":"{OTHER}"')


def test_they_go_on_the_day_and_the_figures_stay(over: Office, database: Database) -> None:
    before = export_campaign(over.store, over.campaign, over.store.clock.now())
    assert [team["phone"] for team in before["teams"]] == [PHONE, OTHER]
    tick(over, days=60)
    assert traces(database, '"phone"') == []
    after = export_campaign(over.store, over.campaign, over.store.clock.now())
    assert [team["phone"] for team in after["teams"]] == ["", ""]
    assert [team["amount_fen"] for team in after["teams"]] == [90_000, 0]
    assert over.sound()


def test_the_file_is_written_anew_without_them(over: Office, database: Database) -> None:
    assert over.store.keeping.let_go(over.store.clock.now() + timedelta(days=60)) == [over.campaign.id]
    assert database.exists(over.store.keys.erased())
    assert over.store.keeping.let_go(over.store.clock.now() + timedelta(days=60)) == []


def test_a_campaign_that_is_open_keeps_them(over: Office, database: Database) -> None:
    over.publish(over.campaign.model_copy(update={"privacy": Privacy(keep_people_days=1)}))
    tick(over, days=400)
    assert traces(database, f'"phone":"{PHONE}"')


def test_closing_it_again_does_not_keep_them_longer(over: Office, database: Database) -> None:
    over.wait(days=40)
    over.store.campaigns.close(over.campaign.id, over.store.clock.now())
    over._forget_cache()
    tick(over, days=20)
    assert traces(database, '"phone"') == []


def test_another_campaigns_people_stay(over: Office, erqi: Campaign, database: Database) -> None:
    over.publish(erqi)
    assert over.person("王强").say("组队 二七区实验小学 德化街 助学 队长王强 13700001111").startswith("已登记")
    tick(over, days=61)
    assert traces(database, '"phone":"13700001111"')
    assert traces(database, f'"phone":"{PHONE}"') == []


@pytest.mark.parametrize(
    ("typed", "status"),
    [("组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000", "active"), ("认领 {} 李敏 13900000000", "active")],
)
def test_whoever_leaves_her_name_is_told_in_one_sentence(office: Office, typed: str, status: str) -> None:
    office.publish(office.campaign.model_copy(update={"privacy": Privacy(keep_people_days=90)}))
    office.coordinator("周协调").say("组队 镇雄县第二中学 镇雄县 人道暖昭通 队长孙浩")
    said = office.person("李敏").say(typed.format(office.team("镇雄县第二中学").claim_code))
    assert "姓名、电话只供主办单位联系，活动关闭90天后删除，也可随时发“注销”删除。" in said
    assert said.startswith("已登记")
    assert "90天后删除" in office.person("李敏").say("我的电话会泄露吗")


def test_who_leaves_neither_is_not_told(office: Office) -> None:
    li = office.person("李敏")
    li.say("组队 昭通市第一中学 昭阳区 人道暖昭通")
    assert "天后删除" not in li.say("跳过")


def findings(office: Office, settings: Settings) -> list[str]:
    return [finding.text for finding in check(settings, ask_wechat=False) if not finding.good]


def test_check_names_what_is_overdue(over: Office, settings: Settings) -> None:
    def told() -> list[str]:
        return [text for text in findings(over, settings) if "names and telephones" in text]

    over.wait(days=60)
    assert told() == [], "the worker has an hour for it, and a day"
    over.wait(days=GRACE.days)
    (late,) = told()
    assert "zhaotong-2024: names and telephones were to go on 2024-07-19 and are there" in late
    tick(over)
    assert told() == []


def test_check_names_what_was_never_closed(over: Office, settings: Settings) -> None:
    over.publish(over.campaign)
    over.go_to("2026-01-01T00:00")
    (never,) = [text for text in findings(over, settings) if "names and telephones" in text]
    assert "close it, from then on the time runs: yidui campaign close zhaotong-2024" in never


def test_what_was_closed_before_counts_from_the_upgrade(over: Office, database: Database) -> None:
    store = over.store
    key, campaign = store.keys.campaigns(), over.campaign.id
    undated = database.hget(key, campaign).replace('"closed_at"', '"before"')
    database.hset(key, campaign, undated)
    over._forget_cache()
    tick(over, days=400)
    assert traces(database, f'"phone":"{PHONE}"')
    later = store.clock.now() + timedelta(days=100)
    upgrade = Upgrade(database, store.keys, lambda c, name: name, later, 6, lambda: None)
    for _ in range(2):
        assert date_closings(upgrade) == []
    database.incr(store.keys.campaigns_version())
    over._forget_cache()
    assert store.campaigns.published()[campaign].closed_at == later
    tick(over, days=100 + 59)
    assert traces(database, f'"phone":"{PHONE}"')
    tick(over, days=100 + 60)
    assert traces(database, f'"phone":"{PHONE}"') == []
