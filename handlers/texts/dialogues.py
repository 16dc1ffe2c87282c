"""Questions that wait for an answer: a number, a yes, the way out, and the reminder that one is open."""

from handlers.texts.examples import report_example
from handlers.texts.wording import CONFIRM, echo
from storage.campaign_schema import Campaign


def left() -> str:
    return "好的，已离开，什么都没有改动。"


def dialogue_dropped() -> str:
    return "刚才等您答复的那一步已经放下，没有再记录什么；已经记录的都没有动。要撤回已经记录的，请再说一次“撤回”。"


def nothing_to_leave(code: str) -> str:
    """`code`: the team of hers whose figures she may have meant, '' for none."""
    if not code:
        return "好的。现在没有进行中的步骤，发送“帮助”看能做什么。"
    return f"好的。现在没有进行中的步骤，已经记录的没有动。要改，请发“更正 {code}”和正确的总额；要撤回，请发“撤回 {code}”。"


def nothing_to_confirm() -> str:
    return "现在没有等您答复的事项。发送“我的队伍”可查看已记录的数字。"


def no_list_open(campaign: Campaign | None) -> str:
    """To the number of a line, where no list is open."""
    return f"现在没有列着让您选的。要报进度，请像这样说：{report_example(campaign)}；发送“帮助”看能做什么。"


def no_hurry() -> str:
    """To `请稍等` in place of an answer; the reminder of the question follows."""
    return "好的，不着急。"


def waits_for_you() -> str:
    """To a question about a question that is open; the reminder of it follows."""
    return "还没有，等您答复后才算。"


def choose_a_number(options: int) -> str:
    return f"请回复 1 到 {options} 中的一个数字，或“算了”。"


def yes_or_leave() -> str:
    return f"还在等您的答复：{CONFIRM}"


def put_aside(text: str) -> str:
    """To a matter of its own in place of an answer: what she said before (`text`) waits no longer."""
    return f"前面的“{echo(text, 20)}”先放下了，什么都没有记录；还需要的话，请说清楚是哪一个再发一次。"


def needs_an_explicit_yes() -> str:
    """To a courtesy, where what stands would become less."""
    return f"这一步会把已有的改少或删去，请说清楚：{CONFIRM}"


def waited_too_long() -> str:
    return "刚才那一步等得太久，已经放下，什么都没有改动。需要时请再说一次。"


UNIT = "报名还没完成，请发送单位名称"
REGION = "报名还没完成，请发送县区"
PROJECT = "报名还没完成，请发送项目"
CAPTAIN = "报名还没完成，请发送队长姓名和电话，或“跳过”"
RENAME = "报名还没完成，请回复数字，或直接发单位全称"
ALIKE = "报名还没完成，请回复 1 或 2"
PASSING = f"刚才的数字还没通过，{CONFIRM}"
SETTLING_AWARD = f"奖项名单还没评定，{CONFIRM}"
ADOPTING_PLATFORM = f"平台的数字还没采用，{CONFIRM}"
CORRECTION = f"刚才的更正还没记录，{CONFIRM}"
CHANNEL = "刚才的更正还没记录，请回复数字：1 线上，2 线下"
RIGHT_TOTAL = "刚才的更正还没记录，请发送正确的累计总额"
RIGHT_COUNT = "刚才的更正还没记录，请发送正确的累计人次"
COUNT = f"刚才的数字还没记录，{CONFIRM}"
TASK = "刚才的件数还没记录，请回复数字"
CHAIN = f"刚才的接龙还没写完，{CONFIRM}"
INCIDENT_TEXT = "情况还没登记，请说清楚是怎么回事"
ROLES = "要取消哪个角色，请回复名单里的行号"
BINDING = f"刚才扫的邀请还没绑定，{CONFIRM}"
UNDO = f"刚才的操作还没撤销，{CONFIRM}"
MERGE = f"刚才的合并还没做，{CONFIRM}"
PAGES = "刚才的合并还没做，请回复 1 或 2"
UNDO_OR_RETRACT = "还没选撤销哪一件，请回复数字"
REMIND = f"催报还没发出，{CONFIRM}"
ANNOUNCE = f"通知还没发出，{CONFIRM}"
LEAVING = f"注销还没执行，{CONFIRM}"
ADOPTING = f"刚才的答复还没写进规则，{CONFIRM}"
WITHDRAWING = f"刚才的收录还没撤下，{CONFIRM}"
PASSING_ON = f"您的问题还没转给协调员，{CONFIRM}"
RULE_CHOICE = "刚才的问题还没选，请回复数字"
CAMPAIGN_CHOICE = "还没选活动，请回复数字"


def incident(text: str) -> str:
    """`text`: which of what she told is not yet a case."""
    return f"“{echo(text, 20)}”还没登记，{CONFIRM}"


def not_settled(text: str) -> str:
    """What she said first waits for her choice."""
    return f"“{echo(text, 20)}”还没处理，请回复数字"


def still_open(reminder: str) -> str:
    """The reminder of an open dialogue, with the way out of it."""
    return reminder if CONFIRM in reminder else f"（{reminder}；离开请说“算了”）"
