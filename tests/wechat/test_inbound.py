"""Pushes → Messages: what is refused, what is unreadable, and what each kind becomes."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from bot.wechat.crypto import Cipher, Forged, Signer, Unreadable
from bot.wechat.inbound import Inbound
from bot.wechat.modes import PlainMode, SafeMode
from handlers.messages import Notice

NOW = 1714112445


def received(inbound, args, body, now):
    """What becomes of a push whose body came with its arguments."""
    return inbound.receive(inbound.admit(args, now), body)


@pytest.fixture
def safe(platform):
    return Inbound(SafeMode(Cipher(platform.token, platform.appid, platform.aes_key)))


@pytest.fixture
def plain(platform):
    return Inbound(PlainMode(Signer(platform.token)))


@pytest.fixture
def read(platform, plain):
    """A push's XML or JSON as a Message."""
    return lambda text: received(plain, *platform.plain(text), NOW)


# --- the address -----------------------------------------------------------------------------------------


def address_query(**changes):
    query = {
        "signature": "f464b24fc39322e44b38aa78f5edd27bd1441696",
        "timestamp": "1714036504",
        "nonce": "1514711492",
        "echostr": "4375120948345356249",
    }
    return MultiDict(query | changes)


@pytest.mark.parametrize("mode", ["safe", "plain"])
def test_the_address_is_verified_with_the_official_vector(mode, request):
    assert request.getfixturevalue(mode).verify_address(address_query()) == "4375120948345356249"


@pytest.mark.parametrize(
    "changes",
    [
        {"signature": "0" * 40},
        {"nonce": "1"},
        {"echostr": ""},
        {"echostr": "1" * 129},
        {"echostr": "a\nb"},
    ],
)
def test_a_forged_address_query_is_refused(safe, changes):
    with pytest.raises(Forged):
        safe.verify_address(address_query(**changes))


# --- arguments, age, mode --------------------------------------------------------------------------------


def test_a_safe_push_arrives(platform, safe):
    message = received(safe, *platform.safe(platform.text("<![CDATA[报名 🎉]]>")), NOW)
    assert (message.kind, message.text, message.openid, message.account) == (
        "text",
        "报名 🎉",
        "oUSER",
        "gh_test",
    )
    assert message.created == NOW


def test_an_upper_case_signature_is_the_same_signature(platform, safe):
    args, body = platform.safe(platform.text("报名"))
    args["msg_signature"] = args["msg_signature"].upper()
    assert received(safe, args, body, NOW).text == "报名"


@pytest.mark.parametrize("mode", ["safe", "plain"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timestamp", ""),
        ("timestamp", "17141124450"),
        ("timestamp", "１７１４１１２４４５"),
        ("timestamp", "171411244a"),
        ("nonce", ""),
        ("nonce", "1" * 33),
        ("nonce", "x]]><y>"),
        ("nonce", "随机"),
        ("signature", ""),
        ("signature", "0" * 40),
        ("signature", "0" * 39),
        ("msg_signature", "0" * 40),
        ("msg_signature", "é" * 40),
        ("encrypt_type", "AES"),
    ],
)
def test_malformed_or_changed_arguments_are_forged(platform, request, mode, name, value):
    text = platform.text("报名")
    args, body = platform.safe(text) if mode == "safe" else platform.plain(text)
    args[name] = value
    if (mode, name, value) == ("plain", "msg_signature", "0" * 40):
        assert received(request.getfixturevalue(mode), args, body, NOW).text == "报名"
        return
    with pytest.raises(Forged):
        received(request.getfixturevalue(mode), args, body, NOW)


@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce", "msg_signature", "encrypt_type"])
def test_repeated_arguments_are_forged(platform, safe, name):
    args, body = platform.safe(platform.text("报名"))
    args.add(name, args[name])
    with pytest.raises(Forged, match="more than once"):
        received(safe, args, body, NOW)


@pytest.mark.parametrize(("age", "accepted"), [(0, True), (300, True), (-300, True), (301, False), (-301, False)])
def test_the_window_is_five_minutes_both_ways(platform, safe, age, accepted):
    args, body = platform.safe(platform.text("报名"), timestamp=NOW - age)
    if accepted:
        assert received(safe, args, body, NOW).text == "报名"
    else:
        with pytest.raises(Forged, match="window"):
            received(safe, args, body, NOW)


