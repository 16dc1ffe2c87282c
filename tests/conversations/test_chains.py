"""接龙: preview, one yes, a result per line; only new or changed lines; only what the sender may write."""

import re

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import Office
from tests.conversations.wording import CONFIRM

UNITS = ("昭通市第一中学", "昭阳区第二小学", "昭阳区卫生健康局")


def amounts(office: Office) -> dict[str, int]:
    return {team.unit: team.amount_fen for team in office.teams()}


@pytest.fixture
def zhao(office: Office) -> SimulatedPerson:
    """A coordinator of 昭阳区, with three teams there and one in 永善县."""
    for unit in UNITS:
        office.captain("李敏", unit)
    office.captain("王芳", "永善县第一中学", "永善县")
    return office.coordinator("赵主任", "zhaoyang")


@pytest.mark.parametrize(
    "typed",
    [
        "#接龙\n4月20日筹款进度\n\n1. 昭通一中 3200元 45人次\n2. 昭阳区二小 5600 80\n3. 昭阳区卫健局 1.2万 300人次",
        "1、昭通一中 3200元 45人次\n2、昭阳区二小 5600元 80人次\n3、昭阳区卫健局 12000元 300人次",
        "进度接龙\n①昭通市第一中学 3200元 45人次🌹\n②昭阳区第二小学：5600元 80人次👍\n\n"
        "③昭阳区卫生健康局 1.2万元 300人次",
        "#接龙\n例 1 单位 金额 人次\n1\t昭通一中\t3200\t45\n2\t昭阳区二小\t5600\t80\n3\t昭阳区卫健局\t12000\t300",
        "金额（万元）接龙\n1.昭通一中 0.32 45人次\n2.昭阳区二小 0.56 80人次\n3.昭阳区卫健局 1.2 300人次",
        "报进度\n1️⃣ 昭通一中 累计3200 45人次\n2️⃣ 昭阳区二小 累计5600 80人次\n3️⃣ 昭阳区卫健局 累计12000 300人次",
        "#接龙\n1. #0001 3200元 45人次\n2. 0002 5600元 80人次\n3. 300人次 12000元 昭阳区卫健局 ❤️",
    ],
)
def test_the_usual_shapes_of_a_progress_chain(office: Office, zhao: SimulatedPerson, typed: str) -> None:
    said = zhao.say(typed)
    assert "可以写入3行" in said, said
    assert said.endswith(CONFIRM)
    assert set(amounts(office).values()) == {0}
    said = zhao.say("确认")
    assert said.startswith("已记录 3行"), said
    assert said.count("已记录") == 4
    assert amounts(office) == dict(zip(UNITS, (320_000, 560_000, 1_200_000), strict=True)) | {"永善县第一中学": 0}


def test_a_running_list_pasted_again_writes_only_what_is_new(office: Office, zhao: SimulatedPerson) -> None:
    first = "#接龙\n1. 昭通一中 3200元 45人次\n2. 昭阳区二小 5600元 80人次"
    zhao.say(first)
    zhao.say("确认")
    said = zhao.say(f"{first}\n3. 昭阳区卫健局 1200元 30人次")
    assert "可以写入1行，没有变化2行" in said, said
    zhao.say("确认")
    assert office.ledger().count("report.accepted") == 3
    said = zhao.say(first.replace("3200", "3300"))
    assert "可以写入1行，没有变化1行" in said
    zhao.say("确认")
    assert amounts(office)["昭通市第一中学"] == 330_000
    assert "没有写入任何数字" in zhao.say(first.replace("3200", "3300"))


