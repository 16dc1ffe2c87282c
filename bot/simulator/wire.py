"""What a person's action looks like in her transcript, and to the window rule."""

from bot.simulator.fields import Fields, Value, to_json, to_xml
from bot.simulator.ledgers.windows import Trigger

__all__ = ["Fields", "Value", "is_shown", "line_of", "may_be_answered", "to_json", "to_xml", "trigger_of"]

WINDOW_EVENTS = {"subscribe", "SCAN", "CLICK", "scancode_push", "scancode_waitmsg"}
ANSWERED_EVENTS = WINDOW_EVENTS | {"LOCATION", "location_select", "pic_sysphoto", "pic_photo_or_album", "pic_weixin"}
"""Events after which the person may see an answer; whatever answers another event goes nowhere."""

EVENT_LINES = {
    "subscribe": "关注了公众号",
    "unsubscribe": "取消了关注",
    "SCAN": "扫描了二维码",
    "VIEW": "打开了菜单链接",
    "view_miniprogram": "打开了小程序",
    "scancode_push": "用菜单扫码",
    "scancode_waitmsg": "用菜单扫码",
    "pic_sysphoto": "用菜单拍照",
    "pic_photo_or_album": "用菜单发图",
    "pic_weixin": "用菜单发图",
    "location_select": "用菜单发位置",
    "LOCATION": "上报了位置",
    "subscribe_msg_popup_event": "回应了订阅通知",
    "subscribe_msg_change_event": "管理了订阅通知",
}
MESSAGE_LINES = {
    "image": "[图片]",
    "voice": "[语音]",
    "video": "[视频]",
    "shortvideo": "[小视频]",
    "location": "[位置]",
    "link": "[链接]",
    "file": "[文件]",
    "miniprogrampage": "[小程序]",
}
MACHINE_EVENTS = {
    "TEMPLATESENDJOBFINISH",
    "MASSSENDJOBFINISH",
    "subscribe_msg_sent_event",
    "user_info_modified",
    "user_authorization_revoke",
    "user_authorization_cancellation",
    "qualification_verify_success",
    "qualification_verify_fail",
    "naming_verify_success",
    "naming_verify_fail",
    "annual_renew",
    "verify_expired",
    "kf_create_session",
    "kf_close_session",
    "kf_switch_session",
}
"""What the platform says by itself: nobody sees anything of it."""


def trigger_of(fields: Fields) -> Trigger | None:
    """The window that this action opens; a tapped menu link counts as a click, not as a message."""
    if fields["MsgType"] == "event":
        return Trigger.ACTION if fields.get("Event") in WINDOW_EVENTS else None
    return Trigger.ACTION if "bizmsgmenuid" in fields else Trigger.MESSAGE


def is_shown(fields: Fields) -> bool:
    """Whether a person did this, so that it stands in her transcript."""
    return fields["MsgType"] != "event" or fields.get("Event") not in MACHINE_EVENTS


def may_be_answered(fields: Fields) -> bool:
    """Whether the platform shows an answer to this, and the fault banner when there is none."""
    return fields["MsgType"] != "event" or fields.get("Event") in ANSWERED_EVENTS


def line_of(fields: Fields) -> str:
    """The action as a line of the transcript."""
    if fields.get("Event") == "CLICK":
        return f"点了菜单“{fields.get('EventKey', '')}”"
    if fields["MsgType"] == "event":
        event = str(fields.get("Event", ""))
        return EVENT_LINES.get(event, f"{event} {fields.get('EventKey', '')}".strip())
    if fields["MsgType"] == "text":
        return str(fields.get("Content", ""))
    line = MESSAGE_LINES.get(str(fields["MsgType"]), f"[{fields['MsgType']}]")
    detail = fields.get("Recognition") or fields.get("Label") or fields.get("Title") or ""
    return f"{line} {detail}".strip()
