"""The rehearsal's chat page in a real browser, talking to the real webhook. `make browser` runs it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from bot.simulator.server import create_simulator_app, run_simulator
from tests.conversations.conftest import Office, app, erqi, office, settings, webhook, zhaotong  # noqa: F401

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET) as browser:
        yield browser.new_page(viewport={"width": 1280, "height": 900})


def test_two_people_side_by_side(page: Page, office: Office) -> None:  # noqa: F811
    with run_simulator(create_simulator_app(office.people)) as simulator:
        page.goto(f"{simulator.url}/simulator")
        heads = (page.get_by_role("heading", name=name) for name in ("李敏", "王强"))
        li, wang = (page.locator("section.chat", has=head) for head in heads)
        li.get_by_label("要说的话").fill("组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000")
        li.get_by_role("button", name="发送").click()
        expect(li.locator(".lines")).to_contain_text("已登记 昭通市第一中学")
        wang.get_by_label("要说的话").fill("几点开始配捐？")
        wang.get_by_role("button", name="发送").click()
        expect(wang.locator(".lines")).to_contain_text("每天早上10点开始")
        expect(li.locator(".lines")).not_to_contain_text("10点开始")


def test_what_people_type_is_never_markup(page: Page, office: Office) -> None:  # noqa: F811
    with run_simulator(create_simulator_app(office.people)) as simulator:
        page.goto(f"{simulator.url}/simulator")
        chat = page.locator("section.chat").first
        chat.get_by_label("要说的话").fill("<img src=x onerror=alert(1)>")
        chat.get_by_role("button", name="发送").click()
        expect(chat.locator(".lines")).to_contain_text("<img src=x")
        assert chat.locator(".lines img").count() == 0
