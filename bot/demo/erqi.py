"""The Erqi story: 99公益日 of 2020 in a district of Zhengzhou, and a question that a coordinator answers."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.story import IsInvited, Notified, Pushed, Registers, Reports, Says, Scene, Stands, Story

ZONE = ZoneInfo("Asia/Shanghai")

QIN, DU, SHI, TAO = "qin-yu", "du-lei", "shi", "tao"
CAST = {
    QIN: "秦雨（队长，建中街）",
    DU: "杜磊（队长，德化街）",
    SHI: "时老师（区级协调员）",
    TAO: "陶主任（德化街街道协调员）",
}
XIAOXUE, SHANGHUI = "建中街小学", "德化街商户联合会"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2020, 9, day, hour, minute, tzinfo=ZONE)


STORY = Story(
    campaign="erqi-2020",
    begins=at(5, 8, 55),
    cast=CAST,
    tries=((QIN, "又筹了200元 5人次"), (DU, "配捐比例是多少？"), (TAO, "我的辖区")),
    scenes=(
        Scene(
            at(5, 9),
            "9月5日 登记，问规则",
            (
                IsInvited(SHI, ""),
                IsInvited(TAO, "dehuajie"),
                Registers(
                    QIN,
                    f"组队 {XIAOXUE} 建中街 爱心午餐 队长秦雨 13900000021",
                    ("已登记", XIAOXUE, "建中街街道", "爱心午餐孝老专享"),
                    XIAOXUE,
                    "wucan",
                    "jianzhongjie",
                ),
                Says(QIN, "订阅", ("已登记",)),
                Registers(
                    DU,
                    f"我要报名 {SHANGHUI} 德化街 汤河乡 队长杜磊 13800000022",
                    ("已登记", SHANGHUI, "汤河乡援建对口扶贫"),
                    SHANGHUI,
                    "tanghe",
                    "dehuajie",
                ),
                Says(QIN, "子项目有多少个？", ("88个",)),
                Says(DU, "配捐比例是多少？", ("未规定", "二七区慈善总会")),
            ),
        ),
        Scene(
            at(7, 15),
            "9月7日 第一天：文件没写的，转给协调员",
            (
                Reports(QIN, "进度 ２１８０元 60人次", ("已记录", "2,180.00元"), Stands(XIAOXUE, 218_000, 60)),
                Reports(DU, "到现在一共是1.5万，203人次", ("已记录", "15,000.00元"), Stands(SHANGHUI, 1_500_000, 203)),
                Says(DU, "遮阳伞晚上放哪里？", ("要不要把您的问题转给协调员",)),
                Says(DU, "确认", ("已登记 您的问题",)),
                Says(SHI, "待答", ("遮阳伞",)),
                Says(SHI, "回答 D1 放在街道办门厅，每晚八点有人收", ("答复",)),
                Notified("answer", (DU,), ("遮阳伞", "街道办门厅")),
            ),
        ),
        Scene(
            at(7, 21),
            "9月7日21:00 第一期战报",
            (Pushed("bulletin", (QIN, SHI, TAO), (), ("第1期", "17,180.00元", "263人次", "2支队伍", "自愿")),),
        ),
        Scene(
            at(8, 16),
            "9月8日 新增、更正",
            (
                Reports(
                    DU, "又筹了500，12人次", ("已记录", "15,500.00元", "203 → 215"), Stands(SHANGHUI, 1_550_000, 215)
                ),
                Reports(QIN, "更正 2200", ("已更正", "2,180.00元", "2,200.00元"), Stands(XIAOXUE, 220_000, 60)),
            ),
        ),
        Scene(
            at(8, 21),
            "9月8日21:00 第二期战报",
            (Pushed("bulletin", (QIN, SHI, TAO), (), ("第2期", "17,700.00元", "275人次")),),
        ),
        Scene(
            at(9, 17),
            "9月9日 协调员代报，看排行、战报、辖区",
            (
                Reports(
                    TAO,
                    f"进度 {{code:{SHANGHUI}}} 1.88万 251",
                    ("已记录", "18,800.00元"),
                    Stands(SHANGHUI, 1_880_000, 251),
                ),
                Notified("act", (DU,), ("德化街街道协调员为您的队伍", SHANGHUI, "18,800.00元 251人次")),
                Reports(QIN, "今天新增320块 9人次", ("已记录", "2,520.00元"), Stands(XIAOXUE, 252_000, 69)),
                Says(QIN, "项目排行", ("汤河乡援建对口扶贫", "18,800.00元")),
                Says(DU, "战报", ("21,320.00元", "自愿")),
                Says(TAO, "我的辖区", ("德化街街道：1队", "18,800.00元")),
            ),
        ),
        Scene(
            at(9, 21),
            "9月9日21:00 第三期战报",
            (Pushed("bulletin", (QIN, SHI, TAO), (), ("第3期", "21,320.00元", "320人次")),),
        ),
    ),
)
