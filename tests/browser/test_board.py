"""The board, the hall's screen and the frame in a real browser: with no team, with seven, and with a province's."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.scale import settle_down, team
from bot.app import create_app
from bot.settings import load_settings
from handlers.language.names import unit_key
from storage import Store
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.campaign_settings import Board, Ranking
from storage.database import connect
from storage.embedded import ensure
from storage.models.teams import Team, Total
from storage.store import open_store
from storage.targets import Target
from tests.browser.test_pages import is_sound
from tests.conversations.conftest import AES_KEY, APPID, CAMPAIGNS, TOKEN, served

PROVINCE = 113_500
WIDTHS = {"phone": (390, 844), "desktop": (1366, 768), "wide": (1920, 1080)}
WALLS = {"wall": (1920, 1080), "upright": (1080, 1920)}
LONGEST = "国家税务总局昭通市昭阳区税务局凤凰街道第一税务所"
NAMED = (
    ("昭通市第一中学", 98_765_432),
    ("永善县人民医院", 87_654_321),
    (LONGEST, 76_543_210),
    ("镇雄县泼机镇中心卫生院", 65_432_109),
    ("昭通市林业和草原局", 65_432_109),
    ("彝良县角奎街道办事处", 54_321_098),
    ("昭通市公安局交通警察支队高速公路交巡警大队", 43_210_987),
)
LEGIBLE = 22
"""Pixels of the smallest name on a screen of 1080 lines: a fiftieth of its height."""
FLOWS = """() => [...document.querySelectorAll("#wall *")].filter((each) => each.checkVisibility()
  && !each.closest("svg") && !each.classList.contains("unseen")).filter((each) => {
    const box = each.getBoundingClientRect();
    return box.bottom > innerHeight + 1 || box.right > innerWidth + 1
      || (each.matches(".name, .value, .rank, h1, h2, dd, strong") && each.scrollWidth > each.clientWidth + 2
          && getComputedStyle(each).display !== "inline")
      || (each.matches(".name") && each.scrollHeight > each.clientHeight + 2);
  }).map((each) => each.outerHTML.slice(0, 90))"""
SIZES_OF_NAMES = """() => [...document.querySelectorAll("#wall .name")].filter((each) => each.checkVisibility())
  .map((each) => parseFloat(getComputedStyle(each).fontSize))"""


@dataclass
class Place:
    """A bot with so many teams. `address`: of its board."""

    address: str
    teams: int
    store: Store
    campaign: Campaign


def one_of_them(campaign: Campaign, number: int) -> Team:
    """The first seven have names that fit badly, and two of them are level."""
    made = team(campaign, number)
    if number >= len(NAMED):
        return made.model_copy(update={"online": made.online.model_copy(update={"donations": 10 + number % 900})})
    name, fen = NAMED[number]
    total = Total(amount_fen=fen, donations=500 + number, report=f"R{number}")
    update = {"unit": name, "unit_key": unit_key(campaign, name), "region": campaign.regions[number].id}
    return made.model_copy(update=update | {"online": total})


@pytest.fixture(scope="module", params=[0, 7, PROVINCE], ids="{} teams".format)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("board")
    redis = ensure(folder)
    store = open_store(connect(redis.url), "yd", "rehearsal")
    update = {"ranking": Ranking(mode="full"), "board": Board(embed=("https://www.example.gov.cn",))}
    campaign = load(CAMPAIGNS / "zhaotong-2024").model_copy(update=update)
    store.campaigns.publish(campaign, datetime.now(UTC))
    settle_down(store, campaign, range(request.param), one_of_them)
    target = Target(floor_fen=500_000_000, hope_fen=800_000_000)
    store.database.hset(store.keys.targets(campaign.id), "", target.model_dump_json())
    settings = load_settings(
        wechat_appid=APPID,
        wechat_token=TOKEN,
        wechat_aes_key=AES_KEY,
        mode="rehearsal",
        redis_url=redis.url,
        data_dir=folder,
    )
    with served(create_app(settings)) as url:
        yield Place(f"http://{urlsplit(url).netloc}/board/{campaign.id}", request.param, store, campaign)
    redis.stop()


@dataclass
class Looker:
    """Somebody's browser. Whatever its console complains of fails the test, unless it is `troubled`."""

    page: Page
    complaints: list[str]
    troubled: bool = False

    @property
    def ranks(self) -> list[str]:
        return self.page.locator(".row:visible .rank").all_inner_texts()

    @property
    def names(self) -> list[str]:
        return self.page.locator(".row:visible .name").all_inner_texts()

    def picture(self, name: str) -> None:
        """Kept for the documentation, where `make screenshots` asks for it."""
        if (folder := os.environ.get("SCREENSHOTS")) and self.page.viewport_size:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{name}-{self.page.viewport_size['width']}.png")


