"""`menu publish`, and what `check` finds out about menus, templates and channels that stand still."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot import menu
from bot.simulator.api import create_platform_app
from bot.simulator.platform import Platform, ScriptedFault
from bot.simulator.server import run_simulator
from bot.wechat.menus import Button, Menu, check_menu
from handlers import router
from handlers.language.text import squash
from storage.ledger import Author
from storage.models.people import Grant, Membership
from tests.cli.conftest import APPID, CAMPAIGN, Installation, Yidui

SECRET = "s" * 32
FIELDS = (("thing1", "事项"), ("time2", "时间"))


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    """The rehearsal WeChat of a verified service account, where the commands find it."""
    platform = Platform(APPID, SECRET, lambda: datetime.now(UTC))
    with run_simulator(create_platform_app(platform)) as running:
        monkeypatch.setenv("YIDUI_WECHAT_SECRET", SECRET)
        monkeypatch.setenv("YIDUI_WECHAT_ACCOUNT", "verified_service")
        monkeypatch.setenv("YIDUI_WECHAT_API_BASE", running.url)
        yield platform


@pytest.fixture
def coordinator(installation: Installation, platform: Platform) -> Iterator[str]:
    """The openid of somebody with a role, who follows the account."""
    store, now = installation.store, installation.store.clock.now()
    installation.says("zhou", "帮助")
    openid = f"o{'zhou':x<27}"
    person = store.database.hget(store.keys.person(openid), "id")
    campaign = store.campaigns.published()[CAMPAIGN].campaign
    code = store.people.invite(campaign, Grant(role="coordinator"), now)
    store.people.bind(campaign, Author(f"bind-{code}", person, now), code, Membership())
    platform.introduce(openid, "周")
    yield openid
    store.people.revoke(campaign, Author(f"revoke-{code}", person, now), person)


def seen_by(platform: Platform, openid: str) -> list[str]:
    platform.introduce(openid, openid)
    with platform.lock:
        return [button["name"] for button in platform.menus.seen_by(platform.people.find(openid))]


def test_everybody_and_coordinators_see_their_menu(yidui: Yidui, platform: Platform, coordinator: str) -> None:
    for _ in range(2):
        done = yidui("menu", "publish")
        assert (done.status, done.err) == (0, "")
    assert "我的队伍 → 我的队伍" in done.out
    assert "1 coordinators have theirs" in done.out
    assert seen_by(platform, coordinator)[0] == "我的辖区"
    assert seen_by(platform, "oSomebody")[0] == "我的队伍"


def test_who_is_no_coordinator_any_more_loses_the_menu(yidui: Yidui, platform: Platform, coordinator: str) -> None:
    with platform.lock:
        former = platform.people
        former.introduce("oFormer", "前协调员")
        platform.tags.put_on(platform.tags.create("益队协调员"), [former.find("oFormer")])
    assert yidui("menu", "publish").status == 0
    assert seen_by(platform, "oFormer")[0] == "我的队伍"
    assert seen_by(platform, coordinator)[0] == "我的辖区"


def test_a_dry_run_shows_the_menus_and_changes_nothing(yidui: Yidui, platform: Platform) -> None:
    done = yidui("menu", "publish", "--dry-run")
    assert done.status == 0
    assert "everybody:" in done.out
    assert "战报 → 战报" in done.out
    with platform.lock:
        assert platform.menus.default is None


def test_an_account_without_menus_is_told_so(yidui: Yidui, platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIDUI_WECHAT_ACCOUNT", "unverified_subscription")
    done = yidui("menu", "publish")
    assert done.status == 1
    assert done.err.startswith("yidui: WeChat: 48001 unverified_subscription lacks tags; it takes a verified")


def test_a_refusal_is_one_line_with_its_mend(yidui: Yidui, platform: Platform) -> None:
    platform.inject(ScriptedFault("menu/create", errcode=48004))
    done = yidui("menu", "publish")
    assert done.status == 1
    (line,) = done.err.splitlines()
    assert line.startswith("yidui: WeChat: 48004 ")
    assert "see the account's notices" in line


@pytest.mark.parametrize("shown", [menu.default_menu(), menu.coordinators_menu()])
def test_every_button_says_a_word_that_the_bot_knows(shown: Menu) -> None:
    check_menu(shown)
    for button in _leaves(shown):
        word, _, rest = button.key.partition(" ")
        command = router.commands[squash(word)]
        assert not rest or command.accepts(rest), button.key


def _leaves(shown: Menu) -> Iterator[Button]:
    for button in shown:
        yield from button.buttons or (button,)


# --- check ----------------------------------------------------------------------------------------------------


def lines(out: str, mark: str) -> list[str]:
    return [line[5:] for line in out.splitlines() if line.startswith(mark)]


def test_online_it_looks_at_menu_and_templates(
    yidui: Yidui, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    with platform.lock:
        good = platform.templates.add("任务截止提醒", FIELDS)
        unfit = platform.templates.add("数据上报成功提醒", (("thing1", "单位"), ("amount2", "金额")))
        notice = platform.notices.add("榜单更新提醒", FIELDS)
    templates = f"verdict={good},waiting={unfit},deadline-reminder=gone"
    monkeypatch.setenv("YIDUI_WECHAT_TEMPLATES", templates)
    monkeypatch.setenv("YIDUI_WECHAT_NOTICES", f"bulletin={notice}")
    out = yidui("check", "--online").out
    well, bad = lines(out, "ok "), lines(out, "bad")
    assert "menu: none yet; publish it with: yidui menu publish" in well
    assert f"template message for verdict: {good} with thing1, time2" in well
    assert f"subscription notice for bulletin: {notice} with thing1, time2" in well
    (waiting,) = [line for line in bad if "for waiting" in line]
    assert "amount2" in waiting
    assert waiting.endswith("choose a template whose fields are thing, time, date or phrase only")
    (gone,) = [line for line in bad if "deadline-reminder" in line]
    assert gone.endswith("copy the template's id again from the account's console")
    assert yidui("menu", "publish").status == 0
    assert "menu: published" in lines(yidui("check", "--online").out, "ok ")


def test_the_address_to_whitelist_is_printed(yidui: Yidui, platform: Platform) -> None:
    platform.whitelist = ("203.0.113.7",)
    bad = lines(yidui("check", "--online").out, "bad")
    (refused,) = [line for line in bad if line.startswith("WeChat")]
    assert "add the address 127.0.0.1 to the IP whitelist" in refused


def test_a_digest_has_no_business_in_a_template_message(yidui: Yidui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIDUI_WECHAT_TEMPLATES", "bulletin=T1")
    bad = lines(yidui("check").out, "bad")
    assert any(line.startswith("YIDUI_WECHAT_TEMPLATES: bulletin may not go out") for line in bad)


def test_a_channel_that_stands_still_is_told_until_it_works(yidui: Yidui, installation: Installation) -> None:
    alerts = installation.store.alerts
    alerts.raise_alert("customer_service", 48001, "api unauthorized", "see the account's rights")
    (line,) = [found for found in lines(yidui("check").out, "bad") if "customer_service" in found]
    assert line.startswith("customer_service stands still: 48001 api unauthorized; see the account's rights (last seen")
    alerts.settle("customer_service")
    assert "stands still" not in yidui("check").out