def test_safe_mode_refuses_plain_text(platform, safe):
    with pytest.raises(Forged, match="plain text"):
        received(safe, *platform.plain(platform.text("报名")), NOW)


def test_safe_mode_refuses_a_body_without_ciphertext(platform, safe):
    args, _ = platform.safe(platform.text("报名"))
    with pytest.raises(Forged, match="no Encrypt"):
        received(safe, args, platform.text("报名").encode(), NOW)


def test_safe_mode_reads_the_encrypted_twin_only(platform, safe):
    args, body = platform.safe(platform.text("报名"))
    twin = platform.text("撤回").encode().replace(b"</xml>", body.removeprefix(b"<xml>"))
    assert received(safe, args, twin, NOW).text == "报名"


def test_a_changed_ciphertext_is_forged(platform, safe):
    args, body = platform.safe(platform.text("报名"))
    at = body.index(b"CDATA[") + 20
    changed = body[:at] + (b"A" if body[at : at + 1] != b"A" else b"B") + body[at + 1 :]
    with pytest.raises(Forged):
        received(safe, args, changed, NOW)


@pytest.mark.parametrize("wrapping", ["<Encrypt> \n{}\n </Encrypt>", "<Encrypt>\n<![CDATA[\n{}\n]]>\n</Encrypt>"])
def test_white_space_around_the_ciphertext_does_no_harm(platform, safe, wrapping):
    args, body = platform.safe(platform.text("报名"))
    encrypted = body.decode().split("CDATA[")[1].split("]]>")[0]
    assert received(safe, args, f"<xml>{wrapping.format(encrypted)}</xml>".encode(), NOW).text == "报名"


def test_a_json_envelope_is_opened(platform, safe):
    args, body = platform.safe(platform.text("报名"))
    encrypted = body.decode().split("CDATA[")[1].split("]]>")[0]
    escaped = json.dumps({"ToUserName": "gh_test", "Encrypt": encrypted}).replace("/", "\\/")
    assert received(safe, args, escaped.encode(), NOW).text == "报名"


def test_another_accounts_push_is_forged(platform, safe):
    with pytest.raises(Forged, match="appid"):
        received(safe, *platform.safe(platform.text("报名"), appid="wx0000000000000000"), NOW)


def test_a_wrong_key_is_unreadable(platform):
    inbound = Inbound(SafeMode(Cipher(platform.token, platform.appid, "B" * 43)))
    with pytest.raises(Unreadable):
        received(inbound, *platform.safe(platform.text("报名")), NOW)


def test_a_body_over_64_kib_is_forged(platform, plain):
    with pytest.raises(Forged, match="64 KiB"):
        received(plain, *platform.plain(platform.text("x" * 65536)), NOW)


# --- authentic but unreadable ----------------------------------------------------------------------------

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    "<xml><MsgType>text</MsgType><Content>&c;</Content></xml>"
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "success",
        "<xml>",
        "<html></html>",
        "<xml><MsgType>text</MsgType></html>",
        BOMB,
        EXTERNAL,
        "<!DOCTYPE xml><xml></xml>",
        "<xml><a>" * 5000,
        "<xml>" + "<a/>" * 5000 + "</xml>",
        "<xml>&undefined;</xml>",
        "{",
        "{}",
        "[]",
        '{"MsgType": "text", "MsgType": "event"}',
        '{"MsgType": ["text"]}',
        '{"a":' * 5000,
        "{" + "[" * 40000,
    ],
)
@pytest.mark.parametrize("mode", ["safe", "plain"])
def test_what_is_not_a_message_is_unreadable(platform, request, mode, text):
    push = platform.safe(text) if mode == "safe" else platform.plain(text)
    with pytest.raises(Unreadable):
        received(request.getfixturevalue(mode), *push, NOW)


def test_bytes_that_are_not_utf8_are_unreadable(platform, plain):
    with pytest.raises(Unreadable):
        received(plain, *platform.plain(b"<xml>\xff</xml>"), NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"MsgType": "<a/>"},
        {"FromUserName": None},
        {"FromUserName": "a</FromUserName><FromUserName>b"},
        {"FromUserName": "o{tag}"},
        {"FromUserName": "有人"},
        {"ToUserName": None},
        {"CreateTime": None},
        {"CreateTime": "soon"},
        {"CreateTime": "-1"},
        {"CreateTime": "9" * 5000},
        {"MsgType": "event"},
        {"MsgType": "event", "Event": "user_authorization_revoke"},
    ],
)
def test_pushes_without_a_usable_sender_time_or_type_are_unreadable(platform, read, fields):
    with pytest.raises(Unreadable):
        read(platform.push(**({"MsgType": "text", "Content": "报名", "MsgId": 1} | fields)))


