"""Scenes: what the QR code that somebody scanned stands for.

A scene is seen and forwarded by everybody, so it is an opaque random token, resolved here and nowhere else
(wechat-platform §5.2).
"""

import json
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from storage.database import Database
from storage.keys import Keys

TOKEN = re.compile(r"[0-9A-Za-z_-]{8,64}")


@dataclass(frozen=True, slots=True)
class Scene:
    """The id of a campaign, and the code of one of its teams or ''."""

    campaign: str
    team: str = ""


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
        kept = json.dumps({"campaign": scene.campaign, "team": scene.team})
        self.database.set(self.keys.scene(token), kept, px=max(1, int(lasts.total_seconds() * 1000)))

    def find(self, token: str) -> Scene | None:
        """What a token from outside stands for; None where it is unknown or its time is over."""
        kept = self.database.get(self.keys.scene(token)) if TOKEN.fullmatch(token) else None
        return Scene(**json.loads(kept)) if kept else None
