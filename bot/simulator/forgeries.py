"""What may reach a webhook and does not come from the platform, or is not what the platform sends."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.simulator.crypto import sign
from bot.simulator.fields import Fields, to_xml
from bot.simulator.packets import Manner, Packer, Packet

OUT_OF_WINDOW = 600
MEGABYTE = 1024 * 1024
OTHER_KEY, OTHER_APPID = "A" * 43, "wxfffffffffffffff0"
LIES = {"Content": "进度 999999元 1人次"}
ENTITIES = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMB = f'<!DOCTYPE xml [<!ENTITY a "lol">{ENTITIES}]>'
"""A thousand million words out of one, for a parser that follows."""


def _tampered(packer: Packer, fields: Fields) -> Packet:
    """A body under the signature of another one; only the encrypted modes can tell."""
    return replace(packer.pack(fields), body=packer.pack({**fields, **LIES}).body)


def _downgraded(packer: Packer, fields: Fields) -> Packet:
    """In the clear to an account that encrypts, with a `signature` that is right."""
    return replace(packer.pack(fields).with_query(encrypt_type="", msg_signature=""), body=to_xml(fields).encode())


def _repeated(packer: Packer, fields: Fields) -> Packet:
    packet = packer.pack(fields)
    return replace(packet, query=(*packet.query, ("signature", "0" * 40)))


def _shortened(packer: Packer, fields: Fields) -> Packet:
    """A well signed ciphertext that has lost its last bytes."""
    packet = packer.pack(fields)
    if packer.envelope is None:
        return replace(packet, body=packet.body[:-16])
    query, sealed = dict(packet.query), packer.envelope.seal(to_xml(fields))[:-24]
    signature = sign(packer.token, query["timestamp"], query["nonce"], sealed)
    body = to_xml({"ToUserName": fields["ToUserName"], "Encrypt": sealed}).encode()
    return replace(packet.with_query(msg_signature=signature), body=body)


def _bombed(packer: Packer, fields: Fields) -> Packet:
    return packer.pack_text(BOMB + to_xml(fields).replace("<xml>", "<xml><Title>&i;</Title>"), fields)


def _bombed_outside(packer: Packer, fields: Fields) -> Packet:
    packet = packer.pack(fields)
    return replace(packet, body=BOMB.encode() + packet.body.replace(b"<xml>", b"<xml><Title>&i;</Title>"))


FORGERIES: Mapping[str, Callable[[Packer, Fields], Packet]] = {
    "unsigned": lambda packer, fields: packer.pack(fields).with_query(signature="", msg_signature=""),
    "wrong_signature": lambda p, fields: p.pack(fields).with_query(signature="0" * 40, msg_signature="0" * 40),
    "other_token": lambda packer, fields: packer.sibling(token="guessed").pack(fields),
    "tampered": _tampered,
    "stale": lambda packer, fields: packer.pack(fields, Manner(skew=-OUT_OF_WINDOW)),
    "ahead": lambda packer, fields: packer.pack(fields, Manner(skew=OUT_OF_WINDOW)),
    "downgraded": _downgraded,
    "repeated_argument": _repeated,
    "megabyte": lambda packer, fields: packer.pack({**fields, "Padding": "A" * MEGABYTE}),
    "other_key": lambda packer, fields: packer.sibling(aes_key=OTHER_KEY).pack(fields),
    "other_appid": lambda packer, fields: packer.sibling(appid=OTHER_APPID).pack(fields),
    "shortened": _shortened,
    "dtd_bomb": _bombed,
    "outer_dtd_bomb": _bombed_outside,
    "not_xml": lambda packer, fields: packer.pack_text("\x01 nothing <", fields),
    "empty_body": lambda packer, fields: replace(packer.pack(fields), body=b""),
}
"""By name. In plain mode, where there is nothing to forge, `tampered`, `downgraded`, `other_key` and `other_appid` are
messages as good as any.
"""