# --- kinds -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "kind", "text"),
    [
        ({"MsgType": "text", "Content": "<![CDATA[进度 3200元]]>"}, "text", "进度 3200元"),
        ({"MsgType": "TEXT", "Content": "a &lt;b&gt; &#x1F389;"}, "text", "a <b> 🎉"),
        ({"MsgType": "text", "Content": "<![CDATA[a]]]]><![CDATA[>b]]>"}, "text", "a]]>b"),
        ({"MsgType": "text", "Content": "<![CDATA[<!DOCTYPE html>]]>"}, "text", "<!DOCTYPE html>"),
        ({"MsgType": "text", "Content": "a\x0b\x01b"}, "text", "ab"),
        ({"MsgType": "text", "Content": ""}, "text", ""),
        ({"MsgType": "text"}, "text", ""),
        ({"MsgType": "text", "Content": "【收到不支持的消息类型，暂无法显示】"}, "sticker", ""),
        ({"MsgType": "voice", "MediaId": "m", "Recognition": "<![CDATA[进度三千]]>"}, "voice", "进度三千"),
        ({"MsgType": "voice", "MediaId": "m", "Format": "amr"}, "voice", ""),
        ({"MsgType": "image", "PicUrl": "http://x", "MediaId": "m"}, "image", ""),
        ({"MsgType": "voice", "Recognition": "<![CDATA[]]>"}, "voice", ""),
        ({"MsgType": "video", "MediaId": "m"}, "video", ""),
        ({"MsgType": "shortvideo", "MediaId": "m"}, "video", ""),
        ({"MsgType": "location", "Location_X": "1.0"}, "location", ""),
        ({"MsgType": "link", "Title": "t", "Url": "u"}, "link", ""),
        ({"MsgType": "miniprogrampage", "Title": "t", "AppId": "wx"}, "link", ""),
        ({"MsgType": "file", "Title": "t", "FileTotalLen": "9"}, "file", ""),
        ({"MsgType": "something_new", "Deep": "<a><b>1</b></a>"}, "other", ""),
    ],
)
def test_message_kinds(platform, read, fields, kind, text):
    message = read(platform.push(MsgId=1, **fields))
    assert (message.kind, message.text, message.event) == (kind, text, "")


@pytest.mark.parametrize(
    ("fields", "event", "event_key"),
    [
        ({"Event": "subscribe", "EventKey": ""}, "subscribe", ""),
        ({"Event": "subscribe"}, "subscribe", ""),
        ({"Event": "subscribe", "EventKey": "qrscene_join:42", "Ticket": "t"}, "subscribe", "join:42"),
        ({"Event": "subscribe", "EventKey": "last_trade_no_7"}, "subscribe", "last_trade_no_7"),
        ({"Event": "unsubscribe"}, "unsubscribe", ""),
        ({"Event": "SCAN", "EventKey": "join:42"}, "scan", "join:42"),
        ({"Event": "CLICK", "EventKey": "排行"}, "click", "排行"),
        ({"Event": "TEMPLATESENDJOBFINISH", "MsgID": "5", "Status": "success"}, "templatesendjobfinish", ""),
        ({"Event": "never_heard_of"}, "never_heard_of", ""),
        ({"Event": "<![CDATA[ Scan ]]>", "EventKey": "x", "EventKeyX": "y"}, "scan", "x"),
        ({"Event": "pic_weixin", "EventKey": "k", "SendPicsInfo": "<Count>2</Count>"}, "pic_weixin", "k"),
    ],
)
def test_events(platform, read, fields, event, event_key):
    message = read(platform.push(MsgType="event", **fields))
    assert (message.kind, message.event, message.event_key) == ("event", event, event_key)
    assert (message.openid, message.text) == ("oUSER", "")


@pytest.mark.parametrize(
    "event", ["user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"]
)
def test_events_about_somebody_name_that_person(platform, read, event):
    message = read(platform.push(MsgType="event", Event=event, FromUserName="oPLATFORM", OpenID="oREAL"))
    assert message.openid == "oREAL"


