"""The console in a real browser: a coordinator's day, with and without JavaScript, at both widths."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.importing import Importer
from bot.settings import Settings
from bot.simulator.people import SimulatedPerson
from storage.models.people import Grant
from tests.browser.conftest import WIDTHS
from tests.browser.test_pages import is_sound
from tests.conversations.conftest import Office

CODE = re.compile(r"登录码 (\d{6})")
COUNTY = ("永善县第一中学", "永善县教育体育局", "永善县溪洛渡镇中心小学")


@pytest.fixture
def county(office: Office) -> None:
    """永善县 has three more teams, registered in April."""
    for n, unit in enumerate(COUNTY, start=1):
        office.captain(f"李小{n}", unit, "永善县", "博爱昭通行")


@pytest.fixture
def liu(county: None, office: Office, site: str) -> SimulatedPerson:
    """刘主任 coordinates 永善县, on a matching day: one team is beyond a limit, two were not heard of."""
    office.store.glances.note_hour(office.campaign, office.store.clock.now())
    office.go_to("2024-05-08T17:20")
    first = office.person("李小1")
    first.say("进度 8800元 120人次")
    first.say("进度 2600000元 130人次")
    assert "等协调员核实" in first.say("确认")
    code = office.store.people.invite(
        office.campaign, Grant(role="coordinator", region="yongshan"), office.store.clock.now(), "刘主任"
    )
    liu = office.person("刘主任")
    assert liu.say(f"绑定 {code}").startswith("已绑定")
    office.store.glances.note_hour(office.campaign, office.store.clock.now())
    return liu


def come_in(page: Page, site: str, person: SimulatedPerson) -> None:
    """By the six digits, as on a computer beside the telephone."""
    code = CODE.search(person.say("工作台"))
    assert code
    page.goto(f"{site}/console")
    page.get_by_label("登录码").fill(code[1])
    page.get_by_role("button", name="进入").click()


@pytest.fixture
def desk(liu: SimulatedPerson, page: Page, site: str) -> Page:
    come_in(page, site, liu)
    expect(page.get_by_role("heading", level=1)).to_have_text("永善县总览")
    return page


def is_whole(page: Page) -> None:
    is_sound(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"


def go_to(page: Page, word: str) -> None:
    """By the navigation: four entries, and the rest beneath 更多."""
    navigation = page.get_by_role("navigation", name="工作台")
    if not navigation.get_by_role("link", name=word, exact=True).is_visible():
        navigation.locator("summary").click()
    navigation.get_by_role("link", name=word, exact=True).click()


def test_screenshot_of_the_console(desk: Page, picture_of: Callable[[str], None]) -> None:
    is_whole(desk)
    picture_of("console")
    for name, word in (("teams", "队伍"), ("todo", "待办")):
        go_to(desk, word)
        is_whole(desk)
        picture_of(f"console-{name}")
    go_to(desk, "队伍")
    desk.get_by_role("link", name="永善县人民医院").click()
    is_whole(desk)
    picture_of("console-team")
    for word in ("消息", "待答和规则", "导出", "操作记录", "推送计划", "活动文件"):
        go_to(desk, word)
        is_whole(desk)


def a_day(page: Page) -> None:
    """List, correct, undo, remind several, and have a book made."""
    go_to(page, "队伍")
    expect(page.locator("tbody tr")).to_have_count(4)
    page.get_by_label("编号或单位").fill("人民医院")
    page.get_by_role("button", name="查看").click()
    page.get_by_role("link", name="永善县人民医院").click()
    online = page.locator(".standing", has_text="线上累计")
    online.locator("summary", has_text="更正").click()
    online.get_by_label("正确的累计，元").fill("45600")
    online.get_by_role("button", name="更正").click()
    expect(page.get_by_role("status")).to_contain_text("已记录")
    expect(page.locator(".sum").first).to_contain_text("45,600.00元")
    online.locator("summary", has_text="撤回最近一次").click()
    online.get_by_role("button", name="看撤回后的数字").click()
    expect(page.locator(".ask")).to_contain_text("45,600.00元 856人次 → 45,678.90元 856人次")
    page.get_by_role("button", name="撤回这一次").click()
    expect(page.locator(".sum").first).to_contain_text("45,678.90元")
    page.locator("summary", has_text="改名").click()
    page.get_by_label("单位全称").fill("永善县中医院")
    page.get_by_role("button", name="改名").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("永善县中医院")
    go_to(page, "总览")
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("status")).to_contain_text("已撤销 改名 永善县人民医院")
    page.get_by_role("link", name="今天未报").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("link", name="勾选这一页").click()
    page.get_by_role("button", name="提醒").click()
    expect(page.locator(".ask")).to_contain_text("提醒 2 支队伍")
    page.get_by_role("button", name="提醒").click()
    expect(page.get_by_role("status")).to_contain_text("2支都办好了")
    row_by_row(page)
    go_to(page, "导出")
    page.get_by_role("button", name="生成").click()
    expect(page.get_by_role("status")).to_contain_text("正在生成永善县的表格")


def row_by_row(page: Page) -> None:
    """Two are ticked, one of them is put right after a look, and the batch is taken back."""
    go_to(page, "队伍")
    for unit in ("永善县人民医院", "永善县第一中学"):
        page.get_by_role("checkbox", name=unit).check()
    page.locator(".ticked-bar summary").click()
    box = page.locator(".drop-box").bounding_box()
    assert box
    assert page.viewport_size
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    page.locator(".ticked-bar").get_by_role("button", name="更正").click()
    hospital = page.locator(".row-act", has_text="永善县人民医院")
    hospital.get_by_label("累计，元").fill("45000")
    page.get_by_role("button", name="看一遍").click()
    expect(hospital).to_contain_text("45,678.90元 856人次 → 45,000.00元 856人次")
    page.get_by_role("button", name="更正", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("1支都办好了")
    page.get_by_role("button", name="撤销这一批").click()
    expect(page.locator(".ask")).to_contain_text("共 1 行")
    page.get_by_role("button", name="撤销这一批").click()
    expect(page.get_by_role("status")).to_contain_text("1支都办好了")
    expect(page.locator("tr", has_text="永善县人民医院")).to_contain_text("45,678.90元")


def test_a_coordinators_day(desk: Page) -> None:
    a_day(desk)
    is_whole(desk)


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    """A telephone whose browser runs no scripts."""
    width, height = WIDTHS["phone"]
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False)
    page, complaints = context.new_page(), list[str]()
    page.set_default_timeout(10_000)
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def test_the_same_day_without_scripts(liu: SimulatedPerson, plain: Page, site: str) -> None:
    come_in(plain, site, liu)
    a_day(plain)


def test_an_import_is_looked_at_first(county: None, page: Page, site: str, office: Office, settings: Settings) -> None:
    wang = office.coordinator("王主任", "", "organizer")
    come_in(page, site, wang)
    go_to(page, "导入")
    is_whole(page)
    content = "单位名称,县区\n永善县第五小学,永善县\n永善县第六小学,没有这个县\n"
    roster = page.locator("form", has_text="单位名册")
    roster.get_by_label("单位名册").set_input_files(
        {"name": "名册.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    roster.get_by_role("button", name="上传").click()
    importer = Importer(office.store, settings.data_dir)
    importer.tick()
    importer.wait()
    page.get_by_role("link", name="名册.csv").click()
    expect(page.locator("main")).to_contain_text("没有叫“没有这个县”的地方")
    is_whole(page)
    page.get_by_role("button", name="写入").click()
    is_whole(page)
    expect(page.get_by_role("link", name="看到哪里了")).to_be_visible()
    importer.tick()
    importer.wait()
    expect(page.get_by_role("status").last).to_contain_text("已写入 1 行")


def test_the_plan_is_looked_at_and_switched(county: None, page: Page, site: str, office: Office) -> None:
    """What a push would say now, and the switch beside each; a county's coordinator only reads the plan."""
    come_in(page, site, office.coordinator("王主任", "", "organizer"))
    go_to(page, "推送计划")
    is_whole(page)
    page.get_by_role("link", name="战报", exact=True).first.click()
    expect(page.locator("main")).to_contain_text("这里只是预览，没有发出")
    expect(page.get_by_label("预览")).to_contain_text("自愿")
    is_whole(page)
    page.get_by_role("link", name="回到推送计划").click()
    page.get_by_role("button", name="关掉 战报").first.click()
    expect(page.get_by_role("status")).to_contain_text("不再发出")
    is_whole(page)
    go_to(page, "总览")
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("status")).to_contain_text("已撤销")
    go_to(page, "推送计划")
    expect(page.get_by_role("button", name="打开")).to_have_count(0)
