"""Pictures for the account: temporary media, which WeChat keeps for three days (wechat-platform §5.3)."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

from bot.wechat.client import AccountClient, unfit
from scheduler.channels import Retry

PICTURE_BYTES = 2 * 1024 * 1024
"""WeChat's pages name 2 and 10 MB; the smaller one holds."""

_REMEMBERED = 64
_FORMS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, JPEG or GIF of at most 2 MB. Raises `Skip` for anything else."""

    content: bytes

    def __post_init__(self) -> None:
        if len(self.content) > PICTURE_BYTES:
            raise unfit(f"a picture of {len(self.content)} bytes exceeds 2 MB", 45001)
        if not self.media_type:
            raise unfit("neither PNG nor JPEG nor GIF", 40005)

    @property
    def media_type(self) -> str:
        return next((name for start, name in _FORMS.items() if self.content.startswith(start)), "")

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class Media:
    """Remembers what it uploaded: whoever sends a lapsed picture is told so (40007), forgets it and uploads again."""

    def __init__(self, client: AccountClient) -> None:
        self._client = client
        self._pictures: OrderedDict[str, str] = OrderedDict()

    def upload(self, picture: Picture) -> str:
        """The media id of a picture, good for three days."""
        self._client.require("media")
        if known := self._pictures.get(picture.digest):
            return known
        part = (f"picture.{picture.media_type.removeprefix('image/')}", picture.content, picture.media_type)
        answer = self._client.look_up("media/upload", params={"type": "image"}, files={"media": part})
        match answer:
            case {"media_id": str(media_id)} if media_id:
                self._pictures[picture.digest] = media_id
                while len(self._pictures) > _REMEMBERED:
                    self._pictures.popitem(last=False)
                return media_id
        raise Retry("no media id in the answer", after_seconds=10)

    def forget(self, picture: Picture) -> None:
        """WeChat does not have it any more."""
        self._pictures.pop(picture.digest, None)