def test_lines_that_are_not_written_say_why(office: Office, zhao: SimulatedPerson) -> None:
    said = zhao.say(
        "#接龙\n1. 昭通一中 3200元\n2. 永善县第一中学 500元\n3. 盐津县第八中学 900元\n4. 昭阳区二小 大概三千\n"
        "5. 昭阳区卫健局 又筹了500\n6. 昭通一中 3400元\n7. 昭阳区二小\n没有编号的一行 300"
    )
    assert "可以写入1行，不能写入6行" in said, said
    for part in (
        "第2行 永善县第一中学（#0004）：不是您的队伍，也不在您的辖区内，不能代写",
        "第3行 盐津县第八中学",
        "没有找到",
        "第4行",
        "第5行 昭阳区卫生健康局（#0003）：是新增的数",
        "第1行 昭通一中 3200元：第6行是更新的数",
        "第7行 昭阳区第二小学（#0002）：没有看到金额或人次",
        "另有1行没有编号",
    ):
        assert part in said, (part, said)
    zhao.say("确认")
    assert [fen for fen in amounts(office).values() if fen] == [340_000]


def test_a_captain_writes_her_own_lines_only(office: Office, zhao: SimulatedPerson) -> None:
    wang = office.person("王芳")
    said = wang.say("#接龙\n1. 昭通一中 3200元\n2. 永善一中 800元 20人次")
    assert "可以写入1行，不能写入1行" in said
    wang.say("确认")
    assert amounts(office)["永善县第一中学"] == 80_000
    assert amounts(office)["昭通市第一中学"] == 0
    stranger = office.person("路人")
    said = stranger.say("#接龙\n1. 昭通一中 3200元\n2. 永善一中 900元")
    assert "没有写入任何数字" in said
    assert "不能代写" in said


def test_a_lower_or_a_jumping_figure_is_left_alone(office: Office, zhao: SimulatedPerson) -> None:
    zhao.say("进度 0001 5000元")
    zhao.say("进度 0002 500元")
    said = zhao.say("#接龙\n1. 昭通一中 3200元\n2. 昭阳区二小 56000元")
    assert "没有写入任何数字" in said
    assert "比已记录的少" in said
    assert "十倍" in said


def test_todays_figures(office: Office, zhao: SimulatedPerson) -> None:
    zhao.say("进度 0001 5000元 50人次")
    office.go_to("2024-04-21T10:00")
    said = zhao.say("今日筹款接龙\n1. 昭通一中 300元 5人次\n2. 昭阳区二小 200元")
    assert "5,000.00元 50人次 → 5,300.00元 55人次" in said
    zhao.say("确认")
    assert amounts(office)["昭通市第一中学"] == 530_000


def test_the_yes_is_delivered_three_times(office: Office, zhao: SimulatedPerson) -> None:
    zhao.say("#接龙\n1. 昭通一中 3200元\n2. 昭阳区二小 5600元")
    copies = zhao.send_copies({"MsgType": "text", "Content": "确认"}, at_once=True)
    assert len({copy.reply for copy in copies}) == 1
    assert office.ledger().count("report.accepted") == 2


def test_a_team_that_moved_meanwhile_is_not_overwritten(office: Office, zhao: SimulatedPerson) -> None:
    zhao.say("#接龙\n1. 昭通一中 3200元\n2. 昭阳区二小 5600元")
    office.person("李敏").say("进度 0001 4000元")
    said = zhao.say("确认")
    assert "已记录 1行，1行没有写入" in said
    assert amounts(office)["昭通市第一中学"] == 400_000


def test_leaving_writes_nothing(office: Office, zhao: SimulatedPerson) -> None:
    zhao.say("#接龙\n1. 昭通一中 3200元\n2. 昭阳区二小 5600元")
    assert "什么都没有改动" in zhao.say("算了")
    assert set(amounts(office).values()) == {0}


@pytest.mark.parametrize(
    "typed",
    [
        "人道暖昭通报名接龙\n1. 昭阳区第三小学 队长周杰 13900000001\n2、昭阳区民政局 张丽 13900000002\n③ 昭阳区林草局",
        "#接龙\n组队登记（昭阳区 人道暖昭通）\n\n例：单位 队长 电话\n1. 昭阳区第三小学 周杰 13900000001\n"
        "2. 昭阳区民政局 张丽\n3. 昭阳区林草局 🌹",
        "1.昭阳区第三小学 人道暖昭通 周杰 13900000001\n2.昭阳区民政局 人道暖昭通 张丽 13900000002\n"
        "3.昭阳区林草局 人道暖昭通 马超 13900000003",
    ],
)
def test_a_registration_chain_by_a_coordinator(office: Office, zhao: SimulatedPerson, typed: str) -> None:
    said = zhao.say(typed)
    assert "可以写入3行" in said, said
    assert said.endswith(CONFIRM)
    said = zhao.say("确认")
    codes = re.findall(r"认领码 ([0-9A-Z]{6})", said)
    assert len(codes) == 3, said
    new = office.teams()[-3:]
    assert {team.status for team in new} == {"unclaimed"}
    assert {team.unit for team in new} == {"昭阳区第三小学", "昭阳区民政局", "昭阳区林草局"}
    assert office.person("周杰").say(f"认领 {codes[0]} 周杰 13900000001").startswith("已登记")
    assert "可以写入" in zhao.say(typed)
    assert len(office.teams()) == 7


