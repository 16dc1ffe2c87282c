"""The people of a rehearsal: what tests and the demo speak through."""

import re
import secrets
from collections.abc import Iterator

from bot.simulator.platform import Entry, Platform
from bot.simulator.push import Delivery, MessageServer
from bot.simulator.wire import Fields

MENU_LINK = re.compile(
    r'<a href="weixin://bizmsgmenu\?msgmenucontent=([^"&]*)&msgmenuid=([^"&]*)">([^<]*)</a>'
)


class NotFollowing(RuntimeError):
    """Somebody who unfollowed the account cannot write to it."""


class NoSuchLink(LookupError):
    """The person sees no tap-to-send link with that label."""


class SimulatedPerson:
    """One WeChat user. Everything she does is delivered through the webhook, signed and encrypted.

    The methods return what she sees: the reply's text, '' if the bot stays silent, or the platform's fault
    banner.
    """

    def __init__(self, openid: str, name: str, server: MessageServer) -> None:
        self.openid = openid
        self.name = name
        self._server = server
        self._platform = server.platform
        self._platform.introduce(openid, name)

    def follow(self, scene: str | None = None) -> str:
        """Follows the account, by the QR code of `scene` where one is given."""
        self._platform.follow(self.openid)
        if scene is None:
            return self._event("subscribe", EventKey="")
        return self._event("subscribe", EventKey=f"qrscene_{scene}", Ticket=secrets.token_urlsafe(32))

    def unfollow(self) -> None:
        """Leaves; whatever the bot answers to that, she does not see it."""
        farewell = self._signed({"MsgType": "event", "Event": "unsubscribe", "EventKey": ""})
        self._platform.unfollow(self.openid)
        self._server.deliver(farewell)

    def scan(self, scene: str) -> str:
        """Scans the QR code of `scene` while already following."""
        return self._event("SCAN", EventKey=scene, Ticket=secrets.token_urlsafe(32))

    def tap(self, menu_key: str) -> str:
        """Taps an entry of the account's menu."""
        return self._event("CLICK", EventKey=menu_key)

    def say(self, text: str) -> str:
        return self.send({"MsgType": "text", "Content": text}).shown

    def tap_link(self, label: str) -> str:
        """Taps the newest tap-to-send link with this label; raises NoSuchLink when she sees none."""
        for entry in reversed(self.transcript):
            for content, menu_id, link_label in MENU_LINK.findall(entry.text):
                if link_label == label and entry.kind in ("reply", "push"):
                    return self.send({"MsgType": "text", "Content": content, "bizmsgmenuid": menu_id}).shown
        raise NoSuchLink(f"{self.name}: {label}")

    def send_image(self) -> str:
        media_id = secrets.token_urlsafe(48)
        picture = f"http://mmbiz.qpic.cn/mmbiz_jpg/{media_id}/0"
        return self.send({"MsgType": "image", "PicUrl": picture, "MediaId": media_id}).shown

    def voice(self, recognition: str = "") -> str:
        """Speaks; `recognition` is what the platform understood, empty as it mostly is in practice."""
        media = {
            "MediaId": secrets.token_urlsafe(48),
            "Format": "amr",
            "MediaId16K": secrets.token_urlsafe(48),
        }
        return self.send({"MsgType": "voice", **media, "Recognition": recognition}).shown

    def send(self, fields: Fields) -> Delivery:
        """Delivers any message or event of hers, and returns every detail of what became of it."""
        return self._server.deliver(self._signed(fields))

    def send_copies(self, fields: Fields, copies: int = 3, *, at_once: bool) -> list[Delivery]:
        """Delivers one and the same message several times; see `MessageServer.deliver_copies`."""
        return self._server.deliver_copies(self._signed(fields), copies, at_once=at_once)

    @property
    def transcript(self) -> list[Entry]:
        """Everything she said and saw, oldest first."""
        return self._platform.transcript(self.openid)

    @property
    def pushes(self) -> list[str]:
        """The texts the bot sent her unasked."""
        return [entry.text for entry in self.transcript if entry.kind == "push"]

    def _event(self, event: str, **more: str) -> str:
        return self.send({"MsgType": "event", "Event": event, **more}).shown

    def _signed(self, fields: Fields) -> Fields:
        if not self._platform.is_following(self.openid):
            raise NotFollowing(self.name)
        return {"FromUserName": self.openid, **fields}


class Rehearsal:
    """The people around one account, by name: `people["李敏"].say("帮助")`.

    Whoever is named for the first time is somebody who already follows; `follow()` makes her welcome anew.
    The same name is the same openid in every rehearsal of the same account.
    """

    def __init__(self, server: MessageServer) -> None:
        self._server = server
        self._people: dict[str, SimulatedPerson] = {}

    @property
    def platform(self) -> Platform:
        return self._server.platform

    def __getitem__(self, key: str) -> SimulatedPerson:
        return self.introduce(key, key)

    def introduce(self, key: str, name: str) -> SimulatedPerson:
        """Makes `people[key]` somebody who is shown as `name`."""
        return self.with_openid(self.platform.openid_of(key), name)

    def with_openid(self, openid: str, name: str) -> SimulatedPerson:
        """The person with this openid; a new one is shown as `name`."""
        if openid not in self._people:
            self._people[openid] = SimulatedPerson(openid, name, self._server)
        return self._people[openid]

    def __iter__(self) -> Iterator[SimulatedPerson]:
        return iter(list(self._people.values()))
