"""Mass sendings: quotas, ids, counts."""

from typing import Any

import pytest

from bot.simulator.platform import Platform
from tests.simulator.api_client import Api, pushes, told

TO_ALL = "cgi-bin/message/mass/sendall"


class TestMassSending:
    @pytest.fixture
    def everybody(self, platform: Platform) -> list[str]:
        openids = [platform.openid_of(f"p{n}") for n in range(4)]
        for openid in openids:
            platform.introduce(openid, openid)
        platform.unfollow(openids[3])
        return openids

    def body(self, content: str = "明早10点开始配捐", **more: object) -> dict[str, object]:
        return {"filter": {"is_to_all": True}, "msgtype": "text", "text": {"content": content}, **more}

    def test_it_arrives_later_and_is_counted(self, account: Api, everybody: list[str], clock: Any) -> None:
        account.platform.people.find(everybody[2]).receiving = False
        job = account.post(TO_ALL, self.body(clientmsgid="c1"))["msg_id"]
        assert account.post("cgi-bin/message/mass/get", {"msg_id": job}) == {"msg_id": job, "msg_status": "SENDING"}
        assert pushes(account.platform, everybody[0]) == []
        (event,) = told(account.platform, clock)
        assert [len(pushes(account.platform, openid)) for openid in everybody] == [1, 1, 0, 0]
        assert {name: event[name] for name in ("Event", "MsgID", "Status")} == {
            "Event": "MASSSENDJOBFINISH",
            "MsgID": job,
            "Status": "send success",
        }
        counts = [event[name] for name in ("TotalCount", "FilterCount", "SentCount", "ErrorCount")]
        assert counts == [3, 3, 2, 1]
        assert account.post("cgi-bin/message/mass/get", {"msg_id": str(job)})["msg_status"] == "SEND_SUCCESS"

    def test_reviewed_away(self, account: Api, everybody: list[str], clock: Any) -> None:
        account.control("/verdict", job="mass", status="err(20008)")
        job = account.post(TO_ALL, self.body())["msg_id"]
        (event,) = told(account.platform, clock)
        assert (event["Status"], event["SentCount"]) == ("err(20008)", 0)
        assert account.post("cgi-bin/message/mass/get", {"msg_id": job})["msg_status"] == "SEND_FAIL"

    def test_the_same_client_id(self, account: Api, everybody: list[str], clock: Any) -> None:
        body = self.body(clientmsgid="c1")
        job = account.post(TO_ALL, body)["msg_id"]
        assert account.code(TO_ALL, body) == 45066
        clock.forward(minutes=1)
        again = account.post(TO_ALL, body)
        assert (again["errcode"], again["msg_id"]) == (45065, job)
        assert account.code(TO_ALL, self.body(clientmsgid="c" * 65)) == 45067

    def test_the_same_content_without_one(self, account: Api, everybody: list[str], clock: Any) -> None:
        assert account.code(TO_ALL, self.body()) == 0
        clock.forward(hours=23)
        assert account.code(TO_ALL, self.body()) == 45065
        clock.forward(hours=1)
        assert account.code(TO_ALL, self.body()) == 0

    def test_once_a_day_for_a_subscription_account(self, account: Api, everybody: list[str], clock: Any) -> None:
        account.platform.kind = "verified_subscription"
        assert [account.code(TO_ALL, self.body(f"第{n}")) for n in range(2)] == [0, 45028]
        clock.forward(days=1)
        assert account.code(TO_ALL, self.body("第3")) == 0

    def test_four_a_month_for_a_service_account(self, account: Api, everybody: list[str], clock: Any) -> None:
        assert [account.code(TO_ALL, self.body(f"第{n}")) for n in range(5)] == [0] * 4 + [45028]
        clock.forward(days=24)
        assert account.code(TO_ALL, self.body("第6")) == 0

    def test_a_tag(self, account: Api, everybody: list[str], clock: Any) -> None:
        tag = account.post("cgi-bin/tags/create", {"tag": {"name": "协调员"}})["tag"]["id"]
        account.code("cgi-bin/tags/members/batchtagging", {"tagid": tag, "openid_list": everybody[:1]})
        assert account.code(TO_ALL, self.body() | {"filter": {"is_to_all": False, "tag_id": tag}}) == 0
        told(account.platform, clock)
        assert [len(pushes(account.platform, openid)) for openid in everybody] == [1, 0, 0, 0]

    @pytest.mark.parametrize(
        ("path", "changes", "code"),
        [
            (TO_ALL, {"filter": {"tag_id": 7}}, 45159),
            (TO_ALL, {"filter": None}, 40035),
            (TO_ALL, {"msgtype": "hologram"}, 40008),
            (TO_ALL, {"text": {"content": ""}}, 44004),
            (TO_ALL, {"text": {"content": "长" * 683}}, 45002),
            (TO_ALL, {"msgtype": "image", "image": {"media_id": "gone"}}, 40007),
            ("cgi-bin/message/mass/get", {"msg_id": 7}, 40059),
        ],
    )
    def test_refusals(self, account: Api, everybody: list[str], path: str, changes: dict[str, Any], code: int) -> None:
        assert account.code(path, self.body() | changes) == code
