"""Several teams at once: filled in row by row, looked at, done where she says yes, taken back together."""

import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from tests.console.conftest import Enter, Visitor, seen
from tests.conversations.conftest import Office

CODES = ["0001", "0002", "0003"]
_YES = re.compile(r'name="(agreed:[\w-]+)" value="([^"]+)"')
_HELD = re.compile(r'name="((?:channel|report):[\w-]+)" value="([^"]+)"')


@pytest.fixture
def desk(office: Office, enter: Enter) -> Visitor:
    """Three teams of 永善县, two with figures; one of 昭阳区 beside them."""
    for name, unit in (("王强", "永善县人民医院"), ("陈静", "永善县第一中学"), ("杨丽", "永善县第二中学")):
        office.captain(name, unit, "永善县", "博爱昭通行")
    office.captain("李敏", "昭通市第一中学")
    office.go_to("2024-05-08T16:00")
    office.person("王强").say("进度 45678.90元 856人次")
    office.person("陈静").say("进度 1000元 10人次")
    return enter(office.coordinator("刘主任", "yongshan"))


def look(desk: Visitor, word: str, form: dict[str, object], codes: list[str] = CODES) -> TestResponse:
    return desk.post(f"/teams/several/{word}", {"code": codes, **form}, page="/teams")


def do(desk: Visitor, word: str, shown: TestResponse, form: dict[str, object], key: str = "") -> TestResponse:
    """Send what was shown with every yes that stands there first for its row."""
    yes: dict[str, object] = {}
    for name, value in (*_HELD.findall(shown.text), *_YES.findall(shown.text)):
        yes.setdefault(name, unescape(value))
    return desk.post(f"/teams/several/{word}/do", {"code": CODES, **form, **yes}, key=key, page="/teams")


def held(shown: TestResponse) -> dict[str, object]:
    return {name: unescape(value) for name, value in _HELD.findall(shown.text)}


def amounts(office: Office) -> list[int]:
    return [office.store.teams.get(office.campaign.id, code).amount_fen for code in CODES]


def test_corrections_row_by_row(office: Office, desk: Visitor) -> None:
    before = len(office.ledger())
    empty = look(desk, "correct", {}, [*CODES, "0004", "0077"])
    assert "昭通市第一中学" not in empty.text, "another's county is as if there were none"
    assert "永善县第二中学（#0003）" in seen(empty), "nothing to put right there"
    form = held(empty) | {"amount:0001-online": "45,600", "amount:0002-online": "很多"}
    shown = look(desk, "correct", form)
    assert "45,678.90元 856人次 → 45,600.00元 856人次" in seen(shown)
    assert "“很多”不是金额" in seen(shown)
    form["amount:0002-online"] = "1.2万"
    shown = look(desk, "correct", form)
    assert "请核对" in seen(shown), "twelve times as much is looked at"
    assert len(office.ledger()) == before
    key = desk.key("/teams")
    done = do(desk, "correct", shown, form, key)
    assert "2支都办好了" in seen(done)
    assert "永善县人民医院（#0001）" in seen(done)
    assert amounts(office) == [4_560_000, 1_200_000, 0]
    assert "2支都办好了" in seen(do(desk, "correct", shown, form, key))
    assert len(office.ledger()) == before + 2, "sent twice, written once"


def test_a_batch_is_taken_back(office: Office, desk: Visitor) -> None:
    """What was built on meanwhile stays, and is told."""
    form: dict[str, object] = {"channel:0002": "online", "amount:0002": "1500", "channel:0003": "offline"}
    form["amount:0003"] = "200"
    shown = look(desk, "report", form)
    done = do(desk, "report", shown, form)
    assert "2支都办好了" in seen(done)
    assert amounts(office)[1:] == [150_000, 20_000]
    office.person("陈静").say("进度 1600元 12人次")
    batch = re.findall(r'name="of" value="([^"]+)"', done.text)[0]
    back = desk.agree("/teams/undo", {"of": batch}, page="/teams")
    assert "2支里办好1支" in seen(back)
    assert "刚刚有变动" in seen(back)
    assert amounts(office)[1:] == [160_000, 0]
    assert "没有可以撤销的" in seen(desk.post("/teams/undo", {"of": "other"}, page="/teams"))


