"""Three days of a drive: a city organizer, two county coordinators, forty teams, and whatever goes wrong.

Every figure was reckoned by hand; a number beside a line says what it makes of the total.
"""

from dataclasses import dataclass, field
from datetime import date

import pytest

from bot.simulator.people import SimulatedPerson
from scheduler.worker import Worker
from storage.audit import verify
from storage.export import export_campaign
from storage.ledger import Author
from storage.platform import Confirmed
from tests.conversations.conftest import Office

YONGSHAN, SUIJIANG, ZHAOYANG = "永善县", "绥江县", "昭阳区"
PLACES = [*[(YONGSHAN, n) for n in range(1, 21)], *[(SUIJIANG, n) for n in range(1, 16)]]
PLACES += [(ZHAOYANG, n) for n in range(1, 6)]
"""#0001 to #0020, #0021 to #0035, #0036 to #0040."""
NAMES = [f"{family}{given}" for family in "赵钱孙李周吴郑王冯陈" for given in ("建国", "秀英", "志强", "丽华")]
CHAIN = """#接龙
5月7日永善县进度
1. 永善县第1中学 1000元 10人次
2. 永善县第2中学 2000元 20人次
3. 永善县第3中学 3000元 30人次
4. 永善县第4中学 4000元 40人次
5. 永善县第5中学 5000元 50人次
6. 永善县第6中学 6000元 60人次
7. 永善县第7中学 7000元 70人次
8. 永善县第8中学 8000元 80人次
9. 永善县第9中学 9000元 90人次
10. 永善县第10中学 1万元 100人次
11. 永善县第11中学 11000元 110人次
12. 永善县第12中学 12,000元 120人次
13. 绥江县第1中学 5000元 50人次
14. 永善县第90中学 900元 9人次
15. 永善县第15中学
16. 永善县第16中学 99999999元 16人次
17. 永善县第2中学 2600元 26人次
18. 永善县第13中学 又筹了500"""
"""Twelve lines may be written: 78,600元 and 786人次, the second team's by its later line."""
STANDING = {
    "0001": ("merged", 1_500_00, 15),
    "0002": ("active", 1_500_00, 15),
    "0003": ("active", 3_000_00, 30),
    "0005": ("active", 5_500_00, 55),
    "0006": ("active", 6_480_00, 64),
    "0012": ("active", 12_800_00, 128),
    "0013": ("active", 0, 0),
    "0016": ("active", 0, 0),
    "0021": ("merged", 500_00, 5),
    "0022": ("active", 1_500_00, 15),
    "0025": ("active", 2_400_00, 25),
    "0036": ("active", 3_000_00, 30),
    "0040": ("active", 999_99, 9),
}
"""How the teams stand in the end to which something happened."""


@dataclass
class Drive:
    office: Office
    city: SimulatedPerson
    yongshan: SimulatedPerson
    suijiang: SimulatedPerson
    captains: dict[str, SimulatedPerson] = field(default_factory=dict)

    def total(self) -> tuple[int, int]:
        """Fen and 人次 of the campaign, as its figures are read."""
        day = self.office.campaign.local(self.office.store.clock.now()).date()
        figures = self.office.store.figures.on(self.office.campaign, day)
        return figures.amount_fen, figures.donations

    def told(self, person: SimulatedPerson) -> str:
        """All notices to a person."""
        pushes = [each.notification for each in self.office.store.outbox.list(self.office.campaign.id, limit=500)]
        return "\n".join(push.text for push in pushes if push.person == self.office.id_of(person))

    def agreed(self, person: SimulatedPerson, said: str, yes: str = "确认") -> str:
        person.say(said)
        return person.say(yes)


@pytest.fixture
def drive(office: Office) -> Drive:
    """Forty schools, a captain each."""
    city = office.coordinator("王主任", role="organizer")
    drive = Drive(office, city, office.coordinator("刘主任", "yongshan"), office.coordinator("冯主任", "suijiang"))
    for number, ((region, n), name) in enumerate(zip(PLACES, NAMES, strict=True), start=1):
        drive.captains[f"{number:04d}"] = office.captain(name, f"{region}第{n}中学", region)
    return drive


def test_three_days_of_a_drive(drive: Drive) -> None:
    office = drive.office
    office.go_to("2024-05-07T12:00")
    the_first_figures(drive)
    a_strangers_99999999_yuan(drive)
    whom_nobody_heard_of(drive)
    accused_and_untaken(drive)
    office.go_to("2024-05-08T10:30")
    two_mergers_and_a_move(drive)
    a_disputed_total(drive)
    a_captain_leaves(drive)
    office.go_to("2024-05-09T11:00")
    she_comes_back(drive)
    the_last_figures(drive)
    office.go_to("2024-05-09T21:00")
    the_evening(drive)


