"""Group robots beyond text: pictures, cards, files."""

import base64
import hashlib
from typing import Any

import pytest

from bot.simulator.platform import Platform
from tests.simulator.api_client import PNG, Api

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
SEND = "cgi-bin/webhook/send"
UPLOAD = "cgi-bin/webhook/upload_media"
MB = 1024 * 1024


def image(content: bytes, md5: str = "") -> dict[str, str]:
    digest = md5 or hashlib.md5(content).hexdigest()
    return {"base64": base64.b64encode(content).decode(), "md5": digest}


@pytest.mark.parametrize(
    ("kind", "part", "code", "shown"),
    [
        ("text", {"content": "战报", "mentioned_list": ["@all"]}, 0, "战报 @@all"),
        ("text", {"content": "战报", "mentioned_list": "@all"}, 40058, ""),
        ("markdown_v2", {"content": "| 榜 |"}, 0, "| 榜 |"),
        ("markdown_v2", {"content": "长" * 1366}, 45002, ""),
        ("image", image(PNG), 0, "[图片]"),
        ("image", image(PNG, "0" * 32), 301019, ""),
        ("image", image(b"GIF89a"), 40005, ""),
        ("image", image(PNG + b"\x00" * 2 * MB), 40009, ""),
        ("image", {"base64": "不是", "md5": ""}, 40058, ""),
        ("news", {"articles": [{"title": "榜", "url": "http://a.cn"}] * 8}, 0, "\n".join(["榜", "http://a.cn"] * 8)),
        ("news", {"articles": [{"title": "榜", "url": "http://a.cn"}] * 9}, 45008, ""),
        ("news", {"articles": [{"title": "榜"}]}, 40058, ""),
        ("news", {"articles": []}, 44003, ""),
        ("file", {"media_id": "gone"}, 40007, ""),
        ("file", {}, 41006, ""),
        (
            "template_card",
            {"card_type": "text_notice", "main_title": {"title": "榜"}, "card_action": {"type": 1}},
            0,
            "榜",
        ),
        ("template_card", {"card_type": "text_notice", "main_title": {"title": "榜"}}, 40058, ""),
    ],
)
def test_messages(account: Api, platform: Platform, kind: str, part: dict[str, Any], code: int, shown: str) -> None:
    assert account.code(SEND, {"msgtype": kind, kind: part}, key=KEY) == code
    assert [entry.text for entry in platform.transcript("zhibanqun")] == ([shown] if shown else [])


class TestFiles:
    def test_of_this_robot_for_three_days(self, account: Api, clock: Any) -> None:
        sent = account.upload(UPLOAD, "战报.xlsx", b"PK" * 9, key=KEY, type="file")
        assert (sent["errcode"], sent["type"]) == (0, "file")
        body = {"msgtype": "file", "file": {"media_id": sent["media_id"]}}
        assert account.code(SEND, body, key=KEY) == 0
        assert account.platform.transcript("zhibanqun")[0].text == "[文件] 战报.xlsx"
        clock.forward(days=3)
        assert account.code(SEND, body, key=KEY) == 40007

    @pytest.mark.parametrize(
        ("kind", "filename", "content", "code"),
        [
            ("film", "a.mp4", b"123456", 40004),
            ("file", "a.txt", b"", 44001),
            ("file", "a.txt", b"12345", 40006),
            ("file", "a.txt", b"x" * (20 * MB + 1), 40006),
            ("voice", "a.mp3", b"123456", 40005),
            ("voice", "a.amr", b"x" * (2 * MB + 1), 40006),
            ("voice", "a.amr", b"123456", 0),
        ],
    )
    def test_limits(self, account: Api, kind: str, filename: str, content: bytes, code: int) -> None:
        assert account.upload(UPLOAD, filename, content, key=KEY, type=kind)["errcode"] == code

    def test_no_file_no_robot(self, account: Api) -> None:
        assert account.code(UPLOAD, key=KEY, type="file") == 41005
        assert account.upload(UPLOAD, "a.txt", b"123456", key="gone", type="file")["errcode"] == 93000
