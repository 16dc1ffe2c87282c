"""What the account says: the body of each call, its limits before it is made, and its answers."""

import pytest

from bot.wechat.media import Media
from bot.wechat.messages import Messages
from scheduler.channels import Article, Park, Retry, Skip, Unknown
from tests.wechat.fake_api import OK, OPENID, Api

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def wechat(database):
    return Api(database)


@pytest.fixture
def transport(wechat):
    return wechat.transport


@pytest.fixture
def messages(wechat):
    return Messages(wechat.client, Media(wechat.client))


def sent(transport):
    (asked,) = transport.asked
    assert asked.query == {"access_token": "token-1"}
    return asked.path, asked.json


# --- customer-service messages --------------------------------------------------------------------------------


def test_a_text(messages, transport):
    messages.send_text(OPENID, "字" * 682)
    path, body = sent(transport)
    assert path == "/cgi-bin/message/custom/send"
    assert body == {"touser": OPENID, "msgtype": "text", "text": {"content": "字" * 682}}


@pytest.mark.parametrize(("text", "code"), [("字" * 683, 45002), ("", 44004), (" \x00\n", 44004)])
def test_a_text_that_wechat_would_refuse_is_not_sent(messages, transport, text, code):
    with pytest.raises(Skip) as caught:
        messages.send_text(OPENID, text)
    assert caught.value.code == code
    assert transport.asked == []


def test_one_article(messages, transport):
    messages.send_article(OPENID, Article("战报", "https://example.org/a", "第一期", "https://example.org/a.png"))
    article = {
        "title": "战报",
        "description": "第一期",
        "url": "https://example.org/a",
        "picurl": "https://example.org/a.png",
    }
    assert sent(transport)[1] == {"touser": OPENID, "msgtype": "news", "news": {"articles": [article]}}


@pytest.mark.parametrize(
    "article",
    [Article(" ", "https://a"), Article("战报", "javascript:1"), Article("战报", "https://a/" + "b" * 1024)],
)
def test_an_article_that_wechat_would_refuse_is_not_sent(messages, transport, article):
    with pytest.raises(Skip):
        messages.send_article(OPENID, article)
    assert transport.asked == []


def test_a_picture_is_uploaded_once_and_sent_by_its_id(messages, transport):
    transport.answers = [{"type": "image", "media_id": "M1", "created_at": 1}, OK, OK]
    for _ in range(2):
        messages.send_picture(OPENID, PNG)
    upload, first, second = transport.asked
    assert (upload.path, upload.query["type"]) == ("/cgi-bin/media/upload", "image")
    assert upload.part.get_filename() == "picture.png"
    assert upload.part.get_content_type() == "image/png"
    assert upload.part.get_payload(decode=True) == PNG
    assert first.json == second.json == {"touser": OPENID, "msgtype": "image", "image": {"media_id": "M1"}}


def test_a_picture_that_lapsed_is_uploaded_again_once(messages, transport):
    lapsed = {"errcode": 40007, "errmsg": "invalid media_id"}
    transport.answers = [{"media_id": "M1"}, lapsed, {"media_id": "M2"}, OK]
    messages.send_picture(OPENID, PNG)
    assert transport.asked[-1].json["image"] == {"media_id": "M2"}
    transport.answers = [lapsed, {"media_id": "M3"}, lapsed]
    with pytest.raises(Skip, match="media_id"):
        messages.send_picture(OPENID, PNG)
    assert len(transport.asked) == 7


def test_an_upload_carries_the_whole_file_again_after_a_stale_token(messages, transport):
    transport.answers = [{"errcode": 42001, "errmsg": "expired"}, {"media_id": "M1"}, OK]
    messages.send_picture(OPENID, PNG)
    assert [asked.part.get_payload(decode=True) for asked in transport.asked[:2]] == [PNG, PNG]


def test_an_upload_without_an_answer_is_not_an_unknown_message(messages, transport):
    transport.answers = [504]
    with pytest.raises(Retry):
        messages.send_picture(OPENID, PNG)


# --- template messages ----------------------------------------------------------------------------------------

VALUES = {"thing1": "昭通市第一中学", "time2": "2024年5月8日 09:50"}


def test_a_template_message_carries_its_id(messages, transport):
    transport.answers = [{"errcode": 0, "errmsg": "ok", "msgid": 200228332}]
    assert messages.send_template(OPENID, "T1", VALUES, "p" * 32, "https://example.org/t") == "200228332"
    path, body = sent(transport)
    assert path == "/cgi-bin/message/template/send"
    assert body == {
        "touser": OPENID,
        "template_id": "T1",
        "client_msg_id": "p" * 32,
        "data": {"thing1": {"value": "昭通市第一中学"}, "time2": {"value": "2024年5月8日 09:50"}},
        "url": "https://example.org/t",
    }


@pytest.mark.parametrize("message_id", ["", "p" * 33])
def test_the_id_of_a_template_message_has_its_length(messages, transport, message_id):
    with pytest.raises(Skip):
        messages.send_template(OPENID, "T1", VALUES, message_id)
    assert transport.asked == []


def test_the_fields_of_a_template_are_looked_up_once(messages, transport):
    content = "{{first.DATA}}\n单位：{{thing1.DATA}}\n时间：{{ time2.DATA }}"
    transport.answers = [{"template_list": [{"template_id": "T1", "content": content}]}]
    for _ in range(2):
        assert messages.template_fields("T1") == ("first", "thing1", "time2")
    (asked,) = transport.asked
    assert (asked.method, asked.path) == ("GET", "/cgi-bin/template/get_all_private_template")


