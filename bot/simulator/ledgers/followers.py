"""The people as the account sees them, with their tags."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.simulator.errors import ApiError
from bot.simulator.ledgers.windows import Windows

TAGS = 100
TAGS_OF_A_PERSON = 20
TAG_NAME_CHARACTERS = 30
RESERVED_TAGS = {0: "黑名单", 1: "屏蔽组", 2: "星标组"}
FIRST_TAG = 100


@dataclass(slots=True)
class Follower:
    """A WeChat user; `name` is for display and no API tells it. `receiving`: has not switched off 接收消息."""

    openid: str
    name: str
    following: bool = True
    receiving: bool = True
    tags: list[int] = field(default_factory=list)
    windows: Windows = field(default_factory=Windows)


class Followers:
    """Everybody who ever had to do with the account, in the order of introduction."""

    def __init__(self) -> None:
        self._people: dict[str, Follower] = {}

    def introduce(self, openid: str, name: str) -> None:
        """Makes a person known as somebody who has long been following; a known one only gets the name."""
        if openid not in self._people:
            self._people[openid] = Follower(openid, name)
        self._people[openid].name = name

    def __iter__(self) -> Iterator[Follower]:
        return iter(self._people.values())

    def __contains__(self, openid: object) -> bool:
        return openid in self._people

    def find(self, openid: object) -> Follower:
        """Raises 40003 for an openid that is not of this account."""
        if not isinstance(openid, str) or openid not in self._people:
            raise ApiError(40003)
        return self._people[openid]

    def following(self) -> list[Follower]:
        """Those who follow now."""
        return [person for person in self if person.following]

    def follow(self, openid: str) -> None:
        self.find(openid).following = True

    def unfollow(self, openid: str) -> None:
        """The person leaves: windows close, and tags are gone."""
        person = self.find(openid)
        person.following = False
        person.windows.close()
        person.tags.clear()


class Tags:
    """User tags by id."""

    def __init__(self, followers: Followers) -> None:
        self._followers = followers
        self._names: dict[int, str] = dict(RESERVED_TAGS)
        self._next = FIRST_TAG

    def __contains__(self, tag: object) -> bool:
        return tag in self._names

    def all(self) -> list[tuple[int, str, int]]:
        """(id, name, how many people)."""
        return [(tag, name, len(self.people(tag))) for tag, name in self._names.items()]

    def people(self, tag: int) -> list[Follower]:
        """Raises 45159 for an unknown tag."""
        self.find(tag)
        return [person for person in self._followers.following() if tag in person.tags]

    def find(self, tag: object) -> int:
        """Raises 45159 for an unknown tag."""
        if not isinstance(tag, int) or tag not in self._names:
            raise ApiError(45159)
        return tag

    def create(self, name: str) -> int:
        """Raises 45157 (name taken), 45158 (name too long or empty) or 45056 (too many)."""
        if not name or len(name) > TAG_NAME_CHARACTERS:
            raise ApiError(45158)
        if name in self._names.values():
            raise ApiError(45157)
        if len(self._names) - len(RESERVED_TAGS) >= TAGS:
            raise ApiError(45056)
        tag, self._next = self._next, self._next + 1
        self._names[tag] = name
        return tag

    def put_on(self, tag: object, people: list[Follower]) -> None:
        """Raises 45159, or 45059 when somebody has 20 already; nobody is tagged then."""
        found = self.find(tag)
        untagged = [person for person in people if found not in person.tags]
        if any(len(person.tags) >= TAGS_OF_A_PERSON for person in untagged):
            raise ApiError(45059)
        for person in untagged:
            person.tags.append(found)

    def take_off(self, tag: object, people: list[Follower]) -> None:
        found = self.find(tag)
        for person in people:
            if found in person.tags:
                person.tags.remove(found)