Looks = Callable[..., Looker]


@pytest.fixture
def look(browser: Browser) -> Iterator[Looks]:
    """Opens a page of some size; `script=False`: without JavaScript."""
    lookers: list[Looker] = []

    def opened(size: tuple[int, int], *, script: bool = True) -> Looker:
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
        page = context.new_page()
        page.set_default_timeout(10_000)
        looker = Looker(page, [])
        page.on("console", lambda said: looker.complaints.append(said.text) if said.type != "log" else None)
        page.on("pageerror", lambda error: looker.complaints.append(str(error)))
        lookers.append(looker)
        return looker

    yield opened
    for looker in lookers:
        looker.page.context.close()
        assert looker.troubled or looker.complaints == []


def does_not_scroll_sideways(page: Page) -> bool:
    return bool(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("size", WIDTHS.values(), ids=WIDTHS)
def test_screenshot_of_the_board(place: Place, look: Looks, size: tuple[int, int]) -> None:
    seen = look(size)
    page = seen.page
    page.goto(place.address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("昭通5·8人道公益日")
    expect(page.locator(".moment")).to_contain_text("截至")
    is_sound(page)
    assert does_not_scroll_sideways(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    is_sound(page)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    if not place.teams:
        expect(page.get_by_text("还没有上报")).to_be_visible()
        return
    assert seen.names[:7] == [name for name, _ in NAMED]
    assert [int(re.sub(r"\D", "", rank)) for rank in seen.ranks[:7]] == [1, 2, 3, 4, 4, 6, 7]
    expect(page.locator(".tiers")).to_contain_text("保 5,000,000.00元")
    if place.teams == 7 and size != WIDTHS["wide"]:
        seen.picture("board")
    for tab, name in (("县区", "昭阳区"), ("项目", "人道暖昭通"), ("单位", LONGEST)):
        page.get_by_role("link", name=tab, exact=True).click()
        expect(page.locator(".rows")).to_contain_text(name)
        is_sound(page)
        assert does_not_scroll_sideways(page)
    page.get_by_role("link", name="人次", exact=True).click()
    expect(page.locator(".row").first).to_contain_text("人次")
    page.get_by_role("link", name="县区", exact=True).click()
    page.locator(".rows").get_by_role("link", name="昭阳区", exact=True).click()
    page.get_by_role("link", name="单位", exact=True).click()
    expect(page.locator(".narrowed")).to_contain_text("只看昭阳区")
    expect(page.locator(".row").first).to_contain_text("人次")
    expect(page.locator(".row .where").first).to_contain_text("昭阳区")
    is_sound(page)
    page.get_by_role("link", name="看全部").click()
    if place.teams == PROVINCE:
        turns_pages(seen)


def turns_pages(seen: Looker) -> None:
    """The second, and the last: its place is known however far down it is."""
    page = seen.page
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".pages")).to_contain_text("第 2 / ")
    last = re.search(r"/ ([\d,]+) 页", page.locator(".pages").inner_text())
    assert last
    page.goto(re.sub(r"page=2", f"page={last[1].replace(',', '')}", page.url))
    expect(page.get_by_role("link", name="下一页")).to_have_count(0)
    expect(page.locator(".row")).not_to_have_count(0)


def test_the_board_lives(place: Place, look: Looks) -> None:
    """By conditional requests: nothing comes while nothing changes, and what changes is there without a reload."""
    seen = look(WIDTHS["desktop"])
    page, answers = seen.page, list[int]()
    page.on("response", lambda answer: answers.append(answer.status) if "/live?" in answer.url else None)
    page.goto(place.address)
    said = page.locator(".sum strong").inner_text()
    with page.expect_response(lambda answer: "/live?" in answer.url):
        pass
    assert answers == [304]
    keys, cid = place.store.keys, place.campaign.id
    place.store.database.hincrby(keys.totals(cid), "amount", 12_300)
    place.store.database.xadd(keys.ledger(cid), {"kind": "person.subscribed", "op": "x", "by": "x", "at": "2024-05-08"})
    expect(page.locator(".sum strong")).not_to_have_text(said, timeout=9_000)
    assert page.locator("#live").count() == 1
    seen.page.wait_for_timeout(200)


def test_what_is_old_is_amber_and_stays(place: Place, look: Looks) -> None:
    seen = look(WIDTHS["desktop"])
    seen.troubled = True
    page = seen.page
    page.clock.install()
    page.goto(place.address)
    said = page.locator(".sum strong").inner_text()
    page.route("**/live?*", lambda route: route.abort())
    page.clock.run_for(20_000)
    expect(page.locator(".moment.stale")).to_have_count(0)
    page.clock.run_for(20_000)
    expect(page.locator(".moment.stale")).to_contain_text("暂时没有更新")
    assert page.locator(".sum strong").inner_text() == said
    page.unroute("**/live?*")
    page.clock.run_for(6_000)
    expect(page.locator(".moment.stale")).to_have_count(0)


@pytest.mark.parametrize("size", WALLS.values(), ids=WALLS)
def test_screenshot_of_the_screen(place: Place, look: Looks, size: tuple[int, int]) -> None:
    """Nothing scrolls, nothing is cut off, the last row can read it, and the faces take turns."""
    seen = look(size)
    page = seen.page
    page.clock.install()
    page.goto(f"{place.address}/screen")
    for face in ("team", "region", "project") if place.teams else ("team",):
        expect(page.locator(f".face-{face}")).to_be_visible()
        assert page.locator(".face:visible").count() == 1
        assert page.evaluate(FLOWS) == []
        assert page.evaluate("() => document.documentElement.scrollHeight <= innerHeight")
        assert does_not_scroll_sideways(page)
        assert all(size >= LEGIBLE for size in page.evaluate(SIZES_OF_NAMES))
        is_sound(page)
        if face == "team":
            assert len(seen.names) == min(place.teams, 10)
        if face == "team" and place.teams == 7:
            seen.picture("screen")
        page.clock.run_for(15_500)
    expect(page.locator(".face-team")).to_be_visible()
    if place.teams:
        page.keyboard.press("ArrowLeft")
        expect(page.locator(".face-project")).to_be_visible()
        page.keyboard.press(" ")
        expect(page.locator("#paused")).to_be_visible()
        page.clock.run_for(40_000)
        expect(page.locator(".face-project")).to_be_visible()


@pytest.mark.parametrize("size", WIDTHS.values(), ids=WIDTHS)
def test_without_a_script(place: Place, look: Looks, size: tuple[int, int]) -> None:
    seen = look(size, script=False)
    page = seen.page
    page.goto(place.address)
    expect(page.locator(".moment")).to_contain_text("截至")
    if not place.teams:
        return
    page.get_by_role("link", name="县区", exact=True).click()
    expect(page.locator(".row").first).to_be_visible()
    page.get_by_label("县区").last.select_option("zhaoyang")
    page.get_by_label("单位名称里的字").fill("第一中学")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".row .name").first).to_have_text("昭通市第一中学")
    page.get_by_role("link", name="回到榜单").click()
    page.get_by_label("县区").last.select_option("yongshan")
    page.get_by_role("button", name="只看这里的排行").click()
    expect(page.locator(".narrowed")).to_contain_text("只看永善县")
    page.goto(f"{place.address}/screen?face=region")
    expect(page.locator(".face-region")).to_be_visible()


