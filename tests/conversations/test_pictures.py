"""海报, 我队海报, 感谢状: asked for in words, drawn by the worker, brought by the best way the account has."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import StringIO

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr

from bot.apis import account_media, channels, uploader
from bot.app import build_site, create_app
from bot.chat import converse
from bot.settings import Settings, load_settings
from bot.simulator.api import create_platform_app
from bot.simulator.people import Rehearsal, SimulatedPerson
from bot.simulator.platform import ScriptedFault
from bot.simulator.push import MessageServer
from bot.simulator.server import run_simulator
from handlers.posters import drawing
from scheduler import bulletins
from scheduler.pictures import Painter
from scheduler.worker import Worker
from storage.campaign_settings import Ranking
from storage.embedded import EmbeddedRedis
from tests.conversations.conftest import AES_KEY, APPID, HOSPITAL, SCHOOL, TOKEN, UNHURRIED, Office, at, served

ADDRESS = "https://yidui.example.org"
POSTER = "/board/zhaotong-2024/poster.png"
PNG = b"\x89PNG"
Opened = Callable[[str], Worker]


@pytest.fixture
def opened(office: Office, redis_server: EmbeddedRedis, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """The office behind an account of this kind, whose pages have an address; its worker."""
    with ExitStack() as running:

        def open_as(account: str) -> Worker:
            api = running.enter_context(run_simulator(create_platform_app(office.people.platform)))
            settings = _settings(redis_server, account, api.url, str(tmp_path_factory.mktemp("data")))
            office.app = create_app(settings, per_minute=UNHURRIED)
            url = running.enter_context(served(office.app))
            server = MessageServer(url, TOKEN, APPID, AES_KEY, "safe", office.people.platform)
            office.people = Rehearsal(server)
            site, media = build_site(settings, office.store), account_media(settings, office.store)
            painter = Painter(office.store, site.address, uploader(media) if site.sends_pictures else None)

            def paint() -> int:
                begun = painter.tick()
                painter.wait()
                return begun

            return Worker(office.store, channels(settings, office.store, media), [paint])

        yield open_as


def _settings(redis: EmbeddedRedis, account: str, api: str, folder: str) -> Settings:
    return load_settings(
        wechat_appid=APPID, wechat_secret=SecretStr("secret"), wechat_token=TOKEN, wechat_aes_key=AES_KEY,
        wechat_account=account, wechat_api_base=api, wecom_api_base=api, wecom_robots="zhibanqun=robot-key",
        mode="rehearsal", redis_url=redis.url, data_dir=folder, public_url=ADDRESS,
    )  # fmt: skip


@pytest.fixture
def browser(office: Office) -> Callable[[], FlaskClient]:
    return lambda: office.app.test_client()


def work(office: Office, worker: Worker) -> None:
    """Until nothing is left to draw or to send."""
    for _ in range(6):
        worker.tick(office.store.clock.now())


def pictures(person: SimulatedPerson) -> list[str]:
    """How the pictures came that she was shown: as a reply, or as a push."""
    return [entry.kind for entry in person.transcript if entry.picture and entry.kind in ("reply", "push")]


def in_a_terminal(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], openid: str, said: str
) -> str:
    """What `yidui chat` prints, which keeps no pictures itself."""
    with served(office.app) as url:
        settings = _settings_of_chat(url.removesuffix("/wechat"))
        monkeypatch.setattr("sys.stdin", StringIO(f"{said}\n"))
        assert converse(settings, openid) == 0, capsys.readouterr().err
    return capsys.readouterr().out.strip()


def _settings_of_chat(address: str) -> Settings:
    return load_settings(
        wechat_appid=APPID, wechat_token=TOKEN, wechat_aes_key=AES_KEY, mode="rehearsal", public_url=address
    )


def test_from_the_first_wish_to_the_evenings_picture(
    office: Office,
    opened: Opened,
    browser: Callable[[], FlaskClient],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Before an issue it is the moment's; then robots get table and picture, and every later wish is met at once."""
    worker = opened("verified_service")
    li = office.captain("李敏", SCHOOL)
    li.say("进度 3000元 60人次")
    assert "图片正在画，画好马上发给您" in li.say("麻烦发张海报给我")
    assert browser().get(POSTER).status_code == 404, "no issue yet"
    work(office, worker)
    assert pictures(li) == ["push"]

    office.go_to("2024-04-30T21:00:30")
    work(office, worker)
    group = office.people.platform.transcript("zhibanqun")
    assert [bool(entry.picture) for entry in group] == [False, True]
    assert group[0].text.startswith("## 昭通5·8人道公益日战报 第1期")
    assert f'href="{POSTER}"' in browser().get("/board/zhaotong-2024").text
    shown = browser().get(POSTER)
    assert (shown.status_code, shown.data[:4]) == (200, PNG)
    assert browser().get(POSTER, headers={"If-None-Match": shown.headers["ETag"]}).status_code == 304
    assert li.say("海报") == "[图片]"
    assert li.say("战报的图片有没得") == "[图片]"
    assert pictures(li) == ["push", "reply", "reply"]
    assert in_a_terminal(office, monkeypatch, capsys, li.openid, "海报") == "[图片]"

    assert browser().get(f"{POSTER}?theme=dark").status_code == 503, "nobody wished for it before"
    work(office, worker)
    assert browser().get(f"{POSTER}?theme=dark").data[:4] == PNG
    assert li.say("海报 深色") == "[图片]"
    work(office, worker)
    assert len(office.people.platform.transcript("zhibanqun")) == 2, "once"


