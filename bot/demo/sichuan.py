"""The Sichuan story: teams that wait to be let in, then the three days of August 2024 across a province."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.story import IsInvited, Notified, Pushed, Registers, Reports, Says, Scene, Stands, Story

ZONE = ZoneInfo("Asia/Shanghai")

PENG, JIANG, TAN, GUO = "peng-lan", "jiang-tao", "tan", "guo"
CAST = {
    PENG: "彭兰（队长，合江县慈善会）",
    JIANG: "蒋涛（队长，南充市慈善总会）",
    TAN: "谭老师（省级协调员）",
    GUO: "郭主任（泸州市协调员）",
}
HEJIANG, NANCHONG = "合江县慈善会", "南充市慈善总会"


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=ZONE)


STORY = Story(
    campaign="sichuan-2024",
    begins=at(6, 20, 8, 55),
    cast=CAST,
    tries=((PENG, "又筹了2000元 30人次"), (JIANG, "有没有配捐？"), (GUO, "我的辖区")),
    scenes=(
        Scene(
            at(6, 20, 9),
            "6月20日 报名要等审核：协调员通过，队长收到通知",
            (
                IsInvited(TAN, ""),
                IsInvited(GUO, "luzhou"),
                Registers(
                    PENG,
                    f"组队 {HEJIANG} 合江县 合慈青云 队长彭兰 13900000041",
                    ("已登记", HEJIANG, "等协调员通过"),
                    HEJIANG,
                    "hecai",
                    "hejiang",
                ),
                Notified("waiting", (TAN, GUO), (HEJIANG, "合江县")),
                Says(PENG, "进度 500元 10人次", ("还在等协调员通过", "不能记录")),
                Says(GUO, f"通过 {{code:{HEJIANG}}}", ("通过", "已通知队长")),
                Notified("verdict", (PENG,), (HEJIANG, "已通过审核")),
                Registers(
                    JIANG,
                    f"报名 {NANCHONG} 南充 南门坝 队长蒋涛 13800000042",
                    ("已登记", NANCHONG, "等协调员通过"),
                    NANCHONG,
                    "nanmenba",
                    "nanchong",
                ),
                Notified("waiting", (TAN,), (NANCHONG, "南充市")),
                Says(TAN, "待审", (NANCHONG,)),
                Says(TAN, f"通过 {{code:{NANCHONG}}}", ("通过", "已通知队长")),
                Notified("verdict", (JIANG,), (NANCHONG, "已通过审核")),
                Says(PENG, "订阅", ("已登记",)),
            ),
        ),
        Scene(
            at(7, 30, 10),
            "7月30日 报名截止之后；问规则",
            (
                Says(JIANG, "组队 嘉陵区慈善会 嘉陵区 南门坝 队长蒋涛 13800000042", ("不能", "6月30日")),
                Says(PENG, "项目有哪8大领域？", ("敬老爱老", "社区治理")),
                Says(JIANG, "有没有配捐？", ("未规定", "四川省慈善联合总会")),
            ),
        ),
        Scene(
            at(8, 2, 16),
            "8月2日 集中筹款第一天",
            (
                Reports(PENG, "进度 20万元 3100人次", ("已记录", "200,000.00元"), Stands(HEJIANG, 20_000_000, 3_100)),
                Reports(JIANG, "今天筹了两万六，480人次", ("已记录", "26,000.00元"), Stands(NANCHONG, 2_600_000, 480)),
            ),
        ),
        Scene(
            at(8, 2, 21),
            "8月2日21:00 第一期战报",
            (Pushed("bulletin", (PENG, TAN, GUO), (), ("第1期", "226,000.00元", "3,580人次", "2支队伍", "自愿")),),
        ),
        Scene(
            at(8, 3, 17),
            "8月3日 当天新增",
            (Reports(JIANG, "今天新增1.2万 200人次", ("已记录", "38,000.00元"), Stands(NANCHONG, 3_800_000, 680)),),
        ),
        Scene(
            at(8, 3, 21),
            "8月3日21:00 第二期战报",
            (Pushed("bulletin", (PENG, TAN, GUO), (), ("第2期", "238,000.00元", "3,780人次")),),
        ),
        Scene(
            at(8, 4, 17),
            "8月4日 最后一天：排行按市州，合江算进泸州",
            (
                Reports(PENG, "目前累计30万 4520人次", ("已记录", "300,000.00元"), Stands(HEJIANG, 30_000_000, 4_520)),
                Reports(
                    JIANG,
                    "线下 8000",
                    ("已记录", "线下", "8,000.00元"),
                    Stands(NANCHONG, 3_800_000, 680, offline_fen=800_000),
                ),
                Says(JIANG, "市州排行", ("泸州市", "南充市")),
                Says(PENG, "战报", ("346,000.00元", "自愿")),
                Says(GUO, "我的辖区", ("300,000.00元",)),
            ),
        ),
        Scene(
            at(8, 4, 21),
            "8月4日21:00 第三期战报",
            (Pushed("bulletin", (PENG, TAN, GUO), (), ("第3期", "346,000.00元", "5,200人次")),),
        ),
    ),
)
