"""导入: brought, looked at, written on a yes; and every reason why not is told in Chinese."""

import ast
from io import BytesIO
from pathlib import Path

import pytest

from bot.importing import Importer, NotOurs
from bot.settings import Settings
from handlers.imports.reasons import in_chinese, is_told
from tests.console.conftest import Enter, Visitor, seen
from tests.conversations.conftest import Office

ROOT = Path(__file__).parents[2]
ROSTER = (
    "单位名称,简称,县区,预定项目,联络员,联络员电话\n"
    "永善县人民医院,县医院,永善县,博爱昭通行,王某,13900000001\n"
    "永善县第一中学,,永善,,李某,0870-1234567\n"
    "绥江县第一中学,,昆明,,,\n"
    "永善县第三中学,,永善县,,张某,123\n"
)
PLATFORM = "团队名称,筹款金额,捐赠人次\n永善县人民医院,46000.00,860\n没有这支队,100,1\n"


@pytest.fixture
def importer(office: Office, settings: Settings) -> Importer:
    return Importer(office.store, settings.data_dir)


def bring(desk: Visitor, text: str, sort: str, name: str = "名册.csv", **besides: str) -> str:
    """The address of what she brought."""
    file = (BytesIO(text.encode()), name)
    key = desk.key("/imports")
    sent = desk.client.post(f"{desk.at}/imports", data={"file": file, "sort": sort, "key": key, **besides})
    assert sent.status_code == 303, seen(sent)
    again = desk.client.post(
        f"{desk.at}/imports", data={"file": (BytesIO(b""), name), "sort": sort, "key": key, **besides}
    )
    assert again.location == sent.location
    newest = desk.get("/imports").text.split('<th scope="row"><a href="')[1].split('"')[0]
    return newest.removeprefix(desk.at)


def work(importer: Importer) -> None:
    importer.tick()
    importer.wait()


def test_a_roster_is_looked_at_and_written_once(office: Office, enter: Enter, importer: Importer) -> None:
    desk = enter(office.coordinator("王主任", "", "organizer"))
    at = bring(desk, ROSTER, "roster")
    assert "正在读" in seen(desk.get(at))
    work(importer)
    page = seen(desk.get(at))
    assert "新增 2行" in page
    assert "写入后得到绑定码的联络员 2行" in page
    assert "不能收 2行" in page
    assert "第4行 绥江县第一中学：没有叫“昆明”的地方" in page
    assert "“123”不是电话" in page
    assert office.store.roster.all(office.campaign.id) == {}
    desk.post(f"{at}/write", page=at)
    assert "正在写入" in seen(desk.get(at))
    work(importer)
    page = seen(desk.get(at))
    assert "已写入 4 行" in page, "two units, two codes"
    made = {each.card.name: each.code for each in office.store.roster_liaisons.all(office.campaign.id).values()}
    assert f"永善县 王某 {made['王某']}" in page
    assert "已绑定 永善县第一中学 的联络员" in office.person("李某").say(f"绑定 {made['李某']}")
    assert "永善县 李某 已绑定" in seen(desk.get(at))
    assert len(office.store.roster.all(office.campaign.id)) == 2
    second = bring(desk, ROSTER, "roster", "再来一次.csv")
    work(importer)
    assert "没有要写入的" in seen(desk.get(second))
    assert "永善县人民医院" in seen(desk.get("/teams/unteamed", region="yongshan"))
    assert office.ledger().count("roster.changed") == 1


def test_the_platforms_table(office: Office, enter: Enter, importer: Importer) -> None:
    wang = office.captain("王强", "永善县人民医院", "永善县", "博爱昭通行")
    office.go_to("2024-05-08T16:00")
    wang.say("进度 45678.90元 856人次")
    desk = enter(office.coordinator("王主任", "", "organizer"))
    at = bring(desk, PLATFORM, "platform", "平台.csv", as_of="2024-05-08T15:00")
    work(importer)
    page = seen(desk.get(at))
    assert "第2行 永善县人民医院（#0001） 46,000.00元 860人次" in page
    assert "没有队伍这样叫" in page
    desk.post(f"{at}/write", page=at)
    work(importer)
    assert "平台" in seen(desk.get("/teams/0001"))
    assert "没有这支队 100.00元 1人次" in seen(desk.get("/todo"))
    timeless = bring(desk, PLATFORM, "platform", "没有时间.csv")
    work(importer)
    assert "没有写是什么时候的数字" in seen(desk.get(timeless))


def test_a_table_of_the_platform_with_nobodys_rows_alone_is_written(
    office: Office, enter: Enter, importer: Importer
) -> None:
    office.captain("王强", "永善县人民医院", "永善县", "博爱昭通行")
    desk = enter(office.coordinator("王主任", "", "organizer"))
    nobodys = "团队名称,筹款金额,捐赠人次\n没有这支队,100,1\n"
    at = bring(desk, nobodys, "platform", "平台.csv", as_of="2024-04-20T10:00")
    work(importer)
    page = seen(desk.get(at))
    assert "写入后在待办里等人认领的 1行" in page
    assert "没有这支队 100.00元 1人次（截至4月20日10:00）" in page
    desk.post(f"{at}/write", page=at)
    work(importer)
    assert "已写入 1 行" in seen(desk.get(at))
    assert "没有这支队 100.00元 1人次" in seen(desk.get("/todo"))
    again = bring(desk, nobodys, "platform", "再来.csv", as_of="2024-04-20T10:00")
    work(importer)
    assert "没有要写入的" in seen(desk.get(again))


