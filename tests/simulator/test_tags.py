"""Tags, and who has one."""

from typing import Any

import pytest

from tests.simulator.api_client import Api


@pytest.fixture
def people(account: Api) -> list[str]:
    openids = [f"oPerson{n}" for n in range(4)]
    for openid in openids:
        account.platform.introduce(openid, openid)
    return openids


class TestTags:
    def create(self, account: Api, name: str) -> dict[str, Any]:
        return account.post("cgi-bin/tags/create", {"tag": {"name": name}})

    def test_a_life(self, account: Api, people: list[str]) -> None:
        tag = self.create(account, "协调员")["tag"]["id"]
        tagging = {"tagid": tag, "openid_list": people[:2]}
        assert account.code("cgi-bin/tags/members/batchtagging", tagging) == 0
        assert {"id": tag, "name": "协调员", "count": 2} in account.get("cgi-bin/tags/get")["tags"]
        assert account.post("cgi-bin/user/tag/get", {"tagid": tag})["data"]["openid"] == people[:2]
        assert account.code("cgi-bin/tags/members/batchuntagging", tagging | {"openid_list": people[:1]}) == 0
        assert account.post("cgi-bin/user/tag/get", {"tagid": tag})["data"]["openid"] == people[1:2]

    def test_ten_thousand_a_page(self, account: Api) -> None:
        tag = self.create(account, "队长")["tag"]["id"]
        for n in range(10_001):
            account.platform.introduce(f"o{n}", "")
            account.platform.people.find(f"o{n}").tags.append(tag)
        first = account.post("cgi-bin/user/tag/get", {"tagid": tag})
        assert first["count"] == 10_000
        rest = account.post("cgi-bin/user/tag/get", {"tagid": tag, "next_openid": first["next_openid"]})
        assert rest["data"]["openid"] == ["o10000"]
        after = account.post("cgi-bin/user/tag/get", {"tagid": tag, "next_openid": "o10000"})
        assert after == {"count": 0, "next_openid": ""}
        assert account.code("cgi-bin/user/tag/get", {"tagid": tag, "next_openid": "oStranger"}) == 40003

    def test_names(self, account: Api) -> None:
        self.create(account, "队长")
        assert [self.create(account, name).get("errcode") for name in ("队长", "", "长" * 31)] == [45157, 45158, 45158]

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
