"""Subscription notices: credits, and the form of every field."""

from typing import Any

import pytest

from tests.simulator.api_client import Api, pushes, told

NOTICE = "cgi-bin/message/subscribe/bizsend"


class TestNotices:
    @pytest.fixture
    def notice(self, account: Api) -> str:
        keywords = [["thing1", "单位名称"], ["amount2", "累计金额"], ["time4", "上报时间"]]
        made = account.control("/template", title="数据上报成功提醒", keywords=keywords, notice=True)
        return str(made["template_id"])

    def body(self, openid: str, notice: str, **values: str) -> dict[str, object]:
        given = {"thing1": "昭通市第一中学", "amount2": "12345.67元", "time4": "2024年5月8日 09:55"} | values
        return {
            "touser": openid,
            "template_id": notice,
            "data": {key: {"value": value} for key, value in given.items()},
        }

    def test_each_yes_allows_one(self, account: Api, li_min: str, notice: str, clock: Any) -> None:
        account.platform.credits.give(li_min, notice)
        assert [account.code(NOTICE, self.body(li_min, notice)) for _ in range(2)] == [0, 43101]
        assert len(pushes(account.platform, li_min)) == 1
        (event,) = told(account.platform, clock)
        (result,) = event["SubscribeMsgSentEvent"]["List"]
        assert (event["Event"], event["FromUserName"]) == ("subscribe_msg_sent_event", li_min)
        assert (result["TemplateId"], result["ErrorCode"], result["ErrorStatus"]) == (notice, 0, "success")

    def test_a_failed_one(self, account: Api, li_min: str, notice: str, clock: Any) -> None:
        account.platform.credits.give(li_min, notice)
        account.control("/verdict", job="notice", status="system failed")
        assert account.code(NOTICE, self.body(li_min, notice)) == 0
        assert pushes(account.platform, li_min) == []
        assert told(account.platform, clock)[0]["SubscribeMsgSentEvent"]["List"][0]["ErrorCode"] == 1

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("thing1", "长" * 21),
            ("thing1", ""),
            ("thing1", "两\n行"),
            ("amount2", "¥1234567890123"),
            ("amount2", "很多"),
            ("amount2", "12,345.67元"),
            ("time4", "明天"),
        ],
    )
    def test_a_wrong_value_is_named_and_costs_nothing(
        self, account: Api, li_min: str, notice: str, field: str, value: str
    ) -> None:
        account.platform.credits.give(li_min, notice)
        answer = account.post(NOTICE, self.body(li_min, notice, **{field: value}))
        assert answer["errcode"] == 47003
        assert answer["errmsg"].startswith(f"argument invalid! data.{field}.value invalid rid: ")
        assert account.platform.credits.left(li_min, notice) == 1

    @pytest.mark.parametrize(
        ("key", "good", "bad"),
        [
            ("number3", "321", "三百"),
            ("letter1", "abc", "ab1"),
            ("symbol1", "！！", "abc"),
            ("character_string1", "K7Q2-0012", "编号0012"),
            ("date1", "2024年5月8日", "5月8日"),
            ("time1", "15:01", "3点"),
            ("time1", "2024年5月8日 15:01~2024年5月9日 15:01", "2024"),
            ("amount1", "¥12345.67元", "12345.678"),
            ("phone_number1", "+86-0870-2150000", "电话 0870-2150000"),
            ("name1", "李敏", "一" * 11),
            ("phrase1", "审核通过", "审核已经通过"),
            ("const6", "什么都行", ""),
        ],
    )
    def test_forms(self, account: Api, li_min: str, key: str, good: str, bad: str) -> None:
        keywords = [[key, "甲"], ["thing9", "乙"]]
        notice = account.control("/template", title="通知", keywords=keywords, notice=True)["template_id"]
        account.platform.credits.give(li_min, notice)
        for value, code in ((bad, 47003), (good, 0)):
            data = {key: {"value": value}, "thing9": {"value": "好"}}
            assert account.code(NOTICE, {"touser": li_min, "template_id": notice, "data": data}) == code

    def test_other_refusals(self, account: Api, li_min: str, notice: str) -> None:
        body = self.body(li_min, notice)
        assert account.code(NOTICE, body | {"touser": "oStranger"}) == 40003
        assert account.code(NOTICE, body | {"template_id": "gone"}) == 40037
        assert account.code(NOTICE, body | {"page": "pages/index"}) == 41030

    def test_the_templates(self, account: Api, notice: str) -> None:
        (listed,) = account.get("wxaapi/newtmpl/gettemplate")["data"]
        assert (listed["priTmplId"], listed["title"]) == (notice, "数据上报成功提醒")
