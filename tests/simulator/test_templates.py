"""Template messages: what is seen, what is refused, what is told later."""

from typing import Any

import pytest

from bot.simulator.errors import ApiError
from tests.simulator.api_client import Api, pushes, told

TEMPLATE = "cgi-bin/message/template/send"


class TestTemplateMessages:
    @pytest.fixture
    def template(self, account: Api) -> str:
        keywords = [["thing1", "单位名称"], ["time3", "报名时间"]]
        return str(account.control("/template", title="报名成功通知", keywords=keywords)["template_id"])

    def body(self, openid: str, template: str, **more: object) -> dict[str, object]:
        data = {"thing1": {"value": "昭通市第一中学"}, "time3": {"value": "2024年5月8日 09:55"}}
        return {"touser": openid, "template_id": template, "data": data, **more}

    def test_it_is_shown_and_its_end_is_told(self, account: Api, li_min: str, template: str, clock: Any) -> None:
        answer = account.post(TEMPLATE, self.body(li_min, template))
        assert pushes(account.platform, li_min) == [
            "报名成功通知\n单位名称：昭通市第一中学\n报名时间：2024年5月8日 09:55"
        ]
        assert account.platform.agenda.take_due() == []
        (event,) = told(account.platform, clock)
        assert event == {
            "FromUserName": li_min,
            "MsgType": "event",
            "Event": "TEMPLATESENDJOBFINISH",
            "MsgID": answer["msgid"],
            "Status": "success",
        }

    @pytest.mark.parametrize("status", ["failed:user block", "failed: system failed"])
    def test_another_end(self, account: Api, li_min: str, template: str, clock: Any, status: str) -> None:
        account.control("/verdict", job="template", status=status)
        assert account.code(TEMPLATE, self.body(li_min, template)) == 0
        assert pushes(account.platform, li_min) == []
        assert told(account.platform, clock)[0]["Status"] == status

    def test_somebody_who_receives_nothing(self, account: Api, li_min: str, template: str, clock: Any) -> None:
        account.platform.people.find(li_min).receiving = False
        assert account.code(TEMPLATE, self.body(li_min, template)) == 0
        assert told(account.platform, clock)[0]["Status"] == "failed:user block"

    def test_once_for_ten_minutes(self, account: Api, li_min: str, template: str, clock: Any) -> None:
        body = self.body(li_min, template, client_msg_id="team-0012")
        first = account.post(TEMPLATE, body)["msgid"]
        clock.forward(minutes=9, seconds=59)
        assert account.post(TEMPLATE, body)["msgid"] == first
        assert len(pushes(account.platform, li_min)) == 1
        clock.forward(seconds=1)
        assert account.post(TEMPLATE, body)["msgid"] != first
        assert account.post(TEMPLATE, self.body(li_min, template))["msgid"] != first
        assert len(pushes(account.platform, li_min)) == 3

    def test_what_clients_make_of_a_value(self, account: Api, li_min: str, template: str) -> None:
        data = {"thing1": {"value": "第一\n中学🎉" + "长" * 20}}
        assert account.code(TEMPLATE, self.body(li_min, template) | {"data": data}) == 0
        assert pushes(account.platform, li_min)[0].splitlines()[1] == f"单位名称：第一 中学□{'长' * 14}…"
        assert len(account.platform.warnings) == 2

    @pytest.mark.parametrize(
        ("changes", "code", "named"),
        [
            ({"touser": "oStranger"}, 40003, ""),
            ({"template_id": "gone"}, 40037, ""),
            ({"data": None}, 47003, ""),
            ({"data": {"thing1": "bare"}}, 47003, "data.thing1.value invalid"),
            ({"data": {"thing1": {"value": None}}}, 47003, "data.thing1.value invalid"),
        ],
    )
    def test_refusals(
        self, account: Api, li_min: str, template: str, changes: dict[str, Any], code: int, named: str
    ) -> None:
        answer = account.post(TEMPLATE, self.body(li_min, template) | changes)
        assert answer["errcode"] == code
        assert named in answer["errmsg"]

    def test_who_left(self, account: Api, li_min: str, template: str) -> None:
        account.platform.unfollow(li_min)
        assert account.code(TEMPLATE, self.body(li_min, template)) == 43004

    def test_the_list(self, account: Api, template: str) -> None:
        (listed,) = account.get("cgi-bin/template/get_all_private_template")["template_list"]
        assert (listed["template_id"], listed["title"]) == (template, "报名成功通知")
        assert listed["content"] == "单位名称:{{thing1.DATA}}\n报名时间:{{time3.DATA}}\n"

    def test_twenty_five_in_use(self, account: Api) -> None:
        for number in range(25):
            account.platform.templates.add(f"模板{number}", (("thing1", "单位名称"),))
        with pytest.raises(ApiError, match="45026"):
            account.platform.templates.add("模板", (("thing1", "单位名称"),))