def the_first_figures(drive: Drive) -> None:
    asked = drive.yongshan.say(CHAIN)
    assert "共18行：可以写入12行，不能写入6行" in asked
    for part in (
        "第2行 永善县第2中学 2000元 20人次：第17行是更新的数",
        "第13行 绥江县第1中学（#0021）：不是您的队伍，也不在您的辖区内",
        "第14行 永善县第90中学 900元 9人次：没有找到",
        "第15行 永善县第15中学（#0015）：没有看到金额或人次",
        "第16行 永善县第16中学（#0016）：平均每人次的金额比较大",
        "第18行 永善县第13中学（#0013）：是新增的数",
    ):
        assert part in asked, part
    assert drive.yongshan.say("确认").startswith("已记录 12行")
    assert drive.total() == (78_600_00, 786)
    for n in range(1, 11):
        assert drive.suijiang.say(f"进度 {20 + n:04d} {n * 500}元 {n * 5}人次").startswith("已记录")
    assert "不能代为操作" in drive.suijiang.say("进度 0001 7000元")
    assert drive.captains["0036"].say("进度 3000元 30人次").startswith("已记录")
    assert drive.total() == (109_100_00, 1_091)
    assert "永善县协调员为您的队伍 永善县第7中学（#0007）" in drive.told(drive.captains["0007"])


def a_strangers_99999999_yuan(drive: Drive) -> None:
    stranger = drive.captains["0040"]
    assert drive.agreed(stranger, "进度 99,999,999元 300人次").startswith("已登记 D1 等协调员核实")
    assert drive.total() == (109_100_00, 1_091)
    assert "99,999,999" not in drive.office.person("路人").say("战报")
    assert "待办 D1：昭阳区第5中学（#0040）" in drive.told(drive.city)
    assert "D1" not in drive.told(drive.yongshan)
    assert "没有这个编号" in drive.yongshan.say("通过 D1")
    assert drive.city.say("接手 D1").startswith("已接手 D1")
    assert drive.city.say("退回 D1 请核对小数点").startswith("已退回 D1")
    assert "原因：请核对小数点" in drive.told(stranger)


def whom_nobody_heard_of(drive: Drive) -> None:
    assert "共8支" in drive.yongshan.say("未报")
    drive.captains["0013"].say("今天没有新增")
    assert "共7支" in drive.yongshan.say("未报")
    assert "共5支" in drive.suijiang.say("未报")
    assert "不能使用" in drive.office.person("路人").say("未报")


def accused_and_untaken(drive: Drive) -> None:
    """D2 is about the office of 永善县 itself; D3 of 绥江县 is taken by nobody within the hour."""
    witness = drive.office.person("林路")
    assert "D2" in drive.agreed(witness, "举报 永善县红十字会的人强制每人捐200")
    assert "D3" in drive.agreed(witness, "举报 绥江县有人拿假二维码收钱")
    assert "没有登记过舆情" in drive.yongshan.say("案件")
    assert "没有这个编号" in drive.yongshan.say("案件 D2")
    assert "D2" not in drive.told(drive.yongshan)
    assert "案件编号 D2" in drive.told(drive.city)
    assert "案件编号 D3" in drive.told(drive.suijiang)
    assert drive.city.say("接手 D2").startswith("已接手 D2")
    drive.office.wait(minutes=61)
    Worker(drive.office.store, []).tick(drive.office.store.clock.now())
    assert drive.office.ledger().count("incident.escalated") == 1
    assert "案件 D3 冒充诈骗·紧急 过了时间还没有人接手" in drive.city.say("案件")
    assert drive.suijiang.say("接手 D3").startswith("已接手 D3")
    assert drive.suijiang.say("结案 D3 二维码已举报下架").startswith("已结案 D3")
    assert drive.city.say("结案 D2 已要求停止并道歉").startswith("已结案 D2")
    assert "舆情 2 件，未结 0 件" in drive.city.say("案件")


def two_mergers_and_a_move(drive: Drive) -> None:
    assert "1,000.00元 → 1,500.00元" in drive.captains["0001"].say("进度 1500元 15人次")
    assert drive.total() == (109_600_00, 1_096)  # + 500, + 5
    asked = drive.yongshan.say("合并 0001 0002")
    assert "1. 同一个捐赠页面：以较新的数字为准，合并后累计 1,500.00元 15人次" in asked
    assert drive.yongshan.say("1").startswith("已合并 永善县第1中学（#0001） → 永善县第2中学（#0002）")
    assert drive.total() == (107_000_00, 1_070)  # - 2,600, - 26
    assert "2. 两个捐赠页面：两队相加，合并后累计 1,500.00元 15人次" in drive.suijiang.say("合并 0021 0022")
    assert drive.suijiang.say("2").startswith("已合并")
    assert drive.total() == (107_000_00, 1_070)  # the same
    assert "不在您的辖区，不能移过去" in drive.yongshan.say("移区 0003 绥江县")
    assert drive.city.say("移区 0003 绥江县 属地划转").startswith("已移区 永善县第3中学（#0003）")
    assert "属地划转" in drive.told(drive.captains["0003"])
    assert drive.captains["0040"].say("进度 999.99元 9人次").startswith("已记录")
    assert drive.total() == (107_999_99, 1_079)  # + 999.99, + 9
    standings = drive.office.person("路人").say("县区排行")
    assert "第1名 永善县 73,500.00元\n第2名 绥江县 30,500.00元\n第3名 昭阳区 3,999.99元" in standings


