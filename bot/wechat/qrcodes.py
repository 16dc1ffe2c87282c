"""QR codes with a scene: who scans one follows the account, or comes back to it, with that scene (§5.2)."""

from dataclasses import dataclass
from datetime import timedelta

from bot.wechat.client import AccountClient, unfit
from scheduler.channels import Retry
from storage.scenes import TOKEN

LONGEST = timedelta(days=30)
"""The life of a temporary code; there are 100 000 permanent ones in all, and we use none."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """`url` is what the picture says. `scene` comes back with the event; `storage.scenes` knows what it stands for."""

    scene: str
    ticket: str
    url: str
    lasts: timedelta


class QrCodes:
    def __init__(self, client: AccountClient) -> None:
        self._client = client

    def create(self, scene: str, lasts: timedelta = LONGEST) -> QrCode:
        """A code whose scene is a random token (`storage.scenes.new_token`): everybody sees and forwards a scene."""
        self._client.require("scene_qr")
        if not TOKEN.fullmatch(scene):
            raise unfit("a scene is a token of 8 to 64 letters, digits, - or _", 40035)
        if not timedelta(seconds=1) <= lasts <= LONGEST:
            raise unfit("a code lives from a second to 30 days", 40035)
        body = {
            "expire_seconds": int(lasts.total_seconds()),
            "action_name": "QR_STR_SCENE",
            "action_info": {"scene": {"scene_str": scene}},
        }
        match self._client.look_up("qrcode/create", body):
            case {"ticket": str(ticket), "url": str(url), "expire_seconds": int(seconds)}:
                return QrCode(scene, ticket, url, timedelta(seconds=seconds))
        raise Retry("no QR code in the answer", after_seconds=10)
