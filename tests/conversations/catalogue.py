"""Every type of message and every event of the platform, each as somebody sends it (wechat-platform §2.2, §2.3)."""

from dataclasses import dataclass

from bot.simulator import actions
from bot.simulator.fields import Fields
from handlers.understand.readings import TEXT_LIMIT

UNSUPPORTED = "【收到不支持的消息类型，暂无法显示】"


@dataclass(frozen=True)
class Sent:
    """One row of docs/wechat.md: what it is called, its fields, and what Yidui does besides answering."""

    name: str
    fields: Fields
    does: str = ""


def _event(name: str, note: str = "", does: str = "", **more: str) -> Sent:
    return Sent(f"`{name}`{note and ' '}{note}", actions.event(name, **more), does)


def _verification(name: str) -> Fields:
    return {key: value for key, value in actions.verification(name, "", 1442401156).items() if key != "FromUserName"}


ERASES = "erases what is kept about the person"
RECORDS = "records the outcome on the delivery"

MESSAGES = (
    Sent("`text`", actions.text("帮助"), "answers the words"),
    Sent("`text` of a tapped menu line", actions.text("帮助") | {"bizmsgmenuid": "101"}, "answers the words"),
    Sent("`text`, empty", actions.text("")),
    Sent(f"`text` over {TEXT_LIMIT} characters", actions.text("捐" * (TEXT_LIMIT + 1)), "matches nothing against it"),
    Sent("`text`, WeChat's stand-in for a sticker", actions.text(UNSUPPORTED)),
    Sent("`voice`, recognised", actions.voice("m", "m16", "帮助"), "answers the recognised words"),
    Sent("`voice`, not recognised", actions.voice("m", "m16", "")),
    Sent("`image`", actions.image("m")),
    Sent("`video`", actions.video("m", "t", short=False)),
    Sent("`shortvideo`", actions.video("m", "t", short=True)),
    Sent("`location`", actions.location("昭阳区", *actions.ZHAOTONG)),
    Sent("`link`", actions.link("标题", "描述", "https://example.org")),
    Sent("`miniprogrampage`", actions.miniprogram("标题", "wx1", "pages/index", "t")),
    Sent("`file`", actions.file("名单.xlsx", b"x")),
    Sent("any other type", {"MsgType": "hologram", "Depth": "3"}),
)

EVENTS = (
    _event("subscribe", EventKey=""),
    _event("subscribe", "with a known scene", "binds the campaign, or tells the team", EventKey="qrscene_{scene}"),
    _event("subscribe", "with an unknown scene", EventKey="qrscene_nobody-knows-it"),
    _event("subscribe", "after a payment", EventKey="last_trade_no_1008450740201411110005820873"),
    _event("SCAN", "of a known scene", "binds the campaign, or tells the team", EventKey="{scene}"),
    _event("SCAN", "of an unknown scene", EventKey="nobody-knows-it"),
    _event("CLICK", "on a menu entry", "answers its key as words", EventKey="帮助"),
    _event("CLICK", "without a key", EventKey=""),
    Sent("`scancode_waitmsg`", actions.menu_scan("scancode_waitmsg", "k", "https://example.org")),
    Sent("`scancode_push`", actions.menu_scan("scancode_push", "k", "https://example.org")),
    _event("VIEW", EventKey="https://example.org", MenuId="1"),
    _event("view_miniprogram", EventKey="pages/index", MenuId="1"),
    Sent("`pic_sysphoto`", actions.menu_pictures("pic_sysphoto", "k", [actions.PIXEL])),
    Sent("`pic_photo_or_album`", actions.menu_pictures("pic_photo_or_album", "k", [actions.PIXEL] * 3)),
    Sent("`pic_weixin`", actions.menu_pictures("pic_weixin", "k", [])),
    Sent("`location_select`", actions.menu_location("k", "昭阳区", *actions.ZHAOTONG)),
    Sent("`LOCATION`", actions.position(*actions.ZHAOTONG)),
    _event("TEMPLATESENDJOBFINISH", "", RECORDS, MsgID="200163836", Status="success"),
    _event("MASSSENDJOBFINISH", "", RECORDS, MsgID="1000001625", Status="send success", SentCount="100"),
    Sent(
        "`subscribe_msg_popup_event`",
        actions.popup({"t-1": "accept", "t-2": "reject"}),
        "counts the consents of the person, by template",
    ),
    Sent("`subscribe_msg_change_event`", actions.refusal(["t-1"]), "forgets the consents of the person"),
    Sent(
        "`subscribe_msg_sent_event`",
        actions.event("subscribe_msg_sent_event")
        | {"SubscribeMsgSentEvent": {"List": [{"TemplateId": "t", "MsgID": "1", "ErrorCode": "0"}]}},
        f"spends the consent, {RECORDS}",
    ),
    _event("unsubscribe", "", ERASES, EventKey=""),
    _event("user_authorization_revoke", "", ERASES, OpenID="{openid}", RevokeInfo="205"),
    _event("user_authorization_cancellation", "", ERASES, OpenID="{openid}"),
    _event("user_info_modified", "", "nothing: no profile is kept", OpenID="{openid}"),
    *(
        Sent(f"`{name}`", _verification(name), "settles the operator's alert")
        for name in ("qualification_verify_success", "naming_verify_success")
    ),
    *(
        Sent(f"`{name}`", _verification(name), "logs an ERROR and raises the operator's alert")
        for name in ("qualification_verify_fail", "naming_verify_fail", "annual_renew", "verify_expired")
    ),
    *(
        Sent(f"`{name}`", actions.customer_session(name, "a@x", "b@x"))
        for name in ("kf_create_session", "kf_close_session", "kf_switch_session")
    ),
    _event("PUBLISHJOBFINISH"),
    _event("card_pass_check"),
    _event("user_get_card"),
    _event("poi_check_notify"),
    _event("wxa_media_check"),
    Sent("any other event", actions.event("never_heard_of", EventKey="x")),
)
