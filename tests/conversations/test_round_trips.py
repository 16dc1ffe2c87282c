"""How often the database is asked for what captains look at most: what waits for no answer is asked together."""

from unittest.mock import patch

import pytest
from redis.connection import AbstractConnection

from bot.dispatch import Dispatcher
from handlers.messages import Message
from storage.wires import Wire
from tests.conversations.conftest import Office

PING = b"*1\r\n$4\r\nPING\r\n"


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of each message how often the database was asked, by the wires and by the client.

    Left out are the first word to a new thread's connection, and the look once a second whether a campaign was
    published.
    """
    monkeypatch.setattr("storage.campaigns.NOTICE_SECONDS", 3600.0)
    counted = list[int]()
    dispatch = Dispatcher.dispatch

    def dispatching(dispatcher: Dispatcher, message: Message) -> str:
        with (
            patch.object(Wire, "exchange", autospec=True, side_effect=Wire.exchange) as by_wire,
            patch.object(
                AbstractConnection,
                "send_packed_command",
                autospec=True,
                side_effect=AbstractConnection.send_packed_command,
            ) as by_client,
        ):
            reply = dispatch(dispatcher, message)
        asked = [call for call in by_wire.call_args_list if call.args[1] != PING]
        counted.append(len(asked) + by_client.call_count)
        return reply

    monkeypatch.setattr(Dispatcher, "dispatch", dispatching)
    return counted


@pytest.mark.parametrize(
    ("said", "begins", "number"),
    [
        ("进度 900元 9人次", "已记录", 3),
        ("我的队伍", "昭通市第", 3),
        ("我们队现在多少了", "昭通市第", 3),
        ("排行", "【队伍排行", 4),
        ("鲁甸县排行", "【鲁甸县", 5),
    ],
)
def test_claim_and_settling_among_them(office: Office, trips: list[int], said: str, begins: str, number: int) -> None:
    for place, name in ((1, "李小明"), (2, "王小红")):
        captain = office.person(name)
        captain.say(f"组队 昭通市第{place}小学 鲁甸县 人道暖昭通 队长{name} 1390000000{place}")
        captain.say(f"进度 {place}00元 {place}人次")
        captain.say("排行")
    reply = captain.say(said)
    assert reply.startswith(begins), reply
    assert trips[-1] == number


def test_several_teams_of_hers_cost_no_more(office: Office, trips: list[int]) -> None:
    captain = office.person("李小明")
    for place in (1, 2, 3):
        captain.say(f"组队 昭通市第{place}小学 鲁甸县 人道暖昭通 队长李小明 13900000001")
        captain.say(f"昭通市第{place}小学 进度 {place}00元 {place}人次")
    captain.say("我的队伍")
    cards = captain.say("我的队伍")
    assert [cards.count(f"昭通市第{place}小学") for place in (1, 2, 3)] == [1, 1, 1], cards
    assert trips[-1] == 3
