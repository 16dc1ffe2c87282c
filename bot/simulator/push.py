"""The message-server half: delivers what people do to the bot's webhook, and judges what comes back."""

import secrets
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import requests

from bot.simulator.crypto import Envelope, sign
from bot.simulator.judge import SILENT, BadAnswer, read_reply, unseal
from bot.simulator.platform import FAULT_BANNER, Platform
from bot.simulator.wire import Fields, line_of, to_xml, trigger_of

Mode = Literal["safe", "plain"]

DEADLINE_SECONDS = 5.0
DELIVERIES = 3
HEADERS = {"Content-Type": "text/xml", "User-Agent": "Mozilla/4.0"}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One POST to the webhook. `status` is 0 and `error` says why when no whole answer came in time."""

    status: int
    seconds: float
    answer: bytes = b""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message: its fields, every attempt, and either the reply or the fault (both '':
    silent).
    """

    fields: Fields
    attempts: tuple[Attempt, ...]
    reply: str = ""
    fault: str = ""

    @property
    def shown(self) -> str:
        """What the person sees: the reply, nothing, or the platform's fault banner."""
        return FAULT_BANNER if self.fault else self.reply


class MessageServer:
    """Posts signed (in `safe` mode encrypted) messages to one webhook, as WeChat does.

    An attempt may take `deadline` real seconds; on no answer in time, a broken connection or a status other
    than 200 the same fields are sent again, newly signed, up to three times. Signatures and CreateTime are
    real time, windows and transcripts are on the platform's clock. Safe from any thread; each thread keeps
    its own connection.
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
    ) -> None:
        self.platform = platform
        self._url = webhook_url
        self._token = token
        self._envelope = Envelope(aes_key, appid) if mode == "safe" else None
        self._deadline = deadline
        self._local = threading.local()

    def deliver(self, fields: Fields) -> Delivery:
        """Delivers one action of a person until it is answered, and shows her the outcome.

        `fields` needs MsgType and, in FromUserName, somebody the platform knows; ToUserName, CreateTime and
        (for messages) MsgId are added.
        """
        whole = self._complete(fields)
        self._note(whole)
        attempts: list[Attempt] = []
        while len(attempts) < DELIVERIES and not (attempts and attempts[-1].status == 200):
            attempts.append(self._attempt(whole))
        delivery = self._judge(whole, tuple(attempts))
        self._show(delivery)
        return delivery

    def deliver_copies(self, fields: Fields, copies: int = DELIVERIES, *, at_once: bool) -> list[Delivery]:
        """Delivers the same message several times although it is answered: at once or one after another.

        Each copy is judged for itself; the person sees the first outcome.
        """
        whole = self._complete(fields)
        self._note(whole)
        with ThreadPoolExecutor(copies if at_once else 1) as threads:
            attempts = list(threads.map(self._attempt, [whole] * copies))
        deliveries = [self._judge(whole, (attempt,)) for attempt in attempts]
        self._show(deliveries[0])
        return deliveries

    def _complete(self, fields: Fields) -> Fields:
        added: dict[str, str | int] = {"ToUserName": self.platform.account, "CreateTime": int(time.time())}
        if fields["MsgType"] != "event":
            added["MsgId"] = 10**17 + secrets.randbelow(9 * 10**18)
        return {**added, **fields}

    def _note(self, fields: Fields) -> None:
        openid = str(fields["FromUserName"])
        trigger = trigger_of(fields)
        if trigger:
            self.platform.acted(openid, trigger)
        self.platform.record(openid, "event" if fields["MsgType"] == "event" else "said", line_of(fields))

    def _attempt(self, fields: Fields) -> Attempt:
        query, body = self._pack(fields)
        started = time.monotonic()
        try:
            response = self._session().post(
                self._url,
                params=query,
                data=body,
                headers=HEADERS,
                timeout=self._deadline,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            return Attempt(0, time.monotonic() - started, error=type(error).__name__)
        seconds = time.monotonic() - started
        if seconds > self._deadline:
            return Attempt(0, seconds, error="answered too late")
        return Attempt(response.status_code, seconds, response.content)

    def _pack(self, fields: Fields) -> tuple[Mapping[str, str], bytes]:
        timestamp = str(int(time.time()))
        nonce = str(secrets.randbelow(9 * 10**9) + 10**9)
        xml = to_xml(fields)
        query = {
            "signature": sign(self._token, timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
            "openid": str(fields["FromUserName"]),
        }
        if self._envelope is None:
            return query, xml.encode()
        sealed = self._envelope.seal(xml)
        query |= {"encrypt_type": "aes", "msg_signature": sign(self._token, timestamp, nonce, sealed)}
        return query, to_xml({"ToUserName": str(fields["ToUserName"]), "Encrypt": sealed}).encode()

    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
            self._local.session.trust_env = False
        session: requests.Session = self._local.session
        return session

    def _judge(self, fields: Fields, attempts: tuple[Attempt, ...]) -> Delivery:
        last = attempts[-1]
        if last.status != 200:
            return Delivery(fields, attempts, fault=last.error or f"HTTP {last.status}")
        if last.answer in SILENT:
            return Delivery(fields, attempts)
        try:
            reply = unseal(last.answer, self._envelope, self._token) if self._envelope else last.answer
            shown = read_reply(reply, str(fields["FromUserName"]), str(fields["ToUserName"]))
        except BadAnswer as fault:
            return Delivery(fields, attempts, fault=str(fault))
        return Delivery(fields, attempts, reply=shown)

    def _show(self, delivery: Delivery) -> None:
        openid = str(delivery.fields["FromUserName"])
        if delivery.shown and self.platform.is_following(openid):
            self.platform.record(openid, "fault" if delivery.fault else "reply", delivery.shown)
