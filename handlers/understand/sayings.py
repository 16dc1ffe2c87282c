"""The nearest of the sayings that are known, for lines in which no pattern finds a want.

Patterns know words; people have others (`座机号`, `这玩意咋用`). A line is held against everything in the table by the
characters and the pairs of characters that it shares, rare ones counting more. Only wants that write nothing are in
it, so that a wrong guess costs an answer and never a figure; `rule` and `unknown` are there to hold their own.
"""

import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt

from handlers.understand.dialect import standard
from handlers.understand.text import fold, normalise
from handlers.understand.words import Intent

NEAR, NEAR_A_QUESTION = 0.4, 0.5
_KNOWN: dict[Intent, str] = {
    "rank": "某排第几 我们排第几名 排名发一下 看看排行 现在谁第一 哪个县捐得最多 哪家最厉害 前十名是哪些 各县区排名情况"
    " 某和某谁多 某现在多少钱了 某筹了多少 全市一共筹了多少 今天涨得最快的是谁 人次最多的是哪个 倒数第一是谁"
    " 我们落后了吗 名次有变化吗 县区榜看一下 项目榜 学校里哪个最多 哪个镇领先 排行榜更新了没 第一名多少钱"
    " 我们超过某没有 我们跟第一名差多远 给我看下各单位情况 某那边咋样了 比某多还是少 谁家最牛 榜一是谁 谁是榜首"
    " 我们能进前十吗 我们在第几位 总榜 某和某谁领先 谁跑在前面 哪边筹得快 哪个队最给力 各县多少了 给我个排名表"
    " 名次掉了没 比一比谁多 谁最多 谁最少 现在什么名次",
    "team": "我们现在多少了 我们队筹了多少 查一下我们单位的数据 看看我的队伍 我们学校的进度 我报的数是多少"
    " 我报上去的你记了没 我们登记成功没有 我们报名成功了吗 我们队编号是多少 编号忘了 我这队多少号"
    " 帮我看下我们局的数 我们科室情况 我们还差多少 查我校当前进度 我们的队伍信息 我报的记上没有"
    " 你那边显示我们是多少 我们累计是多少 我上次报了多少 我名下的队 我们单位在不在里头 我们今天报了多少"
    " 系统里我们的数字对不对 给我念一下我们的数 我管的队有哪些 我们队到什么程度了 我们报了多少了"
    " 我们单位的汇总给我看看 我刚报的成了没 刚才报的成功没有 查一下0号 我们今天的数对不对 我们总共几次上报"
    " 最近一次报的是什么 我们队现在几个人捐了 我看看自己的数据 我的 我们组织了多少 显示一下我们队 我们进展如何"
    " 我那个队",
    "contact": "联系人电话 负责人的号码 办公室电话 座机号 找谁 这事找谁 这个归谁管 问谁 转人工 有没有客服 我要找真人"
    " 想找个真人说话 找个管事的人 有事联系哪个 技术问题打哪个电话 给个联系方式 某的电话 某的联系方式"
    " 办公室怎么联系 谁负责 主管是谁 能打电话问吗 留个电话 工作人员在哪 有没有人可以问 加个微信 项目联系人是谁"
    " 有领导电话没有 咨询热线 服务热线 热线电话 投诉电话 出问题找谁解决 想跟工作人员聊 我要跟人说 能联系到谁"
    " 值班电话 对接人 经办人是谁 给个微信 哪个科室管 谁来处理",
    "qr": "二维码发一下 捐款码 码呢 发个码 某的码 求链接 链接失效了再发一个 入口在哪 在哪里捐 从哪里捐款 扫哪个码"
    " 海报和码一起发我 海报给一张 小程序码 码打不开 码过期了 图片没显示再发一遍 捐款页面 捐款链接 点哪里捐"
    " 我要捐款怎么进去 那个扫的图 二维码给我转一下 码再发一个 二维码看不清 码扫不出来 捐款从哪进去 捐款通道"
    " 点开哪个 转发的那个链接 筹款页面发我 要那个图片 捐款小程序在哪 海报发一张 某的链接 有没有码",
    "help": "怎么用 这个怎么用 这玩意怎么用 不会用 不知道怎么搞 第一次用不会 教我一下 教教我 帮帮我 帮助 有哪些功能"
    " 指令有哪些 命令有哪些 你会什么 你能干什么 你可以做什么 怎么报进度 怎么报数 怎么上报 怎么组队 怎么报名"
    " 怎么改报错的数 怎么撤回 报错了怎么办 使用说明 有没有教程 操作手册 从哪开始 第一步做什么 我该怎么弄 搞不懂"
    " 看不懂 不会操作 格式是什么样的 要怎么写 怎样填报 你是谁 你是干什么的 你是机器人吗 你们这个是干嘛的"
    " 有什么功能 你都有什么功能 输入格式是什么 按什么格式报 手把手教我 新手怎么操作 我要怎么做 从哪里开始"
    " 报数的格式 举个例子 示范一下 不懂 看不明白 这是什么 能给个说明吗 忘了怎么报了 应该发什么 有模板吗",
    "thanks": "谢谢 谢谢老师 太感谢了 感谢感谢 辛苦了 麻烦你了 费心了 给你点赞 真棒 真好 你真贴心 你太好了 厉害 好评"
    " 不胜感激 谨致谢忱 多谢关照 收到谢谢 好的谢谢 蟹蟹 谢啦 爱你 么么哒 比心 有劳了 感恩 好人一生平安 帮大忙了"
    " 没白问你 晚安 再见 拜拜 下次见 太给力了 感恩有你 好的辛苦 辛苦老师这么晚 你最好了 服务真周到 反应真快"
    " 好用 真方便 点个赞 牛 太厉害了 谢谢支持 鞠躬",
    "cancel": "算了 不搞了 不弄了 不报了 不用了 不用管了 先不弄 先这样 先放一放 等会再说 下次再说 回头再说 改天再说"
    " 以后再说 容后再议 取消 取消吧 暂不办理 停 停下 退出 不想弄了 放弃 没空 不需要了 别弄了 我再想想 缓一缓"
    " 就此作罢 忙别的去了 不组了 懒得报了 先不搞 我等会再弄 不搞了我 不来了 改主意了 先停一下 就到这里 不参加了"
    " 先忙 暂缓 打住 免了 不必了 先搁着",
    "confirm": "是的 对的 没错 确认 同意 好的 可以 没问题 无异议 就这样 就是这个数 是这个数 对头 要得 中 妥 嗯呐 行吧"
    " 按这个记 情况属实 核对无误 记上吧 就按你说的 准确无误 完全正确 yes 好嘞 没毛病 当然 就按这个来 就这么定"
    " 照这样 记吧 报吧 是它 对就是它 好没错 没有错 是我说的 通过 嗯对 行 没意见 核对过了",
    "bulletin": "战报 来份战报 今天的战报 战报出来没 发一下简报 看看简报 日报发我 今天总结一下 今日情况通报 最新战报"
    " 给领导看的简报 发个捷报 今天整体情况 帮我出个战报 今晚战报 把今天的战报转我 今日情况汇总 全市简报"
    " 发篇通报 战况如何 今天战绩汇总",
    "subscribe": "订阅 我要订阅 每天给我发战报 以后有战报推给我 有新消息通知我 每晚发我一份 开启提醒 打开推送"
    " 我也想每天收到"
    " 帮我订个战报 以后自动发我 每日推送打开 定时发给我 有情况提醒我",
    "unsubscribe": "退订 不要再推了 别发了 别天天发 关掉提醒 关闭通知 不想收消息了 不想收到了 太吵了别推 把推送停了"
    " 别再给我发消息 取消提醒 屏蔽战报 免打扰 取消推送 不用每天发 停止推送 别通知我 把我踢出推送 骚扰",
    "campaigns": "还有别的活动吗 有哪些活动 其他活动 换个活动 切换活动 切到某的活动 我要看另一个活动 活动列表"
    " 还能参加什么活动 换到另外那个活动 现在有几个活动 除了这个还有什么活动 去另一个活动 别的市的活动"
    " 退回活动选择 选活动",
    "amend": "队长换人了 队长要换个人 队长电话要改 我换号码了 换手机号 单位名写错了 项目选错了 想换个项目 登记信息要改"
    " 名字登错了 县区选错了 联系人变了 改队名 负责人调走了换人 报名信息填错 我不当队长了 换个队长"
    " 单位名字打错一个字 登记的电话错了 换成另一个项目 改县区 队伍信息更新",
    "incident": "有人冒充 有骗子 假二维码 有人假冒收钱 强制捐款 逼我们捐 摊派 从工资里扣钱 举报 投诉 挪用善款 有人造谣"
    " 网上在骂 刷单套配捐 核查冒名募捐 不捐就不给评优 骗捐 收钱不给凭证 上门强收钱 私人收款码 家长闹起来了"
    " 记者来问 有负面舆情 老板说不捐就走人 不捐就穿小鞋 有人把截图P了骗配捐 伪造捐款 有人拿个箱子募捐 假募捐"
    " 冒用我们单位名义 信息被泄露 有人威胁 被要求捐款 捐款被骗了 有人私吞 恶意评论 群里有人造谣",
    "register": "我要组队 想报名 想参加 我们也要参加 想要参加你们这个活动 帮我报名 给我们报个名 建个队 组个队"
    " 登记一个队"
    " 拉个队 我们单位想加入 新建队伍 能不能帮我们组队 算我们一个 我们也来 我校申请参与 加我们一个队",
    "rule": "我要捐款 我想捐钱 我来捐款 怎么捐款 配捐怎么算"
    " 配捐比例是多少 最多配多少 每人限额 能开发票吗 能开票吗 票据怎么开 善款什么时候拨付"
    " 钱什么时候到账 钱给谁用 钱归谁 怎么用这笔钱 未成年人可以捐吗 现金算不算 线下算不算 活动什么时候开始"
    " 活动什么时候结束 报名截止时间 几点开始配捐 达标线是多少 不到两千怎么办 捐错了能退吗 捐错了怎么办"
    " 能匿名捐吗 为什么没有配捐 一个人能捐几次 有什么项目 项目是做什么的 队名有什么要求 学生能组队吗"
    " 一个单位能建几个队 可以跨县参加吗 有奖励吗 有证书吗 要交材料吗 怎么宣传 口号是什么 主办单位是谁"
    " 文件在哪看 什么是公益日 资金怎么监管 结果什么时候公布 要不要交手续费 有没有最低金额 标语怎么写",
    "unknown": "今天天气不错 明天开会 几点下班 吃饭了没有 你吃了没 会议室在三楼 快递到了 下雨了 材料交一下 学生放假"
    " 哈哈哈"
    " 在忙 作业写完了 充话费 买菜 油价涨了 奖金发了 彩票中了 转发给你看看 这个视频好看 我妈住院 车票买好了"
    " 步数第一 他们好厉害 考试考得好 麦收忙 我在路上 到单位了 天气热 生日快乐 新年好",
}


