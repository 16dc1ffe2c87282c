"""Menus: their shape, who sees which, and what a tap sends."""

from typing import Any

import pytest

from tests.simulator.api_client import Api

CLICK = {"type": "click", "name": "排行", "key": "RANK"}
VIEW = {"type": "view", "name": "榜单", "url": "https://example.org/board"}


def menu(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"button": list(buttons)}


def test_create_and_get(account: Api) -> None:
    assert account.get("cgi-bin/menu/get")["errcode"] == 46003
    whole = menu(CLICK, {"name": "更多", "sub_button": [VIEW, CLICK]})
    assert account.code("cgi-bin/menu/create", whole) == 0
    assert account.get("cgi-bin/menu/get")["menu"]["button"] == whole["button"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({}, 40016),
        (menu(), 40016),
        (menu(CLICK, CLICK, CLICK, CLICK), 40016),
        (menu(CLICK | {"type": "teleport"}), 40017),
        (menu({"name": "空"}), 40017),
        (menu(CLICK | {"name": ""}), 40018),
        (menu(CLICK | {"name": "一二三四五六"}), 40018),
        (menu(CLICK | {"key": ""}), 40019),
        (menu(CLICK | {"key": "k" * 129}), 40019),
        (menu(VIEW | {"url": "https://example.org/" + "x" * 1024}), 40020),
        (menu(VIEW | {"url": "weixin://board"}), 40055),
        (menu({"name": "更多", "sub_button": [CLICK] * 6}), 40023),
        (menu({"name": "更多", "sub_button": [{"name": "再", "sub_button": [CLICK]}]}), 40022),
        (menu({"name": "更多", "sub_button": [CLICK | {"type": ""}]}), 40024),
        (menu({"name": "更多", "sub_button": [CLICK | {"name": "长" * 21}]}), 40025),
        (menu({"name": "更多", "sub_button": [{"type": "click", "name": "缺"}]}), 40026),
        (menu({"name": "更多", "sub_button": [{"type": "view", "name": "缺"}]}), 40027),
        (menu({"type": "miniprogram", "name": "捐", "url": "http://a.cn", "appid": "wx1"}), 40019),
    ],
)
def test_shapes(account: Api, wrong: dict[str, Any], code: int) -> None:
    assert account.code("cgi-bin/menu/create", wrong) == code
    assert account.get("cgi-bin/menu/get")["errcode"] == 46003


class TestConditionalMenus:
    def test_by_tag(self, account: Api) -> None:
        for name in ("li-min", "zhao"):
            account.platform.introduce(f"o{name}", name)
        tag = account.post("cgi-bin/tags/create", {"tag": {"name": "协调员"}})["tag"]["id"]
        account.code("cgi-bin/tags/members/batchtagging", {"tagid": tag, "openid_list": ["ozhao"]})
        special = menu(VIEW) | {"matchrule": {"tag_id": str(tag)}}
        assert account.code("cgi-bin/menu/addconditional", special) == 65303
        account.code("cgi-bin/menu/create", menu(CLICK))
        menu_id = account.post("cgi-bin/menu/addconditional", special)["menuid"]
        assert account.get("cgi-bin/menu/get")["conditionalmenu"][0]["matchrule"] == {"tag_id": str(tag)}

        def seen(openid: str) -> object:
            return account.platform.menus.seen_by(account.platform.people.find(openid))

        assert (seen("oli-min"), seen("ozhao")) == ([CLICK], [VIEW])
        assert account.code("cgi-bin/menu/delconditional", {"menuid": menu_id}) == 0
        assert account.code("cgi-bin/menu/delconditional", {"menuid": menu_id}) == 65301
        assert seen("ozhao") == [CLICK]

    def test_refusals(self, account: Api) -> None:
        account.code("cgi-bin/menu/create", menu(CLICK))
        for rule, code in (({}, 65304), ({"tag_id": "7"}, 45159), (None, 65304)):
            assert account.code("cgi-bin/menu/addconditional", menu(VIEW) | {"matchrule": rule}) == code
