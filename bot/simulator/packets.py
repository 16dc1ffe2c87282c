"""One POST to the webhook, as the platform writes it in each mode."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bot.simulator.crypto import Envelope, sign
from bot.simulator.fields import Fields, to_json, to_xml

Mode = Literal["safe", "plain", "compatible"]
Form = Literal["xml", "json"]

CONTENT_TYPES: Mapping[Form, str] = {"xml": "text/xml", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class Packet:
    """`query` may repeat a name."""

    query: tuple[tuple[str, str], ...]
    body: bytes
    form: Form = "xml"

    @property
    def headers(self) -> Mapping[str, str]:
        return {"Content-Type": CONTENT_TYPES[self.form], "User-Agent": "Mozilla/4.0"}

    def with_query(self, **changes: str) -> "Packet":
        """The same with other arguments; an empty one is left out."""
        merged = dict(self.query) | changes
        return replace(self, query=tuple((name, value) for name, value in merged.items() if value))


@dataclass(frozen=True, slots=True)
class Manner:
    """How a packet is written: `skew` is by how many seconds the platform's clock is ahead, `spaced` sets white space
    around the ciphertext.
    """

    form: Form = "xml"
    skew: int = 0
    spaced: bool = False


USUAL = Manner()


class Packer:
    """Writes for one account: signed with `token`, encrypted with `aes_key` unless the mode is plain."""

    def __init__(self, token: str, appid: str, aes_key: str, mode: Mode) -> None:
        self.token = token
        self.mode = mode
        self._appid = appid
        self._aes_key = aes_key
        self.envelope = None if mode == "plain" else Envelope(aes_key, appid)

    def sibling(self, *, token: str = "", appid: str = "", aes_key: str = "") -> "Packer":
        """Somebody who has one thing wrong."""
        return Packer(token or self.token, appid or self._appid, aes_key or self._aes_key, self.mode)

    def pack(self, fields: Fields, manner: Manner = USUAL) -> Packet:
        """A push: signed now, with a fresh nonce."""
        return self.pack_text(to_json(fields) if manner.form == "json" else to_xml(fields), fields, manner)

    def pack_text(self, text: str, fields: Fields, manner: Manner = USUAL) -> Packet:
        """The same with `text` inside, which may be anything; `fields` tell the names outside."""
        timestamp, nonce = str(int(time.time()) + manner.skew), str(secrets.randbelow(9 * 10**9) + 10**9)
        signed = (("signature", sign(self.token, timestamp, nonce)), ("timestamp", timestamp), ("nonce", nonce))
        query = (*signed, ("openid", str(fields["FromUserName"])))
        if self.envelope is None:
            return Packet(query, text.encode(), manner.form)
        sealed = self.envelope.seal(text)
        signature = sign(self.token, timestamp, nonce, sealed)
        encrypted = (("encrypt_type", "aes"), ("msg_signature", signature))
        return Packet(query + encrypted, self._outer(fields, sealed, manner), manner.form)

    def verification(self) -> tuple[dict[str, str], str]:
        """The arguments of the GET with which the platform verifies an address, and the echo it wants to see."""
        timestamp, nonce, echo = str(int(time.time())), str(secrets.randbelow(10**10)), str(secrets.randbelow(10**19))
        signature = sign(self.token, timestamp, nonce)
        return {"signature": signature, "timestamp": timestamp, "nonce": nonce, "echostr": echo}, echo

    def _outer(self, fields: Fields, sealed: str, manner: Manner) -> bytes:
        """In compatible mode the plain fields stand beside the ciphertext."""
        beside = fields if self.mode == "compatible" else {"ToUserName": fields["ToUserName"]}
        if manner.form == "json":
            return to_json({**beside, "Encrypt": sealed}).encode()
        xml = to_xml({**beside, "Encrypt": sealed})
        return (xml.replace(sealed, f"\n  {sealed}\n") if manner.spaced else xml).encode()
