"""The Suining story: no money; projects, funds and plans are counted, up to the end of June 2023."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.story import Counts, IsInvited, Pushed, Registers, Says, Scene, Story

ZONE = ZoneInfo("Asia/Shanghai")

FENG, TANG, LUO, XU = "feng-jie", "tang-bo", "luo", "xu"
CAST = {
    FENG: "冯洁（联系人，射洪市慈善会）",
    TANG: "唐波（联系人，蓬溪县慈善会）",
    LUO: "罗老师（市民政局协调员）",
    XU: "徐主任（大英县协调员）",
}
SHEHONG, PENGXI = "射洪市慈善会", "蓬溪县慈善会"


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=ZONE)


STORY = Story(
    campaign="suining-2023",
    begins=at(6, 5, 8, 55),
    cast=CAST,
    groups={"zhibanqun": "工作群"},
    tries=((FENG, "进度 推出慈善项目 5个"), (TANG, "每个人要服务多少小时？"), (LUO, "我的辖区")),
    scenes=(
        Scene(
            at(6, 5, 9),
            "6月5日 登记，问通知里写了什么",
            (
                IsInvited(LUO, ""),
                IsInvited(XU, "daying"),
                Registers(
                    FENG,
                    f"组队 {SHEHONG} 射洪市 遂心 队长冯洁 13900000031",
                    ("已登记", SHEHONG, "射洪市"),
                    SHEHONG,
                    "suixin",
                    "shehong",
                ),
                Registers(
                    TANG,
                    f"报名 {PENGXI} 蓬溪县 未成年人关爱保护 队长唐波 13800000032",
                    ("已登记", PENGXI, "蓬溪县"),
                    PENGXI,
                    "suixin-weibao",
                    "pengxi",
                ),
                Says(FENG, "每个慈善会最少几个项目？", ("不少于3个", "6月底")),
                Says(TANG, "每个人要服务多少小时？", ("未规定", "遂宁市民政局")),
            ),
        ),
        Scene(
            at(6, 20, 15),
            "6月20日 报件数：几种说法；钱不在这里报",
            (
                Counts(
                    FENG,
                    "进度 射洪 推出慈善项目 2个",
                    ("已记录", "射洪市", "0 → 2个", "不少于3个"),
                    "projects",
                    "shehong",
                    2,
                ),
                Counts(
                    TANG, "进度 4、宣传工作方案 1份", ("已记录", "蓬溪县", "0 → 1份"), "publicity-plan", "pengxi", 1
                ),
                Says(TANG, "进度 3000元 20人次", ("不统计筹款", "没有记录")),
                Says(TANG, "进度 大英县 推出慈善项目 5个", ("没有记录",)),
                Counts(XU, "上报 推出慈善项目 三个", ("已记录", "大英县", "0 → 3个"), "projects", "daying", 3),
            ),
        ),
        Scene(
            at(6, 30, 17),
            "6月30日17:00 周五的战报：按件数，不排名",
            (Pushed("bulletin", (LUO, XU), ("zhibanqun",), ("第1期", "射洪市2个", "自愿")),),
        ),
        Scene(
            at(6, 30, 17, 10),
            "6月30日 期限最后一天",
            (
                Counts(FENG, "进度 推出慈善项目 4个", ("已记录", "2 → 4个"), "projects", "shehong", 4),
                Says(LUO, "我的辖区", ("推出慈善项目", "射洪市4个", "大英县3个", "2/6处达到", "蓬溪县1份")),
                Says(XU, "我的辖区", ("大英县3个", "1/1处达到")),
                Says(FENG, "战报", ("射洪市4个", "不统计筹款", "自愿")),
                Says(TANG, "排行", ("不公布排行",)),
            ),
        ),
    ),
)
