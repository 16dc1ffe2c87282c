"""The account's menu, tags, pictures and QR codes: bodies, limits, answers."""

from datetime import timedelta

import pytest

from bot.wechat.media import PICTURE_BYTES, Media, Picture
from bot.wechat.menus import Button, Menus, check_menu
from bot.wechat.qrcodes import QrCodes
from bot.wechat.users import Users
from scheduler.channels import Park, Retry, Skip
from storage.scenes import new_token
from tests.wechat.fake_api import OK, Api

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
NO_MENU = {"errcode": 46003, "errmsg": "menu no exist"}
MENU = (Button("我的队伍", "我的队伍"), Button("排行·战报", buttons=(Button("排行", "排行"), Button("战报", "战报"))))


@pytest.fixture
def wechat(database):
    return Api(database)


@pytest.fixture
def transport(wechat):
    return wechat.transport


@pytest.fixture
def menus(wechat):
    return Menus(wechat.client)


@pytest.fixture
def users(wechat):
    return Users(wechat.client)


@pytest.fixture
def media(wechat):
    client = Media(wechat.client)
    client._http.mount("https://", wechat.transport)
    return client


def calls(transport):
    return [(asked.method, asked.path.removeprefix("/cgi-bin/")) for asked in transport.asked]


# --- menus ----------------------------------------------------------------------------------------------------


def test_a_first_menu(menus, transport):
    transport.answers = [NO_MENU]
    menus.publish(MENU, {})
    assert calls(transport) == [("GET", "menu/get"), ("POST", "menu/create")]
    assert transport.asked[1].json == {
        "button": [
            {"type": "click", "name": "我的队伍", "key": "我的队伍"},
            {
                "name": "排行·战报",
                "sub_button": [
                    {"type": "click", "name": "排行", "key": "排行"},
                    {"type": "click", "name": "战报", "key": "战报"},
                ],
            },
        ]
    }


def test_the_conditional_menus_of_before_give_way(menus, transport):
    transport.answers = [{"menu": {}, "conditionalmenu": [{"menuid": 208396938}, {"menuid": 208396993}]}]
    menus.publish(MENU, {101: MENU[:1]})
    assert calls(transport) == [
        ("GET", "menu/get"),
        ("POST", "menu/create"),
        ("POST", "menu/delconditional"),
        ("POST", "menu/delconditional"),
        ("POST", "menu/addconditional"),
    ]
    assert [asked.json for asked in transport.asked[2:4]] == [{"menuid": "208396938"}, {"menuid": "208396993"}]
    assert transport.asked[4].json["matchrule"] == {"tag_id": "101"}
    assert len(transport.asked[4].json["button"]) == 1


def test_a_menu_for_a_tag_that_would_be_refused_changes_nothing(menus, transport):
    with pytest.raises(Skip):
        menus.publish(MENU, {101: ()})
    assert transport.asked == []


@pytest.mark.parametrize(
    "menu",
    [
        (),
        MENU[:1] * 4,
        (Button("", "k"),),
        (Button("六个汉字太长", "k"),),
        (Button("队伍"),),
        (Button("队伍", "k" * 129),),
        (Button("更多", buttons=MENU[:1] * 6),),
        (Button("更多", buttons=(Button("字" * 21, "k"),)),),
        (Button("更多", buttons=(Button("再多", buttons=MENU[:1]),)),),
    ],
)
def test_menus_that_wechat_would_refuse(menu):
    with pytest.raises(Skip) as caught:
        check_menu(menu)
    assert 40016 <= caught.value.code <= 40023


def test_whether_there_is_a_menu(menus, transport):
    transport.answers = [NO_MENU, {"menu": {"button": []}}, {"errcode": 48001, "errmsg": "api unauthorized"}]
    assert [menus.exists(), menus.exists()] == [False, True]
    with pytest.raises(Park):
        menus.exists()


# --- tags -----------------------------------------------------------------------------------------------------


def test_a_tag_is_made_where_it_is_not_there(users, transport):
    transport.answers = [
        {"tags": [{"id": 2, "name": "星标组", "count": 0}]},
        {"tag": {"id": 101, "name": "协调员"}},
        {"tags": [{"id": 101, "name": "协调员", "count": 0}]},
    ]
    assert [users.tag_named("协调员"), users.tag_named("协调员")] == [101, 101]
    assert calls(transport) == [("GET", "tags/get"), ("POST", "tags/create"), ("GET", "tags/get")]
    assert transport.asked[1].json == {"tag": {"name": "协调员"}}