def test_names_row_by_row(office: Office, desk: Visitor) -> None:
    names: dict[str, object] = {"unit:0001": "永善县中医院", "unit:0002": "我", "unit:0003": "永善县第二中学"}
    shown = look(desk, "rename", names)
    assert shown.text.count("办这一行") == 1, "what is no name cannot be agreed to, what stays is no row"
    assert "还没有一行要办" in seen(desk.post("/teams/several/rename/do", {"code": CODES, **names}, page="/teams"))
    other = do(desk, "rename", shown, names | {"unit:0001": "永善县妇幼保健院"})
    assert "和您看过的不一样了" in seen(other)
    done = do(desk, "rename", shown, names)
    assert "1支都办好了" in seen(done)
    batch = re.findall(r'name="of" value="([^"]+)"', done.text)[0]
    assert "1支都办好了" in seen(desk.agree("/teams/undo", {"of": batch}, page="/teams"))
    assert office.team("永善县人民医院").code == "0001"


def test_mergers_row_by_row(office: Office, desk: Visitor) -> None:
    form: dict[str, object] = {"into:0001": "0002", "into:0003": "0004"}
    shown = look(desk, "merge", form)
    assert "两个捐赠页面：两队相加，46,678.90元" in seen(shown)
    assert "没有“0004”这支队伍" in seen(shown)
    done = do(desk, "merge", shown, form)
    assert "1支都办好了" in seen(done)
    assert office.team("永善县第一中学").amount_fen == 100_000, "of one page: what was said last"
    batch = re.findall(r'name="of" value="([^"]+)"', done.text)[0]
    assert "1支都办好了" in seen(desk.agree("/teams/undo", {"of": batch}, page="/teams"))
    assert amounts(office) == [4_567_890, 100_000, 0]


def test_what_is_final_is_not_put_right(office: Office, desk: Visitor) -> None:
    form = held(look(desk, "correct", {})) | {"amount:0001-online": "45,600", "amount:0002-online": "1001"}
    shown = look(desk, "correct", form)
    office.store.campaigns.freeze(office.campaign.id, office.store.clock.now())
    office._forget_cache()
    assert "更正</button>" not in desk.get("/teams").text
    assert "定稿" in seen(do(desk, "correct", shown, form))
    again = look(desk, "correct", form)
    assert again.text.count("定稿") > 2, "each row says why not"
    assert "办这一行" not in again.text
    assert amounts(office) == [4_567_890, 100_000, 0]


def test_those_who_wait_are_let_in_together(office: Office, desk: Visitor) -> None:
    """From the list of those who wait; one by one from 待办, which leads back there."""
    approving = office.campaign.registration.model_copy(update={"mode": "approve"})
    open_still = office.campaign.windows.model_copy(update={"registration": None})
    office.publish(office.campaign.model_copy(update={"registration": approving, "windows": open_still}))
    for name, unit in (("甲", "永善县第三中学"), ("乙", "永善县第四中学"), ("丙", "永善县第五中学")):
        office.person(name).say(f"组队 {unit} 永善县 博爱昭通行 队长{name}某 13900000001")
    todo = desk.get("/todo")
    assert "一起审" in seen(todo)
    assert office.store.teams.get(office.campaign.id, "0005").status == "pending"
    one = desk.post("/teams/0005/pass", {"from": "todo"}, page="/todo")
    assert "待审队伍 2支" in seen(one)
    page = desk.get("/teams", state="pending")
    assert ">通过</button>" in page.text
    assert ">提醒</button>" not in page.text
    done = desk.post("/teams/act", {"word": "pass", "code": ["0006", "0007", "0001"]}, page="/teams")
    assert "3支里办好2支" in seen(done)
    assert office.store.teams.get(office.campaign.id, "0006").status == "active"
