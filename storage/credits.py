"""The ledger of subscription credits: who allowed how many notices by which template (wechat-platform §4.4).

One consent allows one notice, without an end. No API tells what is left, so this ledger is our own: fed by the events
`subscribe_msg_popup_event` (`accept`, `refuse`), `subscribe_msg_change_event` (`refuse`) and `subscribe_msg_sent_event`
(`spent`), each as one `hear`, and corrected when WeChat answers 43101 (`refuse`). A sending takes its credit before it
is made; the event that follows it settles what was taken, or spends for a notice that the console sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from storage.database import Database, script
from storage.keys import REPLY_SECONDS, Keys

_take_credit, _give_back_credit = script("take_credit"), script("give_back_credit")
_hear_credits = script("hear_credits")

Told = Literal["accept", "refuse", "spent"]


@dataclass(frozen=True, slots=True)
class Credits:
    """`template` is WeChat's id of a template."""

    database: Database
    keys: Keys

    def hear(self, openid: str, event: str, told: Iterable[tuple[Told, str]]) -> None:
        """What one event tells, in its order, template by template: once, however often the event is heard.

        `event` names it across deliveries. `spent` settles a credit that `take` took, or spends one for a notice that
        the console sent.
        """
        keys = [*self._of(openid), self.keys.credits_heard(openid)]
        _hear_credits(self.database, keys, [REPLY_SECONDS, event, *(part for pair in told for part in pair)])

    def refuse(self, openid: str, template: str) -> None:
        """WeChat says that none is left."""
        self.database.hdel(self.keys.credits(openid), template)

    def left(self, openid: str, template: str) -> int:
        """How many notices she still allows."""
        return int(self.database.hget(self.keys.credits(openid), template) or 0)

    def take(self, openid: str, template: str) -> bool:
        """Take a credit for a notice that is about to go out; whether one was left."""
        return bool(_take_credit(self.database, self._of(openid), [template]))

    def give_back(self, openid: str, template: str) -> None:
        """The notice surely did not go out. Of whoever was erased meanwhile nothing is kept."""
        _give_back_credit(self.database, self._of(openid), [template])

    def _of(self, openid: str) -> list[str]:
        return [self.keys.credits(openid), self.keys.credits_out(openid)]
