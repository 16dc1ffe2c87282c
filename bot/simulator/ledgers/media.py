"""Temporary media: what the bot uploads and what people send, for three days."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.simulator.errors import ApiError

MediaKind = Literal["image", "voice", "video", "thumb", "file"]

LIFETIME = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Medium:
    """`owner` is '' for the account's and a robot's name for what that robot uploaded."""

    kind: MediaKind
    content: bytes
    filename: str
    owner: str
    since: datetime


class Media:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: dict[str, Medium] = {}

    def keep(self, kind: MediaKind, content: bytes, filename: str, owner: str = "") -> str:
        """The media_id under which it can be had for three days."""
        media_id = secrets.token_urlsafe(48)
        self._kept[media_id] = Medium(kind, content, filename, owner, self._now())
        return media_id

    def picture(self, media_id: str) -> bytes | None:
        """What a person sees of a picture that was shown to her, whoever uploaded it and however long ago."""
        medium = self._kept.get(media_id)
        return medium.content if medium and medium.kind == "image" else None

    def find(self, media_id: object, *kinds: MediaKind, owner: str = "") -> Medium:
        """Raises 40007 for an id that is unknown, expired, another owner's or of another kind."""
        medium = self._kept.get(media_id) if isinstance(media_id, str) else None
        if medium is None or medium.owner != owner or (kinds and medium.kind not in kinds):
            raise ApiError(40007)
        if self._now() - medium.since >= LIFETIME:
            raise ApiError(40007)
        return medium
