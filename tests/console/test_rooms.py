"""Page by role by region: who sees what, whatever address she types."""

import pytest

from storage.glances import Glances
from tests.console.conftest import Enter, Visitor, seen
from tests.conversations.conftest import Office

ROOMS = (
    "",
    "/teams",
    "/teams/unteamed",
    "/teams/0001",
    "/todo",
    "/messages",
    "/questions",
    "/rules",
    "/books",
    "/record",
)
OF_THE_CAMPAIGN = ("/bulletin", "/plan", "/file")
FOREIGN = ("/teams/0002", "/teams?region=zhaoyang", "/teams/0009", "/teams?state=nonsense")


@pytest.fixture
def two_counties(office: Office) -> Office:
    """#0001 in 永善县, #0002 in 昭阳区, both with figures; one more in 永善县 waits to be let in."""
    wang = office.captain("王强", "永善县人民医院", "永善县", "博爱昭通行")
    li = office.captain("李敏", "昭通市第一中学")
    office.go_to("2024-05-08T16:00")
    wang.say("进度 45678.90元 856人次")
    li.say("进度 12345.67元 321人次")
    return office


EVERYBODY = {"county", "city", "organizer of a county", "organizer of all"}
TO_ALL = (
    "overview",
    "bulletin",
    "teams",
    "unteamed",
    "team",
    "todo",
    "messages",
    "questions",
    "rules",
    "books",
    "record",
)
MAY_SEE = dict.fromkeys((*TO_ALL, "plan", "file"), EVERYBODY) | {
    "push": {"city", "organizer of all"},
    "people": {"organizer of a county", "organizer of all"},
    "imports": {"organizer of all"},
    "brought": set(),
}
"""Of every page, who may see it; `brought` is one table's, which is not there (tests/console/test_imports.py)."""


def test_every_page_by_every_role(two_counties: Office, enter: Enter) -> None:
    """No page is left out: they are those that the application answers."""
    office = two_counties
    desks = {
        "county": enter(office.coordinator("刘主任", "yongshan")),
        "city": enter(office.coordinator("赵老师", "")),
        "organizer of a county": enter(office.coordinator("钱主任", "yongshan", "organizer")),
        "organizer of all": enter(office.coordinator("王主任", "", "organizer")),
        "nobody": Visitor(office.app.test_client(), f"/console/{office.campaign.id}"),
    }
    filled = {"campaign_id": office.campaign.id, "code": "0001", "push_id": office.campaign.pushes[0].id}
    rules = [rule for rule in office.app.url_map.iter_rules() if rule.endpoint.startswith("console.")]
    shown = {rule.endpoint.removeprefix("console."): rule for rule in rules if "GET" in (rule.methods or ())}
    assert shown.keys() == MAY_SEE.keys()
    for page, rule in shown.items():
        built = rule.build({**filled, "table_id": "none"})
        assert built
        for who, desk in desks.items():
            status = desk.client.get(built[1]).status_code
            may = 200 if who in MAY_SEE[page] else 404
            assert status == (303 if who == "nobody" else may), (page, who)
    foreign = [rule for rule in rules if "POST" in (rule.methods or ()) and "code" in rule.arguments]
    key, before = desks["county"].key("/teams/0001"), office.ledger()
    for rule in foreign:
        built = rule.build({**filled, "code": "0002", "word": "rename"})
        assert built
        answer = desks["county"].client.post(built[1], data={"key": key, "unit": "昭通市第二中学"})
        assert answer.status_code == 404, rule
    assert office.ledger() == before


def test_a_county_sees_itself_alone(two_counties: Office, enter: Enter) -> None:
    office = two_counties
    desk = enter(office.coordinator("刘主任", "yongshan"))
    for room in ROOMS:
        page = desk.get(room)
        assert page.status_code == 200, room
        assert "昭通市第一中学" not in page.text, room
        assert "13900000000" not in page.text, room
    assert {desk.get(room).status_code for room in OF_THE_CAMPAIGN} == {200}
    assert desk.get("/people").status_code == 404
    for room in FOREIGN:
        assert desk.client.get(desk.at + room).status_code == 404, room
    assert "45,678.90" in seen(desk.get())
    assert "12,345.67" not in seen(desk.get())
    key = desk.key("/teams/0001")
    before = office.ledger()
    for word in ("rename", "disable", "correct", "take-back", "report", "merge"):
        assert desk.send(f"/teams/0002/{word}", {"unit": "昭通市第二中学"}, key).status_code == 404
    assert desk.send("/teams/0002/cards", {}, key).status_code == 404
    bulk = desk.post("/teams/act", {"word": "code", "code": "0002"}, page="/teams/0001")
    assert "没有“0002”这支队伍" in seen(bulk)
    assert "13900000000" not in desk.post("/teams/cards", {"code": "0002"}, page="/teams/0001").text
    assert [kind for kind in office.ledger()[len(before) :] if kind != "cards.shown"] == []
    assert desk.client.get("/console/erqi-99/teams").status_code == 404


