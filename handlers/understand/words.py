"""The command words and their synonyms: one table, so that a word is a command everywhere or nowhere."""

from typing import Literal

from handlers.understand.decisions import CaseAct
from handlers.understand.intents import Intent as Heard

Intent = Heard | CaseAct | Literal["unknown", "follow_code", "matter", "cases", "book", "chain_text"]

_SYNONYMS: dict[Intent, str] = {
    "register": "组队 报名 注册 登记 组建队伍 组建团队 我要组队 我要报名 我要登记 我想组队 我想报名 建队 开队 加入活动",
    "report": "进度 上报 汇报 报数 报进度 上报进度 汇报进度 已筹 报数据 上报数据 更新进度 报账 报金额",
    "correct": "更正 纠正 修改 改数 订正 改一下 更改 勘误 报错了 写错了 填错了 打错了 发错了",
    "retract": "撤回 撤销 撤回进度 撤回上报 作废 撤掉",
    "rank": "排行 排名 排行榜 榜单 县区排行 项目排行 人次榜 增长榜 今日榜 排行版 名次 县区榜 项目榜",
    "bulletin": "战报 简报 今日战报 最新战报 发战报 日报 捷报 通报",
    "team": "我的队伍 我的队 我的团队 我队 我们队 我的战队 我们队伍 我们的队伍 查询 查进度 我的进度 队伍 我的单位",
    "rule": "规则 问答 活动规则 政策 配捐规则 我要捐款 我想捐款 我要捐钱 我想捐钱",
    "contact": "联系人 联系方式 联系电话 电话 客服 人工 咨询电话 找人",
    "qr": "二维码 捐款码 捐款二维码 组队二维码 捐款链接 链接 组队码 收款码 组队链接",
    "follow_code": "关注码 关注二维码 公众号二维码",
    "help": "帮助 菜单 功能 说明 使用说明 怎么用 help 你好 您好 在吗 你好在吗 您好在吗 hi hello 指令 命令",
    "thanks": "谢谢 感谢 多谢 谢谢你 谢谢您 非常感谢 辛苦了 谢了 万分感谢 十分感谢 辛苦啦 谢谢啦",
    "cancel": "算了 取消 不弄了 不报了 退出 不要了 放弃 不了 先不弄了 先不报了 不用了 不是 不对 不 否",
    "confirm": "确认 是 是的 对 对的 好 好的 没错 嗯 嗯嗯 ok 行 可以 确定 正确 无误 确认无误 没问题"
    " 没得问题 要得 嗯嗯是的 是的是的 对头 同意 同意了 同意吧 好的同意",
    "incident": "舆情 举报 投诉 冒充 被骗了 我要举报 我要投诉 举报投诉",
    "subscribe": "订阅 订阅战报 我要订阅 开启推送 接收战报",
    "unsubscribe": "退订 取消订阅 不订阅了 别推送了 不要推送 关闭推送 不再接收 别发了 不要再发了 别再发了",
    "more": "更多 更多的 更多内容 看更多 下一页 下页 翻页 后面 后面的 剩下的 其余的 余下的 继续 继续看 接着 再看 往下"
    " 还有 还有吗 还有没有 还有更多吗",
    "campaigns": "活动 活动列表 切换活动 全部活动 其他活动 有哪些活动 换活动",
}

WORDS: dict[str, Intent] = {word: intent for intent, words in _SYNONYMS.items() for word in words.split()}
