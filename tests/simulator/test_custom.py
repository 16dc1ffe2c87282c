"""Customer-service messages: every type, and what is refused."""

from typing import Any

import pytest

from bot.simulator.ledgers.windows import Trigger
from bot.simulator.platform import Platform
from tests.simulator.api_client import Api, pushes

SEND = "cgi-bin/message/custom/send"


class TestCustomMessages:
    @pytest.fixture(autouse=True)
    def _wrote(self, platform: Platform, li_min: str) -> None:
        platform.acted(li_min, Trigger.MESSAGE)

    @pytest.mark.parametrize(
        ("kind", "part", "shown"),
        [
            ("image", {"media_id": "image"}, "[图片]"),
            ("voice", {"media_id": "voice"}, "[语音]"),
            ("video", {"media_id": "video", "thumb_media_id": "thumb", "title": "开赛"}, "[视频] 开赛"),
            ("music", {"musicurl": "http://a.cn/1.mp3", "thumb_media_id": "thumb", "title": "歌"}, "[音乐] 歌"),
            (
                "news",
                {"articles": [{"title": "战报", "description": "第1期", "url": "http://a.cn"}]},
                "战报\n第1期\nhttp://a.cn",
            ),
            ("link", {"title": "榜", "url": "http://a.cn"}, "[链接] 榜 http://a.cn"),
            ("mpnewsarticle", {"article_id": "a1"}, "[图文] a1"),
            (
                "miniprogrampage",
                {"title": "捐", "appid": "wx1", "pagepath": "p", "thumb_media_id": "image"},
                "[小程序] 捐",
            ),
            (
                "msgmenu",
                {"head_content": "选一个", "list": [{"id": "101", "content": "排行"}], "tail_content": "谢谢"},
                '选一个\n<a href="weixin://bizmsgmenu?msgmenucontent=排行&msgmenuid=101">排行</a>\n谢谢',
            ),
        ],
    )
    def test_types(self, account: Api, li_min: str, kind: str, part: dict[str, Any], shown: str) -> None:
        media = {name: account.platform.media.keep(name, b"x", name) for name in ("image", "voice", "video", "thumb")}
        part = {name: media[value] if name.endswith("media_id") else value for name, value in part.items()}
        assert account.code(SEND, {"touser": li_min, "msgtype": kind, kind: part}) == 0
        assert pushes(account.platform, li_min) == [shown]

    @pytest.mark.parametrize(
        ("kind", "part", "code"),
        [
            ("image", {}, 41006),
            ("image", {"media_id": "gone"}, 40007),
            ("voice", {"media_id": "image"}, 40007),
            ("video", {"media_id": "image", "thumb_media_id": "image"}, 40007),
            ("news", {"articles": []}, 44003),
            ("news", {"articles": [{"title": "一"}, {"title": "二"}]}, 45008),
            ("news", {"articles": [{"description": "无题"}]}, 44003),
            ("news", {"articles": ["一"]}, 44003),
            ("msgmenu", {"list": []}, 44004),
            ("msgmenu", {"list": [{"content": "无号"}]}, 40035),
            ("msgmenu", {"list": [{"id": 1, "content": "长" * 683}]}, 45002),
            ("text", {"content": 7}, 44004),
            ("text", {"content": "长" * 683}, 45002),
            ("wxcard", {}, 40035),
            ("miniprogrampage", {"appid": "wx1"}, 40035),
        ],
    )
    def test_refusals_cost_nothing(self, account: Api, li_min: str, kind: str, part: dict[str, Any], code: int) -> None:
        picture = account.platform.media.keep("image", b"x", "a.png")
        part = {name: picture if value == "image" else value for name, value in part.items()}
        assert account.code(SEND, {"touser": li_min, "msgtype": kind, kind: part}) == code
        assert pushes(account.platform, li_min) == []

    def test_a_sandbox_has_no_menu_messages(self, account: Api, li_min: str) -> None:
        account.platform.kind = "sandbox"
        body = {"touser": li_min, "msgtype": "msgmenu", "msgmenu": {"list": [{"id": "1", "content": "好"}]}}
        assert account.code(SEND, body) == 40200

    def test_who_gets_none(self, account: Api, li_min: str) -> None:
        body = {"touser": li_min, "msgtype": "text", "text": {"content": "好"}}
        account.platform.people.find(li_min).receiving = False
        assert account.code(SEND, body) == 48002
        account.platform.people.find(li_min).receiving = True
        assert account.code(SEND, body) == 0