def test_the_frame_and_the_pages_around(place: Place, look: Looks) -> None:
    seen = look((480, 700))
    page = seen.page
    page.goto(f"{place.address}/embed")
    expect(page.locator(".notes")).to_contain_text("自愿")
    is_sound(page)
    assert does_not_scroll_sideways(page)
    page.goto(f"{place.address}/search?region=zhaoyang&q=学")
    is_sound(page)
    page.goto(place.address)
    page.get_by_text("分享这个榜单").click()
    code = page.get_by_role("img", name="公开榜单的二维码")
    expect(code).to_be_visible()
    page.wait_for_function("image => image.complete && image.naturalWidth > 20", arg=code.element_handle())
    is_sound(page)


def test_the_page_of_the_api(place: Place, look: Looks) -> None:
    for size in (WIDTHS["phone"], WIDTHS["desktop"]):
        seen = look(size)
        loaded = set[str]()
        seen.page.on("response", lambda answer, loaded=loaded: loaded.add(urlsplit(answer.url).netloc))
        seen.page.goto(f"{place.address.partition('/board')[0]}/api/docs")
        expect(seen.page.get_by_role("heading", level=1)).to_have_text("数据接口")
        is_sound(seen.page)
        assert does_not_scroll_sideways(seen.page)
        assert loaded == {urlsplit(place.address).netloc}
