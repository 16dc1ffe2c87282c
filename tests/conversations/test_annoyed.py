"""What annoyed people who talked to the bot, each as its kind; none of the lines is the one that was reported."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import Office, fen
from tests.conversations.staging import Begin

HOSPITAL, SCHOOL = "永善县人民医院", "永善县第一中学"


@pytest.fixture
def fang(office: Office, begin: Begin) -> SimulatedPerson:
    """王芳 leads #0001, a hospital with 4,000元 online; 李敏 leads #0002, a school of the same county."""

    def play() -> None:
        fang, _ = office.captain("王芳", HOSPITAL, "永善县"), office.captain("李敏", SCHOOL, "永善县", "童享阳光")
        office.coordinator("刘主任", "yongshan")
        office.coordinator("外县", "suijiang")
        office.coordinator("王主任", role="organizer")
        office.go_to("2024-05-08T20:00")
        fang.say("累计 4000元 40人次")

    begin("annoyed", play)
    office.go_to("2024-05-08T20:10")
    return office.person("王芳")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("#1 禁用，重复登记", "disabled"),
        ("麻烦把0001这支队先停掉", "disabled"),
        ("关停 0001", "disabled"),
        ("将永善县人民医院停了", "disabled"),
        ("0001已经停用", "active"),
        ("0001停用没有？", "active"),
    ],
)
def test_a_team_is_taken_off_whatever_side_its_code_stands_on(
    office: Office, fang: SimulatedPerson, said: str, status: str
) -> None:
    office.person("刘主任").say(said)
    assert office.team(HOSPITAL).status == status


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("0001改名为永善县中医院", "已改名 永善县中医院（#0001）"),
        ("把#2的项目换成人道暖昭通", "已改项目 永善县第一中学（#0002）"),
        ("0002划到绥江县", "已移区 永善县第一中学（#0002）"),
        ("0001队长电话多少", "13900000000"),
        ("0001、0002这两支队合并", "项目"),
        ("0002更换队长", "认领码"),
        ("0001 分管领导 赵某", "分管领导"),
    ],
)
def test_every_act_on_a_team_may_stand_behind_its_code(
    office: Office, fang: SimulatedPerson, said: str, answer: str
) -> None:
    assert answer in office.person("王主任").say(said)


def test_a_figure_behind_a_code_is_still_a_report(office: Office, fang: SimulatedPerson) -> None:
    assert fang.say("0001 累计4100元 41人次").startswith("已记录")


@pytest.mark.parametrize("said", ["决算", "结款", "对账"])
def test_a_word_of_accounts_leaves_no_dialogue(office: Office, fang: SimulatedPerson, said: str) -> None:
    fang.say("累计约9500")
    answer = fang.say(said)
    assert "已离开" not in answer
    assert fang.say("确认").startswith("已记录"), answer


@pytest.mark.parametrize("said", ["周六上哪玩", "这周末出门去哪耍呀", "今晚去哪吃火锅"])
def test_chat_that_names_nothing_of_the_campaign_is_no_rule(fang: SimulatedPerson, said: str) -> None:
    answer = fang.say(said)
    assert "依据" not in answer
    assert "童享阳光" not in answer


def test_a_correction_of_the_other_channel_leaves_what_waits_open(office: Office, fang: SimulatedPerson) -> None:
    fang.say("线下 300")
    office.wait(minutes=1)
    fang.say("累计大概9500")
    answer = fang.say("更正线下 450元")
    assert answer.startswith("已更正")
    assert answer.endswith("刚才的数字还没记录，回复“确认”，或“算了”")
    assert fen(office, HOSPITAL) == 445_000
    assert "线上" in fang.say("确认")


def test_a_correction_of_what_waits_may_name_its_channel(office: Office, fang: SimulatedPerson) -> None:
    fang.say("累计大概9500")
    assert "线下金额：0.00元 → 600.00元" in fang.say("更正 线下600元")
    assert office.team(HOSPITAL).online.amount_fen == 400_000


def test_where_nothing_stands_in_a_channel_it_is_said_which(fang: SimulatedPerson) -> None:
    assert "线下还没有记录，没有更正" in fang.say("更正 线下 700元")


@pytest.mark.parametrize("said", ["然后要干什么", "那接下来呢", "登记好了下一步做什么"])
def test_what_there_is_to_do_now_is_told_by_who_asks(office: Office, fang: SimulatedPerson, said: str) -> None:
    assert "有新的再报" in fang.say(said)
    assert "队伍登记好了" in office.person("李敏").say(said)
    assert "待办" in office.person("刘主任").say(said)
    assert "还没有队伍" in office.person("路人").say(said)


def test_the_next_page_is_still_the_next_page(office: Office, fang: SimulatedPerson) -> None:
    assert "更多" in office.person("王主任").say("我的权限")
    assert "有新的再报" not in office.person("王主任").say("接着")


@pytest.mark.parametrize("said", ["改定稿 0077 4000元 写错", "停用 0077 重复", "认领码 77"])
def test_a_code_that_nobody_has_is_named_without_what_follows(office: Office, fang: SimulatedPerson, said: str) -> None:
    assert "没有“0077”这支队伍" in office.person("王主任").say(said)


