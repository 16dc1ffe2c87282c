"""Questions that wait for a coordinator's answer, and the numbers of whatever waits."""

from collections.abc import Sequence
from typing import Literal

from handlers.texts.wording import CONFIRM, SHORT_BYTES, echo, within
from storage.campaign_schema import Campaign


def question_line(number: str, text: str, was: str = "") -> str:
    return f"{number} {echo(text)}" + (f"（原编号{was}）" if was else "")


def questions_waiting(lines: Sequence[str]) -> str:
    if not lines:
        return "没有等待答复的问题。"
    shown = within(lines, SHORT_BYTES)
    more = f"\n…共{len(lines)}个，先答前面的" if len(shown) < len(lines) else ""
    listed = "\n".join(shown)
    return f"等待答复：\n{listed}{more}\n发送“回答 编号 内容”，答复会发给提问的人；以后都这样答，再发“收录 编号”。"


def how_to_answer() -> str:
    return "请带上编号和内容，例如：回答 D3 含30日当天"


def no_such_question() -> str:
    return "没有这个编号的问题。发送“待答”查看编号。"


def no_such_matter(number: str) -> str:
    return f"没有这个编号：{number}。编号在“待办”和“待答”里，也写在通知里。"


def number_needs_its_letter(number: str, meant: Sequence[str]) -> str:
    """A bare number that could be something else, or nothing."""
    if not meant:
        return no_such_question()
    listed = "\n".join(meant)
    return f"编号要带字母才不会弄错，没有改动。{number} 可能是：\n{listed}\n请带字母再发一次。"


def question_moved(number: str) -> str:
    return f"{number} 刚刚有变化，没有改动。发送“待答”再看一次。"


def question_answered_before(number: str) -> str:
    return f"{number} 已经有答复，没有再发。要写进规则请发“收录 {number}”。"


def answer_first(number: str) -> str:
    return f"{number} 还没有答复，请先发“回答 {number} 内容”。"


def whole_campaign_only() -> str:
    return "收录和撤下会改动全活动的规则，只有负责全部县区的协调员能用，您现在不能使用。"


def question_answered(number: str) -> str:
    return f"已记录 {number} 的答复，会发给提问的人。要让以后同样的问题都这样答，发“收录 {number}”。"


def names_nothing(number: str, phrasing: str) -> str:
    return f"“{echo(phrasing)}”没有说是什么事，写进规则会答错别的问题。请写完整的问法：收录 {number} 队服要统一颜色吗"


def tried(words: str, met: Literal["found", "offered", "other", "none"], number: str) -> str:
    """Whether the asker's words find an answer once it is adopted."""
    better = f"要问得到，换个问法再发：收录 {number} 更具体的问法"
    outcome = {
        "found": "就这样答。",
        "offered": f"会和别的条目一起列出来让人选。{better}",
        "other": f"还是先答别的条目。{better}",
        "none": f"还找不到它。{better}",
    }[met]
    return f"试过了：问“{echo(words)}”，{outcome}"


def ask_adopt(campaign: Campaign, phrasing: str, answer: str, found: str) -> str:
    return (
        f"将写进{campaign.short}的规则，以后谁问都这样答，注明是协调员答复：\n"
        f"问：{echo(phrasing)}\n答：{echo(answer, 400)}\n{found}\n{CONFIRM}"
    )


def question_adopted(phrasing: str, version: int, number: str, found: str) -> str:
    return f"已记录 “{echo(phrasing)}”写进规则（第{version}版），注明是协调员答复。\n{found}\n不再这样答，发“撤下 {number}”。"


def adopted_answers(lines: Sequence[str]) -> str:
    if not lines:
        return "还没有收录的答复。"
    shown = within(lines, SHORT_BYTES)
    more = f"\n…共{len(lines)}条" if len(shown) < len(lines) else ""
    return "\n".join(["已经收录：", *shown]) + f"{more}\n哪条不再这样答，发“撤下 编号”。"


def not_adopted(number: str) -> str:
    return f"{number} 没有收录的答复。发送“撤下”查看收录了哪些。"


def ask_withdraw(campaign: Campaign, number: str, phrasing: str, answer: str) -> str:
    return (
        f"将从{campaign.short}的规则里撤下 {number}，以后不再这样答：\n"
        f"问：{echo(phrasing)}\n答：{echo(answer, 400)}\n{CONFIRM}"
    )


def question_withdrawn(number: str) -> str:
    return f"已撤回 {number} 的收录，不再这样答；已经答复过的人不受影响。"


def ask_pass_on(said: str) -> str:
    return f"{said}\n要不要把您的问题转给协调员？不带您的名字，有答复会发给您。\n{CONFIRM}"


def question_waits() -> str:
    return "已登记 您的问题，已转给协调员，不带您的名字；有答复会发给您。"


def questions_are_full() -> str:
    return "等待答复的问题太多，这次没有转过去，请直接打电话问。"


def answer_told(campaign: Campaign, question: str, answer: str) -> str:
    return f"【{campaign.short}】您问的“{echo(question)}”，协调员答复：\n{echo(answer, 400)}"
