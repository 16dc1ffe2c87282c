"""The console in a real browser: a coordinator's day, with and without JavaScript, at both widths."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bot.simulator.people import SimulatedPerson
from storage.models import Grant
from tests.browser.test_pages import is_sound
from tests.conversations.conftest import Office

CODE = re.compile(r"登录码 (\d{6})")
LINK = re.compile(r"https?://[^/\s]+(/console/enter/\S+)")
COUNTY = ("永善县第一中学", "永善县教育体育局", "永善县溪洛渡镇中心小学")


@pytest.fixture
def county(office: Office) -> None:
    """永善县 has three more teams, registered in April."""
    for n, unit in enumerate(COUNTY, start=1):
        office.captain(f"队长{n}", unit, "永善县", "博爱昭通行")


@pytest.fixture
def liu(county: None, office: Office, site: str) -> SimulatedPerson:
    """刘主任 coordinates 永善县, on a matching day: one team is beyond a limit, two were not heard of."""
    office.store.glances.note_hour(office.campaign, office.store.clock.now())
    office.go_to("2024-05-08T17:20")
    first = office.person("队长1")
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


@pytest.fixture
def desk(liu: SimulatedPerson, page: Page, site: str) -> Page:
    """She has come in by the six digits."""
    code = CODE.search(liu.say("工作台"))
    assert code
    page.goto(f"{site}/console")
    is_sound(page)
    page.get_by_label("登录码").fill(code[1])
    page.get_by_role("button", name="进入").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("永善县总览")
    return page


def is_whole(page: Page) -> None:
    is_sound(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"


def test_screenshot_of_the_console(desk: Page, picture_of: Callable[[str], None]) -> None:
    is_whole(desk)
    picture_of("console")
    for name, word in (("teams", "队伍"), ("todo", "待办")):
        desk.get_by_role("navigation", name="工作台").get_by_role("link", name=word).click()
        is_whole(desk)
        picture_of(f"console-{name}")
    desk.get_by_role("navigation", name="工作台").get_by_role("link", name="队伍").click()
    desk.get_by_role("link", name="永善县人民医院").click()
    is_whole(desk)
    picture_of("console-team")
