"""Templates in use at the account, of template messages (模板消息) and of subscription notices (订阅通知)."""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.simulator.errors import ApiError

IN_USE = 25
REPEATED_WITHIN = timedelta(minutes=10)
SHOWN_CHARACTERS = 20

EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]+")


@dataclass(frozen=True, slots=True)
class Template:
    """`keywords` are (key, label) pairs such as `("thing1", "单位名称")`; the key's letters name its type."""

    id: str
    title: str
    keywords: tuple[tuple[str, str], ...]

    @property
    def content(self) -> str:
        """As the console and the list of templates write it."""
        return "".join(f"{label}:{{{{{key}.DATA}}}}\n" for key, label in self.keywords)

    def render(self, values: Mapping[str, str]) -> str:
        """What the person sees."""
        return "\n".join([self.title, *(f"{label}：{values.get(key, '')}" for key, label in self.keywords)])


class Templates:
    """`too_many`: the code of the refusal, which differs between the two kinds."""

    def __init__(self, *, too_many: int) -> None:
        self._too_many = too_many
        self._in_use: dict[str, Template] = {}

    def all(self) -> list[Template]:
        return list(self._in_use.values())

    def find(self, template_id: object) -> Template:
        """Raises 40037 for a template that is not in use."""
        if not isinstance(template_id, str) or template_id not in self._in_use:
            raise ApiError(40037)
        return self._in_use[template_id]

    def add(self, title: str, keywords: Iterable[tuple[str, str]]) -> str:
        """Puts a template in use, as in the console; returns its id."""
        if len(self._in_use) >= IN_USE:
            raise ApiError(self._too_many)
        template_id = secrets.token_urlsafe(33)[:43]
        self._in_use[template_id] = Template(template_id, title, tuple(keywords))
        return template_id


class TemplateSendings:
    """Which template messages went out under which client_msg_id, for ten minutes."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._sent: dict[tuple[str, str], tuple[int, datetime]] = {}

    def earlier(self, openid: str, client_msg_id: str) -> int | None:
        """The msgid of the same sending within the last ten minutes."""
        msgid, at = self._sent.get((openid, client_msg_id), (0, None))
        return msgid if at is not None and self._now() - at < REPEATED_WITHIN else None

    def remember(self, openid: str, client_msg_id: str, msgid: int) -> None:
        self._sent[openid, client_msg_id] = (msgid, self._now())


def shown_in_template(value: str) -> str:
    """A value as clients show it: no line breaks, no emoji, cut after twenty characters."""
    flat = EMOJI.sub("□", " ".join(value.split()))
    return flat if len(flat) <= SHOWN_CHARACTERS else flat[:SHOWN_CHARACTERS] + "…"
