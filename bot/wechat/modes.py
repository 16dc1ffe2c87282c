"""The two ways WeChat's pushes come and our replies go: in plain text, or signed and encrypted."""

import re
from dataclasses import dataclass
from typing import Protocol

from bot.wechat.crypto import Cipher, Forged, Signer, Unreadable

_ENCRYPT_XML = re.compile(rb"<Encrypt>\s*(?:<!\[CDATA\[\s*)?([A-Za-z0-9+/=]{1,65536})\s*(?:\]\]>\s*)?</Encrypt>")
_ENCRYPT_JSON = re.compile(rb'"Encrypt"\s*:\s*"([A-Za-z0-9+/=\\]{1,65536})"')


@dataclass(frozen=True, slots=True)
class Query:
    """The query of a push, each argument given at most once and well-formed; an absent one is empty."""

    timestamp: str
    nonce: str
    signature: str
    msg_signature: str
    encrypt_type: str


class Mode(Protocol):
    """How a push is opened and a reply is sealed. `signer` also verifies the address of the webhook (GET)."""

    @property
    def signer(self) -> Signer: ...

    def open(self, query: Query, body: bytes) -> str:
        """The message text of a push whose `signature` has been verified. Raises Forged or Unreadable."""

    def seal(self, xml: str, query_nonce: str, now: int) -> str:
        """The body to answer with. `now` is Unix seconds."""


class PlainMode:
    """Plain text. The signature covers neither the body nor the openid, so this is for rehearsal."""

    def __init__(self, signer: Signer) -> None:
        self.signer = signer

    def open(self, query: Query, body: bytes) -> str:
        try:
            return body.decode()
        except UnicodeDecodeError:
            raise Unreadable("the body is not UTF-8") from None

    def seal(self, xml: str, query_nonce: str, now: int) -> str:
        return xml


class SafeMode:
    """Encrypted both ways. A push without its encrypted form is refused, however well it is signed."""

    def __init__(self, cipher: Cipher) -> None:
        self.signer = cipher
        self._cipher = cipher

    def open(self, query: Query, body: bytes) -> str:
        if query.encrypt_type != "aes" or not query.msg_signature:
            raise Forged("plain text where only encrypted pushes are accepted")
        encrypted = _ciphertext(body)
        self._cipher.verify(query.msg_signature, query.timestamp, query.nonce, encrypted)
        return self._cipher.decrypt(encrypted)

    def seal(self, xml: str, query_nonce: str, now: int) -> str:
        encrypted, signature, timestamp, nonce = self._cipher.encrypt(xml, str(now), query_nonce)
        return (
            f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt>"
            f"<MsgSignature><![CDATA[{signature}]]></MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
        )


def _ciphertext(body: bytes) -> str:
    """The Encrypt field, found without parsing what is not yet verified."""
    if found := _ENCRYPT_XML.search(body):
        return found[1].decode()
    if found := _ENCRYPT_JSON.search(body):
        return found[1].replace(b"\\/", b"/").decode()
    raise Forged("no Encrypt in the body")
