"""Scenes: what the QR code that somebody scanned stands for.

A scene is seen and forwarded by everybody, so it is an opaque random token, resolved here and nowhere else
(wechat-platform §5.2).
"""

import json
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta

from storage.database import Database
from storage.keys import INVITE_SECONDS, Keys

TOKEN = re.compile(r"[0-9A-Za-z_-]{8,64}")
LASTS = timedelta(days=30)
"""The life of a code that somebody asks for: the longest of a temporary one."""
INVITATION_LASTS = timedelta(seconds=INVITE_SECONDS)
STILL_GOOD = timedelta(days=7)
"""A code that lives shorter than this is not handed out again."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The id of a campaign, and the code of one of its teams or ''; or the code of an invitation to a role in it."""

    campaign: str
    team: str = ""
    invitation: str = ""

    @property
    def lasts(self) -> timedelta:
        """How long its code lives."""
        return INVITATION_LASTS if self.invitation else LASTS

    @property
    def given_again(self) -> timedelta:
        """How long whoever asks is given the same code."""
        return self.lasts if self.invitation else LASTS - STILL_GOOD


def new_token() -> str:
    """128 random bits as 22 letters."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True, slots=True)
class Scenes:
    database: Database
    keys: Keys

    def keep(self, token: str, scene: Scene, lasts: timedelta) -> None:
        """From now on the random token of a QR code stands for the scene, as long as the code lives.

        Raises `ValueError` for a token that an event could not bring back.
        """
        if not TOKEN.fullmatch(token):
            raise ValueError("a scene's token has 8 to 64 letters, digits, - or _")
        kept = json.dumps(asdict(scene))
        self.database.set(self.keys.scene(token), kept, px=_milliseconds(lasts))

    def ask(self, scene: Scene) -> str:
        """The token of a code for this scene, that will live a while; a new one is the worker's to make."""
        asked = self.keys.scene_asked(scene.campaign, scene.team or scene.invitation)
        if known := self.database.get(asked):
            return str(known)
        token = new_token()
        self.keep(token, scene, scene.lasts)
        if not self.database.set(asked, token, nx=True, px=_milliseconds(scene.given_again)):
            return str(self.database.get(asked))
        self.database.rpush(self.keys.scenes_wanted(), token)
        return token

    def wanted(self) -> str:
        """The token that has waited longest for its code, '' where none does."""
        return str(self.database.lindex(self.keys.scenes_wanted(), 0) or "")

    def made(self, token: str, says: str) -> None:
        """WeChat made the code of a token: `says` is what its picture says. Repeating it changes nothing."""
        left = self.database.pttl(self.keys.scene(token))
        if left > 0:
            self.database.set(self.keys.scene_code(token), says, px=left)
        self.database.lrem(self.keys.scenes_wanted(), 0, token)

    def code(self, token: str) -> str:
        """What the picture of a token's code says, '' where it is not made yet, or over."""
        return str(self.database.get(self.keys.scene_code(token)) or "") if TOKEN.fullmatch(token) else ""

    def find(self, token: str) -> Scene | None:
        """What a token from outside stands for; None where it is unknown or its time is over."""
        kept = self.database.get(self.keys.scene(token)) if TOKEN.fullmatch(token) else None
        return Scene(**json.loads(kept)) if kept else None


def _milliseconds(span: timedelta) -> int:
    return max(1, int(span.total_seconds() * 1000))
