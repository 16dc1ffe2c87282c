"""The state of the rehearsed WeChat: account, followers, group robots, transcripts, scripted faults."""

import base64
import hashlib
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.simulator.errors import ApiError
from bot.simulator.tokens import StableTokens
from bot.simulator.windows import Trigger, Windows

FAULT_BANNER = "该公众号提供的服务出现故障，请稍后再试"
ROBOT_PER_MINUTE = 20

EntryKind = Literal["said", "event", "reply", "push", "fault"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a transcript. `owner` is an openid or a robot's name; `at` is the virtual time."""

    id: int
    owner: str
    kind: EntryKind
    text: str
    at: datetime

    def as_json(self) -> dict[str, object]:
        """The fields by name, the time in ISO 8601."""
        return asdict(self) | {"at": self.at.isoformat(timespec="seconds")}


@dataclass(slots=True)
class Follower:
    """A WeChat user as the account sees one; `name` is for display."""

    openid: str
    name: str
    following: bool = True
    windows: Windows = field(default_factory=Windows)


@dataclass(slots=True)
class Robot:
    """A WeCom group robot; `sent` holds the times of its accepted messages of the last minute."""

    name: str
    key: str
    sent: deque[datetime] = field(default_factory=deque)


@dataclass(slots=True)
class ScriptedFault:
    """What the next `times` calls of `path` (such as `message/custom/send`) meet.

    `errcode` answers without processing; `latency` waits that many real seconds and goes on; `reset`
    processes the call and then breaks the connection, so that the client cannot know.
    """

    path: str
    times: int = 1
    errcode: int | None = None
    latency: float = 0.0
    reset: bool = False


class Platform:
    """Everything the rehearsed WeChat knows, behind one lock and on the virtual clock `now` (aware
    datetimes).

    `robots` maps the names of WeCom group robots to their webhook keys. Every method may be called from any
    thread.
    """

    def __init__(
        self, appid: str, secret: str, now: Callable[[], datetime], robots: Mapping[str, str] | None = None
    ) -> None:
        self.appid = appid
        self.secret = secret
        self.account = "gh_" + hashlib.sha256(appid.encode()).hexdigest()[:12]
        self.now = now
        self._lock = threading.RLock()
        self._tokens = StableTokens(now)
        self._followers: dict[str, Follower] = {}
        self._robots = {key: Robot(name, key) for name, key in (robots or {}).items()}
        self._entries: list[Entry] = []
        self._faults: list[ScriptedFault] = []

    # People

    def openid_of(self, name: str) -> str:
        """The openid of the person called `name` at this account: always the same for the same appid."""
        digest = hashlib.sha256(f"{self.appid}/{name}".encode()).digest()
        return "o" + base64.urlsafe_b64encode(digest).decode()[:27]

    def introduce(self, openid: str, name: str) -> None:
        """Makes a person known as somebody who has long been following; a known one only gets the name."""
        with self._lock:
            self._followers.setdefault(openid, Follower(openid, name)).name = name

    def followers(self) -> list[tuple[str, str, bool]]:
        """(openid, name, following) of everybody, in the order of introduction."""
        with self._lock:
            return [(each.openid, each.name, each.following) for each in self._followers.values()]

    def is_following(self, openid: str) -> bool:
        with self._lock:
            return openid in self._followers and self._followers[openid].following

    def follow(self, openid: str) -> None:
        with self._lock:
            self._followers[openid].following = True

    def unfollow(self, openid: str) -> None:
        """The person leaves: nothing can be sent to her any more."""
        with self._lock:
            self._followers[openid].following = False
            self._followers[openid].windows.close()

    def acted(self, openid: str, trigger: Trigger) -> None:
        """Opens or refills the window that this action of a person allows."""
        with self._lock:
            self._followers[openid].windows.refill(trigger, self.now())

    # What the API does

    def issue_token(self, *, force: bool) -> tuple[str, int]:
        with self._lock:
            return self._tokens.issue(force=force)

    def check_token(self, token: str) -> None:
        with self._lock:
            self._tokens.check(token)

    def push(self, openid: str, text: str) -> None:
        """A customer-service message. Raises 40003 for a stranger, 45015 or 45047 as the window says."""
        with self._lock:
            if openid not in self._followers:
                raise ApiError(40003)
            self._followers[openid].windows.spend(self.now())
            self.record(openid, "push", text)

    def find_robot(self, key: str) -> Robot:
        """Raises 93000 for an unknown key."""
        if key not in self._robots:
            raise ApiError(93000)
        return self._robots[key]

    def post(self, robot: Robot, text: str) -> None:
        """A message of a group robot; raises 45009 for more than 20 within any minute."""
        with self._lock:
            now = self.now()
            while robot.sent and now - robot.sent[0] >= timedelta(minutes=1):
                robot.sent.popleft()
            if len(robot.sent) >= ROBOT_PER_MINUTE:
                raise ApiError(45009)
            robot.sent.append(now)
            self.record(robot.name, "push", text)

    def robots(self) -> list[str]:
        return [robot.name for robot in self._robots.values()]

    # Transcripts

    def record(self, owner: str, kind: EntryKind, text: str) -> None:
        with self._lock:
            self._entries.append(Entry(len(self._entries) + 1, owner, kind, text, self.now()))

    def entries(self, after: int = 0) -> list[Entry]:
        """What happened since entry `after` (0: everything), oldest first."""
        with self._lock:
            return self._entries[after:]

    def transcript(self, owner: str) -> list[Entry]:
        return [entry for entry in self.entries() if entry.owner == owner]

    # Scripted faults

    def inject(self, fault: ScriptedFault) -> None:
        """Queues a fault; several for one path are met one after another."""
        with self._lock:
            self._faults.append(fault)

    def next_fault(self, path: str) -> ScriptedFault | None:
        """The fault that this call of `path` meets, if any; uses it up by one."""
        with self._lock:
            for fault in self._faults:
                if fault.path == path:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                    return fault
            return None
