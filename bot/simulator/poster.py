"""Posts packets to one webhook and waits for the answer as long as the platform does."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import requests

from bot.simulator.packets import Packer, Packet

LISTENED_ON = 2
"""After the deadline an answer is waited for as many deadlines more, only to be logged."""

THREADS = 128


@dataclass(frozen=True, slots=True)
class Attempt:
    """One POST to the webhook. `status` is 0 and `error` says why when no whole answer came in time."""

    status: int
    seconds: float
    answer: bytes = b""
    error: str = ""


class Poster:
    """`deadline` is in real seconds. Safe from any thread; each of its own threads keeps one connection."""

    def __init__(self, url: str, deadline: float) -> None:
        self._url = url
        self._deadline = deadline
        self._local = threading.local()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="message-server")

    def post(self, packet: Packet, late: Callable[[Attempt], None]) -> Attempt:
        """The answer, unless the deadline passes first; what comes after it is given to `late`."""
        posting = self._threads.submit(self._post, packet)
        try:
            return posting.result(self._deadline)
        except TimeoutError:
            posting.add_done_callback(partial(_tell_late, late))
            return Attempt(0, self._deadline, error="no answer in time")

    def verifies(self, packer: Packer) -> bool:
        """Whether the webhook answers the platform's GET with the echo and nothing else."""
        query, echo = packer.verification()
        try:
            response = self._session().get(self._url, params=query, timeout=self._deadline, allow_redirects=False)
        except requests.RequestException:
            return False
        return response.status_code == 200 and response.content == echo.encode()

    def _post(self, packet: Packet) -> Attempt:
        started = time.monotonic()
        try:
            response = self._session().post(
                self._url,
                params=packet.query,
                data=packet.body,
                headers=packet.headers,
                timeout=(self._deadline, self._deadline * (1 + LISTENED_ON)),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            return Attempt(0, time.monotonic() - started, error=type(error).__name__)
        return Attempt(response.status_code, time.monotonic() - started, response.content)

    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
            self._local.session.trust_env = False
        session: requests.Session = self._local.session
        return session


def _tell_late(late: Callable[[Attempt], None], posting: Future[Attempt]) -> None:
    attempt = posting.result()
    if attempt.status:
        late(attempt)