def _features(line: str) -> set[str]:
    said = re.sub(r"[0-9]+", "0", fold(standard(line)))
    return set(said) | {one + other for one, other in pairwise(f"^{said}$")}


class _Table:
    """Every saying as a vector of length one, turned about: which sayings hold a feature, and with what weight."""

    def __init__(self) -> None:
        sayings = [(intent, _features(normalise(said))) for intent, said in _each()]
        self.intents = [intent for intent, _ in sayings]
        self.count = len(sayings)
        self.held = Counter(feature for _, features in sayings for feature in features)
        self.holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, (_, features) in enumerate(sayings):
            for feature, weight in self.weighed(features).items():
                self.holders[feature].append((place, weight))

    def weighed(self, features: set[str]) -> dict[str, float]:
        raw = {f: log(1 + self.count / (1 + self.held[f])) * (0.5 if len(f) == 1 else 1) for f in features}
        length = sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {feature: weight / length for feature, weight in raw.items()}

    def nearest(self, line: str) -> tuple[Intent, float]:
        near: dict[int, float] = defaultdict(float)
        for feature, weight in self.weighed(_features(line)).items():
            for place, held in self.holders.get(feature, ()):
                near[place] += weight * held
        place = max(near, key=near.__getitem__, default=0)
        return self.intents[place], near.get(place, 0.0)


def _each() -> list[tuple[Intent, str]]:
    return [(intent, said) for intent, sayings in _KNOWN.items() for said in sayings.split()]


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table()


@lru_cache(maxsize=1024)
def nearest_saying(line: str, asks: bool) -> Intent | None:
    """The want of the nearest saying; None where none is near enough. A question needs a nearer one."""
    if len(line) > 40:
        return None
    intent, near = _table().nearest(line)
    return intent if near >= (NEAR_A_QUESTION if asks else NEAR) and intent not in ("rule", "unknown") else None
