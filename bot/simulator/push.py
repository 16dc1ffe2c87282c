"""The message-server half: delivers what people say to the bot's webhook, and judges what comes back."""

import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from bot.simulator.errors import ApiError
from bot.simulator.forgeries import FORGERIES
from bot.simulator.judge import SILENT, BadAnswer, is_sealed, json_as_xml, read_reply, unseal
from bot.simulator.packets import USUAL, Form, Manner, Mode, Packer, Packet
from bot.simulator.platform import FAULT_BANNER, EntryKind, Platform
from bot.simulator.poster import Attempt, Poster
from bot.simulator.shown import Shown
from bot.simulator.wire import Fields, Value, is_shown, line_of, may_be_answered, trigger_of

__all__ = ["Attempt", "Delivery", "Late", "MessageServer", "Mode"]

DEADLINE_SECONDS = 5.0
DELIVERIES = 3
NOTHING = Shown("")

Repeats = Literal["signed anew", "to the letter"]
"""How a message is delivered again; which of the two the real platform does is not documented."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message: its fields, every attempt, and either what is seen of the reply, or the fault."""

    fields: Fields
    attempts: tuple[Attempt, ...]
    seen: Shown = NOTHING
    fault: str = ""

    @property
    def reply(self) -> str:
        """What the bot answered, in words."""
        return self.seen.text

    @property
    def shown(self) -> str:
        """What the person sees: the reply, nothing, or the platform's fault banner."""
        if not may_be_answered(self.fields):
            return ""
        return FAULT_BANNER if self.fault else self.reply


@dataclass(frozen=True, slots=True)
class Late:
    """An answer that nobody waited for any more, to the message with these fields."""

    fields: Fields
    attempt: Attempt


