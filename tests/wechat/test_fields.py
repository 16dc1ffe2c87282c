"""The fields of a plain push, read with one expression, are those that the XML parser reads."""

from hypothesis import given
from hypothesis import strategies as st

from bot.wechat import fields
from bot.wechat.crypto import Unreadable
from bot.wechat.fields import Push, read_push

NAMES = st.sampled_from(["ToUserName", "Content", "MsgId", "List", "MsgType", "xml", "content", "X1"])
PIECES = ["<", ">", "&", "&amp;", "]", "]]>", "\r\n", "\n", " ", "<![CDATA[", "<b>", "</Content>", "报名 🎉", "0", "\t"]
CONTENT = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)


@st.composite
def pushes(draw: st.DrawFn) -> str:
    inside = ""
    for name in draw(st.lists(NAMES, max_size=5)):
        content = draw(CONTENT)
        marked = draw(st.booleans())
        inside += f"<{name}><![CDATA[{content}]]></{name}>" if marked else f"<{name}>{content}</{name}>"
        inside += draw(st.sampled_from(["", "\n", " "]))
    return f"<xml>{draw(st.sampled_from(['', chr(10)]))}{inside}</xml>"


def parsed(text: str) -> Push | str:
    try:
        return fields._Reader().read(text)
    except Unreadable as unreadable:
        return str(unreadable)


def read(text: str) -> Push | str:
    try:
        return read_push(text)
    except Unreadable as unreadable:
        return str(unreadable)


@given(pushes())
def test_both_read_the_same(text: str) -> None:
    assert read(text) == parsed(text)


def test_an_ordinary_push_needs_no_parser(monkeypatch) -> None:
    monkeypatch.setattr(fields, "_Reader", None)
    content = "<Content><![CDATA[进度 12345.67元\n321人次 <谢谢> & ok]]></Content>"
    push = read_push(f"<xml>\n<ToUserName><![CDATA[gh_1]]></ToUserName>\n<CreateTime>17141</CreateTime>{content}</xml>")
    assert push.fields == {
        "ToUserName": "gh_1",
        "CreateTime": "17141",
        "Content": "进度 12345.67元\n321人次 <谢谢> & ok",
    }
