"""模板消息: a few short fields about the person's own business, for jobs that the operator gave a template."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from scheduler.channels.channel import Recipient
from scheduler.channels.template_fields import fill
from storage.models.pushes import Notification

DIGESTS = frozenset(
    {"bulletin", "notice", "digest", "incidents", "slogan", "thanks", "final-report"}
    | {"first-day", "last-day", "closing", "silent-reminder"}
)
"""Jobs that WeChat does not want as template messages: nobody's own business (wechat-platform §4.3, §4.9)."""


class TemplateApi(Protocol):
    """Raises a SendError. The same `message_id` within ten minutes shows the message once."""

    def template_fields(self, template: str) -> tuple[str, ...]: ...

    def send_template(self, openid: str, template: str, values: Mapping[str, str], message_id: str) -> str: ...


class TemplateMessageChannel:
    """`templates` maps jobs to WeChat's ids. Works without a window; the id of the push makes a repetition safe."""

    name = "template_message"
    repeat_safe = True
    spends_window = False

    def __init__(self, api: TemplateApi, templates: Mapping[str, str]) -> None:
        self._api = api
        self._templates = {job: template for job, template in templates.items() if job not in DIGESTS}

    def accepts(self, recipient: Recipient, push: Notification, now: datetime) -> bool:
        return recipient.kind == "person" and push.job in self._templates

    def part(self, recipient: Recipient) -> str:
        return self.name

    def send(self, recipient: Recipient, push: Notification) -> str:
        template = self._templates[push.job]
        values = fill(self._api.template_fields(template), push)
        return self._api.send_template(recipient.openid, template, values, message_id(push))


def message_id(push: Notification) -> str:
    """32 characters that are the same for every sending of one push."""
    return hashlib.blake2s(push.id.encode(), digest_size=16).hexdigest()
