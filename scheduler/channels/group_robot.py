"""企业微信群机器人: the whole text, its table or a picture, to a work group, under a name that campaign files use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from scheduler.channels.channel import PictureShelf, Recipient, content_of
from storage.models.pushes import Notification


class RobotApi(Protocol):
    """The webhook of group robots. `key` is a robot's whole secret. Raises a SendError."""

    def send_text(self, key: str, text: str) -> None: ...

    def send_markdown_v2(self, key: str, markdown: str) -> None: ...

    def send_image(self, key: str, image: bytes) -> None: ...


class GroupRobotChannel:
    """`robots` maps the names in campaign files to the keys, which only the API may see.

    Names with one key are one robot, whose minute the platform counts once; it goes by the first of them.
    """

    name = "group_robot"
    repeat_safe = False
    spends_window = False

    def __init__(self, api: RobotApi, robots: Mapping[str, str], pictures: PictureShelf) -> None:
        self._api = api
        self._pictures = pictures
        self._robots = robots
        by_key = {key: name for name, key in sorted(robots.items(), reverse=True)}
        self._called = {name: by_key[key] for name, key in robots.items()}

    def accepts(self, recipient: Recipient, push: Notification, now: datetime) -> bool:
        return recipient.kind == "robot" and recipient.robot in self._robots

    def part(self, recipient: Recipient) -> str:
        return f"{self.name} {self._called[recipient.robot]}"

    def send(self, recipient: Recipient, push: Notification) -> str:
        key = self._robots[recipient.robot]
        if push.picture:
            self._api.send_image(key, content_of(self._pictures, push))
        elif push.markdown:
            self._api.send_markdown_v2(key, push.markdown)
        else:
            self._api.send_text(key, push.text)
        return ""
