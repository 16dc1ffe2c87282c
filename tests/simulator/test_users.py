"""What the account may know of people, and tags."""

from typing import Any

import pytest

from tests.simulator.api_client import Api

INFO = "cgi-bin/user/info"


@pytest.fixture
def people(account: Api) -> list[str]:
    openids = [f"oPerson{n}" for n in range(4)]
    for openid in openids:
        account.platform.introduce(openid, openid)
    return openids


class TestPeople:
    def test_what_is_known(self, account: Api, people: list[str], clock: Any) -> None:
        account.platform.follow(people[0], "team-0012")
        account.platform.follow(people[1], "12")
        known = account.get(INFO, openid=people[0])
        assert (known["subscribe"], known["nickname"], known["headimgurl"]) == (1, "", "")
        assert (known["subscribe_scene"], known["qr_scene"], known["qr_scene_str"]) == (
            "ADD_SCENE_QR_CODE",
            0,
            "team-0012",
        )
        assert account.get(INFO, openid=people[1])["qr_scene"] == 12
        assert known["subscribe_time"] == int(clock().timestamp())
        account.platform.unfollow(people[0])
        assert account.get(INFO, openid=people[0]) == {"subscribe": 0, "openid": people[0]}

    def test_refusals(self, account: Api, people: list[str]) -> None:
        assert account.get(INFO)["errcode"] == 41009
        assert account.get(INFO, openid="oStranger")["errcode"] == 40003
        assert account.code(f"{INFO}/batchget", {"user_list": []}) == 40031
        assert account.code(f"{INFO}/batchget", {"user_list": [{"openid": people[0]}] * 101}) == 40032
        assert account.code(f"{INFO}/batchget", {"user_list": [{"openid": "oStranger"}]}) == 40003
        assert account.code(f"{INFO}/updateremark", {"openid": people[0], "remark": "长" * 31}) == 40035

    def test_many_at_once_and_remarks(self, account: Api, people: list[str]) -> None:
        account.code(f"{INFO}/updateremark", {"openid": people[1], "remark": "队长"})
        told = account.post(f"{INFO}/batchget", {"user_list": [{"openid": openid} for openid in people[:2]]})
        assert [each["remark"] for each in told["user_info_list"]] == ["", "队长"]

    def test_pages(self, account: Api, people: list[str]) -> None:
        account.platform.unfollow(people[3])
        first = account.get("cgi-bin/user/get")
        assert first == {"total": 3, "count": 3, "next_openid": people[2], "data": {"openid": people[:3]}}
        rest = account.get("cgi-bin/user/get", next_openid=people[0])
        assert rest["data"]["openid"] == people[1:3]
        assert account.get("cgi-bin/user/get", next_openid=people[2]) == {"total": 3, "count": 0, "next_openid": ""}
        assert account.get("cgi-bin/user/get", next_openid="oStranger")["errcode"] == 40003

    def test_ten_thousand_a_page(self, account: Api) -> None:
        for n in range(10_001):
            account.platform.introduce(f"o{n}", "")
        first = account.get("cgi-bin/user/get")
        assert (first["total"], first["count"]) == (10_001, 10_000)
        assert account.get("cgi-bin/user/get", next_openid=first["next_openid"])["data"]["openid"] == ["o10000"]

    def test_the_blacklist(self, account: Api, people: list[str]) -> None:
        assert account.code("cgi-bin/tags/members/batchblacklist", {"openid_list": people * 6}) == 40032
        account.code("cgi-bin/tags/members/batchblacklist", {"openid_list": people[:2]})
        assert account.post("cgi-bin/tags/members/getblacklist")["data"]["openid"] == people[:2]


class TestTags:
    def create(self, account: Api, name: str) -> dict[str, Any]:
        return account.post("cgi-bin/tags/create", {"tag": {"name": name}})

    def test_a_life(self, account: Api, people: list[str]) -> None:
        tag = self.create(account, "协调员")["tag"]["id"]
        tagging = {"tagid": tag, "openid_list": people[:2]}
        assert account.code("cgi-bin/tags/members/batchtagging", tagging) == 0
        assert {"id": tag, "name": "协调员", "count": 2} in account.get("cgi-bin/tags/get")["tags"]
        assert account.post("cgi-bin/user/tag/get", {"tagid": tag})["data"]["openid"] == people[:2]
        assert account.post("cgi-bin/tags/getidlist", {"openid": people[0]}) == {"tagid_list": [tag]}
        assert account.get(INFO, openid=people[0])["tagid_list"] == [tag]
        assert account.code("cgi-bin/tags/members/batchuntagging", tagging | {"openid_list": people[:1]}) == 0
        assert account.code("cgi-bin/tags/update", {"tag": {"id": tag, "name": "市级协调员"}}) == 0
        assert account.code("cgi-bin/tags/delete", {"tag": {"id": tag}}) == 0
        assert account.post("cgi-bin/tags/getidlist", {"openid": people[1]}) == {"tagid_list": []}
        assert account.code("cgi-bin/tags/delete", {"tag": {"id": tag}}) == 45159

    def test_names(self, account: Api) -> None:
        self.create(account, "队长")
        assert [self.create(account, name).get("errcode") for name in ("队长", "", "长" * 31)] == [45157, 45158, 45158]
        assert account.code("cgi-bin/tags/update", {"tag": {"id": 2, "name": "星"}}) == 45058

    def test_a_hundred(self, account: Api) -> None:
        codes = [self.create(account, f"标签{n}").get("errcode", 0) for n in range(101)]
        assert codes == [0] * 100 + [45056]

    def test_twenty_for_one(self, account: Api, people: list[str]) -> None:
        tags = [self.create(account, f"标签{n}")["tag"]["id"] for n in range(21)]
        body = {"openid_list": people[:1]}
        codes = [account.code("cgi-bin/tags/members/batchtagging", body | {"tagid": tag}) for tag in tags]
        assert codes == [0] * 20 + [45059]

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"tagid": 7}, 45159),
            ({"openid_list": []}, 40031),
            ({"openid_list": ["oPerson0"] * 51}, 40032),
            ({"openid_list": ["oStranger"]}, 40003),
        ],
    )
    def test_refusals(self, account: Api, people: list[str], changes: dict[str, Any], code: int) -> None:
        body = {"tagid": 2, "openid_list": people[:1]} | changes
        assert account.code("cgi-bin/tags/members/batchtagging", body) == code
