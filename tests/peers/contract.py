"""What must hold with anybody's implementation of WeChat's encryption, whoever wrote it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, cast
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from bot.dispatch import Dispatcher
from bot.simulator.crypto import Envelope, sign
from bot.webhook import create_webhook
from bot.wechat.crypto import Cipher
from bot.wechat.modes import SafeMode
from handlers.messages import Message
from tests.wechat.test_crypto import AES_KEY, APPID, CHINESE_MESSAGE, CHINESE_PUSH, OFFICIAL_PUSH, TOKEN

NONCE = "415670741"
TEXTS = {
    "CJK": "报名 昭通市第一中学，队长李敏",
    "emoji": "🎉👨‍👩‍👧‍👦🇨🇳 谢谢",
    "rare characters": "𠮷野家、㐂、é、ａ",
    "signs of XML": "1 < 2 && <a href='x'>吗</a> ]]> \"?\"",
    "several lines": "1. 一中\n2. 二中\n",
    "as long as a reply may be": "好" * 682 + "ok",
}
LONG = "捐" * 14_000
"""Of what the encrypted body may hold, nearly all."""


class Peer(Protocol):
    """One account's encryption, as somebody else wrote it."""

    def seal(self, text: str) -> str:
        """The base64 ciphertext of a message."""

    def open(self, sealed: str) -> tuple[str, str]:
        """The message in a ciphertext, and the appid behind it."""

    def sign(self, timestamp: str, nonce: str, sealed: str) -> str:
        """The signature over a ciphertext."""


MakePeer = Callable[[str, str, str], Peer]
"""From token, AES key and appid."""


@dataclass
class Parrot:
    """In the dispatcher's place: hears everything, says `answer`, or else what it heard."""

    answer: str = ""
    heard: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def dispatch(self, message: Message) -> str:
        self.heard.append(message.text)
        return self.answer or message.text

    def set_aside(self, reason: str, content: str) -> None:
        self.unreadable.append(reason)


def webhook_of(parrot: Parrot) -> Flask:
    """The webhook, in safe mode, with the parrot behind it."""
    app = Flask("webhook")
    mode = SafeMode(Cipher(TOKEN, APPID, AES_KEY))
    app.register_blueprint(create_webhook([mode], cast(Dispatcher, parrot)))
    return app


def push(app: Flask, peer: Peer, text: str) -> TestResponse:
    """A text message posted to the webhook, encrypted and signed by the peer."""
    now = str(int(time.time()))
    sealed = peer.seal(
        f"<xml><ToUserName>gh_test</ToUserName><FromUserName>oUSER</FromUserName><CreateTime>{now}</CreateTime>"
        f"<MsgType>text</MsgType><Content>{escape(text)}</Content><MsgId>24086087575195331</MsgId></xml>"
    )
    query = {
        "signature": sign(TOKEN, now, NONCE),
        "timestamp": now,
        "nonce": NONCE,
        "openid": "oUSER",
        "encrypt_type": "aes",
        "msg_signature": peer.sign(now, NONCE, sealed),
    }
    body = f"<xml><ToUserName><![CDATA[gh_test]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    return app.test_client().post("/wechat", query_string=query, data=body.encode(), content_type="text/xml")


def read(response: TestResponse, peer: Peer) -> str:
    """The content of the webhook's answer, verified and decrypted by the peer."""
    assert response.status_code == 200
    outer = ElementTree.fromstring(response.get_data(as_text=True))
    sealed, signature, timestamp, nonce = (
        outer.findtext(name, "") for name in ("Encrypt", "MsgSignature", "TimeStamp", "Nonce")
    )
    assert peer.sign(timestamp, nonce, sealed) == signature
    text, appid = peer.open(sealed)
    assert appid == APPID
    reply = ElementTree.fromstring(text)
    assert (reply.findtext("ToUserName"), reply.findtext("FromUserName")) == ("oUSER", "gh_test")
    return reply.findtext("Content", "")


class Contract:
    """Inherited for each peer; the subclass has the fixture `make_peer`."""

    @pytest.fixture
    def peer(self, make_peer: MakePeer) -> Peer:
        return make_peer(TOKEN, AES_KEY, APPID)

    def test_the_peer_itself_agrees_with_the_published_vectors(self, peer: Peer) -> None:
        assert peer.open(CHINESE_PUSH) == (CHINESE_MESSAGE, APPID)
        assert peer.open(OFFICIAL_PUSH)[0].endswith('"debug_str":"hello world"}')
        assert peer.sign("1714112445", NONCE, OFFICIAL_PUSH) == "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"

    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
    def test_the_webhook_reads_and_is_read(self, peer: Peer, text: str) -> None:
        parrot = Parrot()
        assert read(push(webhook_of(parrot), peer, text), peer) == text
        assert parrot.heard == [text]

    def test_the_webhook_reads_a_long_text(self, peer: Peer) -> None:
        parrot = Parrot("收到")
        assert read(push(webhook_of(parrot), peer, LONG), peer) == "收到"
        assert parrot.heard == [LONG]

    def test_every_length_of_padding_both_ways(self, peer: Peer) -> None:
        cipher, envelope = Cipher(TOKEN, APPID, AES_KEY), Envelope(AES_KEY, APPID)
        for size in range(33):
            text = "x" * size
            sealed = peer.seal(text)
            assert (cipher.decrypt(sealed), envelope.open(sealed)) == (text, text)
            assert peer.open(cipher.encrypt(text, "1714112445", NONCE).encrypt) == (text, APPID)
            assert peer.open(envelope.seal(text)) == (text, APPID)

    @pytest.mark.parametrize("text", [*TEXTS.values(), LONG], ids=[*TEXTS, "long"])
    def test_the_rehearsal_platform_reads_and_is_read(self, peer: Peer, text: str) -> None:
        envelope = Envelope(AES_KEY, APPID)
        sealed = peer.seal(text)
        assert envelope.open(sealed) == text
        assert sign(TOKEN, "1714112445", NONCE, sealed) == peer.sign("1714112445", NONCE, sealed)
        assert peer.open(envelope.seal(text)) == (text, APPID)

    def test_another_token_or_another_account_is_forged(self, make_peer: MakePeer) -> None:
        parrot = Parrot()
        for stranger in (make_peer("BBBBB", AES_KEY, APPID), make_peer(TOKEN, AES_KEY, "wx0000000000000000")):
            response = push(webhook_of(parrot), stranger, "报名")
            assert (response.status_code, response.data) == (403, b"")
        assert (parrot.heard, parrot.unreadable) == ([], [])

    def test_another_key_is_unreadable_and_set_aside(self, make_peer: MakePeer) -> None:
        parrot = Parrot()
        response = push(webhook_of(parrot), make_peer(TOKEN, "B" * 43, APPID), "报名")
        assert (response.status_code, response.data) == (200, b"success")
        assert (parrot.heard, len(parrot.unreadable)) == ([], 1)
