"""Peers that know nothing of this project: what they write we read, and they read what we write.

The ciphertexts were made by the npm packages named, with the key, token and appid of these tests.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from flask import Flask
from werobot import WeRoBot
from werobot.client import Client, ClientException
from werobot.contrib.flask import make_view

from bot.simulator.api import create_platform_app
from bot.simulator.crypto import Envelope, sign
from bot.simulator.ledgers.windows import Trigger
from bot.simulator.people import Rehearsal
from bot.simulator.platform import Platform
from bot.simulator.push import MessageServer, Mode
from bot.simulator.server import run_simulator
from tests.simulator.conftest import AES_KEY, SECRET
from tests.simulator.reading import APPID, TOKEN

CJK = "<xml><Content><![CDATA[报名 🎉]]></Content></xml>"
WRITTEN = {
    "@wecom/crypto, xml": (
        CJK,
        "0jme2RIK1WGtj3EHLV7PPxV4dZKZEQfa4l0Z/RQ263E2Q8M/EyLiAVPDEy2gNGQ3z5hBYCyZJ18TIIFYMHwkChQU930hFqKa95D6hO4HCBOT"
        "NsstBuyB3F0dKlLe9lAN",
        "3797eca4f5b12f478b8a6681ad515b3480aed157",
    ),
    "wechat-crypto, xml": (
        CJK,
        "mtYE85vOYn4GtW1Di6DuaxexYGQNi4xvFA8kYsv5UbHtCraxmtp0awvKZ2/NVGo2h5PumE+b9KoZ8vUcsL/jeKRubwBn2BgE0cnYDC68iRp8"
        "E6gKqAdvW4YGMXvp9+hq",
        "8b74f7df3d1cf698f76e88d965e18040d3cd93c7",
    ),
    "@wecom/crypto, a whole block of padding less two": (
        "a" * 12,
        "otfzXmGQ7N3mzBpn67Qi1/RI4CuZr1mymMklGiZvUl8ku8VmlI2Aebfewg048F2iAj/h0EOVgRmnE0k+AWJiWA==",
        "6dbd08bd51086746f276a69c5cb2d1dcba69aca3",
    ),
    "wechat-crypto, nothing": (
        "",
        "cLQ45b5o7px6Prs3bu08CtN0mirw9ZAm84GuNP5U2S0GRTrBu1i3hmtduZB5ViRYZ+DmpTOwpw7YVXBF88zNcQ==",
        "43f34f35aa5e4da1ba106af3e8819c130fd4550f",
    ),
}


@pytest.mark.parametrize("peer", WRITTEN)
def test_npm_packages(peer: str) -> None:
    text, sealed, signature = WRITTEN[peer]
    envelope = Envelope(AES_KEY, APPID)
    assert envelope.open(sealed) == text
    assert envelope.seal(text, salt_of(sealed)) == sealed
    assert sign(TOKEN, "1714112445", "415670741", sealed) == signature


def salt_of(sealed: str) -> bytes:
    """The random bytes that a ciphertext begins with."""
    key = base64.b64decode(AES_KEY + "=")
    decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    return decryptor.update(base64.b64decode(sealed)[:16])


@contextmanager
def running_werobot(mode: Mode) -> Iterator[str]:
    """A bot built on WeRoBot, as its manual says."""
    robot = WeRoBot(token=TOKEN, SESSION_STORAGE=False)
    if mode == "safe":
        robot.config.update(APP_ID=APPID, ENCODING_AES_KEY=AES_KEY)
    robot.add_handler(lambda message: f"收到：{message.content}", type="text")
    robot.add_handler(lambda message: "欢迎", type="subscribe_event")
    app = Flask("werobot")
    app.add_url_rule("/wechat", "werobot", make_view(robot), methods=["GET", "POST"])
    with run_simulator(app) as running:
        yield f"{running.url}/wechat"


@pytest.mark.parametrize("mode", ["safe", "plain"])
def test_werobot(platform: Platform, mode: Mode) -> None:
    with running_werobot(mode) as url:
        people = Rehearsal(MessageServer(url, TOKEN, APPID, AES_KEY, mode, platform))
        assert people.server.verify_address()
        person = people["li-min"]
        assert person.follow() == "欢迎"
        assert person.say("报名 🎉") == "收到：报名 🎉"
        assert person.send_image() == ""
        forged = person.attack({"MsgType": "text", "Content": "报名"}, "wrong_signature")
        assert forged.status == 403


class RehearsingClient(Client):  # type: ignore[misc]
    """WeRoBot's client of the API, pointed at the rehearsed one."""

    base = ""

    def request(self, method: str, url: str, **more: object) -> object:
        return super().request(method, url.replace("https://api.weixin.qq.com", self.base), **more)


def test_werobots_client(platform: Platform) -> None:
    """It uses the classic family of tokens, and finds its way around."""
    platform.introduce("oLiMin", "李敏")
    platform.acted("oLiMin", Trigger.MESSAGE)
    with run_simulator(create_platform_app(platform)) as running:
        client = RehearsingClient({"APP_ID": APPID, "APP_SECRET": SECRET})
        client.base = running.url
        assert client.send_text_message("oLiMin", "战报")["errcode"] == 0
        assert client.create_menu({"button": [{"type": "click", "name": "排行", "key": "RANK"}]})["errcode"] == 0
        assert client.get_menu()["menu"]["button"][0]["key"] == "RANK"
        assert client.get_tags()["tags"][0]["name"] == "黑名单"
        with pytest.raises(ClientException, match="40007"):
            client.send_image_message("oLiMin", "gone")
    assert [entry.text for entry in platform.transcript("oLiMin")] == ["战报"]
