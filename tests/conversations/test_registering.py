"""组队: in one line however it is typed, or one question at a time; the deadline; whose team it is."""

from itertools import count, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.campaign_schema import Campaign
from tests.conversations.conftest import Office, at


@pytest.mark.parametrize(
    "typed",
    [
        "组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000",
        "组队：昭通市第一中学，昭阳区，人道暖昭通，队长李敏，13900000000",
        "组队昭通市第一中学 昭阳区 人道暖昭通 队长李敏 １３９００００００００",
        "报名 单位：昭通市第一中学 县区：昭阳 项目：人道暖昭通 队长：李敏 电话：139 0000 0000",
        "昭通市第一中学 昭阳区 人道暖昭通 李敏 13900000000",
        "老师您好，我们是昭通市第一中学，昭阳区的，想参加人道暖昭通，队长李敏，电话13900000000，谢谢",
        "组队\n昭通市第一中学\n昭阳区\n人道暖昭通\n队长李敏\n13900000000",
        "组队 昭通市第一中学 昭阳 人道暖召通 队长李敏 13900000000",
    ],
)
def test_one_line(office: Office, typed: str) -> None:
    said = office.person("李敏").say(typed)
    assert said.startswith("已登记 昭通市第一中学（#0001）"), said
    assert "李敏 13900000000" in said
    team = office.team("昭通市第一中学")
    assert (team.region, team.project, team.status) == ("zhaoyang", "rendao-nuan", "active")
    assert team.captains == (office.id_of(office.person("李敏")),)


def test_by_voice(office: Office) -> None:
    said = office.person("李敏").voice("我们是昭通市第一中学，昭阳区，参加人道暖昭通，队长李敏，13900000000。")
    assert said.startswith("已登记 昭通市第一中学"), said


def test_one_question_at_a_time_with_a_question_inside(office: Office) -> None:
    wang = office.person("王强")
    assert "单位全称" in wang.say("我们想报名")
    assert "12. 市直" in wang.say("昭通市第一人民医院")
    said = wang.say("几点开始配捐？")
    assert "10点" in said
    assert "报名还没完成，请发送县区" in said
    said = wang.say("战报")
    assert said.startswith("【昭通")
    assert "报名还没完成" in said
    assert "1. 人道暖昭通" in wang.say("昭阳")
    assert "队长姓名和电话" in wang.say("博爱昭通行")
    said = wang.say("王强 13800000000")
    assert said.startswith("已登记 昭通市第一人民医院")
    assert office.team("昭通市第一人民医院").project == "boai-xing"


@pytest.mark.parametrize("number", ["12", "１２", "十二", "第十二个", "12.", "选12"])
def test_a_region_is_chosen_by_number(office: Office, number: str) -> None:
    wang = office.person("王强")
    wang.say("组队 昭通市财政局")
    assert "参加哪个项目" in wang.say(number)
    wang.say("１")
    assert "县区：市直" in wang.say("跳过")


@pytest.mark.parametrize(
    ("state", "wrong", "asked_again"),
    [
        ("unit", "13900000000", "请发送单位全称"),
        ("unit", "昭阳区", "请发送单位全称"),
        ("unit", "123", "请发送单位全称"),
        ("region", "外星", "1. 昭阳区"),
        ("region", "13", "1. 昭阳区"),
        ("region", "0", "1. 昭阳区"),
        ("project", "修路", "1. 人道暖昭通"),
        ("project", "7", "1. 人道暖昭通"),
        ("captain", "嗯……这个嘛", "例如：李敏 13900000000"),
    ],
)
def test_a_wrong_answer_is_asked_again_and_nothing_is_lost(
    office: Office, state: str, wrong: str, asked_again: str
) -> None:
    answers = {"unit": "昭通市第一中学", "region": "昭阳", "project": "人道暖昭通", "captain": "李敏 13900000000"}
    li = office.person("李敏")
    said = li.say("组队")
    for step, answer in answers.items():
        if step == state:
            assert asked_again in li.say(wrong)
        said = li.say(answer)
    assert said.startswith("已登记 昭通市第一中学"), said


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_leaving_works_from_every_question(office: Office, steps: int) -> None:
    li = office.person("李敏")
    li.say("组队")
    for answer in ("昭通市第一中学", "昭阳", "人道暖昭通")[:steps]:
        li.say(answer)
    assert li.say("算了") == "好的，已离开，什么都没有改动。"
    assert "没有进行中的步骤" in li.say("算了")
    assert office.teams() == []


def test_a_dialogue_is_forgotten_after_its_lifetime(office: Office) -> None:
    li = office.person("李敏")
    li.say("组队")
    office.forget_dialogue(li)
    li.say("昭通市第一中学")
    assert office.teams() == []
    assert "没有进行中的步骤" in li.say("算了")


