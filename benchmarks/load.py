"""A load generator that costs little: requests made beforehand, raw keep-alive sockets, answers judged afterwards."""

import secrets
import selectors
import socket
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter, sleep, time

from bot.simulator.crypto import Envelope, sign
from bot.simulator.judge import BadAnswer, unseal
from bot.simulator.wire import Fields, to_xml

TOKEN, APPID, AES_KEY = "a-token-for-measuring", "wx0123456789abcdef", "c" * 43
ACCOUNT = "gh_0123456789ab"
ENVELOPE = Envelope(AES_KEY, APPID)
ANSWER_SECONDS = 10.0
"""How long the generator waits for anything at all before it gives the rest up as failed."""


@dataclass(frozen=True, slots=True)
class Request:
    """One signed, encrypted message, ready for the socket, who sent it, and what it says."""

    openid: str
    wire: bytes
    text: str = ""


@dataclass(slots=True)
class Outcome:
    """What a run measured. `failed` counts every request without a 200 and the answer it should have."""

    sent: int
    seconds: float
    latencies: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def rate(self) -> float:
        """Answers per second."""
        return (self.sent - self.failed) / self.seconds

    def latency_ms(self, percent: int) -> float:
        return quantiles(self.latencies, n=100)[percent - 1] * 1000 if len(self.latencies) > 1 else float("inf")


def request(openid: str, text: str) -> Request:
    """A text message of a person as WeChat posts it in safe mode, made now (it is good for 300 s)."""
    stamp, nonce = str(int(time())), str(secrets.randbelow(9 * 10**9) + 10**9)
    fields: Fields = {
        "ToUserName": ACCOUNT,
        "FromUserName": openid,
        "CreateTime": int(time()),
        "MsgType": "text",
        "Content": text,
        "MsgId": 10**17 + secrets.randbelow(9 * 10**17),
    }
    sealed = ENVELOPE.seal(to_xml(fields))
    query = (
        f"signature={sign(TOKEN, stamp, nonce)}&timestamp={stamp}&nonce={nonce}&openid={openid}"
        f"&encrypt_type=aes&msg_signature={sign(TOKEN, stamp, nonce, sealed)}"
    )
    body = to_xml({"ToUserName": ACCOUNT, "Encrypt": sealed}).encode()
    head = (
        f"POST /wechat?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/4.0\r\n"
        f"Content-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return Request(openid, head.encode() + body, text)


def run(
    port: int,
    requests: Sequence[Request],
    expected: str | None,
    connections: int,
    per_second: float | None = None,
) -> Outcome:
    """Send everything over a few connections, each waiting for its answer before its next request.

    `per_second` spaces the requests evenly; without it every connection is always busy. The answers are decrypted
    after the clock has stopped: each must begin with `expected`, or repeat what was said where that is None.
    """
    with _Traffic(port, connections) as traffic:
        started = perf_counter()
        answers, latencies = traffic.carry(requests, 1 / per_second if per_second else 0.0)
        seconds = perf_counter() - started
    good = sum(is_good(sent, answer, expected) for sent, answer in answers)
    return Outcome(len(requests), seconds, latencies, failed=len(requests) - good)


def ask(port: int, openid: str, text: str, expected: str) -> None:
    """Send one message. Raises `OSError` or `BadAnswer` where the answer does not begin as expected."""
    with _Traffic(port, 1) as traffic:
        ((sent, answer),), _ = traffic.carry([request(openid, text)], 0.0)
    _check(sent, answer, expected)


def timed(action: Callable[[], object], times: int) -> list[float]:
    """How long each of several calls took, in seconds."""
    took = []
    for _ in range(times):
        started = perf_counter()
        action()
        took.append(perf_counter() - started)
    return took


class _Traffic:
    """Open connections, and the exchange of requests and answers over them."""

    def __init__(self, port: int, connections: int) -> None:
        self._selector = selectors.DefaultSelector()
        self._lines = [_Line(port) for _ in range(connections)]
        for line in self._lines:
            self._selector.register(line.socket, selectors.EVENT_READ, line)

    def __enter__(self) -> "_Traffic":
        return self

    def __exit__(self, *_: object) -> None:
        self._selector.close()
        for line in self._lines:
            line.socket.close()

    def carry(self, requests: Iterable[Request], spacing: float) -> tuple[list[tuple[Request, bytes]], list[float]]:
        """The answers that came (headers included) and the seconds each took."""
        waiting, idle = deque(requests), deque(self._lines)
        answers: list[tuple[Request, bytes]] = []
        latencies: list[float] = []
        due = perf_counter()
        while waiting or len(idle) < len(self._lines):
            while waiting and idle and perf_counter() >= due:
                idle.popleft().send(waiting.popleft())
                due += spacing
            patience = max(due - perf_counter(), 0) if waiting and idle else ANSWER_SECONDS
            ready = self._selector.select(patience)
            if not ready and patience == ANSWER_SECONDS:
                break
            for key, _ in ready:
                line: _Line = key.data
                answer = line.receive()
                if answer is None:
                    continue
                latencies.append(perf_counter() - line.sent_at)
                answers.append((line.request, answer))
                idle.append(line)
        return answers, latencies


class _Line:
    """One keep-alive connection with at most one request under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), ANSWER_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self.request = Request("", b"")
        self._read = b""

    def send(self, request: Request) -> None:
        self.request, self._read, self.sent_at = request, b"", perf_counter()
        self.socket.sendall(request.wire)

    def receive(self) -> bytes | None:
        """The whole answer, or None while there is more to come. Raises `OSError` where the server hangs up."""
        part = self.socket.recv(16384)
        if not part:
            raise ConnectionError("the server hung up")
        self._read += part
        head, blank, body = self._read.partition(b"\r\n\r\n")
        if not blank or len(body) < _length(head):
            return None
        return self._read


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0


def _check(sent: Request, answer: bytes, expected: str) -> None:
    """Raises `BadAnswer` for anything but a sealed text to the sender that begins as expected."""
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise BadAnswer(head[:40].decode(errors="replace"))
    reply = unseal(body, ENVELOPE, TOKEN).decode()
    if f"<ToUserName><![CDATA[{sent.openid}]]>" not in reply or f"<Content><![CDATA[{expected}" not in reply:
        raise BadAnswer(reply)


def is_good(sent: Request, answer: bytes, expected: str | None) -> bool:
    """Whether an answer, headers included, is a sealed text to the sender that begins as expected."""
    try:
        _check(sent, answer, sent.text if expected is None else expected)
    except BadAnswer:
        return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, give_up: float) -> None:
    """Wait until somebody listens; `give_up` in seconds. Raises `OSError`."""
    until = perf_counter() + give_up
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except ConnectionRefusedError:
            if perf_counter() > until:
                raise
            sleep(0.01)
        else:
            return
