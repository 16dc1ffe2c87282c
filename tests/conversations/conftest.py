"""The front door: people talk to a running webhook over signed, encrypted messages, on the Zhaotong campaign."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from werkzeug.serving import make_server

from bot.app import create_app
from bot.settings import Settings, load_settings
from bot.simulator.people import Rehearsal, SimulatedPerson
from bot.simulator.platform import Platform
from bot.simulator.push import MessageServer
from handlers.language.pressing import pressing_word
from storage.audit import verify
from storage.campaign_document import Windows
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.embedded import EmbeddedRedis
from storage.ledger import Author
from storage.ledger_kinds import KINDS
from storage.models.people import Grant, Role
from storage.models.teams import Team
from storage.store import Store, open_store
from tests.conversations.staging import Begin
from tests.conversations.wording import faults_of

TOKEN, APPID, AES_KEY = "a-token-for-tests", "wx0123456789abcdef", "a" * 43
ZONE = ZoneInfo("Asia/Shanghai")
UNHURRIED = 1_000_000
"""Messages a minute: the people of these tests type faster than anybody."""
SCHOOL, HOSPITAL = "昭通市第一中学", "昭通市第一人民医院"
CAMPAIGNS = Path(__file__).parents[2] / "campaigns"


one_server = pytest.mark.skipif("CLUSTER" in os.environ, reason="it takes hold of the one server itself")
"""For a test whose own means are one server's: its memory, its files, a second database in it."""


def at(text: str) -> datetime:
    """A moment on the campaign's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@dataclass(repr=False)
class Office:
    """A running bot, the people who talk to it, and the store beneath.

    `troubled`: the test breaks something beneath the bot, so that WeChat's own banner may be shown.
    """

    store: Store
    app: Flask
    people: Rehearsal
    campaign: Campaign
    troubled: bool = False

    def __repr__(self) -> str:
        """Short: hypothesis shows what an example failed with."""
        return f"<office of {self.campaign.id}>"

    def person(self, name: str) -> SimulatedPerson:
        return self.people[name]

    def go_to(self, moment: str) -> None:
        self.store.clock.advance_to(at(moment))  # type: ignore[attr-defined]  # a rehearsal

    def wait(self, **span: float) -> None:
        """Business time passes (`minutes=11`)."""
        self.store.clock.advance_to(self.store.clock.now() + timedelta(**span))  # type: ignore[attr-defined]  # a rehearsal

    def publish(self, campaign: Campaign) -> None:
        self.store.campaigns.publish(campaign, self.store.clock.now())
        self._forget_cache()

    def captain(self, name: str, unit: str, region: str = "昭阳区", project: str = "人道暖昭通") -> SimulatedPerson:
        person = self.person(name)
        said = person.say(f"组队 {unit} {region} {project} 队长{name} 13900000000")
        assert said.startswith("已登记"), said
        return person

    def coordinator(self, name: str, region: str = "", role: Role = "coordinator") -> SimulatedPerson:
        person = self.person(name)
        said = person.say(f"绑定 {self.invitation(region, role)}")
        assert said.startswith("已绑定"), said
        return person

    def invitation(self, region: str = "", role: Role = "coordinator") -> str:
        grant = Grant(role=role, region=region)
        return self.store.people.invite(self.campaign, grant, self.store.clock.now())

    def revoke(self, person: SimulatedPerson) -> None:
        """`yidui roles revoke`: an operator takes every role of a person away."""
        author = Author(f"cli:{uuid4()}", "cli", self.store.clock.now())
        self.store.people.revoke(self.campaign, author, self.id_of(person))

    def id_of(self, person: SimulatedPerson) -> str:
        return str(self.store.database.hget(self.store.keys.person(person.openid), "id"))

    def teams(self) -> list[Team]:
        return self.store.teams.many(self.campaign.id, self.store.teams.codes(self.campaign.id))

    def team(self, unit: str) -> Team:
        return next(team for team in self.teams() if team.unit == unit)

    def ledger(self) -> list[str]:
        """The kinds of everything written so far, oldest first."""
        return [entry.kind for entry in self.store.ledger.entries(self.campaign.id)]

    def forget_dialogue(self, person: SimulatedPerson) -> None:
        """The lifetime of an open dialogue is over."""
        self.store.database.delete(self.store.keys.conversation(person.openid))

    def sound(self) -> bool:
        """The ledger alone gives every total and ranking, and docs/ledger.md tells all that stands in it."""
        for campaign in self.store.campaigns.all():
            assert verify(campaign, self.store.database, self.store.keys) == []
            for entry in self.store.ledger.entries(campaign.id):
                assert KINDS[entry.kind].misses(set(entry.values)) == set(), entry
        return True

    def well_spoken(self) -> bool:
        """Every reply keeps the promises of interface.md, and none was an apology for a fault of ours."""
        for person in self.people:
            for entry in person.transcript:
                if self.troubled and "系统出了点问题" in entry.text:
                    continue
                if entry.kind in ("reply", "push"):
                    assert faults_of(entry.text) == [], entry.text
                    assert "系统出了点问题" not in entry.text, entry.text
                assert entry.kind != "fault" or self.troubled, entry.text
        return True

    def presses_nobody(self) -> bool:
        """No push holds a pressing word, but where it passes on what somebody reported."""
        for delivery in self.store.outbox.list(self.campaign.id, limit=1000):
            push = delivery.notification
            assert push.job == "incident" or pressing_word(push.text) is None, push.text
        return True

    def _forget_cache(self) -> None:
        """The process notices a new publication within a second; a test does not wait for it.

        Versions count from one in every test, so that the version says nothing here.
        """
        for store in (self.store, self.app.extensions["yidui"]):
            store.campaigns._version = None
            store.campaigns.look_again()


def fen(office: Office, unit: str = SCHOOL) -> int:
    """What stands for the team of a unit, both channels together."""
    return office.team(unit).amount_fen


@pytest.fixture(scope="session")
def settings(redis_server: EmbeddedRedis, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load_settings(
        wechat_appid=APPID,
        wechat_token=TOKEN,
        wechat_aes_key=AES_KEY,
        mode="rehearsal",
        redis_url=redis_server.url,
        data_dir=tmp_path_factory.mktemp("data"),
    )


@pytest.fixture(scope="session")
def app(settings: Settings) -> Flask:
    return create_app(settings, per_minute=UNHURRIED)


@pytest.fixture(scope="session")
def webhook(app: Flask) -> Iterator[str]:
    with served(app) as url:
        yield url


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of a running webhook."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/wechat"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def zhaotong() -> Campaign:
    return load(CAMPAIGNS / "zhaotong-2024")


@pytest.fixture(scope="session")
def erqi() -> Campaign:
    """A second, small campaign beside Zhaotong's: registrations after its deadline wait for a coordinator."""
    return Campaign.model_validate(
        {
            "id": "erqi-99",
            "name": "2024年二七区“99公益日”筹款活动",
            "short": "二七99",
            "year": 2024,
            "level": "区",
            "platform": "腾讯公益",
            "document": "《二七区“99公益日”活动方案》",
            "area": "郑州市二七区",
            "organisers": [{"name": "二七区慈善总会"}],
            "windows": {"registration": {"end": "2024-05-20T23:59:59+08:00"}},
            "regions": [
                {"id": "dexue", "name": "德化街街道", "aliases": ["德化街"]},
                {"id": "jiefanglu", "name": "解放路街道", "aliases": ["解放路"]},
            ],
            "projects": [
                {"id": "zhuxue", "name": "爱心助学", "aliases": ["助学"], "purpose": "帮助困难学生"},
                {"id": "zhulao", "name": "敬老月", "aliases": ["敬老"], "purpose": "帮助困难老人"},
            ],
            "contacts": [{"id": "ma", "name": "马丽", "office": "二七区慈善总会", "phones": ["0371-60000000"]}],
            "policy": {"voluntary": "捐赠坚持自愿"},
            "registration": {"late": "approve"},
            "ranking": {"mode": "full"},
        }
    )