def test_a_command_wins_over_a_dialogue(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("组队 昭通市第二中学")
    assert li.say("进度 500元 5人次").startswith("已记录 昭通市第一中学")
    assert "没有进行中的步骤" in li.say("算了")


@pytest.mark.parametrize("typed", ["昭通一中", "昭通市一中", "昭通市第1中学", "昭通市第一中学"])
def test_a_unit_registers_once_in_a_project(office: Office, typed: str) -> None:
    office.captain("李敏", "昭通市第一中学")
    said = office.person("王强").say(f"组队 {typed} 昭阳区 人道暖昭通")
    assert "已有队伍，没有重复登记" in said
    assert "0870-2220223" in said
    assert len(office.teams()) == 1
    assert office.person("王强").say(f"组队 {typed} 昭阳区 博爱昭通行 队长王强").startswith("已登记")


def test_the_captain_herself_is_told_that_the_team_is_hers(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    assert "就是您的队伍" in li.say("组队 昭通一中 昭阳区 人道暖昭通 队长李敏")


def test_a_code_that_a_refused_registration_used_up_is_no_team(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏")
    assert li.say("进度 0002 500").startswith("没有编号 #0002 的队伍")


def test_a_unit_alike_is_asked_about(office: Office) -> None:
    office.captain("李敏", "昭通市实验小学")
    wang = office.person("王强")
    said = wang.say("组队 昭通市试验小学 昭阳区 博爱昭通行 队长王强 13800000000")
    assert "1. 是，就是昭通市实验小学" in said
    assert "请回复 1 到 2" in wang.say("3")
    assert wang.say("1").startswith("已登记 昭通市实验小学（")
    wang.say("组队 昭通市试验小学 昭阳区 绿美昭通 队长王强 13800000000")
    assert wang.say("2").startswith("已登记 昭通市试验小学（")


def test_ordinals_are_never_alike(office: Office) -> None:
    office.captain("李敏", "昭通市第1小学")
    said = office.person("王强").say("组队 昭通市第12小学 昭阳区 人道暖昭通 队长王强")
    assert said.startswith("已登记 昭通市第12小学")


@pytest.mark.parametrize("moment", ["2024-05-01T00:00", "2024-05-08T12:00"])
def test_after_the_deadline_it_is_refused_with_reason_and_contact(office: Office, moment: str) -> None:
    office.go_to(moment)
    for typed in ("组队", "组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000", "我们想报名"):
        said = office.person("李敏").say(typed)
        assert "4月30日截止" in said
        assert "不能" in said
        assert "杜雄 0870-2220223" in said
    assert office.teams() == []


def test_the_deadline_passes_in_the_middle_of_a_dialogue(office: Office) -> None:
    office.go_to("2024-04-30T23:59")
    li = office.person("李敏")
    li.say("组队 昭通市第一中学 昭阳区 人道暖昭通")
    office.wait(minutes=5)
    assert "不能" in li.say("李敏 13900000000")
    assert office.teams() == []


def test_a_coordinator_enters_a_late_team_and_its_captain_claims_it(office: Office) -> None:
    zhao = office.coordinator("赵主任", "yongshan")
    office.go_to("2024-05-08T12:00")
    said = zhao.say("组队 永善县第一中学 永善县 童享阳光 队长孙丽 13933333333")
    team = office.team("永善县第一中学")
    assert said.startswith("已登记 永善县第一中学")
    assert f"认领 {team.claim_code}" in said
    assert (team.status, team.captains) == ("unclaimed", ())
    sun = office.person("孙丽")
    assert "不能" in sun.say(f"进度 {team.code} 500")
    assert sun.say(f"认领 {team.claim_code}").startswith("已登记 您是 永善县第一中学（#0001）·童享阳光 的队长")
    assert sun.say("进度 500 5人次").startswith("已记录")
    card = office.store.teams.card(office.campaign.id, office.id_of(sun))
    assert (card.name, card.phone) == ("孙丽", "13933333333")
    assert "认领码不对或已经用过" in office.person("别人").say(f"认领 {team.claim_code}")


@pytest.mark.parametrize(
    "form", ["认领 {}", "认领{}", "认领：{} 刘洋 13955555555", "认领 {lower}，我是刘洋，13955555555"]
)
def test_claiming_however_it_is_typed(office: Office, form: str) -> None:
    office.coordinator("赵主任").say("组队 永善县第一中学 永善县 童享阳光 队长孙丽 13933333333")
    code = office.team("永善县第一中学").claim_code
    assert office.person("刘洋").say(form.format(code, lower=code.lower())).startswith("已登记 您是"), form
    assert office.team("永善县第一中学").status == "active"


def test_a_claim_code_is_told_again_to_those_who_may_hand_it_out(office: Office) -> None:
    zhao, line = office.coordinator("赵主任", "yongshan"), "组队 永善县第一中学 永善县 童享阳光"
    zhao.say(f"{line} 队长孙丽")
    code = office.team("永善县第一中学").claim_code
    assert f"认领 {code}" in zhao.say(line)
    said = office.coordinator("外县", "suijiang").say(line)
    assert "向协调员要认领码" in said
    assert code not in said


def test_claiming_without_a_code(office: Office) -> None:
    assert "例如：认领 K7Q2AB" in office.person("刘洋").say("认领")
    assert "认领码不对" in office.person("刘洋").say("认领 K7Q2")


def test_a_late_team_waits_where_the_file_says_so(office: Office, erqi: Campaign) -> None:
    office.publish(erqi)
    office.campaign = erqi
    ma = office.coordinator("马主任", "dexue")
    li = office.person("李敏")
    li.say("活动 二七99")
    office.go_to("2024-05-21T09:00")
    li.say("活动 二七99")
    said = li.say("组队 二七区实验小学 德化街 助学 队长李敏 13900000000")
    assert said.startswith("已登记 二七区实验小学")
    assert "等协调员通过" in said
    assert "现在不能记录" in li.say("进度 500元")
    assert "待审核" in li.say("我的队伍")
    ma.say("活动 二七99")
    assert "#0001 二七区实验小学·爱心助学" in ma.say("待审")
    assert ma.say("通过 0001").startswith("已登记 二七区实验小学（#0001） 通过")
    assert "没有等待审核" in ma.say("待审")
    assert li.say("进度 500元").startswith("已记录")


@pytest.mark.parametrize(
    ("look", "verdict"),
    [
        ("待审", "通过 0001"),
        ("待 审", "通过0001"),
        ("待审？", "通过 #0001"),
        ("待审名单", "同意：0001"),
        ("待审。", "通 过 ０００１"),
    ],
)
def test_deciding_however_it_is_typed(office: Office, erqi: Campaign, look: str, verdict: str) -> None:
    approving = erqi.registration.model_copy(update={"mode": "approve"})
    office.publish(erqi.model_copy(update={"registration": approving}))
    office.campaign = erqi
    ma, li = office.coordinator("马主任", "dexue"), office.person("李敏")
    li.say("活动 二七99")
    assert "等协调员通过" in li.say("组队 二七区实验小学 德化街 助学 队长李敏 13900000000")
    assert "#0001 二七区实验小学" in ma.say(look)
    assert ma.say(verdict).startswith("已登记 二七区实验小学（#0001） 通过")


def test_a_waiting_team_is_turned_away_with_a_reason(office: Office, erqi: Campaign) -> None:
    office.publish(erqi)
    office.campaign = erqi
    ma = office.coordinator("马主任")
    li = office.person("李敏")
    office.go_to("2024-05-21T09:00")
    for person in (li, ma):
        person.say("活动 二七99")
    li.say("组队 二七区实验小学 德化街 助学 队长李敏 13900000000")
    said = ma.say("驳回0001 第2次登记，单位名称不规范")
    assert said.startswith("已登记 二七区实验小学（#0001） 驳回，原因：第2次登记")
    assert "不能报进度" in li.say("进度 500元")
    assert li.say("组队 二七区实验小学 德化街 助学 队长李敏 13900000000").startswith("已登记")


@pytest.mark.parametrize("name", ["爱心小分队", "乌蒙雄鹰队", "李敏"])
def test_a_name_that_is_no_units_gets_the_rule(office: Office, name: str) -> None:
    """The notice wants the unit's name for the team's."""
    li = office.person("李敏")
    said = li.say(f"组队 {name} 昭阳区 人道暖昭通 队长李敏 13900000000")
    assert "组队名称为单位名称" in said, said
    assert f"“{name}”不能" in said
    assert office.teams() == []
    assert li.say("昭阳区第二小学").startswith("已登记")
    assert [team.unit for team in office.teams()] == ["昭阳区第二小学"]


@pytest.mark.parametrize(("answer", "unit"), [("1", "昭通市第一中学"), ("昭通市第二中学", "昭通市第二中学")])
def test_a_dressed_up_name_gets_a_suggestion(office: Office, answer: str, unit: str) -> None:
    li = office.person("李敏")
    said = li.say("组队 昭通市第一中学爱心团队 昭阳区 人道暖昭通 队长李敏 13900000000")
    assert "1. 用“昭通市第一中学”" in said, said
    assert li.say(answer).startswith("已登记")
    assert [team.unit for team in office.teams()] == [unit]


def test_a_fire_brigade_is_a_unit(office: Office) -> None:
    said = office.person("李敏").say("组队 昭通市消防救援支队 市直 人道暖昭通 队长李敏 13900000000")
    assert said.startswith("已登记 昭通市消防救援支队")


@pytest.mark.parametrize("typed", ["我要组队可以吗", "能不能帮我们组个队", "我们想组队行不", "我要给我们医院组个队"])
def test_a_wish_to_register_begins_a_registration(office: Office, typed: str) -> None:
    assert "请发送单位全称" in office.person("李敏").say(typed)


@pytest.mark.parametrize("typed", ["学生能不能组队", "个人可不可以组队"])
def test_whether_somebody_may_register_is_a_question(office: Office, typed: str) -> None:
    said = office.person("李敏").say(typed)
    assert "请发送单位全称" not in said
    assert office.teams() == []


@pytest.mark.parametrize(
    ("said", "name", "phone"),
    [
        ("跳过", "李敏", "13900000000"),
        ("李敏", "李敏", "13900000000"),
        ("13911111111", "李敏", "13911111111"),
        ("王强 13922222222", "王强", "13922222222"),
    ],
)
def test_what_a_captain_does_not_say_again_stands(office: Office, said: str, name: str, phone: str) -> None:
    li = office.captain("李敏", "永善县第一中学", "永善县", "童享阳光")
    li.say("组队 永善县第二中学 永善县 童享阳光")
    assert li.say(said).startswith("已登记 永善县第二中学")
    card = office.store.teams.card(office.campaign.id, office.id_of(li))
    assert (card.name, card.phone) == (name, phone)


def test_claiming_without_a_name_keeps_the_captains_card(office: Office) -> None:
    li = office.captain("李敏", "永善县第一中学", "永善县", "童享阳光")
    office.coordinator("赵主任").say("组队 永善县第二中学 永善县 童享阳光")
    office.person("赵主任").say("跳过")
    assert li.say(f"认领 {office.team('永善县第二中学').claim_code}").startswith("已登记")
    card = office.store.teams.card(office.campaign.id, office.id_of(li))
    assert (card.name, card.phone) == ("李敏", "13900000000")


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("昭通市第八中学（王小明）", "昭通市第八中学"),
        ("昭通市第八中学(联系人王小明)", "昭通市第八中学"),
        ("昭通市第八中学—王小明", "昭通市第八中学"),
        ("王小明（昭通市第八中学）", "昭通市第八中学"),
        ("昭通市第八中学（北校区）（王小明）", "昭通市第八中学(北校区)"),
    ],
)
def test_a_person_in_brackets_is_the_captain(office: Office, typed: str, unit: str) -> None:
    said = office.person("王小明").say(f"组队 {typed} 昭阳区 人道暖昭通 13900000001")
    assert said.startswith(f"已登记 {unit}（#0001）"), said
    assert "队长：王小明 13900000001" in said
    assert private_in_ledger(office, "王小明", "13900000001") == []


@pytest.mark.parametrize("by", ["captain", "coordinator"])
@pytest.mark.parametrize("name", ["昭通市审计局张三", "昭通市审计局张三队", "昭通市审计局张三主任", "张三昭通市审计局"])
def test_a_person_run_together_with_the_unit_is_asked_about(office: Office, name: str, by: str) -> None:
    who = office.coordinator("赵主任") if by == "coordinator" else office.person("张三")
    said = who.say(f"组队 {name} 市直 人道暖昭通 13900000001")
    assert "1. 用“昭通市审计局”，队长张三\n2. 换一个单位名称\n3. 不是人名，这就是单位全称" in said, said
    assert office.teams() == []
    assert who.say("1").startswith("已登记 昭通市审计局（")
    assert private_in_ledger(office, "张三", "13900000001") == []


def test_another_unit_than_the_one_suggested(office: Office) -> None:
    zhang = office.person("张三")
    zhang.say("组队 昭通市审计局张三 市直 人道暖昭通 13900000001")
    assert "请发送单位全称" in zhang.say("2")
    assert zhang.say("昭通市财政局").startswith("已登记 昭通市财政局")
    assert "张三" not in zhang.say("我的队伍").split("\n")[0]


@pytest.mark.parametrize("answer", ["昭通市财政局（张三 13911112222）", "昭通市财政局（联系人张三13911112222）"])
def test_whoever_stands_beside_the_unit_in_an_answer_is_not_asked_for_again(office: Office, answer: str) -> None:
    zhang = office.person("张三")
    zhang.say("组队")
    said = zhang.say(answer)
    assert "1. 昭阳区" in said, said
    zhang.say("市直")
    said = zhang.say("人道暖昭通")
    assert said.startswith("已登记 昭通市财政局（"), said
    assert "队长：张三 13911112222" in said


def test_a_name_that_only_the_captains_answer_tells(office: Office) -> None:
    """No surname says that 阿卓 is a person; her own answer does, and the unit is asked about before it is kept."""
    a = office.person("阿卓")
    assert "是单位的全称吗" in a.say("组队 昭通市审计局阿卓 市直 人道暖昭通")
    assert "队长姓名和电话" in a.say("1")
    assert "1. 用“昭通市审计局”\n" in a.say("阿卓 13900000001")
    assert a.say("1").startswith("已登记 昭通市审计局（")
    assert private_in_ledger(office, "阿卓", "13900000001") == []


@pytest.mark.parametrize("unit", ["昭通市水务局龙泉", "昭通市第一小学江边"])
def test_her_own_word_keeps_a_name_and_is_remembered(office: Office, unit: str) -> None:
    """Three questions later it is still remembered, and so is another way through 换一个."""
    wang = office.person("王强")
    assert "3. 不是人名，这就是单位全称" in wang.say(f"组队 {unit}")
    assert "请发送单位全称" in wang.say("2")
    assert "3. 不是人名" in wang.say(unit)
    assert "1. 昭阳区" in wang.say("3")
    wang.say("市直")
    assert "队长姓名和电话" in wang.say("人道暖昭通")
    assert wang.say("王强 13800000000").startswith(f"已登记 {unit}（")


def test_a_village_that_reads_like_a_person(office: Office) -> None:
    li = office.person("李敏")
    assert "“石梁子”是单位的全称吗" in li.say("组队 石梁子 昭阳区 博爱昭通行 队长李敏 13900000002")
    assert li.say("1").startswith("已登记 石梁子（")


@pytest.mark.parametrize("unit", ["昭通市水务局龙泉", "石梁子", "昭通市审计局张三"])
def test_no_guess_where_the_line_names_another_captain(office: Office, unit: str) -> None:
    li = office.person("李敏")
    said = li.say(f"组队 {unit}{'村委会' * (unit == '石梁子')} 昭阳区 人道暖昭通 队长李敏 13900000001")
    if unit != "石梁子":
        assert f"“{unit}”是单位的全称吗" in said, "no ending says that it is one"
        said = li.say("1")
    assert said.startswith(f"已登记 {unit}"), said
    assert private_in_ledger(office, "李敏", "13900000001") == []


def test_her_own_word_ends_where_the_name_is_the_captains(office: Office) -> None:
    zhang = office.person("张三")
    zhang.say("组队 昭通市审计局张三 市直 人道暖昭通")
    assert "队长姓名和电话" in zhang.say("3")
    said = zhang.say("张三 13900000001")
    assert "1. 用“昭通市审计局”\n2. 换一个单位名称\n请" in said, said
    assert zhang.say("1").startswith("已登记 昭通市审计局（")
    assert private_in_ledger(office, "张三", "13900000001") == []


@pytest.mark.parametrize("unit", ["张桂梅女子高中", "邵逸夫小学", "李家沟小学"])
def test_a_unit_called_after_a_person(office: Office, unit: str) -> None:
    said = office.person("张桂梅").say(f"组队 {unit} 昭阳区 人道暖昭通 队长张桂梅 13900000001")
    assert said.startswith(f"已登记 {unit}（"), said


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("稍等一下", "好的，不着急"),
        ("等我请示一下校长", "好的，问清楚了"),
        ("还没定下来", "没关系，定了再发"),
        ("就按去年的", "以前的登记这里查不到"),
        ("就我自己", "组队名称为单位名称（方案 三（一）及时组队），请发送单位全称"),
        ("我们填过了", "请发送单位全称"),
    ],
)
def test_what_is_no_name_is_not_taken_for_one(office: Office, said: str, answer: str) -> None:
    li = office.person("李敏")
    li.say("组队")
    assert answer in li.say(said)
    assert answer in li.say(said), "and the question still waits"
    assert office.teams() == []
    assert "1. 昭阳区" in li.say("昭通市第八小学")


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_every_step_waits_for_who_asks_first(office: Office, steps: int) -> None:
    li = office.person("李敏")
    li.say("组队")
    for answer in ("昭通市第八小学", "昭阳区", "人道暖昭通")[:steps]:
        li.say(answer)
    assert "不着急" in li.say("等会儿再发你")
    for answer in ("昭阳区", "人道暖昭通", "李敏")[steps - 1 :]:
        said = li.say(answer)
    assert said.startswith("已登记 昭通市第八小学"), said