def test_the_city_sees_all(two_counties: Office, enter: Enter) -> None:
    desk = enter(two_counties.coordinator("赵老师", ""))
    for room in (*ROOMS, *OF_THE_CAMPAIGN, "/teams/0002", "/teams?region=zhaoyang"):
        assert desk.client.get(desk.at + room).status_code == 200, room
    page = seen(desk.get())
    assert "58,024.57" in page
    assert "永善县 1" in page


def test_two_counties_and_one_of_them_changed(two_counties: Office, enter: Enter) -> None:
    """Who coordinates two sees both together, and the one that is left at the next click."""
    office, liu = two_counties, two_counties.coordinator("刘主任", "yongshan")
    liu.say(f"绑定 {office.invitation('zhaoyang')}")
    desk, organizer = enter(liu), enter(office.coordinator("王主任", "", "organizer"))
    page = seen(desk.get())
    assert "昭阳区、永善县总览" in page
    assert "58,024.57" in page
    assert desk.get("/teams/0002").status_code == 200
    role = f"{office.id_of(liu)} coordinator:zhaoyang"
    organizer.agree("/people/take-away", {"role": role}, page="/people")
    assert desk.get("/teams/0002").status_code == 404
    assert "永善县总览 累计 45,678.90" in seen(desk.get())


def test_telephones_are_shown_on_request_and_noted(two_counties: Office, enter: Enter) -> None:
    desk = enter(two_counties.coordinator("刘主任", "yongshan"))
    shown = desk.post("/teams/0001/cards", page="/teams/0001")
    assert "13900000000" in shown.text
    several = desk.post("/teams/cards", {"code": ["0001"]}, page="/teams")
    assert "13900000000" in several.text
    assert two_counties.ledger()[-2:] == ["card.shown", "cards.shown"]


def test_finding_and_paging(office: Office, enter: Enter) -> None:
    """Pages of 50 beside a place: a team that comes to the front meanwhile shifts nothing."""
    zhao = office.coordinator("赵老师", "")
    names = [f"永善县第{n}小学" for n in range(1, 56)]
    for start in range(0, len(names), 20):
        lines = "\n".join(f"{i}. {name} 人道暖昭通" for i, name in enumerate(names[start : start + 20], start=1))
        zhao.say(f"永善县组队接龙\n{lines}")
        zhao.say("确认")
    assert len(office.teams()) == 55
    office.go_to("2024-04-21T09:00")
    desk = enter(zhao)
    first = desk.get("/teams", region="yongshan")
    assert "这一页第 1–50 支" in seen(first)
    following = first.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    desk.post("/teams/0001/report", {"channel": "online", "amount": "100"}, page="/teams/0001")
    second = desk.client.get(following)
    assert "51–55" in seen(second) or "这一页第 51" in seen(second)
    shown = {code for code in (team.code for team in office.teams()) if f"#{code}<" in second.text}
    assert not {code for code in shown if f"#{code}<" in first.text}, "nobody stands on both"
    back = second.text.split('class="pager"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert "这一页第 1–50 支" in seen(desk.client.get(back))
    assert "找到 50 支，还有更多" in seen(desk.get("/teams", region="yongshan", q="小学"))
    assert "没有这样的队伍" in seen(desk.get("/teams", region="zhaoyang", q="小学"))
    assert "找到 1 支" in seen(desk.get("/teams", q="永善县第7小学"))
    everywhere = desk.get("/teams", q="小学")
    assert "找到 50 支，还有更多" in seen(everywhere), "over the whole campaign, bounded"
    assert "请至少写两个字" in seen(desk.get("/teams", q="小"))
    office.captain("李敏", "昭通市昭阳区第7小学", "昭阳区")
    assert "找到 2 支" in seen(desk.get("/teams", q="第7小学")), "what is new is found at once"
    county = enter(office.coordinator("刘主任", "yongshan"))
    assert "找到 1 支" in seen(county.get("/teams", q="第7小学")), "and hers alone by whoever coordinates a county"
    assert desk.get("/teams", q="0003").location.endswith("/teams/0003")


def test_where_items_are_counted(suining: Office, enter: Enter) -> None:
    """No money stands on any page of a drive that counts none."""
    he = suining.person("何协调")
    he.say("活动 遂宁")
    link = he.say("工作台")
    assert "工作台（" in link
    desk = enter(he)
    desk.at = "/console/suining-2023"
    for room in ("", "/teams", "/todo", "/record"):
        page = desk.get(room)
        assert page.status_code == 200, room
        assert "0.00" not in page.text, room


def test_a_fault_of_ours_is_told_in_chinese(office: Office, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = enter(office.coordinator("赵老师", ""))
    office.app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(Glances, "of", None)
    page = desk.get()
    assert page.status_code == 500
    assert "这一页出了问题" in seen(page)
    assert "Traceback" not in page.text