def test_registration_lines_that_are_not_entered(office: Office, zhao: SimulatedPerson) -> None:
    said = zhao.say(
        "人道暖昭通 组队接龙\n1. 昭通市第一中学 昭阳区\n2. 昭阳区第三小学\n3. 永善县第二小学\n4. 昭阳区第三小学\n"
        "5. 第九中学\n6. 昭阳区民政局"
    )
    assert "可以写入2行，没有变化1行，不能写入3行" in said, said
    assert "第3行 永善县第二小学：不在您的辖区内，不能代为登记" in said
    assert "第5行 第九中学：没写县区" in said
    zhao.say("确认")
    assert len(office.teams()) == 6
    said = office.person("李敏").say("报名接龙\n1. 昭阳区第五小学 人道暖昭通\n2. 昭阳区第六小学 人道暖昭通")
    assert "没有写入任何数字" in said
    assert said.count("不能代为登记，请队长自己发") == 2


def test_registration_lines_with_a_person_beside_the_unit(office: Office, zhao: SimulatedPerson) -> None:
    """A bracket is read; a name run together with the unit's is shown with the reason, and nothing of it is kept."""
    said = zhao.say(
        "人道暖昭通 组队接龙\n1. 昭阳区第三小学（周杰 13900000001）\n2. 昭阳区民政局-张丽 13900000002\n"
        "3. 昭阳区林草局马超 13900000003\n4. 昭阳区水务局（联系电话0870-2223333）\n5. 王强 昭阳区\n"
        "6. 昭阳区统计局阿卓 队长阿卓"
    )
    assert "可以写入3行，不能写入3行" in said, said
    assert "第3行 昭阳区林草局马超：单位名称里像是有人名" in said
    assert "第6行 昭阳区统计局阿卓：单位名称里像是有人名" in said
    zhao.say("确认")
    assert [team.unit for team in office.teams()[-3:]] == ["昭阳区第三小学", "昭阳区民政局", "昭阳区水务局"]
    kept = str([entry.values for entry in office.store.ledger.entries(office.campaign.id)])
    assert not any(private in kept for private in ("周杰", "张丽", "马超", "王强", "阿卓", "139", "2223333"))


def test_two_hundred_lines(office: Office, zhao: SimulatedPerson) -> None:
    """Every line is entered once, and every figure booked once, however many yeses that takes."""
    units = [f"昭阳区第{n}小学" for n in range(10, 210)]
    confirmed(zhao, "人道暖昭通 报名接龙\n" + "\n".join(f"{i}. {unit}" for i, unit in enumerate(units, 1)), 200)
    assert len(office.teams()) == 204
    listed = "#接龙\n" + "\n".join(f"{i}. {unit} {1000 + i}元 {10 + i}人次" for i, unit in enumerate(units, 1))
    confirmed(zhao, listed, 200)
    kept = amounts(office)
    assert all(kept[unit] == (1000 + i) * 100 for i, unit in enumerate(units, 1))
    assert office.ledger().count("report.accepted") == 200
    assert "没有变化200行" in zhao.say(listed)


def confirmed(person: SimulatedPerson, typed: str, lines: int) -> None:
    said = person.say(typed)
    assert f"可以写入{lines}行" in said
    assert "更多" in said
    assert person.say("更多").endswith(CONFIRM)
    pages = []
    for _ in range(20):
        pages.append(said := person.say("确认"))
        while "发“更多”" in pages[-1]:
            pages.append(person.say("更多"))
        if f"已记录 {lines}行" in said:
            break
    assert f"已记录 {lines}行" in said, said
    assert sum(page.count("→") + page.count("认领码") for page in pages) >= lines