def test_an_ending_alone_is_asked_for_in_full(office: Office) -> None:
    li = office.person("李敏")
    assert "很多单位都有" in li.say("组队 小学 鲁甸县 人道暖昭通 队长李敏")
    assert li.say("鲁甸县文屏镇第二小学").startswith("已登记 鲁甸县文屏镇第二小学（")
    wang = office.person("王强")
    assert "很多单位都有" in wang.say("组队 小学 鲁甸县 人道暖昭通 队长王强"), "and it matches nobody's"


def test_a_name_without_an_ending_is_asked_about_once(office: Office) -> None:
    li = office.person("李敏")
    assert "“乌蒙之光”是单位的全称吗" in li.say("组队 乌蒙之光 昭阳区 人道暖昭通 队长李敏 13900000000")
    assert office.teams() == []
    assert li.say("1").startswith("已登记 乌蒙之光（")
    wang = office.person("王强")
    said = wang.say("组队 乌蒙之光 昭阳区 博爱昭通行 队长王强 13800000000")
    assert said.startswith("已登记 乌蒙之光（"), "known as a unit by now"


def test_words_beside_the_unit_are_asked_about(office: Office) -> None:
    li = office.person("李敏")
    said = li.say("组队 昭通市第五中学 春风化雨 昭阳区 人道暖昭通 队长李敏 13900000000")
    assert "“春风化雨”没有看懂" in said
    assert "1. 用“昭通市第五中学春风化雨”\n2. 用“昭通市第五中学”\n3. 换一个" in said
    assert li.say("2").startswith("已登记 昭通市第五中学（")
    assert "像是几个单位" in li.say("组队 昭通市第六中学 水富市第一中学 人道暖昭通")
    assert "请发送单位" in li.say("等一下")


