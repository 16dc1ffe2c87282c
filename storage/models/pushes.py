"""What is sent unasked and what became of it, as frozen values."""

from datetime import datetime
from typing import Literal

from storage.models.fact import Fact

Edition = Literal["evening", "noon", "all"]
"""Which bulletins somebody subscribed to: the evening's, noon's besides, or every one."""


class Notification(Fact):
    """One outgoing push to one recipient: a person, a group robot by name, or another system by its hook's name.

    `asked`: it answers her, or is a robot's; quiet hours hold the rest. `expires_at` ends its sending; in a mailbox it
    is worth reading until `read_until` (None: for ever). `push`: the id of its push in the plan, '' for none.
    `corrected_by` names the plan that corrects it: once that stands in the outbox, this one is not sent.
    `markdown`: the same for a channel that shows tables, '' where there is only the text. `picture`: the name of a
    picture that is sent in the place of the text where the channel can, `link` the page that shows it.
    """

    id: str
    campaign: str
    job: str
    push: str = ""
    person: str = ""
    robot: str = ""
    hook: str = ""
    text: str
    markdown: str = ""
    picture: str = ""
    link: str = ""
    asked: bool = False
    created_at: datetime
    due_at: datetime
    expires_at: datetime
    read_until: datetime | None = None
    corrected_by: str = ""


class Mail(Fact):
    """A push left in a person's mailbox: shown with her next reply, unless it is no longer worth reading."""

    text: str
    read_until: datetime | None = None


DeliveryStatus = Literal["queued", "inflight", "sent", "mailbox", "skipped", "failed", "unknown", "expired"]


class Delivery(Fact):
    """What became of a notification, by which channel, and why.

    `begun_at`: when it may have gone out first, real time; `sender`: who marked it last. `doubted`: by which channel it
    may have gone out already, where that shows a repetition once. `matter`: the number under which an unknown outcome
    waits for a coordinator.
    """

    notification: Notification
    status: DeliveryStatus = "queued"
    channel: str = ""
    reason: str = ""
    attempts: int = 0
    settled_at: datetime | None = None
    begun_at: datetime | None = None
    sender: str = ""
    matter: str = ""
    doubted: str = ""