def test_the_code_of_where_one_gives_is_that_of_her_project(office: Office, fang: SimulatedPerson) -> None:
    hers = office.person("李敏").say("收款码")
    assert "童享阳光" in hers or "博爱昭通行" in hers
    assert "一老一小" not in hers
    assert "人道暖昭通" not in hers
    assert "一老一小" in office.person("路人").say("二维码")


def test_an_overtaken_act_is_told_once(office: Office, fang: SimulatedPerson) -> None:
    liu = office.person("刘主任")
    liu.say("0001 移交")
    fang.say("又筹了200")
    assert "不能直接撤销" in liu.say("撤销")
    assert "没有可以撤销的操作" in liu.say("撤销")


def test_a_number_of_another_region_is_none(office: Office, fang: SimulatedPerson) -> None:
    fang.say("进度 3000000元 60人次")
    fang.say("确认")
    for said in ("通过 D1", "驳回D1 太大", "接手D1", "撤回 D1", "采用平台 D1", "D1"):
        answer = office.person("外县").say(said)
        assert "没有这个编号：D1" in answer, said
        assert "永善" not in answer
        assert "0001" not in answer
    assert office.person("刘主任").say("通过 D1").startswith("已通过 D1")


def test_once_a_drive_is_closed_no_days_are_left(office: Office, fang: SimulatedPerson) -> None:
    assert "活动还有" in fang.say("战报")
    office.store.campaigns.close(office.campaign.id, office.store.clock.now())
    office._forget_cache()
    closed = fang.say("战报")
    assert "还有" not in closed
    assert "明天" not in closed


def test_what_waits_at_the_close_is_taken_back_by_who_said_it(office: Office, fang: SimulatedPerson) -> None:
    fang.say("进度 3000000元 60人次")
    fang.say("确认")
    office.store.campaigns.close(office.campaign.id, office.store.clock.now())
    office._forget_cache()
    assert "不是您的队伍" in office.person("李敏").say("撤回 0001") or "结束" in office.person("李敏").say("撤回 0001")
    assert fang.say("撤回 D1").startswith("已撤回 D1")
    assert "已经结束" in fang.say("又筹了100")
    assert fen(office, HOSPITAL) == 400_000


def test_no_case_is_said_in_words(office: Office, fang: SimulatedPerson) -> None:
    for who in ("刘主任", "王主任"):
        answer = office.person(who).say("我的案件")
        assert "0舆情" not in answer
        assert "没有要办的" in answer


def test_of_two_teams_the_one_to_be_renamed_is_named(office: Office, fang: SimulatedPerson) -> None:
    made = office.person("王主任").say("补录 永善县中医院 永善县 人道暖昭通 队长王芳")
    assert fang.say(f"认领 {made.partition('交给队长：')[2][:6]}").startswith("已登记 您是")
    fang.say("进度 0001 4100元 41人次")
    asked = fang.say("改名 永善县人民总医院")
    assert "您说的是哪支队伍" in asked
    assert fang.say("1").startswith("已改名")
    assert office.team("永善县人民总医院").code == "0001"


@pytest.mark.parametrize("to_all", ["全体", "所有队长", "全部队伍：", "大家"])
def test_a_notice_to_all_of_hers_holds_only_its_words(office: Office, fang: SimulatedPerson, to_all: str) -> None:
    asked = office.person("刘主任").say(f"通知 {to_all} 明天上午9点开会")
    assert "通知】明天上午9点开会”" in asked
    assert "队伍 2 支" in asked


def test_a_count_that_did_not_change_is_no_change(fang: SimulatedPerson) -> None:
    answer = fang.say("更正 4250")
    assert "人次：40\n" in answer
    assert "→ 4,250.00元" in answer
    assert "人次：40 → 44" in fang.say("累计4300元 44人次")


@pytest.mark.parametrize("said", ["我队目标 8000", "我的目标", "我队目标"])
def test_who_leads_no_team_has_no_wish_for_one(office: Office, fang: SimulatedPerson, said: str) -> None:
    answer = office.person("刘主任").say(said)
    assert "您没有带队，不能用" in answer
    assert "进度" not in answer


@pytest.mark.parametrize("said", ["永善县人民医院第几名", "永善县人民医院名次多少呀", "永善县人民医院现在能排第几"])
def test_the_place_of_a_unit_is_asked_for_in_many_ways(office: Office, fang: SimulatedPerson, said: str) -> None:
    for who in ("路人", "刘主任", "王芳"):
        answer = office.person(who).say(said)
        assert "第1名" in answer
        assert "【" not in answer


def test_the_place_of_her_county_is_among_the_counties(fang: SimulatedPerson) -> None:
    assert fang.say("咱们县排第几呢").startswith("【县区排行")


def test_a_unit_that_no_ranking_shows_has_no_place(fang: SimulatedPerson) -> None:
    assert "没有叫“鲁甸县第一中学”" in fang.say("鲁甸县第一中学排第几")


