"""Tags: how the account tells groups of its followers apart (wechat-platform §5.4)."""

from collections.abc import Iterator, Sequence

from bot.wechat.client import AccountClient, unfit
from scheduler.channels import Unknown

NAME = 30
"""Characters of a tag's name."""
AT_ONCE = 50
"""Openids of one call."""


class Users:
    def __init__(self, client: AccountClient) -> None:
        self._client = client

    def tags(self) -> dict[str, int]:
        """Name → id of every tag."""
        self._client.require("tags")
        listed = self._client.look_up("tags/get").get("tags", [])
        return {str(tag["name"]): int(tag["id"]) for tag in listed}

    def tag_named(self, name: str) -> int:
        """The id of the tag with this name, made if it is not there."""
        known = self.tags()
        return known[name] if name in known else self.create_tag(name)

    def create_tag(self, name: str) -> int:
        """The id of a new tag."""
        self._client.require("tags")
        if not 0 < len(name) <= NAME:
            raise unfit(f"a tag's name has 1 to {NAME} characters", 45158)
        match self._client.command("tags/create", {"tag": {"name": name}}):
            case {"tag": {"id": int(tag)}}:
                return tag
        raise Unknown("no tag in the answer")

    def tagged(self, tag: int) -> set[str]:
        """The openids of the people with a tag."""
        self._client.require("tags")
        found: set[str] = set()
        after = ""
        while True:
            answer = self._client.look_up("user/tag/get", {"tagid": tag, "next_openid": after})
            page = answer.get("data", {}).get("openid", [])
            found.update(page)
            after = answer.get("next_openid", "")
            if not page or not after:
                return found

    def tag(self, tag: int, openids: Sequence[str]) -> None:
        """Give people a tag; those who have it keep it."""
        self._each("tags/members/batchtagging", tag, openids)

    def untag(self, tag: int, openids: Sequence[str]) -> None:
        self._each("tags/members/batchuntagging", tag, openids)

    def _each(self, endpoint: str, tag: int, openids: Sequence[str]) -> None:
        self._client.require("tags")
        for batch in _batches(openids):
            self._client.look_up(endpoint, {"openid_list": batch, "tagid": tag})


def _batches(openids: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(openids), AT_ONCE):
        yield list(openids[start : start + AT_ONCE])