@pytest.fixture
def office(database: Database, app: Flask, webhook: str, zhaotong: Campaign, begin: Begin) -> Iterator[Office]:
    """A fresh database on 20 April 2024, ten in the morning, with the Zhaotong campaign published.

    After every test the ledger must give every total and ranking, and every reply must be worded as promised.
    """
    store = open_store(database, "yd", "rehearsal")
    platform = Platform(APPID, "secret", store.clock.now, robots={"zhibanqun": "robot-key"})
    people = Rehearsal(MessageServer(webhook, TOKEN, APPID, AES_KEY, "safe", platform))
    office = Office(store, app, people, zhaotong)
    begin("published", lambda: store.campaigns.publish(zhaotong, at("2024-04-20T10:00")))
    office._forget_cache()
    office.go_to("2024-04-20T10:00")
    yield office
    assert office.sound()
    assert office.well_spoken()
    assert office.presses_nobody()


@pytest.fixture
def of_two(office: Office) -> SimulatedPerson:
    """#0001 is the school, #0002 the hospital, both hers; nothing was named lately."""
    li = office.captain("李敏", SCHOOL)
    office.captain("李敏", HOSPITAL)
    office.wait(minutes=20)
    return li


@pytest.fixture
def suining(office: Office) -> Office:
    """The Suining campaign beside Zhaotong's, its report window open; 何协调 coordinates 船山区."""
    campaign = load(CAMPAIGNS / "suining-2023").model_copy(update={"windows": Windows()})
    office.publish(campaign)
    code = office.store.people.invite(campaign, Grant(role="coordinator", region="chuanshan"), office.store.clock.now())
    assert office.person("何协调").say(f"绑定 {code}").startswith("已绑定")
    return office