def test_what_does_not_fit_into_the_time_waits_for_the_next_yes(
    office: Office, zhao: SimulatedPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.chains.SPARE_SECONDS", 10.0)
    zhao.say("#接龙\n1. 昭通一中 3200元\n2. 昭阳区二小 5600元\n3. 昭阳区卫健局 900元")
    for waiting in (2, 1):
        said = zhao.say("确认")
        assert f"还有{waiting}行没来得及写" in said
        assert said.endswith(CONFIRM)
    assert zhao.say("确认").startswith("已记录 3行")
    assert office.ledger().count("report.accepted") == 3


@pytest.mark.parametrize(
    "typed",
    [
        "单位：昭阳区第三小学\n项目：人道暖昭通\n县区：昭阳区\n队长：周杰\n电话：13900000001",
        "1.单位：昭阳区第三小学\n2.项目：人道暖昭通\n3.队长：周杰\n4.电话：13900000001",
    ],
)
def test_one_form_over_several_lines_is_no_chain(office: Office, typed: str) -> None:
    assert office.person("周杰").say(f"组队\n{typed}").startswith("已登记")


def test_one_report_over_several_lines_is_no_chain(office: Office, zhao: SimulatedPerson) -> None:
    assert office.person("王芳").say("累计金额：3200元\n累计人次：45").startswith("已记录")


@pytest.mark.parametrize("typed", ["接龙", "#接龙", " 接龙 "])
def test_the_word_alone_tells_how_to_paste_one(office: Office, typed: str) -> None:
    assert "一行一个单位" in office.person("路人").say(typed)


def test_of_two_lines_about_one_team_the_later_is_meant(office: Office, zhao: SimulatedPerson) -> None:
    """A list grows at its end; what came in offline is another line's matter."""
    zhao.say("#接龙\n1. 昭通一中 3200元 45人次\n2. 昭阳区二小 5600元 80人次")
    zhao.say("确认")
    said = zhao.say(
        "#接龙\n1. 昭通一中 3200元 45人次\n2. 昭阳区二小 5600元 80人次\n3. 昭通一中 3900元 52人次\n"
        "4. 昭通一中 线下 500元\n5. 昭阳区二小 600元"
    )
    assert "可以写入2行，没有变化1行，不能写入2行" in said, said
    assert "第3行是更新的数" in said
    assert "比已记录的少：5,600.00元" in said
    assert zhao.say("确认").startswith("已记录 2行")
    team = office.team("昭通市第一中学")
    assert (team.online.amount_fen, team.offline.amount_fen) == (390_000, 50_000)
    assert office.team("昭阳区第二小学").amount_fen == 560_000


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["昭通一中 3000元 80人次", "昭通一中 3000元 20人次"], "两行对不上"),
        (["昭通一中 累计5000元", "昭通一中 今天6000元"], "两行对不上"),
        (["昭通一中 累计8000元 90人次", "昭通一中 9000元"], "两行对不上"),
    ],
)
def test_two_lines_that_contradict_each_other_write_nothing(
    office: Office, zhao: SimulatedPerson, lines: list[str], reason: str
) -> None:
    said = zhao.say("#接龙\n" + "\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1)))
    assert said.count(reason) == 2, said
    zhao.say("确认")
    assert office.team("昭通市第一中学").amount_fen == 0


def test_a_line_that_is_not_written_takes_no_others_place(office: Office, zhao: SimulatedPerson) -> None:
    zhao.say("#接龙\n1. 昭通一中 累计300元\n2. 昭阳区二小 600元\n3. 昭通一中 又500元")
    zhao.say("确认")
    assert office.team("昭通市第一中学").amount_fen == 30_000


def test_a_report_between_preview_and_yes_stands(office: Office, zhao: SimulatedPerson) -> None:
    """Neither channel of a team that has moved is written."""
    li = office.person("李敏")
    zhao.say("#接龙\n1. 昭通一中 累计3000元\n2. 昭通一中 线下累计500元")
    assert li.say("#0001 线下累计800元").startswith("已记录")
    said = zhao.say("确认")
    assert said.count("刚刚有变化") == 2, said
    team = office.team("昭通市第一中学")
    assert (team.online.amount_fen, team.offline.amount_fen) == (0, 80_000)


@pytest.mark.parametrize(
    "typed",
    [
        "#接龙 各队目标\n1. 昭通一中 9000元\n2. 昭阳区二小 8000元",
        "#接龙 演练\n1. 昭通一中 9000元\n2. 昭阳区二小 8000元",
        "去年各队成绩\n1. 昭通一中 9000元\n2. 昭阳区二小 8000元",
        "4月18日各队筹款\n1. 昭通一中 9000元\n2. 昭阳区二小 8000元",
        "以下是去年的：\n昭通一中 9000元 20人次\n昭阳区二小 8000元 30人次",
        "各队还差多少：\n昭通一中 9000元\n昭阳区二小 8000元",
        "配捐到账：\n昭通一中 900元\n昭阳区二小 800元",
        "支出明细\n1. 昭通一中 9000元\n2. 昭阳区二小 8000元",
        "#接龙 美元\n1. 昭通一中 9000\n2. 昭阳区二小 8000",
        "#接龙\n1. 昭通一中 9000元\n2. 昭阳区二小 8000元\n以上数据作废",
        "#接龙\n1. 昭通一中 9000元\n2. 昭阳区二小 8000元\n先别记，还没核实",
        "#接龙\n今日新增/累计\n1. 昭通一中 300/9000\n2. 昭阳区二小 200/1200",
        "#接龙\n1. 昭通一中 2600元 英镑\n2. 昭阳区二小 2800元 先别记\n3. 昭阳区卫健局 暂无",
        "单位\t任务数\t完成率\n昭通一中\t20000\t45%\n昭阳区二小\t10000\t80%",
    ],
)
def test_what_turns_a_report_turns_a_list(office: Office, zhao: SimulatedPerson, typed: str) -> None:
    zhao.say(typed)
    zhao.say("确认")
    assert set(amounts(office).values()) == {0}


def test_what_a_list_says_of_aims_and_cheers_changes_nothing(office: Office, zhao: SimulatedPerson) -> None:
    said = zhao.say(
        "#接龙 请各位队长按格式填，争取今晚一起突破五十万，加油！\n1. 昭通一中 9000元 141人次（目标2万）\n"
        "2. 昭阳区二小 目标5000 已筹1200 30人次\n3. 昭阳区卫健局 去年3000元 今年2800元"
    )
    assert "可以写入3行" in said, said
    assert "没有记录：“目标5000”（目标或打算）" in said
    zhao.say("确认")
    assert [amounts(office)[unit] for unit in UNITS] == [900_000, 120_000, 280_000]


def test_a_line_in_another_unit_of_money_is_marked(office: Office, zhao: SimulatedPerson) -> None:
    for n in range(3, 7):
        office.captain("李敏", f"昭阳区第{n}小学")
    said = zhao.say("#接龙 单位：万元\n1. 昭通一中 1.2 141\n2. 昭阳区二小 12000 30\n3. 昭阳区三小 3元 30")
    assert "可以写入1行，不能写入2行" in said, said
    assert said.count("数字的写法有疑问") == 2
    said = zhao.say(
        "#接龙\n1. 昭通一中 9000 141\n2. 昭阳区二小 0.8\n3. 昭阳区三小 3200 30\n4. 昭阳区四小 4200 30\n"
        "5. 昭阳区五小 1200 9"
    )
    assert "可以写入4行，不能写入1行" in said, said
    assert "第2行 昭阳区第二小学（#0002）：0.80元和其他各行相差很大" in said


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("单位\t金额\t人次\n昭通一中\t3200\t45\n昭阳区二小\t500\t5\n合计\t3700\t50", [320_000, 50_000]),
        (
            "单位\t线上（元）\t线下（元）\t合计（元）\n昭通一中\t3000\t200\t3200\n昭阳区二小\t400\t100\t500",
            [320_000, 50_000],
        ),
        ("单位\t自筹\t配捐\t合计\n昭通一中\t3200\t100\t3300\n昭阳区二小\t500\t10\t510", [320_000, 50_000]),
        ("单位\t上次\t本次\t累计\n昭通一中\t3000\t200\t3200\n昭阳区二小\t400\t100\t500", [320_000, 50_000]),
        (
            "排名\t单位\t筹款额（万元）\t笔数\t目标\n1\t昭通一中\t0.32\t45\t1\n2\t昭阳区二小\t0.05\t5\t1",
            [320_000, 50_000],
        ),
        ("单位,金额,人次\n昭通一中,3200,45\n昭阳区二小,500,5", [320_000, 50_000]),
        ("|单位|金额|人次|\n|---|---|---|\n|昭通一中|3200|45|\n|昭阳区二小|500|5|", [320_000, 50_000]),
        ("昭通一中\n累计：3200元\n人次：45\n\n昭阳区二小\n累计：500元\n人次：5", [320_000, 50_000]),
        ("昭通一中：3200元，45人次；昭阳区二小：500元，5人次", [320_000, 50_000]),
    ],
)
def test_tables_and_lists_without_marks(office: Office, zhao: SimulatedPerson, table: str, expected: list[int]) -> None:
    said = zhao.say(table)
    assert "可以写入2行" in said, said
    zhao.say("确认")
    assert [amounts(office)[unit] for unit in UNITS[:2]] == expected


