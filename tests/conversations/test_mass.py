"""群发: an organizer of the whole campaign speaks to everybody, as often as the account may, after one yes."""

import pytest

from bot import app as wiring
from bot.simulator.people import Rehearsal
from bot.simulator.platform import Platform
from bot.simulator.push import MessageServer
from handlers.messages import Site
from scheduler.channels.mass import MassChannel
from scheduler.worker import Worker
from storage.mass import PLACES
from tests.conversations.conftest import AES_KEY, APPID, TOKEN, UNHURRIED, Office, served


class Account:
    """Takes every job once, by its id."""

    def __init__(self) -> None:
        self.jobs: dict[str, str] = {}

    def send_mass(self, tag: int | None, text: str, message_id: str) -> str:
        assert tag is None
        self.jobs[message_id] = text
        return "34182"


def test_a_message_to_everybody(office: Office, settings, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    organizer, county = office.coordinator("周处长", role="organizer"), office.coordinator("刘主任", "yongshan")
    assert "没有群发接口，不能群发" in organizer.say("群发 明早10点开始配捐")
    assert "不能" in county.say("群发 明早10点开始配捐")

    monkeypatch.setattr(wiring, "build_site", lambda *_: Site(mass_span="month"))
    with served(wiring.create_app(settings, per_minute=UNHURRIED)) as address:
        platform = Platform(APPID, "secret", office.store.clock.now, robots={})
        people = Rehearsal(MessageServer(address, TOKEN, APPID, AES_KEY, "safe", platform))
        office.people = people
        speaker = office.coordinator("钱处长", role="organizer")
        assert "还能群发 4 次（共4次）" in speaker.say("群发")
        assert "不能发" in speaker.say("群发 各单位必须全部捐款")
        shown = speaker.say("群发 明早10点开始配捐")
        assert "全部关注者，这个月还能群发 4 次（共4次），发出后不能撤回" in shown
        assert "“【昭通5·8人道公益日】明早10点开始配捐”" in shown
        assert speaker.say("确认") == "已登记 群发，由微信陆续送达。这个月还能群发 3 次（共4次）。"
        account, now = Account(), office.store.clock.now()
        channel = MassChannel(account)
        worker = Worker(office.store, [channel])
        for _ in range(2):
            worker.tick(now)
        assert list(account.jobs.values()) == ["【昭通5·8人道公益日】明早10点开始配捐"]
        for _ in range(PLACES["month"] - 1):
            speaker.say("群发 明早10点开始配捐")
            speaker.say("确认")
        assert office.store.mass.left("month") == 0
        assert "这个月的群发次数（4次）已经用完，不能再发" in speaker.say("群发 再说一次")
        office.go_to("2024-04-20T23:00")
        assert "不能" in speaker.say("群发 晚上好")
