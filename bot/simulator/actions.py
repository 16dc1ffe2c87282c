"""The messages and events that a person's doings become, field by field as the platform writes them.

Media ids and tickets are given by the caller; who did it is added when it is delivered.
"""

import hashlib
from collections.abc import Mapping, Sequence

from bot.simulator.fields import Fields

ZHAOTONG = (27.338257, 103.717465)
"""Latitude and longitude."""

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000031c9f6c90000000d49444154789c6360f8ffbf1e0005"
    "fe02fea7d2cf0d0000000049454e44ae426082"
)
"""A picture."""


def event(name: str, **more: str) -> Fields:
    return {"MsgType": "event", "Event": name, **more}


def text(content: str) -> Fields:
    return {"MsgType": "text", "Content": content}


def image(media_id: str) -> Fields:
    return {"MsgType": "image", "PicUrl": f"http://mmbiz.qpic.cn/mmbiz_jpg/{media_id}/0", "MediaId": media_id}


def voice(media_id: str, better_media_id: str, recognition: str) -> Fields:
    """`recognition` is what the platform understood, empty as it mostly is in practice."""
    media = {"MediaId": media_id, "Format": "amr", "MediaId16K": better_media_id}
    return {"MsgType": "voice", **media, "Recognition": recognition}


def video(media_id: str, thumb_media_id: str, *, short: bool) -> Fields:
    kind = "shortvideo" if short else "video"
    return {"MsgType": kind, "MediaId": media_id, "ThumbMediaId": thumb_media_id}


def location(label: str, latitude: float, longitude: float) -> Fields:
    return {"MsgType": "location", "Location_X": latitude, "Location_Y": longitude, "Scale": 16, "Label": label}


def link(title: str, description: str, url: str) -> Fields:
    return {"MsgType": "link", "Title": title, "Description": description, "Url": url}


def file(title: str, content: bytes) -> Fields:
    """Not in the official table, but seen in the wild."""
    digest = hashlib.md5(content).hexdigest()
    about = {"Title": title, "Description": "", "FileKey": digest[:16], "FileMd5": digest}
    return {"MsgType": "file", **about, "FileTotalLen": len(content)}


def miniprogram(title: str, appid: str, path: str, thumb_media_id: str) -> Fields:
    about = {"Title": title, "AppId": appid, "PagePath": path, "ThumbUrl": "http://mmbiz.qpic.cn/thumb/0"}
    return {"MsgType": "miniprogrampage", **about, "ThumbMediaId": thumb_media_id}


def position(latitude: float, longitude: float) -> Fields:
    """The event that comes when somebody opens the chat, where the account asks for it."""
    where = {"Latitude": latitude, "Longitude": longitude, "Precision": 65.0}
    return {"MsgType": "event", "Event": "LOCATION", **where}


def menu_view(url: str, menu_id: int) -> Fields:
    return {**event("VIEW", EventKey=url), "MenuId": menu_id}


def menu_miniprogram(path: str, menu_id: int) -> Fields:
    return {**event("view_miniprogram", EventKey=path), "MenuId": menu_id}


def menu_scan(kind: str, key: str, result: str) -> Fields:
    """`kind` is scancode_push or scancode_waitmsg."""
    return {**event(kind, EventKey=key), "ScanCodeInfo": {"ScanType": "qrcode", "ScanResult": result}}


def menu_pictures(kind: str, key: str, pictures: Sequence[bytes]) -> Fields:
    """`kind` is pic_sysphoto, pic_photo_or_album or pic_weixin; the pictures follow as messages."""
    items: list[Fields] = [{"PicMd5Sum": hashlib.md5(each).hexdigest()} for each in pictures]
    return {**event(kind, EventKey=key), "SendPicsInfo": {"Count": len(items), "PicList": {"item": items}}}


def menu_location(key: str, label: str, latitude: float, longitude: float) -> Fields:
    where = {"Location_X": str(latitude), "Location_Y": str(longitude), "Scale": "16", "Label": label, "Poiname": ""}
    return {**event("location_select", EventKey=key), "SendLocationInfo": where}


def popup(answers: Mapping[str, str]) -> Fields:
    """What somebody said to each template in a subscription dialogue: accept or reject."""
    items: list[Fields] = [
        {"TemplateId": template, "SubscribeStatusString": answer, "PopupScene": "1"}
        for template, answer in answers.items()
    ]
    return {**event("subscribe_msg_popup_event"), "SubscribeMsgPopupEvent": {"List": items}}


def refusal(templates: Sequence[str]) -> Fields:
    """Templates that somebody switched off later; only refusals are told."""
    items: list[Fields] = [{"TemplateId": each, "SubscribeStatusString": "reject"} for each in templates]
    return {**event("subscribe_msg_change_event"), "SubscribeMsgChangeEvent": {"List": items}}


def customer_session(name: str, agent: str, to: str = "") -> Fields:
    """`name` is kf_create_session, kf_close_session or kf_switch_session (from `agent` to another)."""
    agents = {"FromKfAccount": agent, "ToKfAccount": to} if name == "kf_switch_session" else {"KfAccount": agent}
    return event(name, **agents)


def verification(name: str, helper: str, moment: int) -> Fields:
    """How the yearly verification of the account goes, told by the platform's own account `helper`.

    `name` is qualification_verify_success, …_fail, naming_verify_success, …_fail, annual_renew or verify_expired.
    """
    times: Fields = {"FailTime": moment, "FailReason": "by time"} if name.endswith("_fail") else {"ExpiredTime": moment}
    return {"FromUserName": helper, **event(name), **times}


def about_authorization(name: str, helper: str, openid: str, appid: str) -> Fields:
    """`name` is user_info_modified, user_authorization_revoke or user_authorization_cancellation.

    The platform's own account `helper` sends it; the person meant stands in OpenID.
    """
    about = {"OpenID": openid, "UnionID": "", "AppID": appid, "RevokeInfo": "205"}
    return {"FromUserName": helper, **event(name), **about}
