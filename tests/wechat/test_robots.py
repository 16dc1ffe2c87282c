"""What group robots post: bodies, limits before the call, and the two steps of a file."""

import base64
import hashlib

import pytest

from scheduler.channels import Park, Retry, Skip, Unknown
from tests.wechat.fake_api import KEY, OK, Transport, robot_api

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
JPG = b"\xff\xd8\xff" + bytes(64)


@pytest.fixture
def transport():
    return Transport()


@pytest.fixture
def robot(transport):
    return robot_api(transport)


@pytest.mark.parametrize(("kind", "limit"), [("text", 2048), ("markdown_v2", 4096)])
def test_texts_have_their_limits_in_bytes(robot, transport, kind, limit):
    send = getattr(robot, f"send_{kind}")
    content = "榜" * (limit // 3)
    send(KEY, content)
    (asked,) = transport.asked
    assert asked.query == {"key": KEY}
    assert asked.json == {"msgtype": kind, kind: {"content": content}}
    for bad, code in ((content + "榜", 45002), (" ", 44004)):
        with pytest.raises(Skip) as caught:
            send(KEY, bad)
        assert caught.value.code == code
    assert len(transport.asked) == 1


@pytest.mark.parametrize("image", [PNG, JPG])
def test_a_picture_goes_with_the_digest_of_its_bytes(robot, transport, image):
    robot.send_image(KEY, image)
    sent = transport.asked[0].json
    assert sent["msgtype"] == "image"
    assert base64.b64decode(sent["image"]["base64"]) == image
    assert sent["image"]["md5"] == hashlib.md5(image).hexdigest()


@pytest.mark.parametrize("image", [b"", b"GIF89a", PNG + bytes(2 * 1024 * 1024)])
def test_other_pictures_are_not_sent(robot, transport, image):
    with pytest.raises(Skip):
        robot.send_image(KEY, image)
    assert transport.asked == []


def test_a_file_is_uploaded_and_then_posted(robot, transport):
    transport.answers = [{"errcode": 0, "errmsg": "ok", "type": "file", "media_id": "M1", "created_at": "1"}, OK]
    robot.send_file(KEY, "战报.xlsx", b"12345")
    upload, post = transport.asked
    assert (upload.path, upload.query) == ("/cgi-bin/webhook/upload_media", {"key": KEY, "type": "file"})
    assert upload.part.get_payload(decode=True) == b"12345"
    assert "战报.xlsx".encode() in upload.body or b"%E6%88%98%E6%8A%A5.xlsx" in upload.body
    assert post.json == {"msgtype": "file", "file": {"media_id": "M1"}}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"1234"),
        ("a.txt", bytes(20 * 1024 * 1024 + 1)),
        ("", b"12345"),
        ("../a", b"12345"),
        ("a" * 129, b"12345"),
    ],
)
def test_other_files_are_not_uploaded(robot, transport, name, content):
    with pytest.raises(Skip):
        robot.send_file(KEY, name, content)
    assert transport.asked == []


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([504], Retry),
        ([{"errcode": 0}], Retry),
        ([{"errcode": 93000, "errmsg": "invalid webhook url"}], Park),
        ([{"media_id": "M1"}, 504], Unknown),
    ],
)
def test_an_upload_that_failed_posted_nothing(robot, transport, answers, outcome):
    transport.answers = list(answers)
    with pytest.raises(outcome):
        robot.send_file(KEY, "a.txt", b"12345")
    assert [asked.path for asked in transport.asked].count("/cgi-bin/webhook/send") == len(answers) - 1
