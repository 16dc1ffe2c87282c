"""The Zhaotong story: from the first team on 20 April 2024 to the last bulletin of the three matching days."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.story import (
    Allows,
    AsksForPicture,
    Follows,
    IsInvited,
    Notified,
    Pushed,
    Registers,
    Reports,
    Says,
    Scene,
    Stands,
    Story,
    TakesBack,
)

ZONE = ZoneInfo("Asia/Shanghai")

LI, WANG, CHEN, YANG, ZHOU, MA, SUN = "li-min", "wang-qiang", "chen-jing", "yang-fan", "zhou-wei", "ma-li", "sun-hao"
ZHAO, LIU, HE = "zhao", "liu", "he-lin"
CAST = {
    LI: "李敏（队长，一中）",
    WANG: "王强（队长，县医院）",
    ZHAO: "赵老师（市级协调员）",
    LIU: "刘主任（永善县协调员）",
    CHEN: "陈静（队长，镇雄教体局）",
    YANG: "杨帆（队长，绥江小学）",
    ZHOU: "周伟（队长，实验小学）",
    MA: "马丽（队长，市林草局）",
    SUN: "孙浩（大关一中）",
    HE: "何琳（看战报的）",
}

YIZHONG, YIYUAN, JIAOTI = "昭通市第一中学", "永善县人民医院", "镇雄县教育体育局"
ZHONGXIN, SHIYAN, LINCAO, DAGUAN = "绥江县中城镇中心小学", "昭通市实验小学", "昭通市林业和草原局", "大关县第一中学"

DESK = (ZHAO, LIU)
READERS = (LI, WANG, CHEN, HE, *DESK)
ROBOT = ("zhibanqun",)


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=ZONE)


REGISTRATION = (
    Scene(
        at(4, 20, 9),
        "4月20日 组队开始：协调员绑定，各单位登记",
        (
            IsInvited(ZHAO, ""),
            IsInvited(LIU, "yongshan"),
            Follows(LI, ("益队", "自愿")),
            Registers(
                LI,
                f"组队 {YIZHONG} 昭阳区 人道暖昭通 队长李敏 13900000000",
                ("已登记", YIZHONG, "昭阳区"),
                YIZHONG,
                "rendao-nuan",
                "zhaoyang",
            ),
            Says(LI, "订阅", ("已登记", "订阅")),
            Says(WANG, "我要报名", ("单位全称",)),
            Says(WANG, YIYUAN, ("项目", "1.")),
            Says(WANG, "几点开始配捐？", ("10点", "报名还没完成")),
            Says(WANG, "博爱昭通行", ("队长",)),
            Registers(WANG, "王强 13800000001", ("已登记", YIYUAN, "永善县"), YIYUAN, "boai-xing", "yongshan"),
            Says(WANG, "订阅", ("已登记",)),
            Says(CHEN, f"报名 {JIAOTI} 镇雄县 慈善关爱一老一小 队长陈静 13700000002", ("适用单位", "仍按这个项目登记")),
            Registers(
                CHEN,
                "1",
                ("已登记", JIAOTI),
                JIAOTI,
                "yilao-yixiao",
                "zhenxiong",
            ),
            Registers(
                YANG,
                f"组队 {ZHONGXIN} 绥江县 打造乡村寄宿孩子的第二个家 队长杨帆 13600000003",
                ("已登记", ZHONGXIN),
                ZHONGXIN,
                "di-er-ge-jia",
                "suijiang",
            ),
            Says(ZHOU, f"组队 {YIZHONG} 昭阳区 人道暖昭通 队长周伟 13500000004", ("已有队伍", "没有重复登记")),
            Registers(
                ZHOU,
                f"组队 {SHIYAN} 昭阳区 博爱昭通行 队长周伟 13500000004",
                ("已登记", SHIYAN),
                SHIYAN,
                "boai-xing",
                "zhaoyang",
            ),
            Registers(
                MA,
                f"组队 {LINCAO} 市直 博爱乌蒙·绿美昭通 队长马丽 13400000005",
                ("已登记", LINCAO, "市直"),
                LINCAO,
                "lvmei",
                "shizhi",
            ),
        ),
    ),
    Scene(
        at(4, 22, 14),
        "4月22日 问规则：文件写了的照文件答，没写的说未规定",
        (
            Says(LI, "每笔最低捐多少？", ("1元",)),
            Says(LI, "三天一共有多少配捐？", ("1000万元",)),
            Says(MA, "配捐每人有上限吗？", ("未规定",)),
            Says(ZHOU, "联系人 一老一小", ("申燕燕", "0870-2833373")),
            Says(ZHOU, "二维码 人道暖昭通", ("人道暖昭通",)),
            Says(CHEN, "帮助", ("组队", "战报")),
            Reports(YANG, "已筹 800元 16人次", ("已记录", "800.00元"), Stands(ZHONGXIN, 80_000, 16)),
        ),
    ),
    Scene(
        at(4, 27, 10),
        "4月27日10:00 定时提醒：组队快截止了",
        (Pushed("deadline-reminder", (LI, WANG, *DESK), ROBOT, ("4月30日", "还有3天", "自愿")),),
    ),
    Scene(
        at(4, 27, 20),
        "4月27日 截止前",
        (
            Says(LI, "我的队伍", (YIZHONG, "还没有上报")),
            Says(ZHAO, "我的辖区", ("合计：6队", "800.00元")),
        ),
    ),
    Scene(
        at(4, 29, 10),
        "4月29日10:00 定时提醒：最后一天半",
        (Pushed("deadline-reminder", (LI, WANG, *DESK), ROBOT, ("4月30日", "明天")),),
    ),
    Scene(
        at(4, 30, 20),
        "4月30日 最后一天",
        (
            Says(WANG, "我的队伍", (YIYUAN,)),
            Says(CHEN, "订阅", ("已登记",)),
            Says(LIU, "我的辖区", ("永善县：1队",)),
            Follows(HE, ("益队", "自愿")),
            Says(HE, "订阅", ("已登记", "订阅")),
        ),
    ),
    Scene(
        at(4, 30, 21),
        "4月30日21:00 第一期战报",
        (
            Pushed(
                "bulletin",
                READERS,
                ROBOT,
                ("第1期", "截至4月30日21:00", "800.00元", "6支队伍", "自愿"),
            ),
        ),
    ),
    Scene(
        at(5, 6, 15),
        "5月6日 截止之后：不再自行登记，由协调员补录、队长认领",
        (
            Says(SUN, f"组队 {DAGUAN} 大关县 人道暖昭通 队长孙浩 13300000006", ("不能", "4月30日", "杜雄")),
            Says(LIU, f"组队 {DAGUAN} 大关县 人道暖昭通 队长孙浩 13300000006", ("不能",)),
            Registers(
                ZHAO,
                f"组队 {DAGUAN} 大关县 人道暖昭通 队长孙浩 13300000006",
                ("已登记", "认领码"),
                DAGUAN,
                "rendao-nuan",
                "daguan",
            ),
            Says(SUN, "认领 {claim} 孙浩 13300000006", ("已登记", "队长")),
            Says(LI, "活动", ("昭通", "进行中")),
        ),
    ),
)

FIRST_DAY = (
    Scene(
        at(5, 7, 9, 50),
        "5月7日9:50 定时提醒：10点开始配捐",
        (Pushed("opening-reminder", READERS, ROBOT, ("5月7日", "10点", "自愿")),),
    ),
    Scene(
        at(5, 7, 16),
        "5月7日 第一个配捐日：累计、今日、新增三种报法",
        (
            Reports(
                LI,
                "进度 12345.67元 321人次",
                ("已记录", "12,345.67元", "累计", "第1名"),
                Stands(YIZHONG, 1_234_567, 321),
            ),
            Notified("threshold-note", (LI,), (YIZHONG, "已到2000元线")),
            Reports(WANG, "今天新增2000", ("已记录", "2,000.00元", "今日累计"), Stands(YIYUAN, 200_000, 0)),
            Notified("threshold-note", (WANG,), (YIYUAN, "已到2000元线")),
            Reports(WANG, "今天 3200元 45人次", ("已记录", "3,200.00元"), Stands(YIYUAN, 320_000, 45)),
            Reports(CHEN, "目前总共一万二千三，88人次", ("已记录", "12,300.00元"), Stands(JIAOTI, 1_230_000, 88)),
            Reports(ZHOU, "上报 3200元 45人次", ("已记录", "3,200.00元"), Stands(SHIYAN, 320_000, 45)),
            Notified("threshold-note", (ZHOU,), (SHIYAN, "已到2000元线")),
            Reports(MA, "2600", ("已记录", "2,600.00元"), Stands(LINCAO, 260_000, 0)),
            Notified("threshold-note", (MA,), (LINCAO, "已到2000元线")),
            Says(SUN, "我的队伍", (DAGUAN, "还没有上报")),
            Allows(HE, "bulletin"),
        ),
    ),
    Scene(
        at(5, 7, 21),
        "5月7日21:00 第二期战报",
        (
            Pushed(
                "bulletin",
                READERS,
                ROBOT,
                ("第2期", "截至5月7日21:00", "34,445.67元", "515人次", "7支队伍"),
            ),
        ),
    ),
)

SECOND_DAY = (
    Scene(
        at(5, 8, 9, 50),
        "5月8日9:50 定时提醒",
        (Pushed("opening-reminder", READERS, ROBOT, ("5月8日", "10点")),),
    ),
    Scene(
        at(5, 8, 15),
        "5月8日 第二个配捐日：线下、更正、撤回，同一条消息到三次只记一次",
        (
            Reports(LI, "又筹了500", ("已记录", "新增", "12,845.67元"), Stands(YIZHONG, 1_284_567, 321)),
            Reports(
                LI,
                "更正 12840",
                ("已更正", "12,845.67元", "12,840.00元"),
                Stands(YIZHONG, 1_284_000, 321),
            ),
            Reports(WANG, "今天 1500元 20人次", ("已记录", "4,700.00元"), Stands(YIYUAN, 470_000, 65)),
            Reports(
                CHEN,
                "又筹了500元 6人次",
                ("已记录", "12,800.00元", "88 → 94"),
                Stands(JIAOTI, 1_280_000, 94),
                times=3,
            ),
            Reports(
                YANG, "线下 5000", ("已记录", "线下", "5,000.00元"), Stands(ZHONGXIN, 80_000, 16, offline_fen=500_000)
            ),
            Notified("threshold-note", (YANG,), (ZHONGXIN, "已到2000元线")),
            Reports(ZHOU, "又筹了100", ("已记录", "3,300.00元"), Stands(SHIYAN, 330_000, 45)),
            TakesBack(ZHOU, "撤回", ("已撤回", "3,200.00元"), Stands(SHIYAN, 320_000, 45)),
            Says(MA, "进度 2.9万 130人次", ("还没有记录", "十倍", "确认")),
            Says(MA, "算了", ("离开",)),
            Reports(MA, "进度 2900元 130人次", ("已记录", "2,900.00元"), Stands(LINCAO, 290_000, 130)),
        ),
    ),
    Scene(
        at(5, 8, 18),
        "5月8日18:00 每位协调员收到自己辖区的简报",
        (Pushed("digest", DESK, (), ("每日简报", "0舆情", "自愿")),),
    ),
    Scene(
        at(5, 8, 21),
        "5月8日21:00 第三期战报",
        (
            Pushed(
                "bulletin",
                READERS,
                ROBOT,
                ("第3期", "截至5月8日21:00", "42,240.00元", "671人次"),
            ),
        ),
    ),
)

THIRD_DAY = (
    Scene(
        at(5, 9, 9, 50),
        "5月9日9:50 定时提醒",
        (Pushed("opening-reminder", READERS, ROBOT, ("5月9日", "10点")),),
    ),
    Scene(
        at(5, 9, 16),
        "5月9日 最后一个配捐日：协调员代报，看排行、战报、辖区",
        (
            Reports(LI, "进度 15800元 402人次", ("已记录", "15,800.00元"), Stands(YIZHONG, 1_580_000, 402)),
            Says(LIU, f"进度 {{code:{YIZHONG}}} 9万", ("不能",)),
            Reports(
                LIU,
                f"进度 {{code:{YIYUAN}}} 3.2万 856",
                ("已记录", "32,000.00元", "第1名"),
                Stands(YIYUAN, 3_200_000, 856),
            ),
            Notified("act", (WANG,), ("永善县协调员为您的队伍", YIYUAN, "32,000.00元 856人次")),
            Reports(
                YANG, "进度 1680元 40人次", ("已记录", "1,680.00元"), Stands(ZHONGXIN, 168_000, 40, offline_fen=500_000)
            ),
            Reports(SUN, "进度 1999.99元 60人次", ("已记录", "1,999.99元"), Stands(DAGUAN, 199_999, 60)),
            Notified("threshold-note", (SUN,), (DAGUAN, "快到2000元线")),
            Says(SUN, "我的队伍", ("第7名", "距2000元线还有0.01元", "自愿")),
            Says(LI, "排行", ("第1名", YIYUAN, "第2名", "32,000.00元")),
            Says(CHEN, "县区排行", ("永善县", "昭阳区")),
            Says(YANG, "项目排行", ("博爱昭通行",)),
            Says(WANG, "战报", ("截至5月9日", "75,379.99元", "自愿")),
            Says(ZHAO, "我的辖区", ("合计：7队", "75,379.99元")),
            Says(LIU, "我的辖区", ("永善县：1队", "32,000.00元")),
            Allows(HE, "bulletin"),
        ),
    ),
    Scene(
        at(5, 9, 21),
        "5月9日21:00 第四期战报",
        (
            Pushed(
                "bulletin",
                READERS,
                ROBOT,
                ("第4期", "截至5月9日21:00", "75,379.99元", "1,627人次", "7支队伍"),
            ),
        ),
    ),
    Scene(
        at(5, 9, 21, 10),
        "5月9日21:10 要图片转发：海报、我队海报、感谢状",
        (
            AsksForPicture(ZHAO, "海报", ("图片",)),
            AsksForPicture(LIU, "海报 深色", ("第4期", "图片正在画")),
            AsksForPicture(LI, "我队海报", (YIZHONG, "图片正在画")),
            AsksForPicture(WANG, "感谢状", (YIYUAN, "图片正在画")),
        ),
    ),
)

STORY = Story(
    campaign="zhaotong-2024",
    begins=at(4, 20, 8, 55),
    cast=CAST,
    tries=((LI, "进度 16000元 410人次"), (WANG, "几点开始配捐？"), (ZHAO, "我的辖区")),
    groups={"zhibanqun": "值班群"},
    scenes=(*REGISTRATION, *FIRST_DAY, *SECOND_DAY, *THIRD_DAY),
)