class MessageServer:
    """Posts signed (in `safe` mode encrypted, in `compatible` mode both) messages to one webhook, as WeChat does.

    An attempt may take `deadline` real seconds; on no answer in time, a broken connection or a status other than 200
    the same fields are sent again, up to three times in all, even while the bot still works on the last one.
    Signatures and CreateTime are real time, windows and transcripts are on the platform's clock. Safe from any thread.
    """

    def __init__(
        self,
        webhook_url: str,
        token: str,
        appid: str,
        aes_key: str,
        mode: Mode,
        platform: Platform,
        deadline: float = DEADLINE_SECONDS,
        repeats: Repeats = "signed anew",
        has_media: Callable[[str], bool] | None = None,
    ) -> None:
        """`has_media`: whether the account keeps a media_id; by default where this platform does."""
        self.platform = platform
        self._has_media = has_media or self._keeps
        self.late: list[Late] = []
        self._packer = Packer(token, appid, aes_key, mode)
        self._poster = Poster(webhook_url, deadline)
        self._repeats = repeats
        self._last: Packet | None = None

    def verify_address(self) -> bool:
        """Whether the webhook answers the platform's GET with the echo, as the console asks when it is configured."""
        return self._poster.verifies(self._packer)

    def deliver(self, fields: Fields, manner: Manner = USUAL) -> Delivery:
        """Delivers one action of a person until it is answered, and shows her the outcome.

        `fields` needs MsgType and, in FromUserName, somebody the platform knows; ToUserName, CreateTime and (for
        messages) MsgId are added.
        """
        whole = self._complete(fields)
        self._note(whole)
        packet = self._packer.pack(whole, manner)
        attempts = [self._attempt(whole, packet)]
        while len(attempts) < DELIVERIES and attempts[-1].status != 200:
            if self._repeats == "signed anew":
                packet = self._packer.pack(whole, manner)
            attempts.append(self._attempt(whole, packet))
        delivery = self._judge(whole, tuple(attempts), manner.form)
        self._show(delivery)
        return delivery

    def deliver_copies(self, fields: Fields, copies: int = DELIVERIES, *, at_once: bool) -> list[Delivery]:
        """Delivers the same message several times although it is answered: at once or one after another.

        Each copy is judged for itself; the person sees the first outcome.
        """
        whole = self._complete(fields)
        self._note(whole)
        with ThreadPoolExecutor(copies if at_once else 1) as threads:
            packets = [self._packer.pack(whole) for _ in range(copies)]
            attempts = list(threads.map(self._attempt, [whole] * copies, packets))
        deliveries = [self._judge(whole, (attempt,), USUAL.form) for attempt in attempts]
        self._show(deliveries[0])
        return deliveries

    def deliver_due(self) -> list[Delivery]:
        """Lets the platform do and tell what is due on its clock: the ends of jobs that were accepted earlier."""
        with self.platform.lock:
            due = self.platform.agenda.take_due()
        return [self.deliver(fields) for fields in due]

    def attack(self, fields: Fields, forgery: str) -> Attempt:
        """Posts one of the FORGERIES, once. Nobody sees anything of it."""
        whole = self._complete(fields)
        return self._poster.post(FORGERIES[forgery](self._packer, whole), lambda _: None)

    def replay(self) -> Attempt:
        """Posts the last genuine request once more, to the letter. Raises LookupError before there was one."""
        if self._last is None:
            raise LookupError("nothing was sent yet")
        return self._poster.post(self._last, lambda _: None)

    def _complete(self, fields: Fields) -> Fields:
        """In the order in which WeChat writes them."""
        head: dict[str, Value] = {
            "ToUserName": self.platform.account,
            "FromUserName": fields["FromUserName"],
            "CreateTime": int(time.time()),
        }
        if fields["MsgType"] == "event":
            return {**head, **fields}
        return {**head, **fields, "MsgId": fields.get("MsgId", 10**17 + secrets.randbelow(9 * 10**18))}

    def _note(self, fields: Fields) -> None:
        if not is_shown(fields):
            return
        openid = str(fields["FromUserName"])
        trigger = trigger_of(fields)
        if trigger:
            self.platform.acted(openid, trigger)
        picture = str(fields["MediaId"]) if fields["MsgType"] == "image" else ""
        kind: EntryKind = "event" if fields["MsgType"] == "event" else "said"
        self.platform.show(openid, kind, Shown(line_of(fields), picture))

    def _attempt(self, fields: Fields, packet: Packet) -> Attempt:
        self._last = packet
        return self._poster.post(packet, lambda attempt: self.late.append(Late(fields, attempt)))

    def _judge(self, fields: Fields, attempts: tuple[Attempt, ...], form: Form) -> Delivery:
        last = attempts[-1]
        if last.status != 200:
            return Delivery(fields, attempts, fault=last.error or f"HTTP {last.status}")
        if last.answer in SILENT:
            return Delivery(fields, attempts)
        try:
            shown = self._read(json_as_xml(last.answer) if form == "json" else last.answer, fields, form)
        except BadAnswer as fault:
            return Delivery(fields, attempts, fault=str(fault))
        if not may_be_answered(fields):
            self.platform.warn(f"{fields.get('Event')} was answered, but nobody sees it: {shown.text[:40]}")
        return Delivery(fields, attempts, shown)

    def _read(self, answer: bytes, fields: Fields, form: Form) -> Shown:
        envelope = self._packer.envelope
        if envelope is not None and (self._packer.mode == "safe" or is_sealed(answer)):
            answer = unseal(answer, envelope, self._packer.token)
            answer = json_as_xml(answer) if form == "json" else answer
        return read_reply(answer, str(fields["FromUserName"]), str(fields["ToUserName"]), self._has_media)

    def _keeps(self, media_id: str) -> bool:
        with self.platform.lock:
            try:
                self.platform.media.find(media_id)
            except ApiError:
                return False
        return True

    def _show(self, delivery: Delivery) -> None:
        openid = str(delivery.fields["FromUserName"])
        if delivery.shown and self.platform.is_following(openid):
            if delivery.fault:
                self.platform.record(openid, "fault", delivery.shown)
            else:
                self.platform.show(openid, "reply", delivery.seen)
