"""The pages in a real browser, under one port, before a bot that really answers. `make browser` runs these tests."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pydantic import SecretStr

from bot import menu
from bot.app import create_app
from bot.settings import Settings
from bot.simulator.page import Scenery
from bot.simulator.server import create_simulator_app, run_simulator
from bot.simulator.shown import Card, Shown
from bot.web.codes import qr_picture
from storage.clock import RehearsalClock
from tests.conversations.conftest import (  # noqa: F401
    UNHURRIED,
    Office,
    app,
    erqi,
    office,
    served,
    settings,
    webhook,
    zhaotong,
)

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
WIDTHS = {"desktop": (1366, 768), "phone": (390, 844)}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET) as browser:
        yield browser


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A page of each width, closed before the site is; whatever the console complains of fails the test."""
    width, height = WIDTHS[request.param]
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_default_timeout(10_000)
    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


@pytest.fixture
def narrow(page: Page) -> bool:
    return page.viewport_size is not None and page.viewport_size["width"] < 700


@pytest.fixture
def site(office: Office, settings: Settings) -> Iterator[str]:  # noqa: F811
    """The address of a bot whose pages and whose rehearsal are behind one port, on the evening of a matching day."""
    platform = office.people.platform
    platform.now = lambda: office.campaign.local(office.store.clock.now())
    li, zhao = office.captain("李敏", "昭通市第一中学"), office.coordinator("赵老师", "")
    wang = office.captain("王强", "永善县人民医院", "永善县", "博爱昭通行")
    office.go_to("2024-05-08T16:00")
    li.say("进度 12345.67元 321人次")
    wang.say("进度 45678.90元 856人次")
    with platform.lock:
        platform.menus.create([button.as_json() for button in menu.default_menu()])
        tag = platform.tags.create("协调员")
        platform.menus.add([button.as_json() for button in menu.coordinators_menu()], tag)
        platform.tags.put_on(tag, [platform.people.find(zhao.openid)])
    platform.record("zhibanqun", "push", wang.say("战报"))
    with platform.lock:
        poster = platform.media.keep("image", qr_picture("https://example.org/"), "poster.png")
    platform.show(li.openid, "push", Shown("[图片]", picture=poster))
    card = Card("昭通战报 第2期", "截至5月8日21:00，2支队伍", "https://example.org/")
    platform.show(li.openid, "push", Shown(card.text, cards=(card,)))
    clock = office.store.clock
    assert isinstance(clock, RehearsalClock)
    tries = (("李敏", "进度 16000元 410人次"), ("王强", "几点开始配捐？"), ("赵老师", "我的辖区"))
    stop = platform.now().replace(hour=21, minute=0, second=0, microsecond=0)
    scenery = Scenery(office.campaign.name, tries, {"zhibanqun": "值班群"}, (stop,))
    with run_simulator(create_simulator_app(office.people, scenery, clock.advance_to)) as simulator:
        told = settings.model_copy(update={"wechat_secret": SecretStr("secret")})
        app = create_app(told, f"{simulator.url}/simulator", UNHURRIED)
        with served(app) as url:
            yield f"http://{urlsplit(url).netloc}"


@pytest.fixture
def picture_of(page: Page, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Keeps what is seen as a picture of the documentation, where `make screenshots` asks for it."""

    def take(name: str) -> None:
        if folder := os.environ.get("SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            width = page.viewport_size["width"] if page.viewport_size else 0
            page.screenshot(path=Path(folder) / f"{name}-{width}.png")

    return take
