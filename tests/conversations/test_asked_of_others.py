"""Offices that are not the campaign's own, details that no notice tells, and things of ours asked about in passing."""

import pytest

from tests.conversations.conftest import Office

CARD = "杜雄（昭通市红十字会）"


@pytest.mark.parametrize("said", ["云南省红会的号码是多少", "镇雄红会电话多少", "巧家县民政局怎么联系"])
def test_an_office_of_another_level_is_not_the_citys(office: Office, said: str) -> None:
    answer = office.person("李敏").say(said)
    assert not answer.startswith(CARD)
    assert "未规定" in answer or "没有列出" in answer or "回复数字" in answer, answer


def test_the_citys_own_office_is_found(office: Office) -> None:
    assert office.person("李敏").say("市红会的电话").startswith(CARD)


def test_what_no_notice_tells_of_an_office_is_said_to_be_unknown(office: Office) -> None:
    answer = office.person("李敏").say("申燕燕老师在几楼上班")
    assert "未规定" in answer


def test_a_thing_of_ours_asked_about_like_chat_is_answered_by_its_entry(office: Office) -> None:
    assert "未规定" in office.person("李敏").say("悄悄话信箱是啥颜色的")


def test_two_questions_with_a_contact_in_one_get_two_answers(office: Office) -> None:
    answer = office.person("李敏").say("项目有几个？一老一小的电话打给谁")
    assert "三个项目" in answer
    assert "申燕燕" in answer


def test_leaving_with_more_words_is_no_cancelling(office: Office) -> None:
    answer = office.captain("李敏", "昭通市第一中学").say("退出，我的资料统统删掉")
    assert answer.endswith("回复“确认”，或“算了”"), answer