def test_a_template_that_is_not_there_is_said_with_its_mend(messages, transport):
    transport.answers = [{"template_list": []}]
    with pytest.raises(Skip, match="T1") as caught:
        messages.template_fields("T1")
    assert (caught.value.code, bool(caught.value.mend)) == (40037, True)


# --- subscription notices -------------------------------------------------------------------------------------


def test_a_notice(messages, transport):
    messages.send_notice(OPENID, "N1", VALUES, "https://example.org/n")
    path, body = sent(transport)
    assert path == "/cgi-bin/message/subscribe/bizsend"
    assert (body["touser"], body["template_id"], body["page"]) == (OPENID, "N1", "https://example.org/n")
    assert body["data"]["thing1"] == {"value": "昭通市第一中学"}


def test_the_fields_of_a_notice_come_from_outside_of_cgi_bin(messages, transport):
    transport.answers = [{"errcode": 0, "data": [{"priTmplId": "N1", "content": "单位:{{thing1.DATA}}"}]}]
    assert messages.notice_fields("N1") == ("thing1",)
    assert transport.asked[0].path == "/wxaapi/newtmpl/gettemplate"


def test_a_used_up_consent_is_a_matter_of_this_person(messages, transport):
    transport.answers = [{"errcode": 43101, "errmsg": "user refuse to accept the msg rid: 1"}]
    with pytest.raises(Skip) as caught:
        messages.send_notice(OPENID, "N1", VALUES)
    assert (caught.value.code, caught.value.mend) == (43101, "")


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("thing1", "字" * 20, "字" * 21),
        ("thing1", "一行", "两\n行"),
        ("thing1", "一", ""),
        ("number1", "12.5", "十二"),
        ("letter1", "A" * 32, "A" * 33),
        ("symbol1", "#" * 5, "#" * 6),
        ("character_string1", "A-1_2" * 6, "A" * 33),
        ("character_string1", "A-1", "编号"),
        ("time1", "15:01", "明天"),
        ("time1", "2019年10月1日 15:01", "2019/10/1"),
        ("date1", "2019年10月1日", "10月1日"),
        ("amount1", "￥1234567890.50元", "12345678901"),
        ("phone_number1", "0870-2123456", "1" * 18),
        ("car_number1", "云C12345", "云C12345678"),
        ("name1", "李" * 10, "李" * 11),
        ("name1", "A" * 20, "A" * 21),
        ("phrase1", "审核通过", "审核没有通过"),
        ("phrase1", "通过", "OK"),
        ("const1", "是", "字" * 21),
    ],
)
def test_every_kind_of_field_has_its_limit(messages, transport, key, good, bad):
    messages.send_notice(OPENID, "N1", {key: good})
    with pytest.raises(Skip, match=f"data.{key}.value") as caught:
        messages.send_notice(OPENID, "N1", {key: bad})
    assert caught.value.code == 47003
    assert len(transport.asked) == 1


# --- mass messages --------------------------------------------------------------------------------------------


def test_a_mass_message_goes_to_a_tag(messages, transport):
    transport.answers = [{"errcode": 0, "errmsg": "ok", "msg_id": 34182, "msg_data_id": 1}]
    assert messages.send_mass(102, "明天10点开始配捐", "zhaotong-1") == "34182"
    path, body = sent(transport)
    assert path == "/cgi-bin/message/mass/sendall"
    assert body == {
        "filter": {"is_to_all": False, "tag_id": 102},
        "text": {"content": "明天10点开始配捐"},
        "msgtype": "text",
        "clientmsgid": "zhaotong-1",
    }


def test_a_mass_message_that_exists_is_a_success(messages, transport):
    transport.answers = [{"errcode": 45065, "errmsg": "clientmsgid exist", "msg_id": 34182}]
    assert messages.send_mass(102, "明天10点开始配捐", "zhaotong-1") == "34182"


def test_a_mass_message_without_an_answer_is_unknown(messages, transport):
    transport.answers = [504]
    with pytest.raises(Unknown):
        messages.send_mass(102, "明天10点开始配捐", "zhaotong-1")


@pytest.mark.parametrize("message_id", ["", "m" * 65])
def test_the_id_of_a_mass_message_has_its_length(messages, transport, message_id):
    with pytest.raises(Skip):
        messages.send_mass(102, "明天10点开始配捐", message_id)
    assert transport.asked == []


# --- what an account lacks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "able"),
    [
        ("unverified_subscription", set()),
        ("verified_subscription", {"text", "mass"}),
        ("verified_service", {"text", "mass", "template", "template fields", "notice", "notice fields"}),
    ],
)
def test_what_an_account_lacks_is_not_even_asked(database, account, able):
    wechat = Api(database, account)
    messages = Messages(wechat.client, Media(wechat.client))
    calls = {
        "text": lambda: messages.send_text(OPENID, "战报"),
        "mass": lambda: messages.send_mass(1, "战报", "m"),
        "template": lambda: messages.send_template(OPENID, "T1", VALUES, "m"),
        "template fields": lambda: messages.template_fields("T1"),
        "notice": lambda: messages.send_notice(OPENID, "N1", VALUES),
        "notice fields": lambda: messages.notice_fields("N1"),
    }
    for name, call in calls.items():
        wechat.transport.asked.clear()
        wechat.transport.answers = [
            {"msg_id": 1, "template_list": [{"template_id": "T1"}], "data": [{"priTmplId": "N1"}]}
        ]
        if name in able:
            call()
            assert len(wechat.transport.asked) == 1
        else:
            with pytest.raises(Park, match=account) as caught:
                call()
            assert caught.value.code == 48001
            assert caught.value.mend
            assert (wechat.transport.asked, wechat.transport.granted) == ([], 1 if able else 0)