def test_the_full_name_takes_the_place_of_a_short_one(office: Office) -> None:
    li = office.person("李敏")
    assert "B校 属于哪个县" in li.say("组队 B校")
    assert "参加哪个项目" in li.say("巧家县白鹤滩镇B小学")
    li.say("人道暖昭通")
    said = li.say("李敏")
    assert said.startswith("已登记 巧家县白鹤滩镇B小学（"), said
    assert "县区：巧家县" in said


def test_the_full_name_may_come_with_the_captain(office: Office) -> None:
    li = office.person("李敏")
    li.say("组队 三小 水富市 人道暖昭通")
    said = li.say("水富市第三小学 李敏 13900000000")
    assert said.startswith("已登记 水富市第三小学（"), said
    assert "李敏 13900000000" in said


def test_another_unit_in_answer_to_a_question_is_asked_about(office: Office) -> None:
    li = office.person("李敏")
    li.say("组队 昭通市第一中学")
    said = li.say("昭通市财政局")
    assert "1. 用“昭通市财政局”\n2. 用“昭通市第一中学”" in said
    assert "昭通市财政局 属于哪个县" in li.say("1")


@pytest.mark.parametrize(
    ("typed", "project"),
    [("换成博爱昭通行", "博爱昭通行"), ("项目选错了，要绿美昭通", "博爱乌蒙·绿美昭通"), ("博爱昭通行", "博爱昭通行")],
)
def test_the_project_can_be_changed_while_the_captain_is_asked_for(office: Office, typed: str, project: str) -> None:
    li = office.person("李敏")
    li.say("组队 昭通市第八小学 昭阳区 人道暖昭通")
    said = li.say(typed)
    assert said.startswith(f"已改为{project}。\n请发送队长姓名和电话"), said
    assert f"项目：{project}" in li.say("李敏")


