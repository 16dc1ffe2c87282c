"""Every page, at both widths: it works, it can be read and touched by everybody, and the console has no complaint."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from storage.scenes import Scene
from tests.browser.conftest import AXE
from tests.conversations.conftest import Office

GRAVE = ("serious", "critical")
TOUCH = 44
"""Pixels of what a finger has to meet."""
SMALL = f"""() => [...document.querySelectorAll("button, summary, input, textarea, a, select")]
  .filter((each) => each.checkVisibility() && !each.closest(".bubble, p"))
  .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
  .filter(([_, box]) => box.height < {TOUCH} || box.width < {TOUCH})
  .map(([name, box]) => `${{name}} ${{box.width}}×${{box.height}}`)"""
BROKEN = """() => [...document.querySelectorAll(".figure")]
  .filter((each) => each.getClientRects().length > 1).map((each) => each.textContent)"""


def chat(page: Page, name: str, *, narrow: bool) -> Locator:
    if narrow:
        page.locator("#tabs").get_by_role("button", name=name).click()
    return page.locator("section.chat", has=page.get_by_role("heading", name=name, exact=True))


def say(where: Locator, text: str) -> None:
    where.get_by_label("要说的话").fill(text)
    where.get_by_role("button", name="发送").click()


def is_sound(page: Page) -> None:
    """axe-core finds nothing grave, every target is large enough, and no figure is broken over lines."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run()")["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in GRAVE] == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate(BROKEN) == []


def test_screenshot_of_the_chats(page: Page, site: str, narrow: bool, picture_of: Callable[[str], None]) -> None:
    page.goto(f"{site}/simulator")
    guide = page.locator("#guide")
    expect(guide).to_contain_text("这是“")
    names = page.locator("section.chat h2")
    expect(names).to_have_text(["值班群", "李敏", "赵老师", "王强"])
    expect(page.locator("section.robot .lines")).to_contain_text("自愿")
    is_sound(page)
    picture_of("chats")
    guide.get_by_role("button", name="王强：几点开始配捐？").click()
    wang = page.locator("section.chat", has=page.get_by_role("heading", name="王强"))
    wang.get_by_role("button", name="发送").click()
    expect(wang.locator(".lines")).to_contain_text("每天早上10点开始")
    if not narrow:
        guide.locator("summary").click()
    is_sound(page)
    picture_of("chat")


def test_two_people_side_by_side(page: Page, site: str, narrow: bool) -> None:
    page.goto(f"{site}/simulator")
    say(chat(page, "李敏", narrow=narrow), "我的队伍")
    expect(chat(page, "李敏", narrow=narrow).locator(".lines")).to_contain_text("昭通市第一中学（#0001）")
    wang = chat(page, "王强", narrow=narrow)
    say(wang, "几点开始配捐？")
    expect(wang.locator(".lines")).to_contain_text("每天早上10点开始")
    expect(wang.locator(".lines")).not_to_contain_text("昭通市第一中学（#0001）")


def test_what_people_type_is_never_markup(page: Page, site: str, narrow: bool) -> None:
    page.goto(f"{site}/simulator")
    wang = chat(page, "王强", narrow=narrow)
    say(wang, "<img src=x onerror=alert(1)>")
    expect(wang.locator(".lines")).to_contain_text("<img src=x")
    assert wang.locator(".lines img").count() == 0


def test_the_accounts_menu_is_tapped(page: Page, site: str, narrow: bool, picture_of: Callable[[str], None]) -> None:
    page.goto(f"{site}/simulator")
    li = chat(page, "李敏", narrow=narrow)
    menu = li.get_by_label("公众号菜单")
    menu.get_by_text("榜单战报").click()
    is_sound(page)
    menu.get_by_role("button", name="县区排行").click()
    expect(li.locator(".lines")).to_contain_text("永善县")
    expect(menu.get_by_role("button", name="县区排行")).to_be_hidden()
    menu.get_by_text("我的队伍").click()
    menu.get_by_role("button", name="进度和排名").click()
    expect(li.locator(".lines")).to_contain_text("昭通市第一中学（#0001）")


def test_a_picture_and_a_card_look_like_it(page: Page, site: str, narrow: bool) -> None:
    page.goto(f"{site}/simulator")
    li = chat(page, "李敏", narrow=narrow)
    image = li.get_by_role("img", name="图片")
    expect(image).to_be_visible()
    page.wait_for_function("image => image.complete && image.naturalWidth > 100", arg=image.element_handle())
    card = li.locator("a.card")
    expect(card).to_contain_text("昭通战报 第2期")
    expect(card).to_have_attribute("href", "https://example.org/")


def test_the_clock_goes_on(page: Page, site: str, narrow: bool) -> None:
    page.goto(f"{site}/simulator")
    if narrow:
        page.locator("#tools summary").click()
    page.get_by_role("button", name="到下一次推送（5月8日 21:00）").click()
    expect(page.locator("#clock")).to_contain_text("2024-05-08 21:0")
    expect(page.locator("#stop")).to_be_hidden()
    page.get_by_role("button", name="过一小时").click()
    expect(page.locator("#clock")).to_contain_text("2024-05-08 22:0")
    page.get_by_role("button", name="过一天").click()
    expect(page.locator("#clock")).to_contain_text("2024-05-09 22:0")


def test_leaving_is_tucked_away(page: Page, site: str, narrow: bool) -> None:
    page.goto(f"{site}/simulator")
    wang = chat(page, "王强", narrow=narrow)
    leave = wang.get_by_role("button", name="取消关注")
    expect(leave).to_be_hidden()
    wang.get_by_label("更多操作").click()
    is_sound(page)
    leave.click()
    expect(wang.get_by_label("要说的话")).to_be_disabled()
    is_sound(page)


def test_screenshot_of_the_manual(page: Page, site: str, picture_of: Callable[[str], None]) -> None:
    page.goto(f"{site}/manual")
    expect(page.get_by_role("heading", level=1)).to_have_text("益队使用手册")
    is_sound(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"
    picture_of("manual")


def test_the_first_page_leads_on(page: Page, site: str) -> None:
    page.goto(site)
    is_sound(page)
    page.get_by_role("link", name="使用手册").click()
    expect(page.get_by_role("heading", name="协调员", exact=True)).to_be_visible()
    page.get_by_role("link", name="回到首页").click()
    page.get_by_role("link", name="排练微信").click()
    expect(page.get_by_role("heading", name="值班群")).to_be_visible()


def test_the_page_of_a_code(page: Page, site: str, office: Office) -> None:
    token = office.store.scenes.ask(Scene(office.campaign.id, "0001"))
    page.goto(f"{site}/follow/{token}")
    expect(page.get_by_text("正在向微信要这个码")).to_be_visible()
    office.store.scenes.made(token, "http://weixin.qq.com/q/abcdefg")
    page.get_by_role("link", name="再看一次").click()
    expect(page.get_by_role("img", name="请用微信扫一扫")).to_be_visible()
    is_sound(page)