def test_people_are_tagged_fifty_at_once(users, transport):
    openids = [f"o-{n}" for n in range(101)]
    users.tag(101, openids)
    users.untag(101, openids[:1])
    assert [len(asked.json["openid_list"]) for asked in transport.asked] == [50, 50, 1, 1]
    assert [one for asked in transport.asked[:3] for one in asked.json["openid_list"]] == openids
    assert calls(transport)[-2:] == [("POST", "tags/members/batchtagging"), ("POST", "tags/members/batchuntagging")]
    assert transport.asked[0].json["tagid"] == 101


def test_everybody_with_a_tag_page_by_page(users, transport):
    transport.answers = [
        {"count": 2, "data": {"openid": ["o-1", "o-2"]}, "next_openid": "o-2"},
        {"count": 1, "data": {"openid": ["o-3"]}, "next_openid": "o-3"},
        {"count": 0},
    ]
    assert users.tagged(101) == {"o-1", "o-2", "o-3"}
    assert [asked.json["next_openid"] for asked in transport.asked] == ["", "o-2", "o-3"]


@pytest.mark.parametrize("name", ["", "字" * 31])
def test_a_tags_name_has_its_length(users, transport, name):
    with pytest.raises(Skip):
        users.create_tag(name)
    assert transport.asked == []


# --- pictures -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"%PDF", PNG + bytes(PICTURE_BYTES)])
def test_what_is_not_a_picture_of_two_megabytes(content):
    with pytest.raises(Skip):
        Picture(content)


# --- QR codes -------------------------------------------------------------------------------------------------


def test_a_code_carries_the_scene(wechat, transport):
    transport.answers = [{"ticket": "T", "expire_seconds": 604800, "url": "http://weixin.qq.com/q/x"}]
    scene = new_token()
    code = QrCodes(wechat.client).create(scene, timedelta(days=7))
    assert transport.asked[0].json == {
        "expire_seconds": 604800,
        "action_name": "QR_STR_SCENE",
        "action_info": {"scene": {"scene_str": scene}},
    }
    assert (code.scene, code.ticket, code.url, code.lasts) == (
        scene,
        "T",
        "http://weixin.qq.com/q/x",
        timedelta(days=7),
    )


@pytest.mark.parametrize(
    ("scene", "lasts"),
    [
        ("a-scene-of-ours", timedelta(0)),
        ("a-scene-of-ours", timedelta(days=30, seconds=1)),
        ("", timedelta(days=1)),
        ("昭通市第一中学", timedelta(days=1)),
        ("s" * 65, timedelta(days=1)),
    ],
)
def test_codes_that_wechat_would_refuse_or_everybody_could_read(wechat, transport, scene, lasts):
    with pytest.raises(Skip):
        QrCodes(wechat.client).create(scene, lasts)
    assert transport.asked == []


# --- what an account lacks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "able"),
    [
        ("unverified_subscription", set()),
        ("verified_subscription", {"menu", "tags", "media"}),
        ("verified_service", {"menu", "tags", "media", "qr"}),
    ],
)
def test_what_an_account_lacks_is_not_even_asked(database, account, able):
    wechat = Api(database, account)
    attempts = {
        "menu": lambda: Menus(wechat.client).publish(MENU, {}),
        "tags": lambda: Users(wechat.client).tag(1, ["o-1"]),
        "media": lambda: Media(wechat.client).upload(Picture(PNG)),
        "qr": lambda: QrCodes(wechat.client).create(new_token()),
    }
    for name, attempt in attempts.items():
        wechat.transport.answers = [OK] * 2
        wechat.transport.asked.clear()
        if name in able:
            outcome = pytest.raises(Retry) if name in ("media", "qr") else None
            if outcome:
                with outcome:
                    attempt()
            else:
                attempt()
            assert wechat.transport.asked
        else:
            with pytest.raises(Park, match=account) as caught:
                attempt()
            assert (caught.value.code, wechat.transport.asked) == (48001, [])