def test_a_team_s_own_card_and_a_certificate(office: Office, opened: Opened) -> None:
    worker = opened("verified_service")
    li = office.captain("李敏", SCHOOL)
    li.say("进度 3000元 60人次")
    office.captain("王芳", "永善县人民医院", "永善县")
    assert f"{SCHOOL}（#0001）的海报" in li.say("做张我们学校的海报")
    assert f"{SCHOOL}（#0001）的感谢状" in li.say("能不能给我们学校开份感谢证书")
    work(office, worker)
    assert pictures(li) == ["push", "push"]
    assert li.say("感谢状") == "[图片]"
    assert "不能代为操作" in li.say("0002的海报")
    liu = office.coordinator("刘主任", "yongshan")
    assert "永善县人民医院（#0002）的感谢状" in liu.say("给永善县人民医院做张感谢状")
    assert "不在您的辖区" in liu.say(f"给{SCHOOL}做张感谢状")
    assert "不能代为操作" in liu.say("我队海报 0001")
    liu.say("停用 0002 冒名")
    liu.say("确认")
    assert "不在名单上" in liu.say("感谢状 0002")


def test_an_account_that_sends_no_pictures_shows_a_card(office: Office, opened: Opened, browser) -> None:
    worker = opened("unverified_subscription")
    li = office.captain("李敏", SCHOOL)
    first = li.say("我队海报")
    assert "几秒钟就好" in first
    link = first.splitlines()[-1]
    assert link.startswith(f"{ADDRESS}/board/zhaotong-2024/poster-")
    assert browser().get(link.removeprefix(ADDRESS)).status_code == 503
    work(office, worker)
    assert browser().get(link.removeprefix(ADDRESS)).data[:4] == PNG
    card = li.say("我队海报")
    assert card.startswith(f"{SCHOOL}（#0001）的海报")
    assert link in card
    assert "自愿" in card
    assert pictures(li) == []


