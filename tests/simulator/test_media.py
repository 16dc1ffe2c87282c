"""Media of three days, and QR codes."""

from typing import Any

import pytest

from bot.simulator.errors import ApiError
from tests.simulator.api_client import PNG, Api

UPLOAD = "cgi-bin/media/upload"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 64
MB = 1024 * 1024
QR = "cgi-bin/qrcode/create"


class TestMedia:
    def test_kept_for_three_days(self, account: Api, clock: Any) -> None:
        sent = account.upload(UPLOAD, "board.png", PNG, type="image")
        assert (sent["type"], sent["created_at"]) == ("image", int(clock().timestamp()))
        clock.forward(days=2, hours=23, minutes=59)
        kept = account.platform.media.find(sent["media_id"], "image")
        assert (kept.content, kept.filename) == (PNG, "board.png")
        clock.forward(minutes=1)
        with pytest.raises(ApiError, match="40007"):
            account.platform.media.find(sent["media_id"])

    def test_a_thumb_has_its_own_name(self, account: Api) -> None:
        assert "thumb_media_id" in account.upload(UPLOAD, "a.jpg", JPEG, type="thumb")

    @pytest.mark.parametrize(
        ("kind", "filename", "content", "code"),
        [
            ("picture", "a.png", PNG, 40004),
            ("image", "a.png", b"", 44001),
            ("image", "a.bmp", PNG, 40005),
            ("image", "a.png", b"GIF is not PNG", 40005),
            ("image", "a.jpg", JPEG + b"\x00" * 2 * MB, 40009),
            ("voice", "a.wav", b"x", 40005),
            ("voice", "a.amr", b"x" * (2 * MB + 1), 40010),
            ("video", "a.mp4", b"x" * (10 * MB + 1), 40011),
            ("thumb", "a.png", PNG, 40005),
            ("thumb", "a.jpg", JPEG + b"\x00" * 65_536, 40012),
        ],
    )
    def test_refusals(self, account: Api, kind: str, filename: str, content: bytes, code: int) -> None:
        assert account.upload(UPLOAD, filename, content, type=kind)["errcode"] == code

    def test_without_a_file(self, account: Api) -> None:
        assert account.code(UPLOAD, type="image") == 41005


class TestQrCodes:
    def body(self, action: str = "QR_STR_SCENE", **scene: object) -> dict[str, object]:
        return {"action_name": action, "action_info": {"scene": scene or {"scene_str": "team-0012"}}}

    def test_a_temporary_one(self, account: Api, clock: Any) -> None:
        made = account.post(QR, self.body() | {"expire_seconds": 604_800})
        assert made["expire_seconds"] == 604_800
        clock.forward(days=6, hours=23)
        assert account.platform.qrcodes.scene_of(made["url"]) == "team-0012"
        clock.forward(hours=1)
        assert account.platform.qrcodes.scene_of(made["url"]) is None

    def test_a_permanent_one_stays_the_same(self, account: Api, clock: Any) -> None:
        made = account.post(QR, self.body("QR_LIMIT_STR_SCENE"))
        assert "expire_seconds" not in made
        clock.forward(days=400)
        assert account.platform.qrcodes.scene_of(made["url"]) == "team-0012"
        assert account.post(QR, self.body("QR_LIMIT_STR_SCENE"))["ticket"] == made["ticket"]

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ({"action_name": "QR_MAGIC"}, 40052),
            ({"action_name": "QR_SCENE"}, 40053),
            ({"action_name": "QR_SCENE", "action_info": {"scene": {"scene_id": 0}}}, 40053),
            ({"action_name": "QR_LIMIT_SCENE", "action_info": {"scene": {"scene_id": 100_001}}}, 40053),
            ({"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": ""}}}, 40053),
            ({"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "x" * 65}}}, 40053),
            ({"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_id": 7}}}, 40053),
            (
                {"action_name": "QR_SCENE", "action_info": {"scene": {"scene_id": 7}}, "expire_seconds": 2_592_001},
                40053,
            ),
            ({"action_name": "QR_SCENE", "action_info": {"scene": {"scene_id": 7}}}, 0),
        ],
    )
    def test_refusals(self, account: Api, body: dict[str, object], code: int) -> None:
        assert account.code(QR, body) == code