@pytest.mark.parametrize("spelling", ["OpenID", "OpenId", "openid"])
def test_the_person_an_event_is_about_is_found_in_any_spelling(platform, read, spelling):
    about = {"Event": "user_authorization_revoke", "FromUserName": "oPLATFORM", spelling: "oREAL"}
    assert read(platform.push(MsgType="event", **about)).openid == "oREAL"


@pytest.mark.parametrize("spelling", ["bizmsgmenuid", "BizMsgMenuId"])
def test_a_tapped_line_of_a_menu_message_is_known(platform, read, spelling):
    assert read(platform.text("排行", **{spelling: "101"})).menu_tap
    assert not read(platform.text("排行")).menu_tap


# --- what events tell --------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", ["MsgID", "MsgId", "msgid"])
@pytest.mark.parametrize(
    ("event", "status", "good"),
    [
        ("TEMPLATESENDJOBFINISH", "success", True),
        ("TEMPLATESENDJOBFINISH", "failed:user block", False),
        ("TEMPLATESENDJOBFINISH", "failed: system failed", False),
        ("MASSSENDJOBFINISH", "send success", True),
        ("MASSSENDJOBFINISH", "send fail", False),
        ("MASSSENDJOBFINISH", "err(10001)", False),
    ],
)
def test_the_end_of_a_push(platform, read, spelling, event, status, good):
    push = platform.push(MsgType="event", Event=event, **{spelling: str(2**63 - 1)}, Status=status, SentCount=9)
    assert read(push).notices == (Notice(push=str(2**63 - 1), status=status, good=good),)


def consents(*said):
    return "".join(
        f"<List><TemplateId>{template}</TemplateId><SubscribeStatusString>{answer}</SubscribeStatusString>"
        "<PopupScene>1</PopupScene></List>"
        for template, answer in said
    )


@pytest.mark.parametrize("said", [[], [("a", "accept")], [("a", "accept"), ("b", "reject"), ("c", "未知")]])
@pytest.mark.parametrize("name", ["subscribe_msg_popup_event", "subscribe_msg_change_event"])
def test_consents_come_as_none_one_or_many(platform, read, name, said):
    expected = tuple(Notice(template=template, status=answer, good=answer == "accept") for template, answer in said)
    wrapped = read(platform.push(MsgType="event", Event=name, SubscribeMsgPopupEvent=consents(*said)))
    assert wrapped.notices == expected
    assert read(platform.push(MsgType="event", Event=name).replace("</xml>", consents(*said) + "</xml>")) == wrapped


def as_json(**fields):
    common = {"ToUserName": "gh_test", "FromUserName": "oUSER", "CreateTime": NOW, "MsgType": "event"}
    return json.dumps(common | fields)


@pytest.mark.parametrize("wrap", [lambda items: {"List": items}, lambda items: {"Inner": {"List": items}}])
@pytest.mark.parametrize("many", [False, True], ids=["an object", "an array"])
def test_a_list_in_json_is_an_object_or_an_array(read, wrap, many):
    item = {"TemplateId": "a", "MsgID": "5", "ErrorCode": 0, "ErrorStatus": "success"}
    other = item | {"TemplateId": "b", "ErrorCode": 43101, "ErrorStatus": "user refuse"}
    message = read(as_json(Event="subscribe_msg_sent_event", **wrap([item, other] if many else item)))
    told = (Notice("5", "a", "0 success", good=True), Notice("5", "b", "43101 user refuse"))
    assert message.notices == (told if many else told[:1])


@pytest.mark.parametrize("items", ["x", 5, None, [], [[]], ["x", {"TemplateId": {"deep": 1}}], {"List": {}}])
def test_a_list_of_something_else_tells_nothing(read, items):
    message = read(as_json(Event="subscribe_msg_popup_event", List=items))
    assert {notice.template for notice in message.notices} <= {""}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"FailReason": "by time", "FailTime": "1"}, "by time"),
        ({"ExpiredTime": "1442401156"}, "1442401156"),
        ({}, None),
    ],
)
def test_the_state_of_the_verification(platform, read, fields, status):
    message = read(platform.push(MsgType="event", Event="verify_expired", **fields))
    assert message.notices == ((Notice(status=status),) if status else ())


def test_consents_of_one_second_are_different_messages(platform, read):
    keys = {
        read(platform.push(MsgType="event", Event="subscribe_msg_popup_event", X=consents((template, "accept")))).key
        for template in "ab"
    }
    assert len(keys) == 2