def test_a_team_off_the_lists_is_not_seen_under_an_address_given_before(
    office: Office, opened: Opened, browser
) -> None:
    """Neither while its picture is kept nor once it would be drawn again; whoever waits for one has none."""
    worker = opened("unverified_subscription")
    li, liu = office.captain("李敏", SCHOOL), office.coordinator("刘主任")
    seen, waited_for = (li.say(word).splitlines()[-1].removeprefix(ADDRESS) for word in ("我队海报", "感谢状"))
    office.store.pictures.settle(
        office.store.pictures.behind(waited_for.rpartition("poster-")[2].removesuffix(".png")), 0
    )
    work(office, worker)
    shown = browser().get(seen)
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "private, no-cache")
    liu.say("停用 0001 冒名")
    assert browser().get(seen).status_code == 404
    assert browser().get(waited_for).status_code == 404
    assert office.store.pictures.wanted() is None
    liu.say("启用 0001")
    assert browser().get(seen, headers={"If-None-Match": shown.headers["ETag"]}).status_code == 304
    assert browser().get(waited_for).status_code == 503
    liu.say("停用 0001 冒名")
    work(office, worker)
    liu.say("启用 0001")
    assert browser().get(waited_for).status_code == 503, "what was wanted meanwhile was not drawn"


def test_nobody_s_name_and_no_known_address_where_nobody_is_ranked(office: Office, opened: Opened, browser) -> None:
    worker = opened("unverified_subscription")
    office.publish(office.campaign.model_copy(update={"ranking": Ranking(mode="own")}))
    li = office.captain("李敏", SCHOOL)
    office.go_to("2024-04-30T21:00:30")
    work(office, worker)
    assert browser().get(POSTER).status_code == 404
    link = li.say("海报").splitlines()[-1]
    assert "poster-" in link
    assert browser().get(link.removeprefix(ADDRESS)).data[:4] == PNG
    assert browser().get("/board/erqi-99/poster-x.png").status_code == 404


def test_a_picture_that_is_not_taken_goes_as_a_card_and_is_told(office: Office, opened: Opened) -> None:
    worker = opened("verified_service")
    li = office.captain("李敏", SCHOOL)
    for _ in range(2):
        office.people.platform.inject(ScriptedFault("media/upload", errcode=40005))
    li.say("海报")
    work(office, worker)
    (alert,) = [alert for alert in office.store.alerts.standing() if alert.source == "media"]
    assert alert.code == 40005
    assert pictures(li) == []
    assert f"{ADDRESS}/board/zhaotong-2024/poster-" in li.pushes[-1]


def test_where_nothing_can_be_drawn_it_says_so(office: Office, opened: Opened, monkeypatch) -> None:
    worker = opened("verified_service")
    li = office.captain("李敏", SCHOOL)
    monkeypatch.setattr(drawing, "find_spec", lambda _: None)
    assert "不能做图片" in li.say("海报")
    office.go_to("2024-04-30T21:00:30")
    work(office, worker)
    assert len(office.people.platform.transcript("zhibanqun")) == 1, "the table alone"


def test_where_items_are_counted_a_team_has_no_card_of_money(suining: Office) -> None:
    he = suining.person("何协调")
    assert "不能做队伍的海报" in he.say("我队海报")


@pytest.mark.parametrize(
    "said",
    [
        "打印海报花了380块",
        "海报在哪里领",
        "朋友圈有人P了我们的海报卖货",
        "捐了有没有荣誉证书",
        "要打印海报，二维码给一下",
    ],
)
def test_what_only_speaks_of_posters_is_no_wish_for_one(office: Office, said: str) -> None:
    office.captain("李敏", HOSPITAL)
    assert "图片正在画" not in office.person("李敏").say(said)
    assert office.store.pictures.wanted() is None


def test_a_correction_has_a_picture_of_its_own(office: Office, opened: Opened) -> None:
    worker = opened("verified_service")
    office.go_to("2024-04-30T21:00:30")
    work(office, worker)
    push = bulletins.push_named(office.campaign, "bulletin")
    bulletins.plan(office.store, office.campaign, push, at("2024-04-30T21:00"), office.store.clock.now(), again=True)
    work(office, worker)
    group = office.people.platform.transcript("zhibanqun")
    assert [bool(entry.picture) for entry in group] == [False, True, False, True]
    assert group[2].text.startswith("【更正】")
