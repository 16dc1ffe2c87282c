"""The Ezhou story: the three days of the 慈善一日捐 of May 2023, with a bulletin each evening."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.story import IsInvited, Pushed, Registers, Reports, Says, Scene, Stands, Story, TakesBack

ZONE = ZoneInfo("Asia/Shanghai")

HE, WU, HU = "he-xia", "wu-gang", "hu"
CAST = {HE: "何霞（队长，二中）", WU: "吴刚（队长，华容医院）", HU: "胡老师（市级协调员）"}
ERZHONG, YIYUAN = "鄂州市第二中学", "华容区人民医院"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2023, 5, day, hour, minute, tzinfo=ZONE)


STORY = Story(
    campaign="ezhou-2023",
    begins=at(18, 8, 55),
    cast=CAST,
    tries=((HE, "又筹了200元 5人次"), (WU, "配捐总共多少钱？"), (HU, "我的辖区")),
    scenes=(
        Scene(
            at(18, 9),
            "5月18日 登记，问规则",
            (
                IsInvited(HU, ""),
                Registers(
                    HE,
                    f"组队 {ERZHONG} 鄂城区 大病救助 队长何霞 13900000011",
                    ("已登记", ERZHONG, "鄂城区", "鄂州市慈善大病救助"),
                    ERZHONG,
                    "dabing",
                    "echeng",
                ),
                Says(HE, "订阅", ("已登记",)),
                Registers(
                    WU,
                    f"报名 {YIYUAN} 华容区 幸福家园 队长吴刚 13800000012",
                    ("已登记", YIYUAN, "鄂州慈善幸福家园"),
                    YIYUAN,
                    "xingfu-jiayuan",
                    "huarong",
                ),
                Says(HE, "配捐总共多少钱？", ("3000万元",)),
                Says(WU, "一日捐是捐一天工资吗？", ("未规定", "自愿")),
            ),
        ),
        Scene(
            at(20, 16),
            "5月20日 第一天",
            (
                Reports(HE, "进度 5200元 130人次", ("已记录", "5,200.00元"), Stands(ERZHONG, 520_000, 130)),
                Reports(WU, "今天筹了三千六百八，92人次", ("已记录", "3,680.00元"), Stands(YIYUAN, 368_000, 92)),
            ),
        ),
        Scene(
            at(20, 21),
            "5月20日21:00 第一期战报",
            (Pushed("bulletin", (HE, HU), (), ("第1期", "8,880.00元", "222人次", "2支队伍", "自愿")),),
        ),
        Scene(
            at(21, 17),
            "5月21日 新增、更正",
            (
                Reports(HE, "又筹了880.5 21人次", ("已记录", "6,080.50元"), Stands(ERZHONG, 608_050, 151)),
                Reports(WU, "更正 3860", ("已更正", "3,680.00元", "3,860.00元"), Stands(YIYUAN, 386_000, 92)),
            ),
        ),
        Scene(
            at(21, 21),
            "5月21日21:00 第二期战报",
            (Pushed("bulletin", (HE, HU), (), ("第2期", "9,940.50元", "243人次")),),
        ),
        Scene(
            at(22, 17),
            "5月22日 最后一天：撤回，排行，辖区",
            (
                Reports(WU, "目前总共1.23万，310人次", ("已记录", "12,300.00元"), Stands(YIYUAN, 1_230_000, 310)),
                Reports(HE, "又筹了50", ("已记录", "6,130.50元"), Stands(ERZHONG, 613_050, 151)),
                TakesBack(HE, "撤回", ("已撤回", "6,080.50元"), Stands(ERZHONG, 608_050, 151)),
                Says(HE, "排行", ("第1名", YIYUAN, "12,300.00元", ERZHONG)),
                Says(HU, "我的辖区", ("合计：2队", "18,380.50元")),
            ),
        ),
        Scene(
            at(22, 21),
            "5月22日21:00 第三期战报",
            (Pushed("bulletin", (HE, HU), (), ("第3期", "18,380.50元", "461人次")),),
        ),
    ),
)