def test_both_channels_of_a_line_are_written_once(office: Office, zhao: SimulatedPerson) -> None:
    zhao.say("#接龙\n1. 昭通一中 线上3000元 45人次 现金200元\n2. 昭阳区二小 线上500元 线下0元")
    copies = zhao.send_copies({"MsgType": "text", "Content": "确认"}, at_once=True)
    assert len({copy.reply for copy in copies}) == 1
    team = office.team("昭通市第一中学")
    assert (team.online.amount_fen, team.online.donations, team.offline.amount_fen) == (300_000, 45, 20_000)
    assert office.ledger().count("report.accepted") == 3


@pytest.mark.parametrize("unit", ["昭通24小时便利店", "8.15希望小学", "昭通市120急救中心", "老李火锅店", "A-1栋业委会"])
def test_names_that_hold_figures_stay_whole(office: Office, zhao: SimulatedPerson, unit: str) -> None:
    office.captain("王芳", unit)
    said = zhao.say(f"#接龙\n1. {unit} 500元 12人次\n2. 昭阳区二小-1200-30")
    assert "可以写入2行" in said, said
    zhao.say("确认")
    assert amounts(office)[unit] == 50_000


@pytest.mark.parametrize(
    ("typed", "online", "offline"),
    [
        ("单位\t筹款总额（元）\t捐赠人次\t填报人\n永善县第一中学\t10860\t147\t李敏", (1_086_000, 147), 0),
        ("序号\t单位\t线上（元）\t线下（元）\t合计（元）\n1\t永善县第一中学\t9870\t1500\t11370", (987_000, 0), 150_000),
        ("金额（万元）\t人次\n1.265\t174", (1_265_000, 174), 0),
        ("队名\t已筹\t人次\t目标\t完成率\n永善县第一中学\t9000\t125\t15000\t60%", (900_000, 125), 0),
        ("#接龙 23. 永善一中 王芳 9,100元 124人次", (910_000, 124), 0),
        ("#接龙\n23. 永善一中 王芳 9,100元 124人次", (910_000, 124), 0),
        ("接龙 永善一中 9100", (910_000, 0), 0),
    ],
)
def test_one_line_about_her_own_team_is_booked_at_once(
    office: Office, zhao: SimulatedPerson, typed: str, online: tuple[int, int], offline: int
) -> None:
    said = office.person("王芳").say(typed)
    assert said.startswith("已记录"), said
    team = office.team("永善县第一中学")
    assert (team.online.amount_fen, team.online.donations, team.offline.amount_fen) == (*online, offline)
