"""Questions that wait for a coordinator's answer."""

from collections.abc import Sequence

from handlers.texts.wording import CONFIRM, SHORT_BYTES, echo, within
from storage.campaign_schema import Campaign


def question_line(number: str, text: str) -> str:
    return f"{number}. {echo(text)}"


def questions_waiting(lines: Sequence[str]) -> str:
    if not lines:
        return "没有等待答复的问题。"
    shown = within(lines, SHORT_BYTES)
    more = f"\n…共{len(lines)}个，先答前面的" if len(shown) < len(lines) else ""
    listed = "\n".join(shown)
    return f"等待答复：\n{listed}{more}\n发送“回答 编号 内容”，答复会发给提问的人；以后都这样答，再发“收录 编号”。"


def how_to_answer() -> str:
    return "请带上编号和内容，例如：回答 3 含30日当天"


def no_such_question() -> str:
    return "没有这个编号的问题。发送“待答”查看编号。"


def question_moved(number: str) -> str:
    return f"第{number}个问题刚刚有变化，没有改动。发送“待答”再看一次。"


def question_answered_before(number: str) -> str:
    return f"第{number}个问题已经有答复，没有再发。要写进规则请发“收录 {number}”。"


def answer_first(number: str) -> str:
    return f"第{number}个问题还没有答复，请先发“回答 {number} 内容”。"


def whole_campaign_only() -> str:
    return "收录会改动全活动的规则，只有负责全部县区的协调员能用，您现在不能使用。"


def question_answered(number: str) -> str:
    return f"已记录 第{number}个问题的答复，会发给提问的人。要让以后同样的问题都这样答，发“收录 {number}”。"


def ask_adopt(campaign: Campaign, phrasing: str, answer: str) -> str:
    return (
        f"将写进{campaign.short}的规则，以后谁问都这样答，注明是协调员答复：\n"
        f"问：{echo(phrasing)}\n答：{echo(answer, 400)}\n{CONFIRM}"
    )


def question_adopted(phrasing: str, version: int) -> str:
    return f"已记录 “{echo(phrasing)}”写进规则（第{version}版），注明是协调员答复。"


def answer_told(campaign: Campaign, question: str, answer: str) -> str:
    return f"【{campaign.short}】您问的“{echo(question)}”，协调员答复：\n{echo(answer, 400)}"