def test_impatience_in_a_registration_is_no_name_and_what_is_told_early_is_kept(office: Office) -> None:
    lin = office.person("林静")
    lin.say("组队")
    assert "（报名还没完成，请发送单位名称" in lin.say("快一点嘛")
    assert "参加哪个项目" in lin.say("昭阳区第六小学")
    assert "（报名还没完成，请发送项目" in lin.say("老师早上好")
    assert "参加哪个项目" in lin.say("我是林静，电话13911112222")
    assert "还没有队伍" in lin.say("累计1350元 36人次")
    registered = lin.say("就选人道那个吧")
    assert registered.startswith("已登记 昭阳区第六小学"), registered
    assert "林静 13911112222" in registered


def test_who_denies_a_complaint_has_none(office: Office, fang: SimulatedPerson) -> None:
    assert "将登记" in fang.say("有人冒充我们在群里收钱")
    assert fang.say("我不举报了，只是问问").startswith("好的")
    assert "将登记" not in fang.say("别登记，随便问问")
    assert "incident.opened" not in office.ledger()


def test_of_two_complaints_each_is_named(office: Office, fang: SimulatedPerson) -> None:
    fang.say("群里有人发假的捐款码")
    fang.say("单位领导要求每个人都捐100")
    answer = fang.say("确认")
    assert answer.startswith("已登记 案件编号 D1")
    assert answer.endswith("“群里有人发假的捐款码”还没登记，回复“确认”，或“算了”")


def test_a_case_that_was_told_is_asked_after(fang: SimulatedPerson) -> None:
    assert "将登记" not in fang.say("上次的投诉处理没有")


@pytest.mark.parametrize("said", ["现在合计多少了", "总共多少钱了", "我们加起来多少了呢"])
def test_how_much_it_is_now_is_hers_for_a_captain(office: Office, fang: SimulatedPerson, said: str) -> None:
    assert fang.say(said).startswith("永善县人民医院（#0001）")
    assert "战报】" in office.person("路人").say(said)


@pytest.mark.parametrize("said", ["@全体队长 请大家今天报数", "各学校抓紧报一下数"])
def test_a_call_for_reports_is_no_complaint(office: Office, fang: SimulatedPerson, said: str) -> None:
    assert "将登记" not in fang.say(said)


def test_a_picture_that_is_spoken_of_is_not_seen(fang: SimulatedPerson) -> None:
    assert "图片暂时认不出来" in fang.say("截屏已经发给你了")


def test_a_team_of_hers_is_renamed_by_a_part_of_its_name(office: Office, fang: SimulatedPerson) -> None:
    assert fang.say("人民医院更名为永善县总医院").startswith("已改名 永善县总医院（#0001）")


def test_a_place_alone_is_its_ranking(fang: SimulatedPerson) -> None:
    assert fang.say("永善县").startswith("【永善县·队伍排行")


def test_what_only_coordinators_do_is_offered_to_nobody_else(office: Office, fang: SimulatedPerson) -> None:
    for said in ("目前总的有多少", "那边现在啥样", "0001怎样了"):
        answer = fang.say(said)
        assert "我的辖区" not in answer
        assert "说别的事" not in answer
        assert "打个招呼" not in answer


def test_her_word_for_a_reminder_tells_a_captain_who_sends_them(fang: SimulatedPerson) -> None:
    assert "协调员" in fang.say("麻烦催一催")


@pytest.mark.parametrize(
    ("said", "reached"), [("少报了250", 425_000), ("多报了1000元", 300_000), ("多写了150块", 385_000)]
)
def test_by_how_much_it_was_wrong_is_no_total(office: Office, fang: SimulatedPerson, said: str, reached: int) -> None:
    assert "正确的累计总额" in fang.say("刚才那条报错了")
    assert "加减理解" in fang.say(said)
    fang.say("是的")
    assert fen(office, HOSPITAL) == reached


@pytest.mark.parametrize("said", ["后三名", "倒数前五", "全市前2名"])
def test_some_places_are_no_count_of_gifts(office: Office, fang: SimulatedPerson, said: str) -> None:
    assert "队伍排行" in fang.say(said)
    assert office.ledger()[-1] == "report.accepted"
    assert office.ledger().count("report.accepted") == 1


def test_the_ranking_of_her_project_is_not_her_card(fang: SimulatedPerson) -> None:
    assert fang.say("人道暖昭通的排行情况").startswith("【人道暖昭通·队伍排行")


def test_one_more_is_taken_back(office: Office, fang: SimulatedPerson) -> None:
    fang.say("又筹了100")
    fang.say("又筹了250")
    assert fang.say("撤回").startswith("已撤回")
    assert fang.say("再撤一条").startswith("已撤回")
    assert fen(office, HOSPITAL) == 400_000


@pytest.mark.parametrize("said", ["孙浩然", "绿美", "甲乙丙"])
def test_a_word_that_nobody_knows_is_no_impatience(fang: SimulatedPerson, said: str) -> None:
    assert "着急" not in fang.say(said)
