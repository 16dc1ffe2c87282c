"""The ledger of subscription credits: who allowed how many notices by which template (wechat-platform §4.4).

One consent allows one notice, without an end. No API tells what is left, so this ledger is our own: fed by the events
`subscribe_msg_popup_event` (`accept`, `refuse`), `subscribe_msg_change_event` (`refuse`) and `subscribe_msg_sent_event`
(`spent`), and corrected when WeChat answers 43101 (`refuse`).
"""

from dataclasses import dataclass

from storage.database import Database, script
from storage.keys import NOTICE_SECONDS, Keys

_spend_credit = script("spend_credit")


@dataclass(frozen=True, slots=True)
class Credits:
    """`template` is WeChat's id of a template."""

    database: Database
    keys: Keys

    def accept(self, openid: str, template: str) -> None:
        """She allowed one more notice."""
        self.database.hincrby(self.keys.credits(openid), template, 1)

    def refuse(self, openid: str, template: str) -> None:
        """She allows none, or WeChat says that none is left."""
        self.database.hdel(self.keys.credits(openid), template)

    def spent(self, openid: str, template: str, notice: str) -> None:
        """A notice went out; once for each `notice` (WeChat's msgid), whether we sent it or its event came first."""
        _spend_credit(
            self.database,
            [self.keys.credits(openid), self.keys.notice_mark(openid, notice)],
            [template, NOTICE_SECONDS],
        )

    def left(self, openid: str, template: str) -> int:
        """How many notices she still allows."""
        return int(self.database.hget(self.keys.credits(openid), template) or 0)