def test_a_merger_between_two_clicks_is_looked_at_again(office: Office, enter: Enter, importer: Importer) -> None:
    for name, unit in (("王强", "永善县人民医院"), ("陈静", "永善县第一中学")):
        office.captain(name, unit, "永善县", "博爱昭通行").say("进度 3000元 40人次")
    city = office.coordinator("王主任", "", "organizer")
    desk, told = enter(city), "团队名称,筹款金额,捐赠人次\n永善县人民医院,1500,25\n"
    at = bring(desk, told, "platform", "平台.csv", as_of="2024-04-20T10:00")
    work(importer)
    city.say("合并 0001 0002")
    assert city.say("2").startswith("已合并")
    desk.post(f"{at}/write", page=at)
    work(importer)
    page = seen(desk.get(at))
    assert "请再看一遍" in page
    assert "第2行 永善县第一中学（#0002） 1,500.00元 25人次" in page
    assert office.store.platform.all(office.campaign.id) == {}
    desk.post(f"{at}/write", page=at)
    work(importer)
    page = seen(desk.get(at))
    assert "已写入 1 行" in page
    assert "请再看一遍" not in page


def test_a_roster_that_changed_between_two_clicks_is_looked_at_again(
    office: Office, enter: Enter, importer: Importer
) -> None:
    desk, other = (enter(office.coordinator(name, "", "organizer")) for name in ("王主任", "刘主任"))
    at = bring(desk, ROSTER, "roster")
    theirs = bring(other, ROSTER.replace("博爱昭通行", "人道暖昭通"), "roster")
    work(importer)
    work(importer)
    other.post(f"{theirs}/write", page=theirs)
    work(importer)
    desk.post(f"{at}/write", page=at)
    work(importer)
    page = seen(desk.get(at))
    assert "您看过以后，名册、队伍或平台的数字有变动" in page
    assert "有改动 1行" in page
    assert "人道暖昭通 → 博爱昭通行" in page
    expected = lambda: office.store.roster.all(office.campaign.id)["永善县人民医院|yongshan"].unit.project  # noqa: E731
    assert expected() == "rendao-nuan"
    desk.post(f"{at}/write", page=at)
    work(importer)
    assert expected() == "boai-xing"


def test_a_writing_that_was_broken_off_goes_on_without_another_look(
    office: Office, enter: Enter, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between two steps: the rows that are written are the same now, which is no other table."""
    desk = enter(office.coordinator("王主任", "", "organizer"))
    at = bring(desk, ROSTER, "roster")
    work(importer)
    desk.post(f"{at}/write", page=at)
    with monkeypatch.context() as killed:
        killed.setattr("storage.roster_liaisons.RosterLiaisons.codes", killed_there)
        work(importer)
    assert "正在写入" in seen(desk.get(at))
    work(importer)
    assert "永善县 王某" in seen(desk.get(at))
    assert len(office.store.roster.all(office.campaign.id)) == 2


def killed_there(*_: object) -> dict[str, str]:
    raise NotOurs


def test_what_cannot_be_taken(office: Office, enter: Enter, importer: Importer) -> None:
    desk = enter(office.coordinator("王主任", "", "organizer"))
    at = bring(desk, "PK\x03\x04 no workbook", "roster", "坏的.xlsx")
    work(importer)
    assert "文件不完整" in seen(desk.get(at))
    refused = desk.client.post(
        f"{desk.at}/imports",
        data={"file": (BytesIO(b"x"), "x.exe"), "sort": "roster", "key": desk.key("/imports")},
    )
    assert refused.status_code == 422
    kind = "multipart/form-data; boundary=x"
    answer = desk.client.post(f"{desk.at}/imports", data=b"--x" * 7_000_000, content_type=kind)
    assert answer.status_code == 413
    assert "最多20MB" in seen(answer)
    liu = enter(office.coordinator("刘主任", "yongshan", "organizer"))
    assert liu.get("/imports").status_code == 404, "what comes in is every region's"
    gone = bring(desk, ROSTER, "roster")
    office.revoke(office.person("王主任"))
    work(importer)
    assert office.store.roster.all(office.campaign.id) == {}
    assert desk.get(gone).status_code == 303


def test_every_reason_is_told_in_chinese() -> None:
    """Whatever stands behind them has its line."""
    raised = ("Refused", "Unmatched", "Unusable")
    files = [*(ROOT / "handlers/imports").glob("*.py"), ROOT / "bot/sheets.py", ROOT / "bot/workbooks.py"]
    untold = [
        template
        for file in files
        if file.name != "headings.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in raised and node.args
        for template in _templates(node.args[0])
        for reason in [template.removeprefix("{}: ")]
        if reason != "{}" and not is_told(reason) and not is_told(reason.removesuffix("{}"))
    ]
    assert untold == []
    assert in_chinese("no team is called so; perhaps 甲 #0001: add its code / there is nothing in it") == (
        "没有队伍这样叫；可能是 甲 #0001，请加上编号；文件是空的"
    )


def _templates(node: ast.expr) -> list[str]:
    """The literal texts that a reason may be, with `{}` where a value stands."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=parts):
            return ["".join(part.value if isinstance(part, ast.Constant) else "{}" for part in parts)]
        case ast.IfExp(body=body, orelse=orelse):
            return [*_templates(body), *_templates(orelse)]
    return []
