"""Coming in and going out: by a link that previews do not burn, by six digits that nobody guesses, and no longer."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.app import create_app
from bot.check import check
from bot.settings import Settings, load_settings
from storage.sessions import WRONG_FROM_ADDRESS, WRONG_FROM_ALL
from tests.console.conftest import CODE, LINK, Enter, seen
from tests.conversations.conftest import AES_KEY, APPID, TOKEN, Office


def link_and_code(said: str) -> tuple[str, str]:
    link, code = LINK.search(said), CODE.search(said)
    assert link
    assert code
    return link[1], code[1]


def test_the_way_in_and_out(office: Office, enter: Enter) -> None:
    liu = office.coordinator("刘主任", "yongshan")
    link, code = link_and_code(liu.say("工作台"))
    robot = office.app.test_client()
    for _ in range(3):
        looked = robot.get(link, headers={"User-Agent": "Mozilla/5.0 (compatible; preview)"})
        assert looked.status_code == 200
        assert "以 永善县协调员 进入" in seen(looked)
        assert "Set-Cookie" not in looked.headers
    phone = office.app.test_client()
    inside = phone.post(link, follow_redirects=True)
    assert "永善县总览" in seen(inside)
    assert inside.headers["Cache-Control"] == "no-store"
    assert inside.headers["Referrer-Policy"] == "no-referrer"
    cookie = phone.get_cookie("yd")
    assert cookie
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert "永善" not in cookie.value
    assert office.app.test_client().post(link).status_code == 410
    computer = office.app.test_client()
    assert "不对，或者已经用过" in seen(computer.post("/console", data={"code": code})), "the pass is used up"
    newer, code = link_and_code(liu.say("后台"))
    assert office.app.test_client().get(link_and_code(liu.say("网页"))[0]).status_code == 200
    assert office.app.test_client().get(newer).status_code == 410, "the newest alone is good"
    _, wide = link_and_code(liu.say("控制台"))
    full = "".join(chr(ord(digit) + 0xFEE0) for digit in wide)
    assert office.app.test_client().post("/console", data={"code": f"{full[:3]} {full[3:]}"}).status_code == 303
    desk = enter(liu)
    assert desk.get().status_code == 200
    assert liu.say("退出网页").startswith("已退出网页，共3处")
    assert phone.get(inside.request.path).status_code == 303
    assert desk.get().status_code == 303


def test_who_may_not_come_in(office: Office, enter: Enter) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    assert "这是协调员的功能" in li.say("工作台")
    liu, zhao = office.coordinator("刘主任", "yongshan"), office.coordinator("赵老师", "")
    desk, other = enter(liu), enter(zhao)
    assert desk.get().status_code == 200
    office.revoke(liu)
    led_out = desk.client.get(desk.at, follow_redirects=True)
    assert "您现在没有协调员的角色" in seen(led_out)
    assert desk.get("/teams").status_code == 303
    zhao.say("注销")
    zhao.say("确认")
    assert other.get().status_code == 303
    assert desk.client.get("/console/zhaotong-2024/teams").status_code == 303
    assert office.app.test_client().get("/console/zhaotong-2024/teams/0001").status_code == 303


def test_codes_are_not_guessed(office: Office) -> None:
    liu = office.coordinator("刘主任", "yongshan")
    link, code = link_and_code(liu.say("工作台"))
    wrong = f"{(int(code) + 1) % 10**6:06d}"

    def tried(address: str, digits: str) -> tuple[int, str]:
        headers = {"X-Real-IP": address}
        answer = office.app.test_client().post("/console", data={"code": digits}, headers=headers)
        return answer.status_code, seen(answer)

    assert tried("10.0.0.1", "12")[0] == 422
    assert tried("10.0.0.1", "1" * 9_000)[0] == 413
    for _ in range(WRONG_FROM_ADDRESS):
        assert tried("10.0.0.1", wrong)[0] == 422
    assert "次数太多" in tried("10.0.0.1", code)[1], "the right one is not looked at any more from there"
    for n in range(WRONG_FROM_ADDRESS, WRONG_FROM_ALL):
        assert tried(f"10.0.1.{n}", wrong)[0] == 422
    status, told = tried("10.0.2.1", code)
    assert status == 429
    assert "登录码暂停使用" in told
    assert office.app.test_client().post(link, follow_redirects=True).status_code == 200, "the link goes on"
    assert (
        office.app.test_client().post("/console", data={}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    )
    statuses = {
        office.app.test_client().get("/console", headers={"X-Real-IP": "10.0.3.1"}).status_code for _ in range(61)
    }
    assert statuses == {200, 429}


def test_a_form_of_another_is_refused(office: Office, enter: Enter) -> None:
    office.captain("王强", "永善县人民医院", "永善县", "博爱昭通行")
    liu, zhao = office.coordinator("刘主任", "yongshan"), office.coordinator("赵老师", "")
    desk, other = enter(liu), enter(zhao)
    before = office.ledger()
    for key in ("", "made-up.0123", other.key("/teams/0001")):
        refused = desk.send("/teams/0001/rename", {"unit": "永善县人民医院总院"}, key)
        assert refused.status_code == 400
        assert "没有改动任何东西" in seen(refused)
    assert office.ledger() == before


@pytest.mark.parametrize("public_url", ["http://wx.example.org", ""])
def test_live_needs_https(office: Office, settings: Settings, public_url: str) -> None:
    """Without it there is no console, and `yidui check` says so."""
    given = {"public_url": public_url} if public_url else {}
    live = load_settings(
        wechat_appid=APPID, wechat_token=TOKEN, wechat_aes_key=AES_KEY, redis_url=settings.redis_url, **given
    )
    app = create_app(live)
    assert app.test_client().get("/console").status_code == 404
    told = [finding.text for finding in check(live, ask_wechat=False) if finding.text.startswith("console")]
    assert told == ["console: none, 工作台 says so; for one set YIDUI_PUBLIC_URL to the https address of this site"]


def test_the_live_cookie(office: Office, settings: Settings) -> None:
    live = load_settings(
        wechat_appid=APPID,
        wechat_token=TOKEN,
        wechat_aes_key=AES_KEY,
        redis_url=settings.redis_url,
        public_url="https://wx.example.org",
    )
    liu = office.coordinator("刘主任", "yongshan")
    link, _ = link_and_code(liu.say("工作台"))
    entered = create_app(live).test_client().post(link, base_url="https://wx.example.org")
    assert re.fullmatch(
        r"__Host-yd=[\w-]+; Expires=[^;]+; Max-Age=43200; Secure; HttpOnly; Path=/; SameSite=Lax",
        entered.headers["Set-Cookie"],
    )
    assert "max-age=" in entered.headers["Strict-Transport-Security"]


def test_a_link_lets_one_in(office: Office) -> None:
    """Pressed twice at once, it opens one session."""
    liu = office.coordinator("刘主任", "yongshan")
    link, _ = link_and_code(liu.say("工作台"))
    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(pool.map(lambda _: office.app.test_client().post(link).status_code, range(6)))
    assert statuses == [303, 410, 410, 410, 410, 410]


def test_the_rehearsal_leads_in(office: Office, settings: Settings) -> None:
    """`yidui demo` lets whoever looks in as a coordinator of the story; nothing else has such a door."""
    office.coordinator("赵老师", "")
    office.coordinator("刘主任", "yongshan")
    visitor = create_app(settings, simulator="http://127.0.0.1:9/simulator").test_client()
    shown = visitor.get("/console/rehearsal", follow_redirects=True)
    assert "以 永善县协调员 进入" in seen(shown)
    inside = visitor.post(shown.request.path, follow_redirects=True)
    assert "永善县总览" in seen(inside)
    assert "协调员工作台" in visitor.get("/").text
    assert office.app.test_client().get("/console/rehearsal").location == "/console"
