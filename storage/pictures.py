"""Pictures that the worker draws: which are wanted, who waits for each, and what was drawn of late.

A picture is of a snapshot or of a team; drawn once, it is kept for a while and drawn again where it is asked for later.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from storage.database import Database
from storage.keys import PICTURE_SECONDS, TEAM_PICTURE_SECONDS, Keys
from storage.models.fact import Fact
from storage.models.pushes import Notification
from storage.scenes import TOKEN, new_token

MEDIA_LASTS = timedelta(hours=60)
"""How long WeChat's own copy is counted upon; it keeps three days (wechat-platform §5.3)."""
ADDRESS_LASTS = timedelta(days=30)
MOST_WANTED = 200
ASKED_SECONDS = 600
"""How long a wish stands before it may be said again, if a worker died over it."""


class Picture(Fact):
    """One picture: of a snapshot (`of` is its name), or of a team (`of` is its code and version)."""

    campaign: str
    kind: Literal["bulletin", "team", "thanks"]
    of: str
    theme: Literal["light", "dark"] = "light"

    @property
    def name(self) -> str:
        """What it is called within its campaign."""
        return f"{self.kind}:{self.theme}:{self.of}"

    @property
    def team(self) -> str | None:
        """The code of the team it is of; None for a bulletin's."""
        return None if self.kind == "bulletin" else self.of.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Pictures:
    database: Database
    keys: Keys

    def want(self, picture: Picture, told: Sequence[Notification] = ()) -> None:
        """Have it drawn; `told` goes into the outbox once it is. A wish that stands is not made twice.

        A bulletin's picture comes first: everybody waits for it.
        """
        waiting = self.keys.picture_waiting(picture.campaign, picture.name)
        if told:
            with self.database.pipeline(transaction=True) as pipe:
                pipe.rpush(waiting, *(each.model_dump_json() for each in told))
                pipe.expire(waiting, PICTURE_SECONDS)
                pipe.execute()
        if self.database.set(self.keys.picture_asked(picture.campaign, picture.name), "1", nx=True, ex=ASKED_SECONDS):
            push = self.database.lpush if picture.kind == "bulletin" else self.database.rpush
            push(self.keys.pictures_wanted(), picture.model_dump_json())

    def crowded(self) -> bool:
        """Whether so many are wanted that one more would wait for minutes."""
        return int(self.database.llen(self.keys.pictures_wanted())) >= MOST_WANTED

    def wanted(self) -> Picture | None:
        """The one to draw next, None where none is wanted."""
        doc = self.database.lindex(self.keys.pictures_wanted(), 0)
        return Picture.model_validate_json(doc) if doc else None

    def waiting(self, picture: Picture) -> list[Notification]:
        """What is to be told to those who wait for it."""
        docs = self.database.lrange(self.keys.picture_waiting(picture.campaign, picture.name), 0, -1)
        return [Notification.model_validate_json(doc) for doc in docs]

    def settle(self, picture: Picture, told: int) -> None:
        """The first `told` of those who waited have been told. Whoever came meanwhile is wanted anew."""
        waiting = self.keys.picture_waiting(picture.campaign, picture.name)
        self.database.ltrim(waiting, told, -1)
        self.database.lrem(self.keys.pictures_wanted(), 0, picture.model_dump_json())
        self.database.delete(self.keys.picture_asked(picture.campaign, picture.name))
        if self.database.llen(waiting):
            self.want(picture)

    def keep(self, picture: Picture, png: bytes) -> None:
        """It is drawn."""
        key = self.keys.picture(picture.campaign, picture.name)
        lasts = PICTURE_SECONDS if picture.kind == "bulletin" else TEAM_PICTURE_SECONDS
        self.database.set(key, b64encode(png).decode(), ex=lasts)

    def content(self, campaign: str, name: str) -> bytes | None:
        """The PNG, None where it is not drawn yet, or long ago."""
        kept = self.database.get(self.keys.picture(campaign, name))
        return b64decode(kept) if kept else None

    def is_drawn(self, picture: Picture) -> bool:
        return bool(self.database.exists(self.keys.picture(picture.campaign, picture.name)))

    def uploaded(self, picture: Picture, media: str) -> None:
        """The account has it, under this media id."""
        key = self.keys.picture_media(picture.campaign, picture.name)
        self.database.set(key, media, ex=int(MEDIA_LASTS.total_seconds()))

    def media(self, picture: Picture) -> str:
        """WeChat's media id of it, '' where the account does not have it."""
        return str(self.database.get(self.keys.picture_media(picture.campaign, picture.name)) or "")

    def token(self, picture: Picture) -> str:
        """What nobody guesses and stands for the picture in an address, the same while it lives."""
        given = self.keys.picture_token(picture.campaign, picture.name)
        lasts = int(ADDRESS_LASTS.total_seconds())
        if known := self.database.get(given):
            return str(known)
        token = new_token()
        self.database.set(self.keys.picture_address(token), picture.model_dump_json(), ex=2 * lasts)
        if not self.database.set(given, token, nx=True, ex=lasts):
            return str(self.database.get(given))
        return token

    def behind(self, token: str) -> Picture | None:
        """The picture for which a token from outside stands."""
        doc = self.database.get(self.keys.picture_address(token)) if TOKEN.fullmatch(token) else None
        return Picture.model_validate_json(doc) if doc else None