def a_disputed_total(drive: Drive) -> None:
    """The coordinator wrote 6,000元, the captain says 6,500元, the platform 6,480元."""
    office = drive.office
    assert "6,000.00元 → 6,500.00元" in drive.captains["0006"].say("进度 6500元 65人次")
    assert drive.total() == (108_499_99, 1_084)  # + 500, + 5
    now = office.store.clock.now()
    figures = Confirmed(team="0006", amount_fen=6_480_00, donations=64, as_of=now, reported_fen=6_500_00)
    office.store.reconciling.take_in(office.campaign, Author("the platform's file", "operator", now), [figures], {})
    assert "D4 永善县第6中学（#0006） 上报6,500.00元｜平台已核定6,480.00元 64人次" in drive.yongshan.say("待办")
    assert "D4" in drive.yongshan.say("请队长核对 D4")
    assert "6,480.00元" in drive.told(drive.captains["0006"])
    assert "没有这个编号" in drive.suijiang.say("D4")
    drive.yongshan.say("采用平台 D4")
    assert drive.total() == (108_479_99, 1_083)  # - 20, - 1
    assert drive.yongshan.say("待办") == "没有等您处理的事项。"


def a_captain_leaves(drive: Drive) -> None:
    assert "永善县第5中学（#0005） 现在没有队长" in drive.agreed(drive.captains["0005"], "注销")
    assert "永善县第5中学（#0005）（永善县，人道暖昭通）的队长已注销" in drive.told(drive.yongshan)
    assert "#0005 永善县第5中学·人道暖昭通 5,000.00元，认领码" in drive.yongshan.say("队伍 待认领")
    assert drive.total() == (108_479_99, 1_083)


def she_comes_back(drive: Drive) -> None:
    code = drive.office.team("永善县第5中学").claim_code
    back = drive.captains["0005"]
    assert "认领" in back.say("进度 5500元 55人次")
    assert drive.total() == (108_479_99, 1_083)
    back.say(f"认领 {code} 周建国 13900000000")
    assert "5,000.00元 → 5,500.00元" in back.say("进度 5500元 55人次")
    assert drive.total() == (108_979_99, 1_088)  # + 500, + 5


def the_last_figures(drive: Drive) -> None:
    """The first is of two days ago: that day has less from now on."""
    assert "2,500.00元 → 2,400.00元" in drive.suijiang.say("更正 0025 2400元")
    assert drive.total() == (108_879_99, 1_088)  # - 100
    assert "12,000.00元 → 12,800.00元" in drive.captains["0012"].say("又筹了800 8人次")
    assert drive.total() == (109_679_99, 1_096)  # + 800, + 8
    assert drive.city.say("停用 0040 冒名").startswith("已停用")
    assert drive.total() == (108_680_00, 1_087)  # - 999.99, - 9
    assert drive.agreed(drive.city, "撤销").startswith("已撤销")
    assert drive.total() == (109_679_99, 1_096)


def the_evening(drive: Drive) -> None:
    office = drive.office
    bulletin = drive.city.say("战报")
    for part in (
        "截至5月9日21:00\n累计 109,679.99元\n今日新增 1,300.00元",
        "1,096人次，38支队伍",
        "第1名 永善县第12中学 12,800.00元\n第2名 永善县第11中学 11,000.00元\n第3名 永善县第10中学 10,000.00元",
        "第7名 永善县第6中学 6,480.00元\n第8名 永善县第5中学 5,500.00元\n第9名 绥江县第10中学 5,000.00元",
        "永善县 75,280.00元\n绥江县 30,400.00元\n昭阳区 3,999.99元",
        "达到2000元自主安排门槛的队伍 18支",
    ):
        assert part in bulletin, bulletin
    region = drive.suijiang.say("我的辖区")
    assert "30,400.00元" in region
    export = export_campaign(office.store, office.campaign, office.store.clock.now())
    teams = {row["code"]: (row["status"], row["amount_fen"], row["donation_count"]) for row in export["teams"]}
    assert {code: teams[code] for code in STANDING} == STANDING
    assert sum(fen for status, fen, _ in teams.values() if status == "active") == 109_679_99
    assert len(teams) == 40
    days = [office.store.boards.sums(office.campaign.id, "today", "region", day) for day in _days(office)]
    assert [sum(day.values()) for day in days] == [106_400_00, 1_979_99, 1_300_00]
    assert office.ledger().count("report.accepted") == 12 + 10 + 1 + 1 + 1 + 1 + 1 + 1
    assert verify(office.campaign, office.store.database, office.store.keys) == []


def _days(office: Office) -> list[date]:
    last = office.campaign.local(office.store.clock.now()).date()
    return [last.replace(day=day) for day in (7, 8, 9)]