def test_any_step_can_be_taken_again(office: Office) -> None:
    li = office.person("李敏")
    li.say("组队 昭通市第八小学 昭阳区 人道暖昭通")
    assert "参加哪个项目" in li.say("我想换个项目")
    assert "已改为彝良县" in li.say("县区错了，是彝良县")
    li.say("2")
    assert "单位全称" in li.say("单位名称写错了")
    assert "队长姓名和电话" in li.say("彝良县第八小学")
    said = li.say("跳过")
    assert said.startswith("已登记 彝良县第八小学（")
    assert "县区：彝良县" in said


@pytest.mark.parametrize(
    ("unit", "region", "project", "said"),
    [
        ("大关县第二小学", "大关县", "童享阳光", "“童享阳光”写的地区是永善县（方案 二（二）童享阳光），大关县不在其中"),
        ("大关县卫生院", "大关县", "一老一小", "写的适用单位是慈善组织、社工机构、志愿服务机构"),
    ],
)
def test_a_project_for_other_units_is_asked_about_with_its_source(
    office: Office, unit: str, region: str, project: str, said: str
) -> None:
    li = office.person("李敏")
    asked = li.say(f"组队 {unit} {region} {project} 队长李敏 13900000000")
    assert said in asked
    assert "杜雄 0870-2220223" in asked
    assert office.teams() == []
    assert "参加哪个项目" in li.say("2")
    assert said in li.say(project)
    assert li.say("1").startswith(f"已登记 {unit}（")
    assert "已登记" in office.person("王强").say("组队 水富市慈善总会 水富市 一老一小 队长王强")


