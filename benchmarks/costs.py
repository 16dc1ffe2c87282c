"""What single steps cost: our crypto beside the library's, and the Redis round trips of an answer."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time, time
from typing import Any
from unittest.mock import patch

from redis.connection import UnixDomainSocketConnection
from wechatpy.crypto import WeChatCrypto

from benchmarks.load import AES_KEY, APPID, ENVELOPE, TOKEN, timed
from bot.dispatch import Dispatcher
from bot.simulator.crypto import sign
from bot.wechat.crypto import Cipher
from handlers import router
from handlers.messages import Message
from storage import Store
from storage.wires import Wire

XML = "<xml><Content><![CDATA[进度 12345.67元 321人次]]></Content><MsgId>24602845732154356</MsgId></xml>" * 3
TIMES, TURNS = 500, 8
_numbers = count()


@dataclass(slots=True)
class Trips:
    """The commands sent to Redis, each sending (one round trip) by what it said."""

    sent: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{len(self.sent)}: {' · '.join(self.sent)}"


def fdatasync_seconds(folder: Path) -> float:
    """What the disk takes to keep 2 KB for good: the floor of every durable step."""
    with (folder / "fdatasync").open("wb", buffering=0) as file:

        def keep() -> None:
            file.write(b"x" * 2048)
            os.fdatasync(file)

        return median(timed(keep, TIMES))


def crypto_microseconds() -> tuple[float, float]:
    """CPU time to verify, decrypt, encrypt and sign one message and its reply: ours, wechatpy's."""
    ours, library = Cipher(TOKEN, APPID, AES_KEY), WeChatCrypto(TOKEN, AES_KEY, APPID)
    stamp, nonce, sealed = "1400000000", "1234567890", ENVELOPE.seal(XML)
    signature = sign(TOKEN, stamp, nonce, sealed)
    pushed = f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"

    def own() -> None:
        ours.verify(signature, stamp, nonce, sealed)
        ours.encrypt(ours.decrypt(sealed), stamp, nonce)

    def theirs() -> None:
        library.encrypt_message(library.decrypt_message(pushed, signature, stamp, nonce), nonce, stamp)

    best = {own: float("inf"), theirs: float("inf")}
    for _ in range(TURNS):
        for action in best:
            started = process_time()
            for _ in range(TIMES):
                action()
            best[action] = min(best[action], (process_time() - started) / TIMES * 1e6)
    return best[own], best[theirs]


def round_trips(store: Store, openid: str, text: str) -> Trips:
    """The round trips of the second of two messages of a person: her first also fills what the process keeps."""
    dispatcher = Dispatcher(store, router, per_minute=1_000_000)
    dispatcher.dispatch(message(openid, text.format(1)))
    with _watched() as trips:
        dispatcher.dispatch(message(openid, text.format(2)))
    return trips


def message(openid: str, text: str) -> Message:
    """A text as the webhook hands it on."""
    return Message(f"bench{next(_numbers)}", openid, "gh_0123456789ab", "text", int(time()), text)


@contextmanager
def _watched() -> Iterator[Trips]:
    """Note every sending while the block runs: what goes over a wire, and what the client sends."""
    trips, send, exchange = Trips(), UnixDomainSocketConnection.send_packed_command, Wire.exchange

    def sending(self: Any, command: Any, check_health: bool = True) -> None:
        trips.sent.append(_named(command if isinstance(command, bytes) else b"".join(command)))
        send(self, command, check_health)  # type: ignore[no-untyped-call]  # redis has no annotations here

    def exchanging(self: Wire, packed: bytes, number: int) -> list[Any]:
        trips.sent.append(_named(packed))
        return exchange(self, packed, number)

    with (
        patch.object(UnixDomainSocketConnection, "send_packed_command", sending),
        patch.object(Wire, "exchange", exchanging),
    ):
        yield trips


def _named(raw: bytes) -> str:
    """The commands of one sending: `3 HGET, HMGET`."""
    names: Counter[str] = Counter()
    while raw.startswith(b"*"):
        head, raw = raw[1:].split(b"\r\n", 1)
        for place in range(int(head)):
            size, raw = raw[1:].split(b"\r\n", 1)
            if place == 0:
                names[raw[: int(size)].decode()] += 1
            raw = raw[int(size) + 2 :]
    return ", ".join(name if times == 1 else f"{times} {name}" for name, times in names.items())
