"""关注码: who may have one, and where a scan of it lands, at an account that makes codes; and the pages beside it."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from bot.apis import code_maker
from bot.app import create_app
from bot.settings import Settings, load_settings
from bot.simulator.api import create_platform_app
from bot.simulator.people import SimulatedPerson
from bot.simulator.platform import ScriptedFault
from bot.simulator.server import run_simulator
from scheduler.codes import Codes
from scheduler.worker import Worker
from storage.campaign_schema import Campaign
from storage.database import StorageUnavailable
from storage.embedded import EmbeddedRedis
from storage.scenes import LASTS, STILL_GOOD, Scenes
from tests.conversations.conftest import AES_KEY, APPID, TOKEN, UNHURRIED, Office, served

ADDRESS = "https://yidui.example.org"


@pytest.fixture(scope="module")
def settings(redis_server: EmbeddedRedis, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load_settings(
        wechat_appid=APPID,
        wechat_secret=SecretStr("secret"),
        wechat_token=TOKEN,
        wechat_aes_key=AES_KEY,
        wechat_account="verified_service",
        mode="rehearsal",
        redis_url=redis_server.url,
        data_dir=tmp_path_factory.mktemp("data"),
        public_url=ADDRESS,
    )


@pytest.fixture(scope="module")
def app(settings: Settings) -> Flask:
    return create_app(settings, per_minute=UNHURRIED)


@pytest.fixture(scope="module")
def webhook(app: Flask) -> Iterator[str]:
    with served(app) as url:
        yield url


@pytest.fixture
def worker(office: Office, settings: Settings) -> Iterator[Worker]:
    with run_simulator(create_platform_app(office.people.platform)) as running:
        reached = settings.model_copy(update={"wechat_api_base": running.url})
        yield Worker(office.store, [], [Codes(office.store, code_maker(reached, office.store)).tick])


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    return office.captain("李敏", "昭通市第一中学")


def way(said: str) -> str:
    """The path of the page that an answer leads to."""
    (line,) = [line for line in said.splitlines() if line.startswith(ADDRESS)]
    return urlsplit(line).path


def scan(office: Office, who: str, path: str) -> str:
    """What somebody sees who has not followed yet and scans the code of the page."""
    newcomer = office.person(who)
    newcomer.unfollow()
    return newcomer.scan_code(office.store.scenes.code(path.rsplit("/", 1)[1]))


def test_a_captains_code_leads_to_her_team(
    office: Office, li: SimulatedPerson, worker: Worker, browser: FlaskClient
) -> None:
    path = way(li.say("麻烦给我关注码"))
    assert "正在" in browser.get(path).text
    assert browser.get(f"{path}.png").status_code == 404
    worker.tick(office.store.clock.now())
    assert f'src="{path}.png"' in browser.get(path).text
    assert "昭通市第一中学（#0001） 的关注码" in browser.get(path).text
    drawn = browser.get(f"{path}.png")
    assert (drawn.mimetype, drawn.data[:4]) == ("image/png", b"\x89PNG")
    assert "昭通市第一中学（#0001） 的二维码" in scan(office, "新同事", path)


def test_a_coordinators_code_leads_to_the_campaign_or_to_a_team_of_hers(
    office: Office, erqi: Campaign, li: SimulatedPerson, worker: Worker
) -> None:
    office.publish(erqi)
    zhao = office.coordinator("赵老师", "zhaoyang")
    ways = [way(zhao.say(words)) for words in ("关注码", "活动关注码", "关注码 0001")]
    assert ways[0] == ways[1] != ways[2]
    for _ in range(2):
        worker.tick(office.store.clock.now())
    assert f"接下来说的都是“{office.campaign.name}”" in scan(office, "新同事", ways[0])
    assert "昭通市第一中学（#0001）" in scan(office, "另一位", ways[2])
    other = office.coordinator("刘主任", "yongshan")
    assert "不能代为操作" in other.say("关注码 0001")


def test_the_code_of_a_merged_team_leads_to_the_one_that_goes_on(
    office: Office, li: SimulatedPerson, worker: Worker
) -> None:
    path = way(li.say("关注码"))
    worker.tick(office.store.clock.now())
    office.captain("王芳", "昭通市第二中学")
    zhao = office.coordinator("赵老师", "zhaoyang")
    zhao.say("合并 0001 0002")
    zhao.say("确认")
    assert "昭通市第二中学（#0002） 的二维码" in scan(office, "新同事", path)


def test_a_captain_of_two_teams_is_asked(office: Office, li: SimulatedPerson) -> None:
    li.say("组队 昭通市第一中学 昭阳区 博爱昭通行 队长李敏 13900000000")
    office.wait(minutes=11)
    asked = li.say("关注码")
    assert "1. " in asked
    assert "#0002" in li.say("2")


def test_strangers_are_told_what_they_may_do(office: Office) -> None:
    said = office.person("路人").say("关注码")
    assert "不能给您" in said
    assert "公众号名片" in said


def test_the_same_code_as_long_as_it_lives_a_week(office: Office, li: SimulatedPerson, worker: Worker) -> None:
    path = way(li.say("关注码"))
    worker.tick(office.store.clock.now())
    assert office.store.scenes.wanted() == ""
    assert way(li.say("公众号二维码")) == path
    keys, token = office.store.keys, path.rsplit("/", 1)[1]
    asked = office.store.database.pttl(keys.scene_asked(office.campaign.id, "0001"))
    for key in (keys.scene(token), keys.scene_code(token)):
        left = office.store.database.pttl(key) - asked
        assert abs(timedelta(milliseconds=left) - STILL_GOOD) < timedelta(minutes=1)
    assert timedelta(milliseconds=asked) < LASTS
    office.store.database.delete(keys.scene_asked(office.campaign.id, "0001"))
    assert way(li.say("关注码")) != path


def test_what_wechat_refuses_is_told_to_the_operator_and_tried_again(
    office: Office, li: SimulatedPerson, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = way(li.say("关注码"))
    office.people.platform.inject(ScriptedFault("qrcode/create", errcode=45009))
    worker.tick(office.store.clock.now())
    (alert,) = office.store.alerts.standing()
    assert (alert.source, alert.code) == ("scene_qr", 45009)
    worker.tick(office.store.clock.now())
    assert office.store.scenes.wanted(), "it rests"
    monkeypatch.setattr("scheduler.codes.monotonic", lambda: 1e12)
    worker.tick(office.store.clock.now())
    assert office.store.alerts.standing() == []
    assert "昭通市第一中学" in scan(office, "新同事", path)


def test_a_code_nobody_gave(browser: FlaskClient, office: Office) -> None:
    for path in ("/follow/nobody-knows-it", "/follow/nobody-knows-it.png", "/follow/x", "/follow/{a}:b"):
        assert browser.get(path).status_code == 404


def test_a_page_while_the_database_is_away(
    browser: FlaskClient, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StorageUnavailable("away")

    monkeypatch.setattr(Scenes, "find", away)
    shown = browser.get("/follow/some-token-or-other")
    assert shown.status_code == 503
    assert "过一会儿再试" in shown.text
    assert browser.get("/").status_code == 200


def test_help_names_the_manual_and_the_manual_is_a_page(li: SimulatedPerson, browser: FlaskClient) -> None:
    assert f"使用手册：{ADDRESS}/manual" in li.say("帮助")
    manual = browser.get("/manual")
    assert "default-src 'self'" in manual.headers["Content-Security-Policy"]
    assert "<h2>队长</h2>" in manual.text
    assert "<h2>协调员</h2>" in manual.text
    assert "<code>进度 12345.67元 321人次</code>" in manual.text
    assert "://" not in manual.text


def test_the_first_page_says_what_this_is(browser: FlaskClient) -> None:
    shown = browser.get("/")
    assert shown.status_code == 200
    assert "公众号里的机器人" in shown.text
    assert '<a href="/manual">' in shown.text
    assert "simulator" not in shown.text
    assert "://" not in shown.text


def test_a_rehearsals_first_page_leads_to_the_chats(settings: Settings) -> None:
    shown = create_app(settings, simulator="http://127.0.0.1:1/simulator").test_client().get("/").text
    assert '<a href="/simulator">' in shown
    assert "正在排练" in shown


def test_an_invitation_has_a_picture_and_the_scan_asks_once(office: Office, browser: FlaskClient) -> None:
    wang, new, other = office.coordinator("王主任", role="organizer"), office.person("刘芳"), office.person("别人")
    address = way(wang.say("邀请 永善县 协调员 刘主任"))
    assert "刘主任" not in browser.get(address).text
    token = address.rpartition("/")[2]
    asked = "邀请您在“昭通5·8人道公益日”担任永善县协调员刘主任。要绑定吗？回复“确认”，或“算了”"
    assert other.scan(token) == asked
    assert other.say("算了").startswith("好的")
    assert office.ledger().count("role.granted") == 1
    assert new.scan(token) == asked
    assert new.say("确认").startswith("已绑定 “昭通5·8人道公益日”协调员（永善县）")
    assert "已经失效" in office.person("第三人").scan(token)
    assert way(wang.say("邀请 永善县 协调员 刘主任")) != address
