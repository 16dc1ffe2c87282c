"""An installation of an earlier Yidui goes on: carried over once, told where a person must decide, safe when killed.

`tests/data/installation-5b44e33.aof.xz` is the data folder of commit 5b44e33's own demo of Zhaotong (its append-only
file, rewritten), with three questions, of which the first was answered and adopted, and two cases besides; the JSON
file beside it is what that commit's `yidui export` said of it.
"""

import json
import lzma
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from redis.crc import key_slot

from bot.app import create_app
from bot.cli.processes import enter
from bot.cli.session import as_it_stands, open_store, open_to_write
from bot.settings import Settings, load_settings
from bot.simulator.people import SimulatedPerson
from bot.simulator.platform import Platform
from bot.simulator.push import MessageServer
from handlers import texts
from handlers.language.names import unit_key
from storage.audit import verify
from storage.campaign_schema import Campaign
from storage.database import SchemaMismatch, connect
from storage.embedded import ensure
from storage.export import export_campaign
from storage.leases import Leases
from storage.migrations import STEPS
from storage.migrations.dated_roles import date_roles
from storage.migrations.dialogues import end_dialogues
from storage.migrations.one_counter import number_matters
from storage.migrations.publications import bring_publications_together
from storage.migrations.step import LeaseLost, Upgrade
from storage.migrations.uncertain_deliveries import number_deliveries
from storage.migrations.unit_names import name_units_anew
from storage.models.people import Conversation
from storage.schema import LEASE, Schema
from storage.store import Store
from storage.store import open_store as store_over
from tests.contents import contents
from tests.conversations.conftest import AES_KEY, TOKEN, UNHURRIED, Office, served

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
APPID, ORGANIZER, ASKER = "wx5e8ea25a1dea5e00", "oOrganizer0000000000000000001", "oAsker000000000000000000000002"
CAMPAIGN = "zhaotong-2024"
OLD: dict[str, Any] = json.loads((DATA / "installation-5b44e33.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Installation:
    """A data folder, its settings, and the store over it."""

    settings: Settings
    store: Store

    @property
    def campaign(self) -> Campaign:
        return self.store.campaigns.get(CAMPAIGN)

    def start(self) -> None:
        """What `serve`, `web` and `worker` begin with."""
        enter(self.settings, self.store)

    def kept(self) -> dict[str, str]:
        """A digest of everything that does not lapse by itself."""
        return contents(self.store.database)

    def sound(self) -> bool:
        return verify(self.campaign, self.store.database, self.store.keys) == []


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Installation]:
    """A copy of what commit 5b44e33 left, with nothing of this Yidui in it yet."""
    (tmp_path / "appendonly.aof").write_bytes(lzma.decompress((DATA / "installation-5b44e33.aof.xz").read_bytes()))
    redis = ensure(tmp_path)
    settings = load_settings(
        mode="rehearsal",
        redis_url=redis.url,
        data_dir=tmp_path,
        wechat_appid=APPID,
        wechat_token=TOKEN,
        wechat_aes_key=AES_KEY,
    )
    database = connect(redis.url)
    yield Installation(settings, store_over(database, "yd", "rehearsal"))
    database.close()
    redis.stop()


@contextmanager
def speaking(installation: Installation, openid: str) -> Iterator[SimulatedPerson]:
    """Somebody who followed the account before the upgrade."""
    platform = Platform(APPID, "secret", installation.store.clock.now)
    with served(create_app(installation.settings, per_minute=UNHURRIED)) as url:
        server = MessageServer(url, TOKEN, APPID, AES_KEY, "safe", platform)
        yield SimulatedPerson(openid, openid, server)


def steps(store: Store, *taken: Any) -> Schema:
    """The schema of a program with other steps."""
    return Schema(store.database, store.keys, store.leases, taken)


def test_the_same_teams_and_totals(old: Installation) -> None:
    assert old.store.schema.version() == 0
    old.start()
    assert old.store.schema.version() == len(STEPS)
    document = export_campaign(old.store, old.campaign, old.store.clock.now())
    assert [{name: team[name] for name in OLD["teams"][0]} for team in document["teams"]] == OLD["teams"]
    assert len(document["reports"]) == OLD["reports"]
    assert old.sound()


def test_what_was_published_and_taught_goes_on_under_its_new_keys(old: Installation) -> None:
    """A process that knew the old version of the publications would not notice a lower one."""
    database, keys = old.store.database, old.store.keys
    version = database.get("yd:campaigns:version")
    database.hset("yd:taught", "今天捐了吗", "ranking")
    for _ in range(2):
        bring_publications_together(Upgrade(database, keys, unit_key, old.store.clock.now(), len(STEPS), lambda: None))
        assert database.get(keys.campaigns_version()) == version
        assert database.hgetall(keys.taught()) == {"今天捐了吗": "ranking"}
    assert not database.exists("yd:campaigns:version", "yd:taught")
    assert len({key_slot(key.encode()) for key in (keys.campaigns(), keys.campaigns_version(), keys.taught())}) == 1


def test_every_team_that_reported_is_found_by_its_name(old: Installation) -> None:
    """A coordinator who would register it again is told that it is there."""
    old.start()
    campaign = old.campaign
    with speaking(old, ORGANIZER) as her:
        for team in (team for team in OLD["teams"] if team["rank"]):
            region, project = campaign.region(team["region"]), campaign.project(team["project"])
            assert region is not None
            said = her.say(f"组队 {team['unit']} {region.name} {project.name} 队长周明 13900000009")
            assert f"（#{team['code']}）" in said
            assert "没有重复登记" in said
        assert "（#0001）" in her.say("组队 昭通市一中 昭阳区 人道暖昭通 队长周明 13900000009")
    assert old.sound()


def test_its_ledger_is_sealed_from_the_first_entry_on(old: Installation) -> None:
    old.start()
    database, keys = old.store.database, old.store.keys
    assert database.llen(keys.chain(CAMPAIGN)) == database.xlen(keys.ledger(CAMPAIGN)) > 0
    [(first, _)] = database.xrange(keys.ledger(CAMPAIGN), count=1)
    assert database.lindex(keys.chain(CAMPAIGN), 0).startswith(f"{first} ")
    assert old.sound()


def test_a_second_start_does_nothing(old: Installation) -> None:
    old.start()
    kept = old.kept()
    old.start()
    assert old.kept() == kept


def test_many_start_at_once_and_one_carries_over(old: Installation) -> None:
    stores = [store_over(connect(old.settings.redis_url.get_secret_value()), "yd", "rehearsal") for _ in range(3)]
    starts = [Thread(target=enter, args=(old.settings, store)) for store in stores]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert old.store.schema.version() == len(STEPS)
    assert old.sound()
    for store in stores:
        store.database.close()


def test_an_older_program_refuses_in_one_line(old: Installation) -> None:
    old.start()
    older = steps(old.store, *STEPS[:-1])
    for refused in (older.version, older.require_current, lambda: older.carry_over(unit_key, old.store.clock.now())):
        with pytest.raises(SchemaMismatch) as told:
            refused()
        assert f"has schema version {len(STEPS)}, and this Yidui knows {len(STEPS) - 1} at most" in str(told.value)
        assert "\n" not in str(told.value)


def test_a_schema_version_that_was_lost_is_found_again(old: Installation) -> None:
    """Every step is taken again, and changes nothing."""
    old.start()
    before = old.kept()
    old.store.database.delete(old.store.keys.schema())
    with pytest.raises(SchemaMismatch, match="start this one"):
        old.store.schema.require_current()
    old.start()
    assert old.kept() == before
    assert old.sound()


def test_a_program_that_still_runs_stops_answering(old: Installation) -> None:
    """Another host was upgraded, and this one was forgotten: it writes nothing that the new one does not read."""
    old.start()
    app, newest = create_app(old.settings), old.store.ledger.last_id(CAMPAIGN)
    assert app.test_client().get("/readyz").status_code == 200
    old.store.database.set(old.store.keys.schema(), len(STEPS) + 1)
    app.extensions["yidui"].campaigns.look_again()
    ready = app.test_client().get("/readyz")
    assert ready.status_code == 503
    assert "a newer Yidui has carried this database over" in ready.text
    assert old.store.ledger.last_id(CAMPAIGN) == newest


def test_commands_that_read_refuse_until_it_is_carried_over(old: Installation) -> None:
    with pytest.raises(SchemaMismatch, match="yidui serve"), open_store(old.settings):
        pass
    with as_it_stands(old.settings) as store:
        assert store.schema.version() == 0
    with open_to_write(old.settings) as store:
        assert store.schema.version() == len(STEPS)
    with open_store(old.settings) as store:
        assert store.schema.findings() == []


def test_a_new_database_takes_no_step(office: Office) -> None:
    office.store.database.flushall()
    assert office.store.schema.version() == len(STEPS)
    assert office.store.schema.carry_over(unit_key, office.store.clock.now()) == []
    office.publish(office.campaign)
    assert office.store.schema.version() == len(STEPS)
    office.store.schema.require_current()


def test_teams_are_found_again_after_another_rule_for_names(old: Installation) -> None:
    """A program of another rule left the names as it knew them."""
    now = old.store.clock.now()
    assert steps(old.store, *STEPS).carry_over(lambda _, name: name[::-1], now) == []
    assert old.sound()
    assert old.store.teams.named(CAMPAIGN, unit_key(old.campaign, "永善县人民医院")) == []
    assert steps(old.store, *STEPS, name_units_anew).carry_over(unit_key, now) == []
    assert [t.code for t in old.store.teams.named(CAMPAIGN, unit_key(old.campaign, "永善县人民医院"))] == ["0002"]
    assert old.sound()


def test_questions_and_cases_are_matters_of_one_counter(old: Installation) -> None:
    """The oldest first; each keeps the number that it had before."""
    old.start()
    questions, cases = old.store.questions.all(CAMPAIGN), old.store.incidents.all(CAMPAIGN)
    assert [(q.number, q.was, q.state) for q in questions] == [
        ("D1", "1", "adopted"),
        ("D2", "2", "open"),
        ("D5", "3", "open"),
    ]
    assert [(case.number, case.was, case.state) for case in cases] == [("D3", "0001", "open"), ("D4", "0002", "open")]
    assert [case.text for case in cases] == OLD["incidents"]
    assert old.store.questions.matters.next_number(CAMPAIGN) == "D6"
    assert old.sound()


def test_a_coordinator_goes_on_where_she_was(old: Installation) -> None:
    """With the numbers that she wrote down, and with the new ones."""
    old.start()
    with speaking(old, ORGANIZER) as her:
        waiting = her.say("待答")
        assert "\nD2 队旗的尺寸多大?（原编号2）\nD5 吉祥物的尺寸多大?（原编号3）\n" in waiting
        assert her.say("回答 3 高三米").startswith("已记录 D5 的答复")
        assert her.say("回答 d2 长两米").startswith("已记录 D2 的答复")
        assert "没有等待答复的问题" in her.say("待答")
        assert "D1 队服要统一颜色吗" in her.say("撤下")
        assert her.say("撤下 1").startswith("将从昭通5·8人道公益日的规则里撤下 D1")
        assert her.say("确认").startswith("已撤回 D1 的收录")
    with speaking(old, ASKER) as asker:
        asked = asker.say("举报 有人假冒协调员打电话")
        assert asked.endswith("回复“确认”，或“算了”")
        assert "案件编号 D6" in asker.say("确认")
    assert old.sound()


def test_a_number_on_a_list_is_not_a_former_number(old: Installation) -> None:
    """回答 2 to a numbered choice is most likely its second line."""
    old.start()
    with speaking(old, ORGANIZER) as her:
        assert "1. 人道暖昭通" in her.say("组队 昭通市第九中学 昭阳区")
        said = her.say("回答 2 长两米")
        assert "编号要带字母" in said
        assert "D2 队旗的尺寸多大?（原编号2）" in said
        assert len(old.store.questions.waiting(CAMPAIGN)) == 2
        assert her.say("回答 D2 长两米").startswith("已记录 D2 的答复")


def test_old_words_of_matters_are_forgotten_like_new_ones(old: Installation) -> None:
    """The notices about them have the old numbers in their ids."""
    old.start()
    old.store.erasure.forget_old_words(old.store.clock.now() + timedelta(days=31), texts.pushes.lapsed)
    assert old.store.questions.all(CAMPAIGN) == []
    assert [case.text for case in old.store.incidents.all(CAMPAIGN)] == ["", ""]
    kept = str([delivery.notification.text for delivery in old.store.outbox.list(CAMPAIGN, limit=1000)])
    assert "冒充志愿者" not in kept
    assert "假二维码" not in kept
    assert old.sound()


def test_a_dialogue_of_the_old_program_is_over(old: Installation) -> None:
    """Its yes would mean something that this program does not know."""
    adopting = Conversation(state="questions.adopt", data={"id": "0", "campaign": CAMPAIGN, "number": "1"})
    old.store.database.set(old.store.keys.conversation(ORGANIZER), adopting.model_dump_json())
    old.start()
    with speaking(old, ORGANIZER) as her:
        assert "没有进行中" in her.say("算了")


def test_a_figure_that_waited_in_the_old_shape_is_asked_anew(old: Installation) -> None:
    """What waits for a yes has been one kind of value since the last step."""
    old.start()
    waits = {"id": "0", "campaign": CAMPAIGN, "day": "2024-05-08", "writes": [["0001", 3, "total"]], "kinds": []}
    kept = Conversation(state="reports.confirm", data=waits).model_dump_json()
    old.store.database.set(old.store.keys.conversation(ORGANIZER), kept)
    old.store.database.set(old.store.keys.schema(), STEPS.index(end_dialogues, STEPS.index(number_deliveries)))
    old.start()
    with speaking(old, ORGANIZER) as her:
        assert her.say("确认").startswith("现在没有等您答复的事项")
    assert old.sound()


def test_half_of_the_matters_were_numbered(old: Installation) -> None:
    writes, store = iter([None, None]), old.store

    def killed() -> None:
        if next(writes, "end") == "end":
            raise LeaseLost

    with pytest.raises(LeaseLost):
        number_matters(Upgrade(store.database, store.keys, unit_key, store.clock.now(), 2, killed))
    assert [q.was for q in store.questions.all(CAMPAIGN)] == ["1", "2"]
    old.start()
    assert [q.was for q in store.questions.all(CAMPAIGN)] == ["1", "2", "3"]
    assert [rule.id for rule in old.campaign.rulebook if rule.status == "answered"] == ["answered-d1"]
    assert old.sound()


def test_an_adopted_answer_whose_question_is_forgotten_can_be_withdrawn(old: Installation) -> None:
    old.store.database.hdel(old.store.keys.before_matters(CAMPAIGN, "questions"), "1")
    old.start()
    [rule] = [rule for rule in old.campaign.rulebook if rule.status == "answered"]
    assert rule.id == "answered-d5"
    with speaking(old, ORGANIZER) as her:
        assert "D5 队服要统一颜色吗" in her.say("撤下")
        assert "D5" in her.say("撤下 D5")
        assert her.say("确认").startswith("已撤回 D5")
    old.store.campaigns.look_again()
    assert [rule for rule in old.campaign.rulebook if rule.status == "answered"] == []


def test_names_may_change_places(old: Installation) -> None:
    """0001 takes the key that 0006 had, and 0006 that of 0001: nobody loses her name on the way."""
    now, other = old.store.clock.now(), {"昭通市第一中学": "昭通市实验小学", "昭通市实验小学": "昭通市第一中学"}
    found = steps(old.store, *STEPS).carry_over(lambda c, name: unit_key(c, other.get(name, name)), now)
    assert found == []
    assert [t.code for t in old.store.teams.named(CAMPAIGN, unit_key(old.campaign, "昭通市实验小学"))] == ["0001"]
    assert old.sound()


def test_killed_half_way_it_is_begun_again(old: Installation) -> None:
    writes = iter([None, None])

    def killed() -> None:
        if next(writes, "end") == "end":
            raise LeaseLost

    upgrade = Upgrade(old.store.database, old.store.keys, lambda _, name: name[::-1], old.store.clock.now(), 1, killed)
    with pytest.raises(LeaseLost):
        name_units_anew(upgrade)
    rekeyed = [e.team for e in old.store.ledger.entries(CAMPAIGN) if e.kind == "team.rekeyed"]
    assert rekeyed == ["0001", "0002"]
    old.start()
    assert old.sound()
    assert [t.code for t in old.store.teams.named(CAMPAIGN, unit_key(old.campaign, "昭通市第一中学"))] == ["0001"]


KILLED = """
import os, signal, sys
from itertools import count
from storage.store import connect, open_store

calls = count()

def unit_key(campaign, name):
    if next(calls) == 15:
        os.kill(os.getpid(), signal.SIGKILL)
    return name[::-1]

store = open_store(connect(sys.argv[1]), "yd", "rehearsal")
store.schema.carry_over(unit_key, store.clock.now())
"""


def test_what_a_killed_process_left_is_carried_over(old: Installation) -> None:
    """It had written some of the teams anew, under a rule of its own, and it still holds the lease."""
    url = old.settings.redis_url.get_secret_value()
    killed = subprocess.run([sys.executable, "-c", KILLED, url], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    rekeyed = [entry.team for entry in old.store.ledger.entries(CAMPAIGN) if entry.kind == "team.rekeyed"]
    assert 0 < len(rekeyed) < len(OLD["teams"])
    assert old.store.schema.version() == 0
    assert old.store.database.pexpire(old.store.keys.lease(LEASE), 200)
    old.start()
    assert [t.code for t in old.store.teams.named(CAMPAIGN, unit_key(old.campaign, "昭通市第一中学"))] == ["0001"]
    assert old.sound()


def test_a_start_waits_for_another_that_was_killed(old: Installation) -> None:
    """Its lease lapses by itself."""
    Leases(old.store.database, old.store.keys).hold(LEASE)
    old.store.database.pexpire(old.store.keys.lease(LEASE), 300)
    old.start()
    assert old.store.schema.version() == len(STEPS)


def test_two_teams_of_one_name_are_told_and_stay_two(office: Office) -> None:
    """Under a new rule two schools are one: the first holds the name, both keep their figures and captains."""
    first = office.captain("张三", "昭通市第二小学")
    second = office.captain("李四", "昭通市第三小学")
    third = office.captain("王五", "昭通市第三小学", project="博爱昭通行")
    assert first.say("进度 1000元 10人次").startswith("已记录")
    assert second.say("进度 2000元 20人次").startswith("已记录")
    schema = steps(office.store, *STEPS, name_units_anew)
    office.store.database.set(schema.keys.schema(), len(STEPS))

    def one_school(campaign: Campaign, name: str) -> str:
        return unit_key(campaign, name.replace("第三", "第二"))

    [finding] = schema.carry_over(one_school, office.store.clock.now())
    assert finding.startswith("zhaotong-2024: teams 0001, 0002 have one name by now")
    assert schema.findings() == [finding]
    assert [team.twin for team in office.teams()] == ["", "0001", ""]
    said = office.person("赵六").say("组队 昭通市第二小学 昭阳区 人道暖昭通 队长赵六 13900000001")
    assert "没有重复登记" in said
    assert second.say("又筹了500").startswith("已记录")
    assert "2,500.00" in second.say("我的队伍")
    assert "1,000.00" in first.say("我的队伍")
    assert third.say("进度 10元").startswith("已记录")
    for leaver in (second, first):
        leaver.say("注销")
        leaver.say("确认")
    assert office.sound()


def test_a_delivery_that_was_uncertain_waits_for_a_coordinator(old: Installation) -> None:
    store = old.store
    pushes = [delivery.notification.id for delivery in store.outbox.list(CAMPAIGN, limit=2)]
    for push in pushes:
        store.database.hset(store.keys.notification(CAMPAIGN, push), "status", "unknown")
    old.start()
    waiting = store.deliveries.waiting(CAMPAIGN, store.deliveries.matters.all(CAMPAIGN))
    assert {matter.subject for matter, _ in waiting} == set(pushes)
    before = old.kept()
    number_deliveries(Upgrade(store.database, store.keys, unit_key, store.clock.now(), len(STEPS), lambda: None))
    assert old.kept() == before, "a step may be taken again"
    number = waiting[0][0].number
    with speaking(old, ORGANIZER) as organizer:
        assert number in organizer.say("待办")
        assert organizer.say(f"重发 {number}").startswith(f"已登记 {number}")
    assert [matter for matter, _ in store.deliveries.waiting(CAMPAIGN, store.deliveries.matters.all(CAMPAIGN))] == [
        waiting[1][0]
    ]
    assert old.sound()


def test_since_when_a_role_is_held_is_read_off_the_ledger(old: Installation) -> None:
    old.start()
    store = old.store
    granted = {e.by: e.at for e in store.ledger.entries(CAMPAIGN) if e.kind == "role.granted"}
    colleagues = store.roles.colleagues(CAMPAIGN)
    assert colleagues
    assert {each.person: (each.name, each.since, each.invited_by) for each in colleagues} == {
        person: ("", at, "") for person, at in granted.items()
    }
    before = old.kept()
    date_roles(Upgrade(store.database, store.keys, unit_key, store.clock.now(), len(STEPS), lambda: None))
    assert old.kept() == before, "a step may be taken again"


def test_a_case_of_the_old_program_is_taken_and_closed(old: Installation) -> None:
    """By its number of then, too."""
    old.start()
    case = old.store.incidents.all(CAMPAIGN)[0]
    assert case.due is None
    with speaking(old, ORGANIZER) as her:
        assert her.say(f"接手 {case.number}").startswith(f"已接手 {case.number}")
        assert her.say(f"结案 {case.was} 已核实").startswith(f"已结案 {case.number}")
    assert old.sound()
