"""One WeChat user of a rehearsal, and everything she can do."""

import re
import secrets
from collections.abc import Mapping, Sequence

from bot.simulator import actions
from bot.simulator.fields import Fields
from bot.simulator.ledgers.media import MediaKind
from bot.simulator.ledgers.menus import Button
from bot.simulator.packets import USUAL, Manner
from bot.simulator.platform import Entry
from bot.simulator.poster import Attempt
from bot.simulator.push import Delivery, MessageServer

MENU_LINK = re.compile(r'<a href="weixin://bizmsgmenu\?msgmenucontent=([^"&]*)&msgmenuid=([^"&]*)">([^<]*)</a>')
VOICE = b"#!AMR\n"


class NotFollowing(RuntimeError):
    """Somebody who unfollowed the account cannot write to it."""


class NoSuchLink(LookupError):
    """The person sees no tap-to-send link, button or living code of that kind."""


class SimulatedPerson:
    """One WeChat user. Everything she does is delivered through the webhook, signed and encrypted.

    The methods return what she sees: the reply's text, '' if the bot stays silent, or the platform's fault banner.
    """

    def __init__(self, openid: str, name: str, server: MessageServer) -> None:
        self.openid = openid
        self.name = name
        self._server = server
        self._platform = server.platform
        self._platform.introduce(openid, name)

    # Coming and going

    def follow(self, scene: str | None = None) -> str:
        """Follows the account, by the QR code of `scene` where one is given."""
        self._platform.follow(self.openid)
        if scene is None:
            return self._do(actions.event("subscribe", EventKey=""))
        return self._do(actions.event("subscribe", EventKey=f"qrscene_{scene}", Ticket=secrets.token_urlsafe(32)))

    def follow_after_payment(self, trade: str) -> str:
        """Follows where a payment ends."""
        self._platform.follow(self.openid)
        return self._do(actions.event("subscribe", EventKey=f"last_trade_no_{trade}"))

    def unfollow(self) -> None:
        """Leaves; whatever the bot answers to that, she does not see it."""
        farewell = self._signed(actions.event("unsubscribe", EventKey=""))
        self._platform.unfollow(self.openid)
        self._server.deliver(farewell)

    def scan(self, scene: str) -> str:
        """Scans the QR code of `scene` while already following."""
        return self._do(actions.event("SCAN", EventKey=scene, Ticket=secrets.token_urlsafe(32)))

    def scan_code(self, url: str) -> str:
        """Scans a code that says `url`, following if she did not yet; raises NoSuchLink when it has expired."""
        with self._platform.lock:
            scene = self._platform.qrcodes.scene_of(url)
        if scene is None:
            raise NoSuchLink(f"{self.name}: {url}")
        return self.scan(scene) if self._platform.is_following(self.openid) else self.follow(scene)

    def receive_nothing(self) -> None:
        """Switches off 接收消息; nobody is told."""
        with self._platform.lock:
            self._platform.people.find(self.openid).receiving = False

    def revoke_authorization(self) -> None:
        """Takes back what she allowed the account to know."""
        self._about_authorization("user_authorization_revoke")

    def change_profile(self) -> None:
        """Changes what she allowed the account to know."""
        self._about_authorization("user_info_modified")

    def cancel_account(self) -> None:
        """Gives up WeChat altogether."""
        self._about_authorization("user_authorization_cancellation")

    # Messages

    def say(self, text: str) -> str:
        return self._do(actions.text(text))

    def tap_link(self, label: str) -> str:
        """Taps the newest tap-to-send link with this label; raises NoSuchLink when she sees none.

        A sandbox account is not told which link it was.
        """
        for entry in reversed(self.transcript):
            for content, menu_id, link_label in MENU_LINK.findall(entry.text):
                if link_label == label and entry.kind in ("reply", "push"):
                    told = {} if self._platform.kind == "sandbox" else {"bizmsgmenuid": menu_id}
                    return self._do({**actions.text(content), **told})
        raise NoSuchLink(f"{self.name}: {label}")

    def send_image(self, content: bytes = actions.PIXEL) -> str:
        return self._do(actions.image(self._media("image", content)))

    def voice(self, recognition: str = "") -> str:
        """Speaks; `recognition` is what the platform understood, empty as it mostly is in practice."""
        return self._do(actions.voice(self._media("voice", VOICE), self._media("voice", VOICE), recognition))

    def send_video(self, *, short: bool = False) -> str:
        return self._do(actions.video(self._media("video", b""), self._media("thumb", b""), short=short))

    def send_location(self, label: str) -> str:
        return self._do(actions.location(label, *actions.ZHAOTONG))

    def send_link(self, title: str, url: str) -> str:
        return self._do(actions.link(title, "", url))

    def send_file(self, title: str, content: bytes) -> str:
        return self._do(actions.file(title, content))

    def send_miniprogram(self, title: str, appid: str, path: str) -> str:
        return self._do(actions.miniprogram(title, appid, path, self._media("thumb", b"")))

    def open_chat(self) -> str:
        """Opens the conversation, which tells where she is if she once allowed it."""
        return self._do(actions.position(*actions.ZHAOTONG))

    # The menu

    def tap(self, menu_key: str) -> str:
        """Taps a click entry with this key, whether or not the account has made such a menu."""
        return self._do(actions.event("CLICK", EventKey=menu_key))

    def tap_button(self, name: str, scanned: str = "", pictures: Sequence[bytes] = (actions.PIXEL,)) -> str:
        """Taps the entry of the menu she sees; `scanned` and `pictures` are what she then scans or photographs.

        Returns what she sees of the last thing this sends. Raises NoSuchLink when there is no such entry, and ApiError
        46003 when there is no menu.
        """
        with self._platform.lock:
            buttons = self._platform.menus.seen_by(self._platform.people.find(self.openid))
            menu_id = self._platform.menus.default_id
        button = _find(buttons, name)
        if button is None:
            raise NoSuchLink(f"{self.name}: {name}")
        key = str(button.get("key", ""))
        match button["type"]:
            case "click":
                return self.tap(key)
            case "view":
                return self._do(actions.menu_view(button["url"], menu_id))
            case "miniprogram":
                return self._do(actions.menu_miniprogram(button["pagepath"], menu_id))
            case "scancode_push" | "scancode_waitmsg" as kind:
                return self._do(actions.menu_scan(kind, key, scanned))
            case "pic_sysphoto" | "pic_photo_or_album" | "pic_weixin" as kind:
                self._do(actions.menu_pictures(kind, key, pictures))
                return [self.send_image(each) for each in pictures][-1]
            case "location_select":
                self._do(actions.menu_location(key, name, *actions.ZHAOTONG))
                return self.send_location(name)
        return ""

    # What she agrees to

    def subscribe_popup(self, answers: Mapping[str, str]) -> str:
        """Answers a subscription dialogue, `accept` or `reject` for each template; an acceptance allows one notice."""
        with self._platform.lock:
            for template, answer in answers.items():
                if answer == "accept":
                    self._platform.credits.give(self.openid, template)
        return self._do(actions.popup(answers))

    def refuse_notices(self, *templates: str) -> str:
        """Switches templates off later, in the account's settings."""
        with self._platform.lock:
            for template in templates:
                self._platform.credits.withdraw(self.openid, template)
        return self._do(actions.refusal(templates))

    # In full detail

    def send(self, fields: Fields, manner: Manner = USUAL) -> Delivery:
        """Delivers any message or event of hers, and returns every detail of what became of it."""
        return self._server.deliver(self._signed(fields), manner)

    def send_copies(self, fields: Fields, copies: int = 3, *, at_once: bool) -> list[Delivery]:
        """Delivers one and the same message several times; see `MessageServer.deliver_copies`."""
        return self._server.deliver_copies(self._signed(fields), copies, at_once=at_once)

    def attack(self, fields: Fields, forgery: str) -> Attempt:
        """Somebody posts one of the FORGERIES in her name; see `MessageServer.attack`."""
        return self._server.attack(self._signed(fields), forgery)

    def replay(self) -> Attempt:
        """Somebody posts the last genuine request again, to the letter."""
        return self._server.replay()

    @property
    def transcript(self) -> list[Entry]:
        """Everything she said and saw, oldest first."""
        return self._platform.transcript(self.openid)

    @property
    def pushes(self) -> list[str]:
        """The texts the bot sent her unasked."""
        return [entry.text for entry in self.transcript if entry.kind == "push"]

    def _do(self, fields: Fields) -> str:
        return self.send(fields).shown

    def _signed(self, fields: Fields) -> Fields:
        if not self._platform.is_following(self.openid):
            raise NotFollowing(self.name)
        return {"FromUserName": self.openid, **fields}

    def _about_authorization(self, name: str) -> None:
        helper = self._platform.openid_of("the platform itself")
        self._server.deliver(actions.about_authorization(name, helper, self.openid, self._platform.appid))

    def _media(self, kind: MediaKind, content: bytes) -> str:
        with self._platform.lock:
            return self._platform.media.keep(kind, content, f"{secrets.token_hex(8)}.{kind}")


def _find(buttons: Sequence[Button], name: str) -> Button | None:
    for button in buttons:
        if button.get("sub_button"):
            if found := _find(button["sub_button"], name):
                return found
        elif button["name"] == name:
            return button
    return None