def test_a_json_push_is_read_like_xml(platform, read):
    fields = {
        "ToUserName": "gh_test",
        "FromUserName": "oUSER",
        "CreateTime": NOW,
        "MsgType": "text",
        "Content": "报名 🎉\u0001\ud800",
        "MsgId": 24086087575195331,
        "List": [{"a": 1}],
    }
    assert read(" " + json.dumps(fields)) == read(platform.text("报名 🎉"))


# --- the key ---------------------------------------------------------------------------------------------


def test_the_key_is_the_same_for_every_delivery_and_hides_the_sender(platform, safe):
    first, second = (received(safe, *platform.safe(platform.text("报名"), NOW + n), NOW) for n in (0, 5))
    assert first.key == second.key
    assert len(first.key) == 24
    assert set(first.key) <= set("0123456789abcdef")
    assert first.openid not in first.key


@pytest.mark.parametrize(
    "other",
    [
        {"MsgId": "24086087575195332"},
        {"MsgId": "9" * 4000},
        {"FromUserName": "oOTHER"},
        {"CreateTime": NOW + 1},
    ],
)
def test_messages_that_differ_have_different_keys(platform, read, other):
    assert read(platform.text("报名")).key != read(platform.text("报名", **other)).key


def test_events_of_one_second_have_different_keys(platform, read):
    pushes = [
        {"Event": "CLICK", "EventKey": "排行"},
        {"Event": "CLICK", "EventKey": "战报"},
        {"Event": "SCAN", "EventKey": "排行"},
        {"Event": "MASSSENDJOBFINISH", "MsgID": "1"},
        {"Event": "MASSSENDJOBFINISH", "MsgID": "2"},
    ]
    assert len({read(platform.push(MsgType="event", **fields)).key for fields in pushes}) == len(pushes)


def test_two_texts_of_one_second_without_an_id_have_different_keys(platform, read):
    assert read(platform.text("一", MsgId=None)).key != read(platform.text("二", MsgId=None)).key


# --- anything --------------------------------------------------------------------------------------------

VALUES = st.text(max_size=50) | st.sampled_from(["1714112445", "415670741", "aes", "0" * 40])
QUERIES = st.lists(
    st.tuples(st.sampled_from(["signature", "timestamp", "nonce", "msg_signature", "encrypt_type"]), VALUES),
    max_size=7,
)
PIECES = st.sampled_from(
    [
        *(
            "<xml>",
            "</xml>",
            "<MsgType>",
            "</MsgType>",
            "text",
            "event",
            "<![CDATA[",
            "]]>",
            "<FromUserName>",
        ),
        *("</FromUserName>", "oUSER", "<CreateTime>1</CreateTime>", "<ToUserName>g</ToUserName>", "<Event>"),
        *("</Event>", "<!DOCTYPE ", "<!ENTITY ", "&a;", "{", "}", '"MsgType":', '"text"', ",", "[", "\0"),
        '<?xml version="1.0" encoding="gbk"?>',
    ]
)
BODIES = st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join)


@pytest.fixture(scope="module")
def peers(platform):
    p = platform
    return p, Inbound(SafeMode(Cipher(p.token, p.appid, p.aes_key))), Inbound(PlainMode(Signer(p.token)))


def survives(inbound, args, body):
    try:
        return received(inbound, args, body, NOW)
    except (Forged, Unreadable):
        return None


@given(query=QUERIES, body=st.binary(max_size=200))
def test_no_request_raises_anything_else(peers, query, body):
    _, safe, plain = peers
    assert survives(safe, MultiDict(query), body) is None
    assert survives(plain, MultiDict(query), body) is None


@given(body=BODIES)
def test_no_authentic_push_raises_anything_else(peers, body):
    platform, safe, plain = peers
    survives(plain, *platform.plain(body.encode("utf-8", "replace")))
    survives(safe, *platform.safe(body.encode("utf-8", "replace").decode()))


@given(body=st.binary(max_size=300))
def test_no_authentic_bytes_raise_anything_else(peers, body):
    platform, _, plain = peers
    survives(plain, *platform.plain(body))


@given(encrypted=st.binary(max_size=200), text=st.text(max_size=50))
def test_no_signed_ciphertext_raises_anything_else(peers, encrypted, text):
    platform, safe, _ = peers
    survives(safe, *platform.envelope(base64.b64encode(encrypted).decode()))
    survives(safe, *platform.envelope(text.encode("utf-8", "replace").decode()))