def test_offices_of_one_sound_are_two(office: Office) -> None:
    office.captain("李敏", "昭阳区税务局")
    said = office.person("王强").say("组队 昭阳区水务局 昭阳区 人道暖昭通 队长王强")
    assert said.startswith("已登记 昭阳区水务局（#0002）")


def test_traditional_characters_and_marks_make_no_second_team(office: Office) -> None:
    li = office.person("李敏")
    assert li.say("组队 🌻魯甸縣第⑤小學🌻 鲁甸县 人道暖昭通 队长李敏").startswith("已登记 魯甸縣第五小學（")
    said = office.person("王强").say("组队 鲁甸县 第5 小学 鲁甸县 人道暖昭通 队长王强")
    assert "已有队伍，没有重复登记" in said


def test_a_list_of_units_with_marks_and_leftovers(office: Office) -> None:
    zhao = office.coordinator("赵主任", "zhaoyang")
    said = zhao.say(
        "#接龙 报名 昭阳区 人道暖昭通\n1. 第⑦中学 钱明 13900000024\n2. 昭阳区 第八 小学 李芳\n"
        "3. 昭通市第五中学 春风化雨 王强"
    )
    assert "第七中学" in said
    assert "第八小学" in said
    assert "“春风化雨”没有看懂" in said


@pytest.fixture
def both_may(office: Office, erqi: Campaign) -> Office:
    """Only 二七 runs, where people and units may form teams."""
    registration = erqi.registration.model_copy(update={"names": "both", "source": "主报道 全民踊跃参与"})
    office.publish(erqi.model_copy(update={"registration": registration}))
    office.campaign = erqi
    return office


def test_where_people_may_form_teams_a_persons_name_is_asked_about(both_may: Office) -> None:
    """It is public, and outlives what is kept about her: she decides."""
    li = both_may.person("张三")
    li.say("活动 二七99")
    said = li.say("组队 张三 德化街 爱心助学 13900000000")
    assert "个人和单位均可组队（主报道 全民踊跃参与）。队名会公开，注销后也不会删除" in said
    assert both_may.teams() == []
    assert li.say("1").startswith("已登记 张三（")
    wang = both_may.person("王强")
    wang.say("活动 二七99")
    assert wang.say("组队").startswith("个人和单位均可组队（主报道 全民踊跃参与）。请发送单位全称或队名")
    assert "可以，个人和单位均可组队" in wang.say("我一个人")
    assert "1. 德化街街道" in wang.say("金色阳光小分队")


