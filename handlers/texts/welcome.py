"""Help, how one thing is done, courtesies, and what was not understood."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.messages import Word
from handlers.texts.examples import correction_example, counts_items, report_example, rule_example
from handlers.texts.naming import way_to_a_team, whom_to_call
from handlers.texts.wording import in_turn, numbered
from storage.campaign_schema import Campaign

HELP_FOR_ALL = "大家都可以说"
HELP_FOR_CAPTAINS = "队长"
HELP_FOR_COORDINATORS = "协调员"
HELP_FOR_ORGANIZERS = "组织方"


def help_section(title: str, summaries: Sequence[str]) -> str:
    return f"【{title}】\n" + "\n".join(f"· {summary}" for summary in summaries)


def words_for(vocabulary: Sequence[Word], campaign: Campaign | None) -> list[Word]:
    """The words of 帮助; where items are counted, without those of money, and the others say what they mean there."""
    if not counts_items(campaign):
        return list(vocabulary)
    said = {
        "进度": report_example(campaign),
        "更正": correction_example(campaign),
        "撤回": "撤回最近一次报的件数",
        "海报": "海报：可转发的图片",
        "我的队伍": "我的队伍：编号、各项件数",
        "我的辖区": "我的辖区：各项件数",
        "规则": f"规则 或直接提问，例如：{rule_example(campaign)}",
    }
    words = [word for word in vocabulary if word.word not in _NOT_OF_ITEMS]
    return [replace(word, summary=said.get(word.word, word.summary)) for word in words]


_NOT_OF_ITEMS = ("今天", "排行", "人次榜", "增长榜", "昨日榜", "县区排行", "项目排行", "我队目标", "恢复")
"""Words that have no meaning where no money is counted, or do nothing there yet."""


def help_page(sections: Sequence[str], address: str) -> str:
    """`address`: where the pages are seen, '' where nobody said."""
    return "\n".join([*sections, help_tail(address)])


def help_tail(address: str) -> str:
    """What stands at the end of each page of 帮助."""
    manual = f"\n使用手册：{address}/manual" if address else ""
    return f"其他问题直接问我。捐赠坚持自愿，本号不收款。{manual}"


def greeting(before: int = 0) -> str:
    return in_turn(
        (
            "您好，我在。要组队、报进度、查规则都可以直接说，发送“帮助”看能做什么。",
            "在的，请说。报进度、看排行、问规则都可以。",
        ),
        before,
    )


def how_to(verb: str, campaign: Campaign | None) -> str:
    """How one thing is done, in a line or two; how to report is told by `how_to_report` and `how_to_count`."""
    if verb == "correct":
        what = "件数" if counts_items(campaign) else "累计金额"
        return f"报错了请发正确的{what}，例如：{correction_example(campaign)}\n要取消最近一次上报，发送“撤回”。"
    return _HOW_TO[verb]


_HOW_TO = {
    "team": "发送“我的队伍”，看编号、累计和名次；每次报的数发“明细”。",
    "register": "组队请说：组队 单位名称 县区 项目 队长姓名 电话\n也可以只发“组队”，我一项一项问您。",
    "retract": "发送“撤回”，取消您最近一次上报。",
    "restore": "发送“恢复”，把您最近一次撤回的数字放回去。",
    "subscribe": "发送“订阅”，每次发布战报时发给您；不想收时发送“退订”。",
    "unsubscribe": "发送“退订”，就不再收到战报。",
    "bind": "协调员请发送“绑定 邀请码”，例如：绑定 7F3K9QWX。邀请码向组织方要。",
    "leave": "发送“注销”，我会先请您核对，再删除您的姓名、电话、绑定和发过的原话；已上报的数字保留。",
    "claim": "发送“认领 认领码 姓名 电话”，例如：认领 K7Q2AB 李敏 13900000000。认领码向协调员要。",
}


def registration_stands(campaign: Campaign) -> str:
    return (
        f"已登记的信息（单位、县区、项目、队长）暂不能在这里改，请联系 {whom_to_call(campaign)}。\n"
        f"电话可以改，请发：改电话 13900000000\n报错了数字请说：{correction_example(campaign)}"
    )


def what_a_captain_changes(campaign: Campaign, code: str) -> str:
    """`code`: of the team that the lines to type name."""
    return (
        f"您可以自己改，发其中一行：\n换队长：移交 {code}\n多一位队长：加队长 {code}\n改名称：改名 {code} 新的单位全称\n"
        f"改电话 13900000000\n改县区或项目请联系 {whom_to_call(campaign)}。\n"
        f"报错了数字请说：{correction_example(campaign)}"
    )


def what_is_kept(campaign: Campaign | None) -> str:
    days = f"姓名、电话在活动关闭{campaign.privacy.keep_people_days}天后删除，" if campaign else ""
    return (
        "您组队或认领时说的姓名、电话和发来的话会保存，供主办单位联系；不会出现在排行和战报里，"
        f"别人也不能向我查询。\n{days}原话30天后删除。发送“注销”可以删除您的姓名、电话、绑定和发过的原话；已上报的数字保留。"
    )


def you_are_welcome(before: int) -> str:
    return in_turn(("不客气，辛苦了！", "应该的，有事随时说。"), before)


def unknown(near: Sequence[str], campaign: Campaign | None, before: int) -> str:
    """Nothing was understood; `near`: the words that she may have meant."""
    sorry = in_turn(("没有看懂。", "还是没有看懂，对不住。", "这句也没有看懂。"), before)
    if near:
        return f"{sorry}您是不是想说：{'、'.join(near)}？\n发送“帮助”看能说什么。"
    example = report_example(campaign)
    helps = (
        f"报进度请说“{example}”，问规则请直接提问，发送“帮助”看全部。",
        f"换个短一点的说法试试；要找人，{_whom(campaign)}。",
        f"发送“帮助”，里面每一行都可以照着说；报进度例如“{example}”。",
    )
    return f"{sorry}{in_turn(helps, before)}"


def _whom(campaign: Campaign | None) -> str:
    return f"请联系 {whom_to_call(campaign)}" if campaign else "请发“联系人”"


_WANTS = {
    "register": "报名组队",
    "report": "报进度",
    "nothing": "报今天没有新增",
    "correct": "更正报过的数字",
    "retract": "撤回报过的数字",
    "restore": "恢复撤回的数字",
    "rank": "看排行",
    "bulletin": "看战报",
    "picture": "要海报、感谢状等图片",
    "book": "要表格、文件",
    "team": "看我的队伍",
    "history": "看我报过的数字",
    "rule": "问活动的规定",
    "contact": "找联系人",
    "qr": "要二维码或链接",
    "help": "看怎么用",
    "incident": "反映问题、举报",
    "subscribe": "订阅战报",
    "unsubscribe": "退订战报",
    "campaigns": "看有哪些活动",
    "amend": "改登记的信息",
    "privacy": "问个人信息怎么保存",
    "leave": "注销，删除我的信息",
    "regions": "看我的辖区",
    "console": "打开工作台",
    "my_role": "看我的权限",
    "follow_code": "要关注公众号的码",
    "waiting": "看待审的队伍",
    "unanswered": "看待答的问题",
    "approve": "通过一支队伍",
    "reject": "驳回一支队伍",
    "bind": "绑定邀请码",
    "thanks": "道个谢",
    "greeting": "打个招呼",
    "impatience": "催一下，提意见",
    "cancel": "算了，不办了",
    "confirm": "同意",
    "more": "接着看后面的",
    "off_topic": "说别的事",
}


def which_want(intents: Sequence[str]) -> str:
    """Two things that she may want, to choose by number; the last number is neither."""
    return f"没有把握您要哪一个，请回复数字：\n{numbered([*(_WANTS[intent] for intent in intents), '都不是'])}"


def off_topic(before: int) -> str:
    return in_turn(
        (
            "这不在活动的范围里，我不能回答。我能报名、记进度、看排行、答活动规则；发送“帮助”看怎么说。",
            "这也不能帮您，抱歉。活动的事随时可以问我。",
        ),
        before,
    )


def next_for_captains(campaign: Campaign, *, reported: bool) -> str:
    """After a registration, or a report: nothing that is asked of anybody."""
    if campaign.closed:
        return f"“{campaign.short}”已结束，不用再报什么。看结果可以发“我的队伍”“排行”。"
    more = "数字都记着。有新的再报" if reported else "队伍登记好了。有了数字就报"
    return f"{more}，例如：{report_example(campaign)}\n看自己的队发“我的队伍”，捐款的码发“二维码”，报错了发“更正”，别的发“帮助”。"


def next_for_coordinators() -> str:
    return "等您处理的发“待办”；看辖区发“我的辖区”“队伍”；别的发“帮助”。"


def next_without_a_team(campaign: Campaign, registers: bool) -> str:
    way = "要组队，请发：组队 单位名称 县区 项目 队长姓名 电话；" if registers else way_to_a_team(campaign, registers)
    return f"您在“{campaign.short}”还没有队伍。{way}想了解规则可以直接问，别的发“帮助”。"
