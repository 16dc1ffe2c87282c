"""导出 by message: a worker makes the book of her region, and it opens for her alone, in a console session."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from bot import app as wiring
from bot.settings import Settings
from bot.simulator.people import Rehearsal, SimulatedPerson
from bot.simulator.platform import Platform
from bot.simulator.push import MessageServer
from handlers.books import binding
from handlers.messages import NOWHERE, Site
from scheduler.bookbinding import Bookbinder
from storage.campaign_extras import BookColumns
from storage.ledger import NotAllowed
from storage.made_books import FOLDER, MadeBook, NoSuchBook
from storage.models.people import Membership
from tests.conversations.conftest import AES_KEY, APPID, HOSPITAL, SCHOOL, TOKEN, UNHURRIED, Office, served

CONSOLE = "https://yidui.example"
Opened = Callable[[Site], Office]


@pytest.fixture
def opened(office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """The same office, its web process anew where the site is another."""
    running = []

    def anew(site: Site) -> Office:
        monkeypatch.setattr(wiring, "build_site", lambda *_: site)
        serving = served(wiring.create_app(settings, per_minute=UNHURRIED))
        running.append(serving)
        platform = Platform(APPID, "secret", office.store.clock.now, robots={})
        office.people = Rehearsal(MessageServer(serving.__enter__(), TOKEN, APPID, AES_KEY, "safe", platform))
        return office

    yield anew
    for serving in running:
        serving.__exit__(None, None, None)


@pytest.fixture
def town(opened: Opened) -> Office:
    """A school in 昭阳区, a hospital in 永善县, the coordinator of 永善县, and a console."""
    office = opened(Site(console=CONSOLE))
    office.captain("李敏", SCHOOL)
    office.captain("王强", "永善县人民医院", "永善县")
    office.coordinator("陈协调", "yongshan")
    assert office.person("王强").say("进度 88.01元 17人次").startswith("已记录")
    return office


@pytest.fixture
def binder(town: Office, tmp_path: Path) -> Bookbinder:
    return Bookbinder(town.store, tmp_path, CONSOLE)


def make(binder: Bookbinder) -> None:
    binder.tick()
    binder.wait()


def hers(office: Office, name: str) -> Membership:
    return office.store.people.offices(office.campaign.id).get(office.id_of(office.person(name)), Membership())


def books(office: Office, name: str = "陈协调") -> list[MadeBook]:
    return list(office.store.made_books.of(office.campaign, hers(office, name), office.store.clock.now()))


def fetch(office: Office, name: str, book: MadeBook, folder: Path) -> Path:
    person, now = office.id_of(office.person(name)), office.store.clock.now()
    kept = office.store.made_books
    return kept.fetch(office.campaign, book.id, person, hers(office, name), now, folder)[1]


def test_a_book_is_asked_for_made_told_of_and_opened_by_her_alone(
    town: Office, binder: Bookbinder, tmp_path: Path
) -> None:
    chen = town.person("陈协调")
    town.coordinator("何组织", "", "organizer")
    town.person("举报人").say("举报 永善县红十字会工作人员索要红包")
    town.person("举报人").say("确认")
    town.person("举报人").say("举报 永善县有人冒充募捐")
    town.person("举报人").say("确认")
    before = town.ledger()
    assert "正在生成永善县的表格（电子表格）" in chen.say("导出")
    assert "上一份还在生成" in chen.say("导出 永善县")
    assert town.ledger() == before
    make(binder)
    (book,) = books(town)
    entry = list(town.store.ledger.entries(town.campaign.id))[-1]
    assert (entry.kind, entry.by, entry.values["office"], entry.values["teams"]) == (
        "book.taken", town.id_of(chen), "coordinator:yongshan", "1",
    )  # fmt: skip
    (told,) = (d.notification for d in town.store.outbox.list(town.campaign.id) if d.notification.job == "book")
    assert told.person == town.id_of(chen)
    assert f"{CONSOLE}/console/books/{book.id}" in told.text
    assert "1支队伍，1条报数" in told.text
    path = fetch(town, "陈协调", book, tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    workbook = CalamineWorkbook.from_path(path)
    teams = workbook.get_sheet_by_name("队伍").to_python()
    assert [(row[0], row[6]) for row in teams[1:]] == [("0002", "13900000000")]
    assert [row[1] for row in workbook.get_sheet_by_name("舆情").to_python()[1:]] == ["冒充诈骗"]
    for other in ("何组织", "李敏"):
        with pytest.raises(NotAllowed):
            fetch(town, other, book, tmp_path)
    assert [each.id for each in books(town, "何组织")] == [book.id]
    town.revoke(chen)
    with pytest.raises(NotAllowed):
        fetch(town, "陈协调", book, tmp_path)


def test_it_goes_after_a_day_and_when_somebody_leaves(
    town: Office, binder: Bookbinder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chen = town.person("陈协调")
    chen.say("把我们县的表格发我")
    make(binder)
    (book,) = books(town)
    town.wait(hours=25)
    with pytest.raises(NoSuchBook):
        fetch(town, "陈协调", book, tmp_path)
    binder.tidy()
    assert list((tmp_path / FOLDER).iterdir()) == []

    def left_meanwhile(*bound: object) -> None:
        monkeypatch.setattr(binding, "write", written)
        town.person("王强").say("注销")
        town.person("王强").say("确认")
        written(*bound)  # type: ignore[arg-type]  # what it was called with

    written = binding.write
    monkeypatch.setattr(binding, "write", left_meanwhile)
    chen.say("导出 csv")
    make(binder)
    assert [each.state for each in books(town)] == ["wanted"]
    make(binder)
    (again,) = books(town)
    assert "王强".encode() not in fetch(town, "陈协调", again, tmp_path).read_bytes()
    assert again.file.endswith(".zip")
    town.person("李敏").say("注销")
    town.person("李敏").say("确认")
    assert books(town) == []
    binder.tidy()
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_whoever_lost_her_role_meanwhile_gets_none(town: Office, binder: Bookbinder, tmp_path: Path) -> None:
    chen = town.person("陈协调")
    chen.say("导出")
    town.revoke(chen)
    make(binder)
    assert not (tmp_path / FOLDER).exists() or list((tmp_path / FOLDER).iterdir()) == []
    assert "book.taken" not in town.ledger()
    assert town.store.made_books.wanted(town.campaign.id) is None


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("导出永善县", "正在生成永善县的表格（电子表格）"),
        ("帮我导出一下我们县的数据", "正在生成永善县的表格"),
        ("请把永善县的汇总表发给我，谢谢", "正在生成永善县的表格"),
        ("把各队的明细导出来", "正在生成永善县的表格"),
        ("请把所有队伍的明细下载一份", "正在生成永善县的表格"),
        ("能发一份csv台账吗", "正在生成永善县的表格（CSV文件）"),
        ("审计的人到了，请把全县的底账整理成文件给我", "正在生成永善县的表格"),
        ("导出 昭阳区", "昭阳区不在您的辖区，不能查看"),
        ("导出 个人捐款明细", "个人的捐款明细没有，也不能导出"),
    ],
)
def test_she_may_say_it_in_her_own_words(town: Office, said: str, answered: str) -> None:
    assert answered in town.person("陈协调").say(said)


def test_what_is_no_wish_for_a_book_stays_what_it_is(town: Office) -> None:
    chen: SimulatedPerson = town.person("陈协调")
    assert "正在生成" not in chen.say("我要导出我的个人数据")
    assert "正在生成" not in chen.say("把每位老师的捐款表发我")
    assert "这是协调员的功能" in town.person("李敏").say("导出")
    assert town.store.made_books.wanted(town.campaign.id) is None


def test_a_captain_is_told_whom_to_ask_for_a_table_and_what_she_sees_herself(town: Office) -> None:
    for said in ("导出", "会计要入账，把我们单位每次的数做成一张表给我"):
        told = town.person("李敏").say(said)
        assert "要表格请找昭通市红十字会" in told
        assert "发“明细”看每次报数" in told
    assert "要邀请码" in town.person("李敏").say("换了台电脑，网页登录的链接给我")


def test_without_a_console_she_is_told_who_makes_it(opened: Opened) -> None:
    office = opened(NOWHERE)
    choice = BookColumns.model_validate({"name": "对账表", "sheets": [{"sheet": "队伍"}]})
    office.publish(office.campaign.model_copy(update={"book_columns": (choice,)}))
    office.captain("李敏", HOSPITAL, "永善县")
    answer = office.coordinator("陈协调", "yongshan").say("导出")
    assert "系统管理员在服务器上用导出命令" in answer
    assert "范围填“永善县”" in answer
    assert "（格式选CSV文件，列选“对账表”，范围填“永善县”）" in office.person("陈协调").say("导出 永善县 对账表 csv")
    assert office.store.made_books.wanted(office.campaign.id) is None


def test_what_fails_raises_an_alarm_and_is_made_later(
    town: Office, binder: Bookbinder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    written = binding.write
    monkeypatch.setattr(binding, "write", full)
    town.person("陈协调").say("导出")
    make(binder)
    assert [each.state for each in books(town)] == ["wanted"]
    assert list((tmp_path / FOLDER).iterdir()) == []
    assert len(town.store.alerts.standing()) == 1
    monkeypatch.setattr(binding, "write", written)
    make(binder)
    assert [each.state for each in books(town)] == ["wanted"], "it rests a minute"
    binder._rests_until = 0.0
    make(binder)
    assert [each.state for each in books(town)] == ["made"]