def test_a_rule_for_names_is_never_invented(office: Office, erqi: Campaign) -> None:
    """This campaign's file has none: the reason against a person's name is our own."""
    office.publish(erqi)
    office.campaign = erqi
    li = office.person("张三")
    li.say("活动 二七99")
    assert li.say("组队") == "请发送单位全称，例如：昭通市第一中学"
    assert li.say("张三").startswith("队名会公开并一直保留，不用人名，“张三”不能用作队名")
    assert li.say("算了").startswith("好的，已离开")


def test_where_only_people_form_teams_a_units_name_is_none(both_may: Office, erqi: Campaign) -> None:
    people = erqi.registration.model_copy(update={"names": "people", "source": "方案 二"})
    both_may.publish(erqi.model_copy(update={"registration": people}))
    li = both_may.person("张三")
    li.say("活动 二七99")
    assert "以个人名义组队（方案 二），“二七区财政局”是单位名称" in li.say("组队 二七区财政局 德化街 爱心助学 队长李四")


def test_a_county_or_a_project_decides_the_campaign(office: Office, erqi: Campaign) -> None:
    office.publish(erqi)
    said = office.person("李敏").say("组队 昭阳区第八小学 昭阳区 人道暖昭通 队长李敏")
    assert said.startswith("已登记 昭阳区第八小学（")
    assert said.endswith(f"活动：{office.campaign.short}")
    assert "已登记" in office.person("王强").say("组队 实验小学 解放路街道 爱心助学 队长王强")
    assert office.person("张敏").say("组队 蓝天学校").startswith("您说的是哪个活动？")


def test_only_campaigns_open_now_or_soon_are_offered(office: Office, erqi: Campaign) -> None:
    office.publish(erqi)
    office.publish(
        erqi.model_copy(
            update={
                "id": "past",
                "name": "往年的活动",
                "windows": erqi.windows.model_copy(
                    update={
                        "registration": erqi.windows.registration.model_copy(update={"end": at("2023-01-01T00:00")})
                    }
                ),
            }
        )
    )
    said = office.person("路人").say("组队")
    assert "2. 2024年二七区" in said
    assert "往年的活动" not in said
    assert "往年的活动" not in office.person("新人").follow()
    assert "3. 往年的活动（未在进行）" in office.person("路人").say("活动")


def test_a_look_at_the_campaigns_opens_no_question(office: Office, erqi: Campaign) -> None:
    office.publish(erqi)
    li = office.person("李敏")
    li.say("活动 昭通")
    li.say("活动")
    assert "还在等您" not in li.say("战报")
    li.say("活动")
    assert li.say("2").startswith("当前活动：2024年二七区")


@pytest.fixture
def many(office: Office) -> Office:
    """A campaign of ninety projects."""
    first = office.campaign.projects[0]
    others = [
        first.model_copy(
            update={"id": f"p{i}", "name": f"{place}{kind}帮扶计划", "aliases": (), "purpose": f"帮助{kind}"}
        )
        for i, (place, kind) in enumerate(product(("金沙江", "乌蒙山", "洒渔河"), _KINDS))
    ]
    office.publish(office.campaign.model_copy(update={"projects": (*office.campaign.projects, *others)}))
    return office


_KINDS = tuple(
    f"{who}{what}"
    for who in ("老人", "学生", "医生", "村民", "牧民", "渔民")
    for what in ("午餐", "出行", "读书", "取暖", "饮水")
)


def test_a_long_list_of_projects_is_paged_and_searched(many: Office) -> None:
    li = many.person("李敏")
    said = li.say("组队 昭通市第八小学 昭阳区")
    assert "共96个" in said
    assert "发“更多”看后面的" in said
    shown = said.count("· ")
    for _ in range(4):
        said = li.say("更多")
        shown += said.count("· ")
        if "更多" not in said:
            break
    assert shown == 96, "no project is cut off"
    said = li.say("牧民")
    assert "找到这些项目" in said
    assert said.count("牧民") > 10
    assert "没有找到这个项目（共96个）" in li.say("天文台")
    assert "1. 金沙江渔民饮水帮扶计划\n2. 乌蒙山渔民饮水帮扶计划" in li.say("渔民饮水")
    assert "队长姓名和电话" in li.say("2")
    assert "项目：乌蒙山渔民饮水帮扶计划" in li.say("跳过")


