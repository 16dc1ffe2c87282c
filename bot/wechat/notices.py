"""What WeChat's own events tell: what became of pushes, what a person allows, how the account stands."""

from bot.wechat.fields import Fields, Push
from handlers.messages import Notice

ARRIVED = {"success", "send success"}
TEMPLATE_SPELLINGS = ("TemplateId", "TemplateID", "template_id")
JOB_SPELLINGS = ("MsgID", "MsgId", "msgid")
STATUS_LIMIT = 100
"""Characters kept of what WeChat says."""

_FINISHED = {"templatesendjobfinish", "masssendjobfinish"}
_CONSENT = {"subscribe_msg_popup_event", "subscribe_msg_change_event"}
_SENT = "subscribe_msg_sent_event"


def read_notices(event: str, push: Push) -> tuple[Notice, ...]:
    """`event` is in lower case. Empty for an event that tells nothing of this kind."""
    if event in _FINISHED:
        status = push.get("Status")
        return (Notice(push=push.get(*JOB_SPELLINGS), status=_short(status), good=status.strip().lower() in ARRIVED),)
    if event in _CONSENT:
        return tuple(map(_consent, push.items))
    if event == _SENT:
        return tuple(map(_sent, push.items))
    told = push.get("FailReason") or push.get("ExpiredTime", "FailTime")
    return (Notice(status=_short(told)),) if told else ()


def _consent(item: Fields) -> Notice:
    said = item.get("SubscribeStatusString", "")
    return Notice(template=_template(item), status=_short(said), good=said == "accept")


def _sent(item: Fields) -> Notice:
    code = item.get("ErrorCode", "")
    status = f"{code} {item.get('ErrorStatus', '')}".strip()
    return Notice(_named(item, JOB_SPELLINGS), _template(item), _short(status), good=code == "0")


def _template(item: Fields) -> str:
    return _named(item, TEMPLATE_SPELLINGS)


def _named(item: Fields, spellings: tuple[str, ...]) -> str:
    return _short(next((item[name] for name in spellings if name in item), ""))


def _short(text: str) -> str:
    return text.strip()[:STATUS_LIMIT]
