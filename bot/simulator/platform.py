"""The state of the rehearsed WeChat: the account, its people, its ledgers, and what everybody saw."""

import base64
import hashlib
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from bot.simulator.errors import ApiError
from bot.simulator.ledgers.accounts import AccountKind
from bot.simulator.ledgers.agenda import Agenda
from bot.simulator.ledgers.credits import Credits
from bot.simulator.ledgers.faults import Faults, ScriptedFault, Verdicts
from bot.simulator.ledgers.followers import Followers, Tags
from bot.simulator.ledgers.mass import MassJobs
from bot.simulator.ledgers.media import Media
from bot.simulator.ledgers.menus import Menus
from bot.simulator.ledgers.qrcodes import QrCodes
from bot.simulator.ledgers.quotas import Quotas
from bot.simulator.ledgers.robots import Robots
from bot.simulator.ledgers.templates import Templates, TemplateSendings
from bot.simulator.ledgers.tokens import Tokens
from bot.simulator.ledgers.windows import Trigger
from bot.simulator.shown import Card, Shown

__all__ = ["FAULT_BANNER", "Entry", "EntryKind", "Escapes", "Platform", "ScriptedFault"]

FAULT_BANNER = "该公众号提供的服务出现故障，请稍后再试"

EntryKind = Literal["said", "event", "reply", "push", "fault"]
Escapes = Literal["refused", "warned"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a transcript. `owner` is an openid or a robot's name; `at` is the virtual time.

    `picture`: the media_id where it is a picture; `cards`: where it is cards.
    """

    id: int
    owner: str
    kind: EntryKind
    text: str
    at: datetime
    picture: str = ""
    cards: tuple[Card, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The fields by name, the time in ISO 8601."""
        return asdict(self) | {"at": self.at.isoformat(timespec="seconds")}


class Platform:
    """Everything the rehearsed WeChat knows, on the virtual clock `now` (aware datetimes).

    `robots` maps the names of WeCom group robots to their webhook keys. `kind` decides which APIs the account has,
    `whitelist` which addresses may call them (empty: all), `escapes` what happens to a body with `\\uXXXX` in it.
    Its own methods may be called from any thread; whoever touches a ledger directly holds `lock`.
    """

    def __init__(
        self,
        appid: str,
        secret: str,
        now: Callable[[], datetime],
        robots: Mapping[str, str] | None = None,
        *,
        kind: AccountKind = "verified_service",
        whitelist: Collection[str] = (),
        escapes: Escapes = "refused",
    ) -> None:
        self.appid = appid
        self.secret = secret
        self.account = "gh_" + hashlib.sha256(appid.encode()).hexdigest()[:12]
        self.kind = kind
        self.whitelist = whitelist
        self.escapes = escapes
        self.now = now
        self.lock = threading.RLock()
        self.tokens = Tokens(now)
        self.quotas = Quotas(now)
        self.people = Followers()
        self.tags = Tags(self.people)
        self.templates = Templates(too_many=45026)
        self.template_sendings = TemplateSendings(now)
        self.notices = Templates(too_many=200012)
        self.credits = Credits()
        self.mass = MassJobs(now)
        self.menus = Menus()
        self.media = Media(now)
        self.qrcodes = QrCodes(now)
        self.group_robots = Robots(robots or {})
        self.agenda = Agenda(now)
        self.faults = Faults()
        self.verdicts = Verdicts()
        self.warnings: list[str] = []
        self._entries: list[Entry] = []
        self._last_id = 200_000_000

    def next_id(self) -> int:
        """A number for a message or a job, never given before."""
        with self.lock:
            self._last_id += 1
            return self._last_id

    # People

    def openid_of(self, name: str) -> str:
        """The openid of the person called `name` at this account: always the same for the same appid."""
        digest = hashlib.sha256(f"{self.appid}/{name}".encode()).digest()
        return "o" + base64.urlsafe_b64encode(digest).decode()[:27]

    def introduce(self, openid: str, name: str) -> None:
        """Makes a person known as somebody who has long been following; a known one only gets the name."""
        with self.lock:
            self.people.introduce(openid, name)

    def followers(self) -> list[tuple[str, str, bool]]:
        """(openid, name, following) of everybody, in the order of introduction."""
        with self.lock:
            return [(each.openid, each.name, each.following) for each in self.people]

    def is_following(self, openid: str) -> bool:
        with self.lock:
            return openid in self.people and self.people.find(openid).following

    def follow(self, openid: str) -> None:
        with self.lock:
            self.people.follow(openid)

    def unfollow(self, openid: str) -> None:
        """The person leaves: nothing can be sent to her any more."""
        with self.lock:
            self.people.unfollow(openid)

    def acted(self, openid: str, trigger: Trigger) -> None:
        """Opens or refills the window that this action of a person allows."""
        with self.lock:
            self.people.find(openid).windows.refill(trigger, self.now())

    # What the API does

    def push(self, openid: str, shown: Shown) -> None:
        """A customer-service message.

        Raises 40003 for a stranger, 48002 for somebody who receives nothing, and 45015 or 45047 as the window says.
        """
        with self.lock:
            person = self.people.find(openid)
            if not person.receiving:
                raise ApiError(48002)
            person.windows.spend(self.now())
            self.show(openid, "push", shown)

    def robots(self) -> list[str]:
        return self.group_robots.names()

    def warn(self, warning: str) -> None:
        """Keeps what the real platform would let pass but a careful bot would not do."""
        with self.lock:
            self.warnings.append(warning)

    def inject(self, fault: ScriptedFault) -> None:
        """Queues a fault; several for one path are met one after another."""
        with self.lock:
            self.faults.add(fault)

    # Transcripts

    def record(self, owner: str, kind: EntryKind, text: str) -> None:
        self.show(owner, kind, Shown(text))

    def show(self, owner: str, kind: EntryKind, shown: Shown) -> None:
        """Adds a line to the transcript of a person or a robot's group."""
        with self.lock:
            number = len(self._entries) + 1
            self._entries.append(Entry(number, owner, kind, shown.text, self.now(), shown.picture, shown.cards))

    def entries(self, after: int = 0) -> list[Entry]:
        """What happened since entry `after` (0: everything), oldest first."""
        with self.lock:
            return self._entries[after:]

    def transcript(self, owner: str) -> list[Entry]:
        return [entry for entry in self.entries() if entry.owner == owner]

    def pictures(self, owner: str) -> list[bytes | None]:
        """What a person or a group saw of the pictures in its transcript, oldest first."""
        return [self.media.picture(entry.picture) for entry in self.transcript(owner) if entry.picture]
