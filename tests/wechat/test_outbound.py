"""Replies as WeChat would read them."""

import re
from xml.etree import ElementTree

import pytest

from bot.wechat.crypto import Cipher, Signer
from bot.wechat.modes import PlainMode, SafeMode
from bot.wechat.outbound import render, respond
from handlers.messages import Message

MESSAGE = Message(key="k", openid="oUSER", account="gh_test", kind="text", created=1714112440, text="报名")
NOW = 1714112445


def fields(xml):
    return {child.tag: child.text for child in ElementTree.fromstring(xml)}


def test_the_reply_goes_back_to_the_sender():
    assert fields(render(MESSAGE, "已登记 🎉\n第二行", NOW)) == {
        "ToUserName": "oUSER",
        "FromUserName": "gh_test",
        "CreateTime": str(NOW),
        "MsgType": "text",
        "Content": "已登记 🎉\n第二行",
    }


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("]]></Content><MsgType>x", "]]></Content><MsgType>x"),
        ("]]]]>>", "]]]]>>"),
        ("]\x00]>", "]]>"),
        ("a\x0bb\x1fc\x7f", "abc\x7f"),
        ("\ud83d半个\udf89", "半个"),
        ("\ufffe\uffff。", "。"),
        ("<a href='x'>&amp;", "<a href='x'>&amp;"),
    ],
)
def test_no_text_breaks_the_xml(text, content):
    assert fields(render(MESSAGE, text, NOW))["Content"] == content


def test_2048_bytes_pass_and_one_more_does_not():
    assert fields(render(MESSAGE, "好" * 682 + "ab", NOW))["Content"] == "好" * 682 + "ab"
    with pytest.raises(ValueError, match="2049"):
        render(MESSAGE, "好" * 683, NOW)


def test_a_safe_reply_is_read_by_wechatpy(platform):
    mode = SafeMode(Cipher(platform.token, platform.appid, platform.aes_key))
    answer = respond(mode, MESSAGE, "已记录", platform.nonce, NOW)
    assert "已记录" not in answer
    assert f"<TimeStamp>{NOW}</TimeStamp><Nonce><![CDATA[{platform.nonce}]]></Nonce>" in answer
    signature = re.search(r"<MsgSignature><!\[CDATA\[(\w{40})", answer)[1]
    assert fields(platform.read(answer, signature))["Content"] == "已记录"


def test_a_plain_reply_is_the_xml_itself(platform):
    answer = respond(PlainMode(Signer(platform.token)), MESSAGE, "已记录", platform.nonce, NOW)
    assert answer == render(MESSAGE, "已记录", NOW)


@pytest.mark.parametrize("text", ["", " \n", "\x00"])
def test_nothing_to_say_is_success_unencrypted(platform, text):
    mode = SafeMode(Cipher(platform.token, platform.appid, platform.aes_key))
    assert respond(mode, MESSAGE, text, platform.nonce, NOW) == "success"
