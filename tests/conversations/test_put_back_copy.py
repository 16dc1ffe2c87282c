"""An older copy of the database is put back: whoever left since is erased again, whoever stayed is there."""

import os
from pathlib import Path

import pytest
import redis

from bot.check import check
from bot.cli.processes import enter
from bot.settings import Settings
from bot.simulator.people import SimulatedPerson
from handlers.farewell import FAREWELL
from storage.database import Database
from storage.departures import FILE, Departures
from tests.conversations.conftest import Office, one_server
from tests.conversations.test_leaving import traces

NAME, PHONE = "上官婉儿", "13812345678"
Copy = dict[str, bytes]


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Settings:
    """The settings of an installation with a data folder of its own."""
    return settings.model_copy(update={"data_dir": tmp_path})


@pytest.fixture
def departures(office: Office, folder: Settings) -> Departures:
    return Departures(office.store.database, office.store.keys, folder.data_dir)


@pytest.fixture
def captain(office: Office) -> SimulatedPerson:
    person = office.person(NAME)
    assert person.say(f"组队 绥江县第一中学 绥江县 人道暖昭通 队长{NAME} {PHONE}").startswith("已登记")
    assert person.say("进度 800元 8人次").startswith("已记录")
    return person


def raw(database: Database) -> redis.Redis:
    """A connection that reads bytes."""
    return redis.Redis(unix_socket_path=database.connection_pool.connection_kwargs["path"], protocol=2)


def copy(database: Database) -> Copy:
    """What stands in the database, byte for byte."""
    with raw(database) as client:
        return {key.decode(): client.dump(key) for key in client.scan_iter()}


def put_back(database: Database, kept: Copy) -> None:
    with raw(database) as client:
        client.flushdb()
        for key, value in kept.items():
            client.restore(key, 0, value)


@one_server
def test_whoever_left_since_is_erased_again(
    office: Office, database: Database, captain: SimulatedPerson, departures: Departures, folder: Settings
) -> None:
    office.captain("李敏", "昭通市第一中学").say("进度 500元 5人次")
    older = copy(database)
    captain.say("注销")
    assert captain.say("确认").startswith("已注销")
    departures.note()
    put_back(database, older)
    assert traces(database, NAME, PHONE)
    enter(folder, office.store)
    assert traces(database, NAME, PHONE, captain.openid) == []
    team = office.team("绥江县第一中学")
    assert (team.status, team.captains, team.amount_fen) == ("unclaimed", (), 80_000)
    assert "500.00元" in office.person("李敏").say("我的队伍")


def test_the_list_names_nobody(
    database: Database, captain: SimulatedPerson, departures: Departures, office: Office
) -> None:
    known = office.id_of(captain)
    captain.unfollow()
    departures.note()
    assert not database.exists(office.store.keys.departed())
    (line,) = departures.file.read_text().splitlines()
    assert line.split(" ")[1] == known
    assert not any(words in line for words in (NAME, PHONE, captain.openid))
    assert departures.file.stat().st_mode & 0o077 == 0


@one_server
def test_whoever_came_back_before_the_copy_was_made_stays(
    office: Office, database: Database, captain: SimulatedPerson, departures: Departures, folder: Settings
) -> None:
    captain.unfollow()
    captain.follow()
    assert captain.say(f"组队 绥江县第二中学 绥江县 人道暖昭通 队长{NAME} {PHONE}").startswith("已登记")
    departures.note()
    put_back(database, copy(database))
    enter(folder, office.store)
    assert "绥江县第二中学" in captain.say("我的队伍")


def test_a_start_without_an_older_copy_changes_nothing(
    office: Office, captain: SimulatedPerson, departures: Departures, folder: Settings
) -> None:
    captain.unfollow()
    departures.note()
    before = office.ledger()
    assert departures.erase_again() == 0
    enter(folder, office.store)
    assert office.ledger() == before


def test_what_cannot_be_written_is_written_later(
    office: Office,
    captain: SimulatedPerson,
    departures: Departures,
    folder: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A full disk delays the list; the erasure itself goes on."""
    captain.unfollow()
    with monkeypatch.context() as full:
        full.setattr("storage.departures.os.write", _full)
        departures.note()
    assert any("1 who left are not listed" in finding.text for finding in check(folder, ask_wechat=False))
    departures.note()
    assert departures.file.read_text() == "", "it is not tried again at once"
    monkeypatch.setattr("storage.departures.AGAIN_SECONDS", 0)
    Departures(office.store.database, office.store.keys, departures.folder).note()
    assert len(departures.file.read_text().splitlines()) == 1
    assert not any("who left" in finding.text for finding in check(folder, ask_wechat=False))


@one_server
def test_a_line_cut_off_by_a_power_failure_spoils_no_other(
    office: Office, database: Database, captain: SimulatedPerson, departures: Departures
) -> None:
    (departures.folder / FILE).write_bytes(b"2024-04-20T10:00:00+08:00 0123456789abcdef\n2024-04-2\xff")
    known, older = office.id_of(captain), copy(database)
    captain.unfollow()
    departures.note()
    assert [line.split(b" ")[-1] for line in departures.file.read_bytes().splitlines()] == [
        b"0123456789abcdef",
        b"2024-04-2\xff",
        known.encode(),
    ]
    put_back(database, older)
    assert departures.erase_again() == 1
    office.store.erasure.sweep(office.store.clock.now(), FAREWELL)
    assert traces(database, NAME, PHONE) == []


def _full(*_: object) -> int:
    raise OSError(28, os.strerror(28))
