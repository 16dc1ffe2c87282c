"""The chat page by HTTP: what its script gets and may do."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient

from bot.simulator.actions import PIXEL
from bot.simulator.page import Scenery
from bot.simulator.people import Rehearsal
from bot.simulator.platform import FAULT_BANNER, Platform
from bot.simulator.server import create_simulator_app, run_simulator
from bot.simulator.shown import Card, Shown

NASTY = "<img src=x onerror=alert(1)>"


CAST = {"li-min": "李敏（队长）", "wang-qiang": "王强（队长）"}


@pytest.fixture
def people(rehearse: Callable[[str], Rehearsal]) -> Rehearsal:
    people = rehearse("safe")
    for key, name in CAST.items():
        people.introduce(key, name)
    return people


@pytest.fixture
def page(people: Rehearsal) -> FlaskClient:
    return create_simulator_app(people).test_client()


def state(page: FlaskClient, after: int = 0) -> dict[str, Any]:
    got = page.get(f"/simulator/state?after={after}").get_json()
    assert isinstance(got, dict)
    return got


def post(page: FlaskClient, action: str, **body: str) -> int:
    return page.post(f"/simulator/{action}", json=body).status_code


def test_the_page_loads_nothing_from_elsewhere(page: FlaskClient) -> None:
    shown = page.get("/simulator")
    assert shown.status_code == 200
    assert "排练微信" in shown.text
    assert "快进" not in shown.text
    assert "这是什么" not in shown.text
    assert "default-src 'self'" in shown.headers["Content-Security-Policy"]
    assert "://" not in shown.text
    for part in ("simulator.css", "simulator.js"):
        assert f"/simulator/static/{part}" in shown.text
        with page.get(f"/simulator/static/{part}") as loaded:
            assert loaded.status_code == 200
            assert b"innerHTML" not in loaded.data


def test_a_conversation_side_by_side(page: FlaskClient, people: Rehearsal, platform: Platform) -> None:
    first = state(page)
    assert [person["name"] for person in first["people"]] == list(CAST.values())
    assert first["robots"] == [{"id": "zhibanqun", "name": "zhibanqun"}]
    assert first["clock"] == "2024-05-08T09:55:00+08:00"
    li_min, wang_qiang = (person["id"] for person in first["people"][:2])
    assert post(page, "say", person=li_min, text=NASTY) == 200
    platform.push(li_min, Shown("晚间战报"))
    platform.record(wang_qiang, "fault", FAULT_BANNER)
    entries = state(page)["entries"]
    assert [(each["owner"], each["kind"], each["text"]) for each in entries] == [
        (li_min, "said", NASTY),
        (li_min, "push", "晚间战报"),
        (wang_qiang, "fault", FAULT_BANNER),
    ]
    assert state(page, after=entries[1]["id"])["entries"] == entries[2:]


def test_somebody_joins_and_leaves(page: FlaskClient, webhook: Any) -> None:
    assert post(page, "people", name="陈静") == 200
    assert post(page, "people", name="陈静") == 200
    newcomer = state(page)["people"][-1]
    assert (newcomer["name"], newcomer["following"]) == ("陈静", True)
    assert [entry["text"] for entry in state(page)["entries"]] == ["关注了公众号"]
    assert post(page, "unfollow", person=newcomer["id"]) == 200
    assert not state(page)["people"][-1]["following"]
    assert post(page, "say", person=newcomer["id"], text="还在吗") == 409
    assert post(page, "follow", person=newcomer["id"]) == 200
    assert post(page, "say", person=newcomer["id"], text="我回来了") == 200
    assert len(webhook.received) == 4


def test_a_link_is_tapped(page: FlaskClient, platform: Platform) -> None:
    person = state(page)["people"][0]["id"]
    platform.record(person, "push", '<a href="weixin://bizmsgmenu?msgmenucontent=排行&msgmenuid=7">看排行</a>')
    assert post(page, "tap", person=person, label="看排行") == 200
    assert state(page)["entries"][-1]["text"] == "排行"
    assert post(page, "tap", person=person, label="看别的") == 409


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"person": "oStranger", "text": "好"}, 404),
        ({"text": "好"}, 400),
        ({"person": "li-min", "text": " "}, 400),
        ({"person": "li-min", "text": 7}, 400),
        ({"person": "li-min", "text": "好" * 2001}, 400),
        (["好"], 400),
    ],
)
def test_wrong_words(page: FlaskClient, webhook: Any, body: object, status: int) -> None:
    if isinstance(body, dict) and body.get("person") == "li-min":
        body["person"] = state(page)["people"][0]["id"]
    assert page.post("/simulator/say", json=body).status_code == status
    assert webhook.received == []


def test_another_site_cannot_speak(page: FlaskClient, webhook: Any) -> None:
    person = state(page)["people"][0]["id"]
    body = {"person": person, "text": "好"}
    assert page.post("/simulator/say", data=body).status_code == 403
    for origin in ("http://evil.example", "null"):
        headers = {"Origin": origin}
        assert page.post("/simulator/say", json=body, headers=headers).status_code == 403
    assert webhook.received == []
    assert page.post("/simulator/say", json=body, headers={"Origin": "http://localhost"}).status_code == 200


@pytest.fixture
def moving(people: Rehearsal, clock: Any) -> FlaskClient:
    """A page that can move the clock, on which two pushes are to come."""

    def jump(to: datetime) -> None:
        clock.time = to

    stops = tuple(datetime.fromisoformat(f"2024-05-0{day}T21:00:00+08:00") for day in (8, 9))
    scenery = Scenery("昭通的活动", (("li-min", "排行"),), {"zhibanqun": "值班群"}, stops)
    return create_simulator_app(people, scenery, jump).test_client()


def test_the_clock_moves_forward_only(moving: FlaskClient) -> None:
    assert "过一小时" in moving.get("/simulator").text
    assert post(moving, "jump", to="2024-05-08T20:59:00+08:00") == 200
    assert state(moving)["clock"] == "2024-05-08T20:59:00+08:00"
    assert post(moving, "jump", to="2024-05-09T09:50") == 200
    assert state(moving)["clock"] == "2024-05-09T09:50:00+08:00"
    assert post(moving, "jump", to="2024-05-08T09:50") == 400
    assert post(moving, "jump", to="明天") == 400
    assert state(moving)["clock"] == "2024-05-09T09:50:00+08:00"


def test_the_clock_offers_the_next_push_an_hour_or_a_day(moving: FlaskClient) -> None:
    assert state(moving)["stop"] == "2024-05-08T21:00:00+08:00"
    assert post(moving, "wait", **{"for": "day"}) == 200
    assert post(moving, "wait", **{"for": "hour"}) == 200
    assert (state(moving)["clock"], state(moving)["stop"]) == ("2024-05-09T10:55:00+08:00", "2024-05-09T21:00:00+08:00")
    assert post(moving, "jump", to=state(moving)["stop"]) == 200
    assert state(moving)["stop"] is None
    assert post(moving, "wait", **{"for": "ever"}) == 400


def test_it_says_what_this_is_and_what_to_try(moving: FlaskClient) -> None:
    shown = moving.get("/simulator").text
    assert "这是“昭通的活动”的一场排练" in shown
    assert "李敏：排行" in shown
    assert state(moving)["robots"] == [{"id": "zhibanqun", "name": "值班群"}]


def test_the_menu_is_the_accounts_own(page: FlaskClient, platform: Platform, webhook: Any) -> None:
    below = {"name": "更多", "sub_button": [{"type": "view", "name": "榜单", "url": "https://example.org/"}]}
    assert state(page)["people"][0]["menu"] == []
    person = state(page)["people"][0]["id"]
    assert post(page, "menu", person=person, button="排行") == 409
    platform.menus.create([{"type": "click", "name": "排行", "key": "RANK"}, below])
    assert state(page)["people"][0]["menu"] == [
        {"name": "排行", "url": "", "below": []},
        {"name": "更多", "url": "", "below": [{"name": "榜单", "url": "https://example.org/", "below": []}]},
    ]
    assert post(page, "menu", person=person, button="排行") == 200
    assert post(page, "menu", person=person, button="不存在") == 409
    assert state(page)["entries"][-1]["text"] == "点了菜单“RANK”"
    assert len(webhook.received) == 1


def test_pictures_and_cards_come_as_such(page: FlaskClient, people: Rehearsal, platform: Platform) -> None:
    person = people["li-min"]
    person.send_image()
    card = Card("战报", "第1期", "https://example.org/", "https://example.org/poster.png")
    platform.show(person.openid, "push", Shown(card.text, cards=(card,)))
    said, pushed = state(page)["entries"]
    assert pushed["cards"] == [asdict(card)]
    got = page.get(f"/simulator/picture/{said['picture']}")
    assert (got.mimetype, got.data) == ("image/png", PIXEL)
    assert page.get("/simulator/picture/none").status_code == 404


def test_without_a_clock_there_is_no_jump(page: FlaskClient) -> None:
    assert post(page, "jump", to="2024-05-09T09:50") == 404


def test_it_runs_and_stops(people: Rehearsal, platform: Platform) -> None:
    with run_simulator(create_simulator_app(people)) as simulator:
        assert requests.get(f"{simulator.url}/simulator/state", timeout=5).json()["entries"] == []
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{simulator.url}/simulator/state", timeout=5)