def test_a_telephone_given_later_is_kept(office: Office) -> None:
    li = office.person("李敏")
    li.say("组队 昭通市第八小学 昭阳区 人道暖昭通 队长李敏")
    said = li.say("我的电话是13911112222")
    assert said == "已登记 昭通市第八小学（#0001） 的队长电话：李敏 13911112222"
    for typed, phone in (
        ("改电话 13800000000", "13800000000"),
        ("换手机号：13700000000", "13700000000"),
        ("我换号码了，现在用 13600000000", "13600000000"),
        ("改电话 0870-2223333", "0870-2223333"),
    ):
        assert li.say(typed).endswith(phone), typed
        assert office.store.teams.card(office.campaign.id, office.id_of(li)).phone == phone
    assert "请带上新号码" in li.say("改电话")
    assert private_in_ledger(office, "13911112222", "13800000000", "13600000000") == []
    assert office.ledger().count("captain.card") == 5


def test_only_a_captain_leaves_a_telephone(office: Office) -> None:
    office.captain("李敏", "昭通市第八小学")
    assert "还没有队伍" in office.person("路人").say("改电话 13800000000")
    li = office.person("李敏")
    assert "0870-2220223" in li.say("联系人")
    assert "13800000000" not in li.say("红会主任的电话是13800000000吗")
    assert office.store.teams.card(office.campaign.id, office.id_of(li)).phone == "13900000000"


NAMES = st.builds(
    lambda surname, first, last: surname + first + last,
    st.sampled_from(["王", "李", "张", "刘", "肖", "欧阳"]),
    st.sampled_from("敏强芳丽建国晓朝海燕"),
    st.sampled_from(["", "敏", "强", "芳", "华", "明", "中", "会", "行"]),
).filter(lambda name: name[1:] != "中")
PHONES = st.one_of(st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.from_regex(r"0870-[2-8]\d{6}", fullmatch=True))
UNITS = (
    "昭阳区第{}小学",
    "昭阳区第{}中学（北校区）",
    "昭阳区第{}人民医院",
    "昭阳区凤凰街道第{}社区",
    "昭阳区第{}税务局",
)
WAYS = (
    "{unit} 昭阳区 人道暖昭通 队长{name} {phone}",
    "{unit}{name} 昭阳区 人道暖昭通 {phone}",
    "{unit}{name}{phone} 昭阳区 人道暖昭通",
    "{unit}{name}队 昭阳区 人道暖昭通 {phone}",
    "{unit}{name}老师 昭阳区 人道暖昭通 电话{phone}",
    "{unit}的{name} 昭阳区 人道暖昭通 {phone}（微信同号）",
    "{unit}（{name}） 昭阳区 人道暖昭通 {phone}",
    "{unit}（{name}{phone}） 昭阳区 人道暖昭通",
    "{unit}（联系人：{name}，电话：{phone}） 昭阳区 人道暖昭通",
    "{unit}（联系电话{phone}） 昭阳区 人道暖昭通 {name}",
    "{unit}【{name} {phone}】昭阳区 人道暖昭通",
    "{name}（{unit}） 昭阳区 人道暖昭通 {phone}",
    "{unit}-{name}-{phone} 昭阳区 人道暖昭通",
    "{unit}，{name}，{phone}/13811111111，昭阳区，人道暖昭通",
    "{name}{unit} 昭阳区 人道暖昭通 {phone}",
    "单位：{unit}{name} 县区：昭阳区 项目：人道暖昭通 电话：{phone}",
    "单位：{unit}（{name}） 县区：昭阳区 项目：人道暖昭通 电话：{phone}",
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, phone=PHONES, kind=st.sampled_from(UNITS), way=st.sampled_from(WAYS))
def test_no_name_and_no_telephone_ever_stands_in_the_ledger(
    office: Office, name: str, phone: str, kind: str, way: str
) -> None:
    """However a captain's name and telephone are put around her unit, and whatever is asked meanwhile."""
    number = next(office_counts)
    unit, person = kind.format(number), office.person(f"captain {number}")
    said = person.say("组队 " + way.format(unit=unit, name=name, phone=phone))
    for asked, answer in (("1. 用“", "1"), ("请发送单位全称", unit), ("队长姓名和电话", f"{name} {phone}")):
        said = person.say(answer) if asked in said else said
    assert said.startswith("已登记 "), said
    assert office.teams()[-1].unit == unit.replace("（", "(").replace("）", ")")
    assert private_in_ledger(office, name, phone, phone.replace("-", ""), "13811111111") == []


office_counts = count(100)


def private_in_ledger(office: Office, *private: str) -> list[str]:
    """Every line of the ledger in which one of the words stands."""
    lines = (str(entry.values) for entry in office.store.ledger.entries(office.campaign.id))
    return [line for line in lines if any(word in line for word in private)]


@pytest.mark.parametrize(
    "said", ["进度 300元 5人次", "我的队伍", "撤回", "0009", "改电话 13900000011", "我队目标 3000"]
)
def test_after_the_deadline_nobody_is_sent_to_register(office: Office, said: str) -> None:
    office.go_to("2024-05-06T10:00")
    answer = office.person("路人").say(said)
    assert "发送“组队" not in answer
    assert "补录" in answer
    assert "认领码" in answer


def test_who_follows_after_the_deadline_is_told_of_the_claim_code(office: Office) -> None:
    office.go_to("2024-05-06T10:00")
    answer = office.person("新人").follow()
    assert "组队已截止" in answer
    assert "认领" in answer
