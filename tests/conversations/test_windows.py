"""Which customer-service window each thing she does opens (wechat-platform §4.2)."""

import pytest

from tests.conversations.conftest import Office

LONG, SHORT = (5, False), (3, True)


def window(office: Office, openid: str) -> tuple[int, bool] | None:
    now = office.store.clock.now()
    found = office.store.windows.open([openid], now).get(openid)
    return (found.messages_left, found.short) if found else None


@pytest.mark.parametrize(
    ("fields", "opened"),
    [
        ({"MsgType": "text", "Content": "帮助"}, LONG),
        ({"MsgType": "text", "Content": "帮助", "bizmsgmenuid": "101"}, SHORT),
        ({"MsgType": "image", "PicUrl": "http://mmbiz.qpic.cn/a/0", "MediaId": "m"}, LONG),
        ({"MsgType": "event", "Event": "CLICK", "EventKey": "帮助"}, SHORT),
        ({"MsgType": "event", "Event": "subscribe", "EventKey": ""}, SHORT),
        ({"MsgType": "event", "Event": "SCAN", "EventKey": "nobody-knows-it", "Ticket": "t"}, SHORT),
        ({"MsgType": "event", "Event": "VIEW", "EventKey": "https://example.org"}, None),
        ({"MsgType": "event", "Event": "LOCATION", "Latitude": "1", "Longitude": "2"}, None),
    ],
)
def test_what_opens_which_window(office: Office, fields: dict[str, str], opened: tuple[int, bool] | None) -> None:
    person = office.person("李敏")
    person.send(fields)
    assert window(office, person.openid) == opened
